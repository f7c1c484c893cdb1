/* SPDX-License-Identifier: MIT
 * pipeline/benching.c - the clock of `earful bench`.
 *
 * The reference set scores the texts first, for half of a row's share of the time: what it
 * gets through is what is measured, so that a slow machine answers as soon as a fast one.
 * Then each row, a set with a number of threads, has its share: a run to warm up, then one
 * at least and nine at most. Invariant: every run of every row, the first included, gives
 * the reference's answer; a run that does not ends the bench. */
#include "earful/app/bench.h"

#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "base/hash.h"
#include "earful/scorer.h"
#include "kernels/kernels.h"
#include "pipeline/made_texts.h"
#include "pipeline/share_work.h"
#include "pipeline/workers.h"

enum {
    MOST_BYTES = 4 << 20, /* beyond most second caches */
    MOST_RUNS = 9,
    MOST_THREADS = 64, /* as many as ef_share_work starts */
    USUAL_MS = 5000
};

/* What the caller gets, and what it points to. */
typedef struct result {
    ef_benched shown; /* the first member: a pointer to it is one to all */
    ef_engine *reference;
    ef_buffer rows;
} result;

typedef struct benching {
    const ef_bench_options *options;
    ef_buffer bytes, ends; /* of texts, line ends included; uint64_t behind each of them */
    size_t count;          /* texts that are measured */
    const ef_engine *engine;
    ef_scratch *scratches[MOST_THREADS];
    uint64_t answers[MOST_THREADS];
    bool failed[MOST_THREADS];
    result *result;
} benching;

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* --- texts ------------------------------------------------------------------------- */

/* True as long as there is room. */
static bool add_text(benching *b, ef_slice text)
{
    ef_buffer_append_slice(&b->bytes, text);
    ef_buffer_append_byte(&b->bytes, '\n');
    uint64_t end = b->bytes.size;
    ef_buffer_append(&b->ends, &end, sizeof end);
    b->count++;
    return b->bytes.size < MOST_BYTES && !b->bytes.failed && !b->ends.failed;
}

static ef_slice text_at(const benching *b, size_t index)
{
    const uint64_t *ends = (const uint64_t *)b->ends.data;
    uint64_t begin = index == 0 ? 0 : ends[index - 1];
    return (ef_slice){ b->bytes.data + begin, ends[index] - begin - 1 };
}

static void make_texts(benching *b)
{
    ef_buffer text = { 0 };
    bool goes_on = true;
    for (size_t i = 0; goes_on && ef_made_text(&text, i); i++) {
        goes_on = add_text(b, ef_buffer_slice(&text));
        ef_buffer_reset(&text);
    }
    b->bytes.failed |= text.failed;
    ef_buffer_release(&text);
    b->result->shown.is_made = true;
}

static ef_status read_texts(benching *b, ef_error *error)
{
    ef_reader *reader;
    ef_record record;
    ef_status status = ef_reader_new(&reader, &b->options->reader, error);
    if (status != EF_OK)
        return status;
    while ((status = ef_reader_next(reader, &record, error)) == EF_OK)
        if (!add_text(b, record.text))
            break;
    b->result->shown.is_part = status == EF_OK;
    ef_reader_free(reader);
    return status == EF_END ? EF_OK : status;
}

static ef_status gather(benching *b, ef_error *error)
{
    ef_status status = EF_OK;
    if (b->options->reader.input_count == 0)
        make_texts(b);
    else
        status = read_texts(b, error);
    if (b->bytes.failed || b->ends.failed)
        return ef_error_memory(error);
    if (status == EF_OK && b->count == 0)
        return ef_error_set(error, EF_ERR_FORMAT, "there is no text to score");
    return status;
}

/* --- scoring ----------------------------------------------------------------------- */

/* Every figure of a score, so that two sets cannot differ unseen. */
static uint64_t answer_of(const ef_score *s)
{
    const int64_t figures[] = { s->label,     s->language,  s->score,      s->p_negative,
                                s->p_neutral, s->mixed,     s->p_positive, s->needs_review,
                                s->sentences, s->lowest,    s->highest,    s->confidence,
                                s->emotion,   s->emotion_p, s->signals,    s->coverage,
                                s->words };
    return ef_hash_bytes((const uint8_t *)figures, sizeof figures);
}

