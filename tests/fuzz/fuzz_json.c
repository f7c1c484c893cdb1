/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_json.c - any bytes as a JSON document that holds records somewhere.
 *
 * The first bytes choose how the rest is handed over: a document is cut wherever a record
 * ends, and the walk through its containers must go on as if it had not been. */
#include "fuzz_format.h"

static void see_record(void *user, const ef_layout *layout, const ef_record *record)
{
    (void)user;
    REQUIRE(record->field_count == layout->name_count);
    REQUIRE(record->raw.size >= 2 && record->raw.data[0] == '{');
    REQUIRE(record->raw.data[record->raw.size - 1] == '}');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = { data, size };
    uint8_t mode = fuzz_byte(&bytes);
    ef_reader_options options = { .text = mode & 1 ? "text" : NULL,
                                  .max_record = fuzz_byte(&bytes) };
    size_t sample = fuzz_number(&bytes), first = fuzz_number(&bytes);
    size_t step = fuzz_byte(&bytes);
    fuzz_format(&ef_format_json, &options, (ef_slice){ bytes.p, bytes.n },
                sample == 0 ? SIZE_MAX : sample, first, step, see_record, NULL);
    return 0;
}
