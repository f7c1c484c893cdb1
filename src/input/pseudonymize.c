/* SPDX-License-Identifier: MIT
 * input/pseudonymize.c - records whose people have stand-ins from the very start.
 *
 * Invariant: what stood in a column is in no slice of the record any more, but in its text,
 * where --redact looks; of formats whose bytes are written as they were read (JSON), raw is
 * made anew, of others nobody writes it (ef_written_input.is_changed). */
#include "input/pseudonymize.h"

#include "base/error.h"
#include "base/pseudonym.h"
#include "input/column_find.h"
#include "input/formats.h"

bool ef_is_pseudonymized(const ef_layout *layout, int column)
{
    const struct ef_pseudonymized *people = layout->pseudonymized;
    for (size_t i = 0; people != NULL && i < people->count; i++)
        if (people->columns[i] == column)
            return true;
    return false;
}

/* --- which columns --------------------------------------------------------------------- */

/* What is read as author and so on, whatever its column is called. */
static int column_by_meaning(const ef_columns *columns, const char *name)
{
    const struct {
        const char *name;
        int column;
    } meanings[] = { { "author", columns->author },
                     { "customer", columns->author },
                     { "conversation", columns->conversation },
                     { "channel", columns->channel },
                     { "id", columns->id } };
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (strcmp(meanings[i].name, name) == 0)
            return meanings[i].column;
    return EF_NO_COLUMN;
}

/* A stand-in for these would be read as a text, a time or a rating. */
static bool is_for_scoring(const ef_columns *columns, int column)
{
    bool is_read = column == columns->time || column == columns->rating ||
                   column == columns->role || column == columns->language;
    for (size_t i = 0; i < columns->text_count; i++)
        is_read |= column == columns->text[i];
    return is_read;
}

static ef_status find_column(const ef_layout *layout, const char *name, int *column,
                             ef_error *error)
{
    *column = ef_column_find(layout, ef_slice_of(name));
    if (*column == EF_NO_COLUMN)
        *column = column_by_meaning(&layout->columns, name);
    if (*column == EF_NO_COLUMN)
        return ef_column_missing(layout, ef_slice_of(name), error);
    if (is_for_scoring(&layout->columns, *column))
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "'%s': column '%s' is read as text, time, rating, role or "
                            "language: only what names somebody can have stand-ins; "
                            "--redact is for texts",
                            layout->label, name);
    return EF_OK;
}

static bool is_object_format(const ef_layout *layout)
{
    return layout->format == &ef_format_ndjson || layout->format == &ef_format_json;
}

/* Whether what stands under the key one of JSON may hold what stands under other. */
static bool is_above(ef_slice one, ef_slice other)
{
    return one.size < other.size && memcmp(one.data, other.data, one.size) == 0 &&
           (other.data[one.size] == '.' || other.data[one.size] == '[');
}

/* Behind count columns those that hold one of them. */
static size_t add_columns_above(const ef_layout *layout, int *columns, size_t count)
{
    size_t all = count;
    for (size_t i = 0; i < layout->name_count && is_object_format(layout); i++) {
        bool holds = false;
        for (size_t k = 0; k < count; k++)
            holds |= is_above(layout->names[i], layout->names[columns[k]]);
        if (holds)
            columns[all++] = (int)i;
    }
    return all;
}

ef_status ef_pseudonymize_open(ef_layout *layout, const ef_reader_options *options,
                               ef_error *error)
{
    size_t count = options->pseudonymize_count;
    if (count == 0)
        return EF_OK;
    struct ef_pseudonymized *made = ef_arena_alloc(&layout->arena, sizeof *made);
    int *columns =
        ef_arena_alloc(&layout->arena, (count + layout->name_count) * sizeof *columns);
    if (made == NULL || columns == NULL)
        return ef_error_memory(error);
    for (size_t i = 0; i < count; i++) {
        ef_status status =
            find_column(layout, options->pseudonymize[i], &columns[i], error);
        if (status != EF_OK)
            return status;
    }
    size_t all = add_columns_above(layout, columns, count);
    *made = (struct ef_pseudonymized){ options->pseudonyms, columns, count, all };
    layout->pseudonymized = made;
    return EF_OK;
}

/* --- records --------------------------------------------------------------------------- */

static bool is_blank(ef_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] > ' ')
            return false;
    return true;
}

/* Nobody has no stand-in. False without memory. */
static bool replace(ef_cursor *cursor, ef_slice *value)
{
    if (is_blank(*value))
        return true;
    uint8_t *bytes = ef_arena_alloc(&cursor->arena, EF_PSEUDONYM_SIZE);
    if (bytes == NULL)
        return false;
    ef_pseudonym_make(cursor->block->layout->pseudonymized->key, *value, bytes);
    *value = (ef_slice){ bytes, EF_PSEUDONYM_SIZE };
    return true;
}

static bool replace_meanings(ef_cursor *cursor, ef_record *record)
{
    const ef_layout *layout = cursor->block->layout;
    const struct {
        int column;
        ef_slice *value;
    } meanings[] = { { layout->columns.author, &record->author },
                     { layout->columns.conversation, &record->conversation },
                     { layout->columns.channel, &record->channel },
                     { layout->columns.id, &record->id } };
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
        if (meanings[i].column != EF_NO_COLUMN &&
            ef_is_pseudonymized(layout, meanings[i].column) &&
            !replace(cursor, meanings[i].value))
            return false;
    return true;
}

static bool replace_fields(ef_cursor *cursor, ef_record *record)
{
    const struct ef_pseudonymized *people = cursor->block->layout->pseudonymized;
    if (record->field_count == 0)
        return true;
    ef_slice *fields =
        ef_arena_alloc(&cursor->arena, record->field_count * sizeof *fields);
    if (fields == NULL)
        return false;
    memcpy(fields, record->fields, record->field_count * sizeof *fields);
    for (size_t i = 0; i < people->all; i++) {
        bool is_named_before = false; /* a column may be named twice */
        for (size_t k = 0; k < i; k++)
            is_named_before |= people->columns[k] == people->columns[i];
        if (!is_named_before && (size_t)people->columns[i] < record->field_count &&
            !replace(cursor, &fields[people->columns[i]]))
            return false;
    }
    record->fields = fields;
    return true;
}

static bool replace_raw(ef_cursor *cursor, ef_record *record)
{
    const ef_layout *layout = cursor->block->layout;
    if (!is_object_format(layout))
        return true;
    size_t size;
    uint8_t *raw = ef_pseudonymize_json(layout, layout->own, &cursor->arena, record->raw, &size);
    record->raw = (ef_slice){ raw, raw == NULL ? 0 : size };
    return raw != NULL;
}

ef_status ef_pseudonymize_record(ef_cursor *cursor, ef_record *record, ef_error *error)
{
    return replace_fields(cursor, record) && replace_meanings(cursor, record) &&
                   replace_raw(cursor, record)
               ? EF_OK
               : ef_error_memory(error);
}
