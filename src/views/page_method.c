/* SPDX-License-Identifier: MIT
 * views/page_method.c - how it was made: formulas, versions, what was left out. */
#include "views/page.h"

#include "views/markup.h"
#include "views/sections.h"

static bool is_always_there(const ef_findings *findings)
{
    (void)findings;
    return true;
}

static void write_remarks(ef_buffer *out, const ef_findings *findings)
{
    if (findings->remark_count == 0)
        return;
    ef_html(out, "<h3>To know</h3>\n<ul class=\"remarks\">\n");
    for (size_t i = 0; i < findings->remark_count; i++) {
        ef_html(out, "<li>");
        ef_html_line(out, findings->remarks[i].text);
        ef_html(out, "</li>\n");
    }
    ef_html(out, "</ul>\n");
}

static void write_coverage(ef_buffer *out, const ef_findings *findings)
{
    const ef_coverage *read = &findings->coverage;
    const struct {
        const char *name;
        int64_t count;
    } rows[] = {
        { "Messages read", read->records },
        { "Judged, and counted in the mood", read->labelled },
        { "Without text", read->empty },
        { "In a language that is not known", read->unknown_language },
        { "Of staff, bots and systems, not counted in the mood", read->not_customers },
        { "Without a time", read->untimed },
        { "With a time in the future", read->future },
        { "With a text that came before", read->repeated },
        { "Not readable", read->rejected },
        { "Different customers", read->customers },
        { "Different conversations", read->conversations },
        { "Inputs", read->inputs },
        { "Inputs that could not be read", read->failed_inputs },
    };
    ef_html(out, "<h3>What was read</h3>\n<table><caption>Counts</caption><thead><tr>"
                 "<th scope=\"col\">What</th><th scope=\"col\" class=\"n\">How many</th>"
                 "</tr></thead><tbody>\n");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].count == 0 && i > 1)
            continue;
        ef_html(out, "<tr><th scope=\"row\">");
        ef_html(out, rows[i].name);
        ef_html(out, "</th><td class=\"n\">");
        ef_html_word(out, ef_word_count(rows[i].count).text);
        ef_html(out, "</td></tr>\n");
    }
    ef_html(out, "</tbody></table>\n");
    if (read->are_estimates)
        ef_html(out,
                "<p class=\"note\">There are so many customers that their number, that "
                "of conversations and that of repeated texts are estimates from an "
                "even sample.</p>\n");
    if (findings->input_count == 0)
        return;
    ef_html(out, "<p class=\"note\">");
    for (size_t i = 0; i < findings->input_count; i++) {
        if (i > 0)
            ef_html(out, ", ");
        ef_html_name(out, findings->inputs[i]);
    }
    ef_html(out,
            (int64_t)findings->input_count < read->inputs ? " and more.</p>\n" : "</p>\n");
}

static void write_formulas(ef_buffer *out, const ef_findings *findings)
{
    ef_html(out, "<h3>How each figure is made</h3>\n<dl class=\"method\">\n");
    for (size_t i = 0; i < EF_SECTION_COUNT; i++) {
        ef_section section = ef_section_at(findings, i);
        for (size_t j = 0; j < section.figures->count; j++) {
            const ef_figure *figure = &section.figures->items[j];
            if (figure->key == NULL || figure->formula == NULL)
                continue;
            ef_html(out, "<dt>");
            ef_html_word(out, ef_word_title(figure->name).text);
            ef_html(out, "</dt><dd>");
            ef_html_word(out, figure->formula);
            if (figure->deff > 1.005) {
                ef_html(out, "; design effect ");
                ef_html_word(out, ef_word_number(figure->deff, 2).text);
            }
            ef_html(out, "</dd>\n");
        }
    }
    ef_html(out, "</dl>\n");
}

static void write_engine(ef_buffer *out, const ef_findings *findings)
{
    const ef_engine_info *engine = &findings->engine;
    static const char *const sides[3] = { " negative, ", " neutral, ", " positive" };
    ef_html(out, "<h3>What judged the text</h3>\n<p>earful ");
    ef_html_word(out, engine->version);
    ef_html(out, ", scorer ");
    ef_html_word(out, engine->scorer);
    ef_html(out, ", model <code>");
    ef_html_word(out, engine->model.hash);
    ef_html(out, "</code>, lexicon <code>");
    ef_html_word(out, engine->lexicon_hash);
    ef_html(out, "</code>");
    if (engine->base.hash[0] != '\0') {
        ef_html(out, ", on top of model <code>");
        ef_html_word(out, engine->base.hash);
        ef_html(out, "</code>");
    }
    ef_html(out, ". Class weights: ");
    for (size_t i = 0; i < 3; i++) {
        ef_html_word(out, ef_word_number(engine->class_weights[i] / 1000.0, 3).text);
        ef_html(out, sides[i]);
    }
    ef_html(out, ".");
    if (findings->zone.size > 0) {
        ef_html(out, " Times are those of ");
        ef_html_name(out, findings->zone);
        ef_html(out, ".");
    }
    ef_html(out, "</p>\n");
}

static void write_rules(ef_buffer *out, const ef_findings *findings)
{
    ef_html(out,
            "<p>Every interval is one of 95%: of twenty such intervals, one misses the "
            "true value. Where messages of one conversation or customer resemble each "
            "other, it is widened by the design effect. Figures over fewer than ");
    ef_html_word(out, ef_word_count(findings->few).text);
    ef_html(out,
            " are grey, marked <span class=\"mark\">few</span> and ranked nowhere; over "
            "fewer than ");
    ef_html_word(out, ef_word_count(findings->least).text);
    ef_html(out, " they are not shown.");
    if (findings->is_redacted)
        ef_html(out, " What looks like personal data in quoted text is masked.");
    if (findings->phrases_are_approximate)
        ef_html(out,
                " There were more phrases than can be counted exactly: their counts are "
                "approximate.");
    ef_html(out, "</p>\n");
}

static void write_method(ef_buffer *out, const ef_findings *findings)
{
    write_rules(out, findings);
    write_remarks(out, findings);
    write_coverage(out, findings);
    write_engine(out, findings);
    write_formulas(out, findings);
}

const ef_page_section ef_page_method = {
    .id = "method",
    .title = "Method",
    .is_there = is_always_there,
    .write = write_method,
};
