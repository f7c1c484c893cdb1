/* SPDX-License-Identifier: MIT
 * lexicon/lexicon_check.c - one lexicon file, read only to see what is wrong with it. */
#include "lexicon/lexicon_build.h"

ef_status ef_lexicon_check(ef_slice bytes, ef_lexicon_finding_fn *found, void *user,
                           size_t *entries, ef_error *error)
{
    ef_lexicon_builder builder;
    ef_status status = ef_lexicon_builder_init(&builder, NULL, error);
    if (status == EF_OK)
        status =
            ef_lexicon_builder_add(&builder, bytes, "lexicon", found, user, entries, error);
    ef_lexicon_builder_release(&builder);
    return status;
}
