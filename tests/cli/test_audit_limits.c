/* SPDX-License-Identifier: MIT
 * test_audit_limits.c - when an audit is to fail. */
#include "cli/audit_report.h"

#include <criterion/criterion.h>
#include <string.h>

static bool reads(const char *words, const char *dimension, ef_audit_measure measure,
                  double limit, bool is_inclusive)
{
    ef_audit_limit l;
    return ef_audit_limit_read(&l, words) && l.dimension.size == strlen(dimension) &&
           memcmp(l.dimension.data == NULL ? (const uint8_t *)"" : l.dimension.data,
                  dimension, l.dimension.size) == 0 &&
           l.measure == measure && l.limit == limit && l.is_inclusive == is_inclusive;
}

Test(audit_limits, read_what_the_help_says)
{
    cr_expect(reads("gap>0.05", "", EF_AUDIT_GAP, 0.05, false));
    cr_expect(reads(" gap >= 1 ", "", EF_AUDIT_GAP, 1, true));
    cr_expect(reads("religion: flips > 0.02", "religion", EF_AUDIT_FLIPS, 0.02, false));
    cr_expect(reads("names: first:worst>.5", "names: first", EF_AUDIT_WORST, 0.5, false));
    cr_expect(reads("muted>0.1", "", EF_AUDIT_MUTED, 0.1, false));
    cr_expect(reads("alone>0", "", EF_AUDIT_ALONE, 0, false));
}

Test(audit_limits, refuse_all_else)
{
    static const char *const bad[] = { "",         "gap",        "gap>",      "gap<1",
                                       ">0.1",     "gap>-1",     "gap>1e3x",  "gap>0x1",
                                       "gap>nan",  "gap>inf",    "gap=0.1",   "Gap>1",
                                       ":gap>0.1", " : gap>0.1", "a:alone>0", "gap>1 2",
                                       "gap>>1",   "gap>= =1",   "a:b>1",     "gap>0,1" };
    ef_audit_limit l;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_expect_not(ef_audit_limit_read(&l, bad[i]), "'%s'", bad[i]);
}

static ef_audit_group group(const char *dimension, double gap, double worst, uint64_t flips)
{
    return (ef_audit_group){ .dimension = ef_slice_of(dimension),
                             .name = ef_slice_of("g"),
                             .texts = 10,
                             .gap = { .mean = gap },
                             .worst = worst,
                             .flips = flips };
}

static bool is_met(const char *words, const ef_audited *audited,
                   const ef_audit_group **which)
{
    ef_audit_limit l;
    double value;
    cr_assert(ef_audit_limit_read(&l, words));
    return ef_audit_limit_is_met(&l, audited, which, &value);
}

Test(audit_limits, are_met_by_the_largest_of_either_sign)
{
    ef_audit_group groups[] = { group("age", 0.01, -0.3, 0), group("age", -0.06, 0.1, 1),
                                group("faith", 0.02, 0.05, 5) };
    groups[2].by_mood[0].mean = 0.2;
    groups[2].by_mood[2].mean = -0.1;
    groups[2].mood_sentences[0] = groups[2].mood_sentences[2] = 1;
    ef_audited audited = { .groups = groups, .group_count = 3, .alone_count = 2 };
    const ef_audit_group *which;
    cr_expect(is_met("gap>0.05", &audited, &which) && which == &groups[1]);
    cr_expect_not(is_met("gap>0.06", &audited, &which));
    cr_expect(is_met("gap>=0.06", &audited, &which));
    cr_expect_not(is_met("faith:gap>0.05", &audited, &which));
    cr_expect(is_met("worst>0.2", &audited, &which) && which == &groups[0]);
    cr_expect(is_met("flips>0.4", &audited, &which) && which == &groups[2]);
    cr_expect_not(is_met("age: flips>0.1", &audited, &which));
    cr_expect(is_met("muted>=0.1", &audited, &which) && which == &groups[2]);
    cr_expect_not(is_met("muted>0.1", &audited, &which), "praise is 0.1 lower");
    cr_expect(is_met("alone>1", &audited, &which) && which == NULL);
    cr_expect_not(is_met("alone>2", &audited, &which));
}

Test(audit_limits, fit_a_dimension_that_is_there)
{
    ef_audit_group one = group("age", 0, 0, 0);
    ef_audited audited = { .groups = &one, .group_count = 1 };
    ef_audit_limit l;
    cr_assert(ef_audit_limit_read(&l, "age:gap>1"));
    cr_expect(ef_audit_limit_fits(&l, &audited));
    cr_assert(ef_audit_limit_read(&l, "ages:gap>1"));
    cr_expect_not(ef_audit_limit_fits(&l, &audited));
    cr_assert(ef_audit_limit_read(&l, "gap>1"));
    cr_expect(ef_audit_limit_fits(&l, &audited));
}
