/* SPDX-License-Identifier: MIT
 * tests/notify/notified.h - earful-notify as a process, spoken to as earful speaks to it.
 */
#ifndef EARFUL_TESTS_NOTIFY_NOTIFIED_H
#define EARFUL_TESTS_NOTIFY_NOTIFIED_H

#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "receiver.h"

typedef struct notified {
    pid_t pid;
    int to, from, errors;
    char sinks[64]; /* path of the file */
} notified;

static inline const char *notified_program(void)
{
    const char *program = getenv("EARFUL_NOTIFY");
    if (program == NULL || access(program, X_OK) != 0)
        cr_skip_test("EARFUL_NOTIFY does not name the program: run `make test`");
    return program;
}

/* Writes the file of sinks and starts the program. */
static inline void notified_start(notified *n, const char *format, ...)
{
    const char *program = notified_program();
    int to[2], from[2], errors[2];
    va_list arguments;
    signal(SIGPIPE, SIG_IGN);
    strcpy(n->sinks, "/tmp/earful-sinks-XXXXXX");
    FILE *file = fdopen(mkstemp(n->sinks), "w");
    cr_assert_not_null(file);
    va_start(arguments, format);
    vfprintf(file, format, arguments);
    va_end(arguments);
    fclose(file);
    cr_assert(pipe(to) == 0 && pipe(from) == 0 && pipe(errors) == 0);
    n->pid = fork();
    if (n->pid == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        dup2(errors[1], STDERR_FILENO);
        for (int i = 3; i < 64; i++)
            close(i);
        execl(program, program, n->sinks, (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    close(errors[1]);
    n->to = to[1];
    n->from = from[0];
    n->errors = errors[0];
}

/* One line of its answers, without the line end; waits for it at most 20 s. */
static inline const char *notified_answer(notified *n)
{
    static char line[256];
    size_t size = 0;
    while (size < sizeof line - 1) {
        struct pollfd polled = { .fd = n->from, .events = POLLIN };
        cr_assert_eq(poll(&polled, 1, 20000), 1, "no answer");
        if (read(n->from, line + size, 1) != 1 || line[size] == '\n')
            break;
        size++;
    }
    line[size] = '\0';
    return line;
}

static inline void notified_give(notified *n, const char *line)
{
    cr_assert_eq(write(n->to, line, strlen(line)), (ssize_t)strlen(line));
}

/* Ends it, and gives what it said on standard error; the caller frees that. */
static inline char *notified_end(notified *n)
{
    char *said = calloc(1, 64 << 10);
    size_t size = 0;
    ssize_t more;
    int status;
    close(n->to);
    while ((more = read(n->errors, said + size, (64 << 10) - 1 - size)) > 0)
        size += (size_t)more;
    cr_assert_eq(waitpid(n->pid, &status, 0), n->pid);
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s", said);
    close(n->from);
    close(n->errors);
    unlink(n->sinks);
    return said;
}

#endif
