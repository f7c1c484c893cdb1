/* SPDX-License-Identifier: MIT
 * model/own_file.c - an own model as bytes, and bytes as an own model. */
#include "model/own_file.h"

#include <assert.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"

enum {
    ALIGNMENT = 64,
    MIN_SLOT_BITS = 4,
    MAX_SLOT_BITS = 24,
    NAME_LIMIT = 64,
    CARD_LIMIT = 1 << 20,
    HASH_DIGITS = 16
};

enum { WEIGHTS, NAME, CLASSIFIER, CARD, SECTIONS };

/* The number in it is the version of this format. */
static const char MAGIC[8] = { 'E', 'F', 'O', 'W', 'N', ' ', '1', '\n' };

typedef struct header {
    char magic[8];
    uint32_t features_version;
    uint32_t slot_bits;
    uint64_t checksum; /* of all bytes before and behind this field */
    uint64_t size;     /* of the file */
    uint64_t feature_count;
    char base_hash[HASH_DIGITS];
    ef_own_blend blend;
    ef_class_weights class_weights;
    uint32_t unused; /* 0 */
    ef_model_section sections[SECTIONS];
} header;

static_assert(offsetof(header, checksum) == EF_CHECKSUM_AT, "the checksum has its place");

/* --- reading ----------------------------------------------------------------------- */

static ef_status broken(const char *label, const char *what, ef_error *error)
{
    return ef_error_set(error, EF_ERR_FORMAT, "model '%s' is damaged: %s", label, what);
}

bool ef_own_is_meant(const uint8_t *bytes, size_t size)
{
    return size >= sizeof MAGIC && memcmp(bytes, MAGIC, sizeof MAGIC) == 0;
}

static bool is_hash(const char digits[HASH_DIGITS])
{
    for (int i = 0; i < HASH_DIGITS; i++)
        if (!((digits[i] >= '0' && digits[i] <= '9') ||
              (digits[i] >= 'a' && digits[i] <= 'f')))
            return false;
    return true;
}

static ef_status check_header(const header *h, size_t size, const char *label,
                              ef_error *error)
{
    if (h->features_version != EF_FEATURES_VERSION)
        return ef_error_set(
            error, EF_ERR_FORMAT,
            "model '%s' was trained for another version of earful: train it "
            "again with 'earful train'",
            label);
    if (h->size != size)
        return broken(label, "its size differs from what it says", error);
    if (h->slot_bits < MIN_SLOT_BITS || h->slot_bits > MAX_SLOT_BITS)
        return broken(label, "impossible number of slots", error);
    if (h->feature_count > UINT64_C(1) << h->slot_bits)
        return broken(label, "more features than slots", error);
    if (!is_hash(h->base_hash))
        return broken(label, "it does not name the model that it adds to", error);
    for (int i = 0; i < 3; i++)
        if (h->class_weights.of[i] < 1 || h->class_weights.of[i] > EF_CLASS_WEIGHT_LIMIT)
            return broken(label, "impossible weight of a class", error);
    return h->unused == 0 ? EF_OK : broken(label, "bytes that must be 0", error);
}

static ef_status check_sections(const header *h, size_t size, const char *label,
                                ef_error *error)
{
    const uint64_t limits[SECTIONS] = { [WEIGHTS] = sizeof(ef_weight) << h->slot_bits,
                                        [NAME] = NAME_LIMIT,
                                        [CLASSIFIER] = NAME_LIMIT,
                                        [CARD] = CARD_LIMIT };
    for (int i = 0; i < SECTIONS; i++) {
        const ef_model_section *s = &h->sections[i];
        if (s->offset % ALIGNMENT != 0 || s->offset < sizeof *h || s->offset > size ||
            s->size > size - s->offset)
            return broken(label, "a section lies outside the file", error);
        if (i == WEIGHTS ? s->size != limits[i] : s->size > limits[i])
            return broken(label, "a section has the wrong size", error);
    }
    return EF_OK;
}

