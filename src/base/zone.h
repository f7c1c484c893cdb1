/* SPDX-License-Identifier: MIT
 * base/zone.h - time zones for times that carry none.
 *
 * "UTC", fixed offsets ("+02:00", "-0530") and names of the tz database, read from the
 * system's TZif files (RFC 8536). Never consults the environment or the locale. */
#ifndef EARFUL_BASE_ZONE_H
#define EARFUL_BASE_ZONE_H

#include "earful/status.h"

typedef struct ef_zone ef_zone;

/* Immutable after opening, shared by threads. EF_ERR_ARGUMENT for a name that is no zone. */
ef_status ef_zone_open(ef_zone **zone, const char *name, ef_error *error);
void ef_zone_free(ef_zone *zone);

/* Seconds since 1970 UTC of a local time given as if it were UTC. Times that a clock change
 * skips move forward; of times that occur twice the first is meant. */
int64_t ef_zone_to_utc(const ef_zone *zone, int64_t local_seconds);

/* The local time of a moment, as if it were UTC. */
int64_t ef_zone_to_local(const ef_zone *zone, int64_t utc_seconds);

/* Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
int64_t ef_days_from_date(int64_t year, unsigned month, unsigned day);

#endif
