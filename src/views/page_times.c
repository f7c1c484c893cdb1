/* SPDX-License-Identifier: MIT
 * views/page_times.c - whether it is getting better: over time, and before and after. */
#include "views/page.h"

#include <math.h>

#include "views/markup.h"
#include "views/svg.h"

static bool has_times(const ef_findings *findings)
{
    return findings->bucket_count > 1 && findings->step != NULL;
}

static const ef_figure *net_of(const ef_bucket *bucket)
{
    return &bucket->net;
}

static const ef_figure *rating_of(const ef_bucket *bucket)
{
    return &bucket->rating;
}

static bool has_ratings(const ef_findings *findings)
{
    for (size_t i = 0; i < findings->bucket_count; i++)
        if (ef_standing_of(findings, &findings->buckets[i].rating) >= EF_STANDING_FEW)
            return true;
    return false;
}

static void write_row(ef_buffer *out, const ef_findings *findings, const ef_bucket *bucket,
                      bool with_ratings)
{
    ef_html(out, "<tr><th scope=\"row\">");
    ef_html_name(out, bucket->name);
    if (bucket->is_partial)
        ef_html(out, " <span class=\"mark\">in part</span>");
    ef_html(out, "</th><td class=\"n\">");
    ef_html_word(out, ef_word_count(bucket->messages).text);
    ef_html(out, "</td>");
    ef_html_figure_cell(out, findings, &bucket->net);
    ef_html_figure_cell(out, findings, &bucket->negative);
    if (with_ratings)
        ef_html_figure_cell(out, findings, &bucket->rating);
    ef_html(out, "</tr>\n");
}

static void write_table(ef_buffer *out, const ef_findings *findings, bool with_ratings)
{
    ef_html(out, "<details><summary>Table of all values over time</summary>\n");
    ef_html_scroll(out, "Values over time", (ef_slice){ NULL, 0 });
    ef_html(out, "<table><caption>With 95% intervals</caption><thead><tr>"
                 "<th scope=\"col\">Time</th><th scope=\"col\" class=\"n\">Messages</th>"
                 "<th scope=\"col\" class=\"v\">Net sentiment</th>"
                 "<th scope=\"col\" class=\"v\">Negative</th>");
    if (with_ratings)
        ef_html(out, "<th scope=\"col\" class=\"v\">Rating</th>");
    ef_html(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < findings->bucket_count; i++)
        write_row(out, findings, &findings->buckets[i], with_ratings);
    ef_html(out, "</tbody></table>\n");
    ef_html_scroll_end(out);
    ef_html(out, "</details>\n");
}

static void write_turns(ef_buffer *out, const ef_findings *findings)
{
    if (findings->turn_count == 0)
        return;
    ef_html(out, "<table><caption>Where the mood turned</caption><thead><tr>"
                 "<th scope=\"col\">When</th><th scope=\"col\" class=\"v\">Before</th>"
                 "<th scope=\"col\" class=\"v\">After</th>"
                 "<th scope=\"col\" class=\"n\">How sure</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < findings->turn_count; i++) {
        const ef_turn *turn = &findings->turns[i];
        ef_html(out, "<tr><th scope=\"row\">");
        ef_html_word(out, ef_word_date(turn->time_ms).text);
        if (turn->low_ms != turn->high_ms) {
            ef_html(out, "<small>between ");
            ef_html_word(out, ef_word_date(turn->low_ms).text);
            ef_html(out, " and ");
            ef_html_word(out, ef_word_date(turn->high_ms).text);
            ef_html(out, "</small>");
        }
        ef_html(out, "</th>");
        ef_html_figure_cell(out, findings, &turn->before);
        ef_html_figure_cell(out, findings, &turn->after);
        ef_html(out, "<td class=\"n\">");
        ef_html_word(out, ef_word_p(turn->p).text);
        ef_html(out, "</td></tr>\n");
    }
    ef_html(out, "</tbody></table>\n");
}

static void write_chart(ef_buffer *out, const ef_findings *findings, const char *name,
                        ef_trend_chart chart)
{
    ef_buffer title = { 0 };
    ef_buffer_append_text(&title, name);
    ef_buffer_append_text(&title, " by ");
    ef_buffer_append_text(&title, findings->step);
    chart.title = ef_buffer_text(&title);
    ef_html(out, "<figure><figcaption>");
    ef_html_word(out, chart.title);
    ef_html(out, ", with 95% intervals. Hollow points stand for few messages or for a ");
    ef_html_word(out, findings->step);
    ef_html(out, " that the data do not fill.");
    if (chart.is_main && findings->turn_count > 0)
        ef_html(out, " A dashed line shows when the mood turned, grey when it may have.");
    ef_html(out, "</figcaption>\n");
    ef_svg_trend(out, findings, &chart);
    ef_html(out, "</figure>\n");
    out->failed |= title.failed;
    ef_buffer_release(&title);
}

/* Stars have their own scale; ratings of another one begin at nothing. */
static ef_scale rating_scale(const ef_findings *findings)
{
    for (size_t i = 0; i < findings->bucket_count; i++) {
        const ef_figure *rating = &findings->buckets[i].rating;
        if (rating->value < 1 || rating->value > 5)
            return (ef_scale){ 0, 0 };
    }
    return (ef_scale){ 1, 5 };
}

static void write_times(ef_buffer *out, const ef_findings *findings)
{
    bool with_ratings = has_ratings(findings);
    write_chart(out, findings, "Net sentiment",
                (ef_trend_chart){ "net", "", net_of, { 0, 0 }, true });
    if (with_ratings)
        write_chart(
            out, findings, "Mean rating",
            (ef_trend_chart){ "rating", "", rating_of, rating_scale(findings), false });
    write_table(out, findings, with_ratings);
    write_turns(out, findings);
}

