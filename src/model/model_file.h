/* SPDX-License-Identifier: MIT
 * model/model_file.h - the weights of a trained model, as they lie in a file.
 *
 * One load a feature: the low bits of the feature's hash choose a slot, the slot holds a
 * 16-bit fingerprint of the high bits and two weights. A slot of another feature adds
 * nothing, so a collision costs one weak feature and never adds noise.
 *
 * The file is little-endian: a header, sections, a checksum over all. It is used where it
 * lies (the built-in one in the program's own image), after ef_model_open has checked every
 * offset, count and range: it is untrusted input. */
#ifndef EARFUL_MODEL_MODEL_FILE_H
#define EARFUL_MODEL_MODEL_FILE_H

#include <stdbool.h>
#include <string.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "earful/model.h"
#include "model/emotion_model.h"

typedef struct ef_weight {
    uint16_t print;    /* bits 48..63 of the feature's hash, 0 in an empty slot: hashes whose
                          print is 0 use 1 */
    int8_t polarity;   /* > 0 speaks for positive; model units */
    int8_t neutrality; /* > 0 speaks for neutral */
} ef_weight;

/* Evidence → two logits → three probabilities. See score/blend.h for what the inputs are. */
enum { EF_BLEND_INPUTS = 19, EF_BLEND_BINS = 8 };
typedef struct ef_blend_weights {
    /* Per length bin, for each input and a constant at the end: 1/65536 logit a unit. */
    int32_t polarity[EF_BLEND_BINS][EF_BLEND_INPUTS + 1];
    int32_t neutrality[EF_BLEND_BINS][EF_BLEND_INPUTS + 1];
} ef_blend_weights;

typedef struct ef_model {
    ef_model_info info;
    const ef_weight *weights;    /* 1 << slot_bits of them */
    unsigned slot_bits;          /* 10..24 */
    const uint64_t *vocabulary;  /* bit set of known words, and of words that are typical of
                                    other languages; 1 << vocabulary_bits bits */
    unsigned vocabulary_bits;    /* 10..28 */
    const ef_blend_weights *blend; /* when fitted with the lexicon and without */
    const ef_blend_weights *blend_lexicon, *blend_classifier; /* one kind of evidence only */
    ef_emotion_model emotions;   /* blend NULL: the model knows none */
    uint16_t coverage_limit;     /* ef_language_share below which the language is unknown */
    uint8_t *owned;              /* bytes to free, NULL for the built-in model */
} ef_model;

/* The fingerprint of tokeniser, hash and features that a model must agree with: a number
 * that is raised whenever one of them changes what it makes of a text. */
enum { EF_FEATURES_VERSION = 3 };

/* Checks bytes, which are aligned to 64, and describes the model in *model, which points
 * into them. Fails with EF_ERR_FORMAT, saying what to do ("trained for another version:
 * train it again"). */
ef_status ef_model_open(ef_model *model, const uint8_t *bytes, size_t size,
                        const char *label, ef_error *error);
/* Reads a file into private memory and opens it. */
ef_status ef_model_load(ef_model *model, const char *path, ef_error *error);
/* Reads a whole file into memory that is aligned to 64 and that the caller frees, also
 * after a failure. */
ef_status ef_model_read(const char *path, uint8_t **bytes, size_t *size, ef_error *error);
/* Opens what ef_model_read gave; on success the model owns the bytes. */
ef_status ef_model_adopt(ef_model *model, uint8_t *bytes, size_t size, const char *label,
                         ef_error *error);
/* Whether the bytes of a model agree with their checksum. Loading a file asks this, opening
 * does not: it would cost the built-in model a pass over megabytes at every start. */
bool ef_model_is_whole(const uint8_t *bytes, size_t size);
/* The hash that a model is named by: its checksum, in hexadecimal. */
void ef_model_hash(const uint8_t *bytes, size_t size, char digits[17]);
void ef_model_release(ef_model *model);

/* Puts a whole file together from *model's parts (info.name, classifier, card, weights,
 * vocabulary, blends) and appends it to file. */
ef_status ef_model_write(const ef_model *model, ef_buffer *file, ef_error *error);

/* The checksum of a file of this kind, in which it stands at EF_CHECKSUM_AT: of all bytes
 * before and behind that field. size is at least that of a header. */
enum { EF_CHECKSUM_AT = 16 };
uint64_t ef_model_checksum(const uint8_t *bytes, size_t size);

/* A stretch of a file of this kind, at a multiple of 64. */
typedef struct ef_model_section {
    uint64_t offset, size;
} ef_model_section;

/* Appends a section to a file that begins at start of the buffer. */
void ef_model_append_section(ef_buffer *file, size_t start, ef_model_section *section,
                             ef_slice data);
/* Names and cards go to terminals and reports: text without control characters only. */
bool ef_model_is_plain_text(ef_slice text);

/* The weight of a feature, a zero weight if the model does not know it. Without a branch:
 * about half of the features are known, no CPU guesses which, and each wrong guess would
 * wait for a load from a table that is larger than a core's caches. */
static inline ef_weight ef_model_weight(const ef_model *model, uint64_t feature)
{
    ef_weight weight =
        model->weights[feature & ((UINT64_C(1) << model->slot_bits) - 1)];
    unsigned print = (unsigned)(feature >> 48);
    unsigned mask = 0 - (unsigned)(weight.print == print + (print == 0));
    return (ef_weight){ (uint16_t)(weight.print & mask), (int8_t)(weight.polarity & (int)mask),
                        (int8_t)(weight.neutrality & (int)mask) };
}

/* What stands in the vocabulary for a word that is typical of other languages. */
static inline uint64_t ef_foreign_key(uint64_t word)
{
    return word * EF_HASH_K1;
}

/* Whether the model knows a word, or its foreign key: certain for "no", 97 % for "yes". */
static inline bool ef_model_knows(const ef_model *model, uint64_t word)
{
    uint64_t bit = word >> (64 - model->vocabulary_bits);
    return model->vocabulary[bit >> 6] >> (bit & 63) & 1;
}

#endif
