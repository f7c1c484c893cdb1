/* SPDX-License-Identifier: MIT
 * pipeline/vocabulary.c - the words of the training texts.
 *
 * The limit is the highest at which at most OWN_LIMIT of the texts of the language fall
 * below it. A text is judged by the words of other families, as texts of users will be. */
#include "pipeline/vocabulary.h"

#include <stdlib.h>

#include "base/error.h"

enum {
    BITS = 21,          /* 256 KiB: 100,000 words set 5 % of the bits */
    LANGUAGE_WORDS = 4, /* shorter texts say nothing about the language */
    OWN_LIMIT = 70,     /* of 10000 texts */
    LIMIT_STEP = 100,
    LIMIT_STEPS = 100,
    HIGHEST_LIMIT = 7500
};

typedef struct histogram {
    uint64_t below[LIMIT_STEPS + 1]; /* texts by coverage in steps */
    uint64_t texts;
} histogram;

/* Counts all words once a text; a family is one part, and foreign texts are the last. */
static ef_status count_words(ef_counts *counts, const ef_texts *texts,
                             const ef_gathered *words, ef_error *error)
{
    ef_text_features *list = malloc((texts->count + 1) * sizeof *list);
    if (list == NULL)
        return ef_error_memory(error);
    for (size_t i = 0; i < texts->count; i++) {
        const ef_training_text *text = &texts->list[i];
        list[i] = words->texts[i];
        list[i].part = text->label == EF_FOREIGN ? (uint8_t)texts->families : text->family;
        list[i].label = 0;
        list[i].weight = 1;
    }
    ef_status status = ef_counts_build(counts, list, texts->count, words->hashes,
                                       words->repeats, texts->families + 1, error);
    free(list);
    return status;
}

/* How many texts of the language hold a word, without those of one family. */
static uint32_t texts_with(const ef_counts *counts, size_t word, size_t left_out)
{
    size_t foreign = counts->parts - 1;
    uint32_t all = counts->texts_with[word] - ef_counts_of(counts, word, foreign, 0);
    return left_out == foreign ? all : all - ef_counts_of(counts, word, left_out, 0);
}

static void fill_bits(ef_vocabulary *v, const ef_counts *counts)
{
    for (size_t i = 0; i < counts->count; i++) {
        if (texts_with(counts, i, counts->parts - 1) < EF_RARE)
            continue;
        uint64_t bit = counts->features[i] >> (64 - BITS);
        v->bits[bit >> 6] |= UINT64_C(1) << (bit & 63);
        v->words++;
    }
}

/* A text's coverage, as the scorer would find it. */
static uint32_t coverage(const ef_counts *counts, const bool *in_lexicon, size_t index,
                         uint32_t words)
{
    const ef_text_features *text = &counts->texts[index];
    uint64_t known = 0;
    for (uint64_t i = text->first; i < text->first + text->count; i++) {
        uint32_t word = counts->ids[i];
        if (in_lexicon[word] || texts_with(counts, word, text->part) >= EF_RARE)
            known += counts->repeats[i];
    }
    return (uint32_t)(known * 10000 / words);
}

static void choose_limit(ef_vocabulary *v, const histogram *own, const histogram *foreign)
{
    uint64_t own_below = 0, foreign_below = 0;
    for (uint32_t step = 0; step * LIMIT_STEP < HIGHEST_LIMIT; step++) {
        own_below += own->below[step];
        foreign_below += foreign->below[step];
        if (own->texts == 0 || own_below * 10000 > OWN_LIMIT * own->texts)
            return;
        v->coverage_limit = (uint16_t)((step + 1) * LIMIT_STEP);
        v->own_flagged = (uint32_t)(own_below * 10000 / own->texts);
        v->foreign_flagged =
            foreign->texts == 0 ? 0 : (uint32_t)(foreign_below * 10000 / foreign->texts);
    }
}

static ef_status measure(ef_vocabulary *v, const ef_counts *counts,
                         const ef_gathered *words, const ef_lexicon *lexicon,
                         ef_error *error)
{
    histogram sides[2] = { { { 0 }, 0 }, { { 0 }, 0 } };
    bool *in_lexicon = malloc(counts->count + 1);
    if (in_lexicon == NULL)
        return ef_error_memory(error);
    for (size_t i = 0; i < counts->count; i++)
        in_lexicon[i] = ef_lexicon_find(lexicon, counts->features[i]) != NULL;
    for (size_t i = 0; i < counts->text_count; i++) {
        if (words->language_words[i] < LANGUAGE_WORDS)
            continue;
        histogram *h = &sides[counts->texts[i].part == counts->parts - 1];
        h->below[coverage(counts, in_lexicon, i, words->language_words[i]) / LIMIT_STEP]++;
        h->texts++;
    }
    free(in_lexicon);
    v->foreign_texts = sides[1].texts;
    choose_limit(v, &sides[0], &sides[1]);
    return EF_OK;
}

ef_status ef_vocabulary_build(ef_vocabulary *vocabulary, const ef_texts *texts,
                              const ef_gathered *words, const ef_lexicon *lexicon,
                              ef_error *error)
{
    ef_counts counts;
    *vocabulary = (ef_vocabulary){ .bit_count = BITS };
    ef_status status = count_words(&counts, texts, words, error);
    if (status != EF_OK)
        return status;
    vocabulary->bits = calloc((1 << BITS) / 64, sizeof *vocabulary->bits);
    if (vocabulary->bits == NULL) {
        status = ef_error_memory(error);
    } else {
        fill_bits(vocabulary, &counts);
        status = measure(vocabulary, &counts, words, lexicon, error);
    }
    ef_counts_release(&counts);
    if (status != EF_OK)
        ef_vocabulary_release(vocabulary);
    return status;
}

void ef_vocabulary_release(ef_vocabulary *vocabulary)
{
    free(vocabulary->bits);
    memset(vocabulary, 0, sizeof *vocabulary);
}
