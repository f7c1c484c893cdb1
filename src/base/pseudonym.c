/* SPDX-License-Identifier: MIT
 * base/pseudonym.c - stand-ins for names: HMAC-SHA-256, by nettle, cut to 80 bits.
 *
 * The hash must resist somebody who knows all names and many stand-ins, and wants to know
 * which belong together: so it has a key, and is none of ours. */
#include "base/pseudonym.h"

#include <nettle/hmac.h>
#include <nettle/version.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

/* Consonants make no word, and no two of them are mistaken for each other. */
static const char letters[] = "bcdfghjkmnpqrstv";
/* So that a key that serves elsewhere, too, gives nothing away here. */
static const uint8_t purpose[] = "earful pseudonym 1";

struct ef_pseudonyms {
    struct hmac_sha256_ctx keyed; /* copied for each value */
};

ef_status ef_pseudonyms_new(ef_pseudonyms **made, ef_slice key, ef_error *error)
{
    *made = NULL;
    if (key.size < EF_PSEUDONYM_KEY)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "a key of %zu bytes is too short: it has %d or more", key.size,
                            EF_PSEUDONYM_KEY);
    size_t same = 1;
    while (same < key.size && key.data[same] == key.data[0])
        same++;
    if (same == key.size)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "a key whose bytes are all the same is none: make one at random");
    *made = malloc(sizeof **made);
    if (*made == NULL)
        return ef_error_memory(error);
    nettle_hmac_sha256_set_key(&(*made)->keyed, key.size, key.data);
    nettle_hmac_sha256_update(&(*made)->keyed, sizeof purpose, purpose);
    return EF_OK;
}

void ef_pseudonyms_free(ef_pseudonyms *pseudonyms)
{
    if (pseudonyms != NULL)
        explicit_bzero(pseudonyms, sizeof *pseudonyms);
    free(pseudonyms);
}

void ef_pseudonym_make(const ef_pseudonyms *pseudonyms, ef_slice value,
                       uint8_t pseudonym[EF_PSEUDONYM_SIZE])
{
    struct hmac_sha256_ctx keyed = pseudonyms->keyed;
    uint8_t digest[SHA256_DIGEST_SIZE];
    while (value.size > 0 && value.data[0] <= ' ')
        value = (ef_slice){ value.data + 1, value.size - 1 };
    while (value.size > 0 && value.data[value.size - 1] <= ' ')
        value.size--;
    nettle_hmac_sha256_update(&keyed, value.size, value.data);
    nettle_hmac_sha256_digest(&keyed, sizeof digest, digest);
    *pseudonym++ = 'p';
    *pseudonym++ = '-';
    for (size_t i = 0; i < (EF_PSEUDONYM_SIZE - 2) / 2; i++) {
        *pseudonym++ = (uint8_t)letters[digest[i] >> 4];
        *pseudonym++ = (uint8_t)letters[digest[i] & 15];
    }
}

bool ef_is_pseudonym(ef_slice text)
{
    if (text.size != EF_PSEUDONYM_SIZE || memcmp(text.data, "p-", 2) != 0)
        return false;
    for (size_t i = 2; i < text.size; i++)
        if (text.data[i] == 0 || strchr(letters, text.data[i]) == NULL)
            return false;
    return true;
}

void ef_pseudonym_library(char *version, size_t size)
{
    snprintf(version, size, "%d.%d", nettle_version_major(), nettle_version_minor());
}
