/* SPDX-License-Identifier: MIT
 * findings/findings.h - a tally becomes findings: how they are made, one maker a subject.
 *
 * A maker reads the tally and fills its members of ef_findings. Strings and arrays come
 * from the arena, but for ef_figures, which are lists of their own. */
#ifndef EARFUL_FINDINGS_FINDINGS_H
#define EARFUL_FINDINGS_FINDINGS_H

#include "earful/app/report.h"
#include "findings/change.h"
#include "findings/figure.h"
#include "findings/manner.h"
#include "findings/measured.h"
#include "findings/talk_facts.h"
#include "tally/tally.h"

/* What findings need to know beside the tally. Zero means the default. */
typedef struct ef_finding_options {
    const char *step, *title;
    int64_t few, least;
    const ef_manner *manner; /* NULL: the defaults everywhere */
    const ef_engine *judge; /* which words are opinions, and how a sentence feels */
    ef_engine_info engine;
    const ef_slice *inputs; /* labels */
    size_t input_count;
    bool is_remembered;     /* by `follow`, which keeps moods by the hour and nothing else */
    size_t repeated_inputs; /* that were counted more than once */
} ef_finding_options;

/* How many times fewer messages of strangers would say as much, by what is asked. */
typedef struct ef_deffs {
    double net, negative, neutral, positive, mixed, score, rating;
} ef_deffs;

/* The scale on which ratings are shown; low == high: there are none. */
typedef struct ef_shown_scale {
    double low, high;
} ef_shown_scale;

/* What makers work with. */
typedef struct ef_making {
    const ef_tally *tally;
    const ef_finding_options *options;
    const ef_manner *manner; /* never NULL */
    ef_findings *findings;
    ef_arena *arena;
    ef_deffs deffs;                     /* of all messages; for rows and buckets, too */
    ef_shown_scale scale;               /* that most ratings are on */
    size_t scales;                      /* that there are */
    ef_service service;                 /* empty: there are no conversations */
    ef_service_options service_options; /* with all that is made of them */
    ef_open_times open;                 /* business hours over all days */
    ef_compared compared;
} ef_making;

/* Makes findings; *findings is freed by ef_findings_free. The tally may go then. Fails with
 * EF_ERR_ARGUMENT (no such step) or EF_ERR_MEMORY. */
ef_status ef_findings_make(ef_findings **findings, const ef_tally *tally,
                           const ef_finding_options *options, ef_error *error);

/* The makers, in the order in which they run: false without memory. */
bool ef_find_mood(ef_making *making);  /* deffs, coverage, mood, emotions, signals */
bool ef_find_stars(ef_making *making); /* their figures, and beside the text */
bool ef_find_buckets(ef_making *making);
bool ef_find_turns(ef_making *making); /* of the mood, dated */
bool ef_find_tables(ef_making *making);
bool ef_find_service(ef_making *making); /* conversations, agents */
bool ef_find_survey(ef_making *making);
bool ef_find_customers(ef_making *making);  /* who may leave, who praises */
bool ef_find_comparison(ef_making *making); /* decides what is compared; figures */
bool ef_find_themes(ef_making *making);
bool ef_find_remarks(ef_making *making); /* last: it looks at what the others found */

/* The four figures of a row or bucket; rating.key stays NULL without a scale. */
typedef struct ef_mood_figures {
    ef_figure net, negative, score, rating;
} ef_mood_figures;
ef_mood_figures ef_mood_figures_of(const ef_making *making, const ef_mood *mood);

/* Adds a line of what a reader must know: see ef_remark. */
bool ef_remark_add(ef_making *making, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What a clock in the report's zone shows then, as milliseconds since 1970; 0 stays 0. */
int64_t ef_making_local_ms(const ef_making *making, int64_t time_ms);

/* A copy of bytes in the arena; data is NULL without memory. Never NULL for no bytes. */
ef_slice ef_making_keep(ef_making *making, ef_slice bytes);

#endif
