/* SPDX-License-Identifier: MIT
 * score/judge.h - what the rules know at a place of a sentence.
 *
 * Private to the rules: rules.c walks, negation.c and look_back.c judge. A rule changes an
 * item by a percentage and leaves its name and the word that triggered it, so that reasons
 * add up to the evidence exactly. */
#ifndef EARFUL_SCORE_JUDGE_H
#define EARFUL_SCORE_JUDGE_H

#include "score/rules.h"

/* A negator in force. */
typedef struct ef_negation {
    unsigned kind;        /* ef_negator */
    bool is_double;       /* another one was in force when it began */
    bool is_settled;      /* a rule judged it as a whole: the classifier does not hear it */
    bool is_spent;        /* "nothing better than": it turns nothing else */
    bool is_resumed;      /* goes on behind an aside */
    int sign;             /* of the first valence it met; 0: none yet */
    uint32_t first, last; /* its words */
    uint32_t from;        /* where its scope begins: last, or the place where it goes on */
    uint32_t reach;       /* how many words behind that, in its clause */
    unsigned held;        /* kind of a negator before a verb of opinion; goes on behind an
                             aside: "I don't think, honestly, that it is good" */
    uint32_t held_at;     /* that verb */
    uint32_t held_until;  /* the clause behind the aside, 0: only "that" resumes it */
} ef_negation;

typedef struct ef_judge {
    ef_items *items;
    ef_impression *findings;
    ef_words *words;
    const ef_lexicon *lexicon;
    const ef_normal_text *normal;
    const ef_tokens *tokens;
    ef_negation negation;
    int32_t boost; /* percent in force */
    uint32_t booster_word, boost_end;
    uint32_t clause;
    uint32_t clause_item; /* the clause's first item */
    uint32_t clause_word; /* and its first word */
    int32_t clause_sum;
    bool is_conceded; /* inside the clause of an "although" */
    uint32_t conceding_word;
    unsigned frame;       /* ef_frame in force */
    uint32_t frame_word;  /* its last word */
    uint32_t rival_end;   /* behind a rival that the clause is about, 0: none */
    uint32_t marked;      /* words before this one carry the marks of what was in force */
    bool has_if;          /* at the sentence's beginning; "if" itself is looked for */
    bool is_expected;     /* something was expected, promised or said by others */
    uint32_t but_word;    /* words.count if there is none */
    uint32_t emotion_end; /* word behind the last emotion: a phrase hides its words' */
    bool failed;
} ef_judge;

/* Multiplies an item's weight and names the rule, if it changed more than those before. */
void ef_item_change(ef_item *item, int32_t percent, const char *rule, size_t word);

/* The same from the item's bare valence: what earlier rules did is undone. */
void ef_item_renew(ef_item *item, int32_t percent, const char *rule, size_t word);

/* Keeps words first..end-1 from the classifier. */
static inline void ef_words_set_aside(const ef_words *words, size_t first, size_t end)
{
    ef_words_mark(words, words->marks->aside, first, end);
}

#endif
