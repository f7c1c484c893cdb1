/* SPDX-License-Identifier: MIT
 * report/redacted.h - what writers do with text when personal data is to be left out.
 *
 * The one place from which `text/redact` is called for records. An ef_redaction is one
 * thread's memory for it; NULL means that text is written as it is. */
#ifndef EARFUL_REPORT_REDACTED_H
#define EARFUL_REPORT_REDACTED_H

#include "base/buffer.h"
#include "text/redactor.h"

/* All zero: built-in kinds only. */
typedef struct ef_redaction {
    ef_redactor redactor;
    ef_buffer plain;  /* a string of JSON, its escapes undone */
    ef_buffer masked; /* the same text with tokens */
} ef_redaction;

/* Prepares for own kinds, too; own may be NULL. EF_ERR_MEMORY. */
ef_status ef_redaction_init(ef_redaction *redaction, const ef_redactions *own,
                            ef_error *error);
void ef_redaction_release(ef_redaction *redaction);

/* text itself if there is nothing to hide or redaction is NULL, else a masked copy that
 * lives until the next call. Without memory the answer is empty and out->failed is set:
 * what cannot be hidden is not written. */
ef_slice ef_redacted(ef_redaction *redaction, ef_slice text, ef_buffer *out);

/* The same for the bytes begin to end of text; what stands around them counts, too. */
ef_slice ef_redacted_part(ef_redaction *redaction, ef_slice text, size_t begin, size_t end,
                          ef_buffer *out);

/* Appends tokens of JSON (an object's inside) as one line; values that are strings, and
 * numbers of 12 digits or more, are redacted. Keys and all else stay as they are. */
void ef_redacted_json(ef_redaction *redaction, ef_slice json, ef_buffer *out);

#endif
