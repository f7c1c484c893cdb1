/* SPDX-License-Identifier: MIT
 * pipeline/state_panes.h - what `follow` remembers of its messages, as a tally.
 *
 * A state holds how many messages came in each hour and how they felt, for each group of
 * its rules; of the messages themselves it holds nothing. */
#ifndef EARFUL_PIPELINE_STATE_PANES_H
#define EARFUL_PIPELINE_STATE_PANES_H

#include "tally/tally.h"

/* Makes a plan that counts by zone and times as wished, and by all groups that the state
 * has, or by those that are wished. EF_ERR_ARGUMENT if it has no such group. */
ef_status ef_state_plan(ef_plan *plan, const char *path, const ef_plan_wishes *wishes,
                        ef_error *error);

/* Adds what the state at path remembers. Fails like ef_state_open. */
ef_status ef_state_count(ef_tally *tally, const char *path, ef_error *error);

#endif
