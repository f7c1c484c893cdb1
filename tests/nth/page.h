/* SPDX-License-Identifier: MIT
 * tests/nth/page.h - what the allocator inside the program and the driver outside share.
 *
 * One page of memory behind a file that the program inherits open: the driver writes what
 * is to fail, the allocator counts. No system call is needed once it is mapped. */
#ifndef EARFUL_NTH_PAGE_H
#define EARFUL_NTH_PAGE_H

#include <stdatomic.h>

enum { NTH_PAGE_FILE = 198 };

typedef struct nth_page {
    unsigned long failing;  /* the n-th allocation; 0: none */
    unsigned long for_ever; /* … and all behind it */
    atomic_ulong counted;
    atomic_long live; /* made since the start, and not freed */
    char program[32]; /* of whom this is the page: the processes it starts have none */
} nth_page;

#endif
