/* SPDX-License-Identifier: MIT
 * notify/body.h - what a sink is sent: an event in the form that the receiver wants.
 *
 * A template is JSON with places such as {{summary}} or {{labels.channel}}. Inside a string
 * a place is filled with text, escaped; elsewhere with a value of JSON. So nothing that
 * stands in an event can end a string or add a member. */
#ifndef EARFUL_NOTIFY_BODY_H
#define EARFUL_NOTIFY_BODY_H

#include "base/buffer.h"
#include "notify/sinks_file.h"

enum { EF_LONGEST_EVENT = 64 << 10 };

/* Whether a template gives JSON. */
bool ef_body_is_template(const char *body);

/* Appends the body for an event, one JSON object. EF_ERR_FORMAT when the event is none (or
 * too deep, or with a number that no reader should be given); EF_ERR_MEMORY. */
ef_status ef_body_make(ef_buffer *out, const ef_sink *sink, ef_slice event);

/* The same for events that travel together, at most ef_sink_most_together(sink): an array
 * of them, or one message of several parts. One alone stays as it is. */
ef_status ef_body_make_group(ef_buffer *out, const ef_sink *sink, const ef_slice *events,
                             size_t count);

#endif
