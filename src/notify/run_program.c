/* SPDX-License-Identifier: MIT
 * notify/run_program.c - a program of the user's, started with the event on its input.
 *
 * Its words are those of the file of sinks; nothing of an event is among them, nor in its
 * environment, and neither are our secrets. */
#include "notify/outcome.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_DESCRIPTORS = 256 };

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static ef_outcome failed(const char *why, int number)
{
    ef_outcome outcome = { .kind = EF_OUTCOME_AGAIN };
    snprintf(outcome.why, sizeof outcome.why, "%s%s%s", why, number != 0 ? ": " : "",
             number != 0 ? strerror(number) : "");
    return outcome;
}

/* A group of its own, so that what it starts can be killed with it; signals as anybody
 * expects them; our standard output speaks to earful and is none of its business. */
static int spawn(const ef_sink *sink, int input, pid_t *pid)
{
    static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin";
    char *environment[] = { path, NULL };
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                              POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    int result = posix_spawn(pid, sink->words[0], &actions, &attributes,
                             (char *const *)sink->words, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return result;
}

static void limit(pid_t pid, unsigned seconds)
{
    struct rlimit core = { 0, 0 }, files = { MOST_DESCRIPTORS, MOST_DESCRIPTORS };
    struct rlimit processor = { seconds, seconds };
    prlimit(pid, RLIMIT_CORE, &core, NULL);
    prlimit(pid, RLIMIT_NOFILE, &files, NULL);
    prlimit(pid, RLIMIT_CPU, &processor, NULL);
}

/* Writes what the pipe takes. Returns how much is left; a reader that went away leaves
 * nothing: its exit status counts. */
static ef_slice feed(int pipe, ef_slice left)
{
    ssize_t size = write(pipe, left.data, left.size);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return left;
    if (size <= 0)
        return (ef_slice){ NULL, 0 };
    return (ef_slice){ left.data + size, left.size - (size_t)size };
}

/* Feeds the program and waits for its end; false when the time is over. */
static bool attend(int process, int *pipe, ef_slice event, unsigned seconds)
{
    int64_t end = now_ms() + (int64_t)seconds * 1000;
    for (int64_t left; (left = end - now_ms()) > 0;) {
        struct pollfd polled[] = { { .fd = process, .events = POLLIN },
                                   { .fd = *pipe, .events = POLLOUT } };
        poll(polled, 2, (int)left);
        if (polled[0].revents != 0)
            return true;
        if (polled[1].revents != 0)
            event = feed(*pipe, event);
        if (event.size == 0 && *pipe >= 0) {
            close(*pipe);
            *pipe = -1;
        }
    }
    return false;
}

static ef_outcome judge(bool is_over, int status, unsigned seconds)
{
    ef_outcome outcome = { .kind = EF_OUTCOME_AGAIN };
    if (!is_over)
        snprintf(outcome.why, sizeof outcome.why, "it did not end within %u s", seconds);
    else if (WIFSIGNALED(status))
        snprintf(outcome.why, sizeof outcome.why, "it was ended by signal %d",
                 WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
        snprintf(outcome.why, sizeof outcome.why, "its exit status is %d",
                 WEXITSTATUS(status));
    else
        outcome.kind = EF_OUTCOME_DELIVERED;
    return outcome;
}

ef_outcome ef_run_program(const ef_sink *sink, ef_slice event)
{
    int pipes[2], status = 0;
    pid_t pid;
    if (pipe2(pipes, O_CLOEXEC) != 0)
        return failed("cannot make a pipe", errno);
    int result = spawn(sink, pipes[0], &pid);
    close(pipes[0]);
    if (result != 0) {
        close(pipes[1]);
        return failed("cannot start the program", result);
    }
    limit(pid, sink->timeout_seconds);
    fcntl(pipes[1], F_SETFL, O_NONBLOCK);
    int process = pidfd_open(pid, 0);
    bool is_over = attend(process, &pipes[1], event, sink->timeout_seconds);
    if (!is_over)
        kill(-pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (process >= 0)
        close(process);
    if (pipes[1] >= 0)
        close(pipes[1]);
    return judge(is_over, status, sink->timeout_seconds);
}
