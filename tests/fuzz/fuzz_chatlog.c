/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_chatlog.c - any bytes as a chat log.
 *
 * The first bytes choose the layout, the limit of a record, silence that parts
 * conversations, and how the rest is handed over. */
#include "fuzz_format.h"

#include "input/chat_record.h"
#include "input/chatlog.h"

static void see_record(void *user, const ef_layout *layout, const ef_record *record)
{
    (void)user;
    REQUIRE(record->raw.size > 0 && record->raw.size <= layout->max_record);
    REQUIRE(record->field_count == EF_CHAT_COLUMNS);
    REQUIRE(record->role != EF_ROLE_SYSTEM || record->text.size == 0);
    REQUIRE(record->field_count == layout->name_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const orders[] = { NULL, "dmy", "mdy", "ymd" };
    static const char *const staff[] = { "a", "mara" };
    fuzz_bytes bytes = { data, size };
    uint8_t chosen = fuzz_byte(&bytes), how = fuzz_byte(&bytes);
    size_t limit = fuzz_byte(&bytes), count = 0;
    static const char *const patterns[] = {
        "(?<id>\\d+) at (?<time>[^|]+) \\| (?<author>\\w+) \\((?<role>\\w+)\\): "
        "(?<text>.*)",
        "(?<text>.*) \\((?<author>\\w+)\\)", "(?<author>.+?): (?<text>.*)",
        "(?<time>\\S+) (?<author>\\w+)?(?<text>(a|aa)+)?"
    };
    ef_reader_options options = { .pattern = patterns[how / 16 % 4],
                                  .date_order = orders[how % 4],
                                  .gap_minutes = how & 4 ? 30 : 0,
                                  .staff = staff,
                                  .staff_count = how & 8 ? 2 : 0,
                                  .max_record = limit == 0 ? 0 : 1024 + limit };
    size_t first = fuzz_number(&bytes), step = fuzz_byte(&bytes);
    while (ef_chatlog_formats[count].name != NULL)
        count++;
    fuzz_format(&ef_chatlog_formats[chosen % count], &options,
                (ef_slice){ bytes.p, bytes.n }, SIZE_MAX, first, step, see_record, NULL);
    return 0;
}
