/* SPDX-License-Identifier: MIT
 * bench_readers.c - every format into records, without scoring; and what others need to
 * look at the same bytes: cJSON's bare parse, zlib's bare inflate.
 *
 * All formats hold the same documents, so all readers must give the same texts. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "bench.h"
#include "earful/reader.h"

typedef struct reader_job {
    const char *path, *format;
    bool reads_ahead;
} reader_job;

/* A row of each text. */
static const struct reading {
    const char *name, *suffix, *format;
    bool reads_ahead;
} readings[] = {
    { "read lines", "txt", "lines", false },
    { "read csv", "csv", "csv", false },
    { "read tsv", "tsv", "tsv", false },
    { "read ndjson", "ndjson", "ndjson", false },
    { "read json", "json", "json", false },
    { "read gz in line", "ndjson.gz", "ndjson", false },
    { "read gz ahead", "ndjson.gz", "ndjson", true },
};

static ef_reader_options options_of(const reader_job *job)
{
    return (ef_reader_options){ .inputs = &job->path,
                                .input_count = 1,
                                .format = job->format,
                                .reads_ahead = job->reads_ahead };
}

static uint64_t read_all(void *user)
{
    const reader_job *job = user;
    ef_reader_options options = options_of(job);
    ef_reader *reader;
    ef_record record;
    ef_error error = { 0 };
    ef_status status = ef_reader_new(&reader, &options, &error);
    if (status != EF_OK)
        bench_fail(job->format, error.message);
    uint64_t sum = 0;
    while ((status = ef_reader_next(reader, &record, &error)) == EF_OK)
        sum += record.text.size;
    if (status != EF_END)
        bench_fail(job->format, error.message);
    ef_reader_free(reader);
    return sum;
}

/* Whether a reader gives exactly these documents. */
static bool gives(const reader_job *job, const bench_file *documents)
{
    ef_reader_options options = options_of(job);
    ef_reader *reader;
    ef_record record;
    if (ef_reader_new(&reader, &options, NULL) != EF_OK)
        return false;
    size_t count = 0;
    bool same = true;
    while (same && ef_reader_next(reader, &record, NULL) == EF_OK) {
        same = count < documents->messages &&
               bench_hash(record.text) == bench_hash(documents->documents[count]);
        count++;
    }
    ef_reader_free(reader);
    return same && count == documents->messages;
}

/* The size is that of the unpacked bytes. */
static void measure_reader(bench *b, const char *text, const struct reading *reading)
{
    char input[64];
    if (!bench_wants(b, reading->name))
        return;
    snprintf(input, sizeof input, "%s.txt", text);
    const bench_file *documents = bench_open(b, input);
    snprintf(input, sizeof input, "%s.%s", text, reading->suffix);
    reader_job job = { .path = bench_open(b, input)->path,
                       .format = reading->format,
                       .reads_ahead = reading->reads_ahead };
    if (!gives(&job, documents))
        bench_fail(reading->name, "it does not give the documents that were written");
    if (strcmp(reading->suffix, "ndjson.gz") == 0)
        snprintf(input, sizeof input, "%s.ndjson", text);
    bench_row row = { .name = reading->name,
                      .file = bench_open(b, input),
                      .work = read_all,
                      .user = &job,
                      .answer = read_all(&job),
                      .messages = documents->messages };
    bench_print_speed(b, &row);
}

/* --- what others need ---------------------------------------------------------------- */

static uint64_t parse_lines(void *user)
{
    const bench_file *file = user;
    const char *p = (const char *)file->bytes.data, *end = p + file->bytes.size;
    uint64_t sum = 0;
    while (p < end) {
        const char *line_end = memchr(p, '\n', (size_t)(end - p));
        cJSON *line = cJSON_ParseWithLength(p, (size_t)(line_end - p));
        sum += cJSON_GetObjectItemCaseSensitive(line, "text") != NULL;
        cJSON_Delete(line);
        p = line_end + 1;
    }
    return sum;
}

static uint64_t inflate_all(void *user)
{
    static uint8_t out[1 << 18];
    const bench_file *file = user;
    z_stream stream = { .next_in = (uint8_t *)(uintptr_t)file->bytes.data,
                        .avail_in = (uInt)file->bytes.size };
    if (inflateInit2(&stream, 15 + 16) != Z_OK) /* a window of 2^15, a gzip header */
        bench_fail("zlib inflate", "out of memory");
    int status = Z_OK;
    while (status == Z_OK) {
        stream.next_out = out;
        stream.avail_out = sizeof out;
        status = inflate(&stream, Z_NO_FLUSH);
    }
    uint64_t size = stream.total_out;
    inflateEnd(&stream);
    return size;
}

static void measure_others(bench *b, const char *text)
{
    char input[64];
    snprintf(input, sizeof input, "%s.ndjson", text);
    bench_file *file = bench_open(b, input);
    bench_row row = { .name = "cJSON parse",
                      .file = file,
                      .work = parse_lines,
                      .user = file,
                      .answer = file->messages };
    if (bench_wants(b, row.name))
        bench_print_speed(b, &row);
    snprintf(input, sizeof input, "%s.ndjson.gz", text);
    row = (bench_row){ .name = "zlib inflate",
                       .file = file,
                       .work = inflate_all,
                       .user = bench_open(b, input),
                       .answer = file->bytes.size };
    if (bench_wants(b, row.name))
        bench_print_speed(b, &row);
}

void bench_readers(bench *b)
{
    static const char *const texts[] = { "reviews", "chat" };
    for (size_t t = 0; t < 2; t++) {
        for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++)
            measure_reader(b, texts[t], &readings[i]);
        if (bench_wants(b, "cJSON parse") || bench_wants(b, "zlib inflate"))
            measure_others(b, texts[t]);
    }
}

bench_task bench_task_read(const bench_file *packed, size_t bytes, const char *format)
{
    reader_job *job = malloc(sizeof *job);
    if (job == NULL)
        bench_fail("read", "out of memory");
    *job = (reader_job){ .path = packed->path, .format = format, .reads_ahead = true };
    return (bench_task){
        .work = read_all, .user = job, .answer = read_all(job), .bytes = bytes
    };
}

bench_task bench_task_parse(bench_file *lines)
{
    return (bench_task){ .work = parse_lines,
                         .user = lines,
                         .answer = lines->messages,
                         .bytes = lines->bytes.size };
}

bench_task bench_task_inflate(bench_file *packed, size_t bytes)
{
    return (
        bench_task){ .work = inflate_all, .user = packed, .answer = bytes, .bytes = bytes };
}
