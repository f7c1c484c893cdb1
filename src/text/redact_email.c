/* SPDX-License-Identifier: MIT
 * text/redact_email.c - the finder of e-mail addresses, as they are written, as they are
 * spelled out against robots, and as they are told: "my gmail is …". */
#include "text/redact_scan.h"

enum { LONGEST_QUOTE = 64, LONGEST_LITERAL = 48, MOST_PARTS = 8, MOST_LABELS = 32 };

static bool is_local_mark(uint8_t byte)
{
    return byte == '.' || byte == '_' || byte == '%' || byte == '+' || byte == '-';
}

/* An apostrophe within a name belongs to it: o'brien@…. */
static size_t inner_apostrophe(ef_slice text, size_t at)
{
    size_t behind = ef_behind_apostrophe(text, at);
    bool is_inner =
        behind > at && ef_is_behind_letter(text, at) && ef_letter_size(text, behind) > 0;
    return is_inner ? behind - at : 0;
}

static size_t local_size(ef_slice text, size_t at)
{
    if (is_local_mark(ef_byte_at(text, at)))
        return 1;
    size_t size = ef_letter_size(text, at);
    return size > 0 ? size : inner_apostrophe(text, at);
}

/* Behind a label of a domain. One that begins with a letter of the East holds such letters;
 * others end before them. */
static size_t label_end(ef_slice text, size_t at, size_t *letters)
{
    size_t begin = at, size;
    bool is_eastern = ef_is_eastern_at(text, at);
    *letters = 0;
    while ((size = ef_letter_size(text, at)) > 0 ||
           (at > begin && ef_byte_at(text, at) == '-')) {
        if (size > 0 && ef_is_eastern_at(text, at) && !is_eastern)
            break;
        *letters += size > 0 && !ef_digit_at(text, at);
        at += size > 0 ? size : 1;
    }
    return at;
}

/* Behind a domain with a dot in it, whose last label is of letters; 0 if there is none. */
static size_t host_end(ef_slice text, size_t at)
{
    size_t end = 0;
    for (int labels = 0; labels < MOST_LABELS; labels++) {
        size_t letters, next = label_end(text, at, &letters);
        if (next == at)
            return end;
        bool is_coded = next > at + 4 && memcmp(text.data + at, "xn--", 4) == 0;
        bool is_plain = !ef_digit_at(text, at) && !ef_digit_at(text, next - 1);
        if (labels > 0 && letters >= 2 && (is_coded || is_plain))
            end = next;
        if (ef_byte_at(text, next) != '.')
            return end;
        at = next + 1;
    }
    return end;
}

/* Behind [192.0.2.1] or [IPv6:…]; 0 if it does not stand there. */
static size_t literal_end(ef_slice text, size_t at)
{
    size_t begin = at;
    if (ef_byte_at(text, at++) != '[')
        return 0;
    while (ef_alnum_at(text, at) || ef_byte_at(text, at) == '.' ||
           ef_byte_at(text, at) == ':')
        at++;
    bool is_short = at - begin > 4 && at - begin < LONGEST_LITERAL;
    return is_short && ef_byte_at(text, at) == ']' ? at + 1 : 0;
}

#define AT                                                                                 \
    " at arroba chiocciola arobase arobas klammeraffe apenstaartje malpa snabela "         \
    "собака zavinac kukac quyruklu "
#define DOT         " dot punkt punt kropka точка prick tecka nokta tocka "
/* These need an "at" of their language: "at one point in" is none. */
#define FOREIGN_DOT " punto ponto point piste punkt punt kropka точка dot "
#define ENDINGS                                                                            \
    " com net org edu gov io co uk de fr it es nl eu me info biz app dev ch at be pl se "  \
    "no "                                                                                  \
    "dk fi pt br mx ar cl in ca au nz ie ru ua tr cz sk ro hu gr za jp us example "

