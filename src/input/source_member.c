/* SPDX-License-Identifier: MIT
 * input/source_member.c - what archives hold, one member after the other, as a source.
 *
 * A member's path is a label, not a place. What cannot hold messages is passed over:
 * folders, links, hidden files, attachments. A member that we refuse or that is broken
 * opens all the same and fails when it is read, so that those behind it still get their
 * turn. Invariant: head[head_at..head_size) comes first, then, if ended is EF_OK, what the
 * archive gives. */
#include "input/source_archive.h"
#include "input/walk.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/error.h"

typedef struct member {
    ef_source source; /* first: a source is cast to this */
    ef_source *below;
    ef_archive *archive;
    ef_buffer label;
    size_t head_at, head_size;
    ef_status ended; /* EF_END or an error in `failure`, behind the head */
    ef_error failure;
    uint8_t head[EF_SOURCE_HEAD];
} member;

/* Attachments whose names do not say so. */
static bool is_media(ef_slice head)
{
    static const struct magic {
        size_t offset;
        const char *bytes;
    } magics[] = {
        { 0, "\xff\xd8\xff" }, { 0, "\x89PNG" }, { 0, "GIF8" }, { 8, "WEBP" },
        { 8, "WAVE" },         { 8, "AVI " },    { 0, "OggS" }, { 0, "ID3\x03" },
        { 0, "ID3\x04" },      { 4, "ftyp" },    { 0, "fLaC" }, { 0, "\x1a\x45\xdf\xa3" },
    };
    for (size_t i = 0; i < sizeof magics / sizeof magics[0]; i++) {
        size_t offset = magics[i].offset, size = strlen(magics[i].bytes);
        bool is_riff = offset != 8 || (head.size > 4 && memcmp(head.data, "RIFF", 4) == 0);
        if (is_riff && head.size >= offset + size &&
            memcmp(head.data + offset, magics[i].bytes, size) == 0)
            return true;
    }
    return false;
}

/* Whether a part of the path begins with a dot; macOS adds a folder of its own. What leads
 * upwards hides nothing: a member's path is a label, not a place. */
static bool is_hidden(const char *path)
{
    for (const char *part = path; part != NULL; part = strchr(part, '/')) {
        part += *part == '/';
        size_t dots = strspn(part, "."), size = strcspn(part, "/");
        if (dots > 0 && (dots > 2 || dots < size))
            return true;
    }
    return strncmp(path, "__MACOSX/", 9) == 0;
}

static bool is_wanted(const member *me)
{
    const char *path = ef_archive_path(me->archive);
    return ef_archive_is_file(me->archive) && !is_hidden(path) && !ef_path_is_media(path);
}

/* Reads the first bytes of a member and keeps what ends it early. */
static void read_head(member *me)
{
    me->head_at = me->head_size = 0;
    me->ended = EF_OK;
    while (me->ended == EF_OK && me->head_size < EF_SOURCE_HEAD) {
        size_t got = 0;
        me->ended = ef_archive_read(me->archive, me->head + me->head_size,
                                    EF_SOURCE_HEAD - me->head_size, &got, me->source.label,
                                    &me->failure);
        me->head_size += me->ended == EF_OK ? got : 0;
    }
}

/* Turns a member that we do not read into one that fails at once. */
static void refuse(member *me)
{
    ef_slice head = { me->head, me->head_size };
    ef_status status = ef_source_refuse(head, me->source.label, &me->failure);
    if (status == EF_OK && ef_source_kind_of(head) != NULL)
        status =
            ef_error_set(&me->failure, EF_ERR_FORMAT,
                         "'%s' is an archive in an archive: unpack the outer one first",
                         me->source.label);
    if (status != EF_OK) {
        me->ended = status;
        me->head_size = 0;
    }
}

static ef_status set_label(member *me, ef_error *error)
{
    const char *path = ef_archive_path(me->archive);
    ef_buffer_reset(&me->label);
    ef_buffer_append_text(&me->label, me->below->label);
    if (path[0] != '\0') {
        ef_buffer_append_byte(&me->label, ':');
        ef_buffer_append_text(&me->label, path);
    }
    if (me->label.failed)
        return ef_error_memory(error);
    me->source.label = ef_buffer_text(&me->label);
    return EF_OK;
}

static ef_status next_member(ef_source *source, ef_error *error)
{
    member *me = (member *)source;
    ef_status status;
    me->ended = EF_END;
    me->head_size = me->head_at = 0;
    while ((status = ef_archive_next(me->archive, error)) == EF_OK) {
        if (!is_wanted(me))
            continue;
        status = set_label(me, error);
        if (status != EF_OK)
            return status;
        read_head(me);
        if (is_media((ef_slice){ me->head, me->head_size })) {
            me->head_size = 0;
            continue;
        }
        refuse(me);
        return EF_OK;
    }
    return status;
}

