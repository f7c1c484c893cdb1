/* SPDX-License-Identifier: MIT
 * review/label_file.c - the file of labels: an answer is on the disk, or was never given.
 */
#include "review/label_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

enum {
    SIZE_LIMIT = 1 << 28, /* 100,000 long answers: more than people give */
    READ_SIZE = 1 << 16
};

static ef_status fail(const char *what, const char *path, ef_error *error)
{
    return ef_error_set(error, EF_ERR_IO, "cannot %s '%s': %s", what, path,
                        strerrordesc_np(errno));
}

/* --- reading ----------------------------------------------------------------------- */

static ef_status read_all(int descriptor, const char *path, ef_buffer *bytes,
                          ef_error *error)
{
    for (;;) {
        if (bytes->size > SIZE_LIMIT)
            return ef_error_set(error, EF_ERR_LIMIT, "'%s' is longer than 256 MiB", path);
        if (!ef_buffer_reserve(bytes, READ_SIZE))
            return ef_error_memory(error);
        ssize_t count = read(descriptor, bytes->data + bytes->size, READ_SIZE);
        if (count == 0)
            return EF_OK;
        if (count > 0)
            bytes->size += (size_t)count;
        else if (errno != EINTR)
            return fail("read", path, error);
    }
}

/* The size of the header: with LF, or with CRLF where a spreadsheet was at work; 0: the
 * bytes begin otherwise. */
static size_t header_size(const ef_buffer *bytes)
{
    size_t size = strlen(ef_label_header) - 1;
    if (bytes->size <= size || memcmp(bytes->data, ef_label_header, size) != 0)
        return 0;
    if (bytes->data[size] == '\n')
        return size + 1;
    bool is_crlf = bytes->size > size + 1 && memcmp(bytes->data + size, "\r\n", 2) == 0;
    return is_crlf ? size + 2 : 0;
}

static bool is_cut_header(const ef_buffer *bytes)
{
    return bytes->size < strlen(ef_label_header) &&
           (bytes->size == 0 || memcmp(bytes->data, ef_label_header, bytes->size) == 0);
}

static size_t count_lines(const uint8_t *bytes, size_t size)
{
    size_t lines = 0;
    for (size_t i = 0; i < size; i++)
        lines += bytes[i] == '\n';
    return lines;
}

/* Gives out all rows; *whole is behind the last of them. A last row may lack its line end,
 * as editors leave it. */
static ef_status read_rows(ef_buffer *bytes, const char *path, ef_label_row_fn *found,
                           void *user, size_t *whole, ef_error *error)
{
    size_t at = header_size(bytes), line = 2;
    *whole = at;
    if (at == 0)
        return is_cut_header(bytes)
                   ? EF_OK
                   : ef_error_set(error, EF_ERR_FORMAT,
                                  "'%s' is no file of labels that earful review wrote: "
                                  "-o FILE names another",
                                  path);
    while (at < bytes->size) {
        ef_label_row row;
        size_t end = ef_label_row_end((ef_slice){ bytes->data + at, bytes->size - at });
        size_t size = end > 0 ? end : bytes->size - at;
        size_t lines = count_lines(bytes->data + at, size);
        bool is_good = ef_label_row_read(&row, bytes->data + at, size);
        if (!is_good && end == 0)
            return EF_OK;
        if (!is_good)
            return ef_error_set_at(error, EF_ERR_FORMAT, line, 0, 0,
                                   "%s:%zu: this row is no label of earful review: mend or "
                                   "remove it",
                                   path, line);
        ef_status status = found(user, &row, error);
        if (status != EF_OK)
            return status;
        at += size;
        line += lines;
        *whole = at;
    }
    return EF_OK;
}

ef_status ef_label_file_read(const char *path, ef_label_row_fn *found, void *user,
                             ef_error *error)
{
    ef_buffer bytes = { 0 };
    size_t whole;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return fail("open", path, error);
    ef_status status = read_all(descriptor, path, &bytes, error);
    close(descriptor);
    if (status == EF_OK)
        status = read_rows(&bytes, path, found, user, &whole, error);
    ef_buffer_release(&bytes);
    return status;
}

/* --- writing ----------------------------------------------------------------------- */

static bool write_at(const ef_label_file *file, ef_slice bytes, uint64_t at)
{
    for (size_t done = 0; done < bytes.size;) {
        ssize_t count = pwrite(file->descriptor, bytes.data + done, bytes.size - done,
                               (off_t)(at + done));
        if (count > 0)
            done += (size_t)count;
        else if (count == 0 || errno != EINTR)
            return false;
    }
    return fdatasync(file->descriptor) == 0;
}

