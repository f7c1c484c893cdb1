/* SPDX-License-Identifier: MIT
 * score/language.h - a language pack: a folder with a lexicon and a model. */
#ifndef EARFUL_SCORE_LANGUAGE_H
#define EARFUL_SCORE_LANGUAGE_H

#include "earful/status.h"
#include "lexicon/lexicon_build.h"

/* Adds one lexicon file. */
ef_status ef_lexicon_file_add(ef_lexicon_builder *builder, const char *path,
                              ef_error *error);

/* Adds all lexicon files of a pack, in the order of their names. EF_ERR_IO when there is no
 * folder or no file whose name ends in .tsv. */
ef_status ef_language_lexicon(ef_lexicon_builder *builder, const char *folder,
                              ef_error *error);

/* Appends the path of a pack's model to *path. False without memory. */
bool ef_language_model(const char *folder, ef_buffer *path);

/* Appends what a file holds to *bytes; at most 256 MiB. */
ef_status ef_lexicon_file_read(const char *path, ef_buffer *bytes, ef_error *error);

#endif
