/* SPDX-License-Identifier: MIT
 * pipeline/card.c - what a model says about its own making. */
#include "pipeline/card.h"

#include <math.h>
#include <stdio.h>

#include "base/json_out.h"
#include "model/evaluate.h"

/* A figure between 0 and 1, in the unit of all figures. */
static int32_t unit(double figure)
{
    return (int32_t)lrint(figure * EF_UNIT);
}

static uint64_t texts_of(const ef_card *card, size_t family, unsigned label)
{
    uint64_t count = 0;
    for (size_t i = 0; i < card->counts->text_count; i++)
        count += card->counts->texts[i].part / 2 == family &&
                 card->counts->texts[i].label == label;
    return count;
}

/* Figures of a family left out of all training. */
static void write_figures(ef_buffer *json, const ef_family_result *result)
{
    const ef_evaluation *two = &result->two[EF_SCORER_BLEND];
    const ef_evaluation *three = &result->three[EF_SCORER_BLEND];
    if (two->texts > 0) {
        ef_buffer_append_text(json, ",\"balanced_accuracy\":");
        ef_buffer_append_unit(json, unit(two->balanced_accuracy));
        ef_buffer_append_text(json, ",\"calibration_error\":");
        ef_buffer_append_unit(json, unit(two->ece));
    }
    if (three->texts > 0) {
        ef_buffer_append_text(json, ",\"macro_f1\":");
        ef_buffer_append_unit(json, unit(three->macro_f1));
    }
}

static void write_family(ef_buffer *json, const ef_card *card, size_t family)
{
    static const char *const keys[EF_CLASSES] = { "negative", "neutral", "positive" };
    ef_json_key(json, "name");
    ef_json_string(json, ef_slice_of(card->texts->names[family]));
    for (unsigned label = 0; label < EF_CLASSES; label++) {
        ef_buffer_append_byte(json, ',');
        ef_json_key(json, keys[label]);
        ef_buffer_append_int(json, (int64_t)texts_of(card, family, label));
    }
    write_figures(json, &card->results[family]);
}

static bool is_trained_on(const ef_card *card, size_t family)
{
    return card->results[family].two[EF_SCORER_BLEND].texts > 0;
}

void ef_card_write(const ef_card *card, ef_buffer *json)
{
    const ef_vocabulary *v = card->vocabulary;
    ef_buffer_append_text(json, "{\"name\":");
    ef_json_string(json, ef_slice_of(card->name));
    ef_buffer_append_text(json, ",\"classifier\":");
    ef_json_string(json, ef_slice_of(card->classifier));
    ef_buffer_append_text(json, ",\"words\":");
    ef_buffer_append_int(json, (int64_t)v->words);
    ef_buffer_append_text(json, ",\"coverage_limit\":");
    ef_buffer_append_unit(json, v->coverage_limit);
    ef_buffer_append_text(json, ",\"figures\":\"each family left out of all training\"");
    ef_buffer_append_text(json, ",\"families\":[");
    bool is_first = true;
    for (size_t family = 0; family < card->texts->families; family++) {
        if (!is_trained_on(card, family))
            continue;
        ef_buffer_append_text(json, is_first ? "{" : ",{");
        write_family(json, card, family);
        ef_buffer_append_byte(json, '}');
        is_first = false;
    }
    ef_buffer_append_text(json, "]}");
}

/* --- as lines ---------------------------------------------------------------------- */

typedef struct column { /* a figure of every family, and its mean */
    double sum;
    size_t count;
} column;

static void add_cell(char *line, size_t size, size_t *at, column *c, const ef_evaluation *e,
                     double figure)
{
    int written = e->texts == 0 ? snprintf(line + *at, size - *at, "       -")
                                : snprintf(line + *at, size - *at, "  %.4f", figure);
    *at += written > 0 ? (size_t)written : 0;
    if (e->texts > 0) {
        c->sum += figure;
        c->count++;
    }
}

enum { FIGURES = 10 };

static void note_family(const ef_card *card, size_t family, column columns[FIGURES],
                        ef_training_note_fn *note, void *user)
{
    static const int order[EF_SCORERS] = { EF_SCORER_LEXICON, EF_SCORER_CLASSIFIER,
                                           EF_SCORER_BLEND };
    const ef_family_result *r = &card->results[family];
    char line[160];
    size_t at = (size_t)snprintf(line, sizeof line, "%-14.14s", card->texts->names[family]);
    for (int i = 0; i < EF_SCORERS; i++)
        add_cell(line, sizeof line, &at, &columns[i], &r->two[order[i]],
                 r->two[order[i]].balanced_accuracy);
    for (int i = 0; i < EF_SCORERS; i++)
        add_cell(line, sizeof line, &at, &columns[3 + i], &r->three[order[i]],
                 r->three[order[i]].macro_f1);
    add_cell(line, sizeof line, &at, &columns[6], &r->two[0], r->two[0].ece);
    add_cell(line, sizeof line, &at, &columns[7], &r->three[0], r->three[0].ece);
    add_cell(line, sizeof line, &at, &columns[8], &r->known_two,
             r->known_two.balanced_accuracy);
    add_cell(line, sizeof line, &at, &columns[9], &r->known_three, r->known_three.macro_f1);
    note(user, line);
}

/* Families pull the confidence both ways: together they tell what to expect of a new one.
 */
static void note_pooled(const ef_card *card, ef_training_note_fn *note, void *user)
{
    const ef_evaluation *two[EF_FAMILY_LIMIT], *three[EF_FAMILY_LIMIT];
    char line[160];
    for (size_t family = 0; family < card->texts->families; family++) {
        two[family] = &card->results[family].two[EF_SCORER_BLEND];
        three[family] = &card->results[family].three[EF_SCORER_BLEND];
    }
    snprintf(
        line, sizeof line,
        "calibration error of all families together: %.4f of two classes, %.4f of three",
        ef_pooled_calibration_error(two, card->texts->families),
        ef_pooled_calibration_error(three, card->texts->families));
    note(user, line);
}

void ef_card_note(const ef_card *card, ef_training_note_fn *note, void *user)
{
    column columns[FIGURES] = { { 0, 0 } };
    char line[160];
    note(user, "each family left out: balanced accuracy of two classes, macro-F1 of three, "
               "calibration error; then texts held back of a known family");
    note(user, "family         lexicon classif   blend lexicon classif   blend   ece 2   "
               "ece 3   two k three k");
    for (size_t family = 0; family < card->texts->families; family++)
        if (is_trained_on(card, family))
            note_family(card, family, columns, note, user);
    size_t at = (size_t)snprintf(line, sizeof line, "%-14s", "mean");
    for (int i = 0; i < FIGURES; i++) {
        int size = columns[i].count == 0
                       ? snprintf(line + at, sizeof line - at, "       -")
                       : snprintf(line + at, sizeof line - at, "  %.4f",
                                  columns[i].sum / (double)columns[i].count);
        at += size > 0 ? (size_t)size : 0;
    }
    note(user, line);
    note_pooled(card, note, user);
}
