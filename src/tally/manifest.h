/* SPDX-License-Identifier: MIT
 * tally/manifest.h - which inputs a tally has counted, so that none is counted twice.
 *
 * An input is known by its first bytes and its size, not by its name: a file may have been
 * copied, renamed or packed. Sizes and prints are of what was read once it was unpacked. */
#ifndef EARFUL_TALLY_MANIFEST_H
#define EARFUL_TALLY_MANIFEST_H

#include "aggregate/pack.h"

enum { EF_HEAD_BYTES = 4096 }; /* two exports that share so many are one that has grown */

typedef struct ef_counted_input {
    size_t label, label_size; /* in the manifest's labels */
    uint64_t size;            /* bytes of its records */
    uint64_t head;            /* print of the first EF_HEAD_BYTES of them */
} ef_counted_input;

/* Zero-initialise. */
typedef struct ef_manifest {
    ef_counted_input *items;
    size_t count, room;
    ef_buffer labels, head; /* head: the first bytes of the input that is being read */
} ef_manifest;

void ef_manifest_release(ef_manifest *manifest);

/* An input begins; its bytes follow. False without memory. */
bool ef_manifest_begin(ef_manifest *manifest, const char *label);
bool ef_manifest_bytes(ef_manifest *manifest, ef_slice bytes);
/* No more bytes follow. */
void ef_manifest_end(ef_manifest *manifest);

ef_slice ef_manifest_label(const ef_manifest *manifest, size_t index);

/* Looks for an input that both have counted: is_found says whether there is one, found
 * which it is in each. False without memory. */
bool ef_manifest_overlap(const ef_manifest *one, const ef_manifest *two, size_t found[2],
                         bool *is_found);
/* How many inputs of a manifest stand in it before. False without memory. */
bool ef_manifest_repeated(const ef_manifest *manifest, size_t *repeated);

bool ef_manifest_merge(ef_manifest *manifest, const ef_manifest *more);
/* By label, then by print: in which order they were read does not show. */
void ef_manifest_sort(ef_manifest *manifest);

bool ef_manifest_save(const ef_manifest *manifest, ef_buffer *out);
bool ef_manifest_load(ef_manifest *manifest, ef_unpack *in);

#endif
