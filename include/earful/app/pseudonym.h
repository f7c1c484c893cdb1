/* SPDX-License-Identifier: MIT
 * app/pseudonym.h - stand-ins for the values of columns that name people.
 *
 * Not part of the stable interface. The same value has the same stand-in under the same
 * key, in every file and run; without the key nobody can tell what it stands for, nor try
 * out names. With 80 bits two of a million people share one with a chance of 4 in 10^13, of
 * a hundred million with one of 4 in 10^9. */
#ifndef EARFUL_APP_PSEUDONYM_H
#define EARFUL_APP_PSEUDONYM_H

#include <stdbool.h>

#include "earful/slice.h"
#include "earful/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Immutable; threads share it. */
typedef struct ef_pseudonyms ef_pseudonyms;

enum {
    EF_PSEUDONYM_KEY = 16, /* bytes that a key has at least */
    EF_PSEUDONYM_SIZE = 22 /* "p-" and twenty consonants: no number, no word, no name */
};

/* EF_ERR_ARGUMENT: the key is too short, or its bytes are all the same. EF_ERR_MEMORY. */
EF_API ef_status ef_pseudonyms_new(ef_pseudonyms **pseudonyms, ef_slice key,
                                   ef_error *error);
/* Forgets the key, too. */
EF_API void ef_pseudonyms_free(ef_pseudonyms *pseudonyms);

/* Writes what stands for value; blanks around it do not count, case does. */
EF_API void ef_pseudonym_make(const ef_pseudonyms *pseudonyms, ef_slice value,
                              uint8_t pseudonym[EF_PSEUDONYM_SIZE]);

/* Whether text has the form of a stand-in. */
EF_API bool ef_is_pseudonym(ef_slice text);

#ifdef __cplusplus
}
#endif
#endif
