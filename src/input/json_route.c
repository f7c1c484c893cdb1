/* SPDX-License-Identifier: MIT
 * input/json_route.c - the way to the records of a JSON document, in a stream.
 *
 * All that is known about the place in the document fits into one word, so a document of
 * any size is walked in constant memory, and a block that begins anywhere can be read by
 * another thread. Containers off the route are only counted.
 * Invariant: the word is true between two tokens, or inside a string that is not a key. */
#include "input/json_route.h"

#include <assert.h>
#include <string.h>

/* What is being dropped, by its first byte. */
typedef enum dropping { NOTHING, BRACES, BRACKETS, STRING, SCALAR } dropping;

/* The walk, unpacked from its word. */
typedef struct place {
    unsigned level;    /* containers of the route that are open; steps + 1 in the records */
    uint32_t outside;  /* containers off the route that are open, or in a dropped record */
    bool in_string;    /* of a string that began in earlier bytes */
    bool is_escaped;   /* … behind its backslash */
    bool is_value;     /* in an object: behind the colon */
    bool is_route;     /* … of the key that the route takes */
    uint32_t array;    /* arrays of records entered so far, modulo 2^17 */
    unsigned dropping; /* which kind of record that is too long we are in */
} place;

/* A key longer than this is none that a route knows. */
enum { KEY_LIMIT = 4096, STRETCH = 256 };

static place unpack(uint64_t state)
{
    return (place){ .level = state & 0xff,
                    .in_string = state >> 8 & 1,
                    .is_escaped = state >> 9 & 1,
                    .is_value = state >> 10 & 1,
                    .is_route = state >> 11 & 1,
                    .dropping = state >> 12 & 7,
                    .array = state >> 15 & 0x1ffff,
                    .outside = (uint32_t)(state >> 32) };
}

static uint64_t pack(const place *at)
{
    return at->level | (uint64_t)at->in_string << 8 | (uint64_t)at->is_escaped << 9 |
           (uint64_t)at->is_value << 10 | (uint64_t)at->is_route << 11 |
           (uint64_t)at->dropping << 12 | (uint64_t)(at->array & 0x1ffff) << 15 |
           (uint64_t)at->outside << 32;
}

/* The index behind the closing quote of a string, inside which p begins; 0 if it does not
 * end. *is_escaped as for place. */
static size_t string_end(const ef_kernels *kernels, const uint8_t *p, size_t n,
                         bool *is_escaped)
{
    size_t at = 0;
    if (*is_escaped && n > 0)
        at = 1;
    *is_escaped = false;
    while (at < n) {
        at += kernels->find_any(p + at, n - at, '"', '\\', '"');
        if (at < n && p[at] == '"')
            return at + 1;
        *is_escaped = at + 1 == n;
        at += 2;
    }
    return 0;
}

static bool is_array_level(const ef_json_route *route, unsigned level)
{
    return level > route->count || route->steps[level - 1].is_each;
}

/* Compares a key as it stands in the bytes, with its quotes; routes know their keys without
 * escapes. A key whose escapes are broken is no step of any route. */
static bool key_matches(const ef_json_route *route, const ef_kernels *kernels,
                        unsigned level, ef_slice quoted)
{
    if (level > route->count || quoted.size > KEY_LIMIT + 2)
        return false;
    ef_slice key = route->steps[level - 1].key;
    ef_slice raw = { quoted.data + 1, quoted.size - 2 };
    uint8_t plain[KEY_LIMIT];
    if (memchr(raw.data, '\\', raw.size) != NULL) {
        ef_json_pull pull;
        ef_json_pull_init(&pull, kernels, quoted.data, quoted.size);
        if (ef_json_next(&pull) != EF_JSON_STRING)
            return false;
        raw = (ef_slice){ plain, ef_json_unescape(raw, plain) };
    }
    return raw.size == key.size && memcmp(raw.data, key.data, key.size) == 0;
}

/* What a byte at the start of a value means. */
typedef enum move { RECORD, ENTERED, PASSED } move;

