/* SPDX-License-Identifier: MIT
 * input/choose.c - which format and which encoding a sample has.
 *
 * Every format says how well the sample fits. JSON goes first where the first byte is a
 * bracket: lines of JSON look like good CSV to a counter of commas. */
#include "input/choose.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/error.h"
#include "base/utf8.h"
#include "input/columns.h"
#include "input/formats.h"
#include "input/json_pull.h"
#include "input/pseudonymize.h"

enum {
    FIRST_LOOK = 64 << 10, /* bytes in which binary data shows */
    /* One NUL or other control character in so many bytes: no text has that. Chat logs
     * have colour codes, and an export now and then a NUL. */
    BINARY_SHARE = 16
};

/* Neither white space nor the ESC of terminal colours. */
static bool is_control(uint8_t byte)
{
    return byte < ' ' && (byte < '\t' || byte > '\r') && byte != 0x1b;
}

static ef_status refuse_binary(const ef_input *input, ef_slice sample, ef_error *error)
{
    size_t size = sample.size < FIRST_LOOK ? sample.size : FIRST_LOOK;
    size_t zeros = 0, controls = 0;
    for (size_t i = 0; i < size; i++) {
        zeros += sample.data[i] == 0;
        controls += is_control(sample.data[i]);
    }
    if (controls * BINARY_SHARE <= size)
        return EF_OK;
    bool is_utf16 = zeros * 3 > size && zeros * 3 < size * 2;
    return ef_error_set(error, EF_ERR_FORMAT, "'%s' is %s", input->source->label,
                        is_utf16 ? "UTF-16 without a byte order mark: say --encoding "
                                   "utf-16le or utf-16be"
                                 : "binary data, not text");
}

/* The formats that were tried and did not fit, as words. */
static ef_status no_format(const ef_input *input, const ef_format *nearest, const char *why,
                           ef_error *error)
{
    ef_buffer names = { 0 };
    for (size_t i = 0; ef_format_at(i) != NULL; i++) {
        ef_buffer_append_text(&names, i == 0 ? "" : ", ");
        ef_buffer_append_text(&names, ef_format_at(i)->name);
    }
    ef_status status = ef_error_set(
        error, EF_ERR_FORMAT, "no format fits '%s': tried %s; nearest is %s: %s",
        input->source->label, names.failed ? "all" : ef_buffer_text(&names), nearest->name,
        why);
    ef_buffer_release(&names);
    return status;
}

/* Whether all of a sample is JSON, as far as it goes. Chat logs begin with brackets, too.
 */
static bool is_json_text(ef_slice sample)
{
    const ef_kernels *kernels = ef_kernels_select(NULL);
    size_t at = ef_json_space(sample.data, sample.size);
    while (at < sample.size) {
        ef_json_pull pull;
        ef_json_pull_init(&pull, kernels, sample.data + at, sample.size - at);
        ef_json_token token;
        do
            token = ef_json_next(&pull);
        while (token != EF_JSON_END && token < EF_JSON_MORE);
        if (token != EF_JSON_END)
            return token == EF_JSON_MORE;
        at += pull.at;
        at += ef_json_space(sample.data + at, sample.size - at);
    }
    return true;
}

static bool cannot_win(const ef_format *format, int best)
{
    return format->most > 0 && best >= format->most;
}

ef_status ef_format_choose(const ef_input *input, const char *name, ef_arena *arena,
                           const ef_format **format, const char **why, ef_error *error)
{
    ef_slice sample = { input->bytes.data, input->bytes.size };
    if (name != NULL) {
        *format = ef_format_named(name);
        *why = "as asked for";
        return *format != NULL
                   ? EF_OK
                   : ef_error_set(error, EF_ERR_ARGUMENT, "unknown format '%s'", name);
    }
    ef_status status = refuse_binary(input, sample, error);
    if (status != EF_OK)
        return status;
    size_t space = ef_json_space(sample.data, sample.size);
    bool has_bracket = space < sample.size && strchr("{[", sample.data[space]) != NULL;
    /* Where all fit equally badly, the first byte says what was probably meant. */
    const ef_format *nearest = has_bracket ? &ef_format_json : &ef_format_csv;
    const char *nearest_why = "";
    int best = 0;
    *format = NULL;
    for (size_t i = 0; ef_format_at(i) != NULL; i++) {
        const ef_format *tried = ef_format_at(i);
        const char *reason = "";
        /* Delimited and plain text are tried only if no JSON fits. */
        if (*format != NULL && has_bracket && (*format)->is_json && !tried->is_json)
            continue;
        if (cannot_win(tried, best) && (tried != nearest || (*format)->is_json))
            continue;
        int score = tried->sniff(tried, sample, input->at_end, arena, &reason);
        if (score < 0)
            return ef_error_memory(error);
        if (tried == nearest)
            nearest_why = reason;
        if (score <= best)
            continue;
        best = score;
        *format = tried;
        *why = reason;
    }
    if (has_bracket && *format != NULL && !(*format)->is_json && is_json_text(sample))
        *format = NULL; /* JSON without records is no CSV, for all its commas */
    return *format != NULL ? EF_OK : no_format(input, nearest, nearest_why, error);
}

