/* SPDX-License-Identifier: MIT
 * pipeline/part_files.h - partial results among the inputs of a report. */
#ifndef EARFUL_PIPELINE_PART_FILES_H
#define EARFUL_PIPELINE_PART_FILES_H

#include "tally/part.h"

/* Whether the file at path begins like a partial result. */
bool ef_part_file_is(const char *path);

/* Whether path is a folder with a partial result in it, which walking would read as text. */
bool ef_part_file_is_in(const char *path);

/* Makes the plan that a partial result was counted by. Wishes that say something else are
 * refused: what is counted cannot be counted in another way. */
ef_status ef_part_files_plan(ef_plan *plan, const char *path, ef_slice identity,
                             const ef_plan_wishes *wishes, ef_error *error);

/* Adds a partial result. EF_ERR_ARGUMENT if it was counted by another plan, or has counted
 * an input that is in the manifest. */
ef_status ef_part_files_add(ef_tally *tally, ef_manifest *manifest, const char *path,
                            ef_slice identity, ef_error *error);

/* Adds the inputs of one more source to a manifest, unless they were counted before. path
 * names a partial result; NULL: they are inputs of this report. */
ef_status ef_part_files_join(ef_manifest *manifest, const ef_manifest *more,
                             const char *path, ef_error *error);

#endif
