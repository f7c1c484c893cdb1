/* SPDX-License-Identifier: MIT
 * engine.h - everything that is loaded once and never changes: kernels, lexicon, model.
 *
 * An engine is immutable after ef_engine_new, so any number of threads share it without
 * locks. The default English lexicon and model are part of the library: no path is
 * needed, nothing is downloaded. */
#ifndef EARFUL_ENGINE_H
#define EARFUL_ENGINE_H

#include "earful/model.h"
#include "earful/slice.h"
#include "earful/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ef_engine ef_engine;

/* Zero means the default everywhere. */
typedef struct ef_engine_options {
    const char *scorer;  /* "blend" (default), "lexicon", "bayes", "vader" */
    const char *kernels; /* a name that ef_list_kernels gives; default: the fastest here */
    const char *model_path;                /* a model file instead of the built-in one, or
                                              an own model, which adds to it */
    const char *const *lexicon_paths;      /* files added to the built-in lexicon, */
    size_t lexicon_count;                  /* in this order: a later entry wins. For "vader":
                                              its own files, instead of the built-in one */
    const char *base_path;                 /* what an own model adds to, if that is not
                                              the built-in one */
    const char *language_path; /* a language pack instead of the built-in English: a folder
                                  with a lexicon (all its .tsv files, by name) and a model
                                  (model.efm; not needed where model_path names another) */
} ef_engine_options;

/* Loads an engine into *engine; the caller frees it with ef_engine_free.
 * options may be NULL. Paths are read before the call returns and not kept.
 * Fails with EF_ERR_IO, EF_ERR_FORMAT (error names file and line), EF_ERR_ARGUMENT
 * (an unknown name) or EF_ERR_MEMORY; *engine is then NULL. Thread-safe. */
EF_API ef_status ef_engine_new(ef_engine **engine, const ef_engine_options *options,
                               ef_error *error);
EF_API void ef_engine_free(ef_engine *engine);

/* What the engine is made of, to trace a number back to it. */
typedef struct ef_engine_info {
    const char *version;   /* of the library: "0.1.0" */
    const char *scorer;    /* "blend" */
    const char *kernels;   /* "avx2" */
    char lexicon_hash[17]; /* 16 hex digits over all lexicon files in use */
    uint64_t lexicon_entries;
    ef_model_info model; /* the own model where there is one: its file names its base */
    ef_model_info base;  /* what the own model adds to; without one, all zero */
    int32_t class_weights[3]; /* what negative, neutral and positive weigh when a label is
                                 chosen, in 1/1000: 1000 each unless an own model says so */
} ef_engine_info;

EF_API void ef_engine_describe(const ef_engine *engine, ef_engine_info *info);

#ifdef __cplusplus
}
#endif
#endif
