/* SPDX-License-Identifier: MIT
 * aggregate/rows.h - a trend as rows of the state database, and back.
 *
 * Only what changed is put. It stays "changed" until ef_trend_saved says that the commit
 * has succeeded; between the two the trend must not be fed. */
#ifndef EARFUL_AGGREGATE_ROWS_H
#define EARFUL_AGGREGATE_ROWS_H

#include "aggregate/trend.h"
#include "state/state.h"

/* Between ef_state_begin and ef_state_commit. Fails as ef_state_put does. */
ef_status ef_trend_save(ef_trend *trend, ef_state *state, ef_error *error);
void ef_trend_saved(ef_trend *trend);

/* Fills a trend that is new and knows its groupings. Rows of other groupings are passed by.
 * EF_ERR_FORMAT when rows do not fit together: the trend is then to be thrown away. */
ef_status ef_trend_load(ef_trend *trend, ef_state *state, ef_error *error);

/* What a trend that was saved has seen; all 0 where none was. */
ef_status ef_trend_load_counts(ef_trend_counts *counts, ef_state *state, ef_error *error);

/* The same for a table of clusters, under a name of its own. */
ef_status ef_clusters_save(const ef_clusters *clusters, const char *name, ef_state *state,
                           ef_error *error);
ef_status ef_clusters_load(ef_clusters *clusters, ef_slice bytes, ef_error *error);

/* The same for phrases: only documents that are new since the last save; one row of it. */
ef_status ef_phrases_save(const ef_phrases *phrases, ef_state *state, ef_error *error);
ef_status ef_phrases_load(ef_phrases *phrases, ef_slice group, ef_slice bytes,
                          ef_error *error);

#endif
