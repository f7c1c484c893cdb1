/* SPDX-License-Identifier: MIT
 * follow/pipe.c - standard input as a growing file.
 *
 * Invariant: between following.piped's position and its seen_size lies what was taken and
 * not read; more is taken only when that is nothing, or too little to know its format. */
#include "follow/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"

enum {
    PIECE = 64 << 10,   /* what a pipe holds */
    GIVE_BACK = 1 << 20 /* so much that was read is let go at once; a multiple of a page */
};

static const char name[] = "-";

bool ef_pipe_was(const char *first_path)
{
    return strcmp(first_path, name) == 0;
}

bool ef_pipe_is_meant(const ef_reader_options *reader)
{
    for (size_t i = 0; i < reader->input_count; i++)
        if (ef_pipe_was(reader->inputs[i]))
            return true;
    return false;
}

ef_status ef_pipe_check(const ef_following_options *options, ef_error *error)
{
    if (options->reader->input_count > 1)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "standard input is followed alone: follow the other inputs "
                            "by a command of their own, with a state of its own");
    if (options->start != EF_START_DEFAULT)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "standard input is followed from where it stands: there is no "
                            "other place to start");
    return EF_OK;
}

ef_status ef_pipe_begin(ef_following *f, ef_error *error)
{
    struct stat about;
    int spool = memfd_create("earful-pipe", MFD_CLOEXEC);
    if (spool < 0 || fstat(spool, &about) != 0) {
        if (spool >= 0)
            close(spool);
        return ef_error_set(error, EF_ERR_IO, "cannot follow standard input: %s",
                            strerrordesc_np(errno));
    }
    ef_tail *tail = ef_tail_new(name, name, ef_lineage_next(f, name));
    ef_status status = ef_lineage_add(f, tail, &about, error);
    if (status != EF_OK) {
        close(spool);
        return status;
    }
    ef_following_attach(f, tail, spool, &about);
    f->piped = tail;
    ef_following_tell(f, EF_NOTICE_GUESS, "standard input",
                      "followed from where it stands; a pipe cannot be read again: what a "
                      "crash takes with it is lost");
    return EF_OK;
}

int ef_following_pipe(const ef_following *f)
{
    const ef_tail *tail = f->piped;
    if (tail == NULL || tail->is_replaced || tail->is_finished || tail->descriptor < 0)
        return -1;
    bool is_unknown = tail->layout == NULL && tail->seen_size < EF_SAMPLE_FILE;
    return tail->position == tail->seen_size || is_unknown ? STDIN_FILENO : -1;
}

/* Puts bytes behind what is there. False without room. */
static bool put(ef_tail *tail, const uint8_t *p, size_t n)
{
    while (n > 0) {
        ssize_t written = pwrite(tail->descriptor, p, n, (off_t)tail->seen_size);
        if (written < 0 && errno != EINTR)
            return false;
        if (written < 0)
            continue;
        p += written;
        n -= (size_t)written;
        tail->seen_size += (uint64_t)written;
    }
    return true;
}

/* Lets go of what was read, but for what the next read compares. */
static void give_back(ef_tail *tail)
{
    uint64_t begin = tail->seen_size / GIVE_BACK * GIVE_BACK;
    if (tail->layout == NULL || begin < GIVE_BACK || tail->seen_size - begin < PIECE)
        return;
    fallocate(tail->descriptor, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
              (off_t)(begin - GIVE_BACK), GIVE_BACK);
}

/* Nothing more will come: a last line without its end has it now. */
static bool end(ef_tail *tail)
{
    uint8_t last = '\n';
    tail->is_replaced = true;
    if (tail->seen_size > 0 &&
        ef_read_at(tail->descriptor, &last, 1, tail->seen_size - 1) != 1)
        return false;
    return last == '\n' || put(tail, (const uint8_t *)"\n", 1);
}

ef_status ef_pipe_take(ef_following *f, int64_t now_ms, ef_error *error)
{
    uint8_t piece[PIECE];
    ef_tail *tail = f->piped;
    struct pollfd polled = { .fd = STDIN_FILENO, .events = POLLIN };
    if (ef_following_pipe(f) < 0 || poll(&polled, 1, 0) <= 0)
        return EF_OK;
    ssize_t got = read(STDIN_FILENO, piece, sizeof piece);
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return EF_OK;
    if (got < 0)
        ef_following_tell(f, EF_NOTICE_INPUT, "standard input", "cannot read it: %s",
                          strerrordesc_np(errno));
    if (tail->layout != NULL || tail->seen_size == 0)
        tail->grown_ms = now_ms;
    if (got > 0)
        give_back(tail);
    if (got > 0 ? !put(tail, piece, (size_t)got) : !end(tail))
        return ef_error_memory(error);
    ef_following_ready(f, tail);
    return EF_OK;
}
