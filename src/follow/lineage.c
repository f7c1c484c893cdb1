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
#include "follow/packed.h"
#include "follow/siblings.h"

enum { TRIES = 20 /* names shift in bursts: a chain of rotated logs takes milliseconds */ };

/* Opens a regular file without hanging at a FIFO. -1 if it cannot be, or is none. */
int ef_lineage_open(const char *path, struct stat *about)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (descriptor < 0)
        return -1;
    int number = fstat(descriptor, about) != 0 ? errno
                 : S_ISREG(about->st_mode)     ? 0
                                               : EINVAL;
    if (number == 0)
        return descriptor;
    close(descriptor);
    errno = number;
    return -1;
}

/* Whether an open file holds what a tail has read, whatever its inode. */
static bool fits(const ef_following *f, ef_tail *tail, int descriptor,
                 const struct stat *about)
{
    uint8_t head[EF_HEAD_SIZE], last[EF_TAIL_SIZE];
    ef_identity identity = ef_tail_identity(tail, f->options.salt);
    if (!ef_identity_fits(&identity, f->options.salt, descriptor, about, head, last))
        return false;
    if (tail->is_unverified)
        ef_tail_resume(tail, &identity, head, last);
    return true;
}

int ef_lineage_open_if_fits(const ef_following *f, ef_tail *tail, const char *path,
                            struct stat *about)
{
    int descriptor = ef_lineage_open(path, about);
    if (descriptor < 0 || fits(f, tail, descriptor, about))
        return descriptor;
    int number = errno;
    close(descriptor);
    errno = number;
    return -1;
}

/* A packed file cannot be unpacked: not now, or never. */
static void tell_failure(ef_following *f, ef_tail *tail, const char *path,
                         const ef_error *failure)
{
    int number = failure->status == EF_ERR_IO ? errno : 0;
    if (number == 0 || tail->told != number)
        ef_following_tell(f, EF_NOTICE_INPUT, path, "%s", failure->message);
    if (number != 0) {
        tail->trouble = tail->told = number;
        tail->has_trouble = true;
    }
}

