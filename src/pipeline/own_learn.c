/* SPDX-License-Identifier: MIT
 * pipeline/own_learn.c - from a user's texts to an own model, and what it is worth. */
#include "pipeline/own_learn.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "model/compare.h"
#include "model/logits.h"
#include "model/quantize.h"
#include "model/residual.h"
#include "pipeline/own_choice.h"
#include "pipeline/share_work.h"
#include "score/own.h"

enum { INPUTS = EF_OWN_INPUTS + 1, LEAST_BITS = 10, MOST_BITS = 20, SAMPLES = 8 };

/* In texts: what draws every coefficient to the default's 0. */
static const double PULL = 5.0;
static const double INPUT_ONE = 1000.0, LOGIT_ONE = 65536.0;

typedef struct learning {
    ef_own_texts *texts;
    const ef_own_options *options;
    ef_parts aside;   /* nothing is learnt from these parts */
    unsigned samples; /* of SAMPLES: from so many of the texts is learnt */
    unsigned slot_bits;
    ef_residual_text *polarity, *neutrality; /* parallel to the texts */
    int32_t (*p)[3];                         /* of each text, by the blend at hand */
    ef_judged (*judged)[2];                  /* by the default and by an own model */
    bool *is_judged;
    ef_status statuses[EF_OWN_PARTS];
} learning;

static bool is_in(const learning *l, size_t text, ef_parts parts)
{
    return parts >> l->texts->counts.texts[text].part & 1;
}

static bool is_learnt_from(const learning *l, size_t text, ef_parts left_out)
{
    return !is_in(l, text, left_out | l->aside) &&
           l->texts->texts[text].bundle % SAMPLES < l->samples;
}

/* --- the blend --------------------------------------------------------------------- */

typedef struct selection {
    const learning *learning;
    ef_parts left_out;
    bool has_evidence;  /* own evidence counts */
    bool keeps_neutral; /* each text is two rows, the second neutral: both weigh as much as
                           the default thinks the text is so */
} selection;

static void read_row(const void *user, size_t index, ef_logit_row *row)
{
    const selection *s = user;
    const ef_own_texts *texts = s->learning->texts;
    size_t count = texts->counts.text_count, text = index % count;
    if (!is_learnt_from(s->learning, text, s->left_out))
        return;
    const ef_own_text *t = &texts->texts[text];
    ef_totals totals = t->totals;
    int32_t inputs[INPUTS];
    if (!s->has_evidence)
        totals.own_polarity = totals.own_neutrality = 0;
    ef_own_inputs(&totals, t->polarity, t->neutrality, inputs);
    for (int i = 0; i < INPUTS; i++)
        row->x[i] = inputs[i] / INPUT_ONE;
    row->polarity = t->polarity / LOGIT_ONE;
    row->neutrality = t->neutrality / LOGIT_ONE;
    row->label = index < count ? texts->counts.texts[text].label : EF_NEUTRAL;
    row->has_neutral = texts->has_neutral || s->keeps_neutral;
    row->weight = 1;
    if (s->keeps_neutral) {
        double neutral = exp(row->neutrality), others = 2 * cosh(row->polarity / 2);
        row->weight = (index < count ? others : neutral) / (neutral + others);
    }
}

static ef_status fit_rows(const selection *s, double at[2 * INPUTS], ef_error *error)
{
    size_t texts = s->learning->texts->counts.text_count;
    ef_logit_problem problem = { read_row, s,    s->keeps_neutral ? 2 * texts : texts,
                                 INPUTS,   PULL, NULL };
    memset(at, 0, 2 * INPUTS * sizeof *at);
    return ef_logits_fit(&problem, at, error);
}

/* Without neutral texts only polarity can be learnt. Neutral then keeps the share that the
 * default gives it while the default's own evidence is brought to scale, and yields to
 * words that the own model knows. */
static ef_status fit(const learning *l, ef_parts left_out, bool has_evidence,
                     ef_own_blend *blend, ef_error *error)
{
    double polarity[2 * INPUTS], neutrality[2 * INPUTS];
    selection s = { l, left_out, has_evidence, false },
              plain = { l, left_out, false, true };
    ef_status status = fit_rows(&s, polarity, error);
    if (l->texts->has_neutral)
        memcpy(neutrality, polarity, sizeof neutrality);
    else if (status == EF_OK)
        status = fit_rows(&plain, neutrality, error);
    for (int i = 0; status == EF_OK && i < INPUTS; i++) {
        blend->polarity[i] = (int32_t)lrint(polarity[i] * LOGIT_ONE);
        blend->neutrality[i] = (int32_t)lrint(neutrality[INPUTS + i] * LOGIT_ONE);
    }
    return status;
}

