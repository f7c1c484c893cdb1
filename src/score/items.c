/* SPDX-License-Identifier: MIT
 * score/items.c - what was found in a sentence: how rules change it, what it adds up to.
 *
 * Every factor is a percentage in integers and is applied to one item, so that reasons add
 * up to the evidence exactly. */
#include <stdlib.h>

#include "score/judge.h"

void ef_items_release(ef_items *items)
{
    free(items->list);
    memset(items, 0, sizeof *items);
}

void ef_item_change(ef_item *item, int32_t percent, const char *rule, size_t word)
{
    if (percent == 100 || item->weight == 0)
        return;
    item->weight = item->weight * percent / 100;
    if (abs(percent - 100) < item->rule_percent)
        return;
    item->rule = rule;
    item->rule_word = (uint32_t)word;
    item->rule_percent = abs(percent - 100);
}

void ef_item_renew(ef_item *item, int32_t percent, const char *rule, size_t word)
{
    item->weight = item->base;
    item->rule_percent = 0;
    ef_item_change(item, percent, rule, word);
}

/* Without branches on what an item is: no two are alike. */
void ef_rules_sum(ef_impression *findings, const ef_items *items, const ef_words *words)
{
    int32_t positive = 0, negative = 0, turned = 0, verdict = 0, phrased = 0;
    uint32_t hits = 0;
    for (size_t i = 0; i < items->count; i++) {
        const ef_item *item = &items->list[i];
        unsigned kind = words->items[item->first].kind;
        int32_t weight = item->kind == EF_ITEM_VALENCE ? item->weight : 0;
        unsigned is_heard = !item->is_turned; /* not turned by a negator */
        unsigned is_figure = kind != EF_TOKEN_WORD && kind != EF_TOKEN_NUMBER;
        unsigned is_phrase = item->last > item->first;
        positive += weight > 0 ? weight : 0;
        negative -= weight < 0 ? weight : 0;
        hits += weight != 0;
        turned += item->is_turned ? weight : 0;
        verdict += (is_heard & is_figure) != 0 ? weight : 0;
        phrased += (is_heard & is_phrase & ~is_figure) != 0 ? weight : 0;
    }
    findings->polarity = positive - negative;
    findings->positive = positive;
    findings->negative = negative;
    findings->turned = turned;
    findings->verdict = verdict;
    findings->phrased = phrased;
    findings->hits = hits;
}
