/* SPDX-License-Identifier: MIT
 * test_manner.c - words that name formulas, and those that do not. */
#include <criterion/criterion.h>

#include "findings/manner.h"

Test(manner, is_the_default_where_nothing_is_asked)
{
    ef_manner manner;
    ef_report_options asked = { 0 };
    cr_assert_eq(ef_manner_read(&manner, &asked, NULL), EF_OK);
    cr_assert(!manner.service.bots_respond && manner.service.hours == NULL &&
              manner.survey.csat == EF_CSAT_SHARE && !manner.change.is_fisher);
}

Test(manner, follows_every_word)
{
    ef_manner manner;
    ef_report_options asked = { .first_response = "bot",
                                .hours = "mon-fri 9-17",
                                .resolution = "first-close",
                                .escalation = "events",
                                .arc_limit = "0.3",
                                .contact_days = 3,
                                .csat = "net",
                                .csat_from = "stars",
                                .ces = "v1",
                                .advocates = "any",
                                .test = "bootstrap" };
    cr_assert_eq(ef_manner_read(&manner, &asked, NULL), EF_OK);
    cr_assert(manner.service.bots_respond && manner.service.first_close &&
              manner.service.events_only && manner.service.arc_limit == 3000 &&
              manner.service.contact_days == 3);
    cr_assert(manner.service.hours == &manner.hours && manner.hours.count == 5);
    cr_assert(manner.survey.csat == EF_CSAT_NET && manner.survey.csat_from_stars &&
              manner.survey.ces == EF_CES_V1);
    cr_assert(manner.change.is_bootstrap && !manner.change.is_fisher &&
              manner.any_advocate);
}

Test(manner, refuses_what_is_no_formula)
{
    ef_manner manner;
    ef_error error;
    const ef_report_options bad[] = { { .first_response = "cat" },
                                      { .hours = "always" },
                                      { .ces = "v2" },
                                      { .csat = "" },
                                      { .arc_limit = "0" },
                                      { .arc_limit = "2.1" },
                                      { .arc_limit = "1e3" },
                                      { .arc_limit = "" },
                                      { .arc_limit = "0.1.2" },
                                      { .test = "t" } };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert_eq(ef_manner_read(&manner, &bad[i], &error), EF_ERR_ARGUMENT, "%zu", i);
    const ef_report_options widest = { .arc_limit = "2" };
    cr_assert_eq(ef_manner_read(&manner, &widest, &error), EF_OK);
    cr_assert_eq(manner.service.arc_limit, 20000);
}
