/* SPDX-License-Identifier: MIT
 * pipeline/repeats.h - which records came before, for reports that count each once.
 *
 * Shared by all threads. Which of two equal records is the first does not matter, as they
 * are equal in all that is counted. Eight bytes a record, and room to grow. */
#ifndef EARFUL_PIPELINE_REPEATS_H
#define EARFUL_PIPELINE_REPEATS_H

#include <pthread.h>

#include "tally/heard.h"
#include "tally/sums.h"

typedef struct ef_repeats {
    pthread_mutex_t lock;
    ef_sums seen;
} ef_repeats;

void ef_repeats_init(ef_repeats *repeats);
void ef_repeats_release(ef_repeats *repeats);

/* Notes a message; *is_new says whether it is the first of its kind. False without memory.
 */
bool ef_repeats_note(ef_repeats *repeats, const ef_heard *heard, size_t group_count,
                     bool *is_new);

#endif
