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

/* What 64 bytes of text are, one bit a byte, bit 0 for the first; bits past the end are 0.
 */
typedef struct ef_byte_masks {
    uint64_t word;       /* A-Z a-z 0-9 */
    uint64_t upper;      /* A-Z */
    uint64_t digit;      /* 0-9 */
    uint64_t blank;      /* the blank alone: other white space is rare */
    uint64_t apostrophe; /* ' */
    uint64_t same;   /* equal to the byte before, both folded; not the first of a text */
    uint64_t stop;   /* . , ! ? */
    uint64_t joiner; /* . : ' @ - _ + and bytes above ASCII: a word may go on behind them */
} ef_byte_masks;

/* What the tokenizer makes of a text: text/tokenize.h says what kinds and flags there are.
 */
typedef struct ef_token {
    uint64_t hash;  /* ef_hash_bytes of the normal bytes */
    uint32_t begin; /* byte in the normal text */
    uint16_t size;  /* bytes; longer tokens are cut into several at 65,535 */
    uint8_t kind;   /* ef_token_kind */
    uint8_t flags;
} ef_token;

enum {
    EF_STRIP_BLOCKS = 32, /* 2 KB of text: all of it stays in the first cache */
    EF_STRIP_ITEMS = EF_STRIP_BLOCKS * 48, /* no block holds more, as in "a, b, c" */
    EF_STRIP_ROOM = EF_STRIP_ITEMS + 64,   /* kernels write behind the last item */
};

typedef enum ef_look {
    EF_LOOK_SMALL,   /* a word; its first letter is not upper case */
    EF_LOOK_CAPITAL, /* a word; its first letter is upper case */
    EF_LOOK_COMMA,   /* a comma behind a word and before a blank */
    EF_LOOK_END,     /* one of . ! ? at such a place */
    EF_LOOK_SHOUTED, /* a plain word of two or more letters, all upper case */
    EF_LOOK_NUMBER,  /* a plain word of digits */
    EF_LOOKS
} ef_look;

/* The words of a strip and the stops behind them. What crosses an end of the strip is not
 * among them.
 *
 * A word is plain if it is of letters and inner apostrophes, all of them upper case or only
 * the first, or of these and digits where at most the first is upper case; if it has no
 * letter three times in a row, and no joiner but such a stop behind it, or, with digits,
 * only a blank or such a stop; and if it does not begin with x. A stop is plain unless it is
 * a dot behind a suspect. A plain item is linked if the next item is at its end, or a word
 * behind one blank. */
typedef struct ef_strip {
    uint16_t begins[EF_STRIP_ROOM]; /* 4 * byte from the strip on; + 1 for upper case, or
                                       + 2 for a stop */
    uint16_t ends[EF_STRIP_ROOM]; /* the same; + 2 if it may be plain, + 1 if linked then */
    ef_token tokens[EF_STRIP_ROOM]; /* all items as if they were plain */
    /* A bit an item, and one word of bits more than are told: the look of words that is not
     * in begins. */
    uint64_t shouted[EF_STRIP_ROOM / 64 + 1], numbers[EF_STRIP_ROOM / 64 + 1];
    uint64_t plain[EF_STRIP_ROOM / 64], linked[EF_STRIP_ROOM / 64]; /* a bit an item */
    size_t count;
} ef_strip;

/* What find_words is told about tokens and sentences. */
typedef struct ef_strip_rules {
    uint8_t kinds[EF_LOOKS], flags[EF_LOOKS]; /* of tokens, by ef_look */
    uint16_t suspects[32]; /* bit n: words of n letters may be abbreviations; by the first
                              letter's low five bits */
} ef_strip_rules;

/* Where words are looked up. A table holds 1 << slot_bits items of 16 bytes that begin with
 * a key, 0 in an empty one, in buckets of two; what finds no room in its bucket is in the
 * next one. The second half of an item has its flags at EF_TRAITS_SHIFT. A vocabulary is a
 * set of 1 << vocabulary_bits bits by a hash's high bits. */
typedef struct ef_word_tables {
    const uint64_t *items;
    const uint64_t *vocabulary; /* NULL: none, no word is known */
    unsigned slot_bits, vocabulary_bits;
} ef_word_tables;

enum { EF_TRAITS_SHIFT = 24 };

/* What is found of a word: 4 * the item's place + these. Without EF_FOUND_LISTED the place
 * is that of any item. */
enum { EF_FOUND_LISTED = 1, EF_FOUND_KNOWN = 2 };

/* A word as phrases and rules see it: a token, without its place in the text. Punctuation
 * has gone, elongation is undone. */
