/* SPDX-License-Identifier: MIT
 * tests/pipeline/test_recent_texts.c - texts are known for a while, and cut between
 * characters. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "pipeline/recent_texts.h"

Test(recent_texts, knows_the_last_and_forgets_the_first)
{
    ef_recent_texts *texts = ef_recent_texts_new();
    char id[32];
    cr_assert_not_null(texts);
    cr_expect_eq(ef_recent_texts_find(texts, ef_slice_of("0")).size, 0);
    for (int i = 0; i < 10000; i++) {
        snprintf(id, sizeof id, "%d", i);
        ef_recent_texts_keep(texts, ef_slice_of(id), ef_slice_of(id));
    }
    cr_expect_eq(ef_recent_texts_find(texts, ef_slice_of("0")).size, 0);
    ef_slice found = ef_recent_texts_find(texts, ef_slice_of("9999"));
    cr_expect(found.size == 4 && memcmp(found.data, "9999", 4) == 0);
    cr_expect_eq(ef_recent_texts_find(texts, ef_slice_of("5000")).size, 4);
    ef_recent_texts_free(texts);
}

Test(recent_texts, cuts_a_long_text_before_a_character)
{
    ef_recent_texts *texts = ef_recent_texts_new();
    static char text[1024];
    cr_assert_not_null(texts);
    for (size_t i = 0; i + 3 < sizeof text; i += 3)
        memcpy(text + i, "\xe2\x82\xac", 3); /* a euro sign */
    memmove(text + 1, text, sizeof text - 2);
    text[0] = 'x';
    ef_recent_texts_keep(texts, ef_slice_of("1"), ef_slice_of(text));
    ef_slice found = ef_recent_texts_find(texts, ef_slice_of("1"));
    cr_expect_eq(found.size, 478);
    cr_expect_eq(found.data[477], 0xac);
    ef_recent_texts_free(texts);
}
