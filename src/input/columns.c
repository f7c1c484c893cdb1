/* SPDX-License-Identifier: MIT
 * input/columns.c - which column is the text, and which fills each field of the record.
 *
 * What the user names is taken as it is; the rest is found by name; only the text may be
 * guessed from the cells, because a wrong rating or time would go unnoticed. */
#include "input/columns.h"

#include "base/error.h"
#include "input/column_find.h"
#include "input/ratings.h"
#include "input/roles.h"
#include "input/times.h"

/* One choice in progress: what ef_columns_choose was given. */
typedef struct choice {
    ef_layout *layout;
    const ef_sample *sample;
    ef_error *error;
} choice;

ef_status ef_layout_decide(ef_layout *layout, const char *what, const char *value,
                           const char *why, const char *flag, ef_error *error)
{
    size_t count = layout->decision_count;
    bool is_full = (count & (count - 1)) == 0; /* capacities are powers of two */
    if (is_full) {
        size_t capacity = count == 0 ? 1 : count * 2;
        ef_decision *grown =
            ef_arena_alloc(&layout->arena, capacity * sizeof *layout->decisions);
        if (grown == NULL)
            return ef_error_memory(error);
        if (count > 0)
            memcpy(grown, layout->decisions, count * sizeof *grown);
        layout->decisions = grown;
    }
    ef_decision decision = { ef_arena_copy(&layout->arena, ef_slice_of(what)),
                             ef_arena_copy(&layout->arena, ef_slice_of(value)),
                             ef_arena_copy(&layout->arena, ef_slice_of(why)),
                             ef_arena_copy(&layout->arena, ef_slice_of(flag)) };
    if (decision.what == NULL || decision.value == NULL || decision.why == NULL ||
        decision.flag == NULL)
        return ef_error_memory(error);
    layout->decisions[layout->decision_count++] = decision;
    return EF_OK;
}

/* Column names come from the file: what a terminal would obey is left out. */
static void append_name(ef_buffer *buffer, ef_slice name)
{
    enum { NAME_SHOWN = 40 };
    size_t shown = name.size < NAME_SHOWN ? name.size : NAME_SHOWN;
    while (shown < name.size && shown > 0 && (name.data[shown] & 0xc0) == 0x80)
        shown--;
    for (size_t i = 0; i < shown; i++) {
        bool is_control =
            name.data[i] < ' ' || name.data[i] == 0x7f ||
            (name.data[i] == 0xc2 && i + 1 < shown && name.data[i + 1] < 0xa0);
        ef_buffer_append_byte(buffer, is_control ? '?' : name.data[i]);
    }
    if (shown < name.size)
        ef_buffer_append_text(buffer, "...");
}

static void append_columns(ef_buffer *buffer, const ef_layout *layout)
{
    enum { LISTED = 300 };
    ef_buffer_append_text(buffer, "; columns: ");
    for (size_t i = 0; i < layout->name_count; i++) {
        if (buffer->size > LISTED) {
            ef_buffer_printf(buffer, " and %zu more", layout->name_count - i);
            break;
        }
        if (i > 0)
            ef_buffer_append_text(buffer, ", ");
        append_name(buffer, layout->names[i]);
    }
}

static ef_status fail_column(const choice *it, const char *flag, ef_slice name)
{
    ef_buffer message = { NULL, 0, 0, false };
    ef_buffer_append_text(&message, "no column '");
    append_name(&message, name);
    ef_buffer_printf(&message, "' in '%s' (%s)", it->layout->label, flag);
    int nearest = ef_column_nearest(it->layout, name);
    if (nearest != EF_NO_COLUMN) {
        ef_buffer_append_text(&message, ", did you mean '");
        append_name(&message, it->layout->names[nearest]);
        ef_buffer_append_text(&message, "'?");
    }
    append_columns(&message, it->layout);
    ef_status status =
        ef_error_set(it->error, EF_ERR_ARGUMENT, "%s", ef_buffer_text(&message));
    ef_buffer_release(&message);
    return status;
}

void ef_flag_quote(ef_buffer *buffer, ef_slice text)
{
    bool is_plain = text.size > 0;
    for (size_t i = 0; i < text.size; i++) {
        uint8_t byte = text.data[i];
        bool is_word = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                       (byte >= 'A' && byte <= 'Z') ||
                       (byte != 0 && strchr("_-.,:/", byte));
        is_plain = is_plain && is_word;
    }
    if (is_plain) {
        ef_buffer_append_slice(buffer, text);
        return;
    }
    ef_buffer_append_byte(buffer, '\'');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\'')
            ef_buffer_append_text(buffer, "'\\''");
        else
            ef_buffer_append_byte(buffer, text.data[i]);
    }
    ef_buffer_append_byte(buffer, '\'');
}

