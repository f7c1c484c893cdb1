/* SPDX-License-Identifier: MIT
 * pipeline/confine.c - the sandbox of a run: which paths its inputs and outputs come to.
 *
 * What reading needs is found out before anything is read: names and first bytes are looked
 * at here, and no parser has run yet.
 * Invariant: what is allowed is never more than the caller named, the links that lie there
 * and lead elsewhere, and a few files of the system. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "input/input.h"
#include "input/source_archive.h"
#include "input/walk.h"
#include "sandbox/sandbox.h"
#include "state/state.h"

typedef struct confining {
    const ef_sandbox_options *options;
    ef_landlock rules;
    bool has_archive; /* an input may be one: the library that reads it is loaded */
    bool is_full;     /* the kernel had no room for a rule */
    bool is_out_of_memory;
} confining;

static void allow(confining *c, const char *path, unsigned may)
{
    if (path == NULL)
        c->is_out_of_memory = true;
    else if (!ef_landlock_allow(&c->rules, path, may))
        c->is_full = true;
}

/* The folder in which path lies, as it is written, to be freed; "." for a plain name. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return strdup(".");
    return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

/* Allows the folder of path, or, where that does not exist, what of it does. */
static void allow_folder(confining *c, const char *path, unsigned may)
{
    char *folder = folder_of(path);
    while (folder != NULL && access(folder, F_OK) != 0 && strcmp(folder, ".") != 0 &&
           strcmp(folder, "/") != 0) {
        char *above = folder_of(folder);
        free(folder);
        folder = above;
    }
    allow(c, folder, may);
    free(folder);
}

/* The folder in which a link's file really lies. */
static void allow_real_folder(confining *c, const char *path, unsigned may)
{
    char *real = realpath(path, NULL);
    allow_folder(c, real == NULL ? path : real, may);
    free(real);
}

/* --- inputs --------------------------------------------------------------------------- */

/* users.json of a Slack export stands above the folders of its channels. */
static void allow_users(confining *c, const char *path, int parts)
{
    char users[PATH_MAX];
    size_t size = strlen(path);
    for (; parts > 0; parts--) {
        while (size > 0 && path[size - 1] == '/')
            size--;
        while (size > 0 && path[size - 1] != '/')
            size--;
    }
    if (snprintf(users, sizeof users, "%.*susers.json", (int)size, path) <
        (int)sizeof users)
        allow(c, users, EF_MAY_READ);
}

static bool may_be_archive(int file, off_t offset)
{
    uint8_t head[EF_SOURCE_HEAD];
    ssize_t got;
    do
        got = pread(file, head, sizeof head, offset);
    while (got < 0 && errno == EINTR);
    return got > 0 && ef_source_may_need_archive((ef_slice){ head, (size_t)got });
}

static void look_at(confining *c, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    c->has_archive |= file >= 0 && may_be_archive(file, 0);
    if (file >= 0)
        close(file);
}

/* Links in a folder or behind a glob may lead anywhere; what the user keeps there is meant.
 * A folder that cannot be walked fails later, and says so then. */
static void look_into(confining *c, const char *folder, bool no_symlinks)
{
    ef_paths files = { 0 }, links = { 0 };
    ef_walk_with_links(&files, &links, folder, no_symlinks, NULL);
    for (size_t i = 0; i < files.count && !c->has_archive; i++)
        look_at(c, files.items[i]);
    for (size_t i = 0; i < links.count; i++)
        allow(c, links.items[i], EF_MAY_READ);
    ef_paths_release(&files);
    ef_paths_release(&links);
}

/* What stands before the first part of a glob that has a wildcard. */
static void allow_glob(confining *c, const char *input)
{
    size_t size = strcspn(input, "*?[\\");
    char *plain = strndup(input, size);
    if (plain == NULL)
        c->is_out_of_memory = true;
    else
        allow_folder(c, plain, EF_MAY_READ);
    free(plain);
    look_into(c, input, c->options->no_symlinks);
}

static void allow_file(confining *c, const char *input)
{
    look_at(c, input);
    allow(c, input, EF_MAY_READ);
    allow_users(c, input, 2);
}

/* Standard input, without taking a byte of it: a file is read at its place, the bytes of a
 * pipe are doubled. */
