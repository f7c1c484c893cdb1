/* SPDX-License-Identifier: MIT
 * input/dialect.c - which delimiter, which quote.
 *
 * A wrong delimiter gives rows that disagree on their number of cells, or rows of one cell.
 * A wrong quote shows in quotes that stand where the rules do not let them. */
#include "input/dialect.h"

#include <string.h>

/* Enough rows to tell a rule from an accident, few enough to be read a dozen times. */
enum { SAMPLE_ROWS = 1000, COUNTED_COLUMNS = 512, TABLE_CELLS = 1 << 19 };

size_t ef_dialect_sep_line(ef_slice sample, uint8_t *delimiter)
{
    const uint8_t *p = sample.data;
    size_t at = sample.size > 0 && p[0] == '"';
    bool is_quoted = at == 1;
    if (sample.size < at + 5 || (p[at] | 32) != 's' || (p[at + 1] | 32) != 'e' ||
        (p[at + 2] | 32) != 'p' || p[at + 3] != '=')
        return 0;
    uint8_t found = p[at + 4];
    if (found == '\n' || found == '\r' || found == '"')
        return 0;
    at += 5;
    if (is_quoted && at < sample.size && p[at] == '"')
        at++;
    if (at < sample.size && p[at] == '\r')
        at++;
    if (at < sample.size && p[at] == '\n')
        at++;
    bool is_line = at < sample.size ? p[at - 1] == '\n' || p[at - 1] == '\r' : true;
    if (!is_line)
        return 0;
    *delimiter = found;
    return at;
}

/* The next record of the sample that is not blank; false behind the last whole one. */
static bool next_row(const ef_dialect *dialect, const ef_kernels *kernels, ef_slice sample,
                     bool at_end, size_t *at, ef_scan_memory *memory, ef_extent *extent,
                     ef_slice *row)
{
    while (*at < sample.size) {
        size_t start = *at;
        *extent = ef_delimited_extent(dialect, kernels, sample.data, sample.size, start,
                                      at_end, memory);
        if (extent->kind == EF_EXTENT_MORE)
            return false;
        *at = extent->next;
        *row = (ef_slice){ sample.data + start, extent->end - start };
        if (row->size > 0)
            return true;
    }
    return false;
}

static bool holds(const uint8_t *p, size_t begin, size_t end, uint8_t byte)
{
    return begin < end && memchr(p + begin, byte, end - begin) != NULL;
}

static void judge_field(ef_fit *fit, const uint8_t *p, const ef_field *field)
{
    const ef_dialect *dialect = &fit->dialect;
    if (!field->is_quoted) {
        fit->stray +=
            dialect->quote != 0 && holds(p, field->begin, field->end, dialect->quote);
        return;
    }
    bool is_needed = field->has_escapes ||
                     holds(p, field->begin, field->close, dialect->delimiter) ||
                     holds(p, field->begin, field->close, '\n') ||
                     holds(p, field->begin, field->close, '\r');
    fit->broken += field->has_tail;
    fit->needed += is_needed && !field->has_tail;
    fit->plain += !is_needed && !field->has_tail;
}

static size_t judge_row(ef_fit *fit, const ef_kernels *kernels, ef_slice row)
{
    size_t cells = 0;
    for (size_t at = 0; at <= row.size && cells < EF_FIELD_LIMIT; cells++) {
        ef_field field = ef_delimited_field(&fit->dialect, kernels, row.data, row.size, at);
        judge_field(fit, row.data, &field);
        at = field.end + 1;
    }
    return cells;
}

static ef_fit judge(ef_dialect dialect, const ef_kernels *kernels, ef_slice sample,
                    bool at_end)
{
    ef_fit fit = { .dialect = dialect };
    size_t histogram[COUNTED_COLUMNS] = { 0 };
    size_t at = (size_t)dialect.data_begin;
    ef_scan_memory memory = { 0, false };
    ef_extent extent;
    ef_slice row;
    while (fit.rows < SAMPLE_ROWS &&
           next_row(&dialect, kernels, sample, at_end, &at, &memory, &extent, &row)) {
        fit.rows++;
        if (extent.kind != EF_EXTENT_RECORD) {
            fit.broken++;
            continue;
        }
        size_t cells = judge_row(&fit, kernels, row);
        histogram[cells < COUNTED_COLUMNS ? cells : COUNTED_COLUMNS - 1]++;
    }
    for (size_t i = 1; i < COUNTED_COLUMNS; i++)
        if (histogram[i] >= fit.agreeing && histogram[i] > 0) {
            fit.agreeing = histogram[i];
            fit.columns = i;
        }
    return fit;
}

/* Share of agreeing rows in steps of 1/20, so that a few ragged rows do not outweigh a
 * dialect that finds more columns. Rows of one cell agree on nothing. */
