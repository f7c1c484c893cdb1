/* SPDX-License-Identifier: MIT
 * model/logits.h - two logits that are linear in a few inputs, fitted to labelled rows.
 *
 * p_positive : p_negative : p_neutral = e^(a/2) : e^(-a/2) : e^n. A row gives its inputs
 * and what its logits are before anything is added to them. */
#ifndef EARFUL_MODEL_LOGITS_H
#define EARFUL_MODEL_LOGITS_H

#include <stdbool.h>

#include "earful/status.h"
#include "model/counts.h"

enum { EF_LOGIT_INPUTS = 24, EF_LOGIT_UNKNOWNS = 2 * EF_LOGIT_INPUTS };

typedef struct ef_logit_row {
    double x[EF_LOGIT_INPUTS];
    double polarity, neutrality; /* a and n to which the inputs' share is added */
    double weight;               /* in texts; 0: the row is left out */
    unsigned label;              /* EF_NEGATIVE … */
    bool has_neutral; /* the text's source knows neutral: else only polarity is learnt */
} ef_logit_row;

typedef struct ef_logit_problem {
    /* Fills a row of zeros. */
    void (*row)(const void *user, size_t index, ef_logit_row *row);
    const void *user;
    size_t count;
    int inputs;         /* at most EF_LOGIT_INPUTS */
    double pull;        /* in texts: what a coefficient of 1 away from home costs, twice */
    const double *home; /* what the 2 * inputs unknowns are drawn to; NULL: zeros */
} ef_logit_problem;

/* Moves unknowns, first the coefficients of a, then those of n, from where they are to the
 * one minimum: the likeliest, less the pull. Deterministic. EF_ERR_MEMORY only. */
ef_status ef_logits_fit(const ef_logit_problem *problem, double *unknowns, ef_error *error);

#endif
