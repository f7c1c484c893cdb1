/* SPDX-License-Identifier: MIT
 * views/screen.c - lines of a terminal: columns that line up, wrapped text, sparklines. */
#include "views/screen.h"

#include <math.h>

#include "base/utf8.h"
#include "report/display.h"
#include "views/wording.h"

static void ink_on(const ef_screen *screen, ef_ink ink)
{
    static const char *const codes[] = { "", "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[33m" };
    if (screen->has_color)
        ef_buffer_append_text(screen->out, codes[ink]);
}

static void ink_off(const ef_screen *screen, ef_ink ink)
{
    if (screen->has_color && ink != EF_INK_PLAIN)
        ef_buffer_append_text(screen->out, "\x1b[0m");
}

void ef_screen_blank(const ef_screen *screen, unsigned count)
{
    while (count-- > 0)
        ef_buffer_append_byte(screen->out, ' ');
}

void ef_screen_left(const ef_screen *screen, ef_ink ink, ef_slice text, unsigned width)
{
    ink_on(screen, ink);
    unsigned used = ef_display_append(screen->out, text, width);
    ink_off(screen, ink);
    ef_screen_blank(screen, width - used);
}

void ef_screen_right(const ef_screen *screen, ef_ink ink, const char *text, unsigned width)
{
    size_t size = strlen(text);
    if (size < width)
        ef_screen_blank(screen, width - (unsigned)size);
    ink_on(screen, ink);
    ef_buffer_append_text(screen->out, text);
    ink_off(screen, ink);
}

void ef_screen_end(const ef_screen *screen)
{
    ef_buffer *out = screen->out;
    while (out->size > 0 && out->data[out->size - 1] == ' ')
        out->size--;
    ef_buffer_append_byte(out, '\n');
}

void ef_screen_heading(const ef_screen *screen, const char *title, ef_slice note)
{
    unsigned size = (unsigned)strlen(title);
    ef_buffer_append_byte(screen->out, '\n');
    ef_screen_left(screen, EF_INK_STRONG, ef_slice_of(title), size);
    ef_screen_blank(screen, 2);
    if (screen->width > size + 2)
        ef_screen_left(screen, EF_INK_FAINT, note, screen->width - size - 2);
    ef_screen_end(screen);
}

/* The columns of text, which holds whole characters. */
static unsigned columns_of(ef_slice text)
{
    unsigned columns = 0;
    for (size_t at = 0; at < text.size;) {
        uint32_t code = 0;
        size_t size = ef_utf8_decode(text.data + at, text.size - at, &code);
        columns += ef_display_width(code);
        at += size == 0 ? 1 : size;
    }
    return columns;
}

void ef_screen_wrap(const ef_screen *screen, ef_slice text, unsigned indent)
{
    unsigned used = 0;
    for (size_t at = 0; at < text.size;) {
        const uint8_t *blank = memchr(text.data + at, ' ', text.size - at);
        size_t size = blank == NULL ? text.size - at : (size_t)(blank - text.data) - at;
        ef_slice word = { text.data + at, size };
        at += size + 1;
        if (size == 0)
            continue;
        unsigned columns = columns_of(word);
        if (used > 0 && used + 1 + columns > screen->width) {
            ef_buffer_append_byte(screen->out, '\n');
            used = 0;
        }
        ef_screen_blank(screen, used == 0 ? indent : 1);
        used += used == 0 ? indent : 1;
        used += ef_display_append(screen->out, word,
                                  screen->width > used ? screen->width - used : 1);
    }
    if (used > 0)
        ef_buffer_append_byte(screen->out, '\n');
}

void ef_screen_range(const double *values, size_t count, double *low, double *high)
{
    *low = *high = (double)NAN;
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i]))
            continue;
        if (isnan(*low) || values[i] < *low)
            *low = values[i];
        if (isnan(*high) || values[i] > *high)
            *high = values[i];
    }
}

unsigned ef_screen_sparkline(const ef_screen *screen, const double *values, size_t count,
                             unsigned width)
{
    if (count > width) {
        values += count - width;
        count = width;
    }
    double low, high;
    ef_screen_range(values, count, &low, &high);
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i])) {
            ef_buffer_append_text(screen->out, "\xC2\xB7");
            continue;
        }
        double part = high > low ? (values[i] - low) / (high - low) : 0.5;
        uint8_t bar[3] = { 0xE2, 0x96, (uint8_t)(0x81 + (int)(part * 7 + 0.5)) };
        ef_buffer_append(screen->out, bar, sizeof bar);
    }
    return (unsigned)count;
}

ef_ink ef_screen_ink(const ef_screen *screen, const ef_figure *figure)
{
    if (ef_standing_of(screen->findings, figure) < EF_STANDING_SOLID)
        return EF_INK_FAINT;
    bool has_sides = figure->unit == EF_UNIT_NET || figure->unit == EF_UNIT_SCORE;
    if (has_sides && figure->low > 0)
        return EF_INK_GOOD;
    return has_sides && figure->high < 0 ? EF_INK_BAD : EF_INK_PLAIN;
}
