/* SPDX-License-Identifier: MIT
 * readers.h - for tests: a reader over text that the test holds, and what it gives. */
#ifndef EARFUL_TESTS_INPUT_READERS_H
#define EARFUL_TESTS_INPUT_READERS_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "earful/reader.h"

/* A file with these bytes, gone when the test ends. */
typedef struct test_file {
    char path[32];
} test_file;

static inline test_file write_file(const char *bytes, size_t size)
{
    test_file file = { "/tmp/earful-XXXXXX" };
    int fd = mkstemp(file.path);
    cr_assert(fd >= 0);
    FILE *stream = fdopen(fd, "wb");
    cr_assert_eq(fwrite(bytes, 1, size, stream), size);
    fclose(stream);
    return file;
}

/* What a run over inputs gave: a line a record, then the notices. */
typedef struct outcome {
    ef_buffer records; /* text|rating|author|line\n */
    ef_buffer rejects; /* reason@line:column\n */
    ef_buffer guesses; /* messages of EF_NOTICE_GUESS */
    ef_buffer inputs;  /* messages of EF_NOTICE_INPUT */
    ef_reader_counts counts;
    ef_status status;
    ef_error error;
} outcome;

static inline void keep_notice(void *user, const ef_notice *notice)
{
    outcome *out = user;
    cr_assert_null(strchr(notice->message, '\n'));
    if (notice->kind == EF_NOTICE_REJECT)
        ef_buffer_printf(&out->rejects, "%s@%llu:%llu\n", notice->reason,
                         (unsigned long long)notice->line,
                         (unsigned long long)notice->column);
    else
        ef_buffer_printf(notice->kind == EF_NOTICE_GUESS ? &out->guesses : &out->inputs,
                         "%s\n", notice->message);
}

static inline void keep_record(outcome *out, const ef_record *record)
{
    ef_buffer_append_slice(&out->records, record->text);
    ef_buffer_append_byte(&out->records, '|');
    ef_buffer_append_slice(&out->records, record->rating.raw);
    ef_buffer_append_byte(&out->records, '|');
    ef_buffer_append_slice(&out->records, record->author);
    ef_buffer_printf(&out->records, "|%llu\n", (unsigned long long)record->line);
}

static inline void read_with(outcome *out, const ef_reader_options *given)
{
    ef_reader_options options = *given;
    ef_reader *reader;
    ef_record record;
    memset(out, 0, sizeof *out);
    options.notice = keep_notice;
    options.notice_user = out;
    out->status = ef_reader_new(&reader, &options, &out->error);
    if (out->status != EF_OK)
        return;
    uint64_t count = 0;
    while ((out->status = ef_reader_next(reader, &record, &out->error)) == EF_OK) {
        cr_assert_eq(record.index, count++);
        keep_record(out, &record);
    }
    ef_reader_count(reader, &out->counts);
    cr_assert_eq(out->counts.records, count);
    ef_reader_free(reader);
}

static inline void read_bytes(outcome *out, const char *bytes, size_t size,
                              const ef_reader_options *given)
{
    test_file file = write_file(bytes, size);
    const char *inputs[] = { file.path };
    ef_reader_options options = { 0 };
    if (given != NULL)
        options = *given;
    options.inputs = inputs;
    options.input_count = 1;
    read_with(out, &options);
    unlink(file.path);
}

static inline void read_text(outcome *out, const char *text)
{
    read_bytes(out, text, strlen(text), NULL);
}

static inline void forget(outcome *out)
{
    ef_buffer_release(&out->records);
    ef_buffer_release(&out->rejects);
    ef_buffer_release(&out->guesses);
    ef_buffer_release(&out->inputs);
}

/* Reads text and compares records and rejects. */
static inline void expect_read(const char *text, const char *records, const char *rejects)
{
    outcome out;
    read_text(&out, text);
    cr_expect_eq(out.status, EF_END, "%s", out.error.message);
    cr_expect_str_eq(ef_buffer_text(&out.records), records);
    cr_expect_str_eq(ef_buffer_text(&out.rejects), rejects);
    forget(&out);
}

#endif
