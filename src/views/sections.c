/* SPDX-License-Identifier: MIT
 * views/sections.c - the lists of findings, by the names that every view gives them. */
#include "views/sections.h"

#include <assert.h>

ef_section ef_section_at(const ef_findings *findings, size_t index)
{
    const ef_section sections[EF_SECTION_COUNT] = {
        { "mood", "How customers feel", &findings->mood },
        { "survey", "Ratings and surveys", &findings->survey },
        { "star_shares", "Stars", &findings->star_shares },
        { "service", "Service", &findings->service },
        { "conversations", "Conversations", &findings->conversations },
        { "emotions", "Emotions", &findings->emotions },
        { "signals", "Signals", &findings->signals },
    };
    assert(index < EF_SECTION_COUNT);
    return sections[index];
}

ef_theme_list ef_theme_list_at(const ef_findings *findings, size_t index)
{
    const ef_theme_list lists[EF_THEME_LIST_COUNT] = {
        { "pains", "What hurts", &findings->pains },
        { "praises", "What pleases", &findings->praises },
        { "topics", "Your topics", &findings->topics },
    };
    assert(index < EF_THEME_LIST_COUNT);
    return lists[index];
}

ef_customer_list ef_customer_list_at(const ef_findings *findings, size_t index)
{
    const ef_customer_list lists[EF_CUSTOMER_LIST_COUNT] = {
        { "leaving", "Who may leave", &findings->leaving },
        { "advocates", "Who would recommend us", &findings->advocates },
    };
    assert(index < EF_CUSTOMER_LIST_COUNT);
    return lists[index];
}
