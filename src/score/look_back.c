/* SPDX-License-Identifier: MIT
 * score/look_back.c - what is known only when more of the sentence has been heard. */
#include "score/look_back.h"

#include <stdlib.h>

#include "score/frames.h"
#include "score/irony.h"
#include "score/word_is.h"

enum {
    BEFORE_BUT = 60,   /* percent */
    AFTER_BUT = 125,   /* percent */
    ASKED = 60,        /* percent: a question states nothing */
    ASKED_PRAISE = 30, /* percent: "is it any good?" */
    ANSWERED_NO = -80, /* percent */
    OTHERS_SAY = 25,   /* percent: "my sister hates it, but I …" */
    NO_PRAISE = -95,   /* percent: "I thought it would be good, but it was not" */
    NO_BLAME = -65,    /* percent: the same of a complaint */
    ADVISED = 5,       /* percent: "if it is bad, call us" */
    RECOMMENDED = 80,  /* percent: "if you like good food, go there" */
    OVER = -60,        /* percent: "it was good until the last update" */
    SARCASTIC = -50,   /* percent: praise beside a sarcasm cue */
    EXCLAIMED = 8,     /* percent more for each !, up to three */
    CONTRASTS = 80     /* 1/100: "began well and ended badly" is mixed */
};

/* --- denial ---------------------------------------------------------------------- */

static void deny(ef_item *item, size_t word)
{
    ef_item_renew(item, item->base < 0 ? NO_BLAME : NO_PRAISE, "denied", word);
    item->is_turned = item->is_final = true;
}

void ef_look_back_deny(ef_judge *j, size_t at, size_t denying)
{
    ef_item *list = j->items->list, *last = NULL;
    for (size_t i = j->items->count; i-- > 0 && last == NULL;)
        if (list[i].kind == EF_ITEM_VALENCE && list[i].base != 0)
            last = &list[i];
    if (last == NULL) {
        if (j->is_expected)
            ef_words_set_aside(j->words, 0, at + 1);
        return;
    }
    for (ef_item *item = last; item >= list && item->clause == last->clause; item--)
        if (item->kind == EF_ITEM_VALENCE)
            deny(item, denying);
    /* The denial itself is a complaint only if it takes praise back. */
    ef_words_set_aside(j->words, 0, last->base < 0 ? at + 1 : denying);
}

void ef_look_back_transfer(ef_judge *j, ef_item *echo)
{
    const ef_item *last = NULL;
    for (const ef_item *item = j->items->list; item < echo; item++)
        if (item->kind == EF_ITEM_VALENCE && item->base != 0)
            last = item;
    if (last == NULL)
        return;
    echo->base = last->base;
    ef_item_renew(echo, last->base < 0 ? NO_BLAME : NO_PRAISE, "ellipsis", last->first);
    echo->is_turned = echo->is_final = true;
}

void ef_look_back_over(ef_judge *j, size_t first, size_t last)
{
    bool has_past = false;
    for (size_t i = 0; i < first && !has_past; i++)
        has_past = EF_WORD_IS(&j->words->items[i], EF_W("was"), EF_W("were"), EF_W("had"),
                              EF_W("did"), EF_W("worked"), EF_W("loved"), EF_W("liked"),
                              EF_W("enjoyed"), EF_W("used"), EF_W("ran"), EF_W("went"),
                              EF_W("seemed"), EF_W("been"), EF_W("looked"));
    if (!has_past)
        return;
    for (size_t i = 0; i < j->items->count; i++)
        if (j->items->list[i].kind == EF_ITEM_VALENCE && j->items->list[i].weight > 0)
            ef_item_renew(&j->items->list[i], OVER, "past", last);
    ef_words_set_aside(j->words, 0, first);
}

/* --- contrast -------------------------------------------------------------------- */

/* What comes before "but" and after it: the second half weighs more, unless one half is
 * somebody else's opinion and the other the speaker's own. */
typedef struct halves {
    int32_t before, after; /* percent */
} halves;

static halves weigh_halves(ef_judge *j)
{
    ef_words *words = j->words;
    size_t but = j->but_word;
    if (but == 0 || but + 1 >= words->count)
        return (halves){ 100, 100 };
    ef_speaker first = ef_speaker_of(j->lexicon, words->items, but);
    ef_speaker second =
        ef_speaker_of(j->lexicon, words->items + but + 1, words->count - but - 1);
    if (first == EF_SPEAKER_OTHERS && second == EF_SPEAKER_SELF) {
        ef_words_set_aside(words, 0, but);
        return (halves){ OTHERS_SAY, AFTER_BUT };
    }
    if (first == EF_SPEAKER_SELF && second == EF_SPEAKER_OTHERS) {
        ef_words_set_aside(words, but + 1, words->count);
        return (halves){ 100, OTHERS_SAY };
    }
    return (halves){ BEFORE_BUT, AFTER_BUT };
}

