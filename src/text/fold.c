/* SPDX-License-Identifier: MIT
 * text/fold.c - what we decide about single characters before Unicode is asked. */
#include "text/fold.h"

typedef struct range {
    uint32_t first, last;
} range;

/* Characters without a look of their own: soft hyphen, zero-width and direction marks,
 * variation selectors, skin tones. U+200D is not here: it may join emoji. */
static const range dropped[] = {
    { 0xad, 0xad },       { 0x34f, 0x34f },   { 0x180e, 0x180e },   { 0x200b, 0x200c },
    { 0x200e, 0x200f },   { 0x202a, 0x202e }, { 0x2060, 0x206f },   { 0xfe00, 0xfe0f },
    { 0xfeff, 0xfeff },   { 0xfff9, 0xfffb }, { 0x1f3fb, 0x1f3ff }, { 0xe0001, 0xe0001 },
    { 0xe0100, 0xe01ef },
};

/* Pictographs by block. Whole blocks, because what is unassigned today is an emoji
 * tomorrow. */
static const range emoji[] = {
    { 0x231a, 0x231b },   { 0x2328, 0x2328 },   { 0x23cf, 0x23cf },   { 0x23e9, 0x23fa },
    { 0x25aa, 0x25ab },   { 0x25b6, 0x25b6 },   { 0x25c0, 0x25c0 },   { 0x25fb, 0x25fe },
    { 0x2600, 0x2767 },   { 0x2776, 0x27bf },   { 0x2934, 0x2935 },   { 0x2b05, 0x2b07 },
    { 0x2b1b, 0x2b1c },   { 0x2b50, 0x2b50 },   { 0x2b55, 0x2b55 },   { 0x3030, 0x3030 },
    { 0x303d, 0x303d },   { 0x1f004, 0x1f004 }, { 0x1f0cf, 0x1f0cf }, { 0x1f18e, 0x1f18e },
    { 0x1f191, 0x1f19a }, { 0x1f1e6, 0x1f1ff }, { 0x1f300, 0x1f3fa }, { 0x1f400, 0x1faff },
};

static const range joiners[] = {
    { 0x200d, 0x200d },
    { 0x20e3, 0x20e3 },
    { 0xe0020, 0xe007f },
};

/* The last marks of sentences that stay after NFKC: ؟ ۔ । ‽ 。 */
static const range sentence_ends[] = {
    { 0x61f, 0x61f },   { 0x6d4, 0x6d4 },   { 0x964, 0x965 },
    { 0x203d, 0x203d }, { 0x3002, 0x3002 },
};

/* Other_Uppercase and Other_Lowercase of Unicode: roman numerals, letters in circles and
 * squares; ordinals, raised and lowered letters. */
static const range upper_signs[] = {
    { 0x2160, 0x216f },   { 0x24b6, 0x24cf },   { 0x1f130, 0x1f149 },
    { 0x1f150, 0x1f169 }, { 0x1f170, 0x1f189 },
};
static const range lower_signs[] = {
    { 0xaa, 0xaa },       { 0xba, 0xba },       { 0x2b0, 0x2b8 },     { 0x2c0, 0x2c1 },
    { 0x2e0, 0x2e4 },     { 0x345, 0x345 },     { 0x37a, 0x37a },     { 0x1d2c, 0x1d6a },
    { 0x1d78, 0x1d78 },   { 0x1d9b, 0x1dbf },   { 0x2071, 0x2071 },   { 0x207f, 0x207f },
    { 0x2090, 0x209c },   { 0x2170, 0x217f },   { 0x24d0, 0x24e9 },   { 0x2c7c, 0x2c7d },
    { 0xa69c, 0xa69d },   { 0xa770, 0xa770 },   { 0xa7f8, 0xa7f9 },   { 0xab5c, 0xab5f },
    { 0x10780, 0x10780 }, { 0x10783, 0x10785 }, { 0x10787, 0x107b0 }, { 0x107b2, 0x107ba },
};

#define HOLDS(ranges, code) holds(ranges, sizeof(ranges) / sizeof(ranges)[0], code)

/* Ranges are ascending. */
static bool holds(const range *ranges, size_t count, uint32_t code)
{
    while (count > 1) {
        size_t half = count / 2;
        ranges += code >= ranges[half].first ? half : 0;
        count -= half;
    }
    return code >= ranges->first && code <= ranges->last;
}

const char *ef_fold_text(uint32_t code)
{
    switch (code) {
    case 0xb4: /* acute accent */
    case 0x2b9:
    case 0x2bc:
    case 0x2018:
    case 0x2019:
    case 0x201b:
    case 0x2032:
    case 0xff07:
        return "'";
    case 0xab:
    case 0xbb:
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x201f:
    case 0x2033:
    case 0x2039:
    case 0x203a:
    case 0xff02:
        return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2212:
        return "-";
    case 0x2013:
    case 0x2014:
    case 0x2015:
        return " - ";
    case 0x2026:
    case 0x22ef:
        return "...";
    case 0x2120: /* service mark and trade mark: NFKC would add their letters to the word */
    case 0x2122:
        return " ";
    case 0x2028:
    case 0x2029:
        return "\n";
    case 0x2044:
        return "/";
    default:
        return HOLDS(dropped, code) ? "" : NULL;
    }
}

ef_character ef_fold_kind(uint32_t code)
{
    if (HOLDS(emoji, code))
        return EF_CHARACTER_EMOJI;
    if (HOLDS(joiners, code))
        return EF_CHARACTER_JOINER;
    return HOLDS(sentence_ends, code) ? EF_CHARACTER_SENTENCE : EF_CHARACTER_OTHER;
}

ef_case ef_fold_case(uint32_t code)
{
    if (HOLDS(upper_signs, code))
        return EF_CASE_UPPER;
    return HOLDS(lower_signs, code) ? EF_CASE_LOWER : EF_CASE_NONE;
}
