/* SPDX-License-Identifier: MIT
 * text/redact_cues.c - numbers of orders, bookings, accounts and passports: any mix of
 * letters and digits, told only by the words before it (redact_number_cues.c).
 *
 * "order number: AB-1234" is one for sure, "order 48213" by its length; "order 2 shirts"
 * is none. Between cue and number stands a bounded row of words and marks. */
#include "text/redact_cue.h"

/* Folded words for a number; "n°" and "№" are marks. */
#define NUMBERS                                                                                       \
    " number numbers no nos nr num nbr id ids code codes ref reference n numero numeros "             \
    "nro "                                                                                            \
    "nummer numer numeru nummeret numerem numero numarasi numaram numara kod kodu koodi "             \
    "codigo codice codice kode cislo broj numar numarul szam szama nomor so номер номера " \
    "номером код num tunnus tunnuksen "
#define LINKS                                                                              \
    " is was as the my it s its are ist war lautet est es e era jest to ar er on om my "   \
    "mein "                                                                                \
    "meine dir adalah le la el il o je je este это это мой "
#define BETWEEN                                                                            \
    " for of with de di do da der des del della van von za na fra fran card label mit a "  \
    "and trace "                                                                           \
    "карты заказа "
#define THINGS                                                                             \
    " units pieces pcs items people copies dollars euros euro pounds bucks miles km "      \
    "years "                                                                               \
    "times days hours minutes percent words points stars gb mb mah am pm uhr usd eur gbp " \
    "kr "                                                                                  \
    "zl tl rs users customers members tage stunden mal jours heures fois dias horas "      \
    "veces giorni ore volte dagen uur keer dni godzin weeks months wochen monate "
#define NO_CODES                                                                           \
    " please never always twice again failed cancel number today still thanks refund "     \
    "wrong "                                                                               \
    "system online online hotel flight email phone office "

enum { MOST_FILLERS = 8, LEAST_STRONG = 3, LEAST = 5 };

typedef struct cue {
    unsigned flags;  /* of the row */
    size_t begin;    /* of its words */
    size_t end;      /* where the value begins */
    bool is_strong;  /* it was said that a number follows */
    bool is_distant; /* words such as "of" stand between: it must have been said */
} cue;

/* Behind ° or º, №, — or –; the place itself if none stands there. */
static size_t behind_wide_mark(ef_slice text, size_t at)
{
    uint8_t a = ef_byte_at(text, at), b = ef_byte_at(text, at + 1);
    uint8_t c = ef_byte_at(text, at + 2);
    if (a == 0xc2 && (b == 0xb0 || b == 0xba))
        return at + 2;
    bool is_number = a == 0xe2 && b == 0x84 && c == 0x96;
    bool is_dash = a == 0xe2 && b == 0x80 && (c == 0x93 || c == 0x94);
    bool is_colon = a == 0xef && b == 0xbc && c == 0x9a;
    return is_number || is_dash || is_colon ? at + 3 : at;
}

/* One mark between the cue and the number; the place itself if it is none. The # before a
 * number is the number's. */
static size_t mark_end(ef_slice text, size_t at, cue *found)
{
    uint8_t byte = ef_byte_at(text, at);
    size_t wide = behind_wide_mark(text, at);
    if (byte == ':' || byte == '=' || wide > at) {
        found->is_strong = true;
        return wide > at ? wide : at + 1;
    }
    if (byte == '#' && !ef_alnum_at(text, at + 1)) {
        found->is_strong = true;
        return at + 1;
    }
    bool is_dash = byte == '-' && (found->is_strong || ef_byte_at(text, at + 1) == ' ');
    bool is_soft = byte == '(' || byte == '[' || byte == '"' || byte == '?' || is_dash;
    if (is_soft || ((byte == '.' || byte == ',') && found->is_strong))
        return at + 1;
    return ef_behind_apostrophe(text, at);
}

