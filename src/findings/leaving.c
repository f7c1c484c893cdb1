/* SPDX-License-Identifier: MIT
 * findings/leaving.c - who may leave, and who would recommend us: METRICS section 4.
 *
 * Points that add up, each with its evidence, none of them validated: no data tells who
 * left. So a customer's level is low, medium or high, with the reasons, never a chance. */
#include "findings/findings.h"

#include <stdlib.h>

#include "base/hash.h"
#include "findings/service.h"

enum {
    HIGH = 3,
    MEDIUM = 2,
    MANY_TALKS = 3,
    TALK_DAYS = 30,
    CHURN_DAYS = 183, /* six months */
    LEAST_WAITS = 10  /* of fewer there is no tenth that waited longest */
};

static const int64_t day_s = 86400;

/* Bits of reasons. */
enum { CHURN = 1, WORSENED = 2, SLOW = 4, MANY = 8, CONTENT = 16 };

/* What conversations say of an author. */
typedef struct contact {
    uint32_t latest; /* index of his latest conversation + 1; 0: none */
    uint32_t recent; /* how many began within TALK_DAYS */
} contact;

typedef struct candidate {
    uint32_t author; /* number */
    int32_t points;
    uint32_t reasons, last;
    uint64_t hash;
} candidate;

typedef struct leaving {
    ef_making *making;
    const ef_authors *authors;
    contact *contacts; /* by author */
    double slow_ms;    /* nine of ten were resolved within; 0: not known */
    int64_t now_s;
} leaving;

static int64_t seconds(int64_t ms)
{
    return ms / 1000;
}

static bool find_slow(leaving *l)
{
    ef_waits waits;
    if (!ef_waits_of(&waits, EF_WAIT_RESOLUTION, &l->making->service,
                     &l->making->service_options, &(ef_talk_choice){ 0 }))
        return false;
    if (waits.count >= LEAST_WAITS)
        l->slow_ms = ef_quantile_of(waits.items, waits.count, 0.9);
    free(waits.items);
    return true;
}

static void find_contacts(leaving *l)
{
    const ef_service *service = &l->making->service;
    for (size_t i = 0; i < service->talk_count; i++) {
        const ef_talk_facts *facts = &service->talks[i];
        uint32_t number = facts->customer == 0
                              ? EF_NO_NUMBER
                              : ef_numbering_find(&l->authors->numbers, facts->customer);
        if (number == EF_NO_NUMBER)
            continue;
        contact *known = &l->contacts[number];
        known->recent += seconds(facts->begin_ms) >= l->now_s - TALK_DAYS * day_s;
        if (known->latest == 0 ||
            service->talks[known->latest - 1].begin_ms <= facts->begin_ms)
            known->latest = (uint32_t)i + 1;
    }
}

/* The latest conversation took, or takes, longer than nine in ten. */
static bool is_slow(const leaving *l, const ef_talk_facts *facts)
{
    const ef_service *service = &l->making->service;
    int64_t now_ms = l->now_s * 1000;
    if (l->slow_ms == 0 || facts->asked_ms == EF_NOT_YET)
        return false;
    if (facts->resolved_ms == EF_NOT_YET)
        return service->has_closing && (double)(now_ms - facts->begin_ms) > l->slow_ms;
    return (double)(facts->resolved_ms - facts->begin_ms) > l->slow_ms &&
           seconds(facts->resolved_ms) + TALK_DAYS * day_s >= l->now_s;
}

static bool is_recent(const leaving *l, uint32_t second)
{
    return second == EF_SOME_TIME || (int64_t)second + CHURN_DAYS * day_s >= l->now_s;
}

static uint32_t reasons_of(const leaving *l, uint32_t number)
{
    const ef_author *author = &l->authors->items[number];
    const contact *known = &l->contacts[number];
    uint32_t reasons = known->recent >= MANY_TALKS ? MANY : 0;
    if (author->churn != 0 && is_recent(l, author->churn)) {
        reasons |= CHURN;
        /* The last word was a good one, and came later. */
        if (author->positive > author->churn && author->positive == author->last)
            reasons |= CONTENT;
    }
    if (known->latest != 0) {
        const ef_talk_facts *facts = &l->making->service.talks[known->latest - 1];
        reasons |= facts->arc == EF_ARC_WORSENED ? WORSENED : 0;
        reasons |= is_slow(l, facts) ? SLOW : 0;
    }
    return reasons;
}

