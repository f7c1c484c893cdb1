/* SPDX-License-Identifier: MIT
 * findings/service_found.c - the service part of a report: of all conversations, and of
 * each agent. */
#include "findings/findings.h"

#include <math.h>
#include <stdlib.h>

#include "findings/service.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

/* An agent, and how many conversations begin with an answer of his. */
typedef struct agent {
    uint32_t person; /* number + 1 */
    int64_t talks;
} agent;

static int by_talks(const void *a, const void *b)
{
    const agent *one = a, *two = b;
    if (one->talks != two->talks)
        return one->talks > two->talks ? -1 : 1;
    return (one->person > two->person) - (one->person < two->person);
}

/* The mood of the customers whom an agent answered first. */
static void add_mood(ef_group_row *row, const ef_service *service, uint32_t person)
{
    static const ef_titled net_title = { "net_sentiment", "Net sentiment",
                                         "100 x (positive - negative) / n", EF_UNIT_NET };
    static const ef_titled negative_title = { "negative_share", "Share negative",
                                              "negative / n", EF_UNIT_SHARE };
    static const ef_titled score_title = { "mean_score", "Mean score",
                                           "mean of the conversations' scores",
                                           EF_UNIT_SCORE };
    ef_spread nets = { 0 }, negatives = { 0 }, scores = { 0 };
    int64_t n = 0, negative = 0, positive = 0;
    for (size_t i = 0; i < service->talk_count; i++) {
        const ef_talk_facts *facts = &service->talks[i];
        if (facts->responder != person || facts->labelled == 0)
            continue;
        ef_spread_add(&nets, facts->labelled, facts->positive - facts->negative);
        ef_spread_add(&negatives, facts->labelled, facts->negative);
        ef_spread_add(&scores, 1, facts->score);
        n += facts->labelled;
        negative += facts->negative;
        positive += facts->positive;
    }
    double net = ef_spread_mean(&nets), share = ef_spread_mean(&negatives);
    double spread = n > 0 ? (double)(positive + negative) / (double)n - net * net : 0;
    row->net = ef_figure_net(&net_title, positive, negative, n,
                             ef_spread_deff(&nets, net, spread));
    row->negative = ef_figure_share(&negative_title, negative, n,
                                    ef_spread_deff(&negatives, share, share * (1 - share)));
    row->score = ef_figure_mean(&score_title, &scores, 1);
    row->score.low = row->score.low < -1 ? -1 : row->score.low;
    row->score.high = row->score.high > 1 ? 1 : row->score.high;
}

static bool add_row(ef_making *making, ef_group_table *table, const ef_service *service,
                    const ef_service_options *options, const agent *who)
{
    const ef_conversations *all = &making->tally->conversations;
    ef_group_row *row = &table->rows[table->count++];
    *row = (ef_group_row){ .messages = who->talks };
    row->name =
        ef_making_keep(making, ef_conversations_text(all, all->people[who->person - 1]));
    add_mood(row, service, who->person);
    return row->name.data != NULL &&
           ef_service_figures(&row->service, service, options,
                              &(ef_talk_choice){ .responder = who->person });
}

/* One more table behind those that there are. */
static ef_group_table *add_table(ef_making *making)
{
    ef_findings *f = making->findings;
    ef_group_table *tables =
        ef_arena_alloc(making->arena, (f->table_count + 1) * sizeof *tables);
    if (tables == NULL)
        return NULL;
    if (f->table_count > 0)
        memcpy(tables, f->tables, f->table_count * sizeof *tables);
    f->tables = tables;
    tables[f->table_count] = (ef_group_table){ .column = ef_slice_of("agent") };
    return &tables[f->table_count++];
}

static bool find_agents(ef_making *making, const ef_service *service,
                        const ef_service_options *options)
{
    size_t people = making->tally->conversations.person_numbers.count, count = 0;
    agent *agents = calloc(people + 1, sizeof *agents);
    if (agents == NULL)
        return false;
    for (uint32_t i = 0; i < people; i++)
        agents[i].person = i + 1;
    for (size_t i = 0; i < service->talk_count; i++)
        if (service->talks[i].responder != 0)
            agents[service->talks[i].responder - 1].talks++;
    qsort(agents, people, sizeof *agents, by_talks);
    while (count < people && agents[count].talks > 0)
        count++;
    ef_group_table *table = count > 0 ? add_table(making) : NULL;
    size_t shown = count < EF_SHOWN_GROUPS ? count : EF_SHOWN_GROUPS;
    bool is_done = count == 0 || table != NULL;
    if (table != NULL) {
        table->groups = (int64_t)count;
        table->rows = ef_arena_alloc(making->arena, (shown + 1) * sizeof *table->rows);
        is_done = table->rows != NULL;
        for (size_t i = 0; is_done && i < shown; i++)
            is_done = add_row(making, table, service, options, &agents[i]);
    }
    free(agents);
    return is_done;
}

static bool remark(ef_making *making, const ef_service *service)
{
    if (service->talk_count == 0)
        return true;
    if (!service->has_roles)
        return ef_remark_add(making,
                             "nobody says who is staff: nothing is said of response "
                             "times and resolution; --staff NAME tells");
    return service->has_closing ||
           ef_remark_add(making, "nothing says when conversations were closed: their last "
                                 "message is taken for it");
}

bool ef_find_service(ef_making *making)
{
    const ef_conversations *all = &making->tally->conversations;
    const ef_whole *whole = &making->tally->whole;
    ef_service_options *options = &making->service_options;
    ef_findings *f = making->findings;
    *options = making->manner->service;
    options->now_ms = whole->last_ms;
    if (all->count == 0)
        return true;
    if (options->hours != NULL) {
        if (!ef_open_times_make(&making->open, options->hours, making->tally->plan->zone,
                                whole->first_ms, whole->last_ms))
            return false;
        options->open = &making->open;
    }
    if (!ef_service_measure(&making->service, all, options))
        return false;
    const ef_service *service = &making->service;
    ef_talk_choice everything = { 0 };
    return ef_service_figures(&f->service, service, options, &everything) &&
           ef_conversation_figures(&f->conversations, service, options, &everything) &&
           find_agents(making, service, options) && remark(making, service);
}
