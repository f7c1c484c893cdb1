/* SPDX-License-Identifier: MIT
 * input/line_pattern.c - what a line of a chat log may look like, as one short text.
 *
 * A pattern becomes a row of steps; each takes something from the front of what is left of
 * the line, or the line does not fit. Only {name} looks ahead, for the literal behind it,
 * and names are short. Most lines that do not fit are known by their first byte. */
#include "input/line_pattern.h"

#include <string.h>

enum {
    LONGEST_NAME = 128,
    LONGEST_WORDS = 24 /* between date and clock: " à ", " klo " */
};

typedef enum step_kind {
    LITERAL,
    PERHAPS,
    NEVER,
    DATE,
    YEAR_FIRST,
    CLOCK,
    HOUR_MINUTE,
    HOUR_SECOND,
    WORDS,
    MODE,
    NAME,
    WORD,
    WHEN,
    TEXT
} step_kind;

static const struct {
    const char *word;
    step_kind kind;
} words[] = { { "date", DATE },      { "ymd", YEAR_FIRST },  { "clock", CLOCK },
              { "hm", HOUR_MINUTE }, { "hms", HOUR_SECOND }, { "words", WORDS },
              { "mode", MODE },      { "name", NAME },       { "word", WORD },
              { "when", WHEN },      { "text", TEXT } };

static bool find_word(const char *text, size_t size, step_kind *kind)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i].word) == size && memcmp(words[i].word, text, size) == 0) {
            *kind = words[i].kind;
            return true;
        }
    return false;
}

bool ef_line_pattern_make(ef_line_pattern *pattern, const char *text)
{
    pattern->count = 0;
    while (*text != '\0') {
        bool is_braced = *text == '{';
        size_t size = strcspn(text += is_braced, is_braced ? "}" : "{");
        step_kind kind = LITERAL;
        if (pattern->count == EF_LINE_STEPS || size == 0 || size > UINT8_MAX ||
            (is_braced && text[size] != '}'))
            return false;
        ef_line_step *step = &pattern->steps[pattern->count++];
        if (is_braced && (text[0] == '?' || text[0] == '!'))
            *step = (ef_line_step){ text[0] == '?' ? PERHAPS : NEVER, (uint8_t)(size - 1),
                                    false, text + 1 };
        else if (is_braced && !find_word(text, size, &kind))
            return false;
        else
            *step = (ef_line_step){ (uint8_t)kind, (uint8_t)size, false, text };
        text += size + is_braced;
    }
    for (size_t i = 0; i + 1 < pattern->count; i++) {
        ef_line_step *step = &pattern->steps[i];
        bool is_before_text = pattern->steps[i + 1].kind == TEXT;
        if (step->kind == NAME && pattern->steps[i + 1].kind != LITERAL)
            return false; /* a name ends where a literal begins */
        step->may_end = step->kind == LITERAL && is_before_text;
        if (i > 0 && step->may_end && step[-1].kind == NAME)
            step[-1].may_end = true; /* it looks for that literal */
    }
    return pattern->count > 0;
}

/* --- the line ------------------------------------------------------------------------ */

typedef struct place {
    const uint8_t *at, *end;
} place;

