/* SPDX-License-Identifier: MIT
 * tally/voices.h - who speaks: how many there are, and how alike the messages of one are.
 *
 * Messages of one conversation, or of one author, say less than as many of strangers. How
 * much less is told by sums over them: of a bounded, even share of all where there are very
 * many. */
#ifndef EARFUL_TALLY_VOICES_H
#define EARFUL_TALLY_VOICES_H

#include "tally/mood.h"
#include "tally/sums.h"

enum {
    EF_MOST_VOICES = 16384,    /* clusters with sums: 180 bytes each */
    EF_MOST_DISTINCT = 131072, /* authors, conversations, texts: 8 or 16 bytes each */
    EF_LEAST_REPEATED = 20     /* bytes of a text; who has not said "thank you" twice? */
};

/* What one cluster adds up to, on one side of a comparison. */
typedef struct ef_voice {
    int64_t n, negative, positive, mixed, sum, rated, rating;
} ef_voice;

enum { EF_VOICE_SUMS = sizeof(ef_voice) / sizeof(int64_t) };

typedef struct ef_voices {
    ef_sums clusters;        /* sums: ef_voice[EF_SIDES] */
    ef_mood alone[EF_SIDES]; /* messages of which nobody knows whose they are: one each */
    ef_sums authors, conversations;
    ef_sums texts; /* sums: how often an author said it */
} ef_voices;

void ef_voices_init(ef_voices *voices);
bool ef_voices_add(ef_voices *voices, const ef_heard *heard);
void ef_voices_expect(const ef_voices *voices, const ef_heard *heard);
bool ef_voices_merge(ef_voices *voices, const ef_voices *more);
bool ef_voices_save(const ef_voices *voices, ef_buffer *out);
bool ef_voices_load(ef_voices *voices, ef_unpack *in);
void ef_voices_release(ef_voices *voices);

/* How many messages say again what their author has said; of a sample, an estimate. */
int64_t ef_voices_repeated(const ef_voices *voices);

#endif
