/* SPDX-License-Identifier: MIT
 * pipeline/gather.h - what the engine finds in every training text.
 *
 * Texts are walked as scoring walks them, twice: first for their words, because the
 * vocabulary decides how "soooo" and "#nevermore" are read, then for their features and
 * the lexicon's evidence. Threads take stretches of texts; the stretches are joined in
 * order, so the result does not depend on their number. */
#ifndef EARFUL_PIPELINE_GATHER_H
#define EARFUL_PIPELINE_GATHER_H

#include "pipeline/texts.h"
#include "score/emotions.h"
#include "score/engine_parts.h"
#include "score/walk_text.h"

/* A list of hashes for each text: unique in the text, ascending. */
typedef struct ef_gathered {
    uint64_t *hashes;
    uint8_t *repeats;        /* how often in the text, at most 255 */
    uint64_t count;
    ef_text_features *texts; /* as many as were asked for; weight and label are copied;
                                part is that of the family's main part */
    ef_totals *totals;       /* of each text; without a classifier's evidence */
    uint32_t *language_words; /* of each text */
    ef_emotion_sums *felt;    /* of each text, the lexicon's part; NULL unless asked for */
} ef_gathered;

typedef enum ef_gather_what {
    EF_GATHER_WORDS,   /* the words, of all texts */
    EF_GATHER_FEATURES, /* the features, of texts with a class */
    EF_GATHER_EMOTIONS  /* the features, of all texts, and felt */
} ef_gather_what;

/* vocabulary may be NULL. Texts that are not asked for have no hashes. EF_ERR_MEMORY only;
 * *gathered is then empty. */
ef_status ef_gather(ef_gathered *gathered, const ef_engine *engine,
                    const ef_model *vocabulary, const ef_texts *texts, ef_gather_what what,
                    unsigned threads, ef_error *error);
void ef_gathered_release(ef_gathered *gathered);

#endif
