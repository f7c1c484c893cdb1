/* SPDX-License-Identifier: MIT
 * findings/nouns.c - which words name something, learnt from where they stand.
 *
 * Counted for each word: how often it ends a run of content words behind a determiner, a
 * preposition or another word (as nouns do), how often it stands behind a subject, "to" or
 * "can" (as verbs do), behind "very" or "is" at the end of a run (as adjectives do), and
 * how often it leads on to the next word. The limits were chosen by eye on five unlike
 * corpora; between nouns and the rest there is a wide gap, so they matter little. */
#include "findings/nouns.h"

#include <stdlib.h>

#include "earful/app/lexicon_words.h"
#include "tally/function_words.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { LEAST_SEEN = 5 };

typedef struct places {
    uint32_t all, headed, behind_word, behind_preposition; /* nouns' */
    uint32_t acts, judges, leads, takes;                   /* verbs', adjectives' */
    uint32_t determined, capitals;
} places;

void ef_nouns_release(ef_nouns *nouns)
{
    free(nouns->kinds);
    free(nouns->usual);
    *nouns = (ef_nouns){ 0 };
}

static void count_place(places *p, ef_said_word word)
{
    ef_cue before = ef_said_before(word), behind = ef_said_behind(word);
    bool ends = behind != EF_CUE_WORD;
    p->all++;
    p->leads += !ends;
    p->capitals += ef_said_is_capital(word);
    p->determined += before == EF_CUE_DETERMINER;
    p->headed += ends && before == EF_CUE_DETERMINER;
    p->behind_word += ends && before == EF_CUE_WORD && behind != EF_CUE_DETERMINER;
    p->behind_preposition +=
        ends && before == EF_CUE_PREPOSITION && behind != EF_CUE_DETERMINER;
    p->acts += before == EF_CUE_PRONOUN || before == EF_CUE_TO || before == EF_CUE_MODAL;
    p->judges += ends && (before == EF_CUE_DEGREE || before == EF_CUE_BE);
    p->takes += behind == EF_CUE_DETERMINER || behind == EF_CUE_PRONOUN;
}

/* Written like a name, and never with "the" or "my": Anna, not Amazon. */
static bool is_person(const places *p)
{
    return p->capitals * 2 > p->all && p->determined * 20 < p->all;
}

static bool ends_in(ef_slice word, const char *ending)
{
    size_t size = strlen(ending);
    return word.size > size + 1 && memcmp(word.data + word.size - size, ending, size) == 0;
}

static uint8_t kinds_of(const places *p, ef_slice word)
{
    double n = p->all, sure = (p->headed + p->behind_preposition) / n;
    double ends = p->behind_word / n, other = (p->acts + p->judges) / n;
    if (p->all < LEAST_SEEN || is_person(p))
        return 0;
    bool is_bent = ends_in(word, "ed") || ends_in(word, "ly") || ends_in(word, "ing");
    bool is_noun = (sure >= 0.08 || (ends >= 0.5 && !is_bent)) && sure + ends / 2 > other;
    bool is_verb = (p->acts + p->takes / 2) / n > 0.3;
    uint8_t kinds = 0;
    if (is_noun && p->headed * 50 >= p->all && sure + ends >= 0.3)
        kinds |= EF_NOUN_ALONE;
    if (is_noun)
        kinds |= EF_NOUN_LAST | EF_NOUN_FIRST;
    else if (!is_verb && p->leads / n >= 0.3)
        kinds |= EF_NOUN_FIRST;
    return kinds;
}

/* --- what is no theme ----------------------------------------------------------------- */

static void note_valence(void *user, const char *section, const char *value,
                         const char *extra)
{
    bool *is_opinion = user;
    (void)extra;
    if (strcmp(section, "valence") == 0 && strcmp(value, "0.0") != 0)
        *is_opinion = true;
}

