/* SPDX-License-Identifier: MIT
 * pipeline/own_texts.c - a user's labelled texts, and what the default model makes of them.
 *
 * Three stars count as a whole neutral text here, though they seldom say that a text is
 * neutral: an own model is to meet its user's stars, and it is measured by them. */
#include "pipeline/own_texts.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "model/compare.h"
#include "pipeline/labelled.h"

enum {
    HASHED_PARTS = EF_OWN_LATEST,
    LEAST_TO_CALIBRATE = 30, /* fewer are too few for any figure (METRICS: few) */
    LEAST_NEUTRAL = 30
};

typedef struct reading {
    const ef_own_options *options;
    ef_texts texts;
    ef_buffer times; /* int64_t of each text; INT64_MIN: none */
} reading;

static bool add_record(reading *r, const ef_labelled *l, uint64_t labels[4])
{
    ef_slice text = l->record.text;
    ef_slice key = r->options->hold_out != NULL ? l->group : text;
    size_t count = r->texts.count;
    int64_t time = l->record.has_time ? l->record.time_ms : INT64_MIN;
    if (l->label >= 0 &&
        !ef_texts_add(&r->texts, text, (unsigned)l->label,
                      (unsigned)(ef_hash_bytes(key.data, key.size) % HASHED_PARTS),
                      EF_WHOLE_WEIGHT))
        return false;
    bool is_added = r->texts.count > count;
    labels[is_added ? l->label + EF_LABEL_NEGATIVE : EF_LABEL_NONE]++;
    return !is_added || ef_buffer_append(&r->times, &time, sizeof time);
}

static ef_status read_records(reading *r, uint64_t labels[4], ef_error *error)
{
    const ef_own_options *o = r->options;
    ef_labelling how = { o->label, o->hold_out, o->where, o->where_count };
    ef_labelled labelled;
    ef_status status = ef_labelled_open(&labelled, &o->reader, &how, error);
    if (status != EF_OK)
        return status;
    while ((status = ef_labelled_next(&labelled, error)) == EF_OK)
        if (!add_record(r, &labelled, labels)) {
            status = ef_error_memory(error);
            break;
        }
    ef_labelled_close(&labelled);
    return status == EF_END ? EF_OK : status;
}

static ef_status check_labels(const reading *r, const uint64_t labels[4], ef_error *error)
{
    bool is_calibration = r->options->only_calibrates;
    unsigned least = is_calibration ? LEAST_TO_CALIBRATE : EF_OWN_LEAST;
    if (labels[EF_LABEL_NEGATIVE] >= least && labels[EF_LABEL_POSITIVE] >= least)
        return EF_OK;
    return ef_error_set(error, EF_ERR_ARGUMENT,
                        "too few texts to %s: %u negative and %u positive ones are "
                        "needed, there are %llu and %llu; a column of labels or ratings "
                        "says which they are",
                        is_calibration ? "calibrate" : "learn from", least, least,
                        (unsigned long long)labels[EF_LABEL_NEGATIVE],
                        (unsigned long long)labels[EF_LABEL_POSITIVE]);
}

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Makes the latest fifth of the texts a part of its own. Texts without a time stay. */
static ef_status set_latest_apart(reading *r, ef_error *error)
{
    void *bytes = r->times.data; /* from malloc: aligned */
    const int64_t *times = bytes;
    size_t count = r->texts.count, untimed = 0;
    int64_t *sorted = malloc((count + 1) * sizeof *sorted);
    if (sorted == NULL)
        return ef_error_memory(error);
    memcpy(sorted, times, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_value);
    while (untimed < count && sorted[untimed] == INT64_MIN)
        untimed++;
    int64_t first = sorted[count - 1 - (count - 1) / 5];
    free(sorted);
    if (untimed * 2 > count)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "most texts have no time: --time COL says where it is");
    for (size_t i = 0; i < count; i++)
        if (times[i] >= first)
            r->texts.list[i].family = EF_OWN_LATEST;
    return EF_OK;
}

static ef_status check_parts(const reading *r, ef_error *error)
{
    bool has[EF_OWN_PARTS] = { false };
    size_t count = 0;
    for (size_t i = 0; i < r->texts.count; i++)
        has[r->texts.list[i].family] = true;
    for (size_t part = 0; part < HASHED_PARTS; part++)
        count += has[part];
    return count >= 2 ? EF_OK
                      : ef_error_set(error, EF_ERR_ARGUMENT,
                                     "the column '%s' has too few values to hold texts out",
                                     r->options->hold_out);
}

/* Moves texts to the front: of few neutral ones nothing is learnt. */
static size_t keep_usable(ef_own_texts *own, reading *r, ef_gathered *g)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->texts.count; i++) {
        if (g->texts[i].label == EF_NEUTRAL && !own->has_neutral)
            continue;
        ef_slice text = ef_texts_at(&r->texts, i);
        own->texts[kept].totals = g->totals[i];
        own->texts[kept].bundle =
            (uint16_t)(ef_hash_bytes(text.data, text.size) / HASHED_PARTS % EF_BUNDLES);
        g->texts[kept++] = g->texts[i];
    }
    return kept;
}

static ef_status judge(ef_own_texts *own, const ef_engine *engine, reading *r,
                       ef_error *error)
{
    ef_gathered g;
    ef_status status = ef_gather(&g, engine, &engine->model, &r->texts, EF_GATHER_FEATURES,
                                 r->options->threads, error);
    if (status != EF_OK)
        return status;
    own->texts = calloc(r->texts.count + 1, sizeof *own->texts);
    if (own->texts == NULL) {
        ef_gathered_release(&g);
        return ef_error_memory(error);
    }
    size_t kept = keep_usable(own, r, &g);
    for (size_t i = 0; i < kept; i++)
        ef_blend_logits(engine->blend, &own->texts[i].totals, &own->texts[i].polarity,
                        &own->texts[i].neutrality);
    status = ef_counts_build(&own->counts, g.texts, kept, g.hashes, g.repeats,
                             2 * EF_OWN_PARTS, error);
    ef_gathered_release(&g);
    return status;
}

ef_status ef_own_texts_read(ef_own_texts *texts, const ef_engine *engine,
                            const ef_own_options *options, ef_error *error)
{
    reading r = { .options = options };
    memset(texts, 0, sizeof *texts);
    ef_status status = read_records(&r, texts->labels, error);
    texts->has_neutral = texts->labels[EF_LABEL_NEUTRAL] >= LEAST_NEUTRAL;
    if (status == EF_OK)
        status = check_labels(&r, texts->labels, error);
    if (status == EF_OK && options->hold_out != NULL)
        status = check_parts(&r, error);
    if (status == EF_OK && options->tries_latest)
        status = set_latest_apart(&r, error);
    if (status == EF_OK)
        status = judge(texts, engine, &r, error);
    ef_texts_release(&r.texts);
    ef_buffer_release(&r.times);
    if (status != EF_OK)
        ef_own_texts_release(texts);
    return status;
}

void ef_own_texts_release(ef_own_texts *texts)
{
    ef_counts_release(&texts->counts);
    free(texts->texts);
    memset(texts, 0, sizeof *texts);
}
