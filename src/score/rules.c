/* SPDX-License-Identifier: MIT
 * score/rules.c - the lexicon engine: what the words of a sentence say together.
 *
 * One walk over the words, left to right, with a little state: the negator and the boosters
 * that are in force, and the clause. Rules that look back (contrast, exclamation, question)
 * run over the items afterwards. Every factor is a percentage in integers and is applied to
 * one item, so that reasons add up to the evidence exactly. */
#include "score/rules.h"

#include <stdlib.h>

#include "score/frames.h"
#include "score/spoken_rating.h"

/* Percent of an item's weight that a negator leaves, by kind of negator and by the sign of
 * what it negates. "Not good" is bad, but "not bad" is only mildly good; with a word of
 * absence both turn over in full ("no problems", "no help"). */
static const int16_t negation_percent[4][2] = {
    /*                     positive, negative */
    [EF_NEGATOR_NO] = { 100, 100 },
    [EF_NEGATOR_NOT] = { -75, -60 },
    [EF_NEGATOR_NONE] = { -75, -90 },
    [EF_NEGATOR_BARELY] = { -55, -40 },
};

enum {
    TWICE_NEGATED = 60,     /* percent: "not without flaws" */
    NEGATION_WORDS = 8,     /* a negator reaches so many words, in its clause */
    BOOSTER_WORDS = 3,      /* and a booster */
    BOOSTER_LIMIT = 90,     /* percent: "really, really, really" */
    SHOUTED = 125,          /* percent: one word in capitals among others */
    ELONGATED = 120,        /* percent: "sooo goooood" */
    BEFORE_BUT = 60,        /* percent */
    AFTER_BUT = 125,        /* percent */
    CONCEDED = 60,          /* percent: the clause of "although" */
    ASKED = 60,             /* percent: a question states nothing */
    DENIED = -80,           /* percent: a question answered with no */
    OTHERS_SAY = 25,        /* percent: "my sister hates it, but I …" */
    SARCASTIC = -50,        /* percent: praise beside a sarcasm cue */
    EXCLAIMED = 8,          /* percent more for each !, up to three */
    CLAUSE_SPEAKS = 80      /* 1/100: what makes a clause positive or negative */
};

/* What a phrase that sets a signal says of the mood, 1/100, where the lexicon gives it no
 * valence of its own. From the share of negative texts among those that hold one: churn
 * 82 %, refund 84 %, effort 68 %, escalation 65 %, advocate 17 %, thanks 7 %. A single word
 * ("lawyer", "dangerous") names a topic and says nothing. */
static const int16_t signal_valence[EF_SIGNAL_COUNT] = { -120, -60, -100, -120, -60,
                                                         -80,  180, 120,  -150 };

void ef_items_release(ef_items *items)
{
    free(items->list);
    memset(items, 0, sizeof *items);
}

typedef struct judge {
    ef_items *items;
    ef_findings *findings;
    ef_words *words;
    const ef_lexicon *lexicon;
    const ef_normal_text *normal;
    const ef_tokens *tokens;
    unsigned negator;       /* ef_negator in force */
    bool negated_twice;
    size_t negator_word;
    int32_t boost;          /* percent in force */
    size_t booster_word, boost_end;
    uint32_t clause;
    int32_t clause_sum;
    bool is_conceded;       /* inside the clause of an "although" */
    size_t conceding_word;
    unsigned frame;         /* ef_frame in force */
    size_t frame_word;      /* its last word */
    bool has_if;            /* somewhere in the sentence */
    size_t but_word;        /* words.count if there is none */
    size_t emotion_end;     /* word behind the last emotion: a phrase hides its words' */
    uint64_t phrase;        /* key of the phrase just judged */
    bool failed;
} judge;

static ef_item *add_item(judge *j, ef_item_kind kind, size_t first, size_t length)
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
    *item = (ef_item){ .kind = kind, .first = (uint32_t)first,
                       .last = (uint32_t)(first + length - 1), .rule = "",
                       .rule_word = (uint32_t)first, .clause = j->clause };
    return item;
}

static void change(ef_item *item, int32_t percent, const char *rule, size_t word)
{
    if (percent == 100 || item->weight == 0)
        return;
    item->weight = item->weight * percent / 100;
    if (abs(percent - 100) < item->rule_percent)
        return;
    item->rule = rule;
    item->rule_word = (uint32_t)word;
    item->rule_percent = abs(percent - 100);
}

