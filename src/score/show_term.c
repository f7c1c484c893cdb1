/* SPDX-License-Identifier: MIT
 * score/show_term.c - what the lexicon says of a word or phrase.
 *
 * The term is read as a text and matched as one: what is shown is what scoring would find
 * for it alone. */
#include "earful/app/lexicon_words.h"

#include <stdio.h>

#include "base/error.h"
#include "lexicon/lexicon_value.h"
#include "score/engine_parts.h"
#include "score/walk_text.h"

typedef struct showing {
    ef_lexicon_value_fn *found;
    void *user;
    size_t count;
} showing;

static void tell(showing *s, const char *section, const char *value, const char *extra)
{
    s->found(s->user, section, value, extra);
    s->count++;
}

static void show_weight(showing *s, const ef_lexicon_entry *entry)
{
    static const char *const negators[] = { "", "not", "none", "barely" };
    static const char *const contrasts[] = { "", "but", "although", "" };
    char value[16];
    if (entry->flags & EF_ENTRY_VALENCE) {
        snprintf(value, sizeof value, "%.1f", entry->valence / 100.0);
        tell(s, "valence", value, "");
    }
    if (entry->booster != 0) {
        snprintf(value, sizeof value, "%d", entry->booster);
        tell(s, "boosters", value, "");
    }
    if (ef_entry_negator(entry) != 0)
        tell(s, "negators", negators[ef_entry_negator(entry)], "");
    if (ef_entry_contrast(entry) != 0)
        tell(s, "contrast", contrasts[ef_entry_contrast(entry)], "");
    if (entry->flags & EF_ENTRY_IS_NUMBER) {
        snprintf(value, sizeof value, "%u", ef_entry_number(entry));
        tell(s, "numbers", value, "");
    }
}

/* Only what covers all the words: "good" says nothing of "good grief". */
static void show_match(showing *s, const ef_match *match, size_t words)
{
    if (match->entry != NULL && match->length == words)
        show_weight(s, match->entry);
    for (unsigned i = 0; match->signal_length == words && i < EF_SIGNAL_COUNT; i++)
        if (match->signals >> i & 1)
            tell(s, "signals", ef_signal_name(i), "");
    if (match->emotion != 0 && match->emotion_length == words) {
        const char strength[2] = { (char)('0' + (match->emotion >> 4)), '\0' };
        tell(s, "emotions", ef_emotion_name((ef_emotion)(match->emotion & 15)), strength);
    }
    if (match->frame != EF_FRAME_NO && match->frame_length == words)
        tell(s, "frames", ef_frame_name(match->frame), "");
}

ef_status ef_lexicon_show(const ef_engine *engine, ef_slice term,
                          ef_lexicon_value_fn *found, void *user, size_t *count,
                          ef_error *error)
{
    showing s = { found, user, 0 };
    ef_scratch *scratch;
    ef_text_walk walk;
    ef_status status = ef_scratch_new(&scratch, error);
    if (status != EF_OK)
        return status;
    ef_text_walk_start(&walk, &engine->lexicon,
                       engine->model.weights != NULL ? &engine->model : NULL,
                       engine->kernels, scratch, term);
    status = ef_text_walk_next(&walk);
    const ef_words *words = scratch->words;
    if (status == EF_OK && words->count > 0) {
        ef_match match;
        ef_lexicon_match(&engine->lexicon, words->items, words->count, &match);
        show_match(&s, &match, words->count);
    }
    ef_scratch_free(scratch);
    *count = s.count;
    return status == EF_OK || status == EF_END ? EF_OK : ef_error_memory(error);
}
