/* SPDX-License-Identifier: MIT
 * base/error.h - filling an ef_error.
 *
 * Messages: lower case, no full stop, what is wrong first, the subject in quotes; where,
 * never the customer's words. */
#ifndef EARFUL_BASE_ERROR_H
#define EARFUL_BASE_ERROR_H

#include "earful/status.h"

/* Sets *error (if not NULL) from a printf format and returns status, so that a failing
 * function can end with `return ef_error_set(…)`. Line, column and offset become 0. */
ef_status ef_error_set(ef_error *error, ef_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with a place. */
ef_status ef_error_set_at(ef_error *error, ef_status status, uint64_t line, uint64_t column,
                          uint64_t offset, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

/* EF_ERR_MEMORY with its usual message. */
ef_status ef_error_memory(ef_error *error);

#endif
