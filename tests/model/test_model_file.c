/* SPDX-License-Identifier: MIT
 * test_model_file.c - a model as bytes, and what damage does to it. */
#include "model/model_file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "kernels/kernels.h"

enum { BITS = 10, HEADER = 256 };

static ef_emotion_blend emotion_blend;
static ef_emotion_slot emotion_slots[1 << 4];
static uint64_t emotion_filter[(1 << EF_EMOTION_FILTER_BITS) / 64];
static ef_weight weights[1 << BITS];
static uint64_t vocabulary[(1 << BITS) / 64];
static ef_blend_weights blends[3];

static ef_model sample(void)
{
    weights[5] = (ef_weight){ 0x1234, 7, -3 };
    vocabulary[2] = 9;
    blends[0].polarity[3][2] = 11;
    blends[1].polarity[3][2] = 12;
    blends[2].neutrality[7][16] = 13;
    return (ef_model){ .info = { .name = ef_slice_of("tiny"),
                                 .classifier = ef_slice_of("naive-bayes"),
                                 .card = ef_slice_of("{\"texts\":3}"),
                                 .feature_count = 1 },
                       .weights = weights,
                       .slot_bits = BITS,
                       .vocabulary = vocabulary,
                       .vocabulary_bits = BITS,
                       .blend = &blends[0],
                       .blend_lexicon = &blends[1],
                       .blend_classifier = &blends[2],
                       .coverage_limit = 4500 };
}

/* The sample's bytes, aligned as a reader has them; freed by the caller. */
static uint8_t *sample_bytes(size_t *size)
{
    ef_model model = sample();
    ef_buffer file = { 0 };
    cr_assert_eq(ef_model_write(&model, &file, NULL), EF_OK);
    uint8_t *bytes = aligned_alloc(64, (file.size + 63) / 64 * 64);
    memcpy(bytes, file.data, file.size);
    *size = file.size;
    ef_buffer_release(&file);
    return bytes;
}

Test(model_file, opens_what_it_wrote)
{
    size_t size;
    uint8_t *bytes = sample_bytes(&size);
    ef_model model;
    cr_assert_eq(ef_model_open(&model, bytes, size, "tiny.efm", NULL), EF_OK);
    cr_assert(ef_model_is_whole(bytes, size));
    cr_assert_eq(model.info.name.size, 4);
    cr_assert_eq(memcmp(model.info.classifier.data, "naive-bayes", 11), 0);
    cr_assert_eq(model.info.card.size, 11);
    cr_assert_eq(model.info.size, size);
    cr_assert_eq(model.weights[5].polarity, 7);
    cr_assert_eq(model.vocabulary[2], 9);
    cr_assert_eq(model.blend->polarity[3][2], 11);
    cr_assert_eq(model.blend_lexicon->polarity[3][2], 12);
    cr_assert_eq(model.blend_classifier->neutrality[7][16], 13);
    cr_assert_eq(model.coverage_limit, 4500);
    char hash[17];
    ef_model_hash(bytes, size, hash);
    cr_assert_str_eq(model.info.hash, hash);
    free(bytes);
}

/* The bytes of the sample with a table of emotions; freed by the caller. */
static uint8_t *feeling_bytes(size_t *size)
{
    static const uint64_t feature = UINT64_C(0x7777000000000003);
    ef_model model = sample();
    ef_buffer file = { 0 };
    uint64_t bit = ef_emotion_filter_bit(feature);
    emotion_blend.weights[2][1] = -5;
    emotion_blend.lean[4] = 6;
    emotion_slots[3] = (ef_emotion_slot){ 0x7777, { 0, 0, 9, 0, 0, -9 } };
    emotion_filter[bit >> 6] |= UINT64_C(1) << (bit & 63);
    model.emotions = (ef_emotion_model){ &emotion_blend, emotion_filter, emotion_slots, 4 };
    cr_assert_eq(ef_model_write(&model, &file, NULL), EF_OK);
    uint8_t *bytes = aligned_alloc(64, (file.size + 63) / 64 * 64);
    memcpy(bytes, file.data, file.size);
    *size = file.size;
    ef_buffer_release(&file);
    return bytes;
}

Test(model_file, knows_no_emotions_unless_it_was_taught_them)
{
    size_t size;
    uint8_t *bytes = sample_bytes(&size);
    ef_model model;
    cr_assert_eq(ef_model_open(&model, bytes, size, "tiny.efm", NULL), EF_OK);
    cr_assert_null(model.emotions.blend);
    free(bytes);
    bytes = feeling_bytes(&size);
    cr_assert_eq(ef_model_open(&model, bytes, size, "tiny.efm", NULL), EF_OK);
    cr_assert(ef_model_is_whole(bytes, size));
    cr_assert_eq(model.emotions.slot_bits, 4);
    cr_assert_eq(model.emotions.blend->weights[2][1], -5);
    cr_assert_eq(model.emotions.blend->lean[4], 6);
    uint64_t feature = UINT64_C(0x7777000000000003), other = UINT64_C(0x7778000000000003);
    cr_assert_eq(ef_emotion_may_hold(model.emotions.filter, feature), 1);
    const ef_gram_tables tables = { .felt_slots = model.emotions.slots,
                                    .felt_bits = model.emotions.slot_bits };
    int64_t sums[EF_FELT] = { 0 };
    ef_kernels_at(0)->feel(&tables, &feature, 1, sums);
    ef_kernels_at(0)->feel(&tables, &other, 1, sums); /* in the same slot, but not there */
    cr_assert_eq(sums[5], -9);
    free(bytes);
}

