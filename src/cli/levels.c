/* SPDX-License-Identifier: MIT
 * cli/levels.c - which alerts make a run fail: --fail-on.
 *
 * A ticket is as grave as a warning, a page as something critical: two ways to say it. */
#include "levels.h"

#include <stddef.h>
#include <string.h>

static int rank_of(const char *severity)
{
    static const struct {
        const char *name;
        int rank;
    } ranks[] = { { "info", 0 },  { "ticket", 1 },   { "warning", 1 },
                  { "error", 2 }, { "critical", 3 }, { "page", 3 } };
    for (size_t i = 0; i < sizeof ranks / sizeof ranks[0]; i++)
        if (strcmp(severity, ranks[i].name) == 0)
            return ranks[i].rank;
    return 0;
}

bool ef_level_is_reached(const char *severity, const char *level)
{
    return level == NULL || rank_of(severity) >= rank_of(level);
}
