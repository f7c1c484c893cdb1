/* SPDX-License-Identifier: MIT
 * app/sandbox.h - gives up what reading strangers' bytes does not need.
 *
 * Not part of the stable interface. Linux only: Landlock for files, seccomp for system
 * calls. It changes the whole process, for good: a program that embeds the engine calls it
 * only if it does nothing else. */
#ifndef EARFUL_APP_SANDBOX_H
#define EARFUL_APP_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "earful/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum ef_sandbox_mode {
    EF_SANDBOX_AUTO,    /* as much of it as the kernel has */
    EF_SANDBOX_REQUIRE, /* all of it, or fail */
    EF_SANDBOX_OFF
} ef_sandbox_mode;

typedef struct ef_sandbox_state {
    unsigned landlock; /* the version that holds us; 0: none */
    bool has_seccomp;
} ef_sandbox_state;

/* What will be opened after the sandbox has closed. A path may stand in several lists, and
 * need not exist. */
typedef struct ef_sandbox_options {
    ef_sandbox_mode mode;
    const char *const *inputs; /* files, folders, globs; "-" is standard input */
    size_t input_count;
    bool no_symlinks;
    bool follows;             /* files are replaced and rotated: their folders, too */
    const char *const *reads; /* files and folders: models, lexicons, rules */
    size_t read_count;
    const char *const *writes; /* files that are written: the folders in which they lie */
    size_t write_count;
    const char *const *states; /* databases, which are read and written in their folders */
    size_t state_count;
} ef_sandbox_options;

/* Closes the sandbox around this process; to be called before its second thread starts.
 * *state says what was closed, on failure, too. Fails with EF_ERR_MEMORY, or with EF_ERR_IO
 * if mode is EF_SANDBOX_REQUIRE and the kernel lacks a part. */
EF_API ef_status ef_sandbox_enter(const ef_sandbox_options *options,
                                  ef_sandbox_state *state, ef_error *error);

/* "landlock 7, seccomp", or what there is of it; "none". text has room for it. */
enum { EF_SANDBOX_TEXT_SIZE = 40 };
EF_API void ef_sandbox_describe(const ef_sandbox_state *state,
                                char text[EF_SANDBOX_TEXT_SIZE]);

#ifdef __cplusplus
}
#endif
#endif
