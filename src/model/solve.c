/* SPDX-License-Identifier: MIT
 * model/solve.c - the linear equations of a Newton step, by Cholesky's factors. */
#include "model/solve.h"

#include <math.h>

/* bend = L L^T, with L in place of the lower triangle. */
static void factor(double *bend, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = bend[i * n + j];
            for (size_t k = 0; k < j; k++)
                sum -= bend[i * n + k] * bend[j * n + k];
            bend[i * n + j] = i == j ? sqrt(fmax(sum, 1e-12)) : sum / bend[j * n + j];
        }
}

void ef_solve(double *bend, double *slope, size_t n)
{
    factor(bend, n);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            slope[i] -= bend[i * n + k] * slope[k];
        slope[i] /= bend[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            slope[i] -= bend[k * n + i] * slope[k];
        slope[i] /= bend[i * n + i];
    }
}