/* --- questions ------------------------------------------------------------------- */

/* "Is it good?" wants to know; "isn't it good?" and "why is it bad?" say so. */
static bool wants_to_know(const ef_words *words)
{
    return words->count > 0 &&
           EF_WORD_IS(&words->items[0], EF_W("is"), EF_W("are"), EF_W("was"), EF_W("were"),
                      EF_W("do"), EF_W("does"), EF_W("did"), EF_W("can"), EF_W("could"),
                      EF_W("will"), EF_W("would"), EF_W("has"), EF_W("have"),
                      EF_W("should"), EF_W("any"), EF_W("anyone"), EF_W("anybody"));
}

static void weigh_asking(ef_judge *j, ef_item *item)
{
    const char *rule = item->rule;
    if (j->words->answer == EF_FRAME_DENIAL)
        ef_item_change(item, ANSWERED_NO, "answered no", item->first);
    else if (j->words->answer == EF_FRAME_NO && strcmp(rule, "rhetoric") != 0)
        ef_item_change(item,
                       item->weight > 0 && wants_to_know(j->words) ? ASKED_PRAISE : ASKED,
                       "question", item->first);
}

/* A bare answer has been heard with its question. */
static void silence(ef_judge *j)
{
    for (size_t i = 0; i < j->items->count; i++)
        if (j->items->list[i].kind == EF_ITEM_VALENCE)
            ef_item_change(&j->items->list[i], 0, "answer", j->items->list[i].first);
    ef_words_set_aside(j->words, 0, j->words->count);
}

/* What the next sentence denies though this one is no question. */
static void weigh_denial(ef_judge *j)
{
    for (size_t i = 0; i < j->items->count; i++)
        if (j->items->list[i].kind == EF_ITEM_VALENCE)
            deny(&j->items->list[i], j->items->list[i].first);
}

/* --- the sentence ---------------------------------------------------------------- */

/* "It began well and ended badly" is mixed though it is one clause. */
static bool is_mixed(const ef_judge *j, const ef_item *a, const ef_item *b)
{
    if (abs(a->weight) < CONTRASTS || abs(b->weight) < CONTRASTS ||
        (a->weight < 0) == (b->weight < 0))
        return false;
    for (size_t i = (size_t)a->last + 1; i < b->first; i++)
        if (EF_WORD_IS(&j->words->items[i], EF_W("and"), EF_W("then")))
            return true;
    return false;
}

static void find_mixed(ef_judge *j)
{
    const ef_item *before = NULL;
    for (size_t i = 0; i < j->items->count; i++) {
        const ef_item *item = &j->items->list[i];
        if (item->kind != EF_ITEM_VALENCE || item->weight == 0)
            continue;
        if (before != NULL && before->clause == item->clause && is_mixed(j, before, item))
            j->findings->has_positive_clause = j->findings->has_negative_clause = true;
        before = item;
    }
}

/* Whether a valence stands at a word or behind it. */
static bool mood_behind(const ef_judge *j, size_t first)
{
    bool is = false;
    for (size_t i = 0; i < j->items->count; i++)
        is |= j->items->list[i].kind == EF_ITEM_VALENCE && j->items->list[i].base != 0 &&
              j->items->list[i].first >= first;
    return is;
}

/* "The other one was bad, this one is good": what was said of the rival weighs less. */
static void weigh_rival(ef_judge *j)
{
    const ef_words *words = j->words;
    size_t at = 0;
    while (at + 2 < words->count &&
           !(words->items[at].ends_clause &&
             EF_WORD_IS(&words->items[at + 1], EF_W("this"), EF_W("these"), EF_W("mine"))))
        at++;
    if (at + 2 >= words->count || !mood_behind(j, at + 1))
        return;
    for (size_t i = 0; i < j->items->count && j->items->list[i].first <= at; i++)
        if (j->items->list[i].kind == EF_ITEM_VALENCE && !j->items->list[i].is_final)
            ef_item_change(&j->items->list[i], OTHERS_SAY, "rival", at + 1);
    ef_words_set_aside(j->words, 0, at + 1);
}

static void weigh_item(ef_judge *j, ef_item *item, halves parts)
{
    const ef_words *words = j->words;
    uint32_t marks = words->exclamations > 3 ? 3 : words->exclamations;
    if ((j->findings->signals & EF_SIGNAL_SARCASM) && item->weight > 0) {
        ef_item_change(item, SARCASTIC, "sarcasm cue", item->first);
        ef_words_set_aside(j->words, item->first, (size_t)item->last + 1);
    }
    if (!item->is_final)
        ef_item_change(item, item->first < j->but_word ? parts.before : parts.after,
                       "contrast", j->but_word);
    if (words->is_question)
        weigh_asking(j, item);
    else if (marks > 0)
        ef_item_change(item, 100 + (int32_t)marks * EXCLAIMED, "exclamation", item->first);
}

