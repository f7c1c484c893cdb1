/* SPDX-License-Identifier: MIT
 * review/coverage.c - which words texts share, and which of them a person has seen. */
#include "review/coverage.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/real.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { WORD_BYTES = 24 /* a longer word is told by its beginning */ };

static int by_slot(const void *left, const void *right)
{
    uint16_t a = *(const uint16_t *)left, b = *(const uint16_t *)right;
    return (a > b) - (a < b);
}

/* Letters, digits and all beyond ASCII, letters of ASCII in lower case; 0 parts words. */
static uint8_t fold(uint8_t byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return byte | 0x20;
    bool is_inner = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
                    byte == '\'' || byte >= 0x80;
    return is_inner ? byte : 0;
}

static void remove_doubles(ef_text_words *words)
{
    size_t kept = 0;
    qsort(words->slots, words->count, sizeof *words->slots, by_slot);
    for (size_t i = 0; i < words->count; i++)
        if (kept == 0 || words->slots[kept - 1] != words->slots[i])
            words->slots[kept++] = words->slots[i];
    words->count = kept;
}

static void add_word(ef_text_words *words, const uint8_t *word, size_t size)
{
    if (size == 0)
        return;
    if (words->count == EF_COVERAGE_WORDS)
        remove_doubles(words);
    if (words->count < EF_COVERAGE_WORDS)
        words->slots[words->count++] =
            (uint16_t)(ef_hash_bytes(word, size) % EF_COVERAGE_SLOTS);
}

void ef_text_words_find(ef_text_words *words, ef_slice text)
{
    uint8_t word[WORD_BYTES];
    size_t size = 0;
    words->count = 0;
    for (size_t i = 0; i < text.size; i++) {
        uint8_t byte = fold(text.data[i]);
        if (byte == 0) {
            add_word(words, word, size);
            size = 0;
        } else if (size < WORD_BYTES) {
            word[size++] = byte;
        }
    }
    add_word(words, word, size);
    remove_doubles(words);
}

static void count_up(uint16_t *counts, const ef_text_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        if (counts[words->slots[i]] < UINT16_MAX)
            counts[words->slots[i]]++;
}

void ef_coverage_sample(ef_coverage *coverage, const ef_text_words *words)
{
    count_up(coverage->texts, words);
}

void ef_coverage_ask(ef_coverage *coverage, const ef_text_words *words)
{
    count_up(coverage->asked, words);
}

double ef_coverage_novelty(const ef_coverage *coverage, const ef_text_words *words)
{
    double all = 0, fresh = 0;
    for (size_t i = 0; i < words->count; i++) {
        double weight = 1 / ef_sqrt(1 + coverage->texts[words->slots[i]]);
        all += weight;
        fresh += weight / (1 + coverage->asked[words->slots[i]]);
    }
    return all > 0 ? fresh / all : 1;
}

double ef_coverage_reach(const ef_coverage *coverage, const ef_text_words *words)
{
    double sum = 0;
    for (size_t i = 0; i < words->count; i++) {
        double texts = coverage->texts[words->slots[i]];
        double asked = 1 + coverage->asked[words->slots[i]];
        if (texts > 1) /* a word of one text alone tells nothing of others */
            sum += ef_sqrt(texts) / (asked * asked);
    }
    return words->count > 0 ? sum / ef_sqrt((double)words->count) : 0;
}
