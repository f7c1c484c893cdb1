/* SPDX-License-Identifier: MIT
 * status.h - how every call of earful answers.
 *
 * A call that can fail returns an ef_status and describes the failure in an optional,
 * caller-owned ef_error, always its last argument. Nothing is printed, nothing exits. */
#ifndef EARFUL_STATUS_H
#define EARFUL_STATUS_H

#include <stdint.h>

#if defined(__GNUC__)
#define EF_API __attribute__((visibility("default")))
#else
#define EF_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ef_status {
    EF_OK = 0,
    EF_END,          /* an answer, not a failure: nothing follows */
    EF_AGAIN,        /* an answer, not a failure: nothing now, perhaps later */
    EF_ERR_MEMORY,   /* out of memory; the object is as it was before the call */
    EF_ERR_ARGUMENT, /* the caller asked for something that does not exist or does not fit */
    EF_ERR_IO,       /* the system refused to open, read, write or rename */
    EF_ERR_FORMAT,   /* the bytes are not what they should be */
    EF_ERR_LIMIT,    /* a size, depth or ratio limit was exceeded */
    EF_ERR_INTERNAL  /* a bug in earful */
} ef_status;

enum { EF_ERROR_MESSAGE_SIZE = 512 };

/* What went wrong and where. Start from {0}; a call that fails fills it.
 * message is one lower-case line without a full stop; it names the file and what to do,
 * and never holds a customer's words. line and column count from 1, 0 means unknown. */
typedef struct ef_error {
    ef_status status;
    uint64_t line;
    uint64_t column;
    uint64_t offset; /* bytes from the start of the decoded input */
    char message[EF_ERROR_MESSAGE_SIZE];
} ef_error;

/* The name of a status in words, for a caller without an ef_error. Static storage. */
EF_API const char *ef_status_text(ef_status status);

#ifdef __cplusplus
}
#endif
#endif
