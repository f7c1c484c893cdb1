/* SPDX-License-Identifier: MIT
 * kernels/kernels.h - the inner loops, once per CPU.
 *
 * A kernel set is a struct of functions. kernels_scalar.c is the reference and stays
 * simple; every other set gives the same answers to the bit, which tests hold it to.
 * A kernel reads p[0..n) and no further. The set is chosen once, when an engine or a
 * reader is made. */
#ifndef EARFUL_KERNELS_KERNELS_H
#define EARFUL_KERNELS_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What 64 bytes of text are, one bit a byte, bit 0 for the first; bits past the end are 0. */
typedef struct ef_byte_masks {
    uint64_t word;       /* A-Z a-z 0-9 */
    uint64_t upper;      /* A-Z */
    uint64_t digit;      /* 0-9 */
    uint64_t blank;      /* the blank alone: other white space is rare */
    uint64_t apostrophe; /* ' */
    uint64_t same;       /* equal to the byte before, both folded; not the first of a text */
    uint64_t stop;       /* . , ! ? */
    uint64_t joiner;     /* . : ' @ - _ + and bytes above ASCII: a word may go on behind them */
} ef_byte_masks;

/* What the tokenizer makes of a text: text/tokenize.h says what kinds and flags there are. */
typedef struct ef_token {
    uint64_t hash;  /* ef_hash_bytes of the normal bytes */
    uint32_t begin; /* byte in the normal text */
    uint16_t size;  /* bytes; longer tokens are cut into several at 65,535 */
    uint8_t kind;   /* ef_token_kind */
    uint8_t flags;
} ef_token;

enum {
    EF_STRIP_BLOCKS = 32,                  /* 2 KB of text: all of it stays in the first cache */
    EF_STRIP_ITEMS = EF_STRIP_BLOCKS * 48, /* no block holds more, as in "a, b, c" */
    EF_STRIP_ROOM = EF_STRIP_ITEMS + 64,   /* kernels write behind the last item */
};

typedef enum ef_look {
    EF_LOOK_SMALL,   /* a word; its first letter is not upper case */
    EF_LOOK_CAPITAL, /* a word; its first letter is upper case */
    EF_LOOK_COMMA,   /* a comma behind a word and before a blank */
    EF_LOOK_END      /* one of . ! ? at such a place */
} ef_look;

/* The words of a strip and the stops behind them. What crosses an end of the strip is not
 * among them.
 *
 * A word is plain if it has letters and inner apostrophes, at most the first letter upper
 * case, no letter three times in a row, and no joiner but such a stop behind it; and if it
 * does not begin with x. A stop is plain unless it is a dot behind a suspect. A plain item
 * is linked if the next item is at its end, or a word behind one blank. */
typedef struct ef_strip {
    uint16_t begins[EF_STRIP_ROOM]; /* 4 * byte from the strip on; + 1 for upper case, or
                                       + 2 for a stop */
    uint16_t ends[EF_STRIP_ROOM];   /* the same; + 2 if it may be plain, + 1 if linked then */
    ef_token tokens[EF_STRIP_ROOM]; /* all items as if they were plain */
    uint64_t plain[EF_STRIP_ROOM / 64], linked[EF_STRIP_ROOM / 64]; /* a bit an item */
    size_t count;
} ef_strip;

/* What find_words is told about tokens and sentences. */
typedef struct ef_strip_rules {
    uint8_t kinds[4], flags[4]; /* of tokens, by ef_look */
    uint16_t suspects[32]; /* bit n: words of n letters may be abbreviations; by the first
                              letter's low five bits */
} ef_strip_rules;

typedef struct ef_kernels {
    const char *name, *summary;
    bool (*is_supported)(void);

    /* Copies n bytes from p to folded with A-Z made lower case, and describes each 64-byte
     * block in masks[0 .. (n + 63) / 64). folded and p do not overlap. */
    void (*classify)(const uint8_t *p, size_t n, uint8_t *folded, ef_byte_masks *masks);

    /* Finds the words of the blocks from first to last - 1, at most EF_STRIP_BLOCKS, of the
     * folded text at p and its masks. Padded: 64 bytes and a block of masks stand behind. */
    void (*find_words)(const uint8_t *p, const ef_byte_masks *masks, size_t first,
                       size_t last, const ef_strip_rules *rules, ef_strip *strip);

    /* The length of the longest run of bytes < 0x80 at p. */
    size_t (*ascii_run)(const uint8_t *p, size_t n);

    /* The index of the first of n bytes that equals a, b or c; n if there is none. */
    size_t (*find_any)(const uint8_t *p, size_t n, uint8_t a, uint8_t b, uint8_t c);

    /* How many of n bytes equal byte. */
    size_t (*count)(const uint8_t *p, size_t n, uint8_t byte);

    /* The index of the first byte that ends or breaks a JSON string: '"', '\\' or < 0x20;
     * n if there is none. */
    size_t (*json_string_run)(const uint8_t *p, size_t n);

    /* Marks in bits[0 .. (n + 63) / 64) the bytes that shape delimited text: delimiters, LF
     * and CR outside quotes, and every quote. *in_quotes says whether p[0] stands inside
     * quotes and gets the state behind p[n-1]. quote 0 means that nothing quotes. */
    void (*delimited)(const uint8_t *p, size_t n, uint8_t delimiter, uint8_t quote,
                      bool *in_quotes, uint64_t *bits);
} ef_kernels;

/* The set of this name, or the best one that this CPU supports if name is NULL. NULL if
 * there is no such set here. */
const ef_kernels *ef_kernels_select(const char *name);

/* The index-th set, supported or not, the reference first; NULL after the last. */
const ef_kernels *ef_kernels_at(size_t index);

#endif
