/* SPDX-License-Identifier: MIT
 * follow/rotation.c - which file is which, when logs are rotated, emptied and deleted.
 *
 * Three things happen to a log. It is renamed, and another takes its name: the old one is
 * read to its end first, and so is every generation in between that we never saw. It is
 * copied and emptied: what was not read yet is read from the copy. Or it goes: then its
 * descriptor still has the rest. All three may happen while nobody looks; inode and prints
 * (identity.h) tell afterwards.
 * Invariant: no byte is given out twice: a file begins at 0 only if neither its inode nor
 * its prints are known. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "follow/following.h"
#include "follow/siblings.h"

enum { GENERATIONS = 16 /* finished ones that are remembered for each path */ };

/* Opens a regular file without hanging at a FIFO. -1 if it cannot be, or is none. */
static int open_regular(const char *path, struct stat *about)
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
static int open_if_fits(const ef_following *f, ef_tail *tail, const char *path,
                        struct stat *about)
{
    uint8_t head[EF_HEAD_SIZE], last[EF_TAIL_SIZE];
    ef_identity identity = ef_tail_identity(tail, f->options.salt);
    int descriptor = open_regular(path, about);
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

static ef_status add(ef_following *f, ef_tail *tail, const struct stat *about,
                     ef_error *error)
{
    if (tail == NULL)
        return ef_error_memory(error);
    tail->device = (uint64_t)about->st_dev;
    tail->inode = (uint64_t)about->st_ino;
    tail->is_unsaved = true;
    ef_tail *older = ef_roster_youngest(&f->roster, tail->first_path);
    tail->older = older != NULL && !older->is_finished ? older : NULL;
    if (!ef_roster_add(&f->roster, tail)) {
        ef_tail_free(tail);
        return ef_error_memory(error);
    }
    ef_following_ready(f, tail);
    return EF_OK;
}

static uint64_t next_generation(const ef_following *f, const char *first_path)
{
    const ef_tail *youngest = ef_roster_youngest(&f->roster, first_path);
    return youngest == NULL ? 1 : youngest->generation + 1;
}

/* Forgets the oldest finished generations of a path. */
static void forget_old(ef_following *f, const ef_tail *tail)
{
    ef_tail *at = NULL;
    while ((at = ef_roster_next_first(&f->roster, at, tail->first_path)) != NULL)
        if (at->is_finished && at->generation + GENERATIONS < tail->generation)
            at->is_forgotten = at->is_unsaved = true;
}

static void finish(ef_following *f, ef_tail *tail)
{
    ef_following_close(f, tail);
    tail->is_finished = tail->is_unsaved = true;
    tail->is_timed = false;
    for (size_t i = 0; i < f->roster.count; i++)
        if (f->roster.items[i]->older == tail)
            f->roster.items[i]->older = tail->older;
    forget_old(f, tail);
}

/* --- beside a log -----------------------------------------------------------------------
 */

/* Whether the file at path is one that some tail has, or had and read. */
static bool is_known(const ef_following *f, const char *path, const struct stat *about)
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
        int descriptor = open_if_fits(f, at, path, &now);
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
    int descriptor = open_regular(path, &about);
    if (descriptor < 0)
        return false;
    size_t size = log->head_size;
    if ((uint64_t)about.st_size < size)
        size = (size_t)about.st_size;
    bool is_copy = size == (size_t)pread(descriptor, head, size, 0) &&
                   memcmp(head, log->head, size) == 0;
    close(descriptor);
    if (!is_copy || (uint64_t)about.st_size < log->input.offset)
        return is_copy;
    descriptor = open_if_fits(f, log, path, &about);
    if (descriptor >= 0)
        close(descriptor);
    return descriptor >= 0;
}

/* Whether a file that was found is a copy of a log that is followed. */
static bool is_copy(const ef_following *f, const char *path)
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
        int descriptor = open_regular(i == 0 ? path : other, &about);
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
    if (is_known(f, it->path, &it->about) || f->options.is_own(f->options.user, &it->about))
        return false;
    return old->input.offset > 0 ? !is_copy_of(f, old, it->path)
                                 : !begin_alike(it->path, old->first_path);
}

