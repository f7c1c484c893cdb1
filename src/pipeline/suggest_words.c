/* SPDX-License-Identifier: MIT
 * pipeline/suggest_words.c - words that labelled texts would add to a lexicon.
 *
 *     texts → words → counts → log ratios, domains → the sure ones → how they are spelt
 *
 * Counts know hashes only. So the texts are walked once more for the spelling of the few
 * words that are left, and for how often they are written with a capital. */
#include "earful/app/lexicon_words.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "model/sides.h"
#include "pipeline/gather.h"
#include "pipeline/recipe.h"

/* A word is suggested from LEAST_TEXTS texts on; from a lean of LEAST_ODDS nats and
 * LEAST_SURE standard errors; if of its domains with DOMAIN_TEXTS texts or more two thirds
 * lean its way. */
enum { LEAST_TEXTS = 10, DOMAIN_TEXTS = 3, TERM_SIZE = 48 };
static const double LEAST_ODDS = 0.6, LEAST_SURE = 3.0, VALENCE_OF_ODDS = 1.1,
                    MOST_VALENCE = 3.0, NAME_SHARE = 0.5;

typedef struct candidate {
    uint64_t hash;
    double sureness;
    ef_suggestion says;
    uint32_t seen, capital; /* inside sentences */
    char term[TERM_SIZE];
} candidate;

typedef struct suggesting {
    const ef_engine *engine;
    const ef_suggest_options *options;
    ef_texts texts;
    ef_counts counts;
    ef_sides sides;
    candidate *list; /* by hash until it is spelt */
    size_t count;
} suggesting;

/* --- counting ---------------------------------------------------------------------- */

static ef_status read_texts(suggesting *s, ef_error *error)
{
    const ef_suggest_options *o = s->options;
    const char *folder = o->reader.input_count > 0 ? o->reader.inputs[0] : NULL;
    ef_status status = o->recipe_path != NULL
                           ? ef_recipe_read(&s->texts, NULL, o->recipe_path, folder, error)
                           : ef_texts_read(&s->texts, &o->reader,
                                           &(ef_labelling){ .label = o->label }, error);
    if (status == EF_OK)
        ef_texts_divide(&s->texts);
    return status;
}

static ef_status count_words(suggesting *s, ef_error *error)
{
    ef_gathered words;
    ef_status status = ef_gather(&words, s->engine, NULL, &s->texts, EF_GATHER_WORDS,
                                 s->options->threads, error);
    if (status != EF_OK)
        return status;
    size_t kept = 0; /* texts with a class */
    uint64_t used = 0;
    for (size_t i = 0; i < s->texts.count; i++) {
        ef_text_features text = words.texts[i];
        if (text.label >= EF_CLASSES)
            continue;
        memmove(words.hashes + used, words.hashes + text.first,
                text.count * sizeof *words.hashes);
        memmove(words.repeats + used, words.repeats + text.first, text.count);
        text.first = used;
        used += text.count;
        words.texts[kept++] = text;
    }
    status = ef_counts_build(&s->counts, words.texts, kept, words.hashes, words.repeats,
                             2 * s->texts.families, error);
    ef_gathered_release(&words);
    if (status == EF_OK)
        ef_sides_polarity(&s->sides, &s->counts, EF_NO_PART);
    if (status == EF_OK && !ef_sides_differ(&s->sides))
        status =
            ef_error_set(error, EF_ERR_ARGUMENT,
                         "there are no positive and negative texts of one source: name "
                         "the column of labels or ratings");
    return status;
}

/* --- choosing ---------------------------------------------------------------------- */

static double texts_of(const suggesting *s, size_t word, size_t family, unsigned label)
{
    return (double)(ef_counts_of(&s->counts, word, 2 * family, label) +
                    ef_counts_of(&s->counts, word, 2 * family + 1, label)) /
           EF_WHOLE_WEIGHT;
}

static double all_of(const suggesting *s, size_t family, unsigned label)
{
    return (double)(s->counts.totals[2 * family][label] +
                    s->counts.totals[2 * family + 1][label]) /
           EF_WHOLE_WEIGHT;
}

/* Fills what the counts say of a word, but for the spelling. */
static void describe(const suggesting *s, size_t word, double log_odds, candidate *c)
{
    double n[EF_CLASSES] = { 0 };
    ef_suggestion *says = &c->says;
    *says = (ef_suggestion){ .log_odds = log_odds };
    for (size_t family = 0; family < s->texts.families; family++) {
        double own[EF_CLASSES];
        for (unsigned label = 0; label < EF_CLASSES; label++)
            n[label] += own[label] = texts_of(s, word, family, label);
        double negative = all_of(s, family, EF_NEGATIVE);
        double positive = all_of(s, family, EF_POSITIVE);
        if (own[EF_NEGATIVE] + own[EF_POSITIVE] < DOMAIN_TEXTS || negative == 0 ||
            positive == 0)
            continue;
        double lean = own[EF_POSITIVE] / positive - own[EF_NEGATIVE] / negative;
        says->domains++;
        says->agreeing += (lean > 0) == (log_odds > 0);
    }
    says->negative = (uint64_t)n[EF_NEGATIVE];
    says->neutral = (uint64_t)n[EF_NEUTRAL];
    says->positive = (uint64_t)n[EF_POSITIVE];
    double sum = n[EF_NEGATIVE] + n[EF_NEUTRAL] + n[EF_POSITIVE];
    says->mean_label = sum > 0 ? (n[EF_POSITIVE] - n[EF_NEGATIVE]) / sum : 0;
    says->valence = fmax(-MOST_VALENCE, fmin(MOST_VALENCE, log_odds * VALENCE_OF_ODDS));
    /* The error of a log ratio of two counts. */
    c->sureness =
        fabs(log_odds) / sqrt(1 / (n[EF_NEGATIVE] + 1) + 1 / (n[EF_POSITIVE] + 1));
}

