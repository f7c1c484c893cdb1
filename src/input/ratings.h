/* SPDX-License-Identifier: MIT
 * input/ratings.h - stars, scores, words and faces as a number on a scale. */
#ifndef EARFUL_INPUT_RATINGS_H
#define EARFUL_INPUT_RATINGS_H

#include "input/format.h"

/* Reads one rating as written: "4", "4.0 out of 5 stars", "FOUR", "★★★★☆", "good", "👍", "😐".
 * False if it is none. *own_scale is set when the text itself tells the scale. */
bool ef_rating_read(ef_slice raw, double *value, ef_rating_scale *own_scale);

/* Decides the scale of a column from sample cells and a name: the column's, or the kind of
 * survey ("nps") where the input tells it. Equal bounds if no scale fits. *why gets words,
 * from arena or static. */
ef_rating_scale ef_rating_decide(const ef_slice *cells, size_t count, size_t stride,
                                 ef_slice name, ef_arena *arena, const char **why);

/* What a column, or a kind of survey, of this name asks for. */
ef_rating_kind ef_rating_kind_named(ef_slice name);

/* "1-5", "0-10". False if it is no scale. */
bool ef_rating_scale_parse(const char *text, ef_rating_scale *scale);

/* Fills rating from raw on a scale; false if raw is not empty and no rating on it. */
bool ef_rating_fill(ef_rating *rating, ef_slice raw, ef_rating_scale scale);

#endif
