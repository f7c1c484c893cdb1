/* SPDX-License-Identifier: MIT
 * text/redact_numbers.c - finders of cards and bank accounts, which prove themselves by
 * their checksums. And dates, which are none of them, so that nothing else takes one for a
 * number. */
#include "text/redact_checks.h"
#include "text/redact_scan.h"

/* --- dates ------------------------------------------------------------------------- */

static unsigned two_digits(ef_slice text, size_t at, size_t count)
{
    unsigned value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (unsigned)(text.data[at + i] - '0');
    return value;
}

/* 2024-01-05, 5.1.24, 05/01/2024: three numbers that may be year, month and day. */
bool ef_find_date(ef_slice text, size_t at, ef_finding *finding)
{
    size_t first = ef_count_digits(text, at), end = at + first;
    uint8_t mark = ef_byte_at(text, end);
    if (first == 0 || first > 4 || first == 3 || ef_is_behind_letter(text, at) ||
        (mark != '-' && mark != '/' && mark != '.'))
        return false;
    size_t second = ef_count_digits(text, end + 1), third_at = end + 1 + second + 1;
    if (second == 0 || second > 2 || ef_byte_at(text, third_at - 1) != mark)
        return false;
    size_t third = ef_count_digits(text, third_at), rest = third_at + third;
    bool is_year_first = first == 4 && third <= 2, is_year_last = first <= 2 && third != 3;
    if (third == 0 || third > 4 || !(is_year_first || is_year_last))
        return false;
    if (ef_byte_at(text, rest) == mark && ef_digit_at(text, rest + 1))
        return false;
    unsigned a =
        two_digits(text, is_year_first ? third_at : at, is_year_first ? third : first);
    unsigned b = two_digits(text, end + 1, second);
    if (a == 0 || b == 0 || a > 31 || b > 31 || (a > 12 && b > 12))
        return false;
    *finding = (ef_finding){ at, rest, EF_PERSONAL_NOTHING };
    return true;
}

/* --- digits in groups -------------------------------------------------------------- */

typedef struct digits {
    uint8_t value[20];
    size_t count, end;
    size_t groups, sizes[20];
} digits;

/* Reads up to 20 digits, with a blank, - or . between some; stops before what does not fit.
 */
static void read_digits(ef_slice text, size_t at, size_t most, digits *found)
{
    *found = (digits){ .end = at };
    while (found->count < most) {
        size_t size = ef_count_digits(text, at);
        if (size == 0 || found->count + size > most)
            return;
        for (size_t i = 0; i < size; i++)
            found->value[found->count++] = (uint8_t)(text.data[at + i] - '0');
        found->sizes[found->groups++] = size;
        found->end = at += size;
        uint8_t mark = ef_byte_at(text, at);
        at += mark == ' ' || mark == '-' || mark == '.' ? 1 : 0;
    }
}

static void drop_group(digits *found)
{
    size_t size = found->sizes[--found->groups];
    found->count -= size;
    found->end -= size + 1;
}

static bool stands_alone(ef_slice text, size_t end)
{
    return ef_letter_size(text, end) == 0;
}

/* --- payment cards ----------------------------------------------------------------- */

/* The networks' first digits, for their lengths. */
static bool is_issued(const digits *found)
{
    const uint8_t *d = found->value;
    unsigned two = d[0] * 10u + d[1], four = two * 100 + d[2] * 10u + d[3];
    switch (found->count) {
    case 14:
        return two == 30 || two == 36 || two == 38;
    case 15:
        return two == 34 || two == 37;
    case 16:
        return d[0] == 4 || (two >= 50 && two <= 58) || two == 60 || two == 62 ||
               two == 64 || two == 65 || two == 67 || two == 35 ||
               (four >= 2221 && four <= 2720);
    case 17:
    case 18:
    case 19:
        return d[0] == 4 || d[0] == 6 || two == 50;
    default:
        return false;
    }
}

/* Whole, or in the groups that are printed: 4-4-4-4(-3), 4-6-5, 4-6-4. */
static bool is_card_grouped(const digits *found)
{
    if (found->groups == 1)
        return true;
    if (found->groups == 3)
        return found->sizes[0] == 4 && found->sizes[1] == 6;
    bool is_fours = found->groups >= 4 && found->groups <= 5;
    for (size_t i = 0; i < 4 && is_fours; i++)
        is_fours = found->sizes[i] == 4;
    return is_fours;
}

bool ef_find_card(ef_slice text, size_t at, ef_finding *finding)
{
    digits found;
    if (!ef_digit_at(text, at) || ef_is_behind_letter(text, at))
        return false;
    read_digits(text, at, 19, &found);
    while (found.count >= 14) {
        if (is_issued(&found) && is_card_grouped(&found) &&
            ef_passes_luhn(found.value, found.count) && stands_alone(text, found.end)) {
            *finding = (ef_finding){ at, found.end, EF_PERSONAL_CARD };
            return true;
        }
        drop_group(&found);
    }
    return false;
}

/* --- bank accounts ----------------------------------------------------------------- */

/* Countries of the IBAN registry whose customers write to us most, with its length. */
static size_t iban_size(const uint8_t country[2])
{
    static const char sizes[] = "AD24AE23AT20BE16BG22CH21CY28CZ24DE22DK18EE20ES24FI18FR27"
                                "GB22GI23GR27HR21HU28IE22IL23IS26IT27LI21LT20LU20LV21MC27"
                                "MT31NL18NO15PL28PT25RO24RS22SA24SE24SI19SK24SM27TR26UA29";
    for (const char *at = sizes; *at != '\0'; at += 4) {
        if (at[0] == country[0] && at[1] == country[1])
            return (size_t)(at[2] - '0') * 10 + (size_t)(at[3] - '0');
    }
    return 0;
}

static uint8_t upper_at(ef_slice text, size_t at)
{
    return ef_alpha_at(text, at) ? text.data[at] & 0xdf : ef_byte_at(text, at);
}

bool ef_find_iban(ef_slice text, size_t at, ef_finding *finding)
{
    uint8_t iban[34] = { upper_at(text, at), upper_at(text, at + 1) };
    if (!ef_alpha_at(text, at) || !ef_alpha_at(text, at + 1) ||
        !ef_digit_at(text, at + 2) || !ef_digit_at(text, at + 3) ||
        ef_is_behind_letter(text, at))
        return false;
    size_t size = iban_size(iban), read = 0, end = at;
    while (read < size) {
        if (read > 0 && (ef_byte_at(text, end) == ' ' || ef_byte_at(text, end) == '-'))
            end++;
        if (!ef_alnum_at(text, end))
            return false;
        iban[read++] = upper_at(text, end++);
    }
    if (size == 0 || !stands_alone(text, end) || !ef_passes_mod97(iban, size, 4))
        return false;
    *finding = (ef_finding){ at, end, EF_PERSONAL_IBAN };
    return true;
}
