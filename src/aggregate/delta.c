/* SPDX-License-Identifier: MIT
 * aggregate/delta.c - what a block of messages adds to a trend, in their order.
 *
 * Runs on workers: reads the trend's groupings, which stay as they are while deltas are
 * filled, and touches nothing else of it. */
#include "aggregate/delta.h"

#include <stdlib.h>

#include "aggregate/phrases.h"
#include "aggregate/trend.h"
#include "base/error.h"
#include "base/hash.h"

enum { FIRST_CAPACITY = 64 };
static const int64_t future_ms = 24 * 3600 * 1000; /* ALERTS: a day ahead is no time */

ef_status ef_delta_new(ef_delta **delta, const ef_trend *trend, ef_error *error)
{
    *delta = calloc(1, sizeof **delta);
    if (*delta == NULL)
        return ef_error_memory(error);
    (*delta)->trend = trend;
    (*delta)->grouping_count = trend->grouping_count;
    for (size_t i = 0; i < EF_MOST_GROUPINGS; i++)
        (*delta)->keys[i].seed = trend->salt;
    ef_status status = ef_redactor_init(&(*delta)->redactor, trend->redactions, error);
    if (status != EF_OK) {
        free(*delta);
        *delta = NULL;
    }
    return status;
}

void ef_delta_free(ef_delta *delta)
{
    if (delta == NULL)
        return;
    for (size_t i = 0; i < EF_MOST_GROUPINGS; i++)
        ef_names_release(&delta->keys[i]);
    ef_buffer_release(&delta->bytes);
    ef_buffer_release(&delta->key);
    ef_buffer_release(&delta->phrases);
    ef_redactor_release(&delta->redactor);
    free(delta->items);
    free(delta->groups);
    free(delta);
}

void ef_delta_reset(ef_delta *delta, int64_t arrival_ms, bool is_history)
{
    delta->arrival_ms = arrival_ms;
    delta->is_history = is_history;
    if (delta->grouping_count != delta->trend->grouping_count)
        delta->capacity = 0; /* the room was for other numbers */
    delta->grouping_count = delta->trend->grouping_count;
    delta->count = 0;
    ef_buffer_reset(&delta->bytes);
    ef_buffer_reset(&delta->phrases);
    for (size_t i = 0; i < delta->grouping_count; i++)
        ef_names_reset(&delta->keys[i]);
    delta->counts = (ef_trend_counts){ 0 };
}

ef_slice ef_delta_id(const ef_delta *delta, const ef_observation *observation)
{
    if (observation->id_size == 0)
        return (ef_slice){ NULL, 0 };
    return (ef_slice){ delta->bytes.data + observation->id_at, observation->id_size };
}

ef_slice ef_delta_conversation(const ef_delta *delta, const ef_observation *observation)
{
    if (observation->name_size == 0)
        return (ef_slice){ NULL, 0 };
    return (ef_slice){ delta->bytes.data + observation->name_at, observation->name_size };
}

ef_slice ef_delta_author(const ef_delta *delta, const ef_observation *observation)
{
    if (observation->author_size == 0)
        return (ef_slice){ NULL, 0 };
    return (ef_slice){ delta->bytes.data + observation->name_at + observation->name_size,
                       observation->author_size };
}

static bool is_named(ef_slice name, const char *text)
{
    return name.size == strlen(text) && memcmp(name.data, text, name.size) == 0;
}

static bool is_same(ef_slice one, ef_slice two)
{
    return one.size == two.size && memcmp(one.data, two.data, one.size) == 0;
}

/* A column of the record: one that every format knows, else one of the input's own. */
static ef_slice value_of(ef_slice name, const ef_slice *columns, size_t column_count,
                         const ef_record *record)
{
    static const char *const roles[] = { "", "customer", "staff", "bot", "system" };
    if (is_named(name, "channel"))
        return record->channel;
    if (is_named(name, "conversation"))
        return record->conversation;
    if (is_named(name, "author"))
        return record->author;
    if (is_named(name, "language"))
        return record->language;
    if (is_named(name, "role"))
        return ef_slice_of(roles[record->role]);
    for (size_t i = 0; i < column_count && i < record->field_count; i++)
        if (is_same(name, columns[i]))
            return record->fields[i];
    return (ef_slice){ NULL, 0 };
}

