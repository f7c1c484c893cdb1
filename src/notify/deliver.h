/* SPDX-License-Identifier: MIT
 * notify/deliver.h - one thread a sink, so that one that hangs holds up no other.
 *
 * A sink gets its events in the order in which they were given. Each is tried once and
 * answered: who gave it keeps it until then and decides when to try again. Events of a
 * group travel in one request; if the receiver refuses that, each on its own. */
#ifndef EARFUL_NOTIFY_DELIVER_H
#define EARFUL_NOTIFY_DELIVER_H

#include "notify/sinks_file.h"

typedef struct ef_deliveries ef_deliveries;

/* Starts the threads. Answers go to the descriptor as lines: "17 ok", "17 retry 30"
 * (seconds that the receiver asked for; 0: none), "17 refused". NULL without memory or
 * threads. */
ef_deliveries *ef_deliveries_start(const ef_sinks *sinks, int answers);

/* Gives an event to the sink of that name; it is copied. A + behind the name: the next one
 * for this sink travels with it. */
void ef_deliveries_give(ef_deliveries *deliveries, ef_slice name, uint64_t seq,
                        ef_slice event);

/* Ends the threads: attempts under way are finished, what waits is given up. */
void ef_deliveries_finish(ef_deliveries *deliveries);

#endif
