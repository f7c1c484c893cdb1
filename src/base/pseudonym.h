/* SPDX-License-Identifier: MIT
 * base/pseudonym.h - stand-ins for names: the one file that knows nettle. */
#ifndef EARFUL_BASE_PSEUDONYM_H
#define EARFUL_BASE_PSEUDONYM_H

#include "earful/app/pseudonym.h"

/* Writes the version of nettle in use, cut to size bytes with a NUL. */
void ef_pseudonym_library(char *version, size_t size);

#endif
