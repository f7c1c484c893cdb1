/* SPDX-License-Identifier: MIT
 * model/model_file.c - a trained model as bytes, and bytes as a trained model.
 *
 * A header of fixed size, then sections that begin at multiples of 64, so that a file that
 * is read to aligned memory is used where it lies. Opening checks each section against the
 * size of the file and the counts in the header; weights and bit sets need no check of
 * their own, because nothing in them is used as an index. Loading also checks the checksum:
 * it finds accidents, and safety does not rest on it, so the built-in model, which came
 * with the program's own code, is opened without reading its four megabytes. */
#include "model/model_file.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"

enum {
    FORMAT_VERSION = 1,
    ALIGNMENT = 64,
    MIN_SLOT_BITS = 10,
    MAX_SLOT_BITS = 24,
    MIN_VOCABULARY_BITS = 10,
    MAX_VOCABULARY_BITS = 28,
    NAME_LIMIT = 64,
    CARD_LIMIT = 1 << 20,
    MAX_EMOTION_BITS = 20,
    FILE_LIMIT = 128 << 20 /* the largest tables are 64 and 32 MiB */
};

/* EMOTIONS is younger than the others and may be missing: its place in the header was
 * padding, so that it is 0, 0 in an older file. */
enum { WEIGHTS, VOCABULARY, BLENDS, NAME, CLASSIFIER, CARD, EMOTIONS, SECTIONS };

static const char MAGIC[8] = { 'E', 'F', 'M', 'O', 'D', 'E', 'L', '\n' };

typedef struct header {
    char magic[8];
    uint32_t format_version;
    uint32_t features_version;
    uint64_t checksum; /* of all bytes before and behind this field */
    uint64_t size;     /* of the file */
    uint64_t feature_count;
    uint32_t slot_bits, vocabulary_bits;
    uint32_t coverage_limit;
    uint32_t blend_size; /* of one ef_blend_weights */
    ef_model_section sections[SECTIONS];
} header;

static_assert(offsetof(header, checksum) == EF_CHECKSUM_AT, "the checksum has its place");

uint64_t ef_model_checksum(const uint8_t *bytes, size_t size)
{
    size_t at = EF_CHECKSUM_AT, behind = at + sizeof(uint64_t);
    return ef_hash_combine(ef_hash_bytes(bytes, at),
                           ef_hash_bytes(bytes + behind, size - behind));
}

/* The section of emotions: a blend, a filter, slots. */
enum {
    EMOTION_FILTER = (sizeof(ef_emotion_blend) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT,
    EMOTION_FILTER_SIZE = (1 << EF_EMOTION_FILTER_BITS) / 8,
    EMOTION_SLOTS = EMOTION_FILTER + EMOTION_FILTER_SIZE
};

/* --- reading ----------------------------------------------------------------------- */

static ef_status broken(const char *label, const char *what, ef_error *error)
{
    return ef_error_set(error, EF_ERR_FORMAT, "model '%s' is damaged: %s", label, what);
}

static ef_status check_versions(const header *h, const char *label, ef_error *error)
{
    if (memcmp(h->magic, MAGIC, sizeof MAGIC) != 0)
        return ef_error_set(error, EF_ERR_FORMAT, "'%s' is not a model of earful", label);
    if (h->format_version != FORMAT_VERSION || h->features_version != EF_FEATURES_VERSION)
        return ef_error_set(
            error, EF_ERR_FORMAT,
            "model '%s' was trained for another version of earful: train it "
            "again with 'earful train'",
            label);
    return EF_OK;
}

/* What the header says must fit together before a size is computed from it. */
static ef_status check_counts(const header *h, size_t size, const char *label,
                              ef_error *error)
{
    if (h->size != size)
        return broken(label, "its size differs from what it says", error);
    if (h->slot_bits < MIN_SLOT_BITS || h->slot_bits > MAX_SLOT_BITS)
        return broken(label, "impossible number of slots", error);
    if (h->vocabulary_bits < MIN_VOCABULARY_BITS ||
        h->vocabulary_bits > MAX_VOCABULARY_BITS)
        return broken(label, "impossible size of the vocabulary", error);
    if (h->feature_count > UINT64_C(1) << h->slot_bits)
        return broken(label, "more features than slots", error);
    if (h->coverage_limit > 10000)
        return broken(label, "coverage limit over 1", error);
    if (h->blend_size != sizeof(ef_blend_weights))
        return broken(label, "blend of another size", error);
    return EF_OK;
}

/* The number of slot bits that a section of emotions of this size has, 0 for none. */
static unsigned emotion_bits(uint64_t size)
{
    for (unsigned bits = 1; bits <= MAX_EMOTION_BITS; bits++)
        if (size == EMOTION_SLOTS + ((uint64_t)sizeof(ef_emotion_slot) << bits))
            return bits;
    return 0;
}

static ef_status check_sections(const header *h, size_t size, const char *label,
                                ef_error *error)
{
    const uint64_t exact[SECTIONS] = {
        [WEIGHTS] = sizeof(ef_weight) << h->slot_bits,
        [VOCABULARY] = (UINT64_C(1) << h->vocabulary_bits) / 8,
        [BLENDS] = 3 * sizeof(ef_blend_weights),
    };
    const uint64_t limits[SECTIONS] = {
        [NAME] = NAME_LIMIT, [CLASSIFIER] = NAME_LIMIT, [CARD] = CARD_LIMIT,
        [EMOTIONS] = size /* checked behind */
    };
    for (int i = 0; i < SECTIONS; i++) {
        const ef_model_section *s = &h->sections[i];
        if (i == EMOTIONS && s->offset == 0 && s->size == 0)
            continue;
        if (s->offset % ALIGNMENT != 0 || s->offset < sizeof *h || s->offset > size ||
            s->size > size - s->offset)
            return broken(label, "a section lies outside the file", error);
        if (exact[i] != 0 ? s->size != exact[i] : s->size > limits[i])
            return broken(label, "a section has the wrong size", error);
    }
    const ef_model_section *emotions = &h->sections[EMOTIONS];
    if (emotions->size != 0 && emotion_bits(emotions->size) == 0)
        return broken(label, "its table of emotions has the wrong size", error);
    return EF_OK;
}

bool ef_model_is_plain_text(ef_slice text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t code;
        size_t size = ef_utf8_decode(text.data + at, text.size - at, &code);
        if (size == 0 || (code < 0x20 && code != '\n') || (code >= 0x7f && code < 0xa0))
            return false;
        at += size;
    }
    return true;
}

