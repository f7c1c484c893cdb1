/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_lines.c - any bytes as one text a line.
 *
 * The first bytes choose the limit of a line and how the rest is handed over. */
#include "fuzz_format.h"

static void see_record(void *user, const ef_layout *layout, const ef_record *record)
{
    (void)user;
    REQUIRE(memchr(record->raw.data, '\n', record->raw.size) == NULL);
    REQUIRE(record->raw.size > 0 || layout->max_record < 4);
    REQUIRE(record->raw.size <= layout->max_record);
    REQUIRE(record->is_cut || record->text.size >= record->raw.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = { data, size };
    ef_reader_options options = { .max_record = fuzz_byte(&bytes) };
    size_t first = fuzz_number(&bytes), step = fuzz_byte(&bytes);
    fuzz_format(&ef_format_lines, &options, (ef_slice){ bytes.p, bytes.n }, SIZE_MAX, first,
                step, see_record, NULL);
    return 0;
}
