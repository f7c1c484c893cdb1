/* SPDX-License-Identifier: MIT
 * pipeline/review_scan.c - all inputs are scored, the best texts to ask about are kept.
 *
 * Three callbacks for the workers, as in run.c: read a block, score it, commit what is to
 * be told of it. Each worker offers texts to a pool of its own; the pools are merged at the
 * end, and what they keep does not depend on who was offered what. */
#include "pipeline/review_scan.h"

#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "pipeline/pipeline.h"
#include "pipeline/workers.h"

enum {
    MOST_THREADS = 256,
    THREAD_SHARE = 256 << 10, /* stored bytes that are worth starting a thread */
    PROGRESS_MS = 100
};

/* What one thread works with. */
typedef struct reviewer {
    ef_cursor cursor;
    ef_scratch *scratch;
    ef_filter filter;
    ef_redaction redactions[2]; /* of text and id: both are needed at once */
    ef_buffer trouble;          /* fails when a redaction has no memory */
    ef_pool pool;
    uint64_t too_long;
} reviewer;

typedef struct review_block {
    ef_block block;
    ef_reader_counts read, counts;
    uint64_t needs_review;
    ef_notes notes;
    ef_status status;
    ef_error error;
} review_block;
typedef struct scan {
    const ef_review_scan *what;
    ef_reader *reader;
    ef_notes *reading; /* where the reader's own notices go */
    ef_notes early;    /* those from before the first block */
    review_block *blocks;
    reviewer *reviewers;
    size_t block_count;
    unsigned threads;
    const ef_kernels *kernels;
    ef_run_summary summary;
    ef_reader_counts records;
    int64_t last_progress_ms;
    bool is_stopped;
    ef_status status;
    ef_error error;
} scan;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- one block --------------------------------------------------------------------- */

/* The text and id as they will be shown and written. False without memory. */
static bool dress(reviewer *r, const ef_record *record, bool redact, ef_candidate *out)
{
    ef_buffer_reset(&r->trouble);
    out->text = ef_redacted(redact ? &r->redactions[0] : NULL, record->text, &r->trouble);
    out->id = ef_redacted(redact ? &r->redactions[1] : NULL, record->id, &r->trouble);
    return !r->trouble.failed;
}

/* What staff, bots and machines say is not asked about; nor a text without a word to read.
 */
static bool is_askable(const ef_record *record, const ef_score *score)
{
    return record->role <= EF_ROLE_CUSTOMER && score->sentences > 0 && !record->is_cut;
}

static ef_status take_record(scan *s, reviewer *r, review_block *b, const ef_record *record,
                             uint64_t number)
{
    ef_score score;
    ef_candidate candidate = { .place = b->block.sequence << 32 | number,
                               .line = record->line,
                               .file = ef_slice_of(b->block.layout->label) };
    ef_status status =
        ef_score_text(s->what->engine, r->scratch, record->text, &score, &b->error);
    if (status != EF_OK || !is_askable(record, &score))
        return status;
    b->needs_review += score.needs_review;
    if (record->text.size > EF_REVIEW_TEXT_LIMIT) {
        r->too_long++;
        return EF_OK;
    }
    if (!dress(r, record, s->what->options->redact, &candidate))
        return ef_error_memory(&b->error);
    candidate.score = score;
    candidate.key = ef_review_key(candidate.text);
    if (ef_key_set_has(s->what->labelled, candidate.key))
        return EF_OK;
    return ef_pool_offer(&r->pool, &candidate) ? EF_OK : ef_error_memory(&b->error);
}

static ef_status work(scan *s, reviewer *r, review_block *b)
{
    ef_status status = ef_filter_enter(&r->filter, b->block.layout, &b->error);
    if (status != EF_OK)
        return status;
    ef_cursor_start(&r->cursor, &b->block, s->kernels, ef_notes_keep, &b->notes);
    for (uint64_t number = 0; status == EF_OK; number++) {
        ef_record record;
        status = ef_cursor_next(&r->cursor, &record, &b->error);
        if (status == EF_OK && ef_filter_holds(&r->filter, &record))
            status = take_record(s, r, b, &record, number);
    }
    ef_counts_add(&b->counts, &r->cursor.counts);
    memset(&r->cursor.counts, 0, sizeof r->cursor.counts);
    return status == EF_END ? EF_OK : status;
}

/* --- the job ----------------------------------------------------------------------- */

static bool tell_progress(scan *s)
{
    int64_t now = now_ms();
    const ef_review_options *options = s->what->options;
    if (options->progress == NULL || now - s->last_progress_ms < PROGRESS_MS)
        return true;
    s->last_progress_ms = now;
    s->is_stopped |= !options->progress(options->progress_user, &s->summary);
    return !s->is_stopped;
}

static void keep_notice(void *user, const ef_notice *notice)
{
    ef_notes_keep(((scan *)user)->reading, notice);
}

static void tell_notes(scan *s, ef_notes *notes)
{
    const ef_reader_options *options = &s->what->options->reader;
    ef_notes_replay(notes, options->notice, options->notice_user);
}

static bool read_block(void *user, size_t slot)
{
    scan *s = user;
    review_block *b = &s->blocks[slot];
    ef_buffer_reset(&b->notes.bytes);
    s->reading = &b->notes;
    b->counts = (ef_reader_counts){ 0 };
    b->needs_review = 0;
    b->status = ef_reader_block(s->reader, &b->block, &b->error);
    ef_reader_count(s->reader, &b->read);
    return b->status == EF_OK;
}

