/* SPDX-License-Identifier: MIT
 * base/error.c - filling an ef_error; the words for a status.
 *
 * Labels of archive members, names of zones and messages of other libraries may hold any
 * byte. A message stays one line that does nothing to a terminal, whoever prints it. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void fill(ef_error *error, ef_status status, const char *format, va_list arguments)
{
    memset(error, 0, sizeof *error);
    error->status = status;
    vsnprintf(error->message, sizeof error->message, format, arguments);
    for (char *at = error->message; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7f)
            *at = '?';
}

ef_status ef_error_set(ef_error *error, ef_status status, const char *format, ...)
{
    if (error != NULL) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, status, format, arguments);
        va_end(arguments);
    }
    return status;
}

ef_status ef_error_set_at(ef_error *error, ef_status status, uint64_t line, uint64_t column,
                          uint64_t offset, const char *format, ...)
{
    if (error != NULL) {
        va_list arguments;
        va_start(arguments, format);
        fill(error, status, format, arguments);
        va_end(arguments);
        error->line = line;
        error->column = column;
        error->offset = offset;
    }
    return status;
}

ef_status ef_error_memory(ef_error *error)
{
    return ef_error_set(error, EF_ERR_MEMORY, "out of memory");
}

const char *ef_status_text(ef_status status)
{
    switch (status) {
    case EF_OK:
        return "done";
    case EF_END:
        return "nothing follows";
    case EF_AGAIN:
        return "nothing new yet";
    case EF_ERR_MEMORY:
        return "out of memory";
    case EF_ERR_ARGUMENT:
        return "bad argument";
    case EF_ERR_IO:
        return "input or output failed";
    case EF_ERR_FORMAT:
        return "bad format";
    case EF_ERR_LIMIT:
        return "limit exceeded";
    case EF_ERR_INTERNAL:
        return "internal error";
    }
    return "unknown status";
}
