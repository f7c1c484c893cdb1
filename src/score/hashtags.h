/* SPDX-License-Identifier: MIT
 * score/hashtags.h - the known words that a hashtag is made of: #neveragain. */
#ifndef EARFUL_SCORE_HASHTAGS_H
#define EARFUL_SCORE_HASHTAGS_H

#include "lexicon/lexicon.h"
#include "model/model_file.h"

enum { EF_HASHTAG_SIZE = 32 }; /* bytes; longer hashtags stay whole */

/* Cuts a hashtag of at most EF_HASHTAG_SIZE bytes into words that the lexicon or the model,
 * which may be NULL, knows, by dynamic programming; ends[i] is the end of the i-th. Returns
 * how many, 0 if it is not made of such words. Behind the hashtag 16 bytes may be read. */
size_t ef_hashtag_split(const ef_lexicon *lexicon, const ef_model *model, ef_slice word,
                        uint8_t *ends);

#endif
