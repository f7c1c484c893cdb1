/* SPDX-License-Identifier: MIT
 * tools/dev_table.c - the table of accuracies on sets that no model was trained on.
 *
 * Runs for `make dev-table`: dev_table MODEL RECIPE REFERENCES FOLDER, and prints Markdown.
 * A family of the recipe is a row. References are TSV: row, then for two classes balanced
 * accuracy and for three macro-F1, each of a linear model over bigrams and of VADER; "-"
 * where there is none. A row counts where it has a reference. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "earful/earful.h"
#include "model/evaluate.h"
#include "pipeline/recipe.h"

enum { SCORERS = 3, REFERENCES = 2, FIGURES = SCORERS + REFERENCES + 1, LINE = 256 };
static const char *const scorers[SCORERS] = { "blend", "lexicon", "bayes" };

typedef struct row {                     /* NAN where there is no figure */
    double two[FIGURES], three[FIGURES]; /* scorers, references, calibration error */
} row;

static void fail(const char *what)
{
    fprintf(stderr, "dev_table: %s\n", what);
    exit(1);
}

static void score_family(const ef_engine *engine, const ef_texts *texts, size_t family,
                         int scorer, row *r)
{
    ef_scratch *scratch;
    ef_judged *two = malloc((texts->count + 1) * sizeof *two);
    ef_judged *three = malloc((texts->count + 1) * sizeof *three);
    size_t pairs = 0, all = 0;
    ef_evaluation e;
    if (two == NULL || three == NULL || ef_scratch_new(&scratch, NULL) != EF_OK)
        fail("out of memory");
    for (size_t i = 0; i < texts->count; i++) {
        ef_score score;
        unsigned label = texts->list[i].label;
        if (texts->list[i].family != family || label >= EF_CLASSES ||
            ef_score_text(engine, scratch, ef_texts_at(texts, i), &score, NULL) != EF_OK)
            continue;
        int32_t p[3] = { score.p_negative, score.p_neutral, score.p_positive };
        three[all++] = ef_judge(p, label, false);
        if (label != EF_NEUTRAL)
            two[pairs++] = ef_judge(p, label, true);
    }
    ef_evaluate(two, pairs, &e);
    r->two[scorer] = e.balanced_accuracy;
    if (scorer == 0)
        r->two[FIGURES - 1] = e.ece;
    ef_evaluate(three, all, &e);
    r->three[scorer] = e.macro_f1;
    if (scorer == 0)
        r->three[FIGURES - 1] = e.ece;
    ef_scratch_free(scratch);
    free(two);
    free(three);
}

static double figure_of(const char *cell)
{
    return cell[0] == '-' ? (double)NAN : atof(cell);
}

static void read_references(const char *path, const ef_texts *texts, row *rows)
{
    char line[LINE], name[64], cells[4][16];
    FILE *file = fopen(path, "r");
    if (file == NULL)
        fail("cannot open the references");
    while (fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "%63s %15s %15s %15s %15s", name, cells[0], cells[1], cells[2],
                   cells[3]) != 5)
            continue;
        for (size_t i = 0; i < texts->families; i++)
            if (strcmp(texts->names[i], name) == 0)
                for (int c = 0; c < REFERENCES; c++) {
                    rows[i].two[SCORERS + c] = figure_of(cells[c]);
                    rows[i].three[SCORERS + c] = figure_of(cells[REFERENCES + c]);
                }
    }
    fclose(file);
}

static void print_half(const double figures[FIGURES], double sums[FIGURES], size_t *count)
{
    bool is_there = !isnan(figures[SCORERS]);
    for (int i = 0; i < FIGURES; i++) {
        if (is_there)
            printf(" %.3f |", figures[i]);
        else
            printf(" |");
        sums[i] += is_there ? figures[i] : 0;
    }
    *count += is_there;
}

static void print_table(const ef_texts *texts, const row *rows)
{
    double sums[2][FIGURES] = { { 0 } };
    size_t counts[2] = { 0, 0 };
    puts("| set | 2 classes: earful | its lexicon | its classifier | LR | VADER | ECE "
         "| 3 classes: earful | its lexicon | its classifier | LR | VADER | ECE |");
    puts("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for (size_t i = 0; i < texts->families; i++) {
        printf("| %s |", texts->names[i]);
        print_half(rows[i].two, sums[0], &counts[0]);
        print_half(rows[i].three, sums[1], &counts[1]);
        putchar('\n');
    }
    printf("| **mean** |");
    for (int half = 0; half < 2; half++)
        for (int i = 0; i < FIGURES; i++)
            printf(" **%.3f** |", sums[half][i] / (double)counts[half]);
    putchar('\n');
}

int main(int argc, char **argv)
{
    static row rows[EF_FAMILY_LIMIT];
    ef_texts texts = { 0 };
    ef_error error = { 0 };
    if (argc != 5)
        fail("usage: dev_table MODEL RECIPE REFERENCES FOLDER");
    if (ef_recipe_read(&texts, NULL, argv[2], argv[4], &error) != EF_OK)
        fail(error.message);
    for (size_t i = 0; i < EF_FAMILY_LIMIT; i++)
        for (int f = 0; f < FIGURES; f++)
            rows[i].two[f] = rows[i].three[f] = (double)NAN;
    read_references(argv[3], &texts, rows);
    for (int scorer = 0; scorer < SCORERS; scorer++) {
        ef_engine_options options = { .scorer = scorers[scorer], .model_path = argv[1] };
        ef_engine *engine;
        if (ef_engine_new(&engine, &options, &error) != EF_OK)
            fail(error.message);
        for (size_t family = 0; family < texts.families; family++)
            score_family(engine, &texts, family, scorer, &rows[family]);
        ef_engine_free(engine);
    }
    print_table(&texts, rows);
    ef_texts_release(&texts);
    return 0;
}
