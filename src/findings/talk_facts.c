/* SPDX-License-Identifier: MIT
 * findings/talk_facts.c - what each conversation says by itself: who waited how long, how
 * it ended. */
#include "findings/talk_facts.h"

#include <math.h>
#include <stdlib.h>

#include "findings/sessions.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { USUAL_ARC = 2500, USUAL_DAYS = 7, USUAL_GAP = 30 /* minutes */ };

int64_t ef_contact_window_ms(const ef_service_options *options)
{
    int64_t days = options->contact_days == 0 ? USUAL_DAYS : options->contact_days;
    return days * INT64_C(86400000);
}

void ef_service_release(ef_service *service)
{
    free(service->talks);
    free(service->gaps);
    *service = (ef_service){ 0 };
}

static int64_t wait_between(const ef_service_options *options, int64_t from, int64_t to)
{
    return options->open == NULL ? to - from
                                 : ef_open_times_between(options->open, from, to);
}

static bool answers(const ef_service_options *options, ef_role role)
{
    return role == EF_ROLE_STAFF || (options->bots_respond && role == EF_ROLE_BOT);
}

/* Handed over is who was with somebody already: an assignment before the first answer is
 * how every conversation begins. From a bot to a human needs no event. */
static void note_handover(ef_talk_facts *facts, const ef_said_by *said, bool *has_bot,
                          bool *is_served)
{
    facts->is_by_event |= said->event == EF_EVENT_HANDED_OVER && *is_served;
    facts->is_by_event |= said->role == EF_ROLE_STAFF && *has_bot && !facts->is_human;
    *has_bot |= said->role == EF_ROLE_BOT && facts->asked_ms != EF_NOT_YET;
    *is_served |= said->role == EF_ROLE_BOT || said->role == EF_ROLE_STAFF;
}

static void note_answer(ef_talk_facts *facts, const ef_said_by *said, uint32_t person,
                        const ef_service_options *options)
{
    facts->is_human |= said->role == EF_ROLE_STAFF;
    if (!answers(options, said->role) || facts->asked_ms == EF_NOT_YET ||
        facts->answered_ms != EF_NOT_YET)
        return;
    facts->answered_ms = said->time_ms;
    facts->responder = person;
    facts->wait = wait_between(options, facts->asked_ms, said->time_ms);
}

static void note_closing(ef_talk_facts *facts, const ef_said_by *said,
                         const ef_service_options *options, int64_t *first_closed)
{
    bool is_closed = facts->resolved_ms != EF_NOT_YET;
    if (said->event == EF_EVENT_CLOSED) {
        *first_closed = *first_closed == EF_NOT_YET ? said->time_ms : *first_closed;
        facts->resolved_ms = options->first_close ? *first_closed : said->time_ms;
    } else if (is_closed &&
               (said->event == EF_EVENT_OPENED || said->role == EF_ROLE_CUSTOMER)) {
        facts->is_reopened = true;
        facts->resolved_ms = options->first_close ? *first_closed : EF_NOT_YET;
    }
}

static void note_customer(ef_talk_facts *facts, const ef_said_by *said)
{
    if (facts->asked_ms == EF_NOT_YET)
        facts->asked_ms = said->time_ms;
    facts->asked_count++;
    facts->labelled += said->label != EF_LABEL_NONE;
    facts->negative += said->label == EF_LABEL_NEGATIVE;
    facts->positive += said->label == EF_LABEL_POSITIVE;
    facts->is_by_phrase |= said->escalates;
    facts->takes_effort |= said->takes_effort;
    if (said->label != EF_LABEL_NONE && said->score < facts->worst)
        facts->worst = said->score;
}

/* The means of the first and the last third, ceil(n / 3) messages each; the last third
 * counts twice in the score. Sums of integers, so the limits of the arc are exact. */
