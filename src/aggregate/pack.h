/* SPDX-License-Identifier: MIT
 * aggregate/pack.h - numbers as bytes of a row, little-endian, and back.
 *
 * What is read back comes from a file and is not believed: reading past the end gives 0 and
 * sets `failed`, once for all. */
#ifndef EARFUL_AGGREGATE_PACK_H
#define EARFUL_AGGREGATE_PACK_H

#include "base/buffer.h"

static inline void ef_pack_int(ef_buffer *out, int64_t value)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)((uint64_t)value >> (8 * i));
    ef_buffer_append(out, bytes, sizeof bytes);
}

static inline void ef_pack_real(ef_buffer *out, double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    ef_pack_int(out, bits);
}

static inline void ef_pack_bytes(ef_buffer *out, ef_slice bytes)
{
    ef_pack_int(out, (int64_t)bytes.size);
    ef_buffer_append_slice(out, bytes);
}

typedef struct ef_unpack {
    ef_slice rest;
    bool failed;
} ef_unpack;

static inline int64_t ef_unpack_int(ef_unpack *in)
{
    uint64_t value = 0;
    if (in->rest.size < 8) {
        in->failed = true;
        return 0;
    }
    for (int i = 0; i < 8; i++)
        value |= (uint64_t)in->rest.data[i] << (8 * i);
    in->rest = (ef_slice){ in->rest.data + 8, in->rest.size - 8 };
    return (int64_t)value;
}

/* A count or a sum that cannot be beyond what is ever counted: half a dozen of them still
 * add up without an overflow. */
static inline int64_t ef_unpack_sum(ef_unpack *in)
{
    int64_t value = ef_unpack_int(in), most = INT64_C(1) << 59;
    in->failed |= value > most || value < -most;
    return in->failed ? 0 : value;
}

/* A minute or an hour since 1970: of two million years, or INT64_MIN for never. */
static inline int64_t ef_unpack_minute(ef_unpack *in)
{
    int64_t value = ef_unpack_int(in), most = INT64_C(1) << 40;
    in->failed |= value != INT64_MIN && (value > most || value < -most);
    return in->failed ? 0 : value;
}

static inline double ef_unpack_real(ef_unpack *in)
{
    int64_t bits = ef_unpack_int(in);
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline ef_slice ef_unpack_bytes(ef_unpack *in)
{
    int64_t size = ef_unpack_int(in);
    if (size < 0 || (uint64_t)size > in->rest.size)
        in->failed = true;
    if (in->failed)
        return (ef_slice){ NULL, 0 };
    ef_slice bytes = { in->rest.data, (size_t)size };
    in->rest = (ef_slice){ in->rest.data + size, in->rest.size - (size_t)size };
    return bytes;
}

#endif
