/* SPDX-License-Identifier: MIT
 * tally/said_words.c - a text as its content words, each with what stands around it.
 *
 * One walk over the bytes: a word is folded into a small buffer, hashed once and looked up
 * among the function words, which fit a core's nearest cache. Content words are many: their
 * places are asked for at once, and looked at when the walk is over.
 *
 * Invariant: the walk always moves on, and looks ahead over the bytes of one word only. */
#include "tally/said_words.h"

#include <stdlib.h>

#include "base/hash.h"
#include "tally/function_words.h"

enum { FIRST_CAPACITY = 2048, FIRST_ROOM = 1024 };

/* --- words and numbers ---------------------------------------------------------------- */

void ef_said_dictionary_release(ef_said_dictionary *dictionary)
{
    free(dictionary->function);
    free(dictionary->slots);
    free(dictionary->ends);
    ef_buffer_release(&dictionary->text);
    *dictionary = (ef_said_dictionary){ 0 };
}

static ef_known_word *slot_of(ef_known_word *slots, size_t capacity, uint64_t hash)
{
    size_t at = ef_hash_place(hash, slots, capacity);
    while (slots[at].hash != 0 && slots[at].hash != hash)
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static uint64_t hash_of(const uint8_t *word, size_t size)
{
    uint64_t hash = ef_hash_bytes(word, size);
    return hash + (hash == 0);
}

static bool grow(ef_said_dictionary *d)
{
    size_t capacity = d->capacity * 2;
    ef_known_word *slots = calloc(capacity, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < d->capacity; i++)
        if (d->slots[i].hash != 0)
            *slot_of(slots, capacity, d->slots[i].hash) = d->slots[i];
    free(d->slots);
    d->slots = slots;
    d->capacity = capacity;
    return true;
}

static void seed(ef_said_dictionary *d, ef_cue cue)
{
    const char *at = ef_function_words(cue);
    while (at != NULL && *at != 0) {
        size_t size = strcspn(at, " ");
        uint64_t hash = hash_of((const uint8_t *)at, size);
        ef_known_word *slot = slot_of(d->function, EF_FUNCTION_SLOTS, hash);
        if (slot->hash == 0)
            *slot = (ef_known_word){ hash, (uint32_t)cue };
        at += size + (at[size] == ' ');
    }
}

static bool is_begun(ef_said_dictionary *d)
{
    if (d->slots != NULL)
        return true;
    d->function = calloc(EF_FUNCTION_SLOTS, sizeof *d->function);
    d->slots = calloc(FIRST_CAPACITY, sizeof *d->slots);
    d->ends = malloc(FIRST_ROOM * sizeof *d->ends);
    if (d->function == NULL || d->slots == NULL || d->ends == NULL) {
        ef_said_dictionary_release(d);
        return false;
    }
    d->capacity = FIRST_CAPACITY;
    d->room = FIRST_ROOM;
    for (unsigned cue = 0; cue < EF_CUE_COUNT; cue++)
        seed(d, (ef_cue)cue);
    return true;
}

static bool add_word(ef_said_dictionary *d, uint64_t hash, ef_slice word)
{
    if (d->count == d->room) {
        uint32_t *ends = realloc(d->ends, 2 * d->room * sizeof *ends);
        if (ends == NULL)
            return false;
        d->ends = ends;
        d->room *= 2;
    }
    if (d->count * 2 + FIRST_ROOM >= d->capacity && !grow(d))
        return false;
    if (!ef_buffer_append_slice(&d->text, word))
        return false;
    *slot_of(d->slots, d->capacity, hash) = (ef_known_word){ hash, (uint32_t)d->count };
    d->ends[d->count++] = (uint32_t)d->text.size;
    return true;
}

/* The number of a word of content; UINT32_MAX if there is no more room. */
static uint32_t number_of(ef_said_dictionary *d, uint64_t hash, ef_slice word)
{
    const ef_known_word *slot = slot_of(d->slots, d->capacity, hash);
    if (slot->hash != 0)
        return slot->number;
    if (d->count == EF_SAID_MOST || d->failed)
        return UINT32_MAX;
    d->failed = !add_word(d, hash, word);
    return d->failed ? UINT32_MAX : (uint32_t)d->count - 1;
}

uint32_t ef_said_dictionary_number(ef_said_dictionary *dictionary, ef_slice word)
{
    uint64_t hash = hash_of(word.data, word.size);
    if (!is_begun(dictionary)) {
        dictionary->failed = true;
        return UINT32_MAX;
    }
    bool is_function = slot_of(dictionary->function, EF_FUNCTION_SLOTS, hash)->hash != 0;
    return is_function ? UINT32_MAX : number_of(dictionary, hash, word);
}

uint32_t ef_said_dictionary_find(const ef_said_dictionary *dictionary, ef_slice word)
{
    if (dictionary->slots == NULL)
        return UINT32_MAX;
    const ef_known_word *slot =
        slot_of(dictionary->slots, dictionary->capacity, hash_of(word.data, word.size));
    return slot->hash != 0 ? slot->number : UINT32_MAX;
}

ef_slice ef_said_dictionary_word(const ef_said_dictionary *dictionary, uint32_t number)
{
    uint32_t begin = number > 0 ? dictionary->ends[number - 1] : 0;
    return (ef_slice){ dictionary->text.data + begin, dictionary->ends[number] - begin };
}

/* --- the walk ------------------------------------------------------------------------- */

/* A content word whose number is not known yet. */
typedef struct met_word {
    uint64_t hash;
    uint8_t size;
    uint8_t text[EF_SAID_WORD_SIZE];
} met_word;

typedef struct walk {
    const uint8_t *at, *end;
    ef_said_dictionary *dictionary;
    ef_said_word *words;
    ef_said_place *places;
    const uint8_t *begin;
    met_word *taken; /* EF_SAID_WORDS of them */
    size_t count;
    ef_cue before;
    bool is_open; /* the cue behind the last word is not known yet */
} walk;

typedef struct folded {
    uint8_t text[EF_SAID_WORD_SIZE + 16]; /* 16 more are read when it is hashed */
    size_t size;
    bool fits, is_capital; /* a capital, and a small letter behind it */
} folded;

/* What is seen stands behind the last word, and before the next one. */
static void see(walk *w, ef_cue cue)
{
    if (w->is_open)
        w->words[w->count - 1] |= (uint32_t)cue << 26;
    w->is_open = false;
    w->before = cue;
}

static bool is_letter(const walk *w, const uint8_t *p)
{
    if (p >= w->end)
        return false;
    uint8_t c = *p;
    if (c < 0x80)
        return (uint8_t)((c | 0x20) - 'a') < 26;
    return (c >= 0xC3 && c < 0xE2) || (c > 0xE2 && c < 0xEF); /* no marks, no emoji */
}

/* The size of an apostrophe with a letter behind it; 0 if there is none. */
static size_t apostrophe(const walk *w, const uint8_t *p)
{
    size_t size = 0;
    if (p < w->end && *p == '\'')
        size = 1;
    else if (w->end - p > 3 && memcmp(p, "\xE2\x80\x99", 3) == 0)
        size = 3;
    return size > 0 && is_letter(w, p + size) ? size : 0;
}

static size_t character_size(const walk *w, const uint8_t *p)
{
    size_t size = *p < 0xC0 ? 1 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : 4;
    size_t left = (size_t)(w->end - p);
    return size < left ? size : left;
}

static const uint8_t *fold_character(const walk *w, const uint8_t *p, folded *word)
{
    size_t size = character_size(w, p);
    if (word->size + size > EF_SAID_WORD_SIZE) {
        word->fits = false;
        return p + size;
    }
    memcpy(word->text + word->size, p, size);
    if (*p < 0x80)
        word->text[word->size] |= 0x20;
    else if (*p == 0xC3 && size == 2 && p[1] >= 0x80 && p[1] <= 0x9E && p[1] != 0x97)
        word->text[word->size + 1] |= 0x20; /* the capitals of Latin 1 */
    word->size += size;
    return p + size;
}

/* How many of the eight bytes, from the first on, are letters of ASCII; *small gets them in
 * lower case. A byte is one if 0x1F, but not 0x05, carries it into its eighth bit. */
static unsigned letters_in(uint64_t bytes, uint64_t *small)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    *small = bytes | 0x20 * ones;
    uint64_t low = *small & 0x7F * ones;
    uint64_t other = ((low + 0x05 * ones) | ~(low + 0x1F * ones) | bytes) & 0x80 * ones;
    return other == 0 ? 8 : (unsigned)__builtin_ctzll(other) / 8;
}

