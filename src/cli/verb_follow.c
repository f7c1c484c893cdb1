/* SPDX-License-Identifier: MIT
 * cli/verb_follow.c - `earful follow`: logs as they grow.
 *
 * The work is ef_follow's; here stand the signals, which become bits it asks for, and the
 * lines that a person reads. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "earful/app/follow.h"
#include "enclose.h"
#include "exit_codes.h"
#include "levels.h"
#include "notices.h"
#include "terminal.h"
#include "verbs.h"

typedef struct following {
    ef_settings *settings;
    int signals; /* a signalfd */
    bool is_journal, is_shown, has_color;
    const char *level; /* of --fail-on */
    bool has_failed;   /* an alert has reached it */
} following;

/* The default state, in *path, which the caller frees; NULL where there is no home. */
static char *default_state(void)
{
    const char *folder = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    char *path = NULL;
    int size = -1;
    if (folder != NULL && folder[0] == '/')
        size = asprintf(&path, "%s/earful/follow.db", folder);
    else if (home != NULL && home[0] == '/')
        size = asprintf(&path, "%s/.local/state/earful/follow.db", home);
    return size < 0 ? NULL : path;
}

static unsigned asked(void *user)
{
    const following *f = user;
    struct signalfd_siginfo info;
    unsigned bits = 0;
    while (read(f->signals, &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGHUP)
            bits |= EF_FOLLOW_RELOAD;
        else
            bits |= info.ssi_signo == SIGUSR1 ? EF_FOLLOW_STATUS : EF_FOLLOW_STOP;
    }
    return bits;
}

