/* SPDX-License-Identifier: MIT
 * input/chatjson_open.c - which layout an export of chats has, and what is decided on it.
 */
#include "input/chatjson.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "input/chat_record.h"
#include "input/columns.h"
#include "input/slack_people.h"

enum {
    SNIFF_BYTES = 256 << 10,
    LOOKED_AT = 64 /* messages, or conversations, that tell the layout */
};

/* --- views --------------------------------------------------------------------------- */

static ef_json_field field_of(ef_slice word)
{
    static const char *const words[EF_JSON_FIELDS] = {
        [EF_JSON_FIELD_ID] = "id",
        [EF_JSON_FIELD_TIME] = "time",
        [EF_JSON_FIELD_STAMP] = "stamp",
        [EF_JSON_FIELD_CHANNEL] = "channel",
        [EF_JSON_FIELD_CONVERSATION] = "conversation",
        [EF_JSON_FIELD_THREAD] = "thread",
        [EF_JSON_FIELD_AUTHOR] = "author",
        [EF_JSON_FIELD_ROLE] = "role",
        [EF_JSON_FIELD_BOT] = "bot",
        [EF_JSON_FIELD_KIND] = "kind",
        [EF_JSON_FIELD_HIDDEN] = "hidden",
        [EF_JSON_FIELD_TEXT] = "text",
        [EF_JSON_FIELD_EVENT] = "event",
        [EF_JSON_FIELD_BLOCKS] = "blocks",
        [EF_JSON_FIELD_MESSAGES] = "messages",
        [EF_JSON_FIELD_PEOPLE] = "people",
        [EF_JSON_FIELD_CUSTOMER] = "customer",
        [EF_JSON_FIELD_OTHER] = "other",
        [EF_JSON_FIELD_LISTING] = "listing",
    };
    for (size_t i = 0; i < EF_JSON_FIELDS; i++)
        if (strlen(words[i]) == word.size && memcmp(words[i], word.data, word.size) == 0)
            return (ef_json_field)i;
    return EF_JSON_FIELD_OTHER;
}

/* Takes the values of the shown object for what its columns are called. */
static bool name_fields(ef_json_view *view, ef_slice shown, ef_arena *arena)
{
    size_t count = view->shape.column_count;
    ef_columns texts = { 0 };
    ef_json_reader reader = { 0 };
    ef_json_pull pull;
    view->fields = ef_arena_alloc(arena, (count + 1) * sizeof *view->fields);
    view->is_required = ef_arena_alloc(arena, (count + 1) * sizeof *view->is_required);
    view->wanted = ef_arena_alloc(arena, (count + 1) * sizeof *view->wanted);
    ef_json_pull_init(&pull, ef_kernels_select(NULL), shown.data, shown.size);
    bool is_done = view->fields != NULL && view->is_required != NULL &&
                   view->wanted != NULL && ef_json_reader_fit(&reader, &view->shape) &&
                   ef_json_read_cells(&reader, &view->shape, arena, &pull) == EF_OK;
    for (size_t i = 0; is_done && i < count; i++) {
        ef_slice word = reader.cells[i];
        bool is_required = word.size > 0 && word.data[0] == '!';
        word = (ef_slice){ word.data + is_required, word.size - is_required };
        const uint8_t *sign = word.size == 0 ? NULL : memchr(word.data, '=', word.size);
        view->wanted[i] = (ef_slice){ NULL, 0 };
        if (sign != NULL) {
            view->wanted[i] =
                (ef_slice){ sign + 1, (size_t)(word.data + word.size - sign - 1) };
            word.size = (size_t)(sign - word.data);
        }
        view->is_required[i] = is_required;
        view->fields[i] = field_of(word);
        if (view->fields[i] == EF_JSON_FIELD_TEXT && texts.text_count < EF_TEXT_COLUMNS)
            texts.text[texts.text_count++] = (int)i;
    }
    view->has_text = texts.text_count > 0;
    ef_json_shape_mark_text(&view->shape, &texts);
    ef_json_reader_release(&reader);
    return is_done;
}

bool ef_json_view_make(ef_json_view *view, const char *shown, ef_arena *arena)
{
    ef_arena scratch = { 0 };
    ef_slice *names, object = ef_slice_of(shown);
    bool is_done =
        ef_json_shape_init(&view->shape, &scratch, false) &&
        ef_json_shape_add(&view->shape, &scratch, ef_kernels_select(NULL), object) &&
        ef_json_shape_finish(&view->shape, arena, &names);
    is_done = is_done && name_fields(view, object, arena);
    ef_arena_release(&scratch);
    return is_done;
}

