/* SPDX-License-Identifier: MIT
 * tally/days.h - the mood of each day, and of each hour while there are few of them. */
#ifndef EARFUL_TALLY_DAYS_H
#define EARFUL_TALLY_DAYS_H

#include "tally/mood.h"
#include "tally/sums.h"

/* A year of hours. Beyond it a report by hours would not be read, and none is made. */
enum { EF_MOST_HOURS = 8784 };

typedef struct ef_days {
    ef_sums days;  /* key: the day, since 1970 in the report's zone; sums: ef_mood */
    ef_sums hours; /* key: the hour, likewise */
} ef_days;

void ef_days_init(ef_days *days);
bool ef_days_add(ef_days *days, const ef_heard *heard);
/* Adds what was counted of an hour, in the report's zone, elsewhere. */
bool ef_days_put(ef_days *days, int64_t hour, const ef_mood *mood);
bool ef_days_merge(ef_days *days, const ef_days *more);
bool ef_days_save(const ef_days *days, ef_buffer *out);
bool ef_days_load(ef_days *days, ef_unpack *in);
void ef_days_release(ef_days *days);

/* Whether every hour is there. */
bool ef_days_have_hours(const ef_days *days);

/* The hash under which a day or an hour is kept. */
uint64_t ef_days_hash(int64_t number);

#endif
