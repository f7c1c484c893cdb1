/* SPDX-License-Identifier: MIT
 * findings/resample.h - the bootstrap over clusters: 2,000 times, with a seed that is said.
 *
 * Each time, as many clusters as there are on a side are drawn from it, with repetition;
 * the figure is taken anew. Slow where there are millions, and never the default. */
#ifndef EARFUL_FINDINGS_RESAMPLE_H
#define EARFUL_FINDINGS_RESAMPLE_H

#include "findings/measured.h"

enum { EF_RESAMPLES = 2000, EF_RESAMPLE_SEED = 20240229 };

/* Sets interval (percentiles), p and test of a change whose clusters are known. scale as in
 * the change's figures. */
void ef_change_resample(ef_change *change, const ef_measured *before,
                        const ef_measured *after, double scale);

#endif
