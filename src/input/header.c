/* SPDX-License-Identifier: MIT
 * input/header.c - which of the first rows are names, and what the columns are called.
 *
 * Names differ from what stands below them: a word over numbers, a name that we know from
 * other exports. Survey tools put a second row (the sub-questions) or a third one (import
 * ids) between names and answers. */
#include <assert.h>
#include <string.h>

#include "base/buffer.h"
#include "input/column_names.h"
#include "input/dialect.h"
#include "input/times.h"

enum {
    HEADER_LIMIT = 3, /* rows of names that exports are known to have */
    LOOKED_AT = 200,  /* rows below the header that tell the type of a column */
    NAME_SIZE = 100,  /* a longer cell is a text, not a name */
    NUMBER_TRIES = 8
};

typedef enum cell_type { CELL_EMPTY, CELL_VALUE, CELL_WORDS } cell_type;

static ef_slice trim(ef_slice slice)
{
    while (slice.size > 0 && slice.data[0] <= ' ') {
        slice.data++;
        slice.size--;
    }
    while (slice.size > 0 && slice.data[slice.size - 1] <= ' ')
        slice.size--;
    return slice;
}

static bool is_number(ef_slice cell)
{
    size_t digits = 0;
    for (size_t i = 0; i < cell.size; i++) {
        uint8_t byte = cell.data[i];
        if (byte >= '0' && byte <= '9')
            digits++;
        else if (memchr("+-.,% ", byte, 6) == NULL)
            return false;
    }
    return digits > 0;
}

static bool is_time(ef_slice cell)
{
    int64_t time;
    const int64_t far_ahead = INT64_MAX / 4;
    return ef_time_read(cell, NULL, EF_DATE_UNKNOWN, far_ahead, &time);
}

static cell_type type_of(ef_slice cell)
{
    cell = trim(cell);
    if (cell.size == 0)
        return CELL_EMPTY;
    return is_number(cell) || is_time(cell) ? CELL_VALUE : CELL_WORDS;
}

static ef_slice cell_at(const ef_sample *table, size_t row, size_t column)
{
    return table->cells[row * table->column_count + column];
}

/* Whether four of five filled cells of a column are numbers or times, from a row on. */
static bool is_value_column(const ef_sample *table, size_t column, size_t from)
{
    size_t values = 0, filled = 0;
    size_t end = table->rows < from + LOOKED_AT ? table->rows : from + LOOKED_AT;
    for (size_t row = from; row < end; row++) {
        cell_type type = type_of(cell_at(table, row, column));
        filled += type != CELL_EMPTY;
        values += type == CELL_VALUE;
    }
    return values > 0 && values * 5 >= filled * 4;
}

/* What a row holds in the columns of values. */
typedef struct row_types {
    size_t words, values;
} row_types;

static row_types types_of(const ef_sample *table, size_t row)
{
    row_types types = { 0, 0 };
    size_t below = table->rows > HEADER_LIMIT ? HEADER_LIMIT : table->rows - 1;
    for (size_t column = 0; column < table->column_count; column++) {
        cell_type type = type_of(cell_at(table, row, column));
        if (type == CELL_EMPTY || !is_value_column(table, column, below))
            continue;
        types.words += type == CELL_WORDS;
        types.values += type == CELL_VALUE;
    }
    return types;
}

bool ef_header_is_known(const ef_sample *table)
{
    for (size_t column = 0; column < table->column_count; column++)
        if (ef_column_name_known(trim(cell_at(table, 0, column))))
            return true;
    return false;
}

static bool is_repeated_below(const ef_sample *table, size_t column)
{
    ef_slice name = cell_at(table, 0, column);
    for (size_t row = 1; row < table->rows && row < LOOKED_AT; row++) {
        ef_slice cell = cell_at(table, row, column);
        if (cell.size == name.size && memcmp(cell.data, name.data, name.size) == 0)
            return true;
    }
    return false;
}

/* Where all columns are words, a header is short, filled and does not come again. */
static bool looks_like_names(const ef_sample *table)
{
    if (table->rows < 2 || table->column_count < 2)
        return false;
    for (size_t column = 0; column < table->column_count; column++) {
        ef_slice name = trim(cell_at(table, 0, column));
        if (name.size == 0 || name.size > NAME_SIZE || is_repeated_below(table, column))
            return false;
    }
    return true;
}

static bool row_holds(const ef_sample *table, size_t row, const char *word)
{
    size_t size = strlen(word);
    for (size_t column = 0; column < table->column_count; column++) {
        ef_slice cell = cell_at(table, row, column);
        if (cell.size >= size && memmem(cell.data, cell.size, word, size) != NULL)
            return true;
    }
    return false;
}

