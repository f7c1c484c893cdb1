/* SPDX-License-Identifier: MIT
 * input/source_gzip.c - gunzips what lies below.
 *
 * A gzip file is one member after the other, each with its own CRC; an empty member gives
 * nothing. zlib checks header, data and CRC. Zero bytes behind the last member are padding;
 * anything else there is an error, which comes after all good data has been given out.
 * Invariant: input[at..filled) has been read from below and not yet been taken by zlib. */
#include "input/source.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/error.h"

enum {
    INPUT_SIZE = 1 << 16,
    GZIP_WRAPPER = 16 /* added to the window bits: a gzip header and CRC, nothing else */
};

typedef enum phase {
    BETWEEN, /* in front of a member, or at the end */
    INSIDE,
    FAILED
} phase;

typedef struct gzip {
    ef_source source; /* first: a source is cast to this */
    ef_source *below;
    z_stream stream;
    phase phase;
    bool is_first; /* no member has ended yet */
    size_t at, filled;
    uint64_t taken, given; /* by zlib, to the caller */
    ef_error failure;      /* in FAILED */
    uint8_t input[INPUT_SIZE];
} gzip;

static bool recognizes(ef_slice head)
{
    return head.size >= 3 && memcmp(head.data, "\x1f\x8b\x08", 3) == 0;
}

/* Remembers the error, so that good bytes can go out first and later reads fail alike. */
static void fail(gzip *gz, const ef_error *failure)
{
    gz->phase = FAILED;
    gz->failure = *failure;
    gz->failure.offset = gz->given;
}

static void fail_cut_short(gzip *gz)
{
    ef_error failure;
    ef_error_set(&failure, EF_ERR_FORMAT,
                 "'%s' is cut short: the gzip data ends early at byte %" PRIu64,
                 gz->source.label, gz->taken);
    fail(gz, &failure);
}

static void fail_damaged(gzip *gz)
{
    ef_error failure;
    ef_error_set(&failure, EF_ERR_FORMAT, "'%s' is damaged near byte %" PRIu64 ": %s",
                 gz->source.label, gz->taken,
                 gz->stream.msg != NULL ? gz->stream.msg : "not gzip data");
    fail(gz, &failure);
}

static void fail_garbage(gzip *gz)
{
    ef_error failure;
    ef_error_set(&failure, EF_ERR_FORMAT,
                 "'%s' has something else behind its gzip data, from byte %" PRIu64,
                 gz->source.label, gz->taken);
    fail(gz, &failure);
}

static void fail_bomb(gzip *gz)
{
    ef_error failure;
    ef_error_set(&failure, EF_ERR_LIMIT,
                 "'%s' unpacks to more than %d times its size, which no text does",
                 gz->source.label, EF_BOMB_RATIO);
    fail(gz, &failure);
}

/* Reads more input behind what is there. EF_OK, EF_END, EF_AGAIN or an error. */
static ef_status fill(gzip *gz, bool wait)
{
    if (gz->at > 0) {
        memmove(gz->input, gz->input + gz->at, gz->filled - gz->at);
        gz->filled -= gz->at;
        gz->at = 0;
    }
    ef_error failure = { 0 };
    size_t got = 0;
    ef_status status = gz->below->read(gz->below, gz->input + gz->filled,
                                       INPUT_SIZE - gz->filled, wait, &got, &failure);
    if (status == EF_OK)
        gz->filled += got;
    else if (status != EF_END && status != EF_AGAIN)
        fail(gz, &failure);
    return status;
}

/* Skips the zero bytes that tapes and downloads leave; true if nothing else is there. */
static bool skip_padding(gzip *gz)
{
    while (gz->at < gz->filled && gz->input[gz->at] == 0) {
        gz->at++;
        gz->taken++;
    }
    return gz->at == gz->filled;
}

/* Looks what comes behind a member: another one (EF_OK, INSIDE), nothing (EF_END), or
 * something else, which fails. */