/* --- state along the sentence ---------------------------------------------------- */

static void end_clause(judge *j)
{
    j->findings->has_positive_clause |= j->clause_sum >= CLAUSE_SPEAKS;
    j->findings->has_negative_clause |= j->clause_sum <= -CLAUSE_SPEAKS;
    j->clause++;
    j->clause_sum = 0;
    j->negator = EF_NEGATOR_NO;
    j->boost = 0;
    j->is_conceded = false;
    j->frame = EF_FRAME_NO;
}

static bool is_negating(const judge *j, size_t at)
{
    return j->negator != EF_NEGATOR_NO && at - j->negator_word <= NEGATION_WORDS;
}

static void start_negation(judge *j, unsigned negator, size_t first, size_t last)
{
    j->negated_twice = is_negating(j, first) && !j->negated_twice;
    j->negator = negator;
    j->negator_word = last;
}

static void start_boost(judge *j, int32_t percent, size_t first, size_t length)
{
    bool goes_on = j->boost != 0 && first <= j->boost_end + 1;
    j->boost = goes_on ? j->boost + percent : percent;
    if (j->boost > BOOSTER_LIMIT)
        j->boost = BOOSTER_LIMIT;
    if (j->boost < -BOOSTER_LIMIT)
        j->boost = -BOOSTER_LIMIT;
    j->booster_word = first;
    j->boost_end = first + length - 1;
}

static void start_contrast(judge *j, unsigned contrast, size_t at)
{
    end_clause(j);
    if (contrast == EF_CONTRAST_BUT) {
        j->but_word = at;
    } else {
        j->is_conceded = true;
        j->conceding_word = at;
    }
}

static void set_aside(ef_words *words, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        words->items[i].is_aside = true;
}

/* --- items ----------------------------------------------------------------------- */

static void weigh_emphasis(const judge *j, ef_item *item)
{
    for (uint32_t i = item->first; i <= item->last; i++) {
        const ef_word *word = &j->words->items[i];
        if ((word->flags & EF_TOKEN_CAPITALS) && !j->words->is_shouted) {
            change(item, SHOUTED, "capitals", i);
            return;
        }
        if (word->flags & EF_TOKEN_ELONGATED) {
            change(item, ELONGATED, "elongation", i);
            return;
        }
    }
}

static void weigh_negation(const judge *j, ef_item *item)
{
    if (!is_negating(j, item->first))
        return;
    item->is_turned = true;
    /* "Nothing bad", "not inferior": the rule has judged the whole of it, and a classifier
     * that adds up the parts would hear two complaints. */
    if (item->weight < 0)
        set_aside(j->words, j->negator_word, (size_t)item->last + 1);
    if (j->negated_twice)
        change(item, TWICE_NEGATED, "double negation", j->negator_word);
    else
        change(item, negation_percent[j->negator][item->weight < 0], "negation",
               j->negator_word);
}

static void add_valence(judge *j, size_t first, size_t length, int32_t valence)
{
    ef_item *item = add_item(j, EF_ITEM_VALENCE, first, length);
    if (item == NULL)
        return;
    item->base = item->weight = valence;
    weigh_emphasis(j, item);
    if (j->boost != 0 && first - j->boost_end <= BOOSTER_WORDS)
        change(item, 100 + j->boost, j->boost > 0 ? "booster" : "damper", j->booster_word);
    weigh_negation(j, item);
    if (j->is_conceded)
        change(item, CONCEDED, "contrast", j->conceding_word);
    if (j->frame != EF_FRAME_NO && first > j->frame_word)
        change(item, ef_frame_percent(j->frame, item->weight < 0), ef_frame_rule(j->frame),
               j->frame_word);
    j->boost = 0;
    j->clause_sum += item->weight;
}

/* A rating is a verdict in figures: no negator or booster turns it. */
static void add_rating(judge *j, size_t first, size_t length, int32_t valence)
{
    ef_item *item = add_item(j, EF_ITEM_VALENCE, first, length);
    if (item == NULL)
        return;
    item->base = item->weight = valence;
    item->rule = "rating";
    j->clause_sum += valence;
}

static void add_signals(judge *j, const ef_match *match, size_t first)
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

