/* SPDX-License-Identifier: MIT
 * alert/outbox_parcel.h - inside the outbox: one list of parcels for all sinks, in order of
 * sequence. For outbox.c and outbox_send.c alone. */
#ifndef EARFUL_ALERT_OUTBOX_PARCEL_H
#define EARFUL_ALERT_OUTBOX_PARCEL_H

#include "alert/outbox.h"

typedef enum ef_parcel_state {
    EF_PARCEL_WAITING,
    EF_PARCEL_UNDER_WAY,
    EF_PARCEL_TOLD, /* delivered, and to be told again */
    EF_PARCEL_OVER
} ef_parcel_state;

typedef struct ef_outbox_parcel {
    int64_t sequence, next_ms, tries, done_ms;
    char sink[EF_OUTBOX_NAME_SIZE];
    uint8_t *bytes; /* id, then payload */
    size_t id_size, size;
    ef_parcel_state state;
    bool is_firing;
    bool is_to_give;   /* under way, but not given out yet */
    bool is_committed; /* has a row */
    bool is_changed;   /* since then */
} ef_outbox_parcel;

struct ef_outbox {
    ef_outbox_sink *sinks;
    int64_t *sent_ms; /* for each sink: when its last group left; 0: not known */
    size_t sink_count;
    bool is_hurried;
    ef_outbox_parcel **items;
    size_t count, capacity;
    int64_t last_sequence;
    ef_outbox_counts counts; /* waiting is counted when asked for */
};

/* NULL: there is none of this name now. */
const ef_outbox_sink *ef_outbox_sink_named(const ef_outbox *outbox, const char *name);
/* Whether an event says that its alert fires. */
bool ef_outbox_tells_firing(ef_slice payload);
ef_slice ef_outbox_payload_of(const ef_outbox_parcel *item);
/* Whether something newer is to be told of its rule and group, to the same sink. */
bool ef_outbox_has_newer(const ef_outbox *outbox, const ef_outbox_parcel *item);
void ef_outbox_end_item(ef_outbox_parcel *item);

#endif
