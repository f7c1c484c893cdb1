/* SPDX-License-Identifier: MIT
 * views/page_people.c - who, and where: groups, customers, and stars beside text. */
#include "views/page.h"

#include <math.h>

#include "views/markup.h"
#include "views/sections.h"
#include "views/svg.h"

static bool has_tables(const ef_findings *findings)
{
    return findings->table_count > 0;
}

static bool has_rating(const ef_group_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        if (table->rows[i].rating.key != NULL)
            return true;
    return false;
}

static void write_group(ef_buffer *out, const ef_findings *findings,
                        const ef_group_row *row, bool with_rating, bool is_rest)
{
    ef_html(out, "<tr><th scope=\"row\">");
    if (is_rest)
        ef_html(out, "all others");
    else
        ef_html_name(out, row->name);
    ef_html(out, "<small>");
    ef_html_word(out, ef_word_counted(row->messages, "message").text);
    ef_html(out, "</small></th><td class=\"wide bar\">");
    ef_svg_dot(out, findings, &row->net, (ef_scale){ -100, 100 });
    ef_html(out, "</td>");
    ef_html_figure_cell(out, findings, &row->net);
    ef_html_figure_cell(out, findings, &row->negative);
    if (with_rating)
        ef_html_figure_cell(out, findings, &row->rating);
    ef_html(out, "</tr>\n");
}

/* Figures of service that rows have, such as an agent's response times. */
static void write_group_service(ef_buffer *out, const ef_findings *findings,
                                const ef_group_table *table)
{
    const ef_figures *names = NULL;
    for (size_t i = 0; i < table->count && names == NULL; i++)
        if (table->rows[i].service.count > 0)
            names = &table->rows[i].service;
    if (names == NULL)
        return;
    ef_html_scroll(out, "Service by ", table->column);
    ef_html(out, "<table><caption>Service</caption><thead><tr><th scope=\"col\">Name</th>");
    for (size_t i = 0; i < names->count; i++) {
        ef_html(out, "<th scope=\"col\" class=\"v\">");
        ef_html_word(out, names->items[i].name);
        ef_html(out, "</th>");
    }
    ef_html(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < table->count; i++) {
        const ef_group_row *row = &table->rows[i];
        ef_html(out, "<tr><th scope=\"row\">");
        ef_html_name(out, row->name);
        ef_html(out, "</th>");
        for (size_t j = 0; j < names->count; j++) {
            const ef_figure *figure = ef_figure_named(&row->service, names->items[j].key);
            if (figure != NULL)
                ef_html_figure_cell(out, findings, figure);
            else
                ef_html(out, "<td class=\"v\">-</td>");
        }
        ef_html(out, "</tr>\n");
    }
    ef_html(out, "</tbody></table>\n");
    ef_html_scroll_end(out);
}

static void write_table(ef_buffer *out, const ef_findings *findings,
                        const ef_group_table *table)
{
    bool with_rating = has_rating(table);
    ef_html(out, "<h3>By ");
    ef_html_name(out, table->column);
    ef_html(out, "</h3>\n<table><caption>");
    ef_html_word(out, ef_word_counted(table->groups, "group").text);
    ef_html(out, ", most messages first; net sentiment between \xE2\x88\x92"
                 "100 and +100"
                 "</caption><thead><tr><th scope=\"col\">Group</th>"
                 "<th scope=\"col\" class=\"wide bar\">\xE2\x88\x92"
                 "100 to "
                 "+100</th><th scope=\"col\" class=\"v\">Net</th>"
                 "<th scope=\"col\" class=\"v\">Negative</th>");
    if (with_rating)
        ef_html(out, "<th scope=\"col\" class=\"v\">Rating</th>");
    ef_html(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < table->count; i++)
        write_group(out, findings, &table->rows[i], with_rating, false);
    if (table->rest.messages > 0)
        write_group(out, findings, &table->rest, with_rating, true);
    ef_html(out, "</tbody></table>\n");
    write_group_service(out, findings, table);
}

static void write_tables(ef_buffer *out, const ef_findings *findings)
{
    for (size_t i = 0; i < findings->table_count; i++)
        write_table(out, findings, &findings->tables[i]);
}

static bool has_customers(const ef_findings *findings)
{
    return findings->leaving.count > 0 || findings->advocates.count > 0;
}

