/* SPDX-License-Identifier: MIT
 * views/svg_trend.c - a figure over time: a line, its interval, the turns, the messages.
 *
 * The axis holds zero (or the ends of a scale that has them) and every interval of a figure
 * that can be leant on; wider intervals of small ones are cut at the edge. Where nothing is
 * known the line has a gap. Drawn twice, for a wide and for a narrow screen, since text in
 * a stretched chart becomes too small to read; the style sheet shows one of them. */
#include "views/svg.h"

#include <math.h>

#include "views/markup.h"
#include "views/wording.h"

enum { TICKS_MOST = 8, POINTS_MOST = 62 }; /* with more buckets, points hide the line */

/* Where things are: in units of the view box. */
typedef struct frame {
    double width, height;
    double left, right, top, bottom; /* edges of the plot */
    double volume_top, volume_bottom;
    double low, high, step; /* values at its bottom and top, and between ticks */
    int64_t most;           /* messages in one bucket */
} frame;

typedef struct drawing {
    ef_buffer *out;
    const ef_findings *findings;
    const ef_trend_chart *chart;
    frame at;
} drawing;

static const ef_figure *figure_at(const drawing *to, size_t bucket)
{
    return to->chart->figure(&to->findings->buckets[bucket]);
}

static bool is_shown(const drawing *to, size_t bucket)
{
    return ef_standing_of(to->findings, figure_at(to, bucket)) >= EF_STANDING_FEW;
}

static bool is_hollow(const drawing *to, size_t bucket)
{
    return to->findings->buckets[bucket].is_partial ||
           ef_standing_of(to->findings, figure_at(to, bucket)) < EF_STANDING_SOLID;
}

/* 1, 2 or 5 times a power of ten, so that at most five steps cover the span. */
static double step_for(double span)
{
    double power = 1;
    while (power * 50 < span)
        power *= 10;
    while (power > 0.001 && power * 5 >= span)
        power /= 10;
    static const double times[] = { 1, 2, 5, 10 };
    for (size_t i = 0; i < 4; i++)
        if (power * times[i] * 5 >= span)
            return power * times[i];
    return power * 20;
}

static void widen(double value, double *low, double *high)
{
    if (isnan(value))
        return;
    *low = value < *low ? value : *low;
    *high = value > *high ? value : *high;
}

/* Whether most of what is shown can be leant on: then the intervals of the rest, which may
 * be wider than all else, do not stretch the axis. */
static bool is_mostly_solid(const drawing *to)
{
    size_t shown = 0, solid = 0;
    for (size_t i = 0; i < to->findings->bucket_count; i++) {
        shown += is_shown(to, i);
        solid += ef_standing_of(to->findings, figure_at(to, i)) == EF_STANDING_SOLID;
    }
    return solid * 2 > shown;
}

static void choose_axis(drawing *to)
{
    double low = 0, high = 0;
    frame *at = &to->at;
    ef_standing least = is_mostly_solid(to) ? EF_STANDING_SOLID : EF_STANDING_FEW;
    for (size_t i = 0; i < to->findings->bucket_count; i++) {
        const ef_figure *figure = figure_at(to, i);
        if (to->findings->buckets[i].messages > at->most)
            at->most = to->findings->buckets[i].messages;
        if (!is_shown(to, i))
            continue;
        widen(figure->value, &low, &high);
        if (ef_standing_of(to->findings, figure) < least)
            continue;
        widen(figure->low, &low, &high);
        widen(figure->high, &low, &high);
    }
    if (to->chart->scale.left < to->chart->scale.right) {
        low = to->chart->scale.left;
        high = to->chart->scale.right;
    }
    if (!(high > low))
        high = low + 1;
    at->step = step_for(high - low);
    at->low = floor(low / at->step + 1e-9) * at->step;
    at->high = ceil(high / at->step - 1e-9) * at->step;
}

static double x_of(const drawing *to, double bucket)
{
    double slot = (to->at.right - to->at.left) / (double)to->findings->bucket_count;
    return to->at.left + slot * bucket;
}

static double y_of(const drawing *to, double value)
{
    double part = (value - to->at.low) / (to->at.high - to->at.low);
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    return to->at.bottom - part * (to->at.bottom - to->at.top);
}

static void put_line(const drawing *to, const char *class, double x1, double y1, double x2,
                     double y2)
{
    ef_html(to->out, "<line class=\"");
    ef_html(to->out, class);
    ef_html(to->out, "\"");
    ef_svg_at(to->out, "x1", x1);
    ef_svg_at(to->out, "y1", y1);
    ef_svg_at(to->out, "x2", x2);
    ef_svg_at(to->out, "y2", y2);
    ef_html(to->out, "/>");
}

static void begin_label(const drawing *to, const char *class, double x, double y)
{
    ef_html(to->out, "<text class=\"");
    ef_html(to->out, class);
    ef_html(to->out, "\"");
    ef_svg_at(to->out, "x", x);
    ef_svg_at(to->out, "y", y);
    ef_html(to->out, ">");
}

