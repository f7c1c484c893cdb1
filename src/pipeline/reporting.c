/* SPDX-License-Identifier: MIT
 * pipeline/reporting.c - all inputs become one tally, on threads, and the tally findings.
 *
 * Every thread counts into a tally of its own; at the end they are added up. What a tally
 * says does not depend on who counted what, so neither does the report. */
#include "earful/app/report.h"

#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "findings/findings.h"
#include "pipeline/listening.h"
#include "pipeline/output.h"
#include "pipeline/pipeline.h"
#include "pipeline/workers.h"
#include "views/views.h"

enum {
    MOST_THREADS = 256,
    THREAD_SHARE = 256 << 10, /* stored bytes that are worth starting a thread */
    PROGRESS_MS = 100
};

typedef struct reporting {
    const ef_report_options *options;
    const ef_engine *engine;
    ef_plan plan;
    ef_reader *reader;
    ef_notes *reading; /* where the reader's own notices go */
    ef_notes early;    /* those from before the first block */
    ef_heard_block *blocks;
    size_t block_count;
    ef_listener *listeners;
    unsigned threads;
    const ef_layout *layout; /* of the last block read */
    ef_buffer labels;        /* of inputs, each with a NUL */
    size_t label_count;
    ef_run_summary *summary;
    ef_reader_counts records; /* what the committed blocks' records add up to */
    int64_t last_progress_ms;
    bool is_stopped;  /* by the user, before the end */
    ef_status status; /* EF_OK until something failed */
    ef_error error;
} reporting;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Tells the user how far it has come, unless that was a moment ago. False: stop. */
static bool tell_progress(reporting *r)
{
    int64_t now = now_ms();
    if (r->options->progress == NULL || now - r->last_progress_ms < PROGRESS_MS)
        return true;
    r->last_progress_ms = now;
    r->is_stopped |= !r->options->progress(r->options->progress_user, r->summary);
    return !r->is_stopped;
}

static void keep_notice(void *user, const ef_notice *notice)
{
    ef_notes_keep(((reporting *)user)->reading, notice);
}

static void tell_notes(reporting *r, ef_notes *notes)
{
    const ef_reader_options *options = &r->options->reader;
    ef_notes_replay(notes, options->notice, options->notice_user);
}

/* --- the job ----------------------------------------------------------------------- */

static bool keep_label(reporting *r, const ef_layout *layout)
{
    if (r->layout == layout)
        return true;
    r->layout = layout;
    r->label_count++;
    return ef_buffer_append(&r->labels, layout->label, strlen(layout->label) + 1);
}

static bool read_block(void *user, size_t slot)
{
    reporting *r = user;
    ef_heard_block *block = &r->blocks[slot];
    ef_buffer_reset(&block->notes.bytes);
    r->reading = &block->notes;
    block->counts = (ef_reader_counts){ 0 };
    memset(block->labels, 0, sizeof block->labels);
    block->unknown_language = 0;
    block->status = ef_reader_block(r->reader, &block->block, &block->error);
    ef_reader_count(r->reader, &block->read);
    if (block->status == EF_OK && !keep_label(r, block->block.layout))
        block->status = ef_error_memory(&block->error);
    return block->status == EF_OK;
}

static void work_block(void *user, size_t slot, unsigned worker)
{
    reporting *r = user;
    ef_listener_hear(&r->listeners[worker], &r->blocks[slot]);
}

static bool commit_block(void *user, size_t slot)
{
    reporting *r = user;
    ef_heard_block *block = &r->blocks[slot];
    bool is_lost = block->notes.bytes.failed;
    tell_notes(r, &block->notes);
    if (is_lost)
        r->status = ef_error_memory(&r->error);
    if (block->status != EF_OK && block->status != EF_END) {
        r->status = block->status;
        r->error = block->error;
    }
    if (r->status != EF_OK)
        return false;
    for (size_t i = 0; i < sizeof block->labels / sizeof block->labels[0]; i++)
        r->summary->labels[i] += block->labels[i];
    r->summary->unknown_language += block->unknown_language;
    ef_counts_add(&r->records, &block->counts);
    r->summary->counts = block->read;
    ef_counts_add(&r->summary->counts, &r->records);
    return tell_progress(r);
}

static bool wait_for_block(void *user)
{
    return tell_progress(user);
}

/* --- before and after -------------------------------------------------------------- */

static ef_status open_plan(reporting *r, ef_error *error)
{
    const ef_report_options *options = r->options;
    ef_plan_wishes wishes = { .zone = options->reader.time_zone,
                              .groups = options->groups,
                              .group_count = options->group_count,
                              .where = options->where,
                              .where_count = options->where_count,
                              .since = options->since,
                              .until = options->until,
                              .compare = options->compare,
                              .before = options->before,
                              .shows_words = options->shows_words };
    return ef_plan_make(&r->plan, &wishes, error);
}

static ef_status open_reader(reporting *r, const ef_layout **first, ef_error *error)
{
    ef_reader_options options = r->options->reader;
    options.notice = keep_notice;
    options.notice_user = r;
    r->reading = &r->early;
    ef_status status = ef_reader_new(&r->reader, &options, error);
    if (status == EF_OK)
        status = ef_reader_first_layout(r->reader, first, error);
    /* Also after a failure: the notices may be its reason. */
    tell_notes(r, &r->early);
    return status == EF_END ? EF_OK : status;
}

static unsigned choose_threads(const reporting *r)
{
    ef_reader_counts counts;
    uint64_t threads = r->options->threads > 0 ? r->options->threads : ef_job_cores();
    ef_reader_count(r->reader, &counts);
    uint64_t useful = counts.total_bytes / THREAD_SHARE + 1;
    if (counts.total_bytes > 0 && threads > useful)
        threads = useful;
    return threads > MOST_THREADS ? MOST_THREADS : (unsigned)threads;
}

