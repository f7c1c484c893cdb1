/* SPDX-License-Identifier: MIT
 * pipeline/recipe.h - a list of labelled files, and how to read their labels.
 *
 * A recipe is TSV, one file a line: path below the data folder, family, labels, weight.
 *
 *     hatn_books.all.tsv    amazon    neg=negative pos=positive    1
 *     stars.tsv             shop      1=negative 2=negative 5=positive
 *     more.tsv              shop      *=words
 *     moods.tsv             forum     rage=anger glee=joy love=joy calm=none
 *
 * A label is `old=new`, new one of negative, neutral, positive, words (only the vocabulary
 * is learnt) and foreign (another language), or, on a line of its own, one of the emotions
 * and none; `*` stands for any. Rows with other labels are left out. Labels of a row may be
 * joined by `,`: emotions are then a set, others must become the same. The weight is 0.01
 * to 100, 1 if it is missing. # begins a comment. The files are label TAB text, one row a
 * line, ended by LF, without quotes. */
#ifndef EARFUL_PIPELINE_RECIPE_H
#define EARFUL_PIPELINE_RECIPE_H

#include "pipeline/texts.h"

/* Reads all texts of a recipe; those with emotions go to felt, where a label is a set of
 * bits 1 << ef_emotion. Either list may be NULL: its lines are then left out. folder NULL:
 * the paths are used as they are. Fails with EF_ERR_IO, EF_ERR_FORMAT (error names file and
 * line) or EF_ERR_MEMORY. */
ef_status ef_recipe_read(ef_texts *texts, ef_texts *felt, const char *recipe_path,
                         const char *folder, ef_error *error);

#endif
