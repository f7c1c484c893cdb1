/* SPDX-License-Identifier: MIT
 * views/svg_bars.c - charts that fill the cell of a table: bars, dots, shares, sparklines.
 *
 * Lengths are percentages of the cell, so nothing is computed for a screen. */
#include "views/svg.h"

#include <math.h>

#include "views/markup.h"
#include "views/wording.h"

/* 1,234.50 has no place in an attribute: within a chart all is below 1,000. */
static void put_number(ef_buffer *out, double value)
{
    double held = value < -999 ? -999 : value > 999 ? 999 : value;
    ef_html(out, ef_word_number(held, 2).text);
}

void ef_svg_at(ef_buffer *out, const char *name, double value)
{
    ef_html(out, " ");
    ef_html(out, name);
    ef_html(out, "=\"");
    put_number(out, value);
    ef_html(out, "\"");
}

void ef_svg_part(ef_buffer *out, const char *name, double part)
{
    ef_html(out, " ");
    ef_html(out, name);
    ef_html(out, "=\"");
    put_number(out, part * 100);
    ef_html(out, "%\"");
}

/* 0 at the left edge, 1 at the right one. */
static double part_of(ef_scale scale, double value)
{
    double part = (value - scale.left) / (scale.right - scale.left);
    return part < 0 ? 0 : part > 1 ? 1 : part;
}

static void put_line(ef_buffer *out, const char *class, double x1, double x2, double y1,
                     double y2)
{
    ef_html(out, "<line class=\"");
    ef_html(out, class);
    ef_html(out, "\"");
    ef_svg_part(out, "x1", x1);
    ef_svg_part(out, "x2", x2);
    ef_svg_at(out, "y1", y1);
    ef_svg_at(out, "y2", y2);
    ef_html(out, "/>");
}

enum { CELL_HEIGHT = 18 };

static void begin_cell(ef_buffer *out)
{
    ef_html(out, "<svg class=\"cell\" aria-hidden=\"true\" width=\"100%\" height=\"18\">");
}

static void put_whisker(ef_buffer *out, const ef_figure *figure, ef_scale scale)
{
    if (isnan(figure->low) || isnan(figure->high))
        return;
    double low = part_of(scale, figure->low), high = part_of(scale, figure->high);
    put_line(out, "whisker", low, high, CELL_HEIGHT / 2.0, CELL_HEIGHT / 2.0);
    put_line(out, "whisker", low, low, CELL_HEIGHT / 2.0 - 3, CELL_HEIGHT / 2.0 + 3);
    put_line(out, "whisker", high, high, CELL_HEIGHT / 2.0 - 3, CELL_HEIGHT / 2.0 + 3);
}

static const char *class_of(const ef_findings *findings, const ef_figure *figure)
{
    if (ef_standing_of(findings, figure) < EF_STANDING_SOLID)
        return "faint";
    if (figure->unit == EF_UNIT_SHARE || figure->unit == EF_UNIT_PER_100)
        return "plain";
    return figure->value < 0 ? "neg" : "pos";
}

static void put_zero(ef_buffer *out, ef_scale scale)
{
    if (scale.left < 0 && scale.right > 0)
        put_line(out, "zero", part_of(scale, 0), part_of(scale, 0), 0, CELL_HEIGHT);
}

void ef_svg_bar(ef_buffer *out, const ef_findings *findings, const ef_figure *figure,
                ef_scale scale)
{
    if (ef_standing_of(findings, figure) < EF_STANDING_FEW)
        return;
    double from = part_of(scale, 0), to = part_of(scale, figure->value);
    begin_cell(out);
    ef_html(out, "<rect class=\"");
    ef_html(out, class_of(findings, figure));
    ef_html(out, "\" y=\"4\" height=\"10\"");
    ef_svg_part(out, "x", from < to ? from : to);
    ef_svg_part(out, "width", from < to ? to - from : from - to);
    ef_html(out, "/>");
    put_zero(out, scale);
    put_whisker(out, figure, scale);
    ef_html(out, "</svg>");
}