/* The name of a column as an option finds it again, else its number. */
static void append_reference(ef_buffer *buffer, const choice *it, int column)
{
    ef_slice name = it->layout->names[column];
    bool is_name = it->sample->has_names && name.size > 0 &&
                   ef_column_find(it->layout, name) == column;
    for (size_t i = 0; i < name.size; i++)
        is_name =
            is_name && name.data[i] >= ' ' && name.data[i] != 0x7f && name.data[i] != ',';
    if (is_name)
        ef_buffer_append_slice(buffer, name);
    else
        ef_buffer_append_int(buffer, column + 1);
}

static ef_status decide_columns(const choice *it, const char *what, const int *columns,
                                size_t count, const char *why)
{
    ef_buffer value = { NULL, 0, 0, false }, flag = { NULL, 0, 0, false };
    ef_buffer references = { NULL, 0, 0, false };
    for (size_t i = 0; i < count; i++) {
        ef_buffer_append_text(&value, i > 0 ? ", " : "");
        append_name(&value, it->layout->names[columns[i]]);
        ef_buffer_append_text(&references, i > 0 ? "," : "");
        append_reference(&references, it, columns[i]);
    }
    bool has_flag = strcmp(what, "language") != 0; /* no option names this one */
    if (has_flag) {
        ef_buffer_printf(&flag, "--%s ", what);
        ef_flag_quote(&flag, ef_buffer_slice(&references));
    }
    ef_status status = value.failed || flag.failed || references.failed
                           ? ef_error_memory(it->error)
                           : ef_layout_decide(it->layout, what, ef_buffer_text(&value), why,
                                              ef_buffer_text(&flag), it->error);
    ef_buffer_release(&references);
    ef_buffer_release(&value);
    ef_buffer_release(&flag);
    return status;
}

static ef_status choose_one(const choice *it, const char *what, const char *option,
                            ef_column_field field, int *column)
{
    *column = EF_NO_COLUMN;
    if (option != NULL && *option == '\0')
        return EF_OK; /* an empty name: the user wants none */
    if (option != NULL) {
        *column = ef_column_find(it->layout, ef_slice_of(option));
        if (*column == EF_NO_COLUMN) {
            char flag[32] = "--";
            strncat(flag, what, sizeof flag - 3);
            return fail_column(it, flag, ef_slice_of(option));
        }
        return decide_columns(it, what, column, 1, "as asked for");
    }
    *column = ef_column_guess(it->layout, it->sample, field);
    if (*column == EF_NO_COLUMN)
        return EF_OK;
    return decide_columns(it, what, column, 1, "a known name");
}

/* The longest part of the list up to a comma that is a column: names may hold commas. */
static int next_listed(const ef_layout *layout, ef_slice *list, ef_slice *first)
{
    ef_slice part = *list;
    for (;;) {
        int column = ef_column_find(layout, part);
        size_t comma = part.size;
        while (comma > 0 && part.data[comma - 1] != ',')
            comma--;
        if (column != EF_NO_COLUMN || comma == 0) {
            *first = part;
            size_t taken = part.size < list->size ? part.size + 1 : part.size;
            *list = (ef_slice){ list->data + taken, list->size - taken };
            return column;
        }
        part.size = comma - 1;
    }
}

static ef_status choose_named_text(const choice *it, const char *option)
{
    ef_columns *columns = &it->layout->columns;
    ef_slice list = ef_slice_of(option), name;
    do {
        int column = next_listed(it->layout, &list, &name);
        if (column == EF_NO_COLUMN)
            return fail_column(it, "--text", name);
        if (columns->text_count == EF_TEXT_COLUMNS)
            return ef_error_set(it->error, EF_ERR_ARGUMENT,
                                "more than %d columns in --text", EF_TEXT_COLUMNS);
        columns->text[columns->text_count++] = column;
    } while (list.size > 0);
    return decide_columns(it, "text", columns->text, columns->text_count, "as asked for");
}

static ef_status fail_text(const choice *it)
{
    ef_buffer message = { NULL, 0, 0, false };
    ef_buffer_printf(&message, "no column of '%s' looks like text: choose with --text",
                     it->layout->label);
    append_columns(&message, it->layout);
    ef_status status =
        ef_error_set(it->error, EF_ERR_ARGUMENT, "%s", ef_buffer_text(&message));
    ef_buffer_release(&message);
    return status;
}

