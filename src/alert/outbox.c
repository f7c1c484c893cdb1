/* SPDX-License-Identifier: MIT
 * alert/outbox.c - alerts that wait to be delivered, through restarts and bad days.
 *
 * One list for all sinks, in order of sequence: it is short when all is well, and bounded
 * when not. An item that is over stays until its row is deleted.
 * Invariant: of one sink at most one item is under way. */
#include "alert/outbox.h"

#include <stdlib.h>

#include "base/error.h"

enum {
    FIRST_PAUSE_MS = 1000,
    LONGEST_PAUSE_MS = 5 * 60 * 1000,
    ANSWER_MS = 2 * 60 * 1000,
    AGAIN_MS = 60 * 1000, /* an Alertmanager forgets in five minutes */
    RESOLVED_MS = 5 * 60 * 1000,
    STATUS_REACH = 128 /* bytes of an event before the end of its status */
};

typedef enum item_state {
    WAITING,
    UNDER_WAY,
    TOLD, /* delivered, and to be told again */
    OVER
} item_state;

typedef struct parcel {
    int64_t sequence, next_ms, tries, done_ms;
    char sink[EF_OUTBOX_NAME_SIZE];
    uint8_t *bytes; /* id, then payload */
    size_t id_size, size;
    item_state state;
    bool is_firing;
    bool is_committed; /* has a row */
    bool is_changed;   /* since then */
} parcel;

struct ef_outbox {
    ef_outbox_sink *sinks;
    size_t sink_count;
    parcel **items;
    size_t count, capacity;
    int64_t last_sequence;
    ef_outbox_counts counts; /* waiting is counted when asked for */
};

ef_status ef_outbox_new(ef_outbox **outbox, ef_error *error)
{
    *outbox = calloc(1, sizeof **outbox);
    return *outbox == NULL ? ef_error_memory(error) : EF_OK;
}

static void free_item(parcel *item)
{
    free(item->bytes);
    free(item);
}

void ef_outbox_free(ef_outbox *outbox)
{
    if (outbox == NULL)
        return;
    for (size_t i = 0; i < outbox->count; i++)
        free_item(outbox->items[i]);
    free(outbox->items);
    free(outbox->sinks);
    free(outbox);
}

ef_status ef_outbox_set_sinks(ef_outbox *outbox, const ef_outbox_sink *sinks, size_t count,
                              ef_error *error)
{
    ef_outbox_sink *copy = calloc(count + 1, sizeof *copy);
    if (copy == NULL)
        return ef_error_memory(error);
    memcpy(copy, sinks, count * sizeof *copy);
    free(outbox->sinks);
    outbox->sinks = copy;
    outbox->sink_count = count;
    return EF_OK;
}

static const ef_outbox_sink *sink_named(const ef_outbox *outbox, const char *name)
{
    for (size_t i = 0; i < outbox->sink_count; i++) {
        if (strcmp(outbox->sinks[i].name, name) == 0)
            return &outbox->sinks[i];
    }
    return NULL;
}

/* --- items -------------------------------------------------------------------------- */

/* Our own events begin with schema, event and status; nothing of a customer's stands
 * before. */
static bool tells_firing(ef_slice payload)
{
    size_t reach = payload.size < STATUS_REACH ? payload.size : STATUS_REACH;
    static const char firing[] = "\"status\":\"firing\"";
    return memmem(payload.data, reach, firing, sizeof firing - 1) != NULL;
}

static parcel *make_item(ef_slice id, ef_slice payload, const char *sink)
{
    parcel *made = calloc(1, sizeof *made);
    uint8_t *bytes = malloc(id.size + payload.size + 1);
    if (made == NULL || bytes == NULL) {
        free(made);
        free(bytes);
        return NULL;
    }
    if (id.size > 0)
        memcpy(bytes, id.data, id.size);
    if (payload.size > 0)
        memcpy(bytes + id.size, payload.data, payload.size);
    strcpy(made->sink, sink);
    made->bytes = bytes;
    made->id_size = id.size;
    made->size = id.size + payload.size;
    made->is_firing = tells_firing(payload);
    made->is_changed = true;
    return made;
}

