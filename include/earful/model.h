/* SPDX-License-Identifier: MIT
 * model.h - what a model file says about itself.
 *
 * A model file holds integer weights of hashed features and its own card; never text. */
#ifndef EARFUL_MODEL_H
#define EARFUL_MODEL_H

#include "earful/slice.h"
#include "earful/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The card of a loaded model; slices live as long as the engine they came from. */
typedef struct ef_model_info {
    ef_slice name;       /* "en" */
    ef_slice classifier; /* "naive-bayes" */
    ef_slice card;       /* JSON: data, sizes, licences, figures */
    char hash[17];       /* 16 hex digits of the file's checksum; "none" without a model */
    uint64_t feature_count;
    uint64_t size; /* bytes of the file */
} ef_model_info;

#ifdef __cplusplus
}
#endif
#endif
