/* SPDX-License-Identifier: MIT
 * tools/agreement_table.c - how far our valences agree with published ratings.
 *
 *     agreement_table FILE...
 *
 * A check, and never a source: each FILE is term TAB rating (AFINN, VADER), or one term a
 * line in a file whose name begins with positive or negative (Opinion Lexicon). Printed is,
 * for the single words that both rate and neither calls 0: how many, the share of equal
 * signs, and the correlation of ratings and of their ranks. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "earful/app/lexicon_words.h"
#include "earful/earful.h"

enum { LINE = 512 };

typedef struct pair {
    double ours, theirs, our_rank, their_rank;
} pair;

typedef struct pairs {
    pair *list;
    size_t count, capacity, equal_signs;
    bool has_ratings; /* else signs only */
} pairs;

static void fail(const char *what)
{
    fprintf(stderr, "agreement_table: %s\n", what);
    exit(1);
}

static void take_valence(void *user, const char *section, const char *value,
                         const char *extra)
{
    (void)extra;
    if (strcmp(section, "valence") == 0)
        *(double *)user = atof(value);
}

/* 0 where the lexicon gives the word no valence. */
static double valence_of(const ef_engine *engine, const char *term)
{
    double valence = 0;
    size_t count;
    if (ef_lexicon_show(engine, ef_slice_of(term), take_valence, &valence, &count, NULL) !=
        EF_OK)
        fail("out of memory");
    return valence;
}

static void add(pairs *p, double ours, double theirs)
{
    if (p->count == p->capacity) {
        p->capacity = p->capacity * 2 + 1024;
        p->list = realloc(p->list, p->capacity * sizeof *p->list);
        if (p->list == NULL)
            fail("out of memory");
    }
    p->list[p->count++] = (pair){ .ours = ours, .theirs = theirs };
    p->equal_signs += (ours > 0) == (theirs > 0);
}

/* A line's term, cut off in place, and its rating; false for a line without one. */
static bool read_line(char *line, double sign, double *rating)
{
    line[strcspn(line, "\r\n")] = '\0';
    char *tab = strchr(line, '\t');
    if (line[0] == '\0' || line[0] == ';' || (tab == NULL && sign == 0))
        return false;
    *rating = tab == NULL ? sign : atof(tab + 1);
    line[tab == NULL ? strlen(line) : (size_t)(tab - line)] = '\0';
    return strpbrk(line, " -'_") == NULL && *rating != 0; /* single words */
}

static void read_pairs(const ef_engine *engine, const char *path, pairs *p)
{
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
    double sign = strncmp(name, "positive", 8) == 0   ? 1
                  : strncmp(name, "negative", 8) == 0 ? -1
                                                      : 0;
    char line[LINE];
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return;
    p->has_ratings = sign == 0;
    while (fgets(line, sizeof line, file) != NULL) {
        double rating;
        if (!read_line(line, sign, &rating))
            continue;
        double ours = valence_of(engine, line);
        if (ours != 0)
            add(p, ours, rating);
    }
    fclose(file);
}

/* --- correlations ------------------------------------------------------------------ */

static double correlation(const pairs *p, bool of_ranks)
{
    double n = (double)p->count, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < p->count; i++) {
        const pair *one = &p->list[i];
        double a = of_ranks ? one->our_rank : one->ours;
        double b = of_ranks ? one->their_rank : one->theirs;
        x += a;
        y += b;
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    return (xy - x * y / n) / sqrt((xx - x * x / n) * (yy - y * y / n));
}

static int by_ours(const void *a, const void *b)
{
    double x = ((const pair *)a)->ours, y = ((const pair *)b)->ours;
    return x < y ? -1 : x > y;
}

static int by_theirs(const void *a, const void *b)
{
    double x = ((const pair *)a)->theirs, y = ((const pair *)b)->theirs;
    return x < y ? -1 : x > y;
}

/* Ranks of the sorted list; equal ratings share the mean of theirs. */
static void rank(pairs *p, bool is_ours)
{
    qsort(p->list, p->count, sizeof *p->list, is_ours ? by_ours : by_theirs);
    for (size_t i = 0, end; i < p->count; i = end) {
        for (end = i + 1; end < p->count; end++)
            if ((is_ours ? by_ours : by_theirs)(&p->list[i], &p->list[end]) != 0)
                break;
        for (size_t k = i; k < end; k++)
            *(is_ours ? &p->list[k].our_rank : &p->list[k].their_rank) =
                (double)(i + end + 1) / 2;
    }
}

static void print_row(const char *path, pairs *p)
{
    const char *slash = strrchr(path, '/');
    printf("| %s | %zu | %.1f %% |", slash == NULL ? path : slash + 1, p->count,
           100.0 * (double)p->equal_signs / (double)p->count);
    if (p->has_ratings) {
        rank(p, true);
        rank(p, false);
        printf(" %.3f | %.3f |\n", correlation(p, false), correlation(p, true));
    } else {
        printf(" | |\n");
    }
}

int main(int argc, char **argv)
{
    ef_engine *engine;
    if (argc < 2)
        fail("usage: agreement_table FILE...");
    if (ef_engine_new(&engine, NULL, NULL) != EF_OK)
        fail("out of memory");
    puts("| ratings | words that both rate | same sign | Pearson | Spearman |\n"
         "|---|---|---|---|---|");
    for (int i = 1; i < argc; i++) {
        pairs p = { 0 };
        read_pairs(engine, argv[i], &p);
        if (p.count > 2)
            print_row(argv[i], &p);
        else
            fprintf(stderr, "agreement_table: '%s' is not here\n", argv[i]);
        free(p.list);
    }
    ef_engine_free(engine);
    return 0;
}