static void add_emotion(judge *j, uint8_t emotion, size_t first, size_t length)
{
    j->emotion_end = first + length;
    if ((emotion & 15) >= EF_EMOTION_COUNT || is_negating(j, first))
        return;
    ef_item *item = add_item(j, EF_ITEM_EMOTION, first, length);
    if (item == NULL)
        return;
    item->base = item->weight = emotion >> 4;
    item->name = emotion & 15;
    j->findings->emotions[item->name] += item->weight;
}

/* A word that can boost and weigh ("awfully nice", "awfully") boosts before a valence. */
static bool boosts(const judge *j, const ef_lexicon_entry *entry, size_t next)
{
    if (entry->booster == 0)
        return false;
    if ((entry->flags & EF_ENTRY_VALENCE) == 0)
        return true;
    if (next >= j->words->count || j->words->items[next - 1].ends_clause)
        return false;
    const ef_lexicon_entry *follower = j->words->items[next].entry;
    return follower != NULL && (follower->flags & EF_ENTRY_VALENCE) && follower->valence != 0;
}

/* A frame holds until its clause ends; "now" ends it earlier. "Would" is a wish only where
 * an "if" stands beside it. */
static void start_frame(judge *j, unsigned frame, size_t last)
{
    if (frame == EF_FRAME_NOW)
        j->frame = EF_FRAME_NO;
    else if (*ef_frame_rule(frame) != '\0' && (frame != EF_FRAME_WOULD || j->has_if)) {
        j->frame = frame;
        j->frame_word = last;
    }
}

static void judge_match(judge *j, const ef_match *match, size_t first)
{
    const ef_lexicon_entry *entry = match->entry;
    size_t length = match->length;
    if (ef_entry_contrast(entry) != EF_CONTRAST_NO)
        start_contrast(j, ef_entry_contrast(entry), first);
    if (boosts(j, entry, first + length))
        start_boost(j, entry->booster, first, length);
    else if ((entry->flags & EF_ENTRY_VALENCE) != 0)
        add_valence(j, first, length, entry->valence);
    if (ef_entry_negator(entry) != EF_NEGATOR_NO)
        start_negation(j, ef_entry_negator(entry), first, first + length - 1);
}

/* Marks the words that were passed, and ends the clauses that end among them. */
static void pass(judge *j, size_t first, size_t length)
{
    bool ends = false;
    for (size_t i = first; i < first + length; i++) {
        ef_word *word = &j->words->items[i];
        word->is_negated = is_negating(j, i) && i > j->negator_word;
        word->is_aside |= j->frame != EF_FRAME_NO && i > j->frame_word;
        word->is_in_phrase = length > 1;
        word->phrase = 0;
        ends |= word->ends_clause;
    }
    if (ends)
        end_clause(j);
}

static int32_t valence_of_signals(uint32_t signals)
{
    int32_t strongest = 0;
    for (unsigned i = 0; i < EF_SIGNAL_COUNT; i++)
        if ((signals >> i & 1) && abs(signal_valence[i]) > abs(strongest))
            strongest = signal_valence[i];
    return strongest;
}

static size_t judge_word(judge *j, size_t at)
{
    int32_t valence;
    if (!j->words->items[at].begins)
        return 1;
    size_t length = ef_spoken_rating(j->words, at, j->normal, j->tokens, &valence);
    if (length > 0) {
        add_rating(j, at, length, valence);
        return length;
    }
    ef_match match = ef_lexicon_match(j->lexicon, j->words->items + at,
                                      j->words->count - at);
    if (match.signals != 0)
        add_signals(j, &match, at);
    if (match.emotion != 0 && at >= j->emotion_end)
        add_emotion(j, match.emotion, at, match.emotion_length);
    if (match.frame != EF_FRAME_NO)
        start_frame(j, match.frame, at + match.frame_length - 1);
    bool has_valence = match.entry != NULL && (match.entry->flags & EF_ENTRY_VALENCE);
    if (!has_valence && match.signal_length > 1 && match.signal_length >= match.length) {
        add_valence(j, at, match.signal_length, valence_of_signals(match.signals));
        return match.signal_length;
    }
    if (match.entry == NULL)
        return 1;
    judge_match(j, &match, at);
    j->phrase = match.length > 1 ? match.entry->key : 0;
    return match.length;
}

