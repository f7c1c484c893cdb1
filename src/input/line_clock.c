/* SPDX-License-Identifier: MIT
 * input/line_clock.c - dates and clocks at the front of a line, as devices write them. */
#include "input/line_place.h"

/* Three letters or more that begin an English month: its number, else 0. */
static uint8_t take_month(ef_line_place *t)
{
    static const char names[12][4] = { "jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec" };
    if (ef_line_left(t) < 3 || (t->at[0] | 32) < 'a')
        return 0;
    for (uint8_t i = 0; i < 12; i++)
        if ((t->at[0] | 32) == names[i][0] && (t->at[1] | 32) == names[i][1] &&
            (t->at[2] | 32) == names[i][2]) {
            for (t->at += 3;
                 t->at < t->end && (*t->at | 32) >= 'a' && (*t->at | 32) <= 'z';)
                t->at++;
            return (uint8_t)(i + 1);
        }
    return 0;
}

bool ef_line_take_date(ef_line_place *t, bool is_year_first, ef_line_match *m)
{
    const uint8_t *begin = t->at;
    int least = is_year_first ? 4 : 1;
    if (!ef_line_take_number(t, least, 4, &m->part[0], &m->digits[0]))
        return false;
    ef_line_skip_marks(t);
    if (t->at >= t->end)
        return false;
    uint8_t separator = *t->at;
    if (separator != '/' && separator != '-' && separator != '.')
        return false;
    t->at++;
    ef_line_take_blank(t);
    if (!is_year_first)
        m->named_month = take_month(t);
    if (m->named_month == 0 && !ef_line_take_number(t, 1, 2, &m->part[1], &m->digits[1]))
        return false;
    if (!ef_line_take_byte(t, separator))
        return false;
    ef_line_take_blank(t);
    if (!ef_line_take_number(t, 1, 4, &m->part[2], &m->digits[2]))
        return false;
    m->date = (ef_slice){ begin, (size_t)(t->at - begin) };
    m->has_date = true;
    return true;
}

/* Nov 03, Nov  3 */
bool ef_line_take_month_day(ef_line_place *t, ef_line_match *m)
{
    ef_line_skip_marks(t);
    m->named_month = take_month(t);
    if (m->named_month == 0 || !ef_line_take_blank(t))
        return false;
    ef_line_take_blank(t);
    m->has_no_year = ef_line_take_number(t, 1, 2, &m->part[0], &m->digits[0]);
    return m->has_no_year;
}

/* Halves of the day in other letters than a. m.; they stand before a clock or behind it. */
static const struct {
    const char *word;
    char half;
} halves[] = { { "\xE4\xB8\x8A\xE5\x8D\x88", 'a' }, /* Chinese: morning, afternoon, */
               { "\xE4\xB8\x8B\xE5\x8D\x88", 'p' },
               { "\xE5\x87\x8C\xE6\x99\xA8", 'a' }, /* before dawn, early, noon, evening */
               { "\xE6\x97\xA9\xE4\xB8\x8A", 'a' },
               { "\xE4\xB8\xAD\xE5\x8D\x88", 'p' },
               { "\xE6\x99\x9A\xE4\xB8\x8A", 'p' },
               { "\xE5\x8D\x88\xE5\x89\x8D", 'a' }, /* Japanese */
               { "\xE5\x8D\x88\xE5\xBE\x8C", 'p' },
               { "\xEC\x98\xA4\xEC\xA0\x84", 'a' }, /* Korean */
               { "\xEC\x98\xA4\xED\x9B\x84", 'p' },
               { "\xD8\xB5", 'a' }, /* Arabic */
               { "\xD9\x85", 'p' },
               { "\xCF\x80.\xCE\xBC.", 'a' }, /* Greek */
               { "\xCE\xBC.\xCE\xBC.", 'p' } };

/* The half that p[0..n) begins with, 0 if none; its size goes to *size. */
char ef_line_half_at(const uint8_t *p, size_t n, size_t *size)
{
    for (size_t i = 0; n > 1 && p[0] >= 0x80 && i < sizeof halves / sizeof halves[0]; i++) {
        *size = strlen(halves[i].word);
        if (*size <= n && memcmp(p, halves[i].word, *size) == 0)
            return halves[i].half;
    }
    return 0;
}

