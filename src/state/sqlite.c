/* SPDX-License-Identifier: MIT
 * state/sqlite.c - loads SQLite, which one run in many needs. */
#include "state/sqlite.h"

#include <stddef.h>

#include "base/load.h"

#define SYMBOL(function)                                                                   \
    {                                                                                      \
        "sqlite3_" #function, offsetof(ef_sqlite, function)                                \
    }

static const ef_symbol symbols[] = {
    SYMBOL(backup_finish), SYMBOL(backup_init),    SYMBOL(backup_step),
    SYMBOL(bind_blob64),   SYMBOL(bind_int64),     SYMBOL(bind_text64),
    SYMBOL(busy_timeout),  SYMBOL(clear_bindings), SYMBOL(close),
    SYMBOL(column_blob),   SYMBOL(column_bytes),   SYMBOL(column_int64),
    SYMBOL(column_text),   SYMBOL(db_config),      SYMBOL(errcode),
    SYMBOL(errmsg),        SYMBOL(errstr),         SYMBOL(exec),
    SYMBOL(finalize),      SYMBOL(get_autocommit), SYMBOL(libversion),
    SYMBOL(open),          SYMBOL(open_v2),        SYMBOL(prepare_v2),
    SYMBOL(prepare_v3),    SYMBOL(reset),          SYMBOL(step),
};

bool ef_sqlite_load(ef_sqlite *sqlite)
{
    return ef_load(EF_SQLITE_NAME, symbols, sizeof symbols / sizeof symbols[0], sqlite);
}
