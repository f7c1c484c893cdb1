/* SPDX-License-Identifier: MIT
 * cli/review_screen.c - the screen of `earful review`: a text, what the model says, the
 * keys.
 *
 * Drawn anew for every key: one write, so nothing flickers, and a new size is nothing
 * special. From above: place and progress, the view, the model, a message, the keys. */
#include "review_screen.h"

#include <inttypes.h>
#include <stdlib.h>

#include "paint.h"

enum {
    MARGIN = 2,
    WIDEST = 100 /* longer lines are hard to read */,
    MODEL_LINES = 3,
    FRAME_LINES = 7 /* head, 3 rules, message, keys and one to breathe */
};

/* Before a line and not behind it, where it would take the last column of a full one. */
#define CLEAR "\x1b[K"

static const struct key_name {
    char key;
    const char *name, *short_name;
} keys[] = { { 'n', "negative", "neg" }, { 'e', "neutral", "neu" },
             { 'p', "positive", "pos" }, { 's', "skip", "" },
             { 'u', "undo", "" },        { 'm', "more", "" },
             { 'q', "quit", "" },        { '?', "help", "" } };

static const char *const help[] = {
    "n  or 1    negative: unhappy, complains, warns others off",
    "e  or 2    neutral: a question, a fact, or as much good as bad",
    "p  or 3    positive: pleased, praises, recommends",
    "s          skip: it cannot be said; it is not asked again",
    "u          undo: takes the last answer back, as often as there are any",
    "m          more: what the model says, then all its reasons",
    "space, b   next and last page of a long text; arrows: a line",
    "q          quit: all answers are kept, and running again goes on",
    "",
    "Label what the writer feels. Green words speak for positive, red ones for",
    "negative, yellow ones turn or strengthen others. Texts drawn by lot hide",
    "the model's answer: they measure it, and to see it first would sway you.",
};

static void rule(FILE *out, unsigned width, unsigned filled, const char *note)
{
    unsigned noted = (unsigned)ef_safe_width(note, strlen(note));
    fputs(CLEAR, out);
    unsigned line = noted > 0 && noted + 2 < width ? width - noted - 1 : width;
    for (unsigned i = 0; i < line; i++)
        fputs(i < filled ? "━" : "─", out);
    if (line < width)
        fprintf(out, " %s", note);
    fputs("\r\n", out);
}

static void draw_head(const ef_review_screen *s, FILE *out, unsigned width, bool has_color)
{
    char left[64];
    int size = snprintf(left, sizeof left, "%" PRIu64 " of %" PRIu64 "   ",
                        s->counts.at + 1, s->counts.asked);
    fprintf(out, CLEAR "%s%s%s", has_color ? EF_BOLD : "", left, has_color ? EF_PLAIN : "");
    if ((unsigned)size < width)
        ef_card_place(&s->card, out, width - (unsigned)size);
    fputs("\r\n", out);
    unsigned filled = (unsigned)(width * s->counts.at / s->counts.asked);
    rule(out, width, filled, "");
}

static void fill_view(const ef_review_screen *s, ef_sheet *sheet)
{
    for (size_t i = 0; s->view == EF_VIEW_HELP && i < sizeof help / sizeof *help; i++) {
        fputs(help[i], sheet->stream);
        ef_sheet_end_line(sheet);
    }
    if (s->view == EF_VIEW_REASONS)
        ef_card_reasons(&s->card, sheet);
    else if (s->view == EF_VIEW_TEXT)
        ef_card_text(&s->card, sheet);
}

static void draw_view(ef_review_screen *s, FILE *out, unsigned width, bool has_color)
{
    ef_sheet sheet;
    char note[64] = "";
    unsigned room = width > 2 * MARGIN ? width - 2 * MARGIN : width;
    ef_sheet_init(&sheet, room < WIDEST ? room : WIDEST, has_color);
    if (sheet.stream != NULL)
        fill_view(s, &sheet);
    s->lines = sheet.failed ? 0 : sheet.count;
    if (s->first + s->page > s->lines) /* the window grew, or the view is shorter */
        s->first = s->lines > s->page ? s->lines - s->page : 0;
    for (size_t i = s->first; i < s->first + s->page; i++) {
        fputs(CLEAR, out);
        if (i < s->lines) {
            fprintf(out, "%*s", MARGIN, "");
            ef_sheet_show(&sheet, i, out);
        }
        fputs("\r\n", out);
    }
    if (s->first + s->page < s->lines)
        snprintf(note, sizeof note, "%zu more lines: space", s->lines - s->first - s->page);
    else if (s->first > 0)
        snprintf(note, sizeof note, "the end: b goes back");
    ef_sheet_release(&sheet);
    rule(out, width, 0, note);
}

static void draw_model(const ef_review_screen *s, FILE *out, unsigned width, bool has_color)
{
    ef_sheet sheet;
    ef_sheet_init(&sheet, width, has_color);
    if (sheet.stream != NULL)
        ef_card_model(&s->card, &sheet);
    for (size_t i = 0; i < MODEL_LINES; i++) {
        fputs(CLEAR, out);
        if (!sheet.failed && i < sheet.count)
            ef_sheet_show(&sheet, i, out);
        fputs("\r\n", out);
    }
    ef_sheet_release(&sheet);
    rule(out, width, 0, "");
}

static void draw_keys(FILE *out, unsigned width, bool has_color)
{
    fputs(CLEAR, out);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *name = width >= 80 ? keys[i].name : keys[i].short_name;
        fprintf(out, "%s%s%c%s %s", i > 0 ? "  " : "", has_color ? EF_BOLD : "",
                keys[i].key, has_color ? EF_PLAIN : "", name);
    }
    fputs("\x1b[J", out);
}

void ef_review_screen_draw(ef_review_screen *s)
{
    ef_terminal terminal;
    char *bytes = NULL;
    size_t size = 0;
    ef_terminal_look(&terminal, stdout, s->color);
    FILE *out = open_memstream(&bytes, &size);
    if (out == NULL)
        return; /* the next key tries again */
    bool has_model = terminal.height > FRAME_LINES + MODEL_LINES + 2;
    unsigned others = FRAME_LINES - 1 + (has_model ? MODEL_LINES : 0);
    s->page = terminal.height > others ? terminal.height - others : 1;
    fputs("\x1b[H", out);
    draw_head(s, out, terminal.width, terminal.has_color);
    draw_view(s, out, terminal.width, terminal.has_color);
    if (has_model)
        draw_model(s, out, terminal.width, terminal.has_color);
    fputs(CLEAR, out);
    ef_print_fitting(out, ef_slice_of(s->message), terminal.width);
    fputs("\r\n", out);
    draw_keys(out, terminal.width, terminal.has_color);
    if (fclose(out) == 0) {
        fwrite(bytes, 1, size, stdout);
        fflush(stdout);
    }
    free(bytes);
}

void ef_review_screen_scroll(ef_review_screen *s, long lines)
{
    size_t last = s->lines > s->page ? s->lines - s->page : 0;
    if (lines < 0)
        s->first = s->first > (size_t)-lines ? s->first - (size_t)-lines : 0;
    else
        s->first = s->first + (size_t)lines < last ? s->first + (size_t)lines : last;
}