static void fill_probabilities(const learning *l, const ef_own_blend *blend)
{
    for (size_t i = 0; i < l->texts->counts.text_count; i++) {
        int32_t polarity = l->texts->texts[i].polarity;
        int32_t neutrality = l->texts->texts[i].neutrality;
        ef_own_shift(blend, &l->texts->texts[i].totals, &polarity, &neutrality);
        ef_blend_of_logits(polarity, neutrality, l->p[i]);
    }
}

/* --- weights ----------------------------------------------------------------------- */

/* What a text is to the weights: the logits of the default, once its scale and its classes'
 * shares fit these texts, and the side on which it stands. */
static ef_status set_targets(learning *l, ef_error *error)
{
    ef_own_blend calibrated;
    ef_status status = fit(l, EF_NO_PART, false, &calibrated, error);
    if (status != EF_OK)
        return status;
    for (size_t i = 0; i < l->texts->counts.text_count; i++) {
        unsigned label = l->texts->counts.texts[i].label;
        int32_t a = l->texts->texts[i].polarity, n = l->texts->texts[i].neutrality;
        float cost = is_learnt_from(l, i, EF_NO_PART) ? 1 : 0;
        ef_own_shift(&calibrated, &l->texts->texts[i].totals, &a, &n);
        double polarity = a / LOGIT_ONE, others = log(2 * cosh(polarity / 2));
        l->polarity[i] =
            (ef_residual_text){ (float)polarity, label == EF_NEUTRAL    ? 0
                                                 : label == EF_NEGATIVE ? -cost
                                                                        : cost };
        l->neutrality[i] = (ef_residual_text){ (float)(n / LOGIT_ONE - others),
                                               !l->texts->has_neutral ? 0
                                               : label == EF_NEUTRAL  ? cost
                                                                      : -cost };
    }
    return EF_OK;
}

static ef_status train(const learning *l, ef_parts left_out, ef_weight *placed,
                       uint64_t *kept)
{
    const ef_counts *counts = &l->texts->counts;
    size_t room = counts->count + 1;
    ef_float_weights weights = { malloc(room * sizeof(float)),
                                 malloc(room * sizeof(float)) };
    ef_parts unseen = left_out | l->aside;
    ef_status status = EF_ERR_MEMORY;
    if (weights.polarity != NULL && weights.neutrality != NULL)
        status = ef_residual_train(counts, l->polarity, unseen, weights.polarity, NULL);
    if (status == EF_OK)
        status = ef_residual_train(counts, l->neutrality, unseen, weights.neutrality, NULL);
    for (size_t i = 0; status == EF_OK && i < counts->count; i++) {
        weights.polarity[i] *= EF_OWN_UNITS;
        weights.neutrality[i] *= EF_OWN_UNITS;
    }
    if (status == EF_OK)
        status = ef_weights_place(counts, &weights, l->slot_bits, placed, kept, NULL);
    free(weights.polarity);
    free(weights.neutrality);
    return status;
}

static void set_evidence(const ef_counts *counts, const ef_weight *placed, size_t index,
                         ef_totals *totals)
{
    const ef_text_features *text = &counts->texts[index];
    totals->own_polarity = totals->own_neutrality = totals->own_known = 0;
    for (uint64_t i = text->first; i < text->first + text->count; i++) {
        const ef_weight *w = &placed[counts->ids[i]];
        totals->own_polarity += (int64_t)w->polarity * counts->repeats[i];
        totals->own_neutrality += (int64_t)w->neutrality * counts->repeats[i];
        totals->own_known += w->print != 0 ? counts->repeats[i] : 0;
    }
}

static bool is_empty(const learning *l, size_t part)
{
    const uint64_t *labels = l->texts->counts.totals[2 * part];
    return labels[EF_NEGATIVE] + labels[EF_NEUTRAL] + labels[EF_POSITIVE] == 0;
}

