/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_redactions.c - a file of own kinds, and a text in which they are looked
 * for. The first byte says how the rest is cut into the two. */
#include "fuzz.h"
#include "text/redact.h"

static void search(const ef_redactions *own, ef_slice text)
{
    ef_redactor redactor;
    ef_personal piece;
    ef_buffer out = { 0 };
    size_t at = 0;
    REQUIRE(ef_redactor_init(&redactor, own, NULL) == EF_OK);
    REQUIRE(ef_redactor_start(&redactor, text));
    while (ef_redactor_next(&redactor, &piece)) {
        REQUIRE(piece.begin >= at && piece.begin < piece.end && piece.end <= text.size);
        at = piece.end;
    }
    REQUIRE(ef_redact(&out, &redactor, text));
    ef_buffer_release(&out);
    ef_redactor_release(&redactor);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    size_t cut = (size - 1) * data[0] / 255;
    uint8_t *file = fuzz_copy(data + 1, cut);
    uint8_t *text = fuzz_copy(data + 1 + cut, size - 1 - cut);
    ef_redactions *own;
    ef_error error = { 0 };
    if (ef_redactions_new(&own, (ef_slice){ file, cut }, "own.ini", &error) == EF_OK)
        search(own, (ef_slice){ text, size - 1 - cut });
    else
        REQUIRE(own == NULL && error.message[0] != '\0');
    ef_redactions_free(own);
    free(file);
    free(text);
    return 0;
}
