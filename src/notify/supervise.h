/* SPDX-License-Identifier: MIT
 * notify/supervise.h - work that is begun again when it dies. */
#ifndef EARFUL_NOTIFY_SUPERVISE_H
#define EARFUL_NOTIFY_SUPERVISE_H

/* What work returns to be begun again with other settings. */
enum { EF_SUPERVISE_RELOAD = 100 };

/* Runs work in a process of its own, and again, a little later each time (1 s … 5 min),
 * when that is ended by a signal; or at once, when it asks for that: reload is called
 * before. Returns the exit code of the first that ends by itself otherwise; after SIGTERM
 * or SIGINT, which are passed on, 0. */
int ef_supervise(int (*work)(void *user), void (*reload)(void *user), void *user);

#endif
