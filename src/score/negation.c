/* SPDX-License-Identifier: MIT
 * score/negation.c - what "not", "no" and "hardly" do to the words behind them. */
#include "score/negation.h"

#include "score/comparison.h"
#include "score/word_is.h"

/* Percent of an item's weight that a negator leaves, by kind of negator and by the sign of
 * what it negates. "Not good" is bad, but "not bad" is only mildly good; with a word of
 * absence both turn over in full ("no problems", "no help"). */
static const int16_t negation_percent[4][2] = {
    /*                     positive, negative */
    [EF_NEGATOR_NO] = { 100, 100 },
    [EF_NEGATOR_NOT] = { -85, -65 },
    [EF_NEGATOR_NONE] = { -85, -105 },
    [EF_NEGATOR_BARELY] = { -55, -40 },
};

enum {
    TWICE_NEGATED = 60, /* percent: "not without flaws" */
    EXCEEDED = 125,     /* percent: "could not be kinder" */
    NEAR = 8,           /* words that a negator reaches, in its clause */
    FAR = 16,           /* with "nobody" or "I don't think": all that is said of it */
    HELD_WORDS = 30,    /* "I don't think …, that": so far apart at most */
    ASIDE = 25          /* percent: "…, with all due respect, …" */
};

void ef_negation_start(ef_judge *j, unsigned kind, size_t first, size_t last)
{
    ef_negation *n = &j->negation;
    bool goes_on = EF_WORD_IS(&j->words->items[first], EF_W("nor")); /* of "neither" */
    n->is_double = ef_is_negating(j, first) && !n->is_double && !goes_on;
    n->is_settled = n->is_spent = n->is_resumed = false;
    n->kind = kind;
    n->sign = 0;
    n->first = (uint32_t)first;
    n->last = n->from = (uint32_t)last;
    n->reach = kind == EF_NEGATOR_NONE && first == j->clause_word ? FAR : NEAR;
}

/* --- over an aside --------------------------------------------------------------- */

void ef_negation_hold(ef_judge *j, size_t at)
{
    if (!ef_is_negating(j, at))
        return;
    j->negation.held = j->negation.kind;
    j->negation.held_at = j->negation.from = (uint32_t)at;
    j->negation.reach = FAR;
    j->negation.held_until = 0;
}

/* The held negator goes on behind the word at a place; the aside was no opinion. */
static void go_on(ef_judge *j, size_t at)
{
    ef_negation *n = &j->negation;
    ef_words_set_aside(j->words, n->held_at + 1, at + 1);
    for (size_t i = j->items->count; i-- > 0 && j->items->list[i].first > n->held_at;)
        if (j->items->list[i].kind == EF_ITEM_VALENCE)
            ef_item_change(&j->items->list[i], ASIDE, "aside", n->last);
    n->kind = n->held;
    if (n->held_until > 0)
        n->held = EF_NEGATOR_NO;
    n->is_double = n->is_settled = n->is_spent = false;
    n->sign = 0;
    n->from = (uint32_t)at;
    n->reach = FAR;
    n->is_resumed = true;
}

/* Behind a comma "that" resumes only where it begins a clause: the aside may have a "that"
 * of its own. Without one, each "that" may be the one. */
static bool resumes_at(const ef_judge *j, size_t at)
{
    return j->negation.held_until == 0 || at == j->clause_word;
}

/* A held negator meets a word: it may go on there, and it is not held for ever. */
static void meet(ef_judge *j, size_t at)
{
    if (at <= j->negation.held_at + 1)
        return;
    if (at > j->negation.held_at + HELD_WORDS)
        j->negation.held = EF_NEGATOR_NO;
    else if (EF_WORD_IS(&j->words->items[at], EF_W("that")) && resumes_at(j, at))
        go_on(j, at);
}

