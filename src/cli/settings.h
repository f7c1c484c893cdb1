/* SPDX-License-Identifier: MIT
 * cli/settings.h - everything a command line can say, in one struct.
 *
 * The option table fills it, the verbs read it; parsing never does anything else. All
 * strings point into argv or the environment, which outlive it. Zero is the default. */
#ifndef EARFUL_CLI_SETTINGS_H
#define EARFUL_CLI_SETTINGS_H

#include "earful/app/follow.h"
#include "earful/app/own.h"
#include "earful/app/report.h"
#include "earful/app/review.h"
#include "earful/app/run.h"
#include "earful/app/train.h"
#include "earful/earful.h"

/* Words of the command line, in order; room for as many as there are arguments. */
typedef struct ef_words {
    const char **items;
    size_t count;
} ef_words;

typedef enum ef_help_wanted {
    EF_HELP_NONE = 0,
    EF_HELP_SHORT,
    EF_HELP_LONG
} ef_help_wanted;

typedef struct ef_settings {
    const struct ef_verb *verb;
    ef_help_wanted help;
    ef_words inputs; /* what is not an option: inputs, or the verb's own operands */
    ef_words where, lexicons, models, staff, groups, pseudonymize;
    ef_words templates, limits; /* of an audit; limits: what --fail-if names */
    bool reads_as_asked; /* an option said how the input is to be read */

    ef_reader_options reader; /* inputs and notice are set by the verb */
    ef_writer_options writer; /* format comes from `to` */
    ef_engine_options engine;
    ef_report_options report; /* reader, where, groups and threads are set by the verb */
    const char *to;
    const char *output_path, *rejects_path;
    const char *label, *group, *hold_out, *recipe, *name, *classifier;
    unsigned feature_bits; /* 0: as many as there are features */
    const char *color;
    const char *sandbox; /* "auto", "require" or "off"; NULL: auto */
    const char *redactions_path, *pseudonym_key_path;
    struct ef_pseudonyms *pseudonyms; /* of that key; the settings' own */
    struct ef_redactions *redactions; /* what stands in that file; the settings' own */
    const char *state_path, *rules_path, *sinks_path, *metrics_path;
    const char *fail_level; /* a severity; NULL: not asked */
    ef_follow_emit emit;
    ef_follow_start start;
    uint64_t last_lines;
    const char *review_by, *answers_path;
    uint32_t review_count;
    int64_t seed;
    uint32_t flush_ms;
    unsigned threads;
    bool two_classes, is_alone, tries_latest, has_curve;
    bool is_once, polls, shows_status, shows_report;
    bool shows_text, shows_templates, is_partial, keeps_controls;
    bool is_strict, is_quiet, is_verbose, no_progress;
} ef_settings;

#endif
