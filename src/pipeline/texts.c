/* SPDX-License-Identifier: MIT
 * pipeline/texts.c - the texts that a model is trained from. */
#include "pipeline/texts.h"

#include <stdlib.h>
#include <strings.h>

#include "base/error.h"
#include "base/hash.h"

enum { PARTS = 5, NEUTRAL_HALF = 2500 /* of a scale of -10000..10000 */ };

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

int ef_label_read(ef_slice word)
{
    static const struct {
        const char *name;
        int label;
    } names[] = { { "negative", EF_NEGATIVE }, { "neg", EF_NEGATIVE },
                  { "neutral", EF_NEUTRAL },   { "neu", EF_NEUTRAL },
                  { "positive", EF_POSITIVE }, { "pos", EF_POSITIVE } };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == word.size &&
            strncasecmp(names[i].name, (const char *)word.data, word.size) == 0)
            return names[i].label;
    return -1;
}

static size_t column_of(const ef_slice *columns, size_t count, const char *name)
{
    size_t at = 0, size = strlen(name);
    while (at < count &&
           (columns[at].size != size || memcmp(columns[at].data, name, size) != 0))
        at++;
    return at;
}

ef_status ef_label_check(const ef_slice *columns, size_t column_count, const char *label,
                         ef_error *error)
{
    if (label == NULL || column_of(columns, column_count, label) < column_count)
        return EF_OK;
    return ef_error_set(error, EF_ERR_ARGUMENT, "there is no column '%s' for the labels",
                        label);
}

int ef_record_label(const ef_record *record, const ef_slice *columns, size_t column_count,
                    const char *label, unsigned *weight)
{
    unsigned unused;
    weight = weight == NULL ? &unused : weight;
    *weight = EF_WHOLE_WEIGHT;
    if (label != NULL) {
        size_t column = column_of(columns, column_count, label);
        return column < record->field_count ? ef_label_read(record->fields[column]) : -1;
    }
    if (!record->rating.is_known)
        return -1;
    if (record->rating.scaled <= -NEUTRAL_HALF)
        return EF_NEGATIVE;
    if (record->rating.scaled >= NEUTRAL_HALF)
        return EF_POSITIVE;
    *weight = EF_WEAK_WEIGHT;
    return EF_NEUTRAL;
}

static ef_status add_record(ef_texts *texts, const ef_reader *reader,
                            const ef_record *record, const char *label, ef_error *error)
{
    size_t column_count;
    unsigned weight;
    const ef_slice *columns = ef_reader_columns(reader, &column_count);
    ef_status status = ef_label_check(columns, column_count, label, error);
    if (status != EF_OK)
        return status;
    int right = ef_record_label(record, columns, column_count, label, &weight);
    uint64_t hash = ef_hash_bytes(record->text.data, record->text.size);
    if (right >= 0 && !ef_texts_add(texts, record->text, (unsigned)right,
                                    (unsigned)(hash % PARTS), weight))
        return ef_error_memory(error);
    return EF_OK;
}

ef_status ef_texts_read(ef_texts *texts, const ef_reader_options *options,
                        const char *label, ef_error *error)
{
    static const char *const names[PARTS] = { "part 1", "part 2", "part 3", "part 4",
                                              "part 5" };
    ef_reader *reader;
    ef_record record;
    texts->is_one_source = true;
    for (size_t i = 0; i < PARTS; i++)
        ef_texts_family(texts, ef_slice_of(names[i]));
    ef_status status = ef_reader_new(&reader, options, error);
    if (status != EF_OK)
        return status;
    while ((status = ef_reader_next(reader, &record, error)) == EF_OK)
        if ((status = add_record(texts, reader, &record, label, error)) != EF_OK)
            break;
    ef_reader_free(reader);
    return status == EF_END ? EF_OK : status;
}
