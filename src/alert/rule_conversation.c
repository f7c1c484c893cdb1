/* SPDX-License-Identifier: MIT
 * alert/rule_conversation.c - hand this conversation to a person.
 *
 * Judged at each message of a customer, at once: many bad ones among the last five, a very
 * low sum of their scores, a mood that falls from good to bad, or words of escalation, law
 * or danger. Once for each conversation.
 *
 * In an open channel people complain of much and to each other: there many bad messages
 * count only if the sum is very low, too, and such words only in a bad message. */
#include "alert/rule.h"

static const ef_setting settings[] = {
    { "negatives", EF_SETTING_COUNT, offsetof(ef_rule, conversation.negatives), 1, 5,
      "must be a number from 1 to 5" },
    { "sum", EF_SETTING_NUMBER, offsetof(ef_rule, conversation.sum), -5, 0,
      "must be a number from -5 to 0 (never)" },
    { "arc", EF_SETTING_NUMBER, offsetof(ef_rule, conversation.arc), -2, 0,
      "must be a number from -2 to 0 (never)" },
    { "crowd", EF_SETTING_COUNT, offsetof(ef_rule, conversation.crowd), 0, 1000000,
      "must be a number of people from 0 (no place is one) to 1000000" },
};

static void set_defaults(ef_rule *rule)
{
    rule->conversation.negatives = 3;
    rule->conversation.sum = -2.5;
    rule->conversation.arc = -1;
    rule->conversation.crowd = 5;
}

static const char *prepare(ef_rule *rule)
{
    return rule->group[0] != '\0' ? "a rule of conversations has no group: each "
                                    "conversation is one"
                                  : NULL;
}

/* The last two messages against the two before the middle one, both of the last bad. */
static bool falls(const ef_rule *rule, const ef_cluster *talk)
{
    const int16_t *s = talk->scores;
    if (talk->n < EF_RECENT_SCORES || (talk->bad & 3) != 3)
        return false;
    int32_t fall = s[0] + s[1] - s[3] - s[4]; /* twice the arc */
    return fall <= 2 * rule->conversation.arc * EF_UNIT;
}

static bool is_bad(const ef_rule *rule, const ef_cluster *talk, uint32_t signals,
                   bool in_crowd)
{
    const uint32_t words = EF_SIGNAL_ESCALATION | EF_SIGNAL_LEGAL | EF_SIGNAL_SAFETY;
    bool rages = (signals & words) != 0;
    int64_t negatives = 0;
    int32_t sum = 0;
    for (int i = 0; i < EF_RECENT_SCORES; i++) {
        negatives += talk->bad >> i & 1;
        sum += talk->scores[i]; /* 0 where there was none */
    }
    bool has_many = negatives >= rule->conversation.negatives;
    bool is_low = sum <= rule->conversation.sum * EF_UNIT;
    if (in_crowd)
        return (rages && (talk->bad & 1) != 0) || (has_many && is_low);
    return rages || has_many || (rule->conversation.sum < 0 && is_low) ||
           (rule->conversation.arc < 0 && falls(rule, talk));
}

static double false_alarms(const ef_rule *rule, const ef_usual *usual)
{
    (void)rule;
    (void)usual;
    return -1;
}

const ef_rule_kind ef_rule_conversation = {
    .name = "conversation",
    .summary = "a conversation that a person should take over",
    .settings = settings,
    .setting_count = sizeof settings / sizeof settings[0],
    .needs = EF_NEEDS_NOTHING,
    .set_defaults = set_defaults,
    .prepare = prepare,
    .is_bad = is_bad,
    .false_alarms = false_alarms,
};
