/* SPDX-License-Identifier: MIT
 * tally/topics.h - a user's own list of topics, and which of them a text mentions.
 *
 *     ; what customers may talk about
 *     [delivery]
 *     terms = parcel, courier, deliver*, out of stock
 *     pattern = \b(DHL|UPS)\b
 *
 * A term is one to six words that stand side by side; a word that ends in * begins like
 * that. Case counts for nothing, nor do the marks between words. A pattern is PCRE2, one a
 * line, with bounded cost; a text for which it takes too long counts as without a match.
 * Both keys may be repeated. The first 16 KiB of a text are looked at. */
#ifndef EARFUL_TALLY_TOPICS_H
#define EARFUL_TALLY_TOPICS_H

#include "earful/slice.h"
#include "earful/status.h"
#include "tally/said_words.h"

enum {
    EF_MOST_TOPICS = 64,
    EF_MOST_TOPIC_TERMS = 4096,
    EF_MOST_TOPIC_PATTERNS = 64,
    EF_TOPIC_WORDS = 6, /* of a term */
    EF_TOPIC_TEXT = 16 << 10
};

/* Immutable once made; shared by threads. */
typedef struct ef_topics ef_topics;

/* What one thread needs to look for topics. Zero-initialise. */
typedef struct ef_topic_hand {
    uint8_t *folded; /* the words of a text, in lower case */
    struct ef_topic_word *words;
    struct ef_pattern_matcher **matchers;
    size_t matcher_count;
} ef_topic_hand;

/* Makes topics of a file's bytes; name is the file's, for errors: EF_ERR_FORMAT, with its
 * line in the message and in *error. EF_ERR_MEMORY. */
ef_status ef_topics_read(ef_topics **topics, ef_slice file, const char *name,
                         ef_error *error);
void ef_topics_free(ef_topics *topics);

size_t ef_topics_count(const ef_topics *topics);
ef_slice ef_topics_name(const ef_topics *topics, size_t index);

/* Sets bit i of *found for every topic i that the text mentions, and where it does so first
 * in places[i], unless places is NULL. text is UTF-8. False without memory. */
bool ef_topics_find(const ef_topics *topics, ef_topic_hand *hand, ef_slice text,
                    uint64_t *found, ef_said_place *places);

/* Before the topics go. */
void ef_topic_hand_release(ef_topic_hand *hand);

#endif
