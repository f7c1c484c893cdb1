/* SPDX-License-Identifier: MIT
 * input/delimited_walk.c - ordinary records, from mark to mark.
 *
 * One kernel pass marks the bytes that may shape a table: delimiters, quotes, line ends. It
 * does not know which of them stand in quotes; the walk does, since it looks at each mark
 * once, in order:
 *
 *     at the start of a cell:  a quote -> inside
 *     inside:                  two quotes are text;  one quote before a delimiter or line
 *                              end closes;  delimiters and line ends are text
 *     outside:                 a delimiter or line end ends the cell;  quotes are text
 *
 * Whatever is not ordinary - text behind a closing quote, backslashes, what is longer than
 * a strip or the limit - is left to delimited.c, which has the last word on all records.
 * Invariant: a record that is taken here is the one that delimited.c would find. */
#include "input/delimited.h"

/* Where the walk stands among the marks. */
typedef struct walker {
    const uint64_t *word, *end;
    size_t base;   /* the byte that the first bit of *word is for */
    uint64_t left; /* marks of *word that are still ahead */
} walker;

#define NO_MARK SIZE_MAX
enum { NO_QUOTE = -1 };

static inline int quote_of(const ef_dialect *dialect)
{
    return dialect->quote != 0 ? dialect->quote : NO_QUOTE;
}

static inline size_t next_mark(walker *w)
{
    while (w->left == 0) {
        if (++w->word == w->end)
            return NO_MARK;
        w->left = *w->word;
        w->base += 64;
    }
    size_t mark = w->base + (size_t)__builtin_ctzll(w->left);
    w->left &= w->left - 1;
    return mark;
}

static bool keep_cell(ef_cells *cells, ef_slice cell)
{
    if (cells->count == EF_FIELD_LIMIT ||
        (cells->count == cells->capacity && !ef_cells_reserve(cells, cells->count + 1)))
        return false;
    cells->items[cells->count++] = cell;
    return true;
}

static bool keep_quoted(const ef_dialect *dialect, const uint8_t *p, size_t begin,
                        size_t close, bool has_escapes, ef_cells *cells, ef_arena *arena)
{
    ef_field field = { .begin = begin,
                       .end = close + 1,
                       .close = close,
                       .is_quoted = true,
                       .has_escapes = has_escapes };
    ef_slice cell;
    return ef_delimited_text(dialect, p, &field, arena, &cell) && keep_cell(cells, cell);
}

/* Moves behind the closing quote of a cell whose opening one has been passed. Returns the
 * mark that follows at once, NO_MARK if none does; *close gets the quote's place. */
static inline size_t pass_quoted(walker *w, const uint8_t *p, uint8_t delimiter, int quote,
                                 size_t *close, bool *has_escapes, bool *spans_lines)
{
    for (;;) {
        size_t mark = next_mark(w);
        while (mark != NO_MARK && p[mark] != quote) {
            *spans_lines |= p[mark] != delimiter;
            mark = next_mark(w);
        }
        size_t behind = mark == NO_MARK ? NO_MARK : next_mark(w);
        if (behind == NO_MARK || behind != mark + 1)
            return NO_MARK;
        *close = mark;
        if (p[behind] != quote)
            return behind;
        *has_escapes = true;
    }
}

static walker start_at(const ef_marked *marked, size_t start)
{
    size_t from = start - marked->begin;
    return (walker){ .word = marked->bits + from / 64,
                     .end = marked->bits + (marked->end - marked->begin + 63) / 64,
                     .base = start - from % 64,
                     .left = marked->bits[from / 64] & ~UINT64_C(0) << from % 64 };
}

/* The record from start to the line end at mark; false where an LF may follow a CR, or if
 * it is too long. */
static inline bool end_record(const ef_dialect *dialect, const uint8_t *p, size_t n,
                              size_t start, size_t mark, bool spans_lines,
                              ef_extent *extent)
{
    bool is_cr = p[mark] == '\r';
    if (is_cr && mark + 1 == n)
        return false;
    *extent = (ef_extent){ .kind = EF_EXTENT_RECORD,
                           .spans_lines = spans_lines,
                           .end = mark,
                           .next = mark + 1 + (is_cr && p[mark + 1] == '\n') };
    return mark - start <= dialect->max_record;
}