/* "At risk: 1.4% (0.8 to 2.5%) of 840." */
static void write_share(ef_buffer *out, const ef_findings *findings, const ef_figure *share)
{
    if (ef_standing_of(findings, share) < EF_STANDING_FEW)
        return;
    ef_html(out, "<p>");
    ef_html_word(out, share->name);
    ef_html(out, ": ");
    ef_html_word(out, ef_word_figure(findings, share).text);
    ef_html(out, " (");
    ef_html_word(out, ef_word_bounds(findings, share).text);
    ef_html(out, ") of ");
    ef_html_word(out, ef_word_count(share->n).text);
    bool few = ef_standing_of(findings, share) == EF_STANDING_FEW;
    ef_html(out, few ? " <span class=\"mark\">few</span>.</p>\n" : ".</p>\n");
}

static void write_customers_of(ef_buffer *out, const ef_findings *findings,
                               ef_customer_list list)
{
    const ef_customers *customers = list.customers;
    if (customers->count == 0)
        return;
    ef_html(out, "<h3>");
    ef_html(out, list.title);
    ef_html(out, "</h3>\n");
    write_share(out, findings, &customers->share);
    ef_html(out, "<table><caption>");
    ef_html_word(out, ef_word_counted(customers->total, "customer").text);
    ef_html(out, ", most points first; an order in which to look, not a probability"
                 "</caption><thead><tr><th scope=\"col\">Customer</th>"
                 "<th scope=\"col\" class=\"n\">Points</th>"
                 "<th scope=\"col\" class=\"why\">Why</th><th scope=\"col\" "
                 "class=\"r\">Last heard</th>"
                 "</tr></thead><tbody>\n");
    for (size_t i = 0; i < customers->count; i++) {
        const ef_customer *one = &customers->items[i];
        ef_html(out, "<tr><th scope=\"row\">");
        ef_html_name(out, one->name);
        ef_html(out, "</th><td class=\"n\">");
        ef_html_word(out, ef_word_count(one->points).text);
        if (one->level != NULL) {
            ef_html(out, "<small>");
            ef_html_word(out, one->level);
            ef_html(out, "</small>");
        }
        ef_html(out, "</td><td class=\"why\">");
        ef_html_said(out, one->reasons);
        ef_html(out, "</td><td class=\"r\">");
        ef_html_word(out, ef_word_date(one->last_ms).text);
        ef_html(out, "</td></tr>\n");
    }
    ef_html(out, "</tbody></table>\n");
}

static void write_customers(ef_buffer *out, const ef_findings *findings)
{
    for (size_t i = 0; i < EF_CUSTOMER_LIST_COUNT; i++)
        write_customers_of(out, findings, ef_customer_list_at(findings, i));
}

static bool has_agreement(const ef_findings *findings)
{
    return findings->agreement.agrees.key != NULL;
}

static void write_agreement_table(ef_buffer *out, const ef_agreement *agreement)
{
    static const char *const ratings[3] = { "Low", "In the middle", "High" };
    ef_html(out, "<table><caption>Messages by their rating and by what their text says"
                 "</caption><thead><tr><th scope=\"col\">Rating</th>"
                 "<th scope=\"col\" class=\"n\">Text negative</th>"
                 "<th scope=\"col\" class=\"n\">neutral</th>"
                 "<th scope=\"col\" class=\"n\">positive</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < 3; i++) {
        ef_html(out, "<tr><th scope=\"row\">");
        ef_html(out, ratings[i]);
        ef_html(out, "</th>");
        for (size_t j = 0; j < 3; j++) {
            ef_html(out, "<td class=\"n\">");
            ef_html_word(out, ef_word_count(agreement->table[i][j]).text);
            ef_html(out, "</td>");
        }
        ef_html(out, "</tr>\n");
    }
    ef_html(out, "</tbody></table>\n");
}

static void write_agreement(ef_buffer *out, const ef_findings *findings)
{
    const ef_agreement *agreement = &findings->agreement;
    ef_figure pair[2] = { agreement->agrees, agreement->balanced };
    ef_figures figures = { pair, 2 };
    ef_html(out, "<p>Stars never enter a score, so how often text and stars agree says how "
                 "well the text is understood here.</p>\n");
    ef_html_figures(out, findings, "Agreement of text and stars", &figures, true);
    write_agreement_table(out, agreement);
    if (agreement->part_count == 0)
        return;
    ef_html(out, "<h3>Where they part most</h3>\n");
    for (size_t i = 0; i < agreement->part_count; i++) {
        ef_html(out, "<p class=\"note\">Rating ");
        ef_html_word(out, ef_word_number(agreement->part_ratings[i], 1).text);
        ef_html(out, "</p>\n");
        ef_html_quote(out, &agreement->parts[i]);
    }
}

const ef_page_section ef_page_groups = { "groups", "By group", has_tables, write_tables };
const ef_page_section ef_page_customers = { "customers", "Who to talk to", has_customers,
                                            write_customers };
const ef_page_section ef_page_agreement = { "agreement", "Stars and text", has_agreement,
                                            write_agreement };
