/* SPDX-License-Identifier: MIT
 * follow/packed.c - generations of a log that were packed while nobody looked. */
#include "follow/packed.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/error.h"
#include "input/input.h"

enum { PIECE = 1 << 16 /* more than a head */ };

bool ef_packed_is(int descriptor)
{
    uint8_t head[EF_SOURCE_HEAD];
    ssize_t got = ef_read_at(descriptor, head, sizeof head, 0);
    if (got >= 0)
        errno = 0;
    return got > 0 && ef_source_kind_of((ef_slice){ head, (size_t)got }) != NULL;
}

/* Reads the next piece, whole unless it is the last. */
static ef_status read_piece(ef_source *source, uint8_t bytes[PIECE], size_t *size,
                            ef_error *error)
{
    ef_status status = EF_OK;
    *size = 0;
    while (*size < PIECE && status == EF_OK) {
        size_t got = 0;
        status = source->read(source, bytes + *size, PIECE - *size, true, &got, error);
        *size += status == EF_OK ? got : 0;
    }
    return status == EF_END ? EF_OK : status;
}

static ef_status write_at(int file, const uint8_t *bytes, size_t size, uint64_t offset,
                          ef_error *error)
{
    for (size_t at = 0; at < size;) {
        ssize_t put = pwrite(file, bytes + at, size - at, (off_t)(offset + at));
        if (put < 0 && errno != EINTR)
            return ef_error_set(error, EF_ERR_IO, "cannot unpack it: %s",
                                strerrordesc_np(errno));
        at += put > 0 ? (size_t)put : 0;
    }
    return EF_OK;
}

static bool begins_as(const ef_identity *identity, uint64_t salt, const uint8_t *bytes,
                      size_t size)
{
    return identity == NULL ||
           (size >= identity->head_size &&
            ef_print(salt, bytes, identity->head_size) == identity->head);
}

/* Writes all but what lies between the sample that decides the layout and the last bytes
 * that were read. *fits gets whether the source begins as identity says. */
static ef_status unpack(ef_source *source, const ef_identity *identity, uint64_t salt,
                        int file, bool *fits, ef_error *error)
{
    uint8_t bytes[PIECE];
    uint64_t wanted = identity == NULL ? 0 : identity->offset, at = 0;
    size_t size = 0;
    ef_status status = read_piece(source, bytes, &size, error);
    *fits = begins_as(identity, salt, bytes, size);
    while (status == EF_OK && *fits && size > 0) {
        if (at < EF_SAMPLE_FILE || at + size + EF_TAIL_SIZE > wanted)
            status = write_at(file, bytes, size, at, error);
        at += size;
        if (status == EF_OK)
            status = read_piece(source, bytes, &size, error);
    }
    return status;
}

/* A file without a name, which goes with its descriptor. */
static int open_nameless(const char *folder, ef_error *error)
{
    int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0)
        ef_error_set(error, EF_ERR_IO, "cannot unpack it into '%s': %s", folder,
                     strerrordesc_np(errno));
    return file;
}

/* Opens the unpacked bytes of the packed file at path. EF_END: it is none, or not for us.
 */
static ef_status open_source(ef_source **source, const char *path, struct stat *about,
                             ef_error *error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    bool is_packed = file >= 0 && fstat(file, about) == 0 && ef_packed_is(file);
    int number = errno;
    if (file >= 0)
        close(file);
    if (!is_packed && (ef_is_absence(number) || number == EACCES || number == EPERM))
        return EF_END;
    errno = number;
    if (!is_packed)
        return ef_error_set(error, EF_ERR_IO, "cannot read it now: %s",
                            strerrordesc_np(number));
    ef_status status = ef_source_file_open(source, path, error);
    if (status == EF_OK)
        status = ef_source_unwrap(source, error);
    if (status == EF_ERR_IO || status == EF_ERR_MEMORY || status == EF_OK)
        return status;
    *error = (ef_error){ 0 }; /* whatever it is, it is no log */
    return EF_END;
}

/* Nothing can be said of a file for which there was no memory: as if it could not be read.
 */
static int without_memory(ef_error *error)
{
    errno = ENOMEM;
    ef_error_set(error, EF_ERR_IO, "cannot read it now: %s", strerrordesc_np(ENOMEM));
    return -1;
}

int ef_packed_open(const char *path, const ef_identity *identity, uint64_t salt,
                   const char *folder, struct stat *about, ef_error *error)
{
    bool fits = false;
    struct stat packed;
    ef_source *source;
    *error = (ef_error){ 0 };
    if (open_source(&source, path, &packed, error) != EF_OK)
        return error->status == EF_ERR_MEMORY ? without_memory(error) : -1;
    int file = open_nameless(folder, error);
    ef_status status =
        file < 0 ? EF_ERR_IO : unpack(source, identity, salt, file, &fits, error);
    int number = errno;
    source->close(source);
    const struct timespec times[2] = { packed.st_atim, packed.st_mtim };
    if (status == EF_OK && fits) {
        if (futimens(file, times) == 0 && fstat(file, about) == 0)
            return file;
        number = errno;
        ef_error_set(error, EF_ERR_IO, "cannot unpack it: %s", strerrordesc_np(number));
    }
    if (file >= 0)
        close(file);
    errno = number;
    return status == EF_ERR_MEMORY ? without_memory(error) : -1;
}
