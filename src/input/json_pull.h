/* SPDX-License-Identifier: MIT
 * input/json_pull.h - JSON as a stream of tokens, without a tree and without recursion.
 *
 * Strict (RFC 8259), except that bytes which are not UTF-8 pass through strings. Every
 * token is a slice of the input; strings are unescaped only when somebody wants them. */
#ifndef EARFUL_INPUT_JSON_PULL_H
#define EARFUL_INPUT_JSON_PULL_H

#include "earful/slice.h"
#include "kernels/kernels.h"

enum {
    EF_JSON_DEPTH = 64,          /* containers in each other; one bit each in a word */
    EF_JSON_NUMBER_LIMIT = 1000, /* bytes; no export has more than 30 */
};

typedef enum ef_json_token {
    EF_JSON_END, /* the value is complete; what follows it lies at pull.at */
    EF_JSON_OBJECT,
    EF_JSON_OBJECT_END,
    EF_JSON_ARRAY,
    EF_JSON_ARRAY_END,
    EF_JSON_KEY, /* its colon is read */
    EF_JSON_STRING,
    EF_JSON_NUMBER,
    EF_JSON_TRUE,
    EF_JSON_FALSE,
    EF_JSON_NULL,
    EF_JSON_MORE, /* the bytes end before the value does */
    EF_JSON_ERROR /* not JSON at pull.at */
} ef_json_token;

typedef struct ef_json_pull {
    const ef_kernels *kernels;
    const uint8_t *p;
    size_t n, at;
    size_t start;       /* of the token that was read last, with its quote */
    ef_slice raw;       /* the token; of strings and keys what stands between the quotes */
    bool is_escaped;    /* raw holds a backslash */
    unsigned depth;     /* containers that are open */
    uint64_t objects;   /* bit d: the container at depth d + 1 is an object */
    uint8_t expected;   /* what may come next; private */
    const char *reason; /* of MORE and ERROR, static */
} ef_json_pull;

/* Sets a pull to read the one value that begins at p. */
void ef_json_pull_init(ef_json_pull *pull, const ef_kernels *kernels, const uint8_t *p,
                       size_t n);

/* Reads one token. After END, MORE and ERROR it gives the same again. */
ef_json_token ef_json_next(ef_json_pull *pull);

/* Reads the next token if it is this key, written without escapes; then what EF_JSON_KEY
 * would leave is left, but for raw and start. False: nothing is read; ef_json_next tells.
 */
bool ef_json_take_key(ef_json_pull *pull, ef_slice key);

/* Directly after a key: reads its value if it is a whole string without escapes or an
 * integer, and gives it as raw would be; start and raw are not set. False: as above. */
bool ef_json_take_plain(ef_json_pull *pull, ef_slice *value);

/* Directly after OBJECT or ARRAY: reads on to the end of that container and sets raw to all
 * its bytes. Gives OBJECT_END or ARRAY_END, or MORE or ERROR. */
ef_json_token ef_json_skip(ef_json_pull *pull);

/* Undoes the escapes of a string that was read, into out, which has room for raw.size
 * bytes. Lone surrogates become U+FFFD; \u0000 becomes a NUL like any other byte. Returns
 * the size. */
size_t ef_json_unescape(ef_slice raw, uint8_t *out);

/* The number of bytes of white space (blank, TAB, LF, CR) at p. */
size_t ef_json_space(const uint8_t *p, size_t n);

#endif