/* Takes letters eight at a time, as long as there are eight bytes to look at. */
static const uint8_t *fold_ascii(const walk *w, const uint8_t *p, folded *word)
{
    unsigned taken = 8;
    while (taken == 8 && w->end - p >= 8 && word->size <= EF_SAID_WORD_SIZE - 8) {
        uint64_t small;
        taken = letters_in(ef_hash_load(p, 8), &small);
        memcpy(word->text + word->size, &small, 8);
        word->size += taken;
        p += taken;
    }
    return p;
}

/* Reads letters and inner apostrophes. */
static const uint8_t *fold_word(const walk *w, const uint8_t *p, folded *word)
{
    word->size = 0;
    word->fits = true;
    word->is_capital = *p < 'a' && p + 1 < w->end && p[1] >= 'a' && p[1] <= 'z';
    p = fold_ascii(w, p, word);
    for (;;) {
        size_t size = apostrophe(w, p);
        if (size > 0 && word->size < EF_SAID_WORD_SIZE) {
            word->text[word->size++] = '\'';
            p += size;
        } else if (is_letter(w, p)) {
            p = fold_character(w, p, word);
        } else {
            break;
        }
    }
    if (word->size > 2 && memcmp(word->text + word->size - 2, "'s", 2) == 0)
        word->size -= 2;
    return p;
}

