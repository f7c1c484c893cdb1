/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_ndjson.c - any bytes as JSON lines.
 *
 * The first bytes choose how the rest is handed over. Beside what holds for every format, a
 * second parser must be able to read each line that became a record. */
#include "fuzz_format.h"

#include <cjson/cJSON.h>

/* Where the two parsers may differ: the other one copies numbers into 64 bytes and refuses
 * lone surrogates, which we replace. */
static bool is_comparable(ef_slice line)
{
    enum { NUMBER = 60 };
    size_t run = 0;
    for (size_t i = 0; i < line.size; i++) {
        uint8_t byte = line.data[i];
        run = byte != 0 && strchr("0123456789+-.eE", byte) != NULL ? run + 1 : 0;
        bool is_surrogate = byte == '\\' && i + 2 < line.size && line.data[i + 1] == 'u' &&
                            (line.data[i + 2] | 32) == 'd';
        if (run >= NUMBER || is_surrogate)
            return false;
    }
    return true;
}

static void see_record(void *user, const ef_layout *layout, const ef_record *record)
{
    (void)user;
    REQUIRE(record->field_count == layout->name_count);
    REQUIRE(record->raw.size >= 2 && record->raw.data[0] == '{');
    if (!is_comparable(record->raw))
        return;
    cJSON *tree = cJSON_ParseWithLength((const char *)record->raw.data, record->raw.size);
    REQUIRE(tree != NULL && cJSON_IsObject(tree));
    cJSON_Delete(tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = { data, size };
    uint8_t mode = fuzz_byte(&bytes);
    ef_reader_options options = { .text = mode & 1 ? "text" : NULL,
                                  .max_record = fuzz_byte(&bytes) };
    size_t sample = fuzz_number(&bytes), first = fuzz_number(&bytes);
    size_t step = fuzz_byte(&bytes);
    fuzz_format(&ef_format_ndjson, &options, (ef_slice){ bytes.p, bytes.n },
                sample == 0 ? SIZE_MAX : sample, first, step, see_record, NULL);
    return 0;
}
