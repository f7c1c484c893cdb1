/* SPDX-License-Identifier: MIT
 * follow/tail.c - one growing file: what has been read of it, and whether it is still it.
 *
 * Read with preadv, never mapped: a map of a file that is cut is a crash. */
#include "follow/tail.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/error.h"
#include "input/choose.h"

/* Keeps the last bytes of a stretch behind those that were kept before. */
static size_t keep_last(uint8_t kept[EF_TAIL_SIZE], size_t kept_size, const uint8_t *p,
                        size_t n)
{
    if (n >= EF_TAIL_SIZE) {
        memcpy(kept, p + n - EF_TAIL_SIZE, EF_TAIL_SIZE);
        return EF_TAIL_SIZE;
    }
    size_t stay = kept_size + n > EF_TAIL_SIZE ? EF_TAIL_SIZE - n : kept_size;
    memmove(kept, kept + kept_size - stay, stay);
    if (n > 0)
        memcpy(kept + stay, p, n);
    return stay + n;
}

/* n bytes at p were given out, or dropped; they end at input.offset. p NULL: zeros. What
 * was skipped before them is not known any more. */
static void note(ef_tail *tail, const uint8_t *p, uint64_t n)
{
    static const uint8_t zeros[EF_HEAD_SIZE];
    uint64_t start = tail->input.offset - n;
    size_t size = n > EF_HEAD_SIZE && p == NULL ? EF_HEAD_SIZE : (size_t)n;
    if (p == NULL)
        p = zeros;
    if (start != tail->noted)
        tail->before_size = 0;
    if (start == tail->head_size && tail->head_size < EF_HEAD_SIZE) {
        size_t room = EF_HEAD_SIZE - tail->head_size, more = size < room ? size : room;
        memcpy(tail->head + tail->head_size, p, more);
        tail->head_size += more;
    }
    tail->before_size = keep_last(tail->before, tail->before_size, p, size);
    tail->noted = tail->input.offset;
    tail->is_unsaved = true;
}

/* Passes bytes by that belong to no record; nothing waits before them. */
static void pass_by(ef_tail *tail, const uint8_t *p, uint64_t size)
{
    tail->passed += size;
    tail->input.offset += size;
    tail->input.line_start = tail->input.offset;
    note(tail, p, size);
}

/* Jumps over a hole: a writer that keeps its place while the file is emptied leaves one,
 * perhaps of gigabytes. */
static void skip_hole(ef_tail *tail)
{
    off_t data = lseek(tail->descriptor, (off_t)tail->position, SEEK_DATA);
    if (data <= (off_t)tail->position)
        return;
    pass_by(tail, NULL, (uint64_t)data - tail->position);
    tail->position = (uint64_t)data;
    tail->recent_size = keep_last(tail->recent, 0, tail->before, tail->before_size);
    tail->skips_zeros = true;
}

/* Drops what stands before a record: zeros of a hole, and a byte order mark. What is left
 * of the n bytes at p moves to their beginning. */
static size_t drop_front(ef_tail *tail, uint8_t *p, size_t n)
{
    size_t drop = 0;
    if (tail->position == 0 && n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0)
        drop = 3;
    while (drop < n && p[drop] == '\0')
        drop++;
    if (drop > 0)
        pass_by(tail, p, drop);
    memmove(p, p + drop, n - drop);
    tail->skips_zeros = drop == n;
    return n - drop;
}

/* Whether zeros between two lines are no part of either: a disk that lost its power leaves
 * them, and a writer that kept its place. */
static bool passes_zeros(const ef_tail *tail)
{
    const ef_layout *layout = tail->input.layout;
    return layout != NULL && layout->format->is_line_format &&
           !layout->format->ends_at_next;
}

/* How much of n bytes that were read may be taken now: up to the first zero that stands
 * where a line begins (*stops), so that the lines before it are given out first. */