static bool score_one(const benching *b, ef_scratch *scratch, size_t index, ef_score *score,
                      uint64_t *answer)
{
    bool is_done =
        ef_score_text(b->engine, scratch, text_at(b, index), score, NULL) == EF_OK;
    *answer = ef_hash_combine(*answer, is_done ? answer_of(score) : 0);
    return is_done;
}

/* One thread's run. */
static void score_all(void *user, size_t thread)
{
    benching *b = user;
    ef_score score;
    b->answers[thread] = 0;
    b->failed[thread] = false;
    for (size_t i = 0; i < b->count && !b->failed[thread]; i++)
        b->failed[thread] =
            !score_one(b, b->scratches[thread], i, &score, &b->answers[thread]);
}

/* Lets the reference score as many texts as there is time for. */
static ef_status fit(benching *b, uint64_t budget, ef_error *error)
{
    ef_benched *shown = &b->result->shown;
    uint64_t limit = now_ns() + budget;
    size_t done = 0;
    while (done < b->count && (done == 0 || now_ns() < limit)) {
        ef_score score;
        if (!score_one(b, b->scratches[0], done, &score, &shown->answer))
            return ef_error_memory(error);
        shown->tokens += score.words;
        done++;
    }
    shown->is_part |= done < b->count;
    b->count = done;
    shown->messages = done;
    shown->bytes = ((const uint64_t *)b->ends.data)[done - 1];
    return EF_OK;
}

/* --- the clock --------------------------------------------------------------------- */

