/* SPDX-License-Identifier: MIT
 * text/redact_web.c - finders of e-mail addresses, web addresses that tell something about
 * somebody, @names and IP addresses. */
#include "text/redact_scan.h"

/* --- e-mail ------------------------------------------------------------------------ */

static bool is_local_mark(uint8_t byte)
{
    return byte == '.' || byte == '_' || byte == '%' || byte == '+' || byte == '-';
}

static size_t local_size(ef_slice text, size_t at)
{
    return is_local_mark(ef_byte_at(text, at)) ? 1 : ef_letter_size(text, at);
}

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

#define ENDINGS " com net org edu gov io co uk de fr it es nl eu me info "

/* Behind blanks, `word` between ( ) or [ ] or alone, and blanks; 0 if it is not there. */
static size_t behind_spelled(ef_slice text, size_t at, const char *word)
{
    at = ef_behind_blanks(text, at);
    uint8_t open = ef_byte_at(text, at);
    bool is_framed = open == '(' || open == '[';
    size_t begin = is_framed ? at + 1 : at, end = ef_word_end(text, begin);
    if (!ef_word_in(text, begin, end, word))
        return 0;
    if (is_framed && ef_byte_at(text, end++) != (open == '(' ? ')' : ']'))
        return 0;
    size_t behind = ef_behind_blanks(text, end);
    return is_framed || behind > end ? behind : 0;
}

/* Behind the rest of "anna at example dot com", whose first word ends at the place. */
static size_t spelled_end(ef_slice text, size_t at)
{
    size_t host = behind_spelled(text, at, " at ");
    if (host == 0)
        return 0;
    size_t end = ef_word_end(text, host), dot = behind_spelled(text, end, " dot ");
    if (end == host || dot == 0)
        return 0;
    end = ef_word_end(text, dot);
    return ef_word_in(text, dot, end, ENDINGS) ? end : 0;
}

/* A run of what may stand before the @ is looked at once, from its first byte on. */
bool ef_find_email(ef_slice text, size_t at, ef_finding *finding)
{
    size_t size = local_size(text, at);
    if (size == 0 || ef_is_behind_letter(text, at) ||
        is_local_mark(ef_byte_ahead_of(text, at)))
        return false;
    while (is_local_mark(ef_byte_at(text, at)))
        at++;
    size_t end = at;
    while ((size = local_size(text, end)) > 0)
        end += size;
    if (end == at)
        return false;
    size_t behind =
        ef_byte_at(text, end) == '@' ? domain_end(text, end + 1) : spelled_end(text, end);
    *finding = (ef_finding){ at, behind, EF_PERSONAL_EMAIL };
    return behind > 0;
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

/* Whether the address from begin to end carries a key, a parameter that says who, or an
 * address of e-mail. One walk; names of parameters are at most 32 bytes. */
static bool tells_something(ef_slice text, size_t begin, size_t end)
{
    enum { LONGEST_NAME = 32 };
    bool has_parameters = false;
    for (size_t at = begin; at < end;) {
        size_t word = at;
        while (at < end && (is_key_byte(text, at) || text.data[at] == '_'))
            at++;
        if (is_long_key(text, word, at))
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

/* --- @names ------------------------------------------------------------------------ */

static size_t handle_end(ef_slice text, size_t at)
{
    while (ef_alnum_at(text, at) || ef_byte_at(text, at) == '_' ||
           (ef_byte_at(text, at) == '.' && ef_alnum_at(text, at + 1)))
        at++;
    return at;
}

/* @name, @name@server.example, and u/name behind a blank. A digit in front needs a longer
 * name: "@5pm" is a time, "@10" a price. */
bool ef_find_handle(ef_slice text, size_t at, ef_finding *finding)
{
    bool is_user = (ef_byte_at(text, at) | 0x20) == 'u' && ef_byte_at(text, at + 1) == '/';
    if ((ef_byte_at(text, at) != '@' && !is_user) || ef_is_behind_letter(text, at))
        return false;
    size_t name = at + (is_user ? 2 : 1), end = handle_end(text, name);
    size_t least = is_user ? 4 : ef_digit_at(text, name) ? 6 : 2;
    if (end - name < least || ef_count_digits(text, name) == end - name)
        return false;
    if (!is_user && ef_byte_at(text, end) == '@' && domain_end(text, end + 1) > 0)
        end = domain_end(text, end + 1);
    *finding = (ef_finding){ at, end, EF_PERSONAL_HANDLE };
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

static size_t ip4_end(ef_slice text, size_t at)
{
    size_t end = at;
    for (int i = 0; i < 4; i++) {
        if (i > 0 && ef_byte_at(text, end++) != '.')
            return 0;
        end = octet_end(text, end);
        if (end == 0)
            return 0;
    }
    bool goes_on = ef_alnum_at(text, end) || (strchr(".-", ef_byte_at(text, end)) != NULL &&
                                              ef_digit_at(text, end + 1));
    return goes_on || ef_word_before(text, at, 24, VERSIONS) ? 0 : end;
}

static size_t count_hex(ef_slice text, size_t at)
{
    size_t count = 0;
    while (ef_digit_at(text, at + count) || ((ef_byte_at(text, at + count) | 0x20) >= 'a' &&
                                             (ef_byte_at(text, at + count) | 0x20) <= 'f'))
        count++;
    return count;
}

/* Eight groups of hexadecimal digits, or fewer around "::", three digits in one of them. */
static size_t ip6_end(ef_slice text, size_t at)
{
    size_t groups = 0, gaps = 0, longest = 0, end = at;
    while (groups < 8) {
        size_t count = count_hex(text, at);
        if (count == 0 || count > 4)
            break;
        longest = count > longest ? count : longest;
        groups++;
        end = at += count;
        if (ef_byte_at(text, at) != ':')
            break;
        gaps += ef_byte_at(text, at + 1) == ':';
        at += ef_byte_at(text, at + 1) == ':' ? 2 : 1;
    }
    if (ef_is_behind_letter(text, end) && ef_letter_size(text, end) > 0)
        return 0;
    return groups == 8 || (gaps == 1 && groups >= 2 && longest >= 3) ? end : 0;
}

bool ef_find_ip(ef_slice text, size_t at, ef_finding *finding)
{
    uint8_t before = ef_byte_ahead_of(text, at);
    if (!ef_alnum_at(text, at) || ef_is_behind_letter(text, at) || before == '.' ||
        before == '-' || before == ':')
        return false;
    size_t end = ef_digit_at(text, at) ? ip4_end(text, at) : 0;
    end = end > 0 ? end : ip6_end(text, at);
    *finding = (ef_finding){ at, end, EF_PERSONAL_IP };
    return end > 0;
}
