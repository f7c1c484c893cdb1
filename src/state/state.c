/* SPDX-License-Identifier: MIT
 * state/state.c - typed rows in one SQLite database: the only file that calls SQLite.
 *
 * The write-ahead log with full syncing makes a commit atomic and durable; readers (the
 * sqlite3 program, --status, report) look beside it. SQLite checks the frames of its log
 * but not the pages of the main file: the check at the start, the seal of every row, and
 * the second generation stand in. Invariant: a statement is reset before the call that
 * stepped it returns, except get's, whose row the caller is looking at; the next call
 * resets it. */
#include "state/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "state/generations.h"
#include "state/sqlite.h"
#include "state/tables.h"

enum {
    BUSY_MS = 2000,   /* how long to wait for somebody else's lock on the database */
    LOG_PAGES = 1000, /* of the log before it is written back */
    MARK = 0x65617200 /* "ear" */
};

typedef enum verb { PUT, GET, DELETE, EACH, VERBS } verb;

struct ef_state {
    ef_sqlite sqlite;
    char *path;
    sqlite3 *database;
    sqlite3_stmt *statements[EF_TABLE_COUNT][VERBS]; /* prepared when first needed */
    sqlite3_stmt *open;                              /* get's, not yet reset */
    int lock;                                        /* -1: a looker's */
    ef_buffer recovery;
};

/* Says what SQLite's result means to whoever runs us. */
static ef_status failed(const ef_state *state, const char *what, ef_error *error)
{
    int code =
        state->database == NULL ? SQLITE_NOMEM : state->sqlite.errcode(state->database);
    if (code == SQLITE_NOMEM)
        return ef_error_memory(error);
    /* Our SQL is right and our file is ours: what SQLite cannot make sense of, or thinks
     * that it may not write, is a damaged header. */
    bool is_damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB ||
                      code == SQLITE_ERROR || code == SQLITE_READONLY;
    return ef_error_set(error, is_damaged ? EF_ERR_FORMAT : EF_ERR_IO,
                        "cannot %s state '%s': %s", what, state->path,
                        state->sqlite.errmsg(state->database));
}

