/* SPDX-License-Identifier: MIT
 * lexicon/lexicon_build.c - the tables of a lexicon: growing, writing, opening them.
 *
 * The image is a header, the tables and the filters, little-endian, without pointers.
 * Opening checks the header against the size. Entries need no check of their own, because
 * no value in them is used as an index; only a full table, in which a lookup would not end,
 * is refused. */
#include "lexicon/lexicon_build.h"

#include <stdlib.h>

#include "base/error.h"

/* Words get room, so that one bucket in a hundred overflows and a search ends where it
 * begins; paths, which filters guard, are packed into half of what they would fill. */
enum { FIRST_BITS = 12, LAST_BITS = 24, WORD_QUARTERS = 1, PATH_QUARTERS = 3 };

static const char MAGIC[8] = { 'E', 'F', 'L', 'E', 'X', '0', '0', '7' };

typedef struct image_header {
    char magic[8];
    uint64_t word_bits, path_bits[EF_LEVELS], terms, hash;
    uint64_t zeros[1]; /* so that entries, four a cache line, begin at one */
} image_header;

static size_t slots_of(unsigned bits)
{
    return (size_t)1 << bits;
}

/* Starts a growing table, from a copy of base if there is one. */
static bool start(ef_lexicon_growing *table, const ef_lexicon_table *base,
                  unsigned quarters)
{
    table->quarters = quarters;
    unsigned bits = base == NULL ? FIRST_BITS : base->slot_bits;
    table->entries = calloc(slots_of(bits), sizeof *table->entries);
    if (table->entries == NULL)
        return false;
    table->slot_bits = bits;
    for (size_t i = 0; base != NULL && i < slots_of(bits); i++) {
        table->entries[i] = base->entries[i];
        table->count += base->entries[i].key != 0;
    }
    return true;
}

ef_status ef_lexicon_builder_init(ef_lexicon_builder *builder, const ef_lexicon *base,
                                  ef_error *error)
{
    memset(builder, 0, sizeof *builder);
    bool started =
        start(&builder->words, base == NULL ? NULL : &base->words, WORD_QUARTERS);
    for (int i = 0; i < EF_LEVELS; i++)
        started = started && start(&builder->paths[i],
                                   base == NULL ? NULL : &base->paths[i], PATH_QUARTERS);
    builder->slips = calloc(EF_SLIP_WORDS, sizeof *builder->slips);
    if (!started || builder->slips == NULL) {
        ef_lexicon_builder_release(builder);
        return ef_error_memory(error);
    }
    if (base != NULL) {
        memcpy(builder->slips, base->slips, EF_SLIP_WORDS * sizeof *builder->slips);
        builder->terms = base->terms;
        builder->hash = base->hash;
        memcpy(builder->slots, base->phrases.slots, sizeof builder->slots);
    }
    return EF_OK;
}

void ef_lexicon_builder_release(ef_lexicon_builder *builder)
{
    free(builder->words.entries);
    for (int i = 0; i < EF_LEVELS; i++)
        free(builder->paths[i].entries);
    free(builder->slips);
    free(builder->seen);
    ef_normal_text_release(&builder->normal);
    ef_tokens_release(&builder->tokens);
    memset(builder, 0, sizeof *builder);
}

/* Where a key stands, or is to stand: the slots of its bucket, then those behind it. */
static ef_lexicon_entry *slot_of(const ef_lexicon_growing *table, uint64_t key)
{
    uint64_t mask = slots_of(table->slot_bits) - 1;
    uint64_t slot = key & mask & ~(uint64_t)(EF_BUCKET - 1);
    while (table->entries[slot].key != 0 && table->entries[slot].key != key)
        slot = (slot + 1) & mask;
    return &table->entries[slot];
}

static bool grow(ef_lexicon_growing *table)
{
    ef_lexicon_growing larger = *table;
    larger.slot_bits++;
    if (larger.slot_bits > LAST_BITS)
        return false;
    larger.entries = calloc(slots_of(larger.slot_bits), sizeof *larger.entries);
    if (larger.entries == NULL)
        return false;
    for (size_t i = 0; i < slots_of(table->slot_bits); i++)
        if (table->entries[i].key != 0)
            *slot_of(&larger, table->entries[i].key) = table->entries[i];
    free(table->entries);
    *table = larger;
    return true;
}

ef_lexicon_entry *ef_lexicon_builder_entry(ef_lexicon_growing *table, uint64_t key)
{
    if (table->count + 1 > slots_of(table->slot_bits) / 4 * table->quarters && !grow(table))
        return NULL;
    ef_lexicon_entry *entry = slot_of(table, key);
    if (entry->key == 0) {
        entry->key = key;
        table->count++;
    }
    return entry;
}

