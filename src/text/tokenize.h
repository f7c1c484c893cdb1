/* SPDX-License-Identifier: MIT
 * text/tokenize.h - normal text as tokens, sentence by sentence.
 *
 * A token is 16 bytes: the hash of its normal bytes, where it stands, what it is. Sentence
 * and clause ends are flags on the token behind which they fall. The tokenizer knows no
 * word; what a token means is for the lexicon and the model. */
#ifndef EARFUL_TEXT_TOKENIZE_H
#define EARFUL_TEXT_TOKENIZE_H

#include "text/normalize.h"

typedef enum ef_token_kind {
    EF_TOKEN_WORD = 0, /* letters and digits with inner apostrophes */
    EF_TOKEN_NUMBER,   /* 12  3.5  1,000  20%  10:30  5/5/2020  $5 and -5 have the number 5 */
    EF_TOKEN_RATING,   /* 4/5  9.5/10 */
    EF_TOKEN_STARS,    /* a run of ★ ☆ ⭐ or of two or more * standing alone */
    EF_TOKEN_EMOJI,    /* one emoji sequence */
    EF_TOKEN_EMOTICON, /* :-)  <3  ^_^  xD; its hash counts a repeated mouth once */
    EF_TOKEN_MENTION,  /* @handle */
    EF_TOKEN_URL,
    EF_TOKEN_EMAIL,
    EF_TOKEN_PUNCTUATION /* a run of one of ! ? . , ; : ( ) " - ; its hash is of one mark;
                            other marks are dropped, as are . and - inside words */
} ef_token_kind;

enum { /* ef_token.flags */
    EF_TOKEN_CAPITALS = 1 << 0,     /* two or more letters, all upper case */
    EF_TOKEN_CAPITALIZED = 1 << 1,  /* upper-case first letter */
    EF_TOKEN_ELONGATED = 1 << 2,    /* a letter three times or more in a row */
    EF_TOKEN_GLUED = 1 << 3,        /* no blank before it: made in "well-made", every comma */
    EF_TOKEN_HASHTAG = 1 << 4,      /* the word behind a #; CamelCase is cut, the rest is for `score` */
    EF_TOKEN_CLAUSE_END = 1 << 5,   /* a clause ends behind this token: , ; : ( ) - dash
                                       between blanks, or a line end inside a sentence */
    EF_TOKEN_SENTENCE_END = 1 << 6, /* the last token of a sentence */
    EF_TOKEN_QUOTED = 1 << 7        /* between quotation marks, at most 24 tokens apart */
};

/* ef_token itself is in kernels.h: kernels make most of them. */

typedef struct ef_tokens {
    ef_token *items;
    size_t count, capacity;
} ef_tokens;

void ef_tokens_release(ef_tokens *tokens);

/* Cuts normal text into tokens, replacing what tokens held. The last token always ends a
 * sentence. tables are where words will be looked up soon, NULL if nowhere: memory is asked
 * for ahead of time. False without memory. O(normal->size) on any bytes. */
bool ef_tokenize(ef_tokens *tokens, const ef_normal_text *normal,
                 const ef_word_tables *tables);

#endif
