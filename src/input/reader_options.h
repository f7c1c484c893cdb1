/* SPDX-License-Identifier: MIT
 * input/reader_options.h - what a reader is asked for: checked, and copied to stay. */
#ifndef EARFUL_INPUT_READER_OPTIONS_H
#define EARFUL_INPUT_READER_OPTIONS_H

#include "base/arena.h"
#include "earful/reader.h"

/* EF_ERR_ARGUMENT for what no input can fulfil. Columns are checked once there are any. */
ef_status ef_reader_options_check(const ef_reader_options *options, ef_error *error);

/* Copies options that were checked, their strings to arena, with defaults for zeros. Inputs
 * are left out. False without memory. */
bool ef_reader_options_copy(ef_reader_options *copy, const ef_reader_options *options,
                            ef_arena *arena);

#endif
