/* SPDX-License-Identifier: MIT
 * aggregate/phrases.h - what negative messages talk about, and what of it has risen.
 *
 * The last 4,096 negative messages are kept as hashes of their words and pairs of words;
 * a phrase is kept as text while one of them holds it. A busy minute counts with its first
 * 64 messages. Words with digits, addresses, handles and what looks like personal data are
 * left out (earful/app/redact.h). */
#ifndef EARFUL_AGGREGATE_PHRASES_H
#define EARFUL_AGGREGATE_PHRASES_H

#include "aggregate/delta.h"

enum {
    EF_KEPT_DOCUMENTS = 4096,
    EF_DOCUMENTS_A_MINUTE = 64,
    EF_DOCUMENT_PHRASES = 24, /* of one message */
    EF_PHRASE_SIZE = 48,      /* bytes; a longer one is none */
    EF_COMMON_VOICES = 5      /* customers who said it: then it may be told, and stored */
};

typedef struct ef_said_phrase {
    uint64_t hash; /* never 0 */
    uint32_t size;
    uint8_t text[EF_PHRASE_SIZE];
} ef_said_phrase;

/* The phrases of a text, each once. Lower case; none of what the redactor finds. */
size_t ef_phrases_split(struct ef_redactor *redactor, ef_slice text,
                        ef_said_phrase found[EF_DOCUMENT_PHRASES]);

typedef struct ef_document {
    int64_t minute;
    uint64_t voice; /* who said it; never 0 */
    uint64_t phrases[EF_DOCUMENT_PHRASES];
    uint32_t count;
    uint32_t groups[EF_MOST_GROUPINGS]; /* numbers; UINT32_MAX: none */
} ef_document;

/* A phrase that some document holds. */
typedef struct ef_phrase {
    uint64_t hash; /* 0: free */
    uint32_t documents;
    uint32_t size;                         /* 0: its text is not known (any more) */
    uint32_t voices[EF_COMMON_VOICES - 1]; /* prints of the first customers; 0: none */
    bool is_common;
    uint8_t text[EF_PHRASE_SIZE];
} ef_phrase;

/* Zero-initialise. */
typedef struct ef_phrases {
    ef_document *documents; /* a ring of EF_KEPT_DOCUMENTS, NULL until the first */
    uint64_t count;         /* documents ever */
    uint64_t saved;         /* of them, in the state's rows */
    int64_t minute;         /* of the last one */
    uint32_t in_minute;
    ef_phrase *table; /* open addressing */
    size_t used, capacity;
} ef_phrases;

void ef_phrases_release(ef_phrases *phrases);

/* Counts a document. False without memory. */
bool ef_phrases_add(ef_phrases *phrases, const ef_document *document,
                    const ef_said_phrase *said);
/* Counts a phrase of one more document; said gives its text, or is NULL. */
bool ef_phrases_count(ef_phrases *phrases, uint64_t hash, uint64_t voice,
                      const ef_said_phrase *said);
/* The entry of a hash; NULL if no document holds it. */
ef_phrase *ef_phrases_find(const ef_phrases *phrases, uint64_t hash);

/* A phrase that customers use more since some minute. */
typedef struct ef_risen {
    const ef_phrase *phrase;
    double z;
} ef_risen;

/* The phrases of a group that rose most since a minute, most first: weighted log-odds with
 * an informative prior, at least five customers, z over 3, and not by chance among so many
 * (Benjamini and Hochberg, 5 %). Gives how many. */
size_t ef_phrases_risen(const ef_phrases *phrases, size_t grouping, uint32_t group,
                        int64_t from, ef_risen *found, size_t room);

/* How much more of y1 among n1 than of y2 among n2, in standard errors, with a prior of a
 * of a0 (Monroe, Colaresi and Quinn 2008). *delta gets the log-odds ratio, if not NULL. */
double ef_log_odds(double y1, double n1, double y2, double n2, double a, double a0,
                   double *delta);

#endif
