/* SPDX-License-Identifier: MIT
 * kernels/grams_avx512.c - what the n-grams of eight words weigh.
 *
 * A word makes up to three grams; those of eight words are three registers of hashes, made
 * from the register of keys and the one before it, moved by a word. Slots and the filter of
 * what may be felt are asked by gathering.
 *
 * A strip of words is hashed before any of it is looked up: gathers then stand close enough
 * for a CPU to wait for many of them at once, which is a fifth faster than eight by eight.
 * Asking memory ahead as well makes it slower than it was: where the table lies on many
 * pages, a request costs nearly what a gather does. */
#ifdef __x86_64__
#include "kernels/eight_avx512.h"
#include "kernels/look_up.h"
#include "kernels/sets.h"

enum { STRIP = 64, GRAMS = 3 }; /* words; grams that end at one */

/* The grams of eight words: of one, two and three words that end at each. */
typedef struct eight {
    __m512i grams[GRAMS];
    __mmask8 is_there[GRAMS];
} eight;

/* What goes on from strip to strip. */
typedef struct weighing {
    const ef_gram_tables *tables;
    __m512i slot_mask, filter_mask;
    __m512i keys_before, pairs_before;
    __m256i polarity, neutrality, known; /* running sums, the last one in all lanes */
} weighing;

/* What eight words weigh: a lane each. */
typedef struct weights {
    __m256i polarity, neutrality, known;
} weights;

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

/* The marks of eight words from the i-th on. */
static inline __mmask8 marks_at(const uint64_t *marks, size_t i)
{
    return (__mmask8)(marks[i / 64] >> i % 64);
}

/* Makes the grams of eight words from the i-th of n on. */
static inline void make_grams(weighing *w, const ef_gram_rules *rules, const ef_word *words,
                              size_t n, const ef_word_marks *marks, size_t i, eight *made)
{
    __mmask8 valid = (__mmask8)first_bits(n - i);
    __mmask8 is_inner = (__mmask8)~marks_at(marks->starts, i);
    __mmask8 is_negated = marks_at(marks->negated, i);
    __m512i key =
        gram_keys(rules, read_halves(words + i, valid), marks_at(marks->aside, i));
    __m512i before = _mm512_alignr_epi64(key, w->keys_before, 7);
    __mmask8 is_whole = _mm512_mask_test_epi64_mask(valid, key, key);
    __mmask8 goes_on = _mm512_mask_test_epi64_mask(is_whole & is_inner, before, before);
    __m512i pairs = _mm512_maskz_mov_epi64(goes_on, combine(before, key));
    __m512i pair = _mm512_alignr_epi64(pairs, w->pairs_before, 7);
    made->is_there[0] = (__mmask8)(is_whole & ~marks_at(marks->in_phrase, i));
    made->is_there[1] = _mm512_test_epi64_mask(pairs, pairs);
    made->is_there[2] = _mm512_mask_test_epi64_mask(is_whole & is_inner, pair, pair);
    made->grams[0] = key;
    made->grams[1] = pairs;
    made->grams[2] = combine(pair, key);
    for (int k = 0; is_negated != 0 && k < GRAMS; k++)
        made->grams[k] = _mm512_mask_mov_epi64(
            made->grams[k], is_negated, combine(made->grams[k], all(EF_KEY_NEGATED)));
    w->keys_before = key;
    w->pairs_before = pairs;
}

/* Adds what eight grams weigh, those that are there. */
static inline void weigh_eight(const weighing *w, weights *to, __m512i grams,
                               __mmask8 is_there, ef_gram_sums *sums)
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
    to->polarity = _mm256_mask_add_epi32(to->polarity, is_known, to->polarity, polarity);
    to->neutrality = _mm256_mask_add_epi32(to->neutrality, is_known, to->neutrality,
                                           _mm256_srai_epi32(slots, 24));
    to->known = _mm256_mask_add_epi32(to->known, is_known, to->known, one);
    if (w->tables->filter == NULL)
        return;
    __m512i bit = _mm512_and_si512(_mm512_srli_epi64(grams, EF_FELT_SHIFT), w->filter_mask);
    __mmask8 is_felt = test_bits(w->tables->filter, bit, is_there);
    _mm512_storeu_si512(sums->felt + sums->felt_count,
                        _mm512_maskz_compress_epi64(is_felt, grams));
    sums->felt_count += (size_t)__builtin_popcount(is_felt);
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
static inline void run_on(void *runs, __m256i *sum, __m256i numbers)
{
    __m256i run = running(*sum, numbers);
    _mm256_storeu_si256(runs, run);
    *sum = _mm256_permutevar8x32_epi32(run, _mm256_set1_epi32(7));
}

