/* SPDX-License-Identifier: MIT
 * score/frames.c - what is said but not meant as the speaker's verdict here and now. */
#include "score/frames.h"

#include "score/word_is.h"

enum { SUBJECT_WORDS = 2 }; /* "I hate", "but honestly I", "my sister": within two words */

static const struct effect {
    int8_t positive, negative; /* percent */
    const char *rule;
} effects[EF_FRAME_COUNT] = {
    [EF_FRAME_NO] = { 100, 100, "" },
    [EF_FRAME_PAST] = { -40, -40, "past" },
    [EF_FRAME_FORMERLY] = { 30, 30, "formerly" },
    [EF_FRAME_HEARSAY] = { 25, 25, "hearsay" },
    [EF_FRAME_OTHERS] = { 100, 100, "" },
    [EF_FRAME_IF] = { 15, 20, "condition" },
    [EF_FRAME_WISH] = { -60, 40, "wish" },
    [EF_FRAME_WOULD] = { -40, 40, "condition" },
    [EF_FRAME_NOW] = { 100, 100, "" },
    [EF_FRAME_YES] = { 100, 100, "" },
    [EF_FRAME_DENIAL] = { 100, 100, "" },
    [EF_FRAME_OPINION] = { 100, 100, "" },
    [EF_FRAME_RIVAL] = { 100, 100, "" },
    [EF_FRAME_OVER] = { 100, 100, "" },
    [EF_FRAME_RHETORIC] = { -60, -60, "rhetoric" },
};

int32_t ef_frame_percent(unsigned frame, bool is_negative)
{
    return is_negative ? effects[frame].negative : effects[frame].positive;
}

const char *ef_frame_rule(unsigned frame)
{
    return effects[frame].rule;
}

ef_speaker ef_speaker_of(const ef_lexicon *lexicon, const ef_word *words, size_t count)
{
    for (size_t i = 0; i < count && i < SUBJECT_WORDS; i++) {
        if (EF_WORD_IS(&words[i], EF_W("i"), EF_W("we")))
            return EF_SPEAKER_SELF;
        ef_match match;
        ef_lexicon_match(lexicon, words + i, count - i, &match);
        if (match.frame == EF_FRAME_OTHERS)
            return EF_SPEAKER_OTHERS;
    }
    return EF_SPEAKER_UNKNOWN;
}