static ef_slice payload_of(const parcel *item)
{
    return (ef_slice){ item->bytes + item->id_size, item->size - item->id_size };
}

static bool add(ef_outbox *outbox, parcel *item)
{
    if (outbox->count == outbox->capacity) {
        size_t capacity = outbox->capacity > 0 ? 2 * outbox->capacity : 16;
        void *grown = realloc(outbox->items, capacity * sizeof *outbox->items);
        if (grown == NULL)
            return false;
        outbox->items = grown;
        outbox->capacity = capacity;
    }
    outbox->items[outbox->count++] = item;
    if (item->sequence > outbox->last_sequence)
        outbox->last_sequence = item->sequence;
    return true;
}

static void end_item(parcel *item)
{
    item->state = OVER;
    item->is_changed = true;
}

/* Takes out what is over and has no row. */
static void sweep(ef_outbox *outbox)
{
    size_t kept = 0;
    for (size_t i = 0; i < outbox->count; i++) {
        parcel *item = outbox->items[i];
        if (item->state == OVER && !item->is_committed)
            free_item(item);
        else
            outbox->items[kept++] = item;
    }
    outbox->count = kept;
}

/* --- putting ------------------------------------------------------------------------ */

/* A sink that is down for long keeps the newest. */
static void make_room(ef_outbox *outbox, const char *sink)
{
    parcel *oldest = NULL;
    size_t count = 0;
    for (size_t i = 0; i < outbox->count; i++) {
        parcel *item = outbox->items[i];
        if (strcmp(item->sink, sink) != 0 || item->state == OVER)
            continue;
        count++;
        if (oldest == NULL && item->state != UNDER_WAY)
            oldest = item;
    }
    if (count >= EF_OUTBOX_MOST && oldest != NULL) {
        end_item(oldest);
        outbox->counts.dropped++;
    }
}

/* It is resolved: nobody is told any more that it fires. */
static void end_told(ef_outbox *outbox, const char *sink, ef_slice id)
{
    for (size_t i = 0; i < outbox->count; i++) {
        parcel *item = outbox->items[i];
        bool is_same = item->id_size == id.size && strcmp(item->sink, sink) == 0 &&
                       memcmp(item->bytes, id.data, id.size) == 0;
        if (!is_same || !item->is_firing)
            continue;
        if (item->state == TOLD)
            end_item(item);
        item->is_firing = false; /* any other ends when it is delivered */
    }
}

static ef_status put_one(ef_outbox *outbox, const char *sink, ef_slice id, ef_slice payload)
{
    parcel *made = make_item(id, payload, sink);
    if (made == NULL)
        return EF_ERR_MEMORY;
    make_room(outbox, sink);
    made->sequence = outbox->last_sequence + 1;
    if (!add(outbox, made)) {
        free_item(made);
        return EF_ERR_MEMORY;
    }
    if (!made->is_firing)
        end_told(outbox, sink, id);
    return EF_OK;
}

ef_status ef_outbox_put(ef_outbox *outbox, ef_slice id, ef_slice payload, ef_error *error)
{
    if (payload.size > EF_OUTBOX_LONGEST) {
        outbox->counts.dropped += outbox->sink_count;
        return EF_OK;
    }
    for (size_t i = 0; i < outbox->sink_count; i++) {
        if (put_one(outbox, outbox->sinks[i].name, id, payload) != EF_OK)
            return ef_error_memory(error);
    }
    return EF_OK;
}

/* --- sending ------------------------------------------------------------------------ */

static int64_t pause_after(int64_t tries)
{
    int64_t pause = FIRST_PAUSE_MS;
    while (--tries > 0 && pause < LONGEST_PAUSE_MS)
        pause *= 2;
    return pause < LONGEST_PAUSE_MS ? pause : LONGEST_PAUSE_MS;
}

static void try_later(ef_outbox *outbox, parcel *item, int64_t wait_ms, int64_t now_ms)
{
    int64_t pause = pause_after(++item->tries);
    outbox->counts.failed++;
    item->state = item->done_ms > 0 ? TOLD : WAITING;
    item->next_ms = now_ms + (wait_ms > pause ? wait_ms : pause);
    item->is_changed |= item->state == WAITING; /* a repeat needs no memory */
}

