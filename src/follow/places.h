/* SPDX-License-Identifier: MIT
 * follow/places.h - which files the inputs mean, now and later.
 *
 * An input is a file (which need not be there yet), a folder with all that is below it, or
 * a glob. Hidden files and files that are no text by their suffix are left out of folders,
 * as when a folder is scored. */
#ifndef EARFUL_FOLLOW_PLACES_H
#define EARFUL_FOLLOW_PLACES_H

#include <stdbool.h>
#include <stddef.h>

#include "earful/status.h"

typedef struct ef_place {
    const char *input; /* the caller's */
    bool is_folder;
    bool is_glob;
} ef_place;

typedef struct ef_places {
    ef_place *items;
    size_t count;
} ef_places;

/* inputs must outlive places. EF_ERR_MEMORY only. */
ef_status ef_places_init(ef_places *places, const char *const *inputs, size_t count,
                         ef_error *error);
void ef_places_release(ef_places *places);

/* What a scan comes by; place is the index of the input. Returning anything but EF_OK ends
 * the scan. */
typedef struct ef_places_visitor {
    void *user;
    ef_status (*folder)(void *user, const char *path, ef_error *error);
    ef_status (*file)(void *user, const char *path, size_t place, ef_error *error);
} ef_places_visitor;

/* Walks through all inputs. Folders that cannot be read are passed by. */
ef_status ef_places_scan(ef_places *places, const ef_places_visitor *visitor,
                         ef_error *error);

/* Whether path, which is not a folder, is meant by an input; *place gets which. */
bool ef_places_mean(const ef_places *places, const char *path, size_t *place);

#endif
