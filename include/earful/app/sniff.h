/* SPDX-License-Identifier: MIT
 * app/sniff.h - what an input is, why we think so, and the flags that repeat the decision.
 *
 * Not part of the stable interface. Uses the same code path as reading. */
#ifndef EARFUL_APP_SNIFF_H
#define EARFUL_APP_SNIFF_H

#include "earful/reader.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One decision: "delimiter", ";", "every row of the sample has 4 cells", "--delimiter ';'".
 * flag is "" where no flag is needed. Strings live as long as the ef_sniffed. */
typedef struct ef_decision {
    const char *what, *value, *why, *flag;
} ef_decision;

typedef struct ef_sniffed ef_sniffed;

/* Looks at the sample of the first input of options (or of the path given by label).
 * Fails like ef_reader_next. The caller frees *sniffed. */
EF_API ef_status ef_sniff(ef_sniffed **sniffed, const ef_reader_options *options,
                          ef_error *error);
EF_API const ef_decision *ef_sniffed_decisions(const ef_sniffed *sniffed, size_t *count);
/* All flags in one line, quoted for a shell. */
EF_API const char *ef_sniffed_flags(const ef_sniffed *sniffed);
EF_API void ef_sniffed_free(ef_sniffed *sniffed);

#ifdef __cplusplus
}
#endif
#endif
