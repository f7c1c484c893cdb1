/* SPDX-License-Identifier: MIT
 * cli/paint.h - the words that made a score, in the colour of what they did.
 *
 * Paint is one byte for each byte of a text: 0 for plain. */
#ifndef EARFUL_CLI_PAINT_H
#define EARFUL_CLI_PAINT_H

#include <stdio.h>

#include "earful/scorer.h"

#define EF_BOLD  "\x1b[1m"
#define EF_DIM   "\x1b[2m"
#define EF_PLAIN "\x1b[0m"

/* Paints the bytes begin to end of a text, colors[0] being that of begin: words of the
 * lexicon green or red, triggers of rules yellow, for the reasons from to up to. */
void ef_paint_reasons(unsigned char *colors, uint32_t begin, uint32_t end,
                      const ef_explanation *explanation, size_t from, size_t up_to);

/* Writes text safely, in its colours; colors may be NULL. */
void ef_paint_print(FILE *stream, const char *text, const unsigned char *colors,
                    size_t size);

#endif
