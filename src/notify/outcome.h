/* SPDX-License-Identifier: MIT
 * notify/outcome.h - what became of one attempt to deliver, and the two ways to make one.
 */
#ifndef EARFUL_NOTIFY_OUTCOME_H
#define EARFUL_NOTIFY_OUTCOME_H

#include "notify/sinks_file.h"

typedef enum ef_outcome_kind {
    EF_OUTCOME_DELIVERED,
    EF_OUTCOME_AGAIN,  /* not now; later it may work */
    EF_OUTCOME_REFUSED /* never: the receiver does not take this body */
} ef_outcome_kind;

typedef struct ef_outcome {
    ef_outcome_kind kind;
    unsigned wait_seconds; /* what the receiver asked for; 0: nothing */
    char why[96];          /* for people, without an address; "" when delivered */
} ef_outcome;

/* What a thread keeps from one request to the next. */
typedef struct ef_postman ef_postman;

/* NULL without memory. */
ef_postman *ef_postman_new(const ef_sink *sink);
void ef_postman_free(ef_postman *postman);

/* One POST of JSON: certificates are verified, redirects not followed, at most 4 KiB of the
 * answer read; no longer than the sink's timeout. */
ef_outcome ef_post(ef_postman *postman, ef_slice body);

/* Runs the sink's program with the event on its standard input; no shell. Past the timeout
 * it and what it started are killed. */
ef_outcome ef_run_program(const ef_sink *sink, ef_slice event);

#endif
