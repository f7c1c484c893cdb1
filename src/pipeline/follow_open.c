/* SPDX-License-Identifier: MIT
 * pipeline/follow_open.c - what a following is made of: engine, state, output, rules,
 * files.
 */
#include <libgen.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/error.h"
#include "pipeline/follow_run.h"
#include "state/generations.h"

enum {
    GRACE_MS = 10 * 1000, /* how long a replaced file is kept behind its end */
    FLUSH_MS = 1000,
};

void ef_follow_tell(const ef_follow_run *f, const char *path, const char *message)
{
    const ef_reader_options *reader = &f->options->reader;
    ef_notice notice = {
        .kind = EF_NOTICE_INPUT, .message = message, .reason = "", .path = path
    };
    ef_notice_send(reader->notice, reader->notice_user, &notice);
}

/* Events and state are never followed, whatever the inputs say. */
static bool is_own(void *user, const struct stat *about)
{
    const ef_follow_run *f = user;
    bool is_output = f->events.path != NULL && (uint64_t)about->st_ino == f->events.inode &&
                     (uint64_t)about->st_dev == f->events.device;
    return is_output || ef_checkpoint_owns(f->options->state_path, about);
}

static bool is_old_input(void *user, const char *input)
{
    return ef_checkpoint_knows_input(&((const ef_follow_run *)user)->checkpoint, input);
}

static ef_status open_engine(ef_follow_run *f, ef_error *error)
{
    ef_written_input none = { .format = "" };
    ef_writer_options writer = f->options->writer;
    ef_run_options filter = { .writer = writer };
    ef_status status = ef_engine_new(&f->engine, &f->options->engine, error);
    if (status != EF_OK)
        return status;
    ef_engine_describe(f->engine, &f->info);
    f->scoring.engine = f->engine;
    f->scoring.kernels = ef_kernels_select(f->info.kernels);
    f->scoring.opened = &f->opened;
    f->scoring.is_silent = f->options->emit == EF_FOLLOW_ALERTS;
    writer.format = "ndjson";
    status =
        ef_writing_open(&f->opened, &f->scoring.writer, &f->info, &writer, &none, error);
    return status == EF_OK ? ef_hand_init(&f->hand, &filter, error) : status;
}

static ef_status open_following(ef_follow_run *f, ef_error *error)
{
    const ef_follow_options *options = f->options;
    static const ef_start_at starts[] = { [EF_FOLLOW_DEFAULT] = EF_START_DEFAULT,
                                          [EF_FOLLOW_BEGIN] = EF_START_BEGIN,
                                          [EF_FOLLOW_END] = EF_START_END,
                                          [EF_FOLLOW_LAST] = EF_START_LAST };
    f->state_copy = strdup(options->state_path); /* dirname writes into it */
    if (f->state_copy == NULL)
        return ef_error_memory(error);
    ef_following_options following = {
        .reader = &options->reader,
        .start = starts[options->start],
        .last_lines = options->last_lines,
        .is_once = options->is_once,
        .polls = options->polls,
        .flush_ms = options->flush_ms > 0 ? options->flush_ms : FLUSH_MS,
        .grace_ms = GRACE_MS,
        .most_open = ef_most_open(),
        .salt = f->checkpoint.salt,
        .unpack_folder = dirname(f->state_copy),
        .is_own = is_own,
        .is_old_input = is_old_input,
        .user = f,
    };
    ef_status status = ef_following_new(&f->following, &following, error);
    if (status == EF_OK)
        status = ef_checkpoint_resume_files(&f->checkpoint, f->following, error);
    return status == EF_OK ? ef_following_begin(f->following, ef_follow_now(f), error)
                           : status;
}

static ef_status open_judging(ef_follow_run *f, ef_error *error)
{
    const ef_follow_options *options = f->options;
    if (options->emit == EF_FOLLOW_MESSAGES)
        return EF_OK;
    ef_status status = ef_judging_open(&f->judging, options, f->checkpoint.state,
                                       f->checkpoint.salt, error);
    if (status != EF_OK)
        return status;
    if (f->judging.was_damaged)
        ef_follow_tell(
            f, options->state_path,
            "what was remembered for alerts does not fit together: they begin anew");
    if (f->checkpoint.is_other_model) {
        ef_follow_tell(
            f, options->state_path,
            "model or lexicon are others than before: what is usual is learnt anew");
        ef_alerts_warm_up(f->judging.alerts);
    }
    return EF_OK;
}

/* What cannot be done any more once the sandbox is closed, and then that. */
static ef_status enclose(ef_follow_run *f, ef_error *error)
{
    const ef_follow_options *options = f->options;
    ef_status status = ef_generation_folders(options->state_path, error);
    if (status == EF_OK)
        status = ef_outward_start(&f->outward, options->notifier_path, options->sinks_path,
                                  options->notifier_sandbox, error);
    if (status == EF_OK && options->enclose != NULL)
        status = options->enclose(options->user, &f->summary->sandbox, error);
    f->outward.is_enclosed = f->summary->sandbox.has_seccomp;
    return status;
}

ef_status ef_follow_open(ef_follow_run *f, ef_error *error)
{
    const ef_follow_options *options = f->options;
    ef_status status = enclose(f, error);
    if (status == EF_OK)
        status = open_engine(f, error);
    if (status == EF_OK)
        status = ef_checkpoint_open(&f->checkpoint, options->state_path, &f->info, error);
    if (status == EF_OK && ef_state_recovery(f->checkpoint.state) != NULL)
        ef_follow_tell(f, options->state_path, ef_state_recovery(f->checkpoint.state));
    if (status == EF_OK)
        status = ef_outward_open(&f->outward, f->checkpoint.state, error);
    if (status == EF_OK)
        status = ef_events_open(&f->events, options->output_path, error);
    if (status == EF_OK && !options->keeps_controls)
        ef_events_show(&f->events);
    if (status == EF_OK)
        status = ef_checkpoint_resume_output(&f->checkpoint, &f->events, error);
    if (status == EF_OK)
        status = open_judging(f, error);
    if (status == EF_OK)
        status = open_following(f, error);
    f->backup_ms = ef_follow_now(f) + EF_BACKUP_MS;
    f->is_dirty = true; /* where it began is remembered at once */
    f->commit_ms = ef_follow_now(f) - EF_COMMIT_MS;
    return status;
}

void ef_follow_close(ef_follow_run *f)
{
    ef_following_free(f->following);
    free(f->state_copy);
    ef_judging_close(&f->judging);
    ef_outward_close(&f->outward);
    ef_buffer_release(&f->id);
    ef_checkpoint_close(&f->checkpoint);
    ef_events_close(&f->events);
    ef_piece_release(&f->piece);
    ef_hand_release(&f->hand);
    ef_engine_free(f->engine);
}