static ef_status choose_text(const choice *it, const char *option)
{
    ef_columns *columns = &it->layout->columns;
    columns->text_count = 0;
    if (option != NULL)
        return choose_named_text(it, option);
    int text = ef_column_guess(it->layout, it->sample, EF_COLUMN_TEXT);
    bool is_known = text != EF_NO_COLUMN;
    if (!is_known)
        text = ef_column_longest(it->layout, it->sample);
    if (text == EF_NO_COLUMN)
        return fail_text(it);
    const char *why = is_known ? "a known name" : "the longest text of all columns";
    int title = ef_column_guess(it->layout, it->sample, EF_COLUMN_TITLE);
    if (title != EF_NO_COLUMN && title != text) {
        columns->text[columns->text_count++] = title;
        why = is_known ? "known names, the title first"
                       : "a title, and the longest text of all columns";
    }
    columns->text[columns->text_count++] = text;
    return decide_columns(it, "text", columns->text, columns->text_count, why);
}

static const ef_slice *column_cells(const ef_sample *sample, int column)
{
    return sample->rows == 0 ? NULL : sample->cells + column;
}

/* The kind of survey if all rows tell the same one: it settles the scale. */
static ef_slice survey_type(const choice *it)
{
    const ef_sample *sample = it->sample;
    int column = sample->has_names ? ef_column_find(it->layout, ef_slice_of("survey_type"))
                                   : EF_NO_COLUMN;
    ef_slice type = { NULL, 0 };
    for (size_t row = 0; column != EF_NO_COLUMN && row < sample->rows; row++) {
        ef_slice cell = sample->cells[row * sample->column_count + (size_t)column];
        if (row > 0 && !ef_column_name_equal(cell, type))
            return (ef_slice){ NULL, 0 };
        type = cell;
    }
    return type;
}

/* Without printf, whose decimal point follows the locale. */
static void append_bound(ef_buffer *buffer, double bound)
{
    int64_t tenths = (int64_t)(bound * 10 + 0.5);
    ef_buffer_append_int(buffer, tenths / 10);
    if (tenths % 10 != 0) {
        ef_buffer_append_byte(buffer, '.');
        ef_buffer_append_int(buffer, tenths % 10);
    }
}

/* Columns of other kinds of ratings than the first one's: a survey may ask several things.
 */
static void find_answers(const choice *it)
{
    ef_layout *layout = it->layout;
    const ef_sample *sample = it->sample;
    ef_survey_layout *survey = &layout->survey;
    unsigned seen = 1u << survey->kind | 1u << EF_RATING_PLAIN;
    for (size_t i = 0; i < layout->name_count && survey->answer_count < EF_FURTHER_ANSWERS;
         i++) {
        ef_slice name = ef_column_tail(layout->names[i]);
        ef_rating_kind kind = ef_rating_kind_named(name);
        const char *why;
        if ((int)i == layout->columns.rating || (seen >> kind & 1) != 0)
            continue;
        seen |= 1u << kind;
        survey->answers[survey->answer_count++] =
            (struct ef_answer_column){ (int)i, kind,
                                       ef_rating_decide(column_cells(sample, (int)i),
                                                        sample->rows, sample->column_count,
                                                        name, &layout->arena, &why) };
    }
}

/* What the rating answers, what else was asked, and which rows do not count. */
static ef_status choose_survey(const choice *it)
{
    static const char *const kinds[] = { "", "nps", "csat", "ces" };
    static const char *const excluding[] = { "excluded_from_calculations", "excluded",
                                             "test_mode", "is_test" };
    ef_layout *layout = it->layout;
    ef_survey_layout *survey = &layout->survey;
    if (!it->sample->has_names || layout->columns.rating == EF_NO_COLUMN)
        return EF_OK;
    int types = ef_column_find(layout, ef_slice_of("survey_type"));
    survey->has_types = types != EF_NO_COLUMN;
    survey->types = types;
    for (size_t i = 0; i < sizeof excluding / sizeof excluding[0]; i++) {
        int column = ef_column_find(layout, ef_slice_of(excluding[i]));
        if (column != EF_NO_COLUMN && !survey->has_excluded) {
            survey->has_excluded = true;
            survey->excluded = column;
        }
    }
    ef_slice name = ef_column_tail(layout->names[layout->columns.rating]);
    survey->kind = ef_rating_kind_named(name);
    find_answers(it);
    if (survey->has_types)
        return ef_layout_decide(layout, "survey", "by row", "a column says what was asked",
                                "", it->error);
    if (survey->kind == EF_RATING_PLAIN)
        return EF_OK;
    return ef_layout_decide(layout, "survey", kinds[survey->kind],
                            "the name of the rating's column", "", it->error);
}

