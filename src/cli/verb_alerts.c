/* SPDX-License-Identifier: MIT
 * cli/verb_alerts.c - `earful alerts check` and `earful alerts test`: rules before they are
 * trusted. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "earful/app/alerts.h"
#include "exit_codes.h"
#include "levels.h"
#include "notices.h"
#include "read_file.h"
#include "terminal.h"
#include "verbs.h"

enum { RULES_LIMIT = 1 << 20 };

/* --- check -------------------------------------------------------------------------- */

typedef struct findings {
    const char *path;
    uint64_t errors;
} findings;

static void print_finding(void *user, const ef_rules_finding *finding)
{
    findings *all = user;
    ef_print_safe(stdout, all->path, strlen(all->path));
    printf(":%" PRIu64 ": ", finding->line);
    ef_print_safe(stdout, finding->message, strlen(finding->message));
    fputc('\n', stdout);
    all->errors++;
}

static int check(const char *path)
{
    size_t size = 0;
    char *bytes = ef_read_file(path, RULES_LIMIT, &size);
    if (bytes == NULL)
        return EF_EXIT_DATA;
    ef_error error = { 0 };
    findings all = { .path = path };
    ef_rules *rules;
    ef_status status = ef_rules_read(&rules, (ef_slice){ (const uint8_t *)bytes, size },
                                     print_finding, &all, &error);
    free(bytes);
    if (status != EF_OK && status != EF_ERR_FORMAT)
        return ef_exit_after(status, &error);
    ef_print_safe(stdout, path, strlen(path));
    if (status == EF_OK)
        printf(": %zu rule%s, no errors\n", ef_rules_count(rules),
               ef_rules_count(rules) == 1 ? "" : "s");
    else
        printf(": %" PRIu64 " error%s\n", all.errors, all.errors == 1 ? "" : "s");
    ef_rules_free(rules);
    return status == EF_OK ? EF_EXIT_DONE : EF_EXIT_DATA;
}

/* --- test --------------------------------------------------------------------------- */

typedef struct shown {
    bool as_json;
    const char *level; /* that an alert has to reach to make the run fail; NULL: any */
    bool is_reached;
    uint64_t standings;
} shown;

static void print_slice(ef_slice text)
{
    ef_print_safe(stdout, (const char *)text.data, text.size);
}

static void print_time(int64_t time_ms)
{
    char text[32] = "";
    time_t seconds = (time_t)(time_ms / 1000);
    struct tm utc;
    if (gmtime_r(&seconds, &utc) != NULL)
        strftime(text, sizeof text, "%Y-%m-%d %H:%M", &utc);
    fputs(text, stdout);
}

static void print_figure(const char *what, const ef_alert *alert,
                         const ef_alert_figure *figure)
{
    switch (alert->measure) {
    case EF_MEASURE_SHARE:
        printf("%s%.0f %% negative (%.0f-%.0f %%, %" PRId64 " of %" PRId64 ")", what,
               figure->value / 100.0, figure->low / 100.0, figure->high / 100.0, figure->k,
               figure->n);
        break;
    case EF_MEASURE_MEAN:
        printf("%smean %+.2f (%+.2f to %+.2f, %" PRId64 " messages)", what,
               figure->value / 1e4, figure->low / 1e4, figure->high / 1e4, figure->n);
        break;
    case EF_MEASURE_VOLUME:
        printf("%s%.1f an hour", what, figure->value / 1e4);
        break;
    }
}

static void print_evidence(const ef_alert *alert)
{
    for (size_t i = 0; i < alert->phrase_count; i++) {
        fputs(i == 0 ? "    rose: " : ", ", stdout);
        print_slice(alert->phrases[i].text);
        printf(" (z %.1f)", alert->phrases[i].z / 1e4);
    }
    fputs(alert->phrase_count > 0 ? "\n" : "", stdout);
    for (size_t i = 0; i < alert->example_count; i++) {
        fputs(i == 0 ? "    look at: " : ", ", stdout);
        print_slice(alert->examples[i]);
    }
    fputs(alert->example_count > 0 ? "\n" : "", stdout);
}

static void print_alert(const ef_alert *alert)
{
    bool is_firing = alert->status == EF_ALERT_FIRING;
    print_time(is_firing ? alert->starts_ms : alert->ends_ms);
    printf(" %s %s", is_firing ? "fires" : "ends ", alert->rule);
    for (size_t i = 0; i < alert->label_count; i++) {
        fputs(i == 0 ? " [" : ", ", stdout);
        print_slice(alert->labels[i].name);
        fputs("=", stdout);
        print_slice(alert->labels[i].value);
        fputs(i + 1 == alert->label_count ? "]" : "", stdout);
    }
    if (alert->suppressed > 0) {
        fputs(": ", stdout);
        print_slice(alert->summary);
    } else if (is_firing) {
        fputs(" since ", stdout);
        print_time(alert->onset_ms);
        print_figure(": ", alert, &alert->since);
        if (alert->before.n > 0)
            print_figure("; before: ", alert, &alert->before);
        if (alert->false_alarms >= 0)
            printf("; %.2f false alarms a week expected", alert->false_alarms / 1e4);
    }
    fputc('\n', stdout);
    print_evidence(alert);
}

