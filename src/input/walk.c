/* SPDX-License-Identifier: MIT
 * input/walk.c - inputs as the user named them, as a sorted list of files.
 *
 * Real folders form a tree and are walked first; symbolic links wait and are followed
 * afterwards, in the order of their paths, if what they lead to has not been seen. So a
 * loop ends by itself, and a link beside its file does not count the messages twice. */
#include "input/walk.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"

enum { DEPTH_LIMIT = 64 };

/* A path still to be looked at, and how many folders below the input it lies. */
typedef struct place {
    char *path;
    unsigned depth;
} place;

typedef struct places {
    place *items;
    size_t count, capacity;
} places;

/* A file system's name for a file or folder. */
typedef struct identity {
    uint64_t device, inode;
    bool is_used;
} identity;

typedef struct walker {
    ef_paths *paths;
    ef_paths *met; /* gets the links that are followed; NULL: nobody asks */
    bool no_symlinks;
    bool is_done; /* all real folders have been walked: what comes now comes by links */
    places folders, links;
    identity *seen; /* open addressing, at most half full */
    size_t seen_count, seen_size;
    ef_buffer path; /* being put together */
    ef_error *error;
} walker;

/* Makes room for one more item of the given size in an array that doubles. */
static void *grow(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    size_t wanted = *capacity == 0 ? 16 : *capacity * 2;
    void *grown = reallocarray(items, wanted, size);
    if (grown != NULL)
        *capacity = wanted;
    return grown;
}

ef_status ef_paths_add(ef_paths *paths, const char *path, ef_error *error)
{
    char **items = grow(paths->items, paths->count, &paths->capacity, sizeof *items);
    if (items == NULL)
        return ef_error_memory(error);
    paths->items = items;
    char *copy = strdup(path);
    if (copy == NULL)
        return ef_error_memory(error);
    items[paths->count++] = copy;
    return EF_OK;
}

static void forget_paths(ef_paths *paths, size_t keep)
{
    while (paths->count > keep)
        free(paths->items[--paths->count]);
}

void ef_paths_release(ef_paths *paths)
{
    forget_paths(paths, 0);
    free(paths->items);
    memset(paths, 0, sizeof *paths);
}

static ef_status push(places *to, const char *path, unsigned depth, ef_error *error)
{
    place *items = grow(to->items, to->count, &to->capacity, sizeof *items);
    if (items == NULL)
        return ef_error_memory(error);
    to->items = items;
    char *copy = strdup(path);
    if (copy == NULL)
        return ef_error_memory(error);
    items[to->count++] = (place){ copy, depth };
    return EF_OK;
}

static void release_places(places *all)
{
    while (all->count > 0)
        free(all->items[--all->count].path);
    free(all->items);
}

/* The slot of an identity, or the free one where it belongs. */
static identity *find(identity *seen, size_t size, const struct stat *about)
{
    uint64_t device = about->st_dev, inode = about->st_ino;
    size_t at = ef_hash_mix(device, inode) & (size - 1);
    while (seen[at].is_used && (seen[at].device != device || seen[at].inode != inode))
        at = (at + 1) & (size - 1);
    return &seen[at];
}

static ef_status grow_seen(walker *walk)
{
    size_t size = walk->seen_size == 0 ? 64 : walk->seen_size * 2;
    identity *grown = calloc(size, sizeof *grown);
    if (grown == NULL)
        return ef_error_memory(walk->error);
    for (size_t i = 0; i < walk->seen_size; i++) {
        struct stat about = { .st_dev = walk->seen[i].device,
                              .st_ino = walk->seen[i].inode };
        if (walk->seen[i].is_used)
            *find(grown, size, &about) = walk->seen[i];
    }
    free(walk->seen);
    walk->seen = grown;
    walk->seen_size = size;
    return EF_OK;
}

/* Notes that a file or folder was met; *is_new is false if it was met before. */
static ef_status meet(walker *walk, const struct stat *about, bool *is_new)
{
    if (walk->seen_count * 2 >= walk->seen_size) {
        ef_status status = grow_seen(walk);
        if (status != EF_OK)
            return status;
    }
    identity *slot = find(walk->seen, walk->seen_size, about);
    *is_new = !slot->is_used;
    walk->seen_count += *is_new;
    *slot = (identity){ about->st_dev, about->st_ino, true };
    return EF_OK;
}

/* What the kernel makes up is no log: a link to /proc leads to every file of the machine. */
static bool is_made_up(const char *path)
{
    struct statfs about;
    return statfs(path, &about) == 0 &&
           (about.f_type == PROC_SUPER_MAGIC || about.f_type == SYSFS_MAGIC);
}

