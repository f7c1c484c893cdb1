/* SPDX-License-Identifier: MIT */
#include "sources.h"

#include <stdio.h>
#include <sys/resource.h>
#include <zlib.h>

#include "base/error.h"

/* Appends one gzip member. */
static void pack(ef_buffer *out, const void *p, size_t n)
{
    z_stream stream = { 0 };
    cr_assert_eq(
        deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    size_t bound = deflateBound(&stream, n) + 64;
    cr_assert(ef_buffer_reserve(out, bound));
    stream.next_in = (Bytef *)(uintptr_t)p;
    stream.avail_in = (uInt)n;
    stream.next_out = out->data + out->size;
    stream.avail_out = (uInt)bound;
    cr_assert_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out->size += bound - stream.avail_out;
    deflateEnd(&stream);
}

static void pack_text(ef_buffer *out, const char *text)
{
    pack(out, text, strlen(text));
}

/* Unpacks with short reads on both sides and compares; returns how it ended. */
static ef_status unpack(ef_buffer *packed, size_t step, size_t n, bool wait, ef_buffer *out,
                        ef_error *error)
{
    /* Not ef_buffer_slice, which would pad over the bytes behind a size cut short. */
    ef_source *source = drip_open((ef_slice){ packed->data, packed->size }, step, EF_END);
    ef_status status = ef_source_unwrap(&source, error);
    if (status != EF_OK) /* nothing good came before the error */
        return status;
    status = drain(source, out, n, wait, error);
    size_t got;
    uint8_t byte;
    ef_error again = { 0 };
    cr_expect_eq(source->read(source, &byte, 1, true, &got, &again), status);
    cr_expect(status != EF_END || source->stored(source) == packed->size);
    source->close(source);
    return status;
}

static void expect_text(ef_buffer *out, const char *text)
{
    cr_expect_str_eq(ef_buffer_text(out), text);
}

Test(source_gzip, reads_members_one_after_the_other_at_any_step)
{
    ef_buffer packed = { 0 };
    pack_text(&packed, "Great");
    pack_text(&packed, "");
    pack_text(&packed, "");
    pack_text(&packed, " service\n");
    for (size_t step = 1; step <= packed.size; step++) {
        ef_buffer out = { 0 };
        ef_error error = { 0 };
        cr_expect_eq(unpack(&packed, step, 1 + step % 7, step % 2 == 0, &out, &error),
                     EF_END);
        expect_text(&out, "Great service\n");
        ef_buffer_release(&out);
    }
    ef_buffer_release(&packed);
}

Test(source_gzip, leaves_what_is_not_gzip_as_it_is)
{
    ef_buffer plain = { 0 }, out = { 0 };
    ef_error error = { 0 };
    ef_buffer_append_text(&plain, "\x1f\x8b then text\n");
    cr_expect_eq(unpack(&plain, 1, 1, false, &out, &error), EF_END);
    expect_text(&out, "\x1f\x8b then text\n");
    ef_buffer_release(&out);
    ef_buffer_release(&plain);
}

Test(source_gzip, reads_nothing_from_nothing)
{
    ef_buffer empty = { 0 }, out = { 0 };
    ef_error error = { 0 };
    cr_expect_eq(unpack(&empty, 1, 1, true, &out, &error), EF_END);
    pack_text(&empty, "");
    cr_expect_eq(unpack(&empty, 1, 1, true, &out, &error), EF_END);
    cr_expect_eq(out.size, 0);
    ef_buffer_release(&empty);
}

Test(source_gzip, says_cut_short_wherever_the_file_ends)
{
    static const char text[] = "one,two\nthree,four\n";
    ef_buffer packed = { 0 };
    pack_text(&packed, text);
    size_t first = packed.size;
    pack_text(&packed, "five\n");
    size_t full = packed.size;
    for (size_t size = 3; size < full; size++) {
        ef_buffer out = { 0 };
        ef_error error = { 0 };
        packed.size = size;
        ef_status status = unpack(&packed, 1 + size % 3, 5, true, &out, &error);
        cr_expect_eq(status, size == first ? EF_END : EF_ERR_FORMAT, "at %zu", size);
        cr_expect(out.size <= strlen(text) + 5);
        cr_expect(memcmp(ef_buffer_text(&out), "one,two\nthree,four\nfive\n", out.size) ==
                  0);
        if (size < first)
            cr_expect_not_null(strstr(error.message, "cut short"), "at %zu: %s", size,
                               error.message);
        ef_buffer_release(&out);
    }
    ef_buffer_release(&packed);
}

Test(source_gzip, gives_good_data_then_names_the_offset_of_garbage)
{
    ef_buffer packed = { 0 }, out = { 0 };
    ef_error error = { 0 };
    pack_text(&packed, "good\n");
    char place[32];
    snprintf(place, sizeof place, "from byte %zu", packed.size);
    ef_buffer_append_text(&packed, "bad");
    cr_expect_eq(unpack(&packed, 1, 2, false, &out, &error), EF_ERR_FORMAT);
    expect_text(&out, "good\n");
    cr_expect_not_null(strstr(error.message, place), "%s", error.message);
    cr_expect_null(strstr(error.message, "bad"));
    ef_buffer_release(&out);
    ef_buffer_release(&packed);
}

Test(source_gzip, takes_zero_bytes_at_the_end_as_padding)
{
    ef_buffer packed = { 0 }, out = { 0 };
    ef_error error = { 0 };
    pack_text(&packed, "good\n");
    for (int i = 0; i < 700; i++)
        ef_buffer_append_byte(&packed, 0);
    cr_expect_eq(unpack(&packed, 13, 2, true, &out, &error), EF_END);
    expect_text(&out, "good\n");
    ef_buffer_release(&out);
    ef_buffer_release(&packed);
}

Test(source_gzip, checks_the_crc)
{
    ef_buffer packed = { 0 }, out = { 0 };
    ef_error error = { 0 };
    pack_text(&packed, "good\n");
    packed.data[packed.size - 8] ^= 1;
    cr_expect_eq(unpack(&packed, 64, 64, true, &out, &error), EF_ERR_FORMAT);
    expect_text(&out, "good\n");
    cr_expect_not_null(strstr(error.message, "damaged"), "%s", error.message);
    ef_buffer_release(&out);
    ef_buffer_release(&packed);
}

Test(source_gzip, survives_every_flipped_bit)
{
    ef_buffer packed = { 0 };
    pack_text(&packed, "The courier was late, the box was torn, the cat was pleased.\n");
    for (size_t bit = 24; bit < packed.size * 8; bit++) {
        ef_buffer out = { 0 };
        ef_error error = { 0 };
        packed.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        unpack(&packed, 11, 9, true, &out, &error);
        packed.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        ef_buffer_release(&out);
    }
    ef_buffer_release(&packed);
}

Test(source_gzip, passes_on_an_error_from_below_after_the_good_data)
{
    ef_buffer packed = { 0 }, out = { 0 };
    ef_error error = { 0 };
    pack_text(&packed, "good\n");
    ef_source *source = drip_open(ef_buffer_slice(&packed), 3, EF_ERR_IO);
    cr_assert_eq(ef_source_unwrap(&source, &error), EF_OK);
    cr_expect_eq(drain(source, &out, 4, true, &error), EF_ERR_IO);
    expect_text(&out, "good\n");
    cr_expect_str_eq(error.message, "the pipe burst");
    source->close(source);
    ef_buffer_release(&out);
    ef_buffer_release(&packed);
}

Test(source_gzip, refuses_gzip_in_gzip)
{
    ef_buffer inner = { 0 }, outer = { 0 };
    ef_error error = { 0 };
    pack_text(&inner, "text");
    pack(&outer, inner.data, inner.size);
    ef_source *source = drip_open(ef_buffer_slice(&outer), 100, EF_END);
    cr_expect_eq(ef_source_unwrap(&source, &error), EF_ERR_FORMAT);
    cr_expect_null(source);
    ef_buffer_release(&inner);
    ef_buffer_release(&outer);
}

Test(source_gzip, stops_a_bomb_in_flat_memory)
{
    enum { CHUNK = 1 << 20, CHUNKS = 300 };
    ef_buffer packed = { 0 };
    uint8_t *zeros = calloc(1, CHUNK), *room = malloc(CHUNK);
    z_stream stream = { 0 };
    cr_assert_eq(
        deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    for (int i = 0; i < CHUNKS; i++) {
        stream.next_in = zeros;
        stream.avail_in = CHUNK;
        do {
            stream.next_out = room;
            stream.avail_out = CHUNK;
            deflate(&stream, i == CHUNKS - 1 ? Z_FINISH : Z_NO_FLUSH);
            ef_buffer_append(&packed, room, CHUNK - stream.avail_out);
        } while (stream.avail_out == 0);
    }
    deflateEnd(&stream);
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    ef_source *source = drip_open(ef_buffer_slice(&packed), 1 << 16, EF_END);
    ef_error error = { 0 };
    cr_assert_eq(ef_source_unwrap(&source, &error), EF_OK);
    ef_status status = EF_OK;
    size_t got = 0, total = 0;
    while ((status = source->read(source, room, CHUNK, true, &got, &error)) == EF_OK)
        total += got;
    cr_expect_eq(status, EF_ERR_LIMIT);
    cr_expect(total >= EF_BOMB_FREE && total <= EF_BOMB_FREE + CHUNK);
    source->close(source);
    getrusage(RUSAGE_SELF, &after);
    cr_expect(after.ru_maxrss - before.ru_maxrss < 4096, "grew by %ld KiB",
              after.ru_maxrss - before.ru_maxrss);
    free(zeros);
    free(room);
    ef_buffer_release(&packed);
}