static move open_container(place *at, const ef_json_route *route, bool is_array)
{
    if (at->outside > 0) {
        at->outside += at->outside < UINT32_MAX;
        return PASSED;
    }
    if (at->level > route->count)
        return RECORD;
    bool is_route = at->level == 0 || is_array_level(route, at->level) ||
                    (at->is_value && at->is_route);
    if (is_route && at->level == route->count && !is_array)
        return RECORD;
    bool fits = at->level == route->count || route->steps[at->level].is_each == is_array;
    at->array += is_route && fits && at->level == route->count;
    if (is_route && fits)
        at->level++;
    else
        at->outside = 1;
    at->is_value = at->is_route = false;
    return ENTERED;
}

/* A bracket that closes what is not open is a mistake of the document; it is passed over.
 */
static void close_container(place *at, const ef_json_route *route, bool is_array)
{
    if (at->outside > 0)
        at->outside--;
    else if (at->level > 0 && is_array_level(route, at->level) == is_array)
        at->level--;
}

/* Reads the string whose quote is at p[0]. Returns its size, or 0 when it is a key that
 * does not end here and may still be the one we look for. */
static size_t read_string(place *at, const ef_json_route *route, const ef_kernels *kernels,
                          const uint8_t *p, size_t n)
{
    bool is_key = at->outside == 0 && at->level > 0 && !is_array_level(route, at->level) &&
                  !at->is_value;
    bool is_escaped = false;
    size_t size = string_end(kernels, p + 1, n - 1, &is_escaped);
    if (size == 0 && is_key && n <= KEY_LIMIT + 1)
        return 0;
    if (is_key)
        at->is_route =
            size > 0 && key_matches(route, kernels, at->level, (ef_slice){ p, size + 1 });
    at->in_string = size == 0;
    at->is_escaped = is_escaped;
    return size == 0 ? n : size + 1;
}

/* One byte between strings. RECORD: a record begins with it. */
static move read_byte(place *at, const ef_json_route *route, uint8_t byte)
{
    switch (byte) {
    case '{':
    case '[':
        return open_container(at, route, byte == '[');
    case '}':
    case ']':
        close_container(at, route, byte == ']');
        return PASSED;
    case ':':
        at->is_value |= at->outside == 0;
        return PASSED;
    case ',':
        if (at->outside == 0)
            at->is_value = at->is_route = false;
        return PASSED;
    case ' ':
    case '\n':
    case '\r':
    case '\t':
        return PASSED;
    default: /* a scalar; among the records it is one, though none that can be read */
        return at->outside == 0 && at->level > route->count ? RECORD : PASSED;
    }
}

size_t ef_json_seek(const ef_json_route *route, const ef_kernels *kernels, const uint8_t *p,
                    size_t n, uint64_t *state, bool *is_record)
{
    place here = unpack(*state);
    size_t at = 0;
    *is_record = false;
    if (here.in_string) {
        at = string_end(kernels, p, n, &here.is_escaped);
        here.in_string = at == 0;
        at = at == 0 ? n : at;
    }
    while (at < n) {
        bool is_string = p[at] == '"' && (here.outside > 0 || here.level <= route->count);
        if (is_string) {
            size_t size = read_string(&here, route, kernels, p + at, n - at);
            if (size == 0)
                break;
            at += size;
        } else if (read_byte(&here, route, p[at]) == RECORD) {
            *is_record = true;
            break;
        } else {
            at++;
        }
    }
    *state = pack(&here);
    return at;
}

/* What may stand behind a scalar among records. The walk passes over all of it but ], and
 * takes other controls for scalars. */
static bool ends_scalar(uint8_t byte)
{
    return byte != 0 && strchr(",]} \n\r\t", byte) != NULL;
}

static size_t scalar_extent(const uint8_t *p, size_t n)
{
    size_t at = 1;
    while (at < n && !ends_scalar(p[at]))
        at++;
    return at < n ? at : 0;
}

/* Brackets of the other kind are balanced between these, or the value is broken. What may
 * matter is marked a stretch at a time: records are short, calls are not free. */
static size_t container_extent(const ef_kernels *kernels, const uint8_t *p, size_t n)
{
    const uint8_t signs[4] = { p[0], p[0] == '{' ? '}' : ']', '"', '\\' };
    uint64_t bits[STRETCH / 64];
    size_t depth = 0, escaped = n; /* the byte behind a backslash says nothing */
    bool in_string = false;
    for (size_t from = 0; from < n; from += STRETCH) {
        size_t size = n - from < STRETCH ? n - from : STRETCH;
        kernels->mark(p + from, size, signs, bits);
        for (size_t word = 0; word * 64 < size; word++)
            for (uint64_t left = bits[word]; left != 0; left &= left - 1) {
                size_t at = from + word * 64 + (size_t)__builtin_ctzll(left);
                if (at == escaped)
                    continue;
                if (p[at] == '"')
                    in_string = !in_string;
                else if (in_string)
                    escaped = p[at] == '\\' ? at + 1 : escaped;
                else if (p[at] == signs[0])
                    depth++;
                else if (p[at] == signs[1] && --depth == 0)
                    return at + 1;
            }
    }
    return 0;
}

