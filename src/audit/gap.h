/* SPDX-License-Identifier: MIT
 * audit/gap.h - the mean of differences, and how sure it is.
 *
 * One difference a sentence, so that texts which share a sentence are one witness. */
#ifndef EARFUL_AUDIT_GAP_H
#define EARFUL_AUDIT_GAP_H

#include "earful/app/audit.h"

/* Mean and Student's 95 % interval of count paired differences; the formulas stand in
 * earful/app/audit.h. 0 without any; no interval below two. */
ef_audit_gap ef_gap_of(const double *differences, size_t count);

#endif