static void take(walk *w, const folded *word, const uint8_t *p, const uint8_t *end)
{
    if (word->size == 1 && *word->text != 'i' && *word->text != 'a' && *word->text != 'u') {
        see(w, EF_CUE_OTHER); /* a letter is no word */
        return;
    }
    uint64_t hash = ef_hash_padded(word->text, word->size);
    hash += hash == 0;
    const ef_known_word *function =
        slot_of(w->dictionary->function, EF_FUNCTION_SLOTS, hash);
    if (function->hash != 0) {
        see(w, (ef_cue)function->number);
        return;
    }
    if (!word->fits) {
        see(w, EF_CUE_NOTHING);
        return;
    }
    const ef_said_dictionary *d = w->dictionary;
    __builtin_prefetch(&d->slots[ef_hash_place(hash, d->slots, d->capacity)]);
    ef_cue before = w->before;
    bool is_capital = word->is_capital && before != EF_CUE_NOTHING;
    see(w, EF_CUE_WORD);
    if (w->places != NULL)
        w->places[w->count] =
            (ef_said_place){ (uint32_t)(p - w->begin), (uint32_t)(end - w->begin) };
    met_word *kept = &w->taken[w->count];
    kept->hash = hash;
    kept->size = (uint8_t)word->size;
    memcpy(kept->text, word->text, EF_SAID_WORD_SIZE);
    w->words[w->count++] = (uint32_t)before << 22 | (uint32_t)is_capital << 30;
    w->is_open = true;
}

/* Gives the words their numbers. One for which there is no more room is left out. */
static void number_all(walk *w)
{
    size_t count = 0;
    for (size_t i = 0; i < w->count; i++) {
        ef_slice text = { w->taken[i].text, w->taken[i].size };
        uint32_t number = number_of(w->dictionary, w->taken[i].hash, text);
        if (number == UINT32_MAX)
            continue;
        if (w->places != NULL)
            w->places[count] = w->places[i];
        w->words[count++] = w->words[i] | number;
    }
    w->count = count;
}

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Behind what has a digit or a sign in it: a number, an address, a name. */
static const uint8_t *skip_odd(const walk *w, const uint8_t *p)
{
    while (p < w->end && !is_blank(*p) && strchr(",;!?()\"", *p) == NULL)
        p++;
    return p;
}

