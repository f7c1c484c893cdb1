/* SPDX-License-Identifier: MIT
 * kernels/kernels_avx512.c - 64 bytes at a time, one register, and masks for the rest.
 *
 * A mask register is a mask of a block, so comparing is all of classifying; places are
 * written down by one compression a block; eight tokens are hashed at once. The last block
 * of a text is loaded under a mask: nothing behind p + n is read but where kernels.h says
 * padded. */
#ifdef __x86_64__
#include <immintrin.h>

#include "kernels/eight_avx512.h"
#include "kernels/look_up.h"
#include "kernels/sets.h"
#include "kernels/word_bits.h"

static bool is_supported(void)
{
    return ef_kernels_avx2.is_supported() && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512vbmi2");
}

static inline uint64_t equal(__m512i bytes, char byte)
{
    return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte));
}

/* first <= byte <= first + size - 1 */
static inline uint64_t in_range(__m512i bytes, char first, char size)
{
    __m512i moved = _mm512_sub_epi8(bytes, _mm512_set1_epi8(first));
    return _mm512_cmplt_epu8_mask(moved, _mm512_set1_epi8(size));
}

/* Bytes one place later; the last one of before comes first. */
static inline __m512i shifted(__m512i bytes, __m512i before)
{
    __m512i lanes = _mm512_alignr_epi64(bytes, before, 6); /* 16 bytes later */
    return _mm512_alignr_epi8(bytes, lanes, 15);
}

/* Classes of ASCII characters, one bit each. */
enum {
    WORD = 1 << 0,
    UPPER = 1 << 1,
    DIGIT = 1 << 2,
    BLANK = 1 << 3,
    APOSTROPHE = 1 << 4,
    STOP = 1 << 5,
    JOINER = 1 << 6,
    MARK = 1 << 7, /* what folding is not enough for */
};

#define CAPITAL     (WORD | UPPER)
#define FIVE(class) class, class, class, class, class
#define LETTERS(class)                                                                     \
    FIVE(class), FIVE(class), FIVE(class), FIVE(class), FIVE(class), class

static const uint8_t classes[128] = {
    [' '] = BLANK,
    ['!'] = STOP,
    ['&'] = MARK,
    ['\''] = APOSTROPHE | JOINER,
    ['+'] = JOINER,
    [','] = STOP,
    ['-'] = JOINER,
    ['.'] = STOP | JOINER,
    ['0'] = FIVE(WORD | DIGIT),
    FIVE(WORD | DIGIT),
    [':'] = JOINER,
    ['<'] = MARK,
    ['?'] = STOP,
    ['@'] = JOINER,
    ['A'] = LETTERS(CAPITAL),
    ['_'] = JOINER,
    ['`'] = MARK,
    ['a'] = LETTERS(WORD),
};

static inline uint64_t having(__m512i bytes, uint8_t class)
{
    return _mm512_test_epi8_mask(bytes, _mm512_set1_epi8((char)class));
}

static bool classify(const uint8_t *p, size_t n, uint8_t *folded, ef_byte_masks *masks)
{
    const __m512i first = _mm512_loadu_si512(classes);
    const __m512i second = _mm512_loadu_si512(classes + 64);
    /* Nothing equals the byte before a text: its first byte, made different. */
    __m512i before = _mm512_set1_epi8(n > 0 ? (char)~(p[0] | 0x20) : 0);
    uint64_t marks = 0;
    for (size_t i = 0; i < n; i += 64) {
        __mmask64 valid = first_bits(n - i);
        __m512i bytes = _mm512_maskz_loadu_epi8(valid, p + i);
        __mmask64 high = _mm512_movepi8_mask(bytes);
        __m512i class = _mm512_permutex2var_epi8(first, bytes, second);
        class = _mm512_mask_mov_epi8(class, high, _mm512_set1_epi8(JOINER));
        uint64_t upper = having(class, UPPER);
        __m512i lower = _mm512_mask_add_epi8(bytes, upper, bytes, _mm512_set1_epi8(32));
        _mm512_storeu_si512(folded + i, lower);
        marks |= high | having(class, MARK);
        /* Zeros fill the last block; they are in no mask but `same`. */
        masks[i / 64] = (ef_byte_masks){
            .word = having(class, WORD),
            .upper = upper,
            .digit = having(class, DIGIT),
            .blank = having(class, BLANK),
            .apostrophe = having(class, APOSTROPHE),
            .same = _mm512_cmpeq_epi8_mask(lower, shifted(lower, before)) & valid,
            .stop = having(class, STOP),
            .joiner = having(class, JOINER),
        };
        before = lower;
    }
    return marks == 0;
}

