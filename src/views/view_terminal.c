/* SPDX-License-Identifier: MIT
 * views/view_terminal.c - findings on one screen: sentences first, then the figures.
 *
 * What does not fit is not lost: the page and the tables have it. Every value stands with
 * its interval and its n; few are marked so, and too few are a dash. */
#include "views/views.h"

#include <math.h>

#include "report/display.h"
#include "views/prose.h"
#include "views/screen.h"
#include "views/sections.h"
#include "views/wording.h"

enum {
    WIDTH_LEAST = 60,
    WIDTH_MOST = 120,
    SHOWN_FIGURES = 6, /* of a section */
    SHOWN_LARGEST = 3, /* of emotions and signals */
    SHOWN_THEMES = 5,
    SHOWN_GROUPS = 6,
    SHOWN_CUSTOMERS = 3,
    SHOWN_PHRASES = 8,
    SHOWN_REMARKS = 12,
    VALUE = 10,
    INTERVAL = 26, /* "1 h 50 min to 2 h 32 min" and a gap */
    NUMBER = 10    /* "12,345,678" */
};

static const ef_slice nothing = { NULL, 0 };

static void no_prose(ef_buffer *out)
{
    (void)out;
}

static void own_prose(ef_buffer *out, const char *text)
{
    ef_buffer_append_text(out, text);
}

static void foreign_prose(ef_buffer *out, ef_slice text)
{
    ef_display_append(out, text, 32);
}

static void end_prose(ef_buffer *out)
{
    ef_buffer_append_byte(out, ' ');
}

static const ef_prose prose = { no_prose, own_prose, foreign_prose, end_prose };

static void take_failure(const ef_screen *screen, ef_buffer *text)
{
    screen->out->failed |= text->failed;
    ef_buffer_release(text);
}

/* Empties a text for the next one; that it failed is not forgotten. */
static void next_text(const ef_screen *screen, ef_buffer *text)
{
    screen->out->failed |= text->failed;
    ef_buffer_reset(text);
}

static void write_head(const ef_screen *screen)
{
    const ef_findings *findings = screen->findings;
    ef_buffer text = { 0 };
    if (findings->title.size > 0) {
        ef_screen_left(screen, EF_INK_STRONG, findings->title, screen->width);
        ef_screen_end(screen);
    }
    ef_prose_span(&text, &prose, findings);
    ef_screen_wrap(screen, ef_buffer_slice(&text), 0);
    next_text(screen, &text);
    ef_buffer_append_text(&text, "earful ");
    ef_buffer_append_text(&text, findings->engine.version);
    ef_buffer_append_text(&text, ", model ");
    ef_buffer_append_text(&text, findings->engine.model.hash);
    ef_buffer_append_text(&text, ", lexicon ");
    ef_buffer_append_text(&text, findings->engine.lexicon_hash);
    ef_screen_left(screen, EF_INK_FAINT, ef_buffer_slice(&text), screen->width);
    ef_screen_end(screen);
    ef_buffer_append_byte(screen->out, '\n');
    next_text(screen, &text);
    ef_prose_summary(&text, &prose, findings);
    ef_screen_wrap(screen, ef_buffer_slice(&text), 0);
    take_failure(screen, &text);
}

/* Two blanks, the name, its value, the interval, n and a mark. On a narrow screen, the
 * interval has only the room that most need. */
static unsigned interval_width(const ef_screen *screen)
{
    return screen->width < 76 ? 18 : INTERVAL;
}

static unsigned name_width(const ef_screen *screen)
{
    return screen->width - 2 - VALUE - interval_width(screen) - NUMBER - 5;
}

