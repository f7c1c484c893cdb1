/* SPDX-License-Identifier: MIT
 * cli/audit_limits.c - when an audit is to fail.
 *
 *     condition = [DIMENSION ":"] MEASURE (">" | ">=") NUMBER
 *
 * Blanks may stand around each part. A gap has a size, whichever way it goes. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audit_report.h"

static const char *const measures[EF_AUDIT_MEASURES] = {
    [EF_AUDIT_GAP] = "gap",     [EF_AUDIT_WORST] = "worst", [EF_AUDIT_FLIPS] = "flips",
    [EF_AUDIT_MUTED] = "muted", [EF_AUDIT_ALONE] = "alone",
};

static ef_slice trimmed(const char *begin, const char *end)
{
    while (begin < end && *begin == ' ')
        begin++;
    while (end > begin && end[-1] == ' ')
        end--;
    return (ef_slice){ (const uint8_t *)begin, (size_t)(end - begin) };
}

static bool is_same(ef_slice slice, ef_slice other)
{
    return slice.size == other.size && memcmp(slice.data, other.data, slice.size) == 0;
}

/* A number of at least 0 that reaches to the end, in plain digits. */
static bool read_number(const char *text, double *number)
{
    char *end;
    text += strspn(text, " ");
    size_t size = strspn(text, "0123456789.");
    *number = strtod(text, &end);
    return size > 0 && end == text + size && end[strspn(end, " ")] == '\0' &&
           isfinite(*number);
}

bool ef_audit_limit_read(ef_audit_limit *limit, const char *words)
{
    const char *sign = strchr(words, '>');
    *limit = (ef_audit_limit){ .words = words, .measure = EF_AUDIT_MEASURES };
    if (sign == NULL)
        return false;
    const char *colon = sign; /* the last one: a dimension may hold others */
    while (colon > words && *colon != ':')
        colon--;
    bool has_dimension = *colon == ':';
    if (has_dimension)
        limit->dimension = trimmed(words, colon);
    ef_slice name = trimmed(has_dimension ? colon + 1 : words, sign);
    for (int i = 0; i < EF_AUDIT_MEASURES; i++)
        if (is_same(name, ef_slice_of(measures[i])))
            limit->measure = (ef_audit_measure)i;
    limit->is_inclusive = sign[1] == '=';
    return limit->measure != EF_AUDIT_MEASURES &&
           has_dimension == (limit->dimension.size > 0) &&
           !(has_dimension && limit->measure == EF_AUDIT_ALONE) &&
           read_number(sign + 1 + limit->is_inclusive, &limit->limit);
}

bool ef_audit_limit_fits(const ef_audit_limit *limit, const ef_audited *audited)
{
    bool fits = limit->dimension.size == 0;
    for (size_t i = 0; i < audited->group_count && !fits; i++)
        fits = is_same(limit->dimension, audited->groups[i].dimension);
    return fits;
}

double ef_audit_flips(const ef_audit_group *group)
{
    return group->texts == 0 ? 0 : (double)group->flips / (double)group->texts;
}

double ef_audit_muted(const ef_audit_group *group)
{
    bool has_both = group->mood_sentences[0] > 0 && group->mood_sentences[2] > 0;
    double least = fmin(group->by_mood[0].mean, -group->by_mood[2].mean);
    return has_both && least > 0 ? least : 0;
}

static double value_of(const ef_audit_group *group, ef_audit_measure measure)
{
    switch (measure) {
    case EF_AUDIT_GAP:
        return fabs(group->gap.mean);
    case EF_AUDIT_WORST:
        return fabs(group->worst);
    case EF_AUDIT_FLIPS:
        return ef_audit_flips(group);
    default:
        return ef_audit_muted(group);
    }
}

bool ef_audit_limit_is_met(const ef_audit_limit *limit, const ef_audited *audited,
                           const ef_audit_group **group, double *value)
{
    *group = NULL;
    *value = limit->measure == EF_AUDIT_ALONE ? (double)audited->alone_count : -INFINITY;
    for (size_t i = 0; limit->measure != EF_AUDIT_ALONE && i < audited->group_count; i++) {
        const ef_audit_group *g = &audited->groups[i];
        double own = value_of(g, limit->measure);
        if ((limit->dimension.size > 0 && !is_same(limit->dimension, g->dimension)) ||
            own <= *value)
            continue;
        *group = g;
        *value = own;
    }
    return *value > limit->limit || (limit->is_inclusive && *value == limit->limit);
}
