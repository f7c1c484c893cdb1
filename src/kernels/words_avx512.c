/* SPDX-License-Identifier: MIT
 * kernels/words_avx512.c - the words of a text, eight at a time.
 *
 * Tokens become words, and a passage's words are surveyed. Tables and filters are asked by
 * gathering. What one in a thousand words needs goes the way of the reference. */
#ifdef __x86_64__
#include "kernels/eight_avx512.h"
#include "kernels/look_up.h"
#include "kernels/openers.h"
#include "kernels/sets.h"

/* Writes those of eight items that are wanted, side by side, and returns how many. */
static inline size_t write_halves(ef_word *words, halves h, __mmask8 wanted)
{
    const __m512i low = _mm512_set_epi64(11, 3, 10, 2, 9, 1, 8, 0);
    const __m512i high = _mm512_set_epi64(15, 7, 14, 6, 13, 5, 12, 4);
    __m512i first = _mm512_maskz_compress_epi64(wanted, h.first);
    __m512i second = _mm512_maskz_compress_epi64(wanted, h.second);
    _mm512_storeu_si512(words, _mm512_permutex2var_epi64(first, low, second));
    _mm512_storeu_si512(words + 4, _mm512_permutex2var_epi64(first, high, second));
    return (size_t)__builtin_popcount(wanted);
}

/* Looks eight words up: ef_look_up. Both items of a bucket are compared; a word whose
 * bucket is full of others, which is rare, goes the way of the reference. */
static inline __m512i look_up(const ef_word_tables *tables, __m512i hash, __mmask8 valid)
{
    __m512i place = _mm512_and_si512(hash, all((UINT64_C(1) << tables->slot_bits) - 2));
    __m512i item = _mm512_slli_epi64(place, 1); /* in steps of eight bytes */
    __m512i first = _mm512_i64gather_epi64(item, tables->items, 8);
    __m512i second = _mm512_i64gather_epi64(item, tables->items + 2, 8);
    __mmask8 is_first = _mm512_cmpeq_epi64_mask(first, hash);
    __mmask8 is_second = _mm512_cmpeq_epi64_mask(second, hash);
    __mmask8 is_full = _mm512_test_epi64_mask(second, second);
    __mmask8 is_known = 0;
    if (tables->vocabulary != NULL) {
        const __m128i right = _mm_cvtsi32_si128(64 - (int)tables->vocabulary_bits);
        is_known = test_bits(tables->vocabulary, _mm512_srl_epi64(hash, right), valid);
    }
    __m512i found = _mm512_slli_epi64(place, 2);
    found = _mm512_mask_add_epi64(found, is_second, found, all(4));
    found = _mm512_mask_or_epi64(found, is_first | is_second, found, all(EF_FOUND_LISTED));
    found = _mm512_mask_or_epi64(found, is_known, found, all(EF_FOUND_KNOWN));
    unsigned rest = valid & is_full & ~(unsigned)(is_first | is_second);
    if (rest != 0) {
        uint64_t hashes[8], answers[8];
        _mm512_storeu_si512(hashes, hash);
        _mm512_storeu_si512(answers, found);
        for (; rest != 0; rest &= rest - 1)
            answers[__builtin_ctz(rest)] = ef_look_up(tables, hashes[__builtin_ctz(rest)]);
        found = _mm512_loadu_si512(answers);
    }
    return found;
}

static inline __m512i mark(__m512i half, __mmask8 which, uint64_t marks)
{
    return _mm512_mask_or_epi64(half, which, half, all(marks << MARKS));
}

