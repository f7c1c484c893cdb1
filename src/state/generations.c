/* SPDX-License-Identifier: MIT
 * state/generations.c - the files around a database: its lock, and the copies beside it.
 *
 * The second generation stays where it is when it is used: what takes its place in the
 * database is a copy, so that a crash in between leaves something to go on with. */
#include "state/generations.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

static ef_status refused(const char *what, const char *path, ef_error *error)
{
    return ef_error_set(error, EF_ERR_IO, "cannot %s '%s': %s", what, path,
                        strerrordesc_np(errno));
}

char *ef_beside(const char *path, const char *suffix)
{
    size_t size = strlen(path) + strlen(suffix) + 1;
    char *name = malloc(size);
    if (name != NULL)
        snprintf(name, size, "%s%s", path, suffix);
    return name;
}

ef_status ef_generation_folders(const char *path, ef_error *error)
{
    char *copy = strdup(path);
    if (copy == NULL)
        return ef_error_memory(error);
    ef_status status = EF_OK;
    for (char *slash = strchr(copy + 1, '/'); slash != NULL && status == EF_OK;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(copy, 0700) != 0 && errno != EEXIST)
            status = refused("make folder", copy, error);
        *slash = '/';
    }
    free(copy);
    return status;
}

ef_status ef_generation_make(const char *path, ef_error *error)
{
    ef_status status = ef_generation_folders(path, error);
    if (status != EF_OK)
        return status;
    int descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return refused("open state", path, error);
    close(descriptor);
    return EF_OK;
}

ef_status ef_generation_lock(const char *path, int *lock, ef_error *error)
{
    char *name = ef_beside(path, ".lock");
    *lock = -1;
    if (name == NULL)
        return ef_error_memory(error);
    ef_status status = EF_OK;
    *lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*lock < 0)
        status = refused("open", name, error);
    else if (flock(*lock, LOCK_EX | LOCK_NB) != 0)
        status =
            errno != EWOULDBLOCK
                ? refused("lock", name, error)
                : ef_error_set(error, EF_ERR_IO,
                               "state '%s' is in use by another earful: stop that one, "
                               "or name another with --state",
                               path);
    free(name);
    return status;
}

ef_status ef_generation_keep(const char *from, const char *to, ef_error *error)
{
    int descriptor = open(from, O_RDONLY | O_CLOEXEC);
    bool is_kept = descriptor >= 0 && fsync(descriptor) == 0 && rename(from, to) == 0;
    ef_status status = is_kept ? EF_OK : refused("keep", to, error);
    if (descriptor >= 0)
        close(descriptor);
    char *copy = strdup(to);
    if (copy == NULL)
        return ef_error_memory(error);
    int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
    free(copy);
    return status;
}

static bool copy_bytes(int from, int to)
{
    char bytes[1 << 16];
    for (;;) {
        ssize_t got = read(from, bytes, sizeof bytes);
        if (got <= 0)
            return got == 0;
        for (ssize_t at = 0; at < got;) {
            ssize_t put = write(to, bytes + at, (size_t)(got - at));
            if (put < 0)
                return false;
            at += put;
        }
    }
}

/* A copy of the second generation, under a name of its own. EF_END: there is none. */
static ef_status copy_second(const char *second, const char *copy, ef_error *error)
{
    int from = open(second, O_RDONLY | O_CLOEXEC);
    if (from < 0)
        return errno == ENOENT ? EF_END : refused("open", second, error);
    int to = open(copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ef_status status =
        to >= 0 && copy_bytes(from, to) ? EF_OK : refused("write", copy, error);
    close(from);
    if (to >= 0)
        close(to);
    return status;
}

static void move_aside(const char *path, const char *part)
{
    char *old = ef_beside(path, part), *aside = ef_beside(path, ".corrupt");
    char *new = aside == NULL ? NULL : ef_beside(aside, part);
    if (old != NULL && new != NULL)
        rename(old, new); /* a part that is not there need not move */
    free(old);
    free(aside);
    free(new);
}

ef_status ef_generation_restore(const char *path, ef_error *error)
{
    char *second = ef_beside(path, ".1"), *copy = ef_beside(path, ".2");
    ef_status status = second == NULL || copy == NULL ? ef_error_memory(error)
                                                      : copy_second(second, copy, error);
    if (status == EF_OK) {
        move_aside(path, "-shm");
        move_aside(path, "-wal");
        move_aside(path, "");
        status = ef_generation_keep(copy, path, error);
    }
    free(second);
    free(copy);
    return status;
}