static int32_t points_of(uint32_t reasons)
{
    int32_t points = 0;
    points += (reasons & CHURN) != 0 ? 2 : 0;
    points += (reasons & WORSENED) != 0;
    points += (reasons & SLOW) != 0;
    points += (reasons & MANY) != 0;
    points -= (reasons & CONTENT) != 0 ? 2 : 0;
    return points > 0 ? points : 0;
}

static int by_points(const void *a, const void *b)
{
    const candidate *one = a, *two = b;
    if (one->points != two->points)
        return one->points > two->points ? -1 : 1;
    if (one->last != two->last)
        return one->last > two->last ? -1 : 1;
    return (one->hash > two->hash) - (one->hash < two->hash);
}

/* --- words ------------------------------------------------------------------------- */

static void append_reason(ef_buffer *text, const char *words, ef_slice evidence)
{
    ef_buffer_append_text(text, text->size > 0 ? "; " : "");
    ef_buffer_append_text(text, words);
    if (evidence.size == 0)
        return;
    ef_buffer_append_text(text, " (");
    ef_buffer_append_slice(text, evidence);
    ef_buffer_append_byte(text, ')');
}

static ef_slice talk_name(const leaving *l, uint32_t talk)
{
    const ef_conversations *all = &l->making->tally->conversations;
    return ef_conversations_text(all, all->talks[talk].name);
}

static ef_slice id_of(const ef_noted *noted)
{
    return noted == NULL ? (ef_slice){ NULL, 0 } : (ef_slice){ noted->id, noted->id_size };
}

static void append_reasons(const leaving *l, const candidate *who, ef_buffer *text)
{
    const ef_noted *churn = ef_authors_noted(l->authors, EF_NOTED_CHURN, who->hash);
    uint32_t latest = l->contacts[who->author].latest;
    const ef_slice nothing = { NULL, 0 };
    ef_slice talk = latest == 0 ? (ef_slice){ NULL, 0 }
                                : talk_name(l, l->making->service.talks[latest - 1].talk);
    if ((who->reasons & CHURN) != 0)
        append_reason(text,
                      churn == NULL || (churn->signals & EF_SIGNAL_CHURN) != 0
                          ? "speaks of leaving"
                          : "wants the money back",
                      id_of(churn));
    if ((who->reasons & WORSENED) != 0)
        append_reason(text, "the latest conversation got worse", talk);
    if ((who->reasons & SLOW) != 0)
        append_reason(text, "waited longer than nine in ten", talk);
    if ((who->reasons & MANY) != 0)
        append_reason(text, "three conversations or more within 30 days", nothing);
    if ((who->reasons & CONTENT) != 0)
        append_reason(text, "but the last word was a good one", nothing);
}

static ef_slice name_of(const leaving *l, uint64_t hash, const ef_noted *noted)
{
    char digits[17];
    ef_buffer text = { 0 };
    ef_hash_hex(hash, digits);
    if (noted != NULL && noted->name_size > 0)
        ef_buffer_append(&text, noted->name, noted->name_size);
    else
        ef_buffer_printf(&text, "customer %.6s", digits);
    ef_slice kept = { NULL, 0 };
    if (!text.failed)
        kept = ef_making_keep(l->making, ef_buffer_slice(&text));
    ef_buffer_release(&text);
    return kept;
}

static int64_t shown_ms(const leaving *l, uint32_t second)
{
    return second <= EF_SOME_TIME ? 0
                                  : ef_making_local_ms(l->making, (int64_t)second * 1000);
}

static bool show_leaving(const leaving *l, const candidate *who, ef_customer *shown)
{
    const ef_noted *noted = ef_authors_noted(l->authors, EF_NOTED_CHURN, who->hash);
    ef_buffer text = { 0 };
    if (noted == NULL)
        noted = ef_authors_noted(l->authors, EF_NOTED_TALK, who->hash);
    append_reasons(l, who, &text);
    *shown = (ef_customer){ .name = name_of(l, who->hash, noted),
                            .points = who->points,
                            .level = who->points >= HIGH ? "high" : "medium",
                            .last_ms = shown_ms(l, who->last) };
    if (!text.failed)
        shown->reasons = ef_making_keep(l->making, ef_buffer_slice(&text));
    ef_buffer_release(&text);
    return shown->name.data != NULL && shown->reasons.data != NULL;
}

