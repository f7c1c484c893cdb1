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
