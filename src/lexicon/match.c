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
    path stack[STACK_SIZE];
    size_t depth;
    ef_match match;
} walk;

static void push(walk *w, const ef_lexicon_entry *entry, size_t next)
{
    if (entry != NULL && w->depth < STACK_SIZE)
        w->stack[w->depth++] = (path){ entry, next };
}

static void push_path(walk *w, uint64_t key, size_t next)
{
    push(w, ef_lexicon_find_path(w->lexicon, key), next);
}

static void take(walk *w, path p)
{
    if (ef_entry_weighs(p.entry) && p.next > w->match.length) {
        w->match.entry = p.entry;
        w->match.length = p.next;
    }
    if (p.entry->signals != 0) {
        w->match.signals |= p.entry->signals;
        if (p.next > w->match.signal_length)
            w->match.signal_length = p.next;
    }
    if (ef_entry_frame(p.entry) != EF_FRAME_NO && p.next > w->match.frame_length) {
        w->match.frame = ef_entry_frame(p.entry);
        w->match.frame_length = p.next;
    }
    if (p.entry->emotion != 0 && p.next > w->match.emotion_length) {
        w->match.emotion = p.entry->emotion;
        w->match.emotion_length = p.next;
    }
}

/* A longer phrase says what a shorter one in it is worth: "money back guarantee" asks for
 * no money, "highly recommend that nobody …" is no advice to buy, "uninstalling and
 * reinstalling" no farewell. It silences signals of the other mood, or of both if it has no
 * weight itself. */
static void silence(ef_match *match)
{
    static const uint32_t pleased = EF_SIGNAL_ADVOCATE | EF_SIGNAL_THANKS;
    if (match->entry == NULL || match->length <= match->signal_length)
        return;
    if (match->entry->valence >= 0)
        match->signals &= pleased;
    if (match->entry->valence <= 0)
        match->signals &= ~pleased;
    if (match->signals == 0)
        match->signal_length = 0;
}

/* The words that may follow p directly. */
static void follow(walk *w, path p)
{
    if (p.next >= w->count)
        return;
    uint64_t key = p.entry->key;
    const ef_word *word = &w->words[p.next];
    if ((p.entry->flags & EF_ENTRY_ONE) && !w->words[p.next - 1].ends_clause)
        push_path(w, ef_hash_combine(key, EF_SLOT_ONE), p.next + 1);
    if ((p.entry->flags & EF_ENTRY_NUMBER) && word->is_number)
        push_path(w, ef_hash_combine(key, EF_SLOT_NUMBER), p.next + 1);
    push_path(w, ef_hash_combine(key, word->hash), p.next + 1);
}

/* The words that may follow p behind a gap; gaps do not cross the end of a clause. */
static void follow_gap(walk *w, path p)
{
    const ef_lexicon_entry *gap =
        ef_lexicon_find_path(w->lexicon, ef_hash_combine(p.entry->key, EF_SLOT_MANY));
    if (gap == NULL)
        return;
    size_t last = p.next + EF_GAP_WORDS;
    for (size_t next = p.next; next <= last && next < w->count; next++) {
        follow(w, (path){ gap, next });
        if (w->words[next].ends_clause)
            break;
    }
}

/* The paths that begin with a word whose entry goes on. */
static void walk_paths(walk *w, const ef_lexicon_entry *first)
{
    push(w, first, 1);
    for (int steps = 0; w->depth > 0 && steps < STEP_LIMIT; steps++) {
        path p = w->stack[--w->depth];
        take(w, p);
        if ((p.entry->flags & EF_ENTRY_CONTINUES) == 0)
            continue;
        follow(w, p);
        if (p.entry->flags & EF_ENTRY_MANY)
            follow_gap(w, p);
    }
}

/* Whether a path of two steps or more may begin at words[0]. */
static bool may_go_on(const ef_word *words, size_t count)
{
    unsigned traits = words->traits;
    return words->leads || (traits & (EF_ENTRY_ONE | EF_ENTRY_MANY)) != 0 ||
           ((traits & EF_ENTRY_NUMBER) != 0 && count > 1 && words[1].is_number);
}

ef_match ef_lexicon_match(const ef_lexicon *lexicon, const ef_word *words, size_t count)
{
    walk w; /* field by field: clearing the stack cost more than most walks */
    w.lexicon = lexicon;
    w.words = words;
    w.count = count;
    w.depth = 0;
    w.match = (ef_match){ 0 };
    if (words[0].is_number)
        push(&w, ef_lexicon_find(lexicon, EF_SLOT_NUMBER), 1);
    if (w.depth > 0 || may_go_on(words, count))
        walk_paths(&w, ef_word_entry(lexicon, words));
    else if (words->found & EF_FOUND_LISTED)
        take(&w, (path){ ef_word_entry(lexicon, words), 1 });
    silence(&w.match);
    return w.match;
}
