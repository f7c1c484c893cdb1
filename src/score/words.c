/* SPDX-License-Identifier: MIT
 * score/words.c - the tokens of a text as words that lexicon and model may know. */
#include "score/words.h"

#include <stdlib.h>

#include "base/grow.h"
#include "kernels/look_up.h"
#include "score/hashtags.h"
#include "score/spelling.h"

enum {
    RUNS = 4,          /* elongated runs looked at in one word: 2^4 spellings */
    SPELLING_SIZE = 48 /* longer words are not undone */
};

void ef_passage_release(ef_passage *passage)
{
    free(passage->items);
    free(passage->tokens);
    free(passage->events);
    free(passage->mark_bits);
    free(passage->bits);
    free(passage->unknown);
    free(passage->phrases);
    free(passage->sentences);
    memset(passage, 0, sizeof *passage);
}

typedef struct reading {
    ef_passage *passage;
    const ef_lexicon *lexicon;
    const ef_model *model;
    const ef_normal_text *normal;
    ef_word_tables tables;
} reading;

static bool is_in_model(const reading *r, uint64_t hash)
{
    return r->model != NULL && ef_model_knows(r->model, hash);
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
    if (word.size > SPELLING_SIZE || ef_lexicon_says(r->lexicon, hash))
        return hash;
    spell(word, 0, spelling, &runs);
    for (unsigned doubled = 1u << runs; doubled-- > 0;) {
        size_t size = spell(word, doubled, spelling, &runs);
        last = ef_hash_bytes(spelling, size);
        if (ef_lexicon_says(r->lexicon, last))
            return last;
        if (in_model == 0 && is_in_model(r, last))
            in_model = last;
    }
    return in_model != 0 ? in_model : last;
}

/* --- words ----------------------------------------------------------------------- */

static const ef_word_rules word_rules = {
    .listed = 1 << EF_TOKEN_WORD | 1 << EF_TOKEN_EMOJI | 1 << EF_TOKEN_EMOTICON,
    .ratings = 1 << EF_TOKEN_RATING | 1 << EF_TOKEN_STARS,
    .word = EF_TOKEN_WORD,
    .number = EF_TOKEN_NUMBER,
    .stop = EF_TOKEN_PUNCTUATION,
    .clause_end = EF_TOKEN_CLAUSE_END,
    .sentence_end = EF_TOKEN_SENTENCE_END,
    .capitals = EF_TOKEN_CAPITALS,
    .odd = EF_TOKEN_ELONGATED | EF_TOKEN_HASHTAG,
    .own = EF_ENTRY_OWN,
    .is_number = EF_ENTRY_IS_NUMBER,
    .speaks = EF_ENTRY_SPEAKS,
    .goes_on = EF_ENTRY_CONTINUES,
    .one = EF_ENTRY_ONE,
    .many = EF_ENTRY_MANY,
    .numbered = EF_ENTRY_NUMBER,
};

enum {
    AHEAD = 16, /* words that kernels may read and write behind the last one */
    MARK_SETS = 4
};

/* No word is marked yet. */
static void clear_marks(ef_passage *passage)
{
    size_t n = passage->count / 64 + 2;
    uint64_t *bits = passage->mark_bits;
    memset(bits, 0, MARK_SETS * n * sizeof *bits);
    passage->marks = (ef_word_marks){ bits, bits + n, bits + 2 * n, bits + 3 * n };
}

static bool reserve(ef_passage *passage, size_t more)
{
    if (more <= passage->capacity - passage->count)
        return true;
    size_t needed = passage->count + more, twice = passage->capacity * 2;
    size_t capacity = (twice > needed ? twice : needed) / 64 * 64 + 64;
    size_t room = capacity + AHEAD, bits = capacity / 64 + 1;
    if (!ef_grow(&passage->items, room, sizeof *passage->items) ||
        !ef_grow(&passage->tokens, room, sizeof *passage->tokens) ||
        !ef_grow(&passage->events, bits, sizeof *passage->events) ||
        !ef_grow(&passage->mark_bits, MARK_SETS * (bits + 1), sizeof *passage->mark_bits) ||
        !ef_grow(&passage->bits, bits, sizeof *passage->bits) ||
        !ef_grow(&passage->unknown, room, sizeof *passage->unknown) ||
        !ef_grow(&passage->phrases, capacity, sizeof *passage->phrases))
        return false;
    passage->capacity = capacity;
    return true;
}

