/* SPDX-License-Identifier: MIT
 * cli/redacted_text.h - one text of which many parts are shown, with its personal data left
 * out.
 *
 * What is to be left out is found once, in the whole text; a part shows a token for each
 * piece that it touches. */
#ifndef EARFUL_CLI_REDACTED_TEXT_H
#define EARFUL_CLI_REDACTED_TEXT_H

#include <stdbool.h>

#include "earful/app/redact.h"

/* Zero-initialise; reused from text to text. */
typedef struct ef_redacted_text {
    ef_redactor *redactor; /* the caller's; to be set before a text is */
    ef_slice text;         /* the caller's */
    ef_personal *pieces;
    size_t count, capacity;
    char *masked; /* room for all of the text with its tokens */
} ef_redacted_text;

void ef_redacted_text_release(ef_redacted_text *redacted);

/* Takes a text, which must live as long as parts of it are asked for. False without
 * memory: nothing may then be shown. */
bool ef_redacted_text_set(ef_redacted_text *redacted, ef_slice text);

/* The bytes begin to end: themselves where there is nothing to hide, else a copy that lives
 * until the next call. */
ef_slice ef_redacted_text_part(ef_redacted_text *redacted, size_t begin, size_t end);

#endif
