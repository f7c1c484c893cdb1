/* SPDX-License-Identifier: MIT
 * report/shown.h - output meant for files, shown on a terminal: seen, and not obeyed.
 *
 * CSV keeps the bytes of its cells and JSON those of its strings, as programs want it. A
 * terminal would take some of them for commands: it gets their numbers instead. */
#ifndef EARFUL_REPORT_SHOWN_H
#define EARFUL_REPORT_SHOWN_H

#include "base/buffer.h"

typedef enum ef_shown {
    EF_SHOWN_IN_HEX = 0, /* \xNN for each byte */
    EF_SHOWN_AS_JSON,    /* \uNNNN: what was JSON stays JSON */
    EF_SHOWN_AS_IT_IS    /* made for terminals: it holds sequences of our own */
} ef_shown;

/* Appends bytes, which are whole characters or broken ones, so that of control characters
 * only LF and TAB are left, and nothing that turns a line around. */
void ef_shown_append(ef_buffer *out, ef_slice bytes, ef_shown shown);

#endif
