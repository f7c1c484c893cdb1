/* SPDX-License-Identifier: MIT
 * input/input.c - one input while it is being read.
 *
 * Bytes are read to the end of a buffer; a block takes the buffer as it is and leaves the
 * rest, part of a record, to be copied into a fresh one. So each byte is copied at most
 * once, and memory is bounded by a block and a record.
 * Invariant: bytes begin where a record begins, unless is_skipping. */
#include "input/input.h"

#include <time.h>

#include "base/error.h"
#include "input/reader.h"

enum {
    PAUSE_MS = 20, /* how long to sleep when a pipe has nothing */
    PAUSES = 10,   /* a pipe that is silent for so many sleeps has paused */
    CHARACTER = 4  /* bytes of the longest character, so that a cut need not split one */
};

static void forget_bytes(ef_input *input)
{
    ef_buffer_reset(&input->bytes);
    input->layout = NULL;
    input->at_end = input->is_broken = input->is_skipping = false;
    input->line = 1;
    input->offset = input->line_start = input->state = 0;
    memset(&input->failure, 0, sizeof input->failure);
}

/* What unpacks is worth a thread. An archive in a pipe is waited for inside a library,
 * where nobody can call it back. */
static bool is_worth_a_thread(const ef_input *input, const char *path)
{
    bool is_pipe = strcmp(path, "-") == 0;
    return strcmp(input->compression, "none") != 0 &&
           (!is_pipe || input->source->kind == &ef_source_kind_gzip);
}

ef_status ef_input_open(ef_input *input, const char *path, const char *encoding,
                        bool reads_ahead, ef_error *error)
{
    forget_bytes(input);
    ef_status status = ef_source_file_open(&input->source, path, error);
    if (status == EF_OK)
        status = ef_source_unwrap(&input->source, error);
    if (status != EF_OK)
        return status;
    const ef_source_kind *kind = input->source->kind;
    input->compression = kind->recognizes == NULL ? "none" : kind->name;
    if (reads_ahead && is_worth_a_thread(input, path))
        status = ef_source_read_ahead(&input->source, error);
    return status == EF_OK ? ef_source_decode(&input->source, encoding, NULL, error)
                           : status;
}

ef_status ef_input_next_member(ef_input *input, ef_error *error)
{
    forget_bytes(input);
    return ef_source_next_member(input->source, error);
}

uint64_t ef_input_close(ef_input *input)
{
    uint64_t stored = 0;
    if (input->source != NULL) {
        stored = input->source->stored(input->source);
        input->source->close(input->source);
    }
    input->source = NULL;
    forget_bytes(input);
    return stored;
}

void ef_input_release(ef_input *input)
{
    ef_input_close(input);
    ef_buffer_release(&input->bytes);
}

/* Reads once, to a size of at most limit. EF_OK, EF_AGAIN, EF_END or EF_ERR_MEMORY; a
 * source that fails has ended. */
static ef_status read_more(ef_input *input, size_t limit, bool wait, ef_error *error)
{
    ef_buffer *bytes = &input->bytes;
    size_t got = 0;
    if (input->at_end)
        return EF_END;
    if (!ef_buffer_reserve(bytes, limit - bytes->size))
        return ef_error_memory(error);
    ef_source *source = input->source;
    ef_status status = source->read(source, bytes->data + bytes->size, limit - bytes->size,
                                    wait, &got, &input->failure);
    if (status == EF_OK)
        bytes->size += got;
    if (status == EF_OK || status == EF_AGAIN)
        return status;
    input->at_end = true;
    input->is_broken = status != EF_END;
    return EF_END;
}

static void pause_briefly(void)
{
    struct timespec wait = { .tv_nsec = PAUSE_MS * 1000000L };
    nanosleep(&wait, NULL);
}

ef_status ef_input_sample(ef_input *input, size_t limit, size_t least, ef_error *error)
{
    int pauses = 0;
    while (input->bytes.size < limit) {
        bool wait = input->bytes.size <= least;
        ef_status status = read_more(input, limit, wait, error);
        if (status == EF_END)
            return EF_OK;
        if (status == EF_ERR_MEMORY)
            return status;
        if (status == EF_OK) {
            pauses = 0;
        } else if (++pauses > PAUSES) {
            return EF_OK;
        } else {
            pause_briefly();
        }
    }
    return EF_OK;
}

bool ef_input_is_blank(const ef_input *input)
{
    size_t at = 0;
    while (at < input->bytes.size && strchr(" \t\r\n", input->bytes.data[at]) != NULL &&
           input->bytes.data[at] != '\0')
        at++;
    return input->at_end && at == input->bytes.size;
}

/* Moves the place behind the size bytes at p, which begin at it. */
static void move_place(ef_input *input, const ef_kernels *kernels, const uint8_t *p,
                       size_t size)
{
    const uint8_t *last = memrchr(p, '\n', size);
    if (last != NULL)
        input->line_start = input->offset + (uint64_t)(last - p) + 1;
    input->line += kernels->count(p, size, '\n');
    input->offset += size;
}

/* Drops the first size bytes. */
static void advance(ef_input *input, const ef_kernels *kernels, size_t size)
{
    ef_buffer *bytes = &input->bytes;
    move_place(input, kernels, bytes->data, size);
    bytes->size -= size;
    memmove(bytes->data, bytes->data + size, bytes->size);
}

/* Gives the first size bytes to the block: the buffers are exchanged, the rest is copied
 * back. */
