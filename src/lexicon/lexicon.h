/* SPDX-License-Identifier: MIT
 * lexicon/lexicon.h - words and phrases as hash tables.
 *
 * An entry is 16 bytes, keyed by the hash of a word or of a path of words: the key of a
 * phrase is combine(key of all but its last word, hash of its last word), so the tables are
 * also the trie of all phrases. A slot of a phrase (any word, up to three words, a number)
 * is a step with a key of its own, and the entry before it says that it exists.
 *
 * Single words, where every path begins, have a table of their own, and so have paths of
 * two steps and of three: each word of a text is looked up among the words, every other one
 * begins what may be a pair, and their tables fit a core's cache, while the longer paths,
 * of which there are many times as many, are asked for by few.
 *
 * The tables are an image without pointers: the built-in lexicon is made when the program
 * is built and used where it lies; a user's files are added to a copy when an engine is
 * made. */
#ifndef EARFUL_LEXICON_LEXICON_TABLE_H
#define EARFUL_LEXICON_LEXICON_TABLE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "earful/lexicon.h"
#include "kernels/phrase_paths.h"
#include "lexicon/slips.h"
#include "text/tokenize.h"

enum { /* ef_lexicon_entry.flags */
    EF_ENTRY_VALENCE = 1 << 0,   /* valence is set; 0 neutralises */
    EF_ENTRY_CONTINUES = 1 << 1, /* a phrase goes on from here */
    EF_ENTRY_ONE = 1 << 2,       /* … with any one word */
    EF_ENTRY_MANY = 1 << 3,      /* … behind up to EF_GAP_WORDS words */
    EF_ENTRY_NUMBER = 1 << 4,    /* … with a number */
    EF_ENTRY_IS_NUMBER = 1 << 5, /* the word is a number; ef_entry_number tells which */
    EF_ENTRY_OWN = 1 << 6,       /* from a user's file, or says who somebody is: hides what
                                    the classifier thinks */
    EF_ENTRY_SPEAKS = 1 << 7     /* weighs, sets a signal, shows an emotion or opens a frame:
                                    is no mere step */
};

typedef enum ef_negator {
    EF_NEGATOR_NO = 0, /* no negator */
    EF_NEGATOR_NOT,
    EF_NEGATOR_NONE,
    EF_NEGATOR_BARELY
} ef_negator;

typedef enum ef_contrast {
    EF_CONTRAST_NO = 0, /* no contrast */
    EF_CONTRAST_BUT,
    EF_CONTRAST_ALTHOUGH
} ef_contrast;

/* What a clause is about, when it is not the speaker's verdict here and now. */
typedef enum ef_frame {
    EF_FRAME_NO = 0,
    EF_FRAME_PAST,     /* "used to": over, and so the opposite is hinted at */
    EF_FRAME_FORMERLY, /* "at first", "years ago": may be over */
    EF_FRAME_HEARSAY,  /* "some people say" */
    EF_FRAME_OTHERS,   /* "my sister": weighs less beside an "I" */
    EF_FRAME_IF,       /* "if", "unless" */
    EF_FRAME_WISH,     /* "i wish", "should have been": it is not so */
    EF_FRAME_WOULD,    /* "would be": a wish beside an "if" */
    EF_FRAME_NOW,      /* "now", "these days": ends what is over */
    EF_FRAME_YES,      /* an answer */
    EF_FRAME_DENIAL,   /* an answer: "no", "not at all" */
    EF_FRAME_OPINION,  /* "think", "say": a negator before it goes on behind an aside */
    EF_FRAME_RIVAL,    /* "the old", "your competitor": loses by a comparative */
    EF_FRAME_OVER,     /* "until the": what was said before it is over */
    EF_FRAME_RHETORIC, /* "how can anyone": asks for no answer and means the opposite */
    EF_FRAME_COUNT
} ef_frame;

typedef struct ef_lexicon_entry {
    uint64_t key;    /* 0 marks an empty slot of the table */
    int16_t valence; /* 1/100 of a valence point, -400..400 */
    int8_t booster;  /* percent, 0: no booster */
    uint8_t flags;
    uint16_t signals; /* ef_signal bits */
    uint8_t emotion;  /* ef_emotion, and its strength 1..3 in the high four bits */
    uint8_t grammar;  /* ef_negator in bits 0-1, ef_contrast in bits 2-3, number or ef_frame
                         in 4-7 */
} ef_lexicon_entry;

enum { EF_PHRASE_WORDS = 12, EF_VALENCE_LIMIT = 400 };

/* Keys of the slots; no word hashes to them but by chance of 2^-64. */
#define EF_SLOT_ONE    UINT64_C(0xA0761D6478BD642F)
#define EF_SLOT_MANY   UINT64_C(0xE7037ED1A0B428DB)
#define EF_SLOT_NUMBER UINT64_C(0x8EBC6AF09C88C6E3)

enum { EF_SLOT_FILTER_WORDS = 1 << (EF_SLOT_FILTER_BITS - 6) };

enum { EF_SPEAKERS_BITS = 17, EF_SPEAKERS_WORDS = 1 << (EF_SPEAKERS_BITS - 6) };

/* Entries of a bucket, from its first on; what finds no room there goes to the next one. */
enum { EF_BUCKET = 2 };

typedef struct ef_lexicon_table {
    const ef_lexicon_entry *entries; /* 1 << slot_bits of them */
    unsigned slot_bits;
} ef_lexicon_table;

