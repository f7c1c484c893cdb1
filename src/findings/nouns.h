/* SPDX-License-Identifier: MIT
 * findings/nouns.h - which words name something, learnt from where they stand.
 *
 * "The battery is": behind a determiner and at the end of its run of words. A verb stands
 * behind "they" and "to", an adjective behind "very" and before a noun. Nobody tells us
 * which is which; the corpus does, and a word is what it mostly is there. */
#ifndef EARFUL_FINDINGS_NOUNS_H
#define EARFUL_FINDINGS_NOUNS_H

#include "earful/engine.h"
#include "tally/said.h"

enum {                         /* bits of ef_nouns.kinds */
       EF_NOUN_ALONE = 1 << 0, /* can be a theme of its own */
       EF_NOUN_LAST = 1 << 1,  /* can end a phrase: "battery life" */
       EF_NOUN_FIRST = 1 << 2  /* can begin one */
};

/* By the number of a word in said's dictionary. Zero-initialise. */
typedef struct ef_nouns {
    uint8_t *kinds;
    uint32_t *usual; /* the number of the most usual form: "battery" for "batteries" */
    size_t count;
} ef_nouns;

void ef_nouns_release(ef_nouns *nouns);

/* Learns from all that was said. Words that the engine's lexicon weighs are opinions, not
 * themes. False without memory. */
bool ef_nouns_learn(ef_nouns *nouns, const ef_said *said, const ef_engine *engine);

#endif
