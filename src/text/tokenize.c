/* SPDX-License-Identifier: MIT
 * text/tokenize.c - normal text as tokens, sentence by sentence.
 *
 * A text is cut strip by strip. First the masks give all places where words of a strip
 * begin and end; then the strip is gone through word by word. A word of ASCII letters that
 * ends in a plain way, which most do, becomes a token at once; other words and the marks
 * between words go to odd_words.c and marks.c, which may take more than they were asked to.
 *
 * Invariant: every byte before the place of the scan belongs to a token or is dropped for
 * good. Whoever takes something returns a later place, so the scan ends. */
#include "text/tokenize.h"

#include <stdlib.h>

#include "text/token_add.h"

enum { BYTES_PER_TOKEN = 5 }; /* in reviews and chats, blanks included */

void ef_tokens_release(ef_tokens *tokens)
{
    free(tokens->items);
    memset(tokens, 0, sizeof *tokens);
}

/* Whether the item from begin to end is a word that nothing behind them could make
 * longer or turn into something else. */
static inline bool is_plain(const ef_scan *s, size_t begin, size_t end)
{
    uint8_t next = s->p[end], after = s->p[end + 1];
    if (!ef_is_letter(s->p[begin]) || s->p[begin] == 'x') /* marks, numbers, xD */
        return false;
    switch (next) {
    case '.': /* addresses */
        return !ef_is_text(after) && after != '-';
    case ':':
        return after != '/' && end - begin > 1; /* a scheme, D: */
    case '\'':
        return after < 0x80;
    case '@':
    case '-':
    case '_':
    case '+':
        return false;
    default:
        return next < 0x80;
    }
}

/* Takes the one thing at i. */
static size_t take_any(ef_scan *s, size_t i)
{
    return ef_is_word(s->p[i]) ? ef_take_odd_word(s, i) : ef_take_mark(s, i);
}

/* Takes the marks from i to begin, where a word begins. Returns a later place if some of
 * the word was taken with them. */
static inline size_t take_gap(ef_scan *s, size_t i, size_t begin)
{
    while (i < begin)
        i = s->p[i] == ' ' ? i + 1 : ef_take_mark(s, i);
    return i;
}

/* Takes the rest of the word that ends at end, or more, from a place i inside it. */
static size_t take_odd(ef_scan *s, size_t i, size_t begin, size_t end)
{
    if (i == begin && is_plain(s, begin, end)) {
        ef_add_word(s, begin, end, 0);
        return end;
    }
    while (i < end)
        i = take_any(s, i);
    return i;
}

/* The kinds and flags of items, and which words may be abbreviations: sentence.c has the
 * list of them. A dot behind any other plain word ends a sentence. */
static const ef_strip_rules strip_rules = {
    .kinds = { EF_TOKEN_WORD, EF_TOKEN_WORD, EF_TOKEN_PUNCTUATION, EF_TOKEN_PUNCTUATION,
               EF_TOKEN_WORD, EF_TOKEN_NUMBER },
    .flags = { 0, EF_TOKEN_CAPITALIZED, EF_TOKEN_GLUED | EF_TOKEN_CLAUSE_END,
               EF_TOKEN_GLUED | EF_TOKEN_SENTENCE_END,
               EF_TOKEN_CAPITALIZED | EF_TOKEN_CAPITALS, 0 },
    .suspects = { ['a' % 32] = 1 << 1 | 1 << 6,
                  ['b' % 32] = 1 << 1,
                  ['c' % 32] = 1 << 1,
                  ['d' % 32] = 1 << 1 | 1 << 2,
                  ['e' % 32] = 1 << 1 | 1 << 3,
                  ['f' % 32] = 1 << 1 | 1 << 3,
                  ['g' % 32] = 1 << 1,
                  ['h' % 32] = 1 << 1,
                  ['i' % 32] = 1 << 1 | 1 << 3,
                  ['j' % 32] = 1 << 1 | 1 << 2,
                  ['k' % 32] = 1 << 1,
                  ['l' % 32] = 1 << 1 | 1 << 3,
                  ['m' % 32] = 1 << 1 | 1 << 2 | 1 << 3,
                  ['n' % 32] = 1 << 1 | 1 << 2,
                  ['o' % 32] = 1 << 1,
                  ['p' % 32] = 1 << 1 | 1 << 4,
                  ['q' % 32] = 1 << 1,
                  ['r' % 32] = 1 << 1,
                  ['s' % 32] = 1 << 1 | 1 << 2,
                  ['t' % 32] = 1 << 1,
                  ['u' % 32] = 1 << 1,
                  ['v' % 32] = 1 << 1 | 1 << 2,
                  ['w' % 32] = 1 << 1,
                  ['x' % 32] = 1 << 1,
                  ['y' % 32] = 1 << 1,
                  ['z' % 32] = 1 << 1 },
};