static size_t up_to_zeros(ef_tail *tail, const uint8_t *p, size_t n, bool *stops)
{
    *stops = false;
    if (n == 0 || memchr(p, '\0', n) == NULL || !passes_zeros(tail))
        return n;
    bool has_lines = tail->input.bytes.size > 0;
    if (p[0] == '\0' && has_lines && tail->recent[tail->recent_size - 1] == '\n') {
        *stops = true;
        return 0;
    }
    tail->skips_zeros |= p[0] == '\0' && !has_lines && !tail->input.is_skipping;
    const uint8_t *line = memmem(p, n, "\n", 2); /* its end, and the zero behind it */
    *stops = line != NULL;
    return line != NULL ? (size_t)(line - p) + 1 : n;
}

static ef_status read_failed(ef_tail *tail, int number)
{
    tail->trouble = number;
    tail->has_trouble = true;
    return EF_AGAIN;
}

/* Reads behind position and looks whether what stands before it is what was read. */
static ef_status tail_read(ef_source *source, uint8_t *p, size_t n, bool wait, size_t *got,
                           ef_error *error)
{
    (void)wait;
    (void)error;
    ef_tail *tail = (ef_tail *)source;
    uint8_t again[EF_TAIL_SIZE];
    if (tail->descriptor < 0 || (tail->skips_zeros && tail->input.bytes.size > 0))
        return EF_AGAIN;
    bool skips_record = tail->input.is_skipping && tail->position == tail->input.offset;
    if (tail->skips_zeros || skips_record)
        skip_hole(tail);
    /* A block is history or it is not. */
    if (tail->position < tail->history_end && n > tail->history_end - tail->position)
        n = (size_t)(tail->history_end - tail->position);
    struct iovec parts[2] = { { again, tail->recent_size }, { p, n } };
    ssize_t count;
    do
        count =
            preadv(tail->descriptor, parts, 2, (off_t)(tail->position - tail->recent_size));
    while (count < 0 && errno == EINTR);
    if (count < 0)
        return read_failed(tail, errno);
    if ((size_t)count < tail->recent_size ||
        memcmp(again, tail->recent, tail->recent_size) != 0) {
        tail->is_changed = true;
        return EF_AGAIN;
    }
    bool stops;
    size_t size = up_to_zeros(tail, p, (size_t)count - tail->recent_size, &stops);
    tail->recent_size = keep_last(tail->recent, tail->recent_size, p, size);
    *got = tail->skips_zeros && size > 0 ? drop_front(tail, p, size) : size;
    tail->skips_zeros |= stops;
    tail->position += size;
    return *got > 0 ? EF_OK : EF_AGAIN;
}

static void tail_close(ef_source *source)
{
    (void)source; /* it belongs to the tail, which closes it */
}

static uint64_t tail_stored(const ef_source *source)
{
    return ((const ef_tail *)source)->position;
}

static const ef_source_kind kind = { .name = "growing", .summary = "a file that grows" };

ef_tail *ef_tail_new(const char *path, const char *first_path, uint64_t generation)
{
    ef_tail *tail = calloc(1, sizeof *tail);
    if (tail == NULL)
        return NULL;
    tail->path = strdup(path);
    tail->first_path = strdup(first_path);
    tail->generation = generation;
    tail->descriptor = -1;
    tail->skips_zeros = true;
    tail->source = (ef_source){ .kind = &kind,
                                .read = tail_read,
                                .close = tail_close,
                                .stored = tail_stored,
                                .label = tail->first_path,
                                .encoding = "utf-8" };
    tail->input.source = &tail->source;
    tail->input.compression = "none";
    tail->input.line = 1;
    if (tail->path != NULL && tail->first_path != NULL)
        return tail;
    ef_tail_free(tail);
    return NULL;
}

void ef_tail_free(ef_tail *tail)
{
    if (tail == NULL)
        return;
    if (tail->descriptor >= 0)
        close(tail->descriptor);
    ef_buffer_release(&tail->input.bytes);
    ef_layout_free(tail->layout);
    free(tail->path);
    free(tail->first_path);
    free(tail);
}