static void write_value(const ef_screen *screen, const ef_figure *figure)
{
    ef_standing standing = ef_standing_of(screen->findings, figure);
    ef_ink ink = ef_screen_ink(screen, figure);
    ef_screen_right(screen, ink, ef_word_figure(screen->findings, figure).text, VALUE);
    ef_screen_blank(screen, 2);
    ef_word bounds = ef_word_bounds(screen->findings, figure);
    unsigned size = (unsigned)strlen(bounds.text), room = interval_width(screen) - 2;
    unsigned over = size > room ? size - room : 0; /* what is wider takes room from n */
    ef_screen_left(screen, EF_INK_FAINT, ef_slice_of(bounds.text), room + over);
    ef_word of = { "" };
    if (figure->unit != EF_UNIT_COUNT)
        of = ef_word_count(figure->n);
    ef_screen_blank(screen, 1);
    ef_screen_right(screen, EF_INK_PLAIN, of.text,
                    over < NUMBER - 1 ? NUMBER - 1 - over : 0);
    if (standing == EF_STANDING_FEW || standing == EF_STANDING_WITHHELD)
        ef_screen_left(screen, EF_INK_FAINT, ef_slice_of(" few"), 5);
}

static void write_row(const ef_screen *screen, ef_slice name, const ef_figure *figure)
{
    ef_screen_blank(screen, 2);
    ef_screen_left(screen, EF_INK_PLAIN, name, name_width(screen));
    write_value(screen, figure);
    ef_screen_end(screen);
}

/* What the columns of figures are called. */
static void write_columns(const ef_screen *screen, const char *title)
{
    ef_buffer_append_byte(screen->out, '\n');
    ef_screen_left(screen, EF_INK_STRONG, ef_slice_of(title),
                   2 + name_width(screen) + VALUE);
    ef_screen_blank(screen, 2);
    ef_screen_left(screen, EF_INK_FAINT, ef_slice_of("95% interval"),
                   interval_width(screen) - 2);
    ef_screen_right(screen, EF_INK_FAINT, "of", NUMBER);
    ef_screen_end(screen);
}

static void write_section(const ef_screen *screen, size_t index)
{
    ef_section section = ef_section_at(screen->findings, index);
    if (section.figures->count == 0)
        return;
    write_columns(screen, section.title);
    for (size_t i = 0; i < section.figures->count && i < SHOWN_FIGURES; i++) {
        const ef_figure *figure = &section.figures->items[i];
        if (figure->key != NULL)
            write_row(screen, ef_slice_of(ef_word_title(figure->name).text), figure);
    }
}

/* The next one after it by size; of equals, by place. The first after NULL; NULL at last.
 */
static const ef_figure *next_largest(const ef_figures *figures, const ef_figure *after)
{
    const ef_figure *best = NULL;
    for (size_t i = 0; i < figures->count; i++) {
        const ef_figure *one = &figures->items[i];
        bool is_candidate = one->value > 0 && (after == NULL || one->value < after->value ||
                                               (one->value == after->value && one > after));
        if (is_candidate && (best == NULL || one->value > best->value))
            best = one;
    }
    return best;
}

/* The largest shares of a long list, most of which are next to nothing. */
static void write_largest(const ef_screen *screen, size_t index)
{
    ef_section section = ef_section_at(screen->findings, index);
    const ef_figure *one = next_largest(section.figures, NULL);
    if (one == NULL)
        return;
    write_columns(screen, section.title);
    for (size_t i = 0; i < SHOWN_LARGEST && one != NULL; i++) {
        write_row(screen, ef_slice_of(ef_word_title(one->name).text), one);
        one = next_largest(section.figures, one);
    }
}

/* What of a bucket a line of the trend shows. */
typedef struct trend_line {
    const char *name;
    ef_unit_kind unit;
    double (*value)(const ef_screen *screen, const ef_bucket *bucket);
} trend_line;

static double shown(const ef_screen *screen, const ef_figure *figure)
{
    bool is_shown = ef_standing_of(screen->findings, figure) >= EF_STANDING_FEW;
    return is_shown ? figure->value : (double)NAN;
}

static double net_of(const ef_screen *screen, const ef_bucket *bucket)
{
    return shown(screen, &bucket->net);
}

static double rating_of(const ef_screen *screen, const ef_bucket *bucket)
{
    return shown(screen, &bucket->rating);
}

