/* SPDX-License-Identifier: MIT
 * input/line_pattern.h - what a line of a chat log may look like, as one short text.
 *
 *     {hm} <{mode}{name}> {text}
 *
 * A pattern is written as the line is, with words in braces for what changes:
 *
 *     {date}   a date in any order, 3/11/24 or 03-Nov-24; {ymd} 2024-11-03 only
 *     {md}     Nov 03: a date without its year
 *     {clock}  20:49, 8:49:05 p. m., 20:49:05.123Z; {hm} two and two digits, {hms} three
 *     {words}  up to 24 bytes without a digit, or nothing; may say which half of the day
 *     {mode}   a channel operator's sign before a nick, or nothing
 *     {name}   up to what stands behind it in the pattern, the shortest that fits; or the
 *              rest of the line
 *     {word}   a name up to the next blank
 *     {when}   a date in words up to the line's end
 *     {text}   all the rest, perhaps nothing
 *     {?xyz}   xyz, or nothing; {!xyz} anything but xyz, and takes nothing
 *
 * A blank is any blank: narrow ones, too; marks of writing direction are nowhere in the
 * way. Whatever the line holds, each of its bytes is looked at a bounded number of times:
 * nothing is taken back but the one piece in braces that did not fit. */
#ifndef EARFUL_INPUT_LINE_PATTERN_H
#define EARFUL_INPUT_LINE_PATTERN_H

#include <stdbool.h>

#include "earful/slice.h"

enum { EF_LINE_STEPS = 20 };

typedef struct ef_line_step {
    uint8_t kind; /* private */
    uint8_t size; /* of what a pattern says literally */
    bool may_end; /* the blank before an empty text may have been trimmed by a writer */
    const char *literal;
} ef_line_step;

/* Points into the text it was made from. */
typedef struct ef_line_pattern {
    ef_line_step steps[EF_LINE_STEPS];
    size_t count;
} ef_line_pattern;

/* What was found in a line; slices point into it. Fields of absent parts are zero. */
typedef struct ef_line_match {
    ef_slice when;       /* date, clock and what stands between them */
    ef_slice date;       /* the date alone */
    int part[3];         /* of the date, in the order of the line */
    uint8_t digits[3];   /* of each part */
    uint8_t named_month; /* from 1: the second part is this month, in letters */
    bool has_date, has_clock, has_zone;
    bool has_no_year; /* part[0] is the day of named_month, and that is all */
    char half;        /* of the day, said before the clock: 'a', 'p'; 0: not said */
    int hour, minute, second, millisecond;
    int zone_minutes; /* east of UTC */
    ef_slice name, text;
} ef_line_match;

/* False if the text is no pattern: a mistake of whoever wrote the table. */
bool ef_line_pattern_make(ef_line_pattern *pattern, const char *text);

/* Whether a line (without its end) looks so. *match is defined only if it does. */
bool ef_line_pattern_fits(const ef_line_pattern *pattern, ef_slice line,
                          ef_line_match *match);

/* The size of a mark of writing direction or byte order at p[0..n), 0 if there is none. */
size_t ef_line_mark(const uint8_t *p, size_t n);

/* The size of a blank of any width at p[0..n), 0 if there is none. */
size_t ef_line_blank(const uint8_t *p, size_t n);

#endif
