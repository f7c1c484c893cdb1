/* SPDX-License-Identifier: MIT
 * pipeline/run.c - the main job: score all inputs, on threads, into one output.
 *
 * Three callbacks for the workers: read a block into a piece, score it, commit it. Only
 * commit touches outputs, summary and the user's callbacks, and only in the thread that
 * called ef_run_score.
 * Invariant: what is committed depends on the pieces alone, and these on the input alone:
 * the output is the same at any number of threads. */
#include "earful/app/run.h"

#include "base/error.h"
#include "pipeline/output.h"
#include "pipeline/pipeline.h"
#include "pipeline/rejects.h"
#include "pipeline/workers.h"

#include <stdlib.h>
#include <time.h>

enum {
    MOST_THREADS = 256,
    THREAD_SHARE = 256 << 10, /* stored bytes that are worth starting a thread */
    PROGRESS_MS = 100
};

typedef struct run {
    const ef_run_options *options;
    ef_engine_info info;
    ef_reader *reader;
    const ef_layout *layout; /* of the first input; NULL if all are empty */
    ef_scoring scoring;
    ef_writing opened;
    ef_output output, rejects;
    bool has_rejects;
    ef_notes *reading; /* where the reader's own notices go */
    ef_notes early;    /* those from before the first block */
    ef_piece *pieces;
    size_t piece_count;
    ef_hand *hands;
    unsigned threads;
    bool has_records;  /* something has been written behind the head */
    ef_buffer scratch; /* head, separators, rejects */
    ef_run_summary *summary;
    ef_reader_counts records; /* what the committed blocks' records add up to */
    int64_t last_progress_ms;
    bool is_stopped;  /* by the user, before the end */
    ef_status status; /* EF_OK until something failed */
    ef_error error;
} run;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool fail(run *r, ef_status status, const ef_error *error)
{
    r->status = status;
    r->error = *error;
    return false;
}

/* Tells the user how far it has come, unless that was a moment ago. False: stop. */
static bool tell_progress(run *r)
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
    ef_notes_keep(((run *)user)->reading, notice);
}

static void give_notice(void *user, const ef_notice *notice)
{
    run *r = user;
    const ef_reader_options *options = &r->options->reader;
    if (r->has_rejects && notice->kind == EF_NOTICE_REJECT)
        ef_reject_append(&r->scratch, notice);
    if (options->notice != NULL)
        options->notice(options->notice_user, notice);
}

/* Gives notices out and writes what was rejected. */
static ef_status replay(run *r, ef_notes *notes, ef_error *error)
{
    bool is_lost = notes->bytes.failed;
    ef_buffer_reset(&r->scratch);
    ef_notes_replay(notes, give_notice, r);
    if (is_lost || r->scratch.failed)
        return ef_error_memory(error);
    if (!r->has_rejects)
        return EF_OK;
    return ef_output_write(&r->rejects, ef_buffer_slice(&r->scratch), error);
}

static bool read_piece(void *user, size_t slot)
{
    run *r = user;
    ef_piece *piece = &r->pieces[slot];
    ef_piece_reset(piece);
    r->reading = &piece->notes;
    piece->status = ef_reader_block(r->reader, &piece->block, &piece->error);
    ef_reader_count(r->reader, &piece->read);
    return piece->status == EF_OK;
}

static void work_piece(void *user, size_t slot, unsigned worker)
{
    run *r = user;
    ef_pipeline_score(&r->scoring, &r->hands[worker], &r->pieces[slot]);
}

static void add_tally(run *r, const ef_piece *piece)
{
    ef_run_summary *summary = r->summary;
    for (size_t i = 0; i < sizeof summary->labels / sizeof summary->labels[0]; i++)
        summary->labels[i] += piece->tally.labels[i];
    summary->unknown_language += piece->tally.unknown_language;
    summary->needs_review += piece->tally.needs_review;
    ef_counts_add(&r->records, &piece->tally.counts);
    summary->counts = piece->read;
    ef_counts_add(&summary->counts, &r->records);
}

