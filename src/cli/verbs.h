/* SPDX-License-Identifier: MIT
 * cli/verbs.h - the verbs of the program, in one table.
 *
 * Dispatch, help, manual and completions are all made from it. */
#ifndef EARFUL_CLI_VERBS_H
#define EARFUL_CLI_VERBS_H

#include <stdbool.h>
#include <stddef.h>

#include "settings.h"

/* One bit each, so that an option can say which verbs it belongs to. */
enum {
    EF_VERB_SCORE = 1 << 0,
    EF_VERB_EXPLAIN = 1 << 1,
    EF_VERB_SNIFF = 1 << 2,
    EF_VERB_LEXICON = 1 << 3,
    EF_VERB_TRAIN = 1 << 4,
    EF_VERB_EVAL = 1 << 5,
    EF_VERB_LIST = 1 << 6,
    EF_VERB_COMPLETIONS = 1 << 7,
    EF_VERB_HELP = 1 << 8,
    EF_VERB_FOLLOW = 1 << 9,
    EF_VERB_ALERTS = 1 << 10,
    EF_VERB_CALIBRATE = 1 << 11,
    EF_VERB_REPORT = 1 << 12,
    EF_VERB_BENCH = 1 << 13,
    EF_VERB_AUDIT = 1 << 14,
    EF_VERB_REVIEW = 1 << 15
};

typedef struct ef_example {
    const char *command, *what;
} ef_example;

enum { EF_EXAMPLE_COUNT = 4 };

typedef struct ef_verb {
    const char *name;
    unsigned bit;
    const char *operands;                  /* "[INPUT...]" */
    const char *summary;                   /* a few words, lower case */
    const char *description;               /* full sentences */
    ef_example examples[EF_EXAMPLE_COUNT]; /* a NULL command ends them */
    bool reads_inputs;        /* operands are inputs, standard input is the default */
    bool reads_nothing;       /* no file at all: it runs without sandbox */
    bool encloses_itself;     /* it closes the sandbox later, by ef_enclose */
    const char *const *words; /* what operands may be, NULL-ended; NULL: files or text */
    int (*run)(ef_settings *settings); /* gives the exit code */
} ef_verb;

const ef_verb *ef_verb_at(size_t index);        /* NULL after the last */
const ef_verb *ef_verb_named(const char *name); /* NULL if there is none */
/* The verb whose name is nearest to what was typed, NULL if none is near. */
const char *ef_verb_suggest(const char *typed);

/* Says that a word is none of those that the verb takes, with the nearest of them; gives
 * the exit code. what: "shell". */
int ef_verb_say_unknown(const ef_verb *verb, const char *what, const char *word);

int ef_verb_score(ef_settings *settings);
int ef_verb_explain(ef_settings *settings);
int ef_verb_report(ef_settings *settings);
int ef_verb_sniff(ef_settings *settings);
int ef_verb_follow(ef_settings *settings);
int ef_verb_alerts(ef_settings *settings);
int ef_verb_lexicon(ef_settings *settings);
int ef_verb_train(ef_settings *settings);
int ef_verb_calibrate(ef_settings *settings);
int ef_verb_eval(ef_settings *settings);
int ef_verb_audit(ef_settings *settings);
int ef_verb_review(ef_settings *settings);
int ef_verb_bench(ef_settings *settings);
int ef_verb_list(ef_settings *settings);
int ef_verb_completions(ef_settings *settings);
int ef_verb_help(ef_settings *settings);

#endif
