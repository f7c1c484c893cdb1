/* SPDX-License-Identifier: MIT
 * pipeline/checkpoint.h - what is remembered together: places in files, lengths of outputs.
 *
 * One commit, in this order: events are written and synced; then one transaction takes how
 * far each file was read and how long the output is. So a crash leaves events that are not
 * committed at most, and these are cut off when we start again. */
#ifndef EARFUL_PIPELINE_CHECKPOINT_H
#define EARFUL_PIPELINE_CHECKPOINT_H

#include "alert/alert_rows.h"
#include "alert/outbox.h"
#include "earful/engine.h"
#include "follow/source_follow.h"
#include "pipeline/events.h"
#include "state/state.h"

enum { EF_HASH_DIGITS = 17 };

typedef struct ef_checkpoint {
    ef_state *state;
    uint64_t salt;
    bool is_new;         /* there was no state */
    bool has_inputs;     /* those of this run are remembered */
    bool is_other_model; /* model or lexicon are not those of the state */
} ef_checkpoint;

/* Opens the state and learns who we are: salt and model. info may differ from what the
 * state knows. Fails as ef_state_open. */
ef_status ef_checkpoint_open(ef_checkpoint *checkpoint, const char *path,
                             const ef_engine_info *info, ef_error *error);
void ef_checkpoint_close(ef_checkpoint *checkpoint);

/* Cuts the output back to what was committed, or remembers its length of now. */
ef_status ef_checkpoint_resume_output(ef_checkpoint *checkpoint, ef_events *events,
                                      ef_error *error);
/* Tells a following what was read before. */
ef_status ef_checkpoint_resume_files(ef_checkpoint *checkpoint, ef_following *following,
                                     ef_error *error);
/* Whether an input was followed when the state was last written. */
bool ef_checkpoint_knows_input(const ef_checkpoint *checkpoint, const char *input);

/* Whether a file is part of the state at path. */
bool ef_checkpoint_owns(const char *path, const struct stat *about);

/* What is committed together. */
typedef struct ef_checkpoint_parts {
    ef_following *following;
    ef_events *events; /* nothing of them waits */
    ef_alerts *alerts; /* NULL: none are raised */
    ef_outbox *outbox; /* NULL: none leave */
    const ef_reader_options *inputs;
} ef_checkpoint_parts;

/* One commit. Fails with EF_ERR_IO when the disk is full, and has then changed nothing. */
ef_status ef_checkpoint_commit(ef_checkpoint *checkpoint, const ef_checkpoint_parts *parts,
                               ef_error *error);

#endif
