/* SPDX-License-Identifier: MIT
 * model/quantize.c - float weights into the slots of a model. */
#include "model/quantize.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum { NOBODY = UINT32_MAX };

static int8_t rounded(float weight)
{
    float limited = fmaxf(-127, fminf(127, weight));
    return (int8_t)lrintf(limited);
}

/* How much a model loses without the feature. */
static double importance(const ef_counts *counts, const ef_weight *w, size_t feature)
{
    return (abs(w->polarity) + abs(w->neutrality)) * sqrt(counts->texts_with[feature]);
}

ef_status ef_weights_place(const ef_counts *counts, const ef_float_weights *weights,
                           unsigned slot_bits, ef_weight *placed, uint64_t *kept,
                           ef_error *error)
{
    size_t slots = (size_t)1 << slot_bits;
    uint32_t *owners = malloc(slots * sizeof *owners);
    if (owners == NULL)
        return ef_error_memory(error);
    memset(owners, 0xff, slots * sizeof *owners); /* NOBODY */
    *kept = 0;
    for (size_t i = 0; i < counts->count; i++) {
        uint16_t print = (uint16_t)(counts->features[i] >> 48);
        uint32_t *owner = &owners[counts->features[i] & (slots - 1)];
        placed[i] = (ef_weight){ .print = print == 0 ? 1 : print,
                                 .polarity = rounded(weights->polarity[i]),
                                 .neutrality = rounded(weights->neutrality[i]) };
        double mine = importance(counts, &placed[i], i);
        if (mine == 0 ||
            (*owner != NOBODY && mine <= importance(counts, &placed[*owner], *owner))) {
            memset(&placed[i], 0, sizeof placed[i]);
            continue;
        }
        if (*owner != NOBODY)
            memset(&placed[*owner], 0, sizeof placed[*owner]);
        else
            ++*kept;
        *owner = (uint32_t)i;
    }
    free(owners);
    return EF_OK;
}

void ef_weights_fill(const ef_counts *counts, const ef_weight *placed, unsigned slot_bits,
                     ef_weight *slots)
{
    uint64_t mask = (UINT64_C(1) << slot_bits) - 1;
    memset(slots, 0, sizeof *slots << slot_bits);
    for (size_t i = 0; i < counts->count; i++)
        if (placed[i].print != 0)
            slots[counts->features[i] & mask] = placed[i];
}
