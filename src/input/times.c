/* SPDX-License-Identifier: MIT
 * input/times.c - times as exports write them, as milliseconds since 1970 UTC.
 *
 * A time is read as a bag of parts: up to three numbers of a date, a month's name, a clock,
 * a zone. Which number is what follows from their sizes and, where these do not tell, from
 * the order of the column. Any word that is no part of a date makes it no time.
 * Invariant: numbers have at most nine digits, so nothing overflows. */
#include "input/times.h"

#include <string.h>

typedef struct text {
    const uint8_t *at, *end;
} text;

typedef struct number {
    int value, digits;
} number;

typedef struct parts {
    number numbers[3];
    int count;
    bool is_listed; /* blanks or commas, not / . - between the first two numbers */
    int month;      /* by its name; 0: none */
    bool has_clock, has_zone;
    int hour, minute, second, millisecond;
    int zone_minutes; /* east of UTC */
} parts;

static const int64_t DAY_MS = 86400000;

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(uint8_t byte)
{
    return (byte | 32) >= 'a' && (byte | 32) <= 'z';
}

static uint8_t peek(const text *t, size_t ahead)
{
    return (size_t)(t->end - t->at) > ahead ? t->at[ahead] : 0;
}

/* Blanks, and the narrow and no-break ones that phones write before AM and PM. */
static size_t blank_size(const text *t)
{
    size_t left = (size_t)(t->end - t->at);
    if (left == 0 || (*t->at > ' ' && *t->at < 0x80))
        return 0;
    if (*t->at < 0x80)
        return *t->at == ' ' || (*t->at >= '\t' && *t->at <= '\r');
    if (left >= 2 && memcmp(t->at, "\xC2\xA0", 2) == 0)
        return 2;
    bool is_thin = left >= 3 && (memcmp(t->at, "\xE2\x80\xAF", 3) == 0 ||
                                 memcmp(t->at, "\xE2\x80\x89", 3) == 0);
    return is_thin ? 3 : 0;
}

static void skip_blanks(text *t)
{
    for (size_t size; (size = blank_size(t)) > 0;)
        t->at += size;
}

/* Digits are counted to nine; a longer run is no part of a date. */
static bool read_number(text *t, number *n)
{
    const uint8_t *at = t->at, *limit = t->end - at > 9 ? at + 9 : t->end;
    int value = 0;
    for (; at < limit && is_digit(*at); at++)
        value = value * 10 + (*at - '0');
    *n = (number){ value, (int)(at - t->at) };
    t->at = at;
    return n->digits > 0 && !(at < t->end && is_digit(*at));
}

/* Integers: seconds, milliseconds, microseconds, nanoseconds by their size. */
static bool read_epoch(text t, int64_t *time_ms)
{
    uint64_t value = 0;
    int digits = 0;
    while (t.at < t.end && is_digit(*t.at) && digits < 20) {
        value = value * 10 + (uint64_t)(*t.at++ - '0');
        digits++;
    }
    /* Each unit has the digits of the years 1973 to 5138; eight are a date or a number. */
    if (digits < 9 || digits > 19)
        return false;
    uint64_t ms = digits <= 11   ? value * 1000
                  : digits <= 14 ? value
                  : digits <= 17 ? value / 1000
                                 : value / 1000000;
    uint64_t unit = digits <= 11 ? 100 : 0; /* of the first digit behind the point, in ms */
    if (t.at < t.end && *t.at == '.') {
        for (t.at++; t.at < t.end && is_digit(*t.at); t.at++, unit /= 10)
            ms += (uint64_t)(*t.at - '0') * unit;
    }
    *time_ms = (int64_t)ms;
    return t.at == t.end;
}

static bool word_is(const uint8_t *p, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (word[i] == '\0' || (p[i] | 32) != (uint8_t)word[i])
            return false;
    return word[n] == '\0';
}

static uint8_t lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte | 32 : byte;
}

/* Three letters or more that begin one of the names; its number from 1, else 0. */
static int index_of(const uint8_t *p, size_t n, const char *const *names, int count)
{
    uint8_t first = lower(p[0]);
    for (int i = 0; i < count && n >= 3; i++) {
        if (first != (uint8_t)names[i][0])
            continue;
        size_t same = 1;
        while (same < n && lower(p[same]) == (uint8_t)names[i][same])
            same++; /* a name's NUL equals no letter */
        if (same == n)
            return i + 1;
    }
    return 0;
}