static void put_label(const drawing *to, const char *class, double x, double y,
                      const char *text)
{
    begin_label(to, class, x, y);
    ef_html_word(to->out, text);
    ef_html(to->out, "</text>");
}

static void draw_axis(const drawing *to)
{
    const frame *at = &to->at;
    ef_unit_kind unit = figure_at(to, 0)->unit;
    size_t steps = (size_t)((at->high - at->low) / at->step + 0.5);
    for (size_t i = 0; i <= steps && i <= TICKS_MOST; i++) {
        double value = at->low + at->step * (double)i;
        bool is_zero = fabs(value) < at->step / 1000;
        double y = y_of(to, value);
        put_line(to, is_zero ? "zero" : "grid", at->left, y, at->right, y);
        ef_word word = unit == EF_UNIT_SHARE
                           ? ef_word_value(unit, value, 0)
                           : ef_word_number(is_zero ? 0 : value, at->step < 1 ? 1 : 0);
        put_label(to, "tick-y", at->left - 6, y + 4, word.text);
    }
}

/* Names of buckets below the plot: as many as have room, the first always. */
static void draw_times(const drawing *to)
{
    const ef_findings *findings = to->findings;
    size_t longest = 1;
    for (size_t i = 0; i < findings->bucket_count; i++)
        if (findings->buckets[i].name.size > longest)
            longest = findings->buckets[i].name.size;
    if (longest > 16)
        longest = 16;
    double slot = (to->at.right - to->at.left) / (double)findings->bucket_count;
    double room = (double)longest * 6.6 + 12;
    size_t every = (size_t)(room / slot) + 1;
    for (size_t i = 0; i < findings->bucket_count; i += every) {
        double x = x_of(to, (double)i + 0.5);
        if (x + room / 2 - 6 > to->at.width)
            break;
        begin_label(to, "tick-x", x, to->at.bottom + 16);
        ef_slice name = findings->buckets[i].name;
        if (name.size > longest)
            name.size = longest;
        ef_html_text(to->out, name);
        ef_html(to->out, "</text>");
    }
}

static void draw_messages(const drawing *to)
{
    const frame *at = &to->at;
    double slot = (at->right - at->left) / (double)to->findings->bucket_count;
    put_label(to, "tick-y", at->left - 6, at->volume_top + 8, ef_word_count(at->most).text);
    put_label(to, "tick-y", at->left - 6, at->volume_bottom + 1, "0");
    for (size_t i = 0; i < to->findings->bucket_count && at->most > 0; i++) {
        double part = (double)to->findings->buckets[i].messages / (double)at->most;
        double height = part * (at->volume_bottom - at->volume_top);
        ef_html(to->out, "<rect class=\"volume\"");
        ef_svg_at(to->out, "x", x_of(to, (double)i) + slot * 0.15);
        ef_svg_at(to->out, "y", at->volume_bottom - height);
        ef_svg_at(to->out, "width", slot * 0.7);
        ef_svg_at(to->out, "height", height);
        ef_html(to->out, "/>");
    }
    put_line(to, "axis", at->left, at->volume_bottom, at->right, at->volume_bottom);
    put_label(to, "note", at->left + 2, at->volume_top - 5, "Messages");
}

static void put_point(const drawing *to, char command, double x, double y)
{
    ef_buffer_append_byte(to->out, (uint8_t)command);
    ef_html(to->out, ef_word_number(x, 1).text);
    ef_html(to->out, " ");
    ef_html(to->out, ef_word_number(y, 1).text);
}

static double bound(const drawing *to, size_t bucket, bool is_upper)
{
    const ef_figure *figure = figure_at(to, bucket);
    double value = is_upper ? figure->high : figure->low;
    return y_of(to, isnan(value) ? figure->value : value);
}

/* The stretch of shown buckets that begins at first; its end. */
static size_t stretch_end(const drawing *to, size_t first)
{
    while (first < to->findings->bucket_count && is_shown(to, first))
        first++;
    return first;
}

/* The intervals of a stretch as one area; of one bucket alone, as a line. */
static void draw_band(const drawing *to, size_t first, size_t end)
{
    if (end - first == 1) {
        double x = x_of(to, (double)first + 0.5);
        put_line(to, "lone", x, bound(to, first, false), x, bound(to, first, true));
        return;
    }
    ef_html(to->out, "<path class=\"band\" d=\"");
    for (size_t i = first; i < end; i++)
        put_point(to, i == first ? 'M' : 'L', x_of(to, (double)i + 0.5),
                  bound(to, i, true));
    for (size_t i = end; i-- > first;)
        put_point(to, 'L', x_of(to, (double)i + 0.5), bound(to, i, false));
    ef_html(to->out, "Z\"/>");
}

