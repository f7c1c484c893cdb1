/* SPDX-License-Identifier: MIT
 * lexicon/lexicon_build.h - lexicon files into the table. */
#ifndef EARFUL_LEXICON_LEXICON_BUILD_H
#define EARFUL_LEXICON_LEXICON_BUILD_H

#include "lexicon/lexicon.h"

/* A table that grows. */
typedef struct ef_lexicon_growing {
    ef_lexicon_entry *entries; /* owned */
    unsigned slot_bits;
    unsigned quarters; /* how full it gets before it grows */
    size_t count;
} ef_lexicon_growing;

typedef struct ef_lexicon_builder {
    ef_lexicon_growing words, paths[EF_LEVELS];
    uint64_t *slips; /* of first words; owned */
    uint64_t slots[EF_SLOT_FILTER_WORDS]; /* as in ef_phrase_tables */
    uint64_t terms, hash;
    bool is_own;    /* entries added from now on are a user's */
    uint64_t *seen; /* terms of the files added so far, to find duplicates */
    size_t seen_count, seen_capacity;
    ef_normal_text normal; /* working memory of the tokenizer */
    ef_tokens tokens;
} ef_lexicon_builder;

/* Starts empty (base NULL), or from a copy of base. Release it in any case. */
ef_status ef_lexicon_builder_init(ef_lexicon_builder *builder, const ef_lexicon *base,
                                  ef_error *error);
void ef_lexicon_builder_release(ef_lexicon_builder *builder);

/* The entry of a key in one of the builder's tables, added empty if it is new; it lives
 * until the next call. NULL without memory or when the table has reached its limit. */
ef_lexicon_entry *ef_lexicon_builder_entry(ef_lexicon_growing *table, uint64_t key);

/* Adds one file. Every finding goes to found, which may be NULL. Lines with errors are left
 * out; the first is also described in *error, with path, and makes the result
 * EF_ERR_FORMAT. *entries counts the good lines, if it is not NULL. */
ef_status ef_lexicon_builder_add(ef_lexicon_builder *builder, ef_slice bytes,
                                 const char *path, ef_lexicon_finding_fn *found, void *user,
                                 size_t *entries, ef_error *error);

/* Moves what was built into *lexicon, which then owns it. EF_ERR_MEMORY only. */
ef_status ef_lexicon_builder_finish(ef_lexicon_builder *builder, ef_lexicon *lexicon,
                                    ef_error *error);

#endif
