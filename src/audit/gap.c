/* SPDX-License-Identifier: MIT
 * audit/gap.c - the mean of differences, and how sure it is. */
#include "audit/gap.h"

#include "base/real.h"
#include "findings/chance.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

ef_audit_gap ef_gap_of(const double *differences, size_t count)
{
    ef_audit_gap gap = { 0 };
    double n = (double)count, squares = 0;
    for (size_t i = 0; i < count; i++)
        gap.mean += differences[i] / n;
    if (count < 2)
        return gap;
    for (size_t i = 0; i < count; i++)
        squares += (differences[i] - gap.mean) * (differences[i] - gap.mean);
    double half = ef_student_95(n - 1) * ef_sqrt(squares / (n - 1) / n);
    gap.has_interval = true;
    gap.low = gap.mean - half;
    gap.high = gap.mean + half;
    return gap;
}
