/* SPDX-License-Identifier: MIT
 * pipeline/output.h - where the bytes go: standard output, or a file that appears whole.
 *
 * A regular file is written beside its final name and renamed at the end, so that whoever
 * looks sees the old file or the whole new one. Devices and FIFOs are written as they
 * are. A pipe whose reader went away is no failure: is_closed says so. */
#ifndef EARFUL_PIPELINE_OUTPUT_H
#define EARFUL_PIPELINE_OUTPUT_H

#include <stdbool.h>

#include "earful/slice.h"
#include "earful/status.h"
#include "report/shown.h"

typedef struct ef_output {
    int descriptor;      /* -1: not open */
    char *path;          /* final name, links resolved; NULL for standard output */
    char *beside;        /* name while writing; NULL when there is nothing to rename */
    const char *label;   /* as the user named it; the caller's */
    bool is_closed;      /* EPIPE: nothing more will be written */
    uint64_t written;
    bool is_shown;       /* it is a terminal that gets bytes as `shown` says */
    ef_shown shown;
    ef_buffer seen;      /* what it gets of one write */
} ef_output;

/* Opens path for writing; NULL or "-" is standard output. Fails with EF_ERR_IO. */
ef_status ef_output_open(ef_output *output, const char *path, ef_error *error);

/* Should the output be a terminal, it will not obey what is written. */
void ef_output_show(ef_output *output, ef_shown shown);

/* Writes all of bytes, whole characters of a terminal. EF_OK also if the reader went away, see is_closed. */
ef_status ef_output_write(ef_output *output, ef_slice bytes, ef_error *error);

/* Closes the output and gives the file its final name. On failure there is no new file. */
ef_status ef_output_finish(ef_output *output, ef_error *error);

/* Closes without a result: what was written beside is removed. Fine after finish. */
void ef_output_discard(ef_output *output);

#endif