static void show_event(void *user, const ef_alert *alert, ef_slice json)
{
    shown *s = user;
    s->is_reached |= alert->status == EF_ALERT_FIRING &&
                     ef_level_is_reached(alert->severity, s->level);
    if (!s->as_json) {
        print_alert(alert);
        return;
    }
    fwrite(json.data, 1, json.size, stdout);
    fputc('\n', stdout);
}

static void show_standing(void *user, const ef_alert_standing *standing)
{
    shown *s = user;
    if (s->as_json)
        return;
    if (s->standings++ == 0)
        printf("\nrule, group: state, usual share, messages a week, deff, threshold, false "
               "alarms a week\n");
    printf("%s", standing->rule);
    if (standing->group.size > 0) {
        fputs(", ", stdout);
        ef_print_safe(stdout, standing->columns, strlen(standing->columns));
        fputs("=", stdout);
        print_slice(standing->group);
    }
    printf(": %s, %.1f %%, %" PRId64 ", %.2f, %" PRId64, standing->state,
           (double)standing->usual / 100, standing->per_week, (double)standing->deff / 1e4,
           standing->threshold);
    if (standing->false_alarms >= 0)
        printf(", %.2f\n", standing->false_alarms / 1e4);
    else
        printf(", -\n");
}

static void summarize(const ef_replay_summary *summary)
{
    const ef_trend_counts *trend = &summary->trend;
    ef_say("%" PRIu64 " messages judged%s; not counted: %" PRIu64 " without label, %" PRIu64
           " not of customers, %" PRIu64 " without time; %" PRIu64 " alerts fired, %" PRIu64
           " ended",
           trend->messages, summary->was_sorted ? ", sorted by time" : "",
           trend->unlabelled, trend->not_customers, trend->untimed, summary->fired,
           summary->resolved);
}

static int test(ef_settings *settings)
{
    ef_error error = { 0 };
    ef_engine *engine;
    ef_replay_summary summary;
    ef_notices notices;
    shown s = { .as_json = settings->to != NULL && strcmp(settings->to, "ndjson") == 0,
                .level = settings->fail_level };
    const char *rules = settings->inputs.items[1];
    ef_notices_start(&notices, settings, NULL);
    ef_replay_options options = { .reader = settings->reader,
                                  .rules_path =
                                      strcmp(rules, "built-in") == 0 ? NULL : rules,
                                  .redactions = settings->redactions,
                                  .event = show_event,
                                  .standing = show_standing,
                                  .user = &s };
    options.reader.gap_is_judged = true;
    options.reader.inputs = settings->inputs.items + 2;
    options.reader.input_count = settings->inputs.count - 2;
    ef_status status = ef_engine_new(&engine, &settings->engine, &error);
    if (status == EF_OK)
        status = ef_replay(engine, &options, &summary, &error);
    ef_engine_free(engine);
    int code = ef_exit_after(status, &error), flushed = ef_exit_flushed();
    if (code != EF_EXIT_DONE)
        return code;
    if (!settings->is_quiet)
        summarize(&summary);
    int read = ef_notices_exit(&notices, settings);
    if (flushed != EF_EXIT_DONE || read != EF_EXIT_DONE)
        return flushed > read ? flushed : read;
    return s.is_reached ? EF_EXIT_ALERT : EF_EXIT_DONE;
}

static int say_usage(const ef_settings *settings)
{
    const ef_words *words = &settings->inputs;
    const char *job = words->count > 0 ? words->items[0] : NULL;
    if (job != NULL && strcmp(job, "check") != 0 && strcmp(job, "test") != 0)
        return ef_verb_say_unknown(settings->verb, "job", job);
    ef_say(
        "earful alerts needs a job and files: earful alerts check RULES, or earful alerts "
        "test RULES LOG...");
    return EF_EXIT_USAGE;
}

int ef_verb_alerts(ef_settings *settings)
{
    const ef_words *words = &settings->inputs;
    if (words->count >= 3 && strcmp(words->items[0], "test") == 0)
        return test(settings);
    if (words->count < 2 || strcmp(words->items[0], "check") != 0)
        return say_usage(settings);
    int code = EF_EXIT_DONE;
    for (size_t i = 1; i < words->count; i++) {
        int own = check(words->items[i]);
        code = own > code ? own : code;
    }
    int flushed = ef_exit_flushed();
    return flushed > code ? flushed : code;
}
