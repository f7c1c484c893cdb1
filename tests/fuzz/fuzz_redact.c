/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_redact.c - any bytes as a text whose personal data is left out.
 *
 * Pieces lie in the text, in order and apart; what is UTF-8 stays UTF-8; a part shows of
 * the text only what stands in no piece; JSON stays JSON for a second parser. */
#include "fuzz.h"

#include <cjson/cJSON.h>

#include "base/json_out.h"
#include "base/utf8.h"
#include "report/redacted.h"
#include "text/redact.h"

static ef_redactor redactor; /* of built-in kinds only */

static bool is_utf8(ef_slice text)
{
    uint32_t code;
    for (size_t at = 0, size; at < text.size; at += size) {
        size = ef_utf8_decode(text.data + at, text.size - at, &code);
        if (size == 0)
            return false;
    }
    return true;
}

/* What ef_redact must give, put together from the pieces. */
static void check_whole(ef_slice text)
{
    ef_buffer wanted = { 0 }, given = { 0 };
    ef_personal piece;
    size_t at = 0, copied = 0;
    while (ef_personal_next(text, &at, &piece)) {
        REQUIRE(piece.begin >= copied && piece.begin < piece.end);
        REQUIRE(piece.end <= text.size && at == piece.end);
        ef_buffer_append(&wanted, text.data + copied, piece.begin - copied);
        ef_buffer_append_text(&wanted, piece.kind->token);
        copied = piece.end;
    }
    if (copied < text.size)
        ef_buffer_append(&wanted, text.data + copied, text.size - copied);
    REQUIRE(ef_redact(&given, &redactor, text));
    REQUIRE(fuzz_is_equal(ef_buffer_slice(&wanted), ef_buffer_slice(&given)));
    if (is_utf8(text))
        REQUIRE(is_utf8(ef_buffer_slice(&given)));
    ef_buffer_release(&wanted);
    ef_buffer_release(&given);
}

/* Two parts say no less than the whole: a piece on the cut is hidden in both. */
static void check_parts(ef_slice text, size_t cut)
{
    ef_buffer first = { 0 }, second = { 0 };
    ef_personal piece;
    bool is_cut = false;
    for (size_t at = 0; ef_personal_next(text, &at, &piece);)
        is_cut |= piece.begin < cut && piece.end > cut;
    REQUIRE(ef_redact_part(&first, &redactor, text, 0, cut));
    REQUIRE(ef_redact_part(&second, &redactor, text, cut, text.size));
    if (is_cut)
        REQUIRE(first.size > 0 && first.data[first.size - 1] == ']' &&
                second.data[0] == '[');
    ef_buffer_release(&first);
    ef_buffer_release(&second);
}

/* The text as a string, as a key and beside a number. */
static void check_json(ef_slice text)
{
    ef_redaction redaction = { 0 };
    ef_buffer json = { 0 }, out = { 0 };
    ef_json_string(&json, text);
    ef_buffer_append_text(&json, ": [4111111111111111, -0.1234567890123456, ");
    ef_json_string(&json, text);
    ef_buffer_append_text(&json, ",\n  true]");
    ef_buffer_append_byte(&out, '{');
    ef_redacted_json(&redaction, ef_buffer_slice(&json), &out);
    ef_buffer_append_byte(&out, '}');
    cJSON *parsed = cJSON_ParseWithLength((const char *)out.data, out.size);
    REQUIRE(parsed != NULL && memchr(out.data, '\n', out.size) == NULL);
    REQUIRE(cJSON_GetArraySize(parsed->child) == 4);
    cJSON_Delete(parsed);
    ef_buffer_release(&json);
    ef_buffer_release(&out);
    ef_redaction_release(&redaction);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    uint8_t *copy = fuzz_copy(data + 1, size - 1);
    ef_slice text = { copy, size - 1 };
    check_whole(text);
    check_parts(text, text.size * data[0] / 255);
    check_json(text);
    ef_redaction redaction = { 0 };
    ef_buffer out = { 0 }; /* bytes that are no JSON */
    ef_redacted_json(&redaction, text, &out);
    ef_buffer_release(&out);
    ef_redaction_release(&redaction);
    free(copy);
    return 0;
}
