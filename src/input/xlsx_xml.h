/* SPDX-License-Identifier: MIT
 * input/xlsx_xml.h - the XML parts of a workbook, as elements and texts.
 *
 * Names come without their namespace prefix. A part that declares a document type is
 * refused: without one there are no entities, so nothing is expanded and nothing fetched. */
#ifndef EARFUL_INPUT_XLSX_XML_H
#define EARFUL_INPUT_XLSX_XML_H

#include "base/buffer.h"
#include "input/source_archive.h"

typedef struct ef_xml ef_xml;

typedef struct ef_xml_handler {
    void (*start)(ef_xml *xml, const char *name, const char **attributes);
    void (*end)(ef_xml *xml, const char *name);
} ef_xml_handler;

/* Zero-initialised; released by ef_xml_release. */
struct ef_xml {
    void *user;
    const char *label; /* of the workbook, for messages */
    /* For the handler to set and use: whether text is appended to `text`. A run of text in
     * a cell is at most 1 MiB. */
    bool is_collecting;
    ef_buffer text;
    uint64_t row;     /* for messages; 0: none */
    ef_error failure; /* the first one; its status is EF_OK before */

    void *parser; /* the library's */
    const ef_xml_handler *handler;
    unsigned depth;
    bool is_halted; /* until the next parse */
    bool is_last;   /* all of the part has been handed to the parser */
};

/* Begins a part, dropping what was left of another. */
ef_status ef_xml_begin(ef_xml *xml, const ef_xml_handler *handler);

/* Reads and parses some of the part from the archive's current member: EF_OK, EF_END at the
 * part's end, or the failure, which stands in xml->failure. */
ef_status ef_xml_parse(ef_xml *xml, ef_archive *archive);

/* For handlers: stops parsing for good, or until the next ef_xml_parse. `what` follows the
 * workbook's name. */
void ef_xml_fail(ef_xml *xml, ef_status status, const char *what);
void ef_xml_fail_memory(ef_xml *xml);
void ef_xml_halt(ef_xml *xml);

void ef_xml_release(ef_xml *xml);

/* The value of an attribute, or NULL. */
const char *ef_xml_attribute(const char **attributes, const char *name);

/* The version of the XML library in use; static. */
const char *ef_xml_library(void);

#endif
