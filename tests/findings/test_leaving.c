/* SPDX-License-Identifier: MIT
 * test_leaving.c - points of customers, each by hand: METRICS section 4. */
#include <criterion/criterion.h>

#include "../tally/hearing.h"
#include "findings/findings.h"

enum { HOUR = 3600, DAY = 86400 };

/* All that a finding is made from, and where it goes. */
typedef struct desk {
    ef_plan plan;
    ef_tally tally;
    ef_arena arena;
    ef_findings found;
    ef_finding_options options;
    ef_manner manner;
} desk;

static void find(desk *d, const told *messages, size_t count, bool shows_words)
{
    ef_plan_wishes wishes = { .shows_words = shows_words };
    cr_assert_eq(ef_plan_make(&d->plan, &wishes, NULL), EF_OK);
    ef_tally_init(&d->tally, &d->plan);
    for (size_t i = 0; i < count; i++) {
        hearing made;
        cr_assert(ef_tally_add(&d->tally, hearing_of(&made, &messages[i])));
    }
    cr_assert(ef_tally_settle(&d->tally));
    d->found.is_redacted = !shows_words;
    ef_making making = { .tally = &d->tally,
                         .options = &d->options,
                         .manner = &d->manner,
                         .findings = &d->found,
                         .arena = &d->arena };
    cr_assert(ef_find_service(&making) && ef_find_customers(&making));
    ef_service_release(&making.service);
}

static void release(desk *d)
{
    ef_figures_release(&d->found.service);
    ef_figures_release(&d->found.conversations);
    for (size_t i = 0; i < d->found.table_count; i++)
        for (size_t j = 0; j < d->found.tables[i].count; j++)
            ef_figures_release(&d->found.tables[i].rows[j].service);
    ef_tally_release(&d->tally);
    ef_plan_release(&d->plan);
    ef_arena_release(&d->arena);
}

static void expect(const ef_customer *customer, const char *name, int32_t points,
                   const char *reasons)
{
    cr_assert(customer->name.size == strlen(name) &&
                  memcmp(customer->name.data, name, customer->name.size) == 0,
              "%.*s", (int)customer->name.size, (const char *)customer->name.data);
    cr_assert_eq(customer->points, points);
    cr_assert(customer->reasons.size == strlen(reasons) &&
                  memcmp(customer->reasons.data, reasons, customer->reasons.size) == 0,
              "%.*s", (int)customer->reasons.size, (const char *)customer->reasons.data);
}

#define SAYS(WHO, ID, AT, SCORE, ...)                                                      \
    {                                                                                      \
        .author = WHO, .id = ID, .second = AT, .score = SCORE, __VA_ARGS__                 \
    }

Test(leaving, counts_what_speaks_for_it_and_forgets_in_time)
{
    static const told messages[] = {
        /* mara: wants her money back, and the talk got worse: 3 */
        SAYS("mara", "m1", 0, 3000, .talk = "C1"),
        SAYS("mara", "m2", HOUR, -8000, .talk = "C1", .signals = EF_SIGNAL_REFUND),
        /* tom: speaks of leaving: 2 */
        SAYS("tom", "m3", DAY, -5000, .signals = EF_SIGNAL_CHURN),
        /* zoe: spoke of leaving, and is content now: 0 */
        SAYS("zoe", "m4", DAY, -5000, .signals = EF_SIGNAL_CHURN),
        SAYS("zoe", "m5", 2 * DAY, 8000),
        /* ann: was content before: 2 */
        SAYS("ann", "m6", DAY, 8000),
        SAYS("ann", "m7", 2 * DAY, -8000, .signals = EF_SIGNAL_CHURN),
        /* lee: three conversations, the last one worse: 2 */
        SAYS("lee", "m8", 0, 0, .talk = "C2"),
        SAYS("lee", "m9", DAY, 0, .talk = "C3"),
        SAYS("lee", "m10", 2 * DAY, 0, .talk = "C4"),
        SAYS("lee", "m11", 2 * DAY + 1, -8000, .talk = "C4"),
        /* kim: worse, but not the last time: 0 */
        SAYS("kim", "m12", 0, 0, .talk = "C5"),
        SAYS("kim", "m13", 1, -8000, .talk = "C5"),
        SAYS("kim", "m14", DAY, 0, .talk = "C6"),
    };
    size_t count = sizeof messages / sizeof messages[0];
    desk d = { 0 };
    find(&d, messages, count, true);
    const ef_customers *leaving = &d.found.leaving;
    cr_assert_eq(leaving->total, 4);
    expect(&leaving->items[0], "mara", 3,
           "wants the money back (m2); the latest conversation got worse (C1)");
    cr_assert_str_eq(leaving->items[0].level, "high");
    expect(&leaving->items[1], "lee", 2,
           "the latest conversation got worse (C4); three conversations or more within 30 "
           "days");
    expect(&leaving->items[2], "ann", 2, "speaks of leaving (m7)");
    expect(&leaving->items[3], "tom", 2, "speaks of leaving (m3)");
    cr_assert(leaving->share.count == 1 && leaving->share.n == 6);
    release(&d);

    /* Half a year later nothing is left but the last conversations that got worse. */
    told later[sizeof messages / sizeof messages[0] + 1];
    memcpy(later, messages, sizeof messages);
    later[count] = (told)SAYS("eva", "m99", 200 * DAY, 0);
    desk e = { 0 };
    find(&e, later, count + 1, true);
    cr_assert_eq(e.found.leaving.total, 0);
    release(&e);
}