static double messages_of(const ef_screen *screen, const ef_bucket *bucket)
{
    (void)screen;
    return (double)bucket->messages;
}

/* The last buckets that fit, and between which values they lie. */
static void write_trend_line(const ef_screen *screen, trend_line line)
{
    enum { NAME = 16, RANGE = 22 };
    const ef_findings *findings = screen->findings;
    double values[WIDTH_MOST];
    size_t room = screen->width - 2 - NAME - 2 - RANGE, count = findings->bucket_count;
    size_t first = count > room ? count - room : 0;
    for (size_t i = first; i < count; i++)
        values[i - first] = line.value(screen, &findings->buckets[i]);
    double low, high;
    ef_screen_range(values, count - first, &low, &high);
    if (isnan(low))
        return;
    ef_screen_blank(screen, 2);
    ef_screen_left(screen, EF_INK_PLAIN, ef_slice_of(line.name), NAME);
    ef_screen_sparkline(screen, values, count - first, (unsigned)room);
    ef_screen_blank(screen, 2);
    ef_screen_right(screen, EF_INK_FAINT, ef_word_value(line.unit, low, 0).text, 0);
    ef_screen_right(screen, EF_INK_FAINT, " to ", 0);
    ef_screen_right(screen, EF_INK_FAINT, ef_word_value(line.unit, high, 0).text, 0);
    ef_screen_end(screen);
}

static void write_trend(const ef_screen *screen)
{
    static const trend_line lines[] = {
        { "Net sentiment", EF_UNIT_NET, net_of },
        { "Rating", EF_UNIT_MEAN, rating_of },
        { "Messages", EF_UNIT_COUNT, messages_of },
    };
    const ef_findings *findings = screen->findings;
    if (findings->bucket_count < 2)
        return;
    ef_buffer note = { 0 };
    ef_buffer_append_text(&note, "by ");
    ef_buffer_append_text(&note, findings->step);
    ef_buffer_append_text(&note, ", ");
    ef_buffer_append_slice(&note, findings->buckets[0].name);
    ef_buffer_append_text(&note, " to ");
    ef_buffer_append_slice(&note, findings->buckets[findings->bucket_count - 1].name);
    ef_buffer_append_text(&note, "; lowest to highest");
    ef_screen_heading(screen, "Over time", ef_buffer_slice(&note));
    take_failure(screen, &note);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        write_trend_line(screen, lines[i]);
}

/* "  differs by +2.0 points (-2.6 to 6.6): no evidence" */
static void write_difference(const ef_screen *screen, const ef_change *change)
{
    ef_unit_kind unit = change->after.unit;
    int64_t n = change->before.n < change->after.n ? change->before.n : change->after.n;
    if (isnan(change->difference) || n < screen->findings->least)
        return;
    ef_word size = ef_word_difference(unit, change->difference, n);
    ef_word bounds = ef_word_difference_interval(unit, change->low, change->high, n);
    ef_screen_blank(screen, 4);
    ef_screen_right(screen, EF_INK_FAINT,
                    change->is_evidence ? "changed by " : "differs by ", 0);
    ef_screen_right(screen, EF_INK_FAINT, size.text, 0);
    if (bounds.text[0] != '\0') {
        ef_buffer_append_text(screen->out, " (");
        ef_screen_right(screen, EF_INK_FAINT, bounds.text, 0);
        ef_buffer_append_text(screen->out, ")");
    }
    if (!change->is_evidence)
        ef_screen_right(screen, EF_INK_FAINT, ": no evidence", 0);
    ef_screen_end(screen);
}

