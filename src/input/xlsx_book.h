/* SPDX-License-Identifier: MIT
 * input/xlsx_book.h - what a workbook says about its first sheet, before the sheet is read. */
#ifndef EARFUL_INPUT_XLSX_BOOK_H
#define EARFUL_INPUT_XLSX_BOOK_H

#include "base/arena.h"
#include "input/xlsx_xml.h"

/* Zero-initialised; released by ef_xlsx_book_release. */
typedef struct ef_xlsx_book {
    bool is_1904;     /* days count from 1904 */
    const char *path; /* of the sheet's part, in the archive */
    const char *name; /* of the sheet, without control characters */
    const char *note; /* names of the other sheets; NULL if there is none */

    ef_arena arena;
    ef_buffer sheets, relations, date_ids, styles; /* arrays; styles: 1 where a date */
    ef_buffer strings, ends; /* all shared strings, and where each ends */
    bool is_in_styles, is_other_office;
    unsigned phonetic_depth;
} ef_xlsx_book;

/* Reads the book's parts from an archive that stands at its beginning, and chooses the
 * first sheet that is not hidden. Uses *xml and leaves an error there. */
ef_status ef_xlsx_book_read(ef_xlsx_book *book, ef_xml *xml, ef_archive *archive);
void ef_xlsx_book_release(ef_xlsx_book *book);

/* The shared string of an index in decimal digits. False if there is none. */
bool ef_xlsx_book_string(const ef_xlsx_book *book, ef_slice index, ef_slice *text);
/* Whether the style of a cell (its attribute s, may be NULL) shows a date. */
bool ef_xlsx_book_is_date(const ef_xlsx_book *book, const char *style);

/* Part names are compared without case, by the standard. */
bool ef_xlsx_is_path(const char *path, const char *wanted);

/* Text stands in <t>, but a <t> inside <rPh> says how to pronounce it. To be called for the
 * elements of shared strings and inline strings: they set xml->is_collecting. */
void ef_xlsx_text_start(ef_xml *xml, unsigned *phonetic_depth, const char *name);
void ef_xlsx_text_end(ef_xml *xml, unsigned *phonetic_depth, const char *name);

#endif
