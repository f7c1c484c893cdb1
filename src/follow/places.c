/* SPDX-License-Identifier: MIT
 * follow/places.c - which files the inputs mean, now and later.
 *
 * A scan is a list of folders yet to visit, each with what is left of the pattern, so that
 * nothing recurses however deep the folders are. */
#include "follow/places.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/error.h"
#include "input/walk.h"

enum { DEEPEST = 64 };

/* A folder to visit. rest is what of a glob is still to match below it; "" in a folder that
 * is meant with all that it holds. */
typedef struct visit {
    char *path;
    const char *rest;
    unsigned depth;
} visit;

typedef struct scan {
    const ef_places_visitor *visitor;
    size_t place;
    visit *list;
    size_t count, capacity;
    ef_buffer path;
    ef_error *error;
} scan;

static bool has_wildcard(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (strchr("*?[\\", text[i]) != NULL)
            return true;
    return false;
}

ef_status ef_places_init(ef_places *places, const char *const *inputs, size_t count,
                         ef_error *error)
{
    places->items = calloc(count + 1, sizeof *places->items);
    places->count = places->items == NULL ? 0 : count;
    if (places->items == NULL)
        return ef_error_memory(error);
    for (size_t i = 0; i < count; i++) {
        struct stat about;
        bool is_there = stat(inputs[i], &about) == 0;
        places->items[i] =
            (ef_place){ .input = inputs[i],
                        .is_folder = is_there && S_ISDIR(about.st_mode),
                        .is_glob =
                            !is_there && has_wildcard(inputs[i], strlen(inputs[i])) };
    }
    return EF_OK;
}

void ef_places_release(ef_places *places)
{
    free(places->items);
    *places = (ef_places){ 0 };
}

static ef_status put_off(scan *s, const char *path, const char *rest, unsigned depth)
{
    if (s->count == s->capacity) {
        size_t capacity = s->capacity == 0 ? 16 : s->capacity * 2;
        visit *list = realloc(s->list, capacity * sizeof *list);
        if (list == NULL)
            return ef_error_memory(s->error);
        s->list = list;
        s->capacity = capacity;
    }
    char *copy = strdup(path);
    if (copy == NULL)
        return ef_error_memory(s->error);
    s->list[s->count++] = (visit){ copy, rest, depth };
    return EF_OK;
}

static const char *join(scan *s, const char *folder, const char *name, size_t size)
{
    ef_buffer_reset(&s->path);
    ef_buffer_append_text(&s->path, folder);
    if (folder[0] != '\0' && folder[strlen(folder) - 1] != '/')
        ef_buffer_append_byte(&s->path, '/');
    ef_buffer_append(&s->path, name, size);
    return ef_buffer_text(&s->path);
}

static bool is_folder(const struct dirent *entry, const char *path)
{
    struct stat about;
    if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK)
        return entry->d_type == DT_DIR;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* One entry of a folder of which everything is meant. Links to folders are not entered, so
 * that nothing goes round in circles. */
static ef_status meet_in_folder(scan *s, const visit *at, const struct dirent *entry)
{
    const char *path = join(s, at->path, entry->d_name, strlen(entry->d_name));
    if (entry->d_name[0] == '.')
        return EF_OK;
    if (is_folder(entry, path))
        return entry->d_type == DT_LNK || at->depth == DEEPEST
                   ? EF_OK
                   : put_off(s, path, "", at->depth + 1);
    if (ef_path_is_media(path))
        return EF_OK;
    return s->visitor->file(s->visitor->user, path, s->place, s->error);
}

/* One entry of a folder of which some names are meant: pattern, of size bytes, says which;
 * rest is what stands behind it. */
static ef_status meet_in_glob(scan *s, const visit *at, const struct dirent *entry,
                              const char *pattern, const char *rest)
{
    if (fnmatch(pattern, entry->d_name, FNM_PERIOD) != 0)
        return EF_OK;
    const char *path = join(s, at->path, entry->d_name, strlen(entry->d_name));
    if (rest[0] != '\0')
        return is_folder(entry, path) ? put_off(s, path, rest, at->depth + 1) : EF_OK;
    return is_folder(entry, path) || ef_path_is_media(path)
               ? EF_OK
               : s->visitor->file(s->visitor->user, path, s->place, s->error);
}

