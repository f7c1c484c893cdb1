/* SPDX-License-Identifier: MIT
 * tests/views/test_view_html.c - the page is whole, ours, and loads nothing.
 *
 * A small parser reads the page with none of the forgiveness of a browser: every element
 * and attribute must be one that the page writes, every element is closed, every value is
 * quoted. What strangers wrote can then only be text. */
#include <criterion/criterion.h>

#include "base/utf8.h"
#include "fixture.h"
#include "views/page.h"
#include "views/views.h"

/* Elements of ours, and whether they are closed. */
static const struct {
    const char *name;
    bool is_void;
} elements[] = {
    { "html", false },    { "head", false },    { "meta", true },
    { "title", false },   { "style", false },   { "body", false },
    { "a", false },       { "header", false },  { "p", false },
    { "h1", false },      { "h2", false },      { "h3", false },
    { "nav", false },     { "ul", false },      { "li", false },
    { "main", false },    { "section", false }, { "div", false },
    { "dl", false },      { "dt", false },      { "dd", false },
    { "span", false },    { "figure", false },  { "figcaption", false },
    { "table", false },   { "caption", false }, { "thead", false },
    { "tbody", false },   { "tr", false },      { "th", false },
    { "td", false },      { "small", false },   { "strong", false },
    { "bdi", false },     { "code", false },    { "footer", false },
    { "details", false }, { "summary", false }, { "svg", false },
    { "path", true },     { "line", true },     { "rect", true },
    { "circle", true },   { "text", false },    { "blockquote", false },
};

static const char *const attributes[] = {
    "lang",  "charset",  "http-equiv", "content",    "name",        "id",
    "class", "href",     "scope",      "aria-label", "aria-hidden", "aria-labelledby",
    "role",  "tabindex", "width",      "height",     "viewBox",     "preserveAspectRatio",
    "d",     "x",        "y",          "x1",         "x2",          "y1",
    "y2",    "cx",       "cy",         "r",          "colspan",
};

typedef struct reading {
    const char *at;
    const char *open[64]; /* names of elements of ours */
    size_t depth, elements;
} reading;

static bool takes(reading *from, const char *text)
{
    size_t size = strlen(text);
    if (strncmp(from->at, text, size) != 0)
        return false;
    from->at += size;
    return true;
}

static bool is_name(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '-';
}

static ef_slice name(reading *from)
{
    const char *begin = from->at;
    while (is_name(*from->at))
        from->at++;
    cr_assert_neq(from->at, begin, "a name at: %.60s", begin);
    return (ef_slice){ (const uint8_t *)begin, (size_t)(from->at - begin) };
}

static bool is_same(ef_slice slice, const char *text)
{
    return slice.size == strlen(text) && memcmp(slice.data, text, slice.size) == 0;
}

/* The character reference at from->at; only those five that the page writes. */
static void reference(reading *from)
{
    cr_assert(takes(from, "&amp;") || takes(from, "&lt;") || takes(from, "&gt;") ||
                  takes(from, "&quot;") || takes(from, "&#39;"),
              "a reference at: %.20s", from->at);
}

/* Text up to end: no markup, no control, nothing that turns the line around. */
static void text(reading *from, char end)
{
    while (*from->at != end) {
        cr_assert_neq(*from->at, '\0', "the page ends inside text");
        cr_assert(strchr("<>\"'", *from->at) == NULL, "markup in: %.60s", from->at);
        if (*from->at == '&') {
            reference(from);
            continue;
        }
        uint32_t code;
        size_t size =
            ef_utf8_decode((const uint8_t *)from->at, strnlen(from->at, 4), &code);
        cr_assert_neq(size, 0, "not UTF-8 at: %.20s", from->at);
        cr_assert(code >= 0x20 || code == '\n', "control %u", (unsigned)code);
        cr_assert(!(code >= 0x7f && code < 0xa0), "control %u", (unsigned)code);
        cr_assert(!(code >= 0x202a && code <= 0x202e), "bidi control %u", (unsigned)code);
        cr_assert(!(code >= 0x2066 && code <= 0x2069), "bidi control %u", (unsigned)code);
        cr_assert_neq(code & 0xfffe, 0xfffe, "no character %u", (unsigned)code);
        from->at += size;
    }
}

