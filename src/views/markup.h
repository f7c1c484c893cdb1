/* SPDX-License-Identifier: MIT
 * views/markup.h - markup of ours, and text of anybody inside it.
 *
 * Markup is written by ef_html alone, from literals of the source. All else is text: the
 * five characters that HTML reads are escaped; controls, marks that turn the line around,
 * what is not UTF-8 or no character becomes U+FFFD. So no text makes an element, ends an
 * attribute, or reorders what stands beside it. */
#ifndef EARFUL_VIEWS_MARKUP_H
#define EARFUL_VIEWS_MARKUP_H

#include "base/buffer.h"
#include "earful/app/report.h"
#include "views/wording.h"

void ef_html(ef_buffer *out, const char *markup);

/* Text as it is, for titles, captions, and the values of attributes. */
void ef_html_text(ef_buffer *out, ef_slice text);
/* A name, isolated from the direction of what is around it; long ones are cut. */
void ef_html_name(ef_buffer *out, ef_slice name);
/* The same for somebody's words, cut later. */
void ef_html_said(ef_buffer *out, ef_slice text);
/* A remark: it begins with a capital letter. */
void ef_html_line(ef_buffer *out, ef_slice text);
/* A word of ours; minus signs are minus signs. */
void ef_html_word(ef_buffer *out, const char *word);

/* Three cells: the value, its interval, what it counts and of how many; greyed and marked
 * where there are few. */
void ef_html_figure_cells(ef_buffer *out, const ef_findings *findings,
                          const ef_figure *figure);
/* One cell: the value, and beneath it the interval. */
void ef_html_figure_cell(ef_buffer *out, const ef_findings *findings,
                         const ef_figure *figure);
/* A table of figures with a caption, shares with bars where has_bars. */
void ef_html_figures(ef_buffer *out, const ef_findings *findings, const char *caption,
                     const ef_figures *figures, bool has_bars);
/* Somebody's words with where they stand. */
void ef_html_quote(ef_buffer *out, const ef_quote *quote);

/* A region that scrolls sideways where the screen is narrow, around a wide table. Readers
 * of the screen find it by its label, of which the page has one each. */
void ef_html_scroll(ef_buffer *out, const char *label, ef_slice of);
void ef_html_scroll_end(ef_buffer *out);

#endif
