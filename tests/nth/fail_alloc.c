/* SPDX-License-Identifier: MIT
 * tests/nth/fail_alloc.c - a malloc that fails at the n-th call and knows what is not
 * freed, for LD_PRELOAD.
 *
 * What fails, and how many calls there were, stands in the page of page.h. Counted are
 * malloc, calloc, realloc and the aligned ones, the C library's own calls too. glibc's own
 * names lie behind the wrappers, since looking them up would allocate.
 * Invariant: a set holds the addresses that were given out since the start and not taken
 * back; what the loader allocated before is not of it. */
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unwind.h>

#include "page.h"

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *memory);

/* stdlib.h would say that their arguments are never NULL. */
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *memory, size_t size);
void *aligned_alloc(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size);
int posix_memalign(void **memory, size_t alignment, size_t size);
void free(void *memory);

enum { SLOTS = 1 << 20, LIBRARIES = 64 };

static nth_page *page;                          /* NULL: not a program of the test's */
static const struct link_map *known[LIBRARIES]; /* what may ask, the loader not included */
static const struct link_map *passed_by[2], *newest; /* at the start */
static uintptr_t slots[SLOTS];
static atomic_flag is_locked = ATOMIC_FLAG_INIT;

static void lock(void)
{
    while (atomic_flag_test_and_set(&is_locked))
        continue;
}

static size_t home_of(uintptr_t address)
{
    return (size_t)(address * 0x9E3779B97F4A7C15u >> 44);
}

static void *keep(void *memory)
{
    if (page == NULL || memory == NULL)
        return memory;
    lock();
    size_t i = home_of((uintptr_t)memory);
    while (slots[i] != 0)
        i = (i + 1) % SLOTS;
    slots[i] = (uintptr_t)memory;
    atomic_fetch_add(&page->live, 1);
    atomic_flag_clear(&is_locked);
    return memory;
}

/* Takes an address out and moves up what it stood in the way of. */
static void forget(const void *memory)
{
    if (page == NULL || memory == NULL)
        return;
    lock();
    size_t i = home_of((uintptr_t)memory);
    while (slots[i] != 0 && slots[i] != (uintptr_t)memory)
        i = (i + 1) % SLOTS;
    if (slots[i] != 0) {
        atomic_fetch_sub(&page->live, 1);
        for (size_t next = (i + 1) % SLOTS; slots[next] != 0; next = (next + 1) % SLOTS)
            if ((next - home_of(slots[next])) % SLOTS >= (next - i) % SLOTS) {
                slots[i] = slots[next];
                i = next;
            }
        slots[i] = 0;
    }
    atomic_flag_clear(&is_locked);
}

enum side { NOBODY, KNOWN, OTHERS };

/* Who has code at this address; the C library and this one ask in the name of others. */
static enum side side_of(void *address)
{
    struct dl_find_object found;
    size_t i = 0;
    if (_dl_find_object(address, &found) != 0 || found.dlfo_link_map == passed_by[0] ||
        found.dlfo_link_map == passed_by[1])
        return NOBODY;
    while (i < LIBRARIES && known[i] != found.dlfo_link_map)
        i++;
    return i < LIBRARIES ? KNOWN : OTHERS;
}

static _Unwind_Reason_Code see_frame(struct _Unwind_Context *context, void *user)
{
    enum side *side = user;
    *side = side_of((void *)_Unwind_GetIP(context));
    return *side == NOBODY ? _URC_NO_REASON : _URC_END_OF_STACK;
}

/* Libraries that are loaded later, libarchive and those that it needs, end the process
 * where they find no memory, or die: whoever asks for them gets what he asks for. */
static bool is_of_others(void *caller)
{
    enum side side = side_of(caller);
    if (side == NOBODY && newest->l_next != NULL)
        _Unwind_Backtrace(see_frame, &side);
    return side == OTHERS;
}

typedef enum fate { GIVEN, REFUSED, NOT_COUNTED } fate;

static fate fate_of(void *caller)
{
    if (page == NULL || is_of_others(caller))
        return NOT_COUNTED;
    unsigned long n = atomic_fetch_add(&page->counted, 1) + 1;
    if (page->failing == 0 || n < page->failing || (n > page->failing && !page->for_ever))
        return GIVEN;
    errno = ENOMEM;
    return REFUSED;
}

#define ALLOCATE(call)                                                                     \
    fate decided = fate_of(__builtin_return_address(0));                                   \
    if (decided == REFUSED)                                                                \
        return NULL;                                                                       \
    return decided == GIVEN ? keep(call) : call

void *malloc(size_t size)
{
    ALLOCATE(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    ALLOCATE(__libc_calloc(count, size));
}

void *realloc(void *memory, size_t size)
{
    fate decided = fate_of(__builtin_return_address(0));
    if (decided == REFUSED)
        return NULL;
    forget(memory);
    void *made = __libc_realloc(memory, size);
    return decided == GIVEN ? keep(made) : made;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    ALLOCATE(__libc_memalign(alignment, size));
}

void *memalign(size_t alignment, size_t size)
{
    ALLOCATE(__libc_memalign(alignment, size));
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    fate decided = fate_of(__builtin_return_address(0));
    void *made = decided == REFUSED ? NULL : __libc_memalign(alignment, size);
    if (decided == GIVEN)
        keep(made);
    if (made != NULL)
        *memory = made;
    return made == NULL ? ENOMEM : 0;
}

void free(void *memory)
{
    int number = errno;
    forget(memory);
    __libc_free(memory);
    errno = number;
}

static void leave_page(void)
{
    page = NULL;
}

/* What the loader allocates before main cannot be survived and is not ours. */
__attribute__((constructor)) static void start(void)
{
    nth_page *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, NTH_PAGE_FILE, 0);
    if (shared == MAP_FAILED || strcmp(shared->program, program_invocation_short_name) != 0)
        return;
    pthread_atfork(NULL, NULL, leave_page);
    size_t count = 0;
    for (const struct link_map *at = _r_debug.r_map; at != NULL; at = at->l_next) {
        if (strstr(at->l_name, "/ld-linux") == NULL && count < LIBRARIES)
            known[count++] = at;
        if (strstr(at->l_name, "/libc.so") != NULL)
            passed_by[0] = at;
        if (strstr(at->l_name, "/fail_alloc.so") != NULL)
            passed_by[1] = at;
        newest = at;
    }
    page = shared;
}
