/* SPDX-License-Identifier: MIT
 * base/real.h - logarithm, exponential and gamma with the same bits on every machine.
 *
 * IEEE 754 fixes + - * / and the square root to the last bit; what a mathematical library
 * answers for the rest differs from machine to machine. So these are made of the former
 * alone. Good to about 1e-15 of their size, which tests hold them to. */
#ifndef EARFUL_BASE_REAL_H
#define EARFUL_BASE_REAL_H

#include <stdint.h>

double ef_ln(double x);       /* x > 0 and finite */
double ef_exp(double x);      /* 0 below -700, at most exp(700) */
double ef_ln_gamma(double x); /* of x > 0 */
double ef_sqrt(double x);     /* x >= 0: IEEE's own, without the library's errno */

/* P(Z >= z) of a standard normal Z, for z >= 0. */
double ef_normal_tail(double z);

/* x in units of 1/10000, rounded half away from zero, and held within 32 bits. */
int32_t ef_unit_of(double x);

#endif
