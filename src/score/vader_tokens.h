/* SPDX-License-Identifier: MIT
 * score/vader_tokens.h - a text cut at white space, as the reference cuts it.
 *
 * Emoji become their descriptions first, character by character. A word loses its outer
 * punctuation unless two characters or fewer would be left (it may be an emoticon). */
#ifndef EARFUL_SCORE_VADER_TOKENS_H
#define EARFUL_SCORE_VADER_TOKENS_H

#include "score/vader_lexicon.h"

typedef struct ef_vader_token {
    const ef_vader_word *word; /* never NULL: one without any property if unknown */
    bool is_there;             /* false before the first and behind the last word */
    bool is_upper;             /* has letters, all of them capitals */
    bool negates;              /* by the table, or because n't stands in it */
} ef_vader_token;

typedef struct ef_vader_reader {
    const ef_vader *vader;
    ef_buffer *key;         /* working memory */
    ef_slice rest;          /* of the text */
    ef_slice description;   /* what is still to be read of an emoji's description */
    bool is_behind_letters; /* a description begun now needs a blank in front */
    uint64_t exclamations, questions; /* marks so far */
} ef_vader_reader;

void ef_vader_reader_start(ef_vader_reader *reader, const ef_vader *vader, ef_buffer *key,
                           ef_slice text);

/* Reads the next word; behind the last one *token is not there. False without memory. */
bool ef_vader_reader_next(ef_vader_reader *reader, ef_vader_token *token);

#endif
