/* SPDX-License-Identifier: MIT
 * kernels/kernels_scalar.c - the reference: one byte after the other.
 *
 * What these functions answer is right by definition; the other sets are held to it. They
 * stay simple and are never tuned. */
#include "kernels/sets.h"

#include <string.h>

#include "kernels/look_up.h"
#include "kernels/phrase_paths.h"
#include "kernels/word_bits.h"

static bool is_supported(void)
{
    return true;
}

static bool is_upper(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z';
}

static bool is_word(uint8_t byte)
{
    return is_upper(byte) || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

static bool is_stop(uint8_t byte)
{
    return byte == '.' || byte == ',' || byte == '!' || byte == '?';
}

static bool is_joiner(uint8_t byte)
{
    return byte == '.' || byte == ':' || byte == '\'' || byte == '@' || byte == '-' ||
           byte == '_' || byte == '+' || byte >= 0x80;
}

static size_t ascii_run(const uint8_t *p, size_t n)
{
    size_t i = 0;
    while (i < n && p[i] < 0x80)
        i++;
    return i;
}

static size_t find_any(const uint8_t *p, size_t n, uint8_t a, uint8_t b, uint8_t c)
{
    size_t i = 0;
    while (i < n && p[i] != a && p[i] != b && p[i] != c)
        i++;
    return i;
}

static bool classify(const uint8_t *p, size_t n, uint8_t *folded, ef_byte_masks *masks)
{
    memset(folded + n, 0, (64 - n % 64) % 64);
    for (size_t i = 0; i < n; i++) {
        ef_byte_masks *mask = &masks[i / 64];
        if (i % 64 == 0)
            memset(mask, 0, sizeof *mask);
        folded[i] = is_upper(p[i]) ? (uint8_t)(p[i] + ('a' - 'A')) : p[i];
        uint64_t bit = UINT64_C(1) << i % 64;
        mask->word |= is_word(p[i]) ? bit : 0;
        mask->upper |= is_upper(p[i]) ? bit : 0;
        mask->digit |= p[i] >= '0' && p[i] <= '9' ? bit : 0;
        mask->blank |= p[i] == ' ' ? bit : 0;
        mask->apostrophe |= p[i] == '\'' ? bit : 0;
        mask->same |= i > 0 && folded[i] == folded[i - 1] ? bit : 0;
        mask->stop |= is_stop(p[i]) ? bit : 0;
        mask->joiner |= is_joiner(p[i]) ? bit : 0;
    }
    return ascii_run(p, n) == n && find_any(p, n, '&', '<', '`') == n;
}

/* Makes the tokens of a strip, one after the other, from begins, ends and count. */
static void make_tokens(const uint8_t *p, size_t base, const ef_strip_rules *rules,
                        const ef_word_tables *tables, ef_strip *strip)
{
    uint64_t plain = 0, linked = 0;
    bool is_behind_suspect = true; /* what stands before the strip is unknown */
    for (size_t k = 0; k < strip->count; k++) {
        size_t place = strip->begins[k] / 4, size = strip->ends[k] / 4 - place;
        const uint8_t *word = p + base + place;
        bool is_stop = (strip->begins[k] & 2) != 0;
        unsigned look = strip->begins[k] % 4u + (is_stop && *word != ',' ? 1 : 0);
        if (strip->shouted[k / 64] >> k % 64 & 1)
            look = EF_LOOK_SHOUTED;
        if (strip->numbers[k / 64] >> k % 64 & 1)
            look = EF_LOOK_NUMBER;
        strip->tokens[k] = (ef_token){ .hash = ef_hash_padded(word, size),
                                       .begin = (uint32_t)(base + place),
                                       .size = (uint16_t)size,
                                       .kind = rules->kinds[look],
                                       .flags = rules->flags[look] };
        if (tables != NULL)
            ef_expect_word(tables, strip->tokens[k].hash);
        bool is_odd = (*word == 'x') | ((*word == '.') & is_behind_suspect);
        uint64_t is_plain = strip->ends[k] >> 1 & !is_odd;
        plain |= is_plain << k % 64;
        linked |= (is_plain & strip->ends[k]) << k % 64;
        strip->plain[k / 64] = plain;
        strip->linked[k / 64] = linked;
        if (k % 64 == 63)
            plain = linked = 0;
        is_behind_suspect = size < 16 && (rules->suspects[*word % 32] >> size & 1) != 0;
    }
    strip->plain[strip->count / 64] = plain;
    strip->linked[strip->count / 64] = linked;
}

void ef_find_words_scalar(const uint8_t *p, const ef_byte_masks *masks, size_t first,
                          size_t last, const ef_strip_rules *rules,
                          const ef_word_tables *tables, ef_strip *strip)
{
    ef_word_carry carry = ef_word_carry_into(masks, first);
    size_t begins = 0, ends = 0;
    memset(strip->shouted, 0, sizeof strip->shouted);
    memset(strip->numbers, 0, sizeof strip->numbers);
    for (size_t block = first; block < last; block++) {
        ef_word_bits bits = ef_word_bits_of(&masks[block], &carry);
        for (unsigned i = 0; i < 64; i++) {
            unsigned place = (unsigned)(block - first) * 64 + i;
            uint64_t upper = masks[block].upper >> i & 1, stop = masks[block].stop >> i & 1;
            uint64_t plain = bits.plain >> i & 1, linked = bits.linked >> i & 1;
            if (bits.begins >> i & 1)
                strip->begins[begins++] = (uint16_t)(4 * place + 2 * stop + upper);
            if ((bits.ends >> i & 1) == 0)
                continue;
            strip->shouted[ends / 64] |= (bits.shouted >> i & 1) << ends % 64;
            strip->numbers[ends / 64] |= (bits.numbers >> i & 1) << ends % 64;
            strip->ends[ends++] = (uint16_t)(4 * place + 2 * plain + linked);
        }
    }
    strip->count = ends;
    make_tokens(p, 64 * first, rules, tables, strip);
}

void ef_survey_tokens_scalar(const ef_word_rules *rules, const ef_token *tokens, size_t n,
                             ef_token_bits *bits)
{
    memset(bits, 0, (n / 64 + 1) * sizeof *bits);
    for (size_t i = 0; i < n; i++) {
        uint64_t bit = UINT64_C(1) << i % 64;
        ef_token_bits *block = &bits[i / 64];
        uint8_t flags = tokens[i].flags;
        block->stops |= tokens[i].kind == rules->stop ? bit : 0;
        block->clauses |= flags & rules->clause_end ? bit : 0;
        block->marks |= block->stops & ~block->clauses & bit;
        block->ends |= flags & rules->sentence_end ? bit : 0;
        block->words |= tokens[i].kind == rules->word ? bit : 0;
        block->capitals |= flags & rules->capitals ? bit : 0;
        block->odd |= flags & rules->odd && tokens[i].kind == rules->word ? bit : 0;
    }
}

void ef_read_words_scalar(const ef_word_tables *tables, const ef_word_rules *rules,
                          const ef_token *tokens, const ef_token_bits *bits, size_t first,
                          size_t end, ef_word_list *list)
{
    for (size_t i = first; i < end; i++) {
        const ef_token_bits *block = &bits[i / 64];
        if (block->stops >> i % 64 & 1)
            continue;
        ef_word *word = &list->words[list->count];
        *word = ef_read_word(tables, rules, &tokens[i], tokens[i].hash);
        word->ends_clause = block->clauses >> i % 64 & 1;
        if (!word->is_known)
            list->unknown[list->unknown_count++] = (uint32_t)list->count;
        list->tokens[list->count++] = (uint32_t)i;
    }
}

/* What begins at the first of n words. */
static unsigned begins_at(const ef_word_rules *rules, const ef_phrase_tables *tables,
                          const ef_word *words, size_t n)
{
    unsigned begins = ef_word_slots_lead(tables, rules, words, n) ? EF_BEGINS_SLOTS : 0;
    if (n > 1 && (words->traits & rules->goes_on) != 0)
        begins |= ef_line_begins(tables, rules, EF_PAIRS,
                                 ef_hash_combine(words->hash, words[1].hash), words, 2, n);
    return begins;
}

void ef_survey_words_scalar(const ef_word_rules *rules, const ef_phrase_tables *tables,
                            ef_word *words, size_t n, uint64_t *events,
                            ef_word_counts *counts)
{
    memset(events, 0, (n / 64 + 1) * sizeof *events);
    *counts = (ef_word_counts){ 0 };
    for (size_t i = 0; i < n; i++) {
        ef_word *word = &words[i];
        unsigned begins = begins_at(rules, tables, word, n - i);
        word->opens = begins != 0;
        word->has_slots = (begins & EF_BEGINS_SLOTS) != 0;
        if (word->opens || ef_word_stirs(rules, word))
            events[i / 64] |= UINT64_C(1) << i % 64;
        counts->words += word->kind == rules->word;
        counts->known += word->kind == rules->word && word->is_known;
    }
}

void ef_weigh_grams_scalar(const ef_gram_tables *tables, const ef_gram_rules *rules,
                           const ef_word *words, size_t n, const ef_word_marks *marks,
                           const ef_gram_runs *runs, ef_gram_sums *sums)
{
    ef_weigh_grams(tables, rules, words, n, marks, runs, sums);
}

/* Adds the weights of up to 257 features, three of a slot at a time: each byte, made
 * unsigned by BIAS, goes to a lane of 16 bits, which so many cannot fill. Half of what the
 * filter held is in no slot after all, and no CPU guesses which. */
static void feel_some(const ef_gram_tables *tables, const uint64_t *felt, size_t n,
                      int64_t sums[EF_FELT_WEIGHTS])
{
    static const uint64_t BIAS = UINT64_C(0x808080808080), LANES = UINT64_C(0xFF00FF00FF);
    const uint64_t mask = (UINT64_C(1) << tables->felt_bits) - 1;
    uint64_t even = 0, odd = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t slot, print = felt[i] >> 48;
        memcpy(&slot, (const uint8_t *)tables->felt_slots + 8 * (felt[i] & mask), 8);
        uint64_t is_there = (slot & 0xffff) == print + (print == 0);
        uint64_t weights = (slot >> 16 & (0 - is_there)) ^ BIAS; /* without the print */
        even += weights & LANES;
        odd += weights >> 8 & LANES;
    }
    for (int lane = 0; lane < EF_FELT_WEIGHTS; lane++)
        sums[lane] += (int64_t)((lane % 2 ? odd : even) >> 16 * (lane / 2) & 0xffff) -
                      128 * (int64_t)n;
}

