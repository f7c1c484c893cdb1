/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_source.c - foreign bytes through every source.
 *
 * The first byte chooses: bits 0-2 the encoding, bit 3 memory that can seek or a pipe, bit
 * 4 whether the rest is a file or the sheet of a workbook (whose zip would hide it from the
 * fuzzer). Everything is read to its end, all members; the sanitizers judge. */
#include <stdlib.h>
#include <zlib.h>

#include "base/buffer.h"
#include "input/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void number(ef_buffer *out, size_t value, int size)
{
    for (int i = 0; i < size; i++)
        ef_buffer_append_byte(out, i < 8 ? (uint8_t)(value >> 8 * i) : 0);
}

/* Adds a member that is stored as it is. */
static void add(ef_buffer *zip, const char *name, const void *p, size_t n)
{
    number(zip, 0x04034b50, 4);
    number(zip, 20, 10);
    number(zip, crc32(0, p, (uInt)n), 4);
    number(zip, n, 4);
    number(zip, n, 4);
    number(zip, strlen(name), 4);
    ef_buffer_append_text(zip, name);
    ef_buffer_append(zip, p, n);
}

static void make_workbook(ef_buffer *zip, const uint8_t *sheet, size_t size)
{
    static const char book[] =
        "<workbook><sheets><sheet name='S' id='r'/></sheets></workbook>";
    static const char relations[] =
        "<Relationships><Relationship Id='r' Type='x/worksheet' "
        "Target='s.xml'/></Relationships>";
    static const char strings[] = "<sst><si><t>one</t></si><si><t>two</t></si></sst>";
    static const char styles[] =
        "<s><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></s>";
    add(zip, "xl/workbook.xml", book, sizeof book - 1);
    add(zip, "xl/_rels/workbook.xml.rels", relations, sizeof relations - 1);
    add(zip, "xl/styles.xml", styles, sizeof styles - 1);
    add(zip, "xl/sharedStrings.xml", strings, sizeof strings - 1);
    add(zip, "xl/s.xml", sheet, size);
    number(zip, 0x06054b50, 4);
    number(zip, 0, 18);
}

/* A pipe: memory that has lost its seek. */
static ef_source *open_bytes(ef_slice bytes, bool can_seek)
{
    ef_source *source = NULL;
    if (ef_source_memory_open(&source, bytes, "fuzz", NULL) == EF_OK && !can_seek)
        source->seek = NULL;
    return source;
}

static void read_all(ef_source *source, const char *encoding)
{
    uint8_t room[777];
    ef_error error = { 0 };
    if (ef_source_unwrap(&source, &error) != EF_OK ||
        ef_source_decode(&source, encoding, NULL, &error) != EF_OK)
        return;
    ef_status status = EF_OK;
    while (status == EF_OK) {
        size_t got, total = 0;
        while (source->read(source, room, sizeof room, true, &got, &error) == EF_OK &&
               total < 1 << 24)
            total += got;
        status = ef_source_next_member(source, &error);
    }
    source->close(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const ef_encoding *encoding = ef_encoding_at(data[0] & 7u);
    ef_buffer zip = { 0 };
    ef_slice bytes = { data + 1, size - 1 };
    if (data[0] & 16u) {
        make_workbook(&zip, data + 1, size - 1);
        bytes = ef_buffer_slice(&zip);
    }
    read_all(open_bytes(bytes, data[0] & 8u), encoding == NULL ? "auto" : encoding->name);
    ef_buffer_release(&zip);
    return 0;
}
