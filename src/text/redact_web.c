/* SPDX-License-Identifier: MIT
 * text/redact_web.c - finders of web addresses that tell something about somebody, and of
 * machines' addresses. */
#include "text/redact_scan.h"

/* Behind a domain with a dot in it, whose last label is of letters; 0 if there is none. */
static size_t domain_end(ef_slice text, size_t at)
{
    size_t end = 0;
    for (;;) {
        size_t label = at, letters = 0;
        while (ef_alnum_at(text, at) || (at > label && ef_byte_at(text, at) == '-')) {
            letters += ef_alpha_at(text, at);
            at++;
        }
        bool is_last = at - label >= 2 && letters == at - label;
        if (at == label)
            return end;
        if (is_last && ef_byte_ahead_of(text, label) == '.')
            end = at;
        if (ef_byte_at(text, at) != '.')
            return end;
        at++;
    }
}

/* --- web addresses ----------------------------------------------------------------- */

static bool ends_address(uint8_t byte)
{
    return byte <= ' ' || byte == '<' || byte == '>' || byte == '"' || byte == '|' ||
           byte == 0x7f;
}

/* Whether an address begins with the word at the place: a scheme, www, or at the start of
 * a run without blanks a host and a slash. */
static bool begins_address(ef_slice text, size_t at)
{
    size_t end = ef_word_end(text, at);
    if (ef_byte_at(text, end) == ':' && ef_byte_at(text, end + 1) == '/')
        return ef_byte_at(text, end + 2) == '/';
    if (ef_word_in(text, at, end, " www "))
        return ef_byte_at(text, end) == '.';
    uint8_t before = ef_byte_ahead_of(text, at);
    if (!ends_address(before) && before != '(')
        return false;
    end = domain_end(text, at);
    return end > 0 && ef_byte_at(text, end) == '/';
}

static size_t address_end(ef_slice text, size_t at)
{
    size_t begin = at;
    while (at < text.size && !ends_address(text.data[at]))
        at++;
    while (at > begin + 1 && memchr(".,;:!?)]}'*", text.data[at - 1], 11) != NULL)
        at--;
    return at;
}

/* Parameters that open something, or name somebody: a part of the name is enough. */
static bool names_secret(ef_slice text, size_t begin, size_t end)
{
    static const char *const parts[] = { "token", "key",    "auth", "sess",    "sig",
                                         "pass",  "pwd",    "code", "jwt",     "mail",
                                         "phone", "user",   "uid",  "account", "order",
                                         "hash",  "ticket", "otp",  "secret",  "invite",
                                         "name",  "sid" };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        size_t size = strlen(parts[i]);
        for (size_t at = begin; at + size <= end; at++) {
            size_t same = 0;
            while (same < size && (text.data[at + same] | 0x20) == (uint8_t)parts[i][same])
                same++;
            if (same == size)
                return true;
        }
    }
    return false;
}

/* Key of a session or a person: letters and digits mixed, 16 or more, or a UUID. */
static bool is_long_key(ef_slice text, size_t begin, size_t end)
{
    size_t digits = 0, letters = 0, dashes = 0, hex = 0;
    for (size_t at = begin; at < end; at++) {
        uint8_t small = text.data[at] | 0x20;
        digits += ef_digit_at(text, at);
        letters += ef_alpha_at(text, at);
        dashes += text.data[at] == '-';
        hex += ef_digit_at(text, at) || (small >= 'a' && small <= 'f');
    }
    bool is_uuid = dashes == 4 && hex == 32;
    return is_uuid ||
           (dashes == 0 && digits >= 3 && letters >= 3 && digits + letters >= 16);
}

static bool is_key_byte(ef_slice text, size_t at)
{
    return ef_alnum_at(text, at) || ef_byte_at(text, at) == '-';
}

#define PEOPLE                                                                             \
    " u user users profile profiles people person member members account accounts "        \
    "customer "                                                                            \
    "customers author usuario usuarios perfil profil profilo nutzer mitglied "
#define CASES                                                                              \
    " order orders track tracking invoice invoices ticket tickets booking bookings reset " \
    "verify confirm invite unsubscribe parcel shipment case cases reservation receipt j "
