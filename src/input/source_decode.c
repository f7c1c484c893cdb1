/* SPDX-License-Identifier: MIT
 * input/source_decode.c - text in other encodings as UTF-8.
 *
 * What is UTF-8 already is handed through, without a BOM; all else is decoded character by
 * character. UTF-16 is found by its BOM or asked for by name, never guessed: guesses go
 * wrong on short files.
 * Invariant: input[at..filled) has been read from below and not yet been decoded;
 * made[made_at..made_size) is a decoded character that did not fit into the caller's room.
 */
#include "input/source.h"

#include <assert.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/utf8.h"

enum { INPUT_SIZE = 1 << 14, CHARACTER_SIZE = 4 };

static const ef_encoding encodings[] = {
    { "auto", "by a byte order mark, else UTF-8" },
    { "none", "as it is, with a byte order mark if there is one" },
    { "utf-8", "what most programs write" },
    { "utf-16le", "what Windows calls Unicode" },
    { "utf-16be", "UTF-16 with the high byte first" },
    { "cp1252", "Western European Windows" },
    { "latin1", "ISO 8859-1" },
};

typedef enum decoding { AUTO, NONE, UTF_8, UTF_16LE, UTF_16BE, CP1252, LATIN1 } decoding;

/* The characters of CP1252 from 0x80 to 0x9F; five of them are not assigned. */
static const uint16_t cp1252[32] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};

typedef struct decoder {
    ef_source source; /* first: a source is cast to this */
    ef_source *below;
    decoding asked, decoding;
    size_t at, filled;
    ef_status ended; /* EF_END or the error that below has answered; EF_OK before */
    ef_error failure;
    uint8_t made[CHARACTER_SIZE];
    size_t made_at, made_size;
    uint8_t input[INPUT_SIZE];
} decoder;

const ef_encoding *ef_encoding_at(size_t index)
{
    return index < sizeof encodings / sizeof encodings[0] ? &encodings[index] : NULL;
}

/* Reads more input. EF_OK, EF_AGAIN, or what ended it, which is kept for later. */
static ef_status fill(decoder *de, bool wait)
{
    if (de->ended != EF_OK)
        return de->ended;
    if (de->at > 0) {
        memmove(de->input, de->input + de->at, de->filled - de->at);
        de->filled -= de->at;
        de->at = 0;
    }
    size_t got = 0;
    ef_status status = de->below->read(de->below, de->input + de->filled,
                                       INPUT_SIZE - de->filled, wait, &got, &de->failure);
    if (status == EF_OK)
        de->filled += got;
    else if (status != EF_AGAIN)
        de->ended = status;
    return status;
}

static bool begins_with(const decoder *de, const char *bom, size_t size)
{
    return de->filled >= size && memcmp(de->input, bom, size) == 0;
}

/* Whether the bytes at hand are the beginning of a BOM, so that the next one matters. */
static bool may_become_bom(const decoder *de)
{
    static const char *const boms[] = { "\xef\xbb\xbf", "\xff\xfe", "\xfe\xff" };
    for (size_t i = 0; i < sizeof boms / sizeof boms[0]; i++)
        if (de->filled < strlen(boms[i]) && memcmp(boms[i], de->input, de->filled) == 0)
            return true;
    return false;
}

/* Looks at the first bytes: what "auto" means here, and which BOM to drop. */
static void choose(decoder *de)
{
    de->decoding = de->asked;
    while (de->asked != NONE && may_become_bom(de) && fill(de, true) == EF_OK)
        ;
    bool is_8 = begins_with(de, "\xef\xbb\xbf", 3);
    bool is_16le = begins_with(de, "\xff\xfe", 2), is_16be = begins_with(de, "\xfe\xff", 2);
    if (de->asked == AUTO)
        de->decoding = is_16le ? UTF_16LE : is_16be ? UTF_16BE : UTF_8;
    if (de->decoding == UTF_8 && is_8)
        de->at = 3;
    if ((de->decoding == UTF_16LE && is_16le) || (de->decoding == UTF_16BE && is_16be))
        de->at = 2;
    de->source.encoding =
        de->below->encoding != NULL ? de->below->encoding : encodings[de->decoding].name;
}

static uint32_t unit_at(const decoder *de, size_t at)
{
    const uint8_t *p = de->input + at;
    uint32_t first = p[0], second = p[1];
    return de->decoding == UTF_16LE ? first | second << 8 : first << 8 | second;
}

/* Takes one character of UTF-16. False when more input is needed for it. */
static bool take_utf16(decoder *de, uint32_t *code)
{
    size_t left = de->filled - de->at;
    bool at_end = de->ended != EF_OK;
    *code = 0xfffd; /* for half a unit at the end, and half a pair anywhere */
    if (left < 2) {
        de->at = at_end ? de->filled : de->at;
        return at_end && left > 0;
    }
    uint32_t high = unit_at(de, de->at);
    bool is_high = high >= 0xd800 && high < 0xdc00;
    if (is_high && left < 4 && !at_end)
        return false;
    de->at += 2;
    if (!is_high) {
        *code = high; /* a lone low half has no UTF-8 form and becomes U+FFFD */
        return true;
    }
    uint32_t low = left < 4 ? 0 : unit_at(de, de->at);
    if (low >= 0xdc00 && low < 0xe000) {
        *code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
        de->at += 2;
    }
    return true;
}

