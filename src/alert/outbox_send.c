/* SPDX-License-Identifier: MIT
 * alert/outbox_send.c - what of the outbox goes now, and what it learns from the answers.
 *
 * Invariant: of one sink at most one group of items is under way. */
#include "alert/outbox_parcel.h"

enum {
    FIRST_PAUSE_MS = 1000,
    LONGEST_PAUSE_MS = 5 * 60 * 1000,
    ANSWER_MS = 2 * 60 * 1000,
    AGAIN_MS = 60 * 1000, /* an Alertmanager forgets in five minutes */
    RESOLVED_MS = 5 * 60 * 1000,
    TALK_MS = 30 * 60 * 1000,
    KIND_REACH = 256 /* bytes of an event before the end of its kind */
};

/* A conversation is handed over once. Who has to be told every minute is told for half an
 * hour, and then takes it for over. */
static bool tells_conversation(ef_slice payload)
{
    size_t reach = payload.size < KIND_REACH ? payload.size : KIND_REACH;
    static const char kind[] = "\"kind\":\"conversation\"";
    return memmem(payload.data, reach, kind, sizeof kind - 1) != NULL;
}

static int64_t pause_after(int64_t tries)
{
    int64_t pause = FIRST_PAUSE_MS;
    while (--tries > 0 && pause < LONGEST_PAUSE_MS)
        pause *= 2;
    return pause < LONGEST_PAUSE_MS ? pause : LONGEST_PAUSE_MS;
}

static void try_later(ef_outbox *outbox, ef_outbox_parcel *item, int64_t wait_ms,
                      int64_t now_ms)
{
    int64_t pause = pause_after(++item->tries);
    outbox->counts.failed++;
    item->state = item->done_ms > 0 ? EF_PARCEL_TOLD : EF_PARCEL_WAITING;
    item->next_ms = now_ms + (wait_ms > pause ? wait_ms : pause);
    item->is_changed |= item->state == EF_PARCEL_WAITING; /* a repeat needs no memory */
}

/* Whether an item of this sink is under way, or an older one waits for its turn. */
static bool is_blocked(const ef_outbox *outbox, size_t index)
{
    const ef_outbox_parcel *asked = outbox->items[index];
    for (size_t i = 0; i < outbox->count; i++) {
        const ef_outbox_parcel *item = outbox->items[i];
        bool holds = item->state == EF_PARCEL_UNDER_WAY ||
                     (item->state == EF_PARCEL_WAITING && i < index &&
                      asked->state == EF_PARCEL_WAITING);
        if (holds && strcmp(item->sink, asked->sink) == 0)
            return true;
    }
    return false;
}

static bool may_send(const ef_outbox *outbox, size_t index)
{
    const ef_outbox_parcel *item = outbox->items[index];
    return (item->state == EF_PARCEL_WAITING || item->state == EF_PARCEL_TOLD) &&
           item->is_committed && ef_outbox_sink_named(outbox, item->sink) != NULL;
}

static void end_silence(ef_outbox *outbox, int64_t now_ms)
{
    for (size_t i = 0; i < outbox->count; i++) {
        ef_outbox_parcel *item = outbox->items[i];
        if (item->state == EF_PARCEL_UNDER_WAY && now_ms - item->next_ms >= ANSWER_MS)
            try_later(outbox, item, 0, now_ms);
    }
}

/* When an item that is seen for the first time goes: after a wait for others, and no
 * sooner than an interval after the last group. One that was told before a restart goes at
 * its next turn. */
static void set_time(const ef_outbox *outbox, ef_outbox_parcel *item, int64_t now_ms)
{
    const ef_outbox_sink *sink = ef_outbox_sink_named(outbox, item->sink);
    int64_t sent = outbox->sent_ms[sink - outbox->sinks];
    int64_t after = sent > 0 && sent <= now_ms ? sent + sink->group_interval_ms : 0;
    item->next_ms = now_ms;
    if (item->state == EF_PARCEL_TOLD && !sink->is_told_again && sink->repeat_ms > 0) {
        int64_t past = now_ms > item->done_ms ? now_ms - item->done_ms : 0;
        item->next_ms = item->done_ms + (past / sink->repeat_ms + 1) * sink->repeat_ms;
    } else if (item->state == EF_PARCEL_WAITING && !outbox->is_hurried) {
        item->next_ms += sink->group_wait_ms;
        item->next_ms = item->next_ms > after ? item->next_ms : after;
    }
}

static bool is_due(const ef_outbox *outbox, size_t index, int64_t now_ms)
{
    ef_outbox_parcel *item = outbox->items[index];
    if (!may_send(outbox, index) || is_blocked(outbox, index))
        return false;
    if (item->next_ms == 0)
        set_time(outbox, item, now_ms);
    /* A clock that was set back must not hold an alert for days. */
    return item->next_ms <= now_ms || item->next_ms - now_ms > 86400000;
}

/* Puts an item under way, and with it those of its sink that may travel with it: what is
 * due again, and what waits behind the oldest that waits, if that goes. */
static void send_group(ef_outbox *outbox, size_t first, int64_t now_ms)
{
    const char *name = outbox->items[first]->sink;
    const ef_outbox_sink *sink = ef_outbox_sink_named(outbox, name);
    size_t count = 0, most = sink->most_together > 1 ? sink->most_together : 1;
    bool waiting_goes = outbox->items[first]->state == EF_PARCEL_WAITING;
    for (size_t i = first; i < outbox->count && count < most; i++) {
        ef_outbox_parcel *item = outbox->items[i];
        if (strcmp(item->sink, name) != 0 || !may_send(outbox, i))
            continue;
        bool goes = item->state == EF_PARCEL_WAITING
                        ? waiting_goes
                        : item->next_ms > 0 && item->next_ms <= now_ms;
        if (i != first && !goes)
            continue;
        item->state = EF_PARCEL_UNDER_WAY;
        item->is_to_give = true;
        item->next_ms = now_ms; /* since when */
        count++;
    }
    outbox->sent_ms[sink - outbox->sinks] = now_ms;
}

