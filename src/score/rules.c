/* SPDX-License-Identifier: MIT
 * score/rules.c - the lexicon engine: what the words of a sentence say together.
 *
 * One walk over the words, left to right, with a little state: the negator and the boosters
 * that are in force, and the clause. Rules that look back (contrast, exclamation, question)
 * run over the items afterwards. Every factor is a percentage in integers and is applied to
 * one item, so that reasons add up to the evidence exactly. */
#include "score/rules.h"

#include <stdlib.h>

#include "score/comparison.h"
#include "score/frames.h"
#include "score/look_back.h"
#include "score/negation.h"
#include "score/reply.h"
#include "score/spoken_rating.h"
#include "score/word_is.h"

enum {
    BOOSTER_WORDS = 3,  /* a booster reaches so many words */
    BOOSTER_LIMIT = 90, /* percent: "really, really, really" */
    SHOUTED = 125,      /* percent: one word in capitals among others */
    ELONGATED = 120,    /* percent: "sooo goooood" */
    CONCEDED = 60,      /* percent: the clause of "although" */
    FRAMED_WORDS = 3,   /* "bad at first": a frame reaches back so far */
    CLAUSE_SPEAKS = 80  /* 1/100: what makes a clause positive or negative */
};

/* What a phrase that sets a signal says of the mood, 1/100, where the lexicon gives it no
 * valence of its own. From the share of negative texts among those that hold one: churn
 * 82 %, refund 84 %, effort 68 %, escalation 65 %, advocate 17 %, thanks 7 %. A single word
 * ("lawyer", "dangerous") names a topic and says nothing. */
static const int16_t signal_valence[EF_SIGNAL_COUNT] = { -150, -100, -100, -120, -80,
                                                         -80,  180,  120,  -150 };

static ef_item *add_item(ef_judge *j, ef_item_kind kind, size_t first, size_t length)
{
    ef_items *items = j->items;
    if (items->count == items->capacity) {
        size_t capacity = items->capacity == 0 ? 64 : items->capacity * 2;
        ef_item *list = realloc(items->list, capacity * sizeof *list);
        if (list == NULL) {
            j->failed = true;
            return NULL;
        }
        items->list = list;
        items->capacity = capacity;
    }
    ef_item *item = &items->list[items->count++];
    *item = (ef_item){ .kind = kind,
                       .first = (uint32_t)first,
                       .last = (uint32_t)(first + length - 1),
                       .rule = "",
                       .rule_word = (uint32_t)first,
                       .clause = j->clause };
    return item;
}

/* --- state along the sentence ---------------------------------------------------- */

/* "…, but it was not" takes back what was hoped for; "…, but the service isn't" says the
 * opposite of something else. */
static void hear_denial(ef_judge *j, size_t end)
{
    const ef_negation *n = &j->negation;
    bool is_silent = j->clause_item == j->items->count;
    if (n->kind != EF_NEGATOR_NOT || !is_silent || j->clause == 0 || j->clause_word >= end)
        return;
    if (ef_is_bare_denial(j->lexicon, j->words->items + j->clause_word,
                          end - j->clause_word)) {
        ef_look_back_deny(j, end - 1, n->first);
    } else if (n->last + 1 == end && j->but_word == j->clause_word && n->from == n->last) {
        ef_item *echo = add_item(j, EF_ITEM_VALENCE, n->first, end - n->first);
        if (echo != NULL)
            ef_look_back_transfer(j, echo);
        j->clause_sum += echo == NULL ? 0 : echo->weight;
    }
}

/* Ends the clause before the word at end. */
static void end_clause(ef_judge *j, size_t end)
{
    bool is_negating = (j->negation.kind | j->negation.held) != EF_NEGATOR_NO;
    if (is_negating)
        hear_denial(j, end);
    j->findings->has_positive_clause |= j->clause_sum >= CLAUSE_SPEAKS;
    j->findings->has_negative_clause |= j->clause_sum <= -CLAUSE_SPEAKS;
    if (is_negating)
        ef_negation_end_clause(j, end);
    j->clause++;
    j->clause_sum = 0;
    j->clause_word = (uint32_t)end;
    j->clause_item = (uint32_t)j->items->count;
    j->boost = 0;
    j->is_conceded = false;
    j->frame = EF_FRAME_NO;
    j->rival_end = 0;
    if (is_negating)
        ef_negation_begin_clause(j, end);
}

static void start_boost(ef_judge *j, int32_t percent, size_t first, size_t length)
{
    bool goes_on = j->boost != 0 && first <= j->boost_end + 1;
    j->boost = goes_on ? j->boost + percent : percent;
    if (j->boost > BOOSTER_LIMIT)
        j->boost = BOOSTER_LIMIT;
    if (j->boost < -BOOSTER_LIMIT)
        j->boost = -BOOSTER_LIMIT;
    j->booster_word = (uint32_t)first;
    j->boost_end = (uint32_t)(first + length - 1);
}

