/* SPDX-License-Identifier: MIT
 * text/redact_ids.c - the finder of national ids and parcels that need no cue.
 *
 * Each row is a form and what must hold for it: check digits, a day that may be, letters
 * that are given out. What is only a run of digits needs a cue (redact_number_cues.c). */
#include "text/redact_checks.h"
#include "text/redact_scan.h"

/* The letters and digits of a piece, the former as capitals. */
typedef struct characters {
    uint8_t at[24];
    size_t count;
} characters;

static characters read_characters(ef_slice text, size_t at, size_t end)
{
    characters read = { .count = 0 };
    for (; at < end && read.count < sizeof read.at; at++) {
        if (ef_alnum_at(text, at))
            read.at[read.count++] =
                ef_digit_at(text, at) ? text.data[at] : text.data[at] & 0xdf;
    }
    return read;
}

static unsigned number_of(const characters *read, size_t first, size_t count)
{
    unsigned value = 0;
    for (size_t i = first; i < first + count; i++)
        value = value * 10 + (read->at[i] - '0');
    return value;
}

/* The sum of digits times weights, the first one at `first`. */
static unsigned weigh(const characters *read, size_t first, const uint8_t *weights,
                      size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++)
        sum +=
            weights[i] * (read->at[first + i] - (read->at[first + i] <= '9' ? 48u : 55u));
    return sum;
}

