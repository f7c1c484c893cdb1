/* SPDX-License-Identifier: MIT
 * kernels/grams_avx512.c - what the n-grams of eight words weigh.
 *
 * A word makes up to three grams; those of eight words are three registers of hashes, made
 * from the register of keys and the one before it, moved by a word. Slots and the filter of
 * what may be felt are asked by gathering. */
#ifdef __x86_64__
#include "kernels/eight_avx512.h"
#include "kernels/look_up.h"
#include "kernels/sets.h"

/* Sums in the making: a lane of 32 bits a word. */
typedef struct weighing {
    const ef_gram_tables *tables;
    __m512i slot_mask, filter_mask;
    __m256i polarity, neutrality, known;
    ef_gram_sums *sums;
} weighing;

/* Adds what eight grams weigh, those that are there. */
static inline void weigh_eight(weighing *w, __m512i grams, __mmask8 is_there)
{
    const __m256i one = _mm256_set1_epi32(1);
    __m512i at = _mm512_and_si512(grams, w->slot_mask);
    __m256i slots = _mm512_mask_i64gather_epi32(_mm256_setzero_si256(), is_there, at,
                                                w->tables->slots, 4);
    __m256i print = _mm512_cvtepi64_epi32(_mm512_srli_epi64(grams, 48));
    print = _mm256_max_epu32(print, one); /* 0 marks empty slots: 1 stands for it */
    __m256i low = _mm256_and_si256(slots, _mm256_set1_epi32(0xffff));
    __mmask8 is_known = _mm256_mask_cmpeq_epi32_mask(is_there, low, print);
    __m256i polarity = _mm256_srai_epi32(_mm256_slli_epi32(slots, 8), 24);
    w->polarity = _mm256_mask_add_epi32(w->polarity, is_known, w->polarity, polarity);
    w->neutrality = _mm256_mask_add_epi32(w->neutrality, is_known, w->neutrality,
                                          _mm256_srai_epi32(slots, 24));
    w->known = _mm256_mask_add_epi32(w->known, is_known, w->known, one);
    if (w->tables->filter == NULL)
        return;
    __m512i bit = _mm512_and_si512(_mm512_srli_epi64(grams, EF_FELT_SHIFT), w->filter_mask);
    __mmask8 is_felt = test_bits(w->tables->filter, bit, is_there);
    _mm512_storeu_si512(w->sums->felt + w->sums->felt_count,
                        _mm512_maskz_compress_epi64(is_felt, grams));
    w->sums->felt_count += (size_t)__builtin_popcount(is_felt);
}

/* The same, where some stand in the scope of a negator. */
static inline void weigh_marked(weighing *w, __m512i grams, __mmask8 is_there,
                                __mmask8 is_negated)
{
    if ((is_there & is_negated) != 0) {
        const __m512i negated = _mm512_set1_epi64((long long)EF_KEY_NEGATED);
        grams = _mm512_mask_mov_epi64(grams, is_negated, combine(grams, negated));
    }
    weigh_eight(w, grams, is_there);
}

/* The marks of eight words from the i-th on. */
static inline __mmask8 marks_at(const uint64_t *marks, size_t i)
{
    return (__mmask8)(marks[i / 64] >> i % 64);
}

/* The keys of eight words: ef_gram_key. */
static inline __m512i gram_keys(const ef_gram_rules *rules, halves word, __mmask8 is_aside)
{
    __m512i kind = _mm512_and_si512(_mm512_srli_epi64(word.second, KIND), all(0xff));
    __mmask8 is_none =
        _mm512_test_epi64_mask(_mm512_srlv_epi64(all(rules->none), kind), all(1));
    is_none |= _mm512_test_epi64_mask(word.second, all((uint64_t)rules->own << TRAITS));
    is_none |= is_aside;
    __m512i key = _mm512_mask_mov_epi64(word.first, is_kind(word.second, rules->number),
                                        all(rules->number_key));
    return _mm512_maskz_mov_epi64((__mmask8)~is_none, key);
}

