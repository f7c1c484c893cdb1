/* SPDX-License-Identifier: MIT
 * app/report.h - what customers feel, about what, and what changed: the findings.
 *
 * Not part of the stable interface. One struct holds everything that a report says; each
 * view (terminal, HTML, JSON, CSV, NDJSON) writes it and computes nothing. A figure always
 * travels with its formula, its n and its 95 % interval.
 *
 * Every time in here (…_ms) is what a clock in the report's zone shows, in milliseconds
 * since 1970-01-01 00:00 on that clock: views need no zones. 0 means unknown. */
#ifndef EARFUL_APP_REPORT_H
#define EARFUL_APP_REPORT_H

#include "earful/app/run.h"
#include "earful/scorer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How a value is read, and written. */
typedef enum ef_unit_kind {
    EF_UNIT_COUNT,   /* 1,234 */
    EF_UNIT_SHARE,   /* 0..1, written as a percentage */
    EF_UNIT_NET,     /* -100..100: net sentiment, NPS */
    EF_UNIT_SCORE,   /* -1..1: mean score, arc */
    EF_UNIT_MEAN,    /* on the scale of its answers: stars, effort */
    EF_UNIT_SECONDS, /* written as 2 h 10 min */
    EF_UNIT_PER_100  /* mentions per hundred messages */
} ef_unit_kind;

/* One number that can be trusted as far as it says. key, name and formula are static. */
typedef struct ef_figure {
    const char *key;     /* "net_sentiment": in JSON and CSV; NULL: there is no such figure */
    const char *name;    /* "Net sentiment" */
    const char *formula; /* "100 x (positive - negative) / n" */
    ef_unit_kind unit;
    double value;        /* NaN: not defined (n is 0) */
    double low, high;    /* 95 % interval; NaN: there is none */
    int64_t n;           /* what it is counted over */
    int64_t count;       /* of n, for shares; -1: none */
    double deff;         /* design effect in the interval; 1: none */
    bool is_approximate;
} ef_figure;

typedef struct ef_figures {
    ef_figure *items;
    size_t count;
} ef_figures;

/* A stretch of time: a day, a week, a month, as asked for. */
typedef struct ef_bucket {
    int64_t begin_ms, end_ms; /* end is the next one's begin */
    ef_slice name;            /* "2026-03", "2026-W10", "2026-03-01", "2026-03-01 14:00" */
    bool is_partial;          /* the data begin or end inside it */
    ef_figure net, negative, score, rating; /* rating.key NULL: no ratings */
    int64_t messages;
} ef_bucket;

/* When the mood changed. */
typedef struct ef_turn {
    int64_t time_ms;          /* begin of the first bucket after it */
    int64_t low_ms, high_ms;  /* where it may lie */
    ef_figure before, after;  /* net sentiment of the stretches on both sides */
    double p;
} ef_turn;

/* The same figure of two periods or segments. */
typedef struct ef_change {
    ef_figure before, after;
    double difference, low, high; /* after - before */
    double p;                     /* NaN: no test could be made */
    const char *test;             /* "two-proportion z", "Fisher exact", … static */
    int64_t needed;               /* per side, to see half of it at 80 %; 0: unknown */
    bool is_evidence;             /* p < 0.05, after Benjamini-Hochberg where many are tested */
} ef_change;

/* Somebody's words: short, redacted unless asked otherwise. */
typedef struct ef_quote {
    ef_slice text, id;
    int64_t time_ms; /* 0: none */
    ef_label label;
    int32_t score;
} ef_quote;

enum { EF_MOST_QUOTES = 3 };

/* What people talk about. */
typedef struct ef_theme {
    ef_slice name;           /* the most usual form: "delivery", "battery life" */
    bool is_topic;           /* of the user's own list */
    int64_t messages;        /* that mention it */
    int64_t voices;          /* customers or conversations who do; at least so many */
    ef_figure mentions;      /* per 100 messages */
    ef_figure net;           /* of the messages that mention it */
    ef_figure impact;        /* net sentiment of all, minus that of all others */
    double *trend;           /* mentions per 100 for each bucket; NaN: nothing was said */
    ef_quote quotes[EF_MOST_QUOTES];
    size_t quote_count;
} ef_theme;

