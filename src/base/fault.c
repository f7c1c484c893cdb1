/* SPDX-License-Identifier: MIT
 * base/fault.c - where a test may let the world fail: in fault builds only.
 *
 * The system calls of the C library are defined here once more, so that the program and all
 * its libraries come by: that is why the rest of the code knows nothing of it. The globals
 * are this file's business; in a build without faults it is empty.
 * Invariant: a call made from here, or from a watcher, is neither counted nor failed. */
#ifdef EF_FAULT

#include "base/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define OURS __attribute__((visibility("default")))

enum { FAULTS = 16, PARTS = 8, WORD = 24, LOST = 4096 };

typedef enum fault_kind { CRASH, FAIL, SHORT } fault_kind;

typedef struct fault {
    fault_kind kind;
    char where[WORD]; /* a part, or a call */
    unsigned long first, last, seen;
    int number; /* errno */
} fault;

/* A write that was not synced: what stood there before. */
typedef struct lost_write {
    int file; /* a descriptor of our own */
    dev_t device;
    ino_t inode;
    off_t size_before, offset;
    size_t size;
    unsigned char *before;
} lost_write;

static fault faults[FAULTS];
static size_t fault_count;
static bool is_planned, is_inside, loses;
static const char *parts[PARTS];
static size_t depth;
static lost_write lost[LOST];
static size_t lost_count;
static void (*watcher)(void *user);
static void *watcher_user;

static const struct {
    const char *name;
    int number;
} numbers[] = { { "EIO", EIO },       { "ENOSPC", ENOSPC }, { "EACCES", EACCES },
                { "ENOENT", ENOENT }, { "ESTALE", ESTALE }, { "EINTR", EINTR },
                { "EAGAIN", EAGAIN }, { "EMFILE", EMFILE } };

static int number_of(const char *name)
{
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (strcmp(numbers[i].name, name) == 0)
            return numbers[i].number;
    return EIO;
}

/* One fault of the plan; a word that is none is a mistake of the test. */
static void plan_one(const char *text)
{
    fault *fresh = &faults[fault_count];
    char kind[WORD], name[WORD] = "EIO";
    if (strcmp(text, "lose@sync") == 0) {
        loses = true;
        return;
    }
    memset(fresh, 0, sizeof *fresh);
    int got = sscanf(text, "%23[a-z]@%23[a-z0-9]:%lu-%lu:%23[A-Z]", kind, fresh->where,
                     &fresh->first, &fresh->last, name);
    if (got < 4) {
        got = sscanf(text, "%23[a-z]@%23[a-z0-9]:%lu:%23[A-Z]", kind, fresh->where,
                     &fresh->first, name);
        fresh->last = fresh->first;
    }
    if (got < 3 || fault_count == FAULTS - 1) {
        fprintf(stderr, "no fault: %s\n", text);
        syscall(SYS_exit_group, 97);
    }
    fresh->kind = strcmp(kind, "crash") == 0 ? CRASH : kind[0] == 'f' ? FAIL : SHORT;
    fresh->number = number_of(name);
    fault_count++;
}

void ef_fault_plan(const char *text)
{
    char copy[512], *rest = NULL;
    is_planned = true;
    fault_count = 0;
    loses = false;
    snprintf(copy, sizeof copy, "%s", text == NULL ? "" : text);
    for (char *word = strtok_r(copy, ",", &rest); word != NULL;
         word = strtok_r(NULL, ",", &rest))
        plan_one(word);
}

void ef_fault_watch(void (*fn)(void *user), void *user)
{
    watcher = fn;
    watcher_user = user;
}

void ef_fault_pause(int pauses)
{
    is_inside = pauses != 0;
}

void ef_fault_enter(const char *part)
{
    if (depth < PARTS)
        parts[depth] = part;
    depth++;
}

void ef_fault_leave(void)
{
    depth--;
}

/* --- what a power cut takes away --------------------------------------------------------
 */

/* Remembers what a write at offset is about to change; size 0: the end of the file. */
static void remember(int file, off_t offset, size_t size)
{
    struct stat about;
    int flags = (int)syscall(SYS_fcntl, file, F_GETFL);
    if (!loses || lost_count == LOST || syscall(SYS_fstat, file, &about) != 0 ||
        !S_ISREG(about.st_mode))
        return;
    if (offset < 0)
        offset = flags & O_APPEND ? about.st_size : syscall(SYS_lseek, file, 0, SEEK_CUR);
    char name[64];
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    lost_write *it = &lost[lost_count++];
    *it =
        (lost_write){ .file = (int)syscall(SYS_openat, AT_FDCWD, name, O_RDWR | O_CLOEXEC),
                      .device = about.st_dev,
                      .inode = about.st_ino,
                      .size_before = about.st_size,
                      .offset = offset };
    if (size == 0 && about.st_size > offset)
        size = (size_t)(about.st_size - offset);
    it->before = malloc(size + 1);
    long got = syscall(SYS_pread64, it->file, it->before, size, offset);
    it->size = got > 0 ? (size_t)got : 0;
}

/* A file is synced: its writes cannot be lost any more. */
static void keep(int file)
{
    struct stat about;
    size_t kept = 0;
    if (!loses || syscall(SYS_fstat, file, &about) != 0)
        return;
    for (size_t i = 0; i < lost_count; i++) {
        if (lost[i].device != about.st_dev || lost[i].inode != about.st_ino) {
            lost[kept++] = lost[i];
            continue;
        }
        syscall(SYS_close, lost[i].file);
        free(lost[i].before);
    }
    lost_count = kept;
}

