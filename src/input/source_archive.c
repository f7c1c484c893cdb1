/* SPDX-License-Identifier: MIT
 * input/source_archive.c - libarchive: members of a zip file, and three decompressors.
 *
 * Formats and filters are enabled one by one, so that the many others which libarchive
 * knows never see a customer's file. Output is counted against input, for each member and
 * for the whole archive: the furthest byte read, so that members which share their input
 * (an "overlapping" zip bomb) do not count it twice. */
#include "input/source_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/load.h"

enum { BLOCK_SIZE = 1 << 16 };

#define LIBRARY_NAME "libarchive.so.13"

/* What we call, found by name when the library is loaded. */
typedef struct functions {
    __typeof__(archive_read_new) *read_new;
    __typeof__(archive_read_free) *read_free;
    __typeof__(archive_read_support_format_zip) *zip;
    __typeof__(archive_read_support_format_raw) *raw;
    __typeof__(archive_read_support_format_empty) *empty;
    __typeof__(archive_read_support_filter_zstd) *zstd;
    __typeof__(archive_read_support_filter_bzip2) *bzip2;
    __typeof__(archive_read_support_filter_xz) *xz;
    __typeof__(archive_read_set_read_callback) *set_read;
    __typeof__(archive_read_set_seek_callback) *set_seek;
    __typeof__(archive_read_set_callback_data) *set_data;
    __typeof__(archive_read_open1) *open;
    __typeof__(archive_read_next_header) *next_header;
    __typeof__(archive_read_data_block) *read_block;
    __typeof__(archive_error_string) *error_string;
    __typeof__(archive_errno) *error_number;
    __typeof__(archive_set_error) *set_error;
    __typeof__(archive_entry_pathname) *pathname;
    __typeof__(archive_entry_pathname_utf8) *pathname_utf8;
    __typeof__(archive_entry_filetype) *filetype;
    __typeof__(archive_entry_is_encrypted) *is_encrypted;
    __typeof__(archive_version_string) *version;
} functions;

static const ef_symbol symbols[] = {
    { "archive_read_new", offsetof(functions, read_new) },
    { "archive_read_free", offsetof(functions, read_free) },
    { "archive_read_support_format_zip", offsetof(functions, zip) },
    { "archive_read_support_format_raw", offsetof(functions, raw) },
    { "archive_read_support_format_empty", offsetof(functions, empty) },
    { "archive_read_support_filter_zstd", offsetof(functions, zstd) },
    { "archive_read_support_filter_bzip2", offsetof(functions, bzip2) },
    { "archive_read_support_filter_xz", offsetof(functions, xz) },
    { "archive_read_set_read_callback", offsetof(functions, set_read) },
    { "archive_read_set_seek_callback", offsetof(functions, set_seek) },
    { "archive_read_set_callback_data", offsetof(functions, set_data) },
    { "archive_read_open1", offsetof(functions, open) },
    { "archive_read_next_header", offsetof(functions, next_header) },
    { "archive_read_data_block", offsetof(functions, read_block) },
    { "archive_error_string", offsetof(functions, error_string) },
    { "archive_errno", offsetof(functions, error_number) },
    { "archive_set_error", offsetof(functions, set_error) },
    { "archive_entry_pathname", offsetof(functions, pathname) },
    { "archive_entry_pathname_utf8", offsetof(functions, pathname_utf8) },
    { "archive_entry_filetype", offsetof(functions, filetype) },
    { "archive_entry_is_encrypted", offsetof(functions, is_encrypted) },
    { "archive_version_string", offsetof(functions, version) },
};

static const struct about {
    const char *what, *command;
} formats[] = {
    [EF_ARCHIVE_ZIP] = { "a zip archive", "unzip" },
    [EF_ARCHIVE_ZSTD] = { "compressed by zstd", "unzstd" },
    [EF_ARCHIVE_BZIP2] = { "compressed by bzip2", "bunzip2" },
    [EF_ARCHIVE_XZ] = { "compressed by xz", "unxz" },
};

struct ef_archive {
    functions call;
    struct archive *handle;
    struct archive_entry *entry; /* the library's */
    ef_source *below;
    uint64_t position, furthest; /* of below: of the next byte, behind the last byte read */
    uint64_t taken;              /* bytes read for this member */
    uint64_t given, given_all;   /* bytes given out from this member, from all */
    size_t members;
    bool is_stream;
    bool is_over;     /* no member can follow */
    bool met_end;     /* the library has asked for bytes behind the last one */
    ef_error failure; /* of below */
    ef_buffer path;
    uint8_t block[BLOCK_SIZE];
    ef_slice unpacked; /* of the member, in the library's memory: not given yet */
};

