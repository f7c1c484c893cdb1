/* SPDX-License-Identifier: MIT
 * views/prose.h - what a report says first: a few plain sentences.
 *
 * The same sentences stand on the screen and on top of the page. Each is true for whatever
 * is missing: what cannot be said is left out, or said to be unknown. */
#ifndef EARFUL_VIEWS_PROSE_H
#define EARFUL_VIEWS_PROSE_H

#include "base/buffer.h"
#include "earful/app/report.h"

/* Where sentences go. own is text of ours; foreign is what somebody else wrote, which the
 * view makes harmless; begin and end stand around each sentence. */
typedef struct ef_prose {
    void (*begin)(ef_buffer *out);
    void (*own)(ef_buffer *out, const char *text);
    void (*foreign)(ef_buffer *out, ef_slice text);
    void (*end)(ef_buffer *out);
} ef_prose;

/* Two to nine sentences. */
void ef_prose_summary(ef_buffer *out, const ef_prose *prose, const ef_findings *findings);

/* "1,204 messages, 2026-01-05 to 2026-06-30": what was read. */
void ef_prose_span(ef_buffer *out, const ef_prose *prose, const ef_findings *findings);

#endif