/* Marks the words of a range that stand in the negator's scope. */
static void mark_scope(ef_judge *j, size_t first, size_t end)
{
    const ef_negation *n = &j->negation;
    if (n->kind == EF_NEGATOR_NO)
        return;
    size_t behind = n->from + n->reach + 1;
    first = first > n->from ? first : n->from + 1;
    end = end < behind ? end : behind;
    ef_words_mark(j->words, j->words->marks->negated, first, end);
    if (n->is_settled)
        ef_words_set_aside(j->words, first, end);
}

void ef_negation_pass(ef_judge *j, size_t first, size_t end)
{
    for (; first < end && j->negation.held != EF_NEGATOR_NO; first++) {
        mark_scope(j, first, first + 1);
        meet(j, first);
    }
    mark_scope(j, first, end);
}

/* --- plain facts ----------------------------------------------------------------- */

static bool is_plain(const ef_judge *j, size_t at)
{
    const ef_lexicon_entry *entry = ef_word_entry(j->lexicon, &j->words->items[at]);
    return entry != NULL && (entry->flags & EF_ENTRY_VALENCE) && entry->valence == 0;
}

static bool has_valence(const ef_judge *j)
{
    for (size_t i = j->clause_item; i < j->items->count; i++)
        if (j->items->list[i].kind == EF_ITEM_VALENCE && j->items->list[i].base != 0)
            return true;
    return false;
}

/* "It is not round", "I didn't see it": a clause without any valence whose negator stands
 * before a word that the lexicon knows as plain. "It does not open", "I can't see it" are
 * not meant: what is able to do something should. */
static bool denies_a_fact(const ef_judge *j, size_t end)
{
    const ef_negation *n = &j->negation;
    const ef_word *words = j->words->items;
    for (size_t i = n->first; i <= n->last; i++)
        if (EF_WORD_IS(&words[i], EF_W("can"), EF_W("can't"), EF_W("cant"), EF_W("cannot"),
                       EF_W("could"), EF_W("couldn't"), EF_W("couldnt"), EF_W("will"),
                       EF_W("won't"), EF_W("wont"), EF_W("does"), EF_W("doesn't"),
                       EF_W("doesnt"), EF_W("never")))
            return false;
    size_t next = n->last + 1;
    if (next < end &&
        EF_WORD_IS(&words[next], EF_W("a"), EF_W("an"), EF_W("the"), EF_W("any")))
        next++;
    return next < end && is_plain(j, next);
}

/* "I don't think that it is round": of an opinion any plain word will do, and behind an
 * aside whatever has no mood. */
static bool doubts_a_fact(const ef_judge *j, size_t end)
{
    bool is = j->negation.is_resumed;
    for (size_t i = j->negation.from + 1; i < end && !is; i++)
        is = is_plain(j, i);
    return is;
}

static void silence(ef_judge *j, size_t end)
{
    ef_words_set_aside(j->words, j->negation.first, end);
    for (size_t i = j->clause_item; i < j->items->count; i++) {
        j->items->list[i].rule = "plain fact";
        j->items->list[i].rule_word = (uint32_t)j->negation.last;
    }
}

/* Whether the clause before end breaks off for an aside: behind the negator itself ("it is
 * not, honestly, a good one"), behind a verb of opinion, or before "who" and "which". */
static bool breaks_off(const ef_judge *j, size_t end)
{
    const ef_negation *n = &j->negation;
    const ef_word *words = j->words->items;
    if (n->held == EF_NEGATOR_NO)
        return n->kind != EF_NEGATOR_NO && n->last + 1 == end && n->from == n->last &&
               !EF_WORD_IS(&words[n->last], EF_W("no"), EF_W("none"), EF_W("longer"),
                           EF_W("all"));
    if (n->held_at + 1 == end)
        return true;
    if (n->held_at + 2 == end)
        return EF_WORD_IS(&words[end - 1], EF_W("that"), EF_W("it"), EF_W("this"),
                          EF_W("them"), EF_W("him"), EF_W("her"), EF_W("these"),
                          EF_W("those"));
    return n->sign == 0 && end < j->words->count &&
           EF_WORD_IS(&words[end], EF_W("who"), EF_W("which"), EF_W("whose"), EF_W("whom"),
                      EF_W("where"), EF_W("when"), EF_W("let"), EF_W("even"));
}

