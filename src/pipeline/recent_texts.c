/* SPDX-License-Identifier: MIT
 * pipeline/recent_texts.c - texts of the last negative messages, for alerts that may show
 * them. */
#include "pipeline/recent_texts.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/utf8.h"

enum { SLOTS = 8192 }; /* a block of a mebibyte holds no more negative messages */

struct ef_recent_texts {
    struct slot {
        uint64_t id; /* its hash; two ids share one once in 2^64 */
        size_t size;
        uint8_t bytes[EF_RECENT_LONGEST];
    } slots[SLOTS]; /* a ring */
    size_t next;
};

ef_recent_texts *ef_recent_texts_new(void)
{
    return calloc(1, sizeof(ef_recent_texts));
}

void ef_recent_texts_free(ef_recent_texts *texts)
{
    free(texts);
}

/* Bytes of text that fit, cut before a character. */
static size_t fitting(ef_slice text)
{
    uint32_t code;
    size_t at = 0;
    while (at < text.size) {
        size_t size = ef_utf8_decode(text.data + at, text.size - at, &code);
        size = size == 0 ? 1 : size;
        if (at + size > EF_RECENT_LONGEST)
            break;
        at += size;
    }
    return at;
}

void ef_recent_texts_keep(ef_recent_texts *texts, ef_slice id, ef_slice text)
{
    struct slot *slot = &texts->slots[texts->next];
    texts->next = (texts->next + 1) % SLOTS;
    slot->id = ef_hash_bytes(id.data, id.size);
    slot->size = fitting(text);
    if (slot->size > 0)
        memcpy(slot->bytes, text.data, slot->size);
}

ef_slice ef_recent_texts_find(const ef_recent_texts *texts, ef_slice id)
{
    uint64_t hash = ef_hash_bytes(id.data, id.size);
    for (size_t i = 0; i < SLOTS; i++) {
        const struct slot *slot = &texts->slots[i];
        if (slot->id == hash && slot->size > 0)
            return (ef_slice){ slot->bytes, slot->size };
    }
    return (ef_slice){ NULL, 0 };
}