static ef_status read_member(ef_source *source, uint8_t *p, size_t n, bool wait,
                             size_t *got, ef_error *error)
{
    (void)wait; /* the library cannot come back later: an archive in a pipe is waited for */
    member *me = (member *)source;
    size_t left = me->head_size - me->head_at;
    if (left > 0) {
        *got = left < n ? left : n;
        memcpy(p, me->head + me->head_at, *got);
        me->head_at += *got;
        return EF_OK;
    }
    if (me->ended == EF_OK)
        me->ended = ef_archive_read(me->archive, p, n, got, me->source.label, &me->failure);
    if (me->ended != EF_OK && me->ended != EF_END && error != NULL)
        *error = me->failure;
    return me->ended;
}

static void close_member(ef_source *source)
{
    member *me = (member *)source;
    ef_archive_close(me->archive);
    me->below->close(me->below);
    ef_buffer_release(&me->label);
    free(me);
}

static uint64_t stored(const ef_source *source)
{
    const member *me = (const member *)source;
    return me->below->stored(me->below);
}

static ef_status open_archive(ef_source **source, ef_source *below,
                              const ef_source_kind *kind, ef_archive_format format,
                              ef_error *error)
{
    *source = NULL;
    member *me = calloc(1, sizeof *me);
    if (me == NULL) {
        below->close(below);
        return ef_error_memory(error);
    }
    me->source = (ef_source){ .kind = kind,
                              .read = read_member,
                              .close = close_member,
                              .stored = stored,
                              .label = below->label };
    me->below = below;
    ef_status status = ef_archive_open(&me->archive, format, below, error);
    if (status != EF_OK)
        close_member(&me->source);
    else
        *source = &me->source;
    return status;
}

static ef_status open_zip(ef_source **source, ef_source *below, ef_error *error)
{
    ef_status status =
        open_archive(source, below, &ef_source_kind_zip, EF_ARCHIVE_ZIP, error);
    if (status != EF_OK)
        return status;
    (*source)->next_member = next_member;
    status = next_member(*source, error);
    if (status == EF_END)
        status = ef_error_set(error, EF_ERR_FORMAT, "'%s' has no file to read in it",
                              below->label);
    if (status != EF_OK) {
        close_member(*source);
        *source = NULL;
    }
    return status;
}

/* A compressed stream is an archive with one nameless member; nothing compressed is
 * nothing. */
static ef_status open_stream(ef_source **source, ef_source *below,
                             const ef_source_kind *kind, ef_archive_format format,
                             ef_error *error)
{
    ef_status status = open_archive(source, below, kind, format, error);
    if (status != EF_OK)
        return status;
    member *me = (member *)*source;
    status = ef_archive_next(me->archive, error);
    if (status == EF_OK) {
        read_head(me);
        refuse(me);
    }
    if (status == EF_OK || status == EF_END) {
        me->ended = status == EF_END ? EF_END : me->ended;
        return EF_OK;
    }
    close_member(*source);
    *source = NULL;
    return status;
}

static ef_status open_zstd(ef_source **source, ef_source *below, ef_error *error)
{
    return open_stream(source, below, &ef_source_kind_zstd, EF_ARCHIVE_ZSTD, error);
}

static ef_status open_bzip2(ef_source **source, ef_source *below, ef_error *error)
{
    return open_stream(source, below, &ef_source_kind_bzip2, EF_ARCHIVE_BZIP2, error);
}

static ef_status open_xz(ef_source **source, ef_source *below, ef_error *error)
{
    return open_stream(source, below, &ef_source_kind_xz, EF_ARCHIVE_XZ, error);
}

static bool is_zip(ef_slice head)
{
    return head.size >= 4 && (memcmp(head.data, "PK\x03\x04", 4) == 0 ||
                              memcmp(head.data, "PK\x05\x06", 4) == 0); /* an empty one */
}

static bool is_zstd(ef_slice head)
{
    return head.size >= 4 && memcmp(head.data, "\x28\xb5\x2f\xfd", 4) == 0;
}

/* "BZh", the size of blocks, and pi, with which the first block begins; or the end mark of
 * nothing, the square root of pi. */
static bool is_bzip2(ef_slice head)
{
    return head.size >= 10 && memcmp(head.data, "BZh", 3) == 0 &&
           (memcmp(head.data + 4, "\x31\x41\x59\x26\x53\x59", 6) == 0 ||
            memcmp(head.data + 4, "\x17\x72\x45\x38\x50\x90", 6) == 0);
}

static bool is_xz(ef_slice head)
{
    return head.size >= 6 && memcmp(head.data,
                                    "\xfd"
                                    "7zXZ",
                                    6) == 0;
}

const ef_source_kind ef_source_kind_zip = { "zip", "each member of a zip archive", is_zip,
                                            open_zip, ef_archive_is_usable };
const ef_source_kind ef_source_kind_zstd = { "zstd", "zstd", is_zstd, open_zstd,
                                             ef_archive_is_usable };
const ef_source_kind ef_source_kind_bzip2 = { "bzip2", "bzip2", is_bzip2, open_bzip2,
                                              ef_archive_is_usable };
const ef_source_kind ef_source_kind_xz = { "xz", "xz", is_xz, open_xz,
                                           ef_archive_is_usable };