/* Each of eight numbers and all before it, from a sum on. */
static inline __m256i running(__m256i sum, __m256i numbers)
{
    const __m256i zero = _mm256_setzero_si256();
    numbers = _mm256_add_epi32(numbers, _mm256_alignr_epi32(numbers, zero, 7));
    numbers = _mm256_add_epi32(numbers, _mm256_alignr_epi32(numbers, zero, 6));
    numbers = _mm256_add_epi32(numbers, _mm256_alignr_epi32(numbers, zero, 4));
    return _mm256_add_epi32(numbers, sum);
}

/* Adds the lanes of a weighing to running sums, of which *sum has the last one in all
 * lanes; the eight are written. */
static inline void run_on(void *runs, __m256i *sum, __m256i *numbers)
{
    __m256i run = running(*sum, *numbers);
    _mm256_storeu_si256(runs, run);
    *sum = _mm256_permutevar8x32_epi32(run, _mm256_set1_epi32(7));
    *numbers = _mm256_setzero_si256();
}

void ef_weigh_grams_avx512(const ef_gram_tables *tables, const ef_gram_rules *rules,
                           const ef_word *words, size_t n, const ef_word_marks *marks,
                           const ef_gram_runs *runs, ef_gram_sums *sums)
{
    weighing w = { .tables = tables, .sums = sums };
    w.slot_mask = all((UINT64_C(1) << tables->slot_bits) - 1);
    w.filter_mask = all((UINT64_C(1) << tables->filter_bits) - 1);
    w.polarity = w.neutrality = w.known = _mm256_setzero_si256();
    __m256i polarity = _mm256_set1_epi32(sums->polarity);
    __m256i neutrality = _mm256_set1_epi32(sums->neutrality);
    __m256i known = _mm256_set1_epi32((int)sums->known);
    __m512i keys_before = _mm512_setzero_si512(), pairs_before = keys_before;
    for (size_t i = 0; i < n; i += 8) {
        __mmask8 valid = (__mmask8)first_bits(n - i);
        __mmask8 is_inner = (__mmask8)~marks_at(marks->starts, i);
        __mmask8 is_negated = marks_at(marks->negated, i);
        halves word = read_halves(words + i, valid);
        __m512i key = gram_keys(rules, word, marks_at(marks->aside, i));
        __m512i before = _mm512_alignr_epi64(key, keys_before, 7);
        __mmask8 is_whole = _mm512_mask_test_epi64_mask(valid, key, key);
        __mmask8 goes_on = _mm512_mask_test_epi64_mask(is_whole & is_inner, before, before);
        __mmask8 is_alone = (__mmask8)(is_whole & ~marks_at(marks->in_phrase, i));
        __m512i pairs = _mm512_maskz_mov_epi64(goes_on, combine(before, key));
        goes_on = _mm512_test_epi64_mask(pairs, pairs);
        __m512i pair = _mm512_alignr_epi64(pairs, pairs_before, 7);
        __mmask8 is_third = _mm512_mask_test_epi64_mask(is_whole & is_inner, pair, pair);
        weigh_marked(&w, key, is_alone, is_negated);
        weigh_marked(&w, pairs, goes_on, is_negated);
        weigh_marked(&w, combine(pair, key), is_third, is_negated);
        run_on(runs->polarity + i, &polarity, &w.polarity);
        run_on(runs->neutrality + i, &neutrality, &w.neutrality);
        run_on(runs->known + i, &known, &w.known);
        keys_before = key;
        pairs_before = pairs;
    }
    sums->polarity = _mm256_extract_epi32(polarity, 0);
    sums->neutrality = _mm256_extract_epi32(neutrality, 0);
    sums->known = (uint32_t)_mm256_extract_epi32(known, 0);
}
#else
typedef int ef_no_avx512_grams_here; /* a translation unit must not be empty */
#endif
