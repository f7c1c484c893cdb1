/* SPDX-License-Identifier: MIT
 * score/vader_lexicon.h - the words of the reference mode: the user's files and the few
 * words that its rules name.
 *
 * Two kinds of file, told apart by their first line: `word TAB valence …` and
 * `emoji TAB description`. One table holds both and the rules' own words, so a word of a
 * text is looked up once. Immutable after loading. */
#ifndef EARFUL_SCORE_VADER_LEXICON_H
#define EARFUL_SCORE_VADER_LEXICON_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "earful/status.h"

/* Words that rules or idioms ask for by name. */
/* clang-format off */
typedef enum ef_vader_role {
    EF_VADER_NONE = 0,
    EF_VADER_AT, EF_VADER_BUT, EF_VADER_DOUBT, EF_VADER_KIND, EF_VADER_LEAST,
    EF_VADER_NEVER, EF_VADER_NO, EF_VADER_NOR, EF_VADER_OF, EF_VADER_OR, EF_VADER_SO,
    EF_VADER_SORT, EF_VADER_THIS, EF_VADER_VERY, EF_VADER_WITHOUT, EF_VADER_JUST,
    EF_VADER_ENOUGH,
    EF_VADER_ASS, EF_VADER_BAD, EF_VADER_BEATING, EF_VADER_BOMB, EF_VADER_BROKEN,
    EF_VADER_BUS, EF_VADER_DEATH, EF_VADER_DIE, EF_VADER_FOR, EF_VADER_HEART,
    EF_VADER_KISS, EF_VADER_RIGHT, EF_VADER_SHIT, EF_VADER_STOP, EF_VADER_THE,
    EF_VADER_TO, EF_VADER_YEAH
} ef_vader_role;
/* clang-format on */

typedef struct ef_vader_word {
    ef_slice key;         /* lower case; empty in a free slot */
    double valence;       /* of the file; 0 if it is not listed */
    ef_slice description; /* of an emoji; empty for all else */
    bool is_listed;       /* the file gives it a valence */
    bool negates;
    int8_t boost; /* 1: booster, -1: damper, 0: neither */
    uint8_t role; /* ef_vader_role */
} ef_vader_word;

/* What the rules themselves know of a word. */
typedef struct ef_vader_own_word {
    const char *text;
    int8_t boost;
    bool negates;
    ef_vader_role role;
} ef_vader_own_word;

/* The index-th word of the rules; NULL after the last. */
const ef_vader_own_word *ef_vader_own_word_at(size_t index);

/* The valence of two or three words that stand for more than their sum. False if they are
 * no idiom; the third role is NONE for two words. */
bool ef_vader_idiom(const ef_vader_role roles[3], double *valence);

typedef struct ef_vader {
    ef_arena arena;
    ef_vader_word *words; /* hashed by key; at most half of the slots are taken */
    size_t capacity, used;
    uint64_t hash;    /* over the files, in order */
    uint64_t entries; /* lines of the files */
    bool has_words;   /* a file with valences was read */
} ef_vader;

/* Starts with the rules' own words. Released after a failure, too. */
ef_status ef_vader_init(ef_vader *vader, ef_error *error);
void ef_vader_release(ef_vader *vader);

/* Adds a file, path in messages; a later entry wins. EF_ERR_FORMAT names the line. */
ef_status ef_vader_add(ef_vader *vader, ef_slice bytes, const char *path, ef_error *error);

/* The word with this key, never NULL: one without any property if there is none. */
const ef_vader_word *ef_vader_find(const ef_vader *vader, const uint8_t *key, size_t size);

#endif
