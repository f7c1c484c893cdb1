/* SPDX-License-Identifier: MIT
 * input/choose.h - which format and which encoding a sample has. */
#ifndef EARFUL_INPUT_CHOOSE_H
#define EARFUL_INPUT_CHOOSE_H

#include "input/input.h"

/* Chooses the format: the one that is named, else what fits the sample best. EF_ERR_FORMAT
 * says what was tried and which one came nearest. */
ef_status ef_format_choose(const ef_input *input, const char *name, ef_arena *arena,
                           const ef_format **format, const char **why, ef_error *error);

/* What a sample looks like as UTF-8. */
typedef enum ef_sample_text { EF_SAMPLE_ASCII, EF_SAMPLE_UTF8, EF_SAMPLE_OTHER } ef_sample_text;

/* at_end: no character may be cut off at the end. */
ef_sample_text ef_sample_look(const ef_kernels *kernels, ef_slice sample, bool at_end);

/* Makes a layout for the input from its sample: chooses the format, opens it, and records
 * the decisions. The caller frees *layout with ef_layout_free. */
ef_status ef_layout_open(ef_layout **layout, const ef_input *input,
                         const ef_reader_options *options, const ef_zone *zone,
                         ef_error *error);
void ef_layout_free(ef_layout *layout);

/* Appends the flags that repeat the decisions, quoted for a shell. False without memory. */
bool ef_layout_flags(const ef_layout *layout, ef_buffer *flags);

/* Whether anything but what the user's options say was decided. */
bool ef_layout_has_guesses(const ef_layout *layout);

#endif
