/* SPDX-License-Identifier: MIT
 * tools/split_export.c - an export with stars, cut by time: what was known, what came
 * later.
 *
 * Runs for `make own-model-table`: split_export EARLY LATE INPUT [KEY=VALUE...]. Writes two
 * CSV files of text and stars, the earliest 70 % of the texts and the latest 30 %. Of texts
 * that are the same but for case and punctuation only the first stays. Keys are from,
 * encoding, delimiter, header (0: none), text, rating, scale, time and where. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "pipeline/labelled.h"

enum { EARLY_PERCENT = 70 };

typedef struct row {
    int64_t time;
    uint64_t print; /* of its letters and digits */
    size_t begin, size;
    double stars;
    bool is_repeat;
} row;

typedef struct export
{
    ef_buffer bytes;
    row *rows;
    size_t count, capacity;
}
export;

static void fail(const char *what)
{
    fprintf(stderr, "split_export: %s\n", what);
    exit(1);
}

static uint64_t print_of(ef_slice text)
{
    uint64_t print = 0;
    for (size_t i = 0; i < text.size; i++) {
        uint8_t c = text.data[i];
        if (c >= 'A' && c <= 'Z')
            c |= 32;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)
            print = ef_hash_combine(print, c);
    }
    return print;
}

static void add(export *e, const ef_record *record)
{
    if (e->count == e->capacity) {
        e->capacity = e->capacity * 2 + 1024;
        e->rows = realloc(e->rows, e->capacity * sizeof *e->rows);
        if (e->rows == NULL)
            fail("out of memory");
    }
    e->rows[e->count++] = (row){ record->time_ms,   print_of(record->text), e->bytes.size,
                                 record->text.size, record->rating.value,   false };
    if (!ef_buffer_append_slice(&e->bytes, record->text))
        fail("out of memory");
}

static int by_time(const void *left, const void *right)
{
    const row *a = left, *b = right;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return a->begin < b->begin ? -1 : a->begin > b->begin;
}

/* Equal prints side by side, the earliest first. */
static int by_print(const void *left, const void *right)
{
    const row *const *a = left, *const *b = right;
    if ((*a)->print != (*b)->print)
        return (*a)->print < (*b)->print ? -1 : 1;
    return *a < *b ? -1 : *a > *b;
}

static void mark_repeats(export *e)
{
    row **order = malloc((e->count + 1) * sizeof *order);
    if (order == NULL)
        fail("out of memory");
    for (size_t i = 0; i < e->count; i++)
        order[i] = &e->rows[i];
    qsort(order, e->count, sizeof *order, by_print);
    for (size_t i = 1; i < e->count; i++)
        order[i]->is_repeat = order[i]->print == order[i - 1]->print;
    free(order);
}

static void write_row(FILE *file, const export *e, const row *r)
{
    fputc('"', file);
    for (size_t i = r->begin; i < r->begin + r->size; i++) {
        if (e->bytes.data[i] == '"')
            fputc('"', file);
        fputc(e->bytes.data[i], file);
    }
    fprintf(file, "\",%g\n", r->stars);
}

static void write_rows(const char *path, const export *e, size_t first, size_t end)
{
    FILE *file = fopen(path, "wb");
    size_t kept = 0;
    if (file == NULL)
        fail("cannot write");
    fputs("text,stars\n", file);
    for (size_t i = 0; i < e->count; i++) {
        if (e->rows[i].is_repeat)
            continue;
        if (kept >= first && kept < end)
            write_row(file, e, &e->rows[i]);
        kept++;
    }
    if (fclose(file) != 0)
        fail("cannot write");
}

static void take_key(ef_reader_options *options, ef_labelling *how, const char *word)
{
    static const char *where[1];
    const struct {
        const char *key, **value;
    } keys[] = { { "from=", &options->format },
                 { "encoding=", &options->encoding },
                 { "text=", &options->text },
                 { "rating=", &options->rating },
                 { "scale=", &options->rating_scale },
                 { "time=", &options->time },
                 { "where=", &where[0] } };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strncmp(word, keys[i].key, strlen(keys[i].key)) == 0)
            *keys[i].value = word + strlen(keys[i].key);
    if (strcmp(word, "header=0") == 0)
        options->header_rows = -1;
    if (strcmp(word, "delimiter=tab") == 0)
        options->delimiter = '\t';
    if (strcmp(word, "quote=none") == 0)
        options->quote = -1;
    how->where = where;
    how->where_count = where[0] != NULL;
}

int main(int count, char **words)
{
    if (count < 4)
        fail("split_export EARLY LATE INPUT [KEY=VALUE...]");
    const char *inputs[] = { words[3] };
    ef_reader_options options = { .inputs = inputs, .input_count = 1 };
    ef_labelling how = { .label = NULL };
    ef_labelled labelled;
    ef_error error = { 0 };
    export e = { .count = 0 };
    for (int i = 4; i < count; i++)
        take_key(&options, &how, words[i]);
    ef_status status = ef_labelled_open(&labelled, &options, &how, &error);
    while (status == EF_OK && (status = ef_labelled_next(&labelled, &error)) == EF_OK)
        if (labelled.label >= 0 && labelled.record.has_time &&
            labelled.record.text.size > 0)
            add(&e, &labelled.record);
    if (status != EF_END)
        fail(error.message);
    ef_labelled_close(&labelled);
    qsort(e.rows, e.count, sizeof *e.rows, by_time);
    mark_repeats(&e);
    size_t unique = 0;
    for (size_t i = 0; i < e.count; i++)
        unique += !e.rows[i].is_repeat;
    write_rows(words[1], &e, 0, unique * EARLY_PERCENT / 100);
    write_rows(words[2], &e, unique * EARLY_PERCENT / 100, unique);
    ef_buffer_release(&e.bytes);
    free(e.rows);
    return 0;
}