/* Signals are read like input, so that none comes at a bad time. */
static int watch_signals(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    sigaddset(&signals, SIGUSR1);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    return signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

/* Messages that rules could not judge in their time. */
static void say_times(uint64_t late, uint64_t future)
{
    if (late + future > 0)
        ef_say("%" PRIu64 " messages came when their minute was judged, %" PRIu64
               " with a time more than a day ahead",
               late, future);
}

static void say_state(const ef_follow_summary *summary)
{
    ef_say("%" PRIu64 " files followed, %" PRIu64 " records, %" PRIu64 " negative, %" PRIu64
           " neutral, %" PRIu64 " positive; %" PRIu64 " bytes wait, %" PRIu64
           " emptied, %" PRIu64 " bytes lost; %" PRIu64 " alerts; %" PRIu64
           " commits, %" PRIu64 " failed",
           summary->files, summary->counts.records, summary->labels[EF_LABEL_NEGATIVE],
           summary->labels[EF_LABEL_NEUTRAL], summary->labels[EF_LABEL_POSITIVE],
           summary->waiting_bytes, summary->truncated, summary->lost_bytes, summary->alerts,
           summary->commits, summary->failed_commits);
    say_times(summary->late, summary->future);
    if (summary->waiting_alerts + summary->failed_deliveries + summary->lost_alerts > 0)
        ef_say("%" PRIu64 " alerts delivered to sinks, %" PRIu64 " wait, %" PRIu64
               " attempts failed, %" PRIu64 " alerts lost",
               summary->deliveries, summary->waiting_alerts, summary->failed_deliveries,
               summary->lost_alerts);
}

static void say_status(void *user, const ef_follow_summary *summary)
{
    char text[EF_SANDBOX_TEXT_SIZE];
    (void)user;
    say_state(summary);
    ef_sandbox_describe(&summary->sandbox, text);
    ef_say("sandbox: %s", text);
}

static ef_status enclose(void *user, ef_sandbox_state *state, ef_error *error)
{
    return ef_enclose(((const following *)user)->settings, state, error);
}

static void print_file(void *user, const ef_followed *file)
{
    char when[32] = "never";
    struct tm utc;
    time_t seconds = (time_t)(file->written_ms / 1000);
    bool *has_header = user;
    if (!*has_header)
        printf("file\tgeneration\toffset\tbehind\twritten\n");
    *has_header = true;
    if (gmtime_r(&seconds, &utc) != NULL)
        strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    ef_print_safe(stdout, file->path, strlen(file->path));
    printf("\t%" PRIu64 "\t%" PRIu64 "\t", file->generation, file->offset);
    if (file->is_current)
        printf("%" PRIu64, file->size - file->offset);
    printf("\t%s\n", when);
}

static int show_status(const ef_settings *settings)
{
    ef_error error = { 0 };
    ef_sandbox_state sandbox;
    bool has_header = false;
    ef_trend_counts counts = { 0 };
    ef_status status = ef_enclose(settings, &sandbox, &error);
    if (status == EF_OK)
        status =
            ef_follow_look(settings->state_path, print_file, &has_header, &counts, &error);
    int code = ef_exit_after(status, &error);
    say_times(counts.late, counts.future);
    return code != EF_EXIT_DONE ? code : ef_exit_flushed();
}

/* To the journal with its priority; to a terminal in colour. */
static void tell_alert(void *user, const ef_alert *alert, const char *line)
{
    following *f = user;
    bool is_firing = alert->status == EF_ALERT_FIRING;
    f->has_failed |=
        is_firing && f->level != NULL && ef_level_is_reached(alert->severity, f->level);
    bool is_grave =
        strcmp(alert->severity, "critical") == 0 || strcmp(alert->severity, "page") == 0;
    if (f->is_journal)
        fprintf(stderr, "<%d>%s\n", !is_firing ? 5 : is_grave ? 2 : 4, line);
    if (!f->is_shown)
        return;
    const char *color = is_firing ? "\x1b[31m" : "\x1b[32m";
    printf("%s%s%s\n", f->has_color ? color : "", line, f->has_color ? "\x1b[0m" : "");
    fflush(stdout);
}

/* On a terminal people read, unless the output is asked for elsewhere. */
static following look_around(ef_settings *settings)
{
    ef_terminal terminal;
    ef_terminal_look(&terminal, stdout, settings->color);
    following f = { .settings = settings,
                    .signals = watch_signals(),
                    .is_journal = ef_is_journal(),
                    .is_shown = terminal.is_terminal && settings->output_path == NULL,
                    .has_color = terminal.has_color,
                    .level = settings->fail_level };
    return f;
}

static bool reads_standard_input(const ef_settings *settings)
{
    for (size_t i = 0; i < settings->inputs.count; i++)
        if (strcmp(settings->inputs.items[i], "-") == 0)
            return true;
    return false;
}

static int run(ef_settings *settings)
{
    ef_error error = { 0 };
    ef_sandbox_mode mode;
    if (ef_enclose_mode(settings->sandbox, &mode, &error) != EF_OK)
        return ef_exit_after(error.status, &error);
    ef_follow_summary summary;
    ef_notices notices;
    following f = look_around(settings);
    settings->reader.gap_is_judged = settings->emit != EF_FOLLOW_MESSAGES;
    ef_notices_start(&notices, settings, NULL);
    ef_follow_options options = { .engine = settings->engine,
                                  .reader = settings->reader,
                                  .writer = settings->writer,
                                  .state_path = settings->state_path,
                                  .output_path = settings->output_path,
                                  .rules_path = settings->rules_path,
                                  .sinks_path = settings->sinks_path,
                                  .notifier_sandbox = mode,
                                  .metrics_path = settings->metrics_path,
                                  .emit = settings->emit,
                                  .start = settings->start,
                                  .last_lines = settings->last_lines,
                                  .is_once = settings->is_once,
                                  .polls = settings->polls,
                                  .flush_ms = settings->flush_ms,
                                  .wake_descriptor = f.signals,
                                  .asked = asked,
                                  .status = say_status,
                                  .enclose = enclose,
                                  .alert = tell_alert,
                                  .is_for_people = f.is_shown,
                                  .keeps_controls = settings->keeps_controls,
                                  .shows_text = settings->shows_text,
                                  .user = &f };
    ef_status status = ef_follow(&options, &summary, &error);
    int code = ef_exit_after(status, &error);
    if (status == EF_OK && !settings->is_quiet && !summary.output_closed)
        say_state(&summary);
    if (code == EF_EXIT_DONE && settings->is_strict && summary.counts.rejected > 0)
        code = EF_EXIT_DATA;
    bool ends = settings->is_once || reads_standard_input(settings);
    if (code == EF_EXIT_DONE && ends && notices.failed_inputs > 0)
        code = EF_EXIT_DATA;
    if (code == EF_EXIT_DONE && f.has_failed)
        code = EF_EXIT_ALERT;
    close(f.signals);
    return code;
}

int ef_verb_follow(ef_settings *settings)
{
    char *own = settings->state_path == NULL ? default_state() : NULL;
    int code = EF_EXIT_USAGE;
    if (own != NULL)
        settings->state_path = own;
    if (settings->state_path == NULL)
        ef_say("no place for the state: name a file with --state");
    else if (settings->shows_status)
        code = show_status(settings);
    else if (settings->inputs.count == 0)
        ef_say("nothing to follow: name files, folders, quoted globs or -");
    else if (reads_standard_input(settings) && fcntl(STDIN_FILENO, F_GETFD) == -1)
        ef_say("cannot follow '-': standard input is closed"); /* its number would go to
                                                                   what we open next */
    else
        code = run(settings);
    free(own);
    return code;
}
