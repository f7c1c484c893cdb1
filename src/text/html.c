/* SPDX-License-Identifier: MIT
 * text/html.c - the two pieces of HTML that stand in people's texts: entities and tags. */
#include "text/html.h"

#include <string.h>

#include "text/encoding.h"
#include "text/word_list.h"

enum { ENTITY_SIZE = 10, TAG_SIZE = 256, NAME_SIZE = 10 };

typedef struct entity {
    ef_listed_word name;
    uint32_t code;
} entity;

/* What shops and forums really write; the rest of the 2,231 names stays text. */
static const entity entities[] = {
    { "amp", '&' },       { "lt", '<' },       { "gt", '>' },        { "quot", '"' },
    { "apos", '\'' },     { "nbsp", 0xa0 },    { "hellip", 0x2026 }, { "mdash", 0x2014 },
    { "ndash", 0x2013 },  { "lsquo", 0x2018 }, { "rsquo", 0x2019 },  { "sbquo", 0x201a },
    { "ldquo", 0x201c },  { "rdquo", 0x201d }, { "bdquo", 0x201e },  { "laquo", 0xab },
    { "raquo", 0xbb },    { "acute", 0xb4 },   { "euro", 0x20ac },   { "pound", 0xa3 },
    { "cent", 0xa2 },     { "yen", 0xa5 },     { "copy", 0xa9 },     { "reg", 0xae },
    { "trade", 0x2122 },  { "bull", 0x2022 },  { "middot", 0xb7 },   { "deg", 0xb0 },
    { "hearts", 0x2665 }, { "frac12", 0xbd },  { "frac14", 0xbc },   { "frac34", 0xbe },
    { "times", 0xd7 },    { "shy", 0xad },     { "ensp", 0x2002 },   { "emsp", 0x2003 },
    { "thinsp", 0x2009 }, { "zwj", 0x200d },   { "zwnj", 0x200c },   { "agrave", 0xe0 },
    { "aacute", 0xe1 },   { "acirc", 0xe2 },   { "auml", 0xe4 },     { "ccedil", 0xe7 },
    { "egrave", 0xe8 },   { "eacute", 0xe9 },  { "ecirc", 0xea },    { "euml", 0xeb },
    { "iacute", 0xed },   { "iuml", 0xef },    { "ntilde", 0xf1 },   { "oacute", 0xf3 },
    { "ocirc", 0xf4 },    { "ouml", 0xf6 },    { "uacute", 0xfa },   { "uuml", 0xfc },
    { "szlig", 0xdf },    { "Auml", 0xc4 },    { "Eacute", 0xc9 },   { "Ouml", 0xd6 },
    { "Uuml", 0xdc },
};

/* Tags inside a line become a blank, the others a new line. */
static const ef_listed_word inline_tags[] = { "a",    "abbr",  "b",    "big",    "cite",
                                              "code", "del",   "em",   "font",   "i",
                                              "img",  "ins",   "kbd",  "mark",   "q",
                                              "s",    "small", "span", "strike", "strong",
                                              "sub",  "sup",   "tt",   "u",      "wbr" };
static const ef_listed_word break_tags[] = {
    "article",  "blockquo", "body",    "br",     "button", "center", "dd",     "div",
    "dl",       "dt",       "figure",  "footer", "form",   "h1",     "h2",     "h3",
    "h4",       "h5",       "h6",      "head",   "header", "hr",     "html",   "iframe",
    "input",    "label",    "li",      "link",   "meta",   "ol",     "option", "p",
    "pre",      "script",   "section", "select", "style",  "table",  "tbody",  "td",
    "textarea", "th",       "thead",   "title",  "tr",     "ul",     "video"
};

