/* SPDX-License-Identifier: MIT
 * text/web.c - web and e-mail addresses, and @names.
 *
 * A web address has a scheme, begins with www., or is a name under a top-level domain that
 * people do write without either: worst.support.ever is three words. What was looked at in
 * vain is remembered, so that a chain of names is not looked at from each of its parts. */
#include "text/scan.h"

#include "text/word_list.h"

enum {
    SCHEME_SIZE = 8, /* the longest that people paste: "magnet", "https" and their like */
    LOCAL_SIZE = 64, /* RFC 5321 */
    NAME_SIZE = 64,  /* of an @name: no service allows more */
};

/* Always a domain, and domains only with a path behind them because they are words too. */
static const ef_listed_word sure_domains[] = {
    "com", "org", "net", "edu", "gov", "mil", "biz", "info", "io", "tv", "ly", "gg", "eu",
    "uk",  "de",  "fr",  "nl",  "ie",  "ca",  "au",  "nz",   "ru", "jp", "cn", "br", "ch",
    "se",  "dk",  "pl",  "es",  "fi",  "cz",  "gr",  "tr",   "mx", "za", "kr"
};
static const ef_listed_word path_domains[] = {
    "co", "me", "app", "be",   "ai",   "it",   "to",    "is", "at",
    "no", "so", "my",  "page", "link", "shop", "store", "us", "in"
};

static bool is_name_byte(uint8_t byte)
{
    return ef_is_word(byte) || byte == '-';
}

/* The names joined by single dots from i on. */
typedef struct names {
    size_t end;     /* behind the last one */
    size_t last;    /* where the last one begins */
    bool is_domain; /* more than one, the last only letters */
} names;

static names read_names(const ef_scan *s, size_t i)
{
    names found = { i, i, false };
    for (size_t at = i;;) {
        size_t end = at;
        bool is_letters = true;
        for (; is_name_byte(s->p[end]); end++)
            is_letters = is_letters && ef_is_letter(s->p[end]);
        if (end == at)
            return found;
        found = (names){ end, at, at > i && is_letters && end - at >= 2 };
        if (s->p[end] != '.')
            return found;
        at = end + 1;
    }
}

/* A set of ASCII characters, a bit each. */
typedef struct ascii_set {
    uint64_t low, high;
} ascii_set;

#define LOW(byte)  (UINT64_C(1) << (byte))
#define HIGH(byte) (UINT64_C(1) << ((byte)-64))

static bool is_in(ascii_set set, uint8_t byte)
{
    return ((byte < 64 ? set.low : set.high) >> byte % 64 & 1) != 0;
}

/* The end of an address from i on: up to a blank, a quote, a bracket of tags or a character
 * above ASCII, without the punctuation of the sentence around it. */
static size_t address_end(const ef_scan *s, size_t i)
{
    static const ascii_set enders = {
        UINT64_C(0x1ffffffff) | LOW('<') | LOW('>') | LOW('"'), HIGH('|') | HIGH(0x7f)
    };
    static const ascii_set trailers = { LOW('.') | LOW(',') | LOW('!') | LOW('?') |
                                            LOW(';') | LOW(':') | LOW('\'') | LOW('(') |
                                            LOW(')') | LOW('*'),
                                        HIGH('[') | HIGH(']') | HIGH('{') | HIGH('}') |
                                            HIGH('_') | HIGH('~') };
    size_t end = i;
    while (s->p[end] < 0x80 && !is_in(enders, s->p[end]))
        end++;
    while (end > i && is_in(trailers, s->p[end - 1]))
        end--;
    return end;
}

static bool has_scheme(const ef_scan *s, size_t i)
{
    size_t end = i;
    while (end - i <= SCHEME_SIZE && ef_is_letter(s->p[end]))
        end++;
    return end > i + 1 && memcmp(s->p + end, "://", 3) == 0 && s->p[end + 3] > ' ';
}

/* "great.Net" is the end of a sentence and a capital letter. */
static bool is_capital_after_small(const ef_scan *s, size_t i)
{
    return ef_is_upper(s, i) && ef_is_letter(s->p[i - 2]) && !ef_is_upper(s, i - 2);
}

/* Whether the names are a web address: those before an @ are not. */
static bool is_known(const ef_scan *s, const names *found)
{
    uint8_t next = s->p[found->end];
    bool has_path = next == '/' && !ef_is_blank(s->p[found->end + 1]);
    const uint8_t *last = s->p + found->last;
    size_t size = found->end - found->last;
    if (!found->is_domain || next == '@')
        return false;
    return EF_WORD_IS_LISTED(sure_domains, last, size) ||
           (has_path && EF_WORD_IS_LISTED(path_domains, last, size));
}

size_t ef_scan_url(ef_scan *s, size_t i)
{
    if (has_scheme(s, i))
        return address_end(s, i);
    if (memcmp(s->p + i, "www.", 4) == 0 && ef_is_word(s->p[i + 4]))
        return address_end(s, i);
    if (i < s->no_url_until)
        return 0;
    names found = read_names(s, i);
    bool is_web = is_known(s, &found) && !is_capital_after_small(s, found.last);
    if (is_web && strchr("/?#:", s->p[found.end]) != NULL) {
        size_t end = address_end(s, found.end);
        return end > found.end ? end : found.end;
    }
    if (is_web)
        return found.end;
    s->no_url_until = found.end;
    return 0;
}

/* Finds the next @ from i on; every byte is searched once. Before the first search next_at
 * is 0, which is an answer only if the text begins with @. */
static size_t find_at(ef_scan *s, size_t i)
{
    if (s->next_at < i || (s->next_at == 0 && s->p[0] != '@')) {
        const uint8_t *at = memchr(s->p + i, '@', s->n - i);
        s->next_at = at != NULL ? (size_t)(at - s->p) : s->n;
    }
    return s->next_at;
}

size_t ef_scan_email(ef_scan *s, size_t i)
{
    size_t at = find_at(s, i);
    if (i < s->no_email_until || at == s->n || at - i > LOCAL_SIZE)
        return 0;
    for (size_t k = i; k < at; k++) {
        if (!ef_is_word(s->p[k]) && strchr("._+-", s->p[k]) == NULL) {
            s->no_email_until = k;
            return 0;
        }
    }
    names domain = read_names(s, at + 1);
    if (domain.is_domain)
        return domain.end;
    s->no_email_until = at;
    return 0;
}

size_t ef_scan_mention(const ef_scan *s, size_t i)
{
    size_t end = i + 1;
    while (end - i <= NAME_SIZE && (ef_is_word(s->p[end]) || s->p[end] == '_'))
        end++;
    uint8_t before = ef_byte_before(s, i);
    return end == i + 1 || ef_is_word(before) || before >= 0x80 ? 0 : end;
}
