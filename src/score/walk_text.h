/* SPDX-License-Identifier: MIT
 * score/walk_text.h - a text, sentence by sentence, with all that is found in each.
 *
 * The one path through normaliser, tokenizer, words, rules and features. Scoring,
 * explaining and training walk the same way and differ in what they do with a sentence.
 * A long text is read in pieces that end at sentence ends, so memory stays constant. A
 * piece is judged as a whole, then weighed as a whole, then given sentence by sentence. */
#ifndef EARFUL_SCORE_WALK_TEXT_H
#define EARFUL_SCORE_WALK_TEXT_H

#include "score/blend.h"
#include "score/explaining.h"
#include "model/own_file.h"
#include "score/features.h"
#include "score/vader.h"

/* What the lexicon said of a sentence of the piece; its items stand among those kept. */
typedef struct ef_judgement {
    ef_impression findings;
    size_t first_item, end_item;
} ef_judgement;

struct ef_scratch {
    ef_normal_text normal;
    ef_tokens tokens;
    ef_passage passage;
    ef_words *words;          /* the current sentence of it */
    ef_items items;           /* of the sentence that is judged */
    ef_items next_items;      /* of the sentence behind bare praise */
    ef_items kept_items;      /* of the piece, if the walk keeps them */
    ef_judgement *judgements; /* one a sentence of the piece */
    size_t judgement_capacity;
    ef_features features;
    ef_explaining *explaining; /* NULL until something is explained */
    ef_vader_scratch vader;
};

typedef struct ef_text_walk {
    const ef_lexicon *lexicon;
    const ef_model *model;   /* NULL: none */
    const ef_own_model *own; /* what adds to the model; NULL: nothing */
    bool lists_features;     /* each sentence's, in scratch; an own model needs it, too */
    bool keeps_items;        /* the current sentence's, for who explains */
    bool hears_lexicon_only; /* no n-gram is weighed: the model only tells the language */
    const ef_kernels *kernels;
    ef_scratch *scratch;
    ef_slice text;
    size_t piece;       /* source byte where the current piece begins */
    size_t next_piece;  /* source byte where the next one begins */
    size_t sentence;    /* of the passage: the next one */
    bool next_is_reply; /* the next sentence only answers the current one */
    bool mishap_before; /* the sentence before tells of one, and of nothing good */
    uint32_t language_words, known_words, foreign_words; /* of the piece, with its first
                                                            sentence; with others 0 */
    /* The current sentence: */
    ef_impression *findings; /* as it was judged; words and features stand in scratch */
    const ef_item *items;   /* of those kept */
    size_t item_count;
} ef_text_walk;

/* The walk has no own model, lists no features and keeps no items until its members are
 * set. */
void ef_text_walk_start(ef_text_walk *walk, const ef_lexicon *lexicon,
                        const ef_model *model, const ef_kernels *kernels,
                        ef_scratch *scratch, ef_slice text);

/* Moves to the next sentence: EF_OK, EF_END or EF_ERR_MEMORY. */
ef_status ef_text_walk_next(ef_text_walk *walk);

/* The bytes of the text that tokens first..last of the current piece cover. */
void ef_text_walk_span(const ef_text_walk *walk, size_t first, size_t last, uint32_t *begin,
                       uint32_t *end);

/* What the current sentence adds up to; once for each sentence. */
void ef_text_walk_totals(const ef_text_walk *walk, ef_totals *totals);

#endif
