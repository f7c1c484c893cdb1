/* SPDX-License-Identifier: MIT
 * tests/nth/folder.c - small trees of files, walked with fts.
 *
 * What goes wrong here is the machine's fault and ends the test. */
#include "folder.h"

#include <err.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <fts.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *folder_read(const char *path, size_t *size)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &about) != 0 || S_ISDIR(about.st_mode)) {
        if (file >= 0)
            close(file);
        return NULL;
    }
    char *bytes = malloc((size_t)about.st_size + 1);
    if (bytes == NULL || read(file, bytes, (size_t)about.st_size) != about.st_size)
        err(1, "%s", path);
    bytes[about.st_size] = '\0';
    close(file);
    *size = (size_t)about.st_size;
    return bytes;
}

static void write_file(const char *path, const char *bytes, size_t size)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0 || write(file, bytes, size) != (ssize_t)size || close(file) != 0)
        err(1, "%s", path);
}

static FTS *walk(const char *folder)
{
    char *roots[] = { (char *)folder, NULL };
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    if (tree == NULL)
        err(1, "%s", folder);
    return tree;
}

void folder_empty(const char *folder)
{
    FTS *tree = walk(folder);
    for (FTSENT *at; (at = fts_read(tree)) != NULL;)
        if (at->fts_level > 0 && at->fts_info != FTS_D)
            remove(at->fts_accpath);
    fts_close(tree);
}

void folder_copy(const char *from, const char *to)
{
    FTS *tree = walk(from);
    char path[PATH_MAX];
    for (FTSENT *at; (at = fts_read(tree)) != NULL;) {
        snprintf(path, sizeof path, "%s%s", to, at->fts_path + strlen(from));
        if (at->fts_info == FTS_D && at->fts_level > 0 && mkdir(path, 0755) != 0)
            err(1, "%s", path);
        if (at->fts_info != FTS_F)
            continue;
        size_t size;
        char *bytes = folder_read(at->fts_path, &size);
        write_file(path, bytes, size);
        const struct timespec times[2] = { at->fts_statp->st_atim, at->fts_statp->st_mtim };
        chmod(path, at->fts_statp->st_mode & 0777);
        utimensat(AT_FDCWD, path, times, 0);
        free(bytes);
    }
    fts_close(tree);
}

static bool is_file_same(const char *path, const char *folder, const char *name)
{
    char other[PATH_MAX];
    size_t size, other_size;
    snprintf(other, sizeof other, "%s/%s", folder, name);
    char *bytes = folder_read(path, &size);
    char *others = folder_read(other, &other_size);
    bool is_same = bytes != NULL && others != NULL && size == other_size &&
                   memcmp(bytes, others, size) == 0;
    free(bytes);
    free(others);
    return is_same;
}

static bool is_excepted(const char *name, const char *except)
{
    char list[256], *rest = NULL;
    snprintf(list, sizeof list, "%s", except);
    for (char *p = strtok_r(list, " ", &rest); p != NULL; p = strtok_r(NULL, " ", &rest))
        if (fnmatch(p, name, 0) == 0)
            return true;
    return false;
}

bool folder_is_of(const char *got, const char *before, const char *after,
                  const char *except, char *name, size_t size)
{
    FTS *tree = walk(got);
    bool is_good = true;
    for (FTSENT *at; is_good && (at = fts_read(tree)) != NULL;) {
        const char *mine = at->fts_path + strlen(got) + (at->fts_level > 0);
        if (at->fts_info == FTS_D || at->fts_info == FTS_DP || is_excepted(mine, except))
            continue;
        is_good = is_file_same(at->fts_path, before, mine) ||
                  is_file_same(at->fts_path, after, mine);
        if (!is_good)
            snprintf(name, size, "%s", mine);
    }
    fts_close(tree);
    return is_good;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A file's lines, sorted, in one list that the caller frees with *bytes. */
static char **sorted_lines(const char *path, char **bytes, size_t *count)
{
    size_t size, room = 1;
    *bytes = folder_read(path, &size);
    for (size_t i = 0; *bytes != NULL && i < size; i++)
        room += (*bytes)[i] == '\n';
    char **lines = calloc(room, sizeof *lines), *rest = NULL;
    if (lines == NULL)
        err(1, "%s", path);
    *count = 0;
    char *p = *bytes == NULL ? NULL : strtok_r(*bytes, "\n", &rest);
    for (; p != NULL; p = strtok_r(NULL, "\n", &rest))
        lines[(*count)++] = p;
    qsort(lines, *count, sizeof *lines, by_text);
    return lines;
}

static bool has_same_lines(const char *path, const char *other)
{
    char *bytes, *others;
    size_t count, other_count;
    char **lines = sorted_lines(path, &bytes, &count);
    char **other_lines = sorted_lines(other, &others, &other_count);
    bool is_same = bytes != NULL && others != NULL && count == other_count;
    for (size_t i = 0; is_same && i < count; i++)
        is_same = strcmp(lines[i], other_lines[i]) == 0;
    free(lines);
    free(other_lines);
    free(bytes);
    free(others);
    return is_same;
}

bool folder_is_same(const char *got, const char *wanted, const char *except, char *name,
                    size_t size)
{
    char path[PATH_MAX], other[PATH_MAX];
    for (size_t tries = 0; tries < 2; tries++) {
        const char *mine = tries == 0 ? got : wanted, *theirs = tries == 0 ? wanted : got;
        if (folder_is_of(mine, theirs, theirs, except, name, size))
            continue;
        snprintf(path, sizeof path, "%s/%s", mine, name);
        snprintf(other, sizeof other, "%s/%s", theirs, name);
        if (!has_same_lines(path, other))
            return false;
    }
    return true;
}