/* Takes what was found: a file into the list, a folder onto the stack, nothing else. */
static ef_status take(walker *walk, const char *path, unsigned depth,
                      const struct stat *about)
{
    bool is_folder = S_ISDIR(about->st_mode);
    if (!is_folder && (!S_ISREG(about->st_mode) || ef_path_is_media(path)))
        return EF_OK;
    bool is_new;
    ef_status status = meet(walk, about, &is_new);
    if (status != EF_OK || (walk->is_done && !is_new))
        return status;
    if (!is_folder)
        return ef_paths_add(walk->paths, path, walk->error);
    if (depth > DEPTH_LIMIT)
        return ef_error_set(walk->error, EF_ERR_LIMIT,
                            "folders lie more than %d deep: '%.200s…'", DEPTH_LIMIT, path);
    if (depth > 0 && is_made_up(path))
        return EF_OK;
    return push(&walk->folders, path, depth, walk->error);
}

static ef_status look_at(walker *walk, const char *path, unsigned depth)
{
    struct stat about;
    if (lstat(path, &about) != 0)
        return errno == ENOENT /* gone since the folder was read */
                   ? EF_OK
                   : ef_error_set(walk->error, EF_ERR_IO, "cannot read '%s': %s", path,
                                  strerrordesc_np(errno));
    if (!S_ISLNK(about.st_mode))
        return take(walk, path, depth, &about);
    return walk->no_symlinks ? EF_OK : push(&walk->links, path, depth, walk->error);
}

static ef_status read_folder(walker *walk, const place *folder)
{
    DIR *directory = opendir(folder->path);
    if (directory == NULL && errno == ENOENT && folder->depth > 0)
        return EF_OK; /* gone since it was met */
    if (directory == NULL)
        return ef_error_set(walk->error, EF_ERR_IO, "cannot open folder '%s': %s",
                            folder->path, strerrordesc_np(errno));
    ef_status status = EF_OK;
    while (status == EF_OK) {
        errno = 0;
        const struct dirent *entry = readdir(directory);
        if (entry == NULL && errno != 0)
            status = ef_error_set(walk->error, EF_ERR_IO, "cannot read folder '%s': %s",
                                  folder->path, strerrordesc_np(errno));
        if (entry == NULL)
            break;
        if (entry->d_name[0] == '.')
            continue;
        size_t size = strlen(folder->path);
        bool has_slash = size > 0 && folder->path[size - 1] == '/';
        ef_buffer_reset(&walk->path);
        if (ef_buffer_append(&walk->path, folder->path, size) &&
            ef_buffer_append_text(&walk->path, has_slash ? "" : "/") &&
            ef_buffer_append_text(&walk->path, entry->d_name))
            status = look_at(walk, ef_buffer_text(&walk->path), folder->depth + 1);
        else
            status = ef_error_memory(walk->error);
    }
    closedir(directory);
    return status;
}

static ef_status walk_folders(walker *walk)
{
    ef_status status = EF_OK;
    while (status == EF_OK && walk->folders.count > 0) {
        place folder = walk->folders.items[--walk->folders.count];
        status = read_folder(walk, &folder);
        free(folder.path);
    }
    walk->is_done = true;
    return status;
}

static int compare_places(const void *a, const void *b)
{
    return strcmp(((const place *)a)->path, ((const place *)b)->path);
}

/* Follows the links met so far; those that lie behind them come in the next round. */
static ef_status follow_links(walker *walk)
{
    places round = walk->links;
    walk->links = (places){ 0 };
    if (round.count > 0)
        qsort(round.items, round.count, sizeof *round.items, compare_places);
    ef_status status = EF_OK;
    for (size_t i = 0; i < round.count && status == EF_OK; i++) {
        struct stat about;
        if (stat(round.items[i].path, &about) != 0)
            continue; /* it leads nowhere */
        if (walk->met != NULL)
            status = ef_paths_add(walk->met, round.items[i].path, walk->error);
        if (status == EF_OK)
            status = take(walk, round.items[i].path, round.items[i].depth, &about);
        if (status == EF_OK)
            status = walk_folders(walk);
    }
    release_places(&round);
    return status;
}

/* Walks all that has been pushed, to the end. */
static ef_status walk_all(walker *walk)
{
    ef_status status = walk_folders(walk);
    while (status == EF_OK && walk->links.count > 0)
        status = follow_links(walk);
    return status;
}

static ef_status no_match(const char *input, const char *what, ef_error *error)
{
    char nearest[EF_ERROR_MESSAGE_SIZE / 2];
    if (ef_path_nearest(input, nearest, sizeof nearest))
        return ef_error_set(error, EF_ERR_IO, "%s '%.200s'; did you mean '%s'?", what,
                            input, nearest);
    return ef_error_set(error, EF_ERR_IO, "%s '%.400s'", what, input);
}

