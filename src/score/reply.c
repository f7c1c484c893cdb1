/* SPDX-License-Identifier: MIT
 * score/reply.c - what a clause or sentence says of the one before it. */
#include "score/reply.h"

#include "score/word_is.h"

enum { DENIAL_WORDS = 6 };

/* "It was not", "they didn't", "but no longer": a few words that point back, a negator, and
 * at most a few that end it. */
bool ef_is_bare_denial(const ef_lexicon *lexicon, const ef_word *words, size_t count)
{
    size_t at = 0;
    if (count == 0 || count > DENIAL_WORDS)
        return false;
    while (at + 1 < count &&
           ef_word_is_one_of(&words[at],
                             "but and well sadly alas it he she they this that we "
                             "i there these those was were is are did do does "
                             "has had"))
        at++;
    ef_match match = ef_lexicon_match(lexicon, words + at, count - at);
    if (match.entry == NULL || ef_entry_negator(match.entry) != EF_NEGATOR_NOT)
        return false;
    /* "No longer" needs no one who does; "not" alone is no sentence. */
    if (at == 0 && match.length < 2)
        return false;
    for (at += match.length; at < count; at++)
        if (!ef_word_is_one_of(&words[at],
                               "so true either anymore actually really all at the "
                               "case be have do"))
            return false;
    return true;
}

unsigned ef_answer_of(const ef_lexicon *lexicon, const ef_word *words, size_t count,
                      bool *is_bare)
{
    ef_match match = ef_lexicon_match(lexicon, words, count);
    *is_bare = match.frame_length == count;
    return match.frame == EF_FRAME_YES || match.frame == EF_FRAME_DENIAL ? match.frame
                                                                         : EF_FRAME_NO;
}
