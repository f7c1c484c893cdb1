/* SPDX-License-Identifier: MIT
 * input/lines.c - one record a line, text only.
 *
 * What fits nothing else: a text file with a review on each line. A blank line is no
 * record. Lines end at LF, with or without a CR before it. */
#include "input/columns.h"
#include "input/formats.h"

enum { LINES_FIT = 25 };

/* Any text can be read as lines, so this only says whether it looks like language. */
static int lines_sniff(const ef_format *format, ef_slice sample, bool at_end,
                       ef_arena *arena, const char **why)
{
    (void)format;
    (void)at_end;
    (void)arena;
    *why = "";
    size_t letters = 0;
    for (size_t i = 0; i < sample.size; i++) {
        uint8_t byte = sample.data[i];
        letters += byte >= 0x80 || ((byte | 32) >= 'a' && (byte | 32) <= 'z');
    }
    /* Chat logs begin with brackets too, but with a digit or a name behind them. */
    const char *behind = sample.size < 2         ? ""
                         : sample.data[0] == '<' ? "?!hH"
                         : sample.data[0] == '[' ? "{[\" \n\r"
                                                 : "";
    bool is_structured =
        sample.size > 1 &&
        (sample.data[0] == '{' || memchr(behind, sample.data[1], strlen(behind)) != NULL);
    if (sample.size == 0 || letters * 3 < sample.size || is_structured)
        return 0;
    *why = "text without columns";
    return LINES_FIT;
}

static ef_status lines_open(ef_layout *layout, const ef_reader_options *options,
                            ef_slice sample, bool at_end, ef_error *error)
{
    (void)options;
    (void)sample;
    (void)at_end;
    enum { NONE = EF_NO_COLUMN };
    layout->columns = (ef_columns){ .id = NONE,
                                    .time = NONE,
                                    .rating = NONE,
                                    .author = NONE,
                                    .role = NONE,
                                    .channel = NONE,
                                    .conversation = NONE,
                                    .language = NONE };
    return ef_layout_decide(layout, "text", "the whole line", "lines have no columns", "",
                            error);
}

static size_t lines_cut(const ef_layout *layout, const ef_kernels *kernels,
                        const uint8_t *p, size_t n, bool at_end, uint64_t *state)
{
    (void)layout;
    (void)kernels;
    (void)state;
    if (at_end)
        return n;
    const uint8_t *last = n == 0 ? NULL : memrchr(p, '\n', n);
    return last == NULL ? 0 : (size_t)(last - p) + 1;
}

static size_t lines_skip(const ef_layout *layout, const uint8_t *p, size_t n,
                         uint64_t *state)
{
    (void)layout;
    (void)state;
    const uint8_t *end = n == 0 ? NULL : memchr(p, '\n', n);
    return end == NULL ? 0 : (size_t)(end - p) + 1;
}

static ef_status lines_next(ef_cursor *cursor, ef_record *record, ef_error *error)
{
    (void)error;
    const ef_block *block = cursor->block;
    ef_arena_reset(&cursor->arena);
    while (cursor->at < block->bytes.size) {
        size_t start = cursor->at;
        const uint8_t *p = block->bytes.data + start;
        size_t left = block->bytes.size - start;
        size_t size = cursor->kernels->find_any(p, left, '\n', '\n', '\n');
        uint64_t line = cursor->line;
        cursor->at = start + (size < left ? size + 1 : size);
        cursor->line += size < left;
        if (size > 0 && p[size - 1] == '\r')
            size--;
        if (size == 0)
            continue;
        record->text = record->raw = (ef_slice){ p, size };
        record->line = line;
        record->offset = block->offset + start;
        return EF_OK;
    }
    return EF_END;
}

const ef_format ef_format_lines = {
    .name = "lines",
    .summary = "one text a line, no columns",
    .sniff = lines_sniff,
    .most = LINES_FIT,
    .open = lines_open,
    .cut = lines_cut,
    .skip = lines_skip,
    .next = lines_next,
    .is_line_format = true,
};