static ef_status begin_member(gzip *gz, bool wait)
{
    bool is_padding = !gz->is_first && skip_padding(gz);
    if (is_padding || gz->filled - gz->at < 2) {
        ef_status status = fill(gz, wait);
        if (status == EF_OK)
            return EF_OK; /* come again with more */
        if (status == EF_END && gz->filled == gz->at)
            return EF_END;
        if (status == EF_END && gz->is_first)
            fail_cut_short(gz);
        else if (status == EF_END)
            fail_garbage(gz);
        return status == EF_AGAIN ? EF_AGAIN : EF_OK;
    }
    if (memcmp(gz->input + gz->at, "\x1f\x8b", 2) != 0) {
        fail_garbage(gz);
        return EF_OK;
    }
    if (inflateReset(&gz->stream) != Z_OK)
        fail_damaged(gz);
    else
        gz->phase = INSIDE;
    return EF_OK;
}

/* Inflates what is there into p[0..n). */
static size_t inflate_some(gzip *gz, uint8_t *p, size_t n)
{
    uInt room = n > INT32_MAX ? INT32_MAX : (uInt)n;
    uInt input = (uInt)(gz->filled - gz->at);
    gz->stream.next_in = gz->input + gz->at;
    gz->stream.avail_in = input;
    gz->stream.next_out = p;
    gz->stream.avail_out = room;
    int answer = inflate(&gz->stream, Z_NO_FLUSH);
    size_t taken = input - gz->stream.avail_in;
    size_t made = room - gz->stream.avail_out;
    gz->at += taken;
    gz->taken += taken;
    gz->given += made;
    if (answer == Z_STREAM_END) {
        gz->phase = BETWEEN;
        gz->is_first = false;
    } else if (answer != Z_OK && answer != Z_BUF_ERROR) {
        fail_damaged(gz); /* also Z_NEED_DICT, which gzip does not have */
    }
    if (gz->phase != FAILED && ef_source_is_bomb(gz->given, gz->taken))
        fail_bomb(gz);
    return made;
}

static ef_status inside_member(gzip *gz, uint8_t *p, size_t n, bool wait, size_t *got)
{
    *got = inflate_some(gz, p, n);
    if (*got > 0 || gz->phase != INSIDE || gz->at < gz->filled)
        return EF_OK;
    ef_status status = fill(gz, wait);
    if (status == EF_END)
        fail_cut_short(gz);
    return status == EF_AGAIN ? EF_AGAIN : EF_OK;
}

static ef_status read_gzip(ef_source *source, uint8_t *p, size_t n, bool wait, size_t *got,
                           ef_error *error)
{
    gzip *gz = (gzip *)source;
    assert(n > 0);
    ef_status status = EF_OK;
    *got = 0;
    while (status == EF_OK && *got == 0) {
        if (gz->phase == FAILED) {
            if (error != NULL)
                *error = gz->failure;
            return gz->failure.status;
        }
        status = gz->phase == INSIDE ? inside_member(gz, p, n, wait, got)
                                     : begin_member(gz, wait);
    }
    return status;
}

static void close_gzip(ef_source *source)
{
    gzip *gz = (gzip *)source;
    inflateEnd(&gz->stream);
    gz->below->close(gz->below);
    free(gz);
}

static uint64_t stored(const ef_source *source)
{
    const gzip *gz = (const gzip *)source;
    return gz->below->stored(gz->below);
}

static ef_status open_gzip(ef_source **source, ef_source *below, ef_error *error)
{
    *source = NULL;
    gzip *gz = calloc(1, sizeof *gz);
    if (gz == NULL || inflateInit2(&gz->stream, MAX_WBITS + GZIP_WRAPPER) != Z_OK) {
        free(gz);
        below->close(below);
        return ef_error_memory(error);
    }
    gz->source = (ef_source){ .kind = &ef_source_kind_gzip,
                              .read = read_gzip,
                              .close = close_gzip,
                              .stored = stored,
                              .label = below->label };
    gz->below = below;
    gz->is_first = true;
    *source = &gz->source;
    return EF_OK;
}

const ef_source_kind ef_source_kind_gzip = { .name = "gzip",
                                             .summary = "gzip, several members too",
                                             .recognizes = recognizes,
                                             .open = open_gzip };

const char *ef_gzip_library(void)
{
    return zlibVersion();
}
