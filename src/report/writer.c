/* SPDX-License-Identifier: MIT
 * report/writer.c - the public writer: one document, written record by record.
 *
 * An embedder's records may come from anywhere, so their raw bytes are not used: objects
 * and rows are made from the fields, and formulas are defused unless told otherwise.
 *
 * Invariant: `out` holds whole pieces only; a record that does not fit into memory leaves
 * it as it was. */
#include "earful/writer.h"

#include "base/arena.h"
#include "base/error.h"
#include "report/event_json.h"
#include "report/format_writer.h"

#include <stdlib.h>

struct ef_writer {
    ef_engine_info engine;
    ef_writer_options options;
    ef_arena arena; /* strings of options; columns of the first record */
    const ef_format_writer *format;
    ef_writing opened; /* from the first record on */
    ef_buffer out;
    ef_redaction redaction;
    bool is_open;
    bool has_records;
    bool was_taken; /* out holds what was given away */
};

static ef_status copy_options(ef_writer *writer, const ef_writer_options *options,
                              ef_error *error)
{
    if (options != NULL)
        writer->options = *options;
    const char *format = writer->options.format, *name = writer->options.name;
    writer->options.format = NULL;
    writer->options.name = NULL;
    if (format != NULL) {
        writer->options.format = ef_arena_copy(&writer->arena, ef_slice_of(format));
        if (writer->options.format == NULL)
            return ef_error_memory(error);
    }
    if (name != NULL) {
        writer->options.name = ef_arena_copy(&writer->arena, ef_slice_of(name));
        if (writer->options.name == NULL)
            return ef_error_memory(error);
    }
    ef_written_input none = { .format = "" };
    return ef_writing_open(&writer->opened, &writer->format, &writer->engine,
                           &writer->options, &none, error);
}

ef_status ef_writer_new(ef_writer **writer, const ef_engine *engine,
                        const ef_writer_options *options, ef_error *error)
{
    *writer = NULL;
    ef_writer *made = calloc(1, sizeof *made);
    if (made == NULL)
        return ef_error_memory(error);
    ef_engine_describe(engine, &made->engine);
    ef_status status = copy_options(made, options, error);
    if (status == EF_OK)
        status = ef_redaction_init(&made->redaction, made->options.redactions, error);
    if (status != EF_OK) {
        ef_writer_free(made);
        return status;
    }
    *writer = made;
    return EF_OK;
}

void ef_writer_free(ef_writer *writer)
{
    if (writer == NULL)
        return;
    ef_arena_release(&writer->arena);
    ef_buffer_release(&writer->out);
    ef_redaction_release(&writer->redaction);
    free(writer);
}

static void forget_taken(ef_writer *writer)
{
    if (writer->was_taken)
        ef_buffer_reset(&writer->out);
    writer->was_taken = false;
}

/* A copy of the columns that lives as long as the writer. */
static bool keep_columns(ef_writer *writer, ef_written_input *input)
{
    ef_slice *kept = ef_arena_alloc(&writer->arena, input->column_count * sizeof *kept);
    if (kept == NULL)
        return false;
    for (size_t i = 0; i < input->column_count; i++) {
        const char *name = ef_arena_copy(&writer->arena, input->columns[i]);
        if (name == NULL)
            return false;
        kept[i] = (ef_slice){ (const uint8_t *)name, input->columns[i].size };
    }
    input->columns = kept;
    return true;
}

static ef_status open_document(ef_writer *writer, const ef_written_input *input,
                               ef_error *error)
{
    ef_written_input kept = *input;
    if (!keep_columns(writer, &kept))
        return ef_error_memory(error);
    ef_status status = ef_writing_open(&writer->opened, &writer->format, &writer->engine,
                                       &writer->options, &kept, error);
    if (status != EF_OK)
        return status;
    size_t before = writer->out.size;
    writer->format->begin(&writer->out, &writer->opened);
    if (writer->out.failed) {
        writer->out.size = before;
        writer->out.failed = false;
        return ef_error_memory(error);
    }
    writer->is_open = true;
    return EF_OK;
}

ef_status ef_writer_score(ef_writer *writer, const ef_slice *columns, size_t column_count,
                          const ef_record *record, const ef_score *score,
                          const ef_explanation *explanation, ef_error *error)
{
    ef_written_input input = { .format = "",
                               .has_id = record->id.size > 0,
                               .columns = columns,
                               .column_count = column_count };
    ef_writing writing;
    forget_taken(writer);
    ef_status status = writer->is_open ? EF_OK : open_document(writer, &input, error);
    if (status == EF_OK)
        status = ef_writing_follow(&writing, &writer->opened, writer->format, &input,
                                   "record", error);
    if (status != EF_OK)
        return status;
    writing.redaction = writing.options.redact ? &writer->redaction : NULL;
    size_t before = writer->out.size;
    if (writer->has_records)
        ef_buffer_append_text(&writer->out, writer->format->separator);
    writer->format->record(&writer->out, &writing, record, score, explanation);
    if (writer->out.failed) {
        writer->out.size = before;
        writer->out.failed = false;
        return ef_error_memory(error);
    }
    writer->has_records = true;
    return EF_OK;
}

ef_status ef_writer_alert(ef_writer *writer, const ef_alert *alert, ef_error *error)
{
    forget_taken(writer);
    if (strcmp(writer->format->name, "ndjson") != 0)
        return ef_error_set(error, EF_ERR_ARGUMENT, "alerts are written as ndjson only");
    size_t before = writer->out.size;
    ef_event_json(&writer->out, &writer->engine, &writer->redaction.redactor, alert);
    ef_buffer_append_byte(&writer->out, '\n');
    if (writer->out.failed) {
        writer->out.size = before;
        writer->out.failed = false;
        return ef_error_memory(error);
    }
    return EF_OK;
}

ef_status ef_writer_finish(ef_writer *writer, ef_error *error)
{
    ef_written_input none = { .format = "" };
    forget_taken(writer);
    ef_status status = writer->is_open ? EF_OK : open_document(writer, &none, error);
    if (status != EF_OK)
        return status;
    size_t before = writer->out.size;
    writer->format->end(&writer->out, &writer->opened);
    if (writer->out.failed) {
        writer->out.size = before;
        writer->out.failed = false;
        return ef_error_memory(error);
    }
    return EF_OK;
}

ef_slice ef_writer_take(ef_writer *writer)
{
    forget_taken(writer);
    writer->was_taken = true;
    return ef_buffer_slice(&writer->out);
}
