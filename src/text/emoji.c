/* SPDX-License-Identifier: MIT
 * text/emoji.c - emoji sequences and rows of stars.
 *
 * A flag is a pair of regional indicators, a family is people with joiners between them, a
 * keycap is a digit under a frame: one token each. */
#include "text/scan.h"

#include "base/utf8.h"

enum { SEQUENCE = 16 }; /* characters; the longest sequence of Unicode 15 has 10 */

static bool is_star(uint32_t code)
{
    return code == 0x2605 || code == 0x2606 || code == 0x2b50;
}

static bool is_indicator(uint32_t code)
{
    return code >= 0x1f1e6 && code <= 0x1f1ff;
}

/* Decodes the character at i and returns its end; *code is 0 where there is none. */
static size_t read(const ef_scan *s, size_t i, uint32_t *code)
{
    *code = 0;
    return i + ef_utf8_decode(s->p + i, s->n - i, code);
}

size_t ef_scan_emoji(const ef_scan *s, size_t i, ef_token_kind *kind)
{
    uint32_t code, next;
    size_t end = read(s, i, &code);
    *kind = is_star(code) ? EF_TOKEN_STARS : EF_TOKEN_EMOJI;
    size_t after = read(s, end, &next);
    if (is_star(code)) {
        for (; is_star(next); after = read(s, end, &next))
            end = after;
        return end;
    }
    if (is_indicator(code))
        return is_indicator(next) ? after : end;
    for (int count = 1; count < SEQUENCE && s->p[end] >= 0x80; count++) {
        after = read(s, end, &next);
        if (ef_character_of(next) != EF_CHARACTER_JOINER)
            break;
        end = after;
        if (next != 0x200d)
            continue;
        after = read(s, end, &next);
        if (ef_character_of(next) == EF_CHARACTER_EMOJI)
            end = after;
    }
    return end;
}
