/* SPDX-License-Identifier: MIT
 * fuzz_topics.c - a list of topics of any bytes, and a text of any bytes: up to the first
 * NUL the list, behind it the text. */
#include "tally/topics.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *nul = size > 0 ? memchr(data, '\0', size) : NULL;
    size_t split = nul != NULL ? (size_t)(nul - data) : size;
    ef_topics *topics;
    if (ef_topics_read(&topics, (ef_slice){ data, split }, "list", NULL) != EF_OK)
        return 0;
    ef_topic_hand hand = { 0 };
    ef_said_place places[EF_MOST_TOPICS];
    uint64_t found;
    ef_slice text = { data + split, size - split };
    if (!ef_topics_find(topics, &hand, text, &found, places))
        __builtin_trap();
    for (size_t i = 0; i < EF_MOST_TOPICS; i++) {
        bool is_found = found >> i & 1;
        if (is_found && (i >= ef_topics_count(topics) || places[i].begin > places[i].end ||
                         places[i].end > text.size))
            __builtin_trap();
    }
    ef_topic_hand_release(&hand);
    ef_topics_free(topics);
    return 0;
}