#define NETWORKS                                                                           \
    " linkedin instagram facebook fb twitter tiktok github paypal venmo snapchat "         \
    "telegram "                                                                            \
    "paypalme vk "

/* Whether the part of the path that begins behind the word from begin to end names
 * somebody, or somebody's order. */
static bool leads_to_somebody(ef_slice text, size_t begin, size_t end)
{
    size_t next = end + 1, digits = 0;
    if (ef_byte_at(text, end) != '/' || !ef_alnum_at(text, next))
        return false;
    for (size_t at = next; at < next + 24 && ef_alnum_at(text, at); at++)
        digits += ef_digit_at(text, at);
    return ef_word_in(text, begin, end, PEOPLE) ||
           (digits >= 3 && ef_word_in(text, begin, end, CASES));
}

/* Whether the address is one of a network where the path is somebody. */
static bool is_network(ef_slice text, size_t begin, size_t end)
{
    size_t at = begin;
    for (int i = 0; i < 6 && at < end; i++) {
        size_t word = ef_word_end(text, at), host = word + 1,
               rest = ef_word_end(text, host);
        bool is_short =
            ef_word_in(text, at, word, " t wa ") && ef_word_in(text, host, rest, " me ");
        if (ef_byte_at(text, word) == '.' &&
            (is_short || ef_word_in(text, at, word, NETWORKS)))
            return ef_byte_at(text, rest) == '/' && ef_alnum_at(text, rest + 1);
        at = word + 1;
    }
    return false;
}

/* Whether the address from begin to end carries a key, a parameter that says who, or an
 * address of e-mail. One walk; names of parameters are at most 32 bytes. */
static bool tells_something(ef_slice text, size_t begin, size_t end)
{
    enum { LONGEST_NAME = 32 };
    bool has_parameters = false;
    if (is_network(text, begin, end))
        return true;
    for (size_t at = begin; at < end;) {
        size_t word = at;
        while (at < end && (is_key_byte(text, at) || text.data[at] == '_'))
            at++;
        if (is_long_key(text, word, at) || leads_to_somebody(text, word, at))
            return true;
        if (at == end)
            break;
        uint8_t mark = text.data[at++];
        has_parameters |= mark == '?' || mark == '#' || mark == ';';
        bool is_set = mark == '=' && at < end && is_key_byte(text, at);
        if ((mark == '@' && ef_alpha_at(text, at)) ||
            (has_parameters && is_set && at - word <= LONGEST_NAME &&
             names_secret(text, word, at - 1)))
            return true;
    }
    return false;
}

bool ef_find_url(ef_slice text, size_t at, ef_finding *finding)
{
    if (!ef_alnum_at(text, at) || ef_is_behind_letter(text, at) ||
        !begins_address(text, at))
        return false;
    size_t end = address_end(text, at);
    *finding = (ef_finding){ at, end,
                             tells_something(text, at, end) ? EF_PERSONAL_URL
                                                            : EF_PERSONAL_NOTHING };
    return true;
}

/* --- IP addresses ------------------------------------------------------------------ */

/* Behind a number of at most three digits up to 255; 0 if there is none. */
static size_t octet_end(ef_slice text, size_t at)
{
    size_t count = ef_count_digits(text, at);
    unsigned value = 0;
    if (count == 0 || count > 3 || (count > 1 && text.data[at] == '0'))
        return 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (unsigned)(text.data[at + i] - '0');
    return value <= 255 ? at + count : 0;
}

#define VERSIONS                                                                           \
    " version versions ver v firmware release build update updated upgrade upgraded "      \
    "patch "                                                                               \
    "ios android driver drivers software app section chapter rev revision windows "

/* Of no machine in particular: any, this one, a mask. */
static bool is_nobody(ef_slice text, size_t at)
{
    size_t size = ef_count_digits(text, at);
    return (size == 1 && text.data[at] == '0') ||
           (size == 3 && (memcmp(text.data + at, "127", 3) == 0 ||
                          memcmp(text.data + at, "255", 3) == 0));
}