/* Gives the texts of a part the evidence of weights that did not see them. */
static void try_part(void *user, size_t part)
{
    learning *l = user;
    uint64_t kept;
    if (is_empty(l, part))
        return;
    ef_weight *placed = malloc((l->texts->counts.count + 1) * sizeof *placed);
    l->statuses[part] =
        placed == NULL ? EF_ERR_MEMORY : train(l, EF_BOTH_PARTS(part), placed, &kept);
    for (size_t i = 0; l->statuses[part] == EF_OK && i < l->texts->counts.text_count; i++)
        if (is_in(l, i, EF_BOTH_PARTS(part)))
            set_evidence(&l->texts->counts, placed, i, &l->texts->texts[i].totals);
    free(placed);
}

/* Every text gets evidence that it had no part in. */
static ef_status try_all(learning *l, ef_error *error)
{
    for (size_t i = 0; i < l->texts->counts.text_count; i++) {
        ef_totals *totals = &l->texts->texts[i].totals;
        totals->own_polarity = totals->own_neutrality = totals->own_known = 0;
    }
    if (l->options->only_calibrates)
        return EF_OK;
    ef_status status = set_targets(l, error);
    if (status != EF_OK)
        return status;
    ef_share_work(l->options->threads, EF_OWN_PARTS, try_part, l);
    for (size_t part = 0; part < EF_OWN_PARTS; part++)
        if (l->statuses[part] != EF_OK)
            return ef_error_memory(error); /* nothing else fails here */
    return EF_OK;
}

/* --- joining and judging ----------------------------------------------------------- */

/* Blend and class weights from the texts that are not left out. */
static ef_status join(const learning *l, ef_parts left_out, ef_own_blend *blend,
                      ef_class_weights *weights, ef_error *error)
{
    ef_status status = fit(l, left_out, true, blend, error);
    if (status != EF_OK)
        return status;
    fill_probabilities(l, blend);
    for (size_t i = 0; i < l->texts->counts.text_count; i++)
        l->is_judged[i] = is_learnt_from(l, i, left_out);
    ef_own_choose(l->texts, (const int32_t(*)[3])l->p, l->is_judged, weights);
    return EF_OK;
}

/* Judges a part by what the others teach. */
static ef_status judge_part(const learning *l, ef_parts part, ef_error *error)
{
    ef_own_blend blend;
    ef_class_weights weights;
    bool two = !l->texts->has_neutral;
    ef_status status = join(l, part, &blend, &weights, error);
    for (size_t i = 0; status == EF_OK && i < l->texts->counts.text_count; i++) {
        unsigned label = l->texts->counts.texts[i].label;
        const ef_own_text *text = &l->texts->texts[i];
        int32_t p[3];
        if (!is_in(l, i, part))
            continue;
        ef_blend_of_logits(text->polarity, text->neutrality, p);
        l->judged[i][0] = ef_judge(p, label, two);
        l->judged[i][1] = ef_judge_weighed(l->p[i], label, two, &weights);
    }
    return status;
}

/* Judges all texts of the parts: those that are set aside, or each part in turn. */
static ef_status judge(const learning *l, ef_error *error)
{
    ef_status status = EF_OK;
    if (l->aside != EF_NO_PART)
        return judge_part(l, l->aside, error);
    for (size_t part = 0; status == EF_OK && part < EF_OWN_PARTS; part++)
        if (!is_empty(l, part))
            status = judge_part(l, EF_BOTH_PARTS(part), error);
    return status;
}

/* Moves what was judged together and fills the figures of both models. */
static ef_status evaluate(const learning *l, ef_own_summary *summary, ef_error *error)
{
    size_t count = 0, texts = l->texts->counts.text_count;
    ef_judged(*pairs)[2] = malloc((texts + 1) * sizeof *pairs);
    ef_judged *one = malloc((texts + 1) * sizeof *one);
    uint16_t *bundles = malloc((texts + 1) * sizeof *bundles);
    bool has_memory = pairs != NULL && one != NULL && bundles != NULL;
    for (size_t i = 0; has_memory && i < texts; i++)
        if (l->aside == EF_NO_PART || is_in(l, i, l->aside)) {
            memcpy(pairs[count], l->judged[i], sizeof *pairs);
            bundles[count++] = l->texts->texts[i].bundle;
        }
    for (size_t model = 0; has_memory && model < 2; model++) {
        for (size_t i = 0; i < count; i++)
            one[i] = pairs[i][model];
        ef_evaluate(one, count, &summary->models[model].all);
    }
    summary->tried = count;
    ef_side_by_side side = { &pairs[0][0], bundles, count, 2 };
    ef_status status =
        has_memory ? ef_compare(&side, summary->models, error) : ef_error_memory(error);
    free(pairs);
    free(one);
    free(bundles);
    return status;
}

