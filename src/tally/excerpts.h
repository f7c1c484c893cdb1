/* SPDX-License-Identifier: MIT
 * tally/excerpts.h - what customers wrote, in their own words: a bounded choice of messages
 * from which a report quotes.
 *
 * A stratum is a label in a month. Every stratum keeps its K messages with the smallest
 * keyed hashes, and K is the largest power of two with which no more than
 * EF_MOST_EXCERPTS are kept: a bad week is there, however many good years surround it.
 * K only falls as messages come, so what is kept at the end was never dropped before, and
 * the choice is the same in whatever order, and in however many parts, they came.
 *
 * Texts are cut to some hundred bytes at the end of a sentence. Personal data is left out
 * when they are settled, unless the plan shows words: most messages are dropped before, and
 * looking for it takes longer than scoring. */
#ifndef EARFUL_TALLY_EXCERPTS_H
#define EARFUL_TALLY_EXCERPTS_H

#include "aggregate/pack.h"
#include "earful/app/redact.h"
#include "tally/heard.h"

enum {
    EF_MOST_EXCERPTS = 4096,
    EF_EXCERPT_TEXT = 480, /* bytes looked at, cut at the end of a sentence */
    EF_EXCERPT_ID = 64     /* bytes of an id; longer ones are cut */
};

typedef struct ef_excerpt {
    uint64_t order;  /* keyed hash of the record: who stays */
    uint64_t voice;  /* who wrote it: as in ef_said_message */
    uint64_t print;  /* of the whole text */
    uint64_t topics; /* bit t: of the user's list */
    int64_t time_ms; /* on a clock in the report's zone; 0: none */
    int32_t score;
    uint16_t text_size, id_size;
    uint16_t raw_size; /* not settled yet: of the text and what stands behind its cut */
    uint32_t begin;    /* of the text in `bytes`; the id follows it, or what is raw */
    uint8_t label, side;
} ef_excerpt;

typedef struct ef_stratum_limit {
    int64_t stratum;
    uint64_t order; /* of the last one kept, of a stratum that is full */
} ef_stratum_limit;

/* Zero-initialise. */
typedef struct ef_excerpts {
    ef_excerpt *items;
    size_t count, room;
    size_t most; /* 0: EF_MOST_EXCERPTS */
    size_t each; /* K; 0: it never fell */
    const ef_redactions *redactions; /* what is redacted besides; may be NULL */
    ef_buffer bytes;
    ef_stratum_limit *limits; /* by stratum */
    size_t limit_count;
} ef_excerpts;

void ef_excerpts_release(ef_excerpts *excerpts);

/* Keeps a message of a customer that has a label, if it is to be kept. False without
 * memory. */
bool ef_excerpts_add(ef_excerpts *excerpts, const ef_heard *heard, uint64_t topics);
bool ef_excerpts_merge(ef_excerpts *excerpts, const ef_excerpts *more);
/* Drops what is too much, makes the rest fit to be shown, and orders it by its hashes. */
bool ef_excerpts_settle(ef_excerpts *excerpts, bool shows_words);

bool ef_excerpts_save(const ef_excerpts *excerpts, ef_buffer *out); /* settled */
bool ef_excerpts_load(ef_excerpts *excerpts, ef_unpack *in);

/* Room for one more item: for excerpts_rows.c. False without memory. */
bool ef_excerpts_reserve(ef_excerpts *excerpts);

static inline ef_slice ef_excerpt_text(const ef_excerpts *excerpts,
                                       const ef_excerpt *excerpt)
{
    return (ef_slice){ excerpts->bytes.data + excerpt->begin, excerpt->text_size };
}
static inline ef_slice ef_excerpt_id(const ef_excerpts *excerpts, const ef_excerpt *excerpt)
{
    size_t text = excerpt->raw_size > 0 ? excerpt->raw_size : excerpt->text_size;
    return (ef_slice){ excerpts->bytes.data + excerpt->begin + text, excerpt->id_size };
}

#endif
