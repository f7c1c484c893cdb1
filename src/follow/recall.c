/* SPDX-License-Identifier: MIT
 * follow/recall.c - finding a file again: where it was remembered, renamed, copied or
 * packed.
 *
 * What cannot be seen now is not what is gone: the former is tried again, the latter told.
 * Of which nothing was read has only an inode to be known by, and an inode may be used
 * again: it is forgotten, and found anew among what lies beside the log. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "follow/following.h"
#include "follow/siblings.h"

/* Whether what was looked for is there cannot be seen now. */
static void note_trouble(ef_tail *tail, int number)
{
    tail->trouble = number;
    tail->has_trouble = true;
}

/* Lets a tail go on in the file at path, if that is a copy of what it has read. */
static bool go_on_in(ef_following *f, ef_tail *tail, const ef_sibling *it)
{
    struct stat about;
    if (ef_roster_of(&f->roster, (uint64_t)it->about.st_dev, (uint64_t)it->about.st_ino) !=
        NULL)
        return false;
    int descriptor = ef_lineage_open_if_fits(f, tail, it->path, &about);
    if (descriptor < 0 && !ef_is_absence(errno) && errno != EACCES && errno != EPERM)
        note_trouble(tail, errno);
    if (descriptor < 0)
        descriptor = ef_lineage_unpack_if_fits(f, tail, it->path, &about);
    if (descriptor < 0)
        return false;
    if (!ef_roster_move(&f->roster, tail, it->path)) {
        note_trouble(tail, ENOMEM);
        close(descriptor);
        return false;
    }
    ef_roster_renew(&f->roster, tail, (uint64_t)about.st_dev, (uint64_t)about.st_ino);
    ef_following_attach(f, tail, descriptor, &about);
    tail->is_replaced = tail->is_unsaved = true;
    ef_following_ready(f, tail);
    return true;
}

bool ef_following_go_on_in_copy(ef_following *f, ef_tail *tail)
{
    enum { TRIES = 20 /* names may shift while we look */ };
    bool is_found = false, has_shifted = tail->input.offset > 0;
    for (int try = 0; try < TRIES && has_shifted && !is_found; try++) {
        ef_siblings beside;
        has_shifted = false;
        if (ef_siblings_look(&beside, tail->first_path, 0, NULL) != EF_OK) {
            note_trouble(tail, ENOMEM);
            return false;
        }
        if (!ef_is_absence(beside.trouble))
            note_trouble(tail, beside.trouble);
        for (size_t i = beside.count; i > 0 && !is_found; i--) {
            const ef_sibling *it = &beside.items[i - 1];
            struct stat about;
            is_found = go_on_in(f, tail, it);
            has_shifted |= stat(it->path, &about) != 0 || about.st_ino != it->about.st_ino;
        }
        ef_siblings_release(&beside);
    }
    return is_found;
}

/* Whether some other file than the tail's is seen to stand at a path. */
static bool is_other(const ef_tail *tail, const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && ((uint64_t)about.st_ino != tail->inode ||
                                       (uint64_t)about.st_dev != tail->device);
}

/* Opens a tail's file at a path, if it stands there. */
static bool find_at(ef_following *f, ef_tail *tail, const char *path)
{
    struct stat about;
    int descriptor = ef_lineage_open_if_fits(f, tail, path, &about);
    int number = errno;
    if (descriptor < 0 && !ef_is_absence(number) && !is_other(tail, path))
        note_trouble(tail, number);
    if (descriptor < 0)
        return false;
    bool is_it = (uint64_t)about.st_ino == tail->inode &&
                 (uint64_t)about.st_dev == tail->device &&
                 (strcmp(path, tail->path) == 0 || ef_roster_move(&f->roster, tail, path));
    if (is_it)
        ef_following_attach(f, tail, descriptor, &about);
    else
        close(descriptor);
    return is_it;
}

/* Opens the file of a tail wherever it stands now: at its path, or renamed beside it. */
static bool find_file(ef_following *f, ef_tail *tail)
{
    enum { TRIES = 5 /* names may shift while we look */ };
    bool is_found = find_at(f, tail, tail->path);
    for (int try = 0; try < TRIES && !is_found; try++) {
        ef_siblings beside;
        if (ef_siblings_look(&beside, tail->first_path, tail->inode, NULL) != EF_OK) {
            note_trouble(tail, ENOMEM);
            return false;
        }
        if (!ef_is_absence(beside.trouble))
            note_trouble(tail, beside.trouble);
        for (size_t i = 0; i < beside.count && !is_found; i++)
            if ((uint64_t)beside.items[i].about.st_ino == tail->inode)
                is_found = find_at(f, tail, beside.items[i].path);
        ef_siblings_release(&beside);
    }
    return is_found;
}

/* Whether nothing was read of a file, nor of what came after it. */
static bool is_ahead(const ef_following *f, const ef_tail *tail)
{
    const ef_tail *at = NULL;
    while ((at = ef_roster_next_first(&f->roster, at, tail->first_path)) != NULL)
        if (at->generation >= tail->generation && at->input.offset > 0)
            return false;
    return true;
}

