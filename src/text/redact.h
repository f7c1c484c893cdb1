/* SPDX-License-Identifier: MIT
 * text/redact.h - texts with tokens such as [email] where personal data stood.
 *
 * Only `report` calls this, where text leaves the program. */
#ifndef EARFUL_TEXT_REDACT_H
#define EARFUL_TEXT_REDACT_H

#include "base/buffer.h"
#include "text/redactor.h"

/* Appends text; each piece of personal data becomes its kind's token. text may not lie in
 * the buffer. */
bool ef_redact(ef_buffer *out, ef_redactor *redactor, ef_slice text);

/* The same for the bytes begin to end of text. A piece that only partly lies there becomes
 * a token, too: what stands around a part decides what it is. */
bool ef_redact_part(ef_buffer *out, ef_redactor *redactor, ef_slice text, size_t begin,
                    size_t end);

#endif
