/* SPDX-License-Identifier: MIT
 * pipeline/follow.c - the loop of `follow`: read, score, write, commit.
 *
 * One thread: a record is scored in two microseconds, so one core reads half a million a
 * second, and nothing has to be put into order again. A commit is made about once a second
 * while something happens, and never while nothing does.
 * Invariant: what a commit says was read has been written before it. */
#include "base/error.h"
#include "pipeline/follow_run.h"
#include "pipeline/metrics.h"

enum {
    COMMIT_BYTES = 4 << 20,
    LAST_ONCE_MS = 15 * 1000,
    LAST_MS = 400,        /* for the last alerts to be taken */
    DRAIN_MS = 1500,      /* to read on after a stop was asked for */
    FULL_FILE = 64 << 20, /* events that may wait for room on a disk */
    FULL_PIPE = 1 << 20,  /* … for the reader of a pipe */
};

/* --- commits -------------------------------------------------------------------------- */

/* Tells the first of several failures; the next attempt is a second later. */
static void note_commit(ef_follow_run *f, ef_status status, const ef_error *error)
{
    f->summary->commits += status == EF_OK;
    f->summary->failed_commits += status != EF_OK;
    if (status != EF_OK && !f->is_failing)
        ef_follow_tell(f, f->options->state_path, error->message);
    if (status == EF_OK && f->is_failing)
        ef_follow_tell(f, f->options->state_path, "what could not be remembered now is");
    f->is_failing = status != EF_OK;
}

static ef_status write_events(ef_follow_run *f)
{
    ef_error error = { 0 };
    ef_status status = ef_events_write(&f->events, &error);
    if (status != EF_OK && !f->events.is_stuck)
        ef_follow_tell(f, f->events.label, error.message);
    if (status == EF_OK && f->events.is_stuck && f->events.waiting.size == 0)
        ef_follow_tell(f, f->events.label, "events are written again");
    f->events.is_stuck = status != EF_OK;
    f->summary->output_closed = f->events.is_closed;
    return status;
}

static void back_up(ef_follow_run *f)
{
    ef_error error = { 0 };
    f->backup_ms = f->commit_ms + EF_BACKUP_MS;
    if (ef_state_backup(f->checkpoint.state, &error) != EF_OK)
        ef_follow_tell(f, f->options->state_path, error.message);
}

static void commit(ef_follow_run *f)
{
    ef_error error = { 0 };
    f->commit_ms = ef_follow_now(f);
    if (write_events(f) != EF_OK || f->events.waiting.size > 0)
        return;
    ef_checkpoint_parts parts = { f->following, &f->events, f->judging.alerts,
                                  f->outward.outbox, &f->options->reader };
    ef_status status = ef_checkpoint_commit(&f->checkpoint, &parts, &error);
    note_commit(f, status, &error);
    if (status != EF_OK)
        return;
    f->is_dirty = f->must_commit = false;
    f->uncommitted = 0;
    ef_follow_describe(f->summary, f->following, f->outward.outbox, f->judging.trend);
    status = ef_metrics_write(f->options->metrics_path, &f->info, f->summary,
                              f->world->wall_ms(f->world->user), &error);
    if (status != EF_OK && !f->has_no_metrics)
        ef_follow_tell(f, f->options->metrics_path, error.message);
    f->has_no_metrics = status != EF_OK;
    if (f->commit_ms >= f->backup_ms)
        back_up(f);
}

static bool is_commit_due(const ef_follow_run *f)
{
    return f->is_dirty && ((f->must_commit && !f->is_failing) ||
                           ef_follow_now(f) - f->commit_ms >= EF_COMMIT_MS ||
                           (f->uncommitted >= COMMIT_BYTES && !f->is_failing));
}

/* --- one block ------------------------------------------------------------------------ */

static void add_tally(ef_follow_run *f)
{
    ef_follow_summary *summary = f->summary;
    const ef_run_summary *tally = &f->piece.tally;
    for (size_t i = 0; i < sizeof summary->labels / sizeof summary->labels[0]; i++)
        summary->labels[i] += tally->labels[i];
    ef_counts_add(&summary->counts, &tally->counts);
}

/* A record that brought no id of its own is known by its place. */
static ef_status hear(void *user, const ef_layout *layout, ef_record *record,
                      const ef_score *score, ef_error *error)
{
    ef_follow_run *f = user;
    ef_buffer_reset(&f->id);
    if (record->id.size == 0) {
        ef_buffer_printf(&f->id, "%s:%llu:%llu", f->tail->first_path,
                         (unsigned long long)f->tail->generation,
                         (unsigned long long)record->offset);
        record->id = ef_buffer_slice(&f->id);
    }
    return ef_judging_hear(&f->judging, layout->names, layout->name_count, record, score,
                           error);
}

