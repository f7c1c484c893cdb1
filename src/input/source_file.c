/* SPDX-License-Identifier: MIT
 * input/source_file.c - sources that lie at the bottom of a stack: file, pipe, memory.
 *
 * A file is read with read(2), never mapped: a map of a file that shrinks is a crash. Only
 * regular files are opened by name, and without blocking, so that a FIFO or a device with a
 * harmless name can neither hang nor flood us. */
#include "input/source.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct file_source {
    ef_source source;
    int descriptor;
    bool owns_descriptor; /* false for standard input, which stays open */
    uint64_t stored;
    uint64_t size; /* of a file in which somebody goes back and forth; else 0 */
    char label[];
} file_source;

static ef_status read_failed(const ef_source *source, int number, ef_error *error)
{
    return ef_error_set(error, EF_ERR_IO, "cannot read '%s': %s", source->label,
                        strerrordesc_np(number));
}

/* True when a read would not block, or would fail: read(2) then says how. */
static bool is_ready(int descriptor, bool wait)
{
    struct pollfd poll_me = { .fd = descriptor, .events = POLLIN };
    return poll(&poll_me, 1, wait ? -1 : 0) != 0;
}

static ef_status file_read(ef_source *source, uint8_t *p, size_t n, bool wait, size_t *got,
                           ef_error *error)
{
    file_source *file = (file_source *)source;
    if (!file->owns_descriptor && !wait && !is_ready(file->descriptor, false))
        return EF_AGAIN;
    for (;;) {
        ssize_t count = read(file->descriptor, p, n);
        if (count > 0) {
            *got = (size_t)count;
            file->stored += (uint64_t)count;
            return EF_OK;
        }
        if (count == 0)
            return EF_END;
        /* Standard input may have been made non-blocking by whoever shares it. */
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!wait)
                return EF_AGAIN;
            is_ready(file->descriptor, true);
        } else if (errno != EINTR) {
            return read_failed(source, errno, error);
        }
    }
}

static int64_t file_seek(ef_source *source, int64_t offset, int whence)
{
    file_source *file = (file_source *)source;
    struct stat about;
    if (file->size == 0 && fstat(file->descriptor, &about) == 0)
        file->size = (uint64_t)about.st_size;
    return lseek(file->descriptor, offset, whence);
}

static void file_close(ef_source *source)
{
    file_source *file = (file_source *)source;
    if (file->owns_descriptor)
        close(file->descriptor);
    free(file);
}

static uint64_t file_stored(const ef_source *source)
{
    const file_source *file = (const file_source *)source;
    return file->size != 0 && file->stored > file->size ? file->size : file->stored;
}

const ef_source_kind ef_source_kind_file = {
    .name = "file",
    .summary = "a regular file, or standard input",
};

