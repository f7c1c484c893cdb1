/* SPDX-License-Identifier: MIT
 * input/csv.c - delimited text: CSV as shops and spreadsheets export it, and TSV.
 *
 * Both formats are one reader; TSV only fixes the delimiter. open finds the dialect, the
 * header and the columns; cut and next share the scanner of delimited.c.
 * Invariant: bytes before dialect.data_begin (sep=, header rows) give no records, whatever
 * block they come in. */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "input/columns.h"
#include "input/dialect.h"
#include "input/formats.h"

enum { KNOWN_FIT = 95 };

static const char csv_delimiters[] = ",;\t|", tsv_delimiters[] = "\t";

/* Columns are there for sure if their names are known; likely if the rows agree. */
static int score_of(const ef_fit *fit, ef_slice sample, bool at_end, ef_arena *arena,
                    const char **why)
{
    ef_sample table;
    if (fit->columns < 1 || fit->rows == 0)
        return 0;
    if (!ef_dialect_table(&fit->dialect, sample, at_end, fit->columns, EF_HEADER_SIGHT,
                          arena, &table))
        return -1;
    const char *header_why;
    bool has_header = ef_header_find(&table, &header_why) > 0;
    bool has_columns = fit->columns >= 2 && fit->agreeing * 3 >= fit->rows * 2;
    bool is_even = fit->agreeing * 10 >= fit->rows * 9;
    if (has_header && ef_header_is_known(&table)) {
        *why = "the first row has names of columns that we know";
        return has_columns ? KNOWN_FIT : 60;
    }
    *why = has_columns ? "the rows have the same number of cells"
                       : "the rows differ in their number of cells";
    if (!has_columns)
        return 0;
    if (!is_even)
        return 30;
    return has_header ? 80 : fit->columns > 2 ? 70 : 40;
}

static int sniff(const ef_format *format, ef_slice sample, bool at_end, ef_arena *arena,
                 const char **why)
{
    bool is_tsv = format == &ef_format_tsv;
    ef_dialect dialect = { .max_record = SIZE_MAX };
    size_t sep = ef_dialect_sep_line(sample, &dialect.delimiter);
    dialect.data_begin = sep;
    *why = "it is empty";
    if (sample.size == 0)
        return 0;
    ef_fit fit = ef_dialect_find(dialect, false, csv_delimiters, sample, at_end);
    *why = "other delimiters fit better";
    if ((fit.dialect.delimiter == '\t') != is_tsv)
        return 0;
    if (sep > 0 && sep < sample.size) {
        *why = "the first line is sep=";
        return KNOWN_FIT;
    }
    int score = score_of(&fit, sample, at_end, arena, why);
    bool is_json = sample.size > 0 && (sample.data[0] == '{' || sample.data[0] == '[');
    return is_json && score > 20 ? 20 : score;
}

static ef_status decide_delimiter(ef_layout *layout, const ef_fit *fit, const char *why,
                                  ef_error *error)
{
    uint8_t delimiter = fit->dialect.delimiter;
    char value[8] = { (char)delimiter }, flag[32], reason[96];
    bool is_tsv = layout->format == &ef_format_tsv;
    if (delimiter == '\t')
        memcpy(value, "tab", 4);
    snprintf(flag, sizeof flag,
             delimiter == '\'' ? "--delimiter \"%s\"" : "--delimiter '%s'", value);
    snprintf(reason, sizeof reason, "%zu of the first %zu rows have %zu cells",
             fit->agreeing, fit->rows, fit->columns);
    return ef_layout_decide(layout, "delimiter", value, why != NULL ? why : reason,
                            is_tsv ? "" : flag, error);
}

static ef_status decide_quote(ef_layout *layout, const ef_fit *fit, const char *why,
                              ef_error *error)
{
    uint8_t quote = fit->dialect.quote;
    if (quote == 0)
        return ef_layout_decide(layout, "quote", "none",
                                why != NULL ? why
                                            : "quotes stand where no quoting puts them",
                                "--quote none", error);
    char value[2] = { (char)quote, '\0' }, flag[24];
    snprintf(flag, sizeof flag, quote == '\'' ? "--quote \"%s\"" : "--quote '%s'", value);
    ef_status status =
        why != NULL ? ef_layout_decide(layout, "quote", value, why, flag, error) : EF_OK;
    if (status == EF_OK && fit->dialect.has_backslash)
        status = ef_layout_decide(layout, "escape", "\\", "cells fit when \\\" is a quote",
                                  "", error);
    return status;
}