/* Behind blanks, one of words between ( ) or [ ] or alone, and blanks; 0 if it is not
 * there. *is_framed: it stood between brackets, or was the mark itself. */
static size_t behind_spelled(ef_slice text, size_t at, const char *words, uint8_t mark,
                             bool *is_framed)
{
    size_t begin = ef_behind_blanks(text, at), word = begin;
    uint8_t open = ef_byte_at(text, begin);
    *is_framed = open == '(' || open == '[' || open == '{' || open == '<';
    word += *is_framed;
    bool is_apart = mark == '@' && begin > at && ef_byte_at(text, word + 1) == ' ';
    if (ef_byte_at(text, word) == mark && (*is_framed || is_apart)) {
        word++;
    } else {
        size_t end = ef_word_end(text, word);
        if (!ef_word_in(text, word, end, words))
            return 0;
        word = end;
    }
    uint8_t close = open == '(' ? ')' : open == '[' ? ']' : open == '{' ? '}' : '>';
    if (*is_framed && ef_byte_at(text, word++) != close)
        return 0;
    size_t behind = ef_behind_blanks(text, word);
    return *is_framed || behind > word || mark == '@' ? behind : 0;
}

/* Behind the words of a spelled host: "example dot co dot uk"; 0 if there are none. */
static size_t spelled_host_end(ef_slice text, size_t at, const char *dots)
{
    size_t found = 0;
    bool is_framed = false;
    for (int i = 0; i < MOST_PARTS; i++) {
        size_t end = at, letters;
        end = label_end(text, at, &letters);
        if (end == at)
            return found;
        if (i > 0 && ((is_framed && letters >= 2) || ef_word_in(text, at, end, ENDINGS)))
            found = end;
        at = behind_spelled(text, end, dots, '.', &is_framed);
        if (at == 0 && ef_byte_at(text, end) == '.' && ef_letter_size(text, end + 1) > 0)
            at = end + 1;
        if (at == 0)
            return found;
    }
    return found;
}

/* Behind the rest of "anna dot berg at example dot com", whose first word ends at the
 * place. A plain "at" needs a plain "dot": "bought at example.com". */
static size_t spelled_end(ef_slice text, size_t at)
{
    bool is_framed;
    for (int i = 0; i < MOST_PARTS; i++) {
        size_t host = behind_spelled(text, at, AT, '@', &is_framed);
        if (host > 0) {
            size_t word = ef_behind_blanks(text, at);
            bool is_english = ef_word_in(text, word, ef_word_end(text, word), " at ");
            size_t end = spelled_host_end(text, host, is_english ? DOT : FOREIGN_DOT);
            size_t plain = host_end(text, host);
            bool is_blank = ef_byte_at(text, ef_behind_blanks(text, at)) == '@';
            if (end <= plain && !is_framed && !is_blank)
                return 0;
            return end > plain ? end : plain;
        }
        size_t next = behind_spelled(text, at, DOT " underscore dash minus bindestrich ",
                                     '.', &is_framed);
        at = ef_word_end(text, next);
        if (next == 0 || at == next)
            return 0;
    }
    return 0;
}

/* Whether the run is "kim_at_example_dot_com". */
static bool is_joined(ef_slice text, size_t begin, size_t end)
{
    static const char *const words[] = { "at", "dot" };
    size_t found = 0;
    for (size_t at = begin; at < end && found < 2; at++) {
        uint8_t mark = text.data[at];
        size_t size = strlen(words[found]), close = at + 1 + size;
        bool is_word = (mark == '_' || mark == '-' || mark == '.') && at > begin &&
                       close < end && text.data[close] == mark;
        for (size_t i = 0; i < size && is_word; i++)
            is_word = (text.data[at + 1 + i] | 0x20) == (uint8_t)words[found][i];
        found += is_word;
    }
    return found == 2;
}