const ef_page_section ef_page_times = {
    .id = "times",
    .title = "Over time",
    .is_there = has_times,
    .write = write_times,
};

static bool has_comparison(const ef_findings *findings)
{
    return findings->comparison.is_made;
}

/* The row beneath a figure says whether it changed, and how that was tested. */
static void write_evidence(ef_buffer *out, const ef_change *change)
{
    ef_html(out, "<tr class=\"said\"><td colspan=\"4\" class=\"note\">");
    ef_html(out, change->is_evidence ? "<strong>Changed</strong>, "
                                     : "No evidence of a change, ");
    ef_html_word(out, ef_word_p(change->p).text);
    if (change->test != NULL) {
        ef_html(out, ", ");
        ef_html_word(out, change->test);
    }
    if (!change->is_evidence && change->needed > 0) {
        ef_html(out, "; half of it would show with ");
        ef_html_word(out, ef_word_count(change->needed).text);
        ef_html(out, " messages a side");
    }
    ef_html(out, "</td></tr>\n");
}

static void write_change(ef_buffer *out, const ef_findings *findings,
                         const ef_change *change)
{
    int64_t n = change->before.n < change->after.n ? change->before.n : change->after.n;
    ef_unit_kind unit = change->after.unit;
    ef_html(out, "<tr class=\"quoted\"><th scope=\"row\">");
    ef_html_word(out, change->before.name);
    ef_html(out, "</th>");
    ef_html_figure_cell(out, findings, &change->before);
    ef_html_figure_cell(out, findings, &change->after);
    ef_html(out, "<td class=\"v\">");
    if (n >= findings->least && !isnan(change->difference)) {
        ef_html_word(out, ef_word_difference(unit, change->difference, n).text);
        ef_html(out, "<span class=\"r\">");
        ef_html_word(out,
                     ef_word_difference_interval(unit, change->low, change->high, n).text);
        ef_html(out, "</span>");
    } else {
        ef_html(out, "-");
    }
    ef_html(out, "</td></tr>\n");
    write_evidence(out, change);
}

static void write_shifted(ef_buffer *out, const ef_findings *findings, const char *caption,
                          const ef_shifted *items, size_t count)
{
    if (count == 0)
        return;
    ef_html(out, "<table><caption>");
    ef_html_word(out, caption);
    ef_html(out, "</caption><thead><tr><th scope=\"col\">Phrase</th>"
                 "<th scope=\"col\" class=\"v\">Before</th>"
                 "<th scope=\"col\" class=\"v\">After</th>"
                 "<th scope=\"col\" class=\"v\">Net</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < count; i++) {
        const ef_shifted *one = &items[i];
        ef_html(out, one->quote_count > 0 ? "<tr class=\"quoted\">" : "<tr>");
        ef_html(out, "<th scope=\"row\">");
        ef_html_name(out, one->name);
        ef_html(out, "</th><td class=\"v\">");
        ef_html_word(out, ef_word_value(EF_UNIT_SHARE, one->share_before, 200).text);
        ef_html(out, "<span class=\"r\">");
        ef_html_word(out, ef_word_counted(one->before, "message").text);
        ef_html(out, "</span></td><td class=\"v\">");
        ef_html_word(out, ef_word_value(EF_UNIT_SHARE, one->share_after, 200).text);
        ef_html(out, "<span class=\"r\">");
        ef_html_word(out, ef_word_counted(one->after, "message").text);
        ef_html(out, "</span></td>");
        ef_html_figure_cell(out, findings, &one->net);
        ef_html(out, "</tr>\n");
        if (one->quote_count > 0) {
            ef_html(out, "<tr class=\"said\"><td colspan=\"4\">");
            for (size_t j = 0; j < one->quote_count; j++)
                ef_html_quote(out, &one->quotes[j]);
            ef_html(out, "</td></tr>\n");
        }
    }
    ef_html(out, "</tbody></table>\n");
}

static void write_changes(ef_buffer *out, const ef_findings *findings)
{
    const ef_comparison *made = &findings->comparison;
    ef_html(out, "<p>Before: ");
    ef_html_name(out, made->before_name);
    ef_html(out, ". After: ");
    ef_html_name(out, made->after_name);
    ef_html(out, ".</p>\n");
    if (made->caution.size > 0) {
        ef_html(out, "<p class=\"note\">");
        ef_html_line(out, made->caution);
        ef_html(out, "</p>\n");
    }
    ef_html(out, "<table><caption>Figures before and after, and what is between them"
                 "</caption><thead><tr><th scope=\"col\">Figure</th>"
                 "<th scope=\"col\" class=\"v\">Before</th>"
                 "<th scope=\"col\" class=\"v\">After</th>"
                 "<th scope=\"col\" class=\"v\">Difference</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < made->change_count; i++)
        if (made->changes[i].before.key != NULL)
            write_change(out, findings, &made->changes[i]);
    ef_html(out, "</tbody></table>\n");
    write_shifted(out, findings, "Said more than before", made->risen, made->risen_count);
    write_shifted(out, findings, "Said less than before", made->fallen, made->fallen_count);
    if (made->tested > 0) {
        bool is_any = made->risen_count + made->fallen_count > 0;
        ef_html(out, "<p class=\"note\">Phrases looked at: ");
        ef_html_word(out, ef_word_count((int64_t)made->tested).text);
        ef_html(out, is_any ? ". Of those named here, one in twenty at most is expected to "
                              "be there by chance.</p>\n"
                            : ". None is said clearly more or less often than before."
                              "</p>\n");
    }
}

const ef_page_section ef_page_changes = {
    .id = "changes",
    .title = "What changed",
    .is_there = has_comparison,
    .write = write_changes,
};
