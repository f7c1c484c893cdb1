/* SPDX-License-Identifier: MIT
 * follow/identity.c - how a growing file is known again: inode and two prints. */
#include "follow/identity.h"

#include <errno.h>
#include <unistd.h>

#include "base/hash.h"

uint64_t ef_print(uint64_t salt, const uint8_t *bytes, uint64_t size)
{
    return size == 0 ? 0 : ef_hash_combine(salt, ef_hash_bytes(bytes, (size_t)size));
}

bool ef_is_absence(int number)
{
    return number == 0 || number == ENOENT || number == ENOTDIR || number == ELOOP ||
           number == EINVAL || number == ENXIO || number == ENAMETOOLONG;
}

/* An answer, and no failure to get one. */
static bool does_not(void)
{
    errno = 0;
    return false;
}

/* A read may bring less than there is, from disks of other machines too: a file would seem
 * to be another one. */
ssize_t ef_read_at(int descriptor, uint8_t *bytes, size_t size, uint64_t offset)
{
    size_t at = 0;
    while (at < size) {
        ssize_t got = pread(descriptor, bytes + at, size - at, (off_t)(offset + at));
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return -1;
        if (got < 0)
            errno = 0; /* for who takes it for an answer */
        at += got > 0 ? (size_t)got : 0;
    }
    return (ssize_t)at;
}

/* True when all size bytes at offset could be read. */
static bool read_all(int descriptor, uint8_t *bytes, uint64_t size, uint64_t offset)
{
    ssize_t got = ef_read_at(descriptor, bytes, (size_t)size, offset);
    return got == (ssize_t)size || (got >= 0 && does_not());
}

bool ef_identity_fits(const ef_identity *identity, uint64_t salt, int descriptor,
                      const struct stat *about, uint8_t head[EF_HEAD_SIZE],
                      uint8_t tail[EF_TAIL_SIZE])
{
    if (identity->head_size > EF_HEAD_SIZE || identity->tail_size > EF_TAIL_SIZE ||
        identity->tail_size > identity->offset ||
        (uint64_t)about->st_size < identity->offset)
        return does_not();
    if (!read_all(descriptor, head, identity->head_size, 0) ||
        !read_all(descriptor, tail, identity->tail_size,
                  identity->offset - identity->tail_size))
        return false;
    return (ef_print(salt, head, identity->head_size) == identity->head &&
            ef_print(salt, tail, identity->tail_size) == identity->tail) ||
           does_not();
}
