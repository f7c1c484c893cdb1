/* SPDX-License-Identifier: MIT
 * tests/base/test_pseudonym.c - stand-ins are the same for the same and tell nothing. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/pseudonym.h"

static ef_pseudonyms *keyed(const char *key)
{
    ef_pseudonyms *made;
    ef_error error = { 0 };
    cr_assert_eq(ef_pseudonyms_new(&made, ef_slice_of(key), &error), EF_OK, "%s",
                 error.message);
    return made;
}

static const char *stand_in(const ef_pseudonyms *pseudonyms, const char *value)
{
    static char texts[4][EF_PSEUDONYM_SIZE + 1];
    static size_t next;
    char *text = texts[next++ % 4];
    ef_pseudonym_make(pseudonyms, ef_slice_of(value), (uint8_t *)text);
    return text;
}

Test(pseudonym, is_hmac_sha_256)
{
    ef_pseudonyms *p = keyed("0123456789abcdef");
    cr_expect_str_eq(stand_in(p, "Ada Park"), "p-ncsvqctssbjrknfsbbtg");
    ef_pseudonyms_free(p);
}

Test(pseudonym, is_the_same_for_the_same_under_one_key_only)
{
    ef_pseudonyms *p = keyed("0123456789abcdef"), *q = keyed("0123456789abcdeg");
    cr_expect_str_eq(stand_in(p, "Ada Park"), stand_in(p, "  Ada Park\r\n"));
    cr_expect_str_neq(stand_in(p, "Ada Park"), stand_in(p, "ada park"));
    cr_expect_str_neq(stand_in(p, "Ada Park"), stand_in(q, "Ada Park"));
    cr_expect(ef_is_pseudonym(ef_slice_of(stand_in(p, "x"))));
    cr_expect_not(ef_is_pseudonym(ef_slice_of("p-bcdfghjkmnpqrstvbcd")));
    cr_expect_not(ef_is_pseudonym(ef_slice_of("p-abcdefghijklmnopqrst")));
    cr_expect_not(ef_is_pseudonym(ef_slice_of("")));
    ef_pseudonyms_free(p);
    ef_pseudonyms_free(q);
}

static int by_text(const void *one, const void *two)
{
    return memcmp(one, two, EF_PSEUDONYM_SIZE);
}

Test(pseudonym, of_many_are_all_different)
{
    enum { MANY = 200000 };
    ef_pseudonyms *p = keyed("a key that is long enough");
    uint8_t(*all)[EF_PSEUDONYM_SIZE] = malloc(MANY * sizeof *all);
    cr_assert_not_null(all);
    for (int i = 0; i < MANY; i++) {
        char name[32];
        snprintf(name, sizeof name, "customer %d", i);
        ef_pseudonym_make(p, ef_slice_of(name), all[i]);
    }
    qsort(all, MANY, sizeof *all, by_text);
    for (int i = 1; i < MANY; i++)
        cr_assert_neq(memcmp(all[i - 1], all[i], EF_PSEUDONYM_SIZE), 0);
    free(all);
    ef_pseudonyms_free(p);
}

Test(pseudonym, needs_a_key_that_is_one)
{
    ef_pseudonyms *p;
    ef_error error = { 0 };
    cr_expect_eq(ef_pseudonyms_new(&p, ef_slice_of("too short"), &error), EF_ERR_ARGUMENT);
    cr_expect_null(p);
    cr_expect_eq(ef_pseudonyms_new(&p, ef_slice_of("0000000000000000"), &error),
                 EF_ERR_ARGUMENT);
    cr_expect_null(p);
    ef_pseudonyms_free(NULL);
}