Test(leaving, waits_longer_than_nine_in_ten)
{
    told messages[44];
    char talks[22][4], authors[22][4];
    for (int i = 0; i < 22; i++) { /* closed after an hour each, the last two later */
        int64_t begin = (int64_t)i * DAY, end = begin + (i < 20 ? HOUR + i : 5 * HOUR);
        talks[i][0] = 'T', talks[i][1] = (char)('a' + i), talks[i][2] = '1',
        talks[i][3] = 0;
        authors[i][0] = (char)('a' + i), authors[i][1] = '\0';
        messages[2 * i] = (told)SAYS(authors[i], "m", begin, 0, .talk = talks[i],
                                     .signals = i == 21 ? EF_SIGNAL_CHURN : 0);
        messages[2 * i + 1] = (told){ .talk = talks[i],
                                      .role = EF_ROLE_SYSTEM,
                                      .second = end,
                                      .event = EF_EVENT_CLOSED,
                                      .is_unlabelled = true };
    }
    desk d = { 0 };
    find(&d, messages, 44, true);
    cr_assert_eq(d.found.leaving.total, 1); /* the other one has one point */
    expect(&d.found.leaving.items[0], "v", 3,
           "speaks of leaving (m); waited longer than nine in ten (Tv1)");
    release(&d);
}

static told rated(const char *who, int64_t at, int32_t score, int32_t scaled)
{
    return (told){ .author = who,
                   .id = "r",
                   .second = at,
                   .score = score,
                   .rating = { .is_known = true, .scaled = scaled } };
}

Test(leaving, advocates_praise_and_do_not_take_it_back)
{
    const told messages[] = {
        rated("mara", 10, 8000, 10000),  rated("tom", 10, 8000, 10000),
        rated("tom", 20, -8000, -10000),                                /* taken back */
        rated("zoe", 10, -8000, -10000), rated("zoe", 20, 8000, 10000), /* came round */
        rated("ann", 10, 0, 10000),   /* says nothing kind */
        rated("lee", 10, 8000, 5000), /* four stars */
    };
    desk d = { 0 };
    find(&d, messages, sizeof messages / sizeof messages[0], true);
    cr_assert_eq(d.found.advocates.total, 2);
    expect(&d.found.advocates.items[0], "zoe", 1, "the best rating, and kind words (r)");
    expect(&d.found.advocates.items[1], "mara", 1, "the best rating, and kind words (r)");
    cr_assert(d.found.advocates.share.count == 2 && d.found.advocates.share.n == 5);
    cr_assert_null(d.found.advocates.items[0].level);
    release(&d);
    desk e = { .manner = { .any_advocate = true } };
    find(&e, messages, sizeof messages / sizeof messages[0], true);
    cr_assert_eq(e.found.advocates.total, 4);
    release(&e);
}

Test(leaving, names_have_stand_ins_unless_asked)
{
    const told messages[] = {
        SAYS("Mara Lindt", "m1", 0, 3000, .talk = "Mara Lindt"),
        SAYS("Mara Lindt", "m2", 1, -8000, .talk = "Mara Lindt",
             .signals = EF_SIGNAL_CHURN),
    };
    desk d = { 0 };
    find(&d, messages, 2, false);
    cr_assert_eq(d.found.leaving.total, 1);
    const ef_customer *mara = &d.found.leaving.items[0];
    cr_assert(mara->name.size == 15 && memcmp(mara->name.data, "customer ", 9) == 0);
    cr_assert_null(memmem(mara->reasons.data, mara->reasons.size, "Mara", 4));
    release(&d);
}

Test(leaving, of_messages_without_times_or_authors_makes_no_numbers_up)
{
    const told messages[] = {
        SAYS("mara", "m1", 0, -8000, .is_untimed = true, .signals = EF_SIGNAL_CHURN),
        SAYS("mara", "m2", 0, 8000, .is_untimed = true), /* later, or not? */
        SAYS("", "m3", 0, -8000, .signals = EF_SIGNAL_CHURN),
    };
    desk d = { 0 };
    find(&d, messages, 2, true);
    cr_assert_eq(d.found.leaving.total, 1);
    cr_assert_eq(d.found.leaving.items[0].last_ms, 0);
    release(&d);
    desk e = { 0 };
    find(&e, messages + 2, 1, true);
    cr_assert(e.found.leaving.total == 0 && e.found.leaving.share.key == NULL);
    release(&e);
}
