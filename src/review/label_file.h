/* SPDX-License-Identifier: MIT
 * review/label_file.h - the file of labels: an answer is on the disk, or was never given.
 *
 * A row is one write at the end, followed by a wait for the disk. A row of which a crash
 * left only a part is cut off when the file is opened again: its text is asked anew. One
 * process at a time has the file. */
#ifndef EARFUL_REVIEW_LABEL_FILE_H
#define EARFUL_REVIEW_LABEL_FILE_H

#include "review/label_row.h"

typedef struct ef_label_file {
    int descriptor;   /* -1: not open */
    const char *path; /* the caller's */
    uint64_t size;    /* of whole rows */
    bool is_new;      /* it was not there: it goes again if nothing is written */
    bool was_cut;     /* the last row was not whole */
    ef_buffer row;
    ef_buffer ends; /* uint64_t: sizes before each row of this time, for taking back */
} ef_label_file;

/* Called for every row, in order. Slices live as long as the call. EF_OK goes on. */
typedef ef_status ef_label_row_fn(void *user, const ef_label_row *row, ef_error *error);

/* Opens or makes the file, gives every row it holds to found, and cuts off a last one that
 * is not whole. Fails with EF_ERR_IO (another process has it, too), EF_ERR_FORMAT (it is no
 * labels file: it stays as it is), EF_ERR_LIMIT, EF_ERR_MEMORY, or as found does. */
ef_status ef_label_file_open(ef_label_file *file, const char *path, ef_label_row_fn *found,
                             void *user, ef_error *error);
void ef_label_file_close(ef_label_file *file);

/* On failure the file is as it was. */
ef_status ef_label_file_append(ef_label_file *file, const ef_label_row *row,
                               ef_error *error);
/* Takes the last row away that was appended this time. EF_END: there is none. */
ef_status ef_label_file_take_back(ef_label_file *file, ef_error *error);

/* Only reads; a last row that is not whole is passed by. */
ef_status ef_label_file_read(const char *path, ef_label_row_fn *found, void *user,
                             ef_error *error);

#endif