static ef_status choose_scale(const choice *it, const char *option)
{
    ef_layout *layout = it->layout;
    const ef_sample *sample = it->sample;
    const char *why = "as asked for";
    if (option != NULL && !ef_rating_scale_parse(option, &layout->scale))
        return ef_error_set(it->error, EF_ERR_ARGUMENT,
                            "bad rating scale '%s': write it as 1-5", option);
    int column = layout->columns.rating;
    if (column == EF_NO_COLUMN)
        return EF_OK;
    if (option == NULL) {
        ef_slice name = survey_type(it);
        if (name.size == 0 && sample->has_names)
            name = ef_column_tail(layout->names[column]);
        layout->scale = ef_rating_decide(column_cells(sample, column), sample->rows,
                                         sample->column_count, name, &layout->arena, &why);
    }
    if (layout->scale.low >= layout->scale.high)
        return ef_layout_decide(layout, "rating scale", "none", why, "", it->error);
    ef_buffer value = { NULL, 0, 0, false }, flag = { NULL, 0, 0, false };
    append_bound(&value, layout->scale.low);
    ef_buffer_append_byte(&value, '-');
    append_bound(&value, layout->scale.high);
    ef_buffer_printf(&flag, "--rating-scale %s", ef_buffer_text(&value));
    ef_status status =
        value.failed || flag.failed
            ? ef_error_memory(it->error)
            : ef_layout_decide(layout, "rating scale", ef_buffer_text(&value), why,
                               ef_buffer_text(&flag), it->error);
    ef_buffer_release(&value);
    ef_buffer_release(&flag);
    return status;
}

ef_status ef_layout_date_order(ef_layout *layout, const char *option, const ef_slice *cells,
                               size_t count, size_t stride, ef_error *error)
{
    static const struct {
        const char *name, *words, *flag;
    } orders[] = {
        [EF_DATE_UNKNOWN] = { "", "day first if in doubt", "--date-order dmy" },
        [EF_DATE_DMY] = { "dmy", "day first", "--date-order dmy" },
        [EF_DATE_MDY] = { "mdy", "month first", "--date-order mdy" },
        [EF_DATE_YMD] = { "ymd", "year first", "--date-order ymd" },
    };
    const char *why = "as asked for";
    ef_date_order order = EF_DATE_UNKNOWN;
    if (option != NULL) {
        for (ef_date_order i = EF_DATE_DMY; i <= EF_DATE_YMD; i++)
            if (strcmp(option, orders[i].name) == 0)
                order = i;
        if (order == EF_DATE_UNKNOWN)
            return ef_error_set(error, EF_ERR_ARGUMENT,
                                "bad date order '%s': it is dmy, mdy or ymd", option);
    } else {
        order = ef_date_order_decide(cells, count, stride, &why);
    }
    layout->date_order = order;
    if (why[0] == '\0')
        return EF_OK;
    return ef_layout_decide(layout, "date order", orders[order].words, why,
                            orders[order].flag, error);
}

static ef_status choose_date_order(const choice *it, const char *option)
{
    const ef_sample *sample = it->sample;
    int column = it->layout->columns.time;
    bool has_times = column != EF_NO_COLUMN;
    if (!has_times && option == NULL)
        return EF_OK;
    return ef_layout_date_order(
        it->layout, option, has_times ? column_cells(sample, column) : NULL,
        has_times ? sample->rows : 0, sample->column_count, it->error);
}

ef_status ef_columns_choose(ef_layout *layout, const ef_reader_options *options,
                            const ef_sample *sample, ef_error *error)
{
    choice it = { layout, sample, error };
    ef_columns *columns = &layout->columns;
    const struct {
        const char *what, *option;
        ef_column_field field;
        int *column;
    } fields[] = {
        { "id", options->id, EF_COLUMN_ID, &columns->id },
        { "time", options->time, EF_COLUMN_TIME, &columns->time },
        { "rating", options->rating, EF_COLUMN_RATING, &columns->rating },
        { "author", options->author, EF_COLUMN_AUTHOR, &columns->author },
        { "role", options->role, EF_COLUMN_ROLE, &columns->role },
        { "channel", options->channel, EF_COLUMN_CHANNEL, &columns->channel },
        { "conversation", options->conversation, EF_COLUMN_CONVERSATION,
          &columns->conversation },
        { "language", NULL, EF_COLUMN_LANGUAGE, &columns->language },
    };
    ef_status status = choose_text(&it, options->text);
    for (size_t i = 0; status == EF_OK && i < sizeof fields / sizeof fields[0]; i++)
        status = choose_one(&it, fields[i].what, fields[i].option, fields[i].field,
                            fields[i].column);
    if (status == EF_OK)
        status = ef_role_decide(layout, error);
    if (status == EF_OK)
        status = choose_scale(&it, options->rating_scale);
    if (status == EF_OK)
        status = choose_survey(&it);
    if (status == EF_OK)
        status = choose_date_order(&it, options->date_order);
    return status;
}
