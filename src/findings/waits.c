/* SPDX-License-Identifier: MIT
 * findings/waits.c - waiting times: first response, reply, resolution, and none at all.
 *
 * Every value is kept, so medians and other quantiles are exact. */
#include "findings/service.h"

#include <math.h>
#include <stdlib.h>

#include "findings/figure.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

bool ef_talk_is_chosen(const ef_talk_facts *facts, const ef_talk_choice *choice)
{
    return (choice->responder == 0 || facts->responder == choice->responder) &&
           facts->begin_ms >= choice->begin_ms &&
           (choice->end_ms == 0 || facts->begin_ms < choice->end_ms);
}

static int64_t wait_of(const ef_talk_facts *facts, ef_wait_kind kind,
                       const ef_service_options *options)
{
    bool is_resolved = facts->resolved_ms != EF_NOT_YET && facts->asked_ms != EF_NOT_YET;
    bool is_waiting = facts->asked_ms != EF_NOT_YET && facts->answered_ms == EF_NOT_YET;
    switch (kind) {
    case EF_WAIT_FIRST_RESPONSE:
        return facts->wait;
    case EF_WAIT_RESOLUTION:
        return is_resolved ? facts->resolved_ms - facts->begin_ms : EF_NOT_YET;
    case EF_WAIT_UNANSWERED:
        return is_waiting ? options->now_ms - facts->asked_ms : EF_NOT_YET;
    default:
        return EF_NOT_YET;
    }
}

static int by_size(const void *a, const void *b)
{
    int64_t one = *(const int64_t *)a, two = *(const int64_t *)b;
    return (one > two) - (one < two);
}

static bool is_chosen_gap(const ef_service *service, const ef_reply_gap *gap,
                          const ef_talk_choice *choice)
{
    ef_talk_choice times = { 0, choice->begin_ms, choice->end_ms };
    return (choice->responder == 0 || gap->person == choice->responder) &&
           ef_talk_is_chosen(&service->talks[gap->fact], &times);
}

/* The gaps of a conversation resemble each other: how much less they say. They stand side
 * by side in the list. */
static double gap_deff(const ef_service *service, const ef_talk_choice *choice,
                       double median)
{
    ef_spread spread = { 0 };
    double n = 0, above = 0;
    for (size_t i = 0; i <= service->gap_count; i++) {
        bool is_next = i == service->gap_count ||
                       (i > 0 && service->gaps[i].fact != service->gaps[i - 1].fact);
        if (is_next && n > 0) {
            ef_spread_add(&spread, n, above);
            n = above = 0;
        }
        if (i < service->gap_count && is_chosen_gap(service, &service->gaps[i], choice)) {
            n++;
            above += (double)service->gaps[i].wait > median;
        }
    }
    double share = ef_spread_mean(&spread);
    return ef_spread_deff(&spread, share, share * (1 - share));
}

bool ef_waits_of(ef_waits *waits, ef_wait_kind kind, const ef_service *service,
                 const ef_service_options *options, const ef_talk_choice *choice)
{
    bool are_gaps = kind == EF_WAIT_REPLY_GAP;
    size_t most = are_gaps ? service->gap_count : service->talk_count;
    *waits = (ef_waits){ calloc(most + 1, sizeof *waits->items), 0, 1 };
    if (waits->items == NULL)
        return false;
    for (size_t i = 0; i < most; i++) {
        bool is_chosen = are_gaps ? is_chosen_gap(service, &service->gaps[i], choice)
                                  : ef_talk_is_chosen(&service->talks[i], choice);
        int64_t wait =
            are_gaps ? service->gaps[i].wait : wait_of(&service->talks[i], kind, options);
        if (is_chosen && wait != EF_NOT_YET)
            waits->items[waits->count++] = wait;
    }
    qsort(waits->items, waits->count, sizeof *waits->items, by_size);
    if (are_gaps && waits->count > 0)
        waits->deff =
            gap_deff(service, choice, ef_quantile_of(waits->items, waits->count, 0.5));
    return true;
}

