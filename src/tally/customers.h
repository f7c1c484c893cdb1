/* SPDX-License-Identifier: MIT
 * tally/customers.h - what is known of each author: whether he speaks of leaving, whether
 * he praises, and what he said last.
 *
 * Everything is the latest of its kind, so the order of arrival does not matter. Of each
 * author a few numbers are kept; names and ids of messages only of those who may be shown.
 * Each table is bounded and keeps the smallest hashes, whole. */
#ifndef EARFUL_TALLY_CUSTOMERS_H
#define EARFUL_TALLY_CUSTOMERS_H

#include "aggregate/pack.h"
#include "tally/heard.h"
#include "tally/numbering.h"

enum {
    EF_MOST_AUTHORS = 1 << 20, /* 40 bytes each */
    EF_MOST_NOTED = 1 << 14,   /* 170 bytes each, in each of the tables below */
    EF_NOTED_NAME = 48,
    EF_NOTED_ID = 40
};

/* When somebody did something last, in seconds since 1970; 0: never, EF_SOME_TIME: nobody
 * says when. */
enum { EF_SOME_TIME = 1 };
typedef struct ef_author {
    uint32_t churn;                    /* spoke of leaving or of his money back */
    uint32_t last, positive, negative; /* spoke; in which mood */
    uint32_t top, praise;              /* gave the best answer; with positive words */
    uint32_t rated;                    /* answered on a scale at all */
} ef_author;

enum { EF_AUTHOR_TIMES = sizeof(ef_author) / sizeof(uint32_t) };

/* Somebody's message, with his name. Of two of one second the smaller print counts. */
typedef struct ef_noted {
    uint64_t print;
    uint32_t second;
    uint32_t signals;
    uint8_t name_size, id_size;
    uint8_t name[EF_NOTED_NAME], id[EF_NOTED_ID];
} ef_noted;

typedef struct ef_notes_table {
    ef_numbering authors;
    ef_noted *items;
    size_t room;
    unsigned level;
} ef_notes_table;

typedef enum ef_noted_for {
    EF_NOTED_CHURN,
    EF_NOTED_PRAISE,
    EF_NOTED_TALK, /* anything, in a conversation */
    EF_NOTED_KINDS
} ef_noted_for;

/* Zero-initialise. */
typedef struct ef_authors {
    ef_numbering numbers;
    ef_author *items;
    size_t room;
    unsigned level;
    ef_notes_table notes[EF_NOTED_KINDS];
    bool hides_names; /* stand-ins are kept, names are not */
} ef_authors;

void ef_authors_release(ef_authors *authors);
bool ef_authors_add(ef_authors *authors, const ef_heard *heard);
void ef_authors_expect(const ef_authors *authors, const ef_heard *heard);
bool ef_authors_merge(ef_authors *authors, const ef_authors *more);
bool ef_authors_save(const ef_authors *authors, ef_buffer *out);
/* Into what is empty. Bytes that are none of ours set in->failed. False without memory. */
bool ef_authors_load(ef_authors *authors, ef_unpack *in);

/* NULL: nothing is known of him. */
const ef_noted *ef_authors_noted(const ef_authors *authors, ef_noted_for why,
                                 uint64_t author);

#endif
