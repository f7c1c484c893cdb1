/* SPDX-License-Identifier: MIT
 * views/markup.c - markup of ours, and text of anybody inside it. */
#include "views/markup.h"

#include "base/utf8.h"
#include "views/svg.h"

enum { NAME_MOST = 80, SAID_MOST = 400 }; /* characters */

void ef_html(ef_buffer *out, const char *markup)
{
    ef_buffer_append_text(out, markup);
}

/* Characters that HTML forbids, and those that change the direction. */
static bool is_harmful(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || ef_utf8_is_direction(code) ||
           (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) == 0xfffe;
}

static void put_character(ef_buffer *out, uint32_t code)
{
    switch (code) {
    case '&':
        ef_html(out, "&amp;");
        return;
    case '<':
        ef_html(out, "&lt;");
        return;
    case '>':
        ef_html(out, "&gt;");
        return;
    case '"':
        ef_html(out, "&quot;");
        return;
    case '\'':
        ef_html(out, "&#39;");
        return;
    default:
        break;
    }
    bool is_space = code >= '\t' && code <= '\r';
    uint8_t bytes[4];
    size_t size = ef_utf8_encode(is_space ? ' ' : is_harmful(code) ? 0xfffd : code, bytes);
    ef_buffer_append(out, bytes, size);
}

/* At most so many characters, and "…" for the rest. */
static void put_text(ef_buffer *out, ef_slice text, size_t most)
{
    size_t count = 0;
    for (size_t at = 0; at < text.size; count++) {
        if (count == most) {
            ef_html(out, "\xE2\x80\xA6");
            return;
        }
        uint32_t code = 0xfffd;
        size_t size = ef_utf8_decode(text.data + at, text.size - at, &code);
        put_character(out, size == 0 ? 0xfffd : code);
        at += size == 0 ? 1 : size;
    }
}

void ef_html_text(ef_buffer *out, ef_slice text)
{
    put_text(out, text, SAID_MOST);
}

void ef_html_name(ef_buffer *out, ef_slice name)
{
    ef_html(out, "<bdi>");
    put_text(out, name, NAME_MOST);
    ef_html(out, "</bdi>");
}

void ef_html_said(ef_buffer *out, ef_slice text)
{
    ef_html(out, "<bdi>");
    put_text(out, text, SAID_MOST);
    ef_html(out, "</bdi>");
}

void ef_html_line(ef_buffer *out, ef_slice text)
{
    ef_html(out, "<bdi>");
    if (text.size > 0 && text.data[0] >= 'a' && text.data[0] <= 'z') {
        put_character(out, (uint32_t)text.data[0] - 'a' + 'A');
        text.data++;
        text.size--;
    }
    put_text(out, text, SAID_MOST);
    ef_html(out, "</bdi>");
}

/* A hyphen in front of a digit is a minus, unless it stands inside a date. */
void ef_html_word(ef_buffer *out, const char *word)
{
    for (const char *at = word; *at != '\0'; at++) {
        bool is_first = at == word || at[-1] == ' ' || at[-1] == '(';
        if (*at == '-' && is_first && at[1] >= '0' && at[1] <= '9')
            ef_html(out, "\xE2\x88\x92");
        else if ((uint8_t)*at < 0x80)
            put_character(out, (uint8_t)*at);
        else
            ef_buffer_append_byte(out, (uint8_t)*at);
    }
}

static bool is_faint(ef_standing standing)
{
    return standing == EF_STANDING_FEW || standing == EF_STANDING_WITHHELD;
}

static void put_value(ef_buffer *out, const ef_findings *findings, const ef_figure *figure)
{
    bool few = is_faint(ef_standing_of(findings, figure));
    ef_html(out, few ? "<td class=\"v few\">" : "<td class=\"v\">");
    ef_html_word(out, ef_word_figure(findings, figure).text);
    if (figure->is_approximate)
        ef_html(out, " <span class=\"mark\">approx.</span>");
    if (few)
        ef_html(out, " <span class=\"mark\">few</span>");
}

