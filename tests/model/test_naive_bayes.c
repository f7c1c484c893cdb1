/* SPDX-License-Identifier: MIT
 * test_naive_bayes.c - weights of classifiers from counts worked out by hand. */
#include "model/classifier.h"
#include "model/sides.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

enum { GOOD = 0x100, BAD = 0x200, PLAIN = 0x300, TEXTS = 40 };

/* Two families: of 20 texts each, good texts hold GOOD, bad ones BAD, neutral ones PLAIN;
 * the second family has no neutral texts and uses GOOD the other way round. */
static void build(ef_counts *counts)
{
    static const uint64_t words[] = { BAD, PLAIN, GOOD };
    uint64_t hashes[TEXTS];
    uint8_t repeats[TEXTS];
    ef_text_features texts[TEXTS];
    for (size_t i = 0; i < TEXTS; i++) {
        uint8_t family = i >= 20;
        uint8_t label = (uint8_t)(family ? i % 2 * 2 : i % 4 == 3 ? 1 : i % 4);
        label = !family && label == 1 && i % 4 == 1 ? EF_NEUTRAL : label;
        texts[i] = (ef_text_features){ i, 1, label, (uint8_t)(2 * family), 100 };
        hashes[i] = family ? words[2 - label] : words[label];
        repeats[i] = 1;
    }
    cr_assert_eq(ef_counts_build(counts, texts, TEXTS, hashes, repeats, 4, NULL), EF_OK);
}

static size_t find(const ef_counts *counts, uint64_t hash)
{
    size_t at = 0;
    while (counts->features[at] != hash)
        at++;
    return at;
}

static ef_float_weights train(const ef_counts *counts, const char *name, ef_parts left_out)
{
    ef_float_weights w = { calloc(counts->count, sizeof(float)),
                           calloc(counts->count, sizeof(float)) };
    cr_assert_eq(ef_classifier_named(name)->train(counts, left_out, &w, NULL), EF_OK);
    return w;
}

static void release(ef_float_weights *w)
{
    free(w->polarity);
    free(w->neutrality);
}

Test(naive_bayes, weighs_a_word_by_its_ratio)
{
    ef_counts counts;
    build(&counts);
    ef_float_weights w = train(&counts, "naive-bayes", EF_BOTH_PARTS(1));
    /* 5 good texts, all with GOOD, 5 bad ones, none with it: log((5 + 1) / (0 + 1)) nats.
     */
    cr_assert_float_eq(w.polarity[find(&counts, GOOD)], 16 * log(6), 1e-3);
    cr_assert_float_eq(w.polarity[find(&counts, BAD)], -16 * log(6), 1e-3);
    cr_assert_float_eq(w.polarity[find(&counts, PLAIN)], 0, 1e-3);
    cr_assert_gt(w.neutrality[find(&counts, PLAIN)], 16);
    cr_assert_lt(w.neutrality[find(&counts, GOOD)], -16);
    release(&w);
    ef_counts_release(&counts);
}

Test(naive_bayes, leaves_a_family_out_by_subtraction)
{
    ef_counts counts;
    build(&counts);
    ef_float_weights first = train(&counts, "naive-bayes", EF_BOTH_PARTS(0));
    cr_assert_lt(first.polarity[find(&counts, GOOD)], 0);
    cr_assert_float_eq(first.neutrality[find(&counts, PLAIN)], 0, 1e-6);
    release(&first);
    ef_counts_release(&counts);
}

Test(naive_bayes, gives_a_large_and_a_small_class_the_same_weight)
{
    ef_counts counts;
    ef_sides sides;
    build(&counts);
    counts.totals[0][EF_POSITIVE] *= 3;
    ef_sides_polarity(&sides, &counts, EF_BOTH_PARTS(1));
    cr_assert_float_eq(sides.share[0][EF_POSITIVE] * 3, -sides.share[0][EF_NEGATIVE], 1e-9);
    cr_assert_eq(sides.share[2][EF_POSITIVE], 0);
    ef_counts_release(&counts);
}

Test(naive_bayes, has_a_table_of_classifiers_that_all_learn_the_same_sample)
{
    ef_counts counts;
    build(&counts);
    for (size_t i = 0; ef_classifier_at(i) != NULL; i++) {
        const ef_classifier *c = ef_classifier_at(i);
        ef_float_weights w = train(&counts, c->name, EF_BOTH_PARTS(1));
        ef_float_weights again = train(&counts, c->name, EF_BOTH_PARTS(1));
        cr_assert_eq(ef_classifier_named(c->name), c);
        cr_assert_neq(c->summary[0], '\0');
        cr_assert_gt(w.polarity[find(&counts, GOOD)], 1);
        cr_assert_lt(w.polarity[find(&counts, BAD)], -1);
        cr_assert_gt(w.neutrality[find(&counts, PLAIN)], 1);
        for (size_t f = 0; f < counts.count; f++) {
            cr_assert(isfinite(w.polarity[f]) && isfinite(w.neutrality[f]));
            cr_assert_eq(w.polarity[f], again.polarity[f]);
        }
        release(&w);
        release(&again);
    }
    cr_assert_null(ef_classifier_named("oracle"));
    ef_counts_release(&counts);
}
