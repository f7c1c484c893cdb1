/* SPDX-License-Identifier: MIT
 * pipeline/pipeline.c - the one loop: a block of bytes becomes scored, formatted records.
 */
#include "pipeline/pipeline.h"

#include "base/error.h"

ef_status ef_hand_init(ef_hand *hand, const ef_run_options *options, ef_error *error)
{
    ef_status status =
        ef_filter_init(&hand->filter, options->where, options->where_count, error);
    if (status == EF_OK)
        status = ef_redaction_init(&hand->redaction, options->writer.redactions, error);
    return status == EF_OK ? ef_scratch_new(&hand->scratch, error) : status;
}

void ef_hand_release(ef_hand *hand)
{
    ef_cursor_release(&hand->cursor);
    ef_scratch_free(hand->scratch);
    ef_filter_release(&hand->filter);
    ef_redaction_release(&hand->redaction);
}

void ef_piece_reset(ef_piece *piece)
{
    ef_buffer_reset(&piece->out);
    ef_buffer_reset(&piece->notes.bytes);
    memset(&piece->tally, 0, sizeof piece->tally);
    piece->has_records = false;
    piece->status = EF_OK;
}

void ef_piece_release(ef_piece *piece)
{
    ef_buffer_release(&piece->block.bytes);
    ef_buffer_release(&piece->out);
    ef_notes_release(&piece->notes);
}

ef_written_input ef_written_input_of(const ef_layout *layout)
{
    return (ef_written_input){ .format = layout->format->name,
                               .delimiter = layout->delimiter,
                               .quotes = layout->quote != 0,
                               .is_changed = layout->pseudonymized != NULL,
                               .is_sheet = layout->is_sheet,
                               .has_id = layout->columns.id != EF_NO_COLUMN,
                               .columns = layout->names,
                               .column_count = layout->name_count };
}

void ef_counts_add(ef_reader_counts *total, const ef_reader_counts *more)
{
    total->records += more->records;
    total->rejected += more->rejected;
    total->empty += more->empty;
    total->cut += more->cut;
    total->ragged += more->ragged;
    total->invalid_utf8 += more->invalid_utf8;
    total->bad_ratings += more->bad_ratings;
    total->bad_times += more->bad_times;
}

static void tally(ef_run_summary *summary, const ef_score *score)
{
    summary->labels[score->label]++;
    summary->unknown_language += score->language == EF_LANGUAGE_UNKNOWN;
    summary->needs_review += score->needs_review;
}

static void write_record(const ef_scoring *scoring, const ef_writing *writing,
                         ef_piece *piece, const ef_record *record, const ef_score *score,
                         const ef_explanation *explanation)
{
    if (piece->has_records)
        ef_buffer_append_text(&piece->out, scoring->writer->separator);
    scoring->writer->record(&piece->out, writing, record, score,
                            writing->options.reasons ? explanation : NULL);
    piece->has_records = true;
}

static ef_status score_record(const ef_scoring *scoring, const ef_writing *writing,
                              ef_hand *hand, ef_piece *piece, ef_record *record)
{
    ef_score score;
    ef_explanation explanation = { 0 };
    ef_status status;
    if (writing->options.reasons) {
        status = ef_explain_text(scoring->engine, hand->scratch, record->text, &explanation,
                                 &piece->error);
        score = explanation.score;
    } else {
        status = ef_score_text(scoring->engine, hand->scratch, record->text, &score,
                               &piece->error);
    }
    if (status != EF_OK)
        return status;
    if (!scoring->is_silent)
        write_record(scoring, writing, piece, record, &score, &explanation);
    tally(&piece->tally, &score);
    if (piece->out.failed)
        return ef_error_memory(&piece->error);
    return scoring->hear == NULL ? EF_OK
                                 : scoring->hear(scoring->hear_user, piece->block.layout,
                                                 record, &score, &piece->error);
}

static ef_status score_block(const ef_scoring *scoring, ef_hand *hand, ef_piece *piece)
{
    const ef_layout *layout = piece->block.layout;
    ef_written_input input = ef_written_input_of(layout);
    ef_writing writing;
    ef_status status = ef_writing_follow(&writing, scoring->opened, scoring->writer, &input,
                                         layout->label, &piece->error);
    if (status == EF_OK)
        status = ef_filter_enter(&hand->filter, layout, &piece->error);
    if (status != EF_OK)
        return status;
    writing.redaction = writing.options.redact ? &hand->redaction : NULL;
    ef_cursor_start(&hand->cursor, &piece->block, scoring->kernels, ef_notes_keep,
                    &piece->notes);
    for (;;) {
        ef_record record;
        status = ef_cursor_next(&hand->cursor, &record, &piece->error);
        if (status == EF_OK && ef_filter_holds(&hand->filter, &record))
            status = score_record(scoring, &writing, hand, piece, &record);
        if (status != EF_OK)
            break;
    }
    ef_counts_add(&piece->tally.counts, &hand->cursor.counts);
    memset(&hand->cursor.counts, 0, sizeof hand->cursor.counts);
    return status == EF_END ? EF_OK : status;
}

void ef_pipeline_score(const ef_scoring *scoring, ef_hand *hand, ef_piece *piece)
{
    piece->status = score_block(scoring, hand, piece);
}
