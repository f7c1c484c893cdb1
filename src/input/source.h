/* SPDX-License-Identifier: MIT
 * input/source.h - where bytes come from: a file, a decompressor, an archive member, a pipe.
 *
 * A source gives bytes and knows nothing of records. Sources stack: gzip reads from a file,
 * utf16 reads from gzip, xlsx turns a sheet into rows of CSV. Each kind is a const struct,
 * listed in sources.c; a magic number chooses it. */
#ifndef EARFUL_INPUT_SOURCE_H
#define EARFUL_INPUT_SOURCE_H

#include <stdbool.h>

#include "earful/slice.h"
#include "earful/status.h"

typedef struct ef_source ef_source;

typedef struct ef_source_kind {
    const char *name, *summary;
    /* Says from the first bytes (at most 512) whether this kind undoes them. NULL for the
     * kinds that are asked for by name. */
    bool (*recognizes)(ef_slice head);
    /* Stacks a source on top of below, which it owns from then on, also on failure. */
    ef_status (*open)(ef_source **source, ef_source *below, ef_error *error);
} ef_source_kind;

struct ef_source {
    const ef_source_kind *kind;
    /* Reads up to n > 0 bytes into p. EF_OK with *got > 0; EF_END; EF_AGAIN when nothing is
     * there yet (pipes: only if wait is false); or an error, which names the label and says
     * what is broken. After an error the source only closes. What was read before an error
     * stays valid. */
    ef_status (*read)(ef_source *source, uint8_t *p, size_t n, bool wait, size_t *got,
                      ef_error *error);
    void (*close)(ef_source *source); /* frees it and what lies below */
    /* Bytes taken from the disk so far, through all layers below. */
    uint64_t (*stored)(const ef_source *source);
    const char *label; /* "reviews.zip:a.csv", "<stdin>"; lives as long as the source */
};

/* A regular file (never a device or FIFO; EF_ERR_IO says so), or standard input for "-". */
ef_status ef_source_file_open(ef_source **source, const char *path, ef_error *error);

/* Reads from memory that outlives the source; for tests and samples. */
ef_status ef_source_memory_open(ef_source **source, ef_slice bytes, const char *label,
                                ef_error *error);

/* Puts back bytes that were read: the next reads give them again. Owns below. */
ef_status ef_source_rewind_open(ef_source **source, ef_source *below, ef_slice head,
                                ef_error *error);

/* Looks at the first bytes of *source and stacks what undoes them (gzip, and then once more
 * for what is inside: zip, zstd, bz2, xz, xlsx). Formats that we refuse by name (PDF,
 * SQLite, .xls, .ods, an archive in an archive) are EF_ERR_FORMAT with advice. A zip of
 * several members gives them one after the other: ef_source_next_member. On failure
 * *source is closed and NULL. */
ef_status ef_source_unwrap(ef_source **source, ef_error *error);

/* Decodes to UTF-8 by name: "auto" (BOM, else as it is), "none", "utf-8", "utf-16le",
 * "utf-16be", "cp1252", "latin1". Drops a BOM. Invalid bytes pass through: the text room
 * repairs and counts them. *chosen gets the encoding in use. On failure *source is closed. */
ef_status ef_source_decode(ef_source **source, const char *encoding, const char **chosen,
                           ef_error *error);

/* Moves an archive to its next member: EF_OK and a new label, EF_END after the last or for
 * a source that is no archive. To be asked after EF_END of read, or to skip. */
ef_status ef_source_next_member(ef_source *source, ef_error *error);

const ef_source_kind *ef_source_kind_at(size_t index); /* NULL after the last */

/* source_file.c: what lies at the bottom of a stack. Neither recognizes nor opens. */
extern const ef_source_kind ef_source_kind_file, ef_source_kind_memory;

/* Limits against bombs: after 64 MiB of output a ratio over 2000:1 ends the source with
 * EF_ERR_LIMIT; an archive has at most 10,000 members. */
enum { EF_BOMB_RATIO = 2000, EF_BOMB_FREE = 64 << 20, EF_MEMBER_LIMIT = 10000 };

#endif