static ef_slice section_of(const uint8_t *bytes, const header *h, int index)
{
    return (ef_slice){ bytes + h->sections[index].offset, h->sections[index].size };
}

static void describe_emotions(ef_emotion_model *emotions, ef_slice bytes)
{
    if (bytes.size == 0)
        return;
    const void *blend = bytes.data, *filter = bytes.data + EMOTION_FILTER,
               *slots = bytes.data + EMOTION_SLOTS;
    *emotions = (ef_emotion_model){ blend, filter, slots, emotion_bits(bytes.size) };
}

static void describe(ef_model *model, const uint8_t *bytes, const header *h)
{
    memset(model, 0, sizeof *model);
    model->info = (ef_model_info){ .name = section_of(bytes, h, NAME),
                                   .classifier = section_of(bytes, h, CLASSIFIER),
                                   .card = section_of(bytes, h, CARD),
                                   .feature_count = h->feature_count,
                                   .size = h->size };
    ef_hash_hex(h->checksum, model->info.hash);
    /* Through void: the sections are aligned to 64 bytes. */
    const void *weights = section_of(bytes, h, WEIGHTS).data;
    const void *vocabulary = section_of(bytes, h, VOCABULARY).data;
    const void *blends = section_of(bytes, h, BLENDS).data;
    model->weights = weights;
    model->slot_bits = h->slot_bits;
    model->vocabulary = vocabulary;
    model->vocabulary_bits = h->vocabulary_bits;
    model->blend = blends;
    model->blend_lexicon = model->blend + 1;
    model->blend_classifier = model->blend + 2;
    model->coverage_limit = (uint16_t)h->coverage_limit;
    describe_emotions(&model->emotions, section_of(bytes, h, EMOTIONS));
}

ef_status ef_model_open(ef_model *model, const uint8_t *bytes, size_t size,
                        const char *label, ef_error *error)
{
    header h;
    memset(model, 0, sizeof *model);
    if (size < sizeof h)
        return broken(label, "it is too short", error);
    if ((uintptr_t)bytes % ALIGNMENT != 0)
        return ef_error_set(error, EF_ERR_ARGUMENT, "model '%s' lies unaligned", label);
    memcpy(&h, bytes, sizeof h);
    ef_status status = check_versions(&h, label, error);
    if (status == EF_OK)
        status = check_counts(&h, size, label, error);
    if (status == EF_OK)
        status = check_sections(&h, size, label, error);
    if (status != EF_OK)
        return status;
    if (!ef_model_is_plain_text(section_of(bytes, &h, NAME)) ||
        !ef_model_is_plain_text(section_of(bytes, &h, CLASSIFIER)) ||
        !ef_model_is_plain_text(section_of(bytes, &h, CARD)))
        return broken(label, "its card is not plain text", error);
    describe(model, bytes, &h);
    return EF_OK;
}

bool ef_model_is_whole(const uint8_t *bytes, size_t size)
{
    header h;
    if (size < sizeof h)
        return false;
    memcpy(&h, bytes, sizeof h);
    return h.checksum == ef_model_checksum(bytes, size);
}

void ef_model_hash(const uint8_t *bytes, size_t size, char digits[17])
{
    assert(size >= sizeof(header));
    ef_hash_hex(ef_model_checksum(bytes, size), digits);
}

