/* SPDX-License-Identifier: MIT
 * follow/lineage.c - which of the files beside a log were the log once, and which are
 * copies.
 *
 * A file is known if some tail has it, or had it and read it: by inode and prints. What is
 * beside a log, younger than what was read of it and not known is a generation that nobody
 * has seen. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "follow/following.h"
#include "follow/siblings.h"

/* Opens a regular file without hanging at a FIFO. -1 if it cannot be, or is none. */
int ef_lineage_open(const char *path, struct stat *about)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0)
        return -1;
    if (fstat(descriptor, about) == 0 && S_ISREG(about->st_mode))
        return descriptor;
    close(descriptor);
    errno = EINVAL;
    return -1;
}

/* Opens path if it holds what a tail has read: then, *same_inode or not, reading can go on
 * there. -1 if it does not. */
int ef_lineage_open_if_fits(const ef_following *f, ef_tail *tail, const char *path,
                            struct stat *about)
{
    uint8_t head[EF_HEAD_SIZE], last[EF_TAIL_SIZE];
    ef_identity identity = ef_tail_identity(tail, f->options.salt);
    int descriptor = ef_lineage_open(path, about);
    if (descriptor < 0)
        return -1;
    if (!ef_identity_fits(&identity, f->options.salt, descriptor, about, head, last)) {
        close(descriptor);
        return -1;
    }
    if (tail->is_unverified)
        ef_tail_resume(tail, &identity, head, last);
    return descriptor;
}

ef_status ef_lineage_add(ef_following *f, ef_tail *tail, const struct stat *about,
                         ef_error *error)
{
    if (tail == NULL)
        return ef_error_memory(error);
    tail->device = (uint64_t)about->st_dev;
    tail->inode = (uint64_t)about->st_ino;
    tail->is_unsaved = true;
    ef_tail *older = NULL;
    while ((older = ef_roster_next_first(&f->roster, older, tail->first_path)) != NULL)
        if (!older->is_finished &&
            (tail->older == NULL || older->generation > tail->older->generation))
            tail->older = older;
    if (!ef_roster_add(&f->roster, tail)) {
        ef_tail_free(tail);
        return ef_error_memory(error);
    }
    ef_following_ready(f, tail);
    return EF_OK;
}

uint64_t ef_lineage_next(const ef_following *f, const char *first_path)
{
    const ef_tail *youngest = ef_roster_youngest(&f->roster, first_path);
    return youngest == NULL ? 1 : youngest->generation + 1;
}

/* --- beside a log -----------------------------------------------------------------------
 */

/* Whether the file at path is one that some tail has, or had and read. */
bool ef_lineage_knows(const ef_following *f, const char *path, const struct stat *about)
{
    ef_tail *at = NULL;
    uint64_t device = (uint64_t)about->st_dev, inode = (uint64_t)about->st_ino;
    while ((at = ef_roster_next_of(&f->roster, at, device, inode)) != NULL) {
        struct stat now;
        bool is_unread = at->input.offset == 0; /* then its prints say nothing */
        if (!at->is_finished && (at->descriptor >= 0 || is_unread))
            return true;
        if (is_unread && about->st_size > 0)
            continue;
        int descriptor = ef_lineage_open_if_fits(f, at, path, &now);
        if (descriptor < 0)
            continue;
        close(descriptor);
        return true;
    }
    return false;
}

/* Whether path holds a copy of what the log beside it has given: or the beginning of one,
 * while it is being made. */
static bool is_copy_of(const ef_following *f, ef_tail *log, const char *path)
{
    struct stat about;
    uint8_t head[EF_HEAD_SIZE];
    int descriptor = ef_lineage_open(path, &about);
    if (descriptor < 0)
        return false;
    size_t size = log->head_size;
    if ((uint64_t)about.st_size < size)
        size = (size_t)about.st_size;
    bool ef_lineage_is_copy = size == (size_t)pread(descriptor, head, size, 0) &&
                              memcmp(head, log->head, size) == 0;
    close(descriptor);
    if (!ef_lineage_is_copy || (uint64_t)about.st_size < log->input.offset)
        return ef_lineage_is_copy;
    descriptor = ef_lineage_open_if_fits(f, log, path, &about);
    if (descriptor >= 0)
        close(descriptor);
    return descriptor >= 0;
}