static bool has_wanted(ef_slice cell, ef_slice wanted)
{
    return cell.data != NULL &&
           (wanted.size == 0 ||
            (cell.size == wanted.size && memcmp(cell.data, wanted.data, cell.size) == 0));
}

ef_status ef_json_view_read(const ef_json_view *view, ef_json_reader *reader,
                            ef_arena *arena, ef_json_pull *pull,
                            ef_slice values[EF_JSON_FIELDS], bool *is_complete)
{
    memset(values, 0, EF_JSON_FIELDS * sizeof *values);
    if (!ef_json_reader_fit(reader, &view->shape))
        return EF_ERR_MEMORY;
    ef_status status = ef_json_read_cells(reader, &view->shape, arena, pull);
    bool has_all = true;
    for (size_t i = 0; i < view->shape.column_count; i++) {
        ef_slice *value = &values[view->fields[i]];
        if (value->size == 0 && reader->cells[i].data != NULL)
            *value = reader->cells[i];
    }
    for (size_t i = 0; i < view->shape.column_count; i++) {
        ef_slice cell =
            view->wanted[i].size > 0 ? reader->cells[i] : values[view->fields[i]];
        has_all = has_all && (!view->is_required[i] || has_wanted(cell, view->wanted[i]));
    }
    if (is_complete != NULL)
        *is_complete = has_all;
    return status;
}

/* --- what it is ---------------------------------------------------------------------- */

/* What was found at the end of a route. */
typedef struct census {
    size_t seen, complete, listings;
} census;

/* Whether an array holds one message that is complete, or none at all. Fails as
 * ef_json_view_read. */
static ef_status find_message(const ef_json_view *message, ef_json_reader *reader,
                              ef_arena *arena, ef_slice array, bool *is_complete)
{
    const ef_kernels *kernels = ef_kernels_select(NULL);
    size_t at = 1 + (array.size > 1 ? ef_json_space(array.data + 1, array.size - 1) : 0);
    *is_complete = array.size > 1 && array.data[0] == '[' && array.data[at] == ']';
    if (array.size < 2 || array.data[0] != '[' || array.data[at] != '{')
        return EF_OK;
    ef_slice values[EF_JSON_FIELDS];
    ef_json_pull pull;
    ef_json_pull_init(&pull, kernels, array.data + at, array.size - at);
    return ef_json_view_read(message, reader, arena, &pull, values, is_complete);
}

/* False without memory. */
static bool look_at(const ef_chatjson *own, ef_slice object, ef_json_reader readers[2],
                    ef_arena *arena, census *c)
{
    const ef_json_view *view = own->row->around == NULL ? &own->message : &own->around;
    ef_slice values[EF_JSON_FIELDS];
    ef_json_pull pull;
    bool is_complete;
    ef_json_pull_init(&pull, ef_kernels_select(NULL), object.data, object.size);
    ef_status status =
        ef_json_view_read(view, &readers[0], arena, &pull, values, &is_complete);
    if (status == EF_OK && own->row->around != NULL && is_complete)
        status = find_message(&own->message, &readers[1], arena,
                              values[EF_JSON_FIELD_MESSAGES], &is_complete);
    if (status != EF_OK)
        return status != EF_ERR_MEMORY;
    c->complete += is_complete;
    c->listings += !is_complete && values[EF_JSON_FIELD_LISTING].size > 0;
    return true;
}

static bool count_values(const ef_chatjson *own, const ef_json_route *route,
                         ef_slice sample, census *c)
{
    ef_arena arena = { 0 };
    ef_json_reader readers[2] = { 0 };
    ef_slice *objects;
    size_t count;
    memset(c, 0, sizeof *c);
    if (!ef_json_route_may_be_in(route, sample))
        return true;
    bool is_done = ef_json_list_records(route, ef_kernels_select(NULL), sample, LOOKED_AT,
                                        &objects, &count);
    for (; is_done && c->seen < count; c->seen++) {
        ef_arena_reset(&arena);
        is_done = look_at(own, objects[c->seen], readers, &arena, c);
    }
    free(objects);
    ef_json_reader_release(&readers[0]);
    ef_json_reader_release(&readers[1]);
    ef_arena_release(&arena);
    return is_done;
}

