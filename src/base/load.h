/* SPDX-License-Identifier: MIT
 * base/load.h - shared libraries that few runs need, loaded when one does.
 *
 * Linking to a library costs every start its files and its relocations, SQLite's alone as
 * much as scoring a small file. Inside the sandbox nothing can be loaded any more: whoever
 * will need a library there loads it before. */
#ifndef EARFUL_BASE_LOAD_H
#define EARFUL_BASE_LOAD_H

#include <stdbool.h>
#include <stddef.h>

typedef struct ef_symbol {
    const char *name;
    size_t offset; /* where its address goes in the struct of functions */
} ef_symbol;

/* Loads the library of this name, for good, and fills functions by count symbols. False if
 * it or one of them is not there; what functions holds is then undefined. Any thread. */
bool ef_load(const char *library, const ef_symbol *symbols, size_t count, void *functions);

#endif
