/* SPDX-License-Identifier: MIT
 * tests/nth/case.h - a run of the program in which everything is to fail once.
 *
 * "name flag flag: program word word", words as a shell would take them; cases.txt says
 * what the flags are. */
#ifndef EARFUL_NTH_CASE_H
#define EARFUL_NTH_CASE_H

#include <stdbool.h>
#include <wordexp.h>

typedef struct nth_case {
    char name[64], except[128], input[64], program[32];
    bool goes_again, is_free, has_stdio, has_several;
    wordexp_t words;
} nth_case;

/* Takes a line; whoever asked calls wordfree on the words. False: a remark, or nothing. */
bool nth_case_take(nth_case *it, char *line);

#endif
