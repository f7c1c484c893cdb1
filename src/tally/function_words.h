/* SPDX-License-Identifier: MIT
 * tally/function_words.h - the words that hold a sentence together and name nothing. */
#ifndef EARFUL_TALLY_FUNCTION_WORDS_H
#define EARFUL_TALLY_FUNCTION_WORDS_H

#include "tally/said_words.h"

/* The function words of a kind, with single blanks between them; NULL: none. Static. */
const char *ef_function_words(ef_cue cue);

/* Nouns that are too light to be themes. Static. */
const char *ef_light_nouns(void);

#endif
