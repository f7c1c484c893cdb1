/* SPDX-License-Identifier: MIT
 * input/reader.c - files, folders, archives and pipes as a stream of records.
 *
 * The serial half: it goes from input to input, has a layout made for each, and cuts
 * blocks. What a single input gets wrong is told and counted, and the stream goes on; only
 * a run in which nothing could be understood fails.
 * Invariant: input.source is open exactly while the current path is being read, and
 * input.layout is set once its sample was understood. */
#include "input/reader.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/zone.h"
#include "input/choose.h"
#include "input/reader_options.h"
#include "input/slack_people.h"
#include "input/walk.h"

enum { GUESSES = 64 };

struct ef_reader {
    ef_reader_options options; /* strings in arena */
    ef_arena arena;
    const ef_kernels *kernels;
    ef_zone *zone;
    ef_slack_people *people; /* of Slack exports, which layouts point to */
    ef_paths paths;
    size_t path; /* index of the next one to open */
    ef_input input;
    ef_layout **layouts; /* all that were made, as blocks may point to them */
    size_t layout_count, layout_capacity;
    uint64_t guesses[GUESSES]; /* hashes of the guesses that were told */
    size_t guess_count;
    ef_reader_counts counts; /* but for the bytes of the open input */
    ef_error failure;        /* the first input that was not understood, */
    const char *kept_path;   /* … and its path until it is told; else NULL */
    uint64_t sequence, index;
    ef_block block; /* the rest is for ef_reader_next */
    ef_cursor cursor;
    bool has_block;
};

/* The size of all inputs, or 0 if one of them will tell only when it is read. */
static uint64_t total_size(const ef_paths *paths)
{
    uint64_t total = 0;
    for (size_t i = 0; i < paths->count; i++) {
        struct stat about;
        if (strcmp(paths->items[i], "-") == 0)
            return 0;
        if (stat(paths->items[i], &about) == 0 && about.st_size > 0)
            total += (uint64_t)about.st_size;
    }
    return total;
}

static void tell(ef_reader *reader, ef_notice_kind kind, const char *label,
                 const char *message)
{
    ef_notice notice = { .kind = kind, .message = message, .reason = "", .path = label };
    ef_notice_send(reader->options.notice, reader->options.notice_user, &notice);
}

/* Finds the files behind the inputs. An input without any is told and counted; if that goes
 * for all of them, the reader fails with the first. */
static ef_status walk_inputs(ef_reader *reader, const ef_reader_options *options,
                             ef_error *error)
{
    ef_error first = { 0 };
    for (size_t i = 0; i < options->input_count; i++) {
        ef_error failure = { 0 };
        ef_status status =
            ef_walk(&reader->paths, options->inputs[i], options->no_symlinks, &failure);
        if (status != EF_OK && first.status == EF_OK)
            first = failure;
        if (status == EF_ERR_MEMORY)
            break;
        if (status != EF_OK)
            reader->counts.failed_inputs++;
        if (status != EF_OK && options->input_count > 1)
            tell(reader, EF_NOTICE_INPUT, options->inputs[i], failure.message);
    }
    bool is_fatal = first.status == EF_ERR_MEMORY || reader->paths.count == 0;
    if (is_fatal && error != NULL)
        *error = first;
    return is_fatal ? first.status : EF_OK;
}

static ef_status fill_reader(ef_reader *reader, const ef_reader_options *options,
                             ef_error *error)
{
    if (!ef_reader_options_copy(&reader->options, options, &reader->arena))
        return ef_error_memory(error);
    ef_status status = walk_inputs(reader, options, error);
    if (status == EF_OK)
        status = ef_zone_open(
            &reader->zone, options->time_zone == NULL ? "UTC" : options->time_zone, error);
    reader->counts.total_bytes = total_size(&reader->paths);
    return status;
}

