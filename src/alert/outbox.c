/* SPDX-License-Identifier: MIT
 * alert/outbox.c - alerts that wait to be delivered, through restarts and bad days.
 *
 * One list for all sinks, in order of sequence: it is short when all is well, and bounded
 * when not. An item that is over stays until its row is deleted.
 * What is sent, and when: outbox_send.c. */
#include "alert/outbox_parcel.h"

#include <stdlib.h>

#include "base/error.h"

enum { STATUS_REACH = 128 }; /* bytes of an event before the end of its status */

ef_status ef_outbox_new(ef_outbox **outbox, ef_error *error)
{
    *outbox = calloc(1, sizeof **outbox);
    return *outbox == NULL ? ef_error_memory(error) : EF_OK;
}

static void free_item(ef_outbox_parcel *item)
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
    free(outbox->sent_ms);
    free(outbox);
}

ef_status ef_outbox_set_sinks(ef_outbox *outbox, const ef_outbox_sink *sinks, size_t count,
                              ef_error *error)
{
    ef_outbox_sink *copy = calloc(count + 1, sizeof *copy);
    int64_t *sent_ms = calloc(count + 1, sizeof *sent_ms);
    if (copy == NULL || sent_ms == NULL) {
        free(copy);
        free(sent_ms);
        return ef_error_memory(error);
    }
    memcpy(copy, sinks, count * sizeof *copy);
    free(outbox->sinks);
    free(outbox->sent_ms);
    outbox->sinks = copy;
    outbox->sent_ms = sent_ms;
    outbox->sink_count = count;
    return EF_OK;
}

const ef_outbox_sink *ef_outbox_sink_named(const ef_outbox *outbox, const char *name)
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
bool ef_outbox_tells_firing(ef_slice payload)
{
    size_t reach = payload.size < STATUS_REACH ? payload.size : STATUS_REACH;
    static const char firing[] = "\"status\":\"firing\"";
    return memmem(payload.data, reach, firing, sizeof firing - 1) != NULL;
}

static ef_outbox_parcel *make_item(ef_slice id, ef_slice payload, const char *sink)
{
    ef_outbox_parcel *made = calloc(1, sizeof *made);
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
    made->is_firing = ef_outbox_tells_firing(payload);
    made->is_changed = true;
    return made;
}

ef_slice ef_outbox_payload_of(const ef_outbox_parcel *item)
{
    return (ef_slice){ item->bytes + item->id_size, item->size - item->id_size };
}

static bool add(ef_outbox *outbox, ef_outbox_parcel *item)
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

void ef_outbox_end_item(ef_outbox_parcel *item)
{
    item->state = EF_PARCEL_OVER;
    item->is_changed = true;
}

