/* SPDX-License-Identifier: MIT
 * pipeline/texts.h - the texts that a model is trained from, with what is right of each.
 *
 * They come from a recipe (recipe.h) or from a user's own files. */
#ifndef EARFUL_PIPELINE_TEXTS_H
#define EARFUL_PIPELINE_TEXTS_H

#include "base/buffer.h"
#include "earful/reader.h"
#include "model/counts.h"
#include "pipeline/labelled.h"

enum { /* of ef_training_text.label, beside EF_NEGATIVE, EF_NEUTRAL, EF_POSITIVE */
    EF_WORDS_ONLY = EF_CLASSES, /* in the model's language; what it says is not known */
    EF_FOREIGN                  /* in another language: to be told apart */
};
enum { EF_FAMILY_NAME_SIZE = 32 };

typedef struct ef_training_text {
    uint64_t begin; /* in ef_texts.bytes */
    uint32_t size;
    uint8_t label;
    uint8_t family;
    uint16_t weight; /* 1/100 of a text */
} ef_training_text;

typedef struct ef_texts {
    ef_buffer bytes;
    ef_training_text *list;
    size_t count, capacity;
    char names[EF_FAMILY_LIMIT][EF_FAMILY_NAME_SIZE]; /* of families */
    size_t families;
    bool is_one_source; /* families are parts of one export, not sources */
} ef_texts;

void ef_texts_release(ef_texts *texts);
/* Appends a copy of a text; empty ones are left out. False without memory. */
bool ef_texts_add(ef_texts *texts, ef_slice text, unsigned label, unsigned family,
                  unsigned weight);
/* The number of the family of this name, added if it is new. EF_FAMILY_LIMIT when there are
 * too many. */
size_t ef_texts_family(ef_texts *texts, ef_slice name);

/* Where only one family has texts with a class, divides these as a user's own are: without
 * other families there is nothing to learn from when one is left out. */
void ef_texts_divide(ef_texts *texts);

static inline ef_slice ef_texts_at(const ef_texts *texts, size_t index)
{
    const ef_training_text *text = &texts->list[index];
    return (ef_slice){ texts->bytes.data + text->begin, text->size };
}

/* Reads a user's own texts: those of which something is known to be right. Fails like
 * ef_labelled_next. */
ef_status ef_texts_read(ef_texts *texts, const ef_reader_options *options,
                        const ef_labelling *how, ef_error *error);

#endif
