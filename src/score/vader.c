/* SPDX-License-Identifier: MIT
 * score/vader.c - reference mode: the rules of VADER, to the digit.
 *
 * Each word of the lexicon starts with its valence and looks at the three words before it
 * and the two behind. The text is read twice: the rules for capitals and for "but" ask how
 * the whole text is written. Where the reference is quadratic (it searches the whole list
 * of valences for every one of them after a "but"), counting does the same in linear time:
 * see apply_but. The steps of a sum are the reference's, so that its roundings are, too. */
#include "score/vader.h"

#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "score/vader_tokens.h"

/* Published constants of the method. */
static const double BOOST = 0.293, CAPITALS = 0.733, NEGATED = -0.74, NEVER_SO = 1.25,
                    EXCLAMATION = 0.292, QUESTION = 0.18, MANY_QUESTIONS = 0.96,
                    COMPOUND_SCALE = 15;
static const double closeness[] = { 0, 1, 0.95, 0.9 }; /* of a booster, by its distance */

enum {
    BEFORE = 3, /* words that are looked at before and behind a word */
    BEHIND = 2,
    WINDOW = BEFORE + 1 + BEHIND,
    MOST_EXCLAMATIONS = 4,
    MOST_QUESTIONS = 3,
    COMPOUND_UNIT = 10000, /* the reference rounds compound to 4 digits, the others to 3 */
    SHARE_UNIT = 1000,
    LABEL_FROM = 500, /* compound, 1/10000: the published bound of positive */
    FIRST_COUNTS = 256,
    KEPT_COUNTS = 4096 /* more are the work of a strange text, and given back */
};

/* --- one word --------------------------------------------------------------------------
 */

static bool is(const ef_vader_token *token, ef_vader_role role)
{
    return token->word->role == role;
}

/* What a booster or damper adds to valence. */
static double boost_of(const ef_vader_token *token, double valence, bool capitals_count)
{
    if (token->word->boost == 0)
        return 0;
    double boost = token->word->boost > 0 ? BOOST : -BOOST;
    if (valence < 0)
        boost = -boost;
    if (token->is_upper && capitals_count)
        boost += valence > 0 ? CAPITALS : -CAPITALS;
    return boost;
}

/* The word `back` before item may turn its valence. In the third place the reference lets
 * any "so" or "this" just before the item count as "never so". */
static double negate(const ef_vader_token *item, int back, double valence)
{
    bool is_never = is(item - back, EF_VADER_NEVER);
    bool is_without = is(item - back, EF_VADER_WITHOUT);
    bool is_near_so = is(item - 1, EF_VADER_SO) || is(item - 1, EF_VADER_THIS);
    bool is_far_so = is(item - 2, EF_VADER_SO) || is(item - 2, EF_VADER_THIS);
    bool is_doubt =
        is(item - 1, EF_VADER_DOUBT) || (back == 3 && is(item - 2, EF_VADER_DOUBT));
    if (back == 2 && is_never && is_near_so)
        return valence * NEVER_SO;
    if (back == 3 && ((is_never && is_far_so) || is_near_so))
        return valence * NEVER_SO;
    if (back > 1 && is_without && is_doubt)
        return valence;
    return item[-back].negates ? valence * NEGATED : valence;
}

static bool find_idiom(const ef_vader_token *first, int size, double *valence)
{
    ef_vader_role roles[3] = { first[0].word->role, first[1].word->role,
                               size == 3 ? first[2].word->role : EF_VADER_NONE };
    bool is_known = roles[0] != EF_VADER_NONE && roles[1] != EF_VADER_NONE &&
                    (size == 2 || roles[2] != EF_VADER_NONE);
    return is_known && ef_vader_idiom(roles, valence);
}

/* Two words that dampen together: kind of, sort of, just enough. */
static bool is_damper(const ef_vader_token *first)
{
    if (is(&first[1], EF_VADER_OF))
        return is(first, EF_VADER_KIND) || is(first, EF_VADER_SORT);
    return is(first, EF_VADER_JUST) && is(&first[1], EF_VADER_ENOUGH);
}

