/* SPDX-License-Identifier: MIT
 * alert/alert_rows.h - trend, detectors and alerts as rows of the state database, and back.
 *
 * Only what changed is put. It stays "changed" until ef_alerts_saved says that the commit
 * has succeeded; between the two nothing must be fed. Events that wait to be taken are not
 * saved: take them first. */
#ifndef EARFUL_ALERT_ALERT_ROWS_H
#define EARFUL_ALERT_ALERT_ROWS_H

#include "alert/alerts.h"
#include "state/state.h"

/* Between ef_state_begin and ef_state_commit; saves the trend as well. */
ef_status ef_alerts_save(ef_alerts *alerts, ef_state *state, ef_error *error);
void ef_alerts_saved(ef_alerts *alerts);

/* Fills alerts that are new, and their trend, which has not been fed. The state of a rule
 * that reads otherwise now is passed by. EF_ERR_FORMAT when rows do not fit together: throw
 * both away and begin anew. */
ef_status ef_alerts_load(ef_alerts *alerts, ef_state *state, ef_error *error);

#endif