/* Writes the bytes whose bits are set, each plus base, and returns their number. */
static inline size_t append_places(uint16_t *places, __m512i bytes, uint64_t bits,
                                   size_t base)
{
    __m512i packed = _mm512_maskz_compress_epi8(bits, bytes);
    __m512i low = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(packed));
    __m512i high = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(packed, 1));
    __m512i more = _mm512_set1_epi16((short)base);
    _mm512_storeu_si512(places, _mm512_add_epi16(low, more));
    _mm512_storeu_si512(places + 32, _mm512_add_epi16(high, more));
    return (size_t)__builtin_popcountll(bits);
}

static inline __m512i four_times_place(void)
{
    __m512i eight = _mm512_set1_epi64(0x1c1814100c080400);
    __m512i first = _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0);
    __m512i step = _mm512_mullo_epi64(first, _mm512_set1_epi64(0x2020202020202020));
    return _mm512_add_epi8(eight, step);
}

static void find_places(const ef_byte_masks *masks, size_t first, size_t last,
                        ef_strip *strip)
{
    const __m512i one = _mm512_set1_epi8(1), two = _mm512_set1_epi8(2);
    const __m512i places = four_times_place();
    ef_word_carry carry = ef_word_carry_into(masks, first);
    size_t begins = 0, ends = 0;
    strip->shouted[0] = strip->numbers[0] = 0;
    for (size_t at = first; at < last; at++) {
        const ef_byte_masks *mask = &masks[at];
        ef_word_bits bits = ef_word_bits_of(mask, &carry);
        size_t base = 4 * 64 * (at - first);
        __m512i looks = _mm512_mask_add_epi8(places, mask->upper, places, one);
        looks = _mm512_mask_add_epi8(looks, mask->stop, looks, two);
        begins += append_places(strip->begins + begins, looks, bits.begins, base);
        __m512i marked = _mm512_mask_add_epi8(places, bits.linked, places, one);
        marked = _mm512_mask_add_epi8(marked, bits.plain, marked, two);
        ef_append_bits(strip->shouted, ends, _pext_u64(bits.shouted, bits.ends));
        ef_append_bits(strip->numbers, ends, _pext_u64(bits.numbers, bits.ends));
        ends += append_places(strip->ends + ends, marked, bits.ends, base);
    }
    strip->count = ends;
}

/* Eight items in the making. */
typedef struct eight {
    __m128i ends;
    __m512i place, look, size, hash;
    __m512i first; /* the first byte of each */
} eight;

/* Ones in the lowest count bytes of every number; in all of them from eight on. */
static inline __m512i low_bytes(__m512i count)
{
    __m512i bit = _mm512_sllv_epi64(_mm512_set1_epi64(1), _mm512_slli_epi64(count, 3));
    return _mm512_add_epi64(bit, _mm512_set1_epi64(-1));
}

/* Reads items from begins and ends and hashes them as ef_hash_padded does. Of eight places
 * those that are not valid are taken for empty ones where the strip begins. */
static inline eight read_eight(const uint8_t *text, const uint16_t *begins,
                               const uint16_t *ends, __mmask8 valid)
{
    const __m512i three = _mm512_set1_epi64(3), eight_bytes = _mm512_set1_epi64(8);
    __m512i begin = _mm512_cvtepu16_epi64(_mm_maskz_loadu_epi16(valid, begins));
    eight w = { .ends = _mm_maskz_loadu_epi16(valid, ends) };
    w.place = _mm512_srli_epi64(begin, 2);
    w.size = _mm512_sub_epi64(_mm512_srli_epi64(_mm512_cvtepu16_epi64(w.ends), 2), w.place);
    __m512i low = _mm512_i64gather_epi64(w.place, text, 1);
    low = _mm512_and_si512(low, low_bytes(w.size));
    __mmask8 is_long = _mm512_cmpgt_epi64_mask(w.size, eight_bytes);
    __m512i high = _mm512_i64gather_epi64(w.place, text + 8, 1);
    __m512i more = low_bytes(_mm512_sub_epi64(w.size, eight_bytes));
    high = _mm512_maskz_and_epi64(is_long, high, more);
    __m512i twice = _mm512_maskz_slli_epi64(is_long, w.size, 1);
    w.hash = mix(_mm512_xor_si512(low, twice), _mm512_add_epi64(high, w.size));
    w.first = _mm512_and_si512(low, _mm512_set1_epi64(0xff));
    __mmask8 is_stop = _mm512_test_epi64_mask(begin, _mm512_set1_epi64(2));
    __mmask8 is_end =
        _mm512_mask_cmpneq_epi64_mask(is_stop, w.first, _mm512_set1_epi64(','));
    w.look = _mm512_and_si512(begin, three);
    w.look = _mm512_mask_add_epi64(w.look, is_end, w.look, _mm512_set1_epi64(1));
    return w;
}