/* Fails without memory. */
static bool leave_out_opinions(ef_nouns *nouns, const ef_said *said,
                               const ef_engine *engine)
{
    for (uint32_t i = 0; i < nouns->count; i++) {
        bool is_opinion = false;
        size_t count;
        if (nouns->kinds[i] == 0)
            continue;
        if (ef_lexicon_show(engine, ef_said_dictionary_word(&said->dictionary, i),
                            note_valence, &is_opinion, &count, NULL) != EF_OK)
            return false;
        if (is_opinion)
            nouns->kinds[i] = 0;
    }
    return true;
}

static uint32_t number_of(const ef_said *said, ef_slice word)
{
    return ef_said_dictionary_find(&said->dictionary, word);
}

static void leave_out_light(ef_nouns *nouns, const ef_said *said)
{
    for (const char *at = ef_light_nouns(); *at != 0;) {
        size_t size = strcspn(at, " ");
        uint32_t number = number_of(said, (ef_slice){ (const uint8_t *)at, size });
        if (number < nouns->count)
            nouns->kinds[number] = 0;
        at += size + (at[size] == ' ');
    }
}

/* --- one word in two forms ------------------------------------------------------------ */

/* The singular that a plural may have, by its ending; false if there is none. */
static bool singular_of(ef_slice word, unsigned way, uint8_t *out, size_t *size)
{
    static const struct {
        const char *plural, *singular;
    } ways[] = {
        { "s", "" }, { "es", "" }, { "ies", "y" }, { "ves", "f" }, { "ves", "fe" },
    };
    if (way >= sizeof ways / sizeof ways[0])
        return false;
    size_t plural = strlen(ways[way].plural), singular = strlen(ways[way].singular);
    *size = 0;
    if (word.size < plural + 2 ||
        memcmp(word.data + word.size - plural, ways[way].plural, plural) != 0)
        return true;
    memcpy(out, word.data, word.size - plural);
    memcpy(out + word.size - plural, ways[way].singular, singular);
    *size = word.size - plural + singular;
    return true;
}

static void merge_forms(ef_nouns *nouns, const ef_said *said, const places *seen)
{
    for (uint32_t i = 0; i < nouns->count; i++) {
        ef_slice word = ef_said_dictionary_word(&said->dictionary, i);
        uint8_t form[EF_SAID_WORD_SIZE];
        size_t size;
        if (!(nouns->kinds[i] & EF_NOUN_LAST))
            continue;
        for (unsigned way = 0; singular_of(word, way, form, &size); way++) {
            uint32_t other = number_of(said, (ef_slice){ form, size });
            if (size == 0 || other >= nouns->count || !(nouns->kinds[other] & EF_NOUN_LAST))
                continue;
            bool is_less = seen[i].all <= seen[other].all;
            nouns->usual[is_less ? i : other] = is_less ? other : i;
            nouns->kinds[is_less ? other : i] |= nouns->kinds[is_less ? i : other];
            break;
        }
    }
    for (uint32_t i = 0; i < nouns->count; i++) /* "boxs" to "boxes" to "box" */
        nouns->usual[i] = nouns->usual[nouns->usual[i]];
}

bool ef_nouns_learn(ef_nouns *nouns, const ef_said *said, const ef_engine *engine)
{
    size_t count = said->dictionary.count;
    places *seen = calloc(count + 1, sizeof *seen);
    nouns->kinds = calloc(count + 1, 1);
    nouns->usual = calloc(count + 1, sizeof *nouns->usual);
    nouns->count = count;
    bool fits = seen != NULL && nouns->kinds != NULL && nouns->usual != NULL;
    for (size_t i = 0; fits && i < said->word_count; i++)
        count_place(&seen[ef_said_number(said->words[i])], said->words[i]);
    for (uint32_t i = 0; fits && i < count; i++) {
        nouns->kinds[i] = kinds_of(&seen[i], ef_said_dictionary_word(&said->dictionary, i));
        nouns->usual[i] = i;
    }
    if (fits) {
        leave_out_light(nouns, said);
        fits = leave_out_opinions(nouns, said, engine);
    }
    if (fits)
        merge_forms(nouns, said, seen);
    free(seen);
    return fits;
}
