/* SPDX-License-Identifier: MIT
 * findings/remarks.c - what a report could not do, and what its reader must know.
 *
 * A line each, in the order in which a reader would ask. */
#include "findings/findings.h"

#include <inttypes.h>

enum { REPEATED_SHARE = 20 }; /* one in so many is worth a word */

static bool is_of_staff_only(const ef_coverage *coverage)
{
    return coverage->records > 0 && coverage->not_customers == coverage->records;
}

static bool remark_messages(ef_making *making)
{
    const ef_coverage *coverage = &making->findings->coverage;
    if (coverage->records == 0)
        return ef_remark_add(making, "there is no message: nothing can be said");
    if (is_of_staff_only(coverage))
        return ef_remark_add(making, "all messages are of staff, bots or systems: there is "
                                     "no mood of customers");
    if (coverage->labelled == 0)
        return ef_remark_add(making,
                             "no message of a customer has a mood: all are empty, in "
                             "a language that the model does not know, or not of "
                             "customers");
    return true;
}

/* A state of follow holds too little for the other remarks to be of use. */
static bool remark_memory(ef_making *making)
{
    return ef_remark_add(making,
                         "this is made of what follow remembers, the mood of each hour: "
                         "nothing is said of ratings, customers, conversations, words "
                         "and feelings, and intervals take all messages for those of "
                         "strangers");
}

static bool remark_inputs(ef_making *making)
{
    const ef_whole *whole = &making->tally->whole;
    size_t repeated = making->options->repeated_inputs;
    if (repeated > 0 && whole->dropped == 0 &&
        !ef_remark_add(making, "inputs that are the same as others: %zu; they count again",
                       repeated))
        return false;
    if (whole->failed_inputs > 0 &&
        !ef_remark_add(making, "inputs that could not be read to their end: %" PRId64,
                       whole->failed_inputs))
        return false;
    if (whole->dropped > 0 &&
        !ef_remark_add(making,
                       "records that are the same as others, which count once: %" PRId64,
                       whole->dropped))
        return false;
    return whole->taken == 0 ||
           ef_remark_add(making,
                         "the scores of %" PRId64
                         " messages stood in the inputs and were taken "
                         "as they are: who made them is not known here",
                         whole->taken);
}

static bool remark_times(ef_making *making)
{
    const ef_findings *f = making->findings;
    const ef_plan *plan = making->tally->plan;
    const char *asked = making->options->step;
    bool is_bounded = plan->wishes.since != NULL || plan->wishes.until != NULL;
    if (f->coverage.records > 0 && f->step == NULL &&
        !ef_remark_add(making, "no message has a time: nothing is said of trends"))
        return false;
    if (f->step != NULL && asked != NULL && strcmp(asked, f->step) != 0 &&
        !ef_remark_add(
            making,
            "first and last message are too far apart for steps of one %s: steps "
            "of one %s are shown",
            asked, f->step))
        return false;
    if (f->step != NULL && f->coverage.untimed > 0 &&
        !ef_remark_add(making,
                       "%" PRId64 " messages have no time and are in no trend; a date "
                       "of 1970-01-01, or in the future, is none",
                       f->coverage.untimed))
        return false;
    return !is_bounded ||
           ef_remark_add(making, "messages of other times, and those without a "
                                 "time, were left out");
}

static bool remark_ratings(ef_making *making)
{
    const ef_findings *f = making->findings;
    if (f->coverage.records > 0 && !f->has_ratings)
        return ef_remark_add(making, "no message has a rating: nothing is said of stars");
    if (making->scales > 1)
        return ef_remark_add(
            making,
            "ratings are on %zu scales: means are shown on the one that most "
            "are on, %g to %g",
            making->scales, making->scale.low, making->scale.high);
    return true;
}

static bool remark_voices(ef_making *making)
{
    const ef_voices *voices = &making->tally->voices;
    const ef_coverage *coverage = &making->findings->coverage;
    if (coverage->repeated > 0 &&
        coverage->repeated * REPEATED_SHARE > coverage->labelled &&
        !ef_remark_add(making,
                       "%" PRId64 " messages say word by word what was said before, by the "
                       "same author or by nobody known",
                       coverage->repeated))
        return false;
    if (voices->clusters.level > 0 &&
        !ef_remark_add(making,
                       "how alike the messages of one voice are is told from an even "
                       "sample of %zu of them",
                       voices->clusters.count))
        return false;
    return !coverage->are_estimates ||
           ef_remark_add(making, "there are so many customers or conversations that their "
                                 "numbers are estimates, good to about half a percent");
}

static bool remark_groups(ef_making *making)
{
    const ef_groups *groups = &making->tally->groups;
    const ef_plan *plan = making->tally->plan;
    for (size_t i = 0; i < groups->count; i++)
        if (groups->columns[i].is_given_up &&
            !ef_remark_add(making, "'%.*s' has more than %d values and groups nothing",
                           (int)plan->groups[i].size, (const char *)plan->groups[i].data,
                           EF_MOST_VALUES))
            return false;
    return true;
}

bool ef_find_remarks(ef_making *making)
{
    if (making->options->is_remembered)
        return remark_messages(making) && remark_memory(making) && remark_times(making);
    if (is_of_staff_only(&making->findings->coverage)) /* of others nothing is known */
        return remark_messages(making) && remark_inputs(making);
    return remark_messages(making) && remark_inputs(making) && remark_times(making) &&
           remark_ratings(making) && remark_voices(making) && remark_groups(making);
}
