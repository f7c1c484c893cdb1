/* SPDX-License-Identifier: MIT
 * pipeline/hear_inputs.c - inputs become one tally, on threads.
 *
 * Three callbacks for the workers, as in run.c: read a block, hear it, commit what is to be
 * told of it. A tally needs no order: each worker keeps its own until the end. */
#include "pipeline/hear_inputs.h"

#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "pipeline/listening.h"
#include "pipeline/pipeline.h"
#include "pipeline/workers.h"

enum {
    MOST_THREADS = 256,
    THREAD_SHARE = 256 << 10, /* stored bytes that are worth starting a thread */
    PROGRESS_MS = 100
};

typedef struct hearing {
    const ef_report_options *options;
    const ef_heard_inputs *what;
    ef_manifest *manifest;
    ef_reader *reader;
    ef_notes *reading; /* where the reader's own notices go */
    ef_notes early;    /* those from before the first block */
    ef_heard_block *blocks;
    size_t block_count;
    ef_listener *listeners;
    ef_repeats repeats; /* that came before, if these are dropped */
    ef_tally *tally;    /* of the first worker: that of the caller */
    ef_tally *tallies;  /* of the others; the first of these is not used */
    unsigned threads;
    const ef_layout *layout; /* of the last block read */
    ef_run_summary *summary;
    ef_reader_counts records; /* what the committed blocks' records add up to */
    int64_t last_progress_ms;
    bool is_stopped;  /* by the user, before the end */
    ef_status status; /* EF_OK until something failed */
    ef_error error;
} hearing;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Tells the user how far it has come, unless that was a moment ago. False: stop. */
static bool tell_progress(hearing *r)
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
    ef_notes_keep(((hearing *)user)->reading, notice);
}

static void tell_notes(hearing *r, ef_notes *notes)
{
    const ef_reader_options *options = &r->options->reader;
    ef_notes_replay(notes, options->notice, options->notice_user);
}

/* --- the job ----------------------------------------------------------------------- */

/* Notes what is counted. False without memory. */
static bool note_input(hearing *r, const ef_block *block)
{
    if (r->layout != block->layout && !ef_manifest_begin(r->manifest, block->layout->label))
        return false;
    r->layout = block->layout;
    return ef_manifest_bytes(r->manifest,
                             (ef_slice){ block->bytes.data, block->bytes.size });
}

static bool read_block(void *user, size_t slot)
{
    hearing *r = user;
    ef_heard_block *block = &r->blocks[slot];
    ef_buffer_reset(&block->notes.bytes);
    r->reading = &block->notes;
    block->counts = (ef_reader_counts){ 0 };
    memset(block->labels, 0, sizeof block->labels);
    block->unknown_language = 0;
    block->status = ef_reader_block(r->reader, &block->block, &block->error);
    ef_reader_count(r->reader, &block->read);
    if (block->status == EF_OK && !note_input(r, &block->block))
        block->status = ef_error_memory(&block->error);
    return block->status == EF_OK;
}

static void work_block(void *user, size_t slot, unsigned worker)
{
    hearing *r = user;
    ef_listener_hear(&r->listeners[worker], &r->blocks[slot]);
}

