/* SPDX-License-Identifier: MIT
 * test_phrases.c - the regression phrases that the team keeps beside the repository.
 *
 * Columns: text, wanted, capability, reference. Prints every row that fails; the test holds
 * the share of rows that pass. Without the file it is skipped and says so. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "earful/scorer.h"

enum { WANTED_PERCENT = 95 };

static const char path[] = "../shared/PHRASES.tsv";

static bool holds(const char *wanted, const ef_score *score)
{
    const char *label = ef_label_name(score->label);
    if (strcmp(wanted, "mixed") == 0)
        return score->mixed;
    if (strncmp(wanted, "not-", 4) == 0)
        return strcmp(label, wanted + 4) != 0;
    return strcmp(label, wanted) == 0;
}

/* Whether the reasons of a text add up to the evidence of each sentence and of the whole,
 * stand in the text, and name a rule wherever a rule changed a weight. */
static void check_reasons(const ef_engine *engine, ef_scratch *scratch, const char *text)
{
    ef_explanation why;
    ef_error error;
    ef_evidence sums[64] = { 0 }, whole = { 0 };
    cr_assert_eq(ef_explain_text(engine, scratch, ef_slice_of(text), &why, &error), EF_OK);
    cr_assert_leq(why.sentence_count, sizeof sums / sizeof *sums);
    for (size_t i = 0; i < why.reason_count; i++) {
        const ef_reason *reason = &why.reasons[i];
        cr_expect(reason->begin < reason->end && reason->end <= strlen(text), "no words: %s",
                  text);
        cr_expect(reason->base == reason->weight || *reason->rule != '\0', "no rule: %s",
                  text);
        if (reason->kind == EF_REASON_LEXICON)
            sums[reason->sentence].lexicon += reason->weight;
        if (reason->kind == EF_REASON_CLASSIFIER)
            sums[reason->sentence].classifier += reason->weight;
    }
    for (size_t i = 0; i < why.sentence_count; i++) {
        cr_expect_eq(sums[i].lexicon, why.sentences[i].evidence.lexicon, "%s", text);
        cr_expect_eq(sums[i].classifier, why.sentences[i].evidence.classifier, "%s", text);
        whole.lexicon += sums[i].lexicon;
        whole.classifier += sums[i].classifier;
    }
    cr_expect_eq(whole.lexicon, why.evidence.lexicon, "%s", text);
    cr_expect_eq(whole.classifier, why.evidence.classifier, "%s", text);
}

Test(phrases, most_rows_hold, .timeout = 120)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        cr_skip_test("%s is not here", path);
    ef_engine *engine;
    ef_scratch *scratch;
    ef_error error;
    cr_assert_eq(ef_engine_new(&engine, NULL, &error), EF_OK, "%s", error.message);
    cr_assert_eq(ef_scratch_new(&scratch, &error), EF_OK);
    char line[4096];
    unsigned rows = 0, failed = 0;
    cr_assert_not_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        char *rest = line;
        char *text = strsep(&rest, "\t"), *wanted = strsep(&rest, "\t");
        char *capability = strsep(&rest, "\t");
        ef_score score;
        cr_assert_not_null(capability);
        cr_assert_eq(ef_score_text(engine, scratch, ef_slice_of(text), &score, &error), EF_OK);
        check_reasons(engine, scratch, text);
        rows++;
        if (holds(wanted, &score))
            continue;
        failed++;
        fprintf(stderr, "phrases: %-17s wanted %-12s got %-8s %+.2f%s: %s\n", capability,
                wanted, ef_label_name(score.label), score.score / 10000.0,
                score.mixed ? " mixed" : "", text);
    }
    fprintf(stderr, "phrases: %u of %u rows hold\n", rows - failed, rows);
    cr_assert_geq((rows - failed) * 100, rows * WANTED_PERCENT);
    fclose(file);
    ef_scratch_free(scratch);
    ef_engine_free(engine);
}
