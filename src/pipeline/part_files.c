/* SPDX-License-Identifier: MIT
 * pipeline/part_files.c - partial results among the inputs of a report. */
#include "pipeline/part_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

enum { LARGEST = 1 << 30, STEP = 1 << 16 };

/* Only what is a file: looking at a pipe would take bytes out of it. */
static int open_file(const char *path)
{
    struct stat about;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file >= 0 && (fstat(file, &about) != 0 || !S_ISREG(about.st_mode))) {
        close(file);
        return -1;
    }
    return file;
}

/* At most limit bytes. EF_ERR_IO, EF_ERR_MEMORY. */
static ef_status read_up_to(int file, size_t limit, ef_buffer *bytes)
{
    while (bytes->size < limit) {
        size_t wanted = limit - bytes->size < STEP ? limit - bytes->size : STEP;
        if (!ef_buffer_reserve(bytes, wanted))
            return EF_ERR_MEMORY;
        ssize_t got = read(file, bytes->data + bytes->size, wanted);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return EF_ERR_IO;
        bytes->size += got > 0 ? (size_t)got : 0;
    }
    return EF_OK;
}

bool ef_part_file_is(const char *path)
{
    ef_buffer bytes = { 0 };
    int file = strcmp(path, "-") == 0 ? -1 : open_file(path);
    bool is_part = file >= 0 && read_up_to(file, EF_PART_MAGIC_SIZE, &bytes) == EF_OK &&
                   ef_part_is(ef_buffer_slice(&bytes));
    if (file >= 0)
        close(file);
    ef_buffer_release(&bytes);
    return is_part;
}

bool ef_part_file_is_in(const char *path)
{
    DIR *folder = strcmp(path, "-") == 0 ? NULL : opendir(path);
    bool is_found = false;
    for (struct dirent *entry; folder != NULL && !is_found;) {
        ef_buffer name = { 0 };
        if ((entry = readdir(folder)) == NULL)
            break;
        ef_buffer_printf(&name, "%s/%s", path, entry->d_name);
        ef_buffer_append(&name, "", 1);
        is_found = !name.failed && ef_part_file_is((const char *)name.data);
        ef_buffer_release(&name);
    }
    if (folder != NULL)
        closedir(folder);
    return is_found;
}

static ef_status read_part(ef_part *part, const char *path, ef_slice identity,
                           ef_error *error)
{
    ef_buffer bytes = { 0 };
    int file = open_file(path);
    ef_status status = file < 0 ? EF_ERR_IO : read_up_to(file, LARGEST, &bytes);
    if (status == EF_ERR_MEMORY)
        ef_error_memory(error);
    else if (status != EF_OK)
        ef_error_set(error, status, "cannot read '%s': %s", path, strerror(errno));
    else
        status = ef_part_read(part, ef_buffer_slice(&bytes), identity, path, error);
    if (file >= 0)
        close(file);
    ef_buffer_release(&bytes);
    return status;
}

static bool is_same(const ef_plan *one, const ef_plan *two, bool *is_good)
{
    ef_buffer a = { 0 }, b = { 0 };
    *is_good = ef_plan_save(one, &a) && ef_plan_save(two, &b);
    bool same = *is_good && a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
    ef_buffer_release(&a);
    ef_buffer_release(&b);
    return same;
}

static bool asks_for_something(const ef_plan_wishes *wishes)
{
    return wishes->zone != NULL || wishes->group_count > 0 || wishes->where_count > 0 ||
           wishes->since != NULL || wishes->until != NULL || wishes->compare != NULL ||
           wishes->before != NULL || wishes->topics != NULL;
}

static ef_status check_wishes(const ef_plan *plan, const ef_plan_wishes *wishes,
                              const char *path, ef_error *error)
{
    ef_plan wanted;
    bool is_good = true;
    if (plan->wishes.shows_words != wishes->shows_words)
        return ef_error_set(
            error, EF_ERR_ARGUMENT,
            plan->wishes.shows_words
                ? "'%s' holds words that are not redacted: --no-redact says "
                  "that they may be shown"
                : "'%s' holds redacted words only: leave --no-redact out",
            path);
    if (!asks_for_something(wishes))
        return EF_OK;
    ef_status status = ef_plan_make(&wanted, wishes, error);
    if (status == EF_OK && !is_same(plan, &wanted, &is_good))
        status = ef_error_set(error, EF_ERR_ARGUMENT,
                              "'%s' was counted with other options: leave --tz, --group, "
                              "--where, --since, --until, --compare, --before and --topics "
                              "out, or make it again with them",
                              path);
    ef_plan_release(&wanted);
    return is_good ? status : ef_error_memory(error);
}

/* The plan of a part dies with it: it is made again. */
ef_status ef_part_files_plan(ef_plan *plan, const char *path, ef_slice identity,
                             const ef_plan_wishes *wishes, ef_error *error)
{
    ef_part part;
    ef_status status = read_part(&part, path, identity, error);
    if (status != EF_OK)
        return status;
    status = check_wishes(&part.plan, wishes, path, error);
    if (status == EF_OK)
        status = ef_plan_make(plan, &part.plan.wishes, error);
    ef_part_release(&part);
    return status;
}

ef_status ef_part_files_join(ef_manifest *manifest, const ef_manifest *more,
                             const char *path, ef_error *error)
{
    size_t found[2];
    bool is_found;
    if (!ef_manifest_overlap(manifest, more, found, &is_found))
        return ef_error_memory(error);
    if (is_found) {
        ef_slice first = ef_manifest_label(manifest, found[0]);
        ef_slice again = ef_manifest_label(more, found[1]);
        return ef_error_set(
            error, EF_ERR_ARGUMENT,
            "'%.*s'%s%s%s is counted already, as '%.*s' in a partial result: "
            "leave one of the two out",
            (int)again.size, (const char *)again.data, path != NULL ? " in '" : "",
            path != NULL ? path : "", path != NULL ? "'" : "", (int)first.size,
            (const char *)first.data);
    }
    return ef_manifest_merge(manifest, more) ? EF_OK : ef_error_memory(error);
}

ef_status ef_part_files_add(ef_tally *tally, ef_manifest *manifest, const char *path,
                            ef_slice identity, ef_error *error)
{
    ef_part part;
    bool is_good = true;
    ef_status status = read_part(&part, path, identity, error);
    if (status != EF_OK)
        return status;
    if (!is_same(tally->plan, &part.plan, &is_good))
        status = is_good
                     ? ef_error_set(error, EF_ERR_ARGUMENT,
                                    "'%s' was counted with other options than the partial "
                                    "results before it",
                                    path)
                     : ef_error_memory(error);
    if (status == EF_OK)
        status = ef_part_files_join(manifest, &part.manifest, path, error);
    if (status == EF_OK && !ef_tally_merge(tally, &part.tally))
        status = ef_error_memory(error);
    ef_part_release(&part);
    return status;
}