static void start_contrast(ef_judge *j, unsigned contrast, size_t at)
{
    if (contrast == EF_CONTRAST_ALTHOUGH && j->negation.held_until > 0)
        j->negation.held_until++; /* its clause is the aside */
    end_clause(j, at);
    if (contrast == EF_CONTRAST_BUT) {
        j->negation.held = EF_NEGATOR_NO;
        j->but_word = (uint32_t)at;
    } else {
        j->is_conceded = true;
        j->conceding_word = (uint32_t)at;
    }
}

/* --- items ----------------------------------------------------------------------- */

static void weigh_emphasis(const ef_judge *j, ef_item *item)
{
    for (uint32_t i = item->first; i <= item->last; i++) {
        const ef_word *word = &j->words->items[i];
        if ((word->flags & EF_TOKEN_CAPITALS) && !j->words->is_shouted) {
            ef_item_change(item, SHOUTED, "capitals", i);
            return;
        }
        if (word->flags & EF_TOKEN_ELONGATED) {
            ef_item_change(item, ELONGATED, "elongation", i);
            return;
        }
    }
}

static void add_valence(ef_judge *j, size_t first, size_t length, int32_t valence)
{
    ef_item *item = add_item(j, EF_ITEM_VALENCE, first, length);
    if (item == NULL)
        return;
    item->base = item->weight = valence;
    weigh_emphasis(j, item);
    if (j->boost != 0 && first - j->boost_end <= BOOSTER_WORDS)
        ef_item_change(item, 100 + j->boost, j->boost > 0 ? "booster" : "damper",
                       j->booster_word);
    ef_negation_weigh(j, item);
    ef_comparison_weigh(j, item);
    if (j->is_conceded)
        ef_item_change(item, CONCEDED, "contrast", j->conceding_word);
    if (j->frame != EF_FRAME_NO && first > j->frame_word)
        ef_item_change(item, ef_frame_percent(j->frame, item->weight < 0),
                       ef_frame_rule(j->frame), j->frame_word);
    j->boost = 0;
    j->clause_sum += item->weight;
}

/* A rating is a verdict in figures: no negator or booster turns it. */
static void add_rating(ef_judge *j, size_t first, size_t length, int32_t valence)
{
    ef_item *item = add_item(j, EF_ITEM_VALENCE, first, length);
    if (item == NULL)
        return;
    item->base = item->weight = valence;
    item->rule = "rating";
    j->clause_sum += valence;
}

static void add_signals(ef_judge *j, const ef_match *match, size_t first)
{
    for (unsigned i = 0; i < EF_SIGNAL_COUNT; i++) {
        if ((match->signals >> i & 1) == 0 || (j->findings->signals >> i & 1))
            continue;
        ef_item *item = add_item(j, EF_ITEM_SIGNAL, first, match->signal_length);
        if (item == NULL)
            return;
        item->name = i;
        j->findings->signals |= 1u << i;
    }
}

static void add_emotion(ef_judge *j, uint8_t emotion, size_t first, size_t length)
{
    j->emotion_end = (uint32_t)(first + length);
    if ((emotion & 15) >= EF_EMOTION_COUNT || ef_is_negating(j, first))
        return;
    ef_item *item = add_item(j, EF_ITEM_EMOTION, first, length);
    if (item == NULL)
        return;
    item->base = item->weight = emotion >> 4;
    item->name = emotion & 15;
    j->findings->emotions[item->name] += item->weight;
}

/* A word that can boost and weigh ("awfully nice", "awfully") boosts before a valence. */
static bool boosts(const ef_judge *j, const ef_lexicon_entry *entry, size_t next)
{
    if (entry->booster == 0)
        return false;
    if ((entry->flags & EF_ENTRY_VALENCE) == 0)
        return true;
    if (next >= j->words->count || j->words->items[next - 1].ends_clause)
        return false;
    const ef_lexicon_entry *follower = ef_word_entry(j->lexicon, &j->words->items[next]);
    return follower != NULL && (follower->flags & EF_ENTRY_VALENCE) &&
           follower->valence != 0;
}

/* "It was bad at first": frames what stands before it, if anything does. */
static bool frame_items_before(ef_judge *j, size_t first)
{
    bool has_any = false;
    for (size_t i = j->clause_item; i < j->items->count; i++) {
        ef_item *item = &j->items->list[i];
        if (item->kind != EF_ITEM_VALENCE || item->last + FRAMED_WORDS < first)
            continue;
        ef_item_change(item, ef_frame_percent(EF_FRAME_FORMERLY, item->weight < 0),
                       ef_frame_rule(EF_FRAME_FORMERLY), first);
        ef_words_set_aside(j->words, item->first, first);
        has_any = true;
    }
    return has_any;
}