static void work_block(void *user, size_t slot, unsigned worker)
{
    scan *s = user;
    s->blocks[slot].status = work(s, &s->reviewers[worker], &s->blocks[slot]);
}

static bool commit_block(void *user, size_t slot)
{
    scan *s = user;
    review_block *b = &s->blocks[slot];
    bool is_lost = b->notes.bytes.failed;
    tell_notes(s, &b->notes);
    if (is_lost)
        s->status = ef_error_memory(&s->error);
    if (b->status != EF_OK && b->status != EF_END) {
        s->status = b->status;
        s->error = b->error;
    }
    if (s->status != EF_OK)
        return false;
    s->summary.needs_review += b->needs_review;
    ef_counts_add(&s->records, &b->counts);
    s->summary.counts = b->read;
    ef_counts_add(&s->summary.counts, &s->records);
    return tell_progress(s);
}

static bool wait_for_block(void *user)
{
    return tell_progress(user);
}

/* --- before and after -------------------------------------------------------------- */

static ef_status open_reader(scan *s, const ef_layout **first, ef_error *error)
{
    ef_reader_options options = s->what->options->reader;
    options.notice = keep_notice;
    options.notice_user = s;
    s->reading = &s->early;
    ef_status status = ef_reader_new(&s->reader, &options, error);
    if (status == EF_OK)
        status = ef_reader_first_layout(s->reader, first, error);
    tell_notes(s, &s->early); /* also after a failure: they may be its reason */
    return status == EF_END ? EF_OK : status;
}

static unsigned choose_threads(const scan *s)
{
    ef_reader_counts counts;
    unsigned wish = s->what->options->threads;
    uint64_t threads = wish > 0 ? wish : ef_job_cores();
    ef_reader_count(s->reader, &counts);
    uint64_t useful = counts.total_bytes / THREAD_SHARE + 1;
    if (counts.total_bytes > 0 && threads > useful)
        threads = useful;
    return threads > MOST_THREADS ? MOST_THREADS : (unsigned)threads;
}

static ef_status open_reviewers(scan *s, const ef_layout *first, ef_error *error)
{
    const ef_review_options *o = s->what->options;
    unsigned threads = choose_threads(s);
    s->block_count = ef_job_slots(threads);
    s->blocks = calloc(s->block_count, sizeof *s->blocks);
    s->reviewers = calloc(threads, sizeof *s->reviewers);
    if (s->blocks == NULL || s->reviewers == NULL)
        return ef_error_memory(error);
    ef_status status = EF_OK;
    for (; s->threads < threads && status == EF_OK; s->threads++) {
        reviewer *r = &s->reviewers[s->threads];
        ef_pool_init(&r->pool, s->what->plan);
        status = ef_filter_init(&r->filter, o->where, o->where_count, error);
        for (int k = 0; k < 2 && status == EF_OK; k++)
            status = ef_redaction_init(&r->redactions[k], o->redactions, error);
        if (status == EF_OK)
            status = ef_scratch_new(&r->scratch, error);
    }
    /* A column that is not there is told before anything is read. */
    if (status == EF_OK && first != NULL)
        status = ef_filter_enter(&s->reviewers[0].filter, first, error);
    return status;
}

static void close_scan(scan *s)
{
    for (size_t i = 0; s->blocks != NULL && i < s->block_count; i++) {
        ef_buffer_release(&s->blocks[i].block.bytes);
        ef_notes_release(&s->blocks[i].notes);
    }
    for (unsigned i = 0; i < s->threads; i++) {
        reviewer *r = &s->reviewers[i];
        ef_cursor_release(&r->cursor);
        ef_scratch_free(r->scratch);
        ef_filter_release(&r->filter);
        ef_redaction_release(&r->redactions[0]);
        ef_redaction_release(&r->redactions[1]);
        ef_buffer_release(&r->trouble);
        ef_pool_release(&r->pool);
    }
    free(s->blocks);
    free(s->reviewers);
    ef_notes_release(&s->early);
    ef_reader_free(s->reader);
}

static ef_status run_scan(scan *s, ef_error *error)
{
    const ef_layout *first = NULL;
    ef_status status = open_reader(s, &first, error);
    if (status == EF_OK)
        status = open_reviewers(s, first, error);
    if (status != EF_OK)
        return status;
    ef_job job = { .user = s,
                   .threads = s->threads,
                   .read = read_block,
                   .work = work_block,
                   .commit = commit_block,
                   .idle = wait_for_block };
    ef_job_run(&job);
    if (s->status != EF_OK && error != NULL)
        *error = s->error;
    return s->status == EF_OK && s->is_stopped ? EF_END : s->status;
}

ef_status ef_review_scan_run(const ef_review_scan *what, ef_pool *pool,
                             ef_review_counts *counts, ef_error *error)
{
    ef_engine_info info;
    ef_engine_describe(what->engine, &info);
    scan s = { .what = what,
               .kernels = ef_kernels_select(info.kernels),
               .last_progress_ms = now_ms() };
    ef_status status = run_scan(&s, error);
    for (unsigned i = 0; i < s.threads && status == EF_OK; i++) {
        counts->too_long += s.reviewers[i].too_long;
        if (!ef_pool_merge(pool, &s.reviewers[i].pool))
            status = ef_error_memory(error);
    }
    counts->records = s.summary.counts.records;
    counts->needs_review = s.summary.needs_review;
    close_scan(&s);
    return status;
}