static bool show_advocate(const leaving *l, const candidate *who, ef_customer *shown)
{
    const ef_noted *noted = ef_authors_noted(l->authors, EF_NOTED_PRAISE, who->hash);
    ef_buffer text = { 0 };
    append_reason(&text,
                  who->reasons != 0 ? "the best rating, and kind words" : "the best rating",
                  id_of(noted));
    *shown = (ef_customer){ .name = name_of(l, who->hash, noted),
                            .points = who->points,
                            .last_ms = shown_ms(l, who->last) };
    if (!text.failed)
        shown->reasons = ef_making_keep(l->making, ef_buffer_slice(&text));
    ef_buffer_release(&text);
    return shown->name.data != NULL && shown->reasons.data != NULL;
}

typedef bool show_fn(const leaving *l, const candidate *who, ef_customer *shown);

static bool show(leaving *l, ef_customers *into, candidate *candidates, size_t count,
                 show_fn *show_one)
{
    size_t shown = count < EF_SHOWN_CUSTOMERS ? count : EF_SHOWN_CUSTOMERS;
    if (count > 0)
        qsort(candidates, count, sizeof *candidates, by_points);
    into->items = ef_arena_alloc(l->making->arena, (shown + 1) * sizeof *into->items);
    if (into->items == NULL)
        return false;
    into->total = (int64_t)count << l->authors->level;
    for (; into->count < shown; into->count++)
        if (!show_one(l, &candidates[into->count], &into->items[into->count]))
            return false;
    return true;
}

static bool find_leaving(leaving *l, candidate *candidates)
{
    static const ef_titled title = { "churn_high", "Customers at high risk of leaving",
                                     "customers with three points or more / customers",
                                     EF_UNIT_SHARE };
    const ef_numbering *numbers = &l->authors->numbers;
    ef_customers *into = &l->making->findings->leaving;
    size_t count = 0;
    int64_t high = 0;
    for (uint32_t i = 0; i < numbers->count; i++) {
        candidate who = { .author = i,
                          .reasons = reasons_of(l, i),
                          .last = l->authors->items[i].last,
                          .hash = numbers->hashes[i] };
        who.points = points_of(who.reasons);
        high += who.points >= HIGH;
        if (who.points >= MEDIUM)
            candidates[count++] = who;
    }
    into->share = ef_figure_share(&title, high, numbers->count, 1);
    into->share.is_approximate = l->authors->level > 0;
    return show(l, into, candidates, count, show_leaving);
}

static bool find_advocates(leaving *l, candidate *candidates)
{
    static const ef_titled strict = { "advocates", "Advocates",
                                      "customers with the best rating, kind words and no "
                                      "unkind ones since / customers with a rating",
                                      EF_UNIT_SHARE };
    static const ef_titled loose = {
        "advocates", "Advocates",
        "customers with the best rating / customers with a rating", EF_UNIT_SHARE
    };
    bool is_any = l->making->manner->any_advocate;
    const ef_numbering *numbers = &l->authors->numbers;
    ef_customers *into = &l->making->findings->advocates;
    size_t count = 0;
    int64_t rated = 0;
    for (uint32_t i = 0; i < numbers->count; i++) {
        const ef_author *author = &l->authors->items[i];
        uint32_t since = is_any ? author->top : author->praise;
        rated += author->rated != 0;
        if (since == 0 || (!is_any && author->negative >= since))
            continue;
        candidates[count++] = (candidate){ .author = i,
                                           .points = 1,
                                           .reasons = author->praise != 0,
                                           .last = since,
                                           .hash = numbers->hashes[i] };
    }
    into->share = ef_figure_share(is_any ? &loose : &strict, (int64_t)count, rated, 1);
    into->share.is_approximate = l->authors->level > 0;
    return show(l, into, candidates, count, show_advocate);
}

bool ef_find_customers(ef_making *making)
{
    const ef_authors *authors = &making->tally->authors;
    size_t count = authors->numbers.count;
    leaving l = { .making = making,
                  .authors = authors,
                  .now_s = seconds(making->tally->whole.last_ms) };
    if (count == 0)
        return true;
    candidate *candidates = malloc(count * sizeof *candidates);
    l.contacts = calloc(count, sizeof *l.contacts);
    bool is_done = candidates != NULL && l.contacts != NULL && find_slow(&l);
    if (is_done)
        find_contacts(&l);
    is_done = is_done && find_leaving(&l, candidates) && find_advocates(&l, candidates);
    free(candidates);
    free(l.contacts);
    return is_done;
}
