/* SPDX-License-Identifier: MIT
 * base/json_out.h - JSON written into a buffer.
 *
 * Strings are escaped so that the result is one line of valid UTF-8 JSON and safe inside
 * HTML: control characters, quotes, backslash, U+2028, U+2029, DEL, C1 and controls of
 * direction become \u escapes, invalid UTF-8 becomes U+FFFD. */
#ifndef EARFUL_BASE_JSON_OUT_H
#define EARFUL_BASE_JSON_OUT_H

#include "base/buffer.h"

/* "text", with the quotes. */
bool ef_json_string(ef_buffer *buffer, ef_slice text);
/* "key": without anything before it. */
bool ef_json_key(ef_buffer *buffer, const char *key);
/* The shortest decimal that reads back as the same double, the same in every locale; null
 * for what JSON has no number for. */
bool ef_json_number(ef_buffer *buffer, double value);

#endif
