/* SPDX-License-Identifier: MIT
 * test_conversations.c - messages of conversations come in any order, in any parts. */
#include <criterion/criterion.h>

#include "hearing.h"
#include "tally/conversations.h"

enum { MESSAGES = 300 };

static told message_at(uint64_t *state)
{
    static const char *const talks[] = { "C1", "C2", "C3", "", "C4" };
    static const char *const people[] = { "mara", "tom", "zoe", "" };
    static const char *const ids[] = { "m1", "m2", "m3", "m4", "m5", "m6" };
    uint64_t r = next_random(state);
    ef_role role = (ef_role)(r % 5);
    return (told){ .talk = talks[r / 8 % 5],
                   .author = people[r / 64 % 4],
                   .id = ids[r / 256 % 6],
                   .role = role,
                   .second = (int64_t)(r / 4096 % 50) * 60,
                   .score = (int32_t)(r / 1048576 % 5) * 4000 - 8000,
                   .signals = r % 7 == 0 ? EF_SIGNAL_ESCALATION : 0,
                   .event = role == EF_ROLE_SYSTEM ? EF_EVENT_CLOSED : EF_EVENT_NONE,
                   .is_unlabelled = r % 11 == 0,
                   .is_untimed = r % 13 == 0 };
}

static void save(ef_conversations *all, ef_buffer *out)
{
    cr_assert(ef_conversations_settle(all));
    cr_assert(ef_conversations_save(all, out));
    ef_conversations_release(all);
}

Test(conversations, are_the_same_however_they_were_cut_and_merged)
{
    told messages[MESSAGES];
    uint64_t state = 20240101;
    for (int i = 0; i < MESSAGES; i++)
        messages[i] = message_at(&state);
    ef_buffer whole = { 0 };
    for (int round = 0; round < 1000; round++) {
        ef_conversations parts[5] = { 0 }, all = { 0 };
        for (int i = MESSAGES - 1; i > 0; i--) {
            int other = (int)(next_random(&state) % (uint64_t)(i + 1));
            told kept = messages[i];
            messages[i] = messages[other];
            messages[other] = kept;
        }
        for (int i = 0; i < MESSAGES; i++) {
            hearing made;
            uint64_t part = round == 0 ? 0 : next_random(&state) % 5;
            cr_assert(ef_conversations_add(&parts[part], hearing_of(&made, &messages[i])));
        }
        for (int i = 0; i < 5; i++) {
            if (round % 2 == 1) /* settled parts, too */
                cr_assert(ef_conversations_settle(&parts[i]));
            cr_assert(ef_conversations_merge(&all, &parts[(i + round) % 5]));
        }
        for (int i = 0; i < 5; i++)
            ef_conversations_release(&parts[i]);
        ef_buffer bytes = { 0 };
        save(&all, round == 0 ? &whole : &bytes);
        if (round > 0)
            cr_assert(bytes.size == whole.size &&
                          memcmp(bytes.data, whole.data, whole.size) == 0,
                      "round %d", round);
        ef_buffer_release(&bytes);
    }
    ef_buffer_release(&whole);
}

static ef_conversations of(const told *messages, size_t count)
{
    ef_conversations all = { 0 };
    for (size_t i = 0; i < count; i++) {
        hearing made;
        cr_assert(ef_conversations_add(&all, hearing_of(&made, &messages[i])));
    }
    cr_assert(ef_conversations_settle(&all));
    return all;
}

Test(conversations, give_back_what_was_said)
{
    const told messages[] = {
        { .talk = "C1",
          .author = "jo",
          .id = "m2",
          .role = EF_ROLE_STAFF,
          .second = 120,
          .score = 500,
          .event = EF_EVENT_HANDED_OVER },
        { .talk = "C1",
          .author = "mara",
          .id = "m1",
          .role = EF_ROLE_CUSTOMER,
          .second = 60,
          .score = -9000,
          .signals = EF_SIGNAL_ESCALATION | EF_SIGNAL_EFFORT },
    };
    ef_conversations all = of(messages, 2);
    ef_said_by first = ef_spoken_read(&all.spoken[0]),
               second = ef_spoken_read(&all.spoken[1]);
    cr_assert_eq(first.time_ms, (EPOCH_2024 + 60) * INT64_C(1000));
    cr_assert(first.role == EF_ROLE_CUSTOMER && first.score == -9000 &&
              first.label == EF_LABEL_NEGATIVE);
    cr_assert(first.escalates && first.takes_effort && first.event == EF_EVENT_NONE);
    cr_assert(second.role == EF_ROLE_STAFF && second.event == EF_EVENT_HANDED_OVER);
    cr_assert(!second.escalates && all.spoken[0].person == 0 && all.spoken[1].person == 1);
    ef_slice worst = ef_conversations_text(&all, all.talks[0].worst_id);
    cr_assert(worst.size == 2 && memcmp(worst.data, "m1", 2) == 0);
    cr_assert_eq(all.talks[0].customer, hearing_hash("mara"));
    ef_conversations_release(&all);
}

Test(conversations, of_equal_times_begin_with_the_customer)
{
    const told messages[] = {
        { .talk = "C1", .author = "jo", .role = EF_ROLE_STAFF, .second = 60 },
        { .talk = "C1", .author = "bo", .role = EF_ROLE_BOT, .second = 60 },
        { .talk = "C1", .author = "mara", .role = EF_ROLE_CUSTOMER, .second = 60 },
    };
    ef_conversations all = of(messages, 3);
    cr_assert_eq(ef_spoken_read(&all.spoken[0]).role, EF_ROLE_CUSTOMER);
    cr_assert_eq(ef_spoken_read(&all.spoken[1]).role, EF_ROLE_BOT);
    cr_assert_eq(ef_spoken_read(&all.spoken[2]).role, EF_ROLE_STAFF);
    ef_conversations_release(&all);
}

Test(conversations, cut_long_names_between_characters)
{
    char name[100];
    memset(name, 'x', sizeof name - 1);
    name[63] = (char)0xC3;
    name[64] = (char)0xA4;
    name[sizeof name - 1] = '\0';
    const told message = { .talk = name, .author = "mara", .second = 1 };
    ef_conversations all = of(&message, 1);
    cr_assert_eq(all.talks[0].name.size, 63);
    ef_conversations_release(&all);
}

Test(conversations, are_read_back_as_they_were_saved)
{
    ef_conversations all = { 0 }, again = { 0 };
    uint64_t state = 7;
    for (int i = 0; i < 100; i++) {
        told it = message_at(&state);
        hearing made;
        cr_assert(ef_conversations_add(&all, hearing_of(&made, &it)));
    }
    ef_buffer bytes = { 0 }, twice = { 0 };
    save(&all, &bytes);
    ef_unpack in = { ef_buffer_slice(&bytes), false };
    cr_assert(ef_conversations_load(&again, &in) && !in.failed && in.rest.size == 0);
    save(&again, &twice);
    cr_assert(bytes.size == twice.size && memcmp(bytes.data, twice.data, twice.size) == 0);
    for (size_t size = 0; size < bytes.size; size++) { /* cut short anywhere */
        ef_conversations part = { 0 };
        ef_unpack cut = { { bytes.data, size }, false };
        cr_assert(ef_conversations_load(&part, &cut) && cut.failed);
        ef_conversations_release(&part);
    }
    ef_buffer_release(&bytes);
    ef_buffer_release(&twice);
}
