/* SPDX-License-Identifier: MIT
 * input/xlsx_xml.c - the XML parts of a workbook, as elements and texts. */
#include "input/xlsx_xml.h"

#include <expat.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/error.h"

enum {
    CHUNK_SIZE = 1 << 14,
    TEXT_LIMIT = 1 << 20, /* Excel stops at 32,767 characters */
    DEPTH_LIMIT = 64
};

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

const char *ef_xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

static void stop(ef_xml *xml)
{
    if (xml->parser != NULL)
        XML_StopParser(xml->parser, XML_FALSE);
}

void ef_xml_fail(ef_xml *xml, ef_status status, const char *what)
{
    char place[40] = "";
    if (xml->failure.status != EF_OK)
        return;
    if (xml->row > 0)
        snprintf(place, sizeof place, " (row %" PRIu64 ")", xml->row);
    ef_error_set_at(&xml->failure, status, xml->row, 0, 0, "'%s' %s%s", xml->label, what,
                    place);
    stop(xml);
}

void ef_xml_fail_memory(ef_xml *xml)
{
    ef_error_memory(&xml->failure);
    stop(xml);
}

void ef_xml_halt(ef_xml *xml)
{
    XML_StopParser(xml->parser, XML_TRUE);
}

/* The library may still call a handler or two after it has been stopped. */
static void XMLCALL on_start(void *user, const char *name, const char **attributes)
{
    ef_xml *xml = user;
    if (++xml->depth > DEPTH_LIMIT)
        ef_xml_fail(xml, EF_ERR_LIMIT, "has elements more than 64 deep");
    if (xml->failure.status == EF_OK)
        xml->handler->start(xml, local(name), attributes);
}

static void XMLCALL on_end(void *user, const char *name)
{
    ef_xml *xml = user;
    xml->depth--;
    if (xml->failure.status == EF_OK && xml->handler->end != NULL)
        xml->handler->end(xml, local(name));
}

static void XMLCALL on_text(void *user, const char *text, int size)
{
    ef_xml *xml = user;
    if (!xml->is_collecting || xml->failure.status != EF_OK)
        return;
    if (xml->text.size + (size_t)size > TEXT_LIMIT)
        ef_xml_fail(xml, EF_ERR_LIMIT, "has a text of more than 1 MiB in a cell");
    else if (!ef_buffer_append(&xml->text, text, (size_t)size))
        ef_xml_fail_memory(xml);
}

static void XMLCALL on_doctype(void *user, const char *name, const char *system_id,
                               const char *public_id, int has_subset)
{
    (void)name, (void)system_id, (void)public_id, (void)has_subset;
    ef_xml_fail(user, EF_ERR_FORMAT, "declares a document type, which no workbook does");
}

ef_status ef_xml_begin(ef_xml *xml, const ef_xml_handler *handler)
{
    if (xml->parser != NULL)
        XML_ParserFree(xml->parser);
    xml->parser = XML_ParserCreate(NULL);
    if (xml->parser == NULL)
        return ef_error_memory(&xml->failure);
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    xml->handler = handler;
    xml->depth = 0;
    xml->row = 0;
    xml->is_collecting = xml->is_halted = xml->is_last = false;
    ef_buffer_reset(&xml->text);
    return EF_OK;
}

static ef_status parse_chunk(ef_xml *xml, ef_archive *archive, enum XML_Status *answer)
{
    size_t got = 0;
    void *room = XML_GetBuffer(xml->parser, CHUNK_SIZE);
    if (room == NULL)
        return ef_error_memory(&xml->failure);
    ef_status status =
        ef_archive_read(archive, room, CHUNK_SIZE, &got, xml->label, &xml->failure);
    if (status != EF_OK && status != EF_END)
        return status;
    xml->is_last = status == EF_END;
    *answer = XML_ParseBuffer(xml->parser, (int)got, xml->is_last);
    return EF_OK;
}

ef_status ef_xml_parse(ef_xml *xml, ef_archive *archive)
{
    enum XML_Status answer = XML_STATUS_OK;
    ef_status status = EF_OK;
    if (xml->is_halted)
        answer = XML_ResumeParser(xml->parser);
    else
        status = parse_chunk(xml, archive, &answer);
    xml->is_halted = answer == XML_STATUS_SUSPENDED;
    if (answer == XML_STATUS_ERROR && xml->failure.status == EF_OK) {
        char what[128];
        enum XML_Error why = XML_GetErrorCode(xml->parser);
        snprintf(what, sizeof what, "is damaged: %s in its XML", XML_ErrorString(why));
        if (why == XML_ERROR_NO_MEMORY)
            ef_error_memory(&xml->failure);
        else
            ef_xml_fail(xml, EF_ERR_FORMAT, what);
    }
    if (xml->failure.status != EF_OK)
        return xml->failure.status;
    return xml->is_last && !xml->is_halted ? EF_END : status;
}

void ef_xml_release(ef_xml *xml)
{
    if (xml->parser != NULL)
        XML_ParserFree(xml->parser);
    ef_buffer_release(&xml->text);
    memset(xml, 0, sizeof *xml);
}

const char *ef_xml_library(void)
{
    return XML_ExpatVersion();
}
