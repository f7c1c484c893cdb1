/* SPDX-License-Identifier: MIT
 * notify/supervise.h - work that is begun again when it dies. */
#ifndef EARFUL_NOTIFY_SUPERVISE_H
#define EARFUL_NOTIFY_SUPERVISE_H

/* Runs work in a process of its own, and again, a little later each time (1 s … 5 min),
 * when that is ended by a signal. Returns the exit code of the first that ends by itself;
 * after SIGTERM or SIGINT, which are passed on, 0. */
int ef_supervise(int (*work)(void *user), void *user);

#endif
