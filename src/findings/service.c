/* SPDX-License-Identifier: MIT
 * findings/service.c - how customers' conversations go: shares of them, and their mood.
 *
 * A conversation is one observation here, so there is no clustering to allow for. */
#include "findings/service.h"

#include <math.h>

#include "findings/figure.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static const ef_titled titles[EF_TALK_SHARES] = {
    [EF_TALK_UNANSWERED] = { "unanswered", "Unanswered",
                             "conversations without an answer / conversations with a "
                             "customer",
                             EF_UNIT_SHARE },
    [EF_TALK_OPEN] = { "open", "Open", "conversations not closed / conversations",
                       EF_UNIT_SHARE },
    [EF_TALK_REOPENED] = { "reopened", "Reopened",
                           "conversations that went on after they were closed / "
                           "conversations",
                           EF_UNIT_SHARE },
    [EF_TALK_FIRST_CONTACT] = { "first_contact_resolution", "Resolved at first contact",
                                "closed, not reopened, and no new conversation of this "
                                "customer "
                                "within the window / closed and older than the window",
                                EF_UNIT_SHARE },
    [EF_TALK_REPEATED] = { "repeat_contact", "Repeat contacts",
                           "conversations that begin within the window after an earlier "
                           "one of "
                           "this customer / conversations of known customers",
                           EF_UNIT_SHARE },
    [EF_TALK_ESCALATED] = { "escalation", "Escalated",
                            "handed over, or asked for a human or a manager / "
                            "conversations",
                            EF_UNIT_SHARE },
    [EF_TALK_BY_EVENT] = { "escalation_events", "Escalated, by events",
                           "handed over after a first answer, or from bot to human / "
                           "conversations",
                           EF_UNIT_SHARE },
    [EF_TALK_BY_PHRASE] = { "escalation_phrases", "Escalated, by phrases only",
                            "no event, but words that ask for a human or a manager / "
                            "conversations",
                            EF_UNIT_SHARE },
    [EF_TALK_CONTAINED] = { "containment", "Contained", "1 - escalated / conversations",
                            EF_UNIT_SHARE },
    [EF_TALK_IMPROVED] = { "arc_improved", "Ended better than they began",
                           "arc >= limit / conversations with two messages of the customer",
                           EF_UNIT_SHARE },
    [EF_TALK_STEADY] = { "arc_steady", "Ended as they began",
                         "arc within limits / conversations with two messages of the "
                         "customer",
                         EF_UNIT_SHARE },
    [EF_TALK_WORSENED] = { "arc_worsened", "Ended worse than they began",
                           "arc <= -limit / conversations with two messages of the "
                           "customer",
                           EF_UNIT_SHARE },
    [EF_TALK_EFFORT] = { "effort", "Cost the customer effort",
                         "conversations in which the customer says so / conversations with "
                         "a "
                         "customer",
                         EF_UNIT_SHARE },
};

/* Whether a conversation is among those of which a share is taken. */
static bool is_counted(const ef_talk_facts *facts, ef_talk_share share,
                       const ef_service_options *options)
{
    switch (share) {
    case EF_TALK_FIRST_CONTACT:
        return facts->customer != 0 && facts->resolved_ms != EF_NOT_YET &&
               facts->resolved_ms + ef_contact_window_ms(options) <= options->now_ms;
    case EF_TALK_REPEATED:
        return facts->customer != 0;
    case EF_TALK_IMPROVED:
    case EF_TALK_STEADY:
    case EF_TALK_WORSENED:
        return facts->arc != EF_ARC_NONE;
    default:
        return facts->asked_ms != EF_NOT_YET;
    }
}

static bool is_hit(const ef_talk_facts *facts, ef_talk_share share)
{
    switch (share) {
    case EF_TALK_UNANSWERED:
        return facts->answered_ms == EF_NOT_YET;
    case EF_TALK_OPEN:
        return facts->resolved_ms == EF_NOT_YET;
    case EF_TALK_REOPENED:
        return facts->is_reopened;
    case EF_TALK_FIRST_CONTACT:
        return !facts->is_reopened && !facts->is_repeated;
    case EF_TALK_REPEATED:
        return facts->repeats;
    case EF_TALK_ESCALATED:
        return facts->is_by_event || facts->is_by_phrase;
    case EF_TALK_BY_EVENT:
        return facts->is_by_event;
    case EF_TALK_BY_PHRASE:
        return facts->is_by_phrase && !facts->is_by_event;
    case EF_TALK_CONTAINED:
        return !facts->is_by_event && !facts->is_by_phrase;
    case EF_TALK_IMPROVED:
        return facts->arc == EF_ARC_IMPROVED;
    case EF_TALK_STEADY:
        return facts->arc == EF_ARC_STEADY;
    case EF_TALK_WORSENED:
        return facts->arc == EF_ARC_WORSENED;
    default:
        return facts->takes_effort;
    }
}