static bool load(functions *call)
{
    return ef_load(LIBRARY_NAME, symbols, sizeof symbols / sizeof symbols[0], call);
}

bool ef_archive_is_usable(void)
{
    functions call;
    return load(&call);
}

static la_ssize_t read_below(struct archive *handle, void *user, const void **block)
{
    ef_archive *archive = user;
    size_t got = 0;
    *block = archive->block;
    ef_status status = archive->below->read(archive->below, archive->block, BLOCK_SIZE,
                                            true, &got, &archive->failure);
    if (status == EF_END) {
        archive->met_end = true;
        return 0;
    }
    if (status != EF_OK) {
        archive->failure.status = status;
        archive->call.set_error(handle, -1, "cannot read");
        return -1;
    }
    archive->taken += got;
    archive->position += got;
    if (archive->position > archive->furthest)
        archive->furthest = archive->position;
    return (la_ssize_t)got;
}

static la_int64_t seek_below(struct archive *handle, void *user, la_int64_t offset,
                             int whence)
{
    (void)handle;
    ef_archive *archive = user;
    int64_t at = archive->below->seek(archive->below, offset, whence);
    if (at < 0)
        return ARCHIVE_FAILED;
    archive->position = (uint64_t)at;
    return at;
}

/* A filter that would have to start a program answers with a warning; we start none. */
static bool enable(const functions *call, struct archive *handle, ef_archive_format format)
{
    int answer = ARCHIVE_FATAL;
    switch (format) {
    case EF_ARCHIVE_ZIP:
        return call->zip(handle) == ARCHIVE_OK;
    case EF_ARCHIVE_ZSTD:
        answer = call->zstd(handle);
        break;
    case EF_ARCHIVE_BZIP2:
        answer = call->bzip2(handle);
        break;
    case EF_ARCHIVE_XZ:
        answer = call->xz(handle);
        break;
    }
    return answer == ARCHIVE_OK && call->raw(handle) == ARCHIVE_OK &&
           call->empty(handle) == ARCHIVE_OK;
}

/* Describes what the library has answered. */
static ef_status failed(ef_archive *archive, const char *label, ef_error *error)
{
    if (archive->failure.status != EF_OK) {
        if (error != NULL)
            *error = archive->failure;
        return archive->failure.status;
    }
    if (archive->call.error_number(archive->handle) == ENOMEM)
        return ef_error_memory(error);
    const char *why = archive->call.error_string(archive->handle);
    return ef_error_set(error, EF_ERR_FORMAT, "'%s' is %s: %s", label,
                        archive->met_end ? "cut short" : "damaged",
                        why == NULL ? "it cannot be unpacked" : why);
}

ef_status ef_archive_open(ef_archive **opened, ef_archive_format format, ef_source *below,
                          ef_error *error)
{
    *opened = NULL;
    ef_archive *archive = calloc(1, sizeof *archive);
    if (archive == NULL)
        return ef_error_memory(error);
    archive->below = below;
    archive->is_stream = format != EF_ARCHIVE_ZIP;
    int64_t at = below->seek == NULL ? -1 : below->seek(below, 0, SEEK_CUR);
    archive->position = at < 0 ? 0 : (uint64_t)at;
    const functions *call = &archive->call;
    if (load(&archive->call))
        archive->handle = call->read_new();
    if (archive->handle == NULL || !enable(call, archive->handle, format)) {
        ef_archive_close(archive);
        return ef_error_set(error, EF_ERR_FORMAT,
                            "'%s' is %s, and " LIBRARY_NAME
                            ", which reads it, cannot be loaded: unpack it first: %s FILE",
                            below->label, formats[format].what, formats[format].command);
    }
    call->set_read(archive->handle, read_below);
    if (at >= 0)
        call->set_seek(archive->handle, seek_below);
    call->set_data(archive->handle, archive);
    ef_status status = EF_OK;
    /* A stream that breaks at once counts as empty, but leaves its complaint. */
    if (call->open(archive->handle) != ARCHIVE_OK ||
        (archive->is_stream && call->error_string(archive->handle) != NULL)) {
        status = failed(archive, below->label, error);
        ef_archive_close(archive);
        return status;
    }
    *opened = archive;
    return EF_OK;
}