/* --- the finished tables --------------------------------------------------------- */

static size_t size_of(unsigned bits)
{
    return slots_of(bits) * sizeof(ef_lexicon_entry);
}

/* How many slots the tables have: 1 << bits. */
typedef struct table_bits {
    unsigned words, paths[EF_LEVELS];
} table_bits;

static size_t filter_words(unsigned level)
{
    return (size_t)1 << ef_level_filter_bits(level);
}

/* Of all tables and filters. */
static size_t size_of_all(const table_bits *bits)
{
    size_t size = size_of(bits->words) +
                  (EF_SLOT_FILTER_WORDS + EF_SPEAKERS_WORDS + EF_SLIP_WORDS) *
                      sizeof(uint64_t);
    for (unsigned i = 0; i < EF_LEVELS; i++)
        size += size_of(bits->paths[i]) + filter_words(i) * sizeof(uint64_t);
    return size;
}

/* Tables and filters, one behind the other from place on. */
static void lay_out(ef_lexicon *lexicon, const uint8_t *place, const table_bits *bits)
{
    lexicon->words = (ef_lexicon_table){ (const void *)place, bits->words };
    place += size_of(bits->words);
    for (unsigned i = 0; i < EF_LEVELS; i++) {
        lexicon->paths[i] = (ef_lexicon_table){ (const void *)place, bits->paths[i] };
        place += size_of(bits->paths[i]);
    }
    for (unsigned i = 0; i < EF_LEVELS; i++) {
        lexicon->phrases.levels[i] =
            (ef_path_table){ .items = (const void *)lexicon->paths[i].entries,
                             .filter = (const void *)place,
                             .slot_bits = bits->paths[i],
                             .filter_bits = ef_level_filter_bits(i) };
        place += filter_words(i) * sizeof(uint64_t);
    }
    lexicon->phrases.slots = (const void *)place;
    place += EF_SLOT_FILTER_WORDS * sizeof(uint64_t);
    lexicon->speakers = (const void *)place;
    lexicon->slips = lexicon->speakers + EF_SPEAKERS_WORDS;
}

/* What kernels are told of slots; once words can be looked up. */
static void name_slots(ef_lexicon *lexicon)
{
    const ef_lexicon_entry *number = ef_lexicon_find(lexicon, EF_SLOT_NUMBER);
    lexicon->phrases.one = EF_SLOT_ONE;
    lexicon->phrases.many = EF_SLOT_MANY;
    lexicon->phrases.number = EF_SLOT_NUMBER;
    lexicon->phrases.number_flags = number == NULL ? 0 : number->flags;
}

static table_bits bits_of(const ef_lexicon *lexicon)
{
    table_bits bits = { .words = lexicon->words.slot_bits };
    for (int i = 0; i < EF_LEVELS; i++)
        bits.paths[i] = lexicon->paths[i].slot_bits;
    return bits;
}

static void say_which_speak(ef_lexicon_growing *table)
{
    for (size_t i = 0; i < slots_of(table->slot_bits); i++) {
        ef_lexicon_entry *entry = &table->entries[i];
        if (ef_entry_weighs(entry) || entry->signals != 0 || entry->emotion != 0 ||
            ef_entry_frame(entry) != EF_FRAME_NO)
            entry->flags |= EF_ENTRY_SPEAKS;
    }
}

static void fill_filter(uint64_t *filter, unsigned level, const ef_lexicon_growing *table)
{
    enum { STRONG = EF_ENTRY_SPEAKS | EF_ENTRY_ONE | EF_ENTRY_MANY | EF_ENTRY_NUMBER };
    memset(filter, 0, filter_words(level) * sizeof *filter);
    for (size_t i = 0; i < slots_of(table->slot_bits); i++) {
        const ef_lexicon_entry *entry = &table->entries[i];
        uint64_t *word = &filter[entry->key >> (64 - ef_level_filter_bits(level))];
        if (entry->key != 0)
            *word |= ef_path_bits(entry->key);
        if (level == EF_PAIRS && (entry->flags & STRONG))
            *word |= ef_path_strong_bits(entry->key);
    }
}

static void fill_speakers(uint64_t *speakers, const ef_lexicon_growing *words)
{
    memset(speakers, 0, EF_SPEAKERS_WORDS * sizeof *speakers);
    for (size_t i = 0; i < slots_of(words->slot_bits); i++) {
        uint64_t bit = words->entries[i].key >> (64 - EF_SPEAKERS_BITS);
        if (words->entries[i].key != 0 && (words->entries[i].flags & EF_ENTRY_SPEAKS))
            speakers[bit >> 6] |= UINT64_C(1) << (bit & 63);
    }
}

