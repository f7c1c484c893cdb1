/* SPDX-License-Identifier: MIT
 * text/redactor.h - the search for personal data in one text after the other.
 *
 * Built-in kinds are found by one walk (redact.c), a user's own by their patterns, before
 * it; where two pieces overlap, both go, as one. A text that a pattern cannot be searched
 * for, since that takes too many steps, is hidden from there to its end: what was not
 * looked at is not shown.
 *
 * Invariant: spans are those of the text that was started last, sorted, apart. */
#ifndef EARFUL_TEXT_REDACTOR_H
#define EARFUL_TEXT_REDACTOR_H

#include "base/buffer.h"
#include "base/pattern.h"
#include "earful/app/redact.h"

/* One thread's. All zero: built-in kinds only, and it needs no release. */
struct ef_redactor {
    const ef_redactions *own;
    ef_pattern_matcher **matchers; /* one for each pattern of own */
    ef_slice text, searched; /* the latter as patterns see it */
    ef_buffer plain;         /* of searched, where it is a copy */
    ef_buffer spans; /* of ef_personal: of own kinds */
    size_t span;     /* the next one */
    size_t at;       /* where the built-in walk goes on */
    ef_personal built_in;
    bool has_built_in; /* it was found and not given yet */
};

/* own may be NULL; it must outlive the redactor. EF_ERR_MEMORY: nothing is to be released. */
ef_status ef_redactor_init(ef_redactor *redactor, const ef_redactions *own,
                           ef_error *error);
void ef_redactor_release(ef_redactor *redactor);

#endif
