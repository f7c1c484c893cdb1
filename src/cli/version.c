/* SPDX-License-Identifier: MIT
 * cli/version.c - what this program is made of, to trace a number back to it. */
#include "version.h"

#include <inttypes.h>

#include "earful/earful.h"
#include "exit_codes.h"
#include "terminal.h"

int ef_version_print(void)
{
    ef_error error = { 0 };
    ef_engine *engine = NULL;
    ef_engine_options options = { .kernels = ef_wanted_kernels() };
    printf("earful %s\n", EF_VERSION);
    ef_status status = ef_engine_new(&engine, &options, &error);
    if (status == EF_OK) {
        ef_engine_info info;
        ef_engine_describe(engine, &info);
        printf("kernels  %s\n", info.kernels);
        printf("lexicon  %s, %" PRIu64 " entries\n", info.lexicon_hash,
               info.lexicon_entries);
        printf("model    %s, ", info.model.hash);
        ef_print_safe(stdout, (const char *)info.model.name.data, info.model.name.size);
        printf(", ");
        ef_print_safe(stdout, (const char *)info.model.classifier.data,
                      info.model.classifier.size);
        printf(", %" PRIu64 " features\n", info.model.feature_count);
    }
    ef_engine_free(engine);
    int code = ef_exit_after(status, &error), flushed = ef_exit_flushed();
    return flushed > code ? flushed : code;
}
