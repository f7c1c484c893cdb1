/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_labels.c - a file of labels, which people edit: a row that is read and
 * written is the same row. */
#include "fuzz.h"
#include "review/label_row.h"

static void write_and_read(const ef_label_row *row)
{
    ef_buffer out = { 0 };
    ef_label_row again;
    ef_label_row_write(&out, row);
    REQUIRE(ef_label_row_end(ef_buffer_slice(&out)) == out.size);
    REQUIRE(ef_label_row_read(&again, out.data, out.size));
    REQUIRE(again.label == row->label && again.line == row->line);
    REQUIRE(again.text.size == row->text.size);
    REQUIRE(row->text.size == 0 ||
            memcmp(again.text.data, row->text.data, row->text.size) == 0);
    ef_buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy = fuzz_copy(data, size);
    for (size_t at = 0, step; at < size; at += step) {
        ef_label_row row;
        step = ef_label_row_end((ef_slice){ copy + at, size - at });
        step = step > 0 ? step : size - at;
        if (ef_label_row_read(&row, copy + at, step))
            write_and_read(&row);
    }
    free(copy);
    return 0;
}