static bool is_dots(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static ef_status walk_glob(walker *walk, const char *pattern)
{
    glob_t found;
    int answer = glob(pattern, GLOB_NOSORT, NULL, &found);
    if (answer == GLOB_NOSPACE)
        return ef_error_memory(walk->error);
    ef_status status = EF_OK;
    for (size_t i = 0; answer == 0 && i < found.gl_pathc && status == EF_OK; i++)
        if (!is_dots(found.gl_pathv[i])) /* ".*" matches them */
            status = look_at(walk, found.gl_pathv[i], 0);
    if (answer == 0)
        globfree(&found);
    return status == EF_OK ? walk_all(walk) : status;
}

/* A path that does not exist as it is written. */
static ef_status walk_missing(walker *walk, const char *input, int number)
{
    size_t before = walk->paths->count;
    bool is_glob = strpbrk(input, "*?[") != NULL;
    if (!is_glob && number != ENOENT && number != ENOTDIR)
        return ef_error_set(walk->error, EF_ERR_IO, "cannot open '%s': %s", input,
                            strerrordesc_np(number));
    ef_status status = is_glob ? walk_glob(walk, input) : EF_OK;
    if (status == EF_OK && walk->paths->count == before)
        return no_match(input, is_glob ? "no file matches" : "there is no file",
                        walk->error);
    return status;
}

/* What the user names is taken whatever its name and kind: to open it may fail later. */
static ef_status walk_input(walker *walk, const char *input)
{
    struct stat about;
    size_t before = walk->paths->count;
    if (lstat(input, &about) != 0)
        return walk_missing(walk, input, errno);
    if (S_ISLNK(about.st_mode) && walk->no_symlinks)
        return ef_error_set(walk->error, EF_ERR_IO, "'%s' is a symbolic link", input);
    if (stat(input, &about) != 0)
        return ef_error_set(walk->error, EF_ERR_IO,
                            "'%s' is a symbolic link that leads nowhere", input);
    if (!S_ISDIR(about.st_mode))
        return ef_paths_add(walk->paths, input, walk->error);
    ef_status status = take(walk, input, 0, &about);
    if (status == EF_OK)
        status = walk_all(walk);
    if (status == EF_OK && walk->paths->count == before)
        return ef_error_set(
            walk->error, EF_ERR_IO,
            "folder '%s' has no file to read (hidden and media files do not "
            "count)",
            input);
    return status;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void release_walker(walker *walk)
{
    release_places(&walk->folders);
    release_places(&walk->links);
    free(walk->seen);
    ef_buffer_release(&walk->path);
}

ef_status ef_walk(ef_paths *paths, const char *input, bool no_symlinks, ef_error *error)
{
    if (strcmp(input, "-") == 0)
        return ef_paths_add(paths, input, error);
    walker walk = { .paths = paths, .no_symlinks = no_symlinks, .error = error };
    size_t before = paths->count;
    ef_status status = walk_input(&walk, input);
    if (status != EF_OK)
        forget_paths(paths, before);
    else
        qsort(paths->items + before, paths->count - before, sizeof *paths->items,
              compare_paths);
    release_walker(&walk);
    return status;
}

ef_status ef_walk_with_links(ef_paths *paths, ef_paths *links, const char *input,
                             bool no_symlinks, ef_error *error)
{
    walker walk = {
        .paths = paths, .met = links, .no_symlinks = no_symlinks, .error = error
    };
    ef_status status = walk_input(&walk, input);
    release_walker(&walk);
    return status;
}

bool ef_path_is_media(const char *path)
{
    /* What chat exports carry besides text, and documents that we cannot read. */
    static const char *const suffixes[] = {
        "jpg", "jpeg", "png",  "gif",  "webp", "heic", "bmp", "tif",  "tiff", "svg",
        "ico", "mp4",  "mov",  "avi",  "mkv",  "webm", "3gp", "m4v",  "mpg",  "mpeg",
        "mp3", "ogg",  "oga",  "opus", "m4a",  "aac",  "wav", "flac", "amr",  "tgs",
        "pdf", "doc",  "docx", "ppt",  "pptx", "vcf",  "css", "js",   "woff", "woff2"
    };
    const char *dot = strrchr(path, '.');
    if (dot == NULL || strchr(dot, '/') != NULL)
        return false;
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        const char *a = suffixes[i], *b = dot + 1;
        while (*a != '\0' && *a == (*b >= 'A' && *b <= 'Z' ? *b + ('a' - 'A') : *b))
            a++, b++;
        if (*a == '\0' && *b == '\0')
            return true;
    }
    return false;
}