/* Whether an item of this sink is under way, or an older one waits for its turn. */
static bool is_blocked(const ef_outbox *outbox, size_t index)
{
    const parcel *asked = outbox->items[index];
    for (size_t i = 0; i < outbox->count; i++) {
        const parcel *item = outbox->items[i];
        bool holds = item->state == UNDER_WAY ||
                     (item->state == WAITING && i < index && asked->state == WAITING);
        if (holds && strcmp(item->sink, asked->sink) == 0)
            return true;
    }
    return false;
}

static bool may_send(const ef_outbox *outbox, size_t index)
{
    const parcel *item = outbox->items[index];
    return (item->state == WAITING || item->state == TOLD) && item->is_committed &&
           sink_named(outbox, item->sink) != NULL;
}

static void end_silence(ef_outbox *outbox, int64_t now_ms)
{
    for (size_t i = 0; i < outbox->count; i++) {
        parcel *item = outbox->items[i];
        if (item->state == UNDER_WAY && now_ms - item->next_ms >= ANSWER_MS)
            try_later(outbox, item, 0, now_ms);
    }
}

bool ef_outbox_next(ef_outbox *outbox, int64_t now_ms, ef_outbox_due *due)
{
    end_silence(outbox, now_ms);
    for (size_t i = 0; i < outbox->count; i++) {
        parcel *item = outbox->items[i];
        /* A clock that was set back must not hold an alert for days. */
        bool is_due = item->next_ms <= now_ms || item->next_ms - now_ms > 86400000;
        if (!is_due || !may_send(outbox, i) || is_blocked(outbox, i))
            continue;
        item->state = UNDER_WAY;
        item->next_ms = now_ms; /* since when */
        *due = (ef_outbox_due){ item->sequence, item->sink, payload_of(item) };
        return true;
    }
    return false;
}

static void take_delivery(ef_outbox *outbox, parcel *item, int64_t now_ms)
{
    const ef_outbox_sink *sink = sink_named(outbox, item->sink);
    bool is_first = item->done_ms == 0, is_told_again = sink != NULL && sink->is_told_again;
    outbox->counts.delivered += is_first;
    item->done_ms = is_first ? now_ms : item->done_ms;
    bool was_resolved = !is_first && !item->is_firing && !tells_firing(payload_of(item));
    bool is_enough = was_resolved && now_ms - item->done_ms >= RESOLVED_MS;
    bool is_overtaken = !item->is_firing && tells_firing(payload_of(item));
    if (!is_told_again || is_enough || is_overtaken) {
        end_item(item);
        return;
    }
    item->is_changed |= is_first;
    item->state = TOLD;
    item->tries = 0;
    item->next_ms = now_ms + AGAIN_MS;
}

void ef_outbox_answer_to(ef_outbox *outbox, int64_t sequence, ef_outbox_answer answer,
                         int64_t wait_ms, int64_t now_ms)
{
    for (size_t i = 0; i < outbox->count; i++) {
        parcel *item = outbox->items[i];
        if (item->sequence != sequence || item->state != UNDER_WAY)
            continue;
        if (answer == EF_ANSWER_OK) {
            take_delivery(outbox, item, now_ms);
        } else if (answer == EF_ANSWER_AGAIN) {
            try_later(outbox, item, wait_ms, now_ms);
        } else {
            outbox->counts.refused++;
            end_item(item);
        }
    }
}

void ef_outbox_forget_answers(ef_outbox *outbox)
{
    for (size_t i = 0; i < outbox->count; i++) {
        parcel *item = outbox->items[i];
        if (item->state != UNDER_WAY)
            continue;
        item->state = item->done_ms > 0 ? TOLD : WAITING;
        item->next_ms = 0;
    }
}

