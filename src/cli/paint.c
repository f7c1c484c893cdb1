/* SPDX-License-Identifier: MIT
 * cli/paint.c - the words that made a score, in the colour of what they did. */
#include "paint.h"

#include "terminal.h"

static void paint(unsigned char *colors, uint32_t first, uint32_t last, uint32_t begin,
                  uint32_t end, unsigned char color)
{
    begin = begin < first ? first : begin;
    end = end > last ? last : end;
    if (begin < end)
        memset(colors + (begin - first), color, end - begin);
}

void ef_paint_reasons(unsigned char *colors, uint32_t begin, uint32_t end,
                      const ef_explanation *explanation, size_t from, size_t up_to)
{
    for (size_t i = from; i < up_to; i++) {
        const ef_reason *reason = &explanation->reasons[i];
        if (reason->kind != EF_REASON_LEXICON)
            continue;
        paint(colors, begin, end, reason->rule_begin, reason->rule_end, 'y');
        paint(colors, begin, end, reason->begin, reason->end,
              reason->weight < 0 ? 'r' : 'g');
    }
}

static const char *code_of(unsigned char color)
{
    return color == 'r' ? "\x1b[31m" : color == 'g' ? "\x1b[32m" : "\x1b[33m";
}

void ef_paint_print(FILE *stream, const char *text, const unsigned char *colors,
                    size_t size)
{
    if (colors == NULL) {
        ef_print_safe(stream, text, size);
        return;
    }
    for (size_t at = 0; at < size;) {
        size_t end = at + 1;
        while (end < size && colors[end] == colors[at])
            end++;
        fputs(colors[at] != 0 ? code_of(colors[at]) : "", stream);
        ef_print_safe(stream, text + at, end - at);
        fputs(colors[at] != 0 ? EF_PLAIN : "", stream);
        at = end;
    }
}
