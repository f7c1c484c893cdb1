/* SPDX-License-Identifier: MIT
 * base/pseudonym.c - stand-ins for names: HMAC-SHA-256, by nettle, cut to 80 bits.
 *
 * The hash must resist somebody who knows all names and many stand-ins, and wants to know
 * which belong together: so it has a key, and is none of ours. */
#include "base/pseudonym.h"

#include <nettle/hmac.h>
#include <nettle/version.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/load.h"

/* Consonants make no word, and no two of them are mistaken for each other. */
static const char letters[] = "bcdfghjkmnpqrstv";
/* So that a key that serves elsewhere, too, gives nothing away here. */
static const uint8_t purpose[] = "earful pseudonym 1";

/* Nettle's, found by name when the first key is taken. */
#define LIBRARY_NAME "libnettle.so.8"

typedef struct functions {
    __typeof__(nettle_hmac_sha256_set_key) *set_key;
    __typeof__(nettle_hmac_sha256_update) *update;
    __typeof__(nettle_hmac_sha256_digest) *digest;
    __typeof__(nettle_version_major) *major;
    __typeof__(nettle_version_minor) *minor;
} functions;

static const ef_symbol symbols[] = {
    { "nettle_hmac_sha256_set_key", offsetof(functions, set_key) },
    { "nettle_hmac_sha256_update", offsetof(functions, update) },
    { "nettle_hmac_sha256_digest", offsetof(functions, digest) },
    { "nettle_version_major", offsetof(functions, major) },
    { "nettle_version_minor", offsetof(functions, minor) },
};

struct ef_pseudonyms {
    functions call;
    struct hmac_sha256_ctx keyed; /* copied for each value */
};

static bool load(functions *call)
{
    return ef_load(LIBRARY_NAME, symbols, sizeof symbols / sizeof symbols[0], call);
}

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
        return ef_error_set(
            error, EF_ERR_ARGUMENT,
            "a key whose bytes are all the same is none: make one at random");
    *made = malloc(sizeof **made);
    if (*made == NULL)
        return ef_error_memory(error);
    if (!load(&(*made)->call)) {
        free(*made);
        *made = NULL;
        return ef_error_set(error, EF_ERR_IO, LIBRARY_NAME " cannot be loaded: install it");
    }
    (*made)->call.set_key(&(*made)->keyed, key.size, key.data);
    (*made)->call.update(&(*made)->keyed, sizeof purpose, purpose);
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
    pseudonyms->call.update(&keyed, value.size, value.data);
    pseudonyms->call.digest(&keyed, sizeof digest, digest);
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
    functions call;
    version[0] = '\0';
    if (load(&call))
        snprintf(version, size, "%d.%d", call.major(), call.minor());
}
