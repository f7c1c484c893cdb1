/* SPDX-License-Identifier: MIT
 * kernels/words_avx512.c - the words of a text, eight at a time.
 *
 * Tokens become words, and a passage's words are surveyed. Tables and filters are asked by
 * gathering. What one in a thousand words needs goes the way of the reference. */
#ifdef __x86_64__
#include "kernels/eight_avx512.h"
#include "kernels/look_up.h"
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

/* What the filter knows of eight pairs or triples, and what it has to. */
static inline __m512i ask_filter(const uint64_t *filter, __m512i paths, __mmask8 asked)
{
    return _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), asked,
                                       _mm512_srli_epi64(paths, 64 - EF_FILTER_BITS),
                                       filter, 8);
}

static inline __mmask8 has_bits(__m512i known, __m512i paths, int first, int second,
                                __mmask8 asked)
{
    __m512i wanted = _mm512_or_si512(
        _mm512_rolv_epi64(all(1), _mm512_srl_epi64(paths, _mm_cvtsi32_si128(first))),
        _mm512_rolv_epi64(all(1), _mm512_srl_epi64(paths, _mm_cvtsi32_si128(second))));
    __m512i missing = _mm512_andnot_si512(known, wanted);
    return _mm512_mask_testn_epi64_mask(asked, missing, missing);
}

/* ef_path_filter_holds, ef_path_filter_is_strong */
static inline __mmask8 holds(__m512i known, __m512i paths, __mmask8 asked)
{
    return has_bits(known, paths, 44, 38, asked);
}
static inline __mmask8 is_strong(__m512i known, __m512i paths, __mmask8 asked)
{
    return has_bits(known, paths, 32, 26, asked);
}

/* Words of a block that are looked at once more, eight at a time: their places, by what
 * they may begin with, and of pairs the hashes. */
enum { BLOCK = 64, LIST = BLOCK + 8 };

typedef struct openers {
    uint64_t pairs[LIST], pair_at[LIST], one_at[LIST], many_at[LIST];
    size_t pair_count, one_count, many_count;
} openers;

static inline void list(uint64_t *places, size_t *count, __m512i at, __mmask8 which)
{
    _mm512_storeu_si512(places + *count, _mm512_maskz_compress_epi64(which, at));
    *count += (size_t)__builtin_popcount(which);
}

/* Hashes of the words that stand so far behind eight places, where there are such. */
static inline __m512i hashes_behind(const ef_word *words, size_t n, __m512i at,
                                    uint64_t distance, __mmask8 *valid)
{
    at = _mm512_add_epi64(at, all(distance));
    *valid = _mm512_mask_cmplt_epu64_mask(*valid, at, all(n));
    return _mm512_mask_i64gather_epi64(_mm512_setzero_si512(), *valid,
                                       _mm512_slli_epi64(at, 1), words, 8);
}

/* Which of eight pairs go on with the words so far behind their places. */
static inline __mmask8 go_on(const ef_phrase_filters *filters, __m512i pairs,
                             const ef_word *words, size_t n, __m512i at, uint64_t distance,
                             __mmask8 valid)
{
    __m512i path = combine(pairs, hashes_behind(words, n, at, distance, &valid));
    return holds(ask_filter(filters->triples, path, valid), path, valid);
}

static inline uint64_t bits_at(__m512i at, __mmask8 which)
{
    return (uint64_t)_mm512_mask_reduce_or_epi64(which, _mm512_rolv_epi64(all(1), at));
}

/* Which of up to eight words open a phrase in a slot, which words from first on so far
 * behind them may end. */
static inline uint64_t open_slots(const ef_phrase_filters *filters, uint64_t slot,
                                  const ef_word *words, size_t n, const uint64_t *places,
                                  size_t count, uint64_t first, uint64_t last)
{
    __mmask8 valid = (__mmask8)first_bits(count);
    __m512i at = _mm512_maskz_loadu_epi64(valid, places);
    __mmask8 is_word = valid;
    __m512i pairs = combine(hashes_behind(words, n, at, 0, &is_word), all(slot));
    __mmask8 opens = is_strong(ask_filter(filters->pairs, pairs, valid), pairs, valid);
    for (uint64_t distance = first; distance <= last; distance++)
        opens |= go_on(filters, pairs, words, n, at, distance, valid);
    return bits_at(at, opens);
}

/* Asks memory for eight paths, where they are. */
static inline void expect_paths(const uint64_t *items, unsigned slot_bits, __m512i paths,
                                __mmask8 which)
{
    uint64_t wanted[8];
    _mm512_storeu_si512(wanted, _mm512_maskz_compress_epi64(which, paths));
    for (int i = 0; i < __builtin_popcount(which); i++)
        ef_path_expect(items, slot_bits, wanted[i]);
}

