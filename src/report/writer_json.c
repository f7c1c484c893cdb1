/* SPDX-License-Identifier: MIT
 * report/writer_json.c - NDJSON, one object a line, and JSON, one document.
 *
 * A record that was read from JSON keeps its own bytes and gets the score as one more
 * member before its closing brace; only line ends between its tokens go, with the
 * indentation behind them, so that a record is a line. (A string of JSON holds no line
 * end.) Records of other inputs become objects of their columns, as strings; a surplus
 * cell is named by its number. Should a later record have a key of the score's name that
 * the sample did not show, the last one, ours, counts. */
#include "report/formats_written.h"

#include "base/json_out.h"
#include "report/score_fields.h"

static bool is_space(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* What stands between the braces of a raw object, without outer white space. False if raw
 * is no object. */
static bool open_object(ef_slice raw, ef_slice *inside)
{
    while (raw.size > 0 && is_space(raw.data[raw.size - 1]))
        raw.size--;
    while (raw.size > 0 && is_space(raw.data[0])) {
        raw.data++;
        raw.size--;
    }
    if (raw.size < 2 || raw.data[0] != '{' || raw.data[raw.size - 1] != '}')
        return false;
    *inside = (ef_slice){ raw.data + 1, raw.size - 2 };
    while (inside->size > 0 && is_space(inside->data[inside->size - 1]))
        inside->size--;
    return true;
}

static size_t find_line_end(ef_slice bytes, size_t at)
{
    while (at < bytes.size && bytes.data[at] != '\n' && bytes.data[at] != '\r')
        at++;
    return at;
}

static void append_one_line(ef_buffer *out, ef_slice bytes)
{
    size_t at = 0;
    if (memchr(bytes.data, '\n', bytes.size) == NULL &&
        memchr(bytes.data, '\r', bytes.size) == NULL) {
        ef_buffer_append_slice(out, bytes);
        return;
    }
    while (at < bytes.size) {
        size_t end = find_line_end(bytes, at);
        ef_buffer_append(out, bytes.data + at, end - at);
        while (end < bytes.size && is_space(bytes.data[end]))
            end++;
        at = end;
    }
}

static void append_string_member(ef_buffer *out, const ef_writing *writing, ef_slice key,
                                 ef_slice value)
{
    ef_json_string(out, key);
    ef_buffer_append_byte(out, ':');
    ef_json_string(out, ef_redacted(writing->redaction, value, out));
    ef_buffer_append_byte(out, ',');
}

/* The input's columns, each with a comma behind it. */
static void append_columns(ef_buffer *out, const ef_writing *writing,
                           const ef_record *record)
{
    const ef_slice *cells;
    size_t columns = writing->column_count, count = ef_written_cells(record, &cells);
    for (size_t i = 0; i < columns; i++)
        append_string_member(out, writing, writing->columns[i],
                             i < count ? cells[i] : (ef_slice){ NULL, 0 });
    for (size_t i = columns; i < count; i++) {
        ef_buffer_append_byte(out, '"');
        ef_buffer_append_int(out, (int64_t)i + 1);
        ef_buffer_append_text(out, "\":");
        ef_json_string(out, ef_redacted(writing->redaction, cells[i], out));
        ef_buffer_append_byte(out, ',');
    }
}

static void append_own(ef_buffer *out, const ef_writing *writing, const ef_record *record)
{
    ef_slice inside;
    if (writing->options.only_scores && writing->has_id) {
        append_string_member(out, writing, ef_slice_of("id"), record->id);
    } else if (writing->options.only_scores) {
        ef_buffer_append_text(out, "\"line\":");
        ef_buffer_append_int(out, (int64_t)record->line);
        ef_buffer_append_byte(out, ',');
    } else if (writing->passes_raw && open_object(record->raw, &inside)) {
        if (writing->redaction != NULL)
            ef_redacted_json(writing->redaction, inside, out);
        else
            append_one_line(out, inside);
        if (inside.size > 0)
            ef_buffer_append_byte(out, ',');
    } else {
        append_columns(out, writing, record);
    }
}

static void append_object(ef_buffer *out, const ef_writing *writing,
                          const ef_record *record, const ef_score *score,
                          const ef_explanation *explanation)
{
    ef_buffer_append_byte(out, '{');
    append_own(out, writing, record);
    ef_json_key(out, writing->options.name);
    ef_buffer_append_byte(out, '{');
    ef_score_members(out, writing->fields, score);
    if (writing->options.reasons) {
        ef_buffer_append_text(out, ",\"reasons\":");
        ef_reasons_array(out, record->text, explanation, writing->redaction);
    }
    ef_buffer_append_text(out, record->is_partial ? ",\"partial\":true}}" : "}}");
}

static void append_line(ef_buffer *out, const ef_writing *writing, const ef_record *record,
                        const ef_score *score, const ef_explanation *explanation)
{
    append_object(out, writing, record, score, explanation);
    ef_buffer_append_byte(out, '\n');
}

static void begin_lines(ef_buffer *out, const ef_writing *writing)
{
    (void)out;
    (void)writing;
}

static void end_lines(ef_buffer *out, const ef_writing *writing)
{
    (void)out;
    (void)writing;
}

static void begin_document(ef_buffer *out, const ef_writing *writing)
{
    ef_buffer_append_text(out, "{\"schema\":1,\"engine\":");
    ef_json_string(out, ef_slice_of(writing->engine->version));
    ef_buffer_append_text(out, ",\"model\":");
    ef_json_string(out, ef_slice_of(writing->engine->model.hash));
    ef_buffer_append_text(out, ",\"lexicon\":");
    ef_json_string(out, ef_slice_of(writing->engine->lexicon_hash));
    ef_buffer_append_text(out, ",\"records\":[\n");
}

static void end_document(ef_buffer *out, const ef_writing *writing)
{
    (void)writing;
    ef_buffer_append_text(out, "\n]}\n");
}

const ef_format_writer ef_format_writer_ndjson = {
    .name = "ndjson",
    .summary = "one JSON object a line",
    .begin = begin_lines,
    .record = append_line,
    .separator = "",
    .end = end_lines,
    .shown = EF_SHOWN_AS_JSON,
    .keeps_columns = true,
};

const ef_format_writer ef_format_writer_json = {
    .name = "json",
    .summary = "one JSON document with an array of records",
    .begin = begin_document,
    .record = append_object,
    .separator = ",\n",
    .end = end_document,
    .shown = EF_SHOWN_AS_JSON,
    .keeps_columns = true,
};
