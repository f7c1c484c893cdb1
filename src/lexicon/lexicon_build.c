/* SPDX-License-Identifier: MIT
 * lexicon/lexicon_build.c - the table of a lexicon: growing it, writing it, opening it.
 *
 * The image is a header and the entries, little-endian, without pointers. Opening checks
 * the header against the size. Entries need no check of their own, because no value in them
 * is used as an index; only a full table, in which a lookup would not end, is refused. */
#include "lexicon/lexicon_build.h"

#include <stdlib.h>

#include "base/error.h"

enum { FIRST_BITS = 12, LAST_BITS = 24 };

static const char MAGIC[8] = { 'E', 'F', 'L', 'E', 'X', '0', '0', '2' };

typedef struct image_header {
    char magic[8];
    uint64_t slot_bits, terms, hash;
} image_header;

ef_status ef_lexicon_builder_init(ef_lexicon_builder *builder, const ef_lexicon *base,
                                  ef_error *error)
{
    memset(builder, 0, sizeof *builder);
    unsigned bits = base == NULL ? FIRST_BITS : base->slot_bits;
    size_t slots = (size_t)1 << bits;
    builder->entries = calloc(slots, sizeof *builder->entries);
    if (builder->entries == NULL)
        return ef_error_memory(error);
    builder->slot_bits = bits;
    if (base != NULL) {
        memcpy(builder->entries, base->entries, slots * sizeof *builder->entries);
        for (size_t i = 0; i < slots; i++)
            builder->count += builder->entries[i].key != 0;
        builder->terms = base->terms;
        builder->hash = base->hash;
    }
    return EF_OK;
}

void ef_lexicon_builder_release(ef_lexicon_builder *builder)
{
    free(builder->entries);
    free(builder->seen);
    ef_normal_text_release(&builder->normal);
    ef_tokens_release(&builder->tokens);
    memset(builder, 0, sizeof *builder);
}

static ef_lexicon_entry *slot_of(ef_lexicon_entry *entries, unsigned bits, uint64_t key)
{
    uint64_t mask = (UINT64_C(1) << bits) - 1;
    uint64_t slot = key & mask;
    while (entries[slot].key != 0 && entries[slot].key != key)
        slot = (slot + 1) & mask;
    return &entries[slot];
}

static bool grow(ef_lexicon_builder *builder)
{
    unsigned bits = builder->slot_bits + 1;
    if (bits > LAST_BITS)
        return false;
    ef_lexicon_entry *entries = calloc((size_t)1 << bits, sizeof *entries);
    if (entries == NULL)
        return false;
    for (size_t i = 0; i < (size_t)1 << builder->slot_bits; i++)
        if (builder->entries[i].key != 0)
            *slot_of(entries, bits, builder->entries[i].key) = builder->entries[i];
    free(builder->entries);
    builder->entries = entries;
    builder->slot_bits = bits;
    return true;
}

ef_lexicon_entry *ef_lexicon_builder_entry(ef_lexicon_builder *builder, uint64_t key)
{
    if (builder->count + 1 > ((size_t)1 << builder->slot_bits) / 2 && !grow(builder))
        return NULL;
    ef_lexicon_entry *entry = slot_of(builder->entries, builder->slot_bits, key);
    if (entry->key == 0) {
        entry->key = key;
        builder->count++;
    }
    return entry;
}

ef_status ef_lexicon_builder_finish(ef_lexicon_builder *builder, ef_lexicon *lexicon,
                                    ef_error *error)
{
    size_t slots = (size_t)1 << builder->slot_bits;
    size_t size = slots * sizeof *builder->entries;
    /* One allocation for entries and filter, so that one pointer owns both. */
    uint8_t *memory = realloc(builder->entries, size + EF_FILTER_WORDS * sizeof(uint64_t));
    if (memory == NULL)
        return ef_error_memory(error);
    ef_lexicon_entry *entries = (ef_lexicon_entry *)(void *)memory;
    uint64_t *filter = (uint64_t *)(void *)(memory + size);
    memset(filter, 0, EF_FILTER_WORDS * sizeof *filter);
    for (size_t i = 0; i < slots; i++) {
        uint64_t bit = entries[i].key >> (64 - EF_FILTER_BITS);
        if (entries[i].key != 0)
            filter[bit >> 6] |= UINT64_C(1) << (bit & 63);
    }
    *lexicon = (ef_lexicon){ .entries = entries, .filter = filter,
                             .slot_bits = builder->slot_bits, .terms = builder->terms,
                             .hash = builder->hash, .owned = memory };
    builder->entries = NULL;
    return EF_OK;
}

bool ef_lexicon_write(const ef_lexicon *lexicon, ef_buffer *image)
{
    image_header header = { .slot_bits = lexicon->slot_bits,
                            .terms = lexicon->terms,
                            .hash = lexicon->hash };
    memcpy(header.magic, MAGIC, sizeof MAGIC);
    return ef_buffer_append(image, &header, sizeof header) &&
           ef_buffer_append(image, lexicon->entries,
                            ((size_t)1 << lexicon->slot_bits) * sizeof *lexicon->entries) &&
           ef_buffer_append(image, lexicon->filter,
                            EF_FILTER_WORDS * sizeof *lexicon->filter);
}

ef_status ef_lexicon_open(ef_lexicon *lexicon, const uint8_t *image, size_t size,
                          ef_error *error)
{
    image_header header;
    memset(lexicon, 0, sizeof *lexicon);
    if (size < sizeof header)
        return ef_error_set(error, EF_ERR_FORMAT, "lexicon image is too short");
    memcpy(&header, image, sizeof header);
    if (memcmp(header.magic, MAGIC, sizeof MAGIC) != 0 || header.slot_bits < FIRST_BITS ||
        header.slot_bits > LAST_BITS ||
        size - sizeof header != (sizeof(ef_lexicon_entry) << header.slot_bits) +
                                    EF_FILTER_WORDS * sizeof(uint64_t))
        return ef_error_set(error, EF_ERR_FORMAT, "lexicon image is damaged");
    lexicon->entries = (const ef_lexicon_entry *)(const void *)(image + sizeof header);
    lexicon->slot_bits = (unsigned)header.slot_bits;
    lexicon->filter = (const uint64_t *)(const void *)(lexicon->entries +
                                                       ((size_t)1 << header.slot_bits));
    lexicon->terms = header.terms;
    lexicon->hash = header.hash;
    for (size_t i = 0; i < (size_t)1 << header.slot_bits; i++)
        if (lexicon->entries[i].key == 0)
            return EF_OK;
    return ef_error_set(error, EF_ERR_FORMAT, "lexicon image has no free slot");
}

void ef_lexicon_release(ef_lexicon *lexicon)
{
    free(lexicon->owned);
    memset(lexicon, 0, sizeof *lexicon);
}