/* Whether a file that was found is a copy of a log that is followed. */
bool ef_lineage_is_copy(const ef_following *f, const char *path)
{
    for (const char *end = path + strlen(path); end > path; end--) {
        if (*end != '.' && *end != '-')
            continue;
        char *name = strndup(path, (size_t)(end - path));
        ef_tail *log = name == NULL ? NULL : ef_roster_at(&f->roster, name);
        free(name);
        if (log != NULL)
            return log->input.offset > 0 && is_copy_of(f, log, path);
    }
    return false;
}

static bool is_not_older(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec >= b->tv_nsec;
}

/* When the file of a tail was last written to, as far as we know. */
static struct timespec written(const ef_tail *tail)
{
    enum { TICK_MS = 10 }; /* the clock of a file system may be so much behind */
    struct stat about;
    int64_t ms = tail->saved_ms - TICK_MS;
    if (tail->descriptor >= 0 && fstat(tail->descriptor, &about) == 0)
        return about.st_mtim;
    if (tail->written.tv_sec != 0)
        return tail->written;
    return (struct timespec){ ms / 1000, ms % 1000 * 1000000 };
}

/* Whether two files begin alike, as far as both go. */
static bool begin_alike(const char *path, const char *other)
{
    uint8_t head[2][EF_HEAD_SIZE];
    struct stat about;
    ssize_t size[2] = { 0, 0 };
    for (int i = 0; i < 2; i++) {
        int descriptor = ef_lineage_open(i == 0 ? path : other, &about);
        size[i] = descriptor < 0 ? 0 : pread(descriptor, head[i], EF_HEAD_SIZE, 0);
        if (descriptor >= 0)
            close(descriptor);
    }
    ssize_t both = size[0] < size[1] ? size[0] : size[1];
    return both > 0 && memcmp(head[0], head[1], (size_t)both) == 0;
}

/* Whether a file beside a log is one of its generations that nobody has seen. */
static bool is_unseen(const ef_following *f, ef_tail *old, const ef_sibling *it)
{
    if (ef_lineage_knows(f, it->path, &it->about) ||
        f->options.is_own(f->options.user, &it->about))
        return false;
    return old->input.offset > 0 ? !is_copy_of(f, old, it->path)
                                 : !begin_alike(it->path, old->first_path);
}

/* Follows the generations beside a log that are younger than its youngest tail and that
 * nobody has seen: they came and were rotated away while we looked elsewhere. except is the
 * inode of one that is followed anyway. */
ef_status ef_lineage_follow_between(ef_following *f, ef_tail *old, uint64_t except)
{
    ef_siblings beside;
    struct timespec since = written(old);
    ef_status status = ef_siblings_list(&beside, old->first_path, 0, NULL);
    for (size_t i = 0; i < beside.count && status == EF_OK; i++) {
        const ef_sibling *it = &beside.items[i];
        if ((uint64_t)it->about.st_ino == except ||
            !is_not_older(&it->about.st_mtim, &since) || !is_unseen(f, old, it))
            continue;
        ef_tail *tail =
            ef_tail_new(it->path, old->first_path, ef_lineage_next(f, old->first_path));
        status = ef_lineage_add(f, tail, &it->about, NULL);
        if (status == EF_OK)
            tail->is_replaced = true;
    }
    ef_siblings_release(&beside);
    return status;
}

/* Whether something beside a log of which nothing was read may have stood in it. */
bool ef_lineage_has_unseen(const ef_following *f, ef_tail *tail)
{
    ef_siblings beside;
    bool is_found = false;
    struct timespec since = written(tail);
    if (ef_siblings_list(&beside, tail->first_path, 0, NULL) != EF_OK)
        return false;
    for (size_t i = 0; i < beside.count && !is_found; i++)
        is_found = is_not_older(&beside.items[i].about.st_mtim, &since) &&
                   is_unseen(f, tail, &beside.items[i]);
    ef_siblings_release(&beside);
    return is_found;
}