/* Where the items end that can be added at once from the k-th on: linked ones, as far as
 * one word of bits tells, and a plain one. */
static inline size_t run_end(const ef_strip *strip, size_t k)
{
    uint64_t others = ~(strip->linked[k / 64] >> k % 64);
    k += others == 0 ? 64 : (size_t)__builtin_ctzll(others);
    return k + (strip->plain[k / 64] >> k % 64 & 1);
}

/* Adds the count items from the k-th on, which are plain. The strip has made room for them;
 * eight at a time are copied, the last of them in vain perhaps. */
static inline void add_plain_items(ef_scan *s, const ef_strip *strip, size_t k,
                                   size_t count)
{
    ef_token *tokens = s->tokens->items + s->tokens->count;
    bool is_end = strip->tokens[k].flags & EF_TOKEN_SENTENCE_END;
    unsigned flags =
        is_end ? ef_take_sentence_end(s) : ef_glued_flag(s, strip->tokens[k].begin);
    for (size_t i = 0; i < count; i += 8)
        memcpy(tokens + i, strip->tokens + k + i, 8 * sizeof *tokens);
    tokens->flags |= (uint8_t)flags;
    s->tokens->count += count;
}

/* Takes the items of a strip, which begins at base, from i on and all that stands between
 * them. */
static size_t take_items(ef_scan *s, size_t i, const ef_strip *strip, size_t base)
{
    for (size_t k = 0; k < strip->count;) {
        size_t begin = base + strip->begins[k] / 4, end = run_end(strip, k);
        i = take_gap(s, i, begin);
        if (i == begin && end > k) {
            add_plain_items(s, strip, k, end - k);
            k = end;
            i = base + strip->ends[k - 1] / 4;
        } else {
            i = take_odd(s, i, begin, base + strip->ends[k] / 4);
            k++;
        }
    }
    return i;
}

/* Takes everything from i to the end of its strip, and what crosses that end. */
static size_t take_strip(ef_scan *s, size_t i, const ef_kernels *kernels, ef_strip *strip)
{
    size_t blocks = (s->n + 63) / 64, first = i / 64;
    size_t last = blocks - first < EF_STRIP_BLOCKS ? blocks : first + EF_STRIP_BLOCKS;
    if (!ef_tokens_reserve(s->tokens, 64 * EF_STRIP_BLOCKS + 8)) {
        s->failed = true;
        return s->n;
    }
    kernels->find_words(s->p, s->masks, first, last, &strip_rules, s->tables, strip);
    i = take_items(s, i, strip, 64 * first);
    size_t limit = 64 * last < s->n ? 64 * last : s->n;
    while (i < limit)
        i = take_any(s, i);
    return i;
}

bool ef_tokenize(ef_tokens *tokens, const ef_normal_text *normal,
                 const ef_word_tables *tables)
{
    tokens->count = 0;
    if (!ef_tokens_reserve(tokens, normal->size / BYTES_PER_TOKEN))
        return false;
    ef_scan s = { .p = normal->bytes,
                  .n = normal->size,
                  .masks = normal->masks,
                  .tables = tables,
                  .tokens = tokens };
    ef_strip strip;
    for (size_t i = 0; i < s.n && !s.failed;)
        i = take_strip(&s, i, normal->kernels, &strip);
    ef_flag_last_token(&s, EF_TOKEN_SENTENCE_END);
    return !s.failed;
}