void ef_tail_attach(ef_tail *tail, int descriptor, const struct stat *about)
{
    tail->descriptor = descriptor;
    tail->device = (uint64_t)about->st_dev;
    tail->inode = (uint64_t)about->st_ino;
    memset(&tail->seen_change, 0, sizeof tail->seen_change);
    if (tail->written.tv_sec == 0)
        tail->written = about->st_mtim;
}

void ef_tail_detach(ef_tail *tail)
{
    if (tail->descriptor >= 0)
        close(tail->descriptor);
    tail->descriptor = -1;
    ef_buffer_release(&tail->input.bytes);
    ef_layout_free(tail->layout);
    tail->input.layout = tail->layout = NULL;
    tail->position = tail->input.offset;
    memcpy(tail->recent, tail->before, tail->before_size);
    tail->recent_size = tail->before_size;
}

ef_identity ef_tail_identity(const ef_tail *tail, uint64_t salt)
{
    if (tail->is_unverified)
        return tail->remembered;
    return (ef_identity){ .device = tail->device,
                          .inode = tail->inode,
                          .offset = tail->input.offset,
                          .head_size = tail->head_size,
                          .head = ef_print(salt, tail->head, tail->head_size),
                          .tail_size = tail->before_size,
                          .tail = ef_print(salt, tail->before, tail->before_size) };
}

void ef_tail_resume(ef_tail *tail, const ef_identity *identity,
                    const uint8_t head[EF_HEAD_SIZE], const uint8_t last[EF_TAIL_SIZE])
{
    tail->position = tail->noted = identity->offset;
    tail->input.offset = tail->input.line_start = identity->offset;
    tail->head_size = (size_t)identity->head_size;
    tail->before_size = tail->recent_size = (size_t)identity->tail_size;
    memcpy(tail->head, head, tail->head_size);
    memcpy(tail->before, last, tail->before_size);
    memcpy(tail->recent, last, tail->recent_size);
    tail->is_unverified = false;
    tail->skips_zeros = identity->offset == 0;
}

void ef_tail_rewind(ef_tail *tail)
{
    static const ef_identity beginning = { 0 };
    uint8_t nothing[EF_HEAD_SIZE] = { 0 };
    ef_buffer_release(&tail->input.bytes);
    ef_layout_free(tail->layout);
    tail->input.layout = tail->layout = NULL;
    tail->input.line = 1;
    tail->input.state = tail->passed = tail->sample = 0;
    tail->input.is_skipping = false;
    ef_tail_resume(tail, &beginning, nothing, nothing);
}

/* Where the last `lines` complete lines before end begin: behind the newline that stands
 * before them. With none wanted: behind the last newline. */
static uint64_t find_line(int descriptor, uint64_t end, uint64_t lines)
{
    uint8_t bytes[1 << 14];
    uint64_t left = lines + 1;
    while (end > 0) {
        uint64_t size = end < sizeof bytes ? end : sizeof bytes, begin = end - size;
        ssize_t got = ef_read_at(descriptor, bytes, (size_t)size, begin);
        for (ssize_t i = got; i > 0; i--)
            if (bytes[i - 1] == '\n' && --left == 0)
                return begin + (uint64_t)i;
        end = begin;
    }
    return 0;
}

void ef_tail_seek_end(ef_tail *tail, uint64_t size, uint64_t lines)
{
    uint8_t head[EF_HEAD_SIZE], last[EF_TAIL_SIZE];
    ef_identity identity = { .offset = find_line(tail->descriptor, size, lines) };
    uint64_t offset = identity.offset;
    uint64_t begin = offset > EF_TAIL_SIZE ? offset - EF_TAIL_SIZE : 0;
    ssize_t got = ef_read_at(tail->descriptor, head,
                             offset < EF_HEAD_SIZE ? (size_t)offset : EF_HEAD_SIZE, 0);
    identity.head_size = got > 0 ? (uint64_t)got : 0;
    got = ef_read_at(tail->descriptor, last, (size_t)(offset - begin), begin);
    identity.tail_size = got == (ssize_t)(offset - begin) ? (uint64_t)got : 0;
    ef_tail_resume(tail, &identity, head, last);
    tail->is_unsaved = true;
}

