/* SPDX-License-Identifier: MIT
 * tools/signals_table.c - how often a signal is right, judged by hand.
 *
 *     signals_table draw SOURCES LABELS SEED COUNT FOLDER...
 *     signals_table table SOURCES LABELS FOLDER...
 *
 * draw prints COUNT hits of each signal for a person to read, at most a fourth from one
 * source, in an order that SEED decides, without those that LABELS names already. table
 * reads LABELS (round, source, row, signal, and 1 if the text means it), looks which of
 * these texts still have the signal, and prints its precision with Wilson's interval, as
 * Markdown. Texts are read where they lie and are never part of the repository; a source
 * that is not there is left out and told. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "earful/earful.h"

enum { SOURCES = 32, LINE = 512, NAME = 32, ROUNDS = 8, EXCERPT = 600 };

typedef struct source {
    char name[NAME], path[LINE], format[16], text[16], who[16];
    bool is_there;
} source;

typedef struct row { /* a hit, or a label */
    unsigned source, signal, round;
    uint64_t number, key;
    bool is_right, still_hits;
} row;

typedef struct list {
    row *rows;
    size_t count, capacity;
} list;

typedef struct table {
    source sources[SOURCES];
    size_t source_count;
    list labels, hits;
    ef_engine *engine;
    ef_scratch *scratch;
} table;

static void fail(const char *what)
{
    fprintf(stderr, "signals_table: %s\n", what);
    exit(1);
}

static void add(list *l, row r)
{
    if (l->count == l->capacity) {
        l->capacity = l->capacity * 2 + 1024;
        l->rows = realloc(l->rows, l->capacity * sizeof *l->rows);
        if (l->rows == NULL)
            fail("out of memory");
    }
    l->rows[l->count++] = r;
}

/* --- files ------------------------------------------------------------------------- */

static FILE *open_list(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        fail("cannot open the list of sources or of labels");
    return file;
}

static void read_sources(table *t, const char *path)
{
    char line[LINE];
    FILE *file = open_list(path);
    while (t->source_count < SOURCES && fgets(line, sizeof line, file) != NULL) {
        source *s = &t->sources[t->source_count];
        t->source_count +=
            line[0] != '#' && sscanf(line, "%31s %511s %15s %15s %15s", s->name, s->path,
                                     s->format, s->text, s->who) == 5;
    }
    fclose(file);
}

static unsigned signal_named(const char *name)
{
    unsigned signal = 0;
    while (signal < EF_SIGNAL_COUNT && strcmp(ef_signal_name(signal), name) != 0)
        signal++;
    return signal;
}

static unsigned source_named(const table *t, const char *name)
{
    unsigned at = 0;
    while (at < t->source_count && strcmp(t->sources[at].name, name) != 0)
        at++;
    return at;
}

static void read_labels(table *t, const char *path)
{
    char line[LINE], from[NAME], name[NAME];
    FILE *file = open_list(path);
    while (fgets(line, sizeof line, file) != NULL) {
        unsigned round, right;
        unsigned long long number;
        if (line[0] == '#')
            continue;
        if (sscanf(line, "%u %31s %llu %31s %u", &round, from, &number, name, &right) != 5)
            fail("a label is not: round, source, row, signal, 0 or 1");
        row r = { .source = source_named(t, from),
                  .signal = signal_named(name),
                  .round = round,
                  .number = number,
                  .is_right = right != 0 };
        if (r.source == t->source_count || r.signal == EF_SIGNAL_COUNT || round >= ROUNDS)
            fail("a label names an unknown source, signal or round");
        add(&t->labels, r);
    }
    fclose(file);
}

/* --- texts ------------------------------------------------------------------------- */

typedef void record_fn(table *t, unsigned from, uint64_t number, ef_slice text);

