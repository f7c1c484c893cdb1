/* SPDX-License-Identifier: MIT
 * views/screen.h - lines of a terminal: columns that line up, wrapped text, sparklines.
 *
 * Nothing is wider than the screen, and nothing of strangers reaches it but through
 * report/display.h. Colour is asked for by role, and is nothing where there is none; it
 * never says what the characters do not. */
#ifndef EARFUL_VIEWS_SCREEN_H
#define EARFUL_VIEWS_SCREEN_H

#include "base/buffer.h"
#include "earful/app/report.h"

typedef struct ef_screen {
    ef_buffer *out;
    const ef_findings *findings;
    unsigned width;
    bool has_color;
} ef_screen;

typedef enum ef_ink {
    EF_INK_PLAIN,
    EF_INK_STRONG,
    EF_INK_FAINT,
    EF_INK_GOOD,
    EF_INK_BAD
} ef_ink;

/* Text in that ink, cut or filled up to width columns. */
void ef_screen_left(const ef_screen *screen, ef_ink ink, ef_slice text, unsigned width);
/* The same, at the right edge of its column. A word that is wider is written whole. */
void ef_screen_right(const ef_screen *screen, ef_ink ink, const char *text, unsigned width);
void ef_screen_blank(const ef_screen *screen, unsigned count);
void ef_screen_end(const ef_screen *screen); /* of a line; drops blanks at its end */

/* An empty line, and the title of what follows with a note in faint ink behind it. */
void ef_screen_heading(const ef_screen *screen, const char *title, ef_slice note);

/* Words in lines that fit, the first and the rest behind so many blanks. text is safe
 * already. */
void ef_screen_wrap(const ef_screen *screen, ef_slice text, unsigned indent);

/* One character a value, scaled from the lowest to the highest; a dot for NaN. Of more than
 * width values the last ones. Returns the columns used. */
unsigned ef_screen_sparkline(const ef_screen *screen, const double *values, size_t count,
                             unsigned width);

/* The lowest and the highest of them, NaN left out; both NaN where there is nothing else.
 */
void ef_screen_range(const double *values, size_t count, double *low, double *high);

/* By sign, faint where there are few: the ink of a figure. */
ef_ink ef_screen_ink(const ef_screen *screen, const ef_figure *figure);

#endif