/* Whether the letters up to p are only the beginning: x@y, x.y, x/y, x1. */
static bool is_odd(const walk *w, const uint8_t *p)
{
    if (p >= w->end)
        return false;
    if ((*p >= '0' && *p <= '9') || *p == '@' || *p == '_' || *p == '\\')
        return true;
    bool is_joined = p + 1 < w->end && (*p == '.' || *p == ':') &&
                     ((p[1] >= 'a' && p[1] <= 'z') || p[1] == '/');
    return is_joined;
}

static const uint8_t *take_number(walk *w, const uint8_t *p)
{
    const uint8_t *end = p;
    while (end < w->end && ((*end >= '0' && *end <= '9') || *end == ',' || *end == '.'))
        end++;
    bool is_number = end == w->end || is_blank(*end) || end[-1] == '.' || end[-1] == ',';
    see(w, is_number && (end == w->end || is_blank(*end)) && end[-1] >= '0'
               ? EF_CUE_DETERMINER
               : EF_CUE_NOTHING);
    return is_number ? end : skip_odd(w, end);
}

/* A tag "<br />" or an entity "&quot;", whole; else one byte. */
static const uint8_t *skip_markup(const walk *w, const uint8_t *p)
{
    uint8_t last = *p == '<' ? '>' : ';';
    size_t left = (size_t)(w->end - p), reach = *p == '<' ? 200 : 8;
    const uint8_t *close = memchr(p, last, left < reach ? left : reach);
    return close != NULL && close > p + 1 ? close + 1 : p + 1;
}

/* What begins with none of the letters. Returns its end. */
static const uint8_t *take_mark(walk *w, const uint8_t *p)
{
    switch (*p) {
    case ' ':
    case '\t':
    case '\r':
        return p + 1;
    case '\n': /* an empty line parts, a line end does not */
        if (p + 1 < w->end && (p[1] == '\n' || p[1] == '\r'))
            see(w, EF_CUE_NOTHING);
        return p + 1;
    case '-': /* joins inside a word */
        if (!is_letter(w, p + 1))
            see(w, EF_CUE_NOTHING);
        return p + 1;
    case '@':
    case '#':
        see(w, EF_CUE_NOTHING);
        return skip_odd(w, p);
    case '<':
    case '&':
        see(w, *p == '&' && p + 1 < w->end && p[1] == ' ' ? EF_CUE_AND : EF_CUE_NOTHING);
        return skip_markup(w, p);
    default:
        break;
    }
    if (*p >= '0' && *p <= '9')
        return take_number(w, p);
    bool is_space = *p == 0xC2 && p + 1 < w->end && p[1] == 0xA0;
    if (!is_space)
        see(w, EF_CUE_NOTHING);
    return p + character_size(w, p);
}

bool ef_said_split(ef_said_dictionary *dictionary, ef_slice text,
                   ef_said_word words[EF_SAID_WORDS], ef_said_place *places, size_t *count)
{
    *count = 0;
    if (!is_begun(dictionary))
        return false;
    size_t size = text.size < EF_SAID_BYTES ? text.size : EF_SAID_BYTES;
    met_word kept[EF_SAID_WORDS];
    walk w = { .taken = kept,
               .at = text.data,
               .end = text.data + size,
               .dictionary = dictionary,
               .words = words,
               .places = places,
               .begin = text.data };
    while (w.at < w.end && w.count < EF_SAID_WORDS && !dictionary->failed) {
        const uint8_t *begin = w.at;
        folded word;
        if (!is_letter(&w, begin)) {
            w.at = take_mark(&w, begin);
            continue;
        }
        w.at = fold_word(&w, begin, &word);
        if (is_odd(&w, w.at)) {
            see(&w, EF_CUE_NOTHING);
            w.at = skip_odd(&w, w.at);
        } else {
            take(&w, &word, begin, w.at);
        }
    }
    see(&w, EF_CUE_NOTHING);
    number_all(&w);
    *count = w.count;
    return !dictionary->failed;
}
