/* SPDX-License-Identifier: MIT
 * score/words.c - the tokens of a sentence as words that lexicon and model may know. */
#include "score/words.h"

#include <stdlib.h>

#include "score/spelling.h"

enum {
    RUNS = 4,             /* elongated runs looked at in one word: 2^4 spellings */
    SPELLING_SIZE = 48,   /* longer words are not undone */
    HASHTAG_SIZE = 32,    /* longer hashtags stay whole */
    HASHTAG_WORD = 16,    /* longest word looked for inside a hashtag */
    AHEAD = 12            /* tokens */
};

void ef_words_release(ef_words *words)
{
    free(words->items);
    free(words->events);
    memset(words, 0, sizeof *words);
}

typedef struct reading {
    ef_words *words;
    const ef_lexicon *lexicon;
    const ef_model *model;
    const ef_normal_text *normal;
} reading;

static bool is_in_model(const reading *r, uint64_t hash)
{
    return r->model != NULL && ef_model_knows(r->model, hash);
}

static bool is_in_lexicon(const reading *r, uint64_t hash)
{
    const ef_lexicon_entry *entry = ef_lexicon_find(r->lexicon, hash);
    return entry != NULL && (entry->flags & EF_ENTRY_SPEAKS);
}

/* --- elongation ------------------------------------------------------------------ */

/* The spelling of word in which run i (three or more of a byte) has two bytes if bit i of
 * doubled is set, else one. Returns its size. */
static size_t spell(ef_slice word, unsigned doubled, uint8_t *out, unsigned *runs)
{
    size_t size = 0;
    unsigned run = 0;
    for (size_t at = 0; at < word.size;) {
        size_t end = at + 1;
        while (end < word.size && word.data[end] == word.data[at])
            end++;
        size_t keep = end - at;
        if (keep >= 3) {
            keep = run < RUNS && (doubled >> run & 1) ? 2 : 1;
            run++;
        }
        memset(out + size, word.data[at], keep);
        size += keep;
        at = end;
    }
    *runs = run < RUNS ? run : RUNS;
    return size;
}

/* The hash of the known word behind an elongated one: a lexicon word if any spelling is
 * one, else a word of the model, else the word with each run cut to one. */
static uint64_t shorten(const reading *r, ef_slice word, uint64_t hash)
{
    uint8_t spelling[SPELLING_SIZE];
    unsigned runs = 0;
    uint64_t in_model = 0, last = hash;
    if (word.size > SPELLING_SIZE || is_in_lexicon(r, hash))
        return hash;
    spell(word, 0, spelling, &runs);
    for (unsigned doubled = 1u << runs; doubled-- > 0;) {
        size_t size = spell(word, doubled, spelling, &runs);
        last = ef_hash_bytes(spelling, size);
        if (is_in_lexicon(r, last))
            return last;
        if (in_model == 0 && is_in_model(r, last))
            in_model = last;
    }
    return in_model != 0 ? in_model : last;
}

/* --- hashtags -------------------------------------------------------------------- */

/* How much a piece of a hashtag looks like a word; 0: not at all. Longer words are better
 * by more than their parts together, so "never" beats "ne" + "ver". */
static unsigned worth(const reading *r, const uint8_t *p, size_t n)
{
    uint64_t hash = ef_hash_bytes(p, n);
    if (is_in_lexicon(r, hash))
        return (unsigned)(n * n * 2);
    if ((n >= 3 || p[0] == 'a' || p[0] == 'i' || p[n - 1] == 'o') && is_in_model(r, hash))
        return (unsigned)(n * n);
    return 0;
}

/* Cuts a hashtag into known words by dynamic programming; ends[i] is the end of the i-th.
 * Returns how many, 0 if it is not made of known words. */