/* Writes the tokens of eight words; looks are the upper halves by ef_look. */
static inline void write_eight(const eight *w, size_t base, __m512i looks, ef_token *tokens)
{
    __m512i span = _mm512_add_epi64(w->place, _mm512_set1_epi64((long long)base));
    span = _mm512_or_si512(span, _mm512_slli_epi64(w->size, 32));
    span = _mm512_or_si512(span, _mm512_permutexvar_epi64(w->look, looks));
    __m512i first = _mm512_set_epi64(11, 3, 10, 2, 9, 1, 8, 0);
    __m512i second = _mm512_add_epi64(first, _mm512_set1_epi64(4));
    _mm512_storeu_si512(tokens, _mm512_permutex2var_epi64(w->hash, first, span));
    _mm512_storeu_si512(tokens + 4, _mm512_permutex2var_epi64(w->hash, second, span));
}

/* Which of eight items are plain after all, a bit each. *suspect is 1 if the item before
 * them is a suspect, and is set for the next eight. */
static inline unsigned plain_of(const eight *w, __m512i suspects, unsigned *suspect)
{
    unsigned is_x = _mm512_cmpeq_epi64_mask(w->first, _mm512_set1_epi64('x'));
    unsigned is_dot = _mm512_cmpeq_epi64_mask(w->first, _mm512_set1_epi64('.'));
    __m512i sizes = _mm512_maskz_permutexvar_epi16(0x11111111, w->first, suspects);
    __m512i bits = _mm512_srlv_epi64(sizes, w->size);
    unsigned is_suspect = _mm512_test_epi64_mask(bits, _mm512_set1_epi64(1));
    unsigned is_odd = is_x | (is_dot & (is_suspect << 1 | *suspect));
    *suspect = is_suspect >> 7;
    return _mm_test_epi16_mask(w->ends, _mm_set1_epi16(2)) & ~is_odd;
}

/* The upper halves of tokens without their sizes, by ef_look. */
static inline __m512i look_table(const ef_strip_rules *rules)
{
    uint64_t looks[8] = { 0 };
    for (size_t i = 0; i < EF_LOOKS; i++)
        looks[i] = (uint64_t)rules->kinds[i] << KIND | (uint64_t)rules->flags[i] << FLAGS;
    return _mm512_loadu_si512(looks);
}

/* Asks for what eight words will be looked up in: ef_expect_word. */
EF_EXPECTS void expect_eight(const ef_word_tables *tables, __m512i hash)
{
    const __m128i right = _mm_cvtsi32_si128(64 + 6 - (int)tables->vocabulary_bits);
    uint64_t mask = ((UINT64_C(1) << tables->slot_bits) - 1) & ~UINT64_C(1);
    uint64_t items[8], known[8];
    _mm512_storeu_si512(items, _mm512_and_si512(hash, _mm512_set1_epi64((long long)mask)));
    _mm512_storeu_si512(known, _mm512_srl_epi64(hash, right));
    for (int i = 0; i < 8; i++)
        __builtin_prefetch(&tables->items[2 * items[i]]);
    for (int i = 0; i < 8 && tables->vocabulary != NULL; i++)
        __builtin_prefetch(&tables->vocabulary[known[i]]);
}

