/* SPDX-License-Identifier: MIT
 * pipeline/eval.c - scoring labelled records and comparing.
 *
 * Records are read in turn and scored by threads, a batch at a time; what was judged is
 * kept as four bytes a text, for calibration needs the order of all confidences. */
#include "earful/app/train.h"

#include <stdlib.h>

#include "base/error.h"
#include "model/evaluate.h"
#include "pipeline/share_work.h"
#include "pipeline/texts.h"
#include "score/engine_parts.h"

enum { BATCH_TEXTS = 4096, PIECES = 32 };

typedef struct evaluating {
    const ef_engine *engine;
    const ef_eval_options *options;
    ef_texts batch;
    ef_judged given[BATCH_TEXTS];
    bool is_usable[BATCH_TEXTS];
    ef_scratch *scratches[PIECES];
    bool failed[PIECES];
    ef_buffer judged; /* ef_judged of all texts so far */
    uint64_t unlabelled;
} evaluating;

static void score_piece(void *user, size_t piece)
{
    evaluating *e = user;
    const ef_texts *batch = &e->batch;
    size_t end = batch->count * (piece + 1) / PIECES;
    for (size_t i = batch->count * piece / PIECES; i < end; i++) {
        ef_score score;
        if (ef_score_text(e->engine, e->scratches[piece], ef_texts_at(batch, i), &score,
                          NULL) != EF_OK) {
            e->failed[piece] = true;
            return;
        }
        int32_t p[3] = { score.p_negative, score.p_neutral, score.p_positive };
        e->given[i] = ef_judge(p, batch->list[i].label, e->options->two_classes);
        e->is_usable[i] = score.label != EF_LABEL_NONE;
    }
}

static ef_status score_batch(evaluating *e, ef_error *error)
{
    ef_share_work(e->options->threads, PIECES, score_piece, e);
    for (size_t i = 0; i < PIECES; i++)
        if (e->failed[i])
            return ef_error_memory(error);
    for (size_t i = 0; i < e->batch.count; i++)
        if (!e->is_usable[i])
            e->unlabelled++;
        else if (!ef_buffer_append(&e->judged, &e->given[i], sizeof e->given[i]))
            return ef_error_memory(error);
    e->batch.count = 0;
    ef_buffer_reset(&e->batch.bytes);
    return EF_OK;
}

static ef_status take_record(evaluating *e, const ef_reader *reader,
                             const ef_record *record, ef_error *error)
{
    size_t column_count, count = e->batch.count;
    const ef_slice *columns = ef_reader_columns(reader, &column_count);
    ef_status status = ef_label_check(columns, column_count, e->options->label, error);
    if (status != EF_OK)
        return status;
    int right = ef_record_label(record, columns, column_count, e->options->label, NULL);
    if (right == EF_NEUTRAL && e->options->two_classes)
        return EF_OK;
    if (right >= 0 && !ef_texts_add(&e->batch, record->text, (unsigned)right, 0, 1))
        return ef_error_memory(error);
    if (e->batch.count == count)
        e->unlabelled++;
    return e->batch.count == BATCH_TEXTS ? score_batch(e, error) : EF_OK;
}

static ef_status read_records(evaluating *e, ef_error *error)
{
    ef_reader *reader;
    ef_record record;
    ef_status status = ef_reader_new(&reader, &e->options->reader, error);
    if (status != EF_OK)
        return status;
    while ((status = ef_reader_next(reader, &record, error)) == EF_OK)
        if ((status = take_record(e, reader, &record, error)) != EF_OK)
            break;
    if (status == EF_END)
        status = score_batch(e, error);
    ef_reader_free(reader);
    return status;
}

static void finish(evaluating *e, ef_evaluation *evaluation)
{
    void *bytes = e->judged.data; /* from malloc: aligned */
    ef_evaluate(bytes, e->judged.size / sizeof(ef_judged), evaluation);
    evaluation->unlabelled = e->unlabelled;
}

ef_status ef_eval(const ef_engine *engine, const ef_eval_options *options,
                  ef_evaluation *evaluation, ef_error *error)
{
    ef_status status = EF_OK;
    evaluating *e = calloc(1, sizeof *e);
    if (e == NULL)
        return ef_error_memory(error);
    e->engine = engine;
    e->options = options;
    for (size_t i = 0; i < PIECES && status == EF_OK; i++)
        status = ef_scratch_new(&e->scratches[i], error);
    if (status == EF_OK)
        status = read_records(e, error);
    if (status == EF_OK)
        finish(e, evaluation);
    for (size_t i = 0; i < PIECES; i++)
        ef_scratch_free(e->scratches[i]);
    ef_texts_release(&e->batch);
    ef_buffer_release(&e->judged);
    free(e);
    return status;
}