static bool is_letter(uint8_t byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

/* The digits of &#39; or &#x27; as a code; false if they are none. */
static bool read_number(const uint8_t *p, size_t n, uint32_t *code)
{
    bool is_hex = n > 0 && (p[0] | 0x20) == 'x';
    uint32_t value = 0;
    if (n == (is_hex ? 1 : 0))
        return false;
    for (size_t i = is_hex; i < n; i++) {
        uint32_t letter = (uint32_t)(p[i] | 0x20) - 'a';
        if (!is_digit(p[i]) && !(is_hex && letter < 6))
            return false;
        uint32_t digit = is_digit(p[i]) ? (uint32_t)(p[i] - '0') : letter + 10;
        value = value * (is_hex ? 16 : 10) + digit; /* at most 8 digits: no overflow */
    }
    bool is_character = value < 0xd800 || (value >= 0xe000 && value <= 0x10ffff);
    *code = value < 0x20 && value != '\n' && value != '\t' ? ' '
            : is_character                                 ? ef_encoding_c1(value)
                                                           : 0xfffd;
    return true;
}

static bool read_name(const uint8_t *p, size_t n, uint32_t *code)
{
    ef_listed_word wanted = { 0 };
    if (n > sizeof wanted)
        return false;
    memcpy(wanted, p, n);
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        if (memcmp(entities[i].name, wanted, sizeof wanted) == 0) {
            *code = entities[i].code;
            return true;
        }
    }
    return false;
}

/* One entity without its '&': its size with the ';', or 0. */
static size_t read_body(const uint8_t *p, size_t n, uint32_t *code)
{
    size_t size = 0;
    while (size < n && size < ENTITY_SIZE - 1 && p[size] != ';')
        size++;
    if (size == 0 || size == n || p[size] != ';')
        return 0;
    bool is_known =
        p[0] == '#' ? read_number(p + 1, size - 1, code) : read_name(p, size, code);
    return is_known ? size + 1 : 0;
}

size_t ef_html_entity(const uint8_t *p, size_t n, uint32_t *code)
{
    size_t size = read_body(p + 1, n - 1, code);
    if (size == 0)
        return 0;
    size++;
    if (*code == '&') {
        uint32_t inner;
        size_t more = read_body(p + size, n - size, &inner);
        if (more > 0) {
            *code = inner;
            size += more;
        }
    }
    return size;
}

/* Whether the name at p[0..n), in any case, is that of a tag; eight letters tell. */
static bool is_tag(const uint8_t *p, size_t n, bool *is_break)
{
    uint8_t name[EF_LISTED_SIZE];
    n = n < EF_LISTED_SIZE ? n : EF_LISTED_SIZE;
    for (size_t i = 0; i < n; i++)
        name[i] = is_letter(p[i]) ? p[i] | 0x20 : p[i];
    *is_break = EF_WORD_IS_LISTED(break_tags, name, n);
    return *is_break || EF_WORD_IS_LISTED(inline_tags, name, n);
}

static size_t read_comment(const uint8_t *p, size_t n)
{
    for (size_t i = 4; i + 2 < n; i++)
        if (p[i] == '-' && p[i + 1] == '-' && p[i + 2] == '>')
            return i + 3;
    return 0;
}

size_t ef_html_tag(const uint8_t *p, size_t n, bool *is_break)
{
    *is_break = false;
    n = n < TAG_SIZE ? n : TAG_SIZE;
    if (n >= 4 && memcmp(p, "<!--", 4) == 0)
        return read_comment(p, n);
    size_t name = n > 1 && p[1] == '/' ? 2 : 1;
    size_t end = name;
    while (end < n && end - name < NAME_SIZE && (is_letter(p[end]) || is_digit(p[end])))
        end++;
    if (end == name || end == n || strchr("> /\t\r\n", p[end]) == NULL || p[end] == '\0')
        return 0;
    if (!is_tag(p + name, end - name, is_break))
        return 0;
    while (end < n && p[end] != '>' && p[end] != '<')
        end++;
    return end < n && p[end] == '>' ? end + 1 : 0;
}