/* Which of the listed words of a block open a phrase; n words from its first one on. */
static uint64_t open_listed(const ef_phrase_filters *filters, const ef_word *words,
                            size_t n, const openers *o)
{
    uint64_t opens = 0;
    for (size_t k = 0; k < o->pair_count; k += 8) {
        __mmask8 valid = (__mmask8)first_bits(o->pair_count - k);
        __m512i at = _mm512_maskz_loadu_epi64(valid, o->pair_at + k);
        __m512i pairs = _mm512_maskz_loadu_epi64(valid, o->pairs + k);
        __mmask8 has_third = valid;
        __m512i triples = combine(pairs, hashes_behind(words, n, at, 2, &has_third));
        __mmask8 goes_on =
            holds(ask_filter(filters->triples, triples, has_third), triples, has_third);
        expect_paths(filters->pair_items, filters->pair_bits, pairs, goes_on);
        expect_paths(filters->triple_items, filters->triple_bits, triples, goes_on);
        opens |= bits_at(at, goes_on);
    }
    for (size_t k = 0; k < o->one_count; k += 8)
        opens |= open_slots(filters, filters->one, words, n, o->one_at + k,
                            o->one_count - k, 2, 2);
    for (size_t k = 0; k < o->many_count; k += 8)
        opens |= open_slots(filters, filters->many, words, n, o->many_at + k,
                            o->many_count - k, 1, EF_GAP_WORDS + 1);
    return opens;
}

/* Surveys the first 64 of n words, or fewer; gives the events. */
static uint64_t survey_block(const ef_word_rules *rules, const ef_phrase_filters *filters,
                             ef_word *words, size_t n, ef_word_counts *counts)
{
    const __m512i numbers = all((uint64_t)IS_NUMBER << MARKS);
    const __m512i stirs = all((uint64_t)rules->speaks << TRAITS |
                              (uint64_t)(IS_NUMBER | ENDS_CLAUSE) << MARKS);
    __m512i places = _mm512_set_epi64(7, 6, 5, 4, 3, 2, 1, 0);
    uint64_t events = 0, opens = 0;
    openers o;
    o.pair_count = o.one_count = o.many_count = 0;
    for (size_t i = 0; i < BLOCK && i < n; i += 8) {
        __mmask8 valid = (__mmask8)first_bits(n - i);
        __mmask8 has_next = (__mmask8)first_bits(n - i - 1);
        halves word = read_halves(words + i, valid);
        halves next = read_halves(words + i + 1, has_next);
        __m512i kind = _mm512_and_si512(_mm512_srli_epi64(word.second, KIND), all(0xff));
        __mmask8 goes_on = _mm512_mask_test_epi64_mask(
            has_next, word.second, all((uint64_t)rules->goes_on << TRAITS));
        __m512i pairs = combine(word.first, next.first);
        __m512i known = ask_filter(filters->pairs, pairs, goes_on);
        __mmask8 is_pair = holds(known, pairs, goes_on);
        __mmask8 open = is_strong(known, pairs, is_pair);
        __m512i at = _mm512_add_epi64(places, all(i));
        is_pair &= (__mmask8)~open;
        expect_paths(filters->pair_items, filters->pair_bits, pairs, open);
        _mm512_storeu_si512(o.pairs + o.pair_count,
                            _mm512_maskz_compress_epi64(is_pair, pairs));
        list(o.pair_at, &o.pair_count, at, is_pair);
        list(o.one_at, &o.one_count, at,
             _mm512_mask_test_epi64_mask(goes_on, word.second,
                                         all((uint64_t)rules->one << TRAITS)));
        list(o.many_at, &o.many_count, at,
             _mm512_mask_test_epi64_mask(goes_on, word.second,
                                         all((uint64_t)rules->many << TRAITS)));
        __mmask8 is_numbered = _mm512_mask_test_epi64_mask(
            goes_on, word.second, all((uint64_t)rules->numbered << TRAITS));
        open |= _mm512_mask_test_epi64_mask(is_numbered, next.second, numbers) |
                _mm512_test_epi64_mask(word.second, numbers);
        __mmask8 event =
            _mm512_test_epi64_mask(word.second, stirs) |
            _mm512_test_epi64_mask(_mm512_srlv_epi64(all(rules->ratings), kind), all(1));
        __mmask8 is_word = is_kind(word.second, rules->word) & valid;
        __mmask8 is_known = _mm512_mask_test_epi64_mask(is_word, word.second,
                                                        all((uint64_t)IS_KNOWN << MARKS));
        counts->words += (uint32_t)__builtin_popcount(is_word);
        counts->known += (uint32_t)__builtin_popcount(is_known);
        events |= (uint64_t)(event & valid) << i;
        opens |= (uint64_t)open << i;
    }
    opens |= open_listed(filters, words, n, &o);
    for (uint64_t rest = opens; rest != 0; rest &= rest - 1)
        words[__builtin_ctzll(rest)].opens = true;
    return events | opens;
}

void ef_survey_words_avx512(const ef_word_rules *rules, const ef_phrase_filters *filters,
                            ef_word *words, size_t n, uint64_t *events,
                            ef_word_counts *counts)
{
    *counts = (ef_word_counts){ 0 };
    events[n / 64] = 0;
    for (size_t i = 0; i < n; i += BLOCK)
        events[i / BLOCK] = survey_block(rules, filters, words + i, n - i, counts);
}

#else
typedef int ef_no_avx512_words_here; /* a translation unit must not be empty */
#endif
