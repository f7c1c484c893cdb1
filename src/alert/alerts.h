/* SPDX-License-Identifier: MIT
 * alert/alerts.h - the life of alerts: inactive, pending, firing, resolved.
 *
 * One instance for each (rule, group). Events wait in a queue until they are asked for; an
 * event owns its strings, so it is the same whenever it is taken. */
#ifndef EARFUL_ALERT_ALERTS_H
#define EARFUL_ALERT_ALERTS_H

#include "alert/rule.h"

typedef enum ef_instance_state {
    EF_INSTANCE_INACTIVE,
    EF_INSTANCE_PENDING,
    EF_INSTANCE_FIRING
} ef_instance_state;

typedef struct ef_instance {
    ef_detector detector;
    ef_instance_state state;
    bool is_suppressed;  /* it fires, and nobody was told: there were too many */
    bool is_refreshed;   /* its thresholds are computed */
    bool is_dirty;       /* changed since it was saved */
    int64_t judged;      /* the last minute; 0: none */
    int64_t since;       /* pending: the first minute in which the condition held */
    int64_t last_held;   /* firing: the last minute in which it was not clear */
    int64_t started;     /* firing: the minute of the alert */
    int64_t quiet_until; /* no new alert before that minute */
    int64_t onset;       /* of the alert: minute */
    uint64_t id;
    int64_t before_n, before_k; /* what was usual when it began */
    int64_t n, k;               /* since the onset */
} ef_instance;

/* A (rule, group) that pends or fires. */
typedef struct ef_active {
    uint32_t rule, number;
} ef_active;

typedef struct ef_event {
    struct ef_event *next;
    ef_alert alert;
    char rule[EF_RULE_NAME_SIZE], severity[EF_RULE_NAME_SIZE]; /* rules may change */
    ef_buffer bytes; /* what the slices of alert point into */
} ef_event;

enum { EF_ALERTS_AN_HOUR = 20, EF_MINUTES_AN_HOUR = 60 };

struct ef_alerts {
    const ef_rules *rules;
    ef_trend *trend;
    ef_instance **instances; /* for each rule: as many as instance_counts says */
    size_t *instance_counts;
    ef_active *active;
    size_t active_count, active_capacity;
    ef_event *first, *last, *taken; /* taken: what ef_alerts_next gave last */
    uint64_t seq;
    int64_t raised[EF_ALERTS_AN_HOUR]; /* minutes of the last alerts, a ring */
    uint64_t raised_count;
    ef_clusters talks;       /* conversations, for rules of them */
    int64_t talks_swept;     /* hour */
    uint64_t suppressed;     /* since suppressed_from */
    int64_t suppressed_from; /* minute */
    bool failed;             /* memory ran out */
};

/* A conversation that is handed over. */
typedef struct ef_handover {
    const ef_rule *rule;
    const ef_delta *delta;
    const ef_observation *message;
    const ef_cluster *talk;
} ef_handover;

/* The instance of a (rule, group), made if need be; NULL without memory. */
ef_instance *ef_alerts_instance(ef_alerts *alerts, size_t rule, size_t number);
/* Puts one that pends or fires where time passes for it, in order of rules, then of groups:
 * a list that is loaded is the one that was saved. False without memory. */
bool ef_alerts_activate(ef_alerts *alerts, size_t rule, size_t number);
/* Takes it out again; its state is then inactive. */
void ef_alerts_deactivate(ef_alerts *alerts, ef_instance *instance);

void ef_alerts_hand_over(ef_alerts *alerts, const ef_handover *handover);

/* A message is heard: rules of conversations judge it (talks.c). False without memory. */
bool ef_alerts_hear(ef_alerts *alerts, const ef_delta *delta,
                    const ef_observation *observation);
/* Counts an alert against the hourly cap. False: one too many. */
bool ef_alerts_take_turn(ef_alerts *alerts, int64_t minute);

/* What an event is made of. */
typedef struct ef_happening {
    const ef_rule *rule;
    const ef_closing *closing;
    const ef_usual *usual;
    const ef_verdict *verdict;
    const ef_instance *instance;
    ef_alert_status status;
    int64_t minute; /* of the judgement */
} ef_happening;

/* Makes an event and puts it into the queue. */
void ef_alerts_tell(ef_alerts *alerts, const ef_happening *happening);
/* The event that says how many were not told. */
void ef_alerts_tell_suppressed(ef_alerts *alerts, int64_t minute);

/* The figures that a rule judges by. */
ef_usual ef_rule_usual(const ef_rule *rule, const ef_usual *learned);
/* Whether they are enough for it. */
bool ef_rule_is_warm(const ef_rule *rule, const ef_usual *learned);

#endif
