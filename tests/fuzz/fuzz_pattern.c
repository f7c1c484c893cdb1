/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_pattern.c - any pattern on any text.
 *
 * The first byte chooses options, a NUL parts the pattern from the text. A search that
 * hangs is what this looks for: libFuzzer's timeout is the property. */
#include "fuzz.h"

#include "base/pattern.h"

static size_t walk_matches(ef_pattern_matcher *matcher, const ef_pattern *pattern,
                           ef_slice text, uint64_t *sum)
{
    ef_error error = { 0 };
    ef_status status = ef_pattern_search(matcher, text, &error);
    fuzz_check_error(status, &error);
    const uint8_t *last = text.data;
    size_t matches = 0;
    while (status == EF_OK && (status = ef_pattern_next(matcher, &error)) == EF_OK) {
        ef_slice whole = ef_pattern_matched(matcher, 0);
        REQUIRE(whole.data != NULL && whole.data >= last);
        REQUIRE(fuzz_is_inside(whole, text));
        last = whole.data + whole.size;
        const char *name;
        for (size_t i = 0; ef_pattern_name_at(pattern, i, &name); i++) {
            unsigned group = ef_pattern_group(pattern, name);
            REQUIRE(group > 0);
            ef_slice part = ef_pattern_matched(matcher, group);
            REQUIRE(part.data == NULL || fuzz_is_inside(part, text));
            *sum = *sum * 31 + fuzz_touch(part);
        }
        matches++;
    }
    fuzz_check_error(status, &error);
    REQUIRE(matches <= text.size + 1);
    return matches;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_bytes bytes = { data, size };
    unsigned options = fuzz_byte(&bytes) % 8;
    const uint8_t *end = bytes.n == 0 ? NULL : memchr(bytes.p, 0, bytes.n);
    size_t pattern_size = end == NULL ? bytes.n : (size_t)(end - bytes.p);
    size_t text_size = end == NULL ? 0 : bytes.n - pattern_size - 1;
    ef_pattern *pattern;
    ef_error error = { 0 };
    uint8_t *copy = fuzz_copy(bytes.p, pattern_size);
    ef_status status =
        ef_pattern_new(&pattern, (ef_slice){ copy, pattern_size }, options, &error);
    free(copy);
    fuzz_check_error(status, &error);
    if (status != EF_OK) {
        REQUIRE(pattern == NULL && error.column <= pattern_size + 1);
        return 0;
    }
    ef_pattern_matcher *matcher;
    REQUIRE(ef_pattern_matcher_new(&matcher, pattern, &error) == EF_OK);
    uint8_t *text = fuzz_copy(end == NULL ? bytes.p : end + 1, text_size);
    uint64_t once = 0, twice = 0;
    size_t matches = walk_matches(matcher, pattern, (ef_slice){ text, text_size }, &once);
    REQUIRE(walk_matches(matcher, pattern, (ef_slice){ text, text_size }, &twice) ==
            matches);
    REQUIRE(once == twice);
    free(text);
    ef_pattern_matcher_free(matcher);
    ef_pattern_free(pattern);
    return 0;
}
