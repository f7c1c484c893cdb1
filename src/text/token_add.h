/* SPDX-License-Identifier: MIT
 * text/token_add.h - how a token gets its hash and flags and joins the others.
 *
 * Words are most of all tokens, so adding one is inline and without branches that depend on
 * its size. A failure to grow is remembered in the scan and checked once at the end. */
#ifndef EARFUL_TEXT_TOKEN_ADD_H
#define EARFUL_TEXT_TOKEN_ADD_H

#include "base/hash.h"
#include "text/scan.h"

enum {
    EF_LONGEST_TOKEN = UINT16_MAX,
    EF_WINDOW = 64, /* bits of a mask that are looked at: flags are of that many bytes */
};

/* Makes room for more tokens; at least doubles, so that growth costs O(n). False without
 * memory. */
bool ef_tokens_reserve(ef_tokens *tokens, size_t more);

/* Adds the bytes from begin to end as one token, or as several if they are too many. The
 * bytes up to named are hashed. flags are added to what the place itself tells. */
void ef_add_token(ef_scan *s, ef_token_kind kind, size_t begin, size_t end, size_t named,
                  unsigned flags);

/* Adds flags to the last token, if there is one. */
void ef_flag_last_token(const ef_scan *s, unsigned flags);

/* A closing mark or a face behind a sentence belongs to it: takes the flag of the sentence's
 * end from the last token, for the next one. 0 if there is none on this line. */
unsigned ef_take_sentence_end(const ef_scan *s);

/* The flags of a word some of whose bytes are upper case or repeat twice. The masks are of
 * the bytes from begin on. */
unsigned ef_odd_word_flags(const ef_scan *s, size_t begin, uint64_t word, uint64_t upper,
                           uint64_t triple);

/* The lowest n bits. */
static inline uint64_t ef_low_bits(size_t n)
{
    return n >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << n) - 1;
}

/* EF_TOKEN_GLUED where no blank stands before the place. */
static inline unsigned ef_glued_flag(const ef_scan *s, size_t begin)
{
    return begin > 0 && !ef_is_blank(s->p[begin - 1]) ? EF_TOKEN_GLUED : 0;
}

static inline unsigned ef_word_flags(const ef_scan *s, size_t begin, size_t end)
{
    const ef_byte_masks *mask = &s->masks[begin / 64];
    uint64_t inside = ef_low_bits(end - begin);
    uint64_t upper = ef_scan_window(mask[0].upper, mask[1].upper, begin) & inside;
    uint64_t same = ef_scan_window(mask[0].same, mask[1].same, begin) & inside & ~UINT64_C(1);
    uint64_t triple = same & same << 1;
    if ((upper | triple) == 0)
        return 0;
    uint64_t word = ef_scan_window(mask[0].word, mask[1].word, begin) & inside;
    return ef_odd_word_flags(s, begin, word, upper, triple);
}

static inline void ef_add(ef_scan *s, ef_token_kind kind, size_t begin, size_t size,
                          uint64_t hash, unsigned flags)
{
    ef_tokens *tokens = s->tokens;
    if (tokens->count == tokens->capacity && !ef_tokens_reserve(tokens, 1)) {
        s->failed = true;
        return;
    }
    ef_token *token = &tokens->items[tokens->count++];
    token->hash = hash;
    token->begin = (uint32_t)begin;
    token->size = (uint16_t)size;
    token->kind = (uint8_t)kind;
    token->flags = (uint8_t)flags;
}

static inline void ef_add_word(ef_scan *s, size_t begin, size_t end, unsigned flags)
{
    flags |= ef_word_flags(s, begin, end);
    if (end - begin > 16)
        ef_add_token(s, EF_TOKEN_WORD, begin, end, end, flags);
    else
        ef_add(s, EF_TOKEN_WORD, begin, end - begin, ef_hash_padded(s->p + begin, end - begin),
               flags | ef_glued_flag(s, begin));
}

#endif