static void forget(ef_following *f, ef_tail *tail)
{
    ef_following_finish(f, tail);
    tail->is_forgotten = true;
}

/* A tail's file is nowhere. If nothing was read of it, nothing is lost yet: it had only an
 * inode to be known by, and is looked for among what lies beside the log. */
static void give_up(ef_following *f, ef_tail *tail)
{
    if (is_ahead(f, tail)) {
        forget(f, tail);
        return;
    }
    f->gone_files++;
    ef_following_tell(f, EF_NOTICE_INPUT, tail->first_path,
                      "the file that was read up to byte %llu is gone: what it still held "
                      "is lost",
                      (unsigned long long)tail->input.offset);
    ef_following_finish(f, tail);
}

/* Finds a tail's file, or a copy of it. False: neither is there, or (has_trouble) that
 * cannot be seen now. */
static bool find_again(ef_following *f, ef_tail *tail)
{
    tail->has_trouble = false;
    bool is_found = find_file(f, tail);
    if (!is_found && tail->has_trouble)
        return false;
    tail->has_trouble = false;
    if (!is_found && !ef_following_go_on_in_copy(f, tail)) {
        tail->is_replaced |= !tail->has_trouble;
        return false;
    }
    if (strcmp(tail->path, tail->first_path) != 0)
        tail->is_replaced = true; /* unless an input means the new name: see is_renamed */
    return true;
}

/* What came after a file that is looked for, and was not read either, is found anew behind
 * it. */
static void forget_unread_after(ef_following *f, const ef_tail *tail)
{
    ef_tail *at = NULL;
    while ((at = ef_roster_next_first(&f->roster, at, tail->first_path)) != NULL)
        if (!at->is_finished && at->input.offset == 0 && at->generation > tail->generation)
            forget(f, at);
}

/* The file behind which a log goes on: the youngest that is not forgotten, else the oldest.
 */
static ef_tail *last_known(const ef_following *f, const char *first_path)
{
    ef_tail *at = NULL, *known = NULL;
    while ((at = ef_roster_next_first(&f->roster, at, first_path)) != NULL) {
        bool is_older = known != NULL && at->generation < known->generation;
        if (known == NULL || (at->is_forgotten ? known->is_forgotten && is_older
                                               : known->is_forgotten || !is_older))
            known = at;
    }
    return known;
}

/* The last file of a path may have been followed by others while nobody looked. */
static void catch_up(ef_following *f, ef_tail *tail)
{
    bool is_itself = !tail->is_replaced && !tail->is_finished && tail->input.offset > 0;
    if (is_itself || last_known(f, tail->first_path) != tail)
        return;
    /* Nothing was read of it: its inode alone does not say that nothing was in it before it
     * was emptied. Then it ends, and is found anew behind what lies beside it. */
    if (tail->input.offset == 0 && !tail->is_finished && ef_lineage_has_unseen(f, tail))
        ef_following_finish(f, tail);
    ef_lineage_follow_between(f, tail, 0);
}

void ef_following_catch_up(ef_following *f, size_t count)
{
    for (size_t i = 0; i < count; i++)
        catch_up(f, f->roster.items[i]);
}

bool ef_following_reopen(ef_following *f, ef_tail *tail)
{
    size_t place;
    bool was_replaced = tail->is_replaced, is_found = find_again(f, tail);
    if (!is_found && tail->has_trouble)
        return false;
    if (!is_found)
        give_up(f, tail);
    if (!was_replaced && tail->is_replaced)
        catch_up(f, last_known(f, tail->first_path));
    if (tail->is_replaced && ef_places_mean(&f->places, tail->first_path, &place))
        ef_following_offer(f, tail->first_path, place, NULL);
    return is_found;
}

/* Whether a file was last written when it is remembered to have been. */
static bool is_unwritten(const ef_tail *tail)
{
    struct stat about;
    return fstat(tail->descriptor, &about) == 0 &&
           about.st_mtim.tv_sec == tail->written.tv_sec &&
           about.st_mtim.tv_nsec / 1000000 == tail->written.tv_nsec / 1000000;
}

/* What was rotated before it was read has nothing but an inode, which may be that of a
 * later generation by now: if it was written since, it is found anew beside the log. */
static void locate(ef_following *f, ef_tail *tail)
{
    bool is_found = find_again(f, tail);
    if (is_found && is_ahead(f, tail) && ef_is_sibling(tail->first_path, tail->path) &&
        !is_unwritten(tail))
        forget(f, tail);
    else if (!is_found && !tail->has_trouble)
        give_up(f, tail);
}

void ef_following_locate(ef_following *f)
{
    /* All are found before anything new is looked for, so that nothing known seems new. */
    size_t remembered = f->roster.count;
    for (size_t i = 0; i < remembered; i++)
        if (!f->roster.items[i]->is_finished)
            locate(f, f->roster.items[i]);
    for (size_t i = 0; i < remembered; i++)
        if (f->roster.items[i]->is_forgotten)
            forget_unread_after(f, f->roster.items[i]);
    ef_following_catch_up(f, remembered);
}
