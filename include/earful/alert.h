/* SPDX-License-Identifier: MIT
 * alert.h - rules over a trend, and the alerts they raise.
 *
 * Rules come from an INI file, or from a built-in one. Alerts are judged when a minute of
 * the trend closes, in integers and in IEEE arithmetic without a mathematical library: the
 * same messages in the same order give the same alerts, to the byte, on every machine. */
#ifndef EARFUL_ALERT_H
#define EARFUL_ALERT_H

#include "earful/trend.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ef_rules ef_rules;
typedef struct ef_alerts ef_alerts;

/* One finding of ef_rules_check; the message lives as long as the callback runs. */
typedef struct ef_rules_finding {
    uint64_t line; /* from 1 */
    const char *message;
} ef_rules_finding;

typedef void ef_rules_finding_fn(void *user, const ef_rules_finding *finding);

/* Reads a rule file from memory; bytes NULL: the built-in rules. Every error is passed to
 * found (which may be NULL), in order of lines; the first also stands in *error. Fails with
 * EF_ERR_FORMAT or EF_ERR_MEMORY; *rules is then NULL. Thread-safe. */
EF_API ef_status ef_rules_read(ef_rules **rules, ef_slice bytes, ef_rules_finding_fn *found,
                               void *user, ef_error *error);
EF_API void ef_rules_free(ef_rules *rules);
EF_API size_t ef_rules_count(const ef_rules *rules);
/* The text of the built-in rules. Static. */
EF_API const char *ef_rules_built_in(void);

typedef enum ef_alert_status { EF_ALERT_FIRING, EF_ALERT_RESOLVED } ef_alert_status;

enum { EF_ALERT_PHRASES = 5, EF_ALERT_EXAMPLES = 3, EF_ALERT_LABELS = 8 };

/* The column and the value that make a group: "channel", "web". */
typedef struct ef_alert_label {
    ef_slice name, value;
} ef_alert_label;

/* A phrase that rose since the onset; z in units of 1/10000. Never of fewer than five
 * conversations. */
typedef struct ef_alert_phrase {
    ef_slice text;
    int32_t z;
} ef_alert_phrase;

typedef enum ef_alert_measure {
    EF_MEASURE_SHARE, /* k of n, with Wilson's interval on n / deff */
    EF_MEASURE_MEAN,  /* of the score, with the normal interval */
    EF_MEASURE_VOLUME /* messages an hour; low and high are 0 */
} ef_alert_measure;

/* A figure over n messages; value and its 95 % interval in units of 1/10000. */
typedef struct ef_alert_figure {
    int64_t n, k; /* messages, and those that were negative */
    int32_t value, low, high;
} ef_alert_figure;

/* Slices and strings live until the next ef_alerts_next with the same alerts. */
typedef struct ef_alert {
    ef_alert_status status;
    uint64_t seq; /* from 1, one more for each event */
    uint64_t id;  /* hash(rule, group, onset): the same for firing and resolved, after a
                     restart, in a replay and on every machine */
    const char *rule, *kind, *severity;
    ef_slice summary; /* the rule's own, with its places filled */
    ef_alert_label labels[EF_ALERT_LABELS];
    size_t label_count;
    ef_alert_figure since, before; /* the onset; before.n is decayed with the baseline */
    ef_alert_measure measure;      /* what value, low and high of the two are */
    int64_t onset_ms, starts_ms;
    int64_t ends_ms; /* valid if resolved; of a conversation that is handed over, when it is
                        over by itself: no event will say so */
    int32_t false_alarms; /* a week for this group, in units of 1/10000; -1: not known */
    uint64_t suppressed;  /* alerts that were not raised: there were too many */
    ef_alert_phrase phrases[EF_ALERT_PHRASES];
    size_t phrase_count;
    ef_slice examples[EF_ALERT_EXAMPLES]; /* ids of messages, the worst first */
    size_t example_count;
} ef_alert;

/* Lets rules judge a trend from now on: adds the groupings they need to it. The rules must
 * outlive the alerts, and these must be freed before the trend. One per trend.
 * Fails with EF_ERR_MEMORY or EF_ERR_LIMIT (more groupings than a trend has room for). */
EF_API ef_status ef_alerts_new(ef_alerts **alerts, const ef_rules *rules, ef_trend *trend,
                               ef_error *error);
EF_API void ef_alerts_free(ef_alerts *alerts);

/* The next event, oldest first. EF_OK, or EF_AGAIN when there is none now. */
EF_API ef_status ef_alerts_next(ef_alerts *alerts, ef_alert *alert);

/* Puts other rules in place of the present ones, which may then be freed. A rule that is
 * as it was keeps its state; what a changed one had firing is resolved. */
EF_API ef_status ef_alerts_replace(ef_alerts *alerts, const ef_rules *rules,
                                   ef_error *error);

/* Model or lexicon changed: what was usual is learned anew, and nothing fires meanwhile. */
EF_API void ef_alerts_warm_up(ef_alerts *alerts);

/* How a rule stands with a group: what `--status` and reports print. */
typedef struct ef_alert_standing {
    const char *rule, *kind, *state; /* "warming", "inactive", "pending", "firing" */
    const char *columns;             /* "channel"; "" for all together */
    ef_slice group;   /* their values, parted by the byte 0x1F; lives as the trend does */
    int64_t usual;    /* share of negatives, in units of 1/10000 */
    int64_t per_week; /* messages */
    int64_t deff;     /* design effect, in units of 1/10000 */
    int64_t threshold, statistic; /* of a shift: H times deff, and S; else 0 */
    int32_t false_alarms;         /* expected a week, in units of 1/10000; -1: not known */
} ef_alert_standing;

/* The index-th (rule, group); EF_END after the last. */
EF_API ef_status ef_alerts_standing(const ef_alerts *alerts, size_t index,
                                    ef_alert_standing *standing);

#ifdef __cplusplus
}
#endif
#endif
