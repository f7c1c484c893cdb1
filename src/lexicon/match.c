/* SPDX-License-Identifier: MIT
 * lexicon/match.c - which words and phrases begin at a word.
 *
 * A walk down the trie with a small stack instead of recursion: slots branch, so several
 * paths may be open at once. The stack and the number of steps are bounded, whatever the
 * lexicon holds, which keeps scoring linear. */
#include "lexicon/match.h"

#include "earful/scorer.h"

enum { STEP_LIMIT = 64, STACK_SIZE = 16 };

typedef struct path {
    const ef_lexicon_entry *entry;
    size_t next; /* the word that would follow */
} path;

typedef struct walk {
    const ef_lexicon *lexicon;
    const ef_word *words;
    size_t count;
    ef_match *match;
    size_t depth;
    path stack[STACK_SIZE];
} walk;

static inline void push(walk *w, const ef_lexicon_entry *entry, size_t next)
{
    if (entry != NULL && w->depth < STACK_SIZE)
        w->stack[w->depth++] = (path){ entry, next };
}

/* What a word says alone, and whether it says anything. One event in four is a word that
 * does, and no CPU guesses which: there is no branch. */
static inline bool take_word(ef_match *match, const ef_lexicon *lexicon,
                             const ef_word *word)
{
    static const ef_lexicon_entry none = { 0 };
    const ef_lexicon_entry *entry = ef_word_entry(lexicon, word);
    entry = entry == NULL ? &none : entry;
    match->entry = ef_entry_weighs(entry) ? entry : NULL;
    match->signals = entry->signals;
    match->frame = (uint8_t)ef_entry_frame(entry);
    match->emotion = entry->emotion;
    match->length = match->signal_length = match->frame_length = match->emotion_length = 1;
    return (entry->flags & EF_ENTRY_SPEAKS) != 0;
}

/* What a path says that ends before the word next. */
static void take(ef_match *match, const ef_lexicon_entry *entry, size_t next)
{
    uint8_t length = (uint8_t)next;
    if (ef_entry_weighs(entry) && (match->entry == NULL || length > match->length)) {
        match->entry = entry;
        match->length = length;
    }
    if (entry->signals != 0 && (match->signals == 0 || length > match->signal_length))
        match->signal_length = length;
    match->signals |= entry->signals;
    unsigned frame = ef_entry_frame(entry);
    if (frame != EF_FRAME_NO &&
        (match->frame == EF_FRAME_NO || length > match->frame_length)) {
        match->frame = (uint8_t)frame;
        match->frame_length = length;
    }
    if (entry->emotion != 0 &&
        (match->emotion == 0 || length > match->emotion_length)) {
        match->emotion = entry->emotion;
        match->emotion_length = length;
    }
}

/* A longer phrase says what a shorter one in it is worth: "money back guarantee" asks for
 * no money, "highly recommend that nobody …" is no advice to buy, "uninstalling and
 * reinstalling" no farewell. It silences signals of the other mood, or of both if it has no
 * weight itself. */
static void silence(ef_match *match)
{
    static const unsigned pleased = EF_SIGNAL_ADVOCATE | EF_SIGNAL_THANKS;
    if (match->signals == 0 || match->entry == NULL ||
        match->length <= match->signal_length)
        return;
    unsigned kept = match->signals;
    if (match->entry->valence >= 0)
        kept &= pleased;
    if (match->entry->valence <= 0)
        kept &= ~pleased;
    match->signals = (uint16_t)kept;
}

/* What may follow an entry in a slot for one word. The steps are looked up in table: pairs
 * behind a word, paths behind these. */
static void follow_slots(walk *w, const ef_lexicon_table *table,
                         const ef_lexicon_entry *entry, size_t next)
{
    const ef_word *word = &w->words[next];
    if ((entry->flags & EF_ENTRY_ONE) && !word[-1].ends_clause)
        push(w, ef_lexicon_table_find(table, ef_hash_combine(entry->key, EF_SLOT_ONE)),
             next + 1);
    if ((entry->flags & EF_ENTRY_NUMBER) && word->is_number)
        push(w, ef_lexicon_table_find(table, ef_hash_combine(entry->key, EF_SLOT_NUMBER)),
             next + 1);
}

/* The words that may follow a pair or a longer path directly. */
static inline void follow(walk *w, const ef_lexicon_entry *entry, size_t next)
{
    if (entry->flags & (EF_ENTRY_ONE | EF_ENTRY_NUMBER))
        follow_slots(w, &w->lexicon->paths, entry, next);
    uint64_t key = ef_hash_combine(entry->key, w->words[next].hash);
    push(w, ef_lexicon_find_path(w->lexicon, key), next + 1);
}

