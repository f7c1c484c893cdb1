/* SPDX-License-Identifier: MIT
 * tally/topics_made.h - topics as topics_file.c makes them and topics.c uses them. */
#ifndef EARFUL_TALLY_TOPICS_MADE_H
#define EARFUL_TALLY_TOPICS_MADE_H

#include "base/arena.h"
#include "base/pattern.h"
#include "tally/topics.h"

/* A word of a term. */
typedef struct ef_topic_step {
    const uint8_t *text; /* in lower case */
    uint32_t size;
    bool is_prefix;
} ef_topic_step;

typedef struct ef_topic_term {
    ef_topic_step steps[EF_TOPIC_WORDS];
    uint32_t size, topic;
    uint32_t
        next; /* of the terms whose first word has the same slot: number + 1; 0: none */
} ef_topic_term;

typedef struct ef_topic_pattern {
    ef_pattern *pattern;
    uint32_t topic;
} ef_topic_pattern;

enum { EF_TOPIC_SLOTS = 2 * EF_MOST_TOPIC_TERMS };

struct ef_topics {
    ef_arena arena;
    ef_slice names[EF_MOST_TOPICS];
    size_t count;
    ef_topic_term *terms;
    size_t term_count, term_room;
    ef_topic_pattern patterns[EF_MOST_TOPIC_PATTERNS];
    size_t pattern_count;
    uint32_t chains[EF_TOPIC_SLOTS]; /* by hash of a first word: number + 1 of a term */
    uint32_t lengths[EF_SAID_WORD_SIZE * 2]; /* of first words that end in *, rising */
    size_t length_count;
};

/* Folds the word that begins at *at or behind, and moves *at behind it. Gives its size, 0
 * behind the last; folded has room for as many bytes as the text has left. */
size_t ef_topic_fold(ef_slice text, size_t *at, uint8_t *folded, ef_said_place *place);

/* The slot of a first word, or of the beginning of one. */
size_t ef_topic_slot(const uint8_t *word, size_t size, bool is_prefix);

static inline uint32_t ef_topic_chain(const ef_topics *topics, const uint8_t *word,
                                      size_t size, bool is_prefix)
{
    return topics->chains[ef_topic_slot(word, size, is_prefix)];
}

#endif