/* am, PM, a.m., p. m., 0 if these are none. */
static char take_am_or_pm(ef_line_place *t)
{
    ef_line_place ahead = *t;
    uint8_t half = ef_line_left(&ahead) < 2 ? 0 : ahead.at[0] | 32;
    if (half != 'a' && half != 'p')
        return 0;
    ahead.at++;
    ef_line_take_byte(&ahead, '.');
    ef_line_take_blank(&ahead);
    if (ef_line_left(&ahead) == 0 || (ahead.at[0] | 32) != 'm')
        return 0;
    ahead.at++;
    ef_line_take_byte(&ahead, '.');
    *t = ahead;
    return (char)half;
}

/* Behind a blank or not; the clock is made to count to 24. */
static void take_half_day(ef_line_place *t, ef_line_match *m)
{
    ef_line_place ahead = *t;
    size_t size;
    ef_line_take_blank(&ahead);
    ef_line_skip_marks(&ahead);
    char half = take_am_or_pm(&ahead);
    if (half == 0 && (half = ef_line_half_at(ahead.at, ef_line_left(&ahead), &size)) != 0)
        ahead.at += size;
    if (half != 0)
        *t = ahead;
    else
        half = m->half;
    if (half == 'p' && m->hour < 12)
        m->hour += 12;
    if (half == 'a' && m->hour == 12)
        m->hour = 0;
}

static void take_fraction(ef_line_place *t, ef_line_match *m)
{
    if (ef_line_left(t) < 2 || (t->at[0] != '.' && t->at[0] != ',') || t->at[1] < '0' ||
        t->at[1] > '9')
        return;
    t->at++;
    for (int unit = 100; ef_line_left(t) > 0 && *t->at >= '0' && *t->at <= '9'; unit /= 10)
        m->millisecond += (*t->at++ - '0') * unit;
}

/* Z, +02:00, -0530 directly behind a clock. */
static void take_zone(ef_line_place *t, ef_line_match *m)
{
    ef_line_place ahead = *t;
    int hours, minutes = 0;
    uint8_t digits;
    if (ef_line_left(t) > 0 && *t->at == 'Z') {
        t->at++;
        m->has_zone = true;
        return;
    }
    bool is_signed = ef_line_left(t) > 2 && (*t->at == '+' || *t->at == '-');
    if (!is_signed)
        return;
    ahead.at++;
    if (!ef_line_take_number(&ahead, 2, 4, &hours, &digits) || digits == 3)
        return;
    if (digits == 4) {
        minutes = hours % 100;
        hours /= 100;
    } else if (ef_line_take_byte(&ahead, ':') &&
               !ef_line_take_number(&ahead, 2, 2, &minutes, &digits)) {
        return;
    }
    if (hours > 26 || minutes > 59)
        return;
    m->zone_minutes = (*t->at == '-' ? -1 : 1) * (hours * 60 + minutes);
    m->has_zone = true;
    *t = ahead;
}

bool ef_line_take_clock(ef_line_place *t, ef_line_clock kind, ef_line_match *m)
{
    uint8_t digits, separator;
    if (!ef_line_take_number(t, kind == EF_LINE_ANY_CLOCK ? 1 : 2, 2, &m->hour, &digits) ||
        ef_line_left(t) == 0)
        return false;
    separator = *t->at;
    if (separator != ':' && (separator != '.' || kind != EF_LINE_ANY_CLOCK))
        return false;
    t->at++;
    if (!ef_line_take_number(t, 2, 2, &m->minute, &digits))
        return false;
    ef_line_place ahead = *t;
    bool has_second = kind != EF_LINE_HOUR_MINUTE && ef_line_take_byte(&ahead, separator) &&
                      ef_line_take_number(&ahead, 2, 2, &m->second, &digits);
    if (has_second)
        *t = ahead;
    else if (kind == EF_LINE_HOUR_SECOND)
        return false;
    else
        m->second = 0;
    if (m->hour > 24 || m->minute > 59 || m->second > 60)
        return false;
    m->hour %= 24;
    m->second -= m->second == 60; /* a leap second */
    m->has_clock = true;
    if (kind == EF_LINE_ANY_CLOCK) {
        take_fraction(t, m);
        take_half_day(t, m);
        take_zone(t, m);
    }
    return true;
}
