/* SPDX-License-Identifier: MIT
 * model/counts.c - texts as lists of features, counted by class and family.
 *
 * Most features stand in one text only. To drop them without a table of all of them, the
 * hashes are sorted, one sixteenth of their range at a time, and runs are counted. */
#include "model/counts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum {
    PART_BITS = 4, /* the range of hashes is sorted in 16 parts */
    DIGIT = 16,
    DIGITS = 1 << DIGIT,
    INDEX_BITS = 20 /* of a hash choose where to look for it */
};

/* --- frequent hashes --------------------------------------------------------------- */

/* Sorts by 16 bits at a time, least first; other is room for as many. The result is in
 * list again, because the number of passes is even. */
static void sort(uint64_t *list, uint64_t *other, size_t count, size_t *places)
{
    for (unsigned shift = 0; shift < 64; shift += DIGIT) {
        memset(places, 0, (DIGITS + 1) * sizeof *places);
        for (size_t i = 0; i < count; i++)
            places[(list[i] >> shift & (DIGITS - 1)) + 1]++;
        for (size_t i = 0; i < DIGITS; i++)
            places[i + 1] += places[i];
        for (size_t i = 0; i < count; i++)
            other[places[list[i] >> shift & (DIGITS - 1)]++] = list[i];
        uint64_t *sorted = other;
        other = list;
        list = sorted;
    }
}

typedef struct frequent {
    uint64_t *hashes;
    uint32_t *counts;
    size_t count, capacity;
} frequent;

static bool keep(frequent *f, uint64_t hash, size_t times)
{
    if (f->count == f->capacity) {
        size_t capacity = f->capacity * 2 + 4096;
        uint64_t *hashes = realloc(f->hashes, capacity * sizeof *hashes);
        if (hashes != NULL)
            f->hashes = hashes;
        uint32_t *counts = realloc(f->counts, capacity * sizeof *counts);
        if (counts != NULL)
            f->counts = counts;
        if (hashes == NULL || counts == NULL)
            return false;
        f->capacity = capacity;
    }
    f->hashes[f->count] = hash;
    f->counts[f->count++] = (uint32_t)times;
    return true;
}

static bool keep_runs(frequent *f, const uint64_t *sorted, size_t count, size_t least)
{
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && sorted[end] == sorted[i])
            end++;
        if (end - i >= least && !keep(f, sorted[i], end - i))
            return false;
        i = end;
    }
    return true;
}

static size_t part_of(uint64_t hash)
{
    return hash >> (64 - PART_BITS);
}

static bool find_frequent(frequent *f, const uint64_t *hashes, size_t count, size_t least)
{
    size_t sizes[1 << PART_BITS] = { 0 }, largest = 1;
    for (size_t i = 0; i < count; i++)
        sizes[part_of(hashes[i])]++;
    for (size_t i = 0; i < 1 << PART_BITS; i++)
        largest = sizes[i] > largest ? sizes[i] : largest;
    uint64_t *list = malloc(largest * sizeof *list),
             *other = malloc(largest * sizeof *other);
    size_t *places = malloc((DIGITS + 1) * sizeof *places);
    bool is_done = list != NULL && other != NULL && places != NULL;
    for (size_t part = 0; is_done && part < 1 << PART_BITS; part++) {
        size_t size = 0;
        for (size_t i = 0; i < count; i++)
            if (part_of(hashes[i]) == part)
                list[size++] = hashes[i];
        sort(list, other, size, places);
        is_done = keep_runs(f, list, size, least);
    }
    free(list);
    free(other);
    free(places);
    return is_done;
}

ef_status ef_frequent_hashes(const uint64_t *hashes, size_t count, size_t least,
                             uint64_t **found, uint32_t **found_in, size_t *found_count,
                             ef_error *error)
{
    frequent f = { 0 };
    if (!find_frequent(&f, hashes, count, least)) {
        free(f.hashes);
        free(f.counts);
        return ef_error_memory(error);
    }
    *found = f.hashes;
    *found_in = f.counts;
    *found_count = f.count;
    return EF_OK;
}

/* --- numbering --------------------------------------------------------------------- */

typedef struct ranked {
    uint64_t hash;
    uint32_t texts;
    uint32_t place; /* in the list by hash */
} ranked;

static int by_texts_then_hash(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->texts != y->texts)
        return x->texts < y->texts ? 1 : -1;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* Finds the number of a feature: ascending hashes, where each 1/2^20 of their range
 * begins, and the number of each. */
typedef struct numbering {
    uint64_t *sorted;
    uint32_t *starts;
    uint32_t *numbers;
} numbering;

static void release_numbering(numbering *n)
{
    free(n->sorted);
    free(n->starts);
    free(n->numbers);
}

