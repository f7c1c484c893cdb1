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

/* Forgets the oldest finished generations of a path. */
static void forget_old(ef_following *f, const ef_tail *tail)
{
    ef_tail *at = NULL;
    while ((at = ef_roster_next_first(&f->roster, at, tail->first_path)) != NULL)
        if (at->is_finished && at->generation + GENERATIONS < tail->generation)
            at->is_forgotten = at->is_unsaved = true;
}

void ef_following_finish(ef_following *f, ef_tail *tail)
{
    ef_following_close(f, tail);
    tail->is_finished = tail->is_unsaved = true;
    tail->is_timed = false;
    for (size_t i = 0; i < f->roster.count; i++)
        if (f->roster.items[i]->older == tail)
            f->roster.items[i]->older = tail->older;
    forget_old(f, tail);
}

/* --- a new file -------------------------------------------------------------------------
 */

/* The file at path is followed, under another path: it was renamed. */
static bool is_renamed(ef_following *f, const char *path, int descriptor,
                       const struct stat *about)
{
    ef_tail *tail =
        ef_roster_of(&f->roster, (uint64_t)about->st_dev, (uint64_t)about->st_ino);
    struct stat there;
    if (tail == NULL)
        return false;
    if (tail->descriptor < 0 && !ef_lineage_knows(f, descriptor, about))
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
    /* What is read once is all there is: it is judged. */
    if (start == EF_START_BEGIN && !options->is_once)
        tail->history_end = (uint64_t)about->st_size;
    if (start != EF_START_BEGIN)
        ef_tail_seek_end(tail, (uint64_t)about->st_size,
                         start == EF_START_LAST ? options->last_lines : 0);
}

/* Opens what an input means, if it is to be followed. -1: it is not, or not now. */
static int open_offer(ef_following *f, const char *path, struct stat *about)
{
    int descriptor = ef_lineage_open(path, about);
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
    if (!f->options.is_own(f->options.user, about) &&
        !is_renamed(f, path, descriptor, about) &&
        !ef_lineage_is_copy(f, path, descriptor, about))
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
    ef_status status = before == NULL
                           ? EF_OK
                           : ef_lineage_follow_between(f, before, (uint64_t)about.st_ino);
    if (lstat(path, &link) == 0 && S_ISLNK(link.st_mode))
        ef_watch_add(f->watch, path, true);
    ef_tail *tail = ef_tail_new(path, path, ef_lineage_next(f, path));
    if (status == EF_OK)
        status = ef_lineage_add(f, tail, &about, error);
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
    /* Only of what was read: else what came and went meanwhile would seem older. */
    if (tail->seen_size == tail->position && tail->position > 0)
        tail->written = about.st_mtim;
    if (tail->seen_size < tail->position) { /* emptied since it was read */
        tail->is_changed = true;
        ef_following_ready(f, tail);
        return false;
    }
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
    ef_following_finish(f, tail);
}

ef_status ef_following_look_beside(ef_following *f, ef_tail *tail)
{
    tail->is_suspect = false;
    if (ef_roster_youngest(&f->roster, tail->first_path) != tail)
        return EF_OK;
    /* What was written, copied and emptied before anything was read leaves no other trace.
     */
    if (!tail->is_finished && tail->position == 0 && ef_lineage_has_unseen(f, tail)) {
        tail->is_changed = true;
        return EF_OK;
    }
    return ef_lineage_follow_between(f, tail, 0);
}

/* Follows what stands in an emptied file from its beginning; takes the descriptor over. */
static bool follow_anew(ef_following *f, const ef_tail *old, const char *path,
                        int descriptor, const struct stat *about, bool stands)
{
    ef_tail *anew = ef_tail_new(path, old->first_path, ef_lineage_next(f, old->first_path));
    if (ef_lineage_add(f, anew, about, NULL) != EF_OK) {
        close(descriptor);
        return false;
    }
    ef_following_attach(f, anew, descriptor, about);
    anew->is_replaced = !stands;
    if (!stands)
        ef_lineage_put_before_unread(anew, &about->st_mtim);
    return true;
}

bool ef_following_restart(ef_following *f, ef_tail *tail)
{
    struct stat about, there;
    int descriptor = dup(tail->descriptor);
    uint64_t position = tail->position;
    char *path = strdup(tail->path); /* the tail may move to a copy */
    if (descriptor < 0 || path == NULL || fstat(descriptor, &about) != 0) {
        free(path);
        return false;
    }
    bool stands = !tail->is_replaced && stat(path, &there) == 0 &&
                  there.st_ino == about.st_ino && there.st_dev == about.st_dev;
    f->truncated++;
    tail->is_changed = false;
    ef_following_close(f, tail);
    bool goes_on = ef_following_go_on_in_copy(f, tail);
    tail->has_trouble = false;
    if (!goes_on) {
        tail->position = position;
        lose(f, tail, "it was emptied");
        ef_following_finish(f, tail);
    }
    /* What was filled and emptied since then lies beside it, too; and so does the file
     * itself, in its place among the others, if it was renamed since then. */
    bool is_good =
        ef_lineage_follow_between(f, tail, stands ? (uint64_t)about.st_ino : 0) == EF_OK;
    bool is_found =
        ef_roster_of(&f->roster, (uint64_t)about.st_dev, (uint64_t)about.st_ino) != NULL;
    if (is_good && (stands || !is_found))
        is_good = follow_anew(f, tail, path, descriptor, &about, stands);
    else
        close(descriptor);
    free(path);
    return is_good;
}