/* What the rules say by now goes out with the rest. */
static ef_status take_alerts(ef_follow_run *f, ef_error *error)
{
    uint64_t count = 0;
    if (f->judging.alerts == NULL)
        return EF_OK;
    ef_status status = ef_judging_take(&f->judging, &f->info, &f->events.waiting,
                                       f->outward.outbox, &count, error);
    f->summary->alerts += count;
    f->must_commit |= count > 0;
    f->is_dirty |= count > 0;
    return status;
}

static void score_block(ef_follow_run *f)
{
    ef_piece *piece = &f->piece;
    bool is_history = piece->block.offset < f->tail->history_end;
    if (f->judging.alerts != NULL)
        ef_judging_begin(&f->judging, f->world->wall_ms(f->world->user), is_history);
    ef_pipeline_score(&f->scoring, &f->hand, piece);
    if (piece->status == EF_OK && f->judging.alerts != NULL)
        piece->status = ef_judging_end(&f->judging, &piece->error);
}

static ef_status take_block(ef_follow_run *f, ef_error *error)
{
    ef_piece *piece = &f->piece;
    size_t size = piece->block.bytes.size;
    score_block(f);
    ef_notes_replay(&piece->notes, f->options->reader.notice,
                    f->options->reader.notice_user);
    if (piece->status != EF_OK) {
        if (error != NULL)
            *error = piece->error;
        return piece->status;
    }
    add_tally(f);
    if (!ef_events_add(&f->events, ef_buffer_slice(&piece->out)))
        return ef_error_memory(error);
    ef_status status = take_alerts(f, error);
    if (status != EF_OK)
        return status;
    f->is_dirty = true;
    f->uncommitted += size;
    f->summary->counts.bytes += size;
    write_events(f); /* what cannot be written now waits */
    return EF_OK;
}

/* Too much waits to be written: reading pauses. */
static bool is_full(const ef_follow_run *f)
{
    size_t limit = f->events.path != NULL ? FULL_FILE : FULL_PIPE;
    return f->events.waiting.size >= limit;
}

/* --- the loop ------------------------------------------------------------------------- */

/* Makes the engine anew from its files, and opens the output anew. What fails stays as it
 * was. */
static void reload(ef_follow_run *f)
{
    ef_error error = { 0 };
    ef_engine *fresh = NULL;
    if (ef_engine_new(&fresh, &f->options->engine, &error) == EF_OK) {
        ef_engine_free(f->engine);
        f->engine = fresh;
        ef_engine_describe(fresh, &f->info);
        f->scoring.engine = fresh;
    } else {
        ef_follow_tell(f, "reload", error.message);
    }
    if (f->judging.alerts != NULL &&
        ef_judging_reload(&f->judging, f->options->rules_path, &error) != EF_OK)
        ef_follow_tell(f, "reload", error.message);
    ef_outward_reload(&f->outward);
    commit(f); /* the old output is whole before the new one begins */
    if (ef_events_reopen(&f->events, &error) != EF_OK)
        ef_follow_tell(f, f->events.label, error.message);
    f->is_dirty = true;
    commit(f);
}

static void answer(ef_follow_run *f)
{
    const ef_follow_options *options = f->options;
    unsigned asked = options->asked == NULL ? 0 : options->asked(options->user);
    if (asked & EF_FOLLOW_RELOAD)
        reload(f);
    if ((asked & EF_FOLLOW_STATUS) && options->status != NULL) {
        ef_follow_describe(f->summary, f->following, f->outward.outbox, f->judging.trend);
        options->status(options->user, f->summary);
    }
    if ((asked & EF_FOLLOW_STOP) && !f->is_stopping) {
        f->is_stopping = true;
        f->stop_ms = ef_follow_now(f);
    }
}

/* What is due leaves; what was answered is remembered with the next commit. */
static void send_alerts(ef_follow_run *f)
{
    f->is_dirty |= ef_outward_turn(&f->outward, f->world->wall_ms(f->world->user));
    if (f->outward.news != NULL)
        ef_follow_tell(f, f->options->sinks_path, f->outward.news);
    f->outward.news = NULL;
}

