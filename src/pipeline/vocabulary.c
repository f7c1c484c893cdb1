/* SPDX-License-Identifier: MIT
 * pipeline/vocabulary.c - the words of the training texts.
 *
 * A word is known if enough texts of the language hold it and texts in other languages do
 * not hold it far more often: English tweets hold "que" and "ich", too.
 *
 * The limit is the highest at which at most OWN_LIMIT of the texts of the language fall
 * below it. A text is judged by the words of other families, as texts of users will be; a
 * text of the only source, or in another language, by those of all other texts. */
#include "pipeline/vocabulary.h"

#include <stdlib.h>

#include "base/error.h"

enum {
    LEAST_BITS = 14,
    MOST_BITS = 21,     /* 256 KiB: 100,000 words set 5 % of the bits */
    BITS_A_WORD = 20,
    LANGUAGE_WORDS = 4, /* shorter texts say nothing about the language */
    MANY_TEXTS = 50000, /* of the language: for so many, a known word is in one more */
    TYPICAL = 4,        /* a word so much more frequent in other languages is theirs */
    FOREIGN_TEXTS = 2,  /* that hold a word make it foreign, and not only unknown */
    OWN_LIMIT = 100, /* of 10000 texts */
    LIMIT_STEP = 100,
    LIMIT_STEPS = 100,
    HIGHEST_LIMIT = 5000 /* what is known for the most part is not foreign */
};

typedef struct histogram {
    uint64_t below[LIMIT_STEPS + 1]; /* texts by share in steps */
    uint64_t texts;
} histogram;

/* Which words of the texts are words of the language. Texts that hold a word are counted,
 * and compared with all that hold any: tweets in other languages are short and few. */
typedef struct judge {
    const ef_counts *counts;
    const bool *is_listed; /* of each word: by the lexicon */
    uint64_t held[EF_PART_LIMIT]; /* sums over all words of the texts that hold them */
    uint64_t own_held;            /* of all parts but the last, which is foreign */
    uint32_t least;               /* texts of the language that must hold a word */
    bool is_one_source;           /* families are no sources of their own */
} judge;

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

static void init_judge(judge *j, const ef_counts *counts, const bool *is_listed,
                       bool is_one_source)
{
    size_t foreign = counts->parts - 1;
    uint64_t own_texts = 0;
    *j = (judge){ .counts = counts,
                  .is_listed = is_listed,
                  .is_one_source = is_one_source };
    for (size_t word = 0; word < counts->count; word++)
        for (size_t part = 0; part < counts->parts; part++)
            j->held[part] += ef_counts_of(counts, word, part, 0);
    for (size_t part = 0; part < foreign; part++)
        j->own_held += j->held[part];
    for (size_t i = 0; i < counts->text_count; i++)
        own_texts += counts->texts[i].part != foreign;
    j->least = (uint32_t)(own_texts / MANY_TEXTS);
    j->least = j->least < EF_RARE ? EF_RARE : j->least;
}

typedef enum verdict { UNSURE, KNOWN, FOREIGN } verdict;

/* What a word is to those who have not seen a text, nor others of its family; NULL: to those
 * who have seen all. A text in another language, or of the only source, is left out alone. The
 * lexicon's word for it counts as much as the fewest texts do, no more: it lists "die". */
static verdict judge_word(const judge *j, size_t word, const ef_text_features *unseen)
{
    const ef_counts *counts = j->counts;
    size_t foreign = counts->parts - 1;
    uint64_t theirs = ef_counts_of(counts, word, foreign, 0);
    uint64_t own = counts->texts_with[word] - theirs, own_held = j->own_held;
    if (unseen != NULL && unseen->part == foreign) {
        theirs--;
    } else if (unseen != NULL && j->is_one_source) {
        own--;
    } else if (unseen != NULL) {
        own -= ef_counts_of(counts, word, unseen->part, 0);
        own_held -= j->held[unseen->part];
    }
    own += j->is_listed[word] ? j->least : 0;
    bool is_theirs = own * TYPICAL * j->held[foreign] < theirs * own_held;
    if (is_theirs)
        return theirs >= FOREIGN_TEXTS ? FOREIGN : UNSURE;
    return own >= j->least ? KNOWN : UNSURE;
}