static void draw_values(const drawing *to)
{
    size_t count = to->findings->bucket_count;
    for (size_t i = 0; i < count; i++) {
        size_t end = stretch_end(to, i);
        if (end == i)
            continue;
        draw_band(to, i, end);
        ef_html(to->out, "<path class=\"line\" d=\"");
        for (size_t j = i; j < end; j++)
            put_point(to, j == i ? 'M' : 'L', x_of(to, (double)j + 0.5),
                      y_of(to, figure_at(to, j)->value));
        ef_html(to->out, "h0\"/>");
        i = end;
    }
    for (size_t i = 0; i < count; i++) {
        bool is_alone = (i == 0 || !is_shown(to, i - 1)) && stretch_end(to, i) == i + 1;
        if (!is_shown(to, i) || (count > POINTS_MOST && !is_alone))
            continue;
        ef_html(to->out, is_hollow(to, i) ? "<circle class=\"point hollow\" r=\"3.5\""
                                          : "<circle class=\"point\" r=\"3.5\"");
        ef_svg_at(to->out, "cx", x_of(to, (double)i + 0.5));
        ef_svg_at(to->out, "cy", y_of(to, figure_at(to, i)->value));
        ef_html(to->out, "/>");
    }
}

/* Where a moment lies on the axis of time: buckets are as wide as each other, whatever
 * months they are. */
static double x_of_time(const drawing *to, int64_t time_ms)
{
    const ef_findings *findings = to->findings;
    size_t last = findings->bucket_count - 1, i = 0;
    while (i < last && time_ms >= findings->buckets[i].end_ms)
        i++;
    const ef_bucket *bucket = &findings->buckets[i];
    double part =
        (double)(time_ms - bucket->begin_ms) / (double)(bucket->end_ms - bucket->begin_ms);
    return x_of(to, (double)i + (part < 0 ? 0 : part > 1 ? 1 : part));
}

/* When the mood turned, and between which moments it may have. */
static void draw_turns(const drawing *to)
{
    const frame *at = &to->at;
    for (size_t i = 0; i < to->findings->turn_count; i++) {
        const ef_turn *turn = &to->findings->turns[i];
        double x = x_of_time(to, turn->time_ms), from = x_of_time(to, turn->low_ms);
        ef_html(to->out, "<rect class=\"when\"");
        ef_svg_at(to->out, "x", from);
        ef_svg_at(to->out, "y", at->top);
        ef_svg_at(to->out, "width", x_of_time(to, turn->high_ms) - from);
        ef_svg_at(to->out, "height", at->bottom - at->top);
        ef_html(to->out, "/>");
        put_line(to, "turn", x, at->top - 4, x, at->bottom);
        bool is_right = x > (at->left + at->right) / 2;
        put_label(to, is_right ? "note end" : "note", is_right ? x - 5 : x + 5, at->top + 4,
                  "mood turns");
    }
}

static void put_title(const drawing *to, const char *size)
{
    ef_buffer *out = to->out;
    const char *id = to->chart->id;
    ef_html(out, "<svg class=\"chart ");
    ef_html(out, size);
    ef_html(out, "\" role=\"img\" aria-labelledby=\"");
    ef_html(out, id);
    ef_html(out, "-");
    ef_html(out, size);
    ef_html(out, "\" viewBox=\"0 0 ");
    ef_html(out, ef_word_number(to->at.width, 0).text);
    ef_html(out, " ");
    ef_html(out, ef_word_number(to->at.height, 0).text);
    ef_html(out, "\"><title id=\"");
    ef_html(out, id);
    ef_html(out, "-");
    ef_html(out, size);
    ef_html(out, "\">");
    ef_html_word(out, to->chart->title);
    ef_html(out, "; the table below has its values</title>");
}

static void draw(ef_buffer *out, const ef_findings *findings, const ef_trend_chart *chart,
                 const char *size, frame at)
{
    drawing to = { out, findings, chart, at };
    if (!chart->is_main)
        to.at.height = to.at.bottom + 22;
    choose_axis(&to);
    put_title(&to, size);
    draw_axis(&to);
    draw_times(&to);
    draw_values(&to);
    if (chart->is_main)
        draw_messages(&to);
    if (chart->is_main)
        draw_turns(&to);
    ef_html(out, "</svg>\n");
}

void ef_svg_trend(ef_buffer *out, const ef_findings *findings, const ef_trend_chart *chart)
{
    static const frame wide = { .width = 780,
                                .height = 340,
                                .left = 44,
                                .right = 772,
                                .top = 18,
                                .bottom = 230,
                                .volume_top = 278,
                                .volume_bottom = 332 };
    static const frame narrow = { .width = 360,
                                  .height = 300,
                                  .left = 36,
                                  .right = 356,
                                  .top = 18,
                                  .bottom = 200,
                                  .volume_top = 246,
                                  .volume_bottom = 292 };
    if (findings->bucket_count == 0)
        return;
    draw(out, findings, chart, "large", wide);
    draw(out, findings, chart, "small", narrow);
}
