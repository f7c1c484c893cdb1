/* SPDX-License-Identifier: MIT
 * text/numbers.c - numbers, ratings, dates and times.
 *
 * 3.5, 1,000, 10:30 and 5/5/2020 are one number each; 4/5 and 9.5/10 are ratings. */
#include "text/scan.h"

enum { RATING_DIGITS = 3 };

static size_t digits_end(const ef_scan *s, size_t i)
{
    while (ef_is_digit(s->p[i]))
        i++;
    return i;
}

/* The end of digits that one of the marks joins: 3.5 or 1,000,000. */
static size_t joined_end(const ef_scan *s, size_t i, const char *marks)
{
    size_t end = digits_end(s, i);
    while (s->p[end] != 0 && strchr(marks, s->p[end]) != NULL && ef_is_digit(s->p[end + 1]))
        end = digits_end(s, end + 1);
    return end;
}

size_t ef_scan_number(const ef_scan *s, size_t i, ef_token_kind *kind)
{
    *kind = EF_TOKEN_NUMBER;
    size_t whole = digits_end(s, i);
    size_t end = joined_end(s, i, ".,:");
    if (s->p[end] == '/' && ef_is_digit(s->p[end + 1])) {
        size_t scale = digits_end(s, end + 1);
        bool is_short = whole - i <= RATING_DIGITS && scale - end - 1 <= RATING_DIGITS;
        bool is_open = s->p[scale] == '/' || ef_is_word(s->p[scale]);
        if (is_short && !is_open)
            *kind = EF_TOKEN_RATING;
        return is_short && !is_open ? scale : joined_end(s, i, "/.,:");
    }
    return s->p[end] == '%' ? end + 1 : end;
}