/* The second halves of words made of those of tokens. */
static inline __m512i make_words(const ef_word_tables *tables, const ef_word_rules *rules,
                                 __m512i found, __m512i token)
{
    __m512i kind = _mm512_and_si512(_mm512_srli_epi64(token, KIND), all(0xff));
    __mmask8 may_be =
        _mm512_test_epi64_mask(_mm512_srlv_epi64(all(rules->listed), kind), all(1));
    __mmask8 is_listed = _mm512_mask_test_epi64_mask(may_be, found, all(EF_FOUND_LISTED));
    __m512i at = _mm512_or_si512(_mm512_slli_epi64(_mm512_srli_epi64(found, 2), 1), all(1));
    __m512i item = _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), is_listed, at,
                                               tables->items, 8);
    __m512i traits = _mm512_and_si512(_mm512_srli_epi64(item, EF_TRAITS_SHIFT), all(0xff));
    __m512i half = _mm512_and_si512(token, all(UINT64_C(0xffff) << KIND));
    __m512i place = _mm512_andnot_si512(all(EF_FOUND_LISTED), found);
    place = _mm512_mask_or_epi64(place, is_listed, place, all(EF_FOUND_LISTED));
    half = _mm512_or_si512(half, place);
    half = _mm512_or_si512(half, _mm512_slli_epi64(traits, TRAITS));
    __mmask8 is_number = is_kind(token, rules->number) |
                         _mm512_test_epi64_mask(traits, all(rules->is_number));
    __mmask8 is_known = _mm512_test_epi64_mask(found, all(EF_FOUND_KNOWN)) |
                        _mm512_test_epi64_mask(traits, all(rules->own));
    half = mark(half, is_number, IS_NUMBER);
    return mark(half, is_known, IS_KNOWN);
}

/* What is true of up to 64 tokens. */
static inline ef_token_bits survey_64(const ef_word_rules *rules, const ef_token *tokens,
                                      size_t n)
{
    const __m512i clause_end = all((uint64_t)rules->clause_end << FLAGS);
    const __m512i sentence_end = all((uint64_t)rules->sentence_end << FLAGS);
    const __m512i capitals = all((uint64_t)rules->capitals << FLAGS);
    const __m512i odd = all((uint64_t)rules->odd << FLAGS);
    ef_token_bits bits = { 0 };
    for (size_t i = 0; i < n; i += 8) {
        __mmask8 valid = (__mmask8)first_bits(n - i);
        __m512i half = read_halves(tokens + i, valid).second;
        __mmask8 is_stop = is_kind(half, rules->stop) & valid;
        __mmask8 is_word = is_kind(half, rules->word) & valid;
        __mmask8 is_odd = _mm512_mask_test_epi64_mask(is_word, half, odd);
        bits.stops |= (uint64_t)is_stop << i;
        bits.clauses |= (uint64_t)_mm512_test_epi64_mask(half, clause_end) << i;
        bits.ends |= (uint64_t)_mm512_test_epi64_mask(half, sentence_end) << i;
        bits.words |= (uint64_t)is_word << i;
        bits.capitals |= (uint64_t)_mm512_test_epi64_mask(half, capitals) << i;
        bits.odd |= (uint64_t)is_odd << i;
    }
    bits.marks = bits.stops & ~bits.clauses;
    return bits;
}

void ef_survey_tokens_avx512(const ef_word_rules *rules, const ef_token *tokens, size_t n,
                             ef_token_bits *bits)
{
    for (size_t i = 0; i <= n; i += 64)
        bits[i / 64] = survey_64(rules, tokens + i, n - i < 64 ? n - i : 64);
}

