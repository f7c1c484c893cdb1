/* SPDX-License-Identifier: MIT
 * tools/emotion_table.c - how well emotions are named in sets that no model was trained on.
 *
 * Runs for `make emotion-table`: emotion_table MODEL RECIPE FOLDER, and prints Markdown. A
 * family of the recipe is a row. */
#include <stdio.h>
#include <stdlib.h>

#include "earful/earful.h"
#include "pipeline/emotion_eval.h"
#include "pipeline/recipe.h"

enum { SCORERS = 2 };
static const char *const scorers[SCORERS] = { "blend", "lexicon" };

static void fail(const char *what)
{
    fprintf(stderr, "emotion_table: %s\n", what);
    exit(1);
}

static void print_row(const char *name, const ef_mood_figures figures[SCORERS])
{
    printf("| %s | %zu |", name, figures[0].texts);
    for (int i = 0; i < SCORERS; i++)
        printf(" %.3f | %.3f | %.3f |", figures[i].macro_f1, figures[i].weighted_f1,
               figures[i].micro_f1);
    printf(" %.3f |\n", figures[0].ece);
}

int main(int argc, char **argv)
{
    static ef_mood_figures figures[EF_FAMILY_LIMIT][SCORERS];
    ef_texts felt = { 0 };
    ef_error error = { 0 };
    if (argc != 4)
        fail("usage: emotion_table MODEL RECIPE FOLDER");
    if (ef_recipe_read(NULL, &felt, argv[2], argv[3], &error) != EF_OK)
        fail(error.message);
    for (int i = 0; i < SCORERS; i++) {
        ef_engine_options options = { .scorer = scorers[i], .model_path = argv[1] };
        ef_engine *engine;
        if (ef_engine_new(&engine, &options, &error) != EF_OK)
            fail(error.message);
        for (size_t family = 0; family < felt.families; family++)
            if (ef_emotion_eval(engine, &felt, family, &figures[family][i], &error) !=
                EF_OK)
                fail(error.message);
        ef_engine_free(engine);
    }
    puts("| set | texts | macro-F1 | weighted F1 | micro-F1 of emotions | lexicon alone: "
         "macro-F1 "
         "| weighted F1 | micro-F1 of emotions | ECE |");
    puts("|---|---|---|---|---|---|---|---|---|");
    for (size_t family = 0; family < felt.families; family++)
        print_row(felt.names[family], figures[family]);
    ef_texts_release(&felt);
    return 0;
}
