/* SPDX-License-Identifier: MIT
 * score/spelling.c - the word with a mood that a misspelt one was meant to be.
 *
 * Most unknown words are told apart from slips by what slips leave as it is. Of the others,
 * each slip is undone: a word of up to 16 letters is one number, its first letter lowest,
 * so that takes a few shifts, and it is hashed without a copy. */
#include "score/spelling.h"

__extension__ typedef unsigned __int128 letters;

static letters below(size_t place)
{
    return ((letters)1 << 8 * place) - 1;
}

static uint8_t letter_at(letters word, size_t place)
{
    return (uint8_t)(word >> 8 * place);
}

static letters with_letter(letters word, size_t place, uint8_t letter)
{
    letters head = word & below(place);
    return head | (letters)letter << 8 * place | (word & ~below(place)) << 8;
}

static letters without_letter(letters word, size_t place)
{
    return (word & below(place)) | (word >> 8 & ~below(place));
}

static letters swapped(letters word, size_t place)
{
    letters both = (letters)(letter_at(word, place) ^ letter_at(word, place + 1));
    return word ^ (both << 8 * place | both << 8 * (place + 1));
}

/* The hash if the lexicon has such a word with a mood, else 0. */
static uint64_t find(const ef_lexicon *lexicon, letters word, size_t size)
{
    uint64_t low = (uint64_t)word, high = (uint64_t)(word >> 64);
    uint64_t hash =
        size <= 8 ? ef_hash_mix(low, size) : ef_hash_mix(low ^ size << 1, high + size);
    if (!ef_lexicon_may_speak(lexicon, hash))
        return 0;
    const ef_lexicon_entry *entry = ef_lexicon_table_seek(&lexicon->words, hash);
    return entry->key == hash && ef_entry_has_mood(entry) ? hash : 0;
}

static uint64_t undo_swap(const ef_lexicon *lexicon, letters word, size_t size)
{
    for (size_t i = 0; i + 1 < size; i++) {
        uint64_t hash = find(lexicon, swapped(word, i), size);
        if (hash != 0)
            return hash;
    }
    return 0;
}

static uint64_t undo_doubling(const ef_lexicon *lexicon, letters word, size_t size)
{
    for (size_t i = 0; i + 1 < size; i++) {
        uint64_t hash = letter_at(word, i) == letter_at(word, i + 1)
                            ? find(lexicon, without_letter(word, i), size - 1)
                            : 0;
        if (hash != 0)
            return hash;
    }
    return 0;
}

static bool is_vowel(uint8_t letter)
{
    return letter == 'a' || letter == 'e' || letter == 'i' || letter == 'o' ||
           letter == 'u';
}

/* A second letter beside each, or a vowel between two consonants. */
static uint64_t undo_loss(const ef_lexicon *lexicon, letters word, size_t size)
{
    static const uint8_t vowels[] = { 'e', 'i', 'a', 'o', 'u' };
    for (size_t i = 1; i < size; i++) {
        uint8_t before = letter_at(word, i - 1), next = letter_at(word, i);
        bool is_gap = !is_vowel(before) && !is_vowel(next);
        uint64_t hash = find(lexicon, with_letter(word, i, before), size + 1);
        for (size_t k = 0; k < sizeof vowels && hash == 0 && is_gap; k++)
            hash = find(lexicon, with_letter(word, i, vowels[k]), size + 1);
        if (hash != 0)
            return hash;
    }
    return 0;
}

static letters number_of(ef_slice word)
{
    letters number = 0;
    for (size_t i = word.size; i-- > 0;)
        number = number << 8 | word.data[i];
    return number;
}

uint64_t ef_spelling_mend(const ef_lexicon *lexicon, ef_slice word)
{
    ef_slip_keys keys;
    if (word.size < EF_SLIP_SHORTEST || word.size > EF_SLIP_LONGEST ||
        !ef_slip_keys_of(word.data, word.size, &keys))
        return 0;
    bool may_be_swapped = ef_slip_may_be(lexicon->slips, keys.letters);
    bool may_be_framed = ef_slip_may_be(lexicon->slips, keys.frame);
    if (!(may_be_swapped | may_be_framed))
        return 0;
    letters number = number_of(word);
    uint64_t hash = may_be_swapped ? undo_swap(lexicon, number, word.size) : 0;
    if (hash == 0 && may_be_framed)
        hash = undo_doubling(lexicon, number, word.size);
    if (hash == 0 && may_be_framed && word.size > EF_SLIP_SHORTEST)
        hash = undo_loss(lexicon, number, word.size);
    return hash;
}