void ef_read_words_avx512(const ef_word_tables *tables, const ef_word_rules *rules,
                          const ef_token *tokens, const ef_token_bits *bits, size_t first,
                          size_t end, ef_word_list *list)
{
    const __m256i places = _mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0);
    size_t count = list->count, unknown = list->unknown_count;
    for (size_t i = first / 8 * 8; i < end; i += 8) {
        const ef_token_bits *block = &bits[i / 64];
        uint64_t before = i < first ? first_bits(first - i) : 0;
        __mmask8 is_word =
            (__mmask8)(first_bits(end - i) & ~before & ~(block->stops >> i % 64));
        halves token = read_halves(tokens + i, is_word);
        __m512i found = look_up(tables, token.first, is_word);
        halves word = { token.first, make_words(tables, rules, found, token.second) };
        word.second = mark(word.second, (__mmask8)(block->clauses >> i % 64), ENDS_CLAUSE);
        __mmask8 is_unknown = _mm512_mask_testn_epi64_mask(
            is_word, word.second, all((uint64_t)IS_KNOWN << MARKS));
        __m256i index = _mm256_add_epi32(places, _mm256_set1_epi32((int)i));
        __m256i place = _mm256_add_epi32(_mm256_maskz_expand_epi32(is_word, places),
                                         _mm256_set1_epi32((int)count));
        _mm256_storeu_si256((__m256i *)(void *)(list->tokens + count),
                            _mm256_maskz_compress_epi32(is_word, index));
        _mm256_storeu_si256((__m256i *)(void *)(list->unknown + unknown),
                            _mm256_maskz_compress_epi32(is_unknown, place));
        unknown += (size_t)__builtin_popcount(is_unknown);
        count += write_halves(list->words + count, word, is_word);
    }
    list->count = count;
    list->unknown_count = unknown;
}

/* What a table's filter knows of eight paths. */
static inline __m512i ask_filter(const ef_path_table *table, __m512i paths, __mmask8 asked)
{
    const __m128i right = _mm_cvtsi32_si128(64 - (int)table->filter_bits);
    return _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), asked,
                                       _mm512_srl_epi64(paths, right), table->filter, 8);
}

/* ef_path_may_be_there, of paths of which the filter knows something. */
static inline __mmask8 may_be_there(__m512i known, __m512i paths, __mmask8 asked)
{
    __m512i wanted =
        _mm512_or_si512(_mm512_rolv_epi64(all(1), _mm512_srli_epi64(paths, 44)),
                        _mm512_rolv_epi64(all(1), _mm512_srli_epi64(paths, 38)));
    __m512i missing = _mm512_andnot_si512(known, wanted);
    return _mm512_mask_testn_epi64_mask(asked, missing, missing);
}

static const uint8_t sixty_four[64] __attribute__((aligned(64))) = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63
};

/* Lists the words of a block that begins at a place of its stretch, a bit each. */
static inline void list_block(ef_place_list *list, size_t at, uint64_t which)
{
    const __m512i places =
        _mm512_add_epi8(_mm512_load_si512(sixty_four), _mm512_set1_epi8((char)at));
    _mm512_storeu_si512(list->places + list->count,
                        _mm512_maskz_compress_epi8(which, places));
    list->count += (size_t)__builtin_popcountll(which);
}

/* Which of some words have one of these traits. */
static inline __mmask8 with_traits(__mmask8 asked, halves word, uint8_t traits)
{
    return _mm512_mask_test_epi64_mask(asked, word.second, all((uint64_t)traits << TRAITS));
}

/* What is true of the words of a block, a bit each. */
typedef struct block_bits {
    uint64_t events, words, known;
    uint64_t pairs, one, many, numbers, numbered; /* by what they may begin a phrase with */
} block_bits;

/* Surveys eight words, of which valid ones are there and all but perhaps the last have a
 * next one; i is their place in the block. Lists the paths of pairs. */