/* Lends the tail a roomy buffer to read into. What waited in its own is copied there. */
static ef_status lend(ef_tail *tail, ef_buffer *spare, ef_error *error)
{
    ef_buffer *bytes = &tail->input.bytes, waiting = *bytes;
    *bytes = *spare;
    *spare = (ef_buffer){ 0 };
    ef_buffer_reset(bytes);
    if (waiting.size > 0 && !ef_buffer_append(bytes, waiting.data, waiting.size)) {
        *spare = *bytes;
        *bytes = waiting;
        return ef_error_memory(error);
    }
    ef_buffer_release(&waiting);
    return EF_OK;
}

/* Takes it back; what waits for its end stays in a buffer of its size. */
static void take_back(ef_tail *tail, ef_buffer *spare)
{
    ef_buffer *bytes = &tail->input.bytes, waiting = { 0 };
    if (bytes->size > 0 && !ef_buffer_append(&waiting, bytes->data, bytes->size)) {
        ef_buffer_release(&waiting);
        return; /* without memory it stays where it is */
    }
    *spare = *bytes;
    *bytes = waiting;
}

ef_status ef_tail_block(ef_tail *tail, const ef_kernels *kernels, ef_block *block,
                        ef_buffer *spare, ef_notice *dropped, ef_error *error)
{
    uint64_t before = tail->input.offset;
    tail->input.layout = tail->layout;
    tail->has_trouble = false;
    ef_status status = lend(tail, spare, error);
    if (status == EF_OK)
        status = ef_input_block(&tail->input, kernels, block, dropped, error);
    if (status == EF_OK && block->bytes.size > 0)
        note(tail, block->bytes.data, block->bytes.size);
    else if (tail->input.offset != before && tail->noted != tail->input.offset)
        note(tail, NULL, 0);
    take_back(tail, spare);
    return status;
}

ef_status ef_tail_flush(ef_tail *tail, const ef_kernels *kernels, bool is_last,
                        ef_block *block, ef_error *error)
{
    tail->input.layout = tail->layout;
    ef_status status = ef_input_flush(&tail->input, kernels, is_last, block, error);
    if (status == EF_OK) {
        note(tail, block->bytes.data, block->bytes.size);
        tail->flushed = tail->input.offset;
    }
    return status;
}

/* --- the layout --------------------------------------------------------------------- */

/* Reads the first bytes into *sample: those that decided once, or up to the last complete
 * line of what is there. */
