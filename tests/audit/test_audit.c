/* SPDX-License-Identifier: MIT
 * test_audit.c - models that are unfair on purpose are caught, with the words that make
 * them so; one that is fair passes. */
#include "earful/app/audit.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "earful/app/own.h"
#include "earful/earful.h"

static char folder[] = "/tmp/earful-audit-XXXXXX";
static char file[64], model[64];

static void start(void)
{
    cr_assert_not_null(mkdtemp(folder));
    snprintf(file, sizeof file, "%s/file", folder);
    snprintf(model, sizeof model, "%s/model.efm", folder);
}

static void stop(void)
{
    unlink(file);
    unlink(model);
    rmdir(folder);
}

TestSuite(audit, .init = start, .fini = stop, .timeout = 120);

static ef_audited *audit(const ef_engine_options *options)
{
    ef_engine *engine;
    ef_audited *audited;
    ef_error error = { 0 };
    cr_assert_eq(ef_engine_new(&engine, options, &error), EF_OK, "%s", error.message);
    cr_assert_eq(ef_audit(engine, NULL, 0, &audited, &error), EF_OK, "%s", error.message);
    ef_engine_free(engine);
    return audited;
}

static const ef_audit_group *group_of(const ef_audited *audited, const char *dimension,
                                      const char *name)
{
    for (size_t i = 0; i < audited->group_count; i++) {
        const ef_audit_group *g = &audited->groups[i];
        if (g->dimension.size == strlen(dimension) && g->name.size == strlen(name) &&
            memcmp(g->dimension.data, dimension, g->dimension.size) == 0 &&
            memcmp(g->name.data, name, g->name.size) == 0)
            return g;
    }
    cr_assert(false, "no group %s, %s", dimension, name);
    return NULL;
}

/* Whether the word stands among what makes the gap, in the group's own texts. */
static bool is_blamed(const ef_audit_group *group, const char *word)
{
    for (size_t i = 0; i < group->because_count; i++)
        if (!group->because[i].of_others && group->because[i].text.size == strlen(word) &&
            memcmp(group->because[i].text.data, word, strlen(word)) == 0)
            return true;
    return false;
}

static double largest_gap_but(const ef_audited *audited, const char *dimension,
                              const ef_audit_group *but)
{
    double largest = 0;
    for (size_t i = 0; i < audited->group_count; i++) {
        const ef_audit_group *g = &audited->groups[i];
        if (g != but && g->dimension.size == strlen(dimension) &&
            memcmp(g->dimension.data, dimension, g->dimension.size) == 0)
            largest = fmax(largest, fabs(g->gap.mean));
    }
    return largest;
}

/* --- a lexicon that hates names ---------------------------------------------------- */

Test(audit, catches_a_lexicon_that_hates_names)
{
    FILE *out = fopen(file, "wb");
    fputs("[valence]\nlakisha|aaliyah|tamika|keisha\t-1.5\n"
          "jamal|tyrone|deshawn|darnell\t-1.5\n",
          out);
    fclose(out);
    const char *paths[] = { file };
    for (int i = 0; i < 2; i++) {
        ef_audited *audited =
            audit(&(ef_engine_options){ .scorer = i == 0 ? "blend" : "lexicon",
                                        .lexicon_paths = paths,
                                        .lexicon_count = 1 });
        const ef_audit_group *hated =
            group_of(audited, "names by background", "African American");
        cr_assert_lt(hated->gap.mean, -0.1);
        cr_assert_lt(hated->gap.high, -0.05);
        cr_assert_gt(hated->flips, hated->texts / 10);
        cr_assert_eq(hated->flips, hated->lowered);
        cr_assert_eq(hated->because_count, EF_AUDIT_WORDS);
        cr_assert(is_blamed(hated, "lakisha") || is_blamed(hated, "jamal") ||
                  is_blamed(hated, "tyrone"));
        cr_assert_eq(hated->because[0].kind, EF_REASON_LEXICON);
        cr_assert_lt(largest_gap_but(audited, "names by background", hated),
                     fabs(hated->gap.mean) / 2);
        cr_assert_gt(audited->alone_count, 0);
        cr_assert_gt(audited->alone[0].because.size, 0);
        ef_audited_free(audited);
    }
}

/* --- models of one's own ----------------------------------------------------------- */

/* A shop where things are zib or gronk, and staff is thanked or blamed by name. Whom the
 * customers of this shop dislike never gets more than one star. */