static bool commit_block(void *user, size_t slot)
{
    hearing *r = user;
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

static ef_status open_reader(hearing *r, const ef_layout **first, ef_error *error)
{
    ef_reader_options options = r->options->reader;
    options.inputs = r->what->inputs;
    options.input_count = r->what->input_count;
    options.time_zone =
        r->what->plan->wishes.zone; /* a partial result may have decided it */
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

static unsigned choose_threads(const hearing *r)
{
    ef_reader_counts counts;
    uint64_t threads = r->options->threads > 0 ? r->options->threads : ef_job_cores();
    ef_reader_count(r->reader, &counts);
    uint64_t useful = counts.total_bytes / THREAD_SHARE + 1;
    if (counts.total_bytes > 0 && threads > useful)
        threads = useful;
    return threads > MOST_THREADS ? MOST_THREADS : (unsigned)threads;
}

static ef_status open_listeners(hearing *r, const ef_layout *first, ef_error *error)
{
    unsigned threads = choose_threads(r);
    r->block_count = ef_job_slots(threads);
    r->blocks = calloc(r->block_count, sizeof *r->blocks);
    r->listeners = calloc(threads, sizeof *r->listeners);
    r->tallies = calloc(threads, sizeof *r->tallies);
    if (r->blocks == NULL || r->listeners == NULL || r->tallies == NULL)
        return ef_error_memory(error);
    ef_status status = EF_OK;
    for (; r->threads < threads && status == EF_OK; r->threads++) {
        ef_tally *tally = r->threads == 0 ? r->tally : &r->tallies[r->threads];
        ef_tally_init(&r->tallies[r->threads], r->what->plan);
        status = ef_listener_init(&r->listeners[r->threads], r->what->engine, tally, error);
        r->listeners[r->threads].repeats = r->options->drops_repeats ? &r->repeats : NULL;
    }
    /* A column that is not there is told before anything is read. */
    if (status == EF_OK && first != NULL)
        status = ef_listener_enter(&r->listeners[0], first, error);
    return status;
}

static ef_status open_all(hearing *r, ef_error *error)
{
    const ef_layout *first = NULL;
    ef_status status = open_reader(r, &first, error);
    if (status == EF_OK)
        status = open_listeners(r, first, error);
    if (r->reader != NULL)
        ef_reader_count(r->reader, &r->summary->counts);
    return status;
}

static void close_all(hearing *r)
{
    for (size_t i = 0; r->blocks != NULL && i < r->block_count; i++) {
        ef_buffer_release(&r->blocks[i].block.bytes);
        ef_notes_release(&r->blocks[i].notes);
    }
    for (unsigned i = 0; i < r->threads; i++)
        ef_listener_release(&r->listeners[i]);
    for (unsigned i = 1; r->tallies != NULL && i < r->threads; i++)
        ef_tally_release(&r->tallies[i]);
    free(r->tallies);
    free(r->blocks);
    free(r->listeners);
    ef_notes_release(&r->early);
    ef_repeats_release(&r->repeats);
    ef_reader_free(r->reader);
}

static ef_status hear_all(hearing *r, ef_error *error)
{
    ef_job job = { .user = r,
                   .threads = r->threads,
                   .read = read_block,
                   .work = work_block,
                   .commit = commit_block,
                   .idle = wait_for_block };
    ef_job_run(&job);
    ef_manifest_end(r->manifest);
    if (r->status != EF_OK && error != NULL)
        *error = r->error;
    return r->status == EF_OK && r->is_stopped ? EF_END : r->status;
}

/* A tally that has been added is freed at once: they may be large. */
static ef_status add_up(hearing *r, ef_error *error)
{
    const ef_reader_counts *counts = &r->summary->counts;
    ef_tally *tally = r->tally;
    for (unsigned i = 0; i < r->threads; i++) {
        tally->whole.taken += r->listeners[i].taken;
        tally->whole.dropped += r->listeners[i].dropped;
    }
    for (unsigned i = 1; i < r->threads; i++) {
        if (!ef_tally_merge(tally, &r->tallies[i]))
            return ef_error_memory(error);
        ef_tally_release(&r->tallies[i]);
    }
    tally->whole.rejected += (int64_t)counts->rejected;
    tally->whole.inputs += (int64_t)counts->inputs;
    tally->whole.failed_inputs += (int64_t)counts->failed_inputs;
    tally->whole.bad_ratings += (int64_t)counts->bad_ratings;
    tally->whole.bad_times += (int64_t)counts->bad_times;
    return EF_OK;
}

ef_status ef_hear_inputs(const ef_heard_inputs *what, ef_tally *tally,
                         ef_manifest *manifest, ef_error *error)
{
    hearing r = { .options = what->options,
                  .what = what,
                  .manifest = manifest,
                  .tally = tally,
                  .summary = what->summary,
                  .last_progress_ms = now_ms() };
    ef_repeats_init(&r.repeats);
    ef_status status = open_all(&r, error);
    if (status == EF_OK)
        status = hear_all(&r, error);
    if (status == EF_OK)
        status = add_up(&r, error);
    close_all(&r);
    return status;
}
