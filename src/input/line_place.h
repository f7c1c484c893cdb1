/* SPDX-License-Identifier: MIT
 * input/line_place.h - what is left of a line, and what is taken from its front.
 *
 * For the files of line_pattern.h. Marks of writing direction are passed by wherever they
 * stand; digits are ASCII or Arabic-Indic. */
#ifndef EARFUL_INPUT_LINE_PLACE_H
#define EARFUL_INPUT_LINE_PLACE_H

#include <string.h>

#include "input/line_pattern.h"

typedef struct ef_line_place {
    const uint8_t *at, *end;
} ef_line_place;

static inline size_t ef_line_left(const ef_line_place *t)
{
    return (size_t)(t->end - t->at);
}

static inline void ef_line_skip_marks_there(ef_line_place *t)
{
    for (size_t size; (size = ef_line_mark(t->at, ef_line_left(t))) > 0;)
        t->at += size;
}

/* No mark begins with a lower byte, and few letters with a higher one. */
static inline void ef_line_skip_marks(ef_line_place *t)
{
    if (t->at < t->end && *t->at >= 0xe2)
        ef_line_skip_marks_there(t);
}

static inline bool ef_line_take_blank(ef_line_place *t)
{
    if (t->at < t->end && *t->at == ' ') {
        t->at++;
        return true;
    }
    ef_line_skip_marks(t);
    size_t size = ef_line_blank(t->at, ef_line_left(t));
    t->at += size;
    return size > 0;
}

static inline bool ef_line_take_byte(ef_line_place *t, uint8_t byte)
{
    ef_line_skip_marks(t);
    bool is_there = t->at < t->end && *t->at == byte;
    t->at += is_there;
    return is_there;
}

/* The value of the digit at t, ASCII or Arabic-Indic; its size goes to *size. -1: none. */
static inline int ef_line_digit_at(const ef_line_place *t, size_t *size)
{
    size_t n = ef_line_left(t);
    *size = 1;
    if (n > 0 && t->at[0] >= '0' && t->at[0] <= '9')
        return t->at[0] - '0';
    if (n == 0 || t->at[0] < 0xd9)
        return -1;
    *size = 2;
    if (n >= 2 && t->at[0] == 0xd9 && t->at[1] >= 0xa0 && t->at[1] <= 0xa9)
        return t->at[1] - 0xa0;
    if (n >= 2 && t->at[0] == 0xdb && t->at[1] >= 0xb0 && t->at[1] <= 0xb9)
        return t->at[1] - 0xb0;
    return -1;
}

/* A number of `least` to `most` digits; false if there are fewer or more. */
static inline bool ef_line_take_number(ef_line_place *t, int least, int most, int *value,
                                       uint8_t *digits)
{
    int number = 0, count = 0, digit;
    size_t size;
    ef_line_skip_marks(t);
    for (; t->at < t->end && (uint8_t)(*t->at - '0') < 10 && count <= most; count++)
        number = number * 10 + (*t->at++ - '0');
    for (; t->at < t->end && *t->at >= 0xd9 && count <= most; count++) {
        if ((digit = ef_line_digit_at(t, &size)) < 0)
            break;
        number = number * 10 + digit;
        t->at += size;
    }
    *value = number;
    *digits = (uint8_t)count;
    return count >= least && count <= most;
}

typedef enum ef_line_clock {
    EF_LINE_ANY_CLOCK,
    EF_LINE_HOUR_MINUTE,
    EF_LINE_HOUR_SECOND
} ef_line_clock;

/* Each takes what its name says, or nothing: then it returns false and the place is
 * anywhere. */
bool ef_line_take_date(ef_line_place *t, bool is_year_first, ef_line_match *m);
bool ef_line_take_month_day(ef_line_place *t, ef_line_match *m);
bool ef_line_take_clock(ef_line_place *t, ef_line_clock kind, ef_line_match *m);

/* The half of the day, 'a' or 'p', that p[0..n) begins with in other letters than a. m.; 0
 * if none. Its size goes to *size. */
char ef_line_half_at(const uint8_t *p, size_t n, size_t *size);

#endif