/* Idioms around item replace its valence: the first of those that end at it or before it,
 * then those that begin at it. */
static double apply_idioms(const ef_vader_token *item, double valence)
{
    (void)(find_idiom(item - 1, 2, &valence) || find_idiom(item - 2, 3, &valence) ||
           find_idiom(item - 2, 2, &valence) || find_idiom(item - 3, 3, &valence) ||
           find_idiom(item - 3, 2, &valence));
    find_idiom(item, 2, &valence);
    find_idiom(item, 3, &valence);
    if (is_damper(item - 3))
        valence -= BOOST;
    if (is_damper(item - 2))
        valence -= BOOST;
    return valence;
}

/* "no" turns what follows, and counts itself only where nothing listed does. */
static double apply_no(const ef_vader_token *item, double valence)
{
    bool is_joined = is(item - 1, EF_VADER_OR) || is(item - 1, EF_VADER_NOR);
    if (is(item - 1, EF_VADER_NO) || is(item - 2, EF_VADER_NO) ||
        (is(item - 3, EF_VADER_NO) && is_joined))
        return valence * NEGATED;
    return is(item, EF_VADER_NO) && item[1].word->is_listed ? 0 : valence;
}

static double valence_of(const ef_vader_token *item, bool capitals_count)
{
    bool is_kind_of = is(item, EF_VADER_KIND) && is(item + 1, EF_VADER_OF);
    if (!item->word->is_listed || item->word->boost != 0 || is_kind_of)
        return 0;
    double valence = apply_no(item, item->word->valence);
    if (item->is_upper && capitals_count)
        valence += valence > 0 ? CAPITALS : -CAPITALS;
    for (int back = 1; back <= BEFORE; back++) {
        if (!item[-back].is_there || item[-back].word->is_listed)
            continue;
        valence += boost_of(item - back, valence, capitals_count) * closeness[back];
        valence = negate(item, back, valence);
        if (back == BEFORE)
            valence = apply_idioms(item, valence);
    }
    bool is_at_least = is(item - 2, EF_VADER_AT) || is(item - 2, EF_VADER_VERY);
    if (is(item - 1, EF_VADER_LEAST) && !item[-1].word->is_listed && !is_at_least)
        valence *= NEGATED;
    return valence;
}

/* --- the whole text ----------------------------------------------------------------------
 */

/* What the first reading finds. */
typedef struct survey {
    uint64_t words, capitals, known;
    uint64_t but; /* the number of the first "but"; words if there is none */
    uint64_t exclamations, questions;
} survey;

static bool look_over(const ef_vader *vader, ef_vader_scratch *scratch, ef_slice text,
                      survey *found)
{
    ef_vader_reader reader;
    ef_vader_token token;
    bool has_but = false;
    *found = (survey){ 0 };
    ef_vader_reader_start(&reader, vader, &scratch->key, text);
    for (;; found->words++) {
        if (!ef_vader_reader_next(&reader, &token))
            return false;
        if (!token.is_there)
            break;
        found->capitals += token.is_upper;
        found->known += token.word->key.size > 0;
        found->but += !has_but && !is(&token, EF_VADER_BUT);
        has_but |= is(&token, EF_VADER_BUT);
    }
    found->exclamations = reader.exclamations;
    found->questions = reader.questions;
    return true;
}

typedef struct sums {
    double all, positive, negative; /* the sides count one more for each word */
    uint64_t neutral;
} sums;

static void add(sums *total, double valence)
{
    total->all += valence;
    if (valence > 0)
        total->positive += valence + 1;
    else if (valence < 0)
        total->negative += valence - 1;
    else
        total->neutral++;
}

/* A valence that was added before is halved. */
static void halve(sums *total, double valence)
{
    total->all -= valence * 0.5;
    if (valence > 0)
        total->positive -= valence * 0.5;
    else
        total->negative -= valence * 0.5;
}