void ef_html_figure_cells(ef_buffer *out, const ef_findings *findings,
                          const ef_figure *figure)
{
    put_value(out, findings, figure);
    ef_html(out, "</td><td class=\"r\">");
    ef_html_word(out, ef_word_bounds(findings, figure).text);
    ef_html(out, "</td><td class=\"n\">");
    if (figure->unit == EF_UNIT_SHARE && figure->count >= 0 && figure->n > 0) {
        ef_html_word(out, ef_word_count(figure->count).text);
        ef_html(out, " of ");
    }
    if (figure->unit != EF_UNIT_COUNT)
        ef_html_word(out, ef_word_count(figure->n).text);
    ef_html(out, "</td>");
}

void ef_html_figure_cell(ef_buffer *out, const ef_findings *findings,
                         const ef_figure *figure)
{
    put_value(out, findings, figure);
    ef_word bounds = ef_word_bounds(findings, figure);
    if (bounds.text[0] != '\0') {
        ef_html(out, "<span class=\"r\">");
        ef_html_word(out, bounds.text);
        ef_html(out, "</span>");
    }
    ef_html(out, "</td>");
}

/* From nothing to a round share that holds every interval. */
static ef_scale scale_of_shares(const ef_findings *findings, const ef_figures *figures)
{
    static const double ends[] = { 0.05, 0.1, 0.2, 0.5, 1 };
    double most = 0;
    for (size_t i = 0; i < figures->count; i++) {
        const ef_figure *figure = &figures->items[i];
        if (figure->unit != EF_UNIT_SHARE ||
            ef_standing_of(findings, figure) < EF_STANDING_FEW)
            continue;
        most = figure->value > most ? figure->value : most;
        most = figure->high > most ? figure->high : most;
    }
    size_t end = 0;
    while (end < 4 && ends[end] < most)
        end++;
    return (ef_scale){ 0, ends[end] };
}

void ef_html_figures(ef_buffer *out, const ef_findings *findings, const char *caption,
                     const ef_figures *figures, bool has_bars)
{
    ef_html(out, "<table class=\"figures\"><caption>");
    ef_html_word(out, caption);
    ef_html(out, "</caption><thead><tr><th scope=\"col\">Figure</th>");
    ef_scale scale = scale_of_shares(findings, figures);
    if (has_bars) {
        ef_html(out, "<th scope=\"col\" class=\"wide\">0 to ");
        ef_html_word(out, ef_word_value(EF_UNIT_SHARE, scale.right, 0).text);
        ef_html(out, "</th>");
    }
    ef_html(out, "<th scope=\"col\" class=\"v\">Value</th>"
                 "<th scope=\"col\" class=\"r\">95% interval</th>"
                 "<th scope=\"col\" class=\"n\">Of</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < figures->count; i++) {
        const ef_figure *figure = &figures->items[i];
        if (figure->key == NULL)
            continue;
        ef_html(out, "<tr><th scope=\"row\">");
        ef_html_word(out, ef_word_title(figure->name).text);
        ef_html(out, "</th>");
        if (has_bars) {
            ef_html(out, "<td class=\"wide bar\">");
            if (figure->unit == EF_UNIT_SHARE)
                ef_svg_bar(out, findings, figure, scale);
            ef_html(out, "</td>");
        }
        ef_html_figure_cells(out, findings, figure);
        ef_html(out, "</tr>\n");
    }
    ef_html(out, "</tbody></table>\n");
}

void ef_html_quote(ef_buffer *out, const ef_quote *quote)
{
    ef_html(out, "<blockquote><p>");
    ef_html_said(out, quote->text);
    ef_html(out, "</p><footer>");
    ef_html_word(out, quote->label == EF_LABEL_NONE ? "not judged"
                                                    : ef_label_name(quote->label));
    if (quote->time_ms != 0) {
        ef_html(out, ", ");
        ef_html_word(out, ef_word_date(quote->time_ms).text);
    }
    if (quote->id.size > 0) {
        ef_html(out, ", ");
        ef_html_name(out, quote->id);
    }
    ef_html(out, "</footer></blockquote>\n");
}

void ef_html_scroll(ef_buffer *out, const char *label, ef_slice of)
{
    ef_html(out, "<section class=\"scroll\" tabindex=\"0\" aria-label=\"");
    ef_html_word(out, label);
    put_text(out, of, NAME_MOST);
    ef_html(out, "\">\n");
}

void ef_html_scroll_end(ef_buffer *out)
{
    ef_html(out, "</section>\n");
}
