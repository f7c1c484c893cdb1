/* SPDX-License-Identifier: MIT
 * base/ini.h - sections, keys and values, one line each.
 *
 *     ; a comment is a line of its own
 *     [section]
 *     key = value
 *
 * A value reaches to the end of its line; nothing is cut off and no line is too long. */
#ifndef EARFUL_BASE_INI_H
#define EARFUL_BASE_INI_H

#include "earful/slice.h"
#include "earful/status.h"

/* Zero-initialise, and set rest to the bytes of the file, which must outlive it. */
typedef struct ef_ini {
    ef_slice rest;
    uint64_t line; /* of what was read last, from 1 */
} ef_ini;

/* A section's head has no key. Slices point into the file. */
typedef struct ef_ini_entry {
    ef_slice section, key, value;
} ef_ini_entry;

/* Moves to the next head or setting; entry->section stays that of the last head. EF_END
 * behind the last; EF_ERR_FORMAT, with error->line, for a line that is neither, or a
 * setting before the first head: one may go on behind it. */
ef_status ef_ini_next(ef_ini *ini, ef_ini_entry *entry, ef_error *error);

#endif