ef_status ef_reader_new(ef_reader **made, const ef_reader_options *options, ef_error *error)
{
    *made = NULL;
    ef_status status = ef_reader_options_check(options, error);
    if (status != EF_OK)
        return status;
    ef_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL)
        return ef_error_memory(error);
    reader->kernels = ef_kernels_select(NULL);
    reader->input.people = &reader->people;
    status = fill_reader(reader, options, error);
    if (status != EF_OK) {
        ef_reader_free(reader);
        return status;
    }
    *made = reader;
    return EF_OK;
}

void ef_reader_free(ef_reader *reader)
{
    if (reader == NULL)
        return;
    ef_cursor_release(&reader->cursor);
    ef_buffer_release(&reader->block.bytes);
    ef_input_release(&reader->input);
    for (size_t i = 0; i < reader->layout_count; i++)
        ef_layout_free(reader->layouts[i]);
    free(reader->layouts);
    ef_slack_people_free(reader->people);
    ef_paths_release(&reader->paths);
    ef_zone_free(reader->zone);
    ef_arena_release(&reader->arena);
    free(reader);
}

/* True the first time that a message is asked about: many inputs of one kind are said once.
 */
static bool is_new(ef_reader *reader, ef_slice message)
{
    uint64_t hash = ef_hash_bytes(message.data, message.size);
    for (size_t i = 0; i < reader->guess_count; i++)
        if (reader->guesses[i] == hash)
            return false;
    if (reader->guess_count < GUESSES)
        reader->guesses[reader->guess_count++] = hash;
    return true;
}

/* Tells what was guessed about an input, as the flags that say it. */
static void tell_guess(ef_reader *reader, const ef_layout *layout)
{
    if (!ef_layout_has_guesses(layout))
        return;
    ef_buffer flags = { 0 }, line = { 0 };
    if (ef_layout_flags(layout, &flags) && flags.size > 0 &&
        is_new(reader, ef_buffer_slice(&flags)) &&
        ef_buffer_printf(&line, "%s: read as %s", layout->label, ef_buffer_text(&flags)))
        tell(reader, EF_NOTICE_GUESS, layout->label, ef_buffer_text(&line));
    ef_buffer_release(&flags);
    ef_buffer_release(&line);
}

static void tell_source(ef_reader *reader, const ef_layout *layout)
{
    const ef_input *input = &reader->input;
    const ef_reader_options *options = &reader->options;
    ef_buffer line = { 0 };
    ef_slice sample = { input->bytes.data, input->bytes.size };
    if (strcmp(options->encoding, "auto") == 0 && strcmp(layout->encoding, "utf-8") == 0 &&
        !layout->format->decodes_lines &&
        ef_sample_look(reader->kernels, sample, input->at_end) == EF_SAMPLE_OTHER &&
        is_new(reader, ef_slice_of("cp1252")) &&
        ef_buffer_printf(&line, "%s: not valid UTF-8: --encoding cp1252 may be right",
                         layout->label))
        tell(reader, EF_NOTICE_GUESS, layout->label, ef_buffer_text(&line));
    ef_buffer_reset(&line);
    if (options->gap_minutes > 0 && !layout->format->parts_talk &&
        !options->gap_is_judged && is_new(reader, ef_slice_of("gap")) &&
        ef_buffer_printf(&line, "%s: --gap does nothing here: it parts logs of lines",
                         layout->label))
        tell(reader, EF_NOTICE_GUESS, layout->label, ef_buffer_text(&line));
    ef_buffer_reset(&line);
    if (input->source->note != NULL &&
        ef_buffer_printf(&line, "%s: %s", layout->label, input->source->note))
        tell(reader, EF_NOTICE_GUESS, layout->label, ef_buffer_text(&line));
    ef_buffer_release(&line);
}

static ef_status keep_layout(ef_reader *reader, ef_layout *layout, ef_error *error)
{
    if (reader->layout_count == reader->layout_capacity) {
        size_t capacity = reader->layout_capacity == 0 ? 8 : reader->layout_capacity * 2;
        ef_layout **layouts = realloc(reader->layouts, capacity * sizeof *layouts);
        if (layouts == NULL) {
            ef_layout_free(layout);
            return ef_error_memory(error);
        }
        reader->layouts = layouts;
        reader->layout_capacity = capacity;
    }
    reader->layouts[reader->layout_count++] = layout;
    reader->input.layout = layout;
    return EF_OK;
}

