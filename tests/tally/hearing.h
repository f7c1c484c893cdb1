/* SPDX-License-Identifier: MIT
 * hearing.h - messages as the parts of a tally hear them, made by hand. */
#ifndef EARFUL_TESTS_TALLY_HEARING_H
#define EARFUL_TESTS_TALLY_HEARING_H

#include <string.h>

#include "base/hash.h"
#include "tally/heard.h"

/* What a test says of a message; the rest follows. Times are seconds since 2024-01-01. */
typedef struct told {
    const char *talk, *author, *id;
    ef_role role;
    int64_t second;
    int32_t score; /* the label follows: negative below -0.2, positive above 0.2 */
    uint32_t signals;
    ef_talk_event event;
    bool is_unlabelled, is_untimed, is_shared, is_hidden;
    ef_rating rating;
} told;

/* A message with all that it points to; must not be moved once it is made. */
typedef struct hearing {
    ef_record record;
    ef_score score;
    ef_heard heard;
    ef_slice groups[EF_MOST_REPORT_GROUPS]; /* all empty */
} hearing;

enum { EPOCH_2024 = 1704067200 };

static inline uint64_t hearing_hash(const char *text)
{
    return text == NULL || *text == '\0'
               ? 0
               : ef_hash_bytes((const uint8_t *)text, strlen(text)) | 1;
}

static inline ef_label hearing_label(const told *it)
{
    if (it->is_unlabelled)
        return EF_LABEL_NONE;
    return it->score < -2000  ? EF_LABEL_NEGATIVE
           : it->score > 2000 ? EF_LABEL_POSITIVE
                              : EF_LABEL_NEUTRAL;
}

static inline const ef_heard *hearing_of(hearing *made, const told *it)
{
    *made = (hearing){ 0 };
    made->record = (ef_record){ .id = ef_slice_of(it->id),
                                .conversation = ef_slice_of(it->talk),
                                .author = ef_slice_of(it->author),
                                .role = it->role,
                                .has_time = !it->is_untimed,
                                .time_ms = (EPOCH_2024 + it->second) * INT64_C(1000),
                                .rating = it->rating,
                                .is_shared = it->is_shared,
                                .is_hidden = it->is_hidden,
                                .event = it->event };
    made->score = (ef_score){ .label = hearing_label(it),
                              .score = it->score,
                              .signals = it->signals };
    made->heard.groups = made->groups;
    made->heard.record = &made->record;
    made->heard.score = &made->score;
    made->heard.is_customer = it->role == EF_ROLE_UNKNOWN || it->role == EF_ROLE_CUSTOMER;
    made->heard.has_time = !it->is_untimed;
    made->heard.time_ms = made->record.time_ms;
    int64_t seconds = EPOCH_2024 + it->second;
    made->heard.day = (int32_t)(seconds / 86400);
    made->heard.second = (uint32_t)(seconds % 86400);
    made->heard.author = hearing_hash(it->author);
    made->heard.conversation = hearing_hash(it->talk);
    made->heard.print = hearing_hash(it->id) + 2 * (uint64_t)it->second + 1;
    made->heard.cluster = made->heard.conversation != 0 ? made->heard.conversation
                          : made->heard.author != 0     ? made->heard.author
                                                        : made->heard.print;
    return &made->heard;
}

/* A generator for shuffles and draws: the same on every machine. */
static inline uint64_t next_random(uint64_t *state)
{
    uint64_t x = *state += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

#endif