/* "At first, and then": the frame was about what came before it. */
static bool goes_on(const ef_judge *j, size_t next)
{
    return next < j->words->count &&
           EF_WORD_IS(&j->words->items[next], EF_W("and"), EF_W("but"), EF_W("then"));
}

static bool is_if(const ef_judge *j, const ef_word *word)
{
    const ef_lexicon_entry *entry = ef_word_entry(j->lexicon, word);
    return entry != NULL && ef_entry_frame(entry) == EF_FRAME_IF;
}

/* Whether there is a condition, before or behind. */
static bool has_if(const ef_judge *j)
{
    const ef_words *words = j->words;
    bool has = j->has_if;
    for (size_t i = ef_words_event(words, 0); i < words->count && !has;
         i = ef_words_event(words, i + 1))
        has = is_if(j, &words->items[i]);
    return has;
}

/* A frame holds until its clause ends; "now" ends it earlier. "Would" is a wish only where
 * an "if" stands beside it. */
static void start_frame(ef_judge *j, const ef_match *match, size_t first)
{
    unsigned frame = match->frame;
    size_t last = first + match->frame_length - 1;
    j->is_expected |=
        frame == EF_FRAME_HEARSAY || frame == EF_FRAME_FORMERLY || frame == EF_FRAME_WISH;
    if (frame == EF_FRAME_NOW)
        j->frame = EF_FRAME_NO;
    else if (frame == EF_FRAME_OPINION)
        ef_negation_hold(j, last);
    else if (frame == EF_FRAME_OVER)
        ef_look_back_over(j, first, last);
    else if (frame == EF_FRAME_DENIAL) {
        if (match->frame_length > 1 && j->is_expected && first <= j->clause_word + 1)
            ef_look_back_deny(j, last, first);
    } else if (frame == EF_FRAME_RIVAL) {
        if (match->entry == NULL || match->length <= match->frame_length)
            ef_comparison_meet_rival(j, first, last); /* "the old", not "the old man" */
    } else if (*ef_frame_rule(frame) != '\0' && (frame != EF_FRAME_WOULD || has_if(j))) {
        j->frame = frame;
        /* What stands in a gap of the phrase is framed: "despite the bad reviews". */
        j->frame_word =
            (uint32_t)(match->entry != NULL && match->frame_length > match->length ? first
                                                                                   : last);
        if (frame == EF_FRAME_FORMERLY &&
            (frame_items_before(j, first) || goes_on(j, last + 1)))
            j->frame = EF_FRAME_NO;
    }
}

/* A plain word says nothing unless it is negated. */
static bool is_mere_fact(const ef_judge *j, const ef_match *match, size_t first)
{
    return match->length == 1 && match->entry->valence == 0 &&
           (match->entry->flags & EF_ENTRY_OWN) == 0 && !ef_is_negating(j, first);
}

static void judge_entry(ef_judge *j, const ef_match *match, size_t first)
{
    const ef_lexicon_entry *entry = match->entry;
    size_t length = match->length;
    if (boosts(j, entry, first + length))
        start_boost(j, entry->booster, first, length);
    else if ((entry->flags & EF_ENTRY_VALENCE) != 0 && !is_mere_fact(j, match, first))
        add_valence(j, first, length, entry->valence);
    if (ef_entry_negator(entry) != EF_NEGATOR_NO)
        ef_negation_start(j, ef_entry_negator(entry), first, first + length - 1);
}

/* Marks words by what is in force. */
static void mark_from(ef_judge *j, size_t first, size_t end)
{
    if ((j->negation.kind | j->negation.held) != EF_NEGATOR_NO)
        ef_negation_pass(j, first, end);
    if (j->frame != EF_FRAME_NO)
        ef_words_set_aside(j->words, first > j->frame_word ? first : j->frame_word + 1,
                           end);
}

/* Marks the words before end. This can wait until what is in force changes, and most often
 * nothing is. */
static inline void mark(ef_judge *j, size_t end)
{
    size_t first = j->marked;
    j->marked = (uint32_t)end;
    if ((j->negation.kind | j->negation.held | j->frame) != 0)
        mark_from(j, first, end);
}

/* Passes the words of an event, and ends the clauses that end among them. */
static void pass(ef_judge *j, size_t first, size_t length)
{
    bool ends = false;
    for (size_t i = first; i < first + length; i++)
        ends |= j->words->items[i].ends_clause;
    if (length > 1)
        ef_words_mark(j->words, j->words->marks->in_phrase, first, first + length);
    mark(j, first + length);
    if (ends)
        end_clause(j, first + length);
}