static ef_status give(ef_input *input, const ef_kernels *kernels, ef_block *block,
                      size_t size, uint64_t state, ef_error *error)
{
    ef_buffer whole = input->bytes, rest = block->bytes;
    ef_buffer_reset(&rest);
    if (!ef_buffer_append(&rest, whole.data + size, whole.size - size))
        return ef_error_memory(error);
    block->layout = input->layout;
    block->line = input->line;
    block->line_start = input->line_start;
    block->offset = input->offset;
    block->state = state;
    block->is_cut = false;
    block->is_partial = false;
    whole.size = size;
    block->bytes = whole;
    ef_buffer_slice(&block->bytes); /* writes the padding */
    input->bytes = rest;
    move_place(input, kernels, whole.data, size);
    return EF_OK;
}

/* Behind the limit: drops bytes up to the next record, or all of them. */
static void skip_on(ef_input *input, const ef_kernels *kernels)
{
    ef_buffer *bytes = &input->bytes;
    size_t size =
        input->layout->format->skip(input->layout, bytes->data, bytes->size, &input->state);
    input->is_skipping = size == 0 && !input->at_end;
    advance(input, kernels, size == 0 ? bytes->size : size);
}

static void describe_dropped(const ef_input *input, ef_notice *dropped)
{
    size_t limit = input->layout->max_record;
    *dropped = (ef_notice){ .kind = EF_NOTICE_REJECT,
                            .reason = "too long",
                            .path = input->layout->label,
                            .line = input->line,
                            .column = input->offset - input->line_start + 1,
                            .offset = input->offset,
                            .raw = { input->bytes.data, limit } };
}

/* The record at hand is longer than the limit. A line is given out as far as it may go, the
 * cursor cuts it at a character; any other record is dropped. */
static ef_status stop_record(ef_input *input, const ef_kernels *kernels, ef_block *block,
                             ef_notice *dropped, ef_error *error)
{
    input->is_skipping = true;
    if (input->layout->format->is_line_format) {
        /* An LF stays: skipping begins within a line, and ends with it. */
        size_t size = input->layout->max_record + CHARACTER;
        size -= input->bytes.data[size - 1] == '\n';
        ef_status status = give(input, kernels, block, size, input->state, error);
        block->is_cut = true;
        return status;
    }
    ef_buffer_reset(&block->bytes);
    describe_dropped(input, dropped);
    return EF_OK;
}

/* Gives the records that are whole, if there are any: *size says how many bytes. */
static ef_status cut_block(ef_input *input, const ef_kernels *kernels, ef_block *block,
                           size_t *size, ef_error *error)
{
    const ef_buffer *bytes = &input->bytes;
    const ef_format *format = input->layout->format;
    uint64_t state = input->state;
    /* What a source gave before it failed may end within a record: that one is lost. */
    bool at_end = input->at_end && !input->is_broken;
    *size = 0;
    /* A sample is several blocks, unless its records are longer than these. */
    if (bytes->size > 2 * EF_BLOCK_SIZE)
        *size = format->cut(input->layout, kernels, bytes->data, EF_BLOCK_SIZE, false,
                            &input->state);
    if (*size == 0)
        *size = format->cut(input->layout, kernels, bytes->data, bytes->size, at_end,
                            &input->state);
    if (*size == 0 && at_end)
        *size = bytes->size;
    return *size == 0 ? EF_OK : give(input, kernels, block, *size, state, error);
}

ef_status ef_input_block(ef_input *input, const ef_kernels *kernels, ef_block *block,
                         ef_notice *dropped, ef_error *error)
{
    size_t target = EF_BLOCK_SIZE;
    dropped->reason = NULL;
    for (;;) {
        bool wait = input->bytes.size == 0;
        ef_status status = EF_OK;
        while (status == EF_OK && input->bytes.size < target) {
            status = read_more(input, target, wait, error);
            wait = false;
        }
        if (status == EF_ERR_MEMORY)
            return status;
        if (input->bytes.size == 0)
            return status == EF_AGAIN ? EF_AGAIN : EF_END;
        if (input->is_skipping) {
            skip_on(input, kernels);
            continue;
        }
        size_t size, left = input->bytes.size;
        status = cut_block(input, kernels, block, &size, error);
        if (status != EF_OK || size > 0)
            return status;
        if (left > input->layout->max_record + EF_RECORD_MARGIN)
            return stop_record(input, kernels, block, dropped, error);
        if (input->at_end)
            return EF_END;
        /* A record is longer than what is here. Waiting until there is twice as much keeps
         * the cost of looking again linear. */
        target = left * 2 > target ? left * 2 : target;
        status = read_more(input, target, true, error);
        if (status == EF_ERR_MEMORY || status == EF_AGAIN)
            return status;
    }
}

ef_status ef_input_flush(ef_input *input, const ef_kernels *kernels, bool is_last,
                         ef_block *block, ef_error *error)
{
    const ef_buffer *bytes = &input->bytes;
    const uint8_t *line = bytes->size == 0 ? NULL : memrchr(bytes->data, '\n', bytes->size);
    size_t size = is_last        ? bytes->size
                  : line == NULL ? 0
                                 : (size_t)(line - bytes->data) + 1;
    if (size == 0 || input->is_skipping)
        return EF_AGAIN;
    uint64_t state = input->state;
    input->layout->format->cut(input->layout, kernels, bytes->data, size, true,
                               &input->state);
    bool is_partial = line == NULL || line + 1 < bytes->data + size;
    ef_status status = give(input, kernels, block, size, state, error);
    block->is_partial = is_partial;
    return status;
}
