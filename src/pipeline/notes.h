/* SPDX-License-Identifier: MIT
 * pipeline/notes.h - notices that wait for the turn of their block.
 *
 * Threads meet trouble in any order; a user hears of it in the order of the input, whatever
 * the number of threads. */
#ifndef EARFUL_PIPELINE_NOTES_H
#define EARFUL_PIPELINE_NOTES_H

#include "base/buffer.h"
#include "earful/reader.h"

typedef struct ef_notes {
    ef_buffer bytes; /* notes, one after the other; failed: one was lost for want of memory */
    bool keeps_raw;  /* somebody wants the bytes of rejected records */
} ef_notes;

/* An ef_notice_fn: keeps a copy. user is the ef_notes. */
void ef_notes_keep(void *user, const ef_notice *notice);

/* Gives all notes to fn, in order, and forgets them. fn may be NULL. */
void ef_notes_replay(ef_notes *notes, ef_notice_fn *fn, void *user);

void ef_notes_release(ef_notes *notes);

#endif
