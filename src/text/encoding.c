/* SPDX-License-Identifier: MIT
 * text/encoding.c - characters behind the accidents of CP1252. */
#include "text/encoding.h"

#include "base/utf8.h"

enum { ROUNDS = 2 }; /* text spoilt three times is rare, and costs 4^3 characters to see */

static const uint16_t c1_codes[32] = {
    0x20ac, 0x81,   0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8d,   0x017d, 0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d,   0x017e, 0x0178,
};

uint32_t ef_encoding_c1(uint32_t code)
{
    return code >= 0x80 && code < 0xa0 ? c1_codes[code - 0x80] : code;
}

/* The byte that CP1252 shows as code, if it continues a UTF-8 sequence; else 0. */
static uint8_t continuation_byte(uint32_t code)
{
    if (code >= 0x80 && code < 0xc0)
        return (uint8_t)code;
    for (unsigned i = 0; i < 32 && code > 0xff; i++)
        if (c1_codes[i] == code)
            return (uint8_t)(0x80 + i);
    return 0;
}

/* How many bytes follow a first byte that CP1252 shows as code. Of two-byte sequences only
 * Â and Ã (Latin-1) count: other pairs, as in «CAFÉ», occur in real text. */
static size_t bytes_that_follow(uint32_t code)
{
    switch (code) {
    case 0xc2:
    case 0xc3:
        return 1;
    case 0xe2:
    case 0xe3:
    case 0xef:
        return 2;
    case 0xf0:
        return 3;
    default:
        return 0;
    }
}

/* Reads one character after that many rounds of repair. */
static size_t read_round(const uint8_t *p, size_t n, unsigned rounds, uint32_t *code)
{
    if (rounds == 0)
        return ef_utf8_decode(p, n, code);
    size_t size = read_round(p, n, rounds - 1, code);
    size_t follow = size == 0 ? 0 : bytes_that_follow(*code);
    if (follow == 0)
        return size;
    uint8_t bytes[4] = { (uint8_t)*code };
    size_t at = size;
    for (size_t i = 1; i <= follow; i++) {
        uint32_t next = 0;
        size_t step = read_round(p + at, n - at, rounds - 1, &next);
        bytes[i] = step == 0 ? 0 : continuation_byte(next);
        at += step;
        if (bytes[i] == 0)
            return size;
    }
    uint32_t repaired;
    if (ef_utf8_decode(bytes, follow + 1, &repaired) != follow + 1)
        return size;
    *code = repaired;
    return at;
}

size_t ef_encoding_read(const uint8_t *p, size_t n, uint32_t *code)
{
    *code = 0xfffd;
    size_t size = read_round(p, n, ROUNDS, code);
    *code = ef_encoding_c1(*code);
    return size;
}