static bool take(decoder *de, uint32_t *code)
{
    if (de->decoding == UTF_16LE || de->decoding == UTF_16BE)
        return take_utf16(de, code);
    if (de->at == de->filled)
        return false;
    uint8_t byte = de->input[de->at++];
    bool is_special = de->decoding == CP1252 && byte >= 0x80 && byte < 0xa0;
    *code = is_special ? cp1252[byte - 0x80] : byte;
    return true;
}

/* Decodes what is there into p[0..n) and returns how many bytes that made. Only a
 * character for which the room may be too small goes through `made`. */
static size_t decode(decoder *de, uint8_t *p, size_t n)
{
    size_t size = 0;
    uint32_t code;
    while (size < n) {
        if (de->made_at < de->made_size) {
            p[size++] = de->made[de->made_at++];
        } else if (!take(de, &code)) {
            break;
        } else if (n - size >= CHARACTER_SIZE) {
            size += ef_utf8_encode(code, p + size);
        } else {
            de->made_at = 0;
            de->made_size = ef_utf8_encode(code, de->made);
        }
    }
    return size;
}

/* UTF-8 and "none": the bytes that choose looked at, then straight from below. */
static ef_status read_through(decoder *de, uint8_t *p, size_t n, bool wait, size_t *got)
{
    size_t left = de->filled - de->at;
    if (left == 0 && de->ended == EF_OK)
        return de->below->read(de->below, p, n, wait, got, &de->failure);
    if (left == 0)
        return de->ended;
    *got = left < n ? left : n;
    memcpy(p, de->input + de->at, *got);
    de->at += *got;
    return EF_OK;
}

static ef_status read_decoded(decoder *de, uint8_t *p, size_t n, bool wait, size_t *got)
{
    ef_status status = EF_OK;
    for (;;) {
        *got = de->made_at < de->made_size || de->at < de->filled ? decode(de, p, n) : 0;
        if (*got > 0)
            return EF_OK;
        if (status != EF_OK)
            return status;
        status = fill(de, wait);
    }
}

static ef_status read_decoder(ef_source *source, uint8_t *p, size_t n, bool wait,
                              size_t *got, ef_error *error)
{
    decoder *de = (decoder *)source;
    assert(n > 0);
    bool is_through = de->decoding == UTF_8 || de->decoding == NONE;
    ef_status status =
        is_through ? read_through(de, p, n, wait, got) : read_decoded(de, p, n, wait, got);
    if (status != EF_OK && status != EF_END && status != EF_AGAIN && error != NULL)
        *error = de->failure;
    return status;
}

/* A member may have another encoding than the one before. */
static ef_status next_member(ef_source *source, ef_error *error)
{
    decoder *de = (decoder *)source;
    ef_status status = ef_source_next_member(de->below, &de->failure);
    source->label = de->below->label;
    source->note = de->below->note;
    de->at = de->filled = de->made_at = de->made_size = 0;
    de->ended = status;
    if (status == EF_OK)
        choose(de);
    else if (status != EF_END && error != NULL)
        *error = de->failure;
    return status;
}

static void close_decoder(ef_source *source)
{
    decoder *de = (decoder *)source;
    de->below->close(de->below);
    free(de);
}

static uint64_t stored(const ef_source *source)
{
    const decoder *de = (const decoder *)source;
    return de->below->stored(de->below);
}

/* Not in the table of kinds: encodings have their own. */
static const ef_source_kind kind = { .name = "decode",
                                     .summary = "other encodings as UTF-8" };

static ef_status open_decoder(ef_source **source, decoding asked, ef_error *error)
{
    ef_source *below = *source;
    *source = NULL;
    decoder *de = calloc(1, sizeof *de);
    if (de == NULL) {
        below->close(below);
        return ef_error_memory(error);
    }
    de->source = (ef_source){ .kind = &kind,
                              .read = read_decoder,
                              .close = close_decoder,
                              .stored = stored,
                              .label = below->label,
                              .next_member = next_member,
                              .note = below->note };
    de->below = below;
    /* Whoever makes text from a document has made UTF-8, whatever the user said. */
    de->asked = below->encoding != NULL ? UTF_8 : asked;
    choose(de);
    *source = &de->source;
    return EF_OK;
}

/* Names are told apart without case, whatever the locale thinks of it. */
static bool is_named(const char *name, const char *asked)
{
    for (; *name != '\0'; name++, asked++)
        if ((*asked >= 'A' && *asked <= 'Z' ? *asked + ('a' - 'A') : *asked) != *name)
            return false;
    return *asked == '\0';
}

ef_status ef_source_decode(ef_source **source, const char *encoding, const char **chosen,
                           ef_error *error)
{
    size_t index = 0;
    while (ef_encoding_at(index) != NULL && !is_named(encodings[index].name, encoding))
        index++;
    if (ef_encoding_at(index) == NULL) {
        (*source)->close(*source);
        *source = NULL;
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "unknown encoding '%s': auto, none, utf-8, utf-16le, utf-16be, "
                            "cp1252 or latin1",
                            encoding);
    }
    ef_status status = open_decoder(source, (decoding)index, error);
    if (status == EF_OK && chosen != NULL)
        *chosen = (*source)->encoding;
    return status;
}
