/* SPDX-License-Identifier: MIT
 * cli/review_screen.h - the screen of `earful review`: a text, what the model says, the
 * keys.
 */
#ifndef EARFUL_CLI_REVIEW_SCREEN_H
#define EARFUL_CLI_REVIEW_SCREEN_H

#include "review_card.h"
#include "terminal.h"

typedef enum ef_screen_view { EF_VIEW_TEXT, EF_VIEW_REASONS, EF_VIEW_HELP } ef_screen_view;

typedef struct ef_review_screen {
    const char *labels_path;
    const char *color; /* as --color says */
    ef_card card;
    ef_review_counts counts;
    const char *message; /* one short line of ours, or "" */
    ef_screen_view view;
    size_t first;       /* line of the view that stands on top */
    size_t page, lines; /* of the view, as drawn last */
} ef_review_screen;

/* Draws all of it, in the size that the terminal has now. */
void ef_review_screen_draw(ef_review_screen *screen);

/* Moves by so many lines, as far as there are any. */
void ef_review_screen_scroll(ef_review_screen *screen, long lines);

#endif
