/* SPDX-License-Identifier: MIT
 * pipeline/filter.c - only records whose columns have certain values: COL=VALUE. */
#include "pipeline/filter.h"

#include "base/error.h"
#include "input/column_find.h"
#include "input/pseudonymize.h"

#include <stdlib.h>

static bool is_same(ef_slice a, ef_slice b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

ef_status ef_filter_init(ef_filter *filter, const char *const *where, size_t count,
                         ef_error *error)
{
    *filter = (ef_filter){ 0 };
    if (count == 0)
        return EF_OK;
    filter->conditions = calloc(count, sizeof *filter->conditions);
    if (filter->conditions == NULL)
        return ef_error_memory(error);
    filter->count = count;
    for (size_t i = 0; i < count; i++) {
        const char *equals = strchr(where[i], '=');
        if (equals == NULL || equals == where[i]) {
            ef_filter_release(filter);
            return ef_error_set(error, EF_ERR_ARGUMENT,
                                "'%s' is no condition: write COL=VALUE", where[i]);
        }
        ef_condition *condition = &filter->conditions[i];
        condition->column =
            (ef_slice){ (const uint8_t *)where[i], (size_t)(equals - where[i]) };
        condition->value = ef_slice_of(equals + 1);
    }
    return EF_OK;
}

void ef_filter_release(ef_filter *filter)
{
    free(filter->conditions);
    *filter = (ef_filter){ 0 };
}

ef_status ef_filter_enter(ef_filter *filter, const ef_layout *layout, ef_error *error)
{
    if (filter->layout == layout)
        return EF_OK;
    for (size_t i = 0; i < filter->count; i++) {
        int found = ef_column_find(layout, filter->conditions[i].column);
        if (found == EF_NO_COLUMN)
            return ef_column_missing(layout, filter->conditions[i].column, error);
        filter->conditions[i].index = (size_t)found;
        filter->conditions[i].is_pseudonymized = ef_is_pseudonymized(layout, found);
        if (filter->conditions[i].is_pseudonymized)
            ef_pseudonym_make(layout->pseudonymized->key, filter->conditions[i].value,
                              filter->conditions[i].pseudonym);
    }
    filter->layout = layout;
    return EF_OK;
}

bool ef_filter_holds(const ef_filter *filter, const ef_record *record)
{
    for (size_t i = 0; i < filter->count; i++) {
        const ef_condition *condition = &filter->conditions[i];
        ef_slice cell = { NULL, 0 };
        if (condition->index < record->field_count)
            cell = record->fields[condition->index];
        ef_slice value = condition->value;
        if (condition->is_pseudonymized && value.size > 0)
            value = (ef_slice){ condition->pseudonym, sizeof condition->pseudonym };
        if (!is_same(cell, value))
            return false;
    }
    return true;
}
