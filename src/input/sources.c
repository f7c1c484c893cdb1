/* SPDX-License-Identifier: MIT
 * input/sources.c - the table of sources, and which of them a file needs.
 *
 * The first bytes decide, never the suffix. What we know and cannot read is refused by name
 * with the command that helps. */
#include "input/source.h"

#include "base/error.h"

static const ef_source_kind *const kinds[] = {
    &ef_source_kind_file,  &ef_source_kind_memory,
    &ef_source_kind_gzip,  &ef_source_kind_xlsx, /* before zip, which it is, too */
    &ef_source_kind_zip,   &ef_source_kind_zstd,
    &ef_source_kind_bzip2, &ef_source_kind_xz,
};

const ef_source_kind *ef_source_kind_at(size_t index)
{
    return index < sizeof kinds / sizeof kinds[0] ? kinds[index] : NULL;
}

const ef_source_kind *ef_source_kind_of(ef_slice head)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i]->recognizes != NULL && kinds[i]->recognizes(head))
            return kinds[i];
    return NULL;
}

/* Files that look like an export and are none, by the bytes at an offset. */
static const struct refusal {
    size_t offset;
    const char *magic;
    size_t size;
    const char *what, *advice;
} refusals[] = {
    { 0, "%PDF-", 5, "a PDF document", "export the data as CSV instead" },
    { 0, "SQLite format 3", 16, "an SQLite database",
      "export the table first: sqlite3 -csv -header FILE 'SELECT * FROM …'" },
    { 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8,
      "an old or encrypted Office document such as .xls", "save it as .xlsx or CSV first" },
    { 30, "mimetypeapplication/vnd.oasis.opendocument", 42,
      "an OpenDocument file such as .ods", "save it as .xlsx or CSV first" },
    { 0, "Rar!\x1a\x07", 6, "a RAR archive", "unpack it first: unrar x FILE" },
    { 0, "7z\xbc\xaf\x27\x1c", 6, "a 7z archive", "unpack it first: 7z x FILE" },
    { 257, "ustar", 5, "a tar archive", "unpack it first: tar -xf FILE" },
};

ef_status ef_source_refuse(ef_slice head, const char *label, ef_error *error)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        const struct refusal *no = &refusals[i];
        if (head.size >= no->offset + no->size &&
            memcmp(head.data + no->offset, no->magic, no->size) == 0)
            return ef_error_set(error, EF_ERR_FORMAT, "'%s' is %s: %s", label, no->what,
                                no->advice);
    }
    return EF_OK;
}

/* Whether a slow pipe has to be waited for: what is there may yet become a magic number.
 * Chat comes line by line, and its first line should not wait for a second one. */
static bool is_undecided(ef_slice head)
{
    enum { LONGEST_MAGIC = 10, ZIP_MAGIC = 4 };
    if (head.size >= ZIP_MAGIC && memcmp(head.data, "PK\x03\x04", ZIP_MAGIC) == 0)
        return true; /* the first member's name tells .xlsx and .ods from zip */
    return head.size == 0 || (head.size < LONGEST_MAGIC &&
                              strchr("\x1f(B\xfdP%S\xd0R7", head.data[0]) != NULL);
}

bool ef_source_may_need_archive(ef_slice head)
{
    const ef_source_kind *kind = ef_source_kind_of(head);
    return kind == NULL ? is_undecided(head) : kind != &ef_source_kind_gzip;
}

/* Reads the first bytes of a source. An error after some bytes is left for the next read,
 * which gives it again. */
static ef_status read_head(ef_source *source, uint8_t *head, size_t *size, ef_error *error)
{
    ef_status status = EF_OK;
    *size = 0;
    while (status == EF_OK && *size < EF_SOURCE_HEAD) {
        bool wait = is_undecided((ef_slice){ head, *size });
        size_t got = 0;
        status =
            source->read(source, head + *size, EF_SOURCE_HEAD - *size, wait, &got, error);
        *size += status == EF_OK ? got : 0;
    }
    return status == EF_END || status == EF_AGAIN || *size > 0 ? EF_OK : status;
}

/* Puts back the head and stacks the kind (NULL: none) on *source. */
static ef_status stack(ef_source **source, const ef_source_kind *kind, ef_slice head,
                       ef_error *error)
{
    ef_status status = ef_source_rewind_open(source, *source, head, error);
    if (status != EF_OK || kind == NULL)
        return status;
    return kind->open(source, *source, error);
}

ef_status ef_source_unwrap(ef_source **source, ef_error *error)
{
    const ef_source_kind *kind = &ef_source_kind_gzip;
    /* What comes out of anything but gzip is looked at by the source that unpacks it. */
    for (int layer = 0; layer < 2 && kind == &ef_source_kind_gzip; layer++) {
        uint8_t bytes[EF_SOURCE_HEAD];
        ef_slice head = { bytes, 0 };
        ef_status status = read_head(*source, bytes, &head.size, error);
        if (status == EF_OK)
            status = ef_source_refuse(head, (*source)->label, error);
        kind = ef_source_kind_of(head);
        if (status == EF_OK && layer > 0 && kind == &ef_source_kind_gzip)
            status =
                ef_error_set(error, EF_ERR_FORMAT,
                             "'%s' is compressed twice: undo it once first: gunzip FILE",
                             (*source)->label);
        if (status != EF_OK) {
            (*source)->close(*source);
            *source = NULL;
            return status;
        }
        status = stack(source, kind, head, error);
        if (status != EF_OK)
            return status;
    }
    return EF_OK;
}

ef_status ef_source_next_member(ef_source *source, ef_error *error)
{
    return source->next_member == NULL ? EF_END : source->next_member(source, error);
}
