/* SPDX-License-Identifier: MIT
 * base/grow.h - room for more items of a list that is kept from text to text. */
#ifndef EARFUL_BASE_GROW_H
#define EARFUL_BASE_GROW_H

#include <stdbool.h>
#include <stdlib.h>

/* Moves the list, which is a pointer that list points to, to where so many items of a size
 * have room; what it holds stays. False without memory: the list is as it was. */
static inline bool ef_grow(void *list, size_t count, size_t size)
{
    void *grown = realloc(*(void **)list, count * size);
    if (grown != NULL)
        *(void **)list = grown;
    return grown != NULL;
}

#endif