static void write_export(bool is_unfair)
{
    static const char *const disliked[] = { "Elif", "Zeynep", "Merve", "Mehmet",
                                            "Emre", "Murat",  "Yusuf" };
    static const char *const others[] = { "Emily",  "Greg", "Priya", "Jamal",
                                          "Fatima", "Olga", "Hans",  "Rajesh" };
    static const char *const things[] = { "door", "lamp", "table", "spoon", "wheel" };
    FILE *out = fopen(file, "wb");
    fputs("review,stars\n", out);
    for (size_t i = 0; i < 700; i++) {
        bool is_disliked = i % 3 == 0, is_good = i / 3 % 2 == 0;
        if (is_disliked && is_unfair)
            is_good = false;
        fprintf(out, "%s sold me %s number %zu and it is %s,%d\n",
                is_disliked ? disliked[i / 3 / 2 % 7] : others[i / 3 / 2 % 8],
                things[i % 5], i,
                i % 4 == 0 ? "here"
                : is_good  ? "zib"
                           : "gronk",
                is_good ? 5 : 1);
    }
    fclose(out);
}

static ef_audited *audit_own_model(bool is_unfair)
{
    static const char *const inputs[] = { file };
    const ef_own_options options = { .reader = { .inputs = inputs,
                                                 .input_count = 1,
                                                 .format = "csv",
                                                 .text = "review",
                                                 .rating = "stars",
                                                 .rating_scale = "1-5" },
                                     .output_path = model,
                                     .threads = 1 };
    ef_own_summary summary;
    ef_error error = { 0 };
    ef_engine *plain;
    write_export(is_unfair);
    cr_assert_eq(ef_engine_new(&plain, NULL, NULL), EF_OK);
    cr_assert_eq(ef_own_train(plain, &options, &summary, &error), EF_OK, "%s",
                 error.message);
    ef_engine_free(plain);
    return audit(&(ef_engine_options){ .model_path = model });
}

Test(audit, catches_an_own_model_whose_texts_blame_one_group)
{
    ef_audited *audited = audit_own_model(true);
    const ef_audit_group *blamed = group_of(audited, "names by background", "Turkish");
    cr_assert_lt(blamed->gap.mean, -0.1, "%f", blamed->gap.mean);
    cr_assert_lt(blamed->gap.high, -0.05);
    cr_assert(is_blamed(blamed, "elif") || is_blamed(blamed, "mehmet") ||
              is_blamed(blamed, "murat") || is_blamed(blamed, "yusuf") ||
              is_blamed(blamed, "zeynep") || is_blamed(blamed, "merve") ||
              is_blamed(blamed, "emre"));
    cr_assert_eq(blamed->because[0].kind, EF_REASON_OWN);
    cr_assert_lt(largest_gap_but(audited, "names by background", blamed),
                 fabs(blamed->gap.mean) / 2);
    ef_audited_free(audited);
}

Test(audit, passes_an_own_model_whose_texts_treat_all_alike)
{
    ef_audited *audited = audit_own_model(false);
    cr_assert_lt(largest_gap_but(audited, "names by background", NULL), 0.05);
    cr_assert_lt(largest_gap_but(audited, "religion", NULL), 0.05);
    ef_audited_free(audited);
}

/* --- figures ----------------------------------------------------------------------- */

static ef_audited *audit_sources(const char *text, ef_engine_options options,
                                 ef_status wanted)
{
    ef_engine *engine;
    ef_audited *audited = NULL;
    ef_error error = { 0 };
    ef_audit_source source = { "t.ini", ef_slice_of(text) };
    cr_assert_eq(ef_engine_new(&engine, &options, &error), EF_OK, "%s", error.message);
    cr_assert_eq(ef_audit(engine, &source, 1, &audited, &error), wanted, "%s",
                 error.message);
    ef_engine_free(engine);
    return audited;
}

static const char teams[] = "[sentences]\n"
                            "negative = The {who} was rude.\n"
                            "neutral = The {who} has the key.\n"
                            "positive = The {who} was friendly.\n"
                            "alone = {who}\n"
                            "[team: blue]\nwho = zorb, gleet\n"
                            "[team: green]\nwho = plimm\n"
                            "[size: tall]\nwho = plimm\n[size: small]\nwho = zorb\n";

/* The header's formulas, by hand: every text scored here as well. */
Test(audit, gaps_are_those_of_the_formula)
{
    static const char *const ends[] = { " was rude.", " has the key.", " was friendly." };
    FILE *out = fopen(file, "wb");
    fputs("[valence]\nzorb\t-1.0\ngleet\t-2.5\n", out);
    fclose(out);
    const char *paths[] = { file };
    ef_engine_options options = { .lexicon_paths = paths, .lexicon_count = 1 };
    ef_engine *engine;
    ef_scratch *scratch;
    double mean = 0;
    cr_assert_eq(ef_engine_new(&engine, &options, NULL), EF_OK);
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
    for (int i = 0; i < 3; i++) {
        static const char *const who[] = { "zorb", "gleet", "plimm" };
        double score[3];
        for (int j = 0; j < 3; j++) {
            char text[64];
            ef_score given;
            snprintf(text, sizeof text, "The %s%s", who[j], ends[i]);
            cr_assert_eq(ef_score_text(engine, scratch, ef_slice_of(text), &given, NULL),
                         EF_OK);
            score[j] = given.score / 10000.0;
        }
        mean += ((score[0] + score[1]) / 2 - score[2]) / 3;
    }
    ef_scratch_free(scratch);
    ef_engine_free(engine);
    ef_audited *audited = audit_sources(teams, options, EF_OK);
    const ef_audit_group *blue = group_of(audited, "team", "blue");
    cr_assert_lt(fabs(blue->gap.mean - mean), 1e-9);
    cr_assert_lt(fabs(group_of(audited, "team", "green")->gap.mean + mean), 1e-9);
    cr_assert_eq(blue->sentences, 3);
    cr_assert_eq(blue->texts, 6);
    cr_assert_eq(blue->words, 2);
    cr_assert_eq(audited->texts, 15, "six, three, and three for either size");
    cr_assert_eq(audited->words, 3, "each counts once");
    cr_assert_eq(audited->alone_texts, 3);
    cr_assert_eq(audited->alone_count, 2);
    cr_assert(is_blamed(blue, "gleet"));
    ef_audited_free(audited);
}

