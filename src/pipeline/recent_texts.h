/* SPDX-License-Identifier: MIT
 * pipeline/recent_texts.h - texts of the last negative messages, for alerts that may show
 * them.
 *
 * In memory only, and bounded: a later message takes the place of an earlier one. What was
 * said before a restart is not known any more. */
#ifndef EARFUL_PIPELINE_RECENT_TEXTS_H
#define EARFUL_PIPELINE_RECENT_TEXTS_H

#include "earful/slice.h"

typedef struct ef_recent_texts ef_recent_texts;

enum { EF_RECENT_LONGEST = 480 }; /* bytes of a text that are kept */

ef_recent_texts *ef_recent_texts_new(void); /* NULL without memory */
void ef_recent_texts_free(ef_recent_texts *texts);
void ef_recent_texts_keep(ef_recent_texts *texts, ef_slice id, ef_slice text);
/* The text of the message of that id; {NULL, 0} if it is not known. */
ef_slice ef_recent_texts_find(const ef_recent_texts *texts, ef_slice id);

#endif