/* Which figures of a kind there are: quantiles, and the mean under 0. */
typedef struct wait_title {
    ef_wait_kind kind;
    double quantile; /* 0: the mean */
    const char *key, *name;
} wait_title;

static const wait_title titles[] = {
    { EF_WAIT_FIRST_RESPONSE, 0.5, "first_response", "First response, median" },
    { EF_WAIT_FIRST_RESPONSE, 0.9, "first_response_p90",
      "First response, nine in ten within" },
    { EF_WAIT_FIRST_RESPONSE, 0, "first_response_mean", "First response, mean" },
    { EF_WAIT_UNANSWERED, 0.5, "unanswered_age", "Waiting without an answer, median" },
    { EF_WAIT_REPLY_GAP, 0.5, "reply_gap", "Reply, median" },
    { EF_WAIT_REPLY_GAP, 0.9, "reply_gap_p90", "Reply, nine in ten within" },
    { EF_WAIT_RESOLUTION, 0.5, "resolution", "Resolution, median" },
    { EF_WAIT_RESOLUTION, 0.9, "resolution_p90", "Resolution, nine in ten within" },
    { EF_WAIT_RESOLUTION, 0.95, "resolution_p95", "Resolution, nineteen in twenty within" },
    { EF_WAIT_RESOLUTION, 0, "resolution_mean", "Resolution, mean" },
};

static const char *formula_of(ef_wait_kind kind, const ef_service *service,
                              const ef_service_options *options)
{
    static const char *const responses[2][2] = {
        { "first answer of a human - first message of the customer",
          "first answer of a human - first message of the customer, in business hours" },
        { "first answer of a human or bot - first message of the customer",
          "first answer of a human or bot - first message of the customer, in business "
          "hours" }
    };
    bool is_open = options->open != NULL;
    switch (kind) {
    case EF_WAIT_FIRST_RESPONSE:
        return responses[options->bots_respond][is_open];
    case EF_WAIT_REPLY_GAP:
        return is_open ? "next message of the staff - message of the customer, in business "
                         "hours"
                       : "next message of the staff - message of the customer";
    case EF_WAIT_UNANSWERED:
        return "last message of all - first message of a customer whom nobody answered";
    default:
        if (!service->has_closing)
            return "last message - first message of answered conversations: nothing says "
                   "when "
                   "they were closed";
        return options->first_close ? "first closing - first message"
                                    : "last closing - first message";
    }
}

static ef_figure mean_of(const ef_titled *title, const ef_waits *waits)
{
    ef_spread spread = { 0 };
    for (size_t i = 0; i < waits->count; i++)
        ef_spread_add(&spread, 1, (double)waits->items[i]);
    ef_figure figure = ef_figure_mean(title, &spread, 0.001);
    figure.low = figure.low < 0 ? 0 : figure.low;
    return figure;
}

static ef_figure figure_of(const wait_title *title, const ef_waits *waits,
                           const ef_service *service, const ef_service_options *options)
{
    ef_titled titled = { title->key, title->name, formula_of(title->kind, service, options),
                         EF_UNIT_SECONDS };
    ef_figure figure = title->quantile > 0
                           ? ef_figure_quantile(&titled, waits->items, waits->count,
                                                title->quantile, waits->deff, 0.001)
                           : mean_of(&titled, waits);
    figure.is_approximate = title->kind == EF_WAIT_RESOLUTION && !service->has_closing;
    return figure;
}

ef_figure ef_wait_median(ef_wait_kind kind, const ef_waits *waits,
                         const ef_service *service, const ef_service_options *options)
{
    const wait_title *title = titles;
    while (title->kind != kind || title->quantile != 0.5)
        title++;
    return figure_of(title, waits, service, options);
}

bool ef_wait_figures(ef_figures *figures, ef_wait_kind kind, const ef_service *service,
                     const ef_service_options *options, const ef_talk_choice *choice)
{
    ef_waits waits;
    if (!ef_waits_of(&waits, kind, service, options, choice))
        return false;
    bool is_done = true;
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        if (titles[i].kind == kind)
            is_done = is_done && ef_figures_add(figures, figure_of(&titles[i], &waits,
                                                                   service, options));
    free(waits.items);
    return is_done;
}
