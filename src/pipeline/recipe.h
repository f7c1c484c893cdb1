/* SPDX-License-Identifier: MIT
 * pipeline/recipe.h - a list of labelled files, and how to read their labels.
 *
 * A recipe is TSV, one file a line: path below the data folder, family, labels, weight.
 *
 *     hatn_books.all.tsv    amazon    neg=negative pos=positive    1
 *     stars.tsv             shop      1=negative 2=negative 5=positive
 *     more.tsv              shop      *=words
 *
 * A label is `old=new`, new one of negative, neutral, positive, words (only the vocabulary
 * is learnt) and foreign (another language); `*` stands for any. Rows with other labels are
 * left out. The weight is 0.01 to 100, 1 if it is missing. # begins a comment. The files
 * are label TAB text, one row a line, ended by LF, without quotes. */
#ifndef EARFUL_PIPELINE_RECIPE_H
#define EARFUL_PIPELINE_RECIPE_H

#include "pipeline/texts.h"

/* Reads all texts of a recipe. folder NULL: the paths are used as they are. Fails with
 * EF_ERR_IO, EF_ERR_FORMAT (error names file and line) or EF_ERR_MEMORY. */
ef_status ef_recipe_read(ef_texts *texts, const char *recipe_path, const char *folder,
                         ef_error *error);

#endif
