/* SPDX-License-Identifier: MIT
 * pipeline/made_texts.c - sentences from templates, chosen by a generator with a seed.
 *
 * Each text has a seed of its own, so that it does not depend on the texts before it. */
#include "pipeline/made_texts.h"

#include "base/hash.h"

/* A template's slots: N a thing, G and B good and bad words for it, V what was done. */
static const char *const templates[] = {
    "The N is G, and the N was G as well",
    "I V the N last week and it is B",
    "Not G at all, but the N made up for it",
    "My N arrived with a B N in a dented box",
    "We V two of them for the kitchen upstairs",
    "It isn\xe2\x80\x99t B, just not as G as the N we had before",
    "The seller V the N within three days, which was really G",
    "If the N had been G I would have kept it",
    "Compared with the old one this N is far more G",
    "They V it twice and the N is still B",
    "Honestly the most G N I have V in years",
    "It was delivered on Tuesday next to the garage door",
    "I don't think the N is worth the money",
    "The manual says otherwise, yet the N works on batteries",
    "Very B N, very slow N, and nobody V my mail",
    "After a month of daily use the N looks like new",
};
static const char *const chats[] = {
    "hi, where is my N?",
    "thanks, that was G",
    "the N is B again \xf0\x9f\x98\xa1",
    "ok I V it",
    "still waiting for the N",
    "great, the N works now :)",
    "no the other N, in black",
    "this is so B!!",
    "can you send me the N?",
    "what a G N",
};
static const char *const things[] = {
    "screen",  "battery", "price",  "delivery", "lid",    "handle",  "service", "app",
    "charger", "colour",  "fabric", "zip",      "sound",  "kettle",  "lamp",    "hose",
    "support", "invoice", "filter", "mattress", "jacket", "printer", "button",  "plan",
};
static const char *const good[] = {
    "good", "great",    "lovely", "sturdy", "helpful", "quick",
    "easy", "friendly", "quiet",  "superb", "cosy",    "reliable",
};
static const char *const bad[] = {
    "bad",   "broken", "slow",  "useless",  "noisy",  "flimsy",
    "awful", "late",   "dirty", "annoying", "shabby", "disappointing",
};
static const char *const verbs[] = {
    "bought", "returned", "ordered", "tried",    "used",    "sent",
    "asked",  "replaced", "checked", "answered", "cleaned", "opened",
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* One of a list; the state goes on. */
static const char *choose(uint64_t *state, const char *const *list, size_t count)
{
    *state = ef_hash_combine(*state, count);
    return list[(*state >> 32) % count];
}

static bool append_sentence(ef_buffer *text, uint64_t *state, const char *pattern)
{
    for (; *pattern != '\0'; pattern++) {
        const char *word = NULL;
        switch (*pattern) {
        case 'N':
            word = choose(state, things, COUNT(things));
            break;
        case 'G':
            word = choose(state, good, COUNT(good));
            break;
        case 'B':
            word = choose(state, bad, COUNT(bad));
            break;
        case 'V':
            word = choose(state, verbs, COUNT(verbs));
            break;
        default:
            ef_buffer_append_byte(text, (uint8_t)*pattern);
        }
        if (word != NULL)
            ef_buffer_append_text(text, word);
    }
    return !text->failed;
}

bool ef_made_text(ef_buffer *text, size_t index)
{
    static const char *const ends[] = { ". ", ". ", ". ", "! ", ".\xc2\xa0", ", and " };
    uint64_t state = ef_hash_combine(index, EF_HASH_K1);
    if (index % 4 != 0) /* three messages for a review: most bytes are in reviews */
        return append_sentence(text, &state, choose(&state, chats, COUNT(chats)));
    size_t sentences = 4 + (state >> 40) % 12;
    for (size_t i = 0; i < sentences; i++) {
        append_sentence(text, &state, choose(&state, templates, COUNT(templates)));
        const char *end = choose(&state, ends, COUNT(ends));
        ef_buffer_append_text(text, i + 1 < sentences ? end : ".");
    }
    return !text->failed;
}