static ef_status decide_header(ef_layout *layout, const char *why, size_t renamed,
                               ef_error *error)
{
    char value[24], flag[32] = "--no-header";
    snprintf(value, sizeof value, "%d", layout->header_rows);
    if (layout->header_rows > 0)
        snprintf(flag, sizeof flag, "--header-rows %d", layout->header_rows);
    ef_status status = ef_layout_decide(layout, "header rows", value, why, flag, error);
    if (status != EF_OK || renamed == 0)
        return status;
    snprintf(value, sizeof value, "%zu", renamed);
    return ef_layout_decide(layout, "renamed columns", value,
                            "a name that comes again gets .2, .3 …", "", error);
}

static ef_status check_options(const ef_reader_options *options, bool is_tsv,
                               ef_error *error)
{
    uint8_t delimiter = (uint8_t)options->delimiter;
    if (delimiter == '\n' || delimiter == '\r' || delimiter >= 0x80)
        return ef_error_set(error, EF_ERR_ARGUMENT, "the delimiter must be an ASCII sign");
    if (options->quote > 0x7f || options->quote == '\n' || options->quote == '\r')
        return ef_error_set(error, EF_ERR_ARGUMENT, "the quote must be an ASCII sign");
    uint8_t quote = options->quote == 0 ? (uint8_t)'"' : (uint8_t)options->quote;
    if (options->quote >= 0 && delimiter == quote)
        return ef_error_set(error, EF_ERR_ARGUMENT, "delimiter and quote are the same");
    if (is_tsv && delimiter != 0 && delimiter != '\t')
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "the delimiter of tsv is TAB: use --from csv for others");
    return EF_OK;
}

static ef_status open_dialect(ef_layout *layout, const ef_reader_options *options,
                              ef_slice sample, bool at_end, ef_fit *fit, ef_error *error)
{
    bool is_tsv = layout->format == &ef_format_tsv;
    ef_status status = check_options(options, is_tsv, error);
    if (status != EF_OK)
        return status;
    ef_dialect dialect = { .max_record = layout->max_record };
    size_t sep = ef_dialect_sep_line(sample, &dialect.delimiter);
    bool is_sep_usable = sep > 0 && dialect.delimiter != '"';
    const char *delimiter_why = is_sep_usable ? "the first line is sep=" : NULL;
    dialect.data_begin = sep;
    layout->first_is_sep = sep > 0;
    if (options->delimiter != 0) {
        dialect.delimiter = (uint8_t)options->delimiter;
        delimiter_why = "as asked for";
    } else if (is_tsv) {
        dialect.delimiter = '\t';
        delimiter_why = "the format's";
    }
    dialect.quote = options->quote > 0 ? (uint8_t)options->quote : 0;
    *fit = ef_dialect_find(dialect, options->quote != 0,
                           is_tsv ? tsv_delimiters : csv_delimiters, sample, at_end);
    layout->delimiter = fit->dialect.delimiter;
    layout->quote = fit->dialect.quote;
    status = decide_delimiter(layout, fit, delimiter_why, error);
    if (status != EF_OK)
        return status;
    return decide_quote(layout, fit, options->quote != 0 ? "as asked for" : NULL, error);
}

/* Where the records begin: behind so many rows that are not blank. */
static uint64_t behind_header(const ef_dialect *dialect, ef_slice sample, bool at_end,
                              int rows)
{
    const ef_kernels *kernels = ef_kernels_select(NULL);
    ef_scan_memory memory = { 0, false };
    size_t at = (size_t)dialect->data_begin;
    while (rows > 0 && at < sample.size) {
        ef_extent extent = ef_delimited_extent(dialect, kernels, sample.data, sample.size,
                                               at, at_end, &memory);
        if (extent.kind == EF_EXTENT_MORE)
            break;
        rows -= extent.kind == EF_EXTENT_RECORD && extent.end > at;
        at = extent.next;
    }
    return at;
}

/* The cells of the first row, for a table as wide as its header says. */
static size_t first_row_cells(const ef_dialect *dialect, ef_slice sample, bool at_end)
{
    ef_dialect one = *dialect;
    one.data_begin = 0;
    ef_slice row = { sample.data + dialect->data_begin, sample.size };
    row.size -= (size_t)dialect->data_begin;
    uint64_t end = behind_header(&one, row, at_end, 1);
    row.size = (size_t)end;
    while (row.size > 0 &&
           (row.data[row.size - 1] == '\n' || row.data[row.size - 1] == '\r'))
        row.size--;
    const ef_kernels *kernels = ef_kernels_select(NULL);
    size_t cells = 0;
    for (size_t at = 0; row.size > 0 && at <= row.size && cells < EF_FIELD_LIMIT; cells++)
        at = ef_delimited_field(dialect, kernels, row.data, row.size, at).end + 1;
    return cells;
}

