/* SPDX-License-Identifier: MIT
 * plain.c - runs tests one after the other: criterion/criterion.h says for whom. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "criterion/criterion.h"

static plain_test *tests;
static const plain_test *running;
static char last_log[512]; /* told with a failure: the seed of random tests */

void plain_add(plain_test *test)
{
    test->next = tests;
    tests = test;
}

void plain_log(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(last_log, sizeof last_log, format, arguments);
    va_end(arguments);
}

void plain_fail(const char *file, int line, const char *what, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "FAILED: %s::%s: %s:%d: %s ", running->suite, running->name, file, line,
            what);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n%s\n", last_log);
    va_end(arguments);
    exit(1);
}

int main(void)
{
    int count = 0;
    for (running = tests; running != NULL; running = running->next, count++)
        running->run();
    printf("plain tests: %d passed, 0 failed\n", count);
    return count == 0;
}
