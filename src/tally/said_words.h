/* SPDX-License-Identifier: MIT
 * tally/said_words.h - a text as its content words, each with what stands around it.
 *
 * Themes are nouns, and nobody here knows which words are nouns: that is learnt from what
 * stands before and behind a word wherever it occurs. So function words ("the", "to",
 * "they") are not kept; what they are is kept with their neighbours, in eight bits. What
 * has digits in it, addresses, @names and #tags are no words. A light cut, not the
 * tokenizer's: it names what people talk about and decides nothing. */
#ifndef EARFUL_TALLY_SAID_WORDS_H
#define EARFUL_TALLY_SAID_WORDS_H

#include <stdbool.h>

#include "base/buffer.h"

/* What stands beside a content word. */
typedef enum ef_cue {
    EF_CUE_NOTHING = 0, /* an end of the text or of a sentence, a mark */
    EF_CUE_WORD,        /* a content word: both are of one run */
    EF_CUE_DETERMINER,  /* the, my, this, no; a number */
    EF_CUE_PRONOUN,     /* i, they, me, it */
    EF_CUE_TO,
    EF_CUE_MODAL,       /* can, will, did, not */
    EF_CUE_BE,          /* is, was, has */
    EF_CUE_PREPOSITION, /* of, with, at */
    EF_CUE_DEGREE,      /* very, so, more */
    EF_CUE_AND,         /* and, or, but */
    EF_CUE_OTHER,       /* any other function word */
    EF_CUE_COUNT
} ef_cue;

enum {
    EF_SAID_WORDS = 255,    /* of one text: the first ones */
    EF_SAID_BYTES = 4096,   /* of one text: the first ones */
    EF_SAID_WORD_SIZE = 24, /* bytes; a longer one is none */
    EF_SAID_MOST = 1 << 22  /* different words; further ones are not counted */
};

/* A word where it stands: its number, and what is around it. */
typedef uint32_t ef_said_word;

static inline uint32_t ef_said_number(ef_said_word word)
{
    return word & (EF_SAID_MOST - 1);
}
static inline ef_cue ef_said_before(ef_said_word word)
{
    return (ef_cue)(word >> 22 & 15);
}
static inline ef_cue ef_said_behind(ef_said_word word)
{
    return (ef_cue)(word >> 26 & 15);
}
/* Written like a name: with a capital, inside a sentence. */
static inline bool ef_said_is_capital(ef_said_word word)
{
    return word >> 30 & 1;
}

typedef struct ef_known_word {
    uint64_t hash;   /* 0: free */
    uint32_t number; /* of a function word: its cue */
} ef_known_word;

enum {
    EF_FUNCTION_SLOTS = 2048
}; /* 32 KiB: every other word of a text is looked up here */

/* Words by number. Zero-initialise. */
typedef struct ef_said_dictionary {
    ef_known_word *function; /* open addressing, EF_FUNCTION_SLOTS */
    ef_known_word *slots;    /* open addressing */
    size_t capacity;
    uint32_t *ends; /* of each word in `text` */
    size_t count, room;
    ef_buffer text;
    bool failed; /* out of memory, once for all */
} ef_said_dictionary;

void ef_said_dictionary_release(ef_said_dictionary *dictionary);

/* The number of a word, in lower case; UINT32_MAX without memory, beyond EF_SAID_MOST, and
 * for function words. */
uint32_t ef_said_dictionary_number(ef_said_dictionary *dictionary, ef_slice word);
/* The same, or UINT32_MAX for a word that is not there. */
uint32_t ef_said_dictionary_find(const ef_said_dictionary *dictionary, ef_slice word);
/* The word of a number; valid until the next one is added. */
ef_slice ef_said_dictionary_word(const ef_said_dictionary *dictionary, uint32_t number);

/* Where a word stands in its text. */
typedef struct ef_said_place {
    uint32_t begin, end;
} ef_said_place;

/* The content words of a text, in order; places may be NULL. Sets *count. False without
 * memory. Linear in the size of the text; any bytes. */
bool ef_said_split(ef_said_dictionary *dictionary, ef_slice text,
                   ef_said_word words[EF_SAID_WORDS], ef_said_place *places, size_t *count);

#endif
