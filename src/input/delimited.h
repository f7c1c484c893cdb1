/* SPDX-License-Identifier: MIT
 * input/delimited.h - where records and fields of delimited text end.
 *
 * The one scanner behind cut, next, sniff and open: they agree because they all ask here.
 * What a record is depends on its bytes and on nothing that was read before it, so blocks
 * may be cut anywhere between records and parsed by any thread. */
#ifndef EARFUL_INPUT_DELIMITED_H
#define EARFUL_INPUT_DELIMITED_H

#include <stdbool.h>

#include "base/arena.h"
#include "kernels/kernels.h"

enum { EF_FIELD_LIMIT = 10000 }; /* fields in a record; more are no table any more */

typedef struct ef_dialect {
    uint8_t delimiter;
    uint8_t quote;       /* 0: nothing quotes */
    bool has_backslash;  /* \" and \\ stand for " and \ inside quotes */
    size_t max_record;   /* bytes, without the line end */
    uint64_t data_begin; /* offset in the input: behind sep= and the header rows */
} ef_dialect;

/* What the scanner remembers of a record that outgrew the limit: whatever stands inside
 * quotes at a line end before `at` reaches `at` in the state is_quoted. This keeps the time
 * linear when line after line opens a quote that nothing closes. Zero: nothing known. */
typedef struct ef_scan_memory {
    size_t at;
    bool is_quoted;
} ef_scan_memory;

typedef enum ef_extent_kind {
    EF_EXTENT_RECORD, /* whole; may be empty */
    EF_EXTENT_OPEN,   /* a quote that is still open at the limit or at the end */
    EF_EXTENT_LONG,   /* one line longer than the limit */
    EF_EXTENT_MORE    /* needs more bytes to know */
} ef_extent_kind;

typedef struct ef_extent {
    ef_extent_kind kind;
    bool spans_lines; /* false: no line end inside the record */
    size_t end;      /* of the record's bytes, before its line end */
    size_t next;     /* where the next record begins; behind the first line if rejected */
} ef_extent;

/* Measures the record that begins at p[start]; start < n. at_end: p[n] does not exist. */
ef_extent ef_delimited_extent(const ef_dialect *dialect, const ef_kernels *kernels,
                              const uint8_t *p, size_t n, size_t start, bool at_end,
                              ef_scan_memory *memory);

/* The place of the quote that an EF_EXTENT_OPEN does not close, in p[start .. end). */
size_t ef_delimited_open_quote(const ef_dialect *dialect, const ef_kernels *kernels,
                               const uint8_t *p, size_t start, size_t end);

/* One field of a whole record p[0..n). */
typedef struct ef_field {
    size_t begin, end; /* of its bytes as written, with its quotes */
    bool is_quoted;
    bool has_escapes; /* the text between the quotes has to be unescaped */
    bool has_tail;    /* something stands between the closing quote and the delimiter */
    size_t close;     /* of the closing quote, if quoted */
} ef_field;

/* The field that begins at p[at], at <= n. The next one begins at end + 1 unless end is n. */
ef_field ef_delimited_field(const ef_dialect *dialect, const ef_kernels *kernels,
                            const uint8_t *p, size_t n, size_t at);

/* The field's text: a part of p if nothing is to be unescaped, else made in the arena.
 * False without memory. */
bool ef_delimited_text(const ef_dialect *dialect, const uint8_t *p, const ef_field *field,
                       ef_arena *arena, ef_slice *text);

/* The cells of one record, and memory that is kept from record to record. */
typedef struct ef_cells {
    ef_slice *items;
    size_t count, capacity;
} ef_cells;

void ef_cells_release(ef_cells *cells);

/* Makes room for so many cells; false without memory. */
bool ef_cells_reserve(ef_cells *cells, size_t capacity);

/* Cuts a whole record into its cells, unescaped in the arena where need be. Stops behind
 * EF_FIELD_LIMIT + 1 cells. False without memory. */
bool ef_delimited_split(const ef_dialect *dialect, const ef_kernels *kernels, ef_slice raw,
                        ef_arena *arena, ef_cells *cells);

/* The bytes of a strip that may shape a table, a bit each. Zero: nothing is marked. */
enum { EF_MARKED_SIZE = 16 << 10 };

typedef struct ef_marked {
    size_t begin, end; /* of the strip; equal: it is spent */
    uint64_t bits[EF_MARKED_SIZE / 64];
} ef_marked;

/* Does in one go what ef_delimited_extent and ef_delimited_split do, for the record at
 * p[start] < n if it is an ordinary one; cells and arena may be NULL. False: ask those.
 * marked is kept from record to record, with cells or without, and forgotten when p changes.
 */
bool ef_delimited_walk(const ef_dialect *dialect, const ef_kernels *kernels,
                       const uint8_t *p, size_t n, size_t start, ef_marked *marked,
                       ef_extent *extent, ef_cells *cells, ef_arena *arena);

#endif
