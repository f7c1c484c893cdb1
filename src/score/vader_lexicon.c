/* SPDX-License-Identifier: MIT
 * score/vader_lexicon.c - reading lexicon files of VADER's format into one table.
 *
 * Invariant: keys and descriptions lie in the arena, and at most half of the slots are
 * taken, so every search ends. */
#include "score/vader_lexicon.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"

enum {
    FIRST_CAPACITY = 1024,
    MOST_DIGITS = 15 /* such a whole number and its power of ten are exact as doubles */
};

static ef_vader_word *slot_of(const ef_vader *vader, ef_slice key)
{
    size_t mask = vader->capacity - 1, at = ef_hash_bytes(key.data, key.size) & mask;
    while (vader->words[at].key.size > 0 &&
           (vader->words[at].key.size != key.size ||
            memcmp(vader->words[at].key.data, key.data, key.size) != 0))
        at = (at + 1) & mask;
    return &vader->words[at];
}

const ef_vader_word *ef_vader_find(const ef_vader *vader, const uint8_t *key, size_t size)
{
    static const ef_vader_word nobody = { .role = EF_VADER_NONE };
    if (size == 0)
        return &nobody;
    const ef_vader_word *word = slot_of(vader, (ef_slice){ key, size });
    return word->key.size > 0 ? word : &nobody;
}

static bool grow(ef_vader *vader)
{
    ef_vader bigger = *vader;
    bigger.capacity = vader->capacity == 0 ? FIRST_CAPACITY : vader->capacity * 2;
    bigger.words = calloc(bigger.capacity, sizeof *bigger.words);
    if (bigger.words == NULL)
        return false;
    for (size_t i = 0; i < vader->capacity; i++)
        if (vader->words[i].key.size > 0)
            *slot_of(&bigger, vader->words[i].key) = vader->words[i];
    free(vader->words);
    *vader = bigger;
    return true;
}

static bool keep(ef_vader *vader, ef_slice text, ef_slice *kept)
{
    const char *copy = ef_arena_copy(&vader->arena, text);
    *kept = (ef_slice){ (const uint8_t *)copy, text.size };
    return copy != NULL;
}

/* The word with this key, made if there is none; NULL without memory. */
static ef_vader_word *place(ef_vader *vader, ef_slice key)
{
    if (vader->used * 2 >= vader->capacity && !grow(vader))
        return NULL;
    ef_vader_word *word = slot_of(vader, key);
    if (word->key.size > 0)
        return word;
    if (!keep(vader, key, &key))
        return NULL;
    word->key = key;
    vader->used++;
    return word;
}

ef_status ef_vader_init(ef_vader *vader, ef_error *error)
{
    const ef_vader_own_word *own;
    memset(vader, 0, sizeof *vader);
    for (size_t i = 0; (own = ef_vader_own_word_at(i)) != NULL; i++) {
        ef_vader_word *word = place(vader, ef_slice_of(own->text));
        if (word == NULL)
            return ef_error_memory(error);
        word->boost = own->boost;
        word->negates = own->negates;
        word->role = (uint8_t)own->role;
    }
    return EF_OK;
}

void ef_vader_release(ef_vader *vader)
{
    ef_arena_release(&vader->arena);
    free(vader->words);
    memset(vader, 0, sizeof *vader);
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static ef_slice trim(ef_slice text)
{
    while (text.size > 0 && is_blank(text.data[text.size - 1]))
        text.size--;
    while (text.size > 0 && is_blank(text.data[0])) {
        text.data++;
        text.size--;
    }
    return text;
}

/* Takes what stands before the next end byte, or all that is left. */
static ef_slice cut(ef_slice *rest, uint8_t end)
{
    ef_slice part = *rest;
    const uint8_t *at = rest->size == 0 ? NULL : memchr(rest->data, end, rest->size);
    if (at == NULL) {
        *rest = (ef_slice){ NULL, 0 };
        return part;
    }
    part.size = (size_t)(at - rest->data);
    *rest = (ef_slice){ at + 1, rest->size - part.size - 1 };
    return part;
}

/* A decimal number of up to 15 digits, rounded once. */
static bool read_number(ef_slice text, double *number)
{
    static const double powers[] = { 1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
    bool is_negative = text.size > 0 && text.data[0] == '-', has_point = false;
    size_t at = text.size > 0 && (is_negative || text.data[0] == '+') ? 1 : 0;
    int64_t digits = 0;
    int count = 0, decimals = 0;
    for (; at < text.size; at++) {
        uint8_t byte = text.data[at];
        if (byte == '.' && !has_point) {
            has_point = true;
        } else if (byte >= '0' && byte <= '9' && count < MOST_DIGITS) {
            digits = digits * 10 + (byte - '0');
            count++;
            decimals += has_point;
        } else {
            return false;
        }
    }
    *number = (double)(is_negative ? -digits : digits) / powers[decimals];
    return count > 0;
}

typedef struct line {
    ef_slice key, value;
    uint64_t number;
} line;

/* The next line that is not blank; false after the last. */
static bool next_line(ef_slice *rest, line *next)
{
    ef_slice text = { NULL, 0 };
    while (rest->size > 0 && text.size == 0) {
        text = trim(cut(rest, '\n'));
        next->number++;
    }
    next->key = cut(&text, '\t');
    next->value = trim(cut(&text, '\t'));
    return next->key.size > 0;
}

static ef_status add_line(ef_vader *vader, const line *next, bool has_valences,
                          const char *path, ef_error *error)
{
    double valence = 0;
    if (next->value.size == 0 || (has_valences && !read_number(next->value, &valence)))
        return ef_error_set_at(error, EF_ERR_FORMAT, next->number, 0, 0,
                               "'%s', line %llu: not VADER's format: a word, a tab and %s",
                               path, (unsigned long long)next->number,
                               has_valences ? "a number" : "a number or a description");
    ef_vader_word *word = place(vader, next->key);
    if (word == NULL)
        return ef_error_memory(error);
    word->is_listed |= has_valences;
    word->valence = has_valences ? valence : word->valence;
    vader->entries++;
    return has_valences || keep(vader, next->value, &word->description)
               ? EF_OK
               : ef_error_memory(error);
}

ef_status ef_vader_add(ef_vader *vader, ef_slice bytes, const char *path, ef_error *error)
{
    line next = { .number = 0 };
    double number;
    bool is_first = true, has_valences = false;
    ef_status status = EF_OK;
    vader->hash = ef_hash_combine(vader->hash, ef_hash_bytes(bytes.data, bytes.size));
    while (status == EF_OK && next_line(&bytes, &next)) {
        if (is_first)
            has_valences = read_number(next.value, &number);
        is_first = false;
        status = add_line(vader, &next, has_valences, path, error);
    }
    vader->has_words |= has_valences;
    return status;
}