static int32_t valence_of_signals(uint32_t signals)
{
    int32_t strongest = 0;
    for (unsigned i = 0; i < EF_SIGNAL_COUNT; i++)
        if ((signals >> i & 1) && abs(signal_valence[i]) > abs(strongest))
            strongest = signal_valence[i];
    return strongest;
}

/* Judges what the lexicon says at a word; returns how many words that covers. */
static size_t judge_match(ef_judge *j, const ef_match *match, size_t at)
{
    const ef_lexicon_entry *entry = match->entry;
    if (match->signals != 0)
        add_signals(j, match, at);
    if (match->emotion != 0 && at >= j->emotion_end)
        add_emotion(j, match->emotion, at, match->emotion_length);
    if (entry != NULL && ef_entry_contrast(entry) != EF_CONTRAST_NO)
        start_contrast(j, ef_entry_contrast(entry), at);
    if (match->frame != EF_FRAME_NO)
        start_frame(j, match, at);
    bool has_valence = entry != NULL && (entry->flags & EF_ENTRY_VALENCE);
    if (!has_valence && match->signals != 0 && match->signal_length > 1 &&
        match->signal_length >= match->length) {
        add_valence(j, at, match->signal_length, valence_of_signals(match->signals));
        return match->signal_length;
    }
    if (entry == NULL)
        return 1;
    judge_entry(j, match, at);
    if (match->length > 1)
        j->words->phrases[j->words->phrase_count++] = (ef_found_phrase){ entry->key, at };
    return match->length;
}

static bool may_rate(const ef_word *word)
{
    enum { RATINGS = 1 << EF_TOKEN_RATING | 1 << EF_TOKEN_STARS };
    return word->is_number | (RATINGS >> word->kind & 1);
}

/* Judges what begins at a word; returns how many words that covers, 0 if there is nothing.
 */
static size_t judge_word(ef_judge *j, size_t at)
{
    ef_match match;
    const ef_word *word = &j->words->items[at];
    bool speaks = ef_lexicon_match(j->lexicon, word, j->words->count - at, &match);
    if (may_rate(word)) {
        int32_t valence;
        size_t length = ef_spoken_rating(j->words, at, j->normal, j->tokens, &valence);
        /* "five stars for making me wait" */
        if (length > 0 && (match.entry == NULL || match.length <= length)) {
            mark(j, at);
            add_rating(j, at, length, valence);
            return length;
        }
    }
    if (!speaks)
        return 0;
    mark(j, at);
    return judge_match(j, &match, at);
}

/* How a sentence begins: "had it been good, I would …" and "with a better one it would …"
 * are conditions without an "if", "make it good again" is a wish. */
static void open_sentence(ef_judge *j)
{
    const ef_words *words = j->words;
    if (words->count < 4 || words->is_question)
        return;
    const ef_word *first = &words->items[0];
    if (EF_WORD_IS(first, EF_W("make"), EF_W("bring")))
        j->frame = EF_FRAME_WISH;
    if (!EF_WORD_IS(first, EF_W("had"), EF_W("were"), EF_W("should"), EF_W("with")))
        return;
    for (size_t i = 2; i < words->count && !j->has_if; i++)
        j->has_if = EF_WORD_IS(&words->items[i], EF_W("would"), EF_W("i'd"), EF_W("we'd"),
                               EF_W("might"), EF_W("could"), EF_W("it'd"));
    j->frame = j->has_if ? EF_FRAME_IF : EF_FRAME_NO;
}

bool ef_rules_apply(ef_items *items, ef_impression *findings, ef_words *words,
                    const ef_lexicon *lexicon, const ef_normal_text *normal,
                    const ef_tokens *tokens)
{
    ef_judge j = { .items = items,
                   .findings = findings,
                   .words = words,
                   .lexicon = lexicon,
                   .normal = normal,
                   .tokens = tokens,
                   .but_word = (uint32_t)words->count };
    items->count = words->phrase_count = 0;
    if (words->is_judged)
        ef_words_unmark(words);
    words->is_judged = true;
    memset(findings, 0, sizeof *findings);
    open_sentence(&j);
    for (size_t at = ef_words_event(words, 0); at < words->count && !j.failed;) {
        size_t length = judge_word(&j, at);
        if (length > 0 || words->items[at].ends_clause)
            pass(&j, at, length > 0 ? length : 1);
        at = ef_words_event(words, at + (length > 0 ? length : 1));
    }
    mark(&j, words->count);
    end_clause(&j, words->count);
    ef_look_back(&j);
    return !j.failed;
}
