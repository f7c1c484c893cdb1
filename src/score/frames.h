/* SPDX-License-Identifier: MIT
 * score/frames.h - what is said but not meant as the speaker's verdict here and now.
 *
 * "I used to hate it", "some people say it is bad", "if it were good", "I wish it worked":
 * the words are there, the verdict is not. A frame begins at a word or phrase of the
 * lexicon and ends with its clause; inside, valences keep only a share of their weight (a
 * negative share turns them), and the classifier does not see the words. */
#ifndef EARFUL_SCORE_FRAMES_H
#define EARFUL_SCORE_FRAMES_H

#include "lexicon/match.h"

/* The percentage that a frame leaves of a weight. */
int32_t ef_frame_percent(unsigned frame, bool is_negative);

/* As reasons name it: "past", "hearsay". Static; "" for frames that change nothing. */
const char *ef_frame_rule(unsigned frame);

/* Who speaks in a part of a sentence, from the first words of it. */
typedef enum ef_speaker { EF_SPEAKER_UNKNOWN, EF_SPEAKER_SELF, EF_SPEAKER_OTHERS } ef_speaker;
ef_speaker ef_speaker_of(const ef_lexicon *lexicon, const ef_word *words, size_t count);

#endif
