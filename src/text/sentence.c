/* SPDX-License-Identifier: MIT
 * text/sentence.c - whether a mark ends a sentence.
 *
 * It does before white space, behind closing quotes and brackets; glued to a capital letter
 * after a small one ("great.Bad"); and three dots do when glued to any word. A dot behind
 * an abbreviation does not. */
#include "text/scan.h"

#include "base/utf8.h"
#include "text/word_list.h"

enum { CLOSERS = 8, ABBREVIATION = 6 };

/* Never the last word of a sentence, and perhaps: then a capital letter tells. */
static const ef_listed_word titles[] = { "mr", "mrs", "ms",  "dr",    "prof",
                                         "st", "vs",  "fig", "approx" };
static const ef_listed_word endings[] = { "etc", "inc", "ltd", "jr", "sr" };

static bool is_small(const ef_scan *s, size_t i)
{
    return ef_is_letter(s->p[i]) && !ef_is_upper(s, i);
}

/* The place of the next word on this line, a few blanks ahead at most. */
static size_t skip_blanks(const ef_scan *s, size_t i)
{
    for (int count = 0; count < 4 && s->p[i] == ' '; count++)
        i++;
    return i;
}

/* One letter before a dot: J. Smith and e.g. go on, p.m. and U.S. end before a capital. */
static bool is_open_letter(const ef_scan *s, size_t i, size_t next)
{
    uint8_t letter = s->p[i];
    if (i >= 2 && s->p[i - 1] == '.') {
        bool is_latin =
            (letter == 'g' && s->p[i - 2] == 'e') || (letter == 'e' && s->p[i - 2] == 'i');
        return is_latin || !ef_is_upper(s, next);
    }
    return ef_is_upper(s, i) && letter != 'i';
}

/* Whether the dot at i stands behind an abbreviation and the sentence goes on. */
static bool is_abbreviation(const ef_scan *s, size_t i)
{
    size_t begin = i;
    while (begin > 0 && i - begin <= ABBREVIATION && ef_is_letter(s->p[begin - 1]))
        begin--;
    size_t size = i - begin, next = skip_blanks(s, i + 1);
    const uint8_t *word = s->p + begin;
    uint8_t before = ef_byte_before(s, begin);
    if (size == 0 || size > ABBREVIATION || ef_is_digit(before) || before == '\'')
        return false;
    if (size == 1)
        return is_open_letter(s, begin, next);
    if (size == 2 && memcmp(word, "no", 2) == 0)
        return ef_is_digit(s->p[next]);
    return EF_WORD_IS_LISTED(titles, word, size) ||
           (EF_WORD_IS_LISTED(endings, word, size) && !ef_is_upper(s, next));
}

/* A character above ASCII that is no letter, such as an emoji, parts like white space. */
static bool is_symbol(const ef_scan *s, size_t i)
{
    uint32_t code = 0;
    return s->p[i] >= 0x80 && ef_utf8_decode(s->p + i, s->n - i, &code) > 0 &&
           ef_character_of(code) != EF_CHARACTER_LETTER;
}

/* What may stand between the end of a sentence and the white space behind it. */
static bool is_closer(uint8_t byte)
{
    switch (byte) {
    case '.':
    case '!':
    case '?':
    case '"':
    case '\'':
    case ')':
    case ']':
    case '}':
    case '*':
    case '_':
    case '~':
        return true;
    default:
        return false;
    }
}

bool ef_scan_ends_sentence(const ef_scan *s, size_t i, size_t end)
{
    bool is_dot = s->p[i] == '.' && end - i == 1;
    size_t next = end;
    for (int count = 0; count < CLOSERS && !ef_is_blank(s->p[next]); count++) {
        if (!is_closer(s->p[next]))
            break;
        next++;
    }
    if (ef_is_blank(s->p[next]) || is_symbol(s, next))
        return !is_dot || !is_abbreviation(s, i);
    if (next != end)
        return false;
    if (s->p[i] == '.' && !is_dot)
        return ef_is_word(s->p[end]) || s->p[end] >= 0x80;
    return ef_is_upper(s, end) && i > 0 && is_small(s, i - 1);
}
