/* SPDX-License-Identifier: MIT
 * cli/option_values.h - what the value of an option does to the settings.
 *
 * All are ef_option_apply. */
#ifndef EARFUL_CLI_OPTION_VALUES_H
#define EARFUL_CLI_OPTION_VALUES_H

#include "options.h"

ef_option_apply ef_set_text, ef_set_switch, ef_add_word, ef_add_condition, ef_set_threads,
    ef_set_bits, ef_set_least, ef_set_count, ef_set_header_rows, ef_set_no_header, ef_set_gap,
    ef_set_size, ef_set_delimiter, ef_set_quote, ef_set_emit, ef_set_start, ef_set_seconds,
    ef_set_cells_safe, ef_set_cells_raw, ef_set_help;

#endif