static void attribute(reading *from)
{
    ef_slice key = name(from);
    bool is_known = false;
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++)
        is_known |= is_same(key, attributes[i]);
    cr_assert(is_known, "attribute %.*s", (int)key.size, (const char *)key.data);
    cr_assert(takes(from, "=\""), "an attribute without a quoted value");
    if (is_same(key, "href"))
        cr_assert_eq(*from->at, '#', "a link that leaves the page: %.40s", from->at);
    if (is_same(key, "content")) { /* quotes of the policy */
        from->at = strchr(from->at, '"');
        cr_assert_not_null(from->at);
    } else {
        text(from, '"');
    }
    cr_assert(takes(from, "\""));
}

static void begin_element(reading *from)
{
    ef_slice tag = name(from);
    size_t known = 0, count = sizeof elements / sizeof elements[0];
    while (known < count && !is_same(tag, elements[known].name))
        known++;
    cr_assert_lt(known, count, "element %.*s", (int)tag.size, (const char *)tag.data);
    while (takes(from, " "))
        attribute(from);
    bool is_closed = takes(from, "/>");
    cr_assert(is_closed || takes(from, ">"), "the end of a tag at: %.40s", from->at);
    from->elements += !is_same(tag, "text"); /* how many labels fit depends on names */
    if (elements[known].is_void || is_closed)
        return;
    cr_assert_lt(from->depth, 64);
    from->open[from->depth++] = elements[known].name;
    if (is_same(tag, "style")) {
        cr_assert_eq(strncmp(from->at, ef_page_style, strlen(ef_page_style)), 0);
        from->at += strlen(ef_page_style);
    }
}

static void end_element(reading *from)
{
    ef_slice tag = name(from);
    cr_assert_gt(from->depth, 0);
    cr_assert(is_same(tag, from->open[--from->depth]), "</%.*s> where %s is open",
              (int)tag.size, (const char *)tag.data, from->open[from->depth]);
    cr_assert(takes(from, ">"));
}

/* Reads a whole page; how many elements it has. */
static size_t parse(const char *page)
{
    reading from[1] = { { .at = page } };
    cr_assert(takes(from, "<!DOCTYPE html>\n"));
    do {
        if (takes(from, "</"))
            end_element(from);
        else if (takes(from, "<"))
            begin_element(from);
        else
            text(from, '<');
    } while (from->depth > 0);
    cr_assert_str_eq(from->at, "\n");
    return from->elements;
}

static size_t check(const ef_findings *findings)
{
    ef_buffer out = { 0 };
    ef_view_html.write(&out, findings, NULL);
    cr_assert_not(out.failed);
    cr_assert_eq(strlen(ef_buffer_text(&out)), out.size);
    size_t count = parse(ef_buffer_text(&out));
    ef_buffer_release(&out);
    return count;
}

Test(view_html, every_page_is_whole)
{
    ef_findings findings;
    fixture_full(&findings);
    cr_assert_gt(check(&findings), 500);
    fixture_unknown(&findings);
    check(&findings);
    fixture_empty(&findings);
    check(&findings);
}

/* Hostile text makes exactly the elements that harmless text makes. */
Test(view_html, text_of_strangers_stays_text)
{
    ef_findings findings;
    fixture_hostile(&findings, ef_slice_of("harmless"));
    size_t expected = check(&findings);
    for (size_t i = 0; i < FIXTURE_ATTACKS; i++) {
        fixture_hostile(&findings, ef_slice_of(fixture_attacks[i]));
        cr_assert_eq(check(&findings), expected, "attack %zu", i);
    }
    for (unsigned byte = 0; byte < 256; byte++) {
        uint8_t some[3] = { 'a', (uint8_t)byte, 'b' };
        fixture_hostile(&findings, (ef_slice){ some, 3 });
        cr_assert_eq(check(&findings), expected, "byte %u", byte);
    }
}

