/* SPDX-License-Identifier: MIT
 * input/json_record.h - one JSON object as cells by the columns of a shape.
 *
 * What NDJSON and JSON share: both cut their input into objects, in different ways, and
 * read an object alike. */
#ifndef EARFUL_INPUT_JSON_RECORD_H
#define EARFUL_INPUT_JSON_RECORD_H

#include "input/json_route.h"
#include "input/json_shape.h"

/* What a cursor keeps from record to record. Zero-initialise. */
typedef struct ef_json_reader {
    ef_slice *cells;  /* one a column */
    uint32_t *stamps; /* one a node: the record in which its key was last seen */
    size_t cell_capacity, stamp_capacity;
    uint32_t serial;     /* of the record */
    uint64_t state;      /* json: where in the document the cursor stands */
    uint64_t line_start; /* json: byte of the input where the cursor's line begins */
} ef_json_reader;

typedef struct ef_json_document ef_json_document;

/* layout->own of the formats that walk documents; the shape comes first, as what records
 * share with NDJSON expects it. */
struct ef_json_document {
    ef_json_shape shape;
    ef_json_route route;
    /* Reads the value at pull into the record; as ef_json_read_record, and EF_AGAIN where
     * there is no record in it. */
    ef_status (*read)(ef_cursor *cursor, ef_json_pull *pull, ef_record *record,
                      ef_error *error);
};

/* cut, skip and next of the formats that walk documents; next gives EF_AGAIN behind a value
 * without a record. In json.c. */
size_t ef_json_cut(const ef_layout *layout, const ef_kernels *kernels, const uint8_t *p,
                   size_t n, bool at_end, uint64_t *state);
size_t ef_json_skip_record(const ef_layout *layout, const uint8_t *p, size_t n,
                           uint64_t *state);
ef_status ef_json_next_record(ef_cursor *cursor, ef_record *record, ef_error *error);

/* The values of the sample at the end of the route that are whole objects, the first so many
 * at most, in *records, which the caller frees. False without memory. */
bool ef_json_list_records(const ef_json_route *route, const ef_kernels *kernels,
                          ef_slice sample, size_t most, ef_slice **records, size_t *count);

/* Makes room for a shape. False without memory. */
bool ef_json_reader_fit(ef_json_reader *reader, const ef_json_shape *shape);
void ef_json_reader_release(ef_json_reader *reader);

/* Reads the object at pull into reader->cells, which point into the input and arena. EF_OK
 * with the pull behind the object, EF_ERR_MEMORY, or EF_ERR_FORMAT with pull->reason and
 * pull->at. A key that comes twice counts as the last one says; in a list the first element
 * that has a value counts. */
ef_status ef_json_read_cells(ef_json_reader *reader, const ef_json_shape *shape,
                             ef_arena *arena, ef_json_pull *pull);

/* The cursor's reader, made at the first call. NULL without memory. */
ef_json_reader *ef_json_reader_of(ef_cursor *cursor);
void ef_json_close_cursor(ef_cursor *cursor); /* the formats' close_cursor */

/* As ef_json_read_cells, and fills the record from the cells: all but its place. *error is
 * set for EF_ERR_MEMORY only. */
ef_status ef_json_read_record(ef_cursor *cursor, ef_json_pull *pull, ef_record *record,
                              ef_error *error);

/* Decides names, columns and all that hangs on them from records of the sample, and fills
 * *shape, which layout->own points to. Fails as ef_columns_choose. In json_columns.c. */
ef_status ef_json_open_columns(ef_layout *layout, ef_json_shape *shape,
                               const ef_reader_options *options, const ef_slice *records,
                               size_t count, ef_error *error);

#endif