/* The first word behind the clause that a sentence opens with, if that is a condition; else
 * the sentence's end. */
static size_t main_clause(const ef_words *words)
{
    const ef_word *first = words->items;
    size_t at = 0, end = words->count;
    if (end < 4 || words->is_question ||
        !EF_WORD_IS(first, EF_W("if"), EF_W("unless"), EF_W("when"), EF_W("should"),
                    EF_W("in")) ||
        (EF_WORD_IS(first, EF_W("in")) && !EF_WORD_IS(first + 1, EF_W("case"))))
        return end;
    while (at < end && !first[at].ends_clause)
        at++;
    return at + 2 < end ? at + 1 : end;
}

/* "Please call us", "you may send it back": what to do, not what is. */
static bool instructs(const ef_word *word)
{
    if (EF_WORD_IS(word, EF_W("you"), EF_W("we")))
        return EF_WORD_IS(word + 1, EF_W("may"), EF_W("can"), EF_W("should"), EF_W("must"),
                          EF_W("will"), EF_W("do"), EF_W("refund"), EF_W("replace"));
    return EF_WORD_IS(word, EF_W("please"), EF_W("call"), EF_W("tell"), EF_W("write"),
                      EF_W("contact"), EF_W("let"), EF_W("send"), EF_W("return"),
                      EF_W("our"), EF_W("here"), EF_W("email"), EF_W("phone"), EF_W("ask"),
                      EF_W("report"), EF_W("speak"), EF_W("inform"));
}

static bool recommends(const ef_word *word)
{
    return EF_WORD_IS(word, EF_W("go"), EF_W("come"), EF_W("visit"), EF_W("try"),
                      EF_W("get"), EF_W("buy"), EF_W("choose"), EF_W("this"));
}

/* "If you enjoy another delay, this is for you" recommends nothing. */
static bool is_wanted(const ef_judge *j, size_t end)
{
    bool is = true;
    for (size_t i = 0; i < j->items->count; i++)
        is &= j->items->list[i].kind != EF_ITEM_VALENCE || j->items->list[i].base >= 0;
    for (size_t i = 0; i < end; i++)
        is &=
            !EF_WORD_IS(&j->words->items[i], EF_W("another"), EF_W("more"), EF_W("third"));
    return is;
}

/* "If it breaks, please call us" says nothing of what is; "if you like good food, go there"
 * says that there is some. */
static void weigh_advice(ef_judge *j)
{
    const ef_word *words = j->words->items;
    size_t main = main_clause(j->words);
    if (main >= j->words->count || mood_behind(j, main))
        return;
    bool is_praise = recommends(&words[main]);
    if (is_praise ? !is_wanted(j, main) : !instructs(&words[main]))
        return;
    for (size_t i = 0; i < j->items->count; i++) {
        ef_item *item = &j->items->list[i];
        if (item->kind == EF_ITEM_VALENCE)
            ef_item_renew(item, is_praise ? RECOMMENDED : ADVISED,
                          is_praise ? "recommendation" : "advice", main);
    }
    ef_words_set_aside(j->words, 0, is_praise ? main : j->words->count);
}

void ef_look_back_yield(ef_items *items, ef_words *words, const char *rule)
{
    for (size_t i = 0; i < items->count; i++)
        if (items->list[i].kind == EF_ITEM_VALENCE)
            ef_item_change(&items->list[i], OTHERS_SAY, rule, 0);
    ef_words_set_aside(words, 0, words->count);
}

/* What weighs each item alike: a contrast, marks and cues. Most sentences have none. */
static void weigh_items(ef_judge *j)
{
    const ef_words *words = j->words;
    bool has_but = j->but_word < words->count;
    if (!has_but && !words->is_question && words->exclamations == 0 &&
        (j->findings->signals & EF_SIGNAL_SARCASM) == 0)
        return;
    halves parts = has_but ? weigh_halves(j) : (halves){ 100, 100 };
    for (size_t i = 0; i < j->items->count; i++)
        if (j->items->list[i].kind == EF_ITEM_VALENCE)
            weigh_item(j, &j->items->list[i], parts);
}

void ef_look_back(ef_judge *j)
{
    weigh_items(j);
    if (j->words->answer == EF_FRAME_DENIAL) {
        if (!j->words->is_question)
            weigh_denial(j);
        ef_words_set_aside(j->words, 0, j->words->count);
    }
    if (j->words->is_reply)
        silence(j);
    if (j->findings->has_rival)
        weigh_rival(j);
    weigh_advice(j);
    ef_irony_weigh(j);
    ef_rules_sum(j->findings, j->items, j->words);
    if (j->findings->positive >= CONTRASTS && j->findings->negative >= CONTRASTS)
        find_mixed(j);
}
