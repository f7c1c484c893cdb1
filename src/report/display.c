/* SPDX-License-Identifier: MIT
 * report/display.c - text of strangers on a terminal: harmless, and no wider than asked. */
#include "report/display.h"

#include "base/utf8.h"

typedef struct range {
    uint32_t first, last;
} range;

static bool is_in(const range *ranges, size_t count, uint32_t code)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && code >= ranges[low].first;
}

/* Marks of the scripts that reviews are written in, joiners, variation selectors, tags.
 * U+FE0F is left out: it makes a narrow sign an emoji, and so one column wider. */
static const range zero_wide[] = {
    { 0x0300, 0x036f },   { 0x0483, 0x0489 }, { 0x0591, 0x05bd }, { 0x0610, 0x061a },
    { 0x064b, 0x065f },   { 0x0900, 0x0902 }, { 0x093c, 0x093c }, { 0x0941, 0x0948 },
    { 0x094d, 0x094d },   { 0x0e31, 0x0e31 }, { 0x0e34, 0x0e3a }, { 0x0e47, 0x0e4e },
    { 0x1ab0, 0x1aff },   { 0x1dc0, 0x1dff }, { 0x200b, 0x200d }, { 0x2060, 0x2064 },
    { 0x20d0, 0x20ff },   { 0xfe00, 0xfe0e }, { 0xfe20, 0xfe2f }, { 0xfeff, 0xfeff },
    { 0xe0000, 0xe01ef },
};

static const range two_wide[] = {
    { 0x1100, 0x115f }, { 0x231a, 0x231b },   { 0x23e9, 0x23f3 },   { 0x25fd, 0x25fe },
    { 0x2614, 0x2615 }, { 0x2648, 0x2653 },   { 0x267f, 0x267f },   { 0x2693, 0x2693 },
    { 0x26a1, 0x26a1 }, { 0x26aa, 0x26ab },   { 0x26bd, 0x26be },   { 0x26c4, 0x26c5 },
    { 0x26ce, 0x26ce }, { 0x26d4, 0x26d4 },   { 0x26ea, 0x26ea },   { 0x26f2, 0x26f5 },
    { 0x26fa, 0x26fa }, { 0x26fd, 0x26fd },   { 0x2705, 0x2705 },   { 0x270a, 0x270b },
    { 0x2728, 0x2728 }, { 0x274c, 0x274c },   { 0x274e, 0x274e },   { 0x2753, 0x2757 },
    { 0x2795, 0x2797 }, { 0x27b0, 0x27b0 },   { 0x27bf, 0x27bf },   { 0x2b1b, 0x2b1c },
    { 0x2b50, 0x2b50 }, { 0x2b55, 0x2b55 },   { 0x2e80, 0x303e },   { 0x3041, 0xa4cf },
    { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff },   { 0xfe30, 0xfe6f },   { 0xff00, 0xff60 },
    { 0xffe0, 0xffe6 }, { 0x1f000, 0x1f2ff }, { 0x1f300, 0x1faff }, { 0x20000, 0x3fffd },
};

unsigned ef_display_width(uint32_t code)
{
    if (code < 0x300)
        return 1;
    if (is_in(zero_wide, sizeof zero_wide / sizeof zero_wide[0], code))
        return 0;
    return is_in(two_wide, sizeof two_wide / sizeof two_wide[0], code) ? 2 : 1;
}

static bool is_space(uint32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x2028 ||
           code == 0x2029;
}

/* What a terminal gets to see in place of one character, and its width. */
typedef struct shown {
    uint8_t bytes[4];
    size_t size;
    unsigned width;
} shown;

static shown show(uint32_t code)
{
    static const char digits[] = "0123456789abcdef";
    if (is_space(code))
        return (shown){ { ' ' }, 1, 1 };
    if (code < 0x20 || (code >= 0x7f && code < 0xa0))
        return (shown){
            { '\\', 'x', (uint8_t)digits[code >> 4], (uint8_t)digits[code & 15] }, 4, 4
        };
    shown result = { { 0 }, 0, 1 };
    uint32_t visible = ef_utf8_is_direction(code) ? 0xfffd : code;
    result.size = ef_utf8_encode(visible, result.bytes);
    result.width = ef_display_width(visible);
    return result;
}

/* The next character as shown; a run of white space is one, a blank line, as between title
 * and body, a dot. */
static shown next(ef_slice text, size_t *at)
{
    uint32_t code;
    size_t size = ef_utf8_decode(text.data + *at, text.size - *at, &code);
    *at += size == 0 ? 1 : size;
    if (size == 0)
        return show(0xfffd);
    unsigned line_ends = code == '\n';
    while (is_space(code) && *at < text.size) {
        uint32_t following;
        size = ef_utf8_decode(text.data + *at, text.size - *at, &following);
        if (size == 0 || !is_space(following))
            break;
        line_ends += following == '\n';
        *at += size;
    }
    if (line_ends > 1 && *at < text.size)
        return (shown){ { ' ', 0xc2, 0xb7, ' ' }, 4, 3 };
    return show(code);
}

unsigned ef_display_append(ef_buffer *out, ef_slice text, unsigned width)
{
    unsigned used = 0, kept_width = 0;
    size_t at = 0, kept_size = out->size; /* what still leaves a column for the "…" */
    while (at < text.size) {
        shown one = next(text, &at);
        if (used + one.width > width) {
            out->size = kept_size;
            if (width == 0)
                return 0;
            ef_buffer_append_text(out, "\xE2\x80\xA6");
            return kept_width + 1;
        }
        ef_buffer_append(out, one.bytes, one.size);
        used += one.width;
        if (used < width) {
            kept_size = out->size;
            kept_width = used;
        }
    }
    return used;
}