/* Finds the route of a row that leads to its messages. False without memory. */
static bool find_route(ef_chatjson *own, ef_slice sample, census *best)
{
    const ef_json_chat *row = own->row;
    memset(best, 0, sizeof *best);
    for (size_t i = 0; i < 3 && row->routes[i] != NULL; i++) {
        ef_json_route route;
        census c;
        ef_json_route_make(&route, row->routes[i]);
        if (!count_values(own, &route, sample, &c))
            return false;
        if (i > 0 && c.complete + c.listings <= best->complete + best->listings)
            continue;
        *best = c;
        own->document.route = route;
    }
    return true;
}

static bool prepare(ef_chatjson *own, const ef_json_chat *row, ef_arena *arena)
{
    memset(own, 0, sizeof *own);
    own->row = row;
    static const char person[] = "{\"id\":\"id\",\"type\":\"role\",\"name\":\"author\"}";
    return ef_json_view_make(&own->message, row->message, arena) &&
           (row->around == NULL || (ef_json_view_make(&own->around, row->around, arena) &&
                                    ef_json_view_make(&own->person, person, arena)));
}

/* Slack writes a file of nothing for each kind of channel that there is none of. */
static bool is_empty_list(const ef_json_chat *row, ef_slice sample)
{
    size_t at = ef_json_space(sample.data, sample.size);
    if (row->markup != EF_JSON_SLACK || at == sample.size || sample.data[at] != '[')
        return false;
    at += 1 + ef_json_space(sample.data + at + 1, sample.size - at - 1);
    if (at >= sample.size || sample.data[at] != ']')
        return false;
    return at + 1 + ef_json_space(sample.data + at + 1, sample.size - at - 1) ==
           sample.size;
}

int ef_chatjson_sniff(const ef_format *format, ef_slice sample, bool at_end,
                      ef_arena *arena, const char **why)
{
    (void)arena;
    size_t space = ef_json_space(sample.data, sample.size);
    *why = "it is no JSON";
    if (space == sample.size || (sample.data[space] != '{' && sample.data[space] != '['))
        return 0;
    if (sample.size > SNIFF_BYTES)
        sample.size = SNIFF_BYTES;
    *why = "it is an empty list, as exports have some";
    if (is_empty_list(format->row, sample))
        return at_end ? 100 : 0;
    ef_chatjson own;
    ef_arena scratch = { 0 };
    census c;
    bool is_done = prepare(&own, format->row, &scratch) && find_route(&own, sample, &c);
    ef_arena_release(&scratch);
    if (!is_done)
        return -1;
    *why = "it has no messages such as this layout has";
    if (c.seen == 0 || (c.complete + c.listings) * 2 < c.seen)
        return 0;
    *why = c.complete == 0 ? "it lists people or channels as this export does"
                           : "its messages have the keys of this layout";
    return 100;
}

/* --- what is decided ----------------------------------------------------------------- */

/* The part of a label before its last slash, or an archive's colon; all of it if there is
 * none. */
static ef_slice folder_of(ef_slice label)
{
    for (size_t i = label.size; i > 0; i--)
        if (label.data[i - 1] == '/')
            return (ef_slice){ label.data, i - 1 };
    return label;
}

static ef_slice last_name(ef_slice path)
{
    for (size_t i = path.size; i > 0; i--)
        if (path.data[i - 1] == '/' || path.data[i - 1] == ':')
            return (ef_slice){ path.data + i, path.size - i };
    return path;
}

/* What the document says before its first message. */
static ef_status read_document(ef_layout *layout, ef_slice sample, ef_error *error)
{
    ef_chatjson *own = layout->own;
    ef_json_view view;
    ef_json_reader reader = { 0 };
    ef_slice values[EF_JSON_FIELDS];
    ef_json_pull pull;
    if (own->row->document == NULL || own->has_parts)
        return EF_OK;
    if (!ef_json_view_make(&view, own->row->document, &layout->arena))
        return ef_error_memory(error);
    ef_json_pull_init(&pull, ef_kernels_select(NULL), sample.data, sample.size);
    ef_status status =
        ef_json_view_read(&view, &reader, &layout->arena, &pull, values, NULL);
    ef_slice *targets[] = { &own->conversation, &own->channel };
    const ef_json_field fields[] = { EF_JSON_FIELD_CONVERSATION, EF_JSON_FIELD_CHANNEL };
    for (size_t i = 0; i < 2 && status != EF_ERR_MEMORY; i++) {
        ef_slice value = values[fields[i]];
        if (value.size == 0)
            continue;
        char *copy = ef_arena_copy(&layout->arena, value);
        *targets[i] = (ef_slice){ (uint8_t *)copy, value.size };
        status = copy == NULL ? EF_ERR_MEMORY : status;
    }
    ef_json_reader_release(&reader);
    return status == EF_ERR_MEMORY ? ef_error_memory(error) : EF_OK;
}

