/* SPDX-License-Identifier: MIT
 * pipeline/world.c - ef_follow in the real world: its clocks, and poll. */
#include <poll.h>
#include <sys/resource.h>
#include <time.h>

#include "pipeline/follow.h"

enum { SPARE_DESCRIPTORS = 32 }; /* for all but followed files */

size_t ef_most_open(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return 1024;
    return limit.rlim_cur > 2 * SPARE_DESCRIPTORS
               ? (size_t)limit.rlim_cur - SPARE_DESCRIPTORS
               : SPARE_DESCRIPTORS;
}

static int64_t clock_ms(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t real_now(void *user)
{
    (void)user;
    return clock_ms(CLOCK_MONOTONIC);
}

static int64_t real_wall(void *user)
{
    (void)user;
    return clock_ms(CLOCK_REALTIME);
}

static void real_wait(void *user, const int *descriptors, size_t count, int writable,
                      int64_t timeout_ms)
{
    enum { MOST = 4 };
    struct pollfd polled[MOST + 1];
    (void)user;
    for (size_t i = 0; i < count; i++)
        polled[i] = (struct pollfd){ .fd = descriptors[i], .events = POLLIN };
    polled[count] = (struct pollfd){ .fd = writable, .events = POLLOUT };
    poll(polled, (nfds_t)count + 1, timeout_ms > INT32_MAX ? INT32_MAX : (int)timeout_ms);
}

ef_status ef_follow(const ef_follow_options *options, ef_follow_summary *summary,
                    ef_error *error)
{
    ef_world world = { real_now, real_wall, real_wait, NULL };
    return ef_follow_in(&world, options, summary, error);
}
