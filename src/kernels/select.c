/* SPDX-License-Identifier: MIT
 * kernels/select.c - the table of kernel sets, and the choice among them.
 *
 * The reference stands first; of the others a later one is faster, so the choice goes
 * from the end. */
#include "kernels/kernels.h"

#include <string.h>

#include "kernels/sets.h"

static const ef_kernels *const sets[] = {
    &ef_kernels_scalar,
#ifdef __x86_64__
    &ef_kernels_avx2,
    &ef_kernels_avx512,
#endif
#ifdef __aarch64__
    &ef_kernels_neon,
#endif
};

enum { SET_COUNT = sizeof sets / sizeof sets[0] };

const ef_kernels *ef_kernels_at(size_t index)
{
    return index < SET_COUNT ? sets[index] : NULL;
}

const ef_kernels *ef_kernels_select(const char *name)
{
    for (size_t i = SET_COUNT; i-- > 0;) {
        bool is_meant = name == NULL || strcmp(name, sets[i]->name) == 0;
        if (is_meant && sets[i]->is_supported())
            return sets[i];
    }
    return NULL;
}
