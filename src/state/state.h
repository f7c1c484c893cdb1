/* SPDX-License-Identifier: MIT
 * state/state.h - what `follow` must remember, as typed rows in one SQLite database.
 *
 * A row is a plain struct; the database knows nothing of what it means. Everything that
 * belongs together is put between ef_state_begin and ef_state_commit and is there after a
 * crash as a whole, or not at all. Every row carries a seal, a hash of its columns, so that
 * a damaged byte is found and never believed. Belongs to one thread.
 *
 * The text of customers is never put into a row (FOLLOW: "text"). */
#ifndef EARFUL_STATE_STATE_H
#define EARFUL_STATE_STATE_H

#include <stdbool.h>

#include "earful/slice.h"
#include "earful/status.h"

typedef struct ef_state ef_state;

typedef enum ef_table {
    EF_TABLE_META,
    EF_TABLE_FILE,
    EF_TABLE_OUTPUT,
    EF_TABLE_PANE,
    EF_TABLE_DETECTOR,
    EF_TABLE_ALERT,
    EF_TABLE_OUTBOX,
    EF_TABLE_COUNT
} ef_table;

/* The struct of each table; the first comment names its key. Integers are stored as they
 * are (an unsigned one as its two's complement), times in milliseconds since 1970 UTC. */

typedef struct ef_meta_row { /* key */
    ef_slice key, value;     /* "salt", "model", "lexicon", "rules", counters … */
} ef_meta_row;

typedef struct ef_file_row { /* path, generation */
    ef_slice path;           /* as first seen */
    uint64_t generation;     /* counts the files that have stood at that path, from 1 */
    uint64_t device, inode;
    uint64_t offset;          /* everything before it is committed */
    uint64_t line;            /* of that byte, from 1 */
    uint64_t cut_state;       /* of the format's cut, there */
    uint64_t head_size, head; /* print of the first bytes, and of how many */
    uint64_t tail_size, tail; /* print of the last bytes before offset, and of how many */
    ef_slice format;          /* of its layout; empty: not decided */
    uint64_t sample;          /* bytes of the head from which that was decided */
    uint64_t flushed;         /* offset of the last cut that a pause made; 0: none */
    uint64_t history_end;     /* what stands before it was there when following began */
    uint64_t is_skipping;     /* 1: offset is inside a record that is too long */
    uint64_t is_finished;     /* 1: read to its end after another file took its path */
    int64_t written_ms;       /* when it had last been written to */
} ef_file_row;

typedef struct ef_output_row { /* path */
    ef_slice path;
    uint64_t device, inode;
    uint64_t length; /* bytes that count; what stands behind is cut off at the start */
} ef_output_row;

typedef struct ef_pane_row { /* group, start_ms, width_ms */
    ef_slice group;
    int64_t start_ms, width_ms;
    int64_t n, k, sum, squares; /* messages, negative ones, Σ score, Σ score² in units */
    ef_slice more;              /* what the aggregator keeps besides; its own bytes */
} ef_pane_row;

typedef struct ef_detector_row { /* rule, group */
    ef_slice rule,
        group;       /* a rule may keep further things under groups of its own making */
    int64_t time_ms; /* when it last changed */
    ef_slice state;  /* the rule's own bytes */
} ef_detector_row;

typedef struct ef_alert_row {               /* id */
    ef_slice id, rule, group, status;       /* "pending", "firing", "resolved" */
    int64_t onset_ms, started_ms, ended_ms; /* 0: not yet */
    ef_slice event; /* what is needed to go on with it; its owner's own bytes */
} ef_alert_row;

typedef struct ef_outbox_row { /* sequence */
    int64_t sequence;          /* chosen by who puts it, rising */
    ef_slice id, sink;
    ef_slice payload;                /* JSON, as it is to be sent */
    int64_t tries, next_ms, done_ms; /* 0: not done */
} ef_outbox_row;

typedef struct ef_row {
    ef_table table;
    union {
        ef_meta_row meta;
        ef_file_row file;
        ef_output_row output;
        ef_pane_row pane;
        ef_detector_row detector;
        ef_alert_row alert;
        ef_outbox_row outbox;
    };
} ef_row;

typedef enum ef_state_use {
    EF_STATE_OWN, /* read and write; at most one process at a time */
    EF_STATE_LOOK /* read only, beside an owner */
} ef_state_use;

/* Opens the database at path; its owner makes it if need be, mode 0600, with the folders
 * above, mode 0700. The owner takes path.lock, checks the database, brings its schema up to
 * date and, if it is damaged, sets it aside as path.corrupt and goes on with path.1, the
 * second generation: see ef_state_recovery. EF_ERR_IO: in use, missing (to look), or the
 * system refused. EF_ERR_FORMAT: damaged without a second generation, or made by a newer
 * version. */
ef_status ef_state_open(ef_state **state, const char *path, ef_state_use use,
                        ef_error *error);
/* Closes without a commit: what was put since ef_state_begin is forgotten. */
void ef_state_close(ef_state *state);

/* One line about the damage that was found at the start; NULL if there was none. Lives as
 * long as the state. */
const char *ef_state_recovery(const ef_state *state);

/* Everything put or deleted between the two happens as a whole. A commit that fails (full
 * disk: EF_ERR_IO) has changed nothing and has forgotten all of it: put it again later. So
 * a row stays "to be saved" in the hands of its owner until the commit has answered EF_OK.
 */
ef_status ef_state_begin(ef_state *state, ef_error *error);
ef_status ef_state_commit(ef_state *state, ef_error *error);
void ef_state_rollback(ef_state *state);

/* Stores a row under its key, in place of the one that stood there. Its slices are copied.
 */
ef_status ef_state_put(ef_state *state, const ef_row *row, ef_error *error);
/* Fills in the row whose table and key are set. EF_END if there is none. Its slices die at
 * the next call with this state. EF_ERR_FORMAT: the row's seal is broken. */
ef_status ef_state_get(ef_state *state, ef_row *row, ef_error *error);
/* Deletes the row whose table and key are set, if it is there. */
ef_status ef_state_delete(ef_state *state, const ef_row *row, ef_error *error);

/* Calls fn for every row of a table in the order of its key. EF_END from fn stops, and
 * counts as EF_OK; any other failure stops and is returned. The row's slices live as long
 * as the call; fn must not call into this state. */
typedef ef_status ef_row_fn(void *user, const ef_row *row, ef_error *error);
ef_status ef_state_each(ef_state *state, ef_table table, ef_row_fn *fn, void *user,
                        ef_error *error);

/* Writes the second generation, path.1: a copy of what is committed. */
ef_status ef_state_backup(ef_state *state, ef_error *error);

/* The version of SQLite in use; static. */
const char *ef_state_library(void);

#endif