static void look_at_standard_input(confining *c)
{
    struct stat about;
    int copy[2];
    if (fstat(STDIN_FILENO, &about) != 0)
        return;
    if (S_ISREG(about.st_mode)) {
        c->has_archive |= may_be_archive(STDIN_FILENO, lseek(STDIN_FILENO, 0, SEEK_CUR));
    } else if (S_ISFIFO(about.st_mode) && pipe2(copy, O_CLOEXEC) == 0) {
        uint8_t head[EF_SOURCE_HEAD];
        ssize_t got = tee(STDIN_FILENO, copy[1], sizeof head, 0);
        got = got > 0 ? read(copy[0], head, sizeof head) : got;
        c->has_archive |=
            got < 0 ||
            (got > 0 && ef_source_may_need_archive((ef_slice){ head, (size_t)got }));
        close(copy[0]);
        close(copy[1]);
    } else {
        c->has_archive |= S_ISSOCK(about.st_mode);
    }
}

/* A followed file is replaced by others of its name, and lives on beside it under another;
 * one that is not there yet will come. */
static void allow_followed(confining *c, const char *input)
{
    struct stat about;
    c->has_archive = true;
    if (stat(input, &about) == 0 && S_ISDIR(about.st_mode)) {
        allow(c, input, EF_MAY_READ);
        look_into(c, input, c->options->no_symlinks);
    } else if (strpbrk(input, "*?[\\") != NULL) {
        allow_glob(c, input);
    } else {
        allow_folder(c, input, EF_MAY_READ);
        allow_real_folder(c, input, EF_MAY_READ);
    }
}

static void allow_input(confining *c, const char *input)
{
    struct stat about;
    bool is_standard = strcmp(input, "-") == 0;
    if (is_standard && !c->options->follows)
        look_at_standard_input(c);
    else if (is_standard)
        return;
    else if (c->options->follows)
        allow_followed(c, input);
    else if (stat(input, &about) != 0 && strpbrk(input, "*?[\\") != NULL)
        allow_glob(c, input);
    else if (stat(input, &about) != 0)
        allow_folder(c, input, EF_MAY_LIST); /* to say which name is near */
    else if (S_ISDIR(about.st_mode)) {
        allow(c, input, EF_MAY_READ);
        allow_users(c, input, 1);
        look_into(c, input, c->options->no_symlinks);
    } else
        allow_file(c, input);
}

/* --- the rest ---------------------------------------------------------------------------
 */

/* What is read once; while following, it may be replaced and read again. */
static void allow_read(confining *c, const char *path)
{
    struct stat about;
    allow(c, path, EF_MAY_READ);
    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode))
        look_into(c, path, false);
    if (c->options->follows)
        allow_real_folder(c, path, EF_MAY_READ);
}

/* A file is written beside and renamed, a device or pipe is just opened. */
static void allow_write(confining *c, const char *path)
{
    struct stat about;
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode))
        allow(c, path, EF_MAY_WRITE);
    else
        allow_real_folder(c, path, EF_MAY_REPLACE);
}

/* What the C library and SQLite look for by themselves. */
static void allow_system(confining *c)
{
    static const char *const files[] = { "/usr/share/zoneinfo", "/etc/localtime",
                                         "/dev/urandom", "/dev/null",
                                         "/sys/devices/system/cpu/online" };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        allow(c, files[i], EF_MAY_READ);
}

static void allow_all(confining *c)
{
    const ef_sandbox_options *options = c->options;
    allow_system(c);
    for (size_t i = 0; i < options->input_count; i++)
        allow_input(c, options->inputs[i]);
    for (size_t i = 0; i < options->read_count; i++)
        allow_read(c, options->reads[i]);
    for (size_t i = 0; i < options->write_count; i++)
        if (strcmp(options->writes[i], "-") != 0)
            allow_write(c, options->writes[i]);
    for (size_t i = 0; i < options->state_count; i++)
        allow_real_folder(c, options->states[i], EF_MAY_READ | EF_MAY_REPLACE);
}

ef_status ef_sandbox_enter(const ef_sandbox_options *options, ef_sandbox_state *state,
                           ef_error *error)
{
    confining c = { .options = options };
    *state = (ef_sandbox_state){ 0 };
    /* Customers' words are in our memory: no file of it, and nobody who looks in. */
    prctl(PR_SET_DUMPABLE, 0);
    if (options->mode == EF_SANDBOX_OFF)
        return EF_OK;
    ef_landlock_open(&c.rules, EF_PROFILE_SCORING);
    allow_all(&c);
    if (c.has_archive)
        ef_archive_is_usable(); /* which loads it, for good */
    if (options->state_count > 0)
        ef_state_library(); /* so does this */
    if (c.is_out_of_memory || c.is_full) {
        ef_landlock_drop(&c.rules);
        return ef_error_memory(error);
    }
    return ef_sandbox_close(&c.rules, EF_PROFILE_SCORING, options->mode, state, error);
}