Test(view_html, a_word_of_100_kb_is_cut)
{
    ef_findings findings;
    size_t size = 100000;
    char *word = calloc(size + 1, 1);
    memset(word, 'w', size);
    fixture_hostile(&findings, (ef_slice){ (const uint8_t *)word, size });
    ef_buffer out = { 0 };
    ef_view_html.write(&out, &findings, NULL);
    parse(ef_buffer_text(&out));
    cr_assert_lt(out.size, size);
    ef_buffer_release(&out);
    free(word);
}

static void expect(const ef_findings *findings, const char *part)
{
    ef_buffer out = { 0 };
    ef_view_html.write(&out, findings, NULL);
    cr_assert_not_null(strstr(ef_buffer_text(&out), part), "%s", part);
    ef_buffer_release(&out);
}

Test(view_html, few_are_grey_and_fewer_are_not_shown)
{
    ef_findings findings;
    fixture_full(&findings);
    expect(&findings, "<td class=\"v few\">+30 <span class=\"mark\">few</span></td>");
    expect(&findings, "<td class=\"v few\">- <span class=\"mark\">few</span></td>");
    fixture_unknown(&findings);
    expect(&findings, "<td class=\"v\">-</td>");
}

/* FIPS 180-4, for the one text that the page's policy names by its hash. */
static uint32_t turn(uint32_t word, unsigned count)
{
    return word >> count | word << (32 - count);
}

static uint32_t root_bits(unsigned prime, bool is_cube)
{
    double root = is_cube ? cbrt(prime) : sqrt(prime);
    return (uint32_t)((root - floor(root)) * 4294967296.0);
}

static void sha256_block(uint32_t state[8], const uint32_t *k, const uint8_t *block)
{
    uint32_t w[64], s[8];
    for (size_t i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (size_t i = 16; i < 64; i++)
        w[i] = w[i - 16] + w[i - 7] +
               (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3) +
               (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10);
    memcpy(s, state, sizeof s);
    for (size_t i = 0; i < 64; i++) {
        uint32_t first = s[7] + (turn(s[4], 6) ^ turn(s[4], 11) ^ turn(s[4], 25)) +
                         ((s[4] & s[5]) ^ (~s[4] & s[6])) + k[i] + w[i];
        uint32_t second = (turn(s[0], 2) ^ turn(s[0], 13) ^ turn(s[0], 22)) +
                          ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof s[0]);
        s[4] += first;
        s[0] = first + second;
    }
    for (size_t i = 0; i < 8; i++)
        state[i] += s[i];
}

static void sha256(const char *bytes, size_t size, uint8_t digest[32])
{
    uint32_t state[8], k[64];
    size_t found = 0;
    for (unsigned prime = 2; found < 64; prime++) {
        bool is_prime = true;
        for (unsigned i = 2; i * i <= prime; i++)
            is_prime &= prime % i != 0;
        if (!is_prime)
            continue;
        if (found < 8)
            state[found] = root_bits(prime, false);
        k[found++] = root_bits(prime, true);
    }
    size_t whole = (size + 9 + 63) / 64 * 64;
    uint8_t *padded = calloc(whole, 1);
    memcpy(padded, bytes, size);
    padded[size] = 0x80;
    for (size_t i = 0; i < 8; i++)
        padded[whole - 1 - i] = (uint8_t)(size * 8 >> 8 * i);
    for (size_t at = 0; at < whole; at += 64)
        sha256_block(state, k, padded + at);
    for (size_t i = 0; i < 32; i++)
        digest[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
    free(padded);
}

Test(view_html, the_policy_names_the_style_sheet)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                 "0123456789+/";
    uint8_t digest[33] = { 0 };
    sha256(ef_page_style, strlen(ef_page_style), digest);
    char hash[64] = "sha256-";
    char *at = hash + strlen(hash);
    for (size_t i = 0; i < 33; i += 3) {
        uint32_t three = (uint32_t)digest[i] << 16 | (uint32_t)digest[i + 1] << 8 |
                         (i + 2 < 33 ? digest[i + 2] : 0);
        for (int shift = 18; shift >= 0; shift -= 6)
            *at++ = digits[three >> shift & 63];
    }
    at[-1] = '='; /* 32 bytes are ten groups and two bytes */
    cr_assert_str_eq(ef_page_style_hash, hash);
}