typedef struct ef_word {
    uint64_t hash;
    uint32_t found;       /* as EF_FOUND_ says: ef_word_entry in lexicon/match.h */
    uint8_t traits;       /* flags of the item, 0 without one */
    bool opens : 1;       /* a phrase begins here: one of words in a line, */
    bool has_slots : 1;   /* or perhaps one with slots */
    bool ends_clause : 1; /* a clause ends behind it */
    bool is_number : 1;
    bool is_known : 1; /* by the model or a user's lexicon; what ours lists, a model
                          learns */
    uint8_t kind;      /* ef_token_kind */
    uint8_t flags;     /* ef_token flags */
} ef_word;

/* What the rules have found out about the words of a passage: bit i of each set, of n / 64
 * + 2 numbers, is of word i. */
typedef struct ef_word_marks {
    uint64_t *starts;    /* it begins a sentence */
    uint64_t *negated;   /* it is inside the scope of a negator */
    uint64_t *in_phrase; /* it is a part of a phrase of the lexicon */
    uint64_t *aside;     /* it is not the speaker's verdict here and now */
} ef_word_marks;

/* What is true of 64 tokens, a bit each. */
typedef struct ef_token_bits {
    uint64_t stops;    /* that become no words */
    uint64_t marks;    /* stops that end no clause */
    uint64_t clauses;  /* that end a clause */
    uint64_t ends;     /* that end a sentence */
    uint64_t words;    /* of kind `word` */
    uint64_t capitals; /* written in capitals */
    uint64_t odd;      /* words that are not looked up as they stand */
} ef_token_bits;

/* Words as they are read, in lists that have room for eight more. */
typedef struct ef_word_list {
    ef_word *words;
    uint32_t *tokens;  /* of each word: the token it came from */
    uint32_t *unknown; /* places of words that nobody knows */
    size_t count, unknown_count;
} ef_word_list;

/* What kernels of tokens and words are told about kinds, flags and traits. */
typedef struct ef_word_rules {
    uint32_t listed;            /* kinds that the table lists, a bit each */
    uint32_t ratings;           /* kinds that say something in any case */
    uint8_t word, number, stop; /* kinds; a stop becomes no word */
    uint8_t clause_end;         /* flag of tokens behind which a clause ends, */
    uint8_t sentence_end;       /* or a sentence, */
    uint8_t capitals;           /* of those in capitals, */
    uint8_t odd;                /* of those that are odd if they are words: one of them */
    uint8_t own;                /* traits: of an item that counts as known, */
    uint8_t is_number;          /* of one that is a number, */
    uint8_t speaks;             /* of one that says something, */
    uint8_t goes_on;            /* of one that another word may follow in a phrase, */
    uint8_t one, many; /* … in a slot for any word, in one for up to EF_GAP_WORDS, */
    uint8_t numbered;  /* … in one for a number */
} ef_word_rules;

typedef struct ef_word_counts {
    uint32_t words, known; /* of kind `word`; of these, known ones */
} ef_word_counts;

/* Paths by their length, each with tables of its own: what text asks for first is the
 * smallest. */
enum { EF_PAIRS, EF_TRIPLES, EF_LONGER, EF_LEVELS };

enum { EF_FILTER_BITS = 13, EF_SLOT_FILTER_BITS = 16, EF_GAP_WORDS = 3 };

/* Paths of two words, of three or of more: a table as those of words, and a filter of
 * 1 << filter_bits numbers, in one of which, by its high bits, a path has two bits; a
 * strong one, that speaks or goes on in a slot, has two more. */
typedef struct ef_path_table {
    const uint64_t *items, *filter;
    unsigned slot_bits, filter_bits;
} ef_path_table;

/* What phrases are made of (kernels/phrase_paths.h). A slot is a word with a key of its own. */
typedef struct ef_phrase_tables {
    ef_path_table levels[EF_LEVELS];
    const uint64_t *slots; /* a set of 1 << EF_SLOT_FILTER_BITS bits: by what a slot behind
                              a first word is followed; and slots that are followed by
                              another one */
    uint64_t one, many, number; /* keys of slots */
    uint8_t number_flags;       /* of the path that any number begins; 0 without one */
} ef_phrase_tables;

/* What n-grams weigh. A slot of 4 bytes is found by a feature's low bits and holds a print
 * of its high bits (model/model_file.h), then two weights; a bit of the filter, found by
 * the bits from EF_FELT_SHIFT on, says that more may be known of it: that stands in slots of
 * 8 bytes, found in the same way, a print and six more weights. */
typedef struct ef_gram_tables {
    const void *slots;      /* 1 << slot_bits */
    const uint64_t *filter; /* 1 << filter_bits bits; NULL: nothing more is known */
    const void *felt_slots; /* 1 << felt_bits */
    unsigned slot_bits, filter_bits, felt_bits;
} ef_gram_tables;

enum { EF_FELT_SHIFT = 20, EF_FELT_WEIGHTS = 6 };