void ef_weigh_grams_avx512(const ef_gram_tables *tables, const ef_gram_rules *rules,
                           const ef_word *words, size_t n, const ef_word_marks *marks,
                           const ef_gram_runs *runs, ef_gram_sums *sums)
{
    enum { FEW = 3 };
    if (n < FEW) { /* registers take longer to fill than these */
        ef_weigh_grams_scalar(tables, rules, words, n, marks, runs, sums);
        return;
    }
    weighing w = { .tables = tables };
    ef_gram_sums felt = *sums; /* in registers: stores might hit them */
    eight made[STRIP / 8];
    w.slot_mask = all((UINT64_C(1) << tables->slot_bits) - 1);
    w.filter_mask = all((UINT64_C(1) << tables->filter_bits) - 1);
    w.polarity = _mm256_set1_epi32(sums->polarity);
    w.neutrality = _mm256_set1_epi32(sums->neutrality);
    w.known = _mm256_set1_epi32((int)sums->known);
    w.keys_before = w.pairs_before = _mm512_setzero_si512();
    for (size_t begin = 0; begin < n; begin += STRIP) {
        size_t end = n - begin < STRIP ? n : begin + STRIP;
        for (size_t i = begin; i < end; i += 8)
            make_grams(&w, rules, words, n, marks, i, &made[(i - begin) / 8]);
        for (size_t i = begin; i < end; i += 8) {
            const eight *of = &made[(i - begin) / 8];
            weights to = { _mm256_setzero_si256(), _mm256_setzero_si256(),
                           _mm256_setzero_si256() };
            for (int k = 0; k < GRAMS && (k == 0 || of->is_there[k] != 0); k++)
                weigh_eight(&w, &to, of->grams[k], of->is_there[k], &felt);
            run_on(runs->polarity + i, &w.polarity, to.polarity);
            run_on(runs->neutrality + i, &w.neutrality, to.neutrality);
            run_on(runs->known + i, &w.known, to.known);
        }
    }
    sums->felt_count = felt.felt_count;
    sums->polarity = _mm256_extract_epi32(w.polarity, 0);
    sums->neutrality = _mm256_extract_epi32(w.neutrality, 0);
    sums->known = (uint32_t)_mm256_extract_epi32(w.known, 0);
}

/* As the reference does it, eight slots at a time: up to 257 features, so that all lanes
 * together do not fill one of 16 bits either. */
static void feel_some(const ef_gram_tables *tables, const uint64_t *felt, size_t n,
                      int64_t sums[EF_FELT_WEIGHTS])
{
    const __m512i bias = all(0x808080808080), lanes = all(0xff00ff00ff),
                  mask = all((UINT64_C(1) << tables->felt_bits) - 1);
    __m512i even = _mm512_setzero_si512(), odd = even;
    for (size_t i = 0; i < n; i += 8) {
        __mmask8 valid = (__mmask8)first_bits(n - i);
        __m512i hashes = _mm512_maskz_loadu_epi64(valid, felt + i);
        __m512i slots = _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), valid,
                                                    _mm512_and_si512(hashes, mask),
                                                    tables->felt_slots, 8);
        __m512i print = _mm512_max_epu64(_mm512_srli_epi64(hashes, 48), all(1));
        __mmask8 is_there =
            _mm512_cmpeq_epi64_mask(_mm512_and_si512(slots, all(0xffff)), print);
        __m512i found = _mm512_maskz_srli_epi64(is_there, slots, 16);
        found = _mm512_maskz_xor_epi64(valid, found, bias);
        even = _mm512_add_epi64(even, _mm512_and_si512(found, lanes));
        odd = _mm512_add_epi64(odd, _mm512_and_si512(_mm512_srli_epi64(found, 8), lanes));
    }
    uint64_t evens = (uint64_t)_mm512_reduce_add_epi64(even),
             odds = (uint64_t)_mm512_reduce_add_epi64(odd);
    for (int lane = 0; lane < EF_FELT_WEIGHTS; lane++)
        sums[lane] += (int64_t)((lane % 2 ? odds : evens) >> 16 * (lane / 2) & 0xffff) -
                      128 * (int64_t)n;
}

void ef_feel_avx512(const ef_gram_tables *tables, const uint64_t *felt, size_t n,
                    int64_t sums[EF_FELT_WEIGHTS])
{
    enum { SOME = 256, FEW = 12 };
    if (n < FEW) { /* sums of lanes take longer than these */
        ef_feel_scalar(tables, felt, n, sums);
        return;
    }
    for (size_t at = 0; at < n; at += SOME)
        feel_some(tables, felt + at, n - at < SOME ? n - at : SOME, sums);
}
#else
typedef int ef_no_avx512_grams_here; /* a translation unit must not be empty */
#endif
