/* SPDX-License-Identifier: MIT
 * alert/talks.c - conversations, message by message.
 *
 * The last 100,000 that were heard of within a day are kept; of each the scores of its last
 * five messages. When there are too many, those that were silent longest go.
 *
 * In a place that many share, what one author says until a silence is a conversation; its
 * cluster's group is the place. Where so many talk that most are no customers of anybody,
 * and nobody says who is one, a rule asks for more. */
#include "alert/alerts.h"

enum { SILENT_MINUTES = 24 * 60, MOST_TALK_RULES = 16 };

static ef_cluster *talk_of(ef_alerts *alerts, const ef_observation *message, int64_t minute)
{
    uint64_t hash = message->conversation;
    uint32_t place = message->place;
    ef_cluster *talk = ef_clusters_at(&alerts->talks, place, hash);
    for (int64_t silent = SILENT_MINUTES; talk == NULL && silent > 0; silent /= 4) {
        if (alerts->talks.count < EF_MOST_CLUSTERS)
            return NULL; /* there is no memory */
        ef_clusters_close(&alerts->talks, minute - silent, NULL, NULL);
        talk = ef_clusters_at(&alerts->talks, place, hash);
    }
    if (talk == NULL) {
        ef_clusters_close(&alerts->talks, INT64_MAX, NULL, NULL);
        talk = ef_clusters_at(&alerts->talks, place, hash);
    }
    return talk;
}

/* In a place that many share, silence ends a conversation. */
static void begin_anew(ef_cluster *talk)
{
    *talk = (ef_cluster){ .hash = talk->hash,
                          .group = talk->group,
                          .last_minute = talk->last_minute };
}

static void note(ef_cluster *talk, const ef_observation *message, int64_t minute)
{
    bool is_negative = message->label == EF_LABEL_NEGATIVE;
    memmove(talk->scores + 1, talk->scores,
            (EF_RECENT_SCORES - 1) * sizeof talk->scores[0]);
    talk->scores[0] = (int16_t)message->score;
    talk->bad = (uint8_t)((talk->bad << 1 | is_negative) & ((1 << EF_RECENT_SCORES) - 1));
    talk->n++;
    talk->x += is_negative;
    if (minute > talk->last_minute)
        talk->last_minute = minute;
}

/* Whether so many have talked in a place within a day. Asked when a rule is about to fire,
 * and then at most once for each conversation unless there are. */
static bool is_crowded(const ef_clusters *talks, uint32_t place, int64_t crowd)
{
    int64_t authors = 0;
    for (size_t i = 0; i < talks->capacity && authors < crowd; i++)
        authors += talks->items[i].hash != 0 && talks->items[i].group == place;
    return crowd > 0 && authors >= crowd;
}

static bool is_bad(const ef_alerts *alerts, const ef_rule *rule,
                   const ef_handover *handover)
{
    const ef_observation *message = handover->message;
    bool (*bad)(const ef_rule *, const ef_cluster *, uint32_t, bool) = rule->kind->is_bad;
    if (!bad(rule, handover->talk, message->signals, false))
        return false;
    bool is_known = message->place == 0 || message->is_customer;
    return is_known ||
           !is_crowded(&alerts->talks, message->place, rule->conversation.crowd) ||
           bad(rule, handover->talk, message->signals, true);
}

static void judge(ef_alerts *alerts, ef_handover *handover, ef_cluster *talk)
{
    int ordinal = 0;
    for (size_t i = 0; i < alerts->rules->count && ordinal < MOST_TALK_RULES; i++) {
        const ef_rule *rule = &alerts->rules->items[i];
        if (rule->kind->is_bad == NULL)
            continue;
        uint16_t bit = (uint16_t)(1 << ordinal++);
        if ((talk->told & bit) != 0 || !is_bad(alerts, rule, handover))
            continue;
        talk->told |= bit;
        handover->rule = rule;
        if (!handover->delta->is_history &&
            ef_alerts_take_turn(alerts, handover->message->time_ms / EF_MINUTE_MS))
            ef_alerts_hand_over(alerts, handover);
    }
}

static bool has_talk_rules(const ef_alerts *alerts)
{
    for (size_t i = 0; i < alerts->rules->count; i++)
        if (alerts->rules->items[i].kind->is_bad != NULL)
            return true;
    return false;
}

bool ef_alerts_hear(ef_alerts *alerts, const ef_delta *delta,
                    const ef_observation *observation)
{
    int64_t minute = observation->time_ms / EF_MINUTE_MS;
    if (observation->conversation == 0 || !has_talk_rules(alerts))
        return true;
    if (minute / 60 > alerts->talks_swept) {
        alerts->talks_swept = minute / 60;
        ef_clusters_close(&alerts->talks, minute - SILENT_MINUTES, NULL, NULL);
    }
    ef_cluster *talk = talk_of(alerts, observation, minute);
    if (talk == NULL)
        return false;
    if (observation->place != 0 &&
        ef_cluster_is_silent(talk, minute, alerts->trend->gap_minutes))
        begin_anew(talk);
    note(talk, observation, minute);
    ef_handover handover = { .delta = delta, .message = observation, .talk = talk };
    judge(alerts, &handover, talk);
    return true;
}
