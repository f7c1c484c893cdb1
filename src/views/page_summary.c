/* SPDX-License-Identifier: MIT
 * views/page_summary.c - the first screen: sentences, and the figures that carry them. */
#include "views/page.h"

#include "views/markup.h"
#include "views/prose.h"
#include "views/svg.h"

static bool is_always_there(const ef_findings *findings)
{
    (void)findings;
    return true;
}

static void begin_sentence(ef_buffer *out)
{
    ef_html(out, "<p>");
}

static void end_sentence(ef_buffer *out)
{
    ef_html(out, "</p>\n");
}

static const ef_prose prose = { begin_sentence, ef_html_word, ef_html_name, end_sentence };

/* The ends of a figure's own scale; false where it has none. */
static bool scale_of(const ef_figure *figure, ef_scale *scale)
{
    switch (figure->unit) {
    case EF_UNIT_NET:
        *scale = (ef_scale){ -100, 100 };
        return true;
    case EF_UNIT_SHARE:
        *scale = (ef_scale){ 0, 1 };
        return true;
    case EF_UNIT_SCORE:
        *scale = (ef_scale){ -1, 1 };
        return true;
    default:
        return false;
    }
}

static void write_tile(ef_buffer *out, const ef_findings *findings, const ef_figure *figure)
{
    ef_standing standing = ef_standing_of(findings, figure);
    ef_scale scale;
    if (standing == EF_STANDING_NONE)
        return;
    ef_html(out, "<div><dt>");
    ef_html_word(out, figure->name);
    ef_html(out, "</dt><dd><span class=\"big\">");
    ef_html_word(out, ef_word_figure(findings, figure).text);
    if (standing != EF_STANDING_SOLID)
        ef_html(out, " <span class=\"mark\">few</span>");
    ef_html(out, "</span>");
    if (scale_of(figure, &scale))
        ef_svg_dot(out, findings, figure, scale);
    ef_word bounds = ef_word_bounds(findings, figure);
    if (bounds.text[0] != '\0') {
        ef_html(out, "<span class=\"r\">");
        ef_html_word(out, bounds.text);
        ef_html(out, "</span>");
    }
    if (figure->unit != EF_UNIT_COUNT) {
        ef_html(out, "<span class=\"n\">of ");
        ef_html_word(out, ef_word_count(figure->n).text);
        ef_html(out, "</span>");
    }
    ef_html(out, "</dd></div>\n");
}

static void write_summary(ef_buffer *out, const ef_findings *findings)
{
    enum { SURVEY_TILES = 2 };
    static const char *const moods[] = { "net_sentiment", "negative_share" };
    ef_html(out, "<div class=\"lead\">\n");
    ef_prose_summary(out, &prose, findings);
    ef_html(out, "</div>\n");
    const ef_figure *net = ef_figure_named(&findings->mood, "net_sentiment");
    if (net == NULL || ef_standing_of(findings, net) == EF_STANDING_NONE)
        return;
    ef_html(out, "<dl class=\"tiles\">\n");
    for (size_t i = 0; i < sizeof moods / sizeof moods[0]; i++) {
        const ef_figure *figure = ef_figure_named(&findings->mood, moods[i]);
        if (figure != NULL)
            write_tile(out, findings, figure);
    }
    for (size_t i = 0; i < findings->survey.count && i < SURVEY_TILES; i++)
        write_tile(out, findings, &findings->survey.items[i]);
    if (findings->service.count > 0)
        write_tile(out, findings, &findings->service.items[0]);
    ef_html(out, "</dl>\n<p class=\"note\">In brackets and under each figure: its 95% "
                 "interval. Net sentiment runs from \xE2\x88\x92"
                 "100 (all negative) to "
                 "+100 (all positive).</p>\n");
}

const ef_page_section ef_page_summary = {
    .id = "summary",
    .title = "Summary",
    .is_there = is_always_there,
    .write = write_summary,
};
