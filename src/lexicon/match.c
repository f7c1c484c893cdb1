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

/* Goes on with a step that an entry or `leads` says is there. */
static inline void push_known(walk *w, uint64_t key, size_t next)
{
    push(w, ef_lexicon_table_find(&w->lexicon->paths, key), next);
}

/* What a word says alone, and whether it says anything. One event in four is a word that
 * does, and no CPU guesses which: there is no branch. */
static inline bool take_word(ef_match *match, const ef_word *word)
{
    static const ef_lexicon_entry none = { 0 };
    const ef_lexicon_entry *entry = word->entry == NULL ? &none : word->entry;
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
    if (ef_entry_weighs(entry) && length > match->length) {
        match->entry = entry;
        match->length = length;
    }
    match->signals |= entry->signals;
    if (entry->signals != 0 && length > match->signal_length)
        match->signal_length = length;
    if (ef_entry_frame(entry) != EF_FRAME_NO && length > match->frame_length) {
        match->frame = (uint8_t)ef_entry_frame(entry);
        match->frame_length = length;
    }
    if (entry->emotion != 0 && length > match->emotion_length) {
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

static bool is_number_at(const walk *w, size_t at)
{
    return at < w->count && w->words[at].is_number;
}

/* What may follow an entry directly in a slot for one word. */
static void follow_slots(walk *w, const ef_lexicon_entry *entry, size_t next)
{
    if ((entry->flags & EF_ENTRY_ONE) && !w->words[next - 1].ends_clause)
        push_known(w, ef_hash_combine(entry->key, EF_SLOT_ONE), next + 1);
    if ((entry->flags & EF_ENTRY_NUMBER) && is_number_at(w, next))
        push_known(w, ef_hash_combine(entry->key, EF_SLOT_NUMBER), next + 1);
}

/* The words that may follow a path directly. */
static inline void follow(walk *w, const ef_lexicon_entry *entry, size_t next)
{
    if (entry->flags & (EF_ENTRY_ONE | EF_ENTRY_NUMBER))
        follow_slots(w, entry, next);
    uint64_t key = ef_hash_combine(entry->key, w->words[next].hash);
    if (ef_path_filter_holds(w->lexicon->filter, key))
        push_known(w, key, next + 1);
}

/* The words that may follow a path behind a gap; gaps do not cross the end of a clause. */
static void follow_gap(walk *w, const ef_lexicon_entry *entry, size_t next)
{
    const ef_lexicon_entry *gap = ef_lexicon_table_find(
        &w->lexicon->paths, ef_hash_combine(entry->key, EF_SLOT_MANY));
    if (gap == NULL)
        return;
    size_t end = next + EF_GAP_WORDS + 1;
    for (end = end < w->count ? end : w->count; next < end; next++) {
        follow(w, gap, next);
        if (w->words[next].ends_clause)
            break;
    }
}

/* The paths of two steps or more from the first word on, of which it is known whether the
 * second may follow. */
static inline void start(walk *w)
{
    const ef_lexicon_entry *entry = w->words->entry;
    if (w->words->is_number)
        push(w, ef_lexicon_find(w->lexicon, EF_SLOT_NUMBER), 1);
    if (entry == NULL || w->count < 2)
        return;
    if (entry->flags & (EF_ENTRY_ONE | EF_ENTRY_NUMBER))
        follow_slots(w, entry, 1);
    if (w->words->leads)
        push_known(w, ef_hash_combine(entry->key, w->words[1].hash), 2);
    if (entry->flags & EF_ENTRY_MANY)
        follow_gap(w, entry, 1);
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
            follow_gap(w, p.entry, p.next);
    }
}

/* Adds the phrases that begin at words[0] to what the word says alone. Apart from the rest,
 * so that a word alone pays for no stack. */
static __attribute__((noinline)) bool add_phrases(const ef_lexicon *lexicon,
                                                  const ef_word *words, size_t count,
                                                  ef_match *match)
{
    walk w; /* field by field: clearing the stack cost more than most walks */
    w.lexicon = lexicon;
    w.words = words;
    w.count = count;
    w.match = match;
    w.depth = 0;
    start(&w);
    walk_paths(&w);
    silence(match);
    return match->entry != NULL || (match->signals | match->frame | match->emotion) != 0;
}

bool ef_lexicon_match(const ef_lexicon *lexicon, const ef_word *words, size_t count,
                      ef_match *match)
{
    const ef_word *next = words + (count > 1);
    unsigned slots = words->traits & (EF_ENTRY_ONE | EF_ENTRY_MANY);
    unsigned number = (words->traits & EF_ENTRY_NUMBER) * next->is_number;
    bool speaks = take_word(match, words);
    if ((slots | number | words->leads | words->is_number) == 0)
        return speaks;
    return add_phrases(lexicon, words, count, match);
}
