/* SPDX-License-Identifier: MIT
 * findings/phrases_said.h - the noun phrases of what was said, each with its messages.
 *
 * A phrase is one to three words that stand together, the last one a noun; words that meet
 * by chance are none. A message counts once for a phrase. */
#ifndef EARFUL_FINDINGS_PHRASES_SAID_H
#define EARFUL_FINDINGS_PHRASES_SAID_H

#include "findings/nouns.h"

enum { EF_LEAST_MENTIONS = 5, EF_MOST_PHRASE_WORDS = 3 };

typedef struct ef_phrase_said {
    uint32_t words[EF_MOST_PHRASE_WORDS]; /* numbers of the usual forms */
    uint32_t size;
    uint32_t count;     /* messages: at least EF_LEAST_MENTIONS */
    uint32_t inside;    /* of them, those where it stands in a longer phrase */
    uint32_t inside_of; /* scratch: the last of these, + 1 */
    bool is_told;       /* most of them: "service", where it is of customers */
    size_t begin;       /* of them in ef_phrases_said.messages */
} ef_phrase_said;

/* Zero-initialise. */
typedef struct ef_phrases_said {
    ef_phrase_said *items; /* in an order that follows from the messages alone */
    size_t count;
    uint32_t *messages; /* indices of settled messages, rising for each phrase */
} ef_phrases_said;

void ef_phrases_said_release(ef_phrases_said *phrases);

/* Finds them. said is settled. False without memory. */
bool ef_phrases_said_find(ef_phrases_said *phrases, const ef_said *said,
                          const ef_nouns *nouns);

#endif
