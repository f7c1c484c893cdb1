/* SPDX-License-Identifier: MIT
 * report/writer_csv.c - CSV and TSV: the input's columns, then those of the score.
 *
 * A row of the same dialect passes as the bytes it was read from, so that nothing of the
 * user's is touched; only ours are appended. Rows of other inputs are made from their
 * fields. Every line ends in LF.
 *
 * Invariant: our cells stand in their columns in every row. A row with too few cells is
 * filled up with empty ones; one with too many is made from its fields, and its surplus
 * cells stand behind ours. */
#include "report/formats_written.h"

#include "report/cells.h"
#include "report/score_fields.h"

static ef_cell_dialect dialect_of(const ef_writing *writing)
{
    return (ef_cell_dialect){ writing->delimiter, writing->quotes, writing->defuses };
}

/* A cell of the input. */
static void append_cell(ef_buffer *out, const ef_writing *writing, ef_slice cell)
{
    ef_cell_append(out, ef_redacted(writing->redaction, cell, out), dialect_of(writing));
}

/* Names "sentiment.label", …; a name of the user's own may need quotes. */
static void append_names(ef_buffer *out, const ef_writing *writing)
{
    ef_cell_dialect dialect = dialect_of(writing);
    for (size_t i = 0; ef_score_field_name(writing->fields, i) != NULL; i++) {
        if (i > 0)
            ef_buffer_append_byte(out, dialect.delimiter);
        ef_cell_append(out, ef_slice_of(writing->options.name), dialect);
        ef_buffer_append_byte(out, '.');
        ef_buffer_append_text(out, ef_score_field_name(writing->fields, i));
    }
    if (writing->options.reasons) {
        ef_buffer_append_byte(out, dialect.delimiter);
        ef_cell_append(out, ef_slice_of(writing->options.name), dialect);
        ef_buffer_append_text(out, ".reasons");
    }
    ef_buffer_append_byte(out, '\n');
}

static void begin(ef_buffer *out, const ef_writing *writing)
{
    ef_cell_dialect dialect = dialect_of(writing);
    if (writing->options.only_scores) {
        ef_buffer_append_text(out, writing->has_id ? "id" : "line");
        ef_buffer_append_byte(out, dialect.delimiter);
    } else {
        for (size_t i = 0; i < writing->column_count; i++) {
            ef_cell_append(out, writing->columns[i], dialect);
            ef_buffer_append_byte(out, dialect.delimiter);
        }
    }
    append_names(out, writing);
}

/* The row's own cells, each followed by a delimiter; those that are missing are empty. */
static void append_own(ef_buffer *out, const ef_writing *writing, const ef_record *record)
{
    const ef_slice *cells;
    size_t count = ef_written_cells(record, &cells);
    for (size_t i = 0; i < writing->column_count; i++) {
        if (i < count)
            append_cell(out, writing, cells[i]);
        ef_buffer_append_byte(out, writing->delimiter);
    }
}

/* A row as it was read. A reader gives every row all of its columns: those that are not in
 * its bytes have no place either. */
static void append_raw(ef_buffer *out, const ef_writing *writing, const ef_record *record)
{
    const ef_slice *cells;
    size_t count = ef_written_cells(record, &cells);
    while (count > 1 && cells[count - 1].data == NULL)
        count--;
    ef_buffer_append_slice(out, record->raw);
    for (size_t i = count; i < writing->column_count + 1; i++)
        ef_buffer_append_byte(out, writing->delimiter);
}

/* The array is written behind the row, made a cell there, and the cell is moved to where
 * the array began: no second buffer. */
static void append_reasons(ef_buffer *out, const ef_writing *writing,
                           const ef_record *record, const ef_explanation *explanation)
{
    ef_buffer_append_byte(out, writing->delimiter);
    size_t start = out->size;
    ef_reasons_array(out, record->text, explanation, writing->redaction);
    size_t size = out->size - start;
    /* At worst every byte is doubled, between quotes and behind a '. Reserved at once, so
     * that the array stays where it is while the cell is made of it. */
    if (out->failed || !ef_buffer_reserve(out, 2 * size + 3))
        return;
    ef_cell_append(out, (ef_slice){ out->data + start, size }, dialect_of(writing));
    memmove(out->data + start, out->data + start + size, out->size - start - size);
    out->size -= size;
}

static void append_surplus(ef_buffer *out, const ef_writing *writing,
                           const ef_record *record)
{
    for (size_t i = writing->column_count; i < record->field_count; i++) {
        ef_buffer_append_byte(out, writing->delimiter);
        append_cell(out, writing, record->fields[i]);
    }
}

static void append_record(ef_buffer *out, const ef_writing *writing,
                          const ef_record *record, const ef_score *score,
                          const ef_explanation *explanation)
{
    bool has_surplus = record->field_count > writing->column_count;
    if (writing->options.only_scores) {
        if (writing->has_id)
            append_cell(out, writing, record->id);
        else
            ef_buffer_append_int(out, (int64_t)record->line);
        ef_buffer_append_byte(out, writing->delimiter);
    } else if (writing->passes_raw && !has_surplus) {
        append_raw(out, writing, record);
    } else {
        append_own(out, writing, record);
    }
    ef_score_cells(out, writing->fields, score, writing->delimiter);
    if (writing->options.reasons)
        append_reasons(out, writing, record, explanation);
    if (has_surplus && !writing->options.only_scores)
        append_surplus(out, writing, record);
    ef_buffer_append_byte(out, '\n');
}

static void end(ef_buffer *out, const ef_writing *writing)
{
    (void)out;
    (void)writing;
}

const ef_format_writer ef_format_writer_csv = {
    .name = "csv",
    .summary = "comma-separated values; the input's own delimiter if it was CSV",
    .begin = begin,
    .record = append_record,
    .separator = "",
    .end = end,
    .needs_same_columns = true,
    .keeps_columns = true,
};

const ef_format_writer ef_format_writer_tsv = {
    .name = "tsv",
    .summary = "tab-separated values, one line a record",
    .begin = begin,
    .record = append_record,
    .separator = "",
    .end = end,
    .needs_same_columns = true,
    .keeps_columns = true,
};