static ef_vader_count *count_of(const ef_vader_scratch *scratch, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    size_t mask = scratch->count_capacity - 1, at = ef_hash_mix(bits, 0) & mask;
    while (scratch->counts[at].value != 0 && scratch->counts[at].value != value)
        at = (at + 1) & mask;
    return &scratch->counts[at];
}

static bool grow_counts(ef_vader_scratch *scratch)
{
    ef_vader_scratch bigger = *scratch;
    bigger.count_capacity =
        scratch->count_capacity == 0 ? FIRST_COUNTS : scratch->count_capacity * 2;
    bigger.counts = calloc(bigger.count_capacity, sizeof *bigger.counts);
    if (bigger.counts == NULL)
        return false;
    for (size_t i = 0; i < scratch->count_capacity; i++)
        if (scratch->counts[i].value != 0)
            *count_of(&bigger, scratch->counts[i].value) = scratch->counts[i];
    free(scratch->counts);
    *scratch = bigger;
    return true;
}

static void clear_counts(ef_vader_scratch *scratch)
{
    if (scratch->count_capacity > KEPT_COUNTS) {
        free(scratch->counts);
        scratch->counts = NULL;
        scratch->count_capacity = 0;
    }
    if (scratch->counts_used > 0 && scratch->counts != NULL)
        memset(scratch->counts, 0, scratch->count_capacity * sizeof *scratch->counts);
    scratch->counts_used = 0;
}

static bool put_count(ef_vader_scratch *scratch, double value)
{
    if (scratch->counts_used * 2 >= scratch->count_capacity && !grow_counts(scratch))
        return false;
    ef_vader_count *count = count_of(scratch, value);
    scratch->counts_used += count->value == 0;
    count->value = value;
    count->count++;
    return true;
}

static bool take_count(ef_vader_scratch *scratch, double value)
{
    ef_vader_count *count = scratch->count_capacity == 0 ? NULL : count_of(scratch, value);
    if (count == NULL || count->count == 0)
        return false;
    count->count--;
    return true;
}

/* Adds the valence of word number `at`, as "but" weighs it: half before it, one and a half
 * times behind it.
 *
 * The reference walks over its list of valences, looks each up by value and changes the
 * first one that is equal. Up to its turn a valence has not been changed, and the first
 * equal one is never behind it. So before "but" some equal one is halved, which leaves the
 * same valences as halving its own; behind it, the reference halves an equal one from
 * before once more if there is one (and the valence itself stays), else it raises some
 * equal one from behind. How often each value occurs before "but" is all one must know. */
static bool apply_but(sums *total, ef_vader_scratch *scratch, uint64_t at, uint64_t but,
                      double *but_valence, double valence)
{
    if (valence == 0) {
        add(total, valence);
        return true;
    }
    if (at < but) {
        add(total, valence * 0.5);
        return put_count(scratch, valence * 0.5);
    }
    if (at == but)
        *but_valence = valence; /* in a lexicon that lists "but" */
    bool is_taken = take_count(scratch, valence);
    add(total, is_taken || valence == *but_valence ? valence : valence * 1.5);
    if (!is_taken)
        return true;
    halve(total, valence);
    return put_count(scratch, valence * 0.5);
}

static bool add_up(const ef_vader *vader, ef_vader_scratch *scratch, ef_slice text,
                   const survey *found, sums *total)
{
    ef_vader_token window[WINDOW], *item = &window[BEFORE];
    ef_vader_reader reader;
    bool capitals_count = found->capitals > 0 && found->capitals < found->words;
    double but_valence = 0;
    *total = (sums){ 0 };
    for (int i = 0; i < WINDOW; i++)
        window[i] = (ef_vader_token){ .word = ef_vader_find(vader, NULL, 0) };
    ef_vader_reader_start(&reader, vader, &scratch->key, text);
    clear_counts(scratch);
    for (uint64_t read = 0; read < found->words + BEHIND; read++) {
        memmove(window, window + 1, (WINDOW - 1) * sizeof *window);
        if (!ef_vader_reader_next(&reader, &window[WINDOW - 1]))
            return false;
        if (read < BEHIND)
            continue;
        double valence = valence_of(item, capitals_count);
        if (found->but == found->words)
            add(total, valence);
        else if (!apply_but(total, scratch, read - BEHIND, found->but, &but_valence,
                            valence))
            return false;
    }
    return true;
}

