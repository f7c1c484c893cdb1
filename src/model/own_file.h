/* SPDX-License-Identifier: MIT
 * model/own_file.h - what a user's own texts add to a model: an own model, in a file.
 *
 * It holds weights of features for what the model it was made for misses, coefficients that
 * join both, and what each class weighs when a label is chosen. Without the other model it
 * means nothing, so it names that model's hash. With no weights it only calibrates.
 *
 * The file is little-endian: a header, sections at multiples of 64, a checksum over all. It
 * is untrusted input: ef_own_open checks every offset, count and range. */
#ifndef EARFUL_MODEL_OWN_FILE_H
#define EARFUL_MODEL_OWN_FILE_H

#include "model/model_file.h"

/* What is added to the two logits of the model: linear in inputs of score/own.h. */
enum { EF_OWN_INPUTS = 7 };
typedef struct ef_own_blend {
    /* For each input and a constant at the end: 1/65536 logit for 1/1000 of the input. */
    int32_t polarity[EF_OWN_INPUTS + 1], neutrality[EF_OWN_INPUTS + 1];
} ef_own_blend;

/* What a class's probability is multiplied by before the largest is chosen; negative,
 * neutral, positive, in 1/1000. */
enum { EF_CLASS_WEIGHT_ONE = 1000, EF_CLASS_WEIGHT_LIMIT = 1000000 };
typedef struct ef_class_weights {
    int32_t of[3];
} ef_class_weights;

typedef struct ef_own_model {
    ef_model_info info;
    char base_hash[17];       /* of the model it adds to */
    const ef_weight *weights; /* 1 << slot_bits of them */
    unsigned slot_bits;       /* 4..24 */
    ef_own_blend blend;
    ef_class_weights class_weights;
    uint8_t *owned; /* bytes to free */
} ef_own_model;

/* Whether bytes begin like an own model: then ef_own_open says whether they are one. */
bool ef_own_is_meant(const uint8_t *bytes, size_t size);

/* Checks bytes, which are aligned to 64, and describes the model in *own, which points into
 * them. Fails with EF_ERR_FORMAT, saying what to do. The checksum is not looked at: safety
 * does not rest on it. */
ef_status ef_own_open(ef_own_model *own, const uint8_t *bytes, size_t size,
                      const char *label, ef_error *error);
/* Opens bytes from ef_model_read and looks at the checksum, too; on success the model owns
 * the bytes. */
ef_status ef_own_adopt(ef_own_model *own, uint8_t *bytes, size_t size, const char *label,
                       ef_error *error);
/* The hash that an own model is named by: its checksum, in hexadecimal. */
void ef_own_hash(const uint8_t *bytes, size_t size, char digits[17]);
void ef_own_release(ef_own_model *own);

/* Puts a whole file together from all but info.hash and info.size. */
ef_status ef_own_write(const ef_own_model *own, ef_buffer *file, ef_error *error);

/* The weight of a feature, as ef_model_weight gives it for a model. */
static inline ef_weight ef_own_weight(const ef_own_model *own, uint64_t feature)
{
    ef_weight weight = own->weights[feature & ((UINT64_C(1) << own->slot_bits) - 1)];
    unsigned print = (unsigned)(feature >> 48);
    return weight.print == print + (print == 0) ? weight : (ef_weight){ 0, 0, 0 };
}

#endif
