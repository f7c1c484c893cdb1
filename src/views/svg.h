/* SPDX-License-Identifier: MIT
 * views/svg.h - charts, drawn as SVG inside the page.
 *
 * Small ones fill the cell of a table: lengths are parts of its width, so that they fit any
 * screen; the numbers stand in the cells beside them, so readers of the screen skip them.
 * Large ones have a title, a description, and a table of their own. Colours are classes of
 * the style sheet; what they say is said by place and shape, too. */
#ifndef EARFUL_VIEWS_SVG_H
#define EARFUL_VIEWS_SVG_H

#include "base/buffer.h"
#include "earful/app/report.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF /* the same coordinates everywhere; gcc has it off in C17 */
#endif

/* What the left and the right edge stand for; what lies outside is drawn at the edge. */
typedef struct ef_scale {
    double left, right;
} ef_scale;

/* Attributes: x="12.5", and x="12.5%". */
void ef_svg_at(ef_buffer *out, const char *name, double value);
void ef_svg_part(ef_buffer *out, const char *name, double part);

/* A bar from zero, or from the left edge if zero is outside, with its interval. */
void ef_svg_bar(ef_buffer *out, const ef_findings *findings, const ef_figure *figure,
                ef_scale scale);
/* A dot with its interval; a line where zero is. */
void ef_svg_dot(ef_buffer *out, const ef_findings *findings, const ef_figure *figure,
                ef_scale scale);

/* How often a theme is mentioned in each bucket; a gap where too little was said. */
void ef_svg_sparkline(ef_buffer *out, const ef_findings *findings, const ef_theme *theme);

/* Shares side by side, from worst to best; classes names the colour of each. */
void ef_svg_shares(ef_buffer *out, const ef_findings *findings, const char *title,
                   const ef_figure *const *shares, const char *const *classes,
                   size_t count);

/* One figure of every bucket over time, with intervals, turns, and the messages below. */
typedef struct ef_trend_chart {
    const char *id;    /* begins the ids inside */
    const char *title; /* "Net sentiment by month" */
    const ef_figure *(*figure)(const ef_bucket *bucket);
    ef_scale scale; /* left below right: bottom and top; both 0: from the values and zero */
    bool is_main;   /* with turns, and the messages below */
} ef_trend_chart;

void ef_svg_trend(ef_buffer *out, const ef_findings *findings, const ef_trend_chart *chart);

#endif