/* "quoted name"@host, from the quote on; 0 if it does not stand there. */
static size_t quoted_end(ef_slice text, size_t at)
{
    size_t end = at + 1;
    while (end - at < LONGEST_QUOTE && end < text.size && text.data[end] != '"' &&
           text.data[end] != '\n')
        end++;
    bool is_local = ef_byte_at(text, end) == '"' && ef_byte_at(text, end + 1) == '@';
    return is_local && end > at + 1 ? host_end(text, end + 2) : 0;
}

#define HOSTS " gmail googlemail icloud hotmail outlook yahoo protonmail gmx "
#define LINKS " is address adress adresse id ist est es e my account "

/* "my gmail is dora.lind.88": a name with a mark or a digit in it. */
static bool find_told(ef_slice text, size_t at, ef_finding *finding)
{
    size_t end = ef_word_end(text, at), linked = 0, marks = 0, letters = 0;
    if (!ef_word_in(text, at, end, HOSTS))
        return false;
    for (int i = 0; i < 4; i++) {
        size_t next = ef_behind_blanks(text, end), word = ef_word_end(text, next);
        bool is_mark = ef_byte_at(text, next) == ':' || ef_byte_at(text, next) == '=';
        if (!is_mark && !ef_word_in(text, next, word, LINKS))
            break;
        linked++;
        end = is_mark ? next + 1 : word;
    }
    size_t begin = ef_behind_blanks(text, end), last = begin;
    for (size_t i = begin; local_size(text, i) > 0; i += local_size(text, i)) {
        bool is_mark = is_local_mark(text.data[i]);
        letters += !is_mark && !ef_digit_at(text, i);
        marks += is_mark ? ef_letter_size(text, i + 1) > 0 : ef_digit_at(text, i);
        last = is_mark ? last : i + local_size(text, i);
    }
    *finding = (ef_finding){ begin, last, EF_PERSONAL_EMAIL };
    return linked > 0 && letters >= 2 && marks > 0 && ef_byte_at(text, last) != '@';
}

/* Where the address begins whose run begins at `at` and ends at the @: behind letters of
 * the East, if others follow them. */
static size_t local_begin(ef_slice text, size_t at, size_t end)
{
    size_t begin = at;
    for (size_t i = at, size; i < end; i += size) {
        size = local_size(text, i);
        if (ef_is_eastern_at(text, i) && i + size < end &&
            !ef_is_eastern_at(text, i + size))
            begin = i + size;
    }
    return begin;
}

/* A run of what may stand before the @ is looked at once, from its first byte on. */
bool ef_find_email(ef_slice text, size_t at, ef_finding *finding)
{
    size_t size = local_size(text, at), behind;
    uint8_t before = ef_byte_ahead_of(text, at);
    if (ef_byte_at(text, at) == '"') {
        behind = quoted_end(text, at);
        *finding = (ef_finding){ at, behind, EF_PERSONAL_EMAIL };
        return behind > 0;
    }
    if (size == 0 || ef_is_behind_letter(text, at) || is_local_mark(before) ||
        (before == '\'' && inner_apostrophe(text, at - 1) > 0) ||
        (at >= 3 && before == 0x99 && inner_apostrophe(text, at - 3) > 0))
        return false;
    while (is_local_mark(ef_byte_at(text, at)))
        at++;
    size_t end = at;
    while ((size = local_size(text, end)) > 0)
        end += size;
    if (end == at)
        return false;
    if (ef_byte_at(text, end) == '@') {
        behind = host_end(text, end + 1);
        behind = behind > 0 ? behind : literal_end(text, end + 1);
        behind = behind > 0 ? behind : spelled_host_end(text, end + 1, DOT);
        at = local_begin(text, at, end);
    } else {
        behind = is_joined(text, at, end) ? end : spelled_end(text, end);
    }
    *finding = (ef_finding){ at, behind, EF_PERSONAL_EMAIL };
    return behind > 0 || find_told(text, at, finding);
}
