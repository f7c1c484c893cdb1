/* SPDX-License-Identifier: MIT
 * findings/chance.h - how far figures stray by chance: Student's t, quantiles, Fisher.
 *
 * Arithmetic and base/real.h only, so the same bits everywhere. No input gives a NaN. */
#ifndef EARFUL_FINDINGS_CHANCE_H
#define EARFUL_FINDINGS_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

/* P(T >= t) of Student's t with df >= 1 degrees of freedom, need not be whole; t >= 0. */
double ef_student_tail(double t, double df);

/* The t that is passed with a chance of 0.025: 12.706 at df 1, 1.960 for many. */
double ef_student_95(double df);

/* P of what is at least as far from zero, on either side. */
double ef_two_sided(double z);

/* Fisher's exact test of k1 of n1 against k2 of n2, two-sided: all tables with the same
 * margins that are no likelier than this one. 1 where a margin is empty. */
double ef_fisher(int64_t k1, int64_t n1, int64_t k2, int64_t n2);

/* Which ranks, from 1, of n sorted values hold the quantile q, 0 < q < 1, with 95 %: the
 * binomial order statistics. Of values that say less than as many independent ones
 * (deff > 1), the ranks of n / deff of them, spread over n. False if there are too few. */
bool ef_quantile_ranks(int64_t n, double q, double deff, int64_t *low, int64_t *high);

/* Marks which of count p-values stay significant at 5 % when all are looked at together
 * (Benjamini and Hochberg). NaNs are none. p and kept may not overlap. */
void ef_false_discoveries(const double *p, bool *kept, int64_t count);

#endif