/* The word of a token whose hash is another one. */
static ef_word word_of(const reading *r, const ef_token *token, uint64_t hash)
{
    return ef_read_word(&r->tables, &word_rules, token, hash);
}

static void add(const reading *r, const ef_token *token, uint32_t index, uint64_t hash)
{
    ef_passage *passage = r->passage;
    ef_word word = word_of(r, token, hash);
    passage->tokens[passage->count] = index;
    passage->items[passage->count++] = word;
    passage->foreign_words += word.kind == EF_TOKEN_WORD && !word.is_known &&
                              is_in_model(r, ef_foreign_key(hash));
}

/* A word that is elongated or a hashtag. */
static void add_odd_word(const reading *r, const ef_token *token, uint32_t index)
{
    ef_slice bytes = { r->normal->bytes + token->begin, token->size };
    uint64_t hash = token->hash;
    if (token->flags & EF_TOKEN_ELONGATED)
        hash = shorten(r, bytes, hash);
    uint8_t ends[EF_HASHTAG_SIZE];
    size_t pieces = 0;
    if ((token->flags & EF_TOKEN_HASHTAG) && bytes.size <= EF_HASHTAG_SIZE &&
        !ef_lexicon_says(r->lexicon, hash))
        pieces = ef_hashtag_split(r->lexicon, r->model, bytes, ends);
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

/* A word that nobody knows becomes the word with a mood that it was meant to be. It still
 * is no known word of the language. A name is none: within a sentence it has a capital. */
static void meet_unknown(const reading *r, const ef_token *tokens, size_t place)
{
    size_t index = r->passage->tokens[place];
    const ef_token *token = &tokens[index];
    ef_slice bytes = { r->normal->bytes + token->begin, token->size };
    if (token->kind != EF_TOKEN_WORD)
        return;
    bool is_first = index == 0 || (token[-1].flags & EF_TOKEN_SENTENCE_END) != 0;
    bool is_name = (token->flags & EF_TOKEN_CAPITALIZED) != 0 && !is_first;
    uint64_t meant = is_name ? 0 : ef_spelling_mend(r->lexicon, bytes);
    if (meant == 0) {
        r->passage->foreign_words += is_in_model(r, ef_foreign_key(token->hash));
        return;
    }
    ef_word *word = &r->passage->items[place];
    bool ends_clause = word->ends_clause;
    *word = word_of(r, token, meant);
    word->ends_clause = ends_clause;
    word->is_known = false;
}

/* Reads tokens from first to end - 1, none of which is odd. */
static void read_plain(const reading *r, const ef_tokens *tokens, size_t first, size_t end)
{
    ef_passage *passage = r->passage;
    ef_word_list list = { .words = passage->items,
                          .tokens = passage->tokens,
                          .unknown = passage->unknown,
                          .count = passage->count };
    if (first == end)
        return;
    r->normal->kernels->read_words(&r->tables, &word_rules, tokens->items, passage->bits,
                                   first, end, &list);
    passage->count = list.count;
    for (size_t i = 0; i < list.unknown_count; i++)
        meet_unknown(r, tokens->items, list.unknown[i]);
}

/* Whether a clause ends behind a token or the stops that follow it. */
static bool ends_clause(const reading *r, size_t index)
{
    return r->passage->bits[index / 64].clauses >> index % 64 & 1;
}

/* Reads all tokens: plain ones by the dozen, odd ones one by one. */
static bool read_all(const reading *r, const ef_tokens *tokens, size_t count)
{
    size_t plain = 0;
    for (size_t block = 0; block <= count / 64; block++)
        for (uint64_t rest = r->passage->bits[block].odd; rest != 0; rest &= rest - 1) {
            size_t i = block * 64 + (size_t)__builtin_ctzll(rest);
            read_plain(r, tokens, plain, i);
            if (!reserve(r->passage, EF_HASHTAG_SIZE + count - i))
                return false;
            add_odd_word(r, &tokens->items[i], (uint32_t)i);
            r->passage->items[r->passage->count - 1].ends_clause = ends_clause(r, i);
            plain = i + 1;
        }
    read_plain(r, tokens, plain, count);
    return true;
}

/* --- sentences ------------------------------------------------------------------- */

static ef_words *add_sentence(ef_passage *passage)
{
    if (passage->sentence_count == passage->sentence_capacity) {
        size_t capacity = passage->sentence_capacity * 2 + 16;
        if (!ef_grow(&passage->sentences, capacity, sizeof *passage->sentences))
            return NULL;
        passage->sentence_capacity = capacity;
    }
    return &passage->sentences[passage->sentence_count++];
}

/* Where a clause ends behind a stop, it ends behind what stands before it, if that is in
 * the same sentence; if that is a stop, too, once more. */
static void lay_clauses(ef_token_bits *bits, size_t count)
{
    uint64_t next =
        0; /* 1 if one ends behind the stop that comes first in the block behind */
    for (size_t block = count / 64 + 1; block-- > 0;) {
        uint64_t stops = bits[block].stops, ends = bits[block].clauses, fresh = ends;
        fresh = ~bits[block].ends & ((fresh & stops) >> 1 | next << 63) & ~ends;
        ends |= fresh;
        while ((fresh & stops) != 0) {
            fresh = ~bits[block].ends & (fresh & stops) >> 1 & ~ends;
            ends |= fresh;
        }
        bits[block].clauses = ends;
        next = ends & stops & 1;
    }
}

/* The bits of a block that stand for tokens from first to end - 1. */
static uint64_t within(uint64_t bits, size_t block, size_t first, size_t end)
{
    if (first > block * 64)
        bits &= ~UINT64_C(0) << (first - block * 64);
    return end - block * 64 >= 64 ? bits : bits & ~(~UINT64_C(0) << (end - block * 64));
}

/* How many bits are set. CPUs of the baseline have no instruction for it, and a call of the
 * compiler's own function costs more than this. */
static inline size_t count_bits(uint64_t bits)
{
    bits -= bits >> 1 & UINT64_C(0x5555555555555555);
    bits =
        (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
    bits = (bits + (bits >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return (size_t)(bits * UINT64_C(0x0101010101010101) >> 56);
}

/* Whether most words of a sentence are in capitals. Hashtags in pieces are words beside
 * those of its tokens. */
static bool is_shouted(const ef_words *words, const ef_passage *passage)
{
    size_t shouted = 0, letters = words->count;
    for (size_t block = words->first_token / 64; block * 64 < words->end_token; block++) {
        const ef_token_bits *bits = &passage->bits[block];
        uint64_t here = within(~UINT64_C(0), block, words->first_token, words->end_token);
        shouted += count_bits(bits->capitals & ~bits->stops & here);
        letters -= count_bits(~(bits->words | bits->stops) & here);
    }
    return shouted * 2 > letters && letters > 1;
}

/* What is heard of marks until a sentence is over. */
typedef struct heard {
    uint32_t exclamations, questions;
    bool is_question;
    bool capitals; /* perhaps there are words in capitals */
} heard;

/* Hears a token, if it is a mark: by no branch, for no CPU guesses which. */
static inline void hear(heard *h, const ef_token *token, uint8_t byte, bool is_mark)
{
    bool is_exclamation = is_mark & (byte == '!'), is_question = is_mark & (byte == '?');
    bool is_end = is_exclamation | is_question | (is_mark & (byte == '.'));
    h->exclamations += token->size & (0 - (uint32_t)is_exclamation);
    h->questions += token->size & (0 - (uint32_t)is_question);
    h->is_question = is_question | (h->is_question & !is_end);
}

/* Adds a sentence of the words from the last one's end to place. False without memory. */
static bool end_sentence(ef_passage *passage, const ef_words *blank, const heard *h,
                         size_t end_token, size_t place)
{
    ef_words *words = add_sentence(passage);
    if (words == NULL)
        return false;
    const ef_words *last = passage->sentence_count > 1 ? words - 1 : blank;
    size_t begin = last->place + last->count;
    passage->marks.starts[begin / 64] |= UINT64_C(1) << begin % 64;
    *words = *blank;
    words->items += begin;
    words->tokens += begin;
    words->phrases += begin;
    words->place = begin;
    words->count = place - begin;
    words->first_token = last->end_token;
    words->end_token = end_token;
    words->exclamations = h->exclamations;
    words->questions = h->questions;
    words->is_question = h->is_question;
    words->is_shouted = h->capitals && is_shouted(words, passage);
    return true;
}

/* Cuts the passage into sentences: one look at each mark and at each end. Words are as many
 * as tokens that are no stops, but for hashtags in pieces. False without memory. */
static bool cut(const reading *r, const ef_tokens *tokens, size_t count)
{
    ef_passage *passage = r->passage;
    clear_marks(passage);
    const ef_words blank = { .lexicon = r->lexicon,
                             .items = passage->items,
                             .tokens = passage->tokens,
                             .events = passage->events,
                             .marks = &passage->marks,
                             .phrases = passage->phrases };
    heard h = { 0 };
    size_t before = 0; /* words that come from the blocks before */
    for (size_t block = 0; block * 64 < count; block++) {
        const ef_token_bits bits = passage->bits[block];
        h.capitals |= bits.capitals != 0;
        for (uint64_t rest = bits.marks | bits.ends; rest != 0; rest &= rest - 1) {
            size_t at = (size_t)__builtin_ctzll(rest), token = block * 64 + at;
            const ef_token *t = &tokens->items[token];
            hear(&h, t, r->normal->bytes[t->begin], bits.marks >> at & 1);
            if ((bits.ends >> at & 1) == 0)
                continue;
            size_t place = before + count_bits(~bits.stops & ~UINT64_C(0) >> (63 - at));
            for (; place < passage->count && passage->tokens[place] <= token; place++)
                before++;
            if (!end_sentence(passage, &blank, &h, token + 1, place))
                return false;
            h = (heard){ .capitals = bits.capitals != 0 };
        }
        before += count_bits(~bits.stops);
    }
    return true;
}

static const uint64_t *items_of(const ef_lexicon_table *table)
{
    return (const uint64_t *)(const void *)table->entries;
}

ef_word_tables ef_word_tables_of(const ef_lexicon *lexicon, const ef_model *model)
{
    return (ef_word_tables){
        .items = items_of(&lexicon->words),
        .slot_bits = lexicon->words.slot_bits,
        .vocabulary = model == NULL ? NULL : model->vocabulary,
        .vocabulary_bits = model == NULL ? 0 : model->vocabulary_bits,
    };
}

bool ef_passage_read(ef_passage *passage, const ef_lexicon *lexicon, const ef_model *model,
                     const ef_normal_text *normal, const ef_tokens *tokens, size_t count)
{
    const reading r = { passage, lexicon, model, normal,
                        ef_word_tables_of(lexicon, model) };
    ef_word_counts counts;
    passage->count = passage->sentence_count = 0;
    passage->foreign_words = 0;
    if (!reserve(passage, count + 1)) /* kernels write a word of bits for no token, too */
        return false;
    normal->kernels->survey_tokens(&word_rules, tokens->items, count, passage->bits);
    lay_clauses(passage->bits, count);
    if (!read_all(&r, tokens, count) || !cut(&r, tokens, count))
        return false;
    normal->kernels->survey_words(&word_rules, &lexicon->phrases, passage->items, passage->count,
                                  passage->events, &counts);
    passage->language_words = counts.words;
    passage->known_words = counts.known;
    return true;
}