/* Control characters become blanks: they would part the values, or wake a terminal. */
static void append_value(ef_buffer *key, ef_slice value)
{
    size_t size = value.size < EF_VALUE_LIMIT ? value.size : EF_VALUE_LIMIT;
    while (size < value.size && size > 0 && (value.data[size] & 0xC0) == 0x80)
        size--; /* cut between characters */
    for (size_t i = 0; i < size; i++)
        ef_buffer_append_byte(
            key, value.data[i] < ' ' || value.data[i] == 0x7F ? ' ' : value.data[i]);
}

static int64_t group_of(ef_delta *delta, size_t index, const ef_slice *columns,
                        size_t column_count, const ef_record *record)
{
    const ef_grouping_columns *wanted = &delta->trend->groupings[index].columns;
    ef_buffer_reset(&delta->key);
    for (size_t i = 0; i < wanted->count; i++) {
        if (i > 0)
            ef_buffer_append_byte(&delta->key, EF_KEY_SEPARATOR);
        append_value(&delta->key,
                     value_of(wanted->names[i], columns, column_count, record));
    }
    if (delta->key.failed)
        return EF_NO_NAME;
    return ef_names_add(&delta->keys[index], ef_buffer_slice(&delta->key));
}

static bool make_room(ef_delta *delta)
{
    if (delta->count < delta->capacity)
        return true;
    size_t capacity = delta->capacity == 0 ? FIRST_CAPACITY : delta->capacity * 2;
    ef_observation *items = realloc(delta->items, capacity * sizeof *items);
    if (items != NULL)
        delta->items = items;
    uint32_t *groups = items == NULL
                           ? NULL
                           : realloc(delta->groups, (capacity * delta->grouping_count + 1) *
                                                        sizeof *groups);
    if (groups == NULL)
        return false;
    delta->groups = groups;
    delta->capacity = capacity;
    return true;
}

static uint64_t hash_of(const ef_delta *delta, ef_slice text, uint64_t kind)
{
    if (text.size == 0)
        return 0;
    uint64_t hash =
        ef_hash_combine(delta->trend->salt + kind, ef_hash_bytes(text.data, text.size));
    return hash != 0 ? hash : 1;
}

/* The time by which a record counts; EF_NEVER if there is none. */
static int64_t time_of(ef_delta *delta, const ef_record *record)
{
    bool has_arrival = delta->arrival_ms > 0;
    bool is_future =
        record->has_time && has_arrival && record->time_ms > delta->arrival_ms + future_ms;
    delta->counts.future += is_future;
    if (record->has_time && !is_future)
        return record->time_ms;
    return has_arrival ? delta->arrival_ms : EF_NEVER;
}

static size_t keep(ef_delta *delta, ef_slice bytes)
{
    size_t at = delta->bytes.size;
    ef_buffer_append_slice(&delta->bytes, bytes);
    return at;
}

/* What a negative message talks about. */
static void keep_phrases(ef_delta *delta, ef_observation *item, ef_slice text)
{
    ef_said_phrase found[EF_DOCUMENT_PHRASES];
    if (!delta->trend->keeps_phrases || item->label != EF_LABEL_NEGATIVE)
        return;
    item->phrases_at = delta->phrases.size / sizeof found[0];
    item->phrase_count = (uint32_t)ef_phrases_split(&delta->redactor, text, found);
    ef_buffer_append(&delta->phrases, found, item->phrase_count * sizeof found[0]);
}

/* Which conversation a message belongs to, and who speaks. Where many share a place, what
 * one of them says there is a conversation. */
static void name_talk(ef_delta *delta, ef_observation *item, const ef_record *record)
{
    enum { CONVERSATION, AUTHOR };
    uint64_t author = hash_of(delta, record->author, AUTHOR);
    item->conversation = hash_of(delta, record->conversation, CONVERSATION);
    item->name_at = keep(delta, record->conversation);
    item->name_size = (uint32_t)record->conversation.size;
    item->is_customer = record->role == EF_ROLE_CUSTOMER;
    if (record->is_shared && author != 0) {
        uint64_t both = ef_hash_combine(item->conversation, author);
        item->place = (uint32_t)item->conversation | 1;
        item->conversation = both != 0 ? both : 1;
        keep(delta, record->author);
        item->author_size = (uint32_t)record->author.size;
    }
    item->cluster = item->conversation != 0 ? item->conversation : author;
    item->voice = author != 0 ? author : item->conversation;
}

