/* SPDX-License-Identifier: MIT
 * cli/verb_report.c - `earful report`: what customers feel, about what, and what changed.
 *
 * The work is ef_report_make's, the looks are ef_report_write's; here stands what a person
 * sees beside the report: progress, notices, and the exit code. */
#include <stdlib.h>
#include <string.h>

#include "earful/app/list.h"
#include "exit_codes.h"
#include "interrupt.h"
#include "notices.h"
#include "progress.h"
#include "read_file.h"
#include "terminal.h"
#include "verbs.h"

enum { TOPICS_LIMIT = 1 << 20 /* bytes */ };
enum { FEW_FOR_LEAST = 6 }; /* 5 and 30 are the defaults */

static bool watch(void *user, const ef_run_summary *summary)
{
    ef_progress_draw(user, &summary->counts);
    return !ef_interrupt_came();
}

static bool goes_to_file(const ef_settings *settings)
{
    return settings->output_path != NULL && strcmp(settings->output_path, "-") != 0;
}

/* As the output's name says it: of report.html, html. Else the first of the list. */
static void choose_format(const ef_settings *settings, ef_listed *view)
{
    const char *dot = goes_to_file(settings) ? strrchr(settings->output_path, '.') : NULL;
    for (size_t i = 0; dot != NULL && ef_list("views", i, view) == EF_OK; i++)
        if (strcmp(view->name, dot + 1) == 0)
            return;
    ef_list("views", 0, view);
}

static ef_report_options options_of(const ef_settings *settings, ef_progress *progress)
{
    ef_report_options options = settings->report;
    options.reader = settings->reader;
    options.state_path = settings->state_path;
    options.where = settings->where.items;
    options.where_count = settings->where.count;
    options.groups = settings->groups.items;
    options.group_count = settings->groups.count;
    options.threads = settings->threads;
    options.few = options.least * FEW_FOR_LEAST;
    options.progress = watch;
    options.progress_user = progress;
    return options;
}

static ef_status show(const ef_settings *settings, const ef_findings *findings,
                      ef_error *error)
{
    ef_listed chosen;
    ef_terminal terminal;
    choose_format(settings, &chosen);
    ef_terminal_look(&terminal, stdout, settings->color);
    bool is_always = settings->color != NULL && strcmp(settings->color, "always") == 0;
    ef_report_view view = { .format = settings->to == NULL ? chosen.name : settings->to,
                            .path = settings->output_path,
                            .width = terminal.width,
                            .keeps_controls = settings->keeps_controls,
                            .has_color = terminal.has_color &&
                                         (!goes_to_file(settings) || is_always) };
    return ef_report_write(findings, &view, error);
}

/* Counts, and writes what was asked for. */
static ef_status make(const ef_engine *engine, const ef_settings *settings,
                      ef_progress *progress, ef_error *error)
{
    ef_run_summary summary = { 0 };
    ef_findings *findings = NULL;
    ef_report_options options = options_of(settings, progress);
    if (settings->is_partial)
        return ef_report_part(engine, &options, settings->output_path, &summary, error);
    ef_status status = ef_report_make(&findings, engine, &options, &summary, error);
    ef_progress_clear(progress);
    if (status == EF_OK)
        status = show(settings, findings, error);
    ef_findings_free(findings);
    return status;
}

static int run(const ef_engine *engine, ef_settings *settings)
{
    ef_error error = { 0 };
    ef_progress progress;
    ef_notices notices;
    ef_progress_start(&progress, settings);
    ef_notices_start(&notices, settings, &progress);
    ef_interrupt_watch();
    ef_status status = make(engine, settings, &progress, &error);
    ef_progress_clear(&progress);
    if (ef_interrupt_came())
        ef_say("interrupted: there is no report, as the end of its input is missing");
    int code = ef_exit_after(status, &error), read = ef_notices_exit(&notices, settings);
    return read > code ? read : code;
}

/* What only shapes the report, and would be lost on a part. NULL: nothing of the kind. */
static const char *lost_on_part(const ef_settings *settings)
{
    const ef_report_options *report = &settings->report;
    const struct {
        const char *name;
        bool is_given;
    } shaping[] = {
        { "--to", settings->to != NULL },
        { "--by", report->step != NULL },
        { "--title", report->title != NULL },
        { "--test", report->test != NULL },
        { "--color", settings->color != NULL },
        { "--raw", settings->keeps_controls },
        { "--min-n", report->least > 0 },
        { "--frt", report->first_response != NULL },
        { "--hours", report->hours != NULL },
        { "--resolution", report->resolution != NULL },
        { "--escalation", report->escalation != NULL },
        { "--arc-limit", report->arc_limit != NULL },
        { "--fcr-days", report->contact_days > 0 },
        { "--csat", report->csat != NULL },
        { "--csat-from", report->csat_from != NULL },
        { "--ces", report->ces != NULL },
        { "--advocates", report->advocates != NULL },
    };
    for (size_t i = 0; i < sizeof shaping / sizeof shaping[0]; i++)
        if (shaping[i].is_given)
            return shaping[i].name;
    return NULL;
}

static bool is_misused(const ef_settings *settings)
{
    const char *lost = lost_on_part(settings);
    ef_terminal terminal;
    ef_terminal_look(&terminal, stdout, NULL);
    if (!settings->is_partial)
        return false;
    if (lost != NULL)
        ef_say(
            "--partial and %s exclude each other: a partial result has one form; give %s "
            "to the report that is made of it",
            lost, lost);
    else if (!goes_to_file(settings) && terminal.is_terminal)
        ef_say("a partial result is not for people: name a file with --output");
    else
        return false;
    return true;
}

/* What the file of --topics holds; NULL, and said, if it cannot be read. */
static char *read_topics(const ef_settings *settings)
{
    size_t size;
    char *text = ef_read_file(settings->report.topics_name, TOPICS_LIMIT, &size);
    if (text == NULL)
        return NULL;
    text[size] = '\0';
    if (strlen(text) == size)
        return text;
    ef_say("'%s' is no list of topics: it holds a NUL byte", settings->report.topics_name);
    free(text);
    return NULL;
}

int ef_verb_report(ef_settings *settings)
{
    ef_error error = { 0 };
    ef_engine *engine = NULL;
    char *topics = NULL;
    if (is_misused(settings))
        return EF_EXIT_USAGE;
    if (settings->report.topics_name != NULL && (topics = read_topics(settings)) == NULL)
        return EF_EXIT_DATA;
    settings->report.topics = topics;
    ef_status status = ef_engine_new(&engine, &settings->engine, &error);
    int code = status == EF_OK ? run(engine, settings) : ef_exit_after(status, &error);
    ef_engine_free(engine);
    free(topics);
    ef_interrupt_obey();
    return code;
}
