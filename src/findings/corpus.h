/* SPDX-License-Identifier: MIT
 * findings/corpus.h - what was said, ready to be asked: who speaks, and what a set of
 * messages does to the mood of all.
 *
 * A voice is the author, else the conversation, else the message; what one voice says is
 * one cluster, so a loud customer widens intervals instead of moving figures unseen. */
#ifndef EARFUL_FINDINGS_CORPUS_H
#define EARFUL_FINDINGS_CORPUS_H

#include "findings/compared.h"
#include "findings/figure.h"
#include "findings/phrases_said.h"

enum { EF_LEAST_VOICES = 5 };

/* By the number of a voice, from 0. */
typedef struct ef_corpus_voice {
    double n, x;      /* messages, and the sum of their moods */
    double part;      /* scratch: mood of its messages in question */
    double parts;     /* scratch: how many these are */
    uint32_t touched; /* scratch: the question that touched it last */
} ef_corpus_voice;

/* By the number of a text, from 0. All scratch. */
typedef struct ef_corpus_text {
    uint32_t touched; /* the question that touched it last */
    uint32_t parts;   /* how many messages in question say it word by word */
} ef_corpus_text;

/* Zero-initialise, but for what is compared. */
typedef struct ef_corpus {
    const ef_compared *compared; /* NULL: messages are on the side they were counted on */
    const ef_said *said;         /* settled; outlives this */
    ef_nouns nouns;
    ef_phrases_said phrases;
    uint32_t *voice_of; /* of each message: its number */
    uint32_t *text_of;  /* equal for messages with the same text */
    ef_corpus_voice *voices;
    ef_corpus_text *texts;
    uint32_t *touched; /* scratch: voices of the question */
    size_t voice_count, text_count;
    uint32_t question;
    ef_spread spread;        /* of moods over voices */
    size_t sides[EF_SIDES];  /* messages of each */
    uint32_t *bucket_of;     /* of each message; bucket_count: none */
    uint32_t *bucket_totals; /* messages of each bucket */
    size_t bucket_count;
} ef_corpus;

/* On which side something of a day is, that was counted on one. */
static inline ef_side ef_corpus_side(const ef_corpus *corpus, int32_t day, ef_side counted)
{
    return corpus->compared == NULL ? counted
                                    : ef_compared_side(corpus->compared, day, counted);
}

ef_side ef_corpus_side_of(const ef_corpus *corpus, const ef_said_message *message);

/* -1, 0 or 1. */
static inline int ef_mood_of(const ef_said_message *message)
{
    return (int)ef_said_label(message) - EF_LABEL_NEUTRAL;
}

/* Learns the nouns, finds the phrases, numbers the voices and the buckets, which are in
 * order of time. False without memory. */
bool ef_corpus_init(ef_corpus *corpus, const ef_said *said, const ef_engine *engine,
                    const ef_bucket *buckets, size_t bucket_count);
void ef_corpus_release(ef_corpus *corpus);

/* What some messages do to the mood of all. */
typedef struct ef_weighed {
    int64_t negative, neutral, positive;
    int64_t voices;  /* that say them; the same text counts once */
    int64_t loudest; /* messages of one voice, or with one text that is no mere phrase */
    double impact;   /* net of all - net of all others, -200..200; NaN without others */
    double variance; /* of impact, by voices; NaN where it cannot be told */
    double deff;     /* of their own net sentiment */
} ef_weighed;

/* How many voices, and different texts, there are among the messages of a side, whichever
 * is less. messages: indices; NULL: all. */
int64_t ef_corpus_voices(ef_corpus *corpus, const uint32_t *messages, size_t count,
                         ef_side side);

/* The net sentiment of the messages that are of a side. */
ef_figure ef_corpus_net(ef_corpus *corpus, const uint32_t *messages, size_t count,
                        ef_side side);

/* messages: indices, rising. */
ef_weighed ef_corpus_weigh(ef_corpus *corpus, const uint32_t *messages, size_t count);

#endif
