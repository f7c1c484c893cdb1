/* SPDX-License-Identifier: MIT
 * kernels/sets.h - the kernel sets by name, for select.c alone. */
#ifndef EARFUL_KERNELS_SETS_H
#define EARFUL_KERNELS_SETS_H

#include "kernels/kernels.h"

extern const ef_kernels ef_kernels_scalar;
#ifdef __x86_64__
extern const ef_kernels ef_kernels_avx2;
extern const ef_kernels ef_kernels_avx512;
#endif

#endif
