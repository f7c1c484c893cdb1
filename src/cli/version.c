/* SPDX-License-Identifier: MIT
 * cli/version.c - what this program is made of, to trace a number back to it. */
#include "version.h"

#include <inttypes.h>

#include "earful/app/list.h"
#include "earful/earful.h"
#include "enclose.h"
#include "exit_codes.h"
#include "terminal.h"

static void print_libraries(void)
{
    ef_library library;
    printf("compiler %s\n", ef_compiler());
    for (size_t i = 0; ef_library_at(i, &library); i++)
        printf("library  %s %s, for %s\n", library.name,
               library.is_there ? library.version : "(not on this machine)",
               library.purpose);
}

/* What this system has of the sandbox. The only proof is to close it. */
static int print_sandbox(void)
{
    ef_sandbox_options nothing = { 0 };
    ef_sandbox_state state;
    ef_error error = { 0 };
    char text[EF_SANDBOX_TEXT_SIZE];
    ef_status status = ef_enclose_mode(ef_wanted_sandbox(), &nothing.mode, &error);
    if (nothing.mode == EF_SANDBOX_REQUIRE)
        nothing.mode = EF_SANDBOX_AUTO; /* to say what is missing */
    if (status == EF_OK)
        status = ef_sandbox_enter(&nothing, &state, &error);
    if (status != EF_OK)
        return ef_exit_after(status, &error);
    ef_sandbox_describe(&state, text);
    printf("sandbox  %s\n", nothing.mode == EF_SANDBOX_OFF ? "off" : text);
    return EF_EXIT_DONE;
}

int ef_version_print(bool is_verbose)
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
    if (is_verbose)
        print_libraries();
    int code = ef_exit_after(status, &error);
    int closed = print_sandbox(), flushed = ef_exit_flushed();
    code = closed > code ? closed : code;
    return flushed > code ? flushed : code;
}