static bool read_from(table *t, unsigned from, const char *folder, record_fn *use)
{
    const source *s = &t->sources[from];
    char path[2 * LINE];
    const char *inputs[1] = { path };
    bool has_header = strcmp(s->format, "csv") == 0;
    ef_reader_options options = { .inputs = inputs,
                                  .input_count = 1,
                                  .format = s->format,
                                  .text = s->text[0] == '-' ? NULL : s->text,
                                  .quote = has_header ? 0 : -1,
                                  .header_rows = has_header ? 1 : -1 };
    ef_reader *reader;
    ef_record record;
    uint64_t number = 0;
    snprintf(path, sizeof path, "%s/%s", folder, s->path);
    if (ef_reader_new(&reader, &options, NULL) != EF_OK)
        return false;
    while (ef_reader_next(reader, &record, NULL) == EF_OK)
        use(t, from, ++number, record.text);
    ef_reader_free(reader);
    return number > 0;
}

static void read_texts(table *t, char **folders, int count, record_fn *use)
{
    for (unsigned from = 0; from < t->source_count; from++) {
        source *s = &t->sources[from];
        for (int i = 0; i < count && !s->is_there; i++)
            s->is_there = read_from(t, from, folders[i], use);
        if (!s->is_there)
            fprintf(stderr, "signals_table: source '%s' is not here\n", s->name);
    }
}

static uint32_t signals_of(const table *t, ef_slice text)
{
    ef_score score;
    if (ef_score_text(t->engine, t->scratch, text, &score, NULL) != EF_OK)
        fail("out of memory");
    return score.signals;
}

/* --- draw -------------------------------------------------------------------------- */

static uint64_t seed;

static bool is_labelled(const table *t, const row *r)
{
    for (size_t i = 0; i < t->labels.count; i++) {
        const row *l = &t->labels.rows[i];
        if (l->source == r->source && l->number == r->number && l->signal == r->signal)
            return true;
    }
    return false;
}

static void collect(table *t, unsigned from, uint64_t number, ef_slice text)
{
    uint32_t signals = signals_of(t, text);
    for (unsigned signal = 0; signal < EF_SIGNAL_COUNT; signal++)
        if (signals >> signal & 1)
            add(&t->hits, (row){ .source = from,
                                 .signal = signal,
                                 .number = number,
                                 .key = ef_hash_combine(
                                     ef_hash_combine(seed, from * 64 + signal), number) });
}

static int by_key(const void *a, const void *b)
{
    const row *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Marks the hits to be read. */
static void choose(table *t, size_t wanted)
{
    size_t taken[EF_SIGNAL_COUNT] = { 0 };
    static size_t from[EF_SIGNAL_COUNT][SOURCES];
    qsort(t->hits.rows, t->hits.count, sizeof *t->hits.rows, by_key);
    for (size_t i = 0; i < t->hits.count; i++) {
        row *r = &t->hits.rows[i];
        if (taken[r->signal] == wanted || from[r->signal][r->source] * 4 >= wanted ||
            is_labelled(t, r))
            continue;
        taken[r->signal]++;
        from[r->signal][r->source]++;
        r->still_hits = true;
    }
}

/* Prints one line: source, row, signal, the phrase, and the text around it. */
static void show_hit(table *t, const row *r, ef_slice text)
{
    ef_explanation e;
    uint32_t begin = 0, end = 0;
    if (ef_explain_text(t->engine, t->scratch, text, &e, NULL) != EF_OK)
        fail("out of memory");
    for (size_t i = 0; i < e.reason_count && end == 0; i++)
        if (e.reasons[i].kind == EF_REASON_SIGNAL &&
            signal_named(e.reasons[i].name) == r->signal) {
            begin = e.reasons[i].begin;
            end = e.reasons[i].end;
        }
    size_t first = begin > EXCERPT / 2 ? begin - EXCERPT / 2 : 0;
    size_t last = end + EXCERPT / 2 < text.size ? end + EXCERPT / 2 : text.size;
    printf("%s\t%llu\t%s\t[%.*s]\t", t->sources[r->source].name,
           (unsigned long long)r->number, ef_signal_name(r->signal), (int)(end - begin),
           (const char *)text.data + begin);
    for (size_t i = first; i < last; i++)
        putchar(text.data[i] < 0x20 ? ' ' : text.data[i]);
    putchar('\n');
}

static void show(table *t, unsigned from, uint64_t number, ef_slice text)
{
    for (size_t i = 0; i < t->hits.count; i++) {
        const row *r = &t->hits.rows[i];
        if (r->still_hits && r->source == from && r->number == number)
            show_hit(t, r, text);
    }
}

/* Keeps the chosen hits only, so that showing them is quick. */
static void drop_others(list *l)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->count; i++)
        if (l->rows[i].still_hits)
            l->rows[kept++] = l->rows[i];
    l->count = kept;
}

