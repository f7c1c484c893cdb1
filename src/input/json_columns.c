/* SPDX-License-Identifier: MIT
 * input/json_columns.c - the columns of JSON records, decided from a sample.
 *
 * First the columns are taken from the records as they are. If the text turns out to be an
 * array of objects, it lies deeper, and the columns are taken again from inside the arrays:
 * so a plain export gets plain columns. */
#include "base/error.h"
#include "input/columns.h"
#include "input/json_record.h"

/* Rows that are shown to the column chooser: enough to see a scale and an order of dates.
 */
enum { SAMPLE_ROWS = 4096, SAMPLE_CELLS = 1 << 18 };

typedef struct opening {
    ef_layout *layout;
    const ef_reader_options *options;
    const ef_kernels *kernels;
    const ef_slice *records;
    size_t count;
    ef_arena scratch;
} opening;

static bool shape_sample(opening *o, ef_json_shape *shape, bool is_deep)
{
    if (!ef_json_shape_init(shape, &o->scratch, is_deep))
        return false;
    for (size_t i = 0; i < o->count; i++)
        if (!ef_json_shape_add(shape, &o->scratch, o->kernels, o->records[i]))
            return false;
    o->layout->name_count = 0;
    if (!ef_json_shape_finish(shape, &o->layout->arena, &o->layout->names))
        return false;
    o->layout->name_count = shape->column_count;
    return true;
}

/* Reads the sample's records as rows of cells. What is not JSON makes no row. */
static ef_status read_rows(opening *o, const ef_json_shape *shape, ef_sample *sample)
{
    size_t columns = shape->column_count == 0 ? 1 : shape->column_count;
    size_t rows = o->count < SAMPLE_ROWS ? o->count : SAMPLE_ROWS;
    if (rows > SAMPLE_CELLS / columns)
        rows = SAMPLE_CELLS / columns;
    ef_slice *cells = ef_arena_alloc(&o->scratch, rows * columns * sizeof *cells);
    ef_json_reader reader = { 0 };
    if (cells == NULL || !ef_json_reader_fit(&reader, shape)) {
        ef_json_reader_release(&reader);
        return EF_ERR_MEMORY;
    }
    *sample = (ef_sample){ .cells = cells,
                           .column_count = shape->column_count,
                           .has_names = true };
    ef_status status = EF_OK;
    for (size_t i = 0; i < o->count && sample->rows < rows && status != EF_ERR_MEMORY;
         i++) {
        ef_json_pull pull;
        ef_json_pull_init(&pull, o->kernels, o->records[i].data, o->records[i].size);
        status = ef_json_read_cells(&reader, shape, &o->scratch, &pull);
        if (status == EF_OK)
            memcpy(cells + sample->rows++ * shape->column_count, reader.cells,
                   shape->column_count * sizeof *cells);
    }
    ef_json_reader_release(&reader);
    return status == EF_ERR_MEMORY ? status : EF_OK;
}

static ef_status choose(opening *o, ef_json_shape *shape, bool is_deep, ef_error *error)
{
    ef_sample sample;
    if (!shape_sample(o, shape, is_deep) || read_rows(o, shape, &sample) != EF_OK)
        return ef_error_memory(error);
    return ef_columns_choose(o->layout, o->options, &sample, error);
}

/* A user who names a column inside an array wants the deep shape from the start. */
static bool asks_for_lists(const ef_reader_options *options)
{
    const char *names[] = { options->text,    options->id,          options->time,
                            options->rating,  options->role,        options->author,
                            options->channel, options->conversation };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i] != NULL && strstr(names[i], "[]") != NULL)
            return true;
    return false;
}

static bool text_is_list(const ef_layout *layout, const ef_json_shape *shape)
{
    for (size_t i = 0; i < layout->columns.text_count; i++)
        if (ef_json_shape_is_list(shape, layout->columns.text[i]))
            return true;
    return false;
}

/* Two paths may give one name: {"a.b":…} and {"a":{"b":…}}. The second is name.2. */
static bool tell_names_apart(ef_layout *layout)
{
    /* From the last to the first, so that names compared with are still as they were. */
    for (size_t i = layout->name_count; i-- > 1;) {
        ef_slice *name = &layout->names[i];
        size_t same = 1;
        for (size_t j = 0; j < i; j++)
            same += layout->names[j].size == name->size &&
                    memcmp(layout->names[j].data, name->data, name->size) == 0;
        if (same == 1)
            continue;
        ef_buffer text = { 0 };
        ef_buffer_append_slice(&text, *name);
        ef_buffer_printf(&text, ".%zu", same);
        char *copy =
            text.failed ? NULL : ef_arena_copy(&layout->arena, ef_buffer_slice(&text));
        *name = (ef_slice){ (uint8_t *)copy, text.size };
        ef_buffer_release(&text);
        if (copy == NULL)
            return false;
    }
    return true;
}

static ef_status open_columns(opening *o, ef_json_shape *shape, ef_error *error)
{
    ef_layout *layout = o->layout;
    const ef_layout before = *layout;
    bool is_deep = asks_for_lists(o->options);
    ef_status status = choose(o, shape, is_deep, error);
    if (!is_deep && status == EF_OK && text_is_list(layout, shape)) {
        layout->columns = before.columns;
        layout->scale = before.scale;
        layout->date_order = before.date_order;
        layout->decision_count = before.decision_count;
        status = choose(o, shape, true, error);
    }
    if (status == EF_OK && !tell_names_apart(layout))
        status = ef_error_memory(error);
    return status;
}

ef_status ef_json_open_columns(ef_layout *layout, ef_json_shape *shape,
                               const ef_reader_options *options, const ef_slice *records,
                               size_t count, ef_error *error)
{
    if (count == 0)
        return ef_error_set(error, EF_ERR_FORMAT,
                            "no whole JSON object in the first bytes of '%s'",
                            layout->label);
    opening o = { .layout = layout,
                  .options = options,
                  .records = records,
                  .count = count,
                  .kernels = ef_kernels_select(NULL) };
    ef_status status = open_columns(&o, shape, error);
    if (status == EF_OK)
        ef_json_shape_mark_text(shape, &layout->columns);
    ef_arena_release(&o.scratch);
    return status;
}
