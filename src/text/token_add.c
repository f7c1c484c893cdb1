/* SPDX-License-Identifier: MIT
 * text/token_add.c - how a token gets its hash and flags and joins the others. */
#include "text/token_add.h"

#include <stdlib.h>

bool ef_tokens_reserve(ef_tokens *tokens, size_t more)
{
    if (tokens->capacity - tokens->count >= more)
        return true;
    size_t capacity = tokens->count + more;
    if (capacity < 2 * tokens->capacity)
        capacity = 2 * tokens->capacity;
    ef_token *items = realloc(tokens->items, capacity * sizeof *items);
    if (items == NULL)
        return false;
    tokens->items = items;
    tokens->capacity = capacity;
    return true;
}

void ef_add_token(ef_scan *s, ef_token_kind kind, size_t begin, size_t end, size_t named,
                  unsigned flags)
{
    size_t name = named - begin;
    flags |= ef_glued_flag(s, begin);
    while (begin < end && !s->failed) {
        size_t size = end - begin < EF_LONGEST_TOKEN ? end - begin : EF_LONGEST_TOKEN;
        size_t hashed = name < size ? name : size;
        ef_add(s, kind, begin, size, ef_hash_padded(s->p + begin, hashed), flags);
        begin += size;
        flags |= EF_TOKEN_GLUED;
    }
}

static ef_token *last_token(const ef_scan *s)
{
    return s->tokens->count > 0 ? &s->tokens->items[s->tokens->count - 1] : NULL;
}

void ef_flag_last_token(const ef_scan *s, unsigned flags)
{
    ef_token *last = last_token(s);
    if (last != NULL)
        last->flags |= (uint8_t)flags;
}

unsigned ef_take_sentence_end(const ef_scan *s)
{
    ef_token *last = last_token(s);
    if (last == NULL || s->tokens->count == s->line_token)
        return 0;
    unsigned flag = last->flags & EF_TOKEN_SENTENCE_END;
    last->flags &= (uint8_t)~EF_TOKEN_SENTENCE_END;
    return flag;
}

unsigned ef_odd_word_flags(const ef_scan *s, size_t begin, uint64_t word, uint64_t upper,
                           uint64_t triple)
{
    unsigned flags = upper & 1 ? EF_TOKEN_CAPITALIZED : 0;
    bool is_capitals = (upper & (upper - 1)) != 0;
    for (uint64_t rest = word & ~upper; rest != 0 && is_capitals; rest &= rest - 1)
        is_capitals = ef_is_digit(s->p[begin + (size_t)__builtin_ctzll(rest)]);
    bool is_elongated = false;
    for (uint64_t rest = triple & word; rest != 0 && !is_elongated; rest &= rest - 1)
        is_elongated = ef_is_letter(s->p[begin + (size_t)__builtin_ctzll(rest)]);
    flags |= is_capitals ? EF_TOKEN_CAPITALS : 0;
    return flags | (is_elongated ? EF_TOKEN_ELONGATED : 0);
}
