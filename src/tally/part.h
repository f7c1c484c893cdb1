/* SPDX-License-Identifier: MIT
 * tally/part.h - a partial result: a tally as a file, with all that decides whether two of
 * them may be added up.
 *
 * Magic, version, size and checksum of the body; then the body: who scored (identity), the
 * plan, the inputs, the tally. Numbers are little-endian, of 64 bits. The same tally gives
 * the same bytes. */
#ifndef EARFUL_TALLY_PART_H
#define EARFUL_TALLY_PART_H

#include "tally/manifest.h"
#include "tally/tally.h"

enum { EF_PART_MAGIC_SIZE = 8 };

typedef struct ef_part {
    ef_plan plan;
    ef_manifest manifest;
    ef_tally tally; /* its plan is the one above: a part is not to be moved */
} ef_part;

/* Whether bytes begin like a part; EF_PART_MAGIC_SIZE of them are enough. */
bool ef_part_is(ef_slice bytes);

/* The checksum of a body. */
uint64_t ef_part_sum(ef_slice body);

/* identity: what scored the messages, as text. The tally is settled. False without memory.
 */
bool ef_part_write(ef_buffer *out, ef_slice identity, const ef_plan *plan,
                   const ef_manifest *manifest, const ef_tally *tally);

/* Reads a part. EF_ERR_FORMAT: damaged, or of another version; EF_ERR_ARGUMENT: scored by
 * something else; EF_ERR_MEMORY. The message begins with label; *part is then empty. */
ef_status ef_part_read(ef_part *part, ef_slice bytes, ef_slice identity, const char *label,
                       ef_error *error);
void ef_part_release(ef_part *part);

#endif
