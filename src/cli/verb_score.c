/* SPDX-License-Identifier: MIT
 * cli/verb_score.c - `earful score`: one scored record out for every record in.
 *
 * The work is ef_run_score's; here stands what a person sees of it: progress, notices, a
 * last line, and the exit code. */
#include <inttypes.h>
#include <string.h>

#include "exit_codes.h"
#include "interrupt.h"
#include "notices.h"
#include "progress.h"
#include "terminal.h"
#include "verbs.h"

static bool watch(void *user, const ef_run_summary *summary)
{
    ef_progress_draw(user, &summary->counts);
    return !ef_interrupt_came();
}

/* A count that is told only when it is not zero. */
static void add_count(char *line, size_t size, uint64_t count, const char *one,
                      const char *many)
{
    size_t used = strlen(line);
    if (count > 0)
        snprintf(line + used, size - used, "%s%" PRIu64 " %s", used > 0 ? ", " : "; ",
                 count, count == 1 ? one : many);
}

static void describe_trouble(char *line, size_t size, const ef_run_summary *summary)
{
    const ef_reader_counts *counts = &summary->counts;
    add_count(line, size, counts->rejected, "rejected", "rejected");
    add_count(line, size, counts->empty, "empty", "empty");
    add_count(line, size, counts->cut, "cut", "cut");
    add_count(line, size, counts->ragged, "with too few or too many cells",
              "with too few or too many cells");
    add_count(line, size, counts->bad_ratings, "unreadable rating", "unreadable ratings");
    add_count(line, size, counts->bad_times, "unreadable time", "unreadable times");
    add_count(line, size, counts->invalid_utf8, "invalid byte", "invalid bytes");
    add_count(line, size, counts->failed_inputs, "input failed", "inputs failed");
}

static void summarize(const ef_run_summary *summary, const ef_progress *progress)
{
    char trouble[512] = "", pace[64] = "";
    ef_terminal terminal;
    ef_terminal_look(&terminal, stderr, NULL);
    describe_trouble(trouble, sizeof trouble, summary);
    if (trouble[0] == '\0' && !terminal.is_terminal && !ef_interrupt_came())
        return;
    double seconds = ef_progress_seconds(progress);
    if (terminal.is_terminal && seconds >= 1) { /* a shorter time says nothing of a rate */
        ef_amount amount;
        snprintf(pace, sizeof pace, " in %.1f s, %s/s", seconds,
                 ef_amount_of_bytes(&amount, (double)summary->counts.bytes / seconds));
    }
    ef_say("%s%" PRIu64 " record%s%s: %" PRIu64 " negative, %" PRIu64 " neutral, %" PRIu64
           " positive, %" PRIu64 " without label%s",
           ef_interrupt_came() ? "interrupted after " : "", summary->counts.records,
           summary->counts.records == 1 ? "" : "s", pace,
           summary->labels[EF_LABEL_NEGATIVE], summary->labels[EF_LABEL_NEUTRAL],
           summary->labels[EF_LABEL_POSITIVE], summary->labels[EF_LABEL_NONE], trouble);
}

static bool goes_to_file(const ef_settings *settings)
{
    return settings->output_path != NULL && strcmp(settings->output_path, "-") != 0;
}

/* Where the table goes decides how it looks. */
static ef_run_options options_of(const ef_settings *settings, ef_progress *progress)
{
    ef_run_options options = { .reader = settings->reader,
                               .writer = settings->writer,
                               .output_path = settings->output_path,
                               .rejects_path = settings->rejects_path,
                               .where = settings->where.items,
                               .where_count = settings->where.count,
                               .keeps_controls = settings->keeps_controls,
                               .threads = settings->threads,
                               .progress = watch,
                               .progress_user = progress };
    ef_terminal terminal;
    ef_terminal_look(&terminal, stdout, settings->color);
    bool is_shown = terminal.is_terminal && !goes_to_file(settings);
    bool is_always = settings->color != NULL && strcmp(settings->color, "always") == 0;
    options.writer.format = settings->to == NULL && is_shown ? "table" : settings->to;
    options.writer.color = terminal.has_color && (!goes_to_file(settings) || is_always);
    options.writer.width = terminal.width;
    return options;
}

static int worse(int a, int b)
{
    return a > b ? a : b;
}

/* What --strict does not let pass: records that were skipped, and values that contradict
 * what was decided about their column. */
static bool has_strict_trouble(const ef_reader_counts *counts)
{
    return counts->rejected > 0 || counts->bad_ratings > 0 || counts->bad_times > 0;
}

static int run(const ef_engine *engine, ef_settings *settings)
{
    ef_error error = { 0 };
    ef_run_summary summary = { 0 };
    ef_progress progress;
    ef_notices notices;
    ef_progress_start(&progress, settings);
    ef_notices_start(&notices, settings, &progress);
    ef_run_options options = options_of(settings, &progress);

    ef_interrupt_watch();
    ef_status status = ef_run_score(engine, &options, &summary, &error);
    ef_progress_clear(&progress);
    int code = ef_exit_after(status, &error);
    if (!settings->is_quiet && status == EF_OK && !summary.output_closed)
        summarize(&summary, &progress);
    if (status == EF_OK && ef_interrupt_came() && goes_to_file(settings))
        ef_say("'%s' is not written, as its end is missing", settings->output_path);
    else if (status == EF_OK && goes_to_file(settings) && summary.counts.records == 0 &&
             summary.counts.failed_inputs > 0)
        ef_say("'%s' is not written, as nothing could be read", settings->output_path);
    if (summary.counts.failed_inputs > 0 ||
        (settings->is_strict && has_strict_trouble(&summary.counts)))
        code = worse(code, EF_EXIT_DATA);
    return worse(code, ef_notices_exit(&notices, settings));
}

int ef_verb_score(ef_settings *settings)
{
    ef_error error = { 0 };
    ef_engine *engine = NULL;
    ef_status status = ef_engine_new(&engine, &settings->engine, &error);
    int code = status == EF_OK ? run(engine, settings) : ef_exit_after(status, &error);
    ef_engine_free(engine);
    ef_interrupt_obey();
    return code;
}
