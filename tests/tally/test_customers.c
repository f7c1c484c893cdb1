/* SPDX-License-Identifier: MIT
 * test_customers.c - what is known of authors, in any order and in any parts. */
#include <criterion/criterion.h>

#include "hearing.h"
#include "tally/customers.h"

static told message_at(uint64_t *state, char author[4])
{
    static const char *const ids[] = { "m1", "m2", "m3", "m4" };
    static const char *const talks[] = { "", "C1", "C2" };
    uint64_t r = next_random(state);
    author[0] = (char)('a' + r % 20);
    author[1] = '\0';
    return (told){ .talk = talks[r / 32 % 3],
                   .author = author,
                   .id = ids[r / 128 % 4],
                   .role = r % 9 == 0 ? EF_ROLE_STAFF : EF_ROLE_CUSTOMER,
                   .second = (int64_t)(r / 4096 % 1000),
                   .score = (int32_t)(r / 16777216 % 3) * 8000 - 8000,
                   .signals = r % 5 == 0 ? EF_SIGNAL_CHURN : 0,
                   .is_untimed = r % 7 == 0,
                   .rating = { .is_known = true, .scaled = r % 4 == 0 ? 10000 : 0 } };
}

static void save(ef_authors *authors, ef_buffer *out)
{
    cr_assert(ef_authors_save(authors, out));
    ef_authors_release(authors);
}

Test(customers, are_the_same_however_they_were_cut_and_merged)
{
    ef_buffer whole = { 0 };
    for (int round = 0; round < 200; round++) {
        ef_authors parts[3] = { 0 }, all = { 0 };
        uint64_t state = 5, cuts = (uint64_t)round * 31 + 7;
        for (int i = 0; i < 300; i++) {
            char author[4];
            hearing made;
            told it = message_at(&state, author);
            uint64_t part = round == 0 ? 0 : next_random(&cuts) % 3;
            cr_assert(ef_authors_add(&parts[part], hearing_of(&made, &it)));
        }
        for (int i = 0; i < 3; i++)
            cr_assert(ef_authors_merge(&all, &parts[(i + round) % 3]));
        for (int i = 0; i < 3; i++)
            ef_authors_release(&parts[i]);
        ef_buffer bytes = { 0 };
        save(&all, round == 0 ? &whole : &bytes);
        if (round > 0)
            cr_assert(bytes.size == whole.size &&
                          memcmp(bytes.data, whole.data, whole.size) == 0,
                      "round %d", round);
        ef_buffer_release(&bytes);
    }
    ef_authors again = { 0 };
    ef_unpack in = { ef_buffer_slice(&whole), false };
    ef_buffer twice = { 0 };
    cr_assert(ef_authors_load(&again, &in) && !in.failed && in.rest.size == 0);
    save(&again, &twice);
    cr_assert(twice.size == whole.size && memcmp(twice.data, whole.data, whole.size) == 0);
    for (size_t size = 0; size < whole.size; size++) {
        ef_unpack cut = { { whole.data, size }, false };
        cr_assert(ef_authors_load(&again, &cut) && cut.failed);
        ef_authors_release(&again);
    }
    ef_buffer_release(&whole);
    ef_buffer_release(&twice);
}

Test(customers, keep_the_id_of_the_latest_message_of_a_kind)
{
    ef_authors authors = { 0 };
    const told messages[] = {
        { .author = "mara",
          .id = "late",
          .second = 20,
          .score = -5000,
          .signals = EF_SIGNAL_REFUND },
        { .author = "mara",
          .id = "early",
          .second = 10,
          .score = -5000,
          .signals = EF_SIGNAL_CHURN },
        { .author = "mara", .id = "kind", .second = 30, .score = 5000 },
    };
    for (size_t i = 0; i < 3; i++) {
        hearing made;
        cr_assert(ef_authors_add(&authors, hearing_of(&made, &messages[i])));
    }
    const ef_noted *churn =
        ef_authors_noted(&authors, EF_NOTED_CHURN, hearing_hash("mara"));
    cr_assert(churn != NULL && churn->id_size == 4 && memcmp(churn->id, "late", 4) == 0);
    cr_assert_eq(churn->signals, EF_SIGNAL_REFUND);
    cr_assert_null(ef_authors_noted(&authors, EF_NOTED_TALK, hearing_hash("mara")));
    const ef_author *mara = &authors.items[0];
    cr_assert(mara->churn == EPOCH_2024 + 20 && mara->last == EPOCH_2024 + 30 &&
              mara->positive == mara->last && mara->negative == mara->churn);
    ef_authors_release(&authors);
}

Test(customers, of_too_many_are_noted_those_with_the_smallest_hashes)
{
    enum { AUTHORS = 2 * EF_MOST_NOTED };
    ef_authors up = { 0 }, down = { 0 };
    const told it = {
        .author = "x", .id = "m", .score = -5000, .signals = EF_SIGNAL_CHURN
    };
    hearing made;
    hearing_of(&made, &it);
    for (uint64_t i = 0; i < AUTHORS; i++) {
        made.heard.author = (i + 1) * EF_HASH_K1;
        cr_assert(ef_authors_add(&up, &made.heard));
        made.heard.author = (AUTHORS - i) * EF_HASH_K1;
        cr_assert(ef_authors_add(&down, &made.heard));
    }
    cr_assert_eq(up.numbers.count, AUTHORS);
    cr_assert_leq(up.notes[EF_NOTED_CHURN].authors.count, EF_MOST_NOTED);
    ef_buffer one = { 0 }, two = { 0 };
    save(&up, &one);
    save(&down, &two);
    cr_assert(one.size == two.size && memcmp(one.data, two.data, one.size) == 0);
    ef_buffer_release(&one);
    ef_buffer_release(&two);
}