void ef_svg_dot(ef_buffer *out, const ef_findings *findings, const ef_figure *figure,
                ef_scale scale)
{
    if (ef_standing_of(findings, figure) < EF_STANDING_FEW)
        return;
    begin_cell(out);
    put_line(out, "axis", 0, 1, CELL_HEIGHT / 2.0, CELL_HEIGHT / 2.0);
    put_zero(out, scale);
    put_whisker(out, figure, scale);
    bool is_even = figure->low <= 0 && figure->high >= 0 && scale.left < 0;
    ef_html(out, "<circle class=\"");
    ef_html(out, is_even ? "even" : class_of(findings, figure));
    ef_html(out, "\" cy=\"9\" r=\"4\"");
    ef_svg_part(out, "cx", part_of(scale, figure->value));
    ef_html(out, "/></svg>");
}

/* A few messages make any share: such a bucket is no point of the line. */
static double mentions_in(const ef_findings *findings, const ef_theme *theme, size_t bucket)
{
    bool is_few = findings->buckets[bucket].messages < findings->few;
    return is_few ? (double)NAN : theme->trend[bucket];
}

/* Drawn in a box of 100 by 20 that is stretched; the line keeps its width. From nothing to
 * the most. */
void ef_svg_sparkline(ef_buffer *out, const ef_findings *findings, const ef_theme *theme)
{
    size_t count = findings->bucket_count;
    double most = (double)NAN;
    for (size_t i = 0; i < count; i++) {
        double value = mentions_in(findings, theme, i);
        most = isnan(most) || value > most ? value : most;
    }
    if (isnan(most))
        return;
    ef_html(out, "<svg class=\"spark\" aria-hidden=\"true\" viewBox=\"0 0 100 20\" "
                 "preserveAspectRatio=\"none\"><path class=\"line\" d=\"");
    bool is_drawing = false;
    for (size_t i = 0; i < count; i++) {
        double value = mentions_in(findings, theme, i);
        if (!isnan(value)) {
            ef_html(out, is_drawing ? "L" : "M");
            put_number(out, 2 + 96.0 * (double)i / (double)(count > 1 ? count - 1 : 1));
            ef_html(out, " ");
            put_number(out, most > 0 ? 18 - 16 * value / most : 18);
            if (!is_drawing) /* so that one value alone is seen */
                ef_html(out, "h0");
        }
        is_drawing = !isnan(value);
    }
    ef_html(out, "\"/></svg>");
}

void ef_svg_shares(ef_buffer *out, const ef_findings *findings, const char *title,
                   const ef_figure *const *shares, const char *const *classes, size_t count)
{
    ef_html(out, "<svg class=\"shares\" role=\"img\" width=\"100%\" height=\"34\" "
                 "aria-label=\"");
    ef_html_word(out, title);
    for (size_t i = 0; i < count; i++) {
        ef_html(out, i == 0 ? ": " : ", ");
        ef_html_word(out, shares[i]->name);
        ef_html(out, " ");
        ef_html_word(out, ef_word_figure(findings, shares[i]).text);
    }
    ef_html(out, "\">");
    double from = 0;
    for (size_t i = 0; i < count; i++) {
        double share = shares[i]->value;
        ef_html(out, "<rect height=\"34\" class=\"");
        ef_html(out, classes[i]);
        ef_html(out, "\"");
        ef_svg_part(out, "x", from);
        ef_svg_part(out, "width", share);
        ef_html(out, "/>");
        if (share >= 0.08) { /* room for the number even on a phone */
            ef_html(out, "<text y=\"22\" class=\"on-");
            ef_html(out, classes[i]);
            ef_html(out, "\"");
            ef_svg_part(out, "x", from + share / 2);
            ef_html(out, ">");
            ef_html_word(out, ef_word_value(EF_UNIT_SHARE, share, 0).text);
            ef_html(out, "</text>");
        }
        from += share;
    }
    ef_html(out, "</svg>\n");
}
