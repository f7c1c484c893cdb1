/* SPDX-License-Identifier: MIT
 * score/spoken_rating.h - ratings that stand in the text: 9/10, "4.5 out of 5", "one star",
 * ★★☆☆☆. */
#ifndef EARFUL_SCORE_SPOKEN_RATING_H
#define EARFUL_SCORE_SPOKEN_RATING_H

#include "score/words.h"

/* Reads a rating that begins at words->items[at]. Returns how many words it covers and its
 * valence in 1/100; 0 if there is none. Dates ("on 5/5"), sizes and fractions of things
 * ("5 of the 10 chairs") are none. */
size_t ef_spoken_rating(const ef_words *words, size_t at, const ef_normal_text *normal,
                        const ef_tokens *tokens, int32_t *valence);

#endif
