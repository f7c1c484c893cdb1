/* SPDX-License-Identifier: MIT
 * input/pseudonymize.h - records whose people have stand-ins from the very start.
 *
 * Done where records are read, so that nothing behind it can tell a name: neither what is
 * written, nor what is counted, remembered or told. */
#ifndef EARFUL_INPUT_PSEUDONYMIZE_H
#define EARFUL_INPUT_PSEUDONYMIZE_H

#include "input/format.h"
#include "input/json_shape.h"

/* Which columns of an input have stand-ins; part of its layout. */
struct ef_pseudonymized {
    const struct ef_pseudonyms *key;
    const int *columns;
    size_t count; /* of the columns that were named; */
    size_t all;   /* behind them stand columns that hold these, in JSON: user, of user.name */
};

bool ef_is_pseudonymized(const ef_layout *layout, int column);

/* Finds the columns that options name, and sets layout->pseudonymized if there are any. By
 * name or number, as all columns; author (customer), conversation, channel and id also mean
 * what is read as such. EF_ERR_ARGUMENT: there is no such column, or it holds text, times or
 * ratings. */
ef_status ef_pseudonymize_open(ef_layout *layout, const ef_reader_options *options,
                               ef_error *error);

/* Puts stand-ins into a record of such a layout: fields, what is read from them, and the
 * bytes of a JSON object. They lie in the cursor's arena. EF_ERR_MEMORY only. */
ef_status ef_pseudonymize_record(ef_cursor *cursor, ef_record *record, ef_error *error);

/* The bytes of the object raw with stand-ins for every value under the columns' keys, also
 * under a key that comes twice; *size of them, in the arena. NULL without memory. */
uint8_t *ef_pseudonymize_json(const ef_layout *layout, const ef_json_shape *shape,
                              ef_arena *arena, ef_slice raw, size_t *size);

#endif