/* --- rules that look back -------------------------------------------------------- */

/* What comes before "but" and after it: the second half weighs more, unless one half is
 * somebody else's opinion and the other the speaker's own. */
typedef struct halves {
    int32_t before, after; /* percent */
} halves;

static halves weigh_halves(judge *j)
{
    ef_words *words = j->words;
    size_t but = j->but_word;
    if (but == 0 || but + 1 >= words->count)
        return (halves){ 100, 100 };
    ef_speaker first = ef_speaker_of(j->lexicon, words->items, but);
    ef_speaker second = ef_speaker_of(j->lexicon, words->items + but + 1,
                                      words->count - but - 1);
    if (first == EF_SPEAKER_OTHERS && second == EF_SPEAKER_SELF) {
        set_aside(words, 0, but);
        return (halves){ OTHERS_SAY, AFTER_BUT };
    }
    if (first == EF_SPEAKER_SELF && second == EF_SPEAKER_OTHERS) {
        set_aside(words, but + 1, words->count);
        return (halves){ 100, OTHERS_SAY };
    }
    return (halves){ BEFORE_BUT, AFTER_BUT };
}

static void weigh_asking(const judge *j, ef_item *item)
{
    if (j->words->answer == EF_FRAME_DENIAL)
        change(item, DENIED, "answered no", item->first);
    else if (j->words->answer != EF_FRAME_YES)
        change(item, ASKED, "question", item->first);
}

static void weigh_sentence(judge *j)
{
    const ef_words *words = j->words;
    uint32_t marks = words->exclamations > 3 ? 3 : words->exclamations;
    bool has_but = j->but_word < words->count;
    halves parts = has_but ? weigh_halves(j) : (halves){ 100, 100 };
    for (size_t i = 0; i < j->items->count; i++) {
        ef_item *item = &j->items->list[i];
        if (item->kind != EF_ITEM_VALENCE)
            continue;
        if ((j->findings->signals & EF_SIGNAL_SARCASM) && item->weight > 0)
            change(item, SARCASTIC, "sarcasm cue", item->first);
        if (has_but)
            change(item, item->first < j->but_word ? parts.before : parts.after, "contrast",
                   j->but_word);
        if (words->is_question)
            weigh_asking(j, item);
        else if (marks > 0)
            change(item, 100 + (int32_t)marks * EXCLAIMED, "exclamation", item->first);
    }
    if (words->is_question && words->answer == EF_FRAME_DENIAL)
        set_aside(j->words, 0, words->count);
}

static void sum(judge *j)
{
    ef_findings *findings = j->findings;
    for (size_t i = 0; i < j->items->count; i++) {
        const ef_item *item = &j->items->list[i];
        if (item->kind != EF_ITEM_VALENCE)
            continue;
        const ef_word *word = &j->words->items[item->first];
        findings->polarity += item->weight;
        if (item->is_turned)
            findings->turned += item->weight;
        else if (word->kind != EF_TOKEN_WORD && word->kind != EF_TOKEN_NUMBER)
            findings->verdict += item->weight;
        else if (item->last > item->first)
            findings->phrased += item->weight;
        findings->positive += item->weight > 0 ? item->weight : 0;
        findings->negative -= item->weight < 0 ? item->weight : 0;
        findings->hits += item->weight != 0;
    }
}

bool ef_rules_apply(ef_items *items, ef_findings *findings, ef_words *words,
                    const ef_lexicon *lexicon, const ef_normal_text *normal,
                    const ef_tokens *tokens)
{
    judge j = { .items = items, .findings = findings, .words = words, .lexicon = lexicon,
                .normal = normal, .tokens = tokens, .but_word = words->count };
    items->count = 0;
    memset(findings, 0, sizeof *findings);
    for (size_t i = 0; i < words->count; i++)
        j.has_if |= words->items[i].entry != NULL &&
                    ef_entry_frame(words->items[i].entry) == EF_FRAME_IF;
    for (size_t at = 0; at < words->count && !j.failed;) {
        size_t length = judge_word(&j, at);
        pass(&j, at, length);
        words->items[at].phrase = j.phrase;
        j.phrase = 0;
        at += length;
    }
    end_clause(&j);
    weigh_sentence(&j);
    sum(&j);
    return !j.failed;
}
