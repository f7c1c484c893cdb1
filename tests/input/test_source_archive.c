/* SPDX-License-Identifier: MIT */
#include "sources.h"
#include "zip_maker.h"

#include <stdio.h>

#include "base/error.h"

/* Reads everything that can be read, and closes. Returns the first error, or EF_END. */
static ef_status read_all(ef_source *source, uint64_t *total, ef_error *error)
{
    static uint8_t room[1 << 16];
    ef_status worst = ef_source_unwrap(&source, error), status = worst;
    for (*total = 0; status == EF_OK;) {
        size_t got = 0;
        ef_error ignored;
        status = source->read(source, room, sizeof room, true, &got, &ignored);
        *total += status == EF_OK ? got : 0;
        if (status != EF_OK && status != EF_END && worst == EF_OK) {
            worst = status;
            *error = ignored;
        }
        if (status != EF_OK)
            status = ef_source_next_member(source, &ignored);
        if (status != EF_OK && status != EF_END && worst == EF_OK) {
            worst = status;
            *error = ignored;
        }
    }
    if (source != NULL)
        source->close(source);
    return worst == EF_OK ? EF_END : worst;
}

static ef_source *open_memory(ef_slice bytes)
{
    ef_source *source;
    cr_assert_eq(ef_source_memory_open(&source, bytes, "memory", NULL), EF_OK);
    return source;
}

static ef_slice bytes_of(const ef_buffer *buffer)
{
    return (ef_slice){ buffer->data, buffer->size };
}

Test(source_archive, ends_at_every_cut_with_an_error_or_a_clean_prefix)
{
    static const char *const samples[] = { "chat.zip",    "streamed.zip", "two.csv.zst",
                                           "two.csv.bz2", "two.csv.xz",   "encrypted.zip" };
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        char path[128];
        ef_buffer bytes = { 0 };
        ef_error error = { 0 };
        ef_source *file;
        uint64_t total, full;
        snprintf(path, sizeof path, "tests/data/sources/%s", samples[i]);
        cr_assert_eq(ef_source_file_open(&file, path, &error), EF_OK);
        cr_assert_eq(drain(file, &bytes, 4096, true, &error), EF_END);
        file->close(file);
        read_all(open_memory(bytes_of(&bytes)), &full, &error);
        for (size_t size = 12; size < bytes.size; size++) {
            /* A block of its own, so that the sanitizer sees a read behind the end. */
            uint8_t *cut = malloc(size);
            memcpy(cut, bytes.data, size);
            read_all(open_memory((ef_slice){ cut, size }), &total, &error);
            cr_expect(total <= full + 512, "%s at %zu", samples[i], size);
            read_all(drip_open((ef_slice){ cut, size }, 1 + size % 50, EF_END), &total,
                     &error);
            cr_expect(total <= full + 512, "%s at %zu", samples[i], size);
            free(cut);
        }
        ef_buffer_release(&bytes);
    }
}

Test(source_archive, says_cut_short)
{
    static const char *const samples[] = { "two.csv.zst", "two.csv.bz2", "two.csv.xz" };
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        char path[128];
        ef_buffer bytes = { 0 };
        ef_error error = { 0 };
        ef_source *file;
        uint64_t total;
        snprintf(path, sizeof path, "tests/data/sources/%s", samples[i]);
        cr_assert_eq(ef_source_file_open(&file, path, &error), EF_OK);
        cr_assert_eq(drain(file, &bytes, 4096, true, &error), EF_END);
        file->close(file);
        ef_source *source = open_memory((ef_slice){ bytes.data, bytes.size - 5 });
        cr_expect_eq(read_all(source, &total, &error), EF_ERR_FORMAT);
        cr_expect_not_null(strstr(error.message, "cut short"), "%s: %s", samples[i],
                           error.message);
        for (size_t size = 10; size < bytes.size; size++) {
            /* Where the first stream ends, a cut cannot be seen. */
            source = open_memory((ef_slice){ bytes.data, size });
            ef_status status = read_all(source, &total, &error);
            cr_expect(status == EF_ERR_FORMAT || total == strlen("id,text\n1,Kind staff\n"),
                      "%s at %zu", samples[i], size);
        }
        ef_buffer_release(&bytes);
    }
}

