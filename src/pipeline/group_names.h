/* SPDX-License-Identifier: MIT
 * pipeline/group_names.h - the values of a column, numbered in the order they appear.
 *
 * They are kept sorted and found by halving, so no choice of values makes that slow. */
#ifndef EARFUL_PIPELINE_GROUP_NAMES_H
#define EARFUL_PIPELINE_GROUP_NAMES_H

#include "base/buffer.h"
#include "earful/status.h"

enum { EF_GROUP_LIMIT = 10000 };

typedef struct ef_group_names { /* zero-initialise */
    ef_buffer bytes;
    ef_buffer begins; /* uint64_t: where each name begins in bytes; one ends at the next */
    ef_buffer order;  /* uint32_t: numbers of the names, ascending by bytes */
} ef_group_names;

/* The number of a name, added if it is new. Fails with EF_ERR_LIMIT, EF_ERR_MEMORY. */
ef_status ef_group_names_number(ef_group_names *names, ef_slice name, uint32_t *number,
                                ef_error *error);
size_t ef_group_names_count(const ef_group_names *names);
/* Valid until the next name is added. */
ef_slice ef_group_names_at(const ef_group_names *names, size_t number);
void ef_group_names_release(ef_group_names *names);

#endif