static void describe(ef_delta *delta, ef_observation *item, const ef_record *record,
                     const ef_score *score)
{
    name_talk(delta, item, record);
    item->id_at = keep(delta, record->id);
    item->id_size = (uint32_t)record->id.size;
    item->score = score->score;
    item->signals = score->signals;
    item->label = score->label;
    item->is_mixed = score->mixed;
    keep_phrases(delta, item, record->text);
}

/* Whether a record counts at all; else which counter says why not. */
static bool takes_part(ef_delta *delta, const ef_record *record, const ef_score *score)
{
    bool is_customer = record->role == EF_ROLE_UNKNOWN || record->role == EF_ROLE_CUSTOMER;
    if (!is_customer)
        delta->counts.not_customers++;
    else if (score->label == EF_LABEL_NONE)
        delta->counts.unlabelled++;
    return is_customer && score->label != EF_LABEL_NONE;
}

ef_status ef_delta_add(ef_delta *delta, const ef_slice *columns, size_t column_count,
                       const ef_record *record, const ef_score *score, ef_error *error)
{
    if (!takes_part(delta, record, score))
        return EF_OK;
    int64_t time_ms = time_of(delta, record);
    if (time_ms == EF_NEVER) {
        delta->counts.untimed++;
        return EF_OK;
    }
    if (!make_room(delta))
        return ef_error_memory(error);
    ef_observation *item = &delta->items[delta->count];
    uint32_t *groups = ef_delta_groups(delta, delta->count);
    *item = (ef_observation){ .time_ms = time_ms };
    for (size_t i = 0; i < delta->grouping_count; i++) {
        int64_t group = group_of(delta, i, columns, column_count, record);
        if (group == EF_NO_NAME)
            return ef_error_memory(error);
        groups[i] = (uint32_t)group;
    }
    describe(delta, item, record, score);
    if (delta->bytes.failed || delta->phrases.failed)
        return ef_error_memory(error);
    delta->count++;
    return EF_OK;
}

/* --- sorting ------------------------------------------------------------------------ */

typedef struct place {
    int64_t time_ms;
    size_t number;
} place;

static int by_time(const void *one, const void *two)
{
    const place *a = one, *b = two;
    if (a->time_ms != b->time_ms)
        return a->time_ms < b->time_ms ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static bool is_late(const ef_delta *delta, int64_t lateness_ms)
{
    int64_t latest_ms = EF_NEVER;
    for (size_t i = 0; i < delta->count; i++) {
        int64_t time_ms = delta->items[i].time_ms;
        if (latest_ms != EF_NEVER && time_ms < latest_ms - lateness_ms)
            return true;
        if (time_ms > latest_ms)
            latest_ms = time_ms;
    }
    return false;
}

ef_status ef_delta_sort(ef_delta *delta, int64_t lateness_ms, bool *was_needed,
                        ef_error *error)
{
    size_t stride = delta->grouping_count;
    *was_needed = is_late(delta, lateness_ms);
    if (!*was_needed)
        return EF_OK;
    place *places = malloc(delta->count * sizeof *places);
    ef_observation *items = malloc(delta->capacity * sizeof *items);
    uint32_t *groups = malloc((delta->capacity * stride + 1) * sizeof *groups);
    if (places == NULL || items == NULL || groups == NULL) {
        free(places);
        free(items);
        free(groups);
        return ef_error_memory(error);
    }
    for (size_t i = 0; i < delta->count; i++)
        places[i] = (place){ delta->items[i].time_ms, i };
    qsort(places, delta->count, sizeof *places, by_time);
    for (size_t i = 0; i < delta->count; i++) {
        items[i] = delta->items[places[i].number];
        memcpy(groups + i * stride, ef_delta_groups(delta, places[i].number),
               stride * sizeof *groups);
    }
    free(places);
    free(delta->items);
    free(delta->groups);
    delta->items = items;
    delta->groups = groups;
    return EF_OK;
}
