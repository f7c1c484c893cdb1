/* SPDX-License-Identifier: MIT
 * tests/base/test_load.c - libraries that are loaded when somebody needs them. */
#include <criterion/criterion.h>

#include "base/load.h"

typedef struct functions {
    double (*cosine)(double);
    double (*root)(double);
} functions;

Test(load, finds_every_function_or_fails)
{
    static const ef_symbol symbols[] = { { "cos", offsetof(functions, cosine) },
                                         { "sqrt", offsetof(functions, root) },
                                         { "no_such_function",
                                           offsetof(functions, root) } };
    functions call;
    cr_assert(ef_load("libm.so.6", symbols, 2, &call));
    cr_assert_eq(call.cosine(0), 1);
    cr_assert_eq(call.root(9), 3);
    cr_assert_not(ef_load("libm.so.6", symbols, 3, &call));
}

Test(load, says_that_a_library_is_not_there)
{
    cr_assert_not(ef_load("libnowhere.so.9", NULL, 0, NULL));
}