size_t ef_line_mark(const uint8_t *p, size_t n)
{
    if (n < 3 || p[0] < 0xe2)
        return 0;
    bool is_direction =
        p[0] == 0xe2 && ((p[1] == 0x80 && (p[2] == 0x8e || p[2] == 0x8f ||
                                           (p[2] >= 0xaa && p[2] <= 0xae))) ||
                         (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9));
    return is_direction || memcmp(p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

size_t ef_line_blank(const uint8_t *p, size_t n)
{
    if (n == 0 || (p[0] != ' ' && p[0] < 0x80))
        return 0;
    if (p[0] == ' ')
        return 1;
    if (n >= 2 && memcmp(p, "\xC2\xA0", 2) == 0)
        return 2;
    bool is_thin =
        n >= 3 && (memcmp(p, "\xE2\x80\xAF", 3) == 0 || memcmp(p, "\xE2\x80\x89", 3) == 0);
    return is_thin ? 3 : 0;
}

static size_t left(const place *t)
{
    return (size_t)(t->end - t->at);
}

static void skip_marks_there(place *t)
{
    for (size_t size; (size = ef_line_mark(t->at, left(t))) > 0;)
        t->at += size;
}

/* No mark begins with a lower byte, and few letters with a higher one. */
static inline void skip_marks(place *t)
{
    if (t->at < t->end && *t->at >= 0xe2)
        skip_marks_there(t);
}

static inline bool take_blank(place *t)
{
    if (t->at < t->end && *t->at == ' ') {
        t->at++;
        return true;
    }
    skip_marks(t);
    size_t size = ef_line_blank(t->at, left(t));
    t->at += size;
    return size > 0;
}

static inline bool take_byte(place *t, uint8_t byte)
{
    skip_marks(t);
    bool is_there = t->at < t->end && *t->at == byte;
    t->at += is_there;
    return is_there;
}

/* The value of the digit at t, ASCII or Arabic-Indic; its size goes to *size. -1: none. */
static inline int digit_at(const place *t, size_t *size)
{
    size_t n = left(t);
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
static bool take_number(place *t, int least, int most, int *value, uint8_t *digits)
{
    int number = 0, count = 0, digit;
    size_t size;
    skip_marks(t);
    for (; t->at < t->end && (uint8_t)(*t->at - '0') < 10 && count <= most; count++)
        number = number * 10 + (*t->at++ - '0');
    for (; t->at < t->end && *t->at >= 0xd9 && count <= most; count++) {
        if ((digit = digit_at(t, &size)) < 0)
            break;
        number = number * 10 + digit;
        t->at += size;
    }
    *value = number;
    *digits = (uint8_t)count;
    return count >= least && count <= most;
}

/* Three letters or more that begin an English month: its number, else 0. */
static uint8_t take_month(place *t)
{
    static const char names[12][4] = { "jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec" };
    if (left(t) < 3 || (t->at[0] | 32) < 'a')
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

static bool take_date(place *t, bool is_year_first, ef_line_match *m)
{
    const uint8_t *begin = t->at;
    int least = is_year_first ? 4 : 1;
    if (!take_number(t, least, 4, &m->part[0], &m->digits[0]))
        return false;
    skip_marks(t);
    if (t->at >= t->end)
        return false;
    uint8_t separator = *t->at;
    if (separator != '/' && separator != '-' && separator != '.')
        return false;
    t->at++;
    take_blank(t);
    if (!is_year_first)
        m->named_month = take_month(t);
    if (m->named_month == 0 && !take_number(t, 1, 2, &m->part[1], &m->digits[1]))
        return false;
    if (!take_byte(t, separator))
        return false;
    take_blank(t);
    if (!take_number(t, 1, 4, &m->part[2], &m->digits[2]))
        return false;
    m->date = (ef_slice){ begin, (size_t)(t->at - begin) };
    m->has_date = true;
    return true;
}

/* am, PM, a.m., p. m., behind a blank or not; the clock is made to count to 24. */
static void take_half_day(place *t, ef_line_match *m)
{
    place ahead = *t;
    take_blank(&ahead);
    skip_marks(&ahead);
    uint8_t half = left(&ahead) < 2 ? 0 : ahead.at[0] | 32;
    if (half != 'a' && half != 'p')
        return;
    ahead.at++;
    take_byte(&ahead, '.');
    take_blank(&ahead);
    if (left(&ahead) == 0 || (ahead.at[0] | 32) != 'm')
        return;
    ahead.at++;
    take_byte(&ahead, '.');
    if (half == 'p' && m->hour < 12)
        m->hour += 12;
    if (half == 'a' && m->hour == 12)
        m->hour = 0;
    *t = ahead;
}

static void take_fraction(place *t, ef_line_match *m)
{
    if (left(t) < 2 || (t->at[0] != '.' && t->at[0] != ',') || t->at[1] < '0' ||
        t->at[1] > '9')
        return;
    t->at++;
    for (int unit = 100; left(t) > 0 && *t->at >= '0' && *t->at <= '9'; unit /= 10)
        m->millisecond += (*t->at++ - '0') * unit;
}

/* Z, +02:00, -0530 directly behind a clock. */
static void take_zone(place *t, ef_line_match *m)
{
    place ahead = *t;
    int hours, minutes = 0;
    uint8_t digits;
    if (left(t) > 0 && *t->at == 'Z') {
        t->at++;
        m->has_zone = true;
        return;
    }
    bool is_signed = left(t) > 2 && (*t->at == '+' || *t->at == '-');
    if (!is_signed)
        return;
    ahead.at++;
    if (!take_number(&ahead, 2, 4, &hours, &digits) || digits == 3)
        return;
    if (digits == 4) {
        minutes = hours % 100;
        hours /= 100;
    } else if (take_byte(&ahead, ':') && !take_number(&ahead, 2, 2, &minutes, &digits)) {
        return;
    }
    if (hours > 26 || minutes > 59)
        return;
    m->zone_minutes = (*t->at == '-' ? -1 : 1) * (hours * 60 + minutes);
    m->has_zone = true;
    *t = ahead;
}

static bool take_clock(place *t, step_kind kind, ef_line_match *m)
{
    uint8_t digits, separator;
    if (!take_number(t, kind == CLOCK ? 1 : 2, 2, &m->hour, &digits) || left(t) == 0)
        return false;
    separator = *t->at;
    if (separator != ':' && (separator != '.' || kind != CLOCK))
        return false;
    t->at++;
    if (!take_number(t, 2, 2, &m->minute, &digits))
        return false;
    place ahead = *t;
    bool has_second = kind != HOUR_MINUTE && take_byte(&ahead, separator) &&
                      take_number(&ahead, 2, 2, &m->second, &digits);
    if (has_second)
        *t = ahead;
    else if (kind == HOUR_SECOND)
        return false;
    else
        m->second = 0;
    if (m->hour > 24 || m->minute > 59 || m->second > 60)
        return false;
    m->hour %= 24;
    m->second -= m->second == 60; /* a leap second */
    m->has_clock = true;
    if (kind == CLOCK) {
        take_fraction(t, m);
        take_half_day(t, m);
        take_zone(t, m);
    }
    return true;
}

static bool take_literal(place *t, const ef_line_step *step, bool may_end)
{
    for (size_t i = 0; i < step->size; i++) {
        if (t->at < t->end && *t->at == (uint8_t)step->literal[i]) {
            t->at++;
        } else if (step->literal[i] == ' ') {
            bool is_last = i + 1 == step->size;
            if (!take_blank(t) && !(may_end && is_last && t->at == t->end))
                return false;
        } else if (!take_byte(t, (uint8_t)step->literal[i])) {
            return false;
        }
    }
    return true;
}

static void take_words(place *t)
{
    const uint8_t *begin = t->at;
    size_t size;
    while (t->at < t->end && t->at - begin < LONGEST_WORDS && digit_at(t, &size) < 0)
        t->at++;
    if (t->at == t->end || digit_at(t, &size) < 0)
        t->at = begin;
}

/* Whether what comes at p is what a literal says, to its first blank. */
static bool begins_so(const uint8_t *p, const uint8_t *end, const ef_line_step *step,
                      bool may_end)
{
    place ahead = { p, end };
    return take_literal(&ahead, step, may_end);
}

/* Up to the next place where the literal behind it stands, or all that is left. */
static bool take_name(place *t, const ef_line_step *next, bool may_end, ef_line_match *m)
{
    skip_marks(t);
    const uint8_t *begin = t->at;
    if (next == NULL) {
        m->name = (ef_slice){ begin, left(t) };
        t->at = t->end;
        return m->name.size > 0 && m->name.size <= LONGEST_NAME;
    }
    const uint8_t *limit = left(t) > LONGEST_NAME ? t->at + LONGEST_NAME + 1 : t->end;
    for (const uint8_t *p = begin; p < limit; p++) {
        p = memchr(p, next->literal[0], (size_t)(limit - p));
        if (p == NULL)
            return false;
        if (p > begin && begins_so(p, t->end, next, may_end)) {
            m->name = (ef_slice){ begin, (size_t)(p - begin) };
            t->at = p;
            return true;
        }
    }
    return false;
}

static bool take_word(place *t, ef_line_match *m)
{
    const uint8_t *begin = t->at;
    while (t->at < t->end && *t->at != ' ' && *t->at != '\t' &&
           t->at - begin <= LONGEST_NAME)
        t->at++;
    m->name = (ef_slice){ begin, (size_t)(t->at - begin) };
    return m->name.size > 0 && m->name.size <= LONGEST_NAME;
}

static bool take_step(place *t, const ef_line_step *step, const ef_line_step *next,
                      ef_line_match *m)
{
    bool may_end = step->may_end;
    place before = *t;
    switch ((step_kind)step->kind) {
    case LITERAL:
        return take_literal(t, step, may_end);
    case PERHAPS:
        if (!take_literal(t, step, false))
            *t = before;
        return true;
    case NEVER:
        *t = before;
        return !begins_so(t->at, t->end, step, false);
    case DATE:
    case YEAR_FIRST:
        return take_date(t, step->kind == YEAR_FIRST, m);
    case CLOCK:
    case HOUR_MINUTE:
    case HOUR_SECOND:
        return take_clock(t, step->kind, m);
    case WORDS:
        take_words(t);
        return true;
    case MODE:
        if (t->at < t->end && memchr(" @+%&~", *t->at, 6) != NULL)
            t->at++;
        return true;
    case NAME:
        return take_name(t, next, may_end, m);
    case WORD:
        return take_word(t, m);
    case WHEN:
        m->when = (ef_slice){ t->at, left(t) };
        t->at = t->end;
        return m->when.size > 0;
    case TEXT:
        m->text = (ef_slice){ t->at, left(t) };
        t->at = t->end;
        return true;
    }
    return false;
}

bool ef_line_pattern_fits(const ef_line_pattern *pattern, ef_slice line,
                          ef_line_match *match)
{
    place t = { line.data, line.data + line.size };
    const ef_line_step *end = pattern->steps + pattern->count;
    const uint8_t *when = NULL;
    memset(match, 0, sizeof *match);
    for (const ef_line_step *step = pattern->steps; step < end; step++) {
        if (step->kind != TEXT) /* a mark may be the first that a message says */
            skip_marks(&t);
        const uint8_t *begin = t.at;
        if (!take_step(&t, step, step + 1 < end ? step + 1 : NULL, match))
            return false;
        if (step->kind < DATE || step->kind > HOUR_SECOND)
            continue;
        when = when == NULL ? begin : when;
        match->when = (ef_slice){ when, (size_t)(t.at - when) };
    }
    return t.at == t.end;
}