/* Waits for news, but no longer than until something is due. */
static void wait_for_news(ef_follow_run *f)
{
    int64_t now = ef_follow_now(f), until = ef_following_deadline(f->following);
    bool has_pipe = f->events.path == NULL && f->events.waiting.size > 0;
    if ((f->is_dirty || f->events.waiting.size > 0) && f->commit_ms + EF_COMMIT_MS < until)
        until = f->commit_ms + EF_COMMIT_MS;
    int64_t pause = ef_outward_pause(&f->outward, f->world->wall_ms(f->world->user));
    until = until - now > pause ? now + pause : until;
    if (until <= now)
        return;
    bool reads = !is_full(f);
    int descriptors[] = { reads ? ef_following_descriptor(f->following) : -1,
                          reads ? ef_following_pipe(f->following) : -1,
                          f->options->wake_descriptor, ef_outward_descriptor(&f->outward) };
    f->world->wait(f->world->user, descriptors, 4, has_pipe ? f->events.descriptor : -1,
                   until - now);
}

/* Nothing new came: groups that should have been heard of are silent. EF_AGAIN. */
static ef_status judge_silence(ef_follow_run *f, ef_error *error)
{
    ef_status status =
        ef_trend_advance(f->judging.trend, f->world->wall_ms(f->world->user), error);
    if (status == EF_OK)
        status = take_alerts(f, error);
    return status == EF_OK ? EF_AGAIN : status;
}

/* One turn. EF_OK, EF_AGAIN: nothing was there; EF_END: it is over. */
static ef_status turn(ef_follow_run *f, ef_error *error)
{
    answer(f);
    send_alerts(f);
    if (f->events.is_closed)
        return EF_END;
    if (f->is_stopping && ef_follow_now(f) - f->stop_ms >= DRAIN_MS)
        return EF_END;
    if (is_commit_due(f))
        commit(f);
    if (is_full(f)) {
        write_events(f);
        return EF_AGAIN;
    }
    ef_piece_reset(&f->piece);
    ef_status status = ef_following_next(f->following, ef_follow_now(f), &f->piece.block,
                                         &f->tail, &f->summary->counts.rejected, error);
    if (status == EF_OK)
        return take_block(f, error);
    if (status == EF_AGAIN && f->judging.alerts != NULL)
        status = judge_silence(f, error);
    if (status == EF_AGAIN && f->events.waiting.size > 0)
        write_events(f);
    return status;
}

static ef_status loop(ef_follow_run *f, ef_error *error)
{
    for (;;) {
        ef_status status = turn(f, error);
        if (status != EF_OK && status != EF_AGAIN)
            return status == EF_END ? EF_OK : status;
        bool is_drained = status == EF_AGAIN && f->events.waiting.size == 0;
        bool is_over = f->is_stopping || ef_following_is_over(f->following);
        /* Whoever reads once does not wait for room on a disk: what could not be written is
         * not committed, and read again by the next run. */
        if (is_over && (is_drained || (status == EF_AGAIN && f->events.is_stuck)))
            return EF_OK;
        if (status == EF_AGAIN)
            wait_for_news(f);
    }
}

/* The last judgement and commit, and a second generation of what that says: made when alerts
 * have left, so that it keeps no text that was delivered. */
static ef_status finish(ef_follow_run *f, ef_error *error)
{
    ef_status status = EF_OK;
    bool is_over = ef_following_is_over(f->following) && !f->is_stopping;
    if (is_over && f->judging.alerts != NULL) {
        status = ef_trend_finish(f->judging.trend, error);
        if (status == EF_OK)
            status = take_alerts(f, error);
    }
    f->backup_ms = INT64_MAX;
    commit(f);
    if (ef_outward_drain(&f->outward, f->world->wall_ms, f->world->user,
                         is_over ? LAST_ONCE_MS : LAST_MS))
        commit(f);
    if (!f->is_dirty)
        back_up(f);
    return status;
}

ef_status ef_follow_in(const ef_world *world, const ef_follow_options *options,
                       ef_follow_summary *summary, ef_error *error)
{
    ef_follow_run f = { .options = options,
                        .world = world,
                        .summary = summary,
                        .events = { .descriptor = -1 } };
    memset(summary, 0, sizeof *summary);
    f.scoring.hear = options->emit == EF_FOLLOW_MESSAGES ? NULL : hear;
    f.scoring.hear_user = &f;
    ef_status status = ef_follow_open(&f, error);
    if (status == EF_OK) {
        status = loop(&f, error);
        if (status == EF_OK)
            status = finish(&f, error);
        ef_follow_describe(f.summary, f.following, f.outward.outbox, f.judging.trend);
    }
    ef_follow_close(&f);
    return status;
}
