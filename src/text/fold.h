/* SPDX-License-Identifier: MIT
 * text/fold.h - what we decide about single characters before Unicode is asked.
 *
 * NFKC leaves curly apostrophes and quotes alone and makes letters of ™; these tables say
 * what people mean. */
#ifndef EARFUL_TEXT_FOLD_H
#define EARFUL_TEXT_FOLD_H

#include "text/normalize.h"

/* The ASCII text that stands for code: ' for a curly apostrophe, "" for a character to be
 * dropped; NULL when the character is for others to decide. Static. */
const char *ef_fold_text(uint32_t code);

/* Emoji, joiners and sentence ends by their ranges; EF_CHARACTER_OTHER for all else. */
ef_character ef_fold_kind(uint32_t code);

/* The case of signs that are made of letters and no letters themselves. */
ef_case ef_fold_case(uint32_t code);

#endif