/* The size of an open file, if it is one that can be a model. */
static ef_status size_of(FILE *file, const char *path, size_t *size, ef_error *error)
{
    long end = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (end < 0 || fseek(file, 0, SEEK_SET) != 0)
        return ef_error_set(error, EF_ERR_IO, "cannot read '%s': %s", path,
                            strerror(errno));
    if (end > FILE_LIMIT)
        return ef_error_set(error, EF_ERR_LIMIT, "model '%s' is larger than 128 MiB", path);
    *size = (size_t)end;
    return EF_OK;
}

ef_status ef_model_read(const char *path, uint8_t **bytes, size_t *size, ef_error *error)
{
    *bytes = NULL;
    *size = 0;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return ef_error_set(error, EF_ERR_IO, "cannot open model '%s': %s", path,
                            strerror(errno));
    ef_status status = size_of(file, path, size, error);
    size_t room = (*size / ALIGNMENT + 1) * ALIGNMENT;
    if (status == EF_OK && (*bytes = aligned_alloc(ALIGNMENT, room)) == NULL)
        status = ef_error_memory(error);
    if (status == EF_OK && fread(*bytes, 1, *size, file) != *size)
        status = ef_error_set(error, EF_ERR_IO, "cannot read model '%s' to its end", path);
    fclose(file);
    return status;
}

ef_status ef_model_adopt(ef_model *model, uint8_t *bytes, size_t size, const char *label,
                         ef_error *error)
{
    ef_status status = ef_model_open(model, bytes, size, label, error);
    if (status == EF_OK && !ef_model_is_whole(bytes, size))
        status = broken(label, "its checksum is wrong", error);
    if (status == EF_OK)
        model->owned = bytes;
    else
        memset(model, 0, sizeof *model);
    return status;
}

ef_status ef_model_load(ef_model *model, const char *path, ef_error *error)
{
    uint8_t *bytes;
    size_t size;
    memset(model, 0, sizeof *model);
    ef_status status = ef_model_read(path, &bytes, &size, error);
    if (status == EF_OK)
        status = ef_model_adopt(model, bytes, size, path, error);
    if (status != EF_OK)
        free(bytes);
    return status;
}

void ef_model_release(ef_model *model)
{
    free(model->owned);
    memset(model, 0, sizeof *model);
}

/* --- writing ----------------------------------------------------------------------- */

void ef_model_append_section(ef_buffer *file, size_t start, ef_model_section *section,
                             ef_slice data)
{
    static const uint8_t zeros[ALIGNMENT] = { 0 };
    size_t used = (file->size - start) % ALIGNMENT;
    if (used != 0)
        ef_buffer_append(file, zeros, ALIGNMENT - used);
    *section = (ef_model_section){ file->size - start, data.size };
    ef_buffer_append_slice(file, data);
}

static void append_emotions(ef_buffer *file, size_t start, ef_model_section *s,
                            const ef_emotion_model *emotions)
{
    if (emotions->blend == NULL)
        return;
    uint8_t blend[EMOTION_FILTER] = { 0 };
    memcpy(blend, emotions->blend, sizeof *emotions->blend);
    ef_model_append_section(file, start, s, (ef_slice){ blend, sizeof blend });
    ef_buffer_append(file, emotions->filter, EMOTION_FILTER_SIZE);
    ef_buffer_append(file, emotions->slots, sizeof *emotions->slots << emotions->slot_bits);
    s->size = file->size - start - s->offset;
}

ef_status ef_model_write(const ef_model *model, ef_buffer *file, ef_error *error)
{
    size_t start = file->size;
    header h = { .format_version = FORMAT_VERSION,
                 .features_version = EF_FEATURES_VERSION,
                 .feature_count = model->info.feature_count,
                 .slot_bits = model->slot_bits,
                 .vocabulary_bits = model->vocabulary_bits,
                 .coverage_limit = model->coverage_limit,
                 .blend_size = sizeof(ef_blend_weights) };
    memcpy(h.magic, MAGIC, sizeof MAGIC);
    ef_blend_weights blends[3] = { *model->blend, *model->blend_lexicon,
                                   *model->blend_classifier };
    const ef_slice parts[EMOTIONS] = {
        [WEIGHTS] = { (const uint8_t *)model->weights, sizeof(ef_weight)
                                                           << model->slot_bits },
        [VOCABULARY] = { (const uint8_t *)model->vocabulary,
                         ((size_t)1 << model->vocabulary_bits) / 8 },
        [BLENDS] = { (const uint8_t *)blends, sizeof blends },
        [NAME] = model->info.name,
        [CLASSIFIER] = model->info.classifier,
        [CARD] = model->info.card,
    };
    ef_buffer_append(file, &h, sizeof h);
    for (int i = 0; i < EMOTIONS; i++)
        ef_model_append_section(file, start, &h.sections[i], parts[i]);
    append_emotions(file, start, &h.sections[EMOTIONS], &model->emotions);
    if (file->failed)
        return ef_error_memory(error);
    h.size = file->size - start;
    memcpy(file->data + start, &h, sizeof h);
    h.checksum = ef_model_checksum(file->data + start, h.size);
    memcpy(file->data + start, &h, sizeof h);
    return EF_OK;
}
