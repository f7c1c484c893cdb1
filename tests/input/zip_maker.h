/* SPDX-License-Identifier: MIT
 * tests/input/zip_maker.h - zip archives made in memory, good and evil. */
#ifndef EARFUL_TESTS_ZIP_MAKER_H
#define EARFUL_TESTS_ZIP_MAKER_H

#include <criterion/criterion.h>
#include <zlib.h>

#include "base/buffer.h"

typedef struct zip_maker {
    ef_buffer bytes;     /* local headers and contents */
    ef_buffer directory; /* the central directory, appended by zip_end */
    unsigned count;
} zip_maker;

static inline void zip_number(ef_buffer *out, size_t value, int size)
{
    for (int i = 0; i < size; i++)
        ef_buffer_append_byte(out, (uint8_t)(value >> 8 * i));
}

/* The fields that local header and directory share, from the version to the name's size. */
static inline void zip_fields(ef_buffer *out, uLong crc, size_t packed, size_t size,
                              const char *name)
{
    zip_number(out, 20, 2);
    zip_number(out, 0x800, 2); /* names are UTF-8 */
    zip_number(out, 8, 2);     /* deflate */
    zip_number(out, 0x5a21, 4);
    zip_number(out, crc, 4);
    zip_number(out, packed, 4);
    zip_number(out, size, 4);
    zip_number(out, strlen(name), 2);
    zip_number(out, 0, 2);
}

/* An entry of the directory for contents that lie at offset. mode as in stat. */
static inline void zip_entry(zip_maker *zip, const char *name, unsigned mode, size_t offset,
                             uLong crc, size_t packed, size_t size)
{
    zip_number(&zip->directory, 0x02014b50, 4);
    zip_number(&zip->directory, 0x031e, 2); /* made on Unix: the mode counts */
    zip_fields(&zip->directory, crc, packed, size, name);
    zip_number(&zip->directory, 0, 6);
    zip_number(&zip->directory, (size_t)mode << 16, 4);
    zip_number(&zip->directory, offset, 4);
    ef_buffer_append_text(&zip->directory, name);
    zip->count++;
}

/* Adds contents packed by deflate; returns where the packed bytes end. */
static inline void zip_add_bytes(zip_maker *zip, const char *name, const void *p, size_t n)
{
    z_stream stream = { 0 };
    deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
    size_t bound = deflateBound(&stream, n);
    uint8_t *packed = malloc(bound);
    stream.next_in = (Bytef *)(uintptr_t)p;
    stream.avail_in = (uInt)n;
    stream.next_out = packed;
    stream.avail_out = (uInt)bound;
    cr_assert_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    size_t size = bound - stream.avail_out, offset = zip->bytes.size;
    deflateEnd(&stream);
    uLong crc = crc32(0, p, (uInt)n);
    zip_number(&zip->bytes, 0x04034b50, 4);
    zip_fields(&zip->bytes, crc, size, n, name);
    ef_buffer_append_text(&zip->bytes, name);
    ef_buffer_append(&zip->bytes, packed, size);
    free(packed);
    zip_entry(zip, name, 0100644, offset, crc, size, n);
}

static inline void zip_add(zip_maker *zip, const char *name, const char *text)
{
    zip_add_bytes(zip, name, text, strlen(text));
}

/* Appends the directory; the archive is in zip->bytes. */
static inline void zip_end(zip_maker *zip)
{
    size_t offset = zip->bytes.size, size = zip->directory.size;
    ef_buffer_append_slice(&zip->bytes, ef_buffer_slice(&zip->directory));
    zip_number(&zip->bytes, 0x06054b50, 4);
    zip_number(&zip->bytes, 0, 4);
    zip_number(&zip->bytes, zip->count, 2);
    zip_number(&zip->bytes, zip->count, 2);
    zip_number(&zip->bytes, size, 4);
    zip_number(&zip->bytes, offset, 4);
    zip_number(&zip->bytes, 0, 2);
    ef_buffer_release(&zip->directory);
}

#endif
