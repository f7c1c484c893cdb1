/* SPDX-License-Identifier: MIT
 * pipeline/output.c - where the bytes go: standard output, or a file that appears whole. */
#include "pipeline/output.h"

#include "base/error.h"
#include "pipeline/pipe_signal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_TRIES = 100 };

static ef_status fail(const ef_output *output, const char *what, int number,
                      ef_error *error)
{
    return ef_error_set(error, EF_ERR_IO, "cannot %s '%s': %s", what, output->label,
                        strerrordesc_np(number));
}

/* Creates a file beside output->path that nobody else has, with the mode of the file that
 * it will replace. */
static ef_status create_beside(ef_output *output, const struct stat *old, ef_error *error)
{
    size_t size = strlen(output->path) + 64;
    output->beside = malloc(size);
    if (output->beside == NULL)
        return ef_error_memory(error);
    for (int i = 0; i < NAME_TRIES; i++) {
        snprintf(output->beside, size, "%s.%ld-%d.part", output->path, (long)getpid(), i);
        output->descriptor = open(
            output->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        if (output->descriptor >= 0 || errno != EEXIST)
            break;
    }
    int number = errno;
    if (output->descriptor >= 0) {
        if (old != NULL && fchmod(output->descriptor, old->st_mode & 07777) != 0)
            return fail(output, "write", errno, error);
        return EF_OK;
    }
    free(output->beside);
    output->beside = NULL;
    return fail(output, "write", number, error);
}

static ef_status open_path(ef_output *output, const char *path, ef_error *error)
{
    struct stat old;
    bool exists = stat(path, &old) == 0;
    if (!exists && errno != ENOENT) /* what stands there must not be replaced unseen */
        return fail(output, "write", errno, error);
    if (exists && S_ISDIR(old.st_mode))
        return fail(output, "write", EISDIR, error);
    if (exists && !S_ISREG(old.st_mode)) {
        output->descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return output->descriptor < 0 ? fail(output, "write", errno, error) : EF_OK;
    }
    /* A link stays a link: the file that it names is replaced. */
    output->path = exists ? realpath(path, NULL) : strdup(path);
    if (output->path == NULL)
        return ef_error_memory(error);
    return create_beside(output, exists ? &old : NULL, error);
}

ef_status ef_output_open(ef_output *output, const char *path, ef_error *error)
{
    bool is_standard = path == NULL || strcmp(path, "-") == 0;
    *output = (ef_output){ .descriptor = is_standard ? STDOUT_FILENO : -1,
                           .label = is_standard ? "<stdout>" : path };
    if (is_standard)
        return EF_OK;
    ef_status status = open_path(output, path, error);
    if (status != EF_OK)
        ef_output_discard(output);
    return status;
}

/* Writes until done; the number of the error, or 0. */
static int write_all(ef_output *output, ef_slice bytes)
{
    size_t at = 0;
    while (at < bytes.size) {
        ssize_t count = write(output->descriptor, bytes.data + at, bytes.size - at);
        if (count >= 0) {
            at += (size_t)count;
            output->written += (uint64_t)count;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            /* Somebody who shares the terminal made it non-blocking. */
            struct pollfd poll_me = { .fd = output->descriptor, .events = POLLOUT };
            poll(&poll_me, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

void ef_output_show(ef_output *output, ef_shown shown)
{
    output->is_shown = isatty(output->descriptor) == 1;
    output->shown = shown;
}

/* What a terminal gets instead. */
static bool see(ef_output *output, ef_slice *bytes)
{
    ef_buffer_reset(&output->seen);
    ef_shown_append(&output->seen, *bytes, output->shown);
    *bytes = ef_buffer_slice(&output->seen);
    return !output->seen.failed;
}

ef_status ef_output_write(ef_output *output, ef_slice bytes, ef_error *error)
{
    if (output->is_closed || bytes.size == 0)
        return EF_OK;
    if (output->is_shown && !see(output, &bytes))
        return ef_error_memory(error);
    sigset_t before;
    ef_pipe_signal_hold(&before);
    int number = write_all(output, bytes);
    ef_pipe_signal_release(&before, number == EPIPE);
    if (number == EPIPE) {
        output->is_closed = true;
        return EF_OK;
    }
    return number == 0 ? EF_OK : fail(output, "write", number, error);
}

static void forget_names(ef_output *output)
{
    free(output->path);
    free(output->beside);
    output->path = NULL;
    output->beside = NULL;
}

ef_status ef_output_finish(ef_output *output, ef_error *error)
{
    ef_status status = EF_OK;
    if (output->descriptor == STDOUT_FILENO || output->descriptor < 0)
        return EF_OK;
    int descriptor = output->descriptor;
    output->descriptor = -1;
    /* Quotas and network disks may tell only here that there was no room. There is no
     * fsync: it took longer than scoring, and after a power cut a run can be repeated. */
    if (close(descriptor) != 0 && errno != EINTR)
        status = fail(output, "write", errno, error);
    if (status == EF_OK && output->beside != NULL &&
        rename(output->beside, output->path) != 0)
        status = fail(output, "rename", errno, error);
    if (status != EF_OK && output->beside != NULL)
        unlink(output->beside);
    forget_names(output);
    return status;
}

void ef_output_discard(ef_output *output)
{
    if (output->descriptor >= 0 && output->descriptor != STDOUT_FILENO)
        close(output->descriptor);
    output->descriptor = -1;
    if (output->beside != NULL)
        unlink(output->beside);
    forget_names(output);
    ef_buffer_release(&output->seen);
}
