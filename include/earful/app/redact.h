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

/* Finds the next piece of a built-in kind in text from *at on (0 at first) and moves *at
 * behind it; false if there is none any more. Pieces come in order and do not overlap.
 * Linear in the size of the text over all calls; any bytes; no memory is taken. */
EF_API bool ef_personal_next(ef_slice text, size_t *at, ef_personal *found);

/* A user's own kinds. Immutable; threads share it. */
typedef struct ef_redactions ef_redactions;

/* Reads a table of kinds:
 *
 *     [ticket]
 *     about = tickets of our desk
 *     pattern = \bTCK-\d{6}\b
 *     pattern = (?i)ticket number:? (?<hide>\d{4,})
 *     tag = [ticket]
 *     check = luhn
 *
 * Of each section at least one pattern, as PCRE2 has them, must be given; what its group
 * `hide` matches is hidden, or all. The tag is the section's name in brackets unless given.
 * check: luhn, iban, mod97 or mod11 must hold. A section with the name of a built-in kind
 * adds to that. EF_ERR_FORMAT names file, line and what to do; EF_ERR_MEMORY. */
EF_API ef_status ef_redactions_new(ef_redactions **redactions, ef_slice file,
                                   const char *name, ef_error *error);
EF_API void ef_redactions_free(ef_redactions *redactions);

/* The index-th own kind; NULL after the last. Lives as long as they do. */
EF_API const ef_personal_kind *ef_redactions_kind_at(const ef_redactions *redactions,
                                                     size_t index);

/* Finds pieces of built-in and of own kinds; belongs to one thread. */
typedef struct ef_redactor ef_redactor;

/* own may be NULL; it must outlive the redactor. EF_ERR_MEMORY. */
EF_API ef_status ef_redactor_new(ef_redactor **redactor, const ef_redactions *own,
                                 ef_error *error);
EF_API void ef_redactor_free(ef_redactor *redactor);

/* Takes a text, which must live until the last piece was found. False without memory. A
 * pattern has bounded steps and memory for it; where they do not suffice, the rest of the
 * text counts as one piece. */
EF_API bool ef_redactor_start(ef_redactor *redactor, ef_slice text);
/* The next piece, as ef_personal_next gives them. */
EF_API bool ef_redactor_next(ef_redactor *redactor, ef_personal *found);

#ifdef __cplusplus
}
#endif
#endif