ef_figure ef_talk_share_of(ef_talk_share share, const ef_service *service,
                           const ef_service_options *options, const ef_talk_choice *choice)
{
    int64_t n = 0, count = 0;
    for (size_t i = 0; i < service->talk_count; i++) {
        const ef_talk_facts *facts = &service->talks[i];
        if (!ef_talk_is_chosen(facts, choice) || !is_counted(facts, share, options))
            continue;
        n++;
        count += is_hit(facts, share);
    }
    ef_figure figure = ef_figure_share(&titles[share], count, n, 1);
    figure.is_approximate = share == EF_TALK_FIRST_CONTACT && !service->has_closing;
    return figure;
}

static bool add_shares(ef_figures *figures, ef_talk_share first, ef_talk_share last,
                       const ef_service *service, const ef_service_options *options,
                       const ef_talk_choice *choice)
{
    for (ef_talk_share share = first; share <= last; share++)
        if (!ef_figures_add(figures, ef_talk_share_of(share, service, options, choice)))
            return false;
    return true;
}

bool ef_service_figures(ef_figures *figures, const ef_service *service,
                        const ef_service_options *options, const ef_talk_choice *choice)
{
    if (!service->has_roles)
        return true;
    bool is_whole = choice->responder == 0; /* what nobody answered is no agent's */
    ef_talk_share last_state = service->has_closing ? EF_TALK_REOPENED : EF_TALK_UNANSWERED;
    return ef_wait_figures(figures, EF_WAIT_FIRST_RESPONSE, service, options, choice) &&
           (!is_whole ||
            (add_shares(figures, EF_TALK_UNANSWERED, last_state, service, options,
                        choice) &&
             ef_wait_figures(figures, EF_WAIT_UNANSWERED, service, options, choice))) &&
           ef_wait_figures(figures, EF_WAIT_REPLY_GAP, service, options, choice) &&
           ef_wait_figures(figures, EF_WAIT_RESOLUTION, service, options, choice) &&
           add_shares(figures, EF_TALK_FIRST_CONTACT,
                      is_whole ? EF_TALK_CONTAINED : EF_TALK_ESCALATED, service, options,
                      choice);
}

/* Of values that lie within low .. high, as then does their mean. */
static ef_figure mean_of(const ef_titled *title, const ef_service *service,
                         const ef_talk_choice *choice, double low, double high,
                         double (*value_of)(const ef_talk_facts *))
{
    ef_spread spread = { 0 };
    for (size_t i = 0; i < service->talk_count; i++) {
        double value = value_of(&service->talks[i]);
        if (ef_talk_is_chosen(&service->talks[i], choice) && !isnan(value))
            ef_spread_add(&spread, 1, value);
    }
    ef_figure figure = ef_figure_mean(title, &spread, 1);
    figure.low = figure.low < low ? low : figure.low;
    figure.high = figure.high > high ? high : figure.high;
    return figure;
}

static double score_of(const ef_talk_facts *facts)
{
    return facts->score;
}

static double arc_of(const ef_talk_facts *facts)
{
    return facts->arc_value;
}

static double worst_of(const ef_talk_facts *facts)
{
    return facts->worst <= EF_UNIT ? (double)facts->worst / EF_UNIT : NAN;
}

static double asked_of(const ef_talk_facts *facts)
{
    return facts->asked_count > 0 ? (double)facts->asked_count : NAN;
}

bool ef_conversation_figures(ef_figures *figures, const ef_service *service,
                             const ef_service_options *options,
                             const ef_talk_choice *choice)
{
    static const struct {
        ef_titled title;
        double low, high;
        double (*value_of)(const ef_talk_facts *);
    } means[] = {
        { { "conversation_score", "Mood of a conversation",
            "mean of the customer's scores; those of the last third count twice",
            EF_UNIT_SCORE },
          -1,
          1,
          score_of },
        { { "worst_message", "Worst message of a conversation",
            "lowest score of the customer's messages", EF_UNIT_SCORE },
          -1,
          1,
          worst_of },
        { { "arc", "Change within a conversation",
            "mean score of the last third - mean score of the first third", EF_UNIT_SCORE },
          -2,
          2,
          arc_of },
        { { "customer_messages", "Messages a customer has to write",
            "messages of customers / conversations with a customer", EF_UNIT_MEAN },
          1,
          INFINITY,
          asked_of },
    };
    for (size_t i = 0; i < sizeof means / sizeof means[0]; i++)
        if (!ef_figures_add(figures, mean_of(&means[i].title, service, choice, means[i].low,
                                             means[i].high, means[i].value_of)))
            return false;
    return add_shares(figures, EF_TALK_IMPROVED, EF_TALK_EFFORT, service, options, choice);
}
