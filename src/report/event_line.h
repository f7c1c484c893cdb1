/* SPDX-License-Identifier: MIT
 * report/event_line.h - an alert as one line for a person. */
#ifndef EARFUL_REPORT_EVENT_LINE_H
#define EARFUL_REPORT_EVENT_LINE_H

#include "base/buffer.h"
#include "earful/alert.h"

/* Appends when, what and where, without a line end; harmless on any terminal:
 * 2024-11-03T11:40:00Z firing negative_shift (warning): 20 of 64 messages … */
void ef_event_line(ef_buffer *out, const ef_alert *alert);

#endif
