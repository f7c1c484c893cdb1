/* SPDX-License-Identifier: MIT
 * follow/packed.h - generations of a log that were packed while nobody looked.
 *
 * A packed log does not grow, so it is unpacked into a file without a name, and reading
 * goes on there as in any other. Of what was read before only the ends are kept: the rest
 * is a hole. */
#ifndef EARFUL_FOLLOW_PACKED_H
#define EARFUL_FOLLOW_PACKED_H

#include "earful/status.h"
#include "follow/identity.h"

/* Whether an open file is packed in a way that we undo (gzip, …). False with errno 0: it is
 * not; with another errno: it cannot be read now. */
bool ef_packed_is(int descriptor);

/* Unpacks the file at path, into the folder, if it begins as identity says; NULL: whatever it holds. *about
 * then describes a file of the unpacked bytes, with the times of the packed one; whether
 * the rest fits, too, is for the caller to see. -1: it is not packed, or begins otherwise
 * (the error's message is empty); it is damaged; or (EF_ERR_IO, with errno) it cannot be
 * unpacked now. */
int ef_packed_open(const char *path, const ef_identity *identity, uint64_t salt,
                   const char *folder, struct stat *about, ef_error *error);

#endif
