/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_csv.c - any bytes as delimited text.
 *
 * The first bytes choose format, dialect and how the rest is handed over; zeros leave the
 * dialect to be found. With the highest bit of the first one set, the rest is cells (0xFE
 * ends one, 0xFF a row) that are written as CSV: reading must give them back. */
#include "fuzz_format.h"

enum { COLUMNS = 3, MODE_ROUND_TRIP = 0x80, MODE_TSV = 1, MODE_QUOTE_ALL = 2 };

typedef struct choices {
    uint8_t mode, delimiter, quote, header_rows;
    size_t max_record, sample, first, step;
} choices;

static choices choose(fuzz_bytes *bytes)
{
    choices chosen = { .mode = fuzz_byte(bytes) };
    chosen.delimiter = fuzz_byte(bytes);
    chosen.quote = fuzz_byte(bytes);
    chosen.header_rows = fuzz_byte(bytes);
    chosen.max_record = fuzz_byte(bytes);
    chosen.sample = fuzz_number(bytes);
    chosen.first = fuzz_number(bytes);
    chosen.step = fuzz_byte(bytes);
    return chosen;
}

static ef_reader_options options_of(const choices *chosen)
{
    static const char delimiters[] = "\0,;\t|:^";
    static const int quotes[] = { 0, '"', '\'', -1 };
    ef_reader_options options = { .max_record = chosen->max_record };
    options.delimiter = delimiters[chosen->delimiter % (sizeof delimiters - 1)];
    options.quote = quotes[chosen->quote % 4];
    options.header_rows = chosen->header_rows % 5 - (chosen->header_rows % 5 == 4 ? 5 : 0);
    return options;
}

static void read_any(const choices *chosen, fuzz_bytes bytes)
{
    bool is_tsv = chosen->mode & MODE_TSV;
    ef_reader_options options = options_of(chosen);
    if (is_tsv)
        options.delimiter = '\0';
    fuzz_format(is_tsv ? &ef_format_tsv : &ef_format_csv, &options,
                (ef_slice){ bytes.p, bytes.n },
                chosen->sample == 0 ? SIZE_MAX : chosen->sample, chosen->first,
                chosen->step, NULL, NULL);
}

/* --- what is written is read -------------------------------------------------------- */

/* Cells as they were meant; the next one expected. */
typedef struct table {
    ef_buffer bytes;
    ef_slice *cells; /* offsets until all bytes are there */
    size_t count, next;
} table;

static void see_row(void *user, const ef_layout *layout, const ef_record *record)
{
    table *expected = user;
    REQUIRE(layout->name_count == COLUMNS);
    REQUIRE(record->field_count == COLUMNS);
    REQUIRE(expected->next + COLUMNS <= expected->count);
    for (size_t i = 0; i < COLUMNS; i++)
        REQUIRE(fuzz_is_equal(record->fields[i], expected->cells[expected->next++]));
}

static void write_cell(ef_buffer *out, ef_slice cell, uint8_t delimiter, bool quote_all)
{
    bool needs = quote_all;
    for (size_t i = 0; i < cell.size; i++)
        needs |= cell.data[i] == delimiter || strchr("\"\r\n", cell.data[i]) != NULL;
    if (!needs) {
        ef_buffer_append_slice(out, cell);
        return;
    }
    ef_buffer_append_byte(out, '"');
    for (size_t i = 0; i < cell.size; i++) {
        if (cell.data[i] == '"')
            ef_buffer_append_byte(out, '"');
        ef_buffer_append_byte(out, cell.data[i]);
    }
    ef_buffer_append_byte(out, '"');
}

/* The next cell of the input; false at the end of a row. A backslash would be a second way
 * to escape, which is found from the bytes and not what is tested here. */
static bool take_cell(fuzz_bytes *bytes, ef_buffer *cell)
{
    while (bytes->n > 0) {
        uint8_t byte = fuzz_byte(bytes);
        if (byte >= 0xfe)
            return byte == 0xfe;
        ef_buffer_append_byte(cell, byte == '\\' ? '/' : byte);
    }
    return false;
}

static void write_table(const choices *chosen, fuzz_bytes bytes, uint8_t delimiter,
                        ef_buffer *out, table *expected)
{
    static const char *const line_ends[] = { "\n", "\r\n", "\r" };
    const char *line_end = line_ends[chosen->header_rows % 3];
    ef_buffer cell = { 0 };
    ef_buffer_printf(out, "text%cb%cc%s", delimiter, delimiter, line_end);
    expected->cells = malloc((bytes.n + 1) * COLUMNS * sizeof *expected->cells);
    REQUIRE(expected->cells != NULL);
    ef_buffer_reserve(&expected->bytes, bytes.n + 1); /* cells may point into it from now */
    while (bytes.n > 0) {
        bool goes_on = true;
        for (int i = 0; i < COLUMNS; i++) {
            ef_buffer_reset(&cell);
            goes_on = goes_on && take_cell(&bytes, &cell);
            ef_slice copy = { expected->bytes.data + expected->bytes.size, cell.size };
            ef_buffer_append(&expected->bytes, cell.data, cell.size);
            expected->cells[expected->count++] = copy;
            write_cell(out, copy, delimiter, chosen->mode & MODE_QUOTE_ALL);
            ef_buffer_append_text(out, i + 1 < COLUMNS ? (char[]){ (char)delimiter, '\0' }
                                                       : line_end);
        }
    }
    ef_buffer_release(&cell);
}

static void read_back(const choices *chosen, fuzz_bytes bytes)
{
    static const uint8_t delimiters[] = ",;\t|";
    uint8_t delimiter = delimiters[chosen->delimiter % 4];
    ef_reader_options options = {
        .text = "text", .delimiter = (char)delimiter, .quote = '"', .header_rows = 1
    };
    ef_buffer out = { 0 };
    table expected = { 0 };
    write_table(chosen, bytes, delimiter, &out, &expected);
    fuzz_format(&ef_format_csv, &options, (ef_slice){ out.data, out.size }, SIZE_MAX,
                chosen->first, chosen->step, see_row, &expected);
    REQUIRE(expected.next == expected.count);
    free(expected.cells);
    ef_buffer_release(&expected.bytes);
    ef_buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = { data, size };
    choices chosen = choose(&bytes);
    if (chosen.mode & MODE_ROUND_TRIP)
        read_back(&chosen, bytes);
    else
        read_any(&chosen, bytes);
    return 0;
}
