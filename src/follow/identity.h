/* SPDX-License-Identifier: MIT
 * follow/identity.h - how a growing file is known again: inode and two prints.
 *
 * A path says where to look, an inode may be used again, and a file may be emptied and
 * filled anew behind our back. So a file is the one we know if device and inode fit, the
 * hash of its first bytes fits, and the hash of the last bytes before the place up to which
 * it was read fits. Nothing of it goes into the id of a record. */
#ifndef EARFUL_FOLLOW_IDENTITY_H
#define EARFUL_FOLLOW_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

/* What the prints cover at most: enough that two logs with one banner differ in the tail.
 */
enum { EF_HEAD_SIZE = 1024, EF_TAIL_SIZE = 64 };

typedef struct ef_identity {
    uint64_t device, inode;
    uint64_t offset; /* up to which it was read */
    uint64_t head_size, head;
    uint64_t tail_size, tail; /* the bytes right before offset */
} ef_identity;

/* Keyed, so that what is stored tells nothing of the text. */
uint64_t ef_print(uint64_t salt, const uint8_t *bytes, uint64_t size);

/* Whether what the open file holds now begins and goes on as identity says, whatever its
 * inode. *about is what fstat said. head and tail get the bytes that were compared. False
 * with errno 0: it does not; with another errno: it cannot be read now. */
bool ef_identity_fits(const ef_identity *identity, uint64_t salt, int descriptor,
                      const struct stat *about, uint8_t head[EF_HEAD_SIZE],
                      uint8_t tail[EF_TAIL_SIZE]);

/* Reads size bytes at offset, less where the file ends. -1: errno says why not. */
ssize_t ef_read_at(int descriptor, uint8_t *bytes, size_t size, uint64_t offset);

/* Whether errno says that there is no file, and not that it cannot be seen now. */
bool ef_is_absence(int number);

static inline bool ef_identity_is_at(const ef_identity *identity, const struct stat *about)
{
    return identity->device == (uint64_t)about->st_dev &&
           identity->inode == (uint64_t)about->st_ino;
}

#endif