static void hold_over_aside(ef_judge *j, size_t end)
{
    ef_negation *n = &j->negation;
    if (!breaks_off(j, end))
        return;
    if (n->held == EF_NEGATOR_NO) {
        n->held = n->kind;
        n->held_at = n->last;
    }
    n->held_until = j->clause + 2;
}

void ef_negation_end_clause(ef_judge *j, size_t end)
{
    ef_negation *n = &j->negation;
    if (n->kind == EF_NEGATOR_NOT && !has_valence(j) &&
        (n->from == n->last ? denies_a_fact(j, end) : doubts_a_fact(j, end)))
        silence(j, end);
    hold_over_aside(j, end);
    n->kind = EF_NEGATOR_NO;
}

void ef_negation_begin_clause(ef_judge *j, size_t end)
{
    if (j->negation.held != EF_NEGATOR_NO && j->negation.held_until == j->clause)
        go_on(j, end - 1);
}

/* --- valences -------------------------------------------------------------------- */

/* "Never been so proud": more than ever. */
static bool is_never_so(const ef_judge *j, const ef_item *item)
{
    const ef_word *words = j->words->items;
    size_t degree = item->first > 0 ? item->first - 1u : 0;
    return degree > j->negation.last && EF_WORD_IS(&words[degree], EF_W("so")) &&
           EF_WORD_IS(&words[j->negation.last], EF_W("never"));
}

/* Whether the negator says that nothing goes beyond: "could not be kinder", "never met a
 * more helpful one", "never had a pizza as good as this". */
static bool exceeds(const ef_judge *j, const ef_item *item)
{
    const ef_negation *n = &j->negation;
    const ef_word *words = j->words->items;
    bool can = n->first > 0 && EF_WORD_IS(&words[n->first - 1], EF_W("could"), EF_W("can"));
    bool never = false;
    for (size_t i = n->first; i <= n->last; i++) {
        can |= EF_WORD_IS(&words[i], EF_W("could"), EF_W("couldn't"), EF_W("couldnt"),
                          EF_W("can't"), EF_W("cant"), EF_W("cannot"));
        never |= EF_WORD_IS(&words[i], EF_W("never"), EF_W("nobody"), EF_W("nothing"),
                            EF_W("noone"), EF_W("none"), EF_W("no"), EF_W("haven't"),
                            EF_W("havent"), EF_W("hadn't"), EF_W("have"), EF_W("had"),
                            EF_W("one"));
    }
    if (n->held != EF_NEGATOR_NO || !(can || never))
        return false;
    return ef_is_comparative(j, item) || (never && ef_is_like_this(j, item)) ||
           is_never_so(j, item);
}

void ef_negation_weigh(ef_judge *j, ef_item *item)
{
    ef_negation *n = &j->negation;
    if (!ef_is_negating(j, item->first) || item->weight == 0 || n->is_spent ||
        j->words->items[item->first].kind != EF_TOKEN_WORD)
        return;
    int sign = item->weight < 0 ? -1 : 1;
    if (exceeds(j, item)) {
        ef_item_change(item, EXCEEDED, "superlative", n->last);
        ef_words_set_aside(j->words, n->first, (size_t)item->last + 1);
        n->is_settled = n->is_spent = true;
        return;
    }
    /* "Not bad and really good": what has the other sign than the first is meant. */
    if (n->sign != 0 && n->sign != sign)
        return;
    n->sign = sign;
    item->is_turned = true;
    /* "Nothing bad", "not inferior": the rule has judged the whole of it, and a classifier
     * that adds up the parts would hear two complaints. */
    if (sign < 0)
        ef_words_set_aside(j->words, n->first, (size_t)item->last + 1);
    n->is_settled = sign < 0 && !n->is_double;
    if (n->is_double)
        ef_item_change(item, TWICE_NEGATED, "double negation", n->last);
    else
        ef_item_change(item, negation_percent[n->kind][sign < 0], "negation", n->last);
}