static ef_status open_header(ef_layout *layout, const ef_reader_options *options,
                             ef_slice sample, bool at_end, const ef_fit *fit,
                             ef_sample *table, ef_arena *scratch, ef_error *error)
{
    const ef_dialect *dialect = &fit->dialect;
    const char *why = "as asked for";
    size_t columns = first_row_cells(dialect, sample, at_end);
    if (!ef_dialect_table(dialect, sample, at_end, columns, SIZE_MAX, scratch, table))
        return ef_error_memory(error);
    layout->header_rows = options->header_rows > 0 ? options->header_rows : 0;
    if (options->header_rows == 0)
        layout->header_rows = ef_header_find(table, &why);
    if (layout->header_rows == 0 && fit->columns > columns &&
        !ef_dialect_table(dialect, sample, at_end, fit->columns, SIZE_MAX, scratch, table))
        return ef_error_memory(error);
    size_t renamed;
    layout->name_count = table->column_count;
    layout->names = ef_header_names(table, layout->header_rows, &layout->arena, &renamed);
    if (layout->names == NULL)
        return ef_error_memory(error);
    size_t skipped = (size_t)layout->header_rows;
    skipped = skipped < table->rows ? skipped : table->rows;
    table->cells += skipped * table->column_count;
    table->rows -= skipped;
    table->has_names = layout->header_rows > 0;
    return decide_header(layout, why, renamed, error);
}

static ef_status delimited_open(ef_layout *layout, const ef_reader_options *options,
                                ef_slice sample, bool at_end, ef_error *error)
{
    if (layout->max_record == 0)
        layout->max_record = 1 << 20;
    ef_dialect *dialect = ef_arena_alloc(&layout->arena, sizeof *dialect);
    if (dialect == NULL)
        return ef_error_memory(error);
    ef_fit fit;
    ef_sample table = { NULL, 0, 0, false };
    ef_arena scratch = { NULL };
    ef_status status = open_dialect(layout, options, sample, at_end, &fit, error);
    if (status == EF_OK)
        status =
            open_header(layout, options, sample, at_end, &fit, &table, &scratch, error);
    if (status == EF_OK)
        status = ef_columns_choose(layout, options, &table, error);
    if (status == EF_OK) {
        *dialect = fit.dialect;
        dialect->data_begin =
            behind_header(&fit.dialect, sample, at_end, layout->header_rows);
        layout->own = dialect;
    }
    ef_arena_release(&scratch);
    return status;
}

/* *state keeps the scanner's memory for the next call, relative to its first byte. */
static size_t delimited_cut(const ef_layout *layout, const ef_kernels *kernels,
                            const uint8_t *p, size_t n, bool at_end, uint64_t *state)
{
    if (at_end)
        return n;
    ef_scan_memory memory = { (size_t)(*state >> 1), (*state & 1) != 0 };
    ef_marked marked;
    marked.begin = marked.end = 0;
    size_t at = 0;
    while (at < n) {
        ef_extent extent;
        if (!ef_delimited_walk(layout->own, kernels, p, n, at, &marked, &extent, NULL,
                               NULL))
            extent = ef_delimited_extent(layout->own, kernels, p, n, at, false, &memory);
        if (extent.kind == EF_EXTENT_MORE)
            break;
        at = extent.next;
    }
    *state = memory.at > at ? (uint64_t)(memory.at - at) << 1 | memory.is_quoted : 0;
    return at;
}

/* Reached only when a single line is longer than all that the caller can hold: records that
 * outgrow the limit over several lines are rejected by next. */
static size_t delimited_skip(const ef_layout *layout, const uint8_t *p, size_t n,
                             uint64_t *state)
{
    (void)layout;
    *state = 0;
    for (size_t i = 0; i < n; i++) {
        /* An LF that may yet follow a CR at the end would only make a blank line. */
        bool is_cr = p[i] == '\r' && (i + 1 == n || p[i + 1] != '\n');
        if (p[i] == '\n' || is_cr)
            return i + 1;
    }
    return 0;
}

/* The cursor's own, kept from block to block. */
typedef struct own {
    ef_cells cells;
    ef_scan_memory memory;
    ef_marked marked;
} own;

static bool prepare(ef_cursor *cursor)
{
    if (cursor->own == NULL)
        cursor->own = calloc(1, sizeof(own));
    own *mine = cursor->own;
    if (mine == NULL || !ef_cells_reserve(&mine->cells, cursor->block->layout->name_count))
        return false;
    if (cursor->at == 0) {
        mine->memory = (ef_scan_memory){ 0, false };
        mine->marked.begin = mine->marked.end = 0;
    }
    ef_arena_reset(&cursor->arena);
    return true;
}

static uint64_t column_behind(const uint8_t *p, size_t start, size_t at)
{
    size_t line = at;
    while (line > start && p[line - 1] != '\n' && p[line - 1] != '\r')
        line--;
    return at - line + 1;
}