static ef_status decide_talk(ef_layout *layout, ef_slice sample, ef_error *error)
{
    ef_chatjson *own = layout->own;
    ef_slice label = ef_slice_of(layout->label), folder = folder_of(label);
    const char *value = "the file";
    bool is_shared =
        own->row->talk == EF_JSON_BY_PLACE || own->row->talk == EF_JSON_BY_CHANNEL;
    own->conversation = label;
    if (own->row->talk == EF_JSON_BY_FOLDER || own->row->talk == EF_JSON_BY_CHANNEL) {
        value = "the folder";
        own->conversation = folder;
    }
    if (own->row->markup == EF_JSON_SLACK)
        own->conversation = own->channel = last_name(folder);
    if (own->row->around != NULL)
        value = "by id";
    ef_status status = read_document(layout, sample, error);
    if (status == EF_OK && own->has_parts)
        value = "one an array of messages";
    else if (status == EF_OK && own->row->around == NULL &&
             own->conversation.data != label.data && own->row->talk == EF_JSON_BY_PLACE)
        value = "by name";
    const char *why = "as the export keeps it";
    if (is_shared)
        why =
            "unless a message names a thread: rules take what one author says there until "
            "a silence";
    return status == EF_OK ? ef_layout_decide(layout, "conversation", value, why, "", error)
                           : status;
}

static ef_status decide_people(ef_layout *layout, ef_error *error)
{
    ef_chatjson *own = layout->own;
    if (own->row->markup != EF_JSON_SLACK || layout->people == NULL)
        return EF_OK;
    ef_status status =
        ef_slack_people_find(layout->people, layout->label, &own->people, error);
    if (status != EF_OK)
        return status;
    return ef_layout_decide(layout, "people", own->people == NULL ? "ids" : "names",
                            own->people == NULL ? "there is no users.json above it"
                                                : "users.json has them",
                            "", error);
}

static ef_status decide_records(ef_layout *layout, const census *c, ef_error *error)
{
    ef_chatjson *own = layout->own;
    if (c->seen == 0 && !own->is_listing)
        return ef_error_set(error, EF_ERR_FORMAT,
                            "no messages of the format '%s' in the first bytes of '%s'",
                            layout->format->name, layout->label);
    for (size_t i = 0; i < own->document.route.count; i++)
        own->has_parts |= own->document.route.steps[i].is_each;
    own->is_listing |= c->complete == 0 && c->listings > 0;
    layout->records_path = ef_json_route_text(&own->document.route, &layout->arena);
    if (layout->records_path == NULL)
        return ef_error_memory(error);
    return ef_layout_decide(layout, "messages",
                            own->is_listing                   ? "none"
                            : layout->records_path[0] == '\0' ? "the top"
                                                              : layout->records_path,
                            own->is_listing ? "it lists people or channels, or nothing"
                                            : "as the layout has it",
                            "", error);
}

ef_status ef_chatjson_open(ef_layout *layout, const ef_reader_options *options,
                           ef_slice sample, bool at_end, ef_error *error)
{
    (void)options, (void)at_end;
    census c;
    ef_chatjson *own = ef_arena_alloc(&layout->arena, sizeof *own);
    if (own == NULL || !prepare(own, layout->format->row, &layout->arena) ||
        !find_route(own, sample, &c))
        return ef_error_memory(error);
    layout->own = own;
    own->document.shape = own->message.shape;
    own->document.read = ef_chatjson_read;
    own->is_listing = is_empty_list(layout->format->row, sample);
    ef_status status = decide_records(layout, &c, error);
    if (status == EF_OK)
        status = ef_chat_open(layout, true, error);
    if (status == EF_OK)
        status = decide_talk(layout, sample, error);
    return status == EF_OK ? decide_people(layout, error) : status;
}