typedef struct ef_themes {
    ef_theme *items;
    size_t count;
} ef_themes;

/* A phrase that is said more, or less, than before. */
typedef struct ef_shifted {
    ef_slice name;
    int64_t before, after;     /* messages with it */
    double share_before, share_after;
    double log_odds, z, p;     /* Monroe, Colaresi, Quinn 2008 */
    ef_figure net;             /* of the messages with it, after */
    ef_quote quotes[EF_MOST_QUOTES];
    size_t quote_count;
} ef_shifted;

/* Two periods, or two segments. */
typedef struct ef_comparison {
    bool is_made;
    const char *why_not;       /* static; if not made */
    ef_slice before_name, after_name;
    ef_change *changes;        /* the headline figures */
    size_t change_count;
    ef_shifted *risen, *fallen; /* most first */
    size_t risen_count, fallen_count;
    size_t tested;             /* phrases that were candidates */
    ef_slice caution;          /* "not whole weeks: …"; empty: none */
} ef_comparison;

/* The rows of a grouping: products, channels, agents. */
typedef struct ef_group_row {
    ef_slice name;
    int64_t messages;
    ef_figure net, negative, score, rating;
    ef_figures service; /* of an agent: response times …; may be empty */
} ef_group_row;

typedef struct ef_group_table {
    ef_slice column;
    ef_group_row *rows; /* most messages first */
    size_t count;       /* at most EF_SHOWN_GROUPS */
    int64_t groups;     /* that there are */
    ef_group_row rest;  /* all others together; messages 0: none */
} ef_group_table;

enum { EF_SHOWN_GROUPS = 50 };

/* Who may leave, who would recommend us. */
typedef struct ef_customer {
    ef_slice name;     /* as in the input, or its stand-in when redacted */
    int32_t points;
    const char *level; /* "high", "medium"; static; NULL for advocates */
    ef_slice reasons;  /* "asks for the money back (R4123); worsened (C17)" */
    int64_t last_ms;
} ef_customer;

typedef struct ef_customers {
    ef_customer *items; /* most points first; at most EF_SHOWN_CUSTOMERS */
    size_t count;
    int64_t total;      /* that there are */
    ef_figure share;
} ef_customers;

enum { EF_SHOWN_CUSTOMERS = 50 };

/* Stars and text side by side. */
typedef struct ef_agreement {
    int64_t table[3][3];  /* [stars][label]: negative, neutral, positive */
    ef_figure agrees;     /* share on the same side, of those with an outspoken rating */
    ef_figure balanced;   /* balanced accuracy of the text against the stars, two classes */
    ef_quote *parts;      /* rows where they part most */
    const double *part_ratings;
    size_t part_count;
} ef_agreement;

/* One line of what the report could not do, or what a reader must know. Static or owned. */
typedef struct ef_remark {
    ef_slice text;
} ef_remark;

typedef struct ef_coverage {
    int64_t records, labelled, empty, unknown_language, rejected, untimed, future, repeated;
    int64_t not_customers; /* of staff, bots and systems: read, not in the mood */
    int64_t inputs, failed_inputs;
    int64_t customers, conversations; /* different ones */
    bool are_estimates;               /* the two, and repeated: there are very many */
} ef_coverage;

typedef struct ef_findings {
    /* what was read */
    ef_slice title;
    ef_coverage coverage;
    int64_t first_ms, last_ms; /* of timed messages; 0, 0: no times */
    const char *step;          /* "hour", "day", "week", "month"; NULL: no times */
    ef_slice zone;
    int64_t few, least;        /* below these n a figure is greyed, withheld (30, 5) */
    bool is_redacted;
    bool has_conversations, has_ratings, has_roles;

    /* how we stand */
    ef_figures mood;           /* net_sentiment, negative_share, mean_score, mixed_share … */
    ef_figures survey;         /* stars, nps, csat, ces … that there are */
    ef_figures star_shares;    /* of 1 … 5 */
    ef_figures service;        /* first_response … of chats with roles and times */
    ef_figures conversations;  /* arc, escalation, effort … */
    ef_figures emotions, signals;

    /* whether it is getting better */
    ef_bucket *buckets;
    size_t bucket_count;
    ef_turn *turns;
    size_t turn_count;
    ef_comparison comparison;

    /* about what */
    ef_themes pains, praises;  /* by impact */
    ef_themes topics;          /* of the user's list */
    bool phrases_are_approximate;

    /* who, where */
    ef_group_table *tables;
    size_t table_count;
    ef_customers leaving, advocates;
    ef_agreement agreement;    /* agrees.key NULL: no stars */

    /* how it was made */
    ef_remark *remarks;
    size_t remark_count;
    ef_engine_info engine;
    ef_slice *inputs;          /* labels, in order; the first 100 */
    size_t input_count;
} ef_findings;

