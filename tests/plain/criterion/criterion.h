/* SPDX-License-Identifier: MIT
 * criterion.h - as much of Criterion as a plain program needs to run our tests.
 *
 * Criterion starts a process for each test, which neither qemu-user nor ThreadSanitizer
 * bears. With this folder in front of the others, the same test files become a program with
 * an ordinary main (plain.c): tests run one after the other, and what fails ends it. */
#ifndef EARFUL_TESTS_PLAIN_CRITERION_H
#define EARFUL_TESTS_PLAIN_CRITERION_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct plain_test plain_test;
struct plain_test {
    const char *suite, *name;
    void (*run)(void);
    plain_test *next;
};

void plain_add(plain_test *test);
void plain_log(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void plain_fail(const char *file, int line, const char *what, const char *format,
                          ...);

/* Behind suite and name Criterion takes settings, such as a timeout: not here. */
#define Test(suite_name, test_name, ...)                                                   \
    static void suite_name##_##test_name(void);                                            \
    __attribute__((constructor)) static void add_##suite_name##_##test_name(void)          \
    {                                                                                      \
        static plain_test test = { #suite_name, #test_name, suite_name##_##test_name,      \
                                   NULL };                                                 \
        plain_add(&test);                                                                  \
    }                                                                                      \
    static void suite_name##_##test_name(void)

#define plain_check(is_true, what, ...)                                                    \
    ((is_true) ? (void)0 : plain_fail(__FILE__, __LINE__, what, "" __VA_ARGS__))

#define cr_assert(is_true, ...)     plain_check(is_true, #is_true, __VA_ARGS__)
#define cr_assert_not(is_true, ...) plain_check(!(is_true), "not " #is_true, __VA_ARGS__)
#define cr_assert_eq(a, b, ...)     plain_check((a) == (b), #a " == " #b, __VA_ARGS__)
#define cr_assert_neq(a, b, ...)    plain_check((a) != (b), #a " != " #b, __VA_ARGS__)
#define cr_assert_lt(a, b, ...)     plain_check((a) < (b), #a " < " #b, __VA_ARGS__)
#define cr_assert_gt(a, b, ...)     plain_check((a) > (b), #a " > " #b, __VA_ARGS__)
#define cr_assert_leq(a, b, ...)    plain_check((a) <= (b), #a " <= " #b, __VA_ARGS__)
#define cr_assert_geq(a, b, ...)    plain_check((a) >= (b), #a " >= " #b, __VA_ARGS__)
#define cr_assert_null(a, ...)      plain_check((a) == NULL, #a " is NULL", __VA_ARGS__)
#define cr_assert_not_null(a, ...)  plain_check((a) != NULL, #a " is not NULL", __VA_ARGS__)
#define cr_assert_str_eq(a, b, ...)                                                        \
    plain_check(strcmp(a, b) == 0, #a " equals " #b, __VA_ARGS__)
#define cr_assert_arr_eq(a, b, size, ...)                                                  \
    plain_check(memcmp(a, b, size) == 0, #a " equals " #b, __VA_ARGS__)
#define cr_assert_fail(...) plain_check(false, "this is reached", __VA_ARGS__)

#define cr_expect           cr_assert
#define cr_expect_not       cr_assert_not
#define cr_expect_eq        cr_assert_eq
#define cr_expect_geq       cr_assert_geq
#define cr_expect_str_eq    cr_assert_str_eq

#define cr_log_info         plain_log

#endif
