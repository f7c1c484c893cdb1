/* SPDX-License-Identifier: MIT
 * views/wording.c - figures as people read them.
 *
 * Numbers are rounded as integers and written digit by digit: printf would ask the locale
 * for its decimal point. Rounding is half away from zero, the same everywhere. */
#include "views/wording.h"

#include <assert.h>
#include <math.h>

enum { FROM_HERE_DECIMALS = 200 }; /* below this n a decimal would be noise: METRICS 6 */

static void put(ef_word *word, const char *text)
{
    size_t size = strlen(word->text), more = strlen(text);
    assert(size + more < EF_WORD_ROOM);
    memcpy(word->text + size, text, more + 1);
}

static void put_byte(ef_word *word, char byte)
{
    put(word, (char[2]){ byte, '\0' });
}

static void put_digits(ef_word *word, uint64_t value, unsigned least)
{
    char digits[24];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    for (unsigned i = 0; value > 0 || i < least; i++, value /= 10)
        digits[--at] = (char)('0' + value % 10);
    put(word, digits + at);
}

static void put_thousands(ef_word *word, uint64_t value)
{
    uint64_t unit = 1;
    while (value / unit >= 1000)
        unit *= 1000;
    put_digits(word, value / unit, 1);
    while (unit > 1) {
        value %= unit;
        unit /= 1000;
        put_byte(word, ',');
        put_digits(word, value / unit, 3);
    }
}

ef_word ef_word_number(double value, int decimals)
{
    assert(decimals >= 0 && decimals <= 3);
    static const double powers[] = { 1, 10, 100, 1000 };
    ef_word word = { "" };
    if (isnan(value)) {
        put(&word, "-");
        return word;
    }
    double scaled = fabs(value) * powers[decimals];
    bool is_huge = !(scaled < 9e15);
    uint64_t rounded = is_huge ? UINT64_C(9000000000000000) : (uint64_t)(scaled + 0.5);
    uint64_t unit = (uint64_t)powers[decimals];
    if (value < 0 && rounded > 0)
        put_byte(&word, '-');
    put_thousands(&word, rounded / unit);
    if (decimals > 0) {
        put_byte(&word, '.');
        put_digits(&word, rounded % unit, (unsigned)decimals);
    }
    return word;
}

ef_word ef_word_count(int64_t count)
{
    ef_word word = { "" };
    if (count < 0)
        put_byte(&word, '-');
    put_thousands(&word, count < 0 ? 0 - (uint64_t)count : (uint64_t)count);
    return word;
}

/* The two largest units that are not empty: "3 d 4 h", "2 h 10 min", "45 s". */
static ef_word duration(double seconds)
{
    static const struct {
        int64_t seconds;
        const char *name;
    } units[] = { { 86400, " d" }, { 3600, " h" }, { 60, " min" }, { 1, " s" } };
    ef_word word = { "" };
    if (isnan(seconds)) {
        put(&word, "-");
        return word;
    }
    if (seconds < 0)
        put_byte(&word, '-');
    double size = fabs(seconds);
    int64_t rest = size < 1e15 ? (int64_t)(size + 0.5) : INT64_C(1000000000000000);
    size_t first = 0;
    while (first < 3 && rest < units[first].seconds)
        first++;
    if (first < 2) /* rounded to the second of the two units */
        rest += units[first + 1].seconds / 2;
    if (first > 0 && rest >= units[first - 1].seconds) /* 59 min 50 s and more is 1 h */
        first--;
    int64_t large = rest / units[first].seconds, small = 0;
    put(&word, ef_word_count(large).text);
    put(&word, units[first].name);
    if (first < 3)
        small = rest % units[first].seconds / units[first + 1].seconds;
    if (small > 0) {
        put_byte(&word, ' ');
        put_digits(&word, (uint64_t)small, 1);
        put(&word, units[first + 1].name);
    }
    return word;
}

/* Shares and net figures: whole below 200, a decimal above. */
static int decimals_of(ef_unit_kind unit, int64_t n)
{
    switch (unit) {
    case EF_UNIT_COUNT:
        return 0;
    case EF_UNIT_SHARE:
    case EF_UNIT_NET:
        return n < FROM_HERE_DECIMALS ? 0 : 1;
    case EF_UNIT_PER_100:
        return 1;
    default:
        return 2;
    }
}

/* The bare number, without a sign for what is above zero and without a unit. */
static ef_word bare(ef_unit_kind unit, double value, int64_t n)
{
    if (unit == EF_UNIT_SECONDS)
        return duration(value);
    return ef_word_number(unit == EF_UNIT_SHARE ? value * 100 : value,
                          decimals_of(unit, n));
}

static ef_word with_sign(ef_word number, double value)
{
    if (!(value > 0))
        return number;
    for (const char *digit = number.text; *digit != '\0'; digit++)
        if (*digit >= '1' && *digit <= '9') { /* what rounds to zero has no sign */
            ef_word word = { "+" };
            put(&word, number.text);
            return word;
        }
    return number;
}

ef_word ef_word_value(ef_unit_kind unit, double value, int64_t n)
{
    ef_word word = bare(unit, value, n);
    if (unit == EF_UNIT_NET || unit == EF_UNIT_SCORE)
        return with_sign(word, value);
    if (unit == EF_UNIT_SHARE && !isnan(value))
        put_byte(&word, '%');
    return word;
}

