/* SPDX-License-Identifier: MIT
 * pipeline/filter.h - only records whose columns have certain values: COL=VALUE.
 *
 * COL is found as --text finds it: a name, or a number from 1. VALUE is compared byte by
 * byte; a missing cell is empty. All conditions must hold. */
#ifndef EARFUL_PIPELINE_FILTER_H
#define EARFUL_PIPELINE_FILTER_H

#include "earful/app/pseudonym.h"
#include "input/format.h"

typedef struct ef_condition {
    ef_slice column, value;
    size_t index; /* of the column, in the layout at hand */
    bool is_pseudonymized; /* there: then it is compared as its stand-in */
    uint8_t pseudonym[EF_PSEUDONYM_SIZE];
} ef_condition;

/* Belongs to one thread. */
typedef struct ef_filter {
    ef_condition *conditions;
    size_t count;
    const ef_layout *layout; /* that the indices are of */
} ef_filter;

/* Takes conditions apart; their strings must outlive the filter. EF_ERR_ARGUMENT for one
 * without "=", EF_ERR_MEMORY. */
ef_status ef_filter_init(ef_filter *filter, const char *const *where, size_t count,
                         ef_error *error);
void ef_filter_release(ef_filter *filter);

/* Prepares for records of a layout. EF_ERR_ARGUMENT when it lacks a column. */
ef_status ef_filter_enter(ef_filter *filter, const ef_layout *layout, ef_error *error);

bool ef_filter_holds(const ef_filter *filter, const ef_record *record);

#endif
