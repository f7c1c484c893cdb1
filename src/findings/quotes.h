/* SPDX-License-Identifier: MIT
 * findings/quotes.h - two or three sentences of customers for a theme.
 *
 * Representative, not extreme: sentences that mention it, near the median of what is said
 * of it, of different customers, and unlike each other. */
#ifndef EARFUL_FINDINGS_QUOTES_H
#define EARFUL_FINDINGS_QUOTES_H

#include "base/arena.h"
#include "findings/corpus.h"
#include "tally/excerpts.h"
#include "tally/topics.h"

/* What is asked for: sentences that hold some words, of messages of a kind. */
typedef struct ef_quoting {
    ef_slice name;  /* words with single blanks: usual forms of the corpus */
    size_t topic;   /* of the user's list, from 1, instead of a name; 0: none */
    ef_label label; /* of the messages; EF_LABEL_NONE: any */
    ef_side side;   /* likewise; EF_SIDE_NONE: any */
} ef_quoting;

/* The sampled messages, laid out in words. Zero-initialise. */
typedef struct ef_quotes {
    const ef_excerpts *excerpts; /* settled */
    const ef_corpus *corpus;
    const ef_engine *judge;
    const ef_topics *topics; /* the user's; may be NULL */
    ef_topic_hand hand;
    ef_arena *arena; /* of the texts that are quoted */
    ef_scratch *scratch;
    struct ef_quoted_word *words; /* of all excerpts */
    size_t *ends;                 /* of each excerpt's words */
    size_t count, room;
} ef_quotes;

/* False without memory. */
bool ef_quotes_init(ef_quotes *quotes, const ef_excerpts *excerpts, const ef_corpus *corpus,
                    const ef_engine *judge, const ef_topics *topics, ef_arena *arena);
void ef_quotes_release(ef_quotes *quotes);

/* Fills quotes, and sets how many. False without memory. */
bool ef_quotes_choose(ef_quotes *quotes, const ef_quoting *asked,
                      ef_quote chosen[EF_MOST_QUOTES], size_t *chosen_count);

#endif
