/* SPDX-License-Identifier: MIT
 * text/redact_cues.c - numbers of orders, bookings, accounts and passports: any mix of
 * letters and digits, told only by the words before it.
 *
 * "order number: AB-1234" is one for sure, "order 48213" by its length; "order 2 shirts"
 * is none. */
#include "text/redact_scan.h"

#define ORDERS                                                                             \
    " order orders invoice booking reservation ticket case ref reference tracking "        \
    "confirmation transaction receipt shipment parcel consignment rma incident request "   \
    "claim complaint pnr return purchase quote delivery "
#define PERSONS                                                                            \
    " account acct customer client member membership loyalty policy contract patient nhs " \
    "employee student user passport ssn social insurance licence license tax aadhaar dni " \
    "nif bsn cpf sort routing "
#define NUMBERS " number numbers no nr num id code codes ref reference security insurance "
#define LINKS   " is was as the my are it s "
#define FOLLOWED                                                                           \
    " ssn pnr rma dni nif bsn cpf aadhaar " /* by a number, or they mean nothing */
#define THINGS                                                                             \
    " units pieces pcs items people copies dollars euros pounds bucks miles km years "     \
    "times "                                                                               \
    "days hours minutes percent words points stars gb mb mah "

enum { MOST_FILLERS = 8 };

typedef struct cue {
    ef_personal_index kind;
    size_t end;     /* where the value begins */
    bool is_strong; /* it was said that a number follows */
} cue;

/* One word or mark between the cue and the number; the place itself if it is neither. */
static size_t filler_end(ef_slice text, size_t at, cue *found)
{
    uint8_t byte = ef_byte_at(text, at);
    if (byte == '#' || byte == ':' || byte == '=') {
        found->is_strong = true;
        return at + 1;
    }
    size_t begin = ef_behind_apostrophe(text, at);
    if (begin > at)
        return begin;
    if (byte == '(' || byte == '"' || byte == '?' || (byte == '.' && found->is_strong))
        return at + 1;
    size_t end = ef_word_end(text, at);
    if (ef_word_in(text, at, end, NUMBERS)) {
        found->is_strong = true;
        return end;
    }
    bool is_link = found->is_strong && ef_word_in(text, at, end, LINKS);
    if (is_link || ef_word_in(text, at, end, ORDERS) || ef_word_in(text, at, end, PERSONS))
        return end;
    return at;
}

/* What looks like a number of this kind: letters, digits, and - / _ between them, or a dot
 * before a digit. Numbers of persons may have blanks before further digits. */
static size_t value_end(ef_slice text, size_t at, bool has_blanks)
{
    size_t end = at, digits = 0;
    while (ef_alnum_at(text, at)) {
        for (; ef_alnum_at(text, at); at++)
            digits += ef_digit_at(text, at);
        end = at;
        uint8_t mark = ef_byte_at(text, at);
        bool joins = mark != 0 && strchr("-/_", mark) != NULL;
        bool goes_on =
            mark == ' ' && has_blanks && digits > 0 && ef_count_digits(text, at + 1) >= 2;
        bool is_dotted = mark == '.' && digits == 0 && ef_digit_at(text, at + 1);
        at += joins || goes_on || is_dotted;
    }
    return end;
}

static bool counts_things(ef_slice text, size_t end)
{
    size_t next = ef_behind_blanks(text, end);
    uint8_t byte = ef_byte_at(text, end);
    bool is_decimal =
        (byte == '.' || byte == ',' || byte == ':') && ef_digit_at(text, end + 1);
    return is_decimal || byte == '%' ||
           ef_word_in(text, next, ef_word_end(text, next), THINGS);
}

static bool is_value(ef_slice text, size_t at, size_t end, bool is_strong)
{
    ef_finding date;
    size_t digits = 0, letters = 0;
    for (size_t i = at; i < end; i++) {
        digits += ef_digit_at(text, i);
        letters += ef_alpha_at(text, i);
    }
    if (end == at || ef_letter_size(text, end) > 0 || counts_things(text, end) ||
        (ef_find_date(text, at, &date) && date.end == end))
        return false;
    bool is_mixed = letters > 0 && digits >= 2 && digits + letters >= 5;
    return is_mixed || digits >= (is_strong ? 3u : 5u);
}

static bool find_cue(ef_slice text, size_t at, cue *found)
{
    size_t end = ef_word_end(text, at);
    if (!ef_word_in(text, at, end, ORDERS PERSONS)) /* most words are neither */
        return false;
    bool is_order = ef_word_in(text, at, end, ORDERS);
    *found = (cue){ .kind = is_order ? EF_PERSONAL_ORDER : EF_PERSONAL_ID,
                    .is_strong = ef_word_in(text, at, end, FOLLOWED) };
    for (int i = 0; i < MOST_FILLERS; i++) {
        at = ef_behind_blanks(text, end);
        end = filler_end(text, at, found);
        if (end == at)
            break;
    }
    found->end = at;
    return true;
}

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

/* An order by its form alone: that of a shop, or # and five digits or more. */
static bool find_order(ef_slice text, size_t at, ef_finding *finding)
{
    bool is_marked = ef_byte_at(text, at) == '#';
    size_t end = shop_order_end(text, at), count = ef_count_digits(text, at + 1);
    if (is_marked && count >= 5 && ef_letter_size(text, at + 1 + count) == 0)
        end = ++at + count;
    *finding = (ef_finding){ at, end, EF_PERSONAL_ORDER };
    return end > at;
}

bool ef_find_reference(ef_slice text, size_t at, ef_finding *finding)
{
    cue found;
    if (ef_is_behind_letter(text, at))
        return false;
    if (!ef_alpha_at(text, at))
        return find_order(text, at, finding);
    if (!find_cue(text, at, &found))
        return false;
    size_t begin = found.end;
    size_t end = value_end(text, begin, found.kind == EF_PERSONAL_ID);
    if (!is_value(text, begin, end, found.is_strong))
        return false;
    *finding = (ef_finding){ begin, end, found.kind };
    return true;
}
