/* SPDX-License-Identifier: MIT
 * pipeline/reporting.c - inputs and partial results become one tally, the tally findings.
 *
 * Partial results come first: what they counted by, the inputs are counted by, too. */
#include "earful/app/report.h"

#include <stdlib.h>

#include "base/error.h"
#include "findings/findings.h"
#include "pipeline/hear_inputs.h"
#include "pipeline/output.h"
#include "pipeline/part_files.h"
#include "pipeline/state_panes.h"
#include "text/redactions.h"
#include "views/views.h"

typedef struct reporting {
    const ef_engine *engine;
    const ef_report_options *options;
    ef_run_summary *summary;
    ef_engine_info info;
    ef_manner manner;
    ef_buffer identity; /* what scores the messages */
    ef_plan plan;
    ef_tally tally;
    ef_manifest manifest;
    const char **inputs; /* that are no partial results */
    size_t input_count, part_count;
} reporting;

/* --- what is counted, and how ------------------------------------------------------ */

static void identify(reporting *r)
{
    const ef_engine_info *info = &r->info;
    ef_engine_describe(r->engine, &r->info);
    ef_buffer_printf(&r->identity, "%s|%s|%s|%s|%s", info->version, info->scorer,
                     info->lexicon_hash, info->model.hash, info->base.hash);
    for (int i = 0; i < 3; i++)
        ef_buffer_printf(&r->identity, "|%d", info->class_weights[i]);
    if (r->options->redactions != NULL)
        ef_buffer_printf(&r->identity, "|redactions %llx",
                         (unsigned long long)ef_redactions_print(r->options->redactions));
}

static ef_plan_wishes wishes_of(const ef_report_options *options)
{
    return (ef_plan_wishes){ .zone = options->reader.time_zone,
                             .groups = options->groups,
                             .group_count = options->group_count,
                             .where = options->where,
                             .where_count = options->where_count,
                             .since = options->since,
                             .until = options->until,
                             .compare = options->compare,
                             .before = options->before,
                             .topics = options->topics,
                             .topics_name = options->topics_name,
                             .shows_words = options->shows_words,
                             .redactions = options->redactions };
}

/* What --dedupe needs to know is not in a partial result. */
static ef_status check_repeats(const reporting *r, ef_error *error)
{
    if (!r->options->drops_repeats || r->part_count == 0)
        return EF_OK;
    return ef_error_set(error, EF_ERR_ARGUMENT,
                        "--dedupe needs all records: it does not go with partial results");
}

/* Tells partial results from inputs. */
static ef_status sort_inputs(reporting *r, const char **parts, ef_error *error)
{
    const ef_reader_options *reader = &r->options->reader;
    for (size_t i = 0; i < reader->input_count; i++) {
        if (ef_part_file_is_in(reader->inputs[i]))
            return ef_error_set(error, EF_ERR_ARGUMENT,
                                "'%s' holds partial results: name them one by one, as in "
                                "%s/*.part",
                                reader->inputs[i], reader->inputs[i]);
        if (ef_part_file_is(reader->inputs[i]))
            parts[r->part_count++] = reader->inputs[i];
        else
            r->inputs[r->input_count++] = reader->inputs[i];
    }
    return r->identity.failed ? ef_error_memory(error) : check_repeats(r, error);
}

/* --- counting ---------------------------------------------------------------------- */

static ef_status hear_rest(reporting *r, ef_error *error)
{
    ef_manifest own = { 0 };
    ef_heard_inputs what = { .engine = r->engine,
                             .plan = &r->plan,
                             .options = r->options,
                             .inputs = r->inputs,
                             .input_count = r->input_count,
                             .summary = r->summary };
    ef_status status = ef_hear_inputs(&what, &r->tally, &own, error);
    if (status == EF_OK)
        status = ef_part_files_join(&r->manifest, &own, NULL, error);
    ef_manifest_release(&own);
    return status;
}

static ef_status count_all(reporting *r, const char *const *parts, ef_error *error)
{
    ef_plan_wishes wishes = wishes_of(r->options);
    ef_status status = r->part_count > 0 ? ef_part_files_plan(&r->plan, parts[0],
                                                              ef_buffer_slice(&r->identity),
                                                              &wishes, error)
                                         : ef_plan_make(&r->plan, &wishes, error);
    if (status != EF_OK)
        return status;
    r->plan.wishes.redactions = wishes.redactions; /* no part knows it */
    ef_tally_init(&r->tally, &r->plan);
    for (size_t i = 0; i < r->part_count && status == EF_OK; i++)
        status = ef_part_files_add(&r->tally, &r->manifest, parts[i],
                                   ef_buffer_slice(&r->identity), error);
    if (status == EF_OK && r->input_count > 0)
        status = hear_rest(r, error);
    if (status != EF_OK)
        return status;
    ef_manifest_sort(&r->manifest);
    return ef_tally_settle(&r->tally) ? EF_OK : ef_error_memory(error);
}