static const char *const months[12] = { "january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december" };
static const char *const weekdays[7] = { "monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday" };

static bool read_offset(text *t, parts *p)
{
    int sign = *t->at++ == '-' ? -1 : 1;
    number hours, minutes = { 0, 0 };
    if (!read_number(t, &hours) || hours.digits > 4 || hours.digits == 3)
        return false;
    if (hours.digits == 4) {
        minutes.value = hours.value % 100;
        hours.value /= 100;
    } else if (peek(t, 0) == ':') {
        t->at++;
        if (!read_number(t, &minutes))
            return false;
    }
    if (hours.value > 26 || minutes.value > 59)
        return false;
    p->zone_minutes = sign * (hours.value * 60 + minutes.value);
    p->has_zone = true;
    return true;
}

/* The zones that mail and American shops write; others are too often ambiguous. */
static bool read_zone_word(const uint8_t *word, size_t n, parts *p)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = { { "z", 0 },    { "utc", 0 },  { "gmt", 0 },  { "est", -5 },
                  { "edt", -4 }, { "cst", -6 }, { "cdt", -5 }, { "mst", -7 },
                  { "mdt", -6 }, { "pst", -8 }, { "pdt", -7 } };
    for (size_t i = 0; p->has_clock && i < sizeof zones / sizeof zones[0]; i++)
        if (word_is(word, n, zones[i].name)) {
            p->has_zone = true;
            p->zone_minutes = zones[i].hours * 60;
            return true;
        }
    return false;
}

/* a.m., p. m., AM behind a clock; nothing else begins with these letters there. */
static bool read_half_day(text *t, parts *p)
{
    text ahead = *t;
    uint8_t half = peek(&ahead, 0) | 32;
    if (half != 'a' && half != 'p')
        return false;
    ahead.at++;
    if (peek(&ahead, 0) == '.')
        ahead.at++;
    skip_blanks(&ahead);
    if ((peek(&ahead, 0) | 32) != 'm' || is_letter(peek(&ahead, 1)))
        return false;
    ahead.at++;
    if (peek(&ahead, 0) == '.')
        ahead.at++;
    if (half == 'p' && p->hour < 12)
        p->hour += 12;
    if (half == 'a' && p->hour == 12)
        p->hour = 0;
    *t = ahead;
    return true;
}

/* The rest of a clock behind its hour; t stands at the colon. */
static bool read_clock(text *t, number hour, parts *p)
{
    number minute, second = { 0, 0 };
    t->at++;
    if (p->has_clock || hour.digits > 2 || !read_number(t, &minute) || minute.digits != 2)
        return false;
    if (peek(t, 0) == ':') {
        t->at++;
        if (!read_number(t, &second) || second.digits != 2)
            return false;
        bool has_fraction =
            (peek(t, 0) == '.' || peek(t, 0) == ',') && is_digit(peek(t, 1));
        t->at += has_fraction;
        for (int unit = 100; has_fraction && t->at < t->end && is_digit(*t->at); unit /= 10)
            p->millisecond += (*t->at++ - '0') * unit;
    }
    if (hour.value > 24 || minute.value > 59 || second.value > 60)
        return false;
    p->has_clock = true;
    p->hour = hour.value % 24;
    p->minute = minute.value;
    p->second = second.value == 60 ? 59 : second.value; /* a leap second */
    skip_blanks(t);
    read_half_day(t, p);
    skip_blanks(t);
    bool is_offset = peek(t, 0) == '+' || peek(t, 0) == '-';
    return !is_offset || !is_digit(peek(t, 1)) || read_offset(t, p);
}

static bool read_word(text *t, parts *p)
{
    const uint8_t *word = t->at;
    while (t->at < t->end && is_letter(*t->at))
        t->at++;
    size_t n = (size_t)(t->at - word);
    int month = index_of(word, n, months, 12);
    if (n == 4 && word_is(word, n, "sept"))
        month = 9;
    if (month > 0) {
        bool is_first = p->month == 0;
        p->month = month;
        return is_first;
    }
    bool is_filler = index_of(word, n, weekdays, 7) > 0 || word_is(word, n, "t") ||
                     word_is(word, n, "at") || word_is(word, n, "of") ||
                     word_is(word, n, "on");
    if (is_filler || !read_zone_word(word, n, p))
        return is_filler;
    bool is_offset = (peek(t, 0) == '+' || peek(t, 0) == '-') && is_digit(peek(t, 1));
    return !is_offset || read_offset(t, p);
}