/* Takes out what is over and has no row. */
static void sweep(ef_outbox *outbox)
{
    size_t kept = 0;
    for (size_t i = 0; i < outbox->count; i++) {
        ef_outbox_parcel *item = outbox->items[i];
        if (item->state == EF_PARCEL_OVER && !item->is_committed)
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
    ef_outbox_parcel *oldest = NULL;
    size_t count = 0;
    for (size_t i = 0; i < outbox->count; i++) {
        ef_outbox_parcel *item = outbox->items[i];
        if (strcmp(item->sink, sink) != 0 || item->state == EF_PARCEL_OVER)
            continue;
        count++;
        if (oldest == NULL && item->state != EF_PARCEL_UNDER_WAY)
            oldest = item;
    }
    if (count >= EF_OUTBOX_MOST && oldest != NULL) {
        ef_outbox_end_item(oldest);
        outbox->counts.dropped++;
    }
}

/* It is resolved: nobody is told any more that it fires. */
static void end_told(ef_outbox *outbox, const char *sink, ef_slice id)
{
    for (size_t i = 0; i < outbox->count; i++) {
        ef_outbox_parcel *item = outbox->items[i];
        bool is_same = item->id_size == id.size && strcmp(item->sink, sink) == 0 &&
                       memcmp(item->bytes, id.data, id.size) == 0;
        if (!is_same || !item->is_firing)
            continue;
        if (item->state == EF_PARCEL_TOLD)
            ef_outbox_end_item(item);
        item->is_firing = false; /* any other ends when it is delivered */
    }
}

/* What stands between two words of an event; empty if they do not. Quotes within its
 * strings are escaped: no customer can write such a word. */
static ef_slice between(ef_slice payload, const char *from, const char *to)
{
    const uint8_t *end = payload.data + payload.size;
    const uint8_t *begin = memmem(payload.data, payload.size, from, strlen(from));
    const uint8_t *close =
        begin == NULL ? NULL : memmem(begin, (size_t)(end - begin), to, strlen(to));
    return close == NULL ? (ef_slice){ 0 } : (ef_slice){ begin, (size_t)(close - begin) };
}

static bool is_same_text(ef_slice one, ef_slice two)
{
    return one.size == two.size && one.size > 0 &&
           memcmp(one.data, two.data, one.size) == 0;
}

/* Whether both tell of one rule and group: an Alertmanager takes them for one alert. */
static bool is_same_place(const ef_outbox_parcel *one, const ef_outbox_parcel *two)
{
    ef_slice a = ef_outbox_payload_of(one), b = ef_outbox_payload_of(two);
    return strcmp(one->sink, two->sink) == 0 &&
           is_same_text(between(a, ",\"rule\":", ",\"severity\":"),
                        between(b, ",\"rule\":", ",\"severity\":")) &&
           is_same_text(between(a, ",\"labels\":{", "},\"measure\":"),
                        between(b, ",\"labels\":{", "},\"measure\":"));
}

bool ef_outbox_has_newer(const ef_outbox *outbox, const ef_outbox_parcel *item)
{
    for (size_t i = 0; i < outbox->count; i++) {
        const ef_outbox_parcel *other = outbox->items[i];
        if (other->sequence > item->sequence && is_same_place(item, other))
            return true;
    }
    return false;
}

/* What was told of its rule and group before is not told again: that an earlier alert is
 * over would end this one, where both have one name. */
static void end_older(ef_outbox *outbox, const ef_outbox_parcel *newer)
{
    for (size_t i = 0; i < outbox->count; i++) {
        ef_outbox_parcel *item = outbox->items[i];
        if (item->state == EF_PARCEL_TOLD && item != newer && is_same_place(item, newer))
            ef_outbox_end_item(item);
    }
}

static ef_status put_one(ef_outbox *outbox, const char *sink, ef_slice id, ef_slice payload)
{
    ef_outbox_parcel *made = make_item(id, payload, sink);
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
    end_older(outbox, made);
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

void ef_outbox_count(const ef_outbox *outbox, ef_outbox_counts *counts)
{
    *counts = outbox->counts;
    for (size_t i = 0; i < outbox->count; i++)
        counts->waiting +=
            outbox->items[i]->state != EF_PARCEL_OVER && outbox->items[i]->done_ms == 0;
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
    ef_outbox_parcel *made = make_item(from->id, from->payload, sink);
    if (made == NULL)
        return ef_error_memory(error);
    made->sequence = from->sequence;
    made->tries = from->tries;
    made->done_ms = from->done_ms;
    made->next_ms = from->done_ms > 0 ? 0 : from->next_ms;
    made->state = from->done_ms > 0 ? EF_PARCEL_TOLD : EF_PARCEL_WAITING;
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
        const ef_outbox_parcel *item = outbox->items[i];
        if (!ef_outbox_tells_firing(ef_outbox_payload_of(item)))
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

static ef_status save_item(const ef_outbox_parcel *item, ef_state *state, ef_error *error)
{
    ef_row row = { .table = EF_TABLE_OUTBOX,
                   .outbox = { .sequence = item->sequence,
                               .id = { item->bytes, item->id_size },
                               .sink = ef_slice_of(item->sink),
                               .payload = ef_outbox_payload_of(item),
                               .tries = item->tries,
                               .next_ms =
                                   item->state == EF_PARCEL_UNDER_WAY ? 0 : item->next_ms,
                               .done_ms = item->done_ms } };
    if (item->state != EF_PARCEL_OVER)
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
        ef_outbox_parcel *item = outbox->items[i];
        item->is_committed = item->state != EF_PARCEL_OVER;
        item->is_changed = false;
    }
    sweep(outbox);
}