/* The words that may follow an entry behind a gap; gaps do not cross the end of a clause. */
static void follow_gap(walk *w, const ef_lexicon_table *table,
                       const ef_lexicon_entry *entry, size_t next)
{
    const ef_lexicon_entry *gap =
        ef_lexicon_table_find(table, ef_hash_combine(entry->key, EF_SLOT_MANY));
    if (gap == NULL)
        return;
    size_t end = next + EF_GAP_WORDS + 1;
    for (end = end < w->count ? end : w->count; next < end; next++) {
        follow(w, gap, next);
        if (w->words[next].ends_clause)
            break;
    }
}

/* The pairs that begin with the first word, or with it as a number. */
static void start(walk *w, const ef_lexicon_entry *entry)
{
    const ef_lexicon_table *pairs = &w->lexicon->pairs;
    if (w->count < 2 || (entry->flags & EF_ENTRY_CONTINUES) == 0)
        return;
    follow_slots(w, pairs, entry, 1);
    uint64_t key = ef_hash_combine(entry->key, w->words[1].hash);
    push(w, ef_lexicon_find_pair(w->lexicon, key), 2);
    if (entry->flags & EF_ENTRY_MANY)
        follow_gap(w, pairs, entry, 1);
}

static void walk_paths(walk *w)
{
    for (int steps = 0; w->depth > 0 && steps < STEP_LIMIT; steps++) {
        path p = w->stack[--w->depth];
        take(w->match, p.entry, p.next);
        if ((p.entry->flags & EF_ENTRY_CONTINUES) == 0 || p.next >= w->count)
            continue;
        follow(w, p.entry, p.next);
        if (p.entry->flags & EF_ENTRY_MANY)
            follow_gap(w, &w->lexicon->paths, p.entry, p.next);
    }
}

/* Adds the phrases that begin at words[0] to what the word says alone. */
static bool add_phrases(const ef_lexicon *lexicon, const ef_word *words, size_t count,
                        ef_match *match)
{
    walk w; /* field by field: clearing the stack cost more than most walks */
    w.lexicon = lexicon;
    w.words = words;
    w.count = count;
    w.match = match;
    w.depth = 0;
    const ef_lexicon_entry *number =
        words->is_number ? ef_lexicon_find(lexicon, EF_SLOT_NUMBER) : NULL;
    if (number != NULL) {
        take(match, number, 1);
        start(&w, number);
    }
    const ef_lexicon_entry *entry = ef_word_entry(lexicon, words);
    if (entry != NULL)
        start(&w, entry);
    walk_paths(&w);
    silence(match);
    return match->entry != NULL || (match->signals | match->frame | match->emotion) != 0;
}

/* --- a look ahead ---------------------------------------------------------------- */

/* Whether a pair says something or, with one of the next words, may be a path. Without a
 * branch: hardly one time in ten it does. */
static inline bool goes_on(const ef_lexicon *lexicon, uint64_t pair, const ef_word *third,
                           const ef_word *last, unsigned words)
{
    bool does = ef_is_strong_pair(lexicon, pair);
    for (unsigned i = 0; i < words; i++, third += third < last)
        does |= ef_may_be_path(lexicon, ef_hash_combine(pair, third->hash));
    return does;
}

/* Whether a phrase may begin at words[0]. Of ten words that may begin one with their
 * neighbour, nine say nothing with that and the word behind; so the filters are asked for
 * both before any table is. */
static bool may_begin(const ef_lexicon *lexicon, const ef_word *words, size_t count)
{
    unsigned traits = words->traits;
    uint64_t hash = words->hash;
    const ef_word *last = words + count - 1, *third = words + (count > 2 ? 2 : count - 1);
    if (words->is_number || ((traits & EF_ENTRY_NUMBER) && words[count > 1].is_number))
        return true;
    if (words->leads) {
        uint64_t pair = ef_hash_combine(hash, words[count > 1].hash);
        ef_lexicon_table_expect(&lexicon->pairs, pair);
        if (goes_on(lexicon, pair, third, last, 1))
            return true;
    }
    if ((traits & EF_ENTRY_ONE) &&
        goes_on(lexicon, ef_hash_combine(hash, EF_SLOT_ONE), third, last, 1))
        return true;
    return (traits & EF_ENTRY_MANY) &&
           goes_on(lexicon, ef_hash_combine(hash, EF_SLOT_MANY), words + (count > 1), last,
                   EF_GAP_WORDS + 1);
}

bool ef_lexicon_match(const ef_lexicon *lexicon, const ef_word *words, size_t count,
                      ef_match *match)
{
    bool speaks = take_word(match, lexicon, words);
    return may_begin(lexicon, words, count) ? add_phrases(lexicon, words, count, match)
                                            : speaks;
}