static size_t split(const reading *r, ef_slice word, uint8_t *ends)
{
    unsigned best[HASHTAG_SIZE + 1] = { 1 };
    uint8_t from[HASHTAG_SIZE + 1] = { 0 };
    for (size_t end = 1; end <= word.size; end++) {
        size_t start = end > HASHTAG_WORD ? end - HASHTAG_WORD : 0;
        for (; start < end; start++) {
            unsigned value = best[start] == 0 || end - start == word.size
                                 ? 0
                                 : worth(r, word.data + start, end - start);
            if (value != 0 && best[start] + value > best[end]) {
                best[end] = best[start] + value;
                from[end] = (uint8_t)start;
            }
        }
    }
    if (best[word.size] == 0)
        return 0;
    size_t count = 0;
    for (size_t end = word.size; end > 0; end = from[end])
        count++;
    size_t at = count;
    for (size_t end = word.size; end > 0; end = from[end])
        ends[--at] = (uint8_t)end;
    return count;
}

/* --- words ----------------------------------------------------------------------- */

/* Kinds of tokens that the lexicon may list, as bits. */
enum { LISTED = 1 << EF_TOKEN_WORD | 1 << EF_TOKEN_EMOJI | 1 << EF_TOKEN_EMOTICON };

static bool reserve(ef_words *words, size_t more)
{
    if (more <= words->capacity - words->count)
        return true;
    size_t capacity = words->capacity * 2 > words->count + more ? words->capacity * 2
                                                                : words->count + more + 64;
    ef_word *items = realloc(words->items, capacity * sizeof *items);
    if (items == NULL)
        return false;
    words->items = items;
    uint64_t *events = realloc(words->events, (capacity / 64 + 1) * sizeof *events);
    if (events == NULL)
        return false;
    words->events = events;
    words->capacity = capacity;
    return true;
}

static inline void add(const reading *r, const ef_token *token, uint32_t index, uint64_t hash)
{
    ef_words *words = r->words;
    const ef_lexicon_entry *entry = ef_lexicon_table_seek(&r->lexicon->words, hash);
    unsigned kind = token->kind, flags = token->flags;
    bool is_listed = (LISTED >> kind & 1) & (entry->key == hash);
    unsigned traits = entry->flags & (0 - (unsigned)is_listed);
    bool is_known = ((traits & EF_ENTRY_OWN) != 0) | is_in_model(r, hash);
    bool is_foreign = !is_known && is_in_model(r, ef_foreign_key(hash));
    words->items[words->count++] =
        (ef_word){ .hash = hash,
                   .entry = is_listed ? entry : NULL,
                   .token = index,
                   .kind = (uint8_t)kind,
                   .flags = (uint8_t)flags,
                   .traits = (uint8_t)traits,
                   .ends_clause = (flags & EF_TOKEN_CLAUSE_END) != 0,
                   .is_number =
                       (kind == EF_TOKEN_NUMBER) | ((traits & EF_ENTRY_IS_NUMBER) != 0),
                   .is_known = is_known,
                   .is_foreign = is_foreign };
}

/* A word that is elongated or a hashtag. */
static void add_odd_word(const reading *r, const ef_token *token, uint32_t index)
{
    ef_slice bytes = { r->normal->bytes + token->begin, token->size };
    uint64_t hash = token->hash;
    if (token->flags & EF_TOKEN_ELONGATED)
        hash = shorten(r, bytes, hash);
    uint8_t ends[HASHTAG_SIZE];
    size_t pieces = 0;
    if ((token->flags & EF_TOKEN_HASHTAG) && bytes.size <= HASHTAG_SIZE &&
        !is_in_lexicon(r, hash))
        pieces = split(r, bytes, ends);
    if (pieces < 2) {
        add(r, token, index, hash);
        return;
    }
    size_t start = 0;
    for (size_t i = 0; i < pieces; i++) {
        add(r, token, index, ef_hash_bytes(bytes.data + start, ends[i] - start));
        start = ends[i];
    }
}

/* A word that nobody knows, as the word with a mood that it was meant to be. It still is
 * no known word of the language. A name is none: within a sentence it has a capital. */
static void mend(const reading *r, const ef_token *token, bool is_first)
{
    ef_word *word = &r->words->items[r->words->count - 1];
    bool is_name = (token->flags & EF_TOKEN_CAPITALIZED) != 0 && !is_first;
    if (word->is_known || token->kind != EF_TOKEN_WORD || is_name)
        return;
    ef_slice bytes = { r->normal->bytes + token->begin, token->size };
    uint64_t meant = ef_spelling_mend(r->lexicon, bytes);
    if (meant == 0)
        return;
    uint32_t index = word->token;
    r->words->count--;
    add(r, token, index, meant);
    word->is_known = false;
}

