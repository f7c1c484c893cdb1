/* SPDX-License-Identifier: MIT
 * pipeline/made_texts.h - texts to measure with where there are none.
 *
 * Always the same. Reviews and messages of a shop that does not exist, in plain sentences:
 * about every sixth word has a sentiment, and a few characters are above ASCII. Such text
 * is kinder to a CPU than people's, which repeats itself less. */
#ifndef EARFUL_PIPELINE_MADE_TEXTS_H
#define EARFUL_PIPELINE_MADE_TEXTS_H

#include "base/buffer.h"

/* Appends the index-th text. False without memory. */
bool ef_made_text(ef_buffer *text, size_t index);

#endif
