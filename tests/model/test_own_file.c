/* SPDX-License-Identifier: MIT
 * test_own_file.c - an own model as bytes, and what damage does to it. */
#include "model/own_file.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { BITS = 4 };

static ef_weight weights[1 << BITS];

static uint8_t *sample_bytes(size_t *size)
{
    weights[5] = (ef_weight){ 0x1234, 7, -3 };
    ef_own_model own = { .info = { .name = ef_slice_of("ours"),
                                   .classifier = ef_slice_of("residual"),
                                   .card = ef_slice_of("{\"texts\":3}"),
                                   .feature_count = 1 },
                         .base_hash = "0123456789abcdef",
                         .weights = weights,
                         .slot_bits = BITS,
                         .blend = { { 1, 2, 3, 4, 5, 6, 7, 8 },
                                    { -1, 0, 0, 0, 0, 0, 0, -8 } },
                         .class_weights = { { 2500, 900, 1000 } } };
    ef_buffer file = { 0 };
    cr_assert_eq(ef_own_write(&own, &file, NULL), EF_OK);
    uint8_t *bytes = aligned_alloc(64, (file.size + 63) / 64 * 64);
    memcpy(bytes, file.data, file.size);
    *size = file.size;
    ef_buffer_release(&file);
    return bytes;
}

Test(own_file, opens_what_it_wrote)
{
    size_t size;
    uint8_t *bytes = sample_bytes(&size);
    ef_own_model own;
    cr_assert(ef_own_is_meant(bytes, size));
    cr_assert_eq(ef_own_open(&own, bytes, size, "ours.efm", NULL), EF_OK);
    cr_assert_str_eq(own.base_hash, "0123456789abcdef");
    cr_assert_eq(memcmp(own.info.card.data, "{\"texts\":3}", 11), 0);
    cr_assert_eq(own.blend.polarity[7], 8);
    cr_assert_eq(own.blend.neutrality[7], -8);
    cr_assert_eq(own.class_weights.of[0], 2500);
    cr_assert_eq(ef_own_weight(&own, UINT64_C(0x1234000000000005)).polarity, 7);
    cr_assert_eq(ef_own_weight(&own, UINT64_C(0x1235000000000005)).polarity, 0);
    char hash[17];
    ef_own_hash(bytes, size, hash);
    cr_assert_str_eq(own.info.hash, hash);
    cr_assert_eq(ef_own_adopt(&own, bytes, size, "ours.efm", NULL), EF_OK);
    ef_own_release(&own);
}

Test(own_file, refuses_a_file_that_was_cut)
{
    size_t size;
    uint8_t *bytes = sample_bytes(&size);
    for (size_t cut = 0; cut < size; cut++) {
        ef_own_model own;
        ef_error error = { 0 };
        cr_assert_eq(ef_own_open(&own, bytes, cut, "ours.efm", &error), EF_ERR_FORMAT,
                     "%zu", cut);
        cr_assert_not_null(strstr(error.message, "ours.efm"));
    }
    free(bytes);
}

/* A changed byte is found by its range or by the checksum; the bytes between sections are
 * part of the file, too. */
Test(own_file, adopts_no_file_with_a_changed_byte)
{
    size_t size;
    uint8_t *bytes = sample_bytes(&size);
    for (size_t at = 0; at < size; at++) {
        ef_own_model own;
        bytes[at] ^= 0x41;
        if (ef_own_is_meant(bytes, size))
            cr_assert_eq(ef_own_adopt(&own, bytes, size, "ours.efm", NULL), EF_ERR_FORMAT,
                         "%zu", at);
        bytes[at] ^= 0x41;
    }
    free(bytes);
}

static const char *refusal(uint8_t *bytes, size_t size)
{
    static ef_error error;
    ef_own_model own;
    cr_assert_eq(ef_own_open(&own, bytes, size, "ours.efm", &error), EF_ERR_FORMAT);
    return error.message;
}

static void put(uint8_t *bytes, size_t at, uint32_t value)
{
    memcpy(bytes + at, &value, sizeof value);
}

/* Offsets of the header: version 8, slot bits 12, features 32, hash 40, blend 56, class
 * weights 120, unused 132, sections 136. */
Test(own_file, says_what_is_wrong)
{
    size_t size;
    uint8_t *bytes = sample_bytes(&size), *good = malloc(size);
    memcpy(good, bytes, size);
    put(bytes, 8, EF_FEATURES_VERSION + 1);
    cr_assert_not_null(strstr(refusal(bytes, size), "train it again"));
    memcpy(bytes, good, size);
    put(bytes, 12, 60);
    cr_assert_not_null(strstr(refusal(bytes, size), "slots"));
    memcpy(bytes, good, size);
    put(bytes, 32, 1000);
    cr_assert_not_null(strstr(refusal(bytes, size), "more features"));
    memcpy(bytes, good, size);
    bytes[40] = 'X';
    cr_assert_not_null(strstr(refusal(bytes, size), "adds to"));
    memcpy(bytes, good, size);
    put(bytes, 120, 0);
    cr_assert_not_null(strstr(refusal(bytes, size), "weight of a class"));
    put(bytes, 120, 0x80000000);
    cr_assert_not_null(strstr(refusal(bytes, size), "weight of a class"));
    memcpy(bytes, good, size);
    put(bytes, 136, 64);
    cr_assert_not_null(strstr(refusal(bytes, size), "outside"));
    memcpy(bytes, good, size);
    put(bytes, 144, 8);
    cr_assert_not_null(strstr(refusal(bytes, size), "wrong size"));
    free(good);
    free(bytes);
}

Test(own_file, takes_no_control_characters_in_its_card)
{
    size_t size;
    uint8_t *bytes = sample_bytes(&size);
    bytes[size - 3] = 0x1b; /* the card is last */
    cr_assert_not_null(strstr(refusal(bytes, size), "plain text"));
    free(bytes);
}
