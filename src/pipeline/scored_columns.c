/* SPDX-License-Identifier: MIT
 * pipeline/scored_columns.c - scores that stand in an input already. */
#include "pipeline/scored_columns.h"

#include <assert.h>

/* What must be there for columns to be a score; the rest may be left out. */
static const char *const needed[] = { "label",     "score",      "p_negative",
                                      "p_neutral", "p_positive", "mixed" };

static bool ends_in(ef_slice name, const char *field)
{
    size_t size = strlen(field);
    return name.size > size + 1 && name.data[name.size - size - 1] == '.' &&
           memcmp(name.data + name.size - size, field, size) == 0;
}

/* The column PREFIX.FIELD. */
static int find(const ef_layout *layout, ef_slice prefix, const char *field)
{
    for (size_t i = 0; i < layout->name_count; i++) {
        ef_slice name = layout->names[i];
        if (ends_in(name, field) && name.size == prefix.size + 1 + strlen(field) &&
            memcmp(name.data, prefix.data, prefix.size) == 0)
            return (int)i;
    }
    return EF_NO_COLUMN;
}

static bool are_there(const ef_layout *layout, ef_slice prefix)
{
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (find(layout, prefix, needed[i]) == EF_NO_COLUMN)
            return false;
    return true;
}

static void take(ef_scored_columns *scored, const ef_layout *layout, ef_slice prefix)
{
    const char *name;
    scored->fields = ef_score_fields_of(NULL);
    for (size_t i = 0; (name = ef_score_field_name(scored->fields, i)) != NULL; i++) {
        assert(i < EF_MOST_SCORE_FIELDS);
        scored->columns[i] = find(layout, prefix, name);
        if (strcmp(name, "language") == 0)
            scored->language = scored->columns[i];
    }
}

void ef_scored_columns_find(ef_scored_columns *scored, const ef_layout *layout)
{
    *scored = (ef_scored_columns){ .language = EF_NO_COLUMN };
    for (size_t i = 0; i < layout->name_count; i++) {
        ef_slice name = layout->names[i];
        ef_slice prefix = { name.data, ends_in(name, "label") ? name.size - 6 : 0 };
        if (prefix.size > 0 && are_there(layout, prefix)) {
            take(scored, layout, prefix);
            return;
        }
    }
}

bool ef_scored_columns_read(const ef_scored_columns *scored, const ef_record *record,
                            ef_score *score)
{
    *score = (ef_score){ 0 };
    for (size_t i = 0; ef_score_field_name(scored->fields, i) != NULL; i++) {
        int column = scored->columns[i];
        ef_slice value = { NULL, 0 };
        if (column != EF_NO_COLUMN && (size_t)column < record->field_count)
            value = record->fields[column];
        if (!ef_score_read(score, scored->fields, i, value))
            return false;
    }
    return true;
}
