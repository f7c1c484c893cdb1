/* SPDX-License-Identifier: MIT
 * planted.h - what invented customers say, with changes planted at known strengths.
 *
 * A vocabulary of made-up nouns that are said as often as Zipf has it, in sentences of
 * English; some nouns go in pairs. On the other side twenty phrases are said more, or less,
 * by a known factor. A few loud customers and a text that many send do not belong to them:
 * a change that they make is none. */
#ifndef EARFUL_TESTS_FINDINGS_PLANTED_H
#define EARFUL_TESTS_FINDINGS_PLANTED_H

#include <stdio.h>
#include <stdlib.h>

#include "../tally/saying.h"
#include "tally/said.h"

enum {
    PLANTED_NOUNS = 300,
    PLANTED_FIRST = 10, /* the planted ones: every seventh from the tenth on */
    PLANTED_STEP = 7,
    PLANTED_COUNT = 20,
    PLANTED_LOUD = 200, /* nouns of loud customers and of the text that many send */
    PLANTED_SENT = 210
};

typedef struct planting {
    uint64_t seed;
    size_t messages;   /* on each side */
    double factor;     /* how much more often a planted noun is said; 1: nothing changes */
    bool is_disturbed; /* by loud customers, and a text that many send */
} planting;

static inline double planted_draw(uint64_t *state)
{
    *state = ef_hash_mix(*state, 0x5EED);
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* "zokavumi": no word of English, nor of a lexicon. Every fifth is two words. */
static inline void planted_noun(size_t i, char *name, size_t room)
{
    static const char *const syllables[] = { "zo", "ka", "vu", "mi", "te",
                                             "lo", "ru", "ba", "ne", "dy" };
    const char *a = syllables[i % 10], *b = syllables[i / 10 % 10];
    const char *c = syllables[i / 100 % 10];
    if (i % 5 == 0)
        snprintf(name, room, "%s%s%sko %s%s%sta", a, b, c, c, a, b);
    else
        snprintf(name, room, "%s%s%svi", a, b, c);
}

static inline bool is_planted(size_t noun)
{
    return noun >= PLANTED_FIRST && noun < PLANTED_FIRST + PLANTED_STEP * PLANTED_COUNT &&
           (noun - PLANTED_FIRST) % PLANTED_STEP == 0;
}

/* How often a message holds a noun: 6 % for the first, and so on down. Half of the planted
 * ones rise, half fall. */
static inline double planted_share(const planting *p, size_t noun, ef_side side)
{
    double share = 0.3 / (double)(noun + 5);
    bool rises = (noun - PLANTED_FIRST) / PLANTED_STEP % 2 == 0;
    if (!is_planted(noun) || rises != (side == EF_SIDE_AFTER))
        return share;
    return share * p->factor;
}

static inline bool planted_say(ef_said *said, const char *text, uint64_t number,
                               uint64_t author, ef_side side)
{
    hand_made made;
    const ef_heard *heard = saying(&made, text, number, author, (ef_label)(1 + number % 3));
    made.heard.side = side;
    return ef_said_add(said, heard, 0);
}

static inline bool planted_message(ef_said *said, const planting *p, uint64_t *state,
                                   uint64_t number, ef_side side)
{
    static const char *const sentences[] = { "The %s is here. ", "I was sent my %s. ",
                                             "It came with the %s. ",
                                             "We cannot open this %s at all. " };
    char text[4000] = "It is what it is. ", name[64];
    size_t size = strlen(text);
    for (size_t noun = 0; noun < PLANTED_NOUNS && size < sizeof text - 100; noun++) {
        if (planted_draw(state) >= planted_share(p, noun, side))
            continue;
        planted_noun(noun, name, sizeof name);
        const char *sentence = sentences[(size_t)(planted_draw(state) * 4)];
        /* The formats are those four. */
        const char *mark = strstr(sentence, "%s");
        size += (size_t)snprintf(text + size, sizeof text - size, "%.*s%s%s",
                                 (int)(mark - sentence), sentence, name, mark + 2);
    }
    uint64_t author = 1 + (uint64_t)(planted_draw(state) * (double)p->messages * 1.5);
    return planted_say(said, text, number, author, side);
}

/* Ten customers write sixty times of their own noun; sixty send the same text. */
static inline bool planted_noise(ef_said *said, uint64_t number)
{
    char text[200], name[64];
    for (uint64_t i = 0; i < 600; i++) {
        planted_noun(PLANTED_LOUD + i % 10 / 2, name, sizeof name);
        snprintf(text, sizeof text, "The %s again, letter %c%c.", name,
                 (char)('a' + i / 26 % 26), (char)('a' + i % 26));
        if (!planted_say(said, text, number + i, UINT64_C(1) << 40 | i % 10, EF_SIDE_AFTER))
            return false;
    }
    planted_noun(PLANTED_SENT, name, sizeof name);
    snprintf(text, sizeof text, "Give us back the %s, all of us ask for it.", name);
    for (uint64_t i = 0; i < 60; i++)
        if (!planted_say(said, text, number + 600 + i, UINT64_C(1) << 41 | i,
                         EF_SIDE_AFTER))
            return false;
    return true;
}

/* Fills an empty one, and settles it. False without memory. */
static inline bool plant(ef_said *said, const planting *p)
{
    uint64_t state = p->seed;
    for (uint64_t i = 0; i < 2 * p->messages; i++)
        if (!planted_message(said, p, &state, i,
                             i % 2 == 0 ? EF_SIDE_BEFORE : EF_SIDE_AFTER))
            return false;
    return (!p->is_disturbed || planted_noise(said, 2 * p->messages)) &&
           ef_said_settle(said);
}

/* Deals the sides anew by chance: message by message, or customer by customer. */
static inline void deal_sides(ef_said *said, uint64_t seed, bool by_customer)
{
    for (size_t i = 0; i < said->count; i++) {
        ef_said_message *m = &said->messages[i];
        uint64_t coin = ef_hash_mix(by_customer ? m->voice : m->order, seed) >> 40 & 1;
        ef_side side = coin ? EF_SIDE_AFTER : EF_SIDE_BEFORE;
        m->kind = (uint8_t)((unsigned)ef_said_label(m) | (unsigned)side << 2);
    }
}

#endif
