/* SPDX-License-Identifier: MIT
 * pipeline/listening.c - a block of bytes becomes heard messages of a tally. */
#include "pipeline/listening.h"

#include "base/error.h"
#include "input/column_find.h"

enum { VALUE_LIMIT = 200 }; /* bytes of a group's name */

/* --- the values of groups ---------------------------------------------------------- */

static const ef_slice *channel_of(const ef_record *record)
{
    return &record->channel;
}

static const ef_slice *conversation_of(const ef_record *record)
{
    return &record->conversation;
}

static const ef_slice *author_of(const ef_record *record)
{
    return &record->author;
}

static const ef_slice *language_of(const ef_record *record)
{
    return &record->language;
}

static const ef_slice *role_of(const ef_record *record)
{
    static const ef_slice roles[] = { { NULL, 0 },
                                      { (const uint8_t *)"customer", 8 },
                                      { (const uint8_t *)"staff", 5 },
                                      { (const uint8_t *)"bot", 3 },
                                      { (const uint8_t *)"system", 6 } };
    return &roles[record->role];
}

/* What every format knows; a column of the same name goes before it. */
static const struct {
    const char *name;
    const ef_slice *(*field)(const ef_record *record);
} fields[] = { { "channel", channel_of },
               { "conversation", conversation_of },
               { "author", author_of },
               { "language", language_of },
               { "role", role_of } };

static bool is_named(ef_slice name, const char *text)
{
    return name.size == strlen(text) && memcmp(name.data, text, name.size) == 0;
}

/* What shops call the thing they sell. */
static int product_column(const ef_layout *layout)
{
    static const char *const names[] = { "product", "product_name", "product_title",
                                         "item",    "item_name",    "sku" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        int column = ef_column_find(layout, ef_slice_of(names[i]));
        if (column != EF_NO_COLUMN)
            return column;
    }
    return EF_NO_COLUMN;
}

static ef_status find_place(ef_group_place *place, const ef_layout *layout, ef_slice name,
                            bool is_usual, ef_error *error)
{
    *place = (ef_group_place){ .column = ef_column_find(layout, name) };
    if (is_usual && is_named(name, EF_GROUP_PRODUCT))
        place->column = product_column(layout);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (place->column == EF_NO_COLUMN && is_named(name, fields[i].name))
            place->field = fields[i].field;
    if (place->column == EF_NO_COLUMN && place->field == NULL && !is_usual)
        return ef_column_missing(layout, name, error);
    return EF_OK;
}

ef_status ef_listener_enter(ef_listener *listener, const ef_layout *layout, ef_error *error)
{
    if (listener->layout == layout)
        return EF_OK;
    ef_status status = ef_filter_enter(&listener->filter, layout, error);
    const ef_plan *plan = listener->plan;
    for (size_t i = 0; i < plan->group_count && status == EF_OK; i++)
        status = find_place(&listener->places[i], layout, plan->groups[i],
                            plan->groups_are_usual, error);
    ef_scored_columns_find(&listener->scored, layout);
    listener->layout = status == EF_OK ? layout : NULL;
    return status;
}

static bool is_control(uint8_t byte)
{
    return byte < ' ' || byte == 0x7F;
}

/* Long values are cut between characters; control characters become blanks. */
static ef_slice clean(ef_buffer *cleaned, ef_slice value)
{
    size_t size = value.size < VALUE_LIMIT ? value.size : VALUE_LIMIT, plain = 0;
    while (size < value.size && size > 0 && (value.data[size] & 0xC0) == 0x80)
        size--;
    while (plain < size && !is_control(value.data[plain]))
        plain++;
    if (plain == size)
        return (ef_slice){ value.data, size };
    ef_buffer_reset(cleaned);
    for (size_t i = 0; i < size; i++)
        ef_buffer_append_byte(cleaned, is_control(value.data[i]) ? ' ' : value.data[i]);
    return ef_buffer_slice(cleaned);
}

