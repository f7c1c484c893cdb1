/* SPDX-License-Identifier: MIT
 * views/json_parts.h - each finding as fields of a JSON object.
 *
 * Every function writes into an object that is open: JSON nests them in one document,
 * NDJSON puts a "kind" in front and gives each a line. Commas come by themselves: none
 * after "{" and "[". Full precision; null for what is not known. */
#ifndef EARFUL_VIEWS_JSON_PARTS_H
#define EARFUL_VIEWS_JSON_PARTS_H

#include "base/buffer.h"
#include "earful/app/report.h"

void ef_json_comma(ef_buffer *out);
void ef_json_text(ef_buffer *out, const char *key, ef_slice text);
void ef_json_open(ef_buffer *out, const char *key, char bracket); /* key NULL: an item */
void ef_json_close(ef_buffer *out, char bracket);

void ef_json_report(ef_buffer *out, const ef_findings *findings); /* the head: all that is
                                                                     not in a list */
void ef_json_figure(ef_buffer *out, const ef_findings *findings, const ef_figure *figure);
void ef_json_bucket(ef_buffer *out, const ef_findings *findings, const ef_bucket *bucket);
void ef_json_turn(ef_buffer *out, const ef_findings *findings, const ef_turn *turn);
void ef_json_comparison(ef_buffer *out, const ef_comparison *comparison);
void ef_json_change(ef_buffer *out, const ef_findings *findings, const ef_change *change);
void ef_json_shifted(ef_buffer *out, const ef_findings *findings,
                     const ef_shifted *shifted);
void ef_json_theme(ef_buffer *out, const ef_findings *findings, const ef_theme *theme);
void ef_json_group(ef_buffer *out, const ef_findings *findings, const ef_group_row *row);
void ef_json_customer(ef_buffer *out, const ef_customer *customer);
void ef_json_part(ef_buffer *out, const ef_quote *quote, double rating);
void ef_json_agreement(ef_buffer *out, const ef_findings *findings);

#endif
