/* SPDX-License-Identifier: MIT
 * cli/characters.h - single characters of text that we did not write. */
#ifndef EARFUL_CLI_CHARACTERS_H
#define EARFUL_CLI_CHARACTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The size of the valid UTF-8 character at p and its number; 0 if there is none among the
 * n > 0 bytes. Strict: no overlong form, no surrogate, nothing over U+10FFFF. */
size_t ef_character_decode(const uint8_t *p, size_t n, uint32_t *code);

/* Controls, line and paragraph separators, and all that changes the direction: what must
 * not reach a terminal as it is. */
bool ef_character_is_dangerous(uint32_t code);

/* The columns that a terminal gives a character: 0 for marks and joiners, 2 for East Asian
 * wide forms and emoji. For lining up; where terminals differ, a guess. */
unsigned ef_character_width(uint32_t code);

#endif