/* Goes down the folders that a glob names without a wildcard. */
static ef_status go_down(scan *s, const visit *at, bool is_glob)
{
    const char *rest = at->rest;
    size_t size = strcspn(rest, "/");
    if (!is_glob || rest[0] == '\0' || has_wildcard(rest, size))
        return EF_END;
    const char *path = join(s, at->path, rest, size);
    rest += size + strspn(rest + size, "/");
    struct stat about;
    if (stat(path, &about) != 0)
        return EF_OK;
    if (S_ISDIR(about.st_mode))
        return put_off(s, path, rest, at->depth + 1);
    return rest[0] == '\0' ? s->visitor->file(s->visitor->user, path, s->place, s->error)
                           : EF_OK;
}

static ef_status look_into(scan *s, const visit *at, bool is_glob)
{
    const char *rest = at->rest, *folder = at->path[0] == '\0' ? "." : at->path;
    size_t size = strcspn(rest, "/");
    ef_status status = s->visitor->folder(s->visitor->user, folder, s->error);
    DIR *open = status == EF_OK ? opendir(folder) : NULL;
    if (open == NULL)
        return status;
    char *pattern = strndup(rest, size);
    const struct dirent *entry;
    if (pattern == NULL)
        status = ef_error_memory(s->error);
    while (status == EF_OK && (entry = readdir(open)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        status = is_glob ? meet_in_glob(s, at, entry, pattern,
                                        rest + size + strspn(rest + size, "/"))
                         : meet_in_folder(s, at, entry);
    }
    closedir(open);
    free(pattern);
    return status;
}

/* A file is looked for by its name, and the folder that holds it, or will, is told. */
static ef_status look_for_file(scan *s, const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
    struct stat about;
    if (folder == NULL)
        return ef_error_memory(s->error);
    ef_status status = s->visitor->folder(s->visitor->user, folder, s->error);
    free(folder);
    if (status == EF_OK && stat(path, &about) == 0)
        status = s->visitor->file(s->visitor->user, path, s->place, s->error);
    return status;
}

static ef_status scan_place(scan *s, const ef_place *place)
{
    if (!place->is_folder && !place->is_glob)
        return look_for_file(s, place->input);
    size_t slashes = strspn(place->input, "/");
    ef_status status = place->is_folder
                           ? put_off(s, place->input, "", 0)
                           : put_off(s, slashes > 0 ? "/" : "", place->input + slashes, 0);
    while (status == EF_OK && s->count > 0) {
        visit at = s->list[--s->count];
        status = go_down(s, &at, place->is_glob);
        if (status == EF_END)
            status = look_into(s, &at, place->is_glob);
        free(at.path);
    }
    while (s->count > 0)
        free(s->list[--s->count].path);
    return status;
}

/* What was not there, or was something else, may be a folder now. */
static void look_again(ef_place *place)
{
    struct stat about;
    if (!place->is_glob && stat(place->input, &about) == 0)
        place->is_folder = S_ISDIR(about.st_mode);
}

ef_status ef_places_scan(ef_places *places, const ef_places_visitor *visitor,
                         ef_error *error)
{
    scan s = { .visitor = visitor, .error = error };
    ef_status status = EF_OK;
    for (s.place = 0; s.place < places->count && status == EF_OK; s.place++) {
        look_again(&places->items[s.place]);
        status = scan_place(&s, &places->items[s.place]);
    }
    free(s.list);
    ef_buffer_release(&s.path);
    return status;
}

/* Whether a file below a folder is meant by it. */
static bool is_below(const char *folder, const char *path)
{
    size_t size = strlen(folder);
    while (size > 1 && folder[size - 1] == '/')
        size--;
    if (strncmp(folder, path, size) != 0 || path[size] != '/' || ef_path_is_media(path))
        return false;
    return strstr(path + size, "/.") == NULL;
}

bool ef_places_mean(const ef_places *places, const char *path, size_t *place)
{
    for (*place = 0; *place < places->count; ++*place) {
        const ef_place *item = &places->items[*place];
        if (item->is_folder ? is_below(item->input, path)
            : item->is_glob ? fnmatch(item->input, path, FNM_PATHNAME | FNM_PERIOD) == 0
                            : strcmp(item->input, path) == 0)
            return true;
    }
    return false;
}