static bool read_date_number(text *t, parts *p)
{
    number n;
    if (!read_number(t, &n))
        return false;
    if (peek(t, 0) == ':')
        return read_clock(t, n, p);
    if (p->count == 3 || n.digits > 4 || n.digits == 3)
        return false;
    static const char *const ordinals[] = { "st", "nd", "rd", "th" };
    for (size_t i = 0; i < 4; i++)
        if (t->end - t->at >= 2 && word_is(t->at, 2, ordinals[i]) &&
            !is_letter(peek(t, 2))) {
            t->at += 2;
            break;
        }
    if (p->count == 0)
        p->is_listed = memchr("/.-", peek(t, 0), 3) == NULL;
    p->numbers[p->count++] = n;
    return true;
}

static bool read_parts(text *t, parts *p)
{
    memset(p, 0, sizeof *p);
    if (memchr("/.-,", peek(t, 0), 4) != NULL)
        return false; /* a year before the first one, if anything */
    for (;;) {
        skip_blanks(t);
        if (t->at >= t->end)
            return true;
        uint8_t byte = *t->at;
        bool is_good = true;
        if (is_digit(byte))
            is_good = read_date_number(t, p);
        else if (is_letter(byte))
            is_good = read_word(t, p);
        else if (byte == '(' && p->has_zone)
            t->at = t->end; /* the zone's name once more, in words */
        else if (memchr("/.-,", byte, 4) != NULL)
            t->at++;
        else
            is_good = false;
        if (!is_good)
            return false;
    }
}

typedef struct date {
    int year, month, day;
} date;

static int full_year(number n)
{
    if (n.digits > 2)
        return n.value;
    return n.value + (n.value >= 70 ? 1900 : 2000);
}

static bool resolve_named(const parts *p, date *d)
{
    if (p->count != 2)
        return false;
    int year = p->numbers[0].digits == 4 ? 0 : 1;
    *d = (date){ full_year(p->numbers[year]), p->month, p->numbers[1 - year].value };
    return p->numbers[1 - year].digits <= 2;
}

static bool resolve(const parts *p, ef_date_order order, date *d)
{
    if (p->month > 0)
        return resolve_named(p, d);
    if (p->count != 3)
        return false;
    const number *n = p->numbers;
    if (n[0].digits == 4 || (order == EF_DATE_YMD && n[2].digits <= 2)) {
        *d = (date){ full_year(n[0]), n[1].value, n[2].value };
        return n[1].digits <= 2 && n[2].digits <= 2;
    }
    if (n[0].digits > 2 || n[1].digits > 2)
        return false;
    bool is_listed = p->is_listed && n[0].value <= 12; /* 09 1, 2016 */
    bool is_month_first = order == EF_DATE_MDY ||
                          (order == EF_DATE_UNKNOWN && (is_listed || n[1].value > 12));
    *d = (date){ full_year(n[2]), n[is_month_first ? 0 : 1].value,
                 n[is_month_first ? 1 : 0].value };
    return true;
}

