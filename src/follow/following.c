/* SPDX-License-Identifier: MIT
 * follow/following.c - the life of a following: made, told what it knew, begun, freed. */
#include "follow/following.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/zone.h"
#include "follow/pipe.h"

enum { DEFAULT_RECORD = 1 << 20 };

static ef_status fill(ef_following *f, const ef_following_options *options, ef_error *error)
{
    ef_reader_options *reader = &f->reader;
    f->options = *options;
    *reader = *options->reader;
    if (reader->max_record == 0)
        reader->max_record = DEFAULT_RECORD;
    if (reader->encoding != NULL && strcmp(reader->encoding, "auto") != 0 &&
        strcmp(reader->encoding, "utf-8") != 0)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "growing files are read as UTF-8: encoding '%s' cannot be "
                            "followed",
                            reader->encoding);
    reader->encoding = "auto";
    ef_status status = ef_zone_open(
        &f->zone, reader->time_zone == NULL ? "UTC" : reader->time_zone, error);
    bool is_piped = ef_pipe_is_meant(reader);
    if (status == EF_OK && is_piped)
        status = ef_pipe_check(options, error);
    if (is_piped)
        f->options.is_once = false; /* a pause in a pipe is not its end */
    if (status == EF_OK)
        status = ef_places_init(&f->places, reader->inputs,
                                is_piped ? 0 : reader->input_count, error);
    if (status == EF_OK)
        status = ef_watch_new(&f->watch, options->polls, error);
    return status;
}

ef_status ef_following_new(ef_following **made, const ef_following_options *options,
                           ef_error *error)
{
    ef_following *f = calloc(1, sizeof *f);
    *made = NULL;
    if (f == NULL)
        return ef_error_memory(error);
    f->kernels = ef_kernels_select(NULL);
    f->timer_ms = INT64_MAX;
    ef_status status = fill(f, options, error);
    if (status == EF_OK)
        *made = f;
    else
        ef_following_free(f);
    return status;
}

void ef_following_free(ef_following *f)
{
    if (f == NULL)
        return;
    ef_roster_release(&f->roster);
    ef_watch_free(f->watch);
    ef_places_release(&f->places);
    ef_zone_free(f->zone);
    ef_buffer_release(&f->spare);
    ef_buffer_release(&f->path);
    free(f);
}

/* The name of a format as the table has it, so that it need not be owned. */
static const char *format_name(ef_slice name)
{
    for (size_t i = 0; ef_format_at(i) != NULL; i++) {
        const char *known = ef_format_at(i)->name;
        if (strlen(known) == name.size && memcmp(known, name.data, name.size) == 0)
            return known;
    }
    return NULL;
}

ef_status ef_following_remember(ef_following *f, const ef_remembered *file, ef_error *error)
{
    static const uint8_t none[EF_HEAD_SIZE];
    ef_tail *tail = ef_tail_new(file->first_path, file->first_path, file->generation);
    if (tail == NULL)
        return ef_error_memory(error);
    /* The bytes behind the prints come when the file is found: see ef_tail_identity. */
    ef_tail_resume(tail, &file->identity, none, none);
    tail->remembered = file->identity;
    tail->is_unverified = true;
    tail->device = file->identity.device;
    tail->inode = file->identity.inode;
    tail->input.line = file->line;
    tail->input.state = file->cut_state;
    tail->input.is_skipping = file->is_skipping;
    tail->format = format_name(file->format);
    tail->sample = tail->format == NULL ? 0 : file->sample;
    tail->flushed = file->flushed;
    tail->history_end = file->history_end;
    tail->is_finished = file->is_finished || ef_pipe_was(file->first_path);
    tail->written =
        (struct timespec){ file->written_ms / 1000, file->written_ms % 1000 * 1000000 };
    if (ef_roster_add(&f->roster, tail))
        return EF_OK;
    ef_tail_free(tail);
    return ef_error_memory(error);
}

/* An older generation that is not finished is read before a younger one. */
static void chain_generations(ef_following *f)
{
    for (size_t i = 0; i < f->roster.count; i++) {
        ef_tail *tail = f->roster.items[i], *at = NULL;
        while ((at = ef_roster_next_first(&f->roster, at, tail->first_path)) != NULL)
            if (!at->is_finished && at->generation < tail->generation &&
                (tail->older == NULL || at->generation > tail->older->generation))
                tail->older = at;
    }
}

/* Inputs of which there is nothing, and never was: what is no file will not be read, and
 * what is not there yet may be a slip. */
static void tell_absent(ef_following *f)
{
    for (size_t i = 0; i < f->places.count; i++) {
        const ef_place *place = &f->places.items[i];
        struct stat about;
        if (place->is_folder || place->is_glob ||
            ef_roster_youngest(&f->roster, place->input) != NULL)
            continue;
        bool is_there = stat(place->input, &about) == 0;
        if (is_there && !S_ISREG(about.st_mode))
            ef_following_tell(f, EF_NOTICE_INPUT, place->input,
                              "not followed: it is no regular file");
        else if (!is_there && (errno != ENOENT || f->options.is_once))
            ef_following_tell(f, EF_NOTICE_INPUT, place->input, "cannot open it: %s",
                              strerrordesc_np(errno));
        else if (!is_there)
            ef_following_tell(f, EF_NOTICE_GUESS, place->input,
                              "not there yet: it is followed when it comes");
    }
}

ef_status ef_following_begin(ef_following *f, int64_t now_ms, ef_error *error)
{
    chain_generations(f);
    ef_following_locate(f);
    size_t remembered = f->roster.count;
    ef_status status = ef_following_scan(f, error);
    /* From here on news are heard; what happened between the look and the watch was not.
     * What the scan found was found behind the watch, if there is one. */
    bool is_deaf = f->is_blind || f->options.polls;
    ef_following_catch_up(f, is_deaf ? f->roster.count : remembered);
    tell_absent(f);
    if (status == EF_OK && ef_pipe_is_meant(&f->reader))
        status = ef_pipe_begin(f, error);
    for (size_t i = 0; i < f->roster.count; i++) {
        f->roster.items[i]->grown_ms = now_ms;
        ef_following_ready(f, f->roster.items[i]);
    }
    f->is_begun = true;
    return status;
}

ef_tail *ef_following_at(const ef_following *f, size_t index)
{
    return index < f->roster.count ? f->roster.items[index] : NULL;
}

void ef_following_saved(ef_following *f)
{
    bool has_forgotten = false;
    for (size_t i = 0; i < f->roster.count; i++) {
        f->roster.items[i]->is_unsaved = false;
        has_forgotten |= f->roster.items[i]->is_forgotten;
    }
    if (has_forgotten)
        ef_roster_sweep(&f->roster);
}

void ef_following_count(const ef_following *f, ef_following_counts *counts)
{
    *counts = (ef_following_counts){ .truncated = f->truncated,
                                     .lost_bytes = f->lost_bytes,
                                     .gone_files = f->gone_files };
    for (size_t i = 0; i < f->roster.count; i++) {
        const ef_tail *tail = f->roster.items[i];
        counts->files += !tail->is_finished;
        counts->passed_bytes += tail->passed;
        if (!tail->is_finished && tail->seen_size > tail->input.offset)
            counts->waiting += tail->seen_size - tail->input.offset;
    }
}
