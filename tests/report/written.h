/* SPDX-License-Identifier: MIT
 * tests/report/written.h - a document written from rows of text, for the writers' tests. */
#ifndef EARFUL_TESTS_REPORT_WRITTEN_H
#define EARFUL_TESTS_REPORT_WRITTEN_H

#include <criterion/criterion.h>

#include "report/format_writer.h"

typedef struct written {
    ef_engine_info engine;
    ef_writer_options options;
    ef_written_input input;
    ef_writing writing;
    const ef_format_writer *writer;
    ef_slice columns[8], fields[8];
    ef_record record;
    ef_score score;
    ef_reason reasons[16];
    ef_explanation explanation;
    ef_buffer out;
    ef_error error;
} written;

/* A writing of one input; columns end with NULL. */
static inline void written_init(written *w, const char *to, const char *from,
                                const char *const *columns)
{
    memset(w, 0, sizeof *w);
    w->engine.version = "9.9.9";
    strcpy(w->engine.lexicon_hash, "00000000000000aa");
    strcpy(w->engine.model.hash, "00000000000000bb");
    w->options.format = to;
    w->input.format = from;
    w->input.delimiter = strcmp(from, "csv") == 0 ? ',' : strcmp(from, "tsv") == 0 ? '\t' : 0;
    w->input.quotes = strcmp(from, "csv") == 0;
    for (; columns != NULL && columns[w->input.column_count] != NULL; w->input.column_count++)
        w->columns[w->input.column_count] = ef_slice_of(columns[w->input.column_count]);
    w->input.columns = w->columns;
    w->score = (ef_score){ .label = EF_LABEL_POSITIVE,
                           .score = 8125,
                           .p_negative = 375,
                           .p_neutral = 1125,
                           .p_positive = 8500,
                           .confidence = 8500,
                           .sentences = 2,
                           .lowest = -120,
                           .highest = 9000,
                           .emotion = EF_EMOTION_JOY,
                           .emotion_p = 7000,
                           .signals = EF_SIGNAL_ADVOCATE | EF_SIGNAL_THANKS,
                           .coverage = 10000,
                           .words = 5 };
}

static inline ef_status written_open(written *w)
{
    return ef_writing_open(&w->writing, &w->writer, &w->engine, &w->options, &w->input,
                           &w->error);
}

/* Adds one record made of raw bytes, a text and fields that end with NULL. */
static inline void written_add(written *w, const char *raw, const char *text,
                               const char *const *fields)
{
    w->record.raw = ef_slice_of(raw);
    w->record.text = ef_slice_of(text);
    w->record.field_count = 0;
    for (; fields != NULL && fields[w->record.field_count] != NULL; w->record.field_count++)
        w->fields[w->record.field_count] = ef_slice_of(fields[w->record.field_count]);
    w->record.fields = w->fields;
    w->record.line++;
    w->writer->record(&w->out, &w->writing, &w->record, &w->score,
                      w->options.reasons ? &w->explanation : NULL);
}

static inline void written_expect(written *w, const char *expected)
{
    cr_assert_str_eq(ef_buffer_text(&w->out), expected);
    ef_buffer_release(&w->out);
}

#define WRITTEN_COLUMNS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* What the hand-made score is as JSON members and as cells. */
#define WRITTEN_MEMBERS                                                                        \
    "\"label\":\"positive\",\"score\":0.8125,\"p_negative\":0.0375,\"p_neutral\":0.1125,"      \
    "\"p_positive\":0.8500,\"confidence\":0.8500,\"mixed\":false,\"sentences\":2,"             \
    "\"lowest\":-0.0120,\"highest\":0.9000,\"emotion\":\"joy\",\"emotion_p\":0.7000,"          \
    "\"signals\":[\"advocate\",\"thanks\"],\"coverage\":1.0000,\"needs_review\":false"
#define WRITTEN_CELLS                                                                          \
    "positive,0.8125,0.0375,0.1125,0.8500,0.8500,false,2,-0.0120,0.9000,joy,0.7000,"           \
    "advocate;thanks,1.0000,,false"
#define WRITTEN_NAMES                                                                          \
    "sentiment.label,sentiment.score,sentiment.p_negative,sentiment.p_neutral,"                \
    "sentiment.p_positive,sentiment.confidence,sentiment.mixed,sentiment.sentences,"           \
    "sentiment.lowest,sentiment.highest,sentiment.emotion,sentiment.emotion_p,"                \
    "sentiment.signals,sentiment.coverage,sentiment.language,sentiment.needs_review\n"

#endif