static ef_status write_records(run *r, ef_piece *piece, ef_error *error)
{
    ef_status status = EF_OK;
    if (!piece->has_records)
        return EF_OK;
    if (r->has_records)
        status =
            ef_output_write(&r->output, ef_slice_of(r->scoring.writer->separator), error);
    if (status == EF_OK)
        status = ef_output_write(&r->output, ef_buffer_slice(&piece->out), error);
    r->has_records = true;
    r->summary->bytes_written = r->output.written;
    return status;
}

static bool commit_piece(void *user, size_t slot)
{
    run *r = user;
    ef_piece *piece = &r->pieces[slot];
    ef_error error = { 0 };
    ef_status status = replay(r, &piece->notes, &error);
    if (status != EF_OK)
        return fail(r, status, &error);
    if (piece->status != EF_OK && piece->status != EF_END)
        return fail(r, piece->status, &piece->error);
    status = write_records(r, piece, &error);
    if (status != EF_OK)
        return fail(r, status, &error);
    add_tally(r, piece);
    return tell_progress(r) && !r->output.is_closed;
}

static bool wait_for_piece(void *user)
{
    return tell_progress(user);
}

static ef_status open_reader(run *r, ef_error *error)
{
    ef_reader_options options = r->options->reader;
    options.notice = keep_notice;
    options.notice_user = r;
    r->early.keeps_raw = r->options->rejects_path != NULL;
    r->reading = &r->early;
    return ef_reader_new(&r->reader, &options, error);
}

static const char *format_like(const ef_written_input *input)
{
    static const char *const kept[] = { "csv", "tsv", "ndjson" };
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (strcmp(input->format, kept[i]) == 0)
            return kept[i];
    return "ndjson";
}

/* The first input decides what is written. Inputs that are all empty decide nothing. */
static ef_status open_writing(run *r, ef_error *error)
{
    ef_written_input input = { .format = "" };
    ef_writer_options options = r->options->writer;
    ef_status status = ef_reader_first_layout(r->reader, &r->layout, error);
    if (status != EF_OK && status != EF_END)
        return status;
    if (r->layout != NULL)
        input = ef_written_input_of(r->layout);
    if (options.format == NULL)
        options.format = format_like(&input);
    status =
        ef_writing_open(&r->opened, &r->scoring.writer, &r->info, &options, &input, error);
    /* The copy of the options in opened keeps only strings that outlive this call. */
    r->scoring.opened = &r->opened;
    return status;
}

static ef_status open_outputs(run *r, ef_error *error)
{
    const ef_run_options *options = r->options;
    bool to_standard =
        options->output_path == NULL || strcmp(options->output_path, "-") == 0;
    if (options->rejects_path != NULL && strcmp(options->rejects_path, "-") == 0 &&
        to_standard)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "scores and rejects cannot both go to standard output");
    ef_status status = ef_output_open(&r->output, options->output_path, error);
    if (status == EF_OK && !options->keeps_controls)
        ef_output_show(&r->output, r->scoring.writer->shown);
    if (status == EF_OK && options->rejects_path != NULL) {
        status = ef_output_open(&r->rejects, options->rejects_path, error);
        ef_output_show(&r->rejects, EF_SHOWN_AS_JSON);
        r->has_rejects = status == EF_OK;
    }
    return status;
}

/* A thread costs less than a tenth of a millisecond; a small input needs none. */
static unsigned choose_threads(const run *r)
{
    ef_reader_counts counts;
    uint64_t threads = r->options->threads > 0 ? r->options->threads : ef_job_cores();
    ef_reader_count(r->reader, &counts);
    uint64_t useful = counts.total_bytes / THREAD_SHARE + 1;
    if (counts.total_bytes > 0 && threads > useful)
        threads = useful;
    return threads > MOST_THREADS ? MOST_THREADS : (unsigned)threads;
}