/* The row with the longest phrase at the place, and that phrase's end; NULL if none. */
static const ef_cue *row_at(ef_slice text, size_t at, size_t *end)
{
    ef_cue_table table = ef_number_cues();
    size_t word = ef_word_end(text, at), first;
    size_t count = ef_cues_of(table, text, at, word, &first);
    while (count-- > 0) {
        const ef_cue *row = &table.rows[first + count];
        *end = ef_phrase_end(text, at, row->phrase);
        if (*end > 0)
            return row;
    }
    return NULL;
}

/* Whether the word that ends there is the front of a value: "PO-77120". */
static bool begins_value(ef_slice text, size_t end)
{
    uint8_t mark = ef_byte_at(text, end);
    return (mark == '-' || mark == '/' || mark == '_') && ef_digit_at(text, end + 1);
}

/* One word or mark between the cue and the number; the place itself if it is neither. */
static size_t filler_end(ef_slice text, size_t at, cue *found)
{
    size_t end = mark_end(text, at, found), behind = 0;
    if (end > at)
        return end;
    end = ef_word_end(text, at);
    bool is_owner = ef_word_in(text, at, end, " s ") &&
                    ef_byte_ahead_of(text, at) != ' '; /* "order's number" */
    if (begins_value(text, end))
        return at;
    if (is_owner)
        return end;
    if (ef_word_in(text, at, end, NUMBERS)) {
        found->is_strong = true;
        return end;
    }
    if (found->is_strong && ef_word_in(text, at, end, LINKS))
        return end;
    const ef_cue *row = row_at(text, at, &behind);
    if (row != NULL) {
        found->is_strong |= (row->take & EF_CUE_STRONG) != 0;
        found->flags |= row->take & EF_CUE_BOOKING;
        return behind;
    }
    if (ef_word_in(text, at, end, BETWEEN)) {
        found->is_distant |= !found->is_strong;
        return end;
    }
    return at;
}

/* Whether a word for "number" stands before the cue: "número de pedido". */
static bool is_numbered(ef_slice text, size_t at)
{
    for (int i = 0; i < 2 && at > 0; i++) {
        size_t end = at - 1;
        while (end > 0 && at - end < 4 && !ef_is_behind_letter(text, end))
            end--;
        at = ef_word_begin(text, end);
        if (ef_word_in(text, at, end, NUMBERS))
            return true;
        if (!ef_word_in(text, at, end, BETWEEN LINKS))
            return false;
    }
    return false;
}

static bool find_cue(ef_slice text, size_t at, cue *found)
{
    size_t end = 0;
    const ef_cue *row = row_at(text, at, &end);
    if (row == NULL)
        return false;
    *found = (cue){ .flags = row->take, .begin = at };
    found->is_strong = (row->take & EF_CUE_STRONG) != 0 || is_numbered(text, at);
    for (int i = 0; i < MOST_FILLERS; i++) {
        at = ef_behind_blanks(text, end);
        end = filler_end(text, at, found);
        if (end == at)
            break;
    }
    found->end = at;
    bool is_enough = !found->is_distant && (row->take & EF_CUE_SHORT) == 0;
    return found->is_strong || is_enough || ef_byte_at(text, at) == '#';
}

/* --- values ----------------------------------------------------------------------------
 */

static bool counts_things(ef_slice text, size_t end)
{
    size_t next = ef_behind_blanks(text, end);
    uint8_t byte = ef_byte_at(text, end);
    bool is_decimal =
        (byte == '.' || byte == ',' || byte == ':') && ef_digit_at(text, end + 1);
    return is_decimal || byte == '%' || ef_byte_at(text, next) == '%' ||
           ef_word_in(text, next, ef_word_end(text, next), THINGS);
}

/* What was read of a value. */
typedef struct value {
    size_t end, digits, letters, groups;
    bool is_single; /* only groups of one digit so far: "4 4 1 7" */
} value;

/* One group: letters and digits, and marks between them; a dot only before digits. */
static size_t group_end(ef_slice text, size_t at, const cue *found)
{
    size_t end = at, digits = 0;
    while (ef_alnum_at(text, at)) {
        for (; ef_alnum_at(text, at); at++)
            digits += ef_digit_at(text, at);
        end = at;
        uint8_t mark = ef_byte_at(text, at);
        bool joins = mark != 0 && strchr("-/_", mark) != NULL;
        size_t next = ef_count_digits(text, at + 1);
        bool is_dotted =
            mark == '.' && next > 0 && (digits == 0 || next >= 3 || found->is_strong);
        at += joins || is_dotted;
    }
    return end;
}