static void note_mood(ef_talk_facts *facts, const ef_spoken *spoken, size_t count,
                      int32_t limit)
{
    int64_t n = facts->labelled, third = (n + 2) / 3, seen = 0;
    int64_t all = 0, start = 0, end = 0;
    for (size_t i = 0; i < count; i++) {
        ef_said_by said = ef_spoken_read(&spoken[i]);
        if (said.role != EF_ROLE_CUSTOMER || said.label == EF_LABEL_NONE)
            continue;
        all += said.score;
        start += seen < third ? said.score : 0;
        end += seen >= n - third ? said.score : 0;
        seen++;
    }
    facts->score = n > 0 ? (double)(all + end) / (double)(n + third) / EF_UNIT : NAN;
    facts->arc_value = n > 1 ? (double)(end - start) / (double)third / EF_UNIT : NAN;
    if (n > 1)
        facts->arc = end - start >= limit * third   ? EF_ARC_IMPROVED
                     : start - end >= limit * third ? EF_ARC_WORSENED
                                                    : EF_ARC_STEADY;
}

static ef_talk_facts measure(const ef_spoken *spoken, size_t count, uint64_t customer,
                             const ef_service_options *options, bool has_closing)
{
    ef_talk_facts facts = { .talk = spoken[0].talk,
                            .customer = customer,
                            .begin_ms = ef_spoken_read(&spoken[0]).time_ms,
                            .asked_ms = EF_NOT_YET,
                            .answered_ms = EF_NOT_YET,
                            .wait = EF_NOT_YET,
                            .resolved_ms = EF_NOT_YET,
                            .worst = EF_UNIT + 1 };
    bool has_bot = false, is_served = false;
    int64_t first_closed = EF_NOT_YET;
    for (size_t i = 0; i < count; i++) {
        ef_said_by said = ef_spoken_read(&spoken[i]);
        note_handover(&facts, &said, &has_bot, &is_served);
        if (said.role == EF_ROLE_CUSTOMER)
            note_customer(&facts, &said);
        else
            note_answer(&facts, &said, spoken[i].person, options);
        note_closing(&facts, &said, options, &first_closed);
        facts.last_ms = said.time_ms;
    }
    /* Without events, who got an answer is taken to be done with the last message. */
    if (!has_closing && facts.answered_ms != EF_NOT_YET)
        facts.resolved_ms = facts.last_ms;
    facts.is_by_phrase &= !options->events_only;
    note_mood(&facts, spoken, count,
              options->arc_limit == 0 ? USUAL_ARC : options->arc_limit);
    return facts;
}

/* Every message of a customer waits for the next one of the staff: from the end, so that it
 * is known. */
static void add_gaps(ef_service *service, const ef_spoken *spoken, size_t count,
                     uint32_t fact, const ef_service_options *options)
{
    const ef_spoken *answer = NULL;
    for (size_t i = count; i > 0; i--) {
        ef_said_by said = ef_spoken_read(&spoken[i - 1]);
        if (said.role == EF_ROLE_STAFF)
            answer = &spoken[i - 1];
        if (said.role != EF_ROLE_CUSTOMER || answer == NULL)
            continue;
        service->gaps[service->gap_count++] =
            (ef_reply_gap){ wait_between(options, said.time_ms,
                                         ef_spoken_read(answer).time_ms),
                            fact, answer->person };
    }
}

static int by_customer(const void *a, const void *b)
{
    const ef_talk_facts *one = *(ef_talk_facts *const *)a,
                        *two = *(ef_talk_facts *const *)b;
    if (one->customer != two->customer)
        return one->customer < two->customer ? -1 : 1;
    if (one->begin_ms != two->begin_ms)
        return one->begin_ms < two->begin_ms ? -1 : 1;
    return (one->talk > two->talk) - (one->talk < two->talk);
}

static int64_t end_of(const ef_talk_facts *facts)
{
    return facts->resolved_ms != EF_NOT_YET ? facts->resolved_ms : facts->last_ms;
}

