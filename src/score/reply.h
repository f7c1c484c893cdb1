/* SPDX-License-Identifier: MIT
 * score/reply.h - what a clause or sentence says of the one before it, and nothing else.
 *
 * "Was it good? Yes." "They said it would be good. It was not." */
#ifndef EARFUL_SCORE_REPLY_H
#define EARFUL_SCORE_REPLY_H

#include "lexicon/match.h"

enum { EF_REPLY_TOKENS = 8 }; /* a bare denial has no more, marks included */

/* Whether a bare denial may begin with a word: a cheap look before the others are read. */
bool ef_may_deny(uint64_t hash);

/* Whether the words take back what was said before, and do nothing else: "but it was not",
 * "no longer". */
bool ef_is_bare_denial(const ef_lexicon *lexicon, const ef_word *words, size_t count);

/* EF_FRAME_YES or EF_FRAME_DENIAL if the words begin with an answer, else EF_FRAME_NO;
 * *is_bare: they hold nothing else. */
unsigned ef_answer_of(const ef_lexicon *lexicon, const ef_word *words, size_t count,
                      bool *is_bare);

#endif
