/* SPDX-License-Identifier: MIT
 * pipeline/texts.c - the texts that a model is trained from. */
#include "pipeline/texts.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"

enum { PARTS = 5 };
static const char *const part_names[PARTS] = { "part 1", "part 2", "part 3", "part 4",
                                               "part 5" };

void ef_texts_release(ef_texts *texts)
{
    ef_buffer_release(&texts->bytes);
    free(texts->list);
    memset(texts, 0, sizeof *texts);
}

bool ef_texts_add(ef_texts *texts, ef_slice text, unsigned label, unsigned family,
                  unsigned weight)
{
    if (text.size == 0 || text.size > UINT32_MAX)
        return true;
    if (texts->count == texts->capacity) {
        size_t capacity = texts->capacity * 2 + 1024;
        ef_training_text *list = realloc(texts->list, capacity * sizeof *list);
        if (list == NULL)
            return false;
        texts->list = list;
        texts->capacity = capacity;
    }
    texts->list[texts->count] = (ef_training_text){
        .begin = texts->bytes.size,
        .size = (uint32_t)text.size,
        .label = (uint8_t)label,
        .family = (uint8_t)family,
        .weight = (uint16_t)weight,
    };
    if (!ef_buffer_append_slice(&texts->bytes, text))
        return false;
    texts->count++;
    return true;
}

size_t ef_texts_family(ef_texts *texts, ef_slice name)
{
    for (size_t i = 0; i < texts->families; i++)
        if (strlen(texts->names[i]) == name.size &&
            memcmp(texts->names[i], name.data, name.size) == 0)
            return i;
    if (texts->families == EF_FAMILY_LIMIT || name.size >= EF_FAMILY_NAME_SIZE)
        return EF_FAMILY_LIMIT;
    memcpy(texts->names[texts->families], name.data, name.size);
    return texts->families++;
}

/* The parts of one source are chosen by the hash of the text, so that repeats stay
 * together. */
static unsigned part_of(ef_slice text)
{
    return (unsigned)(ef_hash_bytes(text.data, text.size) % PARTS);
}

static bool add_record(ef_texts *texts, const ef_labelled *labelled)
{
    ef_slice text = labelled->record.text;
    return labelled->label < 0 || ef_texts_add(texts, text, (unsigned)labelled->label,
                                               part_of(text), labelled->weight);
}

void ef_texts_divide(ef_texts *texts)
{
    size_t first = texts->families, only = texts->families;
    for (size_t i = 0; i < texts->count; i++) {
        const ef_training_text *text = &texts->list[i];
        if (text->label >= EF_CLASSES)
            continue;
        if (only < first && only != text->family)
            return;
        only = text->family;
    }
    if (only == first || first + PARTS > EF_FAMILY_LIMIT)
        return;
    for (size_t i = 0; i < PARTS; i++)
        ef_texts_family(texts, ef_slice_of(part_names[i]));
    for (size_t i = 0; i < texts->count; i++)
        if (texts->list[i].label < EF_CLASSES)
            texts->list[i].family = (uint8_t)(first + part_of(ef_texts_at(texts, i)));
    texts->is_one_source = true;
}

ef_status ef_texts_read(ef_texts *texts, const ef_reader_options *options,
                        const ef_labelling *how, ef_error *error)
{
    ef_labelled labelled;
    texts->is_one_source = true;
    for (size_t i = 0; i < PARTS; i++)
        ef_texts_family(texts, ef_slice_of(part_names[i]));
    ef_status status = ef_labelled_open(&labelled, options, how, error);
    if (status != EF_OK)
        return status;
    while ((status = ef_labelled_next(&labelled, error)) == EF_OK)
        if (!add_record(texts, &labelled)) {
            status = ef_error_memory(error);
            break;
        }
    ef_labelled_close(&labelled);
    return status == EF_END ? EF_OK : status;
}