/* Whether the group from begin to end goes on with a value that has blanks in it. */
static bool goes_on(ef_slice text, size_t begin, size_t end, const cue *found,
                    const value *read)
{
    ef_finding date;
    size_t digits = 0, count = end - begin;
    for (size_t i = begin; i < end; i++)
        digits += ef_digit_at(text, i);
    bool is_few = count == 1 && digits == 1;
    bool is_last_letter = count == 1 && digits == 0 && read->groups >= 3 &&
                          text.data[begin] >= 'A' && text.data[begin] <= 'Z';
    if (count == 0 || ef_letter_size(text, end) > 0 || counts_things(text, end) ||
        (ef_find_date(text, begin, &date) && date.end == end))
        return false;
    if (is_last_letter || (is_few && read->is_single))
        return found->is_strong;
    bool may_have_blanks =
        found->is_strong || (found->flags & EF_CUE_ORDER) == 0 || read->letters > 0;
    return may_have_blanks && !is_few && digits >= 2 &&
           (digits == count || digits >= 3 || found->is_strong);
}

static value read_value(ef_slice text, const cue *found)
{
    value read = { .end = found->end, .is_single = true };
    size_t at = found->end + (ef_byte_at(text, found->end) == '#');
    for (;;) {
        size_t end = group_end(text, at, found);
        if (read.groups > 0 && !goes_on(text, at, end, found, &read))
            return read;
        for (size_t i = at; i < end; i++) {
            read.digits += ef_digit_at(text, i);
            read.letters += ef_alpha_at(text, i);
        }
        read.is_single = read.is_single && end == at + 1 && ef_digit_at(text, at);
        read.end = end;
        read.groups++;
        /* letters alone in front: "AB 123456" */
        bool is_prefix = read.digits == 0 && end - at <= 3 && end > at &&
                         ef_is_all_capitals(text, at, end) &&
                         ef_count_digits(text, end + 1) >= 2;
        if (ef_byte_at(text, end) != ' ' || (read.digits == 0 && !is_prefix) ||
            read.groups > 12)
            return read;
        at = end + 1;
    }
}

/* "booking QZXPLM": five to seven capitals where capitals are not the custom. */
static bool is_code(ef_slice text, const cue *found, const value *read)
{
    size_t size = read->end - found->end, next = ef_behind_blanks(text, read->end);
    size_t cue_end = ef_word_end(text, found->begin);
    bool is_loud = ef_is_all_capitals(text, next, ef_word_end(text, next)) ||
                   (ef_is_all_capitals(text, found->begin, cue_end) && !found->is_strong);
    return (found->flags & EF_CUE_BOOKING) != 0 && read->groups == 1 && size >= 5 &&
           size <= 7 && read->letters == size && !is_loud &&
           ef_is_all_capitals(text, found->end, read->end) &&
           !ef_word_in(text, found->end, read->end, NO_CODES);
}

/* Whether the value is of another kind, which proves itself. */
static bool is_proven(ef_slice text, size_t at, const cue *found, const value *read)
{
    ef_finding other;
    return (ef_find_id(text, at, &other) && other.end > read->end) ||
           ef_find_card(text, at, &other) || ef_find_iban(text, at, &other) ||
           (!found->is_strong && ef_find_phone(text, at, &other));
}

static bool is_value(ef_slice text, const cue *found, const value *read)
{
    ef_finding date;
    bool is_marked = ef_byte_at(text, found->end) == '#';
    bool is_strong = found->is_strong || is_marked;
    size_t at = found->end + is_marked;
    if (read->end <= at || ef_letter_size(text, read->end) > 0 ||
        is_proven(text, at, found, read))
        return false;
    if (is_code(text, found, read))
        return true;
    if (counts_things(text, read->end) ||
        (ef_find_date(text, at, &date) && date.end == read->end))
        return false;
    bool is_mixed = read->letters > 0 && read->digits >= 2 &&
                    read->digits + read->letters >= (is_strong ? 4u : LEAST);
    return is_mixed || read->digits >= (is_strong ? LEAST_STRONG : LEAST);
}

