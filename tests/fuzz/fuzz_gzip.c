/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_gzip.c - any bytes as a compressed or encoded file.
 *
 * The first bytes choose the encoding and how much is asked for at a time. What comes out
 * may not depend on that, an answer that ends the stream comes again, and with the highest
 * bit of the first byte set the rest is gzipped first and must come back as it was. */
#include "fuzz.h"

#include <zlib.h>

#include "base/buffer.h"
#include "input/source.h"

enum { MODE_PACK = 0x80, LIMIT = 1 << 22, ROOM = 1 << 14 };

/* Reads a source to its end, up to LIMIT bytes, `step` bytes at a time. */
static ef_status read_all(ef_source *source, size_t step, ef_buffer *out)
{
    static uint8_t room[ROOM];
    ef_error error = { 0 };
    ef_status status = EF_OK;
    while (status == EF_OK && out->size < LIMIT) {
        size_t got = 0;
        status = source->read(source, room, step, true, &got, &error);
        REQUIRE(status != EF_AGAIN);
        REQUIRE(got <= step && (status != EF_OK || got > 0));
        if (status == EF_OK)
            REQUIRE(ef_buffer_append(out, room, got));
    }
    if (status == EF_OK)
        return status;
    if (status != EF_END)
        fuzz_check_error(status, &error);
    size_t got = 0;
    REQUIRE(source->read(source, room, step, true, &got, &error) == status);
    return status;
}

static ef_status read_stack(ef_slice bytes, const char *encoding, size_t step,
                            ef_buffer *out)
{
    ef_source *source = NULL;
    ef_error error = { 0 };
    ef_status status = ef_source_memory_open(&source, bytes, "in", &error);
    if (status == EF_OK)
        status = ef_source_unwrap(&source, &error);
    if (status == EF_OK)
        status = ef_source_decode(&source, encoding, NULL, &error);
    fuzz_check_error(status, &error);
    if (status != EF_OK) {
        REQUIRE(source == NULL);
        return status;
    }
    status = read_all(source, step, out);
    REQUIRE(source->stored(source) <= bytes.size);
    source->close(source);
    return status;
}

static void pack(ef_slice bytes, ef_buffer *packed)
{
    z_stream stream = { 0 };
    REQUIRE(deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    size_t room = deflateBound(&stream, bytes.size);
    REQUIRE(ef_buffer_reserve(packed, room));
    stream.next_in = (Bytef *)(uintptr_t)bytes.data;
    stream.avail_in = (uInt)bytes.size;
    stream.next_out = packed->data + packed->size;
    stream.avail_out = (uInt)room;
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    packed->size += room - stream.avail_out;
    deflateEnd(&stream);
}

/* Two members, as `cat a.gz b.gz` makes them. */
static void pack_and_read(fuzz_bytes bytes, size_t cut, size_t step)
{
    ef_buffer packed = { 0 }, out = { 0 };
    cut = bytes.n > 0 ? cut % bytes.n : 0;
    pack((ef_slice){ bytes.p, cut }, &packed);
    pack((ef_slice){ bytes.p + cut, bytes.n - cut }, &packed);
    /* What looks packed or refused inside is for the layers behind the first. */
    ef_source *source;
    REQUIRE(ef_source_memory_open(&source, (ef_slice){ packed.data, packed.size }, "in",
                                  NULL) == EF_OK);
    REQUIRE(ef_source_kind_gzip.open(&source, source, NULL) == EF_OK);
    REQUIRE(read_all(source, step, &out) == EF_END);
    source->close(source);
    REQUIRE(
        fuzz_is_equal((ef_slice){ out.data, out.size }, (ef_slice){ bytes.p, bytes.n }));
    ef_buffer_release(&packed);
    ef_buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = { data, size };
    uint8_t mode = fuzz_byte(&bytes);
    size_t step = (size_t)fuzz_byte(&bytes) + 1;
    if (mode & MODE_PACK) {
        pack_and_read(bytes, mode % MODE_PACK, step);
        return 0;
    }
    size_t encodings = 0;
    while (ef_encoding_at(encodings) != NULL)
        encodings++;
    const char *encoding = ef_encoding_at(mode % encodings)->name;
    uint8_t *copy = fuzz_copy(bytes.p, bytes.n);
    ef_buffer at_once = { 0 }, in_steps = { 0 };
    ef_slice file = { copy, bytes.n };
    ef_status status = read_stack(file, encoding, ROOM, &at_once);
    REQUIRE(read_stack(file, encoding, step, &in_steps) == status);
    size_t shorter = at_once.size < in_steps.size ? at_once.size : in_steps.size;
    REQUIRE(shorter == at_once.size || shorter >= LIMIT);
    REQUIRE(shorter == 0 || memcmp(at_once.data, in_steps.data, shorter) == 0);
    ef_buffer_release(&at_once);
    ef_buffer_release(&in_steps);
    free(copy);
    return 0;
}