static uint8_t *place(uint8_t *at, const ef_lexicon_growing *table)
{
    memcpy(at, table->entries, size_of(table->slot_bits));
    return at + size_of(table->slot_bits);
}

ef_status ef_lexicon_builder_finish(ef_lexicon_builder *builder, ef_lexicon *lexicon,
                                    ef_error *error)
{
    table_bits bits = { .words = builder->words.slot_bits };
    for (int i = 0; i < EF_LEVELS; i++)
        bits.paths[i] = builder->paths[i].slot_bits;
    /* One allocation, so that one pointer owns all. */
    uint8_t *memory = aligned_alloc(64, size_of_all(&bits));
    if (memory == NULL)
        return ef_error_memory(error);
    say_which_speak(&builder->words);
    uint8_t *at = place(memory, &builder->words);
    for (int i = 0; i < EF_LEVELS; i++) {
        say_which_speak(&builder->paths[i]);
        at = place(at, &builder->paths[i]);
    }
    uint64_t *filter = (void *)at;
    for (unsigned i = 0; i < EF_LEVELS; filter += filter_words(i++))
        fill_filter(filter, i, &builder->paths[i]);
    memcpy(filter, builder->slots, sizeof builder->slots);
    filter += EF_SLOT_FILTER_WORDS;
    fill_speakers(filter, &builder->words);
    memcpy(filter + EF_SPEAKERS_WORDS, builder->slips,
           EF_SLIP_WORDS * sizeof *builder->slips);
    *lexicon = (ef_lexicon){ .terms = builder->terms, .hash = builder->hash,
                             .owned = memory };
    lay_out(lexicon, memory, &bits);
    name_slots(lexicon);
    return EF_OK;
}

bool ef_lexicon_write(const ef_lexicon *lexicon, ef_buffer *image)
{
    table_bits bits = bits_of(lexicon);
    image_header header = { .word_bits = bits.words,
                            .terms = lexicon->terms,
                            .hash = lexicon->hash };
    memcpy(header.magic, MAGIC, sizeof MAGIC);
    for (int i = 0; i < EF_LEVELS; i++)
        header.path_bits[i] = bits.paths[i];
    return ef_buffer_append(image, &header, sizeof header) &&
           ef_buffer_append(image, lexicon->words.entries, size_of_all(&bits));
}

/* Whether a look-up ends: it does at a bucket with room. */
static bool has_room(const ef_lexicon_table *table)
{
    for (size_t i = EF_BUCKET - 1; i < slots_of(table->slot_bits); i += EF_BUCKET)
        if (table->entries[i].key == 0)
            return true;
    return false;
}

static bool is_size(uint64_t bits)
{
    return bits >= FIRST_BITS && bits <= LAST_BITS;
}

/* Reads the sizes of the tables; false if they or the size of all are not possible. */
static bool read_bits(const image_header *header, size_t size, table_bits *bits)
{
    bool is = memcmp(header->magic, MAGIC, sizeof MAGIC) == 0 && is_size(header->word_bits);
    bits->words = (unsigned)header->word_bits;
    for (int i = 0; i < EF_LEVELS; i++) {
        is = is && is_size(header->path_bits[i]);
        bits->paths[i] = (unsigned)header->path_bits[i];
    }
    return is && size - sizeof *header == size_of_all(bits);
}

ef_status ef_lexicon_open(ef_lexicon *lexicon, const uint8_t *image, size_t size,
                          ef_error *error)
{
    image_header header;
    table_bits bits;
    memset(lexicon, 0, sizeof *lexicon);
    if (size < sizeof header)
        return ef_error_set(error, EF_ERR_FORMAT, "lexicon image is too short");
    memcpy(&header, image, sizeof header);
    if (!read_bits(&header, size, &bits))
        return ef_error_set(error, EF_ERR_FORMAT, "lexicon image is damaged");
    lay_out(lexicon, image + sizeof header, &bits);
    lexicon->terms = header.terms;
    lexicon->hash = header.hash;
    bool is_good = has_room(&lexicon->words);
    for (int i = 0; i < EF_LEVELS; i++)
        is_good = is_good && has_room(&lexicon->paths[i]);
    if (!is_good)
        return ef_error_set(error, EF_ERR_FORMAT, "lexicon image has no room");
    name_slots(lexicon);
    return EF_OK;
}

void ef_lexicon_release(ef_lexicon *lexicon)
{
    free(lexicon->owned);
    memset(lexicon, 0, sizeof *lexicon);
}
