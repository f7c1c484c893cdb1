/* SPDX-License-Identifier: MIT
 * pipeline/rejects.h - records that could not be read, kept for whoever repairs them.
 *
 * One JSON object a line: path, line, column, offset, reason, and the record's bytes as
 * "raw", or as "raw_base64" where they are not UTF-8. Nothing of them is lost. */
#ifndef EARFUL_PIPELINE_REJECTS_H
#define EARFUL_PIPELINE_REJECTS_H

#include "base/buffer.h"
#include "earful/reader.h"

/* Appends the line for a notice of the kind EF_NOTICE_REJECT. */
void ef_reject_append(ef_buffer *out, const ef_notice *notice);

#endif