Test(source_archive, survives_every_flipped_bit)
{
    zip_maker zip = { 0 };
    zip_add(&zip, "a.csv", "id,text\n1,The box was torn and the cat was pleased\n");
    zip_add(&zip, "b.csv", "id,text\n2,Never again\n");
    zip_end(&zip);
    for (size_t bit = 0; bit < zip.bytes.size * 8; bit++) {
        ef_error error = { 0 };
        uint64_t total;
        zip.bytes.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        read_all(open_memory(bytes_of(&zip.bytes)), &total, &error);
        read_all(drip_open(bytes_of(&zip.bytes), 50, EF_END), &total, &error);
        zip.bytes.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    ef_buffer_release(&zip.bytes);
}

Test(source_archive, stops_a_member_that_is_a_bomb)
{
    enum { SIZE = 100 << 20 };
    zip_maker zip = { 0 };
    void *zeros = calloc(1, SIZE);
    zip_add_bytes(&zip, "bomb.csv", zeros, SIZE);
    zip_add(&zip, "b.csv", "text");
    zip_end(&zip);
    free(zeros);
    for (int i = 0; i < 2; i++) {
        ef_slice bytes = bytes_of(&zip.bytes);
        ef_source *source = i == 0 ? open_memory(bytes) : drip_open(bytes, 4096, EF_END);
        ef_error error = { 0 };
        uint64_t total;
        cr_expect_eq(read_all(source, &total, &error), EF_ERR_LIMIT, "%s", error.message);
        cr_expect(total > EF_BOMB_FREE / 2 && total < SIZE);
    }
    ef_buffer_release(&zip.bytes);
}

Test(source_archive, stops_members_that_share_their_bytes)
{
    enum { SIZE = 8 << 20, MEMBERS = 2000 };
    zip_maker zip = { 0 };
    uint8_t *text = malloc(SIZE);
    for (size_t i = 0; i < SIZE; i++)
        text[i] = (uint8_t)("nice "[i % 5]);
    zip_add_bytes(&zip, "a.csv", text, SIZE);
    size_t packed = zip.bytes.size - 30 - 5;
    uLong crc = crc32(0, text, SIZE);
    free(text);
    for (int i = 0; i < MEMBERS; i++) {
        char name[16];
        snprintf(name, sizeof name, "%05d", i);
        zip_entry(&zip, name, 0100644, 0, crc, packed, SIZE);
    }
    zip_end(&zip);
    ef_error error = { 0 };
    uint64_t total;
    ef_status status = read_all(open_memory(bytes_of(&zip.bytes)), &total, &error);
    cr_expect(status != EF_OK);
    cr_expect(total <= (uint64_t)EF_BOMB_RATIO * zip.bytes.size + EF_BOMB_FREE);
    ef_buffer_release(&zip.bytes);
}

Test(source_archive, stops_at_too_many_members)
{
    zip_maker zip = { 0 };
    for (int i = 0; i <= EF_MEMBER_LIMIT; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        zip_add(&zip, name, "x");
    }
    zip_end(&zip);
    ef_error error = { 0 };
    uint64_t total;
    ef_status status =
        read_all(drip_open(bytes_of(&zip.bytes), 4096, EF_END), &total, &error);
    cr_expect_eq(status, EF_ERR_LIMIT, "%s", error.message);
    cr_expect_eq(total, EF_MEMBER_LIMIT);
    ef_buffer_release(&zip.bytes);
}

Test(source_archive, leaves_out_links_where_the_directory_can_be_read)
{
    zip_maker zip = { 0 };
    zip_add(&zip, "a.csv", "text");
    size_t offset = zip.bytes.size;
    zip_add(&zip, "l.csv", "/etc/passwd");
    /* The last four bytes before offset and name of the entry are its mode. */
    size_t at = zip.directory.size - strlen("l.csv") - 4 - 4 + 2;
    zip.directory.data[at] = 0xff;
    zip.directory.data[at + 1] = 0xa1;
    cr_assert(offset > 0);
    zip_end(&zip);
    ef_error error = { 0 };
    uint64_t total;
    cr_expect_eq(read_all(open_memory(bytes_of(&zip.bytes)), &total, &error), EF_END);
    cr_expect_eq(total, 4);
    ef_buffer_release(&zip.bytes);
}

Test(source_archive, passes_on_an_error_from_below)
{
    zip_maker zip = { 0 };
    zip_add(&zip, "a.csv", "text");
    zip_end(&zip);
    ef_error error = { 0 };
    uint64_t total;
    ef_slice half = { zip.bytes.data, 37 };
    cr_expect_eq(read_all(drip_open(half, 5, EF_ERR_IO), &total, &error), EF_ERR_IO);
    cr_expect_str_eq(error.message, "the pipe burst");
    ef_buffer_release(&zip.bytes);
}

Test(source_archive, lies_within_gzip)
{
    zip_maker zip = { 0 };
    zip_add(&zip, "a.csv", "text");
    zip_end(&zip);
    z_stream stream = { 0 };
    uint8_t packed[512];
    deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 9, Z_DEFAULT_STRATEGY);
    stream.next_in = zip.bytes.data;
    stream.avail_in = (uInt)zip.bytes.size;
    stream.next_out = packed;
    stream.avail_out = sizeof packed;
    cr_assert_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    ef_error error = { 0 };
    uint64_t total;
    ef_slice bytes = { packed, sizeof packed - stream.avail_out };
    deflateEnd(&stream);
    cr_expect_eq(read_all(open_memory(bytes), &total, &error), EF_END);
    cr_expect_eq(total, 4);
    ef_buffer_release(&zip.bytes);
}
