/* SPDX-License-Identifier: MIT
 * base/load.c - dlopen and dlsym, once for all libraries that are loaded late.
 *
 * A library stays loaded once it is, so that loading it again is cheap and its functions
 * outlive the handle. */
#include "base/load.h"

#include <dlfcn.h>
#include <string.h>

bool ef_load(const char *library, const ef_symbol *symbols, size_t count, void *functions)
{
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    bool is_whole = handle != NULL;
    for (size_t i = 0; i < count && is_whole; i++) {
        void *found = dlsym(handle, symbols[i].name);
        memcpy((char *)functions + symbols[i].offset, &found, sizeof found);
        is_whole = found != NULL;
    }
    if (handle != NULL)
        dlclose(handle);
    return is_whole;
}
