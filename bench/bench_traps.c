/* SPDX-License-Identifier: MIT
 * bench_traps.c - text that costs a careless program dearly.
 *
 * Each trap is a short unit repeated to n and to 2n bytes. Two rows a trap: the speed at
 * 2n, and what 2n takes over what n takes. Linear time is about 2; the bar is 2.5, and no
 * trap below a tenth of the normal speed. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "earful/engine.h"
#include "earful/reader.h"
#include "earful/scorer.h"

typedef struct trap {
    const char *name, *unit;
    const char *format; /* NULL: scored as one text; else read from a file of this format */
    const char *head;   /* what stands before the units */
} trap;

static const trap traps[] = {
    { "plain words", "the parcel came late but the team was helpful. ", NULL, "" },
    { "emoji", "\xf0\x9f\x98\x80", NULL, "" },
    { "joined emoji", "\xf0\x9f\x91\xa9\xe2\x80\x8d", NULL, "" },
    { "combining marks", "\xcc\x81", NULL, "a" },
    { "bad bytes", "\xff", NULL, "" },
    { "one sentence", "good parcel ", NULL, "" },
    { "one word", "a", NULL, "" },
    { "but", "but ", NULL, "" },
    { "not", "not ", NULL, "" },
    { "quotes", "\"", NULL, "" },
    { "apostrophes", "'", NULL, "" },
    { "word quotes", "a'", NULL, "" },
    { "brackets", "(", NULL, "" },
    { "tags", "<", NULL, "" },
    { "open tags", "<a ", NULL, "" },
    { "entities", "&", NULL, "" },
    { "at signs", "@", NULL, "" },
    { "addresses", "a@a.", NULL, "" },
    { "web addresses", "a.b/", NULL, "" },
    { "hashtags", "#a", NULL, "" },
    { "one hashtag", "Ab", NULL, "#" },
    { "marks", "!?", NULL, "" },
    { "emoticons", ":-(", NULL, "" },
    { "ratings", "1/", NULL, "" },
    { "digits", "1,", NULL, "" },
    { "blanks", " ", NULL, "" },
    { "newlines", "\n", NULL, "" },
    { "csv quotes", "\"", "csv", "text\n" },
    { "csv open quotes", "\"a\n", "csv", "text\n" },
    { "csv cells", ",", "csv", "text\n" },
    { "csv carriage returns", "\r", "csv", "text\na" },
    { "ndjson lists", "[", "ndjson", "{\"text\":" },
    { "ndjson objects", "{\"a\":", "ndjson", "{\"text\":\"a\"}\n" },
    { "ndjson escapes", "\\\"", "ndjson", "{\"text\":\"" },
    { "ndjson open strings", "{\"\n", "ndjson", "{\"text\":\"a\"}\n" },
    { "json lists", "[", "json", "[{\"text\":\"a\"}," },
    { "json empty objects", "{},", "json", "[{\"text\":\"a\"}," },
    { "one line", "word ", "lines", "" },
};

typedef struct trap_job {
    ef_engine *engine;
    ef_scratch *scratch;
    ef_slice text;
    char path[512];
    const char *input;
    const char *format;
} trap_job;

static uint64_t score(void *user)
{
    const trap_job *job = user;
    ef_score score;
    if (ef_score_text(job->engine, job->scratch, job->text, &score, NULL) != EF_OK)
        bench_fail("trap", "out of memory");
    return (uint64_t)(score.score + EF_UNIT) + score.words;
}

/* Reads to the end, or to where the reader gives up: a refusal must be quick, too. */
static uint64_t read_all(void *user)
{
    const trap_job *job = user;
    ef_reader_options options = {
        .inputs = &job->input, .input_count = 1, .text = "1", .format = job->format
    };
    if (strstr(job->format, "csv") == NULL)
        options.text = strcmp(job->format, "lines") == 0 ? NULL : "text";
    ef_reader *reader;
    ef_record record;
    if (ef_reader_new(&reader, &options, NULL) != EF_OK)
        bench_fail("trap", "the file cannot be read");
    uint64_t count = 0;
    while (ef_reader_next(reader, &record, NULL) == EF_OK)
        count++;
    ef_reader_free(reader);
    return count;
}

/* Makes the trap of about n bytes, in memory and, for a reader, in a file. */
static size_t lay(const trap *t, trap_job *job, uint8_t *bytes, size_t n)
{
    size_t size = strlen(t->head), unit = strlen(t->unit);
    memcpy(bytes, t->head, size);
    for (; size + unit <= n; size += unit)
        memcpy(bytes + size, t->unit, unit);
    job->text = (ef_slice){ bytes, size };
    if (t->format == NULL)
        return size;
    FILE *file = fopen(job->path, "wb");
    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
        bench_fail(t->name, "the file cannot be written");
    return size;
}

static bench_time measure_at(const bench *b, const trap *t, trap_job *job, uint8_t *bytes,
                             size_t n)
{
    lay(t, job, bytes, n);
    job->format = t->format;
    bench_work *work = t->format == NULL ? score : read_all;
    return bench_measure(b, t->name, work, job, work(job));
}

static void measure(const bench *b, const trap *t, trap_job *job, uint8_t *bytes, size_t n)
{
    char name[64];
    snprintf(name, sizeof name, "trap %s", t->name);
    if (!bench_wants(b, name))
        return;
    bench_time once = measure_at(b, t, job, bytes, n);
    bench_time twice = measure_at(b, t, job, bytes, 2 * n);
    double size = (double)(2 * n) / 1e6;
    bench_print_value(name, "2n bytes", size / twice.median, size / twice.high,
                      size / twice.low, "MB/s");
    bench_print_value(name, "2n over n", twice.median / once.median, twice.low / once.high,
                      twice.high / once.low, "x");
}

void bench_traps(bench *b)
{
    if (!bench_wants(b, "trap"))
        return;
    size_t n = b->is_quick ? 1 << 16 : 1 << 20;
    uint8_t *bytes = malloc(2 * n);
    trap_job job = { 0 };
    snprintf(job.path, sizeof job.path, "%s/trap", b->folder);
    job.input = job.path;
    if (bytes == NULL || ef_engine_new(&job.engine, NULL, NULL) != EF_OK ||
        ef_scratch_new(&job.scratch, NULL) != EF_OK)
        bench_fail("traps", "out of memory");
    for (size_t i = 0; i < sizeof traps / sizeof traps[0]; i++)
        measure(b, &traps[i], &job, bytes, n);
    ef_scratch_free(job.scratch);
    ef_engine_free(job.engine);
    free(bytes);
}
