/* SPDX-License-Identifier: MIT
 * input/times.h - times as exports write them, as milliseconds since 1970 UTC. */
#ifndef EARFUL_INPUT_TIMES_H
#define EARFUL_INPUT_TIMES_H

#include "base/zone.h"
#include "input/format.h"

/* Reads RFC 3339, naive dates and times, epochs (s, ms, us, ns by magnitude, with or
 * without a fraction), D/M/Y orders, English month names, "Reviewed in … on March 3, 2021".
 * zone is for naive times (NULL: UTC), order for ambiguous ones (unknown: day first). Hour
 * 24 is 0. False if it is no time, before 1970, or more than a day after now_ms. No libc
 * dates. */
bool ef_time_read(ef_slice text, const ef_zone *zone, ef_date_order order, int64_t now_ms,
                  int64_t *time_ms);

/* The part of ef_time_read that reads 2024-11-03, 2024-11-03T12:34:56, with a blank for the
 * T, with a Z; text without blanks around it. Knows nothing of now. */
bool ef_time_read_plain(ef_slice text, const ef_zone *zone, int64_t *time_ms);

/* Days since 1970; false if there is no such day. */
bool ef_date_days(int year, int month, int day, int64_t *days);

/* Days since 1970 of a date of three numbers in the order in which they were written, with
 * their digits; month from 1 if the second part was its name, else 0. False if there is no
 * such day. */
bool ef_time_days(const int part[3], const uint8_t digits[3], int month,
                  ef_date_order order, int64_t *days);

/* Day or month first, from the cells of a column in file order: a part over 12 tells; else
 * the part that decreases within a year, or changes more often, is the day; else
 * EF_DATE_UNKNOWN; EF_DATE_YMD when the first part has four digits. *why gets words, ""
 * where no date needs an order. */
ef_date_order ef_date_order_decide(const ef_slice *cells, size_t count, size_t stride,
                                   const char **why);

#endif