/* Follows the generations beside a log that are younger than its youngest tail and that
 * nobody has seen: they came and were rotated away while we looked elsewhere. except is the
 * inode of one that is followed anyway. */
static ef_status follow_between(ef_following *f, ef_tail *old, uint64_t except)
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
            ef_tail_new(it->path, old->first_path, next_generation(f, old->first_path));
        status = add(f, tail, &it->about, NULL);
        if (status == EF_OK)
            tail->is_replaced = true;
    }
    ef_siblings_release(&beside);
    return status;
}

/* --- a new file -------------------------------------------------------------------------
 */

/* The file at path is followed, under another path: it was renamed. */
static bool is_renamed(ef_following *f, const char *path, const struct stat *about)
{
    ef_tail *tail =
        ef_roster_of(&f->roster, (uint64_t)about->st_dev, (uint64_t)about->st_ino);
    struct stat there;
    if (tail == NULL)
        return false;
    if (tail->descriptor < 0 && !is_known(f, path, about))
        return false;
    bool still_there = !tail->is_replaced && stat(tail->path, &there) == 0 &&
                       there.st_ino == about->st_ino && there.st_dev == about->st_dev;
    if (!still_there && ef_roster_move(&f->roster, tail, path))
        tail->is_replaced = false;
    ef_following_ready(f, tail);
    return true;
}

/* Where a new tail begins. */
static void choose_start(ef_following *f, ef_tail *tail, const struct stat *about,
                         size_t place)
{
    const ef_following_options *options = &f->options;
    ef_start_at start = options->start;
    bool is_old = options->is_old_input(options->user, f->places.items[place].input);
    if (start == EF_START_DEFAULT)
        start = options->is_once ? EF_START_BEGIN : EF_START_END;
    if (f->is_begun || tail->generation > 1 || is_old)
        return;
    tail->history_end = start == EF_START_BEGIN ? (uint64_t)about->st_size : 0;
    if (start != EF_START_BEGIN)
        ef_tail_seek_end(tail, (uint64_t)about->st_size,
                         start == EF_START_LAST ? options->last_lines : 0);
}

/* Opens what an input means, if it is to be followed. -1: it is not, or not now. */
static int open_offer(ef_following *f, const char *path, struct stat *about)
{
    int descriptor = open_regular(path, about);
    if (descriptor < 0) {
        bool is_new = stat(path, about) == 0 && S_ISREG(about->st_mode) &&
                      f->refused_inode != (uint64_t)about->st_ino;
        if (is_new)
            ef_following_tell(f, EF_NOTICE_INPUT, path, "cannot open it: %s",
                              strerrordesc_np(errno));
        if (is_new)
            f->refused_inode = (uint64_t)about->st_ino;
        return -1; /* the next look tries again */
    }
    if (!f->options.is_own(f->options.user, about) && !is_renamed(f, path, about) &&
        !is_copy(f, path))
        return descriptor;
    close(descriptor);
    return -1;
}

ef_status ef_following_offer(ef_following *f, const char *path, size_t place,
                             ef_error *error)
{
    struct stat about, link;
    int descriptor = open_offer(f, path, &about);
    if (descriptor < 0)
        return EF_OK;
    /* Now that it is open, whatever stood at its path before has another name. */
    ef_tail *before = ef_roster_youngest(&f->roster, path);
    ef_status status =
        before == NULL ? EF_OK : follow_between(f, before, (uint64_t)about.st_ino);
    if (lstat(path, &link) == 0 && S_ISLNK(link.st_mode))
        ef_watch_add(f->watch, path, true);
    ef_tail *tail = ef_tail_new(path, path, next_generation(f, path));
    if (status == EF_OK)
        status = add(f, tail, &about, error);
    else
        ef_tail_free(tail);
    if (status != EF_OK) {
        close(descriptor);
        return status;
    }
    ef_following_attach(f, tail, descriptor, &about);
    choose_start(f, tail, &about, place);
    return EF_OK;
}

/* --- the end of a tail ------------------------------------------------------------------
 */