static void write_change(const ef_screen *screen, const ef_change *change)
{
    enum { NAME = 24, SIDE = 10 };
    ef_ink ink = change->is_evidence ? EF_INK_STRONG : EF_INK_PLAIN;
    ef_screen_blank(screen, 2);
    ef_screen_left(screen, ink, ef_slice_of(change->before.name), NAME);
    ef_screen_right(screen, EF_INK_PLAIN,
                    ef_word_figure(screen->findings, &change->before).text, SIDE);
    ef_screen_right(screen, EF_INK_PLAIN,
                    ef_word_figure(screen->findings, &change->after).text, SIDE);
    ef_screen_blank(screen, 2);
    ef_screen_left(screen, ink, ef_slice_of(ef_word_p(change->p).text), 10);
    ef_screen_end(screen);
    write_difference(screen, change);
}

/* "Said more: late (2% to 12%), …" */
static void write_phrases(const ef_screen *screen, const char *title,
                          const ef_shifted *items, size_t count)
{
    if (count == 0)
        return;
    ef_buffer text = { 0 };
    ef_buffer_append_text(&text, title);
    for (size_t i = 0; i < count && i < SHOWN_PHRASES; i++) {
        const ef_shifted *one = &items[i];
        ef_buffer_append_text(&text, i == 0 ? " " : ", ");
        ef_display_append(&text, one->name, 28);
        ef_buffer_append_text(&text, " (");
        ef_buffer_append_text(&text, ef_word_number(one->share_before * 100, 1).text);
        ef_buffer_append_text(&text, "% to ");
        ef_buffer_append_text(&text, ef_word_number(one->share_after * 100, 1).text);
        ef_buffer_append_text(&text, "%)");
    }
    ef_screen_wrap(screen, ef_buffer_slice(&text), 2);
    take_failure(screen, &text);
}

static void write_comparison(const ef_screen *screen)
{
    const ef_comparison *made = &screen->findings->comparison;
    if (!made->is_made)
        return;
    ef_buffer note = { 0 };
    ef_buffer_append_slice(&note, made->before_name);
    ef_buffer_append_text(&note, ", then ");
    ef_buffer_append_slice(&note, made->after_name);
    ef_screen_heading(screen, "What changed", ef_buffer_slice(&note));
    take_failure(screen, &note);
    for (size_t i = 0; i < made->change_count && i < SHOWN_FIGURES; i++)
        if (made->changes[i].before.key != NULL)
            write_change(screen, &made->changes[i]);
    write_phrases(screen, "Said more:", made->risen, made->risen_count);
    write_phrases(screen, "Said less:", made->fallen, made->fallen_count);
}

static void write_theme(const ef_screen *screen, const ef_theme *theme)
{
    enum { IMPACT = 8, BOUNDS = 16, MARK = 5 };
    unsigned spark = screen->width >= 76 ? 12 + (screen->width - 76) / 4 : 0;
    unsigned name = screen->width - 2 - IMPACT - 2 - BOUNDS - NUMBER - MARK - spark;
    const ef_figure *impact = &theme->impact;
    bool is_few = theme->messages < screen->findings->few;
    ef_screen_blank(screen, 2);
    ef_screen_left(screen, is_few ? EF_INK_FAINT : EF_INK_PLAIN, theme->name, name - 1);
    ef_screen_blank(screen, 1);
    ef_screen_right(screen, is_few ? EF_INK_FAINT : ef_screen_ink(screen, impact),
                    ef_word_figure(screen->findings, impact).text, IMPACT);
    ef_screen_blank(screen, 2);
    ef_screen_left(screen, EF_INK_FAINT,
                   ef_slice_of(ef_word_bounds(screen->findings, impact).text), BOUNDS);
    ef_screen_right(screen, EF_INK_PLAIN, ef_word_count(theme->messages).text, NUMBER);
    ef_screen_left(screen, EF_INK_FAINT, ef_slice_of(is_few ? " few " : ""), MARK);
    if (spark > 0 && theme->trend != NULL)
        ef_screen_sparkline(screen, theme->trend, screen->findings->bucket_count, spark);
    ef_screen_end(screen);
}

