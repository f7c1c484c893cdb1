/* SPDX-License-Identifier: MIT
 * alert/rule_kinds.c - the kinds of rules, and the rules that stand without any file. */
#include "alert/rule.h"

static const ef_rule_kind *const kinds[] = {
    &ef_rule_shift, &ef_rule_share,  &ef_rule_budget,
    &ef_rule_mean,  &ef_rule_volume, &ef_rule_conversation,
};

const ef_rule_kind *ef_rule_kind_at(size_t index)
{
    return index < sizeof kinds / sizeof kinds[0] ? kinds[index] : NULL;
}

/* One rule for what is said, judged per channel, where a channel is known. */
const char *ef_rules_built_in(void)
{
    return "[alert.negative_shift]\n"
           "kind = shift\n"
           "group = channel\n"
           "severity = warning\n"
           "summary = {{k}} of {{n}} messages negative in {{channel}} since {{onset}}\n"
           "[alert.conversation]\n"
           "kind = conversation\n"
           "severity = ticket\n"
           "summary = {{k}} of {{n}} messages negative in {{conversation}}\n";
}
