/* SPDX-License-Identifier: MIT
 * model/solve.h - the linear equations of a Newton step. */
#ifndef EARFUL_MODEL_SOLVE_H
#define EARFUL_MODEL_SOLVE_H

#include <stddef.h>

/* Replaces slope by bend^-1 slope. bend is n by n, symmetric and positive definite; its
 * lower triangle is read and overwritten. */
void ef_solve(double *bend, double *slope, size_t n);

#endif