/* A new name is safe only once its folder is on the disk. */
static void sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL   ? strdup(".")
                   : slash == path ? strdup("/")
                                   : strndup(path, (size_t)(slash - path));
    int descriptor = folder == NULL ? -1 : open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
    free(folder);
}

static ef_status cut(ef_label_file *file, uint64_t size, ef_error *error)
{
    if (ftruncate(file->descriptor, (off_t)size) != 0 || fdatasync(file->descriptor) != 0)
        return fail("shorten", file->path, error);
    file->size = size;
    return EF_OK;
}

ef_status ef_label_file_append(ef_label_file *file, const ef_label_row *row,
                               ef_error *error)
{
    uint64_t before = file->size;
    ef_buffer_reset(&file->row);
    if (before == 0)
        ef_buffer_append_text(&file->row, ef_label_header);
    ef_label_row_write(&file->row, row);
    if (file->row.failed || !ef_buffer_append(&file->ends, &before, sizeof before)) {
        ef_buffer_reset(&file->row);
        return ef_error_memory(error);
    }
    ef_slice bytes = ef_buffer_slice(&file->row);
    if (!write_at(file, bytes, before)) {
        ef_status status = fail("write", file->path, error);
        file->ends.size -= sizeof before;
        if (ftruncate(file->descriptor, (off_t)before) != 0)
            return status; /* the next opening finds a row that is not whole */
        return status;
    }
    if (before == 0 && file->is_new)
        sync_folder(file->path);
    file->size = before + bytes.size;
    return EF_OK;
}

ef_status ef_label_file_take_back(ef_label_file *file, ef_error *error)
{
    uint64_t before;
    if (file->ends.size == 0)
        return EF_END;
    memcpy(&before, file->ends.data + file->ends.size - sizeof before, sizeof before);
    ef_status status = cut(file, before, error);
    if (status == EF_OK)
        file->ends.size -= sizeof before;
    return status;
}

/* --- opening ----------------------------------------------------------------------- */

static ef_status open_path(ef_label_file *file, ef_error *error)
{
    struct stat facts;
    file->is_new = stat(file->path, &facts) != 0;
    /* What customers wrote is nobody else's business. */
    file->descriptor = open(file->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (file->descriptor < 0 || fstat(file->descriptor, &facts) != 0)
        return fail("open", file->path, error);
    if (!S_ISREG(facts.st_mode))
        return ef_error_set(error, EF_ERR_IO, "labels go to a file, and '%s' is none",
                            file->path);
    if (flock(file->descriptor, LOCK_EX | LOCK_NB) != 0)
        return ef_error_set(error, EF_ERR_IO,
                            "'%s' is open in another earful review: end that first",
                            file->path);
    return EF_OK;
}

/* Leaves the file as its whole rows, the last one with its line end. */
static ef_status tidy(ef_label_file *file, const ef_buffer *bytes, size_t whole,
                      ef_error *error)
{
    file->size = whole;
    if (whole < bytes->size) {
        file->was_cut = true;
        return cut(file, whole, error);
    }
    if (whole == 0 || bytes->data[whole - 1] == '\n')
        return EF_OK;
    if (!write_at(file, ef_slice_of("\n"), whole))
        return fail("write", file->path, error);
    file->size = whole + 1;
    return EF_OK;
}

ef_status ef_label_file_open(ef_label_file *file, const char *path, ef_label_row_fn *found,
                             void *user, ef_error *error)
{
    ef_buffer bytes = { 0 };
    size_t whole = 0;
    *file = (ef_label_file){ .descriptor = -1, .path = path };
    ef_status status = open_path(file, error);
    if (status == EF_OK)
        status = read_all(file->descriptor, path, &bytes, error);
    if (status == EF_OK)
        status = read_rows(&bytes, path, found, user, &whole, error);
    if (status == EF_OK)
        status = tidy(file, &bytes, whole, error);
    ef_buffer_release(&bytes);
    if (status != EF_OK)
        ef_label_file_close(file);
    return status;
}

void ef_label_file_close(ef_label_file *file)
{
    if (file->descriptor >= 0) {
        if (file->is_new && file->size == 0)
            unlink(file->path);
        close(file->descriptor); /* gives the lock back, too */
    }
    file->descriptor = -1;
    ef_buffer_release(&file->row);
    ef_buffer_release(&file->ends);
}
