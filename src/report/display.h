/* SPDX-License-Identifier: MIT
 * report/display.h - text of strangers on a terminal: harmless, and no wider than asked.
 *
 * Nothing that could move the cursor, change colours or turn the line around gets out:
 * control characters become \xNN, bidi controls and invalid bytes U+FFFD. */
#ifndef EARFUL_REPORT_DISPLAY_H
#define EARFUL_REPORT_DISPLAY_H

#include "base/buffer.h"

/* How many columns a terminal gives a character: 0, 1 or 2. A small rule of our own (marks
 * 0; East Asian wide forms and emoji 2); where terminals differ, the larger width. */
unsigned ef_display_width(uint32_t code);

/* Appends text as one line of at most width columns; what is cut ends in "…". Runs of white
 * space become one blank, blank lines a dot. Returns the columns used. */
unsigned ef_display_append(ef_buffer *out, ef_slice text, unsigned width);

#endif