static void make_tokens(const uint8_t *p, size_t base, const ef_strip_rules *rules,
                        const ef_word_tables *tables, ef_strip *strip)
{
    const __m512i looks = look_table(rules), suspects = _mm512_loadu_si512(rules->suspects);
    const uint8_t *text = p + base;
    uint64_t plain = 0, linked = 0;
    unsigned suspect = 1; /* what stands before the strip is unknown */
    for (size_t k = 0; k < strip->count; k += 8) {
        __mmask8 valid = (__mmask8)first_bits(strip->count - k);
        eight w = read_eight(text, strip->begins + k, strip->ends + k, valid);
        w.look = _mm512_mask_mov_epi64(w.look, (__mmask8)(strip->shouted[k / 64] >> k % 64),
                                       _mm512_set1_epi64(EF_LOOK_SHOUTED));
        w.look = _mm512_mask_mov_epi64(w.look, (__mmask8)(strip->numbers[k / 64] >> k % 64),
                                       _mm512_set1_epi64(EF_LOOK_NUMBER));
        write_eight(&w, base, looks, &strip->tokens[k]);
        if (tables != NULL)
            expect_eight(tables, w.hash);
        unsigned is_long = _mm512_cmpgt_epi64_mask(w.size, _mm512_set1_epi64(16));
        for (; is_long != 0; is_long &= is_long - 1) {
            ef_token *token = &strip->tokens[k + (size_t)__builtin_ctz(is_long)];
            token->hash = ef_hash_bytes(p + token->begin, token->size);
        }
        uint64_t now_plain = plain_of(&w, suspects, &suspect);
        uint64_t now_linked = now_plain & _mm_test_epi16_mask(w.ends, _mm_set1_epi16(1));
        plain |= now_plain << k % 64;
        linked |= now_linked << k % 64;
        strip->plain[k / 64] = plain;
        strip->linked[k / 64] = linked;
        if (k % 64 == 56)
            plain = linked = 0;
    }
    if (strip->count % 64 == 0)
        strip->plain[strip->count / 64] = strip->linked[strip->count / 64] = 0;
}

static void find_words(const uint8_t *p, const ef_byte_masks *masks, size_t first,
                       size_t last, const ef_strip_rules *rules,
                       const ef_word_tables *tables, ef_strip *strip)
{
    find_places(masks, first, last, strip);
    make_tokens(p, 64 * first, rules, tables, strip);
}

static size_t ascii_run(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i += 64) {
        uint64_t high =
            _mm512_movepi8_mask(_mm512_maskz_loadu_epi8(first_bits(n - i), p + i));
        if (high != 0)
            return i + (size_t)__builtin_ctzll(high);
    }
    return n;
}

static size_t find_any(const uint8_t *p, size_t n, uint8_t a, uint8_t b, uint8_t c)
{
    for (size_t i = 0; i < n; i += 64) {
        __mmask64 valid = first_bits(n - i);
        __m512i bytes = _mm512_maskz_loadu_epi8(valid, p + i);
        uint64_t found =
            equal(bytes, (char)a) | equal(bytes, (char)b) | equal(bytes, (char)c);
        found &= valid;
        if (found != 0)
            return i + (size_t)__builtin_ctzll(found);
    }
    return n;
}

static size_t count(const uint8_t *p, size_t n, uint8_t byte)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i += 64) {
        __mmask64 valid = first_bits(n - i);
        __m512i bytes = _mm512_maskz_loadu_epi8(valid, p + i);
        found += (size_t)__builtin_popcountll(equal(bytes, (char)byte) & valid);
    }
    return found;
}

static size_t json_string_run(const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i += 64) {
        __mmask64 valid = first_bits(n - i);
        __m512i bytes = _mm512_maskz_loadu_epi8(valid, p + i);
        uint64_t found = equal(bytes, '"') | equal(bytes, '\\') | in_range(bytes, 0, 0x20);
        found &= valid;
        if (found != 0)
            return i + (size_t)__builtin_ctzll(found);
    }
    return n;
}

static void mark(const uint8_t *p, size_t n, const uint8_t four[4], uint64_t *bits)
{
    const char a = (char)four[0], b = (char)four[1], c = (char)four[2], d = (char)four[3];
    for (size_t i = 0; i < n; i += 64) {
        __mmask64 valid = first_bits(n - i);
        __m512i bytes = _mm512_maskz_loadu_epi8(valid, p + i);
        uint64_t found =
            equal(bytes, a) | equal(bytes, b) | equal(bytes, c) | equal(bytes, d);
        bits[i / 64] = found & valid;
    }
}

const ef_kernels ef_kernels_avx512 = {
    .name = "avx512",
    .summary = "AVX-512 with VBMI2: Intel since 2019, AMD since 2022",
    .is_supported = is_supported,
    .classify = classify,
    .find_words = find_words,
    .survey_tokens = ef_survey_tokens_avx512,
    .read_words = ef_read_words_avx512,
    .survey_words = ef_survey_words_avx512,
    .weigh_grams = ef_weigh_grams_avx512,
    .feel = ef_feel_avx512,
    .ascii_run = ascii_run,
    .find_any = find_any,
    .count = count,
    .json_string_run = json_string_run,
    .mark = mark,
};
#else
typedef int ef_no_avx512_here; /* a translation unit must not be empty */
#endif