/* Another file, or none, stands at the path now. */
static void replace(ef_following *f, ef_tail *tail)
{
    size_t place;
    tail->is_replaced = true;
    ef_following_ready(f, tail); /* what came before the change comes before the new file */
    if (f->options.is_once)
        return;
    if (ef_places_mean(&f->places, tail->path, &place))
        ef_following_offer(f, tail->path, place, NULL);
}

/* Whether a file that took the place has something in it. */
static bool has_successor(const ef_following *f, const ef_tail *tail)
{
    const ef_tail *youngest = ef_roster_youngest(&f->roster, tail->first_path);
    return youngest != tail &&
           (youngest->position > 0 || youngest->is_finished || youngest->is_replaced);
}

bool ef_following_look(ef_following *f, ef_tail *tail, int64_t now_ms)
{
    struct stat about, there;
    if (tail->descriptor < 0 || fstat(tail->descriptor, &about) != 0)
        return false;
    tail->seen_size = (uint64_t)about.st_size;
    tail->seen_change = about.st_ctim;
    tail->written = about.st_mtim;
    if (tail->seen_size > tail->position && tail->layout != NULL) {
        ef_following_ready(f, tail); /* it grew meanwhile */
        return false;
    }
    if (!tail->is_replaced) {
        bool stands = stat(tail->path, &there) == 0 && there.st_ino == about.st_ino &&
                      there.st_dev == about.st_dev;
        if (!stands)
            replace(f, tail);
        return false;
    }
    return now_ms - tail->grown_ms >= f->options.grace_ms &&
           (about.st_nlink == 0 || has_successor(f, tail));
}

/* --- a file that changed ----------------------------------------------------------------
 */

/* Lets a tail go on in a copy of what it has read. False: there is none. */
static bool go_on_in_copy(ef_following *f, ef_tail *tail)
{
    ef_siblings beside;
    bool is_found = false;
    if (tail->input.offset == 0 ||
        ef_siblings_list(&beside, tail->first_path, 0, NULL) != EF_OK)
        return false;
    for (size_t i = beside.count; i > 0 && !is_found; i--) {
        struct stat about;
        const ef_sibling *it = &beside.items[i - 1];
        if (ef_roster_of(&f->roster, (uint64_t)it->about.st_dev,
                         (uint64_t)it->about.st_ino) != NULL)
            continue;
        int descriptor = open_if_fits(f, tail, it->path, &about);
        if (descriptor < 0)
            continue;
        is_found = ef_roster_move(&f->roster, tail, it->path);
        ef_roster_renew(&f->roster, tail, (uint64_t)about.st_dev, (uint64_t)about.st_ino);
        ef_following_attach(f, tail, descriptor, &about);
        tail->is_replaced = tail->is_unsaved = true;
        ef_following_ready(f, tail);
    }
    ef_siblings_release(&beside);
    return is_found;
}

/* What is known to have been there and was not given out is lost. */
static void lose(ef_following *f, ef_tail *tail, const char *how)
{
    uint64_t end = tail->seen_size > tail->position ? tail->seen_size : tail->position;
    uint64_t lost = end - tail->input.offset;
    f->lost_bytes += lost;
    if (lost > 0)
        ef_following_tell(f, EF_NOTICE_INPUT, tail->first_path,
                          "%s: %llu bytes that were not read are lost", how,
                          (unsigned long long)lost);
}

void ef_following_end(ef_following *f, ef_tail *tail)
{
    lose(f, tail, "it has ended");
    finish(f, tail);
}

bool ef_following_restart(ef_following *f, ef_tail *tail)
{
    struct stat about;
    int descriptor = dup(tail->descriptor);
    bool stands = !tail->is_replaced;
    ef_tail *anew =
        ef_tail_new(tail->path, tail->first_path, next_generation(f, tail->first_path));
    if (descriptor < 0 || anew == NULL || fstat(descriptor, &about) != 0) {
        ef_tail_free(anew);
        if (descriptor >= 0)
            close(descriptor);
        return false;
    }
    f->truncated++;
    tail->is_changed = false;
    uint64_t position = tail->position;
    ef_following_close(f, tail);
    if (!go_on_in_copy(f, tail)) {
        tail->position = position;
        lose(f, tail, "it was emptied");
        finish(f, tail);
    }
    if (add(f, anew, &about, NULL) != EF_OK) {
        close(descriptor);
        return false;
    }
    ef_following_attach(f, anew, descriptor, &about);
    anew->is_replaced = !stands;
    return true;
}