bool ef_date_days(int year, int month, int day, int64_t *days)
{
    static const int8_t lengths[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (month < 1 || month > 12 || day < 1)
        return false;
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    *days = ef_days_from_date(year, (unsigned)month, (unsigned)day);
    return day <= lengths[month - 1] + (month == 2 && is_leap);
}

bool ef_time_days(const int part[3], const uint8_t digits[3], int month,
                  ef_date_order order, int64_t *days)
{
    parts p = { .count = 3 };
    date d;
    for (int i = 0; i < 3; i++)
        p.numbers[i] = (number){ part[i], digits[i] };
    if (month > 0)
        d = (date){ full_year(p.numbers[2]), month, part[0] };
    else if (!resolve(&p, order, &d))
        return false;
    return ef_date_days(d.year, d.month, d.day, days);
}

/* "Reviewed in … on March 3, 2021": the date at the end. */
static void skip_prefix(text *t)
{
    static const char prefix[] = "Reviewed in ", before[] = " on ";
    size_t n = (size_t)(t->end - t->at);
    if (n < sizeof prefix || memcmp(t->at, prefix, sizeof prefix - 1) != 0)
        return;
    for (const uint8_t *p = t->end - (sizeof before - 1); p > t->at; p--)
        if (memcmp(p, before, sizeof before - 1) == 0) {
            t->at = p + sizeof before - 1;
            return;
        }
}

static bool read_calendar(text t, const ef_zone *zone, ef_date_order order,
                          int64_t *time_ms)
{
    parts p;
    date d;
    int64_t days;
    skip_prefix(&t);
    if (!read_parts(&t, &p) || !resolve(&p, order, &d) ||
        !ef_date_days(d.year, d.month, d.day, &days))
        return false;
    int64_t seconds = days * 86400 + p.hour * 3600 + p.minute * 60 + p.second;
    if (p.has_zone)
        seconds -= (int64_t)p.zone_minutes * 60;
    else if (zone != NULL)
        seconds = ef_zone_to_utc(zone, seconds);
    *time_ms = seconds * 1000 + p.millisecond;
    return true;
}

bool ef_time_read(ef_slice slice, const ef_zone *zone, ef_date_order order, int64_t now_ms,
                  int64_t *time_ms)
{
    text t = { slice.data, slice.data + slice.size };
    skip_blanks(&t);
    while (t.end > t.at && t.end[-1] <= ' ')
        t.end--;
    if (t.at == t.end)
        return false;
    int64_t found;
    ef_slice trimmed = { t.at, (size_t)(t.end - t.at) };
    if (!ef_time_read_plain(trimmed, zone, &found) && !read_epoch(t, &found) &&
        !read_calendar(t, zone, order, &found))
        return false;
    if (found < 0 || found - DAY_MS > now_ms)
        return false;
    *time_ms = found;
    return true;
}

/* What the dates of a column say about its first two parts. */
typedef struct evidence {
    size_t dates, year_first;
    size_t over[2];      /* parts over 12 */
    size_t changes[2];   /* from one date to the next */
    size_t decreases[2]; /* within a year */
} evidence;

static void weigh(evidence *e, const parts *p, const parts *before)
{
    e->dates++;
    for (int i = 0; i < 2; i++) {
        e->over[i] += p->numbers[i].value > 12;
        if (before->count != 3)
            continue;
        bool is_same_year = before->numbers[2].value == p->numbers[2].value;
        e->changes[i] += before->numbers[i].value != p->numbers[i].value;
        e->decreases[i] += is_same_year && p->numbers[i].value < before->numbers[i].value;
    }
}

static evidence collect(const ef_slice *cells, size_t count, size_t stride)
{
    evidence e = { 0 };
    parts p, before = { .count = 0 };
    for (size_t i = 0; i < count; i++) {
        ef_slice cell = cells[i * stride];
        if (cell.size == 0) /* an empty cell may have no address at all */
            continue;
        text t = { cell.data, cell.data + cell.size };
        bool is_triple = read_parts(&t, &p) && p.count == 3 && p.month == 0;
        if (!is_triple || p.is_listed)
            continue;
        if (p.numbers[0].digits == 4) {
            e.year_first++;
            continue;
        }
        weigh(&e, &p, &before);
        before = p;
    }
    return e;
}

ef_date_order ef_date_order_decide(const ef_slice *cells, size_t count, size_t stride,
                                   const char **why)
{
    evidence e = collect(cells, count, stride);
    *why = "";
    if (e.year_first > e.dates) {
        *why = "the year is written first";
        return EF_DATE_YMD;
    }
    if (e.dates == 0)
        return EF_DATE_UNKNOWN;
    if (e.over[0] != e.over[1]) {
        bool is_day_first = e.over[0] > e.over[1];
        *why =
            is_day_first ? "the first part goes over 12" : "the second part goes over 12";
        return is_day_first ? EF_DATE_DMY : EF_DATE_MDY;
    }
    if ((e.decreases[0] > 0) != (e.decreases[1] > 0)) {
        *why = "the day starts anew within a year";
        return e.decreases[0] > 0 ? EF_DATE_DMY : EF_DATE_MDY;
    }
    if (e.changes[0] != e.changes[1]) {
        *why = "the day changes more often";
        return e.changes[0] > e.changes[1] ? EF_DATE_DMY : EF_DATE_MDY;
    }
    *why = "no date tells day from month: check --date-order";
    return EF_DATE_UNKNOWN;
}