static ef_status open_listeners(reporting *r, const ef_layout *first, ef_error *error)
{
    unsigned threads = choose_threads(r);
    r->block_count = ef_job_slots(threads);
    r->blocks = calloc(r->block_count, sizeof *r->blocks);
    r->listeners = calloc(threads, sizeof *r->listeners);
    if (r->blocks == NULL || r->listeners == NULL)
        return ef_error_memory(error);
    ef_status status = EF_OK;
    for (; r->threads < threads && status == EF_OK; r->threads++)
        status = ef_listener_init(&r->listeners[r->threads], r->engine, &r->plan, error);
    /* A column that is not there is told before anything is read. */
    if (status == EF_OK && first != NULL)
        status = ef_listener_enter(&r->listeners[0], first, error);
    return status;
}

static ef_status open_all(reporting *r, ef_error *error)
{
    const ef_layout *first = NULL;
    ef_status status = open_plan(r, error);
    if (status == EF_OK)
        status = open_reader(r, &first, error);
    if (status == EF_OK)
        status = open_listeners(r, first, error);
    if (r->reader != NULL)
        ef_reader_count(r->reader, &r->summary->counts);
    return status;
}

static void close_all(reporting *r)
{
    for (size_t i = 0; r->blocks != NULL && i < r->block_count; i++) {
        ef_buffer_release(&r->blocks[i].block.bytes);
        ef_notes_release(&r->blocks[i].notes);
    }
    for (unsigned i = 0; i < r->threads; i++)
        ef_listener_release(&r->listeners[i]);
    free(r->blocks);
    free(r->listeners);
    ef_buffer_release(&r->labels);
    ef_notes_release(&r->early);
    ef_reader_free(r->reader);
    ef_plan_release(&r->plan);
}

static ef_status hear_all(reporting *r, ef_error *error)
{
    ef_job job = { .user = r,
                   .threads = r->threads,
                   .read = read_block,
                   .work = work_block,
                   .commit = commit_block,
                   .idle = wait_for_block };
    ef_job_run(&job);
    if (r->status != EF_OK && error != NULL)
        *error = r->error;
    return r->status;
}

/* All tallies into the first one. */
static ef_status add_up(reporting *r, ef_error *error)
{
    ef_tally *all = &r->listeners[0].tally;
    for (unsigned i = 1; i < r->threads; i++) {
        if (!ef_tally_merge(all, &r->listeners[i].tally))
            return ef_error_memory(error);
        ef_tally_release(&r->listeners[i].tally);
    }
    const ef_reader_counts *counts = &r->summary->counts;
    all->whole.rejected += (int64_t)counts->rejected;
    all->whole.inputs += (int64_t)counts->inputs;
    all->whole.failed_inputs += (int64_t)counts->failed_inputs;
    all->whole.bad_ratings += (int64_t)counts->bad_ratings;
    all->whole.bad_times += (int64_t)counts->bad_times;
    return ef_tally_settle(all) ? EF_OK : ef_error_memory(error);
}

static ef_status find(reporting *r, ef_findings **findings, ef_error *error)
{
    const ef_report_options *asked = r->options;
    ef_finding_options options = { .step = asked->step,
                                   .title = asked->title,
                                   .few = asked->few,
                                   .least = asked->least,
                                   .judge = r->engine,
                                   .input_count = r->label_count };
    ef_slice *labels = calloc(r->label_count + 1, sizeof *labels);
    if (labels == NULL)
        return ef_error_memory(error);
    const char *at = (const char *)r->labels.data;
    for (size_t i = 0; i < r->label_count; at += labels[i++].size + 1)
        labels[i] = ef_slice_of(at);
    options.inputs = labels;
    ef_engine_describe(r->engine, &options.engine);
    ef_status status = ef_findings_make(findings, &r->listeners[0].tally, &options, error);
    free(labels);
    return status;
}

ef_status ef_report_make(ef_findings **findings, const ef_engine *engine,
                         const ef_report_options *options, ef_run_summary *summary,
                         ef_error *error)
{
    *findings = NULL;
    memset(summary, 0, sizeof *summary);
    reporting r = { .options = options,
                    .engine = engine,
                    .summary = summary,
                    .last_progress_ms = now_ms() };
    ef_status status = open_all(&r, error);
    if (status == EF_OK)
        status = hear_all(&r, error);
    if (status == EF_OK)
        status = add_up(&r, error);
    if (status == EF_OK)
        status = find(&r, findings, error);
    close_all(&r);
    return status;
}

ef_status ef_report_write(const ef_findings *findings, const ef_report_view *view,
                          ef_error *error)
{
    const ef_view *shape = ef_view_named(view->format);
    if (shape == NULL)
        return ef_error_set(error, EF_ERR_ARGUMENT, "a report has no format '%.20s'",
                            view->format);
    ef_view_options options = { .width = view->width, .has_color = view->has_color };
    ef_output output = { .descriptor = -1 };
    ef_buffer out = { 0 };
    ef_status status = EF_OK;
    shape->write(&out, findings, &options);
    if (out.failed)
        status = ef_error_memory(error);
    if (status == EF_OK)
        status = ef_output_open(&output, view->path, error);
    if (status == EF_OK)
        status = ef_output_write(&output, ef_buffer_slice(&out), error);
    if (status == EF_OK)
        status = ef_output_finish(&output, error);
    ef_output_discard(&output);
    ef_buffer_release(&out);
    return status;
}
