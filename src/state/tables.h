/* SPDX-License-Identifier: MIT
 * state/tables.h - which columns each table has, and where they lie in its struct.
 *
 * state.c walks these lists instead of knowing any row; the schema lists the same columns
 * in the same order, and a test holds the two together. */
#ifndef EARFUL_STATE_TABLES_H
#define EARFUL_STATE_TABLES_H

#include "state/state.h"

typedef enum ef_column_kind {
    EF_COLUMN_INTEGER,
    EF_COLUMN_TEXT,
    EF_COLUMN_BYTES
} ef_column_kind;

typedef struct ef_table_column {
    const char *name;
    ef_column_kind kind;
    size_t offset; /* in ef_row: of an int64_t or uint64_t, or of an ef_slice */
} ef_table_column;

enum { EF_TABLE_COLUMNS = 20 };

typedef struct ef_table_layout {
    const char *name;
    size_t key_count; /* the first columns are the key */
    size_t count;     /* without the seal, which stands behind them */
    ef_table_column columns[EF_TABLE_COLUMNS];
} ef_table_layout;

const ef_table_layout *ef_table_layout_of(ef_table table);

/* A hash of all columns of a row. */
uint64_t ef_row_seal(const ef_row *row);

/* What brings a database from a version of the schema to the next; NULL behind the last.
 * Version 0 is an empty database. */
const char *ef_schema_step(size_t version);
enum { EF_SCHEMA_VERSION = 1 };

static inline int64_t *ef_row_integer(const ef_row *row, const ef_table_column *column)
{
    return (int64_t *)(void *)((char *)(uintptr_t)row + column->offset);
}

static inline ef_slice *ef_row_slice(const ef_row *row, const ef_table_column *column)
{
    return (ef_slice *)(void *)((char *)(uintptr_t)row + column->offset);
}

#endif
