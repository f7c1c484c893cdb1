/* SPDX-License-Identifier: MIT
 * text/redact_phone.c - the finder of telephone numbers.
 *
 * A number that begins with + or with the 0 of a trunk, or is grouped as in North America,
 * is one as it stands. Other digits need a word before them, such as "call". Prices,
 * dates, ranges and products' numbers have other groups, or none of the words. */
#include "text/redact_scan.h"

enum { MOST_GROUPS = 12, MOST_DIGITS = 16 };

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

#define CALLS                                                                                                                                                       \
    " call calls called calling phone phones telephone tel mobile mob cell cellphone fax "                                                                          \
    "whatsapp wapp text texted ring rang sms dial reach contact number callback landline "                                                                          \
    "signal telegram viber hotline helpline phoned tollfree "                                                                                                       \
    "telefon telefonnummer tel handy handynummer mobil mobilnummer mobiltelefon festnetz "                                                                          \
    "rufnummer ruf rufen anrufen anruf angerufen erreichbar erreichen nummer natel "                                                                                \
    "telephone portable appelez appeler rappelez rappeler joindre numero gsm fixe "                                                                                 \
    "telefono celular cel movil llame llamar llamame llamenme fijo tlf tfno tlfn "                                                                                  \
    "telefonino cellulare chiamate chiamare chiamatemi chiamami fisso "                                                                                             \
    "telefone telemovel ligue ligar liguem contato contacto zap "                                                                                                   \
    "telefoon telefoonnummer mobiel bel bellen nummer "                                                                                                             \
    "telefonu telefonem komorka kom dzwonic dzwon zadzwon numer "                                                                                                   \
    "ring nummer mobilen tlf telefonen telefonnumret puhelin puh puhelinnumero soittakaa "                                                                          \
    "telefonum cep cebim numaram numara arayin gsm "                                                                                                                \
    "тел телефон телефона телефону номер звоните позвоните мобильный моб звонить сотовый " \
    "hubungi telepon hp wa nomor hape simu namba dien thoai sdt "
/* Numbers of things; behind the last of both lists the digits are what it says. */
#define OTHERS                                                                             \
    " version part model serial article artikel item sku lot batch imei isbn ean upc "     \
    "asin "                                                                                \
    "build firmware flight bus train page zip postcode plz size bin din iso error code "   \
    "product produkt catalog catalogue barcode vin chapter section seriennummer "          \
    "modellnummer artikelnummer teilenummer serie modele modelo reference gtin mpn oem "   \
    "chassis timestamp invoice order room channel frequency stock "

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
    bool is_spaced = found->size[0] == 1; /* "5 5 5 0 1 4 2" */
    for (size_t i = 1; i < found->count; i++) {
        if ((found->size[i] < 2) != is_spaced && !(i == 1 && is_spaced))
            return false;
    }
    return ef_word_before(text, at, 40, CALLS) ||
           (is_spaced && ef_word_before(text, at, 8, " no nr num "));
}

/* Where nobody wrote a cue: "1300 555 019", and Russia's 8-912-345-67-89. */
static bool is_known_form(ef_slice text, const groups *found)
{
    static const size_t russian[] = { 1, 3, 3, 2, 2 }, service[] = { 4, 3, 3 };
    uint8_t first = digit(text, found, 0);
    if (found->count == 5 && (first == '8' || first == '7'))
        return memcmp(found->size, russian, sizeof russian) == 0;
    return found->count == 3 && memcmp(found->size, service, sizeof service) == 0 &&
           (memcmp(text.data + found->begin[0], "1300", 4) == 0 ||
            memcmp(text.data + found->begin[0], "1800", 4) == 0);
}

/* Whether the nearest word says that the number is of a thing; "number" says nothing. */
static bool is_of_thing(ef_slice text, size_t at)
{
    size_t thing = ef_last_word_before(text, at, 24, OTHERS);
    size_t call = ef_last_word_before(text, at, 24, CALLS);
    size_t number = ef_last_word_before(text, at, 24, " number nummer numero numer номер ");
    return thing > 0 && (thing > call || (call == number && call - thing <= 8));
}

/* Behind "ext. 4412" or "x4412"; the place itself if no extension stands there. */
static size_t extension_end(ef_slice text, size_t at)
{
    size_t begin = ef_behind_blanks(text, at);
    begin = ef_byte_at(text, begin) == ',' ? ef_behind_blanks(text, begin + 1) : begin;
    size_t end = begin;
    while (ef_alpha_at(text, end) && end < begin + 10)
        end++;
    if (!ef_word_in(text, begin, end,
                    " ext x extension durchwahl dw poste int interno anexo "
                    "ramal toestel wew доб "))
        return at;
    end = ef_behind_blanks(text, ef_byte_at(text, end) == '.' ? end + 1 : end);
    size_t count = ef_count_digits(text, end);
    bool is_extension = count > 0 && count <= 6 && ef_letter_size(text, end + count) == 0;
    return is_extension ? end + count : at;
}

static bool is_number(ef_slice text, size_t at, const groups *found)
{
    if (ef_byte_at(text, at) == '+')
        return has_country(text, found);
    bool is_formed = is_american(text, found) || has_trunk(text, at, found) ||
                     is_known_form(text, found);
    return (is_formed || is_announced(text, at, found)) && !is_of_thing(text, at);
}

/* A price, a part of a longer number, a parameter: what begins there is something else. */
static bool is_inside(ef_slice text, size_t at)
{
    uint8_t before = ef_byte_ahead_of(text, at);
    if (before == '$' || before == '#' || before == '=' || before == '+' || before == '_')
        return true;
    if (ef_byte_at(text, at) == '+' && before == '/')
        return false; /* one behind the other */
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
            *finding = (ef_finding){ at, extension_end(text, end), EF_PERSONAL_PHONE };
            return true;
        }
        drop_last(&found);
    }
    return false;
}
