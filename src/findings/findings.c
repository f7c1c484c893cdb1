/* SPDX-License-Identifier: MIT
 * findings/findings.c - a tally becomes findings: the makers, one call each. */
#include "findings/findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

enum { USUAL_FEW = 30, USUAL_LEAST = 5, SHOWN_INPUTS = 100 };

/* What the caller gets, and what it points to. */
typedef struct made {
    ef_findings shown; /* the first member: a pointer to it is one to all */
    ef_arena arena;
} made;

ef_slice ef_making_keep(ef_making *making, ef_slice bytes)
{
    const char *kept = ef_arena_copy(making->arena, bytes);
    return (ef_slice){ (const uint8_t *)kept, kept == NULL ? 0 : bytes.size };
}

int64_t ef_making_local_ms(const ef_making *making, int64_t time_ms)
{
    if (time_ms == 0)
        return 0;
    return ef_zone_to_local(making->tally->plan->zone, time_ms / 1000) * 1000 +
           time_ms % 1000;
}

bool ef_remark_add(ef_making *making, const char *format, ...)
{
    enum { STEP = 16 };
    ef_findings *f = making->findings;
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (size < 0)
        return false;
    if (f->remark_count % STEP == 0) {
        ef_remark *grown =
            ef_arena_alloc(making->arena, (f->remark_count + STEP) * sizeof *grown);
        if (grown == NULL)
            return false;
        if (f->remark_count > 0)
            memcpy(grown, f->remarks, f->remark_count * sizeof *grown);
        f->remarks = grown;
    }
    f->remarks[f->remark_count].text = ef_making_keep(making, ef_slice_of(text));
    return f->remarks[f->remark_count++].text.data != NULL;
}

static bool find_inputs(ef_making *making)
{
    const ef_finding_options *options = making->options;
    ef_findings *f = making->findings;
    size_t shown =
        options->input_count < SHOWN_INPUTS ? options->input_count : SHOWN_INPUTS;
    f->inputs = ef_arena_alloc(making->arena, (shown + 1) * sizeof *f->inputs);
    if (f->inputs == NULL)
        return false;
    for (; f->input_count < shown; f->input_count++) {
        f->inputs[f->input_count] = ef_making_keep(making, options->inputs[f->input_count]);
        if (f->inputs[f->input_count].data == NULL)
            return false;
    }
    return true;
}

static bool find_frame(ef_making *making)
{
    const ef_finding_options *options = making->options;
    const ef_plan *plan = making->tally->plan;
    ef_findings *f = making->findings;
    f->few = options->few > 0 ? options->few : USUAL_FEW;
    f->least = options->least > 0 ? options->least : USUAL_LEAST;
    f->is_redacted = !plan->wishes.shows_words;
    f->engine = options->engine;
    f->title =
        ef_making_keep(making, ef_slice_of(options->title == NULL ? "" : options->title));
    f->zone = ef_making_keep(making, plan->zone_name);
    return f->title.data != NULL && f->zone.data != NULL && find_inputs(making);
}

/* clang-format off */
static bool find_all(ef_making *making)
{
    return find_frame(making) &&
           ef_find_mood(making) &&
           ef_find_stars(making) &&
           ef_find_buckets(making) &&
           ef_find_turns(making) &&
           ef_find_tables(making) &&
           ef_find_service(making) &&
           ef_find_survey(making) &&
           ef_find_customers(making) &&
           ef_find_comparison(making) &&
           ef_find_themes(making) &&
           ef_find_remarks(making);
}
/* clang-format on */

static bool is_step(const char *step)
{
    static const char *const steps[] = { "hour", "day", "week", "month" };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (strcmp(step, steps[i]) == 0)
            return true;
    return false;
}

ef_status ef_findings_make(ef_findings **findings, const ef_tally *tally,
                           const ef_finding_options *options, ef_error *error)
{
    *findings = NULL;
    if (options->step != NULL && !is_step(options->step))
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "'%.20s' is no step: hour, day, week or month", options->step);
    made *m = calloc(1, sizeof *m);
    if (m == NULL)
        return ef_error_memory(error);
    static const ef_manner usual = { 0 };
    ef_making making = { .manner = options->manner == NULL ? &usual : options->manner,
                         .tally = tally,
                         .options = options,
                         .findings = &m->shown,
                         .arena = &m->arena };
    bool is_made = find_all(&making);
    ef_service_release(&making.service);
    ef_open_times_release(&making.open);
    if (!is_made) {
        ef_findings_free(&m->shown);
        return ef_error_memory(error);
    }
    *findings = &m->shown;
    return EF_OK;
}

void ef_findings_free(ef_findings *findings)
{
    if (findings == NULL)
        return;
    made *m = (made *)findings;
    ef_figures *lists[] = { &findings->mood,          &findings->survey,
                            &findings->star_shares,   &findings->service,
                            &findings->conversations, &findings->emotions,
                            &findings->signals };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        ef_figures_release(lists[i]);
    for (size_t i = 0; i < findings->table_count; i++)
        for (size_t j = 0; j < findings->tables[i].count; j++)
            ef_figures_release(&findings->tables[i].rows[j].service);
    ef_arena_release(&m->arena);
    free(m);
}
