/* SPDX-License-Identifier: MIT
 * input/slack_people.c - who is behind the ids of a Slack export.
 *
 * users.json is an array of people; the whole of it is in memory while it is read, a few
 * hundred bytes a person. */
#include "input/slack_people.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/error.h"
#include "input/chatjson.h"
#include "input/source.h"

enum { LARGEST = 64 << 20, PATH_SIZE = 4096 };

typedef struct person {
    ef_slice id, name;
} person;

struct ef_slack_people {
    ef_slack_people *next;
    ef_arena arena;
    char *place;    /* label of its users.json */
    person *people; /* by id */
    size_t count;
};

static int compare(ef_slice a, ef_slice b)
{
    size_t least = a.size < b.size ? a.size : b.size;
    int order = least == 0 ? 0 : memcmp(a.data, b.data, least);
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static int compare_people(const void *a, const void *b)
{
    return compare(((const person *)a)->id, ((const person *)b)->id);
}

ef_slice ef_slack_people_name(const ef_slack_people *people, ef_slice id)
{
    size_t low = 0, high = people == NULL ? 0 : people->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(people->people[middle].id, id);
        if (order == 0)
            return people->people[middle].name;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return (ef_slice){ NULL, 0 };
}

void ef_slack_people_free(ef_slack_people *known)
{
    while (known != NULL) {
        ef_slack_people *next = known->next;
        ef_arena_release(&known->arena);
        free(known);
        known = next;
    }
}

/* --- where it is --------------------------------------------------------------------- */

/* False with *number 0: it is none; with another errno: that cannot be seen now. */
static bool is_file(const char *path, int *number)
{
    struct stat about;
    bool is_there = stat(path, &about) == 0;
    bool is_absent = errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG;
    *number = is_there || is_absent ? 0 : errno;
    return is_there && S_ISREG(about.st_mode);
}

/* The file of the system in a label: all of it, or what stands before an archive's member.
 * The size of that part; 0 if there is no such file, or (*number) none can be seen now. */
static size_t file_part(const char *label, int *number)
{
    char path[PATH_SIZE];
    size_t size = strlen(label);
    *number = 0;
    if (size >= sizeof path)
        return 0;
    memcpy(path, label, size + 1);
    while (size > 0 && !is_file(path, number)) {
        if (*number != 0)
            return 0;
        while (size > 0 && path[size - 1] != ':')
            size--;
        size -= size > 0;
        path[size] = '\0';
    }
    return size;
}

/* Writes the label of users.json, two folders above a day of a channel. False if it would
 * be too long or there is no folder. */
static bool place_of_users(const char *label, size_t file, char place[PATH_SIZE])
{
    size_t size = strlen(label), low = label[file] == ':' ? file + 1 : 0;
    for (int part = 0; part < 2; part++) {
        if (part == 1 && size == low)
            return false;
        size -= size > low && label[size - 1] == '/';
        while (size > low && label[size - 1] != '/')
            size--;
    }
    return snprintf(place, PATH_SIZE, "%.*susers.json", (int)size, label) < PATH_SIZE;
}

/* --- reading ------------------------------------------------------------------------- */

/* Opens the source that has this label, of the file in its first bytes. */
static ef_status open_place(const char *place, size_t file, ef_source **source)
{
    char path[PATH_SIZE];
    bool is_member = place[file] == ':';
    memcpy(path, place, file);
    path[file] = '\0';
    ef_status status = ef_source_file_open(source, is_member ? path : place, NULL);
    if (status == EF_OK)
        status = ef_source_unwrap(source, NULL);
    while (status == EF_OK && is_member && strcmp((*source)->label, place) != 0)
        status = ef_source_next_member(*source, NULL);
    if (status != EF_OK && *source != NULL) {
        (*source)->close(*source);
        *source = NULL;
    }
    return status == EF_OK ? ef_source_decode(source, "auto", NULL, NULL) : status;
}

static ef_status read_all(const char *place, size_t file, ef_buffer *bytes)
{
    ef_source *source = NULL;
    ef_status status = open_place(place, file, &source);
    while (status == EF_OK && bytes->size < LARGEST) {
        size_t got = 0;
        if (!ef_buffer_reserve(bytes, 1 << 16))
            status = EF_ERR_MEMORY;
        else
            status =
                source->read(source, bytes->data + bytes->size, 1 << 16, true, &got, NULL);
        bytes->size += got;
    }
    if (source != NULL)
        source->close(source);
    return status == EF_END ? EF_OK : status == EF_OK ? EF_ERR_LIMIT : status;
}

static bool keep_person(ef_slack_people *people, const ef_slice values[EF_JSON_FIELDS])
{
    ef_slice id = values[EF_JSON_FIELD_ID], name = values[EF_JSON_FIELD_AUTHOR];
    if (id.size == 0 || name.size == 0)
        return true;
    person *kept = &people->people[people->count];
    kept->id = (ef_slice){ (uint8_t *)ef_arena_copy(&people->arena, id), id.size };
    kept->name = (ef_slice){ (uint8_t *)ef_arena_copy(&people->arena, name), name.size };
    people->count += kept->id.data != NULL && kept->name.data != NULL;
    return kept->id.data != NULL && kept->name.data != NULL;
}

static bool keep_people(ef_slack_people *people, ef_slice bytes, ef_arena *scratch)
{
    static const char shown[] = "{\"id\":\"id\",\"profile\":{\"display_name\":\"author\","
                                "\"real_name\":\"author\"},\"real_name\":\"author\","
                                "\"name\":\"author\"}";
    const ef_kernels *kernels = ef_kernels_select(NULL);
    ef_json_route top;
    ef_json_view view;
    ef_json_reader reader = { 0 };
    ef_slice *objects = NULL;
    size_t count = 0;
    ef_json_route_make(&top, "");
    bool is_done = ef_json_view_make(&view, shown, scratch) &&
                   ef_json_list_records(&top, kernels, bytes, SIZE_MAX, &objects, &count);
    if (is_done)
        people->people =
            ef_arena_alloc(&people->arena, (count + 1) * sizeof *people->people);
    is_done = is_done && people->people != NULL;
    for (size_t i = 0; is_done && i < count; i++) {
        ef_slice values[EF_JSON_FIELDS];
        ef_json_pull pull;
        ef_json_pull_init(&pull, kernels, objects[i].data, objects[i].size);
        ef_status status = ef_json_view_read(&view, &reader, scratch, &pull, values, NULL);
        is_done =
            status != EF_ERR_MEMORY && (status != EF_OK || keep_person(people, values));
    }
    ef_json_reader_release(&reader);
    free(objects);
    return is_done;
}

/* Reads the people at a place. An export without them, or with broken ones, has none; where
 * they are and cannot be read, that is an error: names would turn into ids. */
static ef_status read_people(const char *place, size_t file, ef_slack_people **made,
                             ef_error *error)
{
    ef_slack_people *people = calloc(1, sizeof *people);
    ef_buffer bytes = { 0 };
    ef_arena scratch = { 0 };
    ef_status status = EF_ERR_MEMORY;
    *made = NULL;
    if (people != NULL &&
        (people->place = ef_arena_copy(&people->arena, ef_slice_of(place))) != NULL)
        status = read_all(place, file, &bytes);
    if (status == EF_OK && !keep_people(people, ef_buffer_slice(&bytes), &scratch))
        status = EF_ERR_MEMORY;
    ef_buffer_release(&bytes);
    ef_arena_release(&scratch);
    if (status == EF_ERR_MEMORY || status == EF_ERR_IO) {
        ef_slack_people_free(people);
        return status == EF_ERR_MEMORY
                   ? ef_error_memory(error)
                   : ef_error_set(error, EF_ERR_IO, "cannot read '%s'", place);
    }
    if (people->count > 0)
        qsort(people->people, people->count, sizeof *people->people, compare_people);
    *made = people;
    return EF_OK;
}

ef_status ef_slack_people_find(ef_slack_people **known, const char *label,
                               const ef_slack_people **people, ef_error *error)
{
    char place[PATH_SIZE];
    *people = NULL;
    int number;
    size_t file = file_part(label, &number);
    if (number != 0)
        return ef_error_set(error, EF_ERR_IO, "cannot read '%s': %s", label,
                            strerrordesc_np(number));
    if (file == 0 || !place_of_users(label, file, place))
        return EF_OK;
    bool is_member = label[file] == ':';
    for (ef_slack_people *one = *known; one != NULL; one = one->next)
        if (strcmp(one->place, place) == 0) {
            *people = one;
            return EF_OK;
        }
    if (!is_member && !is_file(place, &number) && number == 0)
        return EF_OK;
    ef_slack_people *made;
    ef_status status = read_people(place, is_member ? file : strlen(place), &made, error);
    if (status != EF_OK)
        return status;
    made->next = *known;
    *known = made;
    *people = made;
    return EF_OK;
}