/* Behind /24 or /64; the place itself if none stands there. */
static size_t prefix_end(ef_slice text, size_t at, unsigned most)
{
    size_t count = ef_byte_at(text, at) == '/' ? ef_count_digits(text, at + 1) : 0;
    unsigned value = 0;
    for (size_t i = 0; i < count && i < 3; i++)
        value = value * 10 + (unsigned)(text.data[at + 1 + i] - '0');
    bool is_prefix = count > 0 && count <= 3 && value <= most;
    return is_prefix && ef_letter_size(text, at + 1 + count) == 0 ? at + 1 + count : at;
}

static size_t quad_end(ef_slice text, size_t at)
{
    size_t end = at;
    for (int i = 0; i < 4; i++) {
        if (i > 0 && ef_byte_at(text, end++) != '.')
            return 0;
        end = octet_end(text, end);
        if (end == 0)
            return 0;
    }
    uint8_t next = ef_byte_at(text, end);
    bool goes_on = ef_alnum_at(text, end) ||
                   ((next == '.' || next == '-') && ef_digit_at(text, end + 1));
    return goes_on ? 0 : end;
}

static size_t ip4_end(ef_slice text, size_t at)
{
    size_t end = quad_end(text, at);
    if (end == 0 || is_nobody(text, at) || ef_word_before(text, at, 24, VERSIONS))
        return 0;
    return prefix_end(text, end, 32);
}

static size_t count_hex(ef_slice text, size_t at)
{
    size_t count = 0;
    while (count < 5 && ef_alnum_at(text, at + count) &&
           (ef_digit_at(text, at + count) || (ef_byte_at(text, at + count) | 0x20) <= 'f'))
        count++;
    return count;
}

/* Behind %eth0; the place itself if no zone stands there. */
static size_t zone_end(ef_slice text, size_t at)
{
    size_t end = at + 1;
    while (ef_alnum_at(text, end) || ef_byte_at(text, end) == '_')
        end++;
    return ef_byte_at(text, at) == '%' && end > at + 1 ? end : at;
}

/* Eight groups of hexadecimal digits, or fewer around "::", three digits in one of them;
 * the last two may be written as those of the older kind. */
static size_t ip6_end(ef_slice text, size_t at)
{
    size_t groups = 0, gaps = 0, longest = 0, end = at;
    bool has_quad = false;
    if (ef_byte_at(text, at) == ':' && ef_byte_at(text, at + 1) == ':') {
        gaps++;
        end = at += 2;
    }
    while (groups < 8 && !has_quad) {
        size_t count = count_hex(text, at), quad = groups > 0 ? quad_end(text, at) : 0;
        has_quad = quad > 0 && gaps == 1;
        if (!has_quad && (count == 0 || count > 4))
            break;
        longest = count > longest ? count : longest;
        groups++;
        end = at = has_quad ? quad : at + count;
        if (has_quad || ef_byte_at(text, at) != ':')
            break;
        bool is_gap = ef_byte_at(text, at + 1) == ':';
        gaps += is_gap;
        at += is_gap ? 2 : 1;
        end = is_gap ? at : end;
    }
    if (ef_is_behind_letter(text, end) && ef_letter_size(text, end) > 0)
        return 0;
    bool is_short = gaps == 1 && groups >= 2 && longest >= 3;
    if (groups != 8 && !is_short && !(has_quad && gaps == 1))
        return 0;
    return prefix_end(text, zone_end(text, end), 128);
}

bool ef_find_ip(ef_slice text, size_t at, ef_finding *finding)
{
    uint8_t before = ef_byte_ahead_of(text, at);
    bool is_gap = ef_byte_at(text, at) == ':' && ef_byte_at(text, at + 1) == ':';
    if ((!ef_alnum_at(text, at) && !is_gap) || ef_is_behind_letter(text, at) ||
        before == '.' || before == '-' || before == ':')
        return false;
    size_t end = ef_digit_at(text, at) ? ip4_end(text, at) : 0;
    end = end > 0 ? end : ip6_end(text, at);
    *finding = (ef_finding){ at, end, EF_PERSONAL_IP };
    return end > 0;
}