static ef_status read_sample(ef_tail *tail, ef_buffer *sample, ef_error *error)
{
    size_t limit = tail->sample > 0 ? (size_t)tail->sample : EF_SAMPLE_FILE;
    off_t begin =
        lseek(tail->descriptor, 0, SEEK_DATA); /* behind a hole, if there is one */
    if (!ef_buffer_reserve(sample, limit))
        return ef_error_memory(error);
    while (sample->size < limit) {
        ssize_t got =
            pread(tail->descriptor, sample->data + sample->size, limit - sample->size,
                  (begin > 0 ? begin : 0) + (off_t)sample->size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return read_failed(tail, errno);
        if (got == 0)
            break;
        sample->size += (size_t)got;
    }
    const uint8_t *line =
        sample->size == 0 ? NULL : memrchr(sample->data, '\n', sample->size);
    if (line != NULL)
        sample->size = (size_t)(line - sample->data) + 1;
    else if (sample->size < limit)
        sample->size = 0;
    ef_buffer_slice(sample); /* pads it */
    return EF_OK;
}

static size_t front_size(const ef_buffer *sample)
{
    size_t front = 0;
    if (sample->size >= 3 && memcmp(sample->data, "\xEF\xBB\xBF", 3) == 0)
        front = 3;
    while (front < sample->size && sample->data[front] == '\0')
        front++;
    return front;
}

static bool is_delimited(const ef_layout *layout)
{
    return layout->delimiter != 0;
}

/* A day before the year 10000, to the millisecond. */
static const int64_t LAST_TIME_MS = INT64_C(253402214400000);

/* Opens a layout on what is left of a sample without its front. */
static ef_status open_layout(ef_tail *tail, ef_buffer *sample, const ef_zone *zone,
                             const ef_reader_options *options, const char *format,
                             ef_error *error)
{
    ef_reader_options asked = *options;
    ef_input input = { .source = &tail->source, .compression = "none", .at_end = true };
    size_t front = front_size(sample);
    if (format != NULL)
        asked.format = format;
    input.bytes = *sample;
    input.bytes.data += front;
    input.bytes.size -= front;
    if (input.bytes.size == 0)
        return EF_AGAIN;
    ef_status status = ef_layout_open(&tail->layout, &input, &asked, zone, error);
    /* We may run for years: what time cannot be yet is told by when a message comes. */
    if (status == EF_OK)
        tail->layout->now_ms = LAST_TIME_MS;
    return status;
}

/* Formats whose inputs grow: records one after the other, and nothing around them. */
static ef_status refuse_whole(const ef_tail *tail, ef_error *error)
{
    const char *name = tail->layout->format->name;
    if (strcmp(name, "json") != 0 && !tail->layout->is_sheet)
        return EF_OK;
    return ef_error_set(error, EF_ERR_ARGUMENT,
                        "'%s' is %s, which is whole or nothing: it cannot be followed",
                        tail->first_path, name);
}

static ef_status decide(ef_tail *tail, ef_buffer *sample, const ef_zone *zone,
                        const ef_reader_options *options, const char *like, bool is_late,
                        ef_error *error)
{
    enum { FEW_ROWS = 8 };
    const ef_kernels *kernels = ef_kernels_select(NULL);
    size_t rows = kernels->count(sample->data, sample->size, '\n');
    ef_status status = EF_AGAIN;
    bool is_asked = options->format != NULL || options->pattern != NULL;
    if (!is_asked && like != NULL)
        status = open_layout(tail, sample, zone, options, like, NULL);
    if (status != EF_OK)
        status = open_layout(tail, sample, zone, options, NULL, error);
    if (status == EF_ERR_FORMAT || status == EF_ERR_ARGUMENT)
        return is_late ? status : EF_AGAIN;
    if (status != EF_OK || is_asked || !is_delimited(tail->layout))
        return status;
    /* A line with a comma is no table yet. */
    bool is_table = tail->layout->header_rows > 0 || rows >= FEW_ROWS || like != NULL;
    if (is_table && rows > 1)
        return EF_OK;
    ef_layout_free(tail->layout);
    tail->layout = NULL;
    if (!is_late && rows < 2)
        return EF_AGAIN;
    return open_layout(tail, sample, zone, options, is_table ? NULL : "lines", error);
}

ef_status ef_tail_understand(ef_tail *tail, const ef_reader_options *options,
                             const ef_zone *zone, const char *like, bool is_late,
                             ef_error *error)
{
    ef_buffer sample = { 0 };
    bool is_known = tail->sample > 0;
    ef_status status = read_sample(tail, &sample, error);
    if (status == EF_OK && sample.size == 0)
        status = EF_AGAIN;
    if (status == EF_OK && is_known)
        status = open_layout(tail, &sample, zone, options, tail->format, error);
    else if (status == EF_OK)
        status = decide(tail, &sample, zone, options, like, is_late, error);
    if (status == EF_OK)
        status = refuse_whole(tail, error);
    if (status == EF_OK && !is_known) {
        tail->sample = sample.size;
        tail->format = tail->layout->format->name;
        tail->is_unsaved = true;
    }
    ef_buffer_release(&sample);
    return status;
}