void ef_archive_close(ef_archive *archive)
{
    if (archive == NULL)
        return;
    if (archive->handle != NULL)
        archive->call.read_free(archive->handle);
    ef_buffer_release(&archive->path);
    free(archive);
}

/* Keeps the member's path. The UTF-8 form exists where the archive says what its names are
 * written in; the other one is bytes as they stand. */
static ef_status keep_path(ef_archive *archive, ef_error *error)
{
    ef_buffer_reset(&archive->path);
    if (archive->is_stream)
        return EF_OK; /* "data", which the library makes up */
    const char *path = archive->call.pathname_utf8(archive->entry);
    if (path == NULL)
        path = archive->call.pathname(archive->entry);
    for (; path != NULL && *path != '\0'; path++) {
        bool is_control = (uint8_t)*path < 0x20 || *path == 0x7f;
        ef_buffer_append_byte(&archive->path, is_control ? '?' : (uint8_t)*path);
    }
    ef_buffer_text(&archive->path); /* ends it by NUL */
    return archive->path.failed ? ef_error_memory(error) : EF_OK;
}

ef_status ef_archive_next(ef_archive *archive, ef_error *error)
{
    if (archive->is_over)
        return EF_END;
    archive->taken = archive->given = 0;
    archive->unpacked = (ef_slice){ NULL, 0 };
    int answer = archive->call.next_header(archive->handle, &archive->entry);
    archive->is_over = answer == ARCHIVE_EOF || answer <= ARCHIVE_FAILED;
    if (answer == ARCHIVE_EOF)
        return EF_END;
    if (answer <= ARCHIVE_FAILED)
        return failed(archive, archive->below->label, error);
    if (++archive->members > EF_MEMBER_LIMIT) {
        archive->is_over = true;
        return ef_error_set(error, EF_ERR_LIMIT,
                            "'%s' has more than %d members: unpack it and name the folder",
                            archive->below->label, EF_MEMBER_LIMIT);
    }
    return keep_path(archive, error);
}

const char *ef_archive_path(const ef_archive *archive)
{
    return archive->path.size == 0 ? "" : (const char *)archive->path.data;
}

bool ef_archive_is_file(const ef_archive *archive)
{
    return archive->call.filetype(archive->entry) == AE_IFREG;
}

/* Unpacks more of the member. Block by block: a call for so many bytes would keep those
 * before a damaged place to itself. */
static ef_status unpack(ef_archive *archive, const char *label, ef_error *error)
{
    const void *data = NULL;
    size_t size = 0;
    la_int64_t offset; /* blocks follow each other: nothing that is read here has holes */
    int answer = ARCHIVE_OK;
    while (size == 0 && answer == ARCHIVE_OK)
        answer = archive->call.read_block(archive->handle, &data, &size, &offset);
    archive->unpacked = (ef_slice){ data, size };
    if (answer == ARCHIVE_EOF)
        return EF_END;
    if (answer == ARCHIVE_OK)
        return EF_OK;
    archive->unpacked.size = 0;
    archive->is_over |= answer == ARCHIVE_FATAL;
    if (archive->call.is_encrypted(archive->entry) != 0)
        return ef_error_set(error, EF_ERR_FORMAT, "'%s' is encrypted: unpack it first",
                            label);
    return failed(archive, label, error);
}

ef_status ef_archive_read(ef_archive *archive, uint8_t *p, size_t n, size_t *got,
                          const char *label, ef_error *error)
{
    if (archive->unpacked.size == 0) {
        ef_status status = unpack(archive, label, error);
        if (status != EF_OK)
            return status;
    }
    *got = n < archive->unpacked.size ? n : archive->unpacked.size;
    memcpy(p, archive->unpacked.data, *got);
    archive->unpacked.data += *got;
    archive->unpacked.size -= *got;
    archive->given += *got;
    archive->given_all += *got;
    /* A block may have been read ahead before this member began. */
    if (ef_source_is_bomb(archive->given, archive->taken + BLOCK_SIZE) ||
        ef_source_is_bomb(archive->given_all, archive->furthest)) {
        archive->is_over = true;
        return ef_error_set(
            error, EF_ERR_LIMIT,
            "'%s' unpacks to more than %d times its size, which no text does", label,
            EF_BOMB_RATIO);
    }
    return EF_OK;
}

const char *ef_archive_library(void)
{
    functions call;
    return load(&call) ? call.version() : NULL;
}
