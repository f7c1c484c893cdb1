/* SPDX-License-Identifier: MIT
 * follow/following.h - what source_follow.c (the stream), rotation.c (which file is which)
 * and recall.c (where it is now) share. */
#ifndef EARFUL_FOLLOW_FOLLOWING_H
#define EARFUL_FOLLOW_FOLLOWING_H

#include "follow/places.h"
#include "follow/roster.h"
#include "follow/source_follow.h"
#include "follow/watch.h"

typedef struct ef_zone ef_zone;

struct ef_following {
    ef_following_options options;
    ef_reader_options reader; /* with defaults filled in */
    ef_zone *zone;
    const ef_kernels *kernels;
    ef_places places;
    ef_watch *watch;
    ef_roster roster;
    ef_tail *first_ready, *last_ready; /* the queue */
    ef_tail *least_used, *most_used;   /* those with a descriptor */
    size_t open;
    ef_tail *piped;    /* of standard input; NULL: it is not followed */
    ef_buffer spare;   /* to read into */
    ef_buffer path;    /* of the news at hand */
    ef_status failure; /* of the news at hand */
    int64_t look_ms, timer_ms;
    bool is_begun;   /* what is found from now on is new */
    bool must_scan;  /* a folder came, or news were lost */
    bool is_stirred; /* something happened to a name that nobody has */
    bool is_blind;   /* somewhere nobody tells us anything */
    bool is_limited; /* … because there are too many watches: that was told */
    uint64_t truncated, lost_bytes, gone_files;
    uint64_t guess;         /* hash of the last guess that was told */
    uint64_t refused_inode; /* of the last file that could not be opened */
};

/* --- source_follow.c --- */

/* Puts a tail into the queue. */
void ef_following_ready(ef_following *following, ef_tail *tail);
/* Gives a tail a descriptor; closes others if there are too many. */
void ef_following_attach(ef_following *following, ef_tail *tail, int descriptor,
                         const struct stat *about);
void ef_following_close(ef_following *following, ef_tail *tail);
/* A notice: "path: …". */
void ef_following_tell(ef_following *following, ef_notice_kind kind, const char *path,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Walks through the inputs and offers what is found. EF_ERR_MEMORY only. */
ef_status ef_following_scan(ef_following *following, ef_error *error);

/* --- rotation.c --- */

/* A file that an input means was found at path: follows it, unless it is followed, or ours,
 * or a copy of what was read. EF_ERR_MEMORY only. */
ef_status ef_following_offer(ef_following *following, const char *path, size_t place,
                             ef_error *error);
/* At the end of a tail: compares it with what stands at its path now. True when it has been
 * replaced and no more can come: what waits in it is all there will be. */
bool ef_following_look(ef_following *following, ef_tail *tail, int64_t now_ms);
/* The file is not any more what was read: it is followed anew from its beginning, and what
 * was not read of the old one is looked for in a copy beside it. False without memory. */
bool ef_following_restart(ef_following *following, ef_tail *tail);
/* Something came to lie beside a log: a generation that nobody has seen, perhaps. */
ef_status ef_following_look_beside(ef_following *following, ef_tail *tail);
/* A tail has ended; what it still held is lost. */
void ef_following_end(ef_following *following, ef_tail *tail);
/* … and nothing of it is told. */
void ef_following_finish(ef_following *following, ef_tail *tail);

/* --- recall.c --- */

/* Opens a tail again that was closed to save descriptors. False: not now (has_trouble), or
 * never. */
bool ef_following_reopen(ef_following *following, ef_tail *tail);
/* Lets a tail go on in a copy of what it has read. False: there is none. */
bool ef_following_go_on_in_copy(ef_following *following, ef_tail *tail);
/* Looks for what came to stand at the paths of the first tails while nobody looked. */
void ef_following_catch_up(ef_following *following, size_t count);
/* Finds the files of all tails that were remembered. */
void ef_following_locate(ef_following *following);

/* --- lineage.c --- */

/* Opens a regular file without hanging at a FIFO. -1 if it cannot be, or is none (EINVAL).
 */
int ef_lineage_open(const char *path, struct stat *about);
/* Opens path if it holds what a tail has read, whatever its inode: then reading can go on
 * there. -1 with errno 0 if it does not, with another errno if that cannot be seen. */
int ef_lineage_open_if_fits(const ef_following *following, ef_tail *tail, const char *path,
                            struct stat *about);
/* The same of a packed file: the descriptor is of its unpacked bytes. */
int ef_lineage_unpack_if_fits(ef_following *following, ef_tail *tail, const char *path,
                              struct stat *about);
/* Takes over a new tail of the file that *about describes, also on failure. */
ef_status ef_lineage_add(ef_following *following, ef_tail *tail, const struct stat *about,
                         ef_error *error);
/* A file that lost its name, and was last written then, comes before what was written after
 * it and not read yet. */
void ef_lineage_put_before_unread(ef_tail *tail, const struct timespec *written);
/* The number of the next file at a path. */
uint64_t ef_lineage_next(const ef_following *following, const char *first_path);
/* Whether an open file is one that some tail has, or had and read; or (with another errno
 * than 0) perhaps is. */
bool ef_lineage_knows(const ef_following *following, int descriptor,
                      const struct stat *about);
/* Whether a file that was found is a copy of a log that is followed, or becomes one. */
bool ef_lineage_is_copy(const ef_following *following, const char *path, int descriptor,
                        const struct stat *about);
/* Follows the generations beside a log that are younger than its youngest tail and that
 * nobody has seen. except is the inode of one that is followed anyway. */
ef_status ef_lineage_follow_between(ef_following *following, ef_tail *youngest,
                                    uint64_t except);
/* Whether there are such that are older than what now stands in a log of which nothing was
 * read: it was filled, copied and emptied. */
bool ef_lineage_has_unseen(ef_following *following, ef_tail *tail);

#endif
