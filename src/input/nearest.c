/* SPDX-License-Identifier: MIT
 * input/nearest.c - what the user may have meant by a path that does not exist.
 *
 * Names are compared by edit distance (Levenshtein 1966) without regard to case; a star in
 * the asked name stretches for nothing, a question mark stands for any byte. */
#include "input/walk.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    NAME_SIZE = 256, /* NAME_MAX and its NUL */
    PATH_SIZE = 4096,
    NEAR = 2 /* a typing error: two letters swapped, one suffix letter more */
};

static unsigned lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (unsigned)byte + ('a' - 'A') : (unsigned char)byte;
}

static unsigned smallest(unsigned a, unsigned b, unsigned c)
{
    unsigned less = a < b ? a : b;
    return less < c ? less : c;
}

/* Edits that make name out of asked; both shorter than NAME_SIZE. row[j] is the distance
 * between what has been looked at of asked and the first j bytes of name. */
static unsigned distance(const char *asked, const char *name)
{
    unsigned row[NAME_SIZE];
    size_t n = strlen(name);
    for (size_t j = 0; j <= n; j++)
        row[j] = (unsigned)j;
    for (; *asked != '\0'; asked++) {
        unsigned stretch = *asked == '*' ? 0 : 1;
        unsigned diagonal = row[0];
        row[0] += stretch;
        for (size_t j = 1; j <= n; j++) {
            bool is_same =
                *asked == '?' || *asked == '*' || lower(*asked) == lower(name[j - 1]);
            unsigned replaced = diagonal + (is_same ? 0 : 1);
            diagonal = row[j];
            row[j] = smallest(row[j] + stretch, row[j - 1] + stretch, replaced);
        }
    }
    return row[n];
}

/* The entry of folder that is nearest to asked; ties go to the first by bytes, so that the
 * answer does not depend on the file system. */
static bool nearest_in(const char *folder, const char *asked, char nearest[NAME_SIZE])
{
    DIR *directory = opendir(folder);
    if (directory == NULL)
        return false;
    size_t third = strlen(asked) / 3;
    unsigned best = (third > NEAR ? (unsigned)third : NEAR) + 1;
    bool is_found = false;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const char *name = entry->d_name;
        if ((name[0] == '.' && asked[0] != '.') || strcmp(name, ".") == 0 ||
            strcmp(name, "..") == 0)
            continue;
        unsigned edits = distance(asked, name);
        if (edits >= strlen(name)) /* nothing in common */
            continue;
        if (edits < best || (is_found && edits == best && strcmp(name, nearest) < 0)) {
            best = edits;
            is_found = true;
            memcpy(nearest, name, strlen(name) + 1);
        }
    }
    closedir(directory);
    return is_found;
}

bool ef_path_nearest(const char *path, char *nearest, size_t size)
{
    char folder[PATH_SIZE], asked[NAME_SIZE], name[NAME_SIZE];
    size_t begin = 0, end;
    for (;; begin = end + strspn(path + end, "/")) {
        end = begin + strcspn(path + begin, "/");
        bool is_last = path[end + strspn(path + end, "/")] == '\0';
        if (end >= sizeof folder || end - begin >= sizeof asked)
            return false;
        memcpy(folder, path, end);
        folder[end] = '\0';
        if (is_last || (end > 0 && access(folder, F_OK) != 0))
            break;
    }
    memcpy(asked, path + begin, end - begin);
    asked[end - begin] = '\0';
    folder[begin] = '\0';
    if (!nearest_in(begin == 0 ? "." : folder, asked, name))
        return false;
    return (size_t)snprintf(nearest, size, "%s%s", folder, name) < size;
}