/* Reads a sample of the open input and understands it. A pipe that paused before enough
 * came to understand is waited for; where the first record alone is longer than a sample,
 * a larger one is taken. EF_END: the input is empty. */
static ef_status understand(ef_reader *reader, ef_error *error)
{
    ef_input *input = &reader->input;
    bool is_pipe = strcmp(reader->paths.items[reader->path - 1], "-") == 0;
    size_t limit = is_pipe ? EF_SAMPLE_PIPE : EF_SAMPLE_FILE, least = 0;
    for (;;) {
        ef_status status = ef_input_sample(input, limit, least, error);
        if (status != EF_OK)
            return status;
        if (input->bytes.size == 0 && input->is_broken) {
            if (error != NULL)
                *error = input->failure;
            return input->failure.status;
        }
        if (ef_input_is_blank(input))
            return EF_END;
        ef_layout *layout;
        status = ef_layout_open(&layout, input, &reader->options, reader->zone, error);
        if (status == EF_OK)
            return keep_layout(reader, layout, error);
        bool may_wait = status == EF_ERR_FORMAT || status == EF_ERR_ARGUMENT;
        if (!may_wait || input->at_end || input->bytes.size >= EF_SAMPLE_MOST)
            return status;
        least = input->bytes.size;
        if (least >= limit)
            limit *= 4;
    }
}

/* Makes the next path, or the next member of an archive, the open input. EF_END behind the
 * last. */
static ef_status open_next(ef_reader *reader, ef_error *error)
{
    ef_input *input = &reader->input;
    if (input->source != NULL) {
        ef_status status = ef_input_next_member(input, error);
        if (status == EF_OK)
            return status;
        reader->counts.bytes += ef_input_close(input);
        if (status != EF_END)
            return status;
    }
    if (reader->path == reader->paths.count)
        return EF_END;
    return ef_input_open(input, reader->paths.items[reader->path++],
                         reader->options.encoding, reader->options.reads_ahead, error);
}

static bool is_fatal(ef_status status)
{
    return status == EF_ERR_MEMORY || status == EF_ERR_INTERNAL;
}

/* Tells the failure that was kept back, now that the run will not end with it. */
static void tell_kept(ef_reader *reader)
{
    if (reader->kept_path != NULL)
        tell(reader, EF_NOTICE_INPUT, reader->kept_path, reader->failure.message);
    reader->kept_path = NULL;
}

/* One input failed. The first that was not understood is kept back: if no other one is
 * understood either, the run fails with it. */
static void note_failure(ef_reader *reader, const ef_error *failure)
{
    const char *path = reader->paths.items[reader->path - 1];
    bool is_understanding =
        failure->status == EF_ERR_FORMAT || failure->status == EF_ERR_ARGUMENT;
    reader->counts.failed_inputs++;
    if (is_understanding && reader->failure.status == EF_OK && reader->layout_count == 0) {
        reader->failure = *failure;
        reader->kept_path = path;
        return;
    }
    tell_kept(reader);
    const char *label = reader->input.source != NULL ? reader->input.source->label : path;
    tell(reader, EF_NOTICE_INPUT, label, failure->message);
}

/* Brings the reader to an input whose layout is known. EF_END when there is none left. */
static ef_status find_layout(ef_reader *reader, ef_error *error)
{
    while (reader->input.layout == NULL) {
        ef_error failure = { 0 };
        ef_status status = open_next(reader, &failure);
        if (status == EF_END)
            break;
        if (status == EF_OK)
            status = understand(reader, &failure);
        if (is_fatal(status)) {
            if (error != NULL)
                *error = failure;
            return status;
        }
        if (status != EF_OK && status != EF_END) {
            note_failure(reader, &failure);
            continue;
        }
        reader->counts.inputs++;
        if (status == EF_OK) {
            tell_kept(reader);
            tell_guess(reader, reader->input.layout);
            tell_source(reader, reader->input.layout);
        }
    }
    if (reader->input.layout != NULL)
        return EF_OK;
    if (reader->layout_count > 0 || reader->failure.status == EF_OK)
        return EF_END;
    if (error != NULL)
        *error = reader->failure;
    return reader->failure.status;
}

