/* SPDX-License-Identifier: MIT
 * base/moment.h - a time as people and machines write it: 2024-11-03T10:58:00Z. */
#ifndef EARFUL_BASE_MOMENT_H
#define EARFUL_BASE_MOMENT_H

#include "base/buffer.h"

/* Whole seconds of UTC, of milliseconds since 1970; years 0 to 9999, else clamped. */
bool ef_moment_append(ef_buffer *buffer, int64_t time_ms);

#endif