static void crash(void)
{
    while (lost_count > 0) {
        const lost_write *it = &lost[--lost_count];
        syscall(SYS_pwrite64, it->file, it->before, it->size, it->offset);
        syscall(SYS_ftruncate, it->file, it->size_before);
    }
    syscall(SYS_exit_group, 99);
}

/* --- before every call ------------------------------------------------------------------
 */

static bool is_meant(const fault *it, const char *call)
{
    if (it->kind != CRASH || strcmp(it->where, call) == 0)
        return strcmp(it->where, call) == 0;
    return strcmp(it->where, "any") == 0 ||
           (depth > 0 && depth <= PARTS && strcmp(it->where, parts[depth - 1]) == 0);
}

/* What is to happen to a call: 0: nothing, an errno, or -1: one byte only. */
static int meet(const char *call)
{
    int answer = 0;
    if (is_inside)
        return 0;
    is_inside = true;
    if (!is_planned)
        ef_fault_plan(getenv("EARFUL_FAULT"));
    if (watcher != NULL)
        watcher(watcher_user);
    for (size_t i = 0; i < fault_count; i++) {
        fault *it = &faults[i];
        if (!is_meant(it, call))
            continue;
        it->seen++;
        if (it->seen < it->first || it->seen > it->last)
            continue;
        if (it->kind == CRASH)
            crash();
        answer = it->kind == FAIL ? it->number : -1;
    }
    is_inside = false;
    return answer;
}

#define MEET(call, size)                                                                   \
    int fault_met = meet(call);                                                            \
    if (fault_met > 0) {                                                                   \
        errno = fault_met;                                                                 \
        return -1;                                                                         \
    }                                                                                      \
    if (fault_met < 0 && (size) > 1)                                                       \
    (size) = 1
#define MEET_PLAIN(call)                                                                   \
    int fault_met = meet(call);                                                            \
    if (fault_met > 0) {                                                                   \
        errno = fault_met;                                                                 \
        return -1;                                                                         \
    }

/* --- the calls --------------------------------------------------------------------------
 */

OURS ssize_t read(int file, void *p, size_t n)
{
    MEET("read", n);
    return syscall(SYS_read, file, p, n);
}

OURS ssize_t pread(int file, void *p, size_t n, off_t offset)
{
    MEET("pread", n);
    return syscall(SYS_pread64, file, p, n, offset);
}

OURS ssize_t pread64(int file, void *p, size_t n, off64_t offset)
{
    return pread(file, p, n, offset);
}

OURS ssize_t preadv(int file, const struct iovec *vectors, int count, off_t offset)
{
    int fault_met = meet("preadv");
    if (fault_met > 0) {
        errno = fault_met;
        return -1;
    }
    struct iovec cut[2];
    if (fault_met < 0 && count == 2) { /* all of the first, and one byte */
        cut[0] = vectors[0];
        cut[1] = (struct iovec){ vectors[1].iov_base, vectors[1].iov_len > 0 };
        vectors = cut;
    }
    return syscall(SYS_preadv, file, vectors, count, offset, 0);
}

OURS ssize_t write(int file, const void *p, size_t n)
{
    MEET("write", n);
    remember(file, -1, n);
    return syscall(SYS_write, file, p, n);
}

OURS ssize_t pwrite(int file, const void *p, size_t n, off_t offset)
{
    MEET("pwrite", n);
    remember(file, offset, n);
    return syscall(SYS_pwrite64, file, p, n, offset);
}

OURS ssize_t pwrite64(int file, const void *p, size_t n, off64_t offset)
{
    return pwrite(file, p, n, offset);
}

OURS int fsync(int file)
{
    MEET_PLAIN("fsync");
    keep(file);
    return (int)syscall(SYS_fsync, file);
}

OURS int fdatasync(int file)
{
    MEET_PLAIN("fdatasync");
    keep(file);
    return (int)syscall(SYS_fdatasync, file);
}

OURS int ftruncate(int file, off_t size)
{
    MEET_PLAIN("ftruncate");
    remember(file, size, 0);
    return (int)syscall(SYS_ftruncate, file, size);
}

OURS int ftruncate64(int file, off64_t size)
{
    return ftruncate(file, size);
}

static int open_any(const char *path, int flags, va_list arguments)
{
    int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, int) : 0;
    MEET_PLAIN("open");
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

OURS int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    int file = open_any(path, flags, arguments);
    va_end(arguments);
    return file;
}

OURS int open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    int file = open_any(path, flags | O_LARGEFILE, arguments);
    va_end(arguments);
    return file;
}

OURS int stat(const char *path, struct stat *about)
{
    MEET_PLAIN("stat");
    return (int)syscall(SYS_newfstatat, AT_FDCWD, path, about, 0);
}

OURS int fstat(int file, struct stat *about)
{
    MEET_PLAIN("fstat");
    return (int)syscall(SYS_fstat, file, about);
}

OURS int rename(const char *from, const char *to)
{
    MEET_PLAIN("rename");
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

OURS int unlink(const char *path)
{
    MEET_PLAIN("unlink");
    return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

#else
typedef int ef_fault_is_not_built; /* ISO C wants something in every file */
#endif