/* A sub-question stands where the question above it spans several columns. */
static bool fills_gaps(const ef_sample *table, size_t row)
{
    for (size_t column = 0; column < table->column_count; column++)
        if (type_of(cell_at(table, 0, column)) == CELL_EMPTY &&
            type_of(cell_at(table, row, column)) == CELL_WORDS)
            return true;
    return false;
}

static bool is_further_header(const ef_sample *table, size_t row)
{
    if (row + 1 >= table->rows)
        return false;
    row_types types = types_of(table, row);
    if (types.values > 0)
        return false;
    return types.words >= 2 || row_holds(table, row, "Open-Ended Response") ||
           (types.words == 1 && fills_gaps(table, row));
}

int ef_header_find(const ef_sample *table, const char **why)
{
    static_assert(HEADER_LIMIT + LOOKED_AT < EF_HEADER_SIGHT, "it says how far we look");
    if (table->rows == 0) {
        *why = "there are no rows";
        return 0;
    }
    row_types types = types_of(table, 0);
    if (ef_header_is_known(table)) {
        *why = "the first row has known names of columns";
    } else if (table->rows > 1 && types.words > types.values) {
        *why = "the first row has words where the others have numbers or dates";
    } else if (types.words + types.values == 0 && looks_like_names(table)) {
        *why = "the cells of the first row are short and do not come again";
    } else {
        *why = "the first row is like the others";
        return 0;
    }
    if (table->rows > 2 && row_holds(table, 2, "\"ImportId\"")) {
        *why = "names, questions and import ids of a survey tool";
        return 3;
    }
    int rows = 1;
    while (rows < HEADER_LIMIT && is_further_header(table, (size_t)rows))
        rows++;
    if (rows > 1)
        *why = "words stand over numbers or dates in more than one row";
    return rows;
}

static bool is_taken(const ef_slice *names, size_t count, ef_slice name)
{
    for (size_t i = 0; i < count; i++)
        if (names[i].size == name.size && memcmp(names[i].data, name.data, name.size) == 0)
            return true;
    return false;
}

/* The name of a column as its header rows have it; empty if they have none. */
static ef_slice written_name(const ef_sample *table, int rows, size_t column)
{
    ef_slice name = { NULL, 0 };
    for (size_t row = 0; row < (size_t)rows && row < table->rows && name.size == 0; row++)
        name = trim(cell_at(table, row, column));
    return name;
}

/* How many columns before this one were given the same name. */
static size_t count_same(const ef_sample *table, int rows, size_t column, ef_slice name)
{
    size_t count = 0;
    for (size_t i = 0; i < column && name.size > 0; i++) {
        ef_slice other = written_name(table, rows, i);
        count += other.size == name.size && memcmp(other.data, name.data, name.size) == 0;
    }
    return count;
}

/* Writes the name that a column gets. name.2 may be taken as well; after a few tries the
 * input is playing with us and has to live with two columns of one name. */
static bool number_name(ef_buffer *buffer, const ef_slice *names, size_t column,
                        ef_slice name, size_t number)
{
    size_t last = number + NUMBER_TRIES;
    do {
        ef_buffer_reset(buffer);
        if (name.size == 0) {
            ef_buffer_append_text(buffer, "column ");
            ef_buffer_append_int(buffer, (int64_t)(column + 1));
        } else {
            ef_buffer_append_slice(buffer, name);
        }
        if (number > 1) {
            ef_buffer_append_byte(buffer, '.');
            ef_buffer_append_int(buffer, (int64_t)number);
        }
        number++;
    } while (number < last && is_taken(names, column, ef_buffer_slice(buffer)));
    return !buffer->failed;
}

ef_slice *ef_header_names(const ef_sample *table, int rows, ef_arena *arena,
                          size_t *renamed)
{
    size_t count = table->column_count;
    ef_slice *names = ef_arena_alloc(arena, (count + 1) * sizeof *names);
    ef_buffer buffer = { NULL, 0, 0, false };
    *renamed = 0;
    for (size_t column = 0; names != NULL && column < count; column++) {
        ef_slice name = written_name(table, rows, column);
        size_t number = count_same(table, rows, column, name) + 1;
        bool is_good = number_name(&buffer, names, column, name, number);
        *renamed += is_good && name.size > 0 && buffer.size != name.size;
        char *copy = is_good ? ef_arena_copy(arena, ef_buffer_slice(&buffer)) : NULL;
        if (copy == NULL)
            names = NULL;
        else
            names[column] = (ef_slice){ (const uint8_t *)copy, buffer.size };
    }
    ef_buffer_release(&buffer);
    return names;
}