static bool is_sure(const suggesting *s, size_t word, const candidate *c)
{
    const ef_lexicon_entry *known =
        ef_lexicon_find(&s->engine->lexicon, s->counts.features[word]);
    unsigned least = s->texts.families > 1 ? 2 : 1;
    return (known == NULL || !ef_entry_weighs(known)) &&
           c->says.negative + c->says.positive >= LEAST_TEXTS &&
           fabs(c->says.log_odds) >= LEAST_ODDS && c->sureness >= LEAST_SURE &&
           c->says.agreeing >= least && c->says.agreeing * 3 >= c->says.domains * 2;
}

static int by_hash(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static ef_status choose(suggesting *s, ef_error *error)
{
    float *ratios = malloc((s->counts.count + 1) * sizeof *ratios);
    s->list = malloc((s->counts.count + 1) * sizeof *s->list);
    if (ratios != NULL && s->list != NULL) {
        ef_sides_log_ratios(&s->sides, &s->counts, ratios);
        for (size_t i = 0; i < s->counts.count; i++) {
            candidate *c = &s->list[s->count];
            *c = (candidate){ .hash = s->counts.features[i] };
            describe(s, i, ratios[i], c);
            s->count += is_sure(s, i, c);
        }
        qsort(s->list, s->count, sizeof *s->list, by_hash);
    }
    bool has_memory = ratios != NULL && s->list != NULL;
    free(ratios);
    return has_memory ? EF_OK : ef_error_memory(error);
}

/* --- spelling ---------------------------------------------------------------------- */

static void spell(suggesting *s, const ef_scratch *scratch)
{
    const ef_words *words = scratch->words;
    for (size_t i = 0; i < words->count; i++) {
        const candidate wanted = { .hash = words->items[i].hash };
        if (words->items[i].kind != EF_TOKEN_WORD)
            continue;
        candidate *c = bsearch(&wanted, s->list, s->count, sizeof *s->list, by_hash);
        if (c == NULL)
            continue;
        const ef_token *token = &scratch->tokens.items[words->tokens[i]];
        c->seen += i > 0;
        c->capital += i > 0 && (token->flags & EF_TOKEN_CAPITALIZED) != 0;
        /* An elongated word or half a hashtag has another spelling than its hash. */
        if (c->term[0] == '\0' && token->hash == c->hash && token->size < TERM_SIZE)
            memcpy(c->term, scratch->normal.bytes + token->begin, token->size);
    }
}

static ef_status spell_all(suggesting *s, ef_error *error)
{
    ef_scratch *scratch;
    ef_status status = ef_scratch_new(&scratch, error);
    for (size_t i = 0; status == EF_OK && i < s->texts.count; i++) {
        ef_text_walk walk;
        ef_text_walk_start(&walk, &s->engine->lexicon, NULL, s->engine->kernels, scratch,
                           ef_texts_at(&s->texts, i));
        while ((status = ef_text_walk_next(&walk)) == EF_OK)
            spell(s, scratch);
        status = status == EF_END ? EF_OK : ef_error_memory(error);
    }
    ef_scratch_free(scratch);
    return status;
}

static int by_sureness(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->sureness != y->sureness)
        return x->sureness < y->sureness ? 1 : -1;
    return by_hash(a, b);
}

static void tell(suggesting *s, ef_suggestion_fn *found, void *user)
{
    qsort(s->list, s->count, sizeof *s->list, by_sureness);
    for (size_t i = 0; i < s->count; i++) {
        candidate *c = &s->list[i];
        c->says.term = c->term;
        if (c->term[0] != '\0' && c->capital <= NAME_SHARE * c->seen &&
            !found(user, &c->says))
            return;
    }
}

/* --- all of it --------------------------------------------------------------------- */

static ef_status run(suggesting *s, ef_error *error)
{
    ef_status status = read_texts(s, error);
    if (status == EF_OK)
        status = count_words(s, error);
    if (status == EF_OK)
        status = choose(s, error);
    return status == EF_OK ? spell_all(s, error) : status;
}

ef_status ef_lexicon_suggest(const ef_engine *engine, const ef_suggest_options *options,
                             ef_suggestion_fn *found, void *user, ef_error *error)
{
    ef_engine *own = NULL;
    suggesting *s = calloc(1, sizeof *s);
    ef_status status = s == NULL ? ef_error_memory(error) : EF_OK;
    if (status == EF_OK && engine == NULL) {
        ef_engine_options defaults = { 0 };
        status = ef_engine_new_untrained(&own, &defaults, error);
    }
    if (status == EF_OK) {
        s->engine = engine == NULL ? own : engine;
        s->options = options;
        status = run(s, error);
        if (status == EF_OK)
            tell(s, found, user);
    }
    if (s != NULL) {
        ef_texts_release(&s->texts);
        ef_counts_release(&s->counts);
        free(s->list);
    }
    free(s);
    ef_engine_free(own);
    return status;
}
