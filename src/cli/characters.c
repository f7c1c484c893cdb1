/* SPDX-License-Identifier: MIT
 * cli/characters.c - single characters of text that we did not write. */
#include "characters.h"

static bool is_tail(const uint8_t *p, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return false;
    }
    return true;
}

size_t ef_character_decode(const uint8_t *p, size_t n, uint32_t *code)
{
    uint8_t lead = p[0];
    size_t size = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (size == 0 || lead > 0xF4 || size > n || !is_tail(p + 1, size - 1))
        return 0;
    *code = size == 1 ? lead : lead & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++)
        *code = *code << 6 | (p[i] & 0x3F);
    bool is_overlong = (size == 3 && *code < 0x800) || (size == 4 && *code < 0x10000);
    bool is_surrogate = *code >= 0xD800 && *code <= 0xDFFF;
    return is_overlong || is_surrogate || *code > 0x10FFFF ? 0 : size;
}

bool ef_character_is_dangerous(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x200E ||
           code == 0x200F || code == 0x061C || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

unsigned ef_character_width(uint32_t code)
{
    static const struct range {
        uint32_t first, last;
        unsigned width;
    } ranges[] = {
        { 0x0300, 0x036F, 0 }, { 0x1100, 0x115F, 2 },   { 0x200B, 0x200D, 0 },
        { 0x231A, 0x231B, 2 }, { 0x2614, 0x2615, 2 },   { 0x26A1, 0x26A1, 2 },
        { 0x2705, 0x2705, 2 }, { 0x2728, 0x2728, 2 },   { 0x274C, 0x274C, 2 },
        { 0x2753, 0x2757, 2 }, { 0x2B50, 0x2B50, 2 },   { 0x2E80, 0xA4CF, 2 },
        { 0xAC00, 0xD7A3, 2 }, { 0xF900, 0xFAFF, 2 },   { 0xFE00, 0xFE0E, 0 },
        { 0xFF00, 0xFF60, 2 }, { 0x1F300, 0x1FAFF, 2 }, { 0x20000, 0x3FFFD, 2 },
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        if (code >= ranges[i].first && code <= ranges[i].last)
            return ranges[i].width;
    return 1;
}
