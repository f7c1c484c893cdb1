/* SPDX-License-Identifier: MIT
 * score/reply.c - what a clause or sentence says of the one before it. */
#include "score/reply.h"

#include "score/word_is.h"

enum { DENIAL_WORDS = 8, AFTERTHOUGHT = 2 };

/* Little words that may stand before a bare denial and say nothing new. */
static bool points_back(uint64_t hash)
{
    return EF_HASH_IS(hash, EF_W("but"), EF_W("and"), EF_W("well"), EF_W("sadly"),
                      EF_W("alas"), EF_W("it"), EF_W("he"), EF_W("she"), EF_W("they"),
                      EF_W("this"), EF_W("that"), EF_W("we"), EF_W("i"), EF_W("there"),
                      EF_W("these"), EF_W("those"), EF_W("was"), EF_W("were"), EF_W("is"),
                      EF_W("are"), EF_W("did"), EF_W("do"), EF_W("does"), EF_W("has"),
                      EF_W("had"), EF_W("which"), EF_W("turned"), EF_W("out"),
                      EF_W("proved"), EF_W("one"));
}

bool ef_may_deny(uint64_t hash)
{
    return points_back(hash) ||
           EF_HASH_IS(hash, EF_W("no"), EF_W("not"), EF_W("never"), EF_W("hardly"),
                      EF_W("nothing"), EF_W("quite"), EF_W("far"), EF_W("boy"), EF_W("how"),
                      EF_W("that's"), EF_W("on"), EF_W("if"));
}

/* "I disagree", "quite the opposite", "not my experience at all". */
static bool is_denial(const ef_match *match, size_t count)
{
    return match->frame == EF_FRAME_DENIAL && match->frame_length > 1 &&
           (size_t)match->frame_length + AFTERTHOUGHT >= count;
}

/* "It was not", "they didn't", "but no longer": a few words that point back, a negator, and
 * at most a few that end it. */
bool ef_is_bare_denial(const ef_lexicon *lexicon, const ef_word *words, size_t count)
{
    size_t at = 0;
    if (count == 0 || count > DENIAL_WORDS)
        return false;
    ef_match match;
    ef_lexicon_match(lexicon, words, count, &match);
    if (is_denial(&match, count))
        return true; /* "I disagree" begins with words that point back, too */
    while (at + 1 < count && points_back(words[at].hash))
        at++;
    ef_lexicon_match(lexicon, words + at, count - at, &match);
    if (is_denial(&match, count - at))
        return true;
    if (match.entry == NULL || ef_entry_negator(match.entry) != EF_NEGATOR_NOT)
        return false;
    /* "No longer" needs no one who does; "not" alone is no sentence. */
    if (at == 0 && match.length < 2)
        return false;
    for (at += match.length; at < count; at++)
        if (!EF_WORD_IS(&words[at], EF_W("so"), EF_W("true"), EF_W("either"),
                        EF_W("anymore"), EF_W("actually"), EF_W("really"), EF_W("all"),
                        EF_W("at"), EF_W("the"), EF_W("case"), EF_W("be"), EF_W("have"),
                        EF_W("do"), EF_W("to"), EF_W("think"), EF_W("agree"), EF_W("one")))
            return false;
    return true;
}

unsigned ef_answer_of(const ef_lexicon *lexicon, const ef_word *words, size_t count,
                      bool *is_bare)
{
    ef_match match;
    ef_lexicon_match(lexicon, words, count, &match);
    *is_bare = match.frame != EF_FRAME_NO && match.frame_length == count;
    return match.frame == EF_FRAME_YES || match.frame == EF_FRAME_DENIAL ? match.frame
                                                                         : EF_FRAME_NO;
}
