/* SPDX-License-Identifier: MIT
 * state/sqlite.h - SQLite's functions, found by name when the first state is opened.
 *
 * Only state.c calls them. */
#ifndef EARFUL_STATE_SQLITE_H
#define EARFUL_STATE_SQLITE_H

#include <sqlite3.h>
#include <stdbool.h>

#define EF_SQLITE_NAME "libsqlite3.so.0"

typedef struct ef_sqlite {
    __typeof__(sqlite3_backup_finish) *backup_finish;
    __typeof__(sqlite3_backup_init) *backup_init;
    __typeof__(sqlite3_backup_step) *backup_step;
    __typeof__(sqlite3_bind_blob64) *bind_blob64;
    __typeof__(sqlite3_bind_int64) *bind_int64;
    __typeof__(sqlite3_bind_text64) *bind_text64;
    __typeof__(sqlite3_busy_timeout) *busy_timeout;
    __typeof__(sqlite3_clear_bindings) *clear_bindings;
    __typeof__(sqlite3_close) *close;
    __typeof__(sqlite3_column_blob) *column_blob;
    __typeof__(sqlite3_column_bytes) *column_bytes;
    __typeof__(sqlite3_column_int64) *column_int64;
    __typeof__(sqlite3_column_text) *column_text;
    __typeof__(sqlite3_db_config) *db_config;
    __typeof__(sqlite3_errcode) *errcode;
    __typeof__(sqlite3_errmsg) *errmsg;
    __typeof__(sqlite3_errstr) *errstr;
    __typeof__(sqlite3_exec) *exec;
    __typeof__(sqlite3_finalize) *finalize;
    __typeof__(sqlite3_get_autocommit) *get_autocommit;
    __typeof__(sqlite3_libversion) *libversion;
    __typeof__(sqlite3_open) *open;
    __typeof__(sqlite3_open_v2) *open_v2;
    __typeof__(sqlite3_prepare_v2) *prepare_v2;
    __typeof__(sqlite3_prepare_v3) *prepare_v3;
    __typeof__(sqlite3_reset) *reset;
    __typeof__(sqlite3_step) *step;
} ef_sqlite;

/* Loads the library, for good. False if it is not there. */
bool ef_sqlite_load(ef_sqlite *sqlite);

#endif
