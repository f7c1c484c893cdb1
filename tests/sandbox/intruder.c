/* SPDX-License-Identifier: MIT
 * tests/sandbox/intruder.c - a parser that a text takes over, for LD_PRELOAD.
 *
 * The program is the one that is shipped; this stands where a flaw in it would. As soon as
 * bytes that were read hold the word INTRUDER, EARFUL_INTRUDER says what an intruder does
 * then: open, write, list, make, socket, exec, ptrace, code, fork, kill or type;
 * EARFUL_CANARY is the path that it wants. What comes of it is told on standard error, and
 * the process ends with 42. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define OURS __attribute__((visibility("default")))

static const char *wish, *canary;
static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_pread)(int, void *, size_t, off_t);
static size_t (*real_fread)(void *, size_t, size_t, FILE *);
static ssize_t (*real_preadv)(int, const struct iovec *, int, off_t);

static void find(const char *name, void *place)
{
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(place, &found, sizeof found);
}

__attribute__((constructor)) static void start(void)
{
    wish = getenv("EARFUL_INTRUDER");
    canary = getenv("EARFUL_CANARY");
    find("read", &real_read);
    find("pread", &real_pread);
    find("preadv", &real_preadv);
    find("fread", &real_fread);
}

static int started(int (*call)(void))
{
    return call() < 0 ? errno : 0;
}

static int run_program(void)
{
    char *words[] = { (char *)(unsigned long)"/bin/true", NULL };
    return execv(words[0], words);
}

static int open_it(void)
{
    return open(canary, O_RDONLY | O_CLOEXEC);
}

static int write_it(void)
{
    return open(canary, O_WRONLY | O_APPEND | O_CLOEXEC);
}

static int make_beside(void)
{
    char path[4096];
    snprintf(path, sizeof path, "%s.more", canary);
    return open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}

static int list_folder(void)
{
    char path[4096];
    snprintf(path, sizeof path, "%s", canary);
    *strrchr(path, '/') = '\0';
    return opendir(path) == NULL ? -1 : 0;
}

static int make_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0);
}

static int trace(void)
{
    return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static int make_code(void)
{
    void *map =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return map == MAP_FAILED ? -1 : mprotect(map, 4096, PROT_READ | PROT_EXEC);
}

static int make_process(void)
{
    int child = fork();
    if (child == 0)
        _exit(0);
    return child;
}

static int signal_parent(void)
{
    return kill(getppid(), 0);
}

static int type_into_terminal(void)
{
    return ioctl(STDIN_FILENO, TIOCSTI, "x") < 0 && errno != EPERM ? 0 : -1;
}

static void act(void)
{
    static const struct {
        const char *name;
        int (*call)(void);
    } acts[] = { { "open", open_it },           { "write", write_it },
                 { "make", make_beside },       { "list", list_folder },
                 { "socket", make_socket },     { "exec", run_program },
                 { "ptrace", trace },           { "code", make_code },
                 { "fork", make_process },      { "kill", signal_parent },
                 { "type", type_into_terminal } };
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
        if (strcmp(wish, acts[i].name) != 0)
            continue;
        char line[128];
        int number = started(acts[i].call);
        int size = snprintf(line, sizeof line, "intruder: %s: %s\n", wish,
                            number == 0 ? "done" : strerrorname_np(number));
        if (write(STDERR_FILENO, line, (size_t)size) != size)
            _exit(43);
        _exit(42);
    }
}

static void look(const void *bytes, ssize_t size)
{
    if (wish != NULL && size > 0 && memmem(bytes, (size_t)size, "INTRUDER", 8) != NULL)
        act();
}

OURS ssize_t read(int file, void *p, size_t n)
{
    ssize_t got = real_read(file, p, n);
    look(p, got);
    return got;
}

OURS size_t fread(void *p, size_t size, size_t n, FILE *file)
{
    size_t got = real_fread(p, size, n, file);
    look(p, (ssize_t)(got * size));
    return got;
}

OURS ssize_t pread(int file, void *p, size_t n, off_t offset)
{
    ssize_t got = real_pread(file, p, n, offset);
    look(p, got);
    return got;
}

OURS ssize_t preadv(int file, const struct iovec *pieces, int count, off_t offset)
{
    ssize_t got = real_preadv(file, pieces, count, offset);
    for (int i = 0; i < count && got > 0; i++)
        look(pieces[i].iov_base, (ssize_t)pieces[i].iov_len);
    return got;
}
