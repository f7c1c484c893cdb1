/* SPDX-License-Identifier: MIT
 * pipeline/events.c - where the events of `follow` go: appended to a file, or to a pipe. */
#include "pipeline/events.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/fault.h"
#include "pipeline/pipe_signal.h"
#include "report/shown.h"

enum { PIPE_PIECE = 4096 /* a pipe that is ready takes so much without waiting */ };

static ef_status fail(const ef_events *events, const char *what, ef_error *error)
{
    return ef_error_set(error, EF_ERR_IO, "cannot %s '%s': %s", what, events->label,
                        strerrordesc_np(errno));
}

ef_status ef_events_open(ef_events *events, const char *path, ef_error *error)
{
    bool is_standard = path == NULL || strcmp(path, "-") == 0;
    struct stat about;
    *events = (ef_events){ .descriptor = STDOUT_FILENO,
                           .label = is_standard ? "<stdout>" : path };
    if (is_standard)
        return EF_OK;
    events->descriptor =
        open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666);
    if (events->descriptor < 0 || fstat(events->descriptor, &about) != 0)
        return fail(events, "write", error);
    if (!S_ISREG(about.st_mode))
        return EF_OK;
    events->path = realpath(path, NULL);
    events->device = (uint64_t)about.st_dev;
    events->inode = (uint64_t)about.st_ino;
    events->length = (uint64_t)about.st_size;
    return events->path == NULL ? fail(events, "write", error) : EF_OK;
}

void ef_events_show(ef_events *events)
{
    events->is_shown = isatty(events->descriptor) == 1;
}

bool ef_events_add(ef_events *events, ef_slice lines)
{
    ef_shown_append(&events->waiting, lines,
                    events->is_shown ? EF_SHOWN_AS_JSON : EF_SHOWN_AS_IT_IS);
    return !events->waiting.failed;
}

void ef_events_close(ef_events *events)
{
    if (events->descriptor > STDERR_FILENO)
        close(events->descriptor);
    events->descriptor = -1;
    free(events->path);
    events->path = NULL;
    ef_buffer_release(&events->waiting);
}

ef_status ef_events_resume(ef_events *events, uint64_t device, uint64_t inode,
                           uint64_t length, ef_error *error)
{
    if (events->device != device || events->inode != inode || events->length < length)
        return ef_error_set(error, EF_ERR_IO,
                            "'%s' is not the file any more that events were written to, or "
                            "is shorter: put it back, or name another with -o",
                            events->label);
    if (events->length > length && ftruncate(events->descriptor, (off_t)length) != 0)
        return fail(events, "cut back", error);
    events->length = length;
    return EF_OK;
}

static void drop_front(ef_buffer *buffer, size_t size)
{
    buffer->size -= size;
    memmove(buffer->data, buffer->data + size, buffer->size);
}

/* All that waits, or nothing: what was written of it is taken back. */
static ef_status write_file(ef_events *events, ef_error *error)
{
    size_t at = 0;
    while (at < events->waiting.size) {
        ssize_t count =
            write(events->descriptor, events->waiting.data + at, events->waiting.size - at);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            ef_status status = fail(events, "write", error);
            if (at > 0 && ftruncate(events->descriptor, (off_t)events->length) != 0)
                return fail(events, "cut back", error);
            return status;
        }
        at += (size_t)count;
    }
    events->length += at;
    ef_buffer_reset(&events->waiting);
    return EF_OK;
}

/* As much as the pipe takes without making us wait. */
static ef_status write_pipe(ef_events *events, ef_error *error)
{
    size_t at = 0;
    ef_status status = EF_OK;
    while (at < events->waiting.size && status == EF_OK) {
        struct pollfd ready = { .fd = events->descriptor, .events = POLLOUT };
        size_t left = events->waiting.size - at;
        if (poll(&ready, 1, 0) <= 0)
            break;
        ssize_t count = write(events->descriptor, events->waiting.data + at,
                              left < PIPE_PIECE ? left : PIPE_PIECE);
        if (count >= 0)
            at += (size_t)count;
        else if (errno == EPIPE)
            events->is_closed = true;
        else if (errno == EAGAIN)
            break;
        else if (errno != EINTR)
            status = fail(events, "write", error);
        if (events->is_closed)
            at = events->waiting.size;
    }
    drop_front(&events->waiting, at);
    return status;
}

ef_status ef_events_write(ef_events *events, ef_error *error)
{
    if (events->waiting.failed)
        return ef_error_memory(error);
    if (events->waiting.size == 0 || events->is_closed)
        return EF_OK;
    sigset_t before;
    ef_fault_enter("output");
    ef_pipe_signal_hold(&before);
    ef_status status =
        events->path != NULL ? write_file(events, error) : write_pipe(events, error);
    ef_pipe_signal_release(&before, events->is_closed);
    ef_fault_leave();
    return status;
}

ef_status ef_events_sync(ef_events *events, ef_error *error)
{
    if (events->path != NULL && fdatasync(events->descriptor) != 0)
        return fail(events, "write", error);
    return EF_OK;
}

ef_status ef_events_reopen(ef_events *events, ef_error *error)
{
    ef_events fresh;
    if (events->path == NULL)
        return EF_OK;
    ef_status status = ef_events_open(&fresh, events->label, error);
    if (status != EF_OK) {
        ef_events_close(&fresh);
        return status;
    }
    if (fresh.inode == events->inode && fresh.device == events->device)
        fresh.length = events->length;
    fresh.waiting = events->waiting;
    events->waiting = (ef_buffer){ 0 };
    ef_events_close(events);
    *events = fresh;
    return EF_OK;
}