/* --- orders by their form --------------------------------------------------------------
 */

/* 123-1234567-1234567, as the largest of shops writes it. */
static size_t shop_order_end(ef_slice text, size_t at)
{
    static const size_t sizes[] = { 3, 7, 7 };
    for (size_t i = 0; i < 3; i++) {
        if (i > 0 && ef_byte_at(text, at++) != '-')
            return 0;
        if (ef_count_digits(text, at) != sizes[i])
            return 0;
        at += sizes[i];
    }
    return ef_letter_size(text, at) == 0 ? at : 0;
}

/* INV-5512: what shops put before their numbers, then four digits or more. */
static size_t prefixed_end(ef_slice text, size_t at)
{
    size_t word = ef_word_end(text, at), count = ef_count_digits(text, word + 1);
    bool is_prefixed =
        ef_byte_at(text, word) == '-' && count >= 4 && ef_is_all_capitals(text, at, word) &&
        ef_word_in(text, at, word, " inv ord po so rma tkt cas ref bk tck inc ");
    return is_prefixed && ef_letter_size(text, word + 1 + count) == 0 ? word + 1 + count
                                                                      : 0;
}

/* Whether the token from begin to end stands behind a cue, "and", and one of its shape:
 * "orders 90412 and 90413". */
static bool is_second(ef_slice text, size_t begin, size_t end)
{
    size_t blank = begin > 0 ? begin - 1 : 0, join = ef_word_begin(text, blank), first;
    if (ef_byte_at(text, blank) != ' ' ||
        !ef_word_in(text, join, blank, " and und et y e en i or "))
        return false;
    size_t last = join > 0 ? join - 1 : 0, token = ef_word_begin(text, last);
    if (last - token != end - begin || token == 0)
        return false;
    for (size_t i = 0; i < end - begin; i++) {
        if (ef_digit_at(text, token + i) != ef_digit_at(text, begin + i))
            return false;
    }
    last = token - 1;
    size_t word = ef_word_begin(text, last);
    return ef_cues_of(ef_number_cues(), text, word, last, &first) > 0 ||
           ef_word_in(text, word, last, NUMBERS);
}

/* An order by its form alone: that of a shop, or # and five digits or more. */
static bool find_order(ef_slice text, size_t at, ef_finding *finding)
{
    bool is_marked = ef_byte_at(text, at) == '#';
    size_t end = shop_order_end(text, at), count = ef_count_digits(text, at + 1);
    if (is_marked && count >= 5 && ef_letter_size(text, at + 1 + count) == 0)
        end = at + 1 + count;
    size_t word = ef_word_end(text, at);
    if (end == 0 && word >= at + 5 && ef_digit_at(text, word - 1) &&
        is_second(text, at, word))
        end = word;
    *finding = (ef_finding){ at, end, EF_PERSONAL_ORDER };
    return end > at;
}

bool ef_find_reference(ef_slice text, size_t at, ef_finding *finding)
{
    cue found;
    if (ef_is_behind_letter(text, at))
        return false;
    if (ef_letter_size(text, at) == 0 || ef_digit_at(text, at))
        return find_order(text, at, finding);
    size_t prefixed = prefixed_end(text, at);
    *finding = (ef_finding){ at, prefixed, EF_PERSONAL_ORDER };
    if (prefixed > 0)
        return true;
    if (!find_cue(text, at, &found))
        return find_order(text, at, finding);
    value read = read_value(text, &found);
    if (!is_value(text, &found, &read))
        return false;
    *finding = (ef_finding){ found.end, read.end,
                             (found.flags & EF_CUE_ORDER) != 0 ? EF_PERSONAL_ORDER
                                                               : EF_PERSONAL_ID };
    return true;
}
