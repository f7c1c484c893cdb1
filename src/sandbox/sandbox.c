/* SPDX-License-Identifier: MIT
 * sandbox/sandbox.c - closes it: files first, then system calls. */
#include "sandbox/sandbox.h"

#include <stdio.h>

#include "base/error.h"

void ef_sandbox_describe(const ef_sandbox_state *state, char text[EF_SANDBOX_TEXT_SIZE])
{
    char files[24] = "";
    if (state->landlock > 0)
        snprintf(files, sizeof files, "landlock %u", state->landlock);
    snprintf(text, EF_SANDBOX_TEXT_SIZE, "%s%s%s", files,
             files[0] != '\0' && state->has_seccomp ? ", " : "",
             state->has_seccomp     ? "seccomp"
             : state->landlock == 0 ? "none"
                                    : "");
}

ef_status ef_sandbox_close(ef_landlock *landlock, ef_profile profile, ef_sandbox_mode mode,
                           ef_sandbox_state *state, ef_error *error)
{
    unsigned version = landlock->version;
    *state = (ef_sandbox_state){ 0 };
    if (mode == EF_SANDBOX_OFF) {
        ef_landlock_drop(landlock);
        return EF_OK;
    }
    state->landlock = ef_landlock_close(landlock) ? version : 0;
    state->has_seccomp = ef_seccomp_close(profile);
    if (mode == EF_SANDBOX_AUTO || (state->landlock > 0 && state->has_seccomp))
        return EF_OK;
    return ef_error_set(error, EF_ERR_IO,
                        "the sandbox cannot be closed, as this system lacks %s: --sandbox "
                        "auto goes on without",
                        state->landlock > 0  ? "seccomp"
                        : state->has_seccomp ? "Landlock"
                                             : "Landlock and seccomp");
}
