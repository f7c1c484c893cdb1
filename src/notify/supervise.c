/* SPDX-License-Identifier: MIT
 * notify/supervise.c - work that is begun again when it dies.
 *
 * earful itself cannot start a program any more once it has begun to read, and neither can
 * the worker; so the watch over both is kept here, by a process that listens to nobody. */
#include "notify/supervise.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST_PAUSE = 300, HEALTHY_SECONDS = 600 };

typedef struct watch {
    sigset_t signals, before;
    pid_t worker;
    bool is_ending;
} watch;

static int run_worker(const watch *w, pid_t parent, int (*work)(void *user), void *user)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        return 0; /* it died before that was said */
    pthread_sigmask(SIG_SETMASK, &w->before, NULL);
    return work(user);
}

/* Waits for the worker's end, passing signals on. */
static int wait_for_worker(watch *w)
{
    int status;
    for (;;) {
        int number = sigwaitinfo(&w->signals, NULL);
        if (number == SIGTERM || number == SIGINT) {
            w->is_ending = true;
            kill(w->worker, SIGTERM);
        }
        if (waitpid(w->worker, &status, WNOHANG) == w->worker)
            return status;
    }
}

static void pause_for(watch *w, int seconds)
{
    struct timespec time = { seconds, 0 };
    int number = sigtimedwait(&w->signals, NULL, &time);
    w->is_ending |= number == SIGTERM || number == SIGINT;
}

int ef_supervise(int (*work)(void *user), void (*reload)(void *user), void *user)
{
    watch w = { .worker = -1 };
    int pause = 1;
    sigemptyset(&w.signals);
    sigaddset(&w.signals, SIGCHLD);
    sigaddset(&w.signals, SIGTERM);
    sigaddset(&w.signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &w.signals, &w.before);
    while (!w.is_ending) {
        time_t begin = time(NULL);
        pid_t parent = getpid();
        w.worker = fork();
        if (w.worker == 0)
            exit(run_worker(&w, parent, work, user));
        int status = w.worker < 0 ? SIGKILL : wait_for_worker(&w);
        if (WIFEXITED(status) && WEXITSTATUS(status) == EF_SUPERVISE_RELOAD &&
            !w.is_ending) {
            reload(user);
            continue;
        }
        if (WIFEXITED(status))
            return w.is_ending ? 0 : WEXITSTATUS(status);
        if (w.is_ending)
            break;
        pause = time(NULL) - begin > HEALTHY_SECONDS ? 1 : pause;
        fprintf(stderr,
                "earful-notify: the worker was ended by signal %d; a new one in %d s\n",
                WTERMSIG(status), pause);
        pause_for(&w, pause);
        pause = 2 * pause > LONGEST_PAUSE ? LONGEST_PAUSE : 2 * pause;
    }
    return 0;
}