static uint64_t texts_learnt(const learning *l)
{
    uint64_t count = 0;
    for (size_t i = 0; i < l->texts->counts.text_count; i++)
        count += is_learnt_from(l, i, EF_NO_PART);
    return count;
}

static void note(const learning *l, const char *line)
{
    if (l->options->note != NULL)
        l->options->note(l->options->note_user, line);
}

/* What the texts teach of texts that they do not see; with a curve, from fewer texts
 * first. */
static ef_status try_out(learning *l, ef_own_summary *summary, ef_error *error)
{
    ef_status status = EF_OK;
    l->aside = l->options->tries_latest ? EF_BOTH_PARTS(EF_OWN_LATEST) : EF_NO_PART;
    for (int i = l->options->has_curve ? 0 : EF_OWN_CURVE - 1;
         status == EF_OK && i < EF_OWN_CURVE; i++) {
        char line[80];
        l->samples = SAMPLES >> (EF_OWN_CURVE - 1 - i);
        summary->curve[i].texts = texts_learnt(l);
        snprintf(line, sizeof line, "trying what %llu texts teach",
                 (unsigned long long)summary->curve[i].texts);
        note(l, line);
        status = try_all(l, error);
        if (status == EF_OK)
            status = judge(l, error);
        if (status == EF_OK)
            status = evaluate(l, summary, error);
        summary->curve[i].own = summary->models[1].all;
    }
    return status;
}

/* --- all of it --------------------------------------------------------------------- */

/* A table with three slots free of four: hardly a feature loses its slot to another. */
static unsigned bits_for(size_t features)
{
    unsigned bits = LEAST_BITS;
    while (bits < MOST_BITS && (size_t)1 << bits < 4 * features)
        bits++;
    return bits;
}

static ef_status fill_slots(const learning *l, ef_own_model *model, ef_weight **slots,
                            ef_error *error)
{
    const ef_counts *counts = &l->texts->counts;
    *slots = calloc((size_t)1 << l->slot_bits, sizeof **slots);
    ef_weight *placed = malloc((counts->count + 1) * sizeof *placed);
    ef_status status = *slots == NULL || placed == NULL ? EF_ERR_MEMORY : EF_OK;
    if (status == EF_OK && !l->options->only_calibrates) {
        status = train(l, EF_NO_PART, placed, &model->info.feature_count);
        if (status == EF_OK)
            ef_weights_fill(counts, placed, l->slot_bits, *slots);
    }
    free(placed);
    model->weights = *slots;
    model->slot_bits = l->slot_bits;
    return status == EF_OK ? EF_OK : ef_error_memory(error);
}

/* The model itself, from all texts. */
static ef_status make(learning *l, ef_own_model *model, ef_weight **slots, ef_error *error)
{
    note(l, "learning from all texts");
    ef_status status = EF_OK;
    if (l->aside != EF_NO_PART) {
        l->aside = EF_NO_PART;
        status = try_all(l, error);
    }
    if (status == EF_OK)
        status = join(l, EF_NO_PART, &model->blend, &model->class_weights, error);
    return status == EF_OK ? fill_slots(l, model, slots, error) : status;
}

ef_status ef_own_learn(ef_own_texts *texts, const ef_own_options *options,
                       ef_own_model *model, ef_weight **slots, ef_own_summary *summary,
                       ef_error *error)
{
    size_t room = texts->counts.text_count + 1;
    learning l = { .texts = texts, .options = options };
    l.slot_bits = options->only_calibrates ? LEAST_BITS : bits_for(texts->counts.count);
    l.polarity = calloc(room, sizeof *l.polarity);
    l.neutrality = calloc(room, sizeof *l.neutrality);
    l.p = calloc(room, sizeof *l.p);
    l.judged = calloc(room, sizeof *l.judged);
    l.is_judged = calloc(room, sizeof *l.is_judged);
    ef_status status = EF_OK;
    if (l.polarity == NULL || l.neutrality == NULL || l.p == NULL || l.judged == NULL ||
        l.is_judged == NULL)
        status = ef_error_memory(error);
    if (status == EF_OK)
        status = try_out(&l, summary, error);
    if (status == EF_OK)
        status = make(&l, model, slots, error);
    free(l.polarity);
    free(l.neutrality);
    free(l.p);
    free(l.judged);
    free(l.is_judged);
    return status;
}