Test(model_file, refuses_a_table_of_emotions_of_an_impossible_size)
{
    size_t size;
    uint8_t *bytes = feeling_bytes(&size);
    enum {
        EMOTIONS_SIZE = 56 + 6 * 16 + 8
    }; /* in the header: the seventh section's size */
    ef_model model;
    bytes[EMOTIONS_SIZE] -= 8;
    cr_assert_eq(ef_model_open(&model, bytes, size, "tiny.efm", NULL), EF_ERR_FORMAT);
    bytes[EMOTIONS_SIZE] += 8;
    cr_assert_eq(ef_model_open(&model, bytes, size, "tiny.efm", NULL), EF_OK);
    free(bytes);
}

Test(model_file, finds_a_feature_by_slot_and_print)
{
    size_t size;
    uint8_t *bytes = sample_bytes(&size);
    ef_model model;
    cr_assert_eq(ef_model_open(&model, bytes, size, "tiny.efm", NULL), EF_OK);
    cr_assert_eq(ef_model_weight(&model, UINT64_C(0x1234000000000005)).neutrality, -3);
    cr_assert_eq(ef_model_weight(&model, UINT64_C(0x1235000000000005)).print, 0);
    cr_assert_eq(ef_model_weight(&model, UINT64_C(0x1234000000000006)).print, 0);
    free(bytes);
}

Test(model_file, refuses_every_shorter_file)
{
    size_t size;
    uint8_t *bytes = sample_bytes(&size);
    for (size_t cut = 0; cut < size; cut += cut < 2 * HEADER ? 1 : 61) {
        uint8_t *copy = aligned_alloc(64, (cut / 64 + 1) * 64);
        ef_model model;
        ef_error error = { 0 };
        memcpy(copy, bytes, cut);
        cr_assert_eq(ef_model_open(&model, copy, cut, "cut.efm", &error), EF_ERR_FORMAT);
        cr_assert_neq(error.message[0], '\0');
        free(copy);
    }
    free(bytes);
}

/* Reads everything that a model describes: a wrong pointer shows under a sanitizer. */
static uint64_t read_all(const ef_model *model)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < (size_t)1 << model->slot_bits; i++)
        sum += model->weights[i].print;
    for (size_t i = 0; i < ((size_t)1 << model->vocabulary_bits) / 64; i++)
        sum += model->vocabulary[i];
    for (int i = 0; i <= EF_BLEND_INPUTS; i++)
        sum += (uint64_t)model->blend_classifier->neutrality[EF_BLEND_BINS - 1][i];
    for (size_t i = 0; i < model->info.card.size; i++)
        sum += model->info.card.data[i];
    return sum;
}

Test(model_file, survives_every_flipped_bit_of_its_header)
{
    size_t size;
    uint8_t *bytes = sample_bytes(&size);
    volatile uint64_t sum = 0;
    for (size_t bit = 0; bit < HEADER * 8; bit++) {
        ef_model model;
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (ef_model_open(&model, bytes, size, "flipped.efm", NULL) == EF_OK)
            sum += read_all(&model);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    free(bytes);
}

Test(model_file, notices_every_flipped_bit_by_its_checksum)
{
    size_t size;
    uint8_t *bytes = sample_bytes(&size);
    for (size_t at = 0; at < size; at += at < HEADER ? 1 : 37) {
        bytes[at] ^= 16;
        cr_assert_not(ef_model_is_whole(bytes, size), "byte %zu", at);
        bytes[at] ^= 16;
    }
    free(bytes);
}

Test(model_file, says_to_train_again_after_a_change_of_features)
{
    size_t size;
    uint8_t *bytes = sample_bytes(&size);
    ef_model model;
    ef_error error = { 0 };
    bytes[12]++; /* the version of the features */
    cr_assert_eq(ef_model_open(&model, bytes, size, "old.efm", &error), EF_ERR_FORMAT);
    cr_assert_not_null(strstr(error.message, "train it again"));
    free(bytes);
}

Test(model_file, refuses_a_card_with_control_characters)
{
    ef_model model = sample(), opened;
    ef_buffer file = { 0 };
    model.info.card = ef_slice_of("\033[2J");
    cr_assert_eq(ef_model_write(&model, &file, NULL), EF_OK);
    uint8_t *bytes = aligned_alloc(64, (file.size + 63) / 64 * 64);
    memcpy(bytes, file.data, file.size);
    cr_assert_eq(ef_model_open(&opened, bytes, file.size, "card.efm", NULL), EF_ERR_FORMAT);
    free(bytes);
    ef_buffer_release(&file);
}

static void write_file(const char *path, const uint8_t *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    fwrite(bytes, 1, size, file);
    fclose(file);
}

Test(model_file, loads_a_file_and_refuses_a_damaged_one)
{
    char path[] = "/tmp/earful-model-XXXXXX";
    int descriptor = mkstemp(path);
    size_t size;
    uint8_t *bytes = sample_bytes(&size);
    ef_model model;
    write_file(path, bytes, size);
    cr_assert_eq(ef_model_load(&model, path, NULL), EF_OK);
    cr_assert_eq(model.weights[5].polarity, 7);
    ef_model_release(&model);
    bytes[size - 1] ^= 1;
    write_file(path, bytes, size);
    cr_assert_eq(ef_model_load(&model, path, NULL), EF_ERR_FORMAT);
    cr_assert_null(model.weights);
    free(bytes);
    close(descriptor);
    unlink(path);
}

Test(model_file, names_a_file_that_is_not_there)
{
    ef_model model;
    ef_error error = { 0 };
    cr_assert_eq(ef_model_load(&model, "/nowhere/x.efm", &error), EF_ERR_IO);
    cr_assert_not_null(strstr(error.message, "/nowhere/x.efm"));
}
