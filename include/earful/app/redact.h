/* SPDX-License-Identifier: MIT
 * app/redact.h - personal data in a text, found so that it can be left out.
 *
 * Not part of the stable interface. What is found is a guess by form and by the words in
 * front of it: a net with holes, not a promise. `tests/data/redact` measures how wide they
 * are. Text is read as it is: no entities undone, no characters folded. */
#ifndef EARFUL_APP_REDACT_H
#define EARFUL_APP_REDACT_H

#include <stdbool.h>

#include "earful/slice.h"
#include "earful/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ef_personal_kind {
    const char *name;    /* "email" */
    const char *token;   /* what stands in its place: "[email]" */
    const char *summary; /* for people */
} ef_personal_kind;

typedef struct ef_personal {
    size_t begin, end; /* bytes of the text; whole characters of UTF-8 */
    const ef_personal_kind *kind;
} ef_personal;

/* The index-th kind of personal data; NULL after the last. Static. */
EF_API const ef_personal_kind *ef_personal_kind_at(size_t index);

/* Finds the next piece of personal data in text from *at on (0 at first) and moves *at
 * behind it; false if there is none any more. Pieces come in order and do not overlap.
 * Linear in the size of the text over all calls; any bytes; no memory is taken. */
EF_API bool ef_personal_next(ef_slice text, size_t *at, ef_personal *found);

#ifdef __cplusplus
}
#endif
#endif
