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
    /* Stacks a source on top of below, which it owns from then on, also on failure. NULL
     * for the kinds at the bottom of a stack. */
    ef_status (*open)(ef_source **source, ef_source *below, ef_error *error);
    bool (*is_usable)(void); /* on this machine; NULL: everywhere */
} ef_source_kind;

struct ef_source {
    const ef_source_kind *kind;
    /* Reads up to n > 0 bytes into p. EF_OK with *got > 0; EF_END; EF_AGAIN when nothing is
     * there yet (pipes: only if wait is false); or an error, which names the label and says
     * what is broken. What was read before an error stays valid; every read after it fails
     * again. */
    ef_status (*read)(ef_source *source, uint8_t *p, size_t n, bool wait, size_t *got,
                      ef_error *error);
    void (*close)(ef_source *source); /* frees it and what lies below */
    /* Bytes taken from the disk so far, through all layers below. */
    uint64_t (*stored)(const ef_source *source);
    const char *label; /* "reviews.zip:a.csv", "<stdin>"; until close, or the next member */
    /* As ef_source_next_member; NULL for a source that has no members. */
    ef_status (*next_member)(ef_source *source, ef_error *error);
    /* As lseek, counting bytes of this source; -1 where it cannot be done. NULL: nowhere. */
    int64_t (*seek)(ef_source *source, int64_t offset, int whence);
    const char *note;  /* what a user should hear of ("other sheets are not read: …"), or
                          NULL; until close, or the next member */
    /* What the bytes were before they became UTF-8: set by ef_source_decode, and by sources
     * that make text themselves. NULL: nobody has decided. */
    const char *encoding;
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
 * several members stands at its first and gives them one after the other:
 * ef_source_next_member. On failure *source is closed and NULL. */
ef_status ef_source_unwrap(ef_source **source, ef_error *error);

/* Decodes to UTF-8 by name, see ef_encoding_at: "auto" (BOM, else as it is), "none" (as it
 * is, a BOM too), "utf-8", "utf-16le" …. Drops a BOM. Invalid UTF-8 passes through: the text
 * room repairs and counts it; what is invalid in UTF-16 becomes U+FFFD. *chosen (may be NULL)
 * gets the encoding in use, as (*source)->encoding does; after ef_source_next_member, which
 * passes through, "auto" has looked again. Waits for the first bytes. Fails only with
 * EF_ERR_ARGUMENT or EF_ERR_MEMORY; then *source is closed and NULL. */
ef_status ef_source_decode(ef_source **source, const char *encoding, const char **chosen,
                           ef_error *error);

/* Stacks a stage that reads *source on a thread of its own, at most 2 MiB ahead: for what
 * costs time to unpack. Same bytes, errors and members; `stored` may count what is read
 * ahead. The thread begins once the first 256 KiB (of each member) have been read; where none can
 * be had all is read in line. The source below must not be one that waits for ever when it
 * was asked not to. Fails only with EF_ERR_MEMORY; then *source is closed and NULL. */
ef_status ef_source_read_ahead(ef_source **source, ef_error *error);

/* Moves an archive to its next member: EF_OK and a new label, EF_END after the last or for
 * a source that is no archive. To be asked after EF_END of read, to skip, or after a read
 * that failed: the members behind a broken or refused one can still be read, unless the
 * archive itself is broken (then EF_END). An error here is the archive's end, too. */
ef_status ef_source_next_member(ef_source *source, ef_error *error);

/* Takes the first bytes of a file that we know and refuse: EF_ERR_FORMAT with advice. EF_OK
 * for all others. */
ef_status ef_source_refuse(ef_slice head, const char *label, ef_error *error);

/* Whether what begins so has to be undone by the library for archives, or is too short to
 * tell. What gzip hides is not seen. */
bool ef_source_may_need_archive(ef_slice head);

/* The kind that undoes what begins with head, or NULL. */
const ef_source_kind *ef_source_kind_of(ef_slice head);
const ef_source_kind *ef_source_kind_at(size_t index); /* NULL after the last */

typedef struct ef_encoding {
    const char *name, *summary;
} ef_encoding;

const ef_encoding *ef_encoding_at(size_t index); /* NULL after the last */

/* Limits against bombs: after 64 MiB of output, more than 1000 bytes out of one byte of
 * compressed input end the source with EF_ERR_LIMIT. Deflate packs at most 1032:1 and only
 * one repeated byte gets there; chat logs stay under 100:1. An archive has at most 10,000
 * members. A head is what the recognizing functions look at. */
enum {
    EF_BOMB_RATIO = 1000,
    EF_BOMB_FREE = 64 << 20,
    EF_MEMBER_LIMIT = 10000,
    EF_SOURCE_HEAD = 512
};

/* Whether out bytes made from in bytes are a bomb. */
static inline bool ef_source_is_bomb(uint64_t out, uint64_t in)
{
    return out > EF_BOMB_FREE && out / EF_BOMB_RATIO > in;
}

/* One file each; sources.c lists them. The first two neither recognize nor open. */
extern const ef_source_kind ef_source_kind_file, ef_source_kind_memory, ef_source_kind_gzip,
    ef_source_kind_zip, ef_source_kind_zstd, ef_source_kind_bzip2, ef_source_kind_xz,
    ef_source_kind_xlsx;

/* The version of the library that undoes gzip; static. */
const char *ef_gzip_library(void);

#endif
