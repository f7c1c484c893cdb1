/* SPDX-License-Identifier: MIT
 * base/utf8.h - one character of UTF-8 at a time.
 *
 * In `base` because text, input and report all need it; whole texts go through the
 * kernels. Strict: no overlong forms, no surrogates, nothing over U+10FFFF (RFC 3629). */
#ifndef EARFUL_BASE_UTF8_H
#define EARFUL_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EF_UTF8_REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD, three bytes */

/* Decodes the character at p[0..n) into *code and returns its size, 1 to 4; 0 when the
 * bytes there are not UTF-8 (or n is 0): the caller skips one byte. */
size_t ef_utf8_decode(const uint8_t *p, size_t n, uint32_t *code);

/* Writes code as UTF-8 to out (room for 4 bytes) and returns the size; U+FFFD for a code
 * that has no UTF-8 form. */
size_t ef_utf8_encode(uint32_t code, uint8_t *out);

/* Whether a character only says in which direction others run: such controls turn a line
 * around, and what is read is not what is there. */
bool ef_utf8_is_direction(uint32_t code);

#endif
