/* SPDX-License-Identifier: MIT
 * tests/input/sources.h - bytes in, bytes out: what the tests of sources share. */
#ifndef EARFUL_TESTS_SOURCES_H
#define EARFUL_TESTS_SOURCES_H

#include <criterion/criterion.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "input/source.h"

/* A source over memory that gives `step` bytes at a time, each after an EF_AGAIN for those
 * who do not want to wait, and ends with `ending` (EF_END or an error). */
typedef struct drip {
    ef_source source;
    ef_slice rest;
    size_t step;
    ef_status ending;
    bool has_paused;
    uint64_t given;
    bool *is_closed; /* set when closed; may be NULL */
} drip;

static inline ef_status drip_read(ef_source *source, uint8_t *p, size_t n, bool wait,
                                  size_t *got, ef_error *error)
{
    drip *d = (drip *)source;
    if (!wait && !d->has_paused) {
        d->has_paused = true;
        return EF_AGAIN;
    }
    d->has_paused = false;
    if (d->rest.size == 0) {
        if (d->ending != EF_END && error != NULL) {
            *error = (ef_error){ .status = d->ending, .message = "the pipe burst" };
        }
        return d->ending;
    }
    size_t count = d->step < n ? d->step : n;
    count = count < d->rest.size ? count : d->rest.size;
    memcpy(p, d->rest.data, count);
    d->rest.data += count;
    d->rest.size -= count;
    d->given += count;
    *got = count;
    return EF_OK;
}

static inline void drip_close(ef_source *source)
{
    drip *d = (drip *)source;
    if (d->is_closed != NULL)
        *d->is_closed = true;
    free(d);
}

static inline uint64_t drip_stored(const ef_source *source)
{
    return ((const drip *)source)->given;
}

static inline ef_source *drip_open(ef_slice bytes, size_t step, ef_status ending)
{
    drip *d = calloc(1, sizeof *d);
    cr_assert_not_null(d);
    d->source = (ef_source){
        .read = drip_read, .close = drip_close, .stored = drip_stored, .label = "drip"
    };
    d->rest = bytes;
    d->step = step;
    d->ending = ending;
    return &d->source;
}

/* Reads to the end, n bytes at a time. Returns what ended it: EF_END or an error. */
static inline ef_status drain(ef_source *source, ef_buffer *out, size_t n, bool wait,
                              ef_error *error)
{
    uint8_t room[4096];
    cr_assert(n <= sizeof room);
    for (;;) {
        size_t got = 0;
        ef_status status = source->read(source, room, n, wait, &got, error);
        if (status == EF_AGAIN && !wait)
            continue;
        if (status != EF_OK)
            return status;
        cr_assert(got > 0 && got <= n);
        ef_buffer_append(out, room, got);
    }
}

#endif
