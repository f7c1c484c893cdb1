/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_chatjson.c - any bytes as an export of chats in JSON.
 *
 * The first bytes choose the layout, the limit of a record, the sample and how the rest is
 * handed over. */
#include "fuzz_format.h"

#include "input/chat_record.h"
#include "input/chatjson.h"

static void see_record(void *user, const ef_layout *layout, const ef_record *record)
{
    (void)user;
    REQUIRE(record->field_count == EF_CHAT_COLUMNS);
    REQUIRE(record->field_count == layout->name_count);
    REQUIRE(record->role != EF_ROLE_SYSTEM || record->text.size == 0);
    for (size_t i = 0; i < record->field_count; i++)
        fuzz_touch(record->fields[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const staff[] = { "a", "mara" };
    fuzz_bytes bytes = { data, size };
    uint8_t chosen = fuzz_byte(&bytes), how = fuzz_byte(&bytes);
    size_t limit = fuzz_byte(&bytes), sample = fuzz_number(&bytes), count = 0;
    ef_reader_options options = { .staff = staff,
                                  .staff_count = how & 8 ? 2 : 0,
                                  .max_record = 8 * limit };
    size_t first = fuzz_byte(&bytes), step = fuzz_byte(&bytes);
    while (ef_chatjson_formats[count].name != NULL)
        count++;
    fuzz_format(&ef_chatjson_formats[chosen % count], &options,
                (ef_slice){ bytes.p, bytes.n }, sample == 0 ? SIZE_MAX : sample, first,
                step, see_record, NULL);
    return 0;
}
