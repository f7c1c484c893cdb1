/* SPDX-License-Identifier: MIT
 * text/redact_phone.c - the finder of telephone numbers.
 *
 * A number that begins with + or with the 0 of a trunk, or is grouped as in North America,
 * is one as it stands. Other digits need a word before them, such as "call". Prices,
 * dates, ranges and products' numbers have other groups, or none of the words. */
#include "text/redact_scan.h"

enum { MOST_GROUPS = 8, MOST_DIGITS = 16 };

typedef struct groups {
    size_t count, digits;
    size_t size[MOST_GROUPS], begin[MOST_GROUPS], end[MOST_GROUPS];
    bool has_frame; /* the first, or the one behind a country, stands in ( ) */
} groups;

/* Behind what may stand between two groups; 0 if something else stands there. */
static size_t behind_mark(ef_slice text, size_t at)
{
    size_t begin = at;
    if (ef_byte_at(text, at) == ')')
        at++;
    bool is_wide = ef_byte_at(text, at) == ' ';
    at += is_wide;
    if (ef_byte_at(text, at) != 0 && strchr("-./", ef_byte_at(text, at)) != NULL) {
        at++;
        at += is_wide && ef_byte_at(text, at) == ' ';
    }
    if (ef_byte_at(text, at) == '(')
        at++;
    return at > begin && ef_digit_at(text, at) ? at : 0;
}

static void read_groups(ef_slice text, size_t at, groups *found)
{
    *found = (groups){ .has_frame = ef_byte_at(text, at) == '(' };
    at += found->has_frame;
    while (found->count < MOST_GROUPS) {
        size_t size = ef_count_digits(text, at);
        if (size == 0 || found->digits + size > MOST_DIGITS)
            return;
        found->begin[found->count] = at;
        found->size[found->count] = size;
        found->end[found->count++] = at + size;
        found->digits += size;
        at = behind_mark(text, at + size);
        if (at == 0)
            return;
        found->has_frame |= found->count == 1 && text.data[at - 1] == '(';
    }
}

static void drop_last(groups *found)
{
    found->digits -= found->size[--found->count];
}

static uint8_t digit(ef_slice text, const groups *found, size_t group)
{
    return text.data[found->begin[group]];
}

/* North America: 555-123-4567, 1-555-123-4567, (555) 123-4567. */
static bool is_american(ef_slice text, const groups *found)
{
    size_t first = found->count == 4 || (found->count == 3 && found->size[2] == 7) ? 1 : 0;
    if (first == 1 && (found->size[0] != 1 || digit(text, found, 0) != '1'))
        return false;
    size_t rest = found->count - first;
    bool is_grouped = (rest == 3 && found->size[first] == 3 &&
                       found->size[first + 1] == 3 && found->size[first + 2] == 4) ||
                      (rest == 2 && found->size[first] == 3 &&
                       found->size[first + 1] == 7 && found->has_frame);
    return is_grouped && digit(text, found, first) >= '2' &&
           digit(text, found, first + 1) >= '2';
}

/* The check digit of the old numbers of books, which are ten digits, too. */
static bool is_isbn(ef_slice text, const groups *found)
{
    unsigned sum = 0;
    for (unsigned i = 0; i < 10; i++)
        sum += (10 - i) * (unsigned)(text.data[found->begin[0] + i] - '0');
    return sum % 11 == 0;
}

/* 020 7946 0123, 07700 900123, 0171/2345678, 01 23 45 67 89, 0049 30 123456. Behind other
 * digits and a blank it is the middle of a long number. */
static bool has_trunk(ef_slice text, size_t at, const groups *found)
{
    bool is_abroad = found->size[0] >= 2 && text.data[found->begin[0] + 1] == '0';
    bool is_middle = at > 1 && text.data[at - 1] == ' ' && ef_digit_at(text, at - 2);
    bool is_zero = is_abroad && ef_byte_at(text, found->begin[0] + 2) == '0';
    if (is_middle || is_zero)
        return false;
    size_t most = is_abroad ? 15 : 12;
    if (digit(text, found, 0) != '0' || found->digits < 9 || found->digits > most)
        return false;
    if (found->count > 1)
        return (found->size[0] >= 2 || found->has_frame) &&
               found->size[found->count - 1] >= 2;
    return found->digits == 11 || (found->digits == 10 && !is_isbn(text, found));
}

/* A last group of one digit is another number, but for the 0 that calls a switchboard. */
static bool has_country(ef_slice text, const groups *found)
{
    size_t last = found->count - 1, most = digit(text, found, 0) == '1' ? 11 : 14;
    return found->digits >= 8 && found->digits <= most &&
           (found->size[last] > 1 || digit(text, found, last) == '0');
}

#define CALLS                                                                              \
    " call calls called calling phone telephone tel mobile cell cellphone fax whatsapp "   \
    "text "                                                                                \
    "ring sms dial reach contact number callback landline signal telegram viber "

static bool is_year(ef_slice text, size_t at, size_t size)
{
    return size == 4 && (text.data[at] == '1' || text.data[at] == '2') &&
           (text.data[at + 1] == '9' || text.data[at + 1] == '0');
}

/* Seven digits or more behind a word that says what they are; not two years. */
static bool is_announced(ef_slice text, size_t at, const groups *found)
{
    bool is_range = found->count == 2 && is_year(text, found->begin[0], found->size[0]) &&
                    is_year(text, found->begin[1], found->size[1]);
    if (found->digits < 7 || found->digits > 15 || is_range)
        return false;
    for (size_t i = 1; i < found->count; i++) {
        if (found->size[i] < 2)
            return false;
    }
    return ef_word_before(text, at, 40, CALLS);
}

static bool is_number(ef_slice text, size_t at, const groups *found)
{
    if (ef_byte_at(text, at) == '+')
        return has_country(text, found);
    return is_american(text, found) || has_trunk(text, at, found) ||
           is_announced(text, at, found);
}

/* A price, a part of a longer number, a parameter: what begins there is something else. */
static bool is_inside(ef_slice text, size_t at)
{
    uint8_t before = ef_byte_ahead_of(text, at);
    if (before == '$' || before == '#' || before == '=' || before == '+' || before == '_')
        return true;
    bool is_joined = before != 0 && strchr("-./,*", before) != NULL;
    return (is_joined && at > 1 && ef_alnum_at(text, at - 2)) ||
           (before == ':' && at > 1 && ef_digit_at(text, at - 2));
}

static bool ends_number(ef_slice text, size_t end)
{
    uint8_t next = ef_byte_at(text, end);
    bool goes_on = next != 0 && strchr("-.,/", next) != NULL && ef_digit_at(text, end + 1);
    return ef_letter_size(text, end) == 0 && next != '%' && !goes_on;
}

bool ef_find_phone(ef_slice text, size_t at, ef_finding *finding)
{
    groups found;
    uint8_t first = ef_byte_at(text, at);
    bool begins = first == '+' || first == '('
                      ? ef_digit_at(text, at + 1) || ef_byte_at(text, at + 1) == '('
                      : ef_digit_at(text, at);
    if (!begins || ef_is_behind_letter(text, at) || is_inside(text, at))
        return false;
    read_groups(text, first == '+' ? at + 1 : at, &found);
    if (first == '(' && found.count > 0 && ef_byte_at(text, found.end[0]) != ')')
        return false;
    while (found.count > 0 && found.digits >= 7) {
        size_t end = found.end[found.count - 1];
        if (ends_number(text, end) && is_number(text, at, &found)) {
            *finding = (ef_finding){ at, end, EF_PERSONAL_PHONE };
            return true;
        }
        drop_last(&found);
    }
    return false;
}