typedef struct ef_lexicon {
    ef_lexicon_table words; /* and EF_SLOT_NUMBER, if a phrase begins with a number */
    ef_lexicon_table paths[EF_LEVELS];
    ef_phrase_tables phrases; /* the same paths as kernels take them, with their filters */
    const uint64_t *speakers; /* bits of single words that speak, EF_SPEAKERS_WORDS: a
                                 hashtag is tried in a hundred cuts, and nearly all are
                                 none */
    const uint64_t *slips;    /* bits of what slips of words leave, EF_SLIP_WORDS */
    uint64_t terms; /* as written in the files */
    uint64_t hash;  /* over all files in use, in order */
    void *owned;    /* to free; NULL for the built-in image */
} ef_lexicon;

static inline unsigned ef_entry_negator(const ef_lexicon_entry *entry)
{
    return entry->grammar & 3;
}
static inline unsigned ef_entry_contrast(const ef_lexicon_entry *entry)
{
    return entry->grammar >> 2 & 3;
}
static inline unsigned ef_entry_number(const ef_lexicon_entry *entry)
{
    return entry->grammar >> 4;
}
static inline unsigned ef_entry_frame(const ef_lexicon_entry *entry)
{
    unsigned is_number = (entry->flags & EF_ENTRY_IS_NUMBER) != 0; /* 0 - 1: no bit stays */
    return entry->grammar >> 4 & (is_number - 1);
}
static inline bool ef_entry_has_mood(const ef_lexicon_entry *entry)
{
    return (entry->flags & EF_ENTRY_VALENCE) != 0 && entry->valence != 0;
}
/* Whether the entry changes the score itself: steps, signals, emotions and frames do not.
 */
static inline bool ef_entry_weighs(const ef_lexicon_entry *entry)
{
    return ((entry->flags & (EF_ENTRY_VALENCE | EF_ENTRY_IS_NUMBER)) |
            (uint8_t)entry->booster | (entry->grammar & 15)) != 0;
}

/* Whether a single word may speak (EF_ENTRY_SPEAKS): certain for "no". */
static inline bool ef_lexicon_may_speak(const ef_lexicon *lexicon, uint64_t word)
{
    uint64_t bit = word >> (64 - EF_SPEAKERS_BITS);
    return lexicon->speakers[bit >> 6] >> (bit & 63) & 1;
}

/* The first entry of the bucket that a key is looked for in first. */
static inline uint64_t ef_lexicon_bucket(const ef_lexicon_table *table, uint64_t key)
{
    return (key & ((UINT64_C(1) << table->slot_bits) - 1)) & ~(uint64_t)(EF_BUCKET - 1);
}

/* The entry of a key, or any other entry if there is none. One word in three is in no table
 * and no CPU guesses which, so the only branch is for a bucket that overflowed: 200,000
 * wrong guesses fewer in 330,000 words than with a branch on each key. */
static inline const ef_lexicon_entry *ef_lexicon_table_seek(const ef_lexicon_table *table,
                                                            uint64_t key)
{
    uint64_t mask = (UINT64_C(1) << table->slot_bits) - 1;
    const ef_lexicon_entry *place = &table->entries[ef_lexicon_bucket(table, key)];
    for (;;) {
        unsigned is_over = place[1].key == 0;
        place += place[1].key == key;
        if (is_over + (place->key == key) != 0) /* one branch: || would be two */
            return place;
        uint64_t next = (uint64_t)(place - table->entries) + EF_BUCKET;
        place = &table->entries[next & mask];
    }
}

/* The entry of a key, NULL if there is none. */
static inline const ef_lexicon_entry *ef_lexicon_table_find(const ef_lexicon_table *table,
                                                            uint64_t key)
{
    const ef_lexicon_entry *place = ef_lexicon_table_seek(table, key);
    return place->key == key && key != 0 ? place : NULL;
}

/* The entry of a word, NULL if there is none. */
static inline const ef_lexicon_entry *ef_lexicon_find(const ef_lexicon *lexicon,
                                                      uint64_t word)
{
    return ef_lexicon_table_find(&lexicon->words, word);
}

/* Whether a single word speaks. */
static inline bool ef_lexicon_says(const ef_lexicon *lexicon, uint64_t word)
{
    if (!ef_lexicon_may_speak(lexicon, word))
        return false;
    const ef_lexicon_entry *entry = ef_lexicon_find(lexicon, word);
    return entry != NULL && (entry->flags & EF_ENTRY_SPEAKS);
}

/* Filters hold two bits for each path, in one of 1 << bits words, because most neighbours that
 * text asks for are no path: 64, 64 and 128 KiB deny 97 to 99 % of those without a look at a
 * table. */
static inline unsigned ef_level_filter_bits(unsigned level)
{
    return level == EF_LONGER ? EF_FILTER_BITS + 1 : EF_FILTER_BITS;
}

/* The entry of a path, NULL if there is none. */
static inline const ef_lexicon_entry *ef_lexicon_find_path(const ef_lexicon *lexicon,
                                                           unsigned level, uint64_t key)
{
    return ef_path_may_be_there(&lexicon->phrases.levels[level], key)
               ? ef_lexicon_table_find(&lexicon->paths[level], key)
               : NULL;
}

/* The image: what tools/lexicon_image writes and the engine opens. The bytes must be
 * aligned to 64 and outlive *lexicon. */
bool ef_lexicon_write(const ef_lexicon *lexicon, ef_buffer *image);
ef_status ef_lexicon_open(ef_lexicon *lexicon, const uint8_t *image, size_t size,
                          ef_error *error);
void ef_lexicon_release(ef_lexicon *lexicon);

#endif