/* Walks over one record and keeps its cells. *is_over: the marks ended first. */
static bool walk_cells(const ef_dialect *dialect, const ef_marked *marked, const uint8_t *p,
                       size_t n, size_t start, ef_extent *extent, ef_cells *cells,
                       ef_arena *arena, bool *is_over)
{
    walker w = start_at(marked, start);
    uint8_t delimiter = dialect->delimiter;
    int quote = quote_of(dialect);
    bool spans_lines = false;
    size_t at = start, mark;
    cells->count = 0;
    do {
        mark = next_mark(&w);
        bool is_kept;
        if (mark == at && p[at] == quote) {
            bool has_escapes = false;
            size_t close = at;
            mark = pass_quoted(&w, p, delimiter, quote, &close, &has_escapes, &spans_lines);
            is_kept = mark != NO_MARK &&
                      keep_quoted(dialect, p, at, close, has_escapes, cells, arena);
        } else {
            while (mark != NO_MARK && p[mark] == quote)
                mark = next_mark(&w);
            is_kept = mark != NO_MARK && keep_cell(cells, (ef_slice){ p + at, mark - at });
        }
        *is_over = mark == NO_MARK && w.word == w.end;
        if (!is_kept)
            return false;
        at = mark + 1;
    } while (p[mark] == delimiter);
    return end_record(dialect, p, n, start, mark, spans_lines, extent);
}

/* The same for the record's end alone: of marks without delimiters, which are not needed
 * to tell which quotes open and close. */
static bool walk_lines(const ef_dialect *dialect, const ef_marked *marked, const uint8_t *p,
                       size_t n, size_t start, ef_extent *extent, bool *is_over)
{
    walker w = start_at(marked, start);
    int quote = quote_of(dialect);
    bool spans_lines = false, is_quoted = false;
    *is_over = false;
    for (size_t mark; (mark = next_mark(&w)) != NO_MARK;) {
        if (p[mark] != quote && !is_quoted)
            return end_record(dialect, p, n, start, mark, spans_lines, extent);
        if (p[mark] != quote) {
            spans_lines = true;
        } else if (!is_quoted) {
            is_quoted = mark == start || p[mark - 1] == dialect->delimiter;
        } else if (mark + 1 == marked->end) {
            break; /* what follows is not here, or not marked */
        } else if (p[mark + 1] == quote) {
            next_mark(&w);
        } else {
            is_quoted = false;
            uint8_t behind = p[mark + 1];
            if (behind != dialect->delimiter && behind != '\n' && behind != '\r')
                return false; /* text behind it */
        }
    }
    *is_over = true;
    return false;
}

static void mark_strip(const ef_dialect *dialect, const ef_kernels *kernels,
                       const uint8_t *p, size_t n, size_t begin, bool has_cells,
                       ef_marked *marked)
{
    uint8_t quote = dialect->quote != 0 ? dialect->quote : (uint8_t)'\n';
    const uint8_t signs[4] = { '\n', '\r', quote, has_cells ? dialect->delimiter : quote };
    marked->begin = begin;
    marked->end = n - begin < EF_MARKED_SIZE ? n : begin + EF_MARKED_SIZE;
    kernels->mark(p + begin, marked->end - begin, signs, marked->bits);
}

static bool walk(const ef_dialect *dialect, const ef_marked *marked, const uint8_t *p,
                 size_t n, size_t start, ef_extent *extent, ef_cells *cells,
                 ef_arena *arena, bool *is_over)
{
    return cells == NULL
               ? walk_lines(dialect, marked, p, n, start, extent, is_over)
               : walk_cells(dialect, marked, p, n, start, extent, cells, arena, is_over);
}

/* A record that does not end within the strip that it begins spends the strip: nothing in
 * there is walked over again, so that the time is linear whatever opens a quote. */
bool ef_delimited_walk(const ef_dialect *dialect, const ef_kernels *kernels,
                       const uint8_t *p, size_t n, size_t start, ef_marked *marked,
                       ef_extent *extent, ef_cells *cells, ef_arena *arena)
{
    bool is_over = start >= marked->end;
    if (dialect->has_backslash || start < marked->begin)
        return false;
    if (!is_over && walk(dialect, marked, p, n, start, extent, cells, arena, &is_over))
        return true;
    if (is_over && (start > marked->begin || marked->end == 0)) {
        mark_strip(dialect, kernels, p, n, start, cells != NULL, marked);
        if (walk(dialect, marked, p, n, start, extent, cells, arena, &is_over))
            return true;
    }
    if (is_over)
        marked->begin = marked->end;
    return false;
}
