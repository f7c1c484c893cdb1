/* SPDX-License-Identifier: MIT
 * tally/rated.h - what customers answered on scales, and whether their words agree.
 *
 * Answers are counted one by one, scale by scale: the reports' metrics of surveys are made
 * from these counts. Where stars and text part, the widest gaps are kept as examples. */
#ifndef EARFUL_TALLY_RATED_H
#define EARFUL_TALLY_RATED_H

#include "tally/mood.h"
#include "tally/sums.h"
#include "text/redactor.h"

enum {
    EF_MOST_ANSWERS =
        4096, /* different answers, of all scales; beyond it they are a sample */
    EF_ANSWER_UNIT = 1000, /* an answer of 4.5 is kept as 4500 */
    EF_KEPT_PARTINGS = 12,
    EF_PARTING_TEXT = 280, /* bytes of its text, at most */
    EF_OUTSPOKEN = 2500    /* of -10000..10000: the middle fourth of a scale is neutral */
};

/* The keys of an answer; its sums count it on each side of a comparison. */
typedef struct ef_answer {
    int64_t low, high, value; /* in units of 1 / EF_ANSWER_UNIT */
} ef_answer;

/* A message whose stars and words part. */
typedef struct ef_parting {
    int32_t gap; /* between the scaled rating and the score */
    uint64_t print;
    int64_t time_ms; /* 0: none */
    ef_label label;
    int32_t score;
    ef_answer answer;
    uint32_t id_size, text_size;
    uint8_t id[120], text[EF_PARTING_TEXT + 64]; /* redacted, if the plan wants it */
} ef_parting;

typedef struct ef_rated {
    ef_sums answers;
    int64_t table[3][3];  /* [stars][label]: negative, neutral, positive */
    ef_parting *partings; /* widest gap first, then by print; EF_KEPT_PARTINGS of room */
    size_t parting_count;
    bool shows_words;
    const ef_redactions *redactions; /* what is redacted besides; may be NULL */
    ef_redactor *redactor;           /* made when the first words are redacted */
    ef_buffer words;                 /* of a parting that is made */
} ef_rated;

void ef_rated_init(ef_rated *rated, bool shows_words);
bool ef_rated_add(ef_rated *rated, const ef_heard *heard);
bool ef_rated_merge(ef_rated *rated, const ef_rated *more);
bool ef_rated_save(const ef_rated *rated, ef_buffer *out);
bool ef_rated_load(ef_rated *rated, ef_unpack *in);
void ef_rated_release(ef_rated *rated);

/* The scale that most answers are on, as low and high; false without answers. */
bool ef_rated_main_scale(const ef_rated *rated, ef_answer *scale, size_t *scales);

#endif