ef_sample_text ef_sample_look(const ef_kernels *kernels, ef_slice sample, bool at_end)
{
    size_t at = kernels->ascii_run(sample.data, sample.size);
    if (at == sample.size)
        return EF_SAMPLE_ASCII;
    while (at < sample.size) {
        uint32_t code;
        size_t size = ef_utf8_decode(sample.data + at, sample.size - at, &code);
        bool is_cut = size == 0 && !at_end && sample.size - at < 4;
        if (is_cut)
            break;
        if (size == 0)
            return EF_SAMPLE_OTHER;
        at += size;
        if (at < sample.size && sample.data[at] < 0x80)
            at += kernels->ascii_run(sample.data + at, sample.size - at);
    }
    return EF_SAMPLE_UTF8;
}

/* Records what is known before the format looks at the sample. */
static ef_status decide_source(ef_layout *layout, const ef_input *input,
                               const ef_reader_options *options, const char *why,
                               ef_error *error)
{
    char flag[64];
    snprintf(flag, sizeof flag, "--from %s", layout->format->name);
    ef_status status =
        ef_layout_decide(layout, "format", layout->format->name, why, flag, error);
    if (status == EF_OK)
        status = ef_layout_decide(layout, "compression", input->compression,
                                  "by the first bytes", "", error);
    if (status != EF_OK)
        return status;
    static const char *const reasons[] = {
        [EF_SAMPLE_ASCII] = "the sample is ASCII",
        [EF_SAMPLE_UTF8] = "every byte of the sample is valid UTF-8",
        [EF_SAMPLE_OTHER] = "the sample is not valid UTF-8: --encoding cp1252 may be right",
    };
    bool is_asked = strcmp(options->encoding, "auto") != 0;
    bool is_utf8 = strcmp(layout->encoding, "utf-8") == 0;
    ef_sample_text look =
        ef_sample_look(ef_kernels_select(NULL),
                       (ef_slice){ input->bytes.data, input->bytes.size }, input->at_end);
    snprintf(flag, sizeof flag, "--encoding %s", layout->encoding);
    return ef_layout_decide(layout, "encoding", layout->encoding,
                            is_asked ? "as asked for"
                            : look == EF_SAMPLE_OTHER && layout->format->decodes_lines
                                ? "lines that are no UTF-8 are read as CP1252"
                            : is_utf8 ? reasons[look]
                                      : "by the byte order mark",
                            flag, error);
}

static ef_status take_options(ef_layout *layout, const ef_input *input,
                              const ef_reader_options *options, const ef_zone *zone)
{
    layout->label = ef_arena_copy(&layout->arena, ef_slice_of(input->source->label));
    const char *encoding =
        input->source->encoding == NULL ? "utf-8" : input->source->encoding;
    layout->encoding = ef_arena_copy(&layout->arena, ef_slice_of(encoding));
    layout->is_sheet = strcmp(input->compression, "xlsx") == 0;
    layout->max_record = options->max_record;
    layout->delimiter = (uint8_t)options->delimiter;
    layout->quote = (uint8_t)(options->quote < 0    ? 0
                              : options->quote == 0 ? '"'
                                                    : options->quote);
    layout->header_rows = options->header_rows;
    layout->zone = zone;
    layout->staff = options->staff;
    layout->staff_count = options->staff_count;
    layout->people = input->people;
    layout->gap_minutes = options->gap_minutes;
    layout->now_ms = (int64_t)time(NULL) * 1000;
    layout->records_path = "";
    return layout->label == NULL || layout->encoding == NULL ? EF_ERR_MEMORY : EF_OK;
}

ef_status ef_layout_open(ef_layout **made, const ef_input *input,
                         const ef_reader_options *options, const ef_zone *zone,
                         ef_error *error)
{
    ef_layout *layout = calloc(1, sizeof *layout);
    const char *why;
    *made = NULL;
    if (layout == NULL || take_options(layout, input, options, zone) != EF_OK) {
        ef_layout_free(layout);
        return ef_error_memory(error);
    }
    bool has_pattern = options->pattern != NULL;
    ef_status status = ef_format_choose(input, has_pattern ? "generic" : options->format,
                                        &layout->arena, &layout->format, &why, error);
    if (status == EF_OK)
        status = decide_source(layout, input, options, why, error);
    if (status == EF_OK)
        status = layout->format->open(layout, options,
                                      (ef_slice){ input->bytes.data, input->bytes.size },
                                      input->at_end, error);
    if (status == EF_OK)
        status = ef_pseudonymize_open(layout, options, error);
    if (status != EF_OK) {
        ef_layout_free(layout);
        return status;
    }
    *made = layout;
    return EF_OK;
}

void ef_layout_free(ef_layout *layout)
{
    if (layout != NULL && layout->format != NULL && layout->format->close != NULL &&
        layout->own != NULL)
        layout->format->close(layout);
    if (layout != NULL)
        ef_arena_release(&layout->arena);
    free(layout);
}

bool ef_layout_has_guesses(const ef_layout *layout)
{
    for (size_t i = 0; i < layout->decision_count; i++)
        if (layout->decisions[i].flag[0] != '\0' &&
            strcmp(layout->decisions[i].why, "as asked for") != 0)
            return true;
    return false;
}

bool ef_layout_flags(const ef_layout *layout, ef_buffer *flags)
{
    for (size_t i = 0; i < layout->decision_count; i++) {
        const ef_decision *decision = &layout->decisions[i];
        if (decision->flag[0] == '\0')
            continue;
        ef_buffer_append_text(flags, flags->size == 0 ? "" : " ");
        ef_buffer_append_text(flags, decision->flag);
    }
    return !flags->failed;
}
