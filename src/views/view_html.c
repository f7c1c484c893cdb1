/* SPDX-License-Identifier: MIT
 * views/view_html.c - findings as one page that needs nothing else.
 *
 * No script, no font, no picture from elsewhere: the policy in its head forbids them, and
 * the style sheet is allowed by its hash alone. So the page opens from a mail, on a train,
 * and in ten years. */
#include "views/views.h"

#include "views/markup.h"
#include "views/page.h"
#include "views/prose.h"

static const ef_page_section *const sections[] = {
    &ef_page_summary, &ef_page_times,  &ef_page_changes,   &ef_page_pains,
    &ef_page_praises, &ef_page_topics, &ef_page_ratings,   &ef_page_service,
    &ef_page_moods,   &ef_page_groups, &ef_page_customers, &ef_page_agreement,
    &ef_page_method,
};
enum { SECTION_COUNT = sizeof sections / sizeof sections[0] };

static void no_mark(ef_buffer *out)
{
    (void)out;
}

static const ef_prose in_line = { no_mark, ef_html_word, ef_html_name, no_mark };

static void write_title(ef_buffer *out, const ef_findings *findings)
{
    if (findings->title.size > 0)
        ef_html_text(out, findings->title);
    else
        ef_html(out, "What customers say");
}

static void write_head(ef_buffer *out, const ef_findings *findings)
{
    ef_html(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                 "'none'; style-src '");
    ef_html(out, ef_page_style_hash);
    ef_html(out,
            "'; base-uri 'none'; form-action 'none'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"color-scheme\" content=\"light dark\">\n"
            "<meta name=\"referrer\" content=\"no-referrer\">\n"
            "<meta name=\"robots\" content=\"noindex\">\n<title>");
    write_title(out, findings);
    ef_html(out, "</title>\n<style>");
    ef_html(out, ef_page_style);
    ef_html(out, "</style>\n</head>\n");
}

static void write_header(ef_buffer *out, const ef_findings *findings)
{
    ef_html(out,
            "<body>\n<a class=\"skip\" href=\"#summary\">To the summary</a>\n<header>\n"
            "<p class=\"brand\">What customers say</p>\n<h1>");
    if (findings->title.size > 0)
        ef_html_name(out, findings->title);
    else
        ef_html(out, "Report");
    ef_html(out, "</h1>\n<p class=\"span\">");
    ef_prose_span(out, &in_line, findings);
    ef_html(out, "</p>\n<nav aria-label=\"Sections\"><ul>\n");
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (!sections[i]->is_there(findings))
            continue;
        ef_html(out, "<li><a href=\"#");
        ef_html(out, sections[i]->id);
        ef_html(out, "\">");
        ef_html(out, sections[i]->title);
        ef_html(out, "</a></li>\n");
    }
    ef_html(out, "</ul></nav>\n</header>\n");
}

static void write_section(ef_buffer *out, const ef_findings *findings,
                          const ef_page_section *section)
{
    ef_html(out, "<section id=\"");
    ef_html(out, section->id);
    ef_html(out, "\" aria-labelledby=\"h-");
    ef_html(out, section->id);
    ef_html(out, "\">\n<h2 id=\"h-");
    ef_html(out, section->id);
    ef_html(out, "\">");
    ef_html(out, section->title);
    ef_html(out, "</h2>\n");
    section->write(out, findings);
    ef_html(out, "</section>\n");
}

static void write_html(ef_buffer *out, const ef_findings *findings,
                       const ef_view_options *options)
{
    (void)options;
    write_head(out, findings);
    write_header(out, findings);
    ef_html(out, "<main>\n");
    for (size_t i = 0; i < SECTION_COUNT; i++)
        if (sections[i]->is_there(findings))
            write_section(out, findings, sections[i]);
    ef_html(out, "</main>\n<footer>\n<p>Made by earful ");
    ef_html_word(out, findings->engine.version);
    ef_html(out,
            " on the machine where the messages are; this page loads nothing and sends "
            "nothing.</p>\n</footer>\n</body>\n</html>\n");
}

const ef_view ef_view_html = {
    .name = "html",
    .summary = "one page with charts, for a browser, a mail or paper",
    .write = write_html,
};