static void draw(table *t, size_t wanted, char **folders, int count)
{
    read_texts(t, folders, count, collect);
    choose(t, wanted);
    drop_others(&t->hits);
    for (size_t i = 0; i < t->source_count; i++)
        t->sources[i].is_there = false;
    read_texts(t, folders, count, show);
}

/* --- table ------------------------------------------------------------------------- */

static void look(table *t, unsigned from, uint64_t number, ef_slice text)
{
    for (size_t i = 0; i < t->labels.count; i++) {
        row *r = &t->labels.rows[i];
        if (r->source == from && r->number == number)
            r->still_hits = signals_of(t, text) >> r->signal & 1;
    }
}

/* Wilson's interval of 95 %. */
static void print_cell(size_t right, size_t all)
{
    const double z = 1.96;
    if (all == 0) {
        printf(" - | |");
        return;
    }
    double n = (double)all, p = (double)right / n, bottom = 1 + z * z / n;
    double middle = (p + z * z / (2 * n)) / bottom;
    double half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / bottom;
    printf(" %zu of %zu | **%.2f** (%.2f to %.2f) |", right, all, p, middle - half,
           middle + half);
}

static bool is_customer(const table *t, const row *r)
{
    return strcmp(t->sources[r->source].who, "customers") == 0;
}

/* A row of the table: of customers, then of others. */
static void print_signal(const table *t, unsigned signal, unsigned round)
{
    printf("| %s |", ef_signal_name(signal));
    for (int others = 0; others < 2; others++) {
        size_t all = 0, right = 0;
        for (size_t i = 0; i < t->labels.count; i++) {
            const row *r = &t->labels.rows[i];
            bool counts = r->signal == signal && r->still_hits && r->round == round &&
                          is_customer(t, r) == (others == 0);
            all += counts;
            right += counts && r->is_right;
        }
        print_cell(right, all);
    }
    putchar('\n');
}

static void print_table(const table *t, unsigned rounds)
{
    for (unsigned round = 1; round < rounds; round++) {
        printf("| round %u | customers: right | precision | others: right | precision |\n"
               "|---|---|---|---|---|\n",
               round);
        for (unsigned signal = 0; signal < EF_SIGNAL_COUNT; signal++)
            print_signal(t, signal, round);
        putchar('\n');
    }
}

static void tabulate(table *t, char **folders, int count)
{
    unsigned rounds = 0;
    size_t gone = 0, there = 0;
    read_texts(t, folders, count, look);
    for (size_t i = 0; i < t->labels.count; i++) {
        const row *r = &t->labels.rows[i];
        rounds = r->round >= rounds ? r->round + 1 : rounds;
        there += t->sources[r->source].is_there;
        gone += t->sources[r->source].is_there && !r->still_hits;
    }
    if (there == 0) {
        fprintf(stderr, "signals_table: skipped, no text is here\n");
        return;
    }
    print_table(t, rounds);
    printf("%zu labels, of which %zu have their texts here; %zu of these have their signal "
           "no longer.\n",
           t->labels.count, there, gone);
}

int main(int argc, char **argv)
{
    static table t;
    bool is_draw = argc > 6 && strcmp(argv[1], "draw") == 0;
    if (!is_draw && (argc < 5 || strcmp(argv[1], "table") != 0))
        fail("usage: signals_table draw|table SOURCES LABELS [SEED COUNT] FOLDER...");
    read_sources(&t, argv[2]);
    read_labels(&t, argv[3]);
    if (ef_engine_new(&t.engine, NULL, NULL) != EF_OK ||
        ef_scratch_new(&t.scratch, NULL) != EF_OK)
        fail("out of memory");
    if (is_draw) {
        seed = strtoull(argv[4], NULL, 10);
        draw(&t, strtoull(argv[5], NULL, 10), argv + 6, argc - 6);
    } else {
        tabulate(&t, argv + 4, argc - 4);
    }
    ef_scratch_free(t.scratch);
    ef_engine_free(t.engine);
    free(t.labels.rows);
    free(t.hits.rows);
    return 0;
}