static ef_status open_regular(const char *path, int *descriptor, ef_error *error)
{
    /* O_NONBLOCK lets the open of a FIFO return, so that it can be refused. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return ef_error_set(error, EF_ERR_IO, "cannot open '%s': %s", path,
                            strerrordesc_np(errno));
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(fd);
        return ef_error_set(error, EF_ERR_IO, "cannot read '%s': not a regular file", path);
    }
    *descriptor = fd;
    return EF_OK;
}

ef_status ef_source_file_open(ef_source **source, const char *path, ef_error *error)
{
    bool is_standard_input = strcmp(path, "-") == 0;
    const char *label = is_standard_input ? "<stdin>" : path;
    int descriptor = STDIN_FILENO;
    *source = NULL;
    if (!is_standard_input) {
        ef_status status = open_regular(path, &descriptor, error);
        if (status != EF_OK)
            return status;
    }
    file_source *file = malloc(sizeof *file + strlen(label) + 1);
    if (file == NULL) {
        if (!is_standard_input)
            close(descriptor);
        return ef_error_memory(error);
    }
    *file = (file_source){ .source = { .kind = &ef_source_kind_file,
                                       .read = file_read,
                                       .close = file_close,
                                       .stored = file_stored,
                                       .seek = is_standard_input ? NULL : file_seek,
                                       .label = file->label },
                           .descriptor = descriptor,
                           .owns_descriptor = !is_standard_input };
    memcpy(file->label, label, strlen(label) + 1);
    *source = &file->source;
    return EF_OK;
}

/* Memory and rewind: bytes at hand first, then what lies below, if anything does. */
typedef struct memory_source {
    ef_source source;
    ef_slice rest;
    ef_source *below; /* NULL for plain memory */
    uint64_t given;   /* of plain memory */
    uint8_t copy[];   /* the head of a rewind */
} memory_source;

static ef_status memory_read(ef_source *source, uint8_t *p, size_t n, bool wait,
                             size_t *got, ef_error *error)
{
    memory_source *memory = (memory_source *)source;
    if (memory->rest.size == 0 && memory->below == NULL)
        return EF_END;
    if (memory->rest.size == 0)
        return memory->below->read(memory->below, p, n, wait, got, error);
    size_t count = memory->rest.size < n ? memory->rest.size : n;
    memcpy(p, memory->rest.data, count);
    memory->rest.data += count;
    memory->rest.size -= count;
    memory->given += count;
    *got = count;
    return EF_OK;
}

/* Drops what is left of the head; a source below gives the next member. */
static ef_status memory_next_member(ef_source *source, ef_error *error)
{
    memory_source *memory = (memory_source *)source;
    memory->rest.size = 0;
    ef_status status = ef_source_next_member(memory->below, error);
    source->label = memory->below->label;
    source->encoding = memory->below->encoding;
    return status;
}

/* Of plain memory; `given` is the position. */
static int64_t memory_seek(ef_source *source, int64_t offset, int whence)
{
    memory_source *memory = (memory_source *)source;
    int64_t at = (int64_t)memory->given, size = at + (int64_t)memory->rest.size;
    int64_t wanted = (whence == SEEK_SET ? 0 : whence == SEEK_CUR ? at : size) + offset;
    if (wanted < 0 || wanted > size)
        return -1;
    memory->rest.data += wanted - at;
    memory->rest.size = (size_t)(size - wanted);
    memory->given = (uint64_t)wanted;
    return wanted;
}

/* Of a rewind: below knows its own position, which is behind the rest of the head. */
static int64_t rewind_seek(ef_source *source, int64_t offset, int whence)
{
    memory_source *memory = (memory_source *)source;
    if (memory->below->seek == NULL)
        return -1;
    int64_t behind = whence == SEEK_CUR ? (int64_t)memory->rest.size : 0;
    int64_t at = memory->below->seek(memory->below, offset - behind, whence);
    memory->rest.size = at < 0 ? memory->rest.size : 0;
    return at;
}

static void memory_close(ef_source *source)
{
    memory_source *memory = (memory_source *)source;
    if (memory->below != NULL)
        memory->below->close(memory->below);
    free(memory);
}

static uint64_t memory_stored(const ef_source *source)
{
    const memory_source *memory = (const memory_source *)source;
    return memory->below != NULL ? memory->below->stored(memory->below) : memory->given;
}

const ef_source_kind ef_source_kind_memory = {
    .name = "memory",
    .summary = "bytes at hand, then those of the source below",
};

ef_status ef_source_memory_open(ef_source **source, ef_slice bytes, const char *label,
                                ef_error *error)
{
    size_t size = strlen(label) + 1;
    memory_source *memory = malloc(sizeof *memory + size);
    *source = NULL;
    if (memory == NULL)
        return ef_error_memory(error);
    *memory = (memory_source){ .source = { .kind = &ef_source_kind_memory,
                                           .read = memory_read,
                                           .close = memory_close,
                                           .stored = memory_stored,
                                           .seek = memory_seek,
                                           .label = (const char *)memory->copy },
                               .rest = bytes };
    memcpy(memory->copy, label, size);
    *source = &memory->source;
    return EF_OK;
}

ef_status ef_source_rewind_open(ef_source **source, ef_source *below, ef_slice head,
                                ef_error *error)
{
    memory_source *memory = malloc(sizeof *memory + head.size);
    *source = NULL;
    if (memory == NULL) {
        below->close(below);
        return ef_error_memory(error);
    }
    /* Its kind is the one below: what was put back is no layer of its own. */
    *memory = (memory_source){ .source = { .kind = below->kind,
                                           .read = memory_read,
                                           .close = memory_close,
                                           .stored = memory_stored,
                                           .label = below->label,
                                           .next_member = memory_next_member,
                                           .seek = rewind_seek,
                                           .note = below->note,
                                           .encoding = below->encoding },
                               .rest = { memory->copy, head.size },
                               .below = below };
    if (head.size > 0)
        memcpy(memory->copy, head.data, head.size);
    *source = &memory->source;
    return EF_OK;
}