/* The next of the group that is being given out. */
static bool give(ef_outbox *outbox, ef_outbox_due *due)
{
    ef_outbox_parcel *given = NULL;
    for (size_t i = 0; i < outbox->count; i++) {
        ef_outbox_parcel *item = outbox->items[i];
        if (!item->is_to_give)
            continue;
        if (given != NULL) {
            due->has_more = true;
            break;
        }
        given = item;
        item->is_to_give = false;
        *due = (ef_outbox_due){ item->sequence, item->sink, ef_outbox_payload_of(item),
                                false };
    }
    return given != NULL;
}

bool ef_outbox_next(ef_outbox *outbox, int64_t now_ms, ef_outbox_due *due)
{
    if (give(outbox, due))
        return true;
    end_silence(outbox, now_ms);
    for (size_t i = 0; i < outbox->count; i++) {
        if (is_due(outbox, i, now_ms)) {
            send_group(outbox, i, now_ms);
            return give(outbox, due);
        }
    }
    return false;
}

void ef_outbox_hurry(ef_outbox *outbox)
{
    outbox->is_hurried = true;
    for (size_t i = 0; i < outbox->count; i++) {
        ef_outbox_parcel *item = outbox->items[i];
        if (item->state == EF_PARCEL_WAITING && item->tries == 0)
            item->next_ms = 0;
    }
}

static void take_delivery(ef_outbox *outbox, ef_outbox_parcel *item, int64_t now_ms)
{
    const ef_outbox_sink *sink = ef_outbox_sink_named(outbox, item->sink);
    bool is_first = item->done_ms == 0, is_told_again = sink != NULL && sink->is_told_again;
    outbox->counts.delivered += is_first;
    item->done_ms = is_first ? now_ms : item->done_ms;
    bool was_resolved = !is_first && !item->is_firing &&
                        !ef_outbox_tells_firing(ef_outbox_payload_of(item));
    bool is_talk = tells_conversation(ef_outbox_payload_of(item));
    bool is_enough = (was_resolved && now_ms - item->done_ms >= RESOLVED_MS) ||
                     (is_talk && now_ms - item->done_ms >= TALK_MS);
    bool is_overtaken =
        (!item->is_firing && ef_outbox_tells_firing(ef_outbox_payload_of(item))) ||
        ef_outbox_has_newer(outbox, item);
    bool is_repeated = sink != NULL && sink->repeat_ms > 0 && item->is_firing && !is_talk;
    if ((!is_told_again && !is_repeated) || is_enough || is_overtaken) {
        ef_outbox_end_item(item);
        return;
    }
    item->is_changed |= is_first;
    item->state = EF_PARCEL_TOLD;
    item->tries = 0;
    item->next_ms = now_ms + (is_told_again ? AGAIN_MS : sink->repeat_ms);
}

void ef_outbox_answer_to(ef_outbox *outbox, int64_t sequence, ef_outbox_answer answer,
                         int64_t wait_ms, int64_t now_ms)
{
    for (size_t i = 0; i < outbox->count; i++) {
        ef_outbox_parcel *item = outbox->items[i];
        if (item->sequence != sequence || item->state != EF_PARCEL_UNDER_WAY)
            continue;
        if (answer == EF_ANSWER_OK) {
            take_delivery(outbox, item, now_ms);
        } else if (answer == EF_ANSWER_AGAIN) {
            try_later(outbox, item, wait_ms, now_ms);
        } else {
            outbox->counts.refused++;
            ef_outbox_end_item(item);
        }
    }
}

void ef_outbox_forget_answers(ef_outbox *outbox)
{
    for (size_t i = 0; i < outbox->count; i++) {
        ef_outbox_parcel *item = outbox->items[i];
        if (item->state != EF_PARCEL_UNDER_WAY)
            continue;
        item->state = item->done_ms > 0 ? EF_PARCEL_TOLD : EF_PARCEL_WAITING;
        item->is_to_give = false;
        item->next_ms = 1; /* at once: it has waited for others already */
    }
}

int64_t ef_outbox_deadline(const ef_outbox *outbox)
{
    int64_t deadline = INT64_MAX;
    for (size_t i = 0; i < outbox->count; i++) {
        const ef_outbox_parcel *item = outbox->items[i];
        int64_t due = item->next_ms + (item->state == EF_PARCEL_UNDER_WAY ? ANSWER_MS : 0);
        bool counts = item->state == EF_PARCEL_UNDER_WAY ||
                      (may_send(outbox, i) && !is_blocked(outbox, i));
        if (counts && due < deadline)
            deadline = due;
    }
    return deadline;
}

bool ef_outbox_is_busy(const ef_outbox *outbox)
{
    for (size_t i = 0; i < outbox->count; i++) {
        const ef_outbox_parcel *item = outbox->items[i];
        bool is_first = item->done_ms == 0 && item->tries == 0 &&
                        item->state == EF_PARCEL_WAITING && !is_blocked(outbox, i);
        /* What is under way may be delivered already: if its answer is not awaited, it is
         * sent again by the next run. */
        if ((is_first || item->state == EF_PARCEL_UNDER_WAY) &&
            ef_outbox_sink_named(outbox, item->sink) != NULL)
            return true;
    }
    return false;
}