/* --- figures -----------------------------------------------------------------------------
 */

/* value as a whole number of 1/unit, halves to even, of the exact value: what decimal
 * rounding gives. value is within -1..1. */
static int32_t rounded(double value, int32_t unit)
{
    double magnitude = fabs(value), low = floor(magnitude * unit);
    double rest = fma(magnitude, unit, -(low + 0.5)); /* one rounding: its sign is right */
    int32_t whole = (int32_t)low;
    whole += rest > 0 || (rest == 0 && whole % 2 != 0);
    return value < 0 ? -whole : whole;
}

static double emphasis_of(const survey *found)
{
    uint64_t exclamations = found->exclamations;
    if (exclamations > MOST_EXCLAMATIONS)
        exclamations = MOST_EXCLAMATIONS;
    double questions = found->questions <= 1 ? 0
                       : found->questions <= MOST_QUESTIONS
                           ? (double)found->questions * QUESTION
                           : MANY_QUESTIONS;
    return (double)exclamations * EXCLAMATION + questions;
}

static void fill_shares(ef_score *score, const sums *total, double emphasis)
{
    double positive = total->positive, negative = fabs(total->negative);
    if (positive > negative)
        positive += emphasis;
    else if (positive < negative)
        negative += emphasis;
    double neutral = (double)total->neutral, all = positive + negative + neutral;
    int32_t scale = EF_UNIT / SHARE_UNIT;
    score->p_negative = rounded(negative / all, SHARE_UNIT) * scale;
    score->p_neutral = rounded(neutral / all, SHARE_UNIT) * scale;
    score->p_positive = rounded(positive / all, SHARE_UNIT) * scale;
    score->confidence = score->p_negative;
    if (score->confidence < score->p_neutral)
        score->confidence = score->p_neutral;
    if (score->confidence < score->p_positive)
        score->confidence = score->p_positive;
}

static void fill_compound(ef_score *score, const sums *total, double emphasis)
{
    double all = total->all;
    all += all > 0 ? emphasis : all < 0 ? -emphasis : 0;
    score->score = rounded(all / sqrt(all * all + COMPOUND_SCALE), COMPOUND_UNIT);
    score->lowest = score->highest = score->score;
    score->label = score->score >= LABEL_FROM    ? EF_LABEL_POSITIVE
                   : score->score <= -LABEL_FROM ? EF_LABEL_NEGATIVE
                                                 : EF_LABEL_NEUTRAL;
}

ef_status ef_vader_score(const ef_vader *vader, ef_vader_scratch *scratch, ef_slice text,
                         ef_score *score)
{
    survey found;
    sums total;
    if (!look_over(vader, scratch, text, &found) ||
        !add_up(vader, scratch, text, &found, &total))
        return EF_ERR_MEMORY;
    memset(score, 0, sizeof *score);
    score->coverage = EF_UNIT;
    if (found.words == 0)
        return EF_OK;
    double emphasis = emphasis_of(&found);
    score->words = found.words > UINT32_MAX ? UINT32_MAX : (uint32_t)found.words;
    score->sentences = 1;
    score->coverage = (int32_t)(found.known * EF_UNIT / found.words);
    fill_shares(score, &total, emphasis);
    fill_compound(score, &total, emphasis);
    return EF_OK;
}

void ef_vader_scratch_release(ef_vader_scratch *scratch)
{
    ef_buffer_release(&scratch->key);
    free(scratch->counts);
    memset(scratch, 0, sizeof *scratch);
}
