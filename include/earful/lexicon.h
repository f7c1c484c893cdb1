/* SPDX-License-Identifier: MIT
 * lexicon.h - words and phrases with their weights, as people write and read them.
 *
 * A lexicon file is TSV: `term TAB value`, in sections (lexicons/README.md has the
 * grammar). VADER's own file is read as well: further columns are ignored. */
#ifndef EARFUL_LEXICON_H
#define EARFUL_LEXICON_H

#include <stdbool.h>

#include "earful/slice.h"
#include "earful/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One finding of ef_lexicon_check. Strings live as long as the callback runs. */
typedef struct ef_lexicon_finding {
    bool is_error; /* else a warning: the file loads, the line does not do what it seems to */
    uint64_t line, column; /* from 1 */
    const char *message;
} ef_lexicon_finding;

typedef void ef_lexicon_finding_fn(void *user, const ef_lexicon_finding *finding);

/* Reads one lexicon file and reports each bad, duplicate or unreachable entry.
 *
 * bytes is the whole file. Every finding is passed to found, in line order. Returns EF_OK
 * when the file can be loaded, EF_ERR_FORMAT when it has errors, EF_ERR_MEMORY.
 * *entries gets the number of good entries, if entries is not NULL. Thread-safe. */
EF_API ef_status ef_lexicon_check(ef_slice bytes, ef_lexicon_finding_fn *found, void *user,
                                  size_t *entries, ef_error *error);

#ifdef __cplusplus
}
#endif
#endif