/* What `follow` remembers, in place of inputs. */
static ef_status count_remembered(reporting *r, ef_error *error)
{
    const ef_report_options *options = r->options;
    ef_plan_wishes wishes = wishes_of(options);
    if (options->reader.input_count > 0 || options->where_count > 0 ||
        options->compare != NULL || options->before != NULL || options->topics != NULL ||
        options->drops_repeats)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "a state remembers no messages: inputs, --where, --compare, "
                            "--before, --topics and --dedupe do not go with --state");
    ef_status status = ef_state_plan(&r->plan, options->state_path, &wishes, error);
    if (status != EF_OK)
        return status;
    ef_tally_init(&r->tally, &r->plan);
    if (!ef_manifest_begin(&r->manifest, options->state_path))
        return ef_error_memory(error);
    status = ef_state_count(&r->tally, options->state_path, error);
    if (status == EF_OK && !ef_tally_settle(&r->tally))
        status = ef_error_memory(error);
    return status;
}

/* Then what can be done with it. */
typedef ef_status finish(reporting *r, void *user, ef_error *error);

static ef_status report(reporting *r, finish *end, void *user, ef_error *error)
{
    size_t count = r->options->reader.input_count;
    const char **parts = calloc(2 * count + 1, sizeof *parts);
    if (parts == NULL)
        return ef_error_memory(error);
    memset(r->summary, 0, sizeof *r->summary);
    r->inputs = parts + count;
    identify(r);
    ef_status status = ef_manner_read(&r->manner, r->options, error);
    if (status == EF_OK)
        status = sort_inputs(r, parts, error);
    if (status == EF_OK)
        status = r->options->state_path != NULL ? count_remembered(r, error)
                                                : count_all(r, parts, error);
    /* A report of nothing would take the place of yesterday's. */
    if (status == EF_OK && r->tally.whole.failed_inputs > 0 && r->tally.whole.records == 0)
        status = ef_error_set(error, EF_ERR_IO,
                              "no message could be read: there is nothing to report on");
    if (status == EF_OK)
        status = end(r, user, error);
    free(parts);
    ef_tally_release(&r->tally);
    ef_manifest_release(&r->manifest);
    ef_plan_release(&r->plan);
    ef_buffer_release(&r->identity);
    return status;
}

/* --- findings ---------------------------------------------------------------------- */

static ef_status find(reporting *r, void *user, ef_error *error)
{
    const ef_report_options *asked = r->options;
    ef_finding_options options = { .step = asked->step,
                                   .title = asked->title,
                                   .few = asked->few,
                                   .least = asked->least,
                                   .manner = &r->manner,
                                   .judge = r->engine,
                                   .engine = r->info,
                                   .is_remembered = asked->state_path != NULL,
                                   .input_count = r->manifest.count };
    ef_slice *labels = calloc(r->manifest.count + 1, sizeof *labels);
    if (labels == NULL || !ef_manifest_repeated(&r->manifest, &options.repeated_inputs)) {
        free(labels);
        return ef_error_memory(error);
    }
    for (size_t i = 0; i < r->manifest.count; i++)
        labels[i] = ef_manifest_label(&r->manifest, i);
    options.inputs = labels;
    ef_status status = ef_findings_make(user, &r->tally, &options, error);
    free(labels);
    return status;
}

ef_status ef_report_make(ef_findings **findings, const ef_engine *engine,
                         const ef_report_options *options, ef_run_summary *summary,
                         ef_error *error)
{
    reporting r = { .engine = engine, .options = options, .summary = summary };
    *findings = NULL;
    return report(&r, find, findings, error);
}

/* --- output ------------------------------------------------------------------------ */

static ef_status write_out(ef_buffer *out, const char *path, ef_shown shown,
                           ef_error *error)
{
    ef_output output = { .descriptor = -1 };
    ef_status status = out->failed ? ef_error_memory(error) : EF_OK;
    if (status == EF_OK)
        status = ef_output_open(&output, path, error);
    if (status == EF_OK)
        ef_output_show(&output, shown);
    if (status == EF_OK)
        status = ef_output_write(&output, ef_buffer_slice(out), error);
    if (status == EF_OK)
        status = ef_output_finish(&output, error);
    ef_output_discard(&output);
    return status;
}

static ef_status write_part(reporting *r, void *user, ef_error *error)
{
    ef_buffer out = { 0 };
    ef_status status = EF_OK;
    if (!ef_part_write(&out, ef_buffer_slice(&r->identity), &r->plan, &r->manifest,
                       &r->tally))
        status = ef_error_memory(error);
    if (status == EF_OK)
        status = write_out(&out, user, EF_SHOWN_IN_HEX, error);
    ef_buffer_release(&out);
    return status;
}

ef_status ef_report_part(const ef_engine *engine, const ef_report_options *options,
                         const char *path, ef_run_summary *summary, ef_error *error)
{
    reporting r = { .engine = engine, .options = options, .summary = summary };
    if (options->drops_repeats)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "--dedupe needs all records: it does not go with --partial");
    if (options->state_path != NULL)
        return ef_error_set(
            error, EF_ERR_ARGUMENT,
            "a partial result is made of inputs: --partial and --state exclude "
            "each other");
    return report(&r, write_part, (void *)(uintptr_t)path, error);
}

ef_status ef_report_write(const ef_findings *findings, const ef_report_view *view,
                          ef_error *error)
{
    const ef_view *shape = ef_view_named(view->format);
    if (shape == NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT, "a report has no format '%.20s'",
                            view->format);
    ef_view_options options = { .width = view->width, .has_color = view->has_color };
    ef_buffer out = { 0 };
    shape->write(&out, findings, &options);
    ef_status status = write_out(
        &out, view->path, view->keeps_controls ? EF_SHOWN_AS_IT_IS : shape->shown, error);
    ef_buffer_release(&out);
    return status;
}
