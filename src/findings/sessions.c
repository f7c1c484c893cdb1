/* SPDX-License-Identifier: MIT
 * findings/sessions.c - the conversations in a place that many share, such as a channel.
 *
 * An answer is copied to every session that waits, and then none waits: there are no more
 * copies than messages of customers, so all is linear but for the sorting. */
#include "findings/sessions.h"

#include <stdlib.h>

void ef_sessions_release(ef_sessions *sessions)
{
    free(sessions->rows);
    free(sessions->items);
    free(sessions->of_person);
    free(sessions->waiting);
    *sessions = (ef_sessions){ 0 };
}

/* Room for all that count messages can become: sessions, and rows with copies of answers by
 * staff and by bots. */
static bool make_room(ef_sessions *s, size_t count, size_t people)
{
    if (s->of_person == NULL)
        s->of_person = calloc(people + 1, sizeof *s->of_person);
    if (s->of_person == NULL)
        return false;
    for (size_t i = 0; i < s->count; i++) /* of the place before */
        s->of_person[s->items[i].person] = 0;
    s->count = s->row_count = 0;
    if (count <= s->room)
        return true;
    free(s->rows);
    free(s->items);
    free(s->waiting);
    s->rows = malloc(3 * count * sizeof *s->rows);
    s->items = malloc(count * sizeof *s->items);
    s->waiting = malloc(2 * count * sizeof *s->waiting);
    s->room = s->rows != NULL && s->items != NULL && s->waiting != NULL ? count : 0;
    return s->room > 0;
}

static void append(ef_sessions *s, const ef_spoken *spoken, uint32_t session)
{
    s->rows[s->row_count] = *spoken;
    s->rows[s->row_count++].talk = session;
}

/* A customer speaks: in his session, or in a new one. */
static uint32_t hear(ef_sessions *s, const ef_spoken *spoken, int64_t time_ms,
                     int64_t gap_ms)
{
    uint32_t number = s->of_person[spoken->person];
    bool is_new = number == 0 || time_ms - s->items[number - 1].last_ms >= gap_ms;
    if (is_new) {
        number = (uint32_t)++s->count;
        s->items[number - 1] = (struct ef_session){ .person = spoken->person };
        s->of_person[spoken->person] = number;
    }
    s->items[number - 1].last_ms = time_ms;
    append(s, spoken, number - 1);
    return number - 1;
}

/* Everybody in a list is answered; nobody waits any more. */
static void answer(ef_sessions *s, const ef_spoken *spoken, const uint32_t *waiting,
                   size_t count, bool is_bot)
{
    for (size_t i = 0; i < count; i++) {
        struct ef_session *session = &s->items[waiting[i]];
        append(s, spoken, waiting[i]);
        *(is_bot ? &session->waits_for_bot : &session->waits) = false;
    }
}

static int by_session(const void *a, const void *b)
{
    const ef_spoken *one = a, *two = b;
    if (one->talk != two->talk)
        return one->talk < two->talk ? -1 : 1;
    if (one->packed != two->packed)
        return one->packed < two->packed ? -1 : 1;
    return (one->person > two->person) - (one->person < two->person);
}

bool ef_sessions_part(ef_sessions *s, const ef_spoken *spoken, size_t count, size_t people,
                      int64_t gap_ms)
{
    size_t humans = 0, bots = 0; /* how many wait for them */
    if (!make_room(s, count, people))
        return false;
    uint32_t *for_bots = s->waiting + s->room;
    for (size_t i = 0; i < count; i++) {
        ef_said_by said = ef_spoken_read(&spoken[i]);
        if (said.role == EF_ROLE_STAFF) {
            answer(s, &spoken[i], s->waiting, humans, false);
            humans = 0;
        } else if (said.role == EF_ROLE_BOT) {
            answer(s, &spoken[i], for_bots, bots, true);
            bots = 0;
        } else if (said.role == EF_ROLE_CUSTOMER) {
            uint32_t number = hear(s, &spoken[i], said.time_ms, gap_ms);
            struct ef_session *session = &s->items[number];
            if (!session->waits)
                s->waiting[humans++] = number;
            if (!session->waits_for_bot)
                for_bots[bots++] = number;
            session->waits = session->waits_for_bot = true;
        }
    }
    if (s->row_count > 0)
        qsort(s->rows, s->row_count, sizeof *s->rows, by_session);
    return true;
}
