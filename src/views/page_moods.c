/* SPDX-License-Identifier: MIT
 * views/page_moods.c - ratings, service, and the mood in its parts. */
#include "views/page.h"

#include "views/markup.h"
#include "views/svg.h"

/* A bar of shares, if all of them are there and have a value worth showing. */
static void write_shares(ef_buffer *out, const ef_findings *findings, const char *title,
                         const ef_figures *figures, const char *const *keys,
                         const char *const *classes, size_t count)
{
    const ef_figure *shares[5];
    for (size_t i = 0; i < count; i++) {
        shares[i] = ef_figure_named(figures, keys[i]);
        if (shares[i] == NULL || ef_standing_of(findings, shares[i]) < EF_STANDING_FEW)
            return;
    }
    ef_html(out, "<figure><figcaption>");
    ef_html(out, title);
    ef_html(out, "</figcaption>\n");
    ef_svg_shares(out, findings, title, shares, classes, count);
    ef_html(out, "<ul class=\"key\">\n");
    for (size_t i = 0; i < count; i++) {
        ef_html(out, "<li><svg aria-hidden=\"true\" width=\"12\" height=\"12\">"
                     "<rect width=\"12\" height=\"12\" class=\"");
        ef_html(out, classes[i]);
        ef_html(out, "\"/></svg>");
        ef_html_word(out, ef_word_title(shares[i]->name).text);
        ef_html(out, "</li>\n");
    }
    ef_html(out, "</ul></figure>\n");
}

static bool has_survey(const ef_findings *findings)
{
    return findings->survey.count > 0 || findings->star_shares.count > 0;
}

static void write_ratings(ef_buffer *out, const ef_findings *findings)
{
    static const char *const keys[5] = { "stars_1", "stars_2", "stars_3", "stars_4",
                                         "stars_5" };
    static const char *const classes[5] = { "neg", "neg-soft", "mid", "pos-soft", "pos" };
    write_shares(out, findings, "Stars, from one to five", &findings->star_shares, keys,
                 classes, 5);
    if (findings->survey.count > 0)
        ef_html_figures(out, findings, "Ratings and survey answers", &findings->survey,
                        false);
    if (findings->star_shares.count > 0)
        ef_html_figures(out, findings, "Shares of the stars", &findings->star_shares, true);
}

static bool has_service(const ef_findings *findings)
{
    return findings->service.count > 0 || findings->conversations.count > 0;
}

static void write_service(ef_buffer *out, const ef_findings *findings)
{
    static const char *const keys[3] = { "arc_worsened", "arc_steady", "arc_improved" };
    static const char *const classes[3] = { "neg", "mid", "pos" };
    if (findings->service.count > 0)
        ef_html_figures(out, findings, "How fast, and how often, people are answered",
                        &findings->service, false);
    write_shares(out, findings, "How conversations end", &findings->conversations, keys,
                 classes, 3);
    if (findings->conversations.count > 0)
        ef_html_figures(out, findings, "How conversations go", &findings->conversations,
                        true);
}

static bool has_moods(const ef_findings *findings)
{
    return findings->mood.count > 0 || findings->emotions.count > 0 ||
           findings->signals.count > 0;
}

static void write_moods(ef_buffer *out, const ef_findings *findings)
{
    static const char *const keys[3] = { "negative_share", "neutral_share",
                                         "positive_share" };
    static const char *const classes[3] = { "neg", "mid", "pos" };
    write_shares(out, findings, "Messages by mood", &findings->mood, keys, classes, 3);
    if (findings->mood.count > 0)
        ef_html_figures(out, findings, "How customers feel", &findings->mood, true);
    if (findings->emotions.count > 0)
        ef_html_figures(out, findings, "Emotions that are named or shown",
                        &findings->emotions, true);
    if (findings->signals.count > 0)
        ef_html_figures(out, findings, "What messages announce or ask for",
                        &findings->signals, true);
}

const ef_page_section ef_page_ratings = { "ratings", "Ratings", has_survey, write_ratings };
const ef_page_section ef_page_service = { "service", "Service", has_service,
                                          write_service };
const ef_page_section ef_page_moods = { "moods", "Mood in detail", has_moods, write_moods };