static void tell_reject(ef_cursor *cursor, const ef_extent *extent, size_t start)
{
    const ef_layout *layout = cursor->block->layout;
    const uint8_t *p = cursor->block->bytes.data;
    ef_slice raw = { p + start, extent->end - start };
    if (raw.size > layout->max_record)
        raw.size = layout->max_record;
    if (extent->kind == EF_EXTENT_LONG) {
        ef_cursor_reject(cursor, "too long", cursor->line, 1, start, raw);
        return;
    }
    size_t quote =
        ef_delimited_open_quote(layout->own, cursor->kernels, p, start, extent->end);
    ef_cursor_reject(cursor, "unterminated quote", cursor->line,
                     column_behind(p, start, quote), quote, raw);
}

/* Moves the cursor behind a record, whose lines are counted by their LF. */
static void advance(ef_cursor *cursor, size_t start, const ef_extent *extent)
{
    const uint8_t *p = cursor->block->bytes.data;
    cursor->at = extent->next;
    if (extent->spans_lines)
        cursor->line += cursor->kernels->count(p + start, extent->next - start, '\n');
    else
        cursor->line += extent->next > start && p[extent->next - 1] == '\n';
}

static ef_status fill(ef_cursor *cursor, size_t start, ef_slice raw, ef_record *record,
                      ef_error *error)
{
    const ef_layout *layout = cursor->block->layout;
    ef_cells *cells = &((own *)cursor->own)->cells;
    cursor->counts.ragged += cells->count != layout->name_count;
    while (cells->count < layout->name_count)
        cells->items[cells->count++] = (ef_slice){ NULL, 0 };
    record->fields = cells->items;
    record->field_count = cells->count;
    record->raw = raw;
    record->line = cursor->line;
    record->offset = cursor->block->offset + start;
    return ef_columns_fill(cursor, cells->items, layout->name_count, record, error);
}

/* What a whole record gives: a record, a reject (EF_AGAIN: look on), or no memory. */
static ef_status take(ef_cursor *cursor, size_t start, ef_slice raw, bool has_cells,
                      ef_record *record, ef_error *error)
{
    own *mine = cursor->own;
    if (!has_cells && !ef_delimited_split(cursor->block->layout->own, cursor->kernels, raw,
                                          &cursor->arena, &mine->cells))
        return ef_error_memory(error);
    if (mine->cells.count <= EF_FIELD_LIMIT)
        return fill(cursor, start, raw, record, error);
    ef_cursor_reject(cursor, "too many fields", cursor->line, 1, start, raw);
    return EF_AGAIN;
}

static ef_status delimited_next(ef_cursor *cursor, ef_record *record, ef_error *error)
{
    const ef_block *block = cursor->block;
    const ef_dialect *dialect = block->layout->own;
    const uint8_t *p = block->bytes.data;
    size_t n = block->bytes.size;
    if (!prepare(cursor))
        return ef_error_memory(error);
    own *mine = cursor->own;
    while (cursor->at < n) {
        size_t start = cursor->at;
        ef_extent extent;
        bool is_walked =
            ef_delimited_walk(dialect, cursor->kernels, p, n, start, &mine->marked, &extent,
                              &mine->cells, &cursor->arena);
        if (!is_walked)
            extent = ef_delimited_extent(dialect, cursor->kernels, p, n, start, true,
                                         &mine->memory);
        ef_slice raw = { p + start, extent.end - start };
        bool is_data = block->offset + start >= dialect->data_begin && raw.size > 0;
        ef_status status = EF_AGAIN; /* no record here: look on */
        if (extent.kind != EF_EXTENT_RECORD)
            tell_reject(cursor, &extent, start);
        else if (is_data)
            status = take(cursor, start, raw, is_walked, record, error);
        advance(cursor, start, &extent);
        if (status != EF_AGAIN)
            return status;
    }
    return EF_END;
}

static void delimited_close_cursor(ef_cursor *cursor)
{
    own *mine = cursor->own;
    if (mine != NULL)
        ef_cells_release(&mine->cells);
    free(mine);
    cursor->own = NULL;
}

const ef_format ef_format_csv = {
    .name = "csv",
    .summary = "cells between , ; TAB or |, quoted by \"",
    .sniff = sniff,
    .most = KNOWN_FIT,
    .open = delimited_open,
    .cut = delimited_cut,
    .skip = delimited_skip,
    .next = delimited_next,
    .close_cursor = delimited_close_cursor,
};

const ef_format ef_format_tsv = {
    .name = "tsv",
    .summary = "cells between TABs",
    .sniff = sniff,
    .most = KNOWN_FIT,
    .open = delimited_open,
    .cut = delimited_cut,
    .skip = delimited_skip,
    .next = delimited_next,
    .close_cursor = delimited_close_cursor,
};