int ef_lineage_unpack_if_fits(ef_following *f, ef_tail *tail, const char *path,
                              struct stat *about)
{
    ef_error failure;
    ef_identity identity = ef_tail_identity(tail, f->options.salt);
    int descriptor = ef_packed_open(path, &identity, f->options.salt, f->options.unpack_folder, about, &failure);
    if (descriptor >= 0 && fits(f, tail, descriptor, about))
        return descriptor;
    if (descriptor >= 0 && !ef_is_absence(errno))
        ef_error_set(&failure, EF_ERR_IO, "cannot read it now: %s", strerrordesc_np(errno));
    if (failure.message[0] != '\0')
        tell_failure(f, tail, path, &failure);
    if (descriptor >= 0)
        close(descriptor);
    return -1;
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

bool ef_lineage_knows(const ef_following *f, int descriptor, const struct stat *about)
{
    ef_tail *at = NULL;
    uint64_t device = (uint64_t)about->st_dev, inode = (uint64_t)about->st_ino;
    errno = 0;
    while ((at = ef_roster_next_of(&f->roster, at, device, inode)) != NULL) {
        bool is_unread = at->input.offset == 0; /* then its prints say nothing */
        if (!at->is_finished && (at->descriptor >= 0 || is_unread))
            return true;
        if (is_unread && about->st_size > 0)
            continue;
        if (fits(f, at, descriptor, about) || errno != 0)
            return true;
    }
    return false;
}

/* Whether an open file holds a copy of what a log has given: or the beginning of one, while
 * it is being made. False with another errno than 0: that cannot be seen now. */
static bool is_copy_of(const ef_following *f, ef_tail *log, int descriptor,
                       const struct stat *about)
{
    uint8_t head[EF_HEAD_SIZE];
    size_t size = log->head_size;
    if (log->is_unverified || (uint64_t)about->st_size >= log->input.offset)
        return fits(f, log, descriptor, about);
    if ((uint64_t)about->st_size < size)
        size = (size_t)about->st_size;
    ssize_t got = ef_read_at(descriptor, head, size, 0);
    if (got >= 0)
        errno = 0;
    return got == (ssize_t)size && memcmp(head, log->head, size) == 0;
}

bool ef_lineage_is_copy(const ef_following *f, const char *path, int descriptor,
                        const struct stat *about)
{
    for (const char *end = path + strlen(path); end > path; end--) {
        if (*end != '.' && *end != '-')
            continue;
        char *name = strndup(path, (size_t)(end - path));
        ef_tail *log = name == NULL ? NULL : ef_roster_at(&f->roster, name);
        free(name);
        if (log != NULL)
            return log->input.offset > 0 && is_copy_of(f, log, descriptor, about);
    }
    return false;
}

static bool is_not_older(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec : a->tv_nsec >= b->tv_nsec;
}

void ef_lineage_put_before_unread(ef_tail *tail, const struct timespec *written)
{
    ef_tail *first = NULL;
    for (ef_tail *at = tail->older; at != NULL && at->input.offset == 0; at = at->older) {
        if (is_not_older(written, &at->written))
            break;
        first = at;
    }
    if (first == NULL)
        return;
    /* Their numbers say the order to whoever comes after a kill. */
    for (ef_tail *at = tail->older; at != first->older; at = at->older) {
        uint64_t generation = at->generation;
        at->generation = tail->generation;
        tail->generation = generation;
        at->is_unsaved = true;
    }
    tail->older = first->older;
    first->older = tail;
}

/* Whether an open file and the one at path begin alike, as far as both go. */
static bool begin_alike(int descriptor, const char *path)
{
    uint8_t head[2][EF_HEAD_SIZE];
    struct stat about;
    int other = ef_lineage_open(path, &about);
    if (other < 0)
        return false;
    ssize_t size = ef_read_at(descriptor, head[0], EF_HEAD_SIZE, 0);
    ssize_t there = ef_read_at(other, head[1], EF_HEAD_SIZE, 0);
    close(other);
    ssize_t both = size < there ? size : there;
    return both > 0 && memcmp(head[0], head[1], (size_t)both) == 0;
}

/* Whether an open file was unpacked from what a tail is going to read: no inode tells, and
 * nothing was read yet, but size and time are those of the packed log. */
static bool is_unpacked_for(const ef_tail *tail, const struct stat *about)
{
    struct stat own;
    return about->st_nlink == 0 && tail->input.offset == 0 && tail->descriptor >= 0 &&
           fstat(tail->descriptor, &own) == 0 && own.st_nlink == 0 &&
           own.st_size == about->st_size &&
           memcmp(&own.st_mtim, &about->st_mtim, sizeof own.st_mtim) == 0;
}

/* Whether an open file holds what some generation of a log has given, or will give; or
 * (with another errno than 0) perhaps does. */
static bool is_copy_of_any(const ef_following *f, const char *first_path, int descriptor,
                           const struct stat *about)
{
    ef_tail *at = NULL;
    while ((at = ef_roster_next_first(&f->roster, at, first_path)) != NULL)
        if (is_unpacked_for(at, about) ||
            (at->input.offset > 0 && (is_copy_of(f, at, descriptor, about) || errno != 0)))
            return true;
    return false;
}

/* Takes an open file and gives its unpacked bytes if it is packed; -1 if it is broken, or
 * (errno) cannot be read now. */
static int unpacked(const ef_following *f, const char *path, int descriptor,
                    struct stat *about)
{
    ef_error failure;
    bool is_packed = ef_packed_is(descriptor);
    int number = errno;
    if (!is_packed && number == 0)
        return descriptor;
    close(descriptor);
    if (is_packed) {
        descriptor = ef_packed_open(path, NULL, f->options.salt, f->options.unpack_folder, about, &failure);
        number = descriptor < 0 && failure.status == EF_ERR_IO ? errno : 0;
    }
    errno = number;
    return is_packed ? descriptor : -1;
}

/* A file beside a log may be a generation of it, and cannot be opened: that is told, and
 * unless we may not, it is tried again when the log is. */
static void note_closed(ef_following *f, ef_tail *old, const ef_sibling *it, int number)
{
    if (f->refused_inode != (uint64_t)it->about.st_ino)
        ef_following_tell(f, EF_NOTICE_INPUT, it->path, "cannot open it: %s",
                          strerrordesc_np(number));
    f->refused_inode = (uint64_t)it->about.st_ino;
    old->is_suspect |= number != EACCES && number != EPERM;
}

/* Opens a file beside a log if it is a generation of the log that nobody has seen. -1: it
 * is not, or *has_shifted: another file has its name by now. */
static int open_unseen(ef_following *f, ef_tail *old, const ef_sibling *it,
                       struct stat *about, bool *has_shifted)
{
    int descriptor = ef_lineage_open(it->path, about);
    bool is_it = descriptor >= 0 && about->st_ino == it->about.st_ino;
    *has_shifted = !is_it && (descriptor >= 0 || ef_is_absence(errno));
    if (is_it)
        descriptor = unpacked(f, it->path, descriptor, about);
    bool is_open = is_it && descriptor >= 0;
    if (is_open)
        errno = 0;
    bool is_seen = !is_open || ef_lineage_knows(f, descriptor, about) ||
                   is_copy_of_any(f, old->first_path, descriptor, about);
    if (is_seen && !ef_is_absence(errno))
        note_closed(f, old, it, errno);
    if (!is_seen && !f->options.is_own(f->options.user, about) &&
        !(old->input.offset == 0 && begin_alike(descriptor, old->first_path)))
        return descriptor;
    if (descriptor >= 0)
        close(descriptor);
    return -1;
}

/* Whether a file beside a log of which nothing was read is older than what stands in the
 * log: then it comes first, and the log has to be followed anew behind it. */
static bool comes_before(const ef_tail *log, const ef_sibling *it)
{
    ef_sibling own = { .path = log->path };
    return log->position == 0 && !log->is_finished && !log->is_replaced &&
           log->descriptor >= 0 && fstat(log->descriptor, &own.about) == 0 &&
           ef_sibling_is_older(it, &own);
}

/* One file beside a log: it is followed if nobody has seen it. */
static ef_status follow_unseen(ef_following *f, ef_tail *old, const ef_sibling *it,
                               bool *has_shifted)
{
    struct stat about;
    int descriptor = open_unseen(f, old, it, &about, has_shifted);
    if (descriptor < 0)
        return EF_OK;
    if (comes_before(old, it)) {
        close(descriptor);
        old->is_changed = true;
        return EF_OK;
    }
    ef_tail *tail =
        ef_tail_new(it->path, old->first_path, ef_lineage_next(f, old->first_path));
    ef_status status = ef_lineage_add(f, tail, &about, NULL);
    if (status != EF_OK) {
        close(descriptor);
        return status;
    }
    ef_following_attach(f, tail, descriptor, &about);
    tail->is_replaced = true;
    ef_lineage_put_before_unread(tail, &about.st_mtim);
    return EF_OK;
}

/* One walk through what lies beside a log, oldest first; it ends where names have shifted.
 */
static ef_status walk_beside(ef_following *f, ef_tail *old, uint64_t except,
                             bool *has_shifted)
{
    ef_siblings beside;
    struct timespec since = old->written;
    ef_status status = ef_siblings_list(&beside, old->first_path, NULL);
    *has_shifted = false;
    for (size_t i = 0; i < beside.count && status == EF_OK && !*has_shifted; i++) {
        const ef_sibling *it = &beside.items[i];
        if ((uint64_t)it->about.st_ino != except &&
            is_not_older(&it->about.st_mtim, &since))
            status = follow_unseen(f, old, it, has_shifted);
    }
    ef_siblings_release(&beside);
    return status;
}

ef_status ef_lineage_follow_between(ef_following *f, ef_tail *old, uint64_t except)
{
    bool has_shifted = true;
    ef_status status = EF_OK;
    for (int try = 0; try < TRIES && has_shifted && status == EF_OK; try++) {
        size_t known = f->roster.count;
        status = walk_beside(f, old, except, &has_shifted);
        if (f->roster.count > known) /* many are found by many walks, each gets further */
            try = 0;
    }
    return status;
}

bool ef_lineage_has_unseen(ef_following *f, ef_tail *tail)
{
    bool is_found = false, has_shifted = true;
    for (int try = 0; try < TRIES && has_shifted && !is_found; try++) {
        ef_siblings beside;
        ef_sibling own = { .path = tail->path };
        has_shifted = false;
        if ((tail->descriptor >= 0 ? fstat(tail->descriptor, &own.about)
                                   : stat(tail->path, &own.about)) != 0 ||
            ef_siblings_list(&beside, tail->first_path, NULL) != EF_OK)
            return false;
        for (size_t i = 0; i < beside.count && !is_found && !has_shifted; i++) {
            const ef_sibling *it = &beside.items[i];
            if (it->about.st_ino == own.about.st_ino || !ef_sibling_is_older(it, &own) ||
                !is_not_older(&it->about.st_mtim, &tail->written))
                continue;
            struct stat about;
            int descriptor = open_unseen(f, tail, it, &about, &has_shifted);
            is_found = descriptor >= 0;
            if (is_found)
                close(descriptor);
        }
        ef_siblings_release(&beside);
    }
    return is_found;
}
