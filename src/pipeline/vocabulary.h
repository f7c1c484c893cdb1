/* SPDX-License-Identifier: MIT
 * pipeline/vocabulary.h - the words of the training texts, and how much of a text must speak
 * for them for it to count as the same language (ef_language_share). */
#ifndef EARFUL_PIPELINE_VOCABULARY_H
#define EARFUL_PIPELINE_VOCABULARY_H

#include "pipeline/gather.h"

typedef struct ef_vocabulary {
    uint64_t *bits;          /* 1 << bit_count of them, as ef_model.vocabulary */
    unsigned bit_count;
    uint64_t words;          /* known ones */
    uint16_t coverage_limit; /* as in ef_model */
    /* Share of texts of four or more words below the limit, in 1/10000, each judged as if it
     * had not been seen. */
    uint32_t own_flagged, foreign_flagged;
    uint64_t foreign_texts;
} ef_vocabulary;

/* Makes a vocabulary of gathered words. EF_ERR_MEMORY only. */
ef_status ef_vocabulary_build(ef_vocabulary *vocabulary, const ef_texts *texts,
                              const ef_gathered *words, const ef_lexicon *lexicon,
                              ef_error *error);
void ef_vocabulary_release(ef_vocabulary *vocabulary);

#endif
