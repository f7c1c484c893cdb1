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
    size_t next;    /* the word that would follow */
    unsigned level; /* of the path with it */
} path;

typedef struct walk {
    const ef_lexicon *lexicon;
    const ef_word *words;
    size_t count;
    ef_match *match;
    size_t depth;
    path stack[STACK_SIZE];
} walk;

/* Opens a path of a level. */
static inline void push(walk *w, const ef_lexicon_entry *entry, size_t next, unsigned level)
{
    if (entry != NULL && w->depth < STACK_SIZE)
        w->stack[w->depth++] =
            (path){ entry, next, level < EF_LONGER ? level + 1 : EF_LONGER };
}

/* What a path says that ends before the word next. Which of it is new no CPU guesses: there
 * is no branch. */
static inline void take(ef_match *match, const ef_lexicon_entry *entry, size_t next)
{
    uint8_t length = (uint8_t)next;
    unsigned own_frame = ef_entry_frame(entry);
    bool weighs = ef_entry_weighs(entry) & ((match->entry == NULL) | (length > match->length));
    bool signals = (entry->signals != 0) &
                   ((match->signals == 0) | (length > match->signal_length));
    bool frame = (own_frame != EF_FRAME_NO) &
                 ((match->frame == EF_FRAME_NO) | (length > match->frame_length));
    bool emotion = (entry->emotion != 0) &
                   ((match->emotion == 0) | (length > match->emotion_length));
    match->entry = weighs ? entry : match->entry;
    match->length = weighs ? length : match->length;
    match->signals |= entry->signals;
    match->signal_length = signals ? length : match->signal_length;
    match->frame = frame ? (uint8_t)own_frame : match->frame;
    match->frame_length = frame ? length : match->frame_length;
    match->emotion = emotion ? entry->emotion : match->emotion;
    match->emotion_length = emotion ? length : match->emotion_length;
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

/* The entry of a slot that another entry says is there. */
static inline const ef_lexicon_entry *slot_of(const walk *w, unsigned level,
                                              const ef_lexicon_entry *entry, uint64_t slot)
{
    return ef_lexicon_table_find(&w->lexicon->paths[level],
                                 ef_hash_combine(entry->key, slot));
}

/* What may follow an entry in a slot for one word, as a path of a level. */
static void follow_slots(walk *w, const ef_lexicon_entry *entry, size_t next,
                         unsigned level)
{
    const ef_word *word = &w->words[next];
    if ((entry->flags & EF_ENTRY_ONE) && !word[-1].ends_clause)
        push(w, slot_of(w, level, entry, EF_SLOT_ONE), next + 1, level);
    if ((entry->flags & EF_ENTRY_NUMBER) && word->is_number)
        push(w, slot_of(w, level, entry, EF_SLOT_NUMBER), next + 1, level);
}

/* The words that may follow an entry directly. */
static inline void follow(walk *w, const ef_lexicon_entry *entry, size_t next,
                          unsigned level)
{
    if (entry->flags & (EF_ENTRY_ONE | EF_ENTRY_NUMBER))
        follow_slots(w, entry, next, level);
    uint64_t key = ef_hash_combine(entry->key, w->words[next].hash);
    push(w, ef_lexicon_find_path(w->lexicon, level, key), next + 1, level);
}

/* The words that may follow an entry behind a gap; gaps do not cross the end of a clause.
 */
static void follow_gap(walk *w, const ef_lexicon_entry *entry, size_t next, unsigned level)
{
    const ef_lexicon_entry *gap = slot_of(w, level, entry, EF_SLOT_MANY);
    if (gap == NULL)
        return;
    size_t end = next + EF_GAP_WORDS + 1;
    for (end = end < w->count ? end : w->count; next < end; next++) {
        follow(w, gap, next, level < EF_LONGER ? level + 1 : EF_LONGER);
        if (w->words[next].ends_clause)
            break;
    }
}

/* All that may follow an entry. */
static void go_on(walk *w, const ef_lexicon_entry *entry, size_t next, unsigned level)
{
    if ((entry->flags & EF_ENTRY_CONTINUES) == 0 || next >= w->count)
        return;
    follow(w, entry, next, level);
    if (entry->flags & EF_ENTRY_MANY)
        follow_gap(w, entry, next, level);
}

static void walk_paths(walk *w)
{
    for (int steps = 0; w->depth > 0 && steps < STEP_LIMIT; steps++) {
        path p = w->stack[--w->depth];
        take(w->match, p.entry, p.next);
        go_on(w, p.entry, p.next, p.level);
    }
}

/* Adds the phrases that begin at words[0] to what the word says alone. */
static void add_phrases(const ef_lexicon *lexicon, const ef_word *words, size_t count,
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
        go_on(&w, number, 1, EF_PAIRS);
    }
    const ef_lexicon_entry *entry = ef_word_entry(lexicon, words);
    if (entry != NULL)
        go_on(&w, entry, 1, EF_PAIRS);
    walk_paths(&w);
}

/* Adds the phrases in a line that begin at words[0], by as many steps as a walk takes. Seven
 * of ten end with a pair. */
static void add_line(const ef_lexicon *lexicon, const ef_word *words, size_t count,
                     ef_match *match)
{
    unsigned level = EF_PAIRS;
    uint64_t key = words->hash;
    size_t end = count <= STEP_LIMIT ? count : STEP_LIMIT + 1;
    for (size_t next = 1; next < end; level = ef_next_level(level)) {
        key = ef_hash_combine(key, words[next++].hash);
        if (!ef_path_may_be_there(&lexicon->phrases.levels[level], key))
            break;
        const ef_lexicon_entry *entry = ef_lexicon_table_seek(&lexicon->paths[level], key);
        if (entry->key != key)
            break;
        take(match, entry, next);
    }
}

bool ef_match_phrases(const ef_lexicon *lexicon, const ef_word *words, size_t count,
                      ef_match *match)
{
    if (words->has_slots)
        add_phrases(lexicon, words, count, match);
    else
        add_line(lexicon, words, count, match);
    silence(match);
    return match->entry != NULL || (match->signals | match->frame | match->emotion) != 0;
}