int64_t ef_outbox_deadline(const ef_outbox *outbox)
{
    int64_t deadline = INT64_MAX;
    for (size_t i = 0; i < outbox->count; i++) {
        const parcel *item = outbox->items[i];
        int64_t due = item->next_ms + (item->state == UNDER_WAY ? ANSWER_MS : 0);
        bool counts =
            item->state == UNDER_WAY || (may_send(outbox, i) && !is_blocked(outbox, i));
        if (counts && due < deadline)
            deadline = due;
    }
    return deadline;
}

bool ef_outbox_is_busy(const ef_outbox *outbox)
{
    for (size_t i = 0; i < outbox->count; i++) {
        const parcel *item = outbox->items[i];
        bool is_first = item->done_ms == 0 && item->tries == 0;
        if (is_first && (item->state == WAITING || item->state == UNDER_WAY) &&
            !(item->state == WAITING && is_blocked(outbox, i)) &&
            sink_named(outbox, item->sink) != NULL)
            return true;
    }
    return false;
}

void ef_outbox_count(const ef_outbox *outbox, ef_outbox_counts *counts)
{
    *counts = outbox->counts;
    for (size_t i = 0; i < outbox->count; i++)
        counts->waiting +=
            outbox->items[i]->state != OVER && outbox->items[i]->done_ms == 0;
}

/* --- rows --------------------------------------------------------------------------- */

static ef_status load_row(void *user, const ef_row *row, ef_error *error)
{
    ef_outbox *outbox = user;
    const ef_outbox_row *from = &row->outbox;
    char sink[EF_OUTBOX_NAME_SIZE] = "";
    if (from->sink.size >= sizeof sink)
        return ef_error_set(error, EF_ERR_FORMAT, "a row of the outbox is damaged");
    memcpy(sink, from->sink.data, from->sink.size);
    parcel *made = make_item(from->id, from->payload, sink);
    if (made == NULL)
        return ef_error_memory(error);
    made->sequence = from->sequence;
    made->tries = from->tries;
    made->done_ms = from->done_ms;
    made->next_ms = from->done_ms > 0 ? 0 : from->next_ms;
    made->state = from->done_ms > 0 ? TOLD : WAITING;
    made->is_committed = true;
    made->is_changed = false;
    if (add(outbox, made))
        return EF_OK;
    free_item(made);
    return ef_error_memory(error);
}

ef_status ef_outbox_load(ef_outbox *outbox, ef_state *state, ef_error *error)
{
    ef_status status = ef_state_each(state, EF_TABLE_OUTBOX, load_row, outbox, error);
    for (size_t i = 0; i < outbox->count; i++) {
        const parcel *item = outbox->items[i];
        if (!tells_firing(payload_of(item)))
            end_told(outbox, item->sink, (ef_slice){ item->bytes, item->id_size });
    }
    return status;
}

bool ef_outbox_is_changed(const ef_outbox *outbox)
{
    for (size_t i = 0; i < outbox->count; i++) {
        if (outbox->items[i]->is_changed)
            return true;
    }
    return false;
}

static ef_status save_item(const parcel *item, ef_state *state, ef_error *error)
{
    ef_row row = { .table = EF_TABLE_OUTBOX,
                   .outbox = { .sequence = item->sequence,
                               .id = { item->bytes, item->id_size },
                               .sink = ef_slice_of(item->sink),
                               .payload = payload_of(item),
                               .tries = item->tries,
                               .next_ms = item->state == UNDER_WAY ? 0 : item->next_ms,
                               .done_ms = item->done_ms } };
    if (item->state != OVER)
        return ef_state_put(state, &row, error);
    return item->is_committed ? ef_state_delete(state, &row, error) : EF_OK;
}

ef_status ef_outbox_save(ef_outbox *outbox, ef_state *state, ef_error *error)
{
    ef_status status = EF_OK;
    for (size_t i = 0; i < outbox->count && status == EF_OK; i++) {
        if (outbox->items[i]->is_changed)
            status = save_item(outbox->items[i], state, error);
    }
    return status;
}

void ef_outbox_saved(ef_outbox *outbox)
{
    for (size_t i = 0; i < outbox->count; i++) {
        parcel *item = outbox->items[i];
        item->is_committed = item->state != OVER;
        item->is_changed = false;
    }
    sweep(outbox);
}