void ef_feel_scalar(const ef_gram_tables *tables, const uint64_t *felt, size_t n,
                    int64_t sums[EF_FELT_WEIGHTS])
{
    enum { SOME = 256 };
    for (size_t at = 0; at < n; at += SOME)
        feel_some(tables, felt + at, n - at < SOME ? n - at : SOME, sums);
}

static size_t count(const uint8_t *p, size_t n, uint8_t byte)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        found += p[i] == byte;
    return found;
}

static size_t json_string_run(const uint8_t *p, size_t n)
{
    size_t i = 0;
    while (i < n && p[i] != '"' && p[i] != '\\' && p[i] >= 0x20)
        i++;
    return i;
}

static void mark(const uint8_t *p, size_t n, const uint8_t four[4], uint64_t *bits)
{
    for (size_t i = 0; i < n; i++) {
        if (i % 64 == 0)
            bits[i / 64] = 0;
        bool is_one =
            p[i] == four[0] || p[i] == four[1] || p[i] == four[2] || p[i] == four[3];
        bits[i / 64] |= (uint64_t)is_one << i % 64;
    }
}

const ef_kernels ef_kernels_scalar = {
    .name = "scalar",
    .summary = "plain C, the reference for all other sets",
    .is_supported = is_supported,
    .classify = classify,
    .find_words = ef_find_words_scalar,
    .survey_tokens = ef_survey_tokens_scalar,
    .read_words = ef_read_words_scalar,
    .survey_words = ef_survey_words_scalar,
    .weigh_grams = ef_weigh_grams_scalar,
    .feel = ef_feel_scalar,
    .ascii_run = ascii_run,
    .find_any = find_any,
    .count = count,
    .json_string_run = json_string_run,
    .mark = mark,
};
