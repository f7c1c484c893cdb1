/* SPDX-License-Identifier: MIT
 * lexicon/match.h - which words and phrases begin at a word. */
#ifndef EARFUL_LEXICON_MATCH_H
#define EARFUL_LEXICON_MATCH_H

#include <string.h>

#include "lexicon/lexicon.h"

/* The entry of the single word, NULL if there is none. */
static inline const ef_lexicon_entry *ef_word_entry(const ef_lexicon *lexicon,
                                                    const ef_word *word)
{
    return word->found & EF_FOUND_LISTED ? lexicon->words.entries + word->found / 4 : NULL;
}

/* Sixteen bytes. Lengths are in words, and mean nothing where there is nothing to measure;
 * a phrase has at most EF_PHRASE_WORDS steps, each of which covers one word or, as a gap,
 * EF_GAP_WORDS. */
typedef struct ef_match {
    const ef_lexicon_entry *entry; /* of the longest match that weighs; NULL: none */
    uint16_t signals;              /* of all matches that begin here */
    uint8_t frame;                 /* ef_frame of the longest match that opens one */
    uint8_t emotion;       /* of the longest match that shows one; as in the entry */
    uint8_t length;        /* of entry */
    uint8_t signal_length; /* of the longest match that sets a signal */
    uint8_t frame_length, emotion_length;
} ef_match;

/* What a word says alone, and whether it says anything. Half of the events do, and no CPU
 * guesses which: the entry is read in any case, and is nothing but zeros if it does not. */
static inline bool ef_match_word(ef_match *match, const ef_lexicon *lexicon,
                                 const ef_word *word)
{
    bool speaks = (word->traits & EF_ENTRY_SPEAKS) != 0;
    const ef_lexicon_entry *entry = lexicon->words.entries + word->found / 4;
    ef_lexicon_entry said = *entry;
    uint64_t says;
    memcpy(&says, &said.valence, sizeof says);
    says &= 0 - (uint64_t)speaks;
    memcpy(&said.valence, &says, sizeof says);
    match->entry = ef_entry_weighs(&said) ? entry : NULL;
    match->signals = said.signals;
    match->frame = (uint8_t)ef_entry_frame(&said);
    match->emotion = said.emotion;
    match->length = match->signal_length = match->frame_length = match->emotion_length = 1;
    return speaks;
}

/* Adds what phrases say that begin at words[0], which opens one, to what it says alone;
 * gives whether there is anything. */
bool ef_match_phrases(const ef_lexicon *lexicon, const ef_word *words, size_t count,
                      ef_match *match);

/* What begins at words[0], count > 0 words to the end of the sentence: *match, and whether
 * there is anything in it. Trusts `opens` and `has_slots` of the first. Bounded work: at
 * most 64 steps, whatever lexicon and text are. */
static inline bool ef_lexicon_match(const ef_lexicon *lexicon, const ef_word *words,
                                    size_t count, ef_match *match)
{
    bool speaks = ef_match_word(match, lexicon, words);
    return words->opens ? ef_match_phrases(lexicon, words, count, match) : speaks;
}

#endif
