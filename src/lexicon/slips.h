/* SPDX-License-Identifier: MIT
 * lexicon/slips.h - what a slip of the pen leaves as it was.
 *
 * A misspelt word could be tried in thirty spellings, and nearly all words that nobody
 * knows are misspelt from none. So a lexicon keeps, as bits of hashes, what no slip changes
 * in its words: two neighbours that change places leave the letters; a letter too many or
 * too few of a pair, or a vowel that is missing between consonants, leaves both ends and
 * the consonants between them, if those are taken once where they repeat.
 *
 * Invariant: what has another key than a word is no such slip of it. */
#ifndef EARFUL_LEXICON_SLIPS_H
#define EARFUL_LEXICON_SLIPS_H

#include "base/hash.h"

#include <stdbool.h>

enum { EF_SLIP_BITS = 18, EF_SLIP_WORDS = 1 << (EF_SLIP_BITS - 6) };

enum { EF_SLIP_SHORTEST = 5, EF_SLIP_LONGEST = 15 }; /* letters of what is misspelt */

typedef struct ef_slip_keys {
    uint64_t letters; /* of what has the same letters in any order */
    uint64_t frame;   /* of what has the same ends and consonants */
} ef_slip_keys;

/* The keys of a word of size > 0; false if it is not of the letters a to z alone. */
static inline bool ef_slip_keys_of(const uint8_t *word, size_t size, ef_slip_keys *keys)
{
    const uint32_t vowels = 1u << 1 | 1u << 5 | 1u << 9 | 1u << 15 | 1u << 21;
    uint64_t letters = 0, frame = 0, last = 0, others = 0;
    for (size_t i = 0; i < size; i++) {
        uint64_t letter = word[i] ^ 0x60u;
        others |= letter - 1 > 25;
        letters += UINT64_C(1) << 2 * letter % 64; /* up to three of each */
        bool is_new = (~vowels >> letter % 32 & 1) & (letter != last);
        frame = is_new ? frame << 5 ^ letter : frame;
        last = is_new ? letter : last;
    }
    uint64_t ends = (uint64_t)word[0] << 8 | word[size - 1];
    keys->letters = ef_hash_mix(letters, 0);
    keys->frame = ef_hash_mix(frame, ends);
    return others == 0;
}

static inline bool ef_slip_may_be(const uint64_t *slips, uint64_t key)
{
    uint64_t bit = key >> (64 - EF_SLIP_BITS);
    return slips[bit >> 6] >> (bit & 63) & 1;
}

/* Adds a word to the bits of what may be meant. */
static inline void ef_slips_add(uint64_t *slips, const uint8_t *word, size_t size)
{
    ef_slip_keys keys;
    if (size < EF_SLIP_SHORTEST - 1 || size > EF_SLIP_LONGEST + 1)
        return;
    if (!ef_slip_keys_of(word, size, &keys))
        return;
    for (int i = 0; i < 2; i++) {
        uint64_t bit = (i == 0 ? keys.letters : keys.frame) >> (64 - EF_SLIP_BITS);
        slips[bit >> 6] |= UINT64_C(1) << (bit & 63);
    }
}

#endif