/* Which words are in n-grams, under which key: by its hash, unless it is set aside or said
 * here to be in none, which n-grams do not cross; all numbers are one. A word in a phrase
 * is no gram alone. Inside the scope of a negator, grams are others: combined with
 * EF_KEY_NEGATED. */
typedef struct ef_gram_rules {
    uint32_t none;  /* kinds, a bit each */
    uint8_t number; /* kind */
    uint8_t own;    /* trait of words that are in none */
    uint64_t number_key;
} ef_gram_rules;

#define EF_KEY_NEGATED UINT64_C(0x2545F4914F6CDD1D)

typedef struct ef_gram_sums {
    int32_t polarity, neutrality; /* of the known ones */
    uint32_t known;
    size_t felt_count;
    uint64_t *felt; /* those that the filter holds; room for 3 n + 8 */
} ef_gram_sums;

/* The sums behind each word, so that what stretches of words weigh are differences. Room
 * for n + 8 each. */
typedef struct ef_gram_runs {
    int32_t *polarity, *neutrality;
    uint32_t *known;
} ef_gram_runs;

typedef struct ef_kernels {
    const char *name, *summary;
    bool (*is_supported)(void);

    /* Copies n bytes from p to folded with A-Z made lower case, zeros behind them to the end
     * of the last block of 64, and describes each block in masks[0 .. (n + 63) / 64). folded
     * and p do not overlap. Returns whether all are ASCII and none is & < or `: then a text
     * is normal when it is folded. */
    bool (*classify)(const uint8_t *p, size_t n, uint8_t *folded, ef_byte_masks *masks);

    /* Finds the words of the blocks from first to last - 1, at most EF_STRIP_BLOCKS, of the
     * folded text at p and its masks. Padded: 64 bytes and a block of masks stand behind.
     * Asks memory for what read_words will read of tables, if they are not NULL. */
    void (*find_words)(const uint8_t *p, const ef_byte_masks *masks, size_t first,
                       size_t last, const ef_strip_rules *rules,
                       const ef_word_tables *tables, ef_strip *strip);

    /* Describes n tokens in bits[0 .. n / 64]. */
    void (*survey_tokens)(const ef_word_rules *rules, const ef_token *tokens, size_t n,
                          ef_token_bits *bits);

    /* Adds the words of tokens[first .. end), all but stops, to a list. bits describe the
     * tokens from the 0th on; a clause ends behind a word where they say so. */
    void (*read_words)(const ef_word_tables *tables, const ef_word_rules *rules,
                       const ef_token *tokens, const ef_token_bits *bits, size_t first,
                       size_t end, ef_word_list *list);

    /* Finds the words of a passage where something may begin or end: bit i of events, of
     * n / 64 + 1. Sets `opens` and `has_slots` of all. Padded: 16 words may be read behind
     * the n, and 8 written. */
    void (*survey_words)(const ef_word_rules *rules, const ef_phrase_tables *tables,
                         ef_word *words, size_t n, uint64_t *events,
                         ef_word_counts *counts);

    /* Adds up what the words of a passage weigh, alone, in pairs and in threes, which cross
     * no beginning of a sentence. Padded: 8 words may be read behind the n. */
    void (*weigh_grams)(const ef_gram_tables *tables, const ef_gram_rules *rules,
                        const ef_word *words, size_t n, const ef_word_marks *marks,
                        const ef_gram_runs *runs, ef_gram_sums *sums);

    /* Adds to sums the six more weights of n features that the filter holds, of those that
     * are in slots. */
    void (*feel)(const ef_gram_tables *tables, const uint64_t *felt, size_t n,
                 int64_t sums[EF_FELT_WEIGHTS]);

    /* The length of the longest run of bytes < 0x80 at p. */
    size_t (*ascii_run)(const uint8_t *p, size_t n);

    /* The index of the first of n bytes that equals a, b or c; n if there is none. */
    size_t (*find_any)(const uint8_t *p, size_t n, uint8_t a, uint8_t b, uint8_t c);

    /* How many of n bytes equal byte. */
    size_t (*count)(const uint8_t *p, size_t n, uint8_t byte);

    /* The index of the first byte that ends or breaks a JSON string: '"', '\\' or < 0x20;
     * n if there is none. */
    size_t (*json_string_run)(const uint8_t *p, size_t n);

    /* Marks in bits[0 .. (n + 63) / 64) the bytes that equal one of four. */
    void (*mark)(const uint8_t *p, size_t n, const uint8_t four[4], uint64_t *bits);
} ef_kernels;

/* The set of this name, or the best one that this CPU supports if name is NULL. NULL if
 * there is no such set here. */
const ef_kernels *ef_kernels_select(const char *name);

/* The index-th set, supported or not, the reference first; NULL after the last. */
const ef_kernels *ef_kernels_at(size_t index);

#endif