static void write_themes(const ef_screen *screen)
{
    for (size_t i = 0; i < EF_THEME_LIST_COUNT; i++) {
        ef_theme_list list = ef_theme_list_at(screen->findings, i);
        if (list.themes->count == 0)
            continue;
        ef_screen_heading(screen, list.title,
                          ef_slice_of("impact on net sentiment, messages"));
        for (size_t j = 0; j < list.themes->count && j < SHOWN_THEMES; j++)
            write_theme(screen, &list.themes->items[j]);
    }
}

static void write_tables(const ef_screen *screen)
{
    for (size_t i = 0; i < screen->findings->table_count; i++) {
        const ef_group_table *table = &screen->findings->tables[i];
        ef_buffer note = { 0 };
        ef_buffer_append_text(&note, "net sentiment; the largest of ");
        ef_buffer_append_text(&note, ef_word_count(table->groups).text);
        ef_buffer title = { 0 };
        ef_buffer_append_text(&title, "By ");
        ef_display_append(&title, table->column, 24);
        ef_screen_heading(screen, ef_buffer_text(&title), ef_buffer_slice(&note));
        take_failure(screen, &title);
        take_failure(screen, &note);
        for (size_t j = 0; j < table->count && j < SHOWN_GROUPS; j++)
            write_row(screen, table->rows[j].name, &table->rows[j].net);
    }
}

static void write_customers(const ef_screen *screen)
{
    enum { NAME = 18, POINTS = 4 };
    for (size_t i = 0; i < EF_CUSTOMER_LIST_COUNT; i++) {
        ef_customer_list list = ef_customer_list_at(screen->findings, i);
        if (list.customers->count == 0)
            continue;
        ef_screen_heading(
            screen, list.title,
            ef_slice_of(ef_word_counted(list.customers->total, "customer").text));
        for (size_t j = 0; j < list.customers->count && j < SHOWN_CUSTOMERS; j++) {
            const ef_customer *one = &list.customers->items[j];
            ef_screen_blank(screen, 2);
            ef_screen_left(screen, EF_INK_PLAIN, one->name, NAME);
            ef_screen_right(screen, EF_INK_PLAIN, ef_word_count(one->points).text, POINTS);
            ef_screen_blank(screen, 2);
            ef_screen_left(screen, EF_INK_FAINT, one->reasons,
                           screen->width - 2 - NAME - POINTS - 2);
            ef_screen_end(screen);
        }
    }
}

static void write_remarks(const ef_screen *screen)
{
    const ef_findings *findings = screen->findings;
    if (findings->remark_count == 0)
        return;
    ef_screen_heading(screen, "To know", nothing);
    for (size_t i = 0; i < findings->remark_count && i < SHOWN_REMARKS; i++) {
        ef_buffer text = { 0 };
        ef_display_append(&text, findings->remarks[i].text, 400);
        if (text.size > 0 && text.data[0] >= 'a' && text.data[0] <= 'z')
            text.data[0] = (uint8_t)(text.data[0] - 'a' + 'A');
        ef_screen_wrap(screen, ef_buffer_slice(&text), 2);
        take_failure(screen, &text);
    }
}

static void write_terminal(ef_buffer *out, const ef_findings *findings,
                           const ef_view_options *options)
{
    unsigned width = options == NULL || options->width == 0 ? 80 : options->width;
    width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
    const ef_screen screen = { out, findings, width,
                               options != NULL && options->has_color };
    write_head(&screen);
    write_section(&screen, EF_SECTION_MOOD);
    write_section(&screen, EF_SECTION_SURVEY);
    write_trend(&screen);
    write_comparison(&screen);
    write_themes(&screen);
    write_section(&screen, EF_SECTION_SERVICE);
    write_section(&screen, EF_SECTION_CONVERSATIONS);
    write_largest(&screen, EF_SECTION_EMOTIONS);
    write_largest(&screen, EF_SECTION_SIGNALS);
    write_tables(&screen);
    write_customers(&screen);
    write_remarks(&screen);
}

const ef_view ef_view_terminal = {
    .name = "table",
    .summary = "one screen for a person at a terminal",
    .shown = EF_SHOWN_AS_IT_IS,
    .write = write_terminal,
};
