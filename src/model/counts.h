/* SPDX-License-Identifier: MIT
 * model/counts.h - what training knows: texts as lists of features, and how often each
 * feature stands in texts of each class and family.
 *
 * A family is a source of texts that must stay on one side of any cut, in two parts: most
 * of its texts, and some that can be held back. Counts are kept per part, so that any of
 * them can be left out by subtraction: what a model makes of texts it never saw is measured
 * by training without them.
 *
 * Only features of EF_RARE or more texts exist here: what a single person wrote cannot be
 * read back from a model. Features are numbered by falling number of texts, then by hash,
 * so that the numbers do not depend on how the work was shared, and often used weights lie
 * side by side. */
#ifndef EARFUL_MODEL_COUNTS_H
#define EARFUL_MODEL_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "earful/status.h"

enum { EF_NEGATIVE, EF_NEUTRAL, EF_POSITIVE, EF_CLASSES };
enum { EF_RARE = 3, EF_FAMILY_LIMIT = 32, EF_WHOLE_WEIGHT = 100 };

/* Part 2 k of all parts is the main one of family k, part 2 k + 1 the one held back. */
enum { EF_PART_LIMIT = 2 * EF_FAMILY_LIMIT };
typedef uint64_t ef_parts; /* a set of parts, one bit each */
#define EF_NO_PART        UINT64_C(0)
#define EF_HELD_BACK      UINT64_C(0xAAAAAAAAAAAAAAAA) /* of all families */
#define EF_BOTH_PARTS(k)  (UINT64_C(3) << 2 * (k))

/* A text. first and count describe its features, unique, in a list beside it. */
typedef struct ef_text_features {
    uint64_t first;
    uint32_t count;
    uint8_t label;   /* EF_NEGATIVE … */
    uint8_t part;
    uint16_t weight; /* 1/100 of a text */
} ef_text_features;

typedef struct ef_counts {
    size_t count;             /* features */
    uint64_t *features;       /* their hashes */
    uint32_t *texts_with;     /* texts that hold each */
    size_t parts;
    bool is_one_source;       /* set by who builds: families are stretches of one export */
    uint32_t *table;          /* [feature][part][class]: sums of the texts' weights */
    ef_text_features *texts;
    size_t text_count;
    uint32_t *ids;            /* of the texts' features */
    uint8_t *repeats;         /* parallel to ids: how often in the text, at most 255 */
    uint64_t totals[EF_PART_LIMIT][EF_CLASSES]; /* sums of the texts' weights */
} ef_counts;

/* Counts texts whose features are hashes[first .. first + count), unique in a text, each
 * repeated repeats[…] times; the texts' stretches follow each other without gaps. Nothing is kept of the arguments; they may be freed.
 * Fails with EF_ERR_MEMORY; *counts is then empty. */
ef_status ef_counts_build(ef_counts *counts, const ef_text_features *texts,
                          size_t text_count, const uint64_t *hashes, const uint8_t *repeats,
                          size_t parts, ef_error *error);
void ef_counts_release(ef_counts *counts);

static inline uint32_t ef_counts_of(const ef_counts *counts, size_t feature, size_t part,
                                    unsigned label)
{
    return counts->table[(feature * counts->parts + part) * EF_CLASSES + label];
}

/* Whether texts of a family are sorted into all three classes. */
static inline bool ef_counts_has_neutral(const ef_counts *counts, size_t family)
{
    return counts->totals[2 * family][EF_NEUTRAL] > 0;
}

/* The hashes that stand in at least `least` of the texts, ascending, in *found, which the
 * caller frees. */
ef_status ef_frequent_hashes(const uint64_t *hashes, size_t count, size_t least,
                             uint64_t **found, uint32_t **found_in, size_t *found_count,
                             ef_error *error);

#endif
