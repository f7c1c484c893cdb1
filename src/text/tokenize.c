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

enum {
    STRIP_BLOCKS = 32, /* 2 KB of text: lists and masks stay in the first cache */
    STRIP_WORDS = STRIP_BLOCKS * 32,
    BYTES_PER_TOKEN = 5, /* in reviews and chats, blanks included */
};

/* Where the words of a strip begin and end. A word that crosses an end of the strip is not
 * among them.
 *
 * A begin is doubled, and odd if the first letter is upper case. An end is doubled, and odd
 * if the word is simple: letters and inner apostrophes, at most the first of them upper
 * case, no letter three times in a row, a blank behind it and a word behind that. */
typedef struct strip {
    uint32_t begins[STRIP_WORDS], ends[STRIP_WORDS];
    size_t count;
} strip;

/* What is carried from block to block. */
typedef struct carry {
    uint64_t word, same; /* masks of the block before */
    uint64_t open;       /* 1 while a word crosses into the block, */
    uint64_t clean;      /* and 1 while that word may be simple */
} carry;

void ef_tokens_release(ef_tokens *tokens)
{
    free(tokens->items);
    memset(tokens, 0, sizeof *tokens);
}

/* The word bytes of a block, with apostrophes between word bytes. */
static inline uint64_t words_of(const ef_byte_masks *mask, uint64_t word_before)
{
    uint64_t behind_word = mask[0].word << 1 | word_before >> 63;
    uint64_t before_word = mask[0].word >> 1 | mask[1].word << 63;
    return mask[0].word | (mask[0].apostrophe & behind_word & before_word);
}

/* The ends of simple words among the ends of a block. Bits added where words begin run
 * through their clean letters as carries, and come out behind the last one only where all
 * are clean. */
static inline uint64_t simple_ends(const ef_byte_masks *mask, uint64_t words,
                                   uint64_t begins, uint64_t ends, carry *c)
{
    uint64_t triple = mask->same & (mask->same << 1 | c->same >> 63);
    uint64_t clean = words & ~((mask->upper & ~begins) | mask->digit | triple);
    uint64_t sum, open_sum;
    bool is_over = __builtin_add_overflow(clean, begins, &sum);
    is_over |= __builtin_add_overflow(sum, c->clean, &open_sum);
    c->clean = is_over;
    uint64_t before_word = mask[0].word >> 1 | mask[1].word << 63;
    return open_sum & ends & mask->blank & before_word;
}

/* Appends the places of bits, of which base is the first, to places: doubled, and odd where
 * odd has the same bit. Returns their number. */
static inline size_t append_places(uint32_t *places, size_t count, uint64_t bits,
                                   uint64_t odd, size_t base)
{
    for (; bits != 0; bits &= bits - 1) {
        uint32_t bit = (uint32_t)__builtin_ctzll(bits);
        places[count++] = ((uint32_t)base + bit) * 2 + (uint32_t)(odd >> bit & 1);
    }
    return count;
}

/* Finds the words that begin and end in the blocks from first to last - 1. */
static void find_words(const ef_scan *s, size_t first, size_t last, strip *words)
{
    carry c = { 0 };
    if (first > 0) {
        const ef_byte_masks *before = &s->masks[first - 1];
        c = (carry){ before->word, before->same, words_of(before, 0) >> 63, 0 };
    }
    bool is_cut = c.open != 0; /* the first end is of a word from the strip before */
    size_t begins = 0, ends = 0;
    for (size_t block = first; block < last; block++) {
        const ef_byte_masks *mask = &s->masks[block];
        uint64_t word = words_of(mask, c.word);
        uint64_t behind = word << 1 | c.open;
        uint64_t begin_bits = word & ~behind, end_bits = ~word & behind;
        uint64_t simple = simple_ends(mask, word, begin_bits, end_bits, &c);
        if (is_cut && end_bits != 0) {
            end_bits &= end_bits - 1;
            is_cut = false;
        }
        begins = append_places(words->begins, begins, begin_bits, mask->upper, 64 * block);
        ends = append_places(words->ends, ends, end_bits, simple, 64 * block);
        c = (carry){ mask->word, mask->same, word >> 63, c.clean };
    }
    words->count = ends;
}

/* Whether the letters from begin to end are a word that nothing behind them could make
 * longer or turn into something else. */
static inline bool is_plain(const ef_scan *s, size_t begin, size_t end)
{
    uint8_t next = s->p[end], after = s->p[end + 1];
    if (s->p[begin] <= '9' || s->p[begin] == 'x') /* numbers and xD */
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

static inline bool is_simple(const ef_scan *s, const strip *words, size_t k)
{
    return (words->ends[k] & 1) != 0 && s->p[words->begins[k] / 2] != 'x'; /* xD */
}

/* Adds the k-th word and all simple ones that follow; returns the number of the next. The
 * strip has made room for them. */
static inline size_t add_simple_words(ef_scan *s, const strip *words, size_t k)
{
    ef_token *first = s->tokens->items + s->tokens->count, *token = first;
    do {
        size_t begin = words->begins[k] / 2, size = words->ends[k] / 2 - begin;
        *token++ =
            (ef_token){ .hash = ef_token_hash(s->p + begin, size),
                        .begin = (uint32_t)begin,
                        .size = (uint16_t)size,
                        .kind = EF_TOKEN_WORD,
                        .flags = (uint8_t)((words->begins[k] & 1) * EF_TOKEN_CAPITALIZED) };
        k++;
    } while (k < words->count && is_simple(s, words, k));
    first->flags |= (uint8_t)ef_glued_flag(s, first->begin);
    s->tokens->count += (size_t)(token - first);
    return k;
}

/* Takes the words of a strip from i on and all that stands between them. */
static size_t take_words(ef_scan *s, size_t i, const strip *words)
{
    for (size_t k = 0; k < words->count;) {
        size_t begin = words->begins[k] / 2;
        i = take_gap(s, i, begin);
        if (i == begin && is_simple(s, words, k)) {
            k = add_simple_words(s, words, k);
            i = words->ends[k - 1] / 2 + 1;
        } else {
            i = take_odd(s, i, begin, words->ends[k] / 2);
            k++;
        }
    }
    return i;
}

/* Takes everything from i to the end of its strip, and what crosses that end. */
static size_t take_strip(ef_scan *s, size_t i, strip *words)
{
    size_t blocks = (s->n + 63) / 64, first = i / 64;
    size_t last = blocks - first < STRIP_BLOCKS ? blocks : first + STRIP_BLOCKS;
    if (!ef_tokens_reserve(s->tokens, 64 * STRIP_BLOCKS)) {
        s->failed = true;
        return s->n;
    }
    find_words(s, first, last, words);
    i = take_words(s, i, words);
    size_t limit = 64 * last < s->n ? 64 * last : s->n;
    while (i < limit)
        i = take_any(s, i);
    return i;
}

bool ef_tokenize(ef_tokens *tokens, const ef_normal_text *normal)
{
    tokens->count = 0;
    if (!ef_tokens_reserve(tokens, normal->size / BYTES_PER_TOKEN))
        return false;
    ef_scan s = {
        .p = normal->bytes, .n = normal->size, .masks = normal->masks, .tokens = tokens
    };
    strip words;
    for (size_t i = 0; i < s.n && !s.failed;)
        i = take_strip(&s, i, &words);
    ef_flag_last_token(&s, EF_TOKEN_SENTENCE_END);
    return !s.failed;
}
