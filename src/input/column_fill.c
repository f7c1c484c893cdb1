/* SPDX-License-Identifier: MIT
 * input/column_fill.c - a row of cells as a record.
 *
 * Runs once a record in every thread: copies nothing but joined texts. */
#include "input/column_names.h"
#include "input/columns.h"

#include "base/error.h"
#include "input/ratings.h"
#include "input/roles.h"
#include "input/times.h"

static ef_slice cell_of(const ef_slice *cells, size_t count, int column)
{
    bool is_there = column >= 0 && (size_t)column < count;
    return is_there ? cells[column] : (ef_slice){ NULL, 0 };
}

static bool is_blank(ef_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] > ' ')
            return false;
    return true;
}

/* Joins the filled text columns with two newlines, so that a title is a sentence of its
 * own. A single one is not copied. */
static bool join_text(ef_cursor *cursor, const ef_slice *cells, size_t count,
                      ef_slice *text)
{
    const ef_columns *columns = &cursor->block->layout->columns;
    ef_slice parts[EF_TEXT_COLUMNS];
    size_t part_count = 0, size = 0;
    for (size_t i = 0; i < columns->text_count; i++) {
        ef_slice part = cell_of(cells, count, columns->text[i]);
        if (is_blank(part))
            continue;
        parts[part_count++] = part;
        size += part.size + 2;
    }
    *text = part_count == 0 ? cell_of(cells, count, columns->text[0]) : parts[0];
    if (part_count < 2)
        return true;
    uint8_t *joined = ef_arena_alloc(&cursor->arena, size);
    if (joined == NULL)
        return false;
    size_t at = 0;
    for (size_t i = 0; i < part_count; i++) {
        if (i > 0) {
            memcpy(joined + at, "\n\n", 2);
            at += 2;
        }
        memcpy(joined + at, parts[i].data, parts[i].size);
        at += parts[i].size;
    }
    *text = (ef_slice){ joined, at };
    return true;
}

/* "true", "1", "yes". */
static bool says_yes(ef_slice cell)
{
    static const char *const words[] = { "true", "1", "yes" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (ef_column_name_equal(cell, ef_slice_of(words[i])))
            return true;
    return false;
}

/* The scale on which a kind of question is answered, where each row has its own kind: the
 * column's, if it is one of those that are usual for the kind. */
static ef_rating_scale scale_of(ef_rating_kind kind, ef_rating_scale column)
{
    bool is_short = column.high == 5, is_effort = column.high == 7;
    switch (kind) {
    case EF_RATING_NPS:
        return (ef_rating_scale){ 0, 10 };
    case EF_RATING_CSAT:
        return is_short ? column : (ef_rating_scale){ 1, 5 };
    case EF_RATING_CES:
        return is_short || is_effort ? column : (ef_rating_scale){ 1, 7 };
    default:
        return column;
    }
}

/* The rating, and the other answers of a survey. */
static void fill_ratings(ef_cursor *cursor, const ef_slice *cells, size_t count,
                         ef_record *record)
{
    const ef_layout *layout = cursor->block->layout;
    const ef_survey_layout *survey = &layout->survey;
    ef_rating_kind kind = survey->kind;
    ef_rating_scale scale = layout->scale;
    if (survey->has_types) {
        kind = ef_rating_kind_named(cell_of(cells, count, survey->types));
        scale = scale_of(kind, scale);
    }
    if (!ef_rating_fill(&record->rating, cell_of(cells, count, layout->columns.rating),
                        scale))
        cursor->counts.bad_ratings++;
    record->rating.kind = kind;
    for (size_t i = 0; i < survey->answer_count; i++) {
        const struct ef_answer_column *answer = &survey->answers[i];
        ef_slice cell = cell_of(cells, count, answer->column);
        if (!ef_rating_fill(&record->answers[i], cell, answer->scale))
            cursor->counts.bad_ratings++;
        record->answers[i].kind = answer->kind;
    }
    record->is_excluded =
        survey->has_excluded && says_yes(cell_of(cells, count, survey->excluded));
}

ef_status ef_columns_fill(ef_cursor *cursor, const ef_slice *cells, size_t cell_count,
                          ef_record *record, ef_error *error)
{
    const ef_layout *layout = cursor->block->layout;
    const ef_columns *columns = &layout->columns;
    record->text = (ef_slice){ NULL, 0 };
    if (columns->text_count > 0 && !join_text(cursor, cells, cell_count, &record->text))
        return ef_error_memory(error);
    cursor->counts.empty += is_blank(record->text);
    record->id = cell_of(cells, cell_count, columns->id);
    record->channel = cell_of(cells, cell_count, columns->channel);
    record->conversation = cell_of(cells, cell_count, columns->conversation);
    record->author = cell_of(cells, cell_count, columns->author);
    record->language = cell_of(cells, cell_count, columns->language);
    record->role = ef_role_of(
        layout, ef_role_named(cell_of(cells, cell_count, columns->role)), record->author);

    fill_ratings(cursor, cells, cell_count, record);

    ef_slice time = cell_of(cells, cell_count, columns->time);
    record->has_time = false;
    record->time_ms = 0;
    if (!is_blank(time)) {
        record->has_time = ef_time_read(time, layout->zone, layout->date_order,
                                        layout->now_ms, &record->time_ms);
        cursor->counts.bad_times += !record->has_time;
    }
    return EF_OK;
}
