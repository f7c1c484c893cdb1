/* SPDX-License-Identifier: MIT
 * cli/explained.h - one explained text, for a person or for a program. */
#ifndef EARFUL_CLI_EXPLAINED_H
#define EARFUL_CLI_EXPLAINED_H

#include <stdio.h>

#include "earful/earful.h"
#include "terminal.h"

typedef struct ef_explained {
    const ef_engine_info *engine;
    ef_slice text;
    const ef_explanation *explanation;
    const ef_record
        *record; /* where the text comes from; NULL: the command line or a pipe */
    ef_slice id; /* the record's, as it may be shown */
    struct ef_redacted_text *redacted; /* of this text; NULL: shown as it is */
} ef_explained;

/* By sentence: the sentence, its probabilities, a line for each reason, what they add up
 * to; then the whole. */
void ef_explained_show(FILE *stream, const ef_terminal *terminal,
                       const ef_explained *explained);

/* One JSON object in one line. */
void ef_explained_print_json(FILE *stream, const ef_explained *explained);

/* The bytes begin to end of the text, as they may be shown. They live until the next call. */
ef_slice ef_explained_words(const ef_explained *explained, size_t begin, size_t end);

/* The reasons of one sentence stand together: the index behind the last of those that
 * begin at `from`. */
size_t ef_explained_reasons_end(const ef_explanation *explanation, size_t sentence,
                                size_t from);

#endif
