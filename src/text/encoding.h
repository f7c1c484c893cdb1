/* SPDX-License-Identifier: MIT
 * text/encoding.h - characters behind the accidents of CP1252.
 *
 * UTF-8 that was once read as CP1252 shows "â€™" for an apostrophe. The sequence decodes
 * back to one character or it is left alone, so that real text is never harmed. */
#ifndef EARFUL_TEXT_ENCODING_H
#define EARFUL_TEXT_ENCODING_H

#include <stddef.h>
#include <stdint.h>

/* What CP1252 has in the place of the C1 control code (0x80 to 0x9f); other codes, and the
 * five that CP1252 leaves open, are given back as they are. */
uint32_t ef_encoding_c1(uint32_t code);

/* Decodes the character above ASCII at p[0..n) into *code, mojibake of up to two rounds
 * repaired and C1 controls read as CP1252. Returns its size, at most 36 bytes; 0 when the
 * bytes are not UTF-8. */
size_t ef_encoding_read(const uint8_t *p, size_t n, uint32_t *code);

#endif
