/* SPDX-License-Identifier: MIT
 * input/column_find.c - columns found by what the user wrote, by known names, by their
 * cells. */
#include "input/column_find.h"

#include "base/error.h"

static int column_by_name(const ef_layout *layout, ef_slice name)
{
    for (size_t i = 0; i < layout->name_count; i++)
        if (layout->names[i].size == name.size && name.size > 0 &&
            memcmp(layout->names[i].data, name.data, name.size) == 0)
            return (int)i;
    for (size_t i = 0; i < layout->name_count; i++)
        if (ef_column_name_equal(layout->names[i], name))
            return (int)i;
    return EF_NO_COLUMN;
}

/* A 1-based number of a column. */
static int column_by_number(const ef_layout *layout, ef_slice text)
{
    size_t number = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || number > layout->name_count)
            return EF_NO_COLUMN;
        number = number * 10 + (size_t)(text.data[i] - '0');
    }
    return number >= 1 && number <= layout->name_count ? (int)number - 1 : EF_NO_COLUMN;
}

int ef_column_find(const ef_layout *layout, ef_slice reference)
{
    int column = column_by_name(layout, reference);
    return column != EF_NO_COLUMN ? column : column_by_number(layout, reference);
}

int ef_column_nearest(const ef_layout *layout, ef_slice name)
{
    int nearest = EF_NO_COLUMN;
    size_t least = name.size / 2 + 1; /* farther than that is no slip of the finger */
    for (size_t i = 0; i < layout->name_count; i++) {
        size_t distance = ef_column_name_distance(layout->names[i], name);
        if (distance < least) {
            least = distance;
            nearest = (int)i;
        }
    }
    return nearest;
}

ef_status ef_column_missing(const ef_layout *layout, ef_slice column, ef_error *error)
{
    int nearest = ef_column_nearest(layout, column);
    ef_slice name =
        nearest == EF_NO_COLUMN ? (ef_slice){ NULL, 0 } : layout->names[nearest];
    return ef_error_set(error, EF_ERR_ARGUMENT, "'%s' has no column '%.*s'%s%.*s%s",
                        layout->label, (int)column.size, (const char *)column.data,
                        name.size > 0 ? ": did you mean '" : "", (int)name.size,
                        name.size > 0 ? (const char *)name.data : "",
                        name.size > 0 ? "'?" : "");
}

/* The part of a path behind its last dot: attributes.body is a body. */
ef_slice ef_column_tail(ef_slice name)
{
    for (size_t i = name.size; i > 0; i--)
        if (name.data[i - 1] == '.')
            return (ef_slice){ name.data + i, name.size - i };
    return name;
}

int ef_column_guess(const ef_layout *layout, const ef_sample *sample, ef_column_field field)
{
    if (!sample->has_names)
        return EF_NO_COLUMN;
    const char *const *names = ef_column_names(field);
    for (size_t i = 0; names[i] != NULL; i++)
        for (size_t column = 0; column < layout->name_count; column++)
            if (ef_column_name_equal(layout->names[column], ef_slice_of(names[i])))
                return (int)column;
    for (size_t i = 0; names[i] != NULL; i++)
        for (size_t column = 0; column < layout->name_count; column++)
            if (ef_column_name_equal(ef_column_tail(layout->names[column]),
                                     ef_slice_of(names[i])))
                return (int)column;
    return EF_NO_COLUMN;
}

static bool is_prose(ef_slice cell)
{
    bool has_letter = false;
    if (cell.size >= 4 && memcmp(cell.data, "http", 4) == 0)
        return false;
    for (size_t i = 0; i < cell.size && !has_letter; i++)
        has_letter = (cell.data[i] | 32) >= 'a' || cell.data[i] >= 0x80;
    return has_letter;
}

/* An answer of the shop is text too, and often longer than the review. */
static bool is_reply(ef_slice name)
{
    static const char *const words[] = { "reply", "replied", "response_text",
                                         "developer_reply_text", "reply_content" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (ef_column_name_equal(ef_column_tail(name), ef_slice_of(words[i])))
            return true;
    return false;
}

int ef_column_longest(const ef_layout *layout, const ef_sample *sample)
{
    int longest = EF_NO_COLUMN;
    size_t most = 0;
    for (size_t column = 0; column < sample->column_count; column++) {
        size_t bytes = 0;
        for (size_t row = 0; row < sample->rows; row++) {
            ef_slice cell = sample->cells[row * sample->column_count + column];
            bytes += is_prose(cell) ? cell.size : 0;
        }
        /* All columns have the same number of rows: the largest sum is the largest mean. */
        if (bytes > most && !(sample->has_names && is_reply(layout->names[column]))) {
            most = bytes;
            longest = (int)column;
        }
    }
    return longest;
}
