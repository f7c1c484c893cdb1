/* SPDX-License-Identifier: MIT
 * report/writers.c - the table of writers, and what an input means to them.
 *
 * The first input decides the document: its head, and the dialect of CSV and TSV. Records
 * of a later input pass raw only if they are written in that very dialect. */
#include "report/formats_written.h"

#include "base/error.h"

static const ef_format_writer *const writers[] = {
    &ef_format_writer_table,  &ef_format_writer_csv,  &ef_format_writer_tsv,
    &ef_format_writer_ndjson, &ef_format_writer_json,
};

const ef_format_writer *ef_format_writer_at(size_t index)
{
    return index < sizeof writers / sizeof writers[0] ? writers[index] : NULL;
}

const ef_format_writer *ef_format_writer_named(const char *name)
{
    for (size_t i = 0; ef_format_writer_at(i) != NULL; i++)
        if (strcmp(ef_format_writer_at(i)->name, name) == 0)
            return ef_format_writer_at(i);
    return NULL;
}

static bool is_named(const char *format, const char *one, const char *other)
{
    return strcmp(format, one) == 0 || strcmp(format, other) == 0;
}

/* A column is in the way if it is called like the score, or like something in it:
 * "sentiment", "sentiment.label", "sentiment[].x". */
static bool is_in_the_way(ef_slice column, const char *name)
{
    size_t size = strlen(name);
    if (column.size < size || memcmp(column.data, name, size) != 0)
        return false;
    return column.size == size || column.data[size] == '.' || column.data[size] == '[';
}

static ef_status check_names(const ef_writing *writing, const ef_format_writer *writer,
                             ef_error *error)
{
    const char *name = writing->options.name;
    if (!writer->keeps_columns || writing->options.only_scores)
        return EF_OK;
    for (size_t i = 0; i < writing->column_count; i++)
        if (is_in_the_way(writing->columns[i], name))
            return ef_error_set(error, EF_ERR_ARGUMENT,
                                "the input has a column '%.*s' already: name the score "
                                "otherwise with --as NAME",
                                (int)writing->columns[i].size,
                                (const char *)writing->columns[i].data);
    return EF_OK;
}

/* Whether raw records of input can stand in the document, byte for byte. */
static bool passes_raw(const ef_writing *writing, const ef_written_input *input)
{
    const char *format = writing->options.format;
    if (is_named(format, "ndjson", "json"))
        return is_named(input->format, "ndjson", "json");
    if (writing->options.redact || input->is_changed)
        return false;
    return strcmp(format, input->format) == 0 && writing->delimiter == input->delimiter &&
           writing->quotes == input->quotes && !writing->defuses;
}

static void take_input(ef_writing *writing, const ef_written_input *input)
{
    bool was_delimited = is_named(input->format, "csv", "tsv") && !input->is_sheet;
    static const ef_slice text = { (const uint8_t *)"text", 4 };
    writing->columns = input->column_count > 0 ? input->columns : &text;
    writing->column_count = input->column_count > 0 ? input->column_count : 1;
    writing->defuses = writing->options.cells == EF_CELLS_SAFE ||
                       (writing->options.cells == EF_CELLS_DEFAULT && !was_delimited);
    writing->passes_raw = passes_raw(writing, input);
}

/* CSV is quoted and has commas, TSV is not and has tabs, unless the input was written in
 * the same format and another dialect. */
static void take_dialect(ef_writing *writing, const ef_written_input *input)
{
    bool is_tsv = strcmp(writing->options.format, "tsv") == 0;
    bool is_same = strcmp(writing->options.format, input->format) == 0;
    writing->delimiter = is_same && input->delimiter != 0 ? input->delimiter
                         : is_tsv                         ? (uint8_t)'\t'
                                                          : (uint8_t)',';
    writing->quotes = is_same ? input->quotes : !is_tsv;
}

ef_status ef_writing_open(ef_writing *writing, const ef_format_writer **writer,
                          const ef_engine_info *engine, const ef_writer_options *options,
                          const ef_written_input *input, ef_error *error)
{
    *writing = (ef_writing){ .engine = engine,
                             .fields = ef_score_fields_of(engine->scorer),
                             .has_id = input->has_id };
    if (options != NULL)
        writing->options = *options;
    if (writing->options.format == NULL)
        writing->options.format = "ndjson";
    if (writing->options.name == NULL)
        writing->options.name = "sentiment";
    if (writing->options.width == 0)
        writing->options.width = 80;
    *writer = ef_format_writer_named(writing->options.format);
    if (*writer == NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "unknown output format '%s': choose table, csv, tsv, ndjson or "
                            "json",
                            writing->options.format);
    if (writing->options.reasons && writing->fields == ef_score_fields_of("vader"))
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "scorer vader gives figures to compare with, no reasons: leave "
                            "--explain out");
    take_dialect(writing, input);
    take_input(writing, input);
    return check_names(writing, *writer, error);
}

static bool has_same_columns(const ef_writing *one, const ef_writing *other)
{
    if (one->column_count != other->column_count)
        return false;
    for (size_t i = 0; i < one->column_count; i++) {
        ef_slice a = one->columns[i], b = other->columns[i];
        if (a.size != b.size || (a.size > 0 && memcmp(a.data, b.data, a.size) != 0))
            return false;
    }
    return true;
}

ef_status ef_writing_follow(ef_writing *next, const ef_writing *opened,
                            const ef_format_writer *writer, const ef_written_input *input,
                            const char *label, ef_error *error)
{
    *next = *opened;
    take_input(next, input);
    if (writer->needs_same_columns && !opened->options.only_scores &&
        !has_same_columns(opened, next))
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "'%s' has other columns than the inputs before it: write "
                            "--to ndjson",
                            label);
    return check_names(next, writer, error);
}
