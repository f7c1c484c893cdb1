/* SPDX-License-Identifier: MIT
 * input/sniff.c - what an input is, for a user who asks.
 *
 * A reader is made and brought to its first layout, as for reading; its decisions are
 * copied. So what sniff prints is what reading does. */
#include "earful/app/sniff.h"

#include <stdlib.h>

#include "base/error.h"
#include "input/choose.h"
#include "input/reader.h"

struct ef_sniffed {
    ef_arena arena; /* owns all below */
    ef_decision *decisions;
    size_t count;
    const char *flags;
};

static bool copy_decision(ef_arena *arena, ef_decision *copy, const ef_decision *decision)
{
    copy->what = ef_arena_copy(arena, ef_slice_of(decision->what));
    copy->value = ef_arena_copy(arena, ef_slice_of(decision->value));
    copy->why = ef_arena_copy(arena, ef_slice_of(decision->why));
    copy->flag = ef_arena_copy(arena, ef_slice_of(decision->flag));
    return copy->what != NULL && copy->value != NULL && copy->why != NULL &&
           copy->flag != NULL;
}

static bool copy_layout(ef_sniffed *sniffed, const ef_layout *layout)
{
    ef_buffer flags = { 0 };
    ef_arena *arena = &sniffed->arena;
    sniffed->decisions =
        ef_arena_alloc(arena, layout->decision_count * sizeof *sniffed->decisions);
    if (sniffed->decisions == NULL)
        return false;
    for (; sniffed->count < layout->decision_count; sniffed->count++)
        if (!copy_decision(arena, &sniffed->decisions[sniffed->count],
                           &layout->decisions[sniffed->count]))
            return false;
    bool is_done = ef_layout_flags(layout, &flags);
    if (is_done)
        sniffed->flags = ef_arena_copy(arena, ef_buffer_slice(&flags));
    ef_buffer_release(&flags);
    return is_done && sniffed->flags != NULL;
}

ef_status ef_sniff(ef_sniffed **made, const ef_reader_options *options, ef_error *error)
{
    ef_reader *reader;
    const ef_layout *layout = NULL;
    *made = NULL;
    ef_status status = ef_reader_new(&reader, options, error);
    if (status != EF_OK)
        return status;
    status = ef_reader_first_layout(reader, &layout, error);
    if (status == EF_END)
        status =
            ef_error_set(error, EF_ERR_FORMAT, "there is nothing to read in the input");
    ef_sniffed *sniffed = status == EF_OK ? calloc(1, sizeof *sniffed) : NULL;
    if (status == EF_OK && (sniffed == NULL || !copy_layout(sniffed, layout))) {
        ef_sniffed_free(sniffed);
        sniffed = NULL;
        status = ef_error_memory(error);
    }
    ef_reader_free(reader);
    *made = sniffed;
    return status;
}

const ef_decision *ef_sniffed_decisions(const ef_sniffed *sniffed, size_t *count)
{
    *count = sniffed->count;
    return sniffed->decisions;
}

const char *ef_sniffed_flags(const ef_sniffed *sniffed)
{
    return sniffed->flags;
}

void ef_sniffed_free(ef_sniffed *sniffed)
{
    if (sniffed != NULL)
        ef_arena_release(&sniffed->arena);
    free(sniffed);
}
