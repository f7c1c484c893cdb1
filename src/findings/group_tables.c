/* SPDX-License-Identifier: MIT
 * findings/group_tables.c - products, channels, languages: a row each, and one for the rest.
 *
 * Columns that nobody asked for are shown only if they tell messages apart. */
#include "findings/findings.h"

#include <stdlib.h>

typedef struct row {
    ef_slice name;
    const ef_mood *mood;
} row;

/* Most messages first, then by name. */
static int by_messages(const void *one, const void *two)
{
    const row *a = one, *b = two;
    if (a->mood->n != b->mood->n)
        return a->mood->n < b->mood->n ? 1 : -1;
    size_t size = a->name.size < b->name.size ? a->name.size : b->name.size;
    int order = size == 0 ? 0 : memcmp(a->name.data, b->name.data, size);
    return order != 0 ? order
                      : (a->name.size > b->name.size) - (a->name.size < b->name.size);
}

static bool describe(ef_making *making, ef_group_row *shown, ef_slice name,
                     const ef_mood *mood)
{
    ef_mood_figures figures = ef_mood_figures_of(making, mood);
    *shown = (ef_group_row){ .name = ef_making_keep(making, name),
                             .messages = mood->n,
                             .net = figures.net,
                             .negative = figures.negative,
                             .score = figures.score,
                             .rating = figures.rating };
    return shown->name.data != NULL;
}

static bool fill(ef_making *making, ef_group_table *table, const row *rows, size_t count)
{
    ef_mood rest = { 0 };
    table->count = count < EF_SHOWN_GROUPS ? count : EF_SHOWN_GROUPS;
    table->groups = (int64_t)count;
    table->rows = ef_arena_alloc(making->arena, (table->count + 1) * sizeof *table->rows);
    if (table->rows == NULL)
        return false;
    for (size_t i = 0; i < table->count; i++) {
        ef_slice name = rows[i].name.size > 0 ? rows[i].name : ef_slice_of("(none)");
        if (!describe(making, &table->rows[i], name, rows[i].mood))
            return false;
    }
    for (size_t i = table->count; i < count; i++)
        ef_mood_merge(&rest, rows[i].mood);
    return describe(making, &table->rest, ef_slice_of("all others"), &rest);
}

/* How many values a column has; those that are empty do not tell anything apart. */
static bool tells_apart(const row *rows, size_t count)
{
    size_t named = 0;
    for (size_t i = 0; i < count; i++)
        named += rows[i].name.size > 0;
    return named >= 2;
}

static bool find_table(ef_making *making, size_t column)
{
    const ef_plan *plan = making->tally->plan;
    const ef_group_values *values = &making->tally->groups.columns[column];
    ef_group_table *table = &making->findings->tables[making->findings->table_count];
    row *rows = malloc((values->moods.count + 1) * sizeof *rows);
    size_t at = 0, count = 0;
    uint64_t hash;
    if (rows == NULL)
        return false;
    for (const int64_t *entry; (entry = ef_sums_next(&values->moods, &at, &hash)) != NULL;)
        rows[count++] =
            (row){ ef_group_name(values, entry[0]), (const ef_mood *)(entry + 1) };
    bool is_shown = !values->is_given_up && count > 0 &&
                    (!plan->groups_are_usual || tells_apart(rows, count));
    bool is_good = true;
    if (is_shown) {
        qsort(rows, count, sizeof *rows, by_messages);
        *table = (ef_group_table){ .column = ef_making_keep(making, plan->groups[column]) };
        is_good = table->column.data != NULL && fill(making, table, rows, count);
        making->findings->table_count += is_good; /* half a table has rows of anything */
    }
    free(rows);
    return is_good;
}

bool ef_find_tables(ef_making *making)
{
    size_t columns = making->tally->groups.count;
    making->findings->tables =
        ef_arena_alloc(making->arena, (columns + 1) * sizeof *making->findings->tables);
    if (making->findings->tables == NULL)
        return false;
    for (size_t i = 0; i < columns; i++)
        if (!find_table(making, i))
            return false;
    return true;
}