static bool find_groups(ef_listener *listener, const ef_record *record, ef_slice *groups)
{
    for (size_t i = 0; i < listener->plan->group_count; i++) {
        const ef_group_place *place = &listener->places[i];
        ef_slice value = { NULL, 0 };
        if (place->field != NULL)
            value = *place->field(record);
        else if (place->column != EF_NO_COLUMN &&
                 (size_t)place->column < record->field_count)
            value = record->fields[place->column];
        groups[i] = clean(&listener->cleaned[i], value);
        if (listener->cleaned[i].failed)
            return false;
    }
    return true;
}

/* --- a block ----------------------------------------------------------------------- */

ef_status ef_listener_init(ef_listener *listener, const ef_engine *engine, ef_tally *tally,
                           ef_error *error)
{
    ef_engine_info info;
    ef_engine_describe(engine, &info);
    *listener = (ef_listener){ .engine = engine,
                               .kernels = ef_kernels_select(info.kernels),
                               .plan = tally->plan,
                               .tally = tally };
    ef_status status = ef_filter_init(&listener->filter, tally->plan->wishes.where,
                                      tally->plan->wishes.where_count, error);
    return status == EF_OK ? ef_scratch_new(&listener->scratch, error) : status;
}

void ef_listener_release(ef_listener *listener)
{
    ef_cursor_release(&listener->cursor);
    ef_scratch_free(listener->scratch);
    ef_filter_release(&listener->filter);
    for (size_t i = 0; i < EF_MOST_REPORT_GROUPS; i++)
        ef_buffer_release(&listener->cleaned[i]);
}

/* As the input says it, where it was scored before. A row whose score cannot be read is
 * scored again. */
static ef_status judge(ef_listener *listener, ef_record *record, ef_score *score,
                       ef_error *error)
{
    const ef_scored_columns *scored = &listener->scored;
    if (scored->fields != NULL && ef_scored_columns_read(scored, record, score)) {
        listener->taken++;
        return EF_OK;
    }
    return ef_score_text(listener->engine, listener->scratch, record->text, score, error);
}

/* The language that the score found is not what the input says of it. */
static void forget_scored(const ef_listener *listener, ef_record *record)
{
    if (listener->scored.fields != NULL &&
        listener->layout->columns.language == listener->scored.language)
        record->language = (ef_slice){ NULL, 0 };
}

/* What is counted lies all over the memory: it is asked for first and comes while the
 * message is scored. */
static ef_status hear(ef_listener *listener, ef_heard_block *block, ef_record *record)
{
    ef_score score;
    ef_heard heard;
    ef_slice groups[EF_MOST_REPORT_GROUPS];
    bool is_new = true;
    forget_scored(listener, record);
    if (!find_groups(listener, record, groups))
        return ef_error_memory(&block->error);
    bool counts = ef_heard_of(&heard, listener->plan, record, &score, groups);
    if (counts)
        ef_tally_expect(listener->tally, &heard);
    ef_status status = judge(listener, record, &score, &block->error);
    if (status != EF_OK)
        return status;
    block->labels[score.label]++;
    block->unknown_language += score.language == EF_LANGUAGE_UNKNOWN;
    if (counts && listener->repeats != NULL &&
        !ef_repeats_note(listener->repeats, &heard, listener->plan->group_count, &is_new))
        return ef_error_memory(&block->error);
    listener->dropped += counts && !is_new;
    if (counts && is_new && !ef_tally_add(listener->tally, &heard))
        return ef_error_memory(&block->error);
    return EF_OK;
}

static ef_status hear_all(ef_listener *listener, ef_heard_block *block)
{
    ef_status status = ef_listener_enter(listener, block->block.layout, &block->error);
    if (status != EF_OK)
        return status;
    ef_cursor_start(&listener->cursor, &block->block, listener->kernels, ef_notes_keep,
                    &block->notes);
    while (status == EF_OK) {
        ef_record record;
        status = ef_cursor_next(&listener->cursor, &record, &block->error);
        if (status == EF_OK && ef_filter_holds(&listener->filter, &record))
            status = hear(listener, block, &record);
    }
    block->counts = listener->cursor.counts;
    memset(&listener->cursor.counts, 0, sizeof listener->cursor.counts);
    return status == EF_END ? EF_OK : status;
}

void ef_listener_hear(ef_listener *listener, ef_heard_block *block)
{
    block->status = hear_all(listener, block);
}