static void set_bit(ef_vocabulary *v, uint64_t hash)
{
    uint64_t bit = hash >> (64 - v->bit_count);
    v->bits[bit >> 6] |= UINT64_C(1) << (bit & 63);
}

static bool is_counted(const ef_counts *counts, uint64_t hash)
{
    size_t low = 0, high = counts->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (counts->features[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < counts->count && counts->features[low] == hash;
}

/* Known words of the texts, and those of the lexicon that no text was seen to hold. */
static void fill_bits(ef_vocabulary *v, const judge *j, const ef_lexicon *lexicon)
{
    for (size_t word = 0; word < j->counts->count; word++) {
        uint64_t hash = j->counts->features[word];
        verdict is = judge_word(j, word, NULL);
        if (is != UNSURE)
            set_bit(v, is == KNOWN ? hash : ef_foreign_key(hash));
        v->words += is == KNOWN;
    }
    for (size_t i = 0; i < (size_t)1 << lexicon->words.slot_bits; i++) {
        uint64_t key = lexicon->words.entries[i].key;
        if (key == 0 || is_counted(j->counts, key))
            continue;
        set_bit(v, key);
        v->words++;
    }
}

/* A text's share of the language, as the scorer would find it. */
static uint32_t share(const judge *j, size_t index, uint32_t words)
{
    const ef_text_features *text = &j->counts->texts[index];
    uint64_t found[3] = { 0 };
    for (uint64_t i = text->first; i < text->first + text->count; i++)
        found[judge_word(j, j->counts->ids[i], text)] += j->counts->repeats[i];
    return (uint32_t)ef_language_share(found[KNOWN], found[FOREIGN], words);
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

static void measure(ef_vocabulary *v, const judge *j, const ef_gathered *words)
{
    histogram sides[2] = { { { 0 }, 0 }, { { 0 }, 0 } };
    const ef_counts *counts = j->counts;
    for (size_t i = 0; i < counts->text_count; i++) {
        if (words->language_words[i] < LANGUAGE_WORDS)
            continue;
        histogram *h = &sides[counts->texts[i].part == counts->parts - 1];
        h->below[share(j, i, words->language_words[i]) / LIMIT_STEP]++;
        h->texts++;
    }
    v->foreign_texts = sides[1].texts;
    choose_limit(v, &sides[0], &sides[1]);
}

ef_status ef_vocabulary_build(ef_vocabulary *vocabulary, const ef_texts *texts,
                              const ef_gathered *words, const ef_lexicon *lexicon,
                              ef_error *error)
{
    ef_counts counts;
    *vocabulary = (ef_vocabulary){ .bit_count = LEAST_BITS };
    ef_status status = count_words(&counts, texts, words, error);
    if (status != EF_OK)
        return status;
    bool *is_listed = malloc(counts.count + 1);
    while (vocabulary->bit_count < MOST_BITS &&
           counts.count + lexicon->terms > ((size_t)1 << vocabulary->bit_count) / BITS_A_WORD)
        vocabulary->bit_count++;
    vocabulary->bits = calloc(((size_t)1 << vocabulary->bit_count) / 64, sizeof *vocabulary->bits);
    if (vocabulary->bits == NULL || is_listed == NULL) {
        status = ef_error_memory(error);
    } else {
        judge j;
        for (size_t i = 0; i < counts.count; i++)
            is_listed[i] = ef_lexicon_find(lexicon, counts.features[i]) != NULL;
        init_judge(&j, &counts, is_listed, texts->is_one_source);
        fill_bits(vocabulary, &j, lexicon);
        measure(vocabulary, &j, words);
    }
    free(is_listed);
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
