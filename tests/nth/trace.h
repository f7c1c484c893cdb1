/* SPDX-License-Identifier: MIT
 * tests/nth/trace.h - runs a program and lets one of its system calls go wrong.
 *
 * Calls are counted over all threads from the program's first instruction on: what the
 * loader does before cannot be survived and is not ours. Processes that it starts run
 * free. Not counted are calls that have no way to fail (getpid) and those whose failure
 * the C library takes for a broken kernel (futex, getrandom). x86-64 only. */
#ifndef EARFUL_NTH_TRACE_H
#define EARFUL_NTH_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { TRACE_CALLS = 1 << 16 };

typedef enum trace_harm { TRACE_COUNT, TRACE_FAIL, TRACE_SHORT } trace_harm;

typedef struct trace_call {
    int number;
    uint64_t first, third; /* arguments */
    bool is_of_loader;     /* it loads a library, and if it cannot, says so */
} trace_call;

typedef struct trace {
    trace_harm harm;
    unsigned long n; /* which call, from 1 */
    int error;       /* errno, with TRACE_FAIL */

    unsigned long counted, loader;
    trace_call met;    /* the n-th */
    trace_call *calls; /* NULL, or room for TRACE_CALLS: what was called, in order */
} trace;

/* Where there is no tracing, a sentence says why. */
const char *trace_why_not(void);

/* Starts the program: to be called in a child process, instead of execve. */
void trace_me(void);

/* Sees the child through to its end and returns its status as waitpid gives it; -1 when
 * it had not ended after some seconds: it is killed then. */
int trace_run(trace *it, pid_t child, unsigned seconds);

/* The same for a child that is not traced. */
int trace_wait(pid_t child, unsigned seconds);

/* Whether a call of this number may do less than it was asked for. */
bool trace_can_be_short(int number);
/* Whether a signal may interrupt it. */
bool trace_can_be_interrupted(int number);
/* What it fails with when a limit or a disk is full. */
int trace_full(int number);
const char *trace_name(int number);
bool trace_is_write_to(const trace_call *call, int file);

#endif
