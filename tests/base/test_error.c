/* SPDX-License-Identifier: MIT
 * tests/base/test_error.c - what a failing call says. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/error.h"

Test(error, keeps_controls_of_a_label_out_of_the_message)
{
    ef_error error;
    ef_status status =
        ef_error_set(&error, EF_ERR_FORMAT, "'%s' is damaged", "a\nb\x1b[31m\x7f.zip");
    cr_assert_eq(status, EF_ERR_FORMAT);
    cr_assert_str_eq(error.message, "'a?b?[31m?.zip' is damaged");
}

Test(error, ends_a_message_that_is_too_long)
{
    ef_error error;
    char label[2 * EF_ERROR_MESSAGE_SIZE];
    memset(label, 'x', sizeof label - 1);
    label[sizeof label - 1] = '\0';
    ef_error_set_at(&error, EF_ERR_IO, 3, 4, 5, "cannot open '%s'", label);
    cr_assert_eq(strlen(error.message), EF_ERROR_MESSAGE_SIZE - 1);
    cr_assert_eq(error.line, 3);
    cr_assert_eq(error.column, 4);
    cr_assert_eq(error.offset, 5);
}

Test(error, may_be_left_out)
{
    cr_assert_eq(ef_error_set(NULL, EF_ERR_IO, "nobody reads this"), EF_ERR_IO);
    cr_assert_eq(ef_error_memory(NULL), EF_ERR_MEMORY);
}
