/* SPDX-License-Identifier: MIT
 * app/list.h - everything that stands in a table: formats, writers, kernels, classifiers.
 *
 * Not part of the stable interface. */
#ifndef EARFUL_APP_LIST_H
#define EARFUL_APP_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "earful/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ef_listed {
    const char *name, *summary;
    bool is_usable; /* on this machine */
} ef_listed;

/* The index-th entry of a list: "formats", "sources", "writers", "kernels", "classifiers",
 * "scorers", "encodings", "redactions", "rules", "views" (of a report). EF_END after the
 * last, EF_ERR_ARGUMENT for another list. */
EF_API ef_status ef_list(const char *list, size_t index, ef_listed *entry);

/* The name of the index-th list, NULL after the last. */
EF_API const char *ef_list_name(size_t index);

/* A library of others that this one uses. */
typedef struct ef_library {
    const char *name, *purpose; /* static */
    char version[48];           /* of what runs, not of what it was built with */
    bool is_there;              /* one that is loaded only when needed may be missing */
} ef_library;

/* Describes the index-th library; false behind the last. */
EF_API bool ef_library_at(size_t index, ef_library *library);

/* What compiled this library: "gcc 12.2.0". Static. */
EF_API const char *ef_compiler(void);

#ifdef __cplusplus
}
#endif
#endif
