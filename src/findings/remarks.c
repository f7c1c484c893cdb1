/* SPDX-License-Identifier: MIT
 * findings/remarks.c - what a report could not do, and what its reader must know. */
#include "findings/findings.h"

#include <inttypes.h>

static bool remark_times(ef_making *making)
{
    const ef_findings *f = making->findings;
    const char *asked = making->options->step;
    if (f->coverage.records > 0 && f->step == NULL)
        return ef_remark_add(making, "no message has a time: nothing is said of trends");
    if (f->step != NULL && asked != NULL && strcmp(asked, f->step) != 0)
        return ef_remark_add(making,
                             "the time from first to last message is too long for steps of "
                             "one %s: steps of one %s are shown",
                             asked, f->step);
    return true;
}

static bool remark_ratings(ef_making *making)
{
    const ef_findings *f = making->findings;
    return f->coverage.records == 0 || f->has_ratings ||
           ef_remark_add(making, "no message has a rating: nothing is said of stars");
}

bool ef_find_remarks(ef_making *making)
{
    const ef_findings *f = making->findings;
    if (f->coverage.records == 0 && !ef_remark_add(making, "there is no message in it"))
        return false;
    return remark_times(making) && remark_ratings(making);
}