static ef_status open_hands(run *r, ef_error *error)
{
    r->threads = choose_threads(r);
    r->piece_count = ef_job_slots(r->threads);
    r->pieces = calloc(r->piece_count, sizeof *r->pieces);
    r->hands = calloc(r->threads, sizeof *r->hands);
    if (r->pieces == NULL || r->hands == NULL)
        return ef_error_memory(error);
    for (size_t i = 0; i < r->piece_count; i++)
        r->pieces[i].notes.keeps_raw = r->has_rejects;
    ef_status status = EF_OK;
    for (unsigned i = 0; i < r->threads && status == EF_OK; i++)
        status = ef_hand_init(&r->hands[i], r->options, error);
    /* A condition that cannot be met is told before anything is written. */
    if (status == EF_OK && r->layout != NULL)
        status = ef_filter_enter(&r->hands[0].filter, r->layout, error);
    return status;
}

/* Writes what stands before or behind the records. */
static ef_status write_frame(run *r, void (*frame)(ef_buffer *, const ef_writing *),
                             ef_error *error)
{
    ef_buffer_reset(&r->scratch);
    frame(&r->scratch, &r->opened);
    if (r->scratch.failed)
        return ef_error_memory(error);
    ef_status status = ef_output_write(&r->output, ef_buffer_slice(&r->scratch), error);
    r->summary->bytes_written = r->output.written;
    return status;
}

static ef_status open_all(run *r, const ef_engine *engine, ef_error *error)
{
    ef_engine_describe(engine, &r->info);
    r->scoring.engine = engine;
    r->scoring.kernels = ef_kernels_select(r->info.kernels);
    ef_status status = open_reader(r, error);
    if (status == EF_OK)
        status = open_writing(r, error);
    if (status == EF_OK)
        status = open_outputs(r, error);
    /* Also after a failure: the notices may be its reason. */
    ef_error other = { 0 };
    ef_status told = replay(r, &r->early, &other);
    if (status == EF_OK && told != EF_OK && error != NULL)
        *error = other;
    if (status == EF_OK)
        status = told;
    if (status == EF_OK)
        status = open_hands(r, error);
    if (status == EF_OK)
        status = write_frame(r, r->scoring.writer->begin, error);
    if (r->reader != NULL)
        ef_reader_count(r->reader, &r->summary->counts);
    return status;
}

static bool has_nothing(const run *r)
{
    return r->summary->counts.failed_inputs > 0 && r->summary->counts.records == 0;
}

static ef_status run_all(run *r, const ef_engine *engine, ef_error *error)
{
    ef_status status = open_all(r, engine, error);
    if (status != EF_OK)
        return status;
    ef_job job = { .user = r,
                   .threads = r->threads,
                   .read = read_piece,
                   .work = work_piece,
                   .commit = commit_piece,
                   .idle = wait_for_piece };
    if (!r->output.is_closed)
        ef_job_run(&job);
    if (r->status != EF_OK) {
        if (error != NULL)
            *error = r->error;
        return r->status;
    }
    status = write_frame(r, r->scoring.writer->end, error);
    /* What was stopped is not whole, and of inputs that could not be read there is nothing:
     * no file takes its final name. */
    if (r->is_stopped || has_nothing(r))
        return status;
    if (status == EF_OK && r->has_rejects)
        status = ef_output_finish(&r->rejects, error);
    if (status == EF_OK)
        status = ef_output_finish(&r->output, error);
    return status;
}

static void close_all(run *r)
{
    ef_output_discard(&r->output);
    ef_output_discard(&r->rejects);
    for (size_t i = 0; r->pieces != NULL && i < r->piece_count; i++)
        ef_piece_release(&r->pieces[i]);
    for (unsigned i = 0; r->hands != NULL && i < r->threads; i++)
        ef_hand_release(&r->hands[i]);
    free(r->pieces);
    free(r->hands);
    ef_buffer_release(&r->scratch);
    ef_notes_release(&r->early);
    ef_reader_free(r->reader);
}

ef_status ef_run_score(const ef_engine *engine, const ef_run_options *options,
                       ef_run_summary *summary, ef_error *error)
{
    memset(summary, 0, sizeof *summary);
    run r = { .options = options,
              .summary = summary,
              .output = { .descriptor = -1 },
              .rejects = { .descriptor = -1 },
              .last_progress_ms = now_ms() };
    ef_status status = run_all(&r, engine, error);
    summary->output_closed = r.output.is_closed;
    close_all(&r);
    return status;
}
