/* SPDX-License-Identifier: MIT
 * input/source_archive.h - libarchive: members of a zip file, and three decompressors.
 *
 * The library is loaded when the first archive is opened and not before, because loading it
 * takes longer than scoring a small file. Members are streamed; nothing is ever written
 * under a member's name. */
#ifndef EARFUL_INPUT_SOURCE_ARCHIVE_H
#define EARFUL_INPUT_SOURCE_ARCHIVE_H

#include "input/source.h"

typedef struct ef_archive ef_archive;

/* EF_ARCHIVE_ZIP has members; the others are one compressed stream: a single member. */
typedef enum ef_archive_format {
    EF_ARCHIVE_ZIP,
    EF_ARCHIVE_ZSTD,
    EF_ARCHIVE_BZIP2,
    EF_ARCHIVE_XZ
} ef_archive_format;

/* Whether libarchive can be loaded. */
bool ef_archive_is_usable(void);

/* Opens what can be read from below, which stays the caller's and must live longer. If below
 * can seek, a zip file's own directory is used; else its members are taken as they come. */
ef_status ef_archive_open(ef_archive **archive, ef_archive_format format, ef_source *below,
                          ef_error *error);
void ef_archive_close(ef_archive *archive);

/* Moves to the next member. After EF_END or an error there is none any more. */
ef_status ef_archive_next(ef_archive *archive, ef_error *error);

/* The member's path, control characters replaced; until the next member. "" for a stream. */
const char *ef_archive_path(const ef_archive *archive);
/* False for folders, links and whatever else is not plain content. */
bool ef_archive_is_file(const ef_archive *archive);

/* Reads from the member as ef_source's read does; label names it in errors. After an error
 * the next member may be good. */
ef_status ef_archive_read(ef_archive *archive, uint8_t *p, size_t n, size_t *got,
                          const char *label, ef_error *error);

/* The version of libarchive, which is loaded for it; NULL if it is not there. Static. */
const char *ef_archive_library(void);

#endif
