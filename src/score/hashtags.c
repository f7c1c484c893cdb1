/* SPDX-License-Identifier: MIT
 * score/hashtags.c - the known words that a hashtag is made of. */
#include "score/hashtags.h"

enum { LONGEST_WORD = 16 }; /* that is looked for inside a hashtag */

/* What may begin at a place of a hashtag: bit n is of its first n bytes. */
typedef struct prefixes {
    uint64_t hashes[LONGEST_WORD + 1];
    uint32_t speaking; /* perhaps words that speak */
    uint32_t known;    /* words of the model */
} prefixes;

/* The hash of the first n <= 16 of the bytes in low and high. */
static uint64_t hash_of(uint64_t low, uint64_t high, size_t n)
{
    if (n <= 8)
        return ef_hash_mix(low & ~UINT64_C(0) >> (64 - 8 * n), n);
    return ef_hash_mix(low ^ n << 1, (high & ~UINT64_C(0) >> (128 - 8 * n)) + n);
}

/* Looks at all prefixes of up to `longest` bytes at once, without a branch on what they
 * are. Behind them stand more bytes of the normal text. */
static prefixes look_at_prefixes(const ef_lexicon *lexicon, const ef_model *model,
                                 const uint8_t *p, size_t longest)
{
    uint64_t low = ef_hash_load(p, 8), high = ef_hash_load(p + 8, 8);
    prefixes found;
    found.speaking = found.known = 0;
    for (size_t n = 1; n <= longest; n++) {
        uint64_t hash = found.hashes[n] = hash_of(low, high, n);
        bool is_long = (n >= 3) | (p[0] == 'a') | (p[0] == 'i') | (p[n - 1] == 'o');
        found.speaking |= (uint32_t)ef_lexicon_may_speak(lexicon, hash) << n;
        bool is_known = model != NULL && ef_model_knows(model, hash);
        found.known |= (uint32_t)(is_long & is_known) << n;
    }
    return found;
}

/* How much the first n bytes look like a word; 0: not at all. Longer words are better by
 * more than their parts together, so "never" beats "ne" + "ver". */
static unsigned worth(const ef_lexicon *lexicon, const prefixes *found, size_t n)
{
    if ((found->speaking >> n & 1) && ef_lexicon_says(lexicon, found->hashes[n]))
        return (unsigned)(n * n * 2);
    return found->known >> n & 1 ? (unsigned)(n * n) : 0;
}

size_t ef_hashtag_split(const ef_lexicon *lexicon, const ef_model *model, ef_slice word,
                        uint8_t *ends)
{
    unsigned best[EF_HASHTAG_SIZE + 1] = { 1 };
    uint8_t from[EF_HASHTAG_SIZE + 1] = { 0 };
    const uint64_t inside = (UINT64_C(1) << word.size) - 1;
    uint64_t open = 1; /* places up to which all is words; in order, for words go on */
    for (; (open & inside) != 0; open &= open - 1) {
        size_t start = (size_t)__builtin_ctzll(open);
        size_t left = word.size - start - (start == 0); /* the whole is no piece */
        prefixes found = look_at_prefixes(lexicon, model, word.data + start,
                                          left < LONGEST_WORD ? left : LONGEST_WORD);
        for (uint32_t rest = found.speaking | found.known; rest != 0; rest &= rest - 1) {
            size_t n = (size_t)__builtin_ctz(rest), end = start + n;
            unsigned value = worth(lexicon, &found, n);
            bool is_better = (value != 0) & (best[start] + value > best[end]);
            best[end] = is_better ? best[start] + value : best[end];
            from[end] = is_better ? (uint8_t)start : from[end];
            open |= (uint64_t)is_better << end;
        }
    }
    if (best[word.size] == 0)
        return 0;
    size_t count = 0;
    for (size_t end = word.size; end > 0; end = from[end])
        count++;
    size_t at = count;
    for (size_t end = word.size; end > 0; end = from[end])
        ends[--at] = (uint8_t)end;
    return count;
}
