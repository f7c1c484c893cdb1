/* SPDX-License-Identifier: MIT
 * pipeline/gather.c - what the engine finds in every training text. */
#include "pipeline/gather.h"

#include <stdlib.h>

#include "base/error.h"
#include "pipeline/share_work.h"

enum { STRETCHES = 64 };

/* What one thread finds in a stretch of texts. */
typedef struct stretch {
    ef_buffer hashes, repeats;
    bool failed;
} stretch;

typedef struct job {
    const ef_engine *engine;
    const ef_model *vocabulary;
    const ef_texts *texts;
    ef_gather_what what;
    ef_gathered *out;
    stretch stretches[STRETCHES];
} job;

static size_t start_of(const job *j, size_t index)
{
    return j->texts->count * index / STRETCHES;
}

static void append_words(ef_buffer *list, const ef_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        if (words->items[i].kind == EF_TOKEN_WORD)
            ef_buffer_append(list, &words->items[i].hash, sizeof(uint64_t));
}

static void append_features(ef_buffer *list, const ef_features *features)
{
    for (size_t i = 0; i < features->count; i++)
        ef_buffer_append(list, &features->list[i].hash, sizeof(uint64_t));
}

/* Walks one text and appends its hashes to list. False without memory. */
static bool walk(const job *j, ef_scratch *scratch, size_t index, ef_buffer *list)
{
    ef_text_walk walk;
    ef_status status;
    ef_text_walk_start(&walk, &j->engine->lexicon, j->vocabulary, j->engine->kernels,
                       scratch, ef_texts_at(j->texts, index));
    walk.lists_features = j->what != EF_GATHER_WORDS;
    while ((status = ef_text_walk_next(&walk)) == EF_OK) {
        ef_totals totals;
        ef_text_walk_totals(&walk, &totals);
        ef_totals_add(&j->out->totals[index], &totals);
        j->out->language_words[index] += walk.language_words;
        if (j->out->felt != NULL)
            ef_emotion_sums_add(&j->out->felt[index], walk.findings);
        if (j->what == EF_GATHER_WORDS)
            append_words(list, scratch->words);
        else
            append_features(list, &scratch->features);
    }
    return status == EF_END && !list->failed;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Moves a text's list of hashes to the stretch, each once. Returns how many. */
static uint32_t move_unique(stretch *s, ef_buffer *list)
{
    size_t count = list->size / sizeof(uint64_t);
    void *bytes = list->data; /* from malloc: aligned */
    uint64_t *hashes = bytes;
    uint32_t unique = 0;
    if (count > 1)
        qsort(hashes, count, sizeof *hashes, by_value);
    for (size_t i = 0; i < count; unique++) {
        size_t end = i + 1;
        while (end < count && hashes[end] == hashes[i])
            end++;
        ef_buffer_append(&s->hashes, &hashes[i], sizeof *hashes);
        ef_buffer_append_byte(&s->repeats, (uint8_t)(end - i > 255 ? 255 : end - i));
        i = end;
    }
    ef_buffer_reset(list);
    return unique;
}

static void gather_stretch(void *user, size_t index)
{
    job *j = user;
    stretch *s = &j->stretches[index];
    ef_scratch *scratch;
    ef_buffer list = { 0 };
    if (ef_scratch_new(&scratch, NULL) != EF_OK) {
        s->failed = true;
        return;
    }
    for (size_t i = start_of(j, index); i < start_of(j, index + 1) && !s->failed; i++) {
        const ef_training_text *text = &j->texts->list[i];
        ef_text_features *out = &j->out->texts[i];
        *out = (ef_text_features){ .label = text->label,
                                   .part = (uint8_t)(2 * text->family),
                                   .weight = text->weight };
        if (j->what == EF_GATHER_FEATURES && text->label >= EF_CLASSES)
            continue;
        s->failed = !walk(j, scratch, i, &list);
        out->count = s->failed ? 0 : move_unique(s, &list);
    }
    s->failed |= s->hashes.failed || s->repeats.failed;
    ef_buffer_release(&list);
    ef_scratch_free(scratch);
}

/* Puts the stretches behind each other and tells each text where its hashes begin. */
static bool join(job *j)
{
    ef_gathered *out = j->out;
    for (size_t i = 0; i < STRETCHES; i++)
        out->count += j->stretches[i].repeats.size;
    out->hashes = malloc((out->count + 1) * sizeof *out->hashes);
    out->repeats = malloc(out->count + 1);
    if (out->hashes == NULL || out->repeats == NULL)
        return false;
    uint64_t at = 0;
    for (size_t i = 0; i < STRETCHES; i++) {
        stretch *s = &j->stretches[i];
        if (s->failed)
            return false;
        if (s->repeats.size > 0) {
            memcpy(out->hashes + at, s->hashes.data, s->hashes.size);
            memcpy(out->repeats + at, s->repeats.data, s->repeats.size);
        }
        at += s->repeats.size;
        ef_buffer_release(&s->hashes);
        ef_buffer_release(&s->repeats);
    }
    uint64_t first = 0;
    for (size_t i = 0; i < j->texts->count; i++) {
        out->texts[i].first = first;
        first += out->texts[i].count;
    }
    return true;
}

ef_status ef_gather(ef_gathered *gathered, const ef_engine *engine,
                    const ef_model *vocabulary, const ef_texts *texts, ef_gather_what what,
                    unsigned threads, ef_error *error)
{
    size_t room = texts->count + 1;
    memset(gathered, 0, sizeof *gathered);
    gathered->texts = calloc(room, sizeof *gathered->texts);
    gathered->totals = calloc(room, sizeof *gathered->totals);
    gathered->language_words = calloc(room, sizeof *gathered->language_words);
    if (what == EF_GATHER_EMOTIONS)
        gathered->felt = calloc(room, sizeof *gathered->felt);
    job *j = calloc(1, sizeof *j);
    bool is_done = (what != EF_GATHER_EMOTIONS || gathered->felt != NULL) &&
                   gathered->texts != NULL && gathered->totals != NULL &&
                   gathered->language_words != NULL && j != NULL;
    if (is_done) {
        j->engine = engine;
        j->vocabulary = vocabulary;
        j->texts = texts;
        j->what = what;
        j->out = gathered;
        ef_share_work(threads, STRETCHES, gather_stretch, j);
        is_done = join(j);
        for (size_t i = 0; i < STRETCHES; i++) {
            ef_buffer_release(&j->stretches[i].hashes);
            ef_buffer_release(&j->stretches[i].repeats);
        }
    }
    free(j);
    if (is_done)
        return EF_OK;
    ef_gathered_release(gathered);
    return ef_error_memory(error);
}

void ef_gathered_release(ef_gathered *gathered)
{
    free(gathered->hashes);
    free(gathered->repeats);
    free(gathered->texts);
    free(gathered->totals);
    free(gathered->language_words);
    free(gathered->felt);
    memset(gathered, 0, sizeof *gathered);
}
