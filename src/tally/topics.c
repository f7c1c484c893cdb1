/* SPDX-License-Identifier: MIT
 * tally/topics.c - which topics of a user's list a text mentions.
 *
 * A text is folded into words once. Each word is looked up by its hash, and by that of its
 * beginning in every length that some term asks for: what is found there is a chain of
 * terms that begin so, and the words behind are compared one by one. */
#include "tally/topics.h"

#include <stdlib.h>

#include "base/hash.h"
#include "tally/topics_made.h"

enum { MOST_WORDS = EF_TOPIC_TEXT / 2 + 1 };

typedef struct ef_topic_word {
    uint32_t at; /* in hand->folded */
    uint32_t size;
    ef_said_place place; /* in the text */
} topic_word;

void ef_topic_hand_release(ef_topic_hand *hand)
{
    for (size_t i = 0; i < hand->matcher_count; i++)
        ef_pattern_matcher_free(hand->matchers[i]);
    free(hand->matchers);
    free(hand->folded);
    free(hand->words);
    *hand = (ef_topic_hand){ 0 };
}

static bool open_hand(const ef_topics *topics, ef_topic_hand *hand)
{
    if (hand->matchers != NULL)
        return true;
    hand->folded = malloc(EF_TOPIC_TEXT);
    hand->words = malloc(MOST_WORDS * sizeof *hand->words);
    hand->matchers = calloc(topics->pattern_count + 1, sizeof(ef_pattern_matcher *));
    bool fits = hand->folded != NULL && hand->words != NULL && hand->matchers != NULL;
    for (; fits && hand->matcher_count < topics->pattern_count; hand->matcher_count++)
        fits = ef_pattern_matcher_new(&hand->matchers[hand->matcher_count],
                                      topics->patterns[hand->matcher_count].pattern,
                                      NULL) == EF_OK;
    if (!fits)
        ef_topic_hand_release(hand);
    return fits;
}

/* --- words ---------------------------------------------------------------------------- */

static bool is_text(uint8_t c)
{
    return (uint8_t)((c | 0x20) - 'a') < 26 || (c >= '0' && c <= '9') || c >= 0x80;
}

/* The size of an apostrophe inside a word, straight or curly; 0 if there is none. */
static size_t apostrophe(ef_slice text, size_t at)
{
    size_t size = 0;
    if (at < text.size && text.data[at] == '\'')
        size = 1;
    else if (text.size - at > 3 && memcmp(text.data + at, "\xE2\x80\x99", 3) == 0)
        size = 3;
    return size > 0 && at + size < text.size && is_text(text.data[at + size]) ? size : 0;
}

size_t ef_topic_fold(ef_slice text, size_t *at, uint8_t *folded, ef_said_place *place)
{
    size_t size = 0, i = *at;
    while (i < text.size && !is_text(text.data[i]))
        i++;
    place->begin = (uint32_t)i;
    while (i < text.size) {
        size_t quote = size > 0 ? apostrophe(text, i) : 0;
        if (quote == 0 && !is_text(text.data[i]))
            break;
        uint8_t c = text.data[i];
        folded[size++] = quote > 0 ? '\'' : c >= 'A' && c <= 'Z' ? (uint8_t)(c | 0x20) : c;
        i += quote > 0 ? quote : 1;
    }
    place->end = (uint32_t)i;
    *at = i;
    return size;
}

static size_t fold_all(ef_topic_hand *hand, ef_slice text)
{
    size_t count = 0, used = 0, at = 0;
    for (;;) {
        topic_word *word = &hand->words[count];
        word->at = (uint32_t)used;
        word->size = (uint32_t)ef_topic_fold(text, &at, hand->folded + used, &word->place);
        if (word->size == 0)
            return count;
        used += word->size;
        count++;
    }
}

/* --- terms ---------------------------------------------------------------------------- */

static bool is_word(const ef_topic_hand *hand, const topic_word *word,
                    const ef_topic_step *step)
{
    bool fits = step->is_prefix ? word->size >= step->size : word->size == step->size;
    return fits && memcmp(hand->folded + word->at, step->text, step->size) == 0;
}

static void note(uint64_t *found, ef_said_place *places, uint32_t topic,
                 ef_said_place place)
{
    uint64_t bit = UINT64_C(1) << topic;
    if (places != NULL && (!(*found & bit) || place.begin < places[topic].begin))
        places[topic] = place;
    *found |= bit;
}

/* Tries all terms of a chain at the i-th word. */
static void try_chain(const ef_topics *topics, const ef_topic_hand *hand, uint32_t chain,
                      size_t i, size_t count, uint64_t *found, ef_said_place *places)
{
    for (; chain != 0; chain = topics->terms[chain - 1].next) {
        const ef_topic_term *term = &topics->terms[chain - 1];
        bool fits = term->size <= count - i;
        for (uint32_t k = 0; fits && k < term->size; k++)
            fits = is_word(hand, &hand->words[i + k], &term->steps[k]);
        if (fits)
            note(found, places, term->topic,
                 (ef_said_place){ hand->words[i].place.begin,
                                  hand->words[i + term->size - 1].place.end });
    }
}

static void find_terms(const ef_topics *topics, ef_topic_hand *hand, ef_slice text,
                       uint64_t *found, ef_said_place *places)
{
    size_t count = topics->term_count > 0 ? fold_all(hand, text) : 0;
    for (size_t i = 0; i < count; i++) {
        const uint8_t *word = hand->folded + hand->words[i].at;
        size_t size = hand->words[i].size;
        try_chain(topics, hand, ef_topic_chain(topics, word, size, false), i, count, found,
                  places);
        for (size_t k = 0; k < topics->length_count && topics->lengths[k] <= size; k++)
            try_chain(topics, hand, ef_topic_chain(topics, word, topics->lengths[k], true),
                      i, count, found, places);
    }
}

/* False without memory. */
static bool find_pattern(const ef_topics *topics, ef_topic_hand *hand, size_t i,
                         ef_slice text, uint64_t *found, ef_said_place *places)
{
    ef_status status = ef_pattern_search(hand->matchers[i], text, NULL);
    if (status == EF_OK)
        status = ef_pattern_next(hand->matchers[i], NULL);
    if (status == EF_OK) {
        ef_slice match = ef_pattern_matched(hand->matchers[i], 0);
        size_t begin = (size_t)(match.data - text.data);
        note(found, places, topics->patterns[i].topic,
             (ef_said_place){ (uint32_t)begin, (uint32_t)(begin + match.size) });
    }
    return status != EF_ERR_MEMORY;
}

bool ef_topics_find(const ef_topics *topics, ef_topic_hand *hand, ef_slice text,
                    uint64_t *found, ef_said_place *places)
{
    *found = 0;
    if (text.size > EF_TOPIC_TEXT)
        for (text.size = EF_TOPIC_TEXT;
             text.size > 0 && (text.data[text.size] & 0xC0) == 0x80;)
            text.size--;
    if (!open_hand(topics, hand))
        return false;
    find_terms(topics, hand, text, found, places);
    bool fits = true;
    for (size_t i = 0; i < topics->pattern_count && fits; i++)
        fits = find_pattern(topics, hand, i, text, found, places);
    return fits;
}