ef_status ef_reader_first_layout(ef_reader *reader, const ef_layout **layout,
                                 ef_error *error)
{
    ef_status status = reader->layout_count > 0 ? EF_OK : find_layout(reader, error);
    if (status == EF_OK)
        *layout = reader->layouts[0];
    return status;
}

/* The current input has given all its bytes. */
static void finish_input(ef_reader *reader)
{
    ef_input *input = &reader->input;
    const ef_format *format = input->layout->format;
    if (!input->is_broken && format->is_whole != NULL && !format->is_whole(input->state)) {
        ef_error_set(&input->failure, EF_ERR_FORMAT,
                     "'%s' is cut short, or a quote or bracket is missing",
                     input->source->label);
        input->is_broken = true;
    }
    if (input->is_broken) {
        reader->counts.failed_inputs++;
        tell(reader, EF_NOTICE_INPUT, input->source->label, input->failure.message);
    }
    input->layout = NULL;
}

ef_status ef_reader_block(ef_reader *reader, ef_block *block, ef_error *error)
{
    for (;;) {
        ef_notice dropped;
        ef_status status = find_layout(reader, error);
        if (status != EF_OK)
            return status;
        status = ef_input_block(&reader->input, reader->kernels, block, &dropped, error);
        if (status == EF_END && reader->input.is_broken &&
            is_fatal(reader->input.failure.status)) {
            if (error != NULL)
                *error = reader->input.failure;
            return reader->input.failure.status;
        }
        if (status == EF_END) {
            finish_input(reader);
            continue;
        }
        if (status != EF_OK)
            return status;
        if (dropped.reason != NULL) {
            reader->counts.rejected++;
            ef_notice_send(reader->options.notice, reader->options.notice_user, &dropped);
        }
        if (block->bytes.size == 0)
            continue;
        block->sequence = reader->sequence++;
        return EF_OK;
    }
}

void ef_reader_add(ef_reader *reader, ef_cursor *cursor)
{
    ef_reader_counts *total = &reader->counts, *more = &cursor->counts;
    total->records += more->records;
    total->rejected += more->rejected;
    total->empty += more->empty;
    total->cut += more->cut;
    total->ragged += more->ragged;
    total->invalid_utf8 += more->invalid_utf8;
    total->bad_ratings += more->bad_ratings;
    total->bad_times += more->bad_times;
    memset(more, 0, sizeof *more);
}

ef_status ef_reader_next(ef_reader *reader, ef_record *record, ef_error *error)
{
    for (;;) {
        ef_status status;
        if (!reader->has_block) {
            status = ef_reader_block(reader, &reader->block, error);
            if (status != EF_OK)
                return status;
            ef_cursor_start(&reader->cursor, &reader->block, reader->kernels,
                            reader->options.notice, reader->options.notice_user);
            reader->has_block = true;
        }
        status = ef_cursor_next(&reader->cursor, record, error);
        ef_reader_add(reader, &reader->cursor);
        if (status == EF_OK)
            record->index = reader->index++;
        if (status != EF_END)
            return status;
        reader->has_block = false;
    }
}

const ef_slice *ef_reader_columns(const ef_reader *reader, size_t *count)
{
    const ef_layout *layout = reader->block.layout;
    *count = layout == NULL ? 0 : layout->name_count;
    return *count == 0 ? NULL : layout->names;
}

const ef_layout *ef_reader_layout(const ef_reader *reader)
{
    return reader->block.layout;
}

void ef_reader_count(const ef_reader *reader, ef_reader_counts *counts)
{
    *counts = reader->counts;
    if (reader->input.source != NULL)
        counts->bytes += reader->input.source->stored(reader->input.source);
}