/* Zero means the default everywhere. Strings must outlive the call; what findings point to
 * is their own, but for the engine's. */
typedef struct ef_report_options {
    ef_reader_options reader; /* time_zone is also the zone of days and weeks; inputs may
                                 be partial results and scored files, too */
    const char *state_path;   /* of `follow`, instead of inputs */
    const char *const *where; /* "COL=VALUE": only records for which all hold */
    size_t where_count;
    const char *const *groups; /* columns whose values get a row each: "product,agent" */
    size_t group_count;
    const char *since, *until; /* a moment, day, week, month or year; both included */
    const char *compare;       /* "2026-02..2026-03", "channel=website..shop" */
    const char *before;        /* a moment, day …: all before it, and from it on */
    const char *topics;        /* what a file of topics holds; NULL: no list */
    const char *topics_name;   /* of that file, for errors */
    const char *test;          /* "usual", "fisher", "bootstrap" */
    const char *first_response; /* whose answer counts: "human", "bot" */
    const char *hours;         /* in which waits count: "mon-fri 09:00-17:00" */
    const char *resolution;    /* "last-close", "first-close" */
    const char *escalation;    /* "all", "events" */
    const char *arc_limit;     /* "0.25" */
    int64_t contact_days;      /* within which a new conversation repeats one; 7 */
    const char *csat, *csat_from; /* "share", "mean", "net"; "surveys", "stars" */
    const char *ces;           /* "share", "mean", "index", "v1" */
    const char *advocates;     /* "words", "any" */
    const char *step;          /* "hour", "day", "week", "month"; NULL: by the span */
    const char *title;
    int64_t few, least;        /* below these n a figure is greyed, withheld (30, 5) */
    bool drops_repeats;        /* records that are the same count once; not for parts */
    bool shows_words;          /* quotations are not redacted */
    const struct ef_redactions *redactions; /* what is redacted besides (app/redact.h) */
    unsigned threads;          /* 0: as many as there are cores */
    ef_progress_fn *progress;  /* may be NULL */
    void *progress_user;
} ef_report_options;

/* Reads and scores all inputs and finds what there is to say of them. *summary is filled on
 * success and on failure. Fails like ef_run_score; EF_END: progress has stopped it, there
 * are no findings. */
EF_API ef_status ef_report_make(ef_findings **findings, const ef_engine *engine,
                                const ef_report_options *options, ef_run_summary *summary,
                                ef_error *error);
/* Instead of findings, writes what was counted: a partial result, which is an input of other
 * reports. Parts of one whole that are reported on together give the report of the whole,
 * to the byte. path as in ef_report_view. */
EF_API ef_status ef_report_part(const ef_engine *engine, const ef_report_options *options,
                                const char *path, ef_run_summary *summary, ef_error *error);

EF_API void ef_findings_free(ef_findings *findings);

/* Zero means the default everywhere. */
typedef struct ef_report_view {
    const char *format; /* a name that ef_list_views gives */
    const char *path;   /* NULL or "-": standard output; else written beside, renamed */
    unsigned width;     /* columns of a terminal */
    bool has_color;
    bool keeps_controls; /* a terminal gets control characters, not their numbers */
} ef_report_view;

/* Writes findings. Fails with EF_ERR_ARGUMENT (unknown format), EF_ERR_IO or
 * EF_ERR_MEMORY. */
EF_API ef_status ef_report_write(const ef_findings *findings, const ef_report_view *view,
                                 ef_error *error);

#ifdef __cplusplus
}
#endif
#endif
