/* SPDX-License-Identifier: MIT
 * pipeline/labelled.c - records of which something is known to be right. */
#include "pipeline/labelled.h"

#include <strings.h>

#include "input/column_find.h"
#include "input/reader.h"
#include "model/counts.h"

enum {
    NEUTRAL_HALF = 2500, /* of a scale of -10000..10000: its middle fourth */
    WEAK_WEIGHT = 30     /* stars in the middle do not say that the text is neutral */
};

int ef_label_read(ef_slice word)
{
    static const struct {
        const char *name;
        int label;
    } names[] = { { "negative", EF_NEGATIVE }, { "neg", EF_NEGATIVE },
                  { "neutral", EF_NEUTRAL },   { "neu", EF_NEUTRAL },
                  { "positive", EF_POSITIVE }, { "pos", EF_POSITIVE } };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == word.size &&
            strncasecmp(names[i].name, (const char *)word.data, word.size) == 0)
            return names[i].label;
    return -1;
}

ef_status ef_labelled_open(ef_labelled *labelled, const ef_reader_options *options,
                           const ef_labelling *how, ef_error *error)
{
    *labelled = (ef_labelled){ .how = *how };
    ef_status status =
        ef_filter_init(&labelled->filter, how->where, how->where_count, error);
    if (status == EF_OK)
        status = ef_reader_new(&labelled->reader, options, error);
    if (status != EF_OK)
        ef_labelled_close(labelled);
    return status;
}

void ef_labelled_close(ef_labelled *labelled)
{
    ef_filter_release(&labelled->filter);
    ef_reader_free(labelled->reader);
    labelled->reader = NULL;
}

static ef_status find_column(const ef_layout *layout, const char *name, int *column,
                             ef_error *error)
{
    *column = EF_NO_COLUMN;
    if (name == NULL)
        return EF_OK;
    *column = ef_column_find(layout, ef_slice_of(name));
    return *column == EF_NO_COLUMN ? ef_column_missing(layout, ef_slice_of(name), error)
                                   : EF_OK;
}

/* A file without a rating that has a column called label, as `earful review` writes it. */
static const char *label_of(const ef_labelled *l, const ef_layout *layout)
{
    bool is_labelled = layout->columns.rating == EF_NO_COLUMN &&
                       ef_column_find(layout, ef_slice_of("label")) != EF_NO_COLUMN;
    return l->how.label == NULL && is_labelled ? "label" : l->how.label;
}

static ef_status enter(ef_labelled *l, const ef_layout *layout, ef_error *error)
{
    if (l->layout == layout)
        return EF_OK;
    ef_status status =
        find_column(layout, label_of(l, layout), &l->label_column, error);
    if (status == EF_OK)
        status = find_column(layout, l->how.group, &l->group_column, error);
    if (status == EF_OK)
        status = ef_filter_enter(&l->filter, layout, error);
    l->layout = layout;
    return status;
}

static ef_slice cell(const ef_record *record, int column)
{
    bool is_there = column >= 0 && (size_t)column < record->field_count;
    return is_there ? record->fields[column] : (ef_slice){ NULL, 0 };
}

static void read_rating(ef_labelled *l)
{
    const ef_rating *rating = &l->record.rating;
    l->label = -1;
    if (!rating->is_known)
        return;
    if (rating->scaled <= -NEUTRAL_HALF) {
        l->label = EF_NEGATIVE;
    } else if (rating->scaled >= NEUTRAL_HALF) {
        l->label = EF_POSITIVE;
    } else {
        l->label = EF_NEUTRAL;
        l->weight = WEAK_WEIGHT;
    }
}

ef_status ef_labelled_next(ef_labelled *l, ef_error *error)
{
    ef_status status;
    do {
        status = ef_reader_next(l->reader, &l->record, error);
        if (status == EF_OK)
            status = enter(l, ef_reader_layout(l->reader), error);
        if (status != EF_OK)
            return status;
    } while (!ef_filter_holds(&l->filter, &l->record));
    l->weight = EF_WHOLE_WEIGHT;
    l->group = cell(&l->record, l->group_column);
    if (l->label_column == EF_NO_COLUMN)
        read_rating(l);
    else
        l->label = ef_label_read(cell(&l->record, l->label_column));
    return EF_OK;
}