ef_word ef_word_difference(ef_unit_kind unit, double value, int64_t n)
{
    ef_word word = with_sign(bare(unit, value, n), value);
    if (unit == EF_UNIT_SHARE && !isnan(value))
        put(&word, " points");
    return word;
}

static ef_word range(ef_unit_kind unit, double low, double high, int64_t n,
                     const char *after)
{
    ef_word word = { "" };
    if (isnan(low) || isnan(high))
        return word;
    word = bare(unit, low, n);
    put(&word, " to ");
    put(&word, bare(unit, high, n).text);
    put(&word, after);
    return word;
}

ef_word ef_word_interval(ef_unit_kind unit, double low, double high, int64_t n)
{
    return range(unit, low, high, n, unit == EF_UNIT_SHARE ? "%" : "");
}

ef_word ef_word_difference_interval(ef_unit_kind unit, double low, double high, int64_t n)
{
    return range(unit, low, high, n, "");
}

ef_standing ef_standing_of(const ef_findings *findings, const ef_figure *figure)
{
    if (figure->key == NULL || isnan(figure->value))
        return EF_STANDING_NONE;
    if (figure->unit == EF_UNIT_COUNT || figure->n >= findings->few)
        return EF_STANDING_SOLID;
    return figure->n < findings->least ? EF_STANDING_WITHHELD : EF_STANDING_FEW;
}

const char *ef_standing_name(ef_standing standing)
{
    static const char *const names[] = { "none", "withheld", "few", "solid" };
    return names[standing];
}

const char *ef_unit_name(ef_unit_kind unit)
{
    static const char *const names[] = { "count", "share",   "net",    "score",
                                         "mean",  "seconds", "per_100" };
    return names[unit];
}

ef_word ef_word_figure(const ef_findings *findings, const ef_figure *figure)
{
    if (ef_standing_of(findings, figure) < EF_STANDING_FEW)
        return (ef_word){ "-" };
    return ef_word_value(figure->unit, figure->value, figure->n);
}

ef_word ef_word_bounds(const ef_findings *findings, const ef_figure *figure)
{
    if (ef_standing_of(findings, figure) < EF_STANDING_FEW)
        return (ef_word){ "" };
    return ef_word_interval(figure->unit, figure->low, figure->high, figure->n);
}

ef_word ef_word_p(double p)
{
    if (isnan(p))
        return (ef_word){ "no test" };
    if (p < 0.001)
        return (ef_word){ "p < 0.001" };
    ef_word word = { "p = " };
    put(&word, ef_word_number(p, p < 0.1 ? 3 : 2).text);
    return word;
}

/* Years, months and days of a day since 1970, by eras of 400 years that begin in March. */
static void put_date(ef_word *word, int64_t day)
{
    int64_t shifted = day + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t of_era = shifted - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    int64_t civil_month = month < 10 ? month + 3 : month - 9;
    year += era * 400 + (civil_month <= 2);
    if (year < 0)
        put_byte(word, '-');
    put_digits(word, (uint64_t)(year < 0 ? -year : year), 4);
    put_byte(word, '-');
    put_digits(word, (uint64_t)civil_month, 2);
    put_byte(word, '-');
    put_digits(word, (uint64_t)(of_year - (153 * month + 2) / 5 + 1), 2);
}

enum { DAY_MS = 86400000 };

static int64_t day_of(int64_t time_ms)
{
    return (time_ms >= 0 ? time_ms : time_ms - (DAY_MS - 1)) / DAY_MS;
}

ef_word ef_word_date(int64_t time_ms)
{
    ef_word word = { "" };
    if (time_ms == 0)
        put_byte(&word, '-');
    else
        put_date(&word, day_of(time_ms));
    return word;
}

ef_word ef_word_time(int64_t time_ms)
{
    ef_word word = { "" };
    if (time_ms == 0)
        return word;
    int64_t day = day_of(time_ms), second = (time_ms - day * DAY_MS) / 1000;
    put_date(&word, day);
    put_byte(&word, 'T');
    put_digits(&word, (uint64_t)(second / 3600), 2);
    put_byte(&word, ':');
    put_digits(&word, (uint64_t)(second / 60 % 60), 2);
    put_byte(&word, ':');
    put_digits(&word, (uint64_t)(second % 60), 2);
    return word;
}

ef_word ef_word_counted(int64_t count, const char *noun)
{
    ef_word word = ef_word_count(count);
    put_byte(&word, ' ');
    put(&word, noun);
    if (count != 1)
        put_byte(&word, 's');
    return word;
}

ef_word ef_word_title(const char *name)
{
    ef_word word = { "" };
    size_t size = strnlen(name, EF_WORD_ROOM - 1);
    memcpy(word.text, name, size);
    if (word.text[0] >= 'a' && word.text[0] <= 'z')
        word.text[0] = (char)(word.text[0] - 'a' + 'A');
    return word;
}

const ef_figure *ef_figure_named(const ef_figures *figures, const char *key)
{
    for (size_t i = 0; i < figures->count; i++)
        if (figures->items[i].key != NULL && strcmp(figures->items[i].key, key) == 0)
            return &figures->items[i];
    return NULL;
}
