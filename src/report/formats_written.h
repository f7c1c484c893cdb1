/* SPDX-License-Identifier: MIT
 * report/formats_written.h - the rows of the table of writers. */
#ifndef EARFUL_REPORT_FORMATS_WRITTEN_H
#define EARFUL_REPORT_FORMATS_WRITTEN_H

#include "report/format_writer.h"

extern const ef_format_writer ef_format_writer_table;                        /* writer_table.c */
extern const ef_format_writer ef_format_writer_csv, ef_format_writer_tsv;    /* writer_csv.c */
extern const ef_format_writer ef_format_writer_json, ef_format_writer_ndjson; /* writer_json.c */

#endif