static size_t agreement(const ef_fit *fit)
{
    return fit->rows == 0 || fit->columns < 2 ? 0 : fit->agreeing * 20 / fit->rows;
}

static bool is_better(const ef_fit *a, const ef_fit *b)
{
    if (agreement(a) != agreement(b))
        return agreement(a) > agreement(b);
    return a->columns > b->columns;
}

/* A writer that quotes puts quotes around every field that holds one. Quotes that stand
 * free, and no field that needed its quotes: the writer does not quote. With commas, fields
 * in quotes that need none are still likelier to be quoted than to hold quotes as text. */
static bool may_be_quoteless(const ef_fit *quoted)
{
    size_t against = quoted->stray + quoted->broken;
    size_t in_favour = quoted->needed;
    bool is_tab = quoted->dialect.delimiter == '\t';
    if (!is_tab && quoted->needed > 0 && quoted->broken == 0)
        return false; /* free quotes beside good ones: a writer that quotes as needed */
    if (!is_tab)
        in_favour += quoted->plain;
    return against > in_favour;
}

/* Backslashes are tried where something is broken that they may mend. */
static ef_fit find_quote(ef_fit quoted, const ef_kernels *kernels, ef_slice sample,
                         bool at_end)
{
    ef_dialect dialect = quoted.dialect;
    if (quoted.broken > 0) {
        dialect.has_backslash = true;
        ef_fit escaped = judge(dialect, kernels, sample, at_end);
        if (escaped.broken < quoted.broken && !is_better(&quoted, &escaped))
            quoted = escaped;
        dialect.has_backslash = false;
    }
    if (!may_be_quoteless(&quoted))
        return quoted;
    dialect.quote = 0;
    ef_fit bare = judge(dialect, kernels, sample, at_end);
    return is_better(&quoted, &bare) ? quoted : bare;
}

/* Rows without the delimiter have one cell and agree on nothing: they only win where others
 * have not even that. */
static bool may_win(uint8_t delimiter, const ef_fit *best, ef_slice sample)
{
    return best->columns == 0 || holds(sample.data, 0, sample.size, delimiter);
}

ef_fit ef_dialect_find(ef_dialect fixed, bool is_quote_fixed, const char *delimiters,
                       ef_slice sample, bool at_end)
{
    const ef_kernels *kernels = ef_kernels_select(NULL);
    const char single[2] = { (char)fixed.delimiter, '\0' };
    const char *candidates = fixed.delimiter != 0 ? single : delimiters;
    ef_fit best = { .rows = 0 };
    for (size_t i = 0; candidates[i] != '\0'; i++) {
        ef_dialect dialect = fixed;
        dialect.delimiter = (uint8_t)candidates[i];
        if (i > 0 && !may_win(dialect.delimiter, &best, sample))
            continue;
        if (!is_quote_fixed)
            dialect.quote = '"';
        ef_fit fit = judge(dialect, kernels, sample, at_end);
        bool has_quotes = fit.stray + fit.broken + fit.needed + fit.plain > 0;
        if (!is_quote_fixed && has_quotes)
            fit = find_quote(fit, kernels, sample, at_end);
        if (i == 0 || is_better(&fit, &best))
            best = fit;
    }
    return best;
}

bool ef_dialect_table(const ef_dialect *dialect, ef_slice sample, bool at_end,
                      size_t columns, size_t most, ef_arena *arena, ef_sample *table)
{
    const ef_kernels *kernels = ef_kernels_select(NULL);
    size_t limit = columns == 0 ? 0 : TABLE_CELLS / columns;
    limit = limit < most ? limit : most;
    size_t lines = kernels->count(sample.data, sample.size, '\n') +
                   kernels->count(sample.data, sample.size, '\r') + 1;
    if (limit > lines)
        limit = lines;
    *table = (ef_sample){ .column_count = columns };
    ef_slice *cells = ef_arena_alloc(arena, (limit * columns + 1) * sizeof *cells);
    if (cells == NULL)
        return false;
    memset(cells, 0, (limit * columns + 1) * sizeof *cells);
    table->cells = cells;
    size_t at = (size_t)dialect->data_begin;
    ef_scan_memory memory = { 0, false };
    ef_extent extent;
    ef_slice row;
    while (table->rows < limit &&
           next_row(dialect, kernels, sample, at_end, &at, &memory, &extent, &row)) {
        if (extent.kind != EF_EXTENT_RECORD)
            continue;
        size_t from = 0;
        for (size_t i = 0; i < columns && from <= row.size; i++) {
            ef_field field = ef_delimited_field(dialect, kernels, row.data, row.size, from);
            if (!ef_delimited_text(dialect, row.data, &field, arena, &cells[i]))
                return false;
            from = field.end + 1;
        }
        cells += columns;
        table->rows++;
    }
    return true;
}
