/* SPDX-License-Identifier: MIT
 * text/redactions.h - a user's own kinds of personal data, as they stand in a file. */
#ifndef EARFUL_TEXT_REDACTIONS_H
#define EARFUL_TEXT_REDACTIONS_H

#include "base/pattern.h"
#include "earful/app/redact.h"
#include "text/redact_checks.h"

typedef struct ef_redaction_pattern {
    ef_pattern *pattern;
    size_t kind;     /* of kinds */
    unsigned hidden; /* the group that is hidden; 0: all of the match */
} ef_redaction_pattern;

/* Differs between files that differ. */
uint64_t ef_redactions_print(const ef_redactions *redactions);

/* Patterns of all kinds, in the order of the file. */
const ef_redaction_pattern *ef_redactions_pattern(const ef_redactions *redactions,
                                                  size_t index); /* NULL after the last */
/* What a kind's pieces must pass; NULL: nothing. */
const ef_named_check *ef_redactions_check(const ef_redactions *redactions, size_t kind);

#endif
