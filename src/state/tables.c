/* SPDX-License-Identifier: MIT
 * state/tables.c - the schema, and the same columns as the structs have them.
 *
 * The database is meant to be read with the sqlite3 program, too: what can be a number or
 * text is one. */
#include "state/tables.h"

#include <assert.h>

#include "base/hash.h"

#define INTEGER(member, field)                                                             \
    {                                                                                      \
#field, EF_COLUMN_INTEGER, offsetof(ef_row, member.field)                          \
    }
#define TEXT(member, field)                                                                \
    {                                                                                      \
#field, EF_COLUMN_TEXT, offsetof(ef_row, member.field)                             \
    }
#define BYTES(member, field)                                                               \
    {                                                                                      \
#field, EF_COLUMN_BYTES, offsetof(ef_row, member.field)                            \
    }
/* A word of SQL is no name of a column. */
#define TEXT_NAMED(name, member, field)                                                    \
    {                                                                                      \
        name, EF_COLUMN_TEXT, offsetof(ef_row, member.field)                               \
    }

static const ef_table_layout layouts[EF_TABLE_COUNT] = {
    [EF_TABLE_META] = { "meta", 1, 2, { TEXT(meta, key), BYTES(meta, value) } },
    [EF_TABLE_FILE] = { "file",
                        2,
                        18,
                        { TEXT(file, path), INTEGER(file, generation),
                          INTEGER(file, device), INTEGER(file, inode),
                          INTEGER(file, offset), INTEGER(file, line),
                          INTEGER(file, cut_state), INTEGER(file, head_size),
                          INTEGER(file, head), INTEGER(file, tail_size),
                          INTEGER(file, tail), TEXT(file, format), INTEGER(file, sample),
                          INTEGER(file, flushed), INTEGER(file, history_end),
                          INTEGER(file, is_skipping), INTEGER(file, is_finished),
                          INTEGER(file, written_ms) } },
    [EF_TABLE_OUTPUT] = { "output",
                          1,
                          4,
                          { TEXT(output, path), INTEGER(output, device),
                            INTEGER(output, inode), INTEGER(output, length) } },
    [EF_TABLE_PANE] = { "pane",
                        3,
                        8,
                        { TEXT_NAMED("series", pane, group), INTEGER(pane, start_ms),
                          INTEGER(pane, width_ms), INTEGER(pane, n), INTEGER(pane, k),
                          INTEGER(pane, sum), INTEGER(pane, squares), BYTES(pane, more) } },
    [EF_TABLE_DETECTOR] = { "detector",
                            2,
                            4,
                            { TEXT(detector, rule), TEXT_NAMED("series", detector, group),
                              INTEGER(detector, time_ms), BYTES(detector, state) } },
    [EF_TABLE_ALERT] = { "alert",
                         1,
                         8,
                         { TEXT(alert, id), TEXT(alert, rule),
                           TEXT_NAMED("series", alert, group), TEXT(alert, status),
                           INTEGER(alert, onset_ms), INTEGER(alert, started_ms),
                           INTEGER(alert, ended_ms), BYTES(alert, event) } },
    [EF_TABLE_OUTBOX] = { "outbox",
                          1,
                          7,
                          { INTEGER(outbox, sequence), TEXT(outbox, id), TEXT(outbox, sink),
                            TEXT(outbox, payload), INTEGER(outbox, tries),
                            INTEGER(outbox, next_ms), INTEGER(outbox, done_ms) } },
};

static const char *const steps[] = {
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB, seal INTEGER) WITHOUT ROWID;"
    "CREATE TABLE file(path TEXT, generation INTEGER, device INTEGER, inode INTEGER,"
    " offset INTEGER, line INTEGER, cut_state INTEGER, head_size INTEGER, head INTEGER,"
    " tail_size INTEGER, tail INTEGER, format TEXT, sample INTEGER, flushed INTEGER,"
    " history_end INTEGER, is_skipping INTEGER, is_finished INTEGER, written_ms INTEGER,"
    " seal INTEGER, PRIMARY KEY(path, generation)) WITHOUT ROWID;"
    "CREATE TABLE output(path TEXT PRIMARY KEY, device INTEGER, inode INTEGER,"
    " length INTEGER, seal INTEGER) WITHOUT ROWID;"
    "CREATE TABLE pane(series TEXT, start_ms INTEGER, width_ms INTEGER, n INTEGER,"
    " k INTEGER, sum INTEGER, squares INTEGER, more BLOB, seal INTEGER,"
    " PRIMARY KEY(series, start_ms, width_ms)) WITHOUT ROWID;"
    "CREATE TABLE detector(rule TEXT, series TEXT, time_ms INTEGER, state BLOB,"
    " seal INTEGER, PRIMARY KEY(rule, series)) WITHOUT ROWID;"
    "CREATE TABLE alert(id TEXT PRIMARY KEY, rule TEXT, series TEXT, status TEXT,"
    " onset_ms INTEGER, started_ms INTEGER, ended_ms INTEGER, event BLOB, seal INTEGER)"
    " WITHOUT ROWID;"
    "CREATE TABLE outbox(sequence INTEGER PRIMARY KEY, id TEXT, sink TEXT, payload TEXT,"
    " tries INTEGER, next_ms INTEGER, done_ms INTEGER, seal INTEGER);",
};

const ef_table_layout *ef_table_layout_of(ef_table table)
{
    assert(table < EF_TABLE_COUNT);
    return &layouts[table];
}

uint64_t ef_row_seal(const ef_row *row)
{
    const ef_table_layout *layout = ef_table_layout_of(row->table);
    uint64_t seal = (uint64_t)row->table;
    for (size_t i = 0; i < layout->count; i++) {
        const ef_table_column *column = &layout->columns[i];
        if (column->kind == EF_COLUMN_INTEGER) {
            seal = ef_hash_combine(seal, (uint64_t)*ef_row_integer(row, column));
            continue;
        }
        const ef_slice *slice = ef_row_slice(row, column);
        const uint8_t *data = slice->size > 0 ? slice->data : (const uint8_t *)"";
        seal = ef_hash_combine(seal, ef_hash_bytes(data, slice->size));
    }
    return seal;
}

const char *ef_schema_step(size_t version)
{
    static_assert(sizeof steps / sizeof steps[0] == EF_SCHEMA_VERSION, "one step each");
    return version < EF_SCHEMA_VERSION ? steps[version] : NULL;
}
