/* SPDX-License-Identifier: MIT
 * tests/traps/fail_alloc.c - a malloc that fails once, for LD_PRELOAD.
 *
 * FAIL_ALLOC=n lets the n-th allocation of the process fail, counted over malloc, calloc,
 * realloc and aligned_alloc; FAIL_ALLOC_COUNT=path writes at the end how many there were.
 * glibc's own names lie behind the wrappers, since looking them up would allocate. */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static atomic_ulong counted;
static unsigned long failing; /* 0: none */
static int count_file = -1;

static int fails(void)
{
    if (atomic_fetch_add(&counted, 1) + 1 != failing)
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size)
{
    return fails() ? NULL : __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

/* What the loader allocates before main cannot be survived and is not ours. The file is
 * opened here, since the program's sandbox lets nobody open it at the end. */
__attribute__((constructor)) static void start(void)
{
    const char *wanted = getenv("FAIL_ALLOC"), *path = getenv("FAIL_ALLOC_COUNT");
    atomic_store(&counted, 0);
    failing = wanted == NULL ? 0 : strtoul(wanted, NULL, 10);
    if (path != NULL)
        count_file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

__attribute__((destructor)) static void finish(void)
{
    char text[32];
    if (count_file < 0)
        return;
    int size = snprintf(text, sizeof text, "%lu\n", atomic_load(&counted));
    if (write(count_file, text, (size_t)size) != size)
        _exit(99);
    close(count_file);
}
