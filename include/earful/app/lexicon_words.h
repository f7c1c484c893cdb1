/* SPDX-License-Identifier: MIT
 * app/lexicon_words.h - what a lexicon says of a word, and which words it lacks.
 *
 * Not part of the stable interface. */
#ifndef EARFUL_APP_LEXICON_WORDS_H
#define EARFUL_APP_LEXICON_WORDS_H

#include "earful/engine.h"
#include "earful/reader.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- what it says ------------------------------------------------------------------ */

/* Called once for each section of the lexicon that has the term; value and extra are as in
 * a lexicon file, extra "" where there is none. Strings live as long as the callback runs. */
typedef void ef_lexicon_value_fn(void *user, const char *section, const char *value,
                                 const char *extra);

/* Looks up a word or a phrase (alternatives and slots of an entry match as in a text).
 * Calls found for each value and fills *count with how many there were. EF_ERR_MEMORY
 * only. */
EF_API ef_status ef_lexicon_show(const ef_engine *engine, ef_slice term,
                                 ef_lexicon_value_fn *found, void *user, size_t *count,
                                 ef_error *error);

/* --- what it lacks ----------------------------------------------------------------- */

/* Suggestions are counts, not verdicts: a film's villain leans like a bad film. They are
 * made to be read and corrected by hand. */
typedef struct ef_suggest_options {
    ef_reader_options reader; /* as in ef_train_options; with a recipe inputs[0] is the folder */
    const char *label;        /* column of labels, or NULL: the rating says what is right */
    const char *recipe_path;  /* its families are the domains; of one export, five parts */
    unsigned threads;
} ef_suggest_options;

typedef struct ef_suggestion {
    const char *term;    /* lives as long as the callback runs */
    double valence;      /* proposed, -3.0 .. 3.0 */
    double log_odds;     /* positive : negative, families balanced, smoothed, in nats */
    double mean_label;   /* -1 .. 1, over the texts that hold the word */
    uint64_t negative, neutral, positive; /* texts that hold the word */
    unsigned agreeing, domains; /* domains that lean the same way, of those that have it */
} ef_suggestion;

/* Called once a suggestion, the surest first. Returning false ends it. */
typedef bool ef_suggestion_fn(void *user, const ef_suggestion *suggestion);

/* Suggests words that the engine's lexicon does not weigh, that stand in ten texts or more
 * and lean the same way in most domains, and that are not mostly written like names. The
 * engine may be NULL: the default lexicon. Fails like ef_train. */
EF_API ef_status ef_lexicon_suggest(const ef_engine *engine,
                                    const ef_suggest_options *options,
                                    ef_suggestion_fn *found, void *user, ef_error *error);

#ifdef __cplusplus
}
#endif
#endif
