/* SPDX-License-Identifier: MIT
 * alert/rule.h - the seam of rules: a kind is a name, its settings and one judgement.
 *
 * A kind looks at what a group said and says whether its condition holds; when an alert
 * begins, lasts and ends is the same for all (alerts.c). A new kind is a file
 * rule_<kind>.c and a line in rule_kinds.c. */
#ifndef EARFUL_ALERT_RULE_H
#define EARFUL_ALERT_RULE_H

#include "aggregate/trend.h"
#include "earful/alert.h"

enum { EF_RULE_NAME_SIZE = 64, EF_RULE_TEXT_SIZE = 200, EF_RULE_GROUP_SIZE = 256 };

/* A rule as its section of the file says. Times are minutes of event time. */
typedef struct ef_rule {
    char name[EF_RULE_NAME_SIZE];
    const struct ef_rule_kind *kind;
    char group[EF_RULE_GROUP_SIZE]; /* columns; "": all together */
    char severity[EF_RULE_NAME_SIZE];
    char summary[EF_RULE_TEXT_SIZE];
    int64_t hold, keep, cooldown; /* `for`, `keep`, `cooldown` */
    double baseline;              /* a share that is given instead of learned; 0: learned */
    double deff;                  /* the same of the design effect */
    union {
        struct {
            double odds_ratio;
            int64_t every; /* wanted time between false alarms */
        } shift;
        struct {
            int64_t window, least; /* minutes; messages */
            double ratio, alpha;   /* times the usual share; evidence */
            double clear_ratio, clear_alpha;
        } share;
        struct {
            int64_t window, least, least_short;
            double objective, burn;
        } budget;
        struct {
            int64_t half_life, every;
            int64_t least; /* effective messages */
            double limit;  /* L; computed from half_life and every */
        } mean;
        struct {
            ef_season_of of;
            double surge, silence; /* chances below which it fires; 0: never */
            int64_t expected;      /* messages too many, or missing, at least */
        } volume;
        struct {
            int64_t negatives; /* of the last five */
            double sum;        /* of the last five scores, at most; 0: not asked */
            double arc;    /* from the first two of them to the last two; 0: not asked */
            int64_t crowd; /* authors that make a place one; 0: none do */
        } conversation;
    };
    uint64_t print;    /* of all of the above: a rule that is as it was keeps its state */
    uint64_t identity; /* of name and group: a part of the id of its alerts */
    size_t grouping;   /* in the trend */
    int64_t line;
} ef_rule;

/* How a shift stood before it judged a minute: from there it judges again when a message
 * comes late. */
typedef struct ef_shift_mark {
    int64_t before; /* the minute; 0: there is no mark */
    int64_t s, onset, n, k;
} ef_shift_mark;

typedef struct ef_shift_state {
    int64_t s, up, h, threshold; /* S; m - 1; H; ceil(H deff); 0: not computed */
    int64_t onset;               /* minute after the last one with S = 0 */
    int64_t n, k;                /* since then */
    ef_shift_mark older, newer;  /* at least EF_LATE_MINUTES apart */
} ef_shift_state;

/* What a (rule, group) has to remember between minutes. */
typedef struct ef_detector {
    union {
        ef_shift_state shift;
        struct {
            double a, b, c;
            int64_t minute;
        } mean;
        struct {
            int64_t alarm_minute; /* from when on silence is beyond chance; 0: not known */
            int64_t last_minute;  /* in which something was said */
        } volume;
        int64_t room[17];
    };
} ef_detector;

/* What a kind sees of a group at the end of a minute. */
typedef struct ef_outlook {
    const ef_closing *closing;
    const ef_usual *usual; /* with what the rule gives in place of what was learned */
} ef_outlook;

typedef enum ef_verdict_kind {
    EF_VERDICT_SHARE, /* k of n */
    EF_VERDICT_MEAN,  /* of the score */
    EF_VERDICT_VOLUME /* messages an hour; no interval */
} ef_verdict_kind;

/* Whether a condition holds, and what an alert would say. */
typedef struct ef_verdict {
    bool holds;    /* the condition to fire */
    bool is_clear; /* the condition to end: weaker than not to hold */
    int64_t onset; /* minute */
    int64_t n, k;  /* messages since then, negative ones */
    ef_verdict_kind kind;
    double value, low, high; /* unless it is a share: what is told, with its interval, */
    double usual, usual_low, usual_high; /* and what is usual */
} ef_verdict;

typedef enum ef_setting_type {
    EF_SETTING_NUMBER, /* 2.5 */
    EF_SETTING_COUNT,  /* 20 */
    EF_SETTING_TIME,   /* 90m, 6h, 3d, 4w: minutes */
    EF_SETTING_OF      /* messages, negatives */
} ef_setting_type;

typedef struct ef_setting {
    const char *name;
    ef_setting_type type;
    size_t offset;    /* in ef_rule */
    double low, high; /* both allowed */
    const char *must; /* "must be a number from 1.1 to 100" */
} ef_setting;

/* What must be known of a group before a kind judges it. */
typedef enum ef_rule_needs {
    EF_NEEDS_NOTHING,
    EF_NEEDS_SHARE, /* what is usual: learned, or given by the rule */
    EF_NEEDS_WARMTH /* rate, mean and deff besides: learned */
} ef_rule_needs;

typedef struct ef_rule_kind {
    const char *name, *summary;
    const ef_setting *settings;
    size_t setting_count;
    bool needs_seasons;
    ef_rule_needs needs;
    void (*set_defaults)(ef_rule *rule);
    /* After the settings are read. NULL when they fit together, else what is wrong. */
    const char *(*prepare)(ef_rule *rule);
    /* How many minutes back it looks. */
    int64_t (*reach)(const ef_rule *rule);
    /* The baseline has new figures: thresholds follow. May be NULL. */
    void (*refresh)(const ef_rule *rule, ef_detector *detector, const ef_usual *usual);
    /* The end of a minute, with or without messages; NULL for kinds of conversations. */
    void (*judge)(const ef_rule *rule, ef_detector *detector, const ef_outlook *view,
                  ef_verdict *verdict);
    /* A message has come late, in view->closing->minute, which was judged: all minutes from
     * there on are judged again, to the last one. NULL for kinds that sum up anew. */
    void (*correct)(const ef_rule *rule, ef_detector *detector, const ef_outlook *view,
                    int64_t last, ef_verdict *verdict);
    /* Whether a conversation is to be handed over, after a message with these signals; in a
     * crowd, where most are no customers. NULL for all other kinds. */
    bool (*is_bad)(const ef_rule *rule, const ef_cluster *talk, uint32_t signals,
                   bool in_crowd);
    /* The minute in which it wants to judge though nobody speaks; INT64_MAX: none. May be
     * NULL. */
    int64_t (*wakes_at)(const ef_detector *detector);
    /* An alert has been raised: what restarts. May be NULL. */
    void (*raised)(const ef_rule *rule, ef_detector *detector);
    /* So near to an alarm that the baseline must not learn. May be NULL. */
    bool (*is_near)(const ef_rule *rule, const ef_detector *detector);
    /* False alarms a week that the settings allow a group; below 0: not known. */
    double (*false_alarms)(const ef_rule *rule, const ef_usual *usual);
} ef_rule_kind;

extern const ef_rule_kind ef_rule_shift, ef_rule_share, ef_rule_budget, ef_rule_mean,
    ef_rule_volume, ef_rule_conversation;

/* The index-th kind, NULL after the last. */
const ef_rule_kind *ef_rule_kind_at(size_t index);

struct ef_rules {
    ef_rule *items;
    size_t count;
};

#endif