/* --- finding again ----------------------------------------------------------------------
 */

/* Opens the file of a tail wherever it stands now: at its path, or renamed beside it. */
static bool find_file(ef_following *f, ef_tail *tail)
{
    struct stat about;
    int descriptor = open_if_fits(f, tail, tail->path, &about);
    if (descriptor >= 0 && (uint64_t)about.st_ino == tail->inode &&
        (uint64_t)about.st_dev == tail->device) {
        ef_following_attach(f, tail, descriptor, &about);
        return true;
    }
    if (descriptor >= 0)
        close(descriptor);
    ef_siblings beside;
    bool is_found = false;
    if (ef_siblings_list(&beside, tail->first_path, tail->inode, NULL) != EF_OK)
        return false;
    for (size_t i = 0; i < beside.count && !is_found; i++) {
        if ((uint64_t)beside.items[i].about.st_ino != tail->inode ||
            (uint64_t)beside.items[i].about.st_dev != tail->device)
            continue;
        descriptor = open_if_fits(f, tail, beside.items[i].path, &about);
        is_found =
            descriptor >= 0 && ef_roster_move(&f->roster, tail, beside.items[i].path);
        if (is_found)
            ef_following_attach(f, tail, descriptor, &about);
        else if (descriptor >= 0)
            close(descriptor);
    }
    ef_siblings_release(&beside);
    return is_found;
}

static void give_up(ef_following *f, ef_tail *tail)
{
    ef_following_tell(f, EF_NOTICE_INPUT, tail->first_path,
                      "the file that was read up to byte %llu is gone: what it still held "
                      "is lost",
                      (unsigned long long)tail->input.offset);
    finish(f, tail);
}

/* Finds a tail's file, or a copy of it. False: neither is there. */
static bool find_again(ef_following *f, ef_tail *tail)
{
    if (!find_file(f, tail) && !go_on_in_copy(f, tail)) {
        tail->is_replaced = true;
        return false;
    }
    if (strcmp(tail->path, tail->first_path) != 0)
        tail->is_replaced = true; /* unless an input means the new name: see is_renamed */
    return true;
}

/* Whether something beside a log of which nothing was read may have stood in it. */
static bool has_unseen(const ef_following *f, ef_tail *tail)
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

/* The youngest file of a path may have been followed by others while nobody looked. */
static void catch_up(ef_following *f, ef_tail *tail)
{
    if (ef_roster_youngest(&f->roster, tail->first_path) != tail)
        return;
    bool is_untouched = !tail->is_replaced && tail->input.offset == 0 && !tail->is_finished;
    if (is_untouched) {
        /* Nothing was read of it: its inode alone does not say that nothing was in it
         * before it was emptied. It ends, and is found anew behind what lies beside it. */
        ef_following_close(f, tail);
        if (!has_unseen(f, tail))
            return;
        finish(f, tail);
    }
    follow_between(f, tail, 0);
}

bool ef_following_reopen(ef_following *f, ef_tail *tail)
{
    size_t place;
    bool was_replaced = tail->is_replaced, is_found = find_again(f, tail);
    if (!is_found)
        give_up(f, tail);
    if (!was_replaced && tail->is_replaced)
        catch_up(f, tail);
    if (tail->is_replaced && ef_places_mean(&f->places, tail->first_path, &place))
        ef_following_offer(f, tail->first_path, place, NULL);
    return is_found;
}

void ef_following_locate(ef_following *f)
{
    /* All are found before anything new is looked for, so that nothing known seems new. */
    size_t remembered = f->roster.count;
    for (size_t i = 0; i < remembered; i++)
        if (!f->roster.items[i]->is_finished && !find_again(f, f->roster.items[i]))
            give_up(f, f->roster.items[i]);
    for (size_t i = 0; i < remembered; i++)
        catch_up(f, f->roster.items[i]);
}
