/* SPDX-License-Identifier: MIT
 * views/page_themes.c - about what: themes that hurt, that please, and the reader's own.
 *
 * Bars of one page have one scale, so that pains and praises can be compared. */
#include "views/page.h"

#include <math.h>

#include "views/markup.h"
#include "views/svg.h"

static void widen(double *reach, double value)
{
    if (fabs(value) > *reach)
        *reach = fabs(value);
}

/* As far as the farthest interval of any theme that can be leant on. */
static ef_scale common_scale(const ef_findings *findings)
{
    const ef_themes *lists[] = { &findings->pains, &findings->praises, &findings->topics };
    double reach = 1;
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < lists[i]->count; j++) {
            const ef_theme *theme = &lists[i]->items[j];
            if (isnan(theme->impact.value))
                continue;
            widen(&reach, theme->impact.value);
            widen(&reach, isnan(theme->impact.low) ? 0 : theme->impact.low);
            widen(&reach, isnan(theme->impact.high) ? 0 : theme->impact.high);
        }
    return (ef_scale){ -reach, reach };
}

/* An impact is a figure of all messages, but is leant on the few that mention the theme. */
static void write_impact(ef_buffer *out, const ef_findings *findings, const ef_theme *theme,
                         ef_scale scale)
{
    bool few = theme->messages < findings->few;
    ef_figure drawn = theme->impact;
    if (few && drawn.n >= findings->few)
        drawn.n = findings->few - 1;
    ef_html(out, "<td class=\"bar\">");
    ef_svg_bar(out, findings, &drawn, scale);
    ef_html(out, few ? "</td><td class=\"v few\">" : "</td><td class=\"v\">");
    ef_html_word(out, ef_word_figure(findings, &theme->impact).text);
    ef_html(out, "<span class=\"r\">");
    ef_html_word(out, ef_word_bounds(findings, &theme->impact).text);
    ef_html(out, "</span></td>");
}

static bool has_trends(const ef_findings *findings)
{
    for (size_t i = 0; i < findings->bucket_count; i++)
        if (findings->buckets[i].messages >= findings->few)
            return findings->bucket_count > 1;
    return false;
}

static void write_theme(ef_buffer *out, const ef_findings *findings, const ef_theme *theme,
                        ef_scale scale)
{
    bool trends = has_trends(findings);
    ef_html(out, theme->quote_count > 0 ? "<tr class=\"quoted\">" : "<tr>");
    ef_html(out, "<th scope=\"row\">");
    ef_html_name(out, theme->name);
    ef_html(out, "<small>");
    ef_html_word(out, ef_word_counted(theme->messages, "message").text);
    if (theme->messages < findings->few)
        ef_html(out, " <span class=\"mark\">few</span>");
    ef_html(out, "</small></th>");
    write_impact(out, findings, theme, scale);
    ef_html_figure_cell(out, findings, &theme->net);
    if (trends) {
        ef_html(out, "<td class=\"wide\">");
        if (theme->trend != NULL)
            ef_svg_sparkline(out, findings, theme);
        ef_html(out, "</td>");
    }
    ef_html(out, "</tr>\n");
    if (theme->quote_count == 0)
        return;
    ef_html(out, trends ? "<tr class=\"said\"><td colspan=\"5\">"
                        : "<tr class=\"said\"><td colspan=\"4\">");
    for (size_t i = 0; i < theme->quote_count; i++)
        ef_html_quote(out, &theme->quotes[i]);
    ef_html(out, "</td></tr>\n");
}

/* What the sparklines show, as numbers: a theme a row, a stretch of time a column. */
static void write_trends(ef_buffer *out, const ef_findings *findings,
                         const ef_themes *themes, const char *title)
{
    enum { COLUMNS_MOST = 60 };
    size_t count = findings->bucket_count;
    size_t first = count > COLUMNS_MOST ? count - COLUMNS_MOST : 0;
    if (count < 2)
        return;
    ef_html(out, "<details><summary>Table of mentions over time</summary>\n");
    ef_html_scroll(out, "Mentions over time: ", ef_slice_of(title));
    ef_html(out, "<table><caption>Mentions per 100 messages</caption><thead><tr>"
                 "<th scope=\"col\">Theme</th>");
    for (size_t i = first; i < count; i++) {
        ef_html(out, "<th scope=\"col\" class=\"n\">");
        ef_html_name(out, findings->buckets[i].name);
        ef_html(out, "</th>");
    }
    ef_html(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < themes->count; i++) {
        const ef_theme *theme = &themes->items[i];
        if (theme->trend == NULL)
            continue;
        ef_html(out, "<tr><th scope=\"row\">");
        ef_html_name(out, theme->name);
        ef_html(out, "</th>");
        for (size_t j = first; j < count; j++) {
            ef_html(out, "<td class=\"n\">");
            ef_html_word(out, ef_word_value(EF_UNIT_PER_100, theme->trend[j], 0).text);
            ef_html(out, "</td>");
        }
        ef_html(out, "</tr>\n");
    }
    ef_html(out, "</tbody></table>\n");
    ef_html_scroll_end(out);
    ef_html(out, "</details>\n");
}

static void write_themes(ef_buffer *out, const ef_findings *findings,
                         const ef_themes *themes, const char *title, const char *caption)
{
    ef_scale scale = common_scale(findings);
    ef_html(out, "<table class=\"themes\"><caption>");
    ef_html(out, caption);
    ef_html(out, "</caption><thead><tr><th scope=\"col\">Theme</th>"
                 "<th scope=\"col\" class=\"bar\">");
    ef_html_word(out, ef_word_number(scale.left, 1).text);
    ef_html(out, " to +");
    ef_html_word(out, ef_word_number(scale.right, 1).text);
    ef_html(out, "</th><th scope=\"col\" class=\"v\">Impact</th>"
                 "<th scope=\"col\" class=\"v\">Net</th>");
    if (has_trends(findings))
        ef_html(out, "<th scope=\"col\" class=\"wide\">Over time</th>");
    ef_html(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < themes->count; i++)
        write_theme(out, findings, &themes->items[i], scale);
    ef_html(out, "</tbody></table>\n");
    write_trends(out, findings, themes, title);
}

static bool has_pains(const ef_findings *findings)
{
    return findings->pains.count > 0;
}

static bool has_praises(const ef_findings *findings)
{
    return findings->praises.count > 0;
}

static bool has_topics(const ef_findings *findings)
{
    return findings->topics.count > 0;
}

static void write_pains(ef_buffer *out, const ef_findings *findings)
{
    write_themes(
        out, findings, &findings->pains, "what hurts",
        "Impact: net sentiment as it is, less what it would be without the messages "
        "that mention the theme. Impacts overlap and do not add up.");
}

static void write_praises(ef_buffer *out, const ef_findings *findings)
{
    write_themes(
        out, findings, &findings->praises, "what pleases",
        "Impact: net sentiment as it is, less what it would be without the messages "
        "that mention the theme.");
}

static void write_topics(ef_buffer *out, const ef_findings *findings)
{
    write_themes(out, findings, &findings->topics, "your topics",
                 "The topics of your own list, by their impact on net sentiment.");
}

const ef_page_section ef_page_pains = { "pains", "What hurts", has_pains, write_pains };
const ef_page_section ef_page_praises = { "praises", "What pleases", has_praises,
                                          write_praises };
const ef_page_section ef_page_topics = { "topics", "Your topics", has_topics,
                                         write_topics };