static int ascending(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void fill_times(ef_bench_row *row, uint64_t *times)
{
    qsort(times, row->runs, sizeof *times, ascending);
    row->ns = times[row->runs / 2];
    row->least_ns = times[0];
    row->most_ns = times[row->runs - 1];
}

static void count_newlines(benching *b, uint64_t budget)
{
    const ef_kernels *set = ef_kernels_select(NULL);
    ef_bench_row *row = &b->result->shown.newlines;
    uint64_t times[MOST_RUNS], end = now_ns() + budget;
    volatile size_t found; /* a count that nobody reads would not be made */
    *row = (ef_bench_row){ .kernels = set->name, .threads = 1 };
    found = set->count(b->bytes.data, b->result->shown.bytes, '\n');
    while (row->runs < MOST_RUNS && (row->runs == 0 || now_ns() < end)) {
        uint64_t start = now_ns();
        found = set->count(b->bytes.data, b->result->shown.bytes, '\n');
        times[row->runs++] = now_ns() - start;
    }
    (void)found;
    fill_times(row, times);
}

static ef_status run(benching *b, const ef_bench_row *row, ef_error *error)
{
    ef_share_work(row->threads, row->threads, score_all, b);
    for (unsigned i = 0; i < row->threads; i++) {
        if (b->failed[i])
            return ef_error_memory(error);
        if (b->answers[i] != b->result->shown.answer)
            return ef_error_set(error, EF_ERR_INTERNAL,
                                "kernels '%s' give other scores than 'scalar': "
                                "a bug; --kernels scalar avoids it",
                                row->kernels);
    }
    return EF_OK;
}

static ef_status measure(benching *b, ef_bench_row *row, uint64_t budget, ef_error *error)
{
    uint64_t times[MOST_RUNS], end = now_ns() + budget;
    ef_status status = run(b, row, error); /* to warm up */
    while (status == EF_OK && row->runs < MOST_RUNS && (row->runs == 0 || now_ns() < end)) {
        uint64_t start = now_ns();
        status = run(b, row, error);
        times[row->runs++] = now_ns() - start;
    }
    if (status != EF_OK)
        return status;
    fill_times(row, times);
    return ef_buffer_append(&b->result->rows, row, sizeof *row) ? EF_OK
                                                                : ef_error_memory(error);
}

static bool is_asked_for(const benching *b, const ef_kernels *set)
{
    const char *wanted = b->options->engine.kernels;
    return set->is_supported() && (wanted == NULL || strcmp(wanted, set->name) == 0);
}

static unsigned most_threads(const benching *b)
{
    unsigned most = b->options->threads == 0 ? ef_job_cores() : b->options->threads;
    return most < MOST_THREADS ? most : MOST_THREADS;
}

/* 1, 2, 4, … and the most: what comes behind n; 0 behind the most. */
static unsigned threads_behind(unsigned n, unsigned most)
{
    return n == most ? 0 : 2 * n < most ? 2 * n : most;
}

/* The time that each row has; the count of line ends is one, too. */
static uint64_t share_ns(const benching *b)
{
    unsigned sets = 0, counts = 0, given = b->options->milliseconds;
    for (size_t i = 0; ef_kernels_at(i) != NULL; i++)
        sets += is_asked_for(b, ef_kernels_at(i));
    for (unsigned n = 1; n != 0; n = threads_behind(n, most_threads(b)))
        counts++;
    return UINT64_C(1000000) * (given == 0 ? USUAL_MS : given) / (sets * counts + 1);
}

static ef_status measure_set(benching *b, const char *name, uint64_t budget,
                             ef_error *error)
{
    ef_engine_options options = b->options->engine;
    ef_engine *engine;
    options.kernels = name;
    ef_status status = ef_engine_new(&engine, &options, error);
    b->engine = engine;
    for (unsigned n = 1; n != 0 && status == EF_OK;
         n = threads_behind(n, most_threads(b))) {
        ef_bench_row row = { .kernels = name, .threads = n };
        status = measure(b, &row, budget, error);
    }
    ef_engine_free(engine);
    return status;
}

static ef_status measure_all(benching *b, uint64_t budget, ef_error *error)
{
    ef_status status = EF_OK;
    count_newlines(b, budget);
    for (size_t i = 0; ef_kernels_at(i) != NULL && status == EF_OK; i++)
        if (is_asked_for(b, ef_kernels_at(i)))
            status = measure_set(b, ef_kernels_at(i)->name, budget, error);
    return status;
}

/* --- all of it --------------------------------------------------------------------- */

/* The engine that is right by definition; a name of a set that is none is refused first. */
static ef_status open_reference(benching *b, ef_error *error)
{
    ef_engine_options options = b->options->engine;
    ef_engine *asked;
    ef_status status = ef_engine_new(&asked, &options, error);
    if (status != EF_OK)
        return status;
    ef_engine_free(asked);
    options.kernels = ef_kernels_at(0)->name;
    status = ef_engine_new(&b->result->reference, &options, error);
    b->engine = b->result->reference;
    for (unsigned i = 0; i < most_threads(b) && status == EF_OK; i++)
        status = ef_scratch_new(&b->scratches[i], error);
    return status;
}

static ef_status bench(benching *b, ef_error *error)
{
    ef_status status = open_reference(b, error);
    if (status == EF_OK)
        status = gather(b, error);
    if (status == EF_OK)
        status = fit(b, share_ns(b) / 2, error);
    if (status == EF_OK)
        status = measure_all(b, share_ns(b), error);
    return status;
}

ef_status ef_bench(ef_benched **benched, const ef_bench_options *options, ef_error *error)
{
    benching b = { .options = options, .result = calloc(1, sizeof *b.result) };
    *benched = NULL;
    if (b.result == NULL)
        return ef_error_memory(error);
    ef_status status = bench(&b, error);
    for (size_t i = 0; i < MOST_THREADS; i++)
        ef_scratch_free(b.scratches[i]);
    ef_buffer_release(&b.bytes);
    ef_buffer_release(&b.ends);
    *benched = &b.result->shown;
    if (status != EF_OK) {
        ef_benched_free(*benched);
        *benched = NULL;
        return status;
    }
    ef_engine_describe(b.result->reference, &(*benched)->info);
    (*benched)->rows = (const ef_bench_row *)b.result->rows.data;
    (*benched)->row_count = b.result->rows.size / sizeof(ef_bench_row);
    return EF_OK;
}

void ef_benched_free(ef_benched *benched)
{
    if (benched == NULL)
        return;
    result *r = (result *)benched;
    ef_engine_free(r->reference);
    ef_buffer_release(&r->rows);
    free(r);
}