static bool is_day(unsigned month, unsigned day)
{
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* United States: no area is 000, 666 or above 899, no group 00, no serial 0000. */
static bool is_ssn(const characters *read)
{
    unsigned area = number_of(read, 0, 3);
    return area != 0 && area != 666 && area < 900 && number_of(read, 3, 2) != 0 &&
           number_of(read, 5, 4) != 0;
}

/* United Kingdom: letters that are not given out. */
static bool is_nino(const characters *read)
{
    return strchr("DFIQUV", read->at[0]) == NULL &&
           strchr("DFIOQUV", read->at[1]) == NULL && strchr("ABCD", read->at[8]) != NULL;
}

/* Spain: the letter is the number mod 23. X, Y, Z in front stand for 0, 1, 2. */
static bool is_dni(const characters *read)
{
    characters digits = *read;
    if (digits.at[0] > '9' && (digits.at[0] < 'X' || digits.at[0] > 'Z'))
        return false;
    if (digits.at[0] > '9')
        digits.at[0] = (uint8_t)(digits.at[0] - 'X' + '0');
    unsigned number = number_of(&digits, 0, digits.count - 1);
    return (uint8_t) "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == read->at[read->count - 1];
}

/* Brazil: two check digits, each the weighted sum of those before it. */
static bool is_cpf(const characters *read)
{
    for (size_t check = 9; check < 11; check++) {
        unsigned sum = 0;
        for (size_t i = 0; i < check; i++)
            sum += (read->at[i] - 48u) * (unsigned)(check + 1 - i);
        if (sum * 10 % 11 % 10 != read->at[check] - 48u)
            return false;
    }
    return true;
}

/* France: the last two digits complete the number to a multiple of 97. */
static bool is_nir(const characters *read)
{
    uint64_t number = 0;
    for (size_t i = 0; i < 13; i++)
        number = number * 10 + (read->at[i] - 48u);
    return 97 - number % 97 == number_of(read, 13, 2);
}

/* Belgium: the same over nine digits, with a 2 in front for who was born since 2000. */
static bool is_belgian(const characters *read)
{
    unsigned number = number_of(read, 0, 9), check = number_of(read, 9, 2);
    return 97 - number % 97 == check || 97 - (2000000000u + number) % 97 == check;
}

/* Argentina, Chile: a sum with weights that rise from the right, mod 11. */
static bool is_cuit(const characters *read)
{
    static const uint8_t weights[] = { 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 };
    unsigned rest = 11 - weigh(read, 0, weights, 10) % 11;
    return (rest == 11 ? 0 : rest) == read->at[10] - 48u;
}

static bool is_rut(const characters *read)
{
    unsigned sum = 0, weight = 2;
    for (size_t i = read->count - 1; i-- > 0; weight = weight == 7 ? 2 : weight + 1)
        sum += (read->at[i] - 48u) * weight;
    unsigned rest = 11 - sum % 11;
    return read->at[read->count - 1] == (rest == 11 ? '0' : rest == 10 ? 'K' : rest + '0');
}

/* China: mod 11 over seventeen digits, behind a day of birth. */
static bool is_chinese(const characters *read)
{
    static const uint8_t weights[] = {
        7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2
    };
    unsigned year = number_of(read, 6, 4);
    return year >= 1900 && year < 2100 &&
           is_day(number_of(read, 10, 2), number_of(read, 12, 2)) &&
           (uint8_t) "10X98765432"[weigh(read, 0, weights, 17) % 11] == read->at[17];
}

static bool is_korean(const characters *read)
{
    return is_day(number_of(read, 2, 2), number_of(read, 4, 2)) && read->at[6] >= '1' &&
           read->at[6] <= '8';
}

/* Sweden: a day, 60 more for who is not registered, and Luhn's check over ten digits. */
static bool is_swedish(const characters *read)
{
    size_t first = read->count - 10;
    uint8_t values[10];
    unsigned day = number_of(read, first + 4, 2);
    for (size_t i = 0; i < 10; i++)
        values[i] = (uint8_t)(read->at[first + i] - '0');
    return is_day(number_of(read, first + 2, 2), day > 60 ? day - 60 : day) &&
           ef_passes_luhn(values, 10);
}

/* Finland: a day, and the number mod 31 as a letter or digit. */
static bool is_finnish(const characters *read)
{
    size_t last = read->count - 1; /* the mark for the century may be a letter */
    unsigned number = number_of(read, 0, 6) * 1000 + number_of(read, last - 3, 3);
    return is_day(number_of(read, 2, 2), number_of(read, 0, 2)) &&
           (uint8_t) "0123456789ABCDEFHJKLMNPRSTUVWXY"[number % 31] == read->at[last];
}

/* Singapore: weights, and tables by the first letter. */
static bool is_nric(const characters *read)
{
    static const uint8_t weights[] = { 2, 7, 6, 5, 4, 3, 2 };
    unsigned sum = weigh(read, 1, weights, 7);
    uint8_t first = read->at[0], last = read->at[8];
    if (first == 'S' || first == 'T')
        return (uint8_t) "JZIHGFEDCBA"[(sum + (first == 'T' ? 4 : 0)) % 11] == last;
    return (first == 'F' || first == 'G') &&
           (uint8_t) "XWUTRQPNMLK"[(sum + (first == 'G' ? 4 : 0)) % 11] == last;
}

/* Mexico: a day within, a sex, and letters in their places. */
static bool is_curp(const characters *read)
{
    return is_day(number_of(read, 6, 2), number_of(read, 8, 2)) &&
           strchr("HMX", read->at[10]) != NULL;
}

/* Switzerland: the check of an EAN, behind the country's 756. */
static bool is_swiss(const characters *read)
{
    static const uint8_t weights[] = { 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1 };
    return number_of(read, 0, 3) == 756 && weigh(read, 0, weights, 13) % 10 == 0;
}

/* Parcels of the world's post: a check over eight digits. */
static bool is_post(const characters *read)
{
    static const uint8_t weights[] = { 8, 6, 4, 2, 3, 5, 9, 7 };
    unsigned rest = 11 - weigh(read, 2, weights, 8) % 11;
    rest = rest == 10 ? 0 : rest == 11 ? 5 : rest;
    return rest == read->at[10] - 48u;
}

static bool is_any(const characters *read)
{
    (void)read;
    return true;
}

/* Every form has one among its first seven characters; most words have none. */
static bool has_digit(ef_slice text, size_t at)
{
    for (size_t i = at; i < at + 7; i++) {
        if (ef_digit_at(text, i))
            return true;
    }
    return false;
}

/* A form: 9 a digit, A a letter, * one of both, ? a blank or - that may be missing, else
 * itself. 0 if the text has another. */
static size_t form_end(ef_slice text, size_t at, const char *form)
{
    for (; *form != '\0'; form++) {
        uint8_t byte = ef_byte_at(text, at);
        bool fits = *form == '9'   ? ef_digit_at(text, at)
                    : *form == 'A' ? ef_alpha_at(text, at)
                    : *form == '*' ? ef_alnum_at(text, at)
                                   : byte == (uint8_t)*form;
        if (*form == '?' && byte != ' ' && byte != '-')
            continue;
        if (*form != '?' && !fits)
            return 0;
        at++;
    }
    bool goes_on = (ef_byte_at(text, at) == '-' || ef_byte_at(text, at) == '.') &&
                   ef_digit_at(text, at + 1);
    return ef_letter_size(text, at) == 0 && !goes_on ? at : 0;
}

bool ef_find_id(ef_slice text, size_t at, ef_finding *finding)
{
    static const struct {
        const char *form;
        bool (*holds)(const characters *read);
        ef_personal_index kind;
    } ids[] = {
        { "999-99-9999", is_ssn, EF_PERSONAL_ID },
        { "999 99 9999", is_ssn, EF_PERSONAL_ID },
        { "AA?99?99?99?A", is_nino, EF_PERSONAL_ID },
        { "99999999?A", is_dni, EF_PERSONAL_ID },
        { "A?9999999?A", is_dni, EF_PERSONAL_ID },
        { "A9999999A", is_nric, EF_PERSONAL_ID },
        { "999.999.999-99", is_cpf, EF_PERSONAL_ID },
        { "99.999.999/9999-99", is_any, EF_PERSONAL_ID }, /* firms of Brazil */
        { "AAAAAA99A99A999A", is_any, EF_PERSONAL_ID },   /* Italy */
        { "AAAAA9999A", is_any, EF_PERSONAL_ID },         /* India */
        { "9?99?99?99?999?999?99", is_nir, EF_PERSONAL_ID },
        { "99.99.99-999.99", is_belgian, EF_PERSONAL_ID },
        { "99-99999999-9", is_cuit, EF_PERSONAL_ID },
        { "99.999.999-*", is_rut, EF_PERSONAL_ID },
        { "9.999.999-*", is_rut, EF_PERSONAL_ID },
        { "99999999999999999*", is_chinese, EF_PERSONAL_ID },
        { "999999-9999999", is_korean, EF_PERSONAL_ID },
        { "999999-9999", is_swedish, EF_PERSONAL_ID },
        { "99999999-9999", is_swedish, EF_PERSONAL_ID },
        { "999999-999*", is_finnish, EF_PERSONAL_ID },
        { "999999A999*", is_finnish, EF_PERSONAL_ID },
        { "999999+999*", is_finnish, EF_PERSONAL_ID },
        { "AAAA999999AAAAAA*9", is_curp, EF_PERSONAL_ID },
        { "756.9999.9999.99", is_swiss, EF_PERSONAL_ID },
        { "1Z?***?***?**?****?****", is_any, EF_PERSONAL_ORDER }, /* UPS */
        { "AA999999999AA", is_post, EF_PERSONAL_ORDER },
    };
    uint8_t before = ef_byte_ahead_of(text, at);
    if (!ef_alnum_at(text, at) || ef_is_behind_letter(text, at) || before == '-' ||
        before == '.' || before == '/' || !has_digit(text, at))
        return false;
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        size_t end = form_end(text, at, ids[i].form);
        characters read = read_characters(text, at, end);
        if (end > 0 && ids[i].holds(&read)) {
            *finding = (ef_finding){ at, end, ids[i].kind };
            return true;
        }
    }
    return false;
}