static ef_slice section_of(const uint8_t *bytes, const header *h, int index)
{
    return (ef_slice){ bytes + h->sections[index].offset, h->sections[index].size };
}

static void describe(ef_own_model *own, const uint8_t *bytes, const header *h)
{
    const void *weights = section_of(bytes, h, WEIGHTS).data; /* aligned to 64 bytes */
    *own = (ef_own_model){ .info = { .name = section_of(bytes, h, NAME),
                                     .classifier = section_of(bytes, h, CLASSIFIER),
                                     .card = section_of(bytes, h, CARD),
                                     .feature_count = h->feature_count,
                                     .size = h->size },
                           .weights = weights,
                           .slot_bits = h->slot_bits,
                           .blend = h->blend,
                           .class_weights = h->class_weights };
    ef_hash_hex(h->checksum, own->info.hash);
    memcpy(own->base_hash, h->base_hash, HASH_DIGITS);
}

ef_status ef_own_open(ef_own_model *own, const uint8_t *bytes, size_t size,
                      const char *label, ef_error *error)
{
    header h;
    memset(own, 0, sizeof *own);
    if (size < sizeof h || !ef_own_is_meant(bytes, size))
        return broken(label, "it is too short", error);
    if ((uintptr_t)bytes % ALIGNMENT != 0)
        return ef_error_set(error, EF_ERR_ARGUMENT, "model '%s' lies unaligned", label);
    memcpy(&h, bytes, sizeof h);
    ef_status status = check_header(&h, size, label, error);
    if (status == EF_OK)
        status = check_sections(&h, size, label, error);
    if (status != EF_OK)
        return status;
    for (int i = NAME; i <= CARD; i++)
        if (!ef_model_is_plain_text(section_of(bytes, &h, i)))
            return broken(label, "its card is not plain text", error);
    describe(own, bytes, &h);
    return EF_OK;
}

ef_status ef_own_adopt(ef_own_model *own, uint8_t *bytes, size_t size, const char *label,
                       ef_error *error)
{
    char digits[17];
    ef_status status = ef_own_open(own, bytes, size, label, error);
    if (status != EF_OK)
        return status;
    ef_own_hash(bytes, size, digits);
    if (strcmp(digits, own->info.hash) != 0) {
        memset(own, 0, sizeof *own);
        return broken(label, "its checksum is wrong", error);
    }
    own->owned = bytes;
    return EF_OK;
}

void ef_own_hash(const uint8_t *bytes, size_t size, char digits[17])
{
    assert(size >= sizeof(header));
    ef_hash_hex(ef_model_checksum(bytes, size), digits);
}

void ef_own_release(ef_own_model *own)
{
    free(own->owned);
    memset(own, 0, sizeof *own);
}

/* --- writing ----------------------------------------------------------------------- */

ef_status ef_own_write(const ef_own_model *own, ef_buffer *file, ef_error *error)
{
    size_t start = file->size;
    header h = { .features_version = EF_FEATURES_VERSION,
                 .slot_bits = own->slot_bits,
                 .feature_count = own->info.feature_count,
                 .blend = own->blend,
                 .class_weights = own->class_weights };
    memcpy(h.magic, MAGIC, sizeof MAGIC);
    memcpy(h.base_hash, own->base_hash, HASH_DIGITS);
    const ef_slice parts[SECTIONS] = {
        [WEIGHTS] = { (const uint8_t *)own->weights, sizeof(ef_weight) << own->slot_bits },
        [NAME] = own->info.name,
        [CLASSIFIER] = own->info.classifier,
        [CARD] = own->info.card,
    };
    ef_buffer_append(file, &h, sizeof h);
    for (int i = 0; i < SECTIONS; i++)
        ef_model_append_section(file, start, &h.sections[i], parts[i]);
    if (file->failed)
        return ef_error_memory(error);
    h.size = file->size - start;
    memcpy(file->data + start, &h, sizeof h);
    h.checksum = ef_model_checksum(file->data + start, h.size);
    memcpy(file->data + start, &h, sizeof h);
    return EF_OK;
}
