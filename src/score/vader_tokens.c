/* SPDX-License-Identifier: MIT
 * score/vader_tokens.c - a text cut at white space, as the reference cuts it.
 *
 * One pass over the characters. While a word is read, its lower-case form grows in `key`,
 * and a few marks say where its outer punctuation ends, so nothing is read twice. */
#include "score/vader_tokens.h"

#include "base/utf8.h"
#include "text/normalize.h"

enum { LIKELY_EMOTICON = 2 }; /* characters inside the punctuation, at most */

/* What is known of a word while it is read. */
typedef struct shape {
    size_t begin, end; /* in the key: from the first to behind the last that is no mark */
    uint64_t count;    /* characters so far */
    uint64_t first, last; /* the number of those before begin, and before end */
    bool has_upper, has_other_case;
    bool has_negation; /* n't */
} shape;

void ef_vader_reader_start(ef_vader_reader *reader, const ef_vader *vader, ef_buffer *key,
                           ef_slice text)
{
    *reader = (ef_vader_reader){ .vader = vader, .key = key, .rest = text };
}

static uint32_t take(ef_slice *text)
{
    uint32_t code;
    size_t size = ef_utf8_decode(text->data, text->size, &code);
    code = size == 0 ? 0xfffd : code;
    size = size == 0 ? 1 : size;
    text->data += size;
    text->size -= size;
    return code;
}

/* The description of the character at p; empty if it is no emoji of the file. */
static ef_slice description_of(const ef_vader *vader, uint32_t code)
{
    uint8_t bytes[4];
    if (code < 0x80)
        return (ef_slice){ NULL, 0 };
    return ef_vader_find(vader, bytes, ef_utf8_encode(code, bytes))->description;
}

/* The next character of the text with descriptions in place of emoji. A blank is put before
 * a description, not behind it: what follows an emoji without one sticks to its last word,
 * as in the reference. */
static bool next_code(ef_vader_reader *reader, uint32_t *code)
{
    if (reader->description.size > 0) {
        *code = take(&reader->description);
        return true;
    }
    if (reader->rest.size == 0)
        return false;
    *code = take(&reader->rest);
    reader->description = description_of(reader->vader, *code);
    if (reader->description.size == 0) {
        reader->is_behind_letters = *code != ' ';
        return true;
    }
    *code = reader->is_behind_letters ? ' ' : take(&reader->description);
    reader->is_behind_letters = true;
    return true;
}

/* White space as Python's str.split knows it. */
static bool is_space(uint32_t code)
{
    if (code < 0x80)
        return code == ' ' || (code >= '\t' && code <= '\r') ||
               (code >= 0x1c && code <= 0x1f);
    return code == 0x85 || code == 0xa0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 ||
           code == 0x202f || code == 0x205f || code == 0x3000;
}

static bool is_mark(uint32_t code)
{
    return (code > ' ' && code < '0') || (code > '9' && code < 'A') ||
           (code > 'Z' && code < 'a') || (code > 'z' && code < 0x7f);
}

static void note_case(shape *word, uint32_t code, uint32_t *lower)
{
    if (code < 0x80) {
        bool is_upper = code >= 'A' && code <= 'Z';
        *lower = is_upper ? code + ('a' - 'A') : code;
        word->has_upper |= is_upper;
        word->has_other_case |= code >= 'a' && code <= 'z';
        return;
    }
    ef_case is = ef_character_case(code, lower);
    word->has_upper |= is == EF_CASE_UPPER;
    word->has_other_case |= is == EF_CASE_LOWER || is == EF_CASE_TITLE;
}

static bool add_code(shape *word, ef_buffer *key, uint32_t code)
{
    uint8_t bytes[4];
    uint32_t lower;
    note_case(word, code, &lower);
    size_t before = key->size;
    if (!ef_buffer_append(key, bytes, ef_utf8_encode(lower, bytes)))
        return false;
    if (lower == 't' && before >= 2 && memcmp(key->data + before - 2, "n'", 2) == 0)
        word->has_negation = true;
    if (!is_mark(code)) {
        if (word->last == 0) {
            word->begin = before;
            word->first = word->count;
        }
        word->end = key->size;
        word->last = word->count + 1;
    }
    word->count++;
    return true;
}

bool ef_vader_reader_next(ef_vader_reader *reader, ef_vader_token *token)
{
    shape word = { 0 };
    uint32_t code;
    ef_buffer_reset(reader->key);
    while (next_code(reader, &code)) {
        reader->exclamations += code == '!';
        reader->questions += code == '?';
        if (is_space(code) && word.count > 0)
            break;
        if (!is_space(code) && !add_code(&word, reader->key, code))
            return false;
    }
    if (word.last - word.first <= LIKELY_EMOTICON) {
        word.begin = 0;
        word.end = reader->key->size;
    }
    size_t size = word.end - word.begin;
    const uint8_t *key = size > 0 ? reader->key->data + word.begin : NULL;
    *token = (ef_vader_token){ .word = ef_vader_find(reader->vader, key, size),
                               .is_there = word.count > 0,
                               .is_upper = word.has_upper && !word.has_other_case,
                               .negates = word.has_negation };
    token->negates |= token->word->negates;
    return true;
}
