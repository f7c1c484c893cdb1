/* SPDX-License-Identifier: MIT
 * notify/runner.c - the process that starts the users' programs.
 *
 * For each sink a pair of sockets and a thread: an event goes in, its size first, and an
 * outcome comes out. The process ends when the last of the other ends is closed. */
#include "notify/runner.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buffer.h"
#include "notify/body.h"

enum { LONGEST_BODY = 16 * EF_LONGEST_EVENT };

static bool read_all(int socket, void *to, size_t size)
{
    for (size_t at = 0; at < size;) {
        ssize_t got = read(socket, (char *)to + at, size - at);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        at += got > 0 ? (size_t)got : 0;
    }
    return true;
}

static bool write_all(int socket, const void *from, size_t size)
{
    for (size_t at = 0; at < size;) {
        ssize_t put = write(socket, (const char *)from + at, size - at);
        if (put < 0 && errno != EINTR)
            return false;
        at += put > 0 ? (size_t)put : 0;
    }
    return true;
}

/* --- in the process that runs them ------------------------------------------------------
 */

static void *serve(void *user)
{
    const ef_sink *sink = user;
    ef_buffer event = { 0 };
    uint32_t size;
    while (read_all(sink->runner, &size, sizeof size) && size <= LONGEST_BODY &&
           ef_buffer_reserve(&event, size) && read_all(sink->runner, event.data, size)) {
        ef_outcome outcome = ef_run_program(sink, (ef_slice){ event.data, size });
        if (!write_all(sink->runner, &outcome, sizeof outcome))
            break;
    }
    ef_buffer_release(&event);
    return NULL;
}

static int serve_all(ef_sinks *sinks)
{
    pthread_t threads[EF_MOST_SINKS];
    size_t started = 0;
    for (size_t i = 0; i < sinks->count; i++)
        if (sinks->items[i].kind == EF_SINK_EXEC)
            started +=
                pthread_create(&threads[started], NULL, serve, &sinks->items[i]) == 0;
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    return 0;
}

/* --- in the one that asks ---------------------------------------------------------------
 */

static bool make_pairs(ef_sinks *sinks, int theirs[EF_MOST_SINKS], size_t *count)
{
    for (size_t i = 0; i < sinks->count; i++) {
        ef_sink *sink = &sinks->items[i];
        int pair[2];
        if (sink->kind != EF_SINK_EXEC)
            continue;
        if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
            return false;
        sink->runner = pair[0];
        theirs[i] = pair[1];
        ++*count;
    }
    return true;
}

/* Each process keeps one end of each pair. */
static void keep_ends(ef_sinks *sinks, const int theirs[EF_MOST_SINKS], bool is_runner)
{
    for (size_t i = 0; i < sinks->count; i++) {
        ef_sink *sink = &sinks->items[i];
        if (sink->kind != EF_SINK_EXEC)
            continue;
        close(is_runner ? sink->runner : theirs[i]);
        sink->runner = is_runner ? theirs[i] : sink->runner;
    }
}

bool ef_runner_start(ef_sinks *sinks)
{
    int theirs[EF_MOST_SINKS];
    size_t count = 0;
    if (!make_pairs(sinks, theirs, &count))
        return false;
    pid_t parent = getpid(), child = count == 0 ? 1 : fork();
    if (child == 0) {
        /* What it runs gets a terminal's signals of its own group only. */
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent)
            _exit(0);
        keep_ends(sinks, theirs, true);
        close(STDIN_FILENO);
        close(STDOUT_FILENO);
        _exit(serve_all(sinks));
    }
    keep_ends(sinks, theirs, false);
    return child > 0;
}

ef_outcome ef_runner_run(const ef_sink *sink, ef_slice event)
{
    ef_outcome outcome = { .kind = EF_OUTCOME_AGAIN };
    uint32_t size = (uint32_t)event.size;
    if (event.size > LONGEST_BODY)
        return (ef_outcome){ .kind = EF_OUTCOME_REFUSED, .why = "the event is too long" };
    if (!write_all(sink->runner, &size, sizeof size) ||
        !write_all(sink->runner, event.data, event.size) ||
        !read_all(sink->runner, &outcome, sizeof outcome))
        return (ef_outcome){ .kind = EF_OUTCOME_AGAIN,
                             .why = "nobody is there to start the program" };
    outcome.why[sizeof outcome.why - 1] = '\0';
    return outcome;
}