size_t ef_json_extent(const ef_kernels *kernels, const uint8_t *p, size_t n)
{
    assert(n > 0);
    bool is_escaped = false;
    if (p[0] == '"') {
        size_t size = string_end(kernels, p + 1, n - 1, &is_escaped);
        return size == 0 ? 0 : size + 1;
    }
    if (p[0] != '{' && p[0] != '[')
        return scalar_extent(p, n);
    return container_extent(kernels, p, n);
}

static dropping kind_of(uint8_t first)
{
    return first == '{' ? BRACES : first == '[' ? BRACKETS : first == '"' ? STRING : SCALAR;
}

/* One byte of a string that is dropped, behind its first quote. */
static void drop_in_string(place *at, uint8_t byte)
{
    at->in_string = at->is_escaped || byte != '"';
    at->is_escaped = !at->is_escaped && byte == '\\';
    if (!at->in_string && at->dropping == STRING)
        at->dropping = NOTHING;
}

/* One byte of anything else that is dropped. */
static void drop(place *at, uint8_t byte)
{
    bool in_braces = at->dropping == BRACES;
    if (at->dropping == SCALAR) {
        if (byte == ']')
            at->level--; /* the records end with it: it stands for itself, too */
        if (ends_scalar(byte))
            at->dropping = NOTHING;
    } else if (byte == '"') {
        at->in_string = true;
    } else if (byte == (in_braces ? '{' : '[')) {
        at->outside += at->outside < UINT32_MAX;
    } else if (byte == (in_braces ? '}' : ']')) {
        at->outside--;
        at->dropping = at->outside == 0 ? NOTHING : at->dropping;
    }
}

size_t ef_json_skip_on(const uint8_t *p, size_t n, uint64_t *state)
{
    place here = unpack(*state);
    size_t at = 0;
    if (here.dropping == NOTHING && n > 0) {
        here.dropping = kind_of(p[0]);
        at = here.dropping == SCALAR; /* its first byte does not end it, whatever it is */
    }
    while (at < n && here.dropping != NOTHING) {
        if (here.in_string)
            drop_in_string(&here, p[at++]);
        else
            drop(&here, p[at++]);
    }
    *state = pack(&here);
    return here.dropping == NOTHING ? at : 0;
}

bool ef_json_is_whole(uint64_t state)
{
    place here = unpack(state);
    return here.level == 0 && here.outside == 0 && !here.in_string &&
           here.dropping == NOTHING;
}

uint32_t ef_json_array_number(uint64_t state)
{
    return unpack(state).array;
}

void ef_json_route_make(ef_json_route *route, const char *text)
{
    route->count = 0;
    while (*text != '\0' && route->count < EF_JSON_STEPS) {
        ef_json_step *step = &route->steps[route->count++];
        size_t size = strcspn(text, ".[");
        *step = (ef_json_step){ .is_each = size == 0 };
        if (size > 0)
            step->key = (ef_slice){ (const uint8_t *)text, size };
        text += size > 0 ? size : 2; /* [] */
        text += *text == '.';
    }
}

/* Keys of routes are letters and _, which an escape writes as \u00 and two digits. */
static bool may_spell_keys(ef_slice sample)
{
    const uint8_t *p = sample.data, *end = p + sample.size;
    while (end - p >= 6 && (p = memchr(p, '\\', (size_t)(end - p) - 5)) != NULL) {
        if (memcmp(p + 1, "u00", 3) == 0)
            return true;
        p += 2;
    }
    return false;
}

bool ef_json_route_may_be_in(const ef_json_route *route, ef_slice sample)
{
    for (size_t i = 0; i < route->count; i++) {
        ef_slice key = route->steps[i].key;
        if (!route->steps[i].is_each &&
            memmem(sample.data, sample.size, key.data, key.size) == NULL)
            return may_spell_keys(sample);
    }
    return true;
}