static void fill_starts(numbering *n, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i <= 1 << INDEX_BITS; i++) {
        while (at < count && n->sorted[at] >> (64 - INDEX_BITS) < i)
            at++;
        n->starts[i] = (uint32_t)at;
    }
}

static bool number_features(ef_counts *counts, numbering *n, const uint32_t *texts_with)
{
    size_t room = counts->count + 1;
    ranked *list = malloc(room * sizeof *list);
    n->starts = malloc(((1 << INDEX_BITS) + 1) * sizeof *n->starts);
    n->numbers = malloc(room * sizeof *n->numbers);
    counts->features = malloc(room * sizeof *counts->features);
    counts->texts_with = malloc(room * sizeof *counts->texts_with);
    bool has_memory = list != NULL && n->starts != NULL && n->numbers != NULL &&
                      counts->features != NULL && counts->texts_with != NULL;
    for (size_t i = 0; has_memory && i < counts->count; i++)
        list[i] = (ranked){ n->sorted[i], texts_with[i], (uint32_t)i };
    if (has_memory) {
        qsort(list, counts->count, sizeof *list, by_texts_then_hash);
        fill_starts(n, counts->count);
    }
    for (size_t i = 0; has_memory && i < counts->count; i++) {
        counts->features[i] = list[i].hash;
        counts->texts_with[i] = list[i].texts;
        n->numbers[list[i].place] = (uint32_t)i;
    }
    free(list);
    return has_memory;
}

/* UINT32_MAX for a hash that is no feature. */
static uint32_t number_of(const numbering *n, uint64_t hash)
{
    uint64_t part = hash >> (64 - INDEX_BITS);
    for (uint32_t at = n->starts[part]; at < n->starts[part + 1]; at++)
        if (n->sorted[at] == hash)
            return n->numbers[at];
    return UINT32_MAX;
}

/* --- counting ---------------------------------------------------------------------- */

static void count_text(ef_counts *counts, ef_text_features *text, const numbering *n,
                       const uint64_t *hashes, const uint8_t *repeats, uint64_t *used)
{
    uint64_t first = *used;
    for (uint64_t i = text->first; i < text->first + text->count; i++) {
        uint32_t id = number_of(n, hashes[i]);
        if (id == UINT32_MAX)
            continue;
        counts->ids[*used] = id;
        counts->repeats[(*used)++] = repeats[i];
        counts
            ->table[((size_t)id * counts->parts + text->part) * EF_CLASSES + text->label] +=
            text->weight;
    }
    text->first = first;
    text->count = (uint32_t)(*used - first);
    counts->totals[text->part][text->label] += text->weight;
}

static bool count_texts(ef_counts *counts, const numbering *n, const uint64_t *hashes,
                        const uint8_t *repeats, uint64_t occurrences)
{
    uint64_t used = 0;
    counts->table =
        calloc((counts->count + 1) * counts->parts * EF_CLASSES, sizeof *counts->table);
    counts->ids = malloc((occurrences + 1) * sizeof *counts->ids);
    counts->repeats = malloc(occurrences + 1);
    if (counts->table == NULL || counts->ids == NULL || counts->repeats == NULL)
        return false;
    for (size_t i = 0; i < counts->text_count; i++)
        count_text(counts, &counts->texts[i], n, hashes, repeats, &used);
    return true;
}

ef_status ef_counts_build(ef_counts *counts, const ef_text_features *texts,
                          size_t text_count, const uint64_t *hashes, const uint8_t *repeats,
                          size_t parts, ef_error *error)
{
    assert(parts > 0 && parts <= EF_PART_LIMIT);
    memset(counts, 0, sizeof *counts);
    uint64_t occurrences = 0;
    for (size_t i = 0; i < text_count; i++)
        occurrences += texts[i].count;
    counts->parts = parts;
    counts->text_count = text_count;
    counts->texts = malloc((text_count + 1) * sizeof *texts);
    if (counts->texts == NULL)
        return ef_error_memory(error);
    if (text_count > 0)
        memcpy(counts->texts, texts, text_count * sizeof *texts);
    numbering n = { 0 };
    uint32_t *texts_with = NULL;
    ef_status status = ef_frequent_hashes(hashes, occurrences, EF_RARE, &n.sorted,
                                          &texts_with, &counts->count, error);
    if (status == EF_OK && (!number_features(counts, &n, texts_with) ||
                            !count_texts(counts, &n, hashes, repeats, occurrences)))
        status = ef_error_memory(error);
    free(texts_with);
    release_numbering(&n);
    if (status != EF_OK)
        ef_counts_release(counts);
    return status;
}

void ef_counts_release(ef_counts *counts)
{
    free(counts->features);
    free(counts->texts_with);
    free(counts->table);
    free(counts->texts);
    free(counts->ids);
    free(counts->repeats);
    memset(counts, 0, sizeof *counts);
}
