/* SPDX-License-Identifier: MIT
 * follow/siblings.c - what lies beside a log: its rotated generations and copies. */
#include "follow/siblings.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "follow/identity.h"

bool ef_is_sibling(const char *log, const char *path)
{
    size_t size = strlen(log);
    return strncmp(log, path, size) == 0 && (path[size] == '.' || path[size] == '-') &&
           path[size + 1] != '\0';
}

/* The number at the end of a name, 0 if there is none. */
static unsigned long last_number(const char *path)
{
    size_t end = strlen(path), begin = end;
    while (begin > 0 && path[begin - 1] >= '0' && path[begin - 1] <= '9')
        begin--;
    return begin < end ? strtoul(path + begin, NULL, 10) : 0;
}

static int by_age(const void *a, const void *b)
{
    const ef_sibling *one = a, *other = b;
    const struct timespec *x = &one->about.st_mtim, *y = &other->about.st_mtim;
    if (x->tv_sec != y->tv_sec)
        return x->tv_sec < y->tv_sec ? -1 : 1;
    if (x->tv_nsec != y->tv_nsec)
        return x->tv_nsec < y->tv_nsec ? -1 : 1;
    unsigned long first = last_number(one->path), second = last_number(other->path);
    if (first != second)
        return first > second ? -1 : 1;
    return strcmp(one->path, other->path);
}

bool ef_sibling_is_older(const ef_sibling *one, const ef_sibling *other)
{
    return by_age(one, other) < 0;
}

static bool add(ef_siblings *siblings, const char *path, const struct stat *about)
{
    if (siblings->count == siblings->capacity) {
        size_t capacity = siblings->capacity == 0 ? 8 : siblings->capacity * 2;
        ef_sibling *items = realloc(siblings->items, capacity * sizeof *items);
        if (items == NULL)
            return false;
        siblings->items = items;
        siblings->capacity = capacity;
    }
    ef_sibling sibling = { strdup(path), *about };
    if (sibling.path == NULL)
        return false;
    siblings->items[siblings->count++] = sibling;
    return true;
}

/* NULL at the end of the folder, or where it cannot be read on. */
static const struct dirent *next_entry(DIR *folder, ef_siblings *siblings)
{
    if (folder == NULL)
        return NULL;
    errno = 0;
    const struct dirent *entry = readdir(folder);
    if (entry == NULL && errno != 0)
        siblings->trouble = errno;
    return entry;
}

ef_status ef_siblings_look(ef_siblings *siblings, const char *path, uint64_t inode,
                           ef_error *error)
{
    *siblings = (ef_siblings){ 0 };
    const char *slash = strrchr(path, '/'), *name = slash == NULL ? path : slash + 1;
    int size = (int)(name - path); /* of the folder, with its slash */
    char *folder = size == 0 ? strdup(".") : strndup(path, (size_t)size);
    DIR *open = folder == NULL ? NULL : opendir(folder);
    bool is_good = folder != NULL;
    if (open == NULL)
        siblings->trouble = errno;
    const struct dirent *entry;
    while (is_good && (entry = next_entry(open, siblings)) != NULL) {
        bool is_meant =
            ef_is_sibling(name, entry->d_name) || (inode != 0 && entry->d_ino == inode);
        char *found = NULL;
        struct stat about;
        if (!is_meant || strcmp(entry->d_name, name) == 0)
            continue;
        is_good = asprintf(&found, "%.*s%s", size, path, entry->d_name) >= 0;
        bool is_there = is_good && stat(found, &about) == 0;
        if (is_good && !is_there && !ef_is_absence(errno))
            siblings->trouble = errno;
        if (is_there && S_ISREG(about.st_mode))
            is_good = add(siblings, found, &about);
        if (found != NULL)
            free(found);
    }
    if (open != NULL)
        closedir(open);
    free(folder);
    if (!is_good) {
        ef_siblings_release(siblings);
        return ef_error_memory(error);
    }
    if (siblings->count > 1)
        qsort(siblings->items, siblings->count, sizeof *siblings->items, by_age);
    return EF_OK;
}

static bool are_equal(const ef_siblings *one, const ef_siblings *other)
{
    bool is_equal = one->count == other->count;
    for (size_t i = 0; i < one->count && is_equal; i++)
        is_equal = strcmp(one->items[i].path, other->items[i].path) == 0 &&
                   one->items[i].about.st_ino == other->items[i].about.st_ino;
    return is_equal;
}

ef_status ef_siblings_list(ef_siblings *siblings, const char *path, ef_error *error)
{
    enum { TRIES = 20 /* a chain of renames takes milliseconds */ };
    ef_siblings before = { 0 };
    ef_status status = ef_siblings_look(siblings, path, 0, error);
    bool is_sure = false;
    /* Between the reading of names and the look at a file a name may pass to another file,
     * and the one that had it be missed: what is seen twice was so. */
    for (int try = 0; try < TRIES && status == EF_OK && !is_sure; try++) {
        ef_siblings_release(&before);
        before = *siblings;
        status = ef_siblings_look(siblings, path, 0, error);
        is_sure = status == EF_OK && are_equal(&before, siblings);
    }
    ef_siblings_release(&before);
    return status;
}

void ef_siblings_release(ef_siblings *siblings)
{
    for (size_t i = 0; i < siblings->count; i++)
        free(siblings->items[i].path);
    free(siblings->items);
    *siblings = (ef_siblings){ 0 };
}
