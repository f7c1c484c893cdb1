/* SPDX-License-Identifier: MIT
 * base/fault.h - where a test may let the world fail.
 *
 * Code that promises something across crashes says in which part of the promise it is; a
 * fault build (make FAULT=1) can then fail, cut short or end the process at any system call
 * of that part. In every other build nothing of this exists. */
#ifndef EARFUL_BASE_FAULT_H
#define EARFUL_BASE_FAULT_H

#ifdef EF_FAULT
/* part is static: "commit", "output", "rotate", "start". Parts nest; the innermost counts. */
void ef_fault_enter(const char *part);
void ef_fault_leave(void);
#else
static inline void ef_fault_enter(const char *part)
{
    (void)part;
}

static inline void ef_fault_leave(void)
{
}
#endif

#endif
