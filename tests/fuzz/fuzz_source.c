/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_source.c - foreign bytes through every source.
 *
 * The first byte chooses: bits 0-2 the encoding, bit 3 memory that can seek or a pipe, bit
 * 4 whether the rest is a file or a part of a workbook (whose zip would hide it from the
 * fuzzer), bits 5-7 which part. Everything is read to its end, all members, in small steps
 * and in large ones: both give the same bytes and the same error. What is decoded is UTF-8,
 * and so is what a workbook holds; UTF-8 itself passes as it is. */
#include <zlib.h>

#include "fuzz.h"

#include "base/buffer.h"
#include "base/utf8.h"
#include "input/source.h"

enum { MOST = 1 << 24, PARTS = 5 };

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

/* The parts of a workbook in order of reading; the first number is the one that a choice
 * replaces, so that 0 is the sheet. */
static const struct part {
    unsigned choice;
    const char *name, *text;
} parts[PARTS] = {
    { 1, "xl/workbook.xml",
      "<workbook><sheets><sheet name='S' id='r'/></sheets></workbook>" },
    { 2, "xl/_rels/workbook.xml.rels",
      "<Relationships><Relationship Id='r' Type='x/worksheet' "
      "Target='s.xml'/></Relationships>" },
    { 3, "xl/styles.xml",
      "<s><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></s>" },
    { 4, "xl/sharedStrings.xml", "<sst><si><t>one</t></si><si><t>two</t></si></sst>" },
    { 0, "xl/s.xml",
      "<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' s='1'><v>45000</v></c>"
      "</row><row r='2'><c r='A2' t='s'><v>1</v></c></row></sheetData>" },
};

static void make_workbook(ef_buffer *zip, unsigned choice, ef_slice bytes)
{
    for (size_t i = 0; i < PARTS; i++) {
        bool is_chosen = parts[i].choice == choice % PARTS;
        ef_slice text = is_chosen ? bytes : ef_slice_of(parts[i].text);
        add(zip, parts[i].name, text.data, text.size);
    }
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

/* What was read: a sum over all bytes, ends and errors, and whether it was UTF-8. */
typedef struct sum {
    uint64_t of_all, bytes;
    bool is_utf8;
} sum;

static void mix(sum *to, const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to->of_all = to->of_all * 31 + p[i] + 1;
    to->bytes += n;
}

static void check_utf8(sum *to, const ef_buffer *all)
{
    uint32_t code;
    for (size_t at = 0, step; at < all->size; at += step) {
        step = ef_utf8_decode(all->data + at, all->size - at, &code);
        to->is_utf8 &= step > 0;
        step += step == 0;
    }
}

/* One member to its end; the end, or the error, comes again. */
static ef_status read_member(ef_source *source, size_t room, sum *to)
{
    static uint8_t piece[1 << 16];
    ef_buffer all = { 0 };
    ef_error error = { 0 };
    ef_status status = EF_OK;
    while (status == EF_OK && to->bytes + all.size < MOST) {
        size_t got = 0;
        status = source->read(source, piece, room, true, &got, &error);
        REQUIRE(got <= room);
        REQUIRE(ef_buffer_append(&all, piece, status == EF_OK ? got : 0));
    }
    mix(to, all.data, all.size);
    check_utf8(to, &all);
    fuzz_check_error(status, &error);
    mix(to, (const uint8_t *)error.message, strlen(error.message));
    ef_buffer_release(&all);
    return status;
}

static sum read_all(ef_source *source, const char *encoding, size_t room)
{
    sum all = { .is_utf8 = true };
    ef_error error = { 0 };
    ef_status status = ef_source_unwrap(&source, &error);
    if (status == EF_OK)
        status = ef_source_decode(&source, encoding, NULL, &error);
    fuzz_check_error(status, &error);
    if (status != EF_OK)
        return all;
    while (status == EF_OK && all.bytes < MOST) {
        read_member(source, room, &all);
        status = ef_source_next_member(source, &error);
        fuzz_check_error(status, &error);
    }
    source->close(source);
    return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const ef_encoding *encoding = ef_encoding_at(data[0] & 7u);
    const char *name = encoding == NULL ? "auto" : encoding->name;
    ef_buffer zip = { 0 };
    ef_slice bytes = { data + 1, size - 1 };
    if (data[0] & 16u) {
        make_workbook(&zip, data[0] >> 5, bytes);
        bytes = ef_buffer_slice(&zip);
    }
    sum small = read_all(open_bytes(bytes, data[0] & 8u), name, 777);
    sum large = read_all(open_bytes(bytes, data[0] & 8u), name, 1 << 16);
    REQUIRE(small.bytes >= MOST ||
            (small.of_all == large.of_all && small.bytes == large.bytes));
    bool is_made = (data[0] & 16u) != 0 || strncmp(name, "utf-16", 6) == 0;
    REQUIRE(!is_made || (small.is_utf8 && large.is_utf8));
    ef_buffer_release(&zip);
    return 0;
}