static void add_mark(const reading *r, const ef_token *token)
{
    ef_words *words = r->words;
    uint8_t mark = r->normal->bytes[token->begin];
    if (mark == '!')
        words->exclamations += token->size;
    if (mark == '?')
        words->questions += token->size;
    if (mark == '!' || mark == '?' || mark == '.')
        words->is_question = mark == '?';
    if (words->count > 0 && (token->flags & EF_TOKEN_CLAUSE_END))
        words->items[words->count - 1].ends_clause = true;
}

/* Asks for what add will look up for a token some places ahead, sentence after sentence. */
static void expect(const reading *r, const ef_tokens *tokens, size_t index)
{
    if (index >= tokens->count)
        return;
    uint64_t hash = tokens->items[index].hash;
    ef_lexicon_table_expect(&r->lexicon->words, hash);
    if (r->model != NULL)
        ef_model_expect_word(r->model, hash);
}

/* What is true of a word only beside its neighbours, and of all words together. Without a
 * branch on what a word is: two of three are the first of some phrase, and a CPU can hardly
 * guess which go on to a second. */
static void look_around(const reading *r, uint32_t shouted)
{
    ef_words *words = r->words;
    ef_word *items = words->items;
    uint32_t language_words = 0, known_words = 0, foreign_words = 0;
    size_t count = words->count;
    uint64_t events = 0;
    for (size_t i = 0; i < count; i++) {
        ef_word *word = &items[i], *next = word + (i + 1 < count);
        unsigned traits = word->traits, kind = word->kind;
        bool is_word = kind == EF_TOKEN_WORD;
        bool is_rating = (kind == EF_TOKEN_RATING) | (kind == EF_TOKEN_STARS);
        bool goes_on = (traits & EF_ENTRY_CONTINUES) != 0;
        bool speaks = (traits & (EF_ENTRY_SPEAKS | EF_ENTRY_ONE | EF_ENTRY_MANY)) != 0;
        bool leads = goes_on & ef_may_be_pair(r->lexicon, ef_hash_combine(word->hash, next->hash));
        bool begins = speaks | is_rating | word->is_number | leads |
                      (goes_on & next->is_number);
        language_words += is_word;
        known_words += is_word & word->is_known;
        foreign_words += is_word & word->is_foreign;
        word->leads = leads;
        events |= (uint64_t)(begins | word->ends_clause) << i % 64;
        if (i % 64 == 63 || i + 1 == count) {
            words->events[i / 64] = events;
            events = 0;
        }
    }
    words->language_words = language_words;
    words->known_words = known_words;
    words->foreign_words = foreign_words;
    words->is_shouted = shouted * 2 > language_words && language_words > 1;
}

bool ef_words_read(ef_words *words, const ef_lexicon *lexicon, const ef_model *model,
                   const ef_normal_text *normal, const ef_tokens *tokens, size_t first,
                   size_t end)
{
    reading r = { words, lexicon, model, normal };
    words->count = 0;
    words->exclamations = words->questions = 0;
    words->is_question = false;
    uint32_t shouted = 0;
    if (!reserve(words, end - first))
        return false;
    for (size_t i = first; i < end; i++) {
        const ef_token *token = &tokens->items[i];
        expect(&r, tokens, i + AHEAD);
        if (token->kind == EF_TOKEN_PUNCTUATION) {
            add_mark(&r, token);
            continue;
        }
        shouted += (token->flags & EF_TOKEN_CAPITALS) != 0;
        if ((token->flags & (EF_TOKEN_ELONGATED | EF_TOKEN_HASHTAG)) == 0 ||
            token->kind != EF_TOKEN_WORD) {
            add(&r, token, (uint32_t)i, token->hash);
            mend(&r, token, i == first);
            continue;
        }
        if (!reserve(words, HASHTAG_SIZE + end - i))
            return false;
        add_odd_word(&r, token, (uint32_t)i);
    }
    look_around(&r, shouted);
    return true;
}