static ef_status execute(ef_state *state, const char *sql, const char *what,
                         ef_error *error)
{
    int code = state->sqlite.exec(state->database, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? EF_OK : failed(state, what, error);
}

static void close_get(ef_state *state)
{
    if (state->open != NULL)
        state->sqlite.reset(state->open);
    state->open = NULL;
}

/* Closes the database and keeps the lock. */
static void close_database(ef_state *state)
{
    if (state->database == NULL) /* SQLite itself may be missing */
        return;
    close_get(state);
    for (size_t table = 0; table < EF_TABLE_COUNT; table++)
        for (size_t i = 0; i < VERBS; i++) {
            state->sqlite.finalize(state->statements[table][i]);
            state->statements[table][i] = NULL;
        }
    state->sqlite.close(state->database);
    state->database = NULL;
}

void ef_state_close(ef_state *state)
{
    if (state == NULL)
        return;
    close_database(state);
    if (state->lock >= 0)
        close(state->lock);
    ef_buffer_release(&state->recovery);
    free(state->path);
    free(state);
}

const char *ef_state_recovery(const ef_state *state)
{
    return state->recovery.size > 0 ? (const char *)state->recovery.data : NULL;
}

/* --- statements ------------------------------------------------------------------- */

static void write_columns(ef_buffer *sql, const ef_table_layout *layout, size_t count,
                          const char *between, const char *behind)
{
    for (size_t i = 0; i < count; i++)
        ef_buffer_printf(sql, "%s%s%s", i > 0 ? between : "", layout->columns[i].name,
                         behind);
}

static void write_sql(ef_buffer *sql, const ef_table_layout *layout, verb what)
{
    if (what == PUT) {
        ef_buffer_printf(sql, "INSERT OR REPLACE INTO %s VALUES(", layout->name);
        for (size_t i = 0; i < layout->count; i++)
            ef_buffer_append_text(sql, "?,");
        ef_buffer_append_text(sql, "?)");
        return;
    }
    ef_buffer_append_text(sql, what == DELETE ? "DELETE" : "SELECT ");
    if (what != DELETE) {
        write_columns(sql, layout, layout->count, ",", "");
        ef_buffer_append_text(sql, ",seal");
    }
    ef_buffer_printf(sql, " FROM %s %s ", layout->name,
                     what == EACH ? "ORDER BY" : "WHERE");
    write_columns(sql, layout, layout->key_count, what == EACH ? "," : " AND ",
                  what == EACH ? "" : "=?");
}

static ef_status prepare(ef_state *state, ef_table table, verb what, sqlite3_stmt **made,
                         ef_error *error)
{
    sqlite3_stmt **statement = &state->statements[table][what];
    close_get(state);
    if (*statement == NULL) {
        ef_buffer sql = { 0 };
        write_sql(&sql, ef_table_layout_of(table), what);
        int code =
            sql.failed
                ? SQLITE_NOMEM
                : state->sqlite.prepare_v3(state->database, ef_buffer_text(&sql), -1,
                                           SQLITE_PREPARE_PERSISTENT, statement, NULL);
        ef_buffer_release(&sql);
        if (code != SQLITE_OK)
            return failed(state, "read", error);
    }
    *made = *statement;
    return EF_OK;
}

static int bind(const ef_state *state, sqlite3_stmt *statement, const ef_row *row,
                size_t count)
{
    const ef_table_layout *layout = ef_table_layout_of(row->table);
    int code = SQLITE_OK;
    for (size_t i = 0; i < count && code == SQLITE_OK; i++) {
        const ef_table_column *column = &layout->columns[i];
        int at = (int)i + 1;
        if (column->kind == EF_COLUMN_INTEGER) {
            code = state->sqlite.bind_int64(statement, at, *ef_row_integer(row, column));
            continue;
        }
        const ef_slice *slice = ef_row_slice(row, column);
        const char *data = slice->size > 0 ? (const char *)slice->data : "";
        code = column->kind == EF_COLUMN_TEXT
                   ? state->sqlite.bind_text64(statement, at, data, slice->size,
                                               SQLITE_STATIC, SQLITE_UTF8)
                   : state->sqlite.bind_blob64(statement, at, data, slice->size,
                                               SQLITE_STATIC);
    }
    return code;
}

/* Fills *row from the row at hand and believes it only if its seal fits. */
static ef_status take(ef_state *state, sqlite3_stmt *statement, ef_row *row,
                      ef_error *error)
{
    const ef_table_layout *layout = ef_table_layout_of(row->table);
    for (size_t i = 0; i < layout->count; i++) {
        const ef_table_column *column = &layout->columns[i];
        int at = (int)i;
        if (column->kind == EF_COLUMN_INTEGER) {
            *ef_row_integer(row, column) = state->sqlite.column_int64(statement, at);
            continue;
        }
        ef_slice *slice = ef_row_slice(row, column);
        slice->data = column->kind == EF_COLUMN_TEXT
                          ? state->sqlite.column_text(statement, at)
                          : state->sqlite.column_blob(statement, at);
        slice->size = (size_t)state->sqlite.column_bytes(statement, at);
    }
    uint64_t seal = (uint64_t)state->sqlite.column_int64(statement, (int)layout->count);
    if (seal == ef_row_seal(row))
        return EF_OK;
    return ef_error_set(error, EF_ERR_FORMAT, "state '%s' is damaged: a row of table %s",
                        state->path, layout->name);
}

static ef_status step_once(ef_state *state, sqlite3_stmt *statement, int code,
                           const char *what, ef_error *error)
{
    if (code == SQLITE_OK)
        code = state->sqlite.step(statement);
    ef_status status = code == SQLITE_DONE ? EF_OK : failed(state, what, error);
    state->sqlite.reset(statement);
    state->sqlite.clear_bindings(statement);
    return status;
}

ef_status ef_state_put(ef_state *state, const ef_row *row, ef_error *error)
{
    const ef_table_layout *layout = ef_table_layout_of(row->table);
    sqlite3_stmt *statement;
    ef_status status = prepare(state, row->table, PUT, &statement, error);
    if (status != EF_OK)
        return status;
    int code = bind(state, statement, row, layout->count);
    if (code == SQLITE_OK)
        code = state->sqlite.bind_int64(statement, (int)layout->count + 1,
                                        (int64_t)ef_row_seal(row));
    return step_once(state, statement, code, "write", error);
}

ef_status ef_state_delete(ef_state *state, const ef_row *row, ef_error *error)
{
    sqlite3_stmt *statement;
    ef_status status = prepare(state, row->table, DELETE, &statement, error);
    if (status != EF_OK)
        return status;
    int code = bind(state, statement, row, ef_table_layout_of(row->table)->key_count);
    return step_once(state, statement, code, "write", error);
}

ef_status ef_state_get(ef_state *state, ef_row *row, ef_error *error)
{
    sqlite3_stmt *statement;
    ef_status status = prepare(state, row->table, GET, &statement, error);
    if (status != EF_OK)
        return status;
    int code = bind(state, statement, row, ef_table_layout_of(row->table)->key_count);
    state->open = statement;
    if (code == SQLITE_OK)
        code = state->sqlite.step(statement);
    if (code == SQLITE_ROW)
        return take(state, statement, row, error);
    status = code == SQLITE_DONE ? EF_END : failed(state, "read", error);
    close_get(state);
    return status;
}

ef_status ef_state_each(ef_state *state, ef_table table, ef_row_fn *fn, void *user,
                        ef_error *error)
{
    sqlite3_stmt *statement;
    ef_status status = prepare(state, table, EACH, &statement, error);
    if (status != EF_OK)
        return status;
    int code = SQLITE_ROW;
    while (status == EF_OK && (code = state->sqlite.step(statement)) == SQLITE_ROW) {
        ef_row row = { .table = table };
        status = take(state, statement, &row, error);
        if (status == EF_OK)
            status = fn(user, &row, error);
    }
    if (status == EF_OK && code != SQLITE_DONE)
        status = failed(state, "read", error);
    state->sqlite.reset(statement);
    return status == EF_END ? EF_OK : status;
}

/* --- transactions ------------------------------------------------------------------- */

ef_status ef_state_begin(ef_state *state, ef_error *error)
{
    close_get(state);
    return execute(state, "BEGIN IMMEDIATE", "write", error);
}

ef_status ef_state_commit(ef_state *state, ef_error *error)
{
    close_get(state);
    ef_status status = execute(state, "COMMIT", "write", error);
    if (status != EF_OK)
        ef_state_rollback(state);
    return status;
}

void ef_state_rollback(ef_state *state)
{
    close_get(state);
    /* A failed statement may have rolled back already: then there is nothing to do. */
    if (!state->sqlite.get_autocommit(state->database))
        state->sqlite.exec(state->database, "ROLLBACK", NULL, NULL, NULL);
}

/* --- opening ------------------------------------------------------------------------ */

/* The first word of the first row that a query gives. */
static ef_status ask(ef_state *state, const char *sql, char *answer, size_t size,
                     ef_error *error)
{
    sqlite3_stmt *statement = NULL;
    int code = state->sqlite.prepare_v2(state->database, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = state->sqlite.step(statement);
    ef_status status = EF_OK;
    if (code == SQLITE_ROW)
        snprintf(answer, size, "%s", (const char *)state->sqlite.column_text(statement, 0));
    else
        status = failed(state, "read", error);
    state->sqlite.finalize(statement);
    return status;
}

static ef_status look_at_seal(void *user, const ef_row *row, ef_error *error)
{
    (void)user;
    (void)row;
    (void)error;
    return EF_OK; /* ef_state_each has looked */
}

static ef_status check(ef_state *state, ef_error *error)
{
    char answer[128];
    ef_status status = ask(state, "PRAGMA quick_check(1)", answer, sizeof answer, error);
    if (status == EF_OK && strcmp(answer, "ok") != 0)
        status = ef_error_set(error, EF_ERR_FORMAT, "state '%s' is damaged", state->path);
    for (int table = 0; table < EF_TABLE_COUNT && status == EF_OK; table++)
        status = ef_state_each(state, (ef_table)table, look_at_seal, NULL, error);
    return status;
}

/* The version stands in two places of the file: where they differ it is damaged. */
static ef_status read_version(ef_state *state, size_t *version, ef_error *error)
{
    char answer[32], again[32];
    ef_status status = ask(state, "PRAGMA user_version", answer, sizeof answer, error);
    if (status == EF_OK)
        status = ask(state, "PRAGMA application_id", again, sizeof again, error);
    if (status != EF_OK)
        return status;
    *version = strtoul(answer, NULL, 10);
    unsigned long mark = strtoul(again, NULL, 10);
    if (mark != (*version == 0 ? 0 : MARK + *version))
        return ef_error_set(error, EF_ERR_FORMAT, "'%s' is damaged, or no state of earful",
                            state->path);
    if (*version > EF_SCHEMA_VERSION)
        return ef_error_set(error, EF_ERR_IO,
                            "state '%s' was made by a newer earful: name another with "
                            "--state",
                            state->path);
    return EF_OK;
}

/* Brings the schema up to date, whole or not at all. */
static ef_status migrate(ef_state *state, size_t version, ef_error *error)
{
    if (version == EF_SCHEMA_VERSION)
        return EF_OK;
    char sql[96];
    ef_status status = ef_state_begin(state, error);
    for (; status == EF_OK && ef_schema_step(version) != NULL; version++)
        status = execute(state, ef_schema_step(version), "write", error);
    snprintf(sql, sizeof sql, "PRAGMA user_version=%d; PRAGMA application_id=%d",
             EF_SCHEMA_VERSION, MARK + EF_SCHEMA_VERSION);
    if (status == EF_OK)
        status = execute(state, sql, "write", error);
    if (status == EF_OK)
        return ef_state_commit(state, error);
    ef_state_rollback(state);
    return status;
}

static ef_status open_database(ef_state *state, ef_state_use use, ef_error *error)
{
    int flags = use == EF_STATE_LOOK ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    char sql[96];
    size_t version = 0;
    if (state->sqlite.open_v2(state->path, &state->database, flags | SQLITE_OPEN_NOMUTEX,
                              NULL) != SQLITE_OK)
        return failed(state, "open", error);
    state->sqlite.busy_timeout(state->database, BUSY_MS);
    snprintf(sql, sizeof sql,
             "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
             "PRAGMA wal_autocheckpoint=%d",
             LOG_PAGES);
    ef_status status = execute(state, sql, "open", error);
    if (status == EF_OK && use == EF_STATE_OWN)
        status = execute(state, "PRAGMA journal_mode=WAL", "open", error);
    if (status == EF_OK)
        status = read_version(state, &version, error);
    if (status == EF_OK && use == EF_STATE_OWN)
        status = migrate(state, version, error);
    if (status == EF_OK && use == EF_STATE_OWN)
        status = check(state, error);
    return status;
}

/* Closes what is damaged as it is, goes back to the second generation and says so. */
static ef_status recover(ef_state *state, ef_error *error)
{
    state->sqlite.db_config(state->database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    close_database(state);
    ef_status status = ef_generation_restore(state->path, error);
    if (status == EF_END)
        return ef_error_set(error, EF_ERR_FORMAT,
                            "state '%s' is damaged and there is no '%s.1': move it away to "
                            "begin anew",
                            state->path, state->path);
    if (status == EF_OK)
        status = open_database(state, EF_STATE_OWN, error);
    if (status == EF_OK &&
        !ef_buffer_printf(&state->recovery,
                          "state '%s' was damaged: it is now '%s.corrupt', and '%s.1' was "
                          "taken instead",
                          state->path, state->path, state->path))
        status = ef_error_memory(error);
    return status;
}

static ef_status open_state(ef_state *state, const char *path, ef_state_use use,
                            ef_error *error)
{
    state->path = strdup(path);
    if (state->path == NULL)
        return ef_error_memory(error);
    if (use == EF_STATE_LOOK)
        return open_database(state, use, error);
    ef_status status = ef_generation_make(path, error);
    if (status == EF_OK)
        status = ef_generation_lock(path, &state->lock, error);
    if (status == EF_OK)
        status = open_database(state, use, error);
    return status == EF_ERR_FORMAT ? recover(state, error) : status;
}

ef_status ef_state_open(ef_state **made, const char *path, ef_state_use use,
                        ef_error *error)
{
    ef_state *state = calloc(1, sizeof *state);
    *made = NULL;
    if (state == NULL)
        return ef_error_memory(error);
    state->lock = -1;
    ef_status status = EF_OK;
    if (!ef_sqlite_load(&state->sqlite))
        status = ef_error_set(error, EF_ERR_IO,
                              "cannot open state '%s': " EF_SQLITE_NAME
                              " cannot be loaded: install it",
                              path);
    if (status == EF_OK)
        status = open_state(state, path, use, error);
    if (status == EF_OK)
        *made = state;
    else
        ef_state_close(state);
    return status;
}

static ef_status copy_database(ef_state *state, const char *path, ef_error *error)
{
    sqlite3 *copy = NULL;
    int code = state->sqlite.open(path, &copy);
    sqlite3_backup *backup =
        code == SQLITE_OK ? state->sqlite.backup_init(copy, "main", state->database, "main")
                          : NULL;
    code = backup == NULL ? SQLITE_CANTOPEN : state->sqlite.backup_step(backup, -1);
    state->sqlite.backup_finish(backup);
    state->sqlite.close(copy);
    return code == SQLITE_DONE ? EF_OK
                               : ef_error_set(error, EF_ERR_IO, "cannot write '%s': %s",
                                              path, state->sqlite.errstr(code));
}

ef_status ef_state_backup(ef_state *state, ef_error *error)
{
    char *fresh = ef_beside(state->path, ".2"), *second = ef_beside(state->path, ".1");
    ef_status status = fresh == NULL || second == NULL ? ef_error_memory(error) : EF_OK;
    close_get(state);
    if (status == EF_OK)
        unlink(fresh); /* of a backup that was cut short */
    if (status == EF_OK)
        status = ef_generation_make(fresh, error);
    if (status == EF_OK)
        status = copy_database(state, fresh, error);
    if (status == EF_OK)
        status = ef_generation_keep(fresh, second, error);
    free(fresh);
    free(second);
    return status;
}

const char *ef_state_library(void)
{
    ef_sqlite sqlite;
    return ef_sqlite_load(&sqlite) ? sqlite.libversion() : NULL;
}
