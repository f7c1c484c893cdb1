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

/* A reader looks at a sample of 1 MiB before it starts, so its traps are larger than that.
 */
enum { READER_TIMES = 3 };

typedef struct trap {
    const char *name, *unit;
    const char *format; /* NULL: scored as one text; else read from a file of this format */
    const char *head;   /* what stands before the units, */
    const char *tail;   /* … and behind them; NULL: nothing */
} trap;

static const trap traps[] = {
    { "plain words", "the parcel came late but the team was helpful. ", NULL, "", NULL },
    { "emoji", "\xf0\x9f\x98\x80", NULL, "", NULL },
    { "joined emoji", "\xf0\x9f\x91\xa9\xe2\x80\x8d", NULL, "", NULL },
    { "combining marks", "\xcc\x81", NULL, "a", NULL },
    { "bad bytes", "\xff", NULL, "", NULL },
    { "one sentence", "good parcel ", NULL, "", NULL },
    { "one word", "a", NULL, "", NULL },
    { "but", "but ", NULL, "", NULL },
    { "not", "not ", NULL, "", NULL },
    { "quotes", "\"", NULL, "", NULL },
    { "apostrophes", "'", NULL, "", NULL },
    { "word quotes", "a'", NULL, "", NULL },
    { "brackets", "(", NULL, "", NULL },
    { "tags", "<", NULL, "", NULL },
    { "open tags", "<a ", NULL, "", NULL },
    { "entities", "&", NULL, "", NULL },
    { "at signs", "@", NULL, "", NULL },
    { "addresses", "a@a.", NULL, "", NULL },
    { "web addresses", "a.b/", NULL, "", NULL },
    { "hashtags", "#a", NULL, "", NULL },
    { "one hashtag", "Ab", NULL, "#", NULL },
    { "marks", "!?", NULL, "", NULL },
    { "emoticons", ":-(", NULL, "", NULL },
    { "ratings", "1/", NULL, "", NULL },
    { "digits", "1,", NULL, "", NULL },
    { "blanks", " ", NULL, "", NULL },
    { "newlines", "\n", NULL, "", NULL },
    { "csv quotes", "\"", "csv", "text\n", NULL },
    { "csv open quotes", "\"a\n", "csv", "text\n", NULL },
    { "csv cells", ",", "csv", "text\n", NULL },
    { "csv carriage returns", "\r", "csv", "text\na", NULL },
    { "ndjson lists", "[", "ndjson", "{\"text\":\"a\"}\n{\"text\":", NULL },
    { "ndjson objects", "{\"a\":", "ndjson", "{\"text\":\"a\"}\n", NULL },
    { "ndjson escapes", "\\\"", "ndjson", "{\"text\":\"a\"}\n{\"text\":\"", "\"}\n" },
    { "ndjson open strings", "{\"\n", "ndjson", "{\"text\":\"a\"}\n", NULL },
    { "json lists", "[", "json", "[{\"text\":\"a\"},", NULL },
    { "json empty objects", "{},", "json", "[{\"text\":\"a\"},", NULL },
    { "one line", "word ", "lines", "", NULL },
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
    const char *tail = t->tail == NULL ? "" : t->tail;
    size_t size = strlen(t->head), unit = strlen(t->unit), end = strlen(tail);
    memcpy(bytes, t->head, size);
    for (; size + unit + end <= n; size += unit)
        memcpy(bytes + size, t->unit, unit);
    memcpy(bytes + size, tail, end);
    size += end;
    job->text = (ef_slice){ bytes, size };
    if (t->format == NULL)
        return size;
    FILE *file = fopen(job->path, "wb");
    if (file == NULL || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
        bench_fail(t->name, "the file cannot be written");
    return size;
}

static bench_task prepare(const trap *t, trap_job *job, uint8_t *bytes, size_t n)
{
    lay(t, job, bytes, n);
    job->format = t->format;
    bench_work *work = t->format == NULL ? score : read_all;
    return (bench_task){ .work = work, .user = job, .answer = work(job), .bytes = 1 };
}

/* Once and twice the text, in turn: short runs are at the mercy of the machine. */
static void measure(const bench *b, const trap *t, trap_job jobs[2], uint8_t *bytes,
                    size_t n)
{
    char name[64];
    snprintf(name, sizeof name, "trap %s", t->name);
    if (!bench_wants(b, name))
        return;
    n *= t->format == NULL ? 1 : READER_TIMES;
    bench_task once = prepare(t, &jobs[0], bytes, n);
    bench_task twice = prepare(t, &jobs[1], bytes + 2 * n, 2 * n);
    bench_time time, ratio = bench_compare(b, name, &twice, &once, &time);
    double size = (double)(2 * n) / 1e6;
    bench_print_value(name, "2n bytes", size / time.median, size / time.high,
                      size / time.low, "MB/s");
    bench_print_value(name, "2n over n", 1 / ratio.median, 1 / ratio.high, 1 / ratio.low,
                      "x");
}

void bench_traps(bench *b)
{
    if (!bench_wants(b, "trap"))
        return;
    size_t n = b->is_quick ? 1 << 16 : 1 << 20;
    uint8_t *bytes = malloc(4 * n * READER_TIMES);
    trap_job jobs[2] = { 0 };
    if (bytes == NULL || ef_engine_new(&jobs[0].engine, NULL, NULL) != EF_OK ||
        ef_scratch_new(&jobs[0].scratch, NULL) != EF_OK)
        bench_fail("traps", "out of memory");
    jobs[1] = jobs[0];
    for (size_t i = 0; i < 2; i++) {
        snprintf(jobs[i].path, sizeof jobs[i].path, "%s/trap-%zu", b->folder, i + 1);
        jobs[i].input = jobs[i].path;
    }
    for (size_t i = 0; i < sizeof traps / sizeof traps[0]; i++)
        measure(b, &traps[i], jobs, bytes, n);
    ef_scratch_free(jobs[0].scratch);
    ef_engine_free(jobs[0].engine);
    free(bytes);
}
