/* SPDX-License-Identifier: MIT
 * score/explaining.h - the lists of sentences and reasons that a scratch keeps. */
#ifndef EARFUL_SCORE_EXPLAINING_H
#define EARFUL_SCORE_EXPLAINING_H

typedef struct ef_explaining ef_explaining;

void ef_explaining_free(ef_explaining *explaining);

#endif