/* Marks conversations of one customer that follow each other within some days. */
static bool mark_repeats(ef_service *service, int64_t within_ms)
{
    ef_talk_facts **sorted = malloc((service->talk_count + 1) * sizeof *sorted);
    if (sorted == NULL)
        return false;
    size_t count = 0;
    for (size_t i = 0; i < service->talk_count; i++)
        if (service->talks[i].customer != 0)
            sorted[count++] = &service->talks[i];
    if (count > 0)
        qsort(sorted, count, sizeof(ef_talk_facts *), by_customer);
    int64_t latest_end = 0;
    for (size_t i = 0; i < count; i++) {
        bool has_earlier = i > 0 && sorted[i - 1]->customer == sorted[i]->customer;
        if (has_earlier) {
            sorted[i]->repeats = sorted[i]->begin_ms <= latest_end + within_ms;
            sorted[i - 1]->is_repeated =
                sorted[i]->begin_ms <= end_of(sorted[i - 1]) + within_ms;
        }
        int64_t end = end_of(sorted[i]);
        latest_end = has_earlier && latest_end > end ? latest_end : end;
    }
    free(sorted);
    return true;
}

/* What is the same for all conversations of a measurement. */
typedef struct measuring {
    ef_service *service;
    const ef_conversations *all;
    const ef_service_options *options;
    ef_sessions sessions;
} measuring;

static bool add_talk(measuring *m, const ef_spoken *spoken, size_t count, uint32_t talk,
                     uint64_t customer)
{
    ef_service *service = m->service;
    if (service->talk_count == service->talk_room) {
        size_t room = service->talk_room + service->talk_room / 2 + 16;
        ef_talk_facts *talks = realloc(service->talks, room * sizeof *talks);
        if (talks == NULL)
            return false;
        service->talks = talks;
        service->talk_room = room;
    }
    add_gaps(service, spoken, count, (uint32_t)service->talk_count, m->options);
    ef_talk_facts *facts = &service->talks[service->talk_count++];
    *facts = measure(spoken, count, customer, m->options, service->has_closing);
    facts->talk = talk;
    return true;
}

static size_t end_of_talk(const ef_spoken *spoken, size_t begin, size_t count)
{
    size_t end = begin + 1;
    while (end < count && spoken[end].talk == spoken[begin].talk)
        end++;
    return end;
}

/* The sessions of a place, each as a conversation. */
static bool add_place(measuring *m, const ef_spoken *spoken, size_t count)
{
    const ef_numbering *people = &m->all->person_numbers;
    ef_sessions *s = &m->sessions;
    uint32_t gap = m->options->gap_minutes > 0 ? m->options->gap_minutes : USUAL_GAP;
    uint32_t talk = spoken[0].talk;
    if (!ef_sessions_part(s, spoken, count, people->count, gap * INT64_C(60000)))
        return false;
    for (size_t i = 0, end; i < s->row_count; i = end) {
        uint32_t person = s->items[s->rows[i].talk].person;
        end = end_of_talk(s->rows, i, s->row_count);
        if (!add_talk(m, s->rows + i, end - i, talk,
                      person > 0 ? people->hashes[person - 1] : 0))
            return false;
    }
    return true;
}

bool ef_service_measure(ef_service *service, const ef_conversations *all,
                        const ef_service_options *options)
{
    *service = (ef_service){ .has_roles = all->has_roles, .has_closing = all->has_closing };
    measuring m = { .service = service, .all = all, .options = options };
    service->gaps = calloc(all->count + 1, sizeof *service->gaps);
    bool is_done = service->gaps != NULL;
    for (size_t i = 0, end; is_done && i < all->count; i = end) {
        const ef_spoken *spoken = &all->spoken[i];
        const ef_talk *talk = &all->talks[spoken->talk];
        end = end_of_talk(all->spoken, i, all->count);
        is_done = talk->is_shared
                      ? add_place(&m, spoken, end - i)
                      : add_talk(&m, spoken, end - i, spoken->talk, talk->customer);
    }
    ef_sessions_release(&m.sessions);
    is_done = is_done && mark_repeats(service, ef_contact_window_ms(options));
    if (!is_done)
        ef_service_release(service);
    return is_done;
}
