/* SPDX-License-Identifier: MIT
 * input/xlsx_cells.c - what the cells of a spreadsheet mean: references, dates, escapes. */
#include "input/xlsx_cells.h"

#include "base/utf8.h"

int ef_xlsx_column(const char *reference)
{
    int column = 0;
    const char *p = reference;
    for (; *p >= 'A' && *p <= 'Z' && column <= EF_XLSX_COLUMNS; p++)
        column = column * 26 + (*p - 'A' + 1);
    return p == reference || column > EF_XLSX_COLUMNS || *p < '1' || *p > '9' ? -1
                                                                              : column - 1;
}

bool ef_xlsx_is_date_id(unsigned long id)
{
    /* 14-22 everywhere, 45 and 47 minutes and seconds, the others in East Asian versions.
     * 46 is a duration. */
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id == 45 || id == 47 ||
           (id >= 50 && id <= 58);
}

/* The end of "[…]" at p, and whether it holds a count of hours, minutes or seconds. */
static const char *skip_bracket(const char *p, bool *is_duration)
{
    const char *begin = p + 1, *end = begin + strcspn(begin, "]");
    *is_duration = end > begin && strspn(begin, "hHmMsS") == (size_t)(end - begin);
    return *end == '\0' ? end : end + 1;
}

bool ef_xlsx_is_date_code(const char *code)
{
    bool is_date = false;
    for (const char *p = code; *p != '\0' && *p != ';';) {
        bool is_duration = false;
        if (*p == '"') { /* literal text */
            p += 1 + strcspn(p + 1, "\"");
            p += *p != '\0';
        } else if (*p == '\\' || *p == '_' || *p == '*') { /* a literal character */
            p += p[1] == '\0' ? 1 : 2;
        } else if (*p == '[') {
            p = skip_bracket(p, &is_duration);
            if (is_duration)
                return false;
        } else {
            is_date |= strchr("yYmMdDhHsS", *p) != NULL;
            p++;
        }
    }
    return is_date;
}

/* Reads a decimal number without strtod, which asks the locale for its point. 18 digits are
 * more than a double keeps. */
static bool read_number(ef_slice text, double *number)
{
    const uint8_t *p = text.data, *end = p + text.size;
    double mantissa = 0;
    int scale = 0, digits = 0, exponent = 0;
    bool has_point = false, is_small = false;
    for (; p < end && ((*p >= '0' && *p <= '9') || (*p == '.' && !has_point)); p++) {
        if (*p == '.') {
            has_point = true;
        } else if (digits < 18) {
            mantissa = mantissa * 10 + (*p - '0');
            digits += mantissa > 0 || digits > 0;
            scale -= has_point;
        } else {
            scale += !has_point;
        }
    }
    bool has_digits = p > text.data + has_point;
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        is_small = p < end && *p == '-';
        p += p < end && (*p == '-' || *p == '+');
        has_digits &= p < end;
        for (; p < end && *p >= '0' && *p <= '9' && exponent < 1000; p++)
            exponent = exponent * 10 + (*p - '0');
    }
    scale += is_small ? -exponent : exponent;
    if (!has_digits || p < end || scale < -400 || scale > 20)
        return false;
    double power = 1;
    for (int i = 0; i < (scale < 0 ? -scale : scale); i++)
        power *= 10;
    *number = scale < 0 ? mantissa / power : mantissa * power;
    return true;
}

/* The date that lies `days` behind 1970-01-01 (Hinnant's civil_from_days, for years from 0:
 * the year begins in March, so that the day of the year gives the month by a straight
 * line). */
static void append_day(ef_buffer *out, int64_t days)
{
    int64_t shifted = days + 719468; /* 1970-01-01 counted from 0000-03-01 */
    int64_t era = shifted / 146097, day_of_era = shifted % 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * day_of_year + 2) / 153;
    int day = (int)(day_of_year - (153 * march_month + 2) / 5 + 1);
    int month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
    int year = (int)(year_of_era + era * 400 + (month <= 2));
    ef_buffer_printf(out, "%04d-%02d-%02d", year, month, day);
}

static void append_time(ef_buffer *out, int64_t ms)
{
    int seconds = (int)(ms / 1000), fraction = (int)(ms % 1000);
    ef_buffer_printf(out, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60,
                     seconds % 60);
    if (fraction != 0)
        ef_buffer_printf(out, ".%03d", fraction);
}

bool ef_xlsx_append_date(ef_buffer *out, ef_slice number, bool is_1904)
{
    enum { LAST_DAY = 2958465 }; /* 9999-12-31 */
    const int64_t day_ms = 86400000;
    double serial;
    if (!read_number(number, &serial) || serial >= LAST_DAY + 1)
        return false;
    /* Milliseconds are what a double keeps of a day in our time, and hide its rounding. */
    int64_t ms = (int64_t)(serial * (double)day_ms + 0.5);
    int64_t day = ms / day_ms, rest = ms % day_ms;
    if (day == 0 && !is_1904) {
        append_time(out, rest);
        return true;
    }
    /* Day 0 is 1904-01-01, or 1899-12-31; but since the 1900 system has a 29th of February
     * 1900, which never was, its later days count from 1899-12-30. */
    append_day(out, day + (is_1904 ? -24107 : day < 60 ? -25568 : -25569));
    if (rest != 0) {
        ef_buffer_append_byte(out, 'T');
        append_time(out, rest);
    }
    return true;
}

/* The character of an escape "_xHHHH_" at p; -1 if there is none. */
static int read_escape(const uint8_t *p, size_t n)
{
    int code = 0;
    if (n < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        int letter = p[i] | 0x20;
        if (p[i] >= '0' && p[i] <= '9')
            code = code * 16 + (p[i] - '0');
        else if (letter >= 'a' && letter <= 'f')
            code = code * 16 + (letter - 'a' + 10);
        else
            return -1;
    }
    return code;
}

/* Takes the character at *p and steps over it; halves of surrogate pairs become U+FFFD. */
static uint32_t take(const uint8_t **p, const uint8_t *end)
{
    uint32_t code = **p;
    int escape = code == '_' ? read_escape(*p, (size_t)(end - *p)) : -1;
    *p += escape >= 0 ? 7 : 1;
    return escape >= 0 ? (uint32_t)escape : code;
}

bool ef_xlsx_append_text(ef_buffer *out, ef_slice text)
{
    ef_buffer_append_byte(out, '"');
    bool was_return = false;
    for (const uint8_t *p = text.data, *end = p + text.size; p < end;) {
        const uint8_t *begin = p;
        uint32_t code = take(&p, end);
        bool is_byte = p - begin == 1; /* of UTF-8, as it stands */
        uint8_t bytes[4];
        if (code == '\n' && was_return)
            ;
        else if (code == '\r' || code == '\n')
            ef_buffer_append_byte(out, '\n');
        else if (code == '"')
            ef_buffer_append(out, "\"\"", 2);
        else if (is_byte)
            ef_buffer_append_byte(out, (uint8_t)code);
        else
            ef_buffer_append(out, bytes, ef_utf8_encode(code, bytes));
        was_return = code == '\r';
    }
    return ef_buffer_append_byte(out, '"') && !out->failed;
}