static inline void survey_eight(const ef_stretch *s, halves word, halves next,
                                __mmask8 valid, __mmask8 has_next, size_t i, ef_openers *o,
                                size_t *paths_listed, block_bits *bits)
{
    const ef_word_rules *rules = s->rules;
    const ef_path_table *table = &s->tables->levels[EF_PAIRS];
    const __m512i is_number = all((uint64_t)IS_NUMBER << MARKS);
    const __m512i stirs = all((uint64_t)rules->speaks << TRAITS |
                              (uint64_t)(IS_NUMBER | ENDS_CLAUSE) << MARKS);
    __m512i kind = _mm512_and_si512(_mm512_srli_epi64(word.second, KIND), all(0xff));
    __mmask8 goes_on = with_traits(has_next, word, rules->goes_on);
    __m512i paths = combine(word.first, next.first);
    __mmask8 is_pair = may_be_there(ask_filter(table, paths, goes_on), paths, goes_on);
    _mm512_storeu_si512(o->paths + *paths_listed,
                        _mm512_maskz_compress_epi64(is_pair, paths));
    *paths_listed += (size_t)__builtin_popcount(is_pair);
    __mmask8 is_numbered = with_traits(goes_on, word, rules->numbered);
    __mmask8 is_event =
        _mm512_test_epi64_mask(word.second, stirs) |
        _mm512_test_epi64_mask(_mm512_srlv_epi64(all(rules->ratings), kind), all(1));
    __mmask8 is_word = is_kind(word.second, rules->word) & valid;
    bits->pairs |= (uint64_t)is_pair << i;
    bits->one |= (uint64_t)with_traits(goes_on, word, rules->one) << i;
    bits->many |= (uint64_t)with_traits(goes_on, word, rules->many) << i;
    bits->numbers |= (uint64_t)_mm512_test_epi64_mask(word.second, is_number) << i;
    bits->numbered |=
        (uint64_t)_mm512_mask_test_epi64_mask(is_numbered, next.second, is_number) << i;
    bits->words |= (uint64_t)is_word << i;
    bits->known |= (uint64_t)_mm512_mask_test_epi64_mask(is_word, word.second,
                                                         all((uint64_t)IS_KNOWN << MARKS))
                   << i;
    bits->events |= (uint64_t)(is_event & valid) << i;
}

/* Surveys the first 64 of n words, or fewer, from a place of a stretch on; gives the
 * events. */
static uint64_t survey_block(const ef_stretch *s, size_t at, ef_openers *o,
                             ef_word_counts *counts)
{
    const ef_word *words = s->words + at;
    const size_t n = s->n - at;
    block_bits bits = { 0 };
    size_t paths_listed = o->pairs.count;
    halves behind = read_halves(words, (__mmask8)first_bits(n));
    for (size_t i = 0; i < 64 && i < n; i += 8) {
        halves word = behind;
        behind =
            read_halves(words + i + 8, (__mmask8)first_bits(n - i < 8 ? 0 : n - i - 8));
        halves next = { _mm512_alignr_epi64(behind.first, word.first, 1),
                        _mm512_alignr_epi64(behind.second, word.second, 1) };
        survey_eight(s, word, next, (__mmask8)first_bits(n - i),
                     (__mmask8)first_bits(n - i - 1), i, o, &paths_listed, &bits);
    }
    list_block(&o->pairs, at, bits.pairs);
    list_block(&o->one, at, bits.one);
    list_block(&o->many, at, bits.many);
    list_block(&o->numbers, at, bits.numbers);
    list_block(&o->slots, at, bits.numbered);
    counts->words += (uint32_t)__builtin_popcountll(bits.words);
    counts->known += (uint32_t)__builtin_popcountll(bits.known);
    return bits.events;
}

void ef_survey_words_avx512(const ef_word_rules *rules, const ef_phrase_tables *tables,
                            ef_word *words, size_t n, uint64_t *events,
                            ef_word_counts *counts)
{
    ef_openers openers;
    *counts = (ef_word_counts){ 0 };
    events[n / 64] = 0;
    for (size_t i = 0; i < n; i += EF_STRETCH) {
        const ef_stretch stretch = { tables, rules, words + i, n - i, events + i / 64 };
        ef_openers_clear(&openers);
        for (size_t at = 0; at < EF_STRETCH && at < stretch.n; at += 64)
            stretch.events[at / 64] = survey_block(&stretch, at, &openers, counts);
        ef_settle_openers(&stretch, &openers);
    }
}

#else
typedef int ef_no_avx512_words_here; /* a translation unit must not be empty */
#endif
