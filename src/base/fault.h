/* SPDX-License-Identifier: MIT
 * base/fault.h - where a test may let the world fail.
 *
 * Code that promises something across crashes says in which part of the promise it is; a
 * fault build (make FAULT=1) can then fail, cut short or end the process at any system
 * call, its own or SQLite's. In every other build nothing of this exists.
 *
 * EARFUL_FAULT holds faults, separated by commas:
 *
 *     crash@commit:7          end at the 7th call inside a commit; also output, start, any,
 *                             or the name of a call
 *     fail@preadv:3:EIO       the 3rd preadv fails so; fail@write:3-9:ENOSPC: 3rd to 9th
 *     short@write:2           the 2nd write transfers one byte
 *     lose@sync               at a crash, what was written since the last sync is gone */
#ifndef EARFUL_BASE_FAULT_H
#define EARFUL_BASE_FAULT_H

#ifdef EF_FAULT
/* part is static: "commit", "output", "start". Parts nest; the innermost counts. */
void ef_fault_enter(const char *part);
void ef_fault_leave(void);

/* For tests in the same process: other faults than those of the environment, counted from
 * now on; and a function that is called before every system call that is not its own. */
void ef_fault_plan(const char *faults);
void ef_fault_watch(void (*fn)(void *user), void *user);
/* What the test itself calls from now on does not count. */
void ef_fault_pause(int pauses);
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