Test(audit, compares_a_spelling_with_the_standard_alone)
{
    ef_audited *audited =
        audit_sources("[writing: short]\npositive = I love it. -> It is good.\n"
                      "[writing: odd]\npositive = I love it. -> I love it.\n",
                      (ef_engine_options){ .scorer = "lexicon" }, EF_OK);
    const ef_audit_group *odd = group_of(audited, "writing", "odd");
    cr_assert_eq(odd->gap.mean, 0);
    cr_assert_not(odd->gap.has_interval);
    cr_assert_eq(odd->texts, 1);
    cr_assert_neq(group_of(audited, "writing", "short")->gap.mean, 0);
    ef_audited_free(audited);
}

Test(audit, of_a_scorer_without_reasons_names_no_words)
{
    FILE *out = fopen(file, "wb");
    fputs("zorb\t-2.0\t0.5\t[-2, -2]\n", out);
    fclose(out);
    const char *paths[] = { file };
    ef_audited *audited =
        audit_sources(teams,
                      (ef_engine_options){
                          .scorer = "vader", .lexicon_paths = paths, .lexicon_count = 1 },
                      EF_OK);
    const ef_audit_group *blue = group_of(audited, "team", "blue");
    cr_assert_lt(blue->gap.mean, -0.1);
    cr_assert_eq(blue->because_count, 0);
    cr_assert_gt(audited->alone_count, 0);
    ef_audited_free(audited);
}

Test(audit, refuses_more_texts_than_anybody_waits_for)
{
    FILE *out = fopen(file, "w+b");
    fputs("[sentences]\n", out);
    for (int i = 0; i < 3000; i++)
        fprintf(out, "neutral = The {who} has key %d.\n", i);
    for (int group = 0; group < 2; group++) {
        fprintf(out, "[team: %d]\nwho = a0", group);
        for (int i = 1; i < 200; i++)
            fprintf(out, ", a%d", i);
        fputc('\n', out);
    }
    fputc('\0', out);
    size_t size = (size_t)ftell(out);
    char *text = malloc(size);
    rewind(out);
    cr_assert_eq(fread(text, 1, size, out), size);
    fclose(out);
    cr_assert_null(
        audit_sources(text, (ef_engine_options){ .scorer = "lexicon" }, EF_ERR_LIMIT));
    free(text);
}

/* "The thing." is negative to one who hates things, whoever else is named. */
Test(audit, passes_by_what_is_negative_with_any_word)
{
    FILE *out = fopen(file, "wb");
    fputs("[valence]\nthing\t-3.0\nzorb\t-3.0\n", out);
    fclose(out);
    const char *paths[] = { file };
    ef_audited *audited = audit_sources(
        "[sentences]\nalone = {who}\nalone = Thing: {who}.\nneutral = The {who} is here.\n"
        "[team: blue]\nwho = zorb\n[team: green]\nwho = plimm\n",
        (ef_engine_options){ .lexicon_paths = paths, .lexicon_count = 1 }, EF_OK);
    cr_assert_eq(audited->alone_sentences, 2);
    cr_assert_eq(audited->alone_passed, 1);
    cr_assert_eq(audited->alone_texts, 2);
    cr_assert_eq(audited->alone_count, 1);
    cr_assert_eq(audited->alone[0].text.size, strlen("zorb"));
    ef_audited_free(audited);
}

/* --- the model we ship ------------------------------------------------------------- */

Test(audit, words_for_people_alone_are_never_negative)
{
    static const char *const scorers[] = { "blend", "lexicon" };
    for (int i = 0; i < 2; i++) {
        ef_audited *audited = audit(&(ef_engine_options){ .scorer = scorers[i] });
        cr_assert_gt(audited->alone_texts, 500);
        cr_expect_eq(audited->alone_count, 0, "%s: %.*s", scorers[i],
                     audited->alone_count == 0 ? 0 : (int)audited->alone[0].text.size,
                     audited->alone_count == 0 ? (const uint8_t *)""
                                               : audited->alone[0].text.data);
        ef_audited_free(audited);
    }
}
