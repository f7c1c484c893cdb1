/* SPDX-License-Identifier: MIT
 * input/xlsx_book.c - what a workbook says about its first sheet, before the sheet is read.
 *
 * Four parts in any order: the workbook names the sheets, the relations say where they lie,
 * the styles which numbers are dates, the shared strings what most texts are. */
#include "input/xlsx_book.h"

#include <stdlib.h>

#include "base/error.h"
#include "input/xlsx_cells.h"

enum {
    STRINGS_LIMIT = 512 << 20, /* bytes, with eight for each string's end */
    SHEET_LIMIT = 1024,
    STYLE_LIMIT = 1 << 16, /* Excel stops at 65,490 */
    NOTE_NAMES = 5
};

typedef struct sheet {
    const char *name, *relation;
    const char *path; /* NULL until the relation is found */
    bool is_hidden;
} sheet;

typedef struct relation {
    const char *id, *target;
    bool is_worksheet;
} relation;

/* A copy without control characters, NULL for NULL. */
static const char *keep(ef_xml *xml, const char *text)
{
    ef_xlsx_book *book = xml->user;
    if (text == NULL)
        return NULL;
    char *kept = ef_arena_copy(&book->arena, ef_slice_of(text));
    if (kept == NULL)
        ef_xml_fail_memory(xml);
    for (char *p = kept; p != NULL && *p != '\0'; p++)
        if ((uint8_t)*p < 0x20 || *p == 0x7f)
            *p = '?';
    return kept;
}

static void append(ef_xml *xml, ef_buffer *array, const void *item, size_t size,
                   size_t limit)
{
    if (array->size / size >= limit)
        ef_xml_fail(xml, EF_ERR_LIMIT, "has too many sheets or styles");
    else if (!ef_buffer_append(array, item, size))
        ef_xml_fail_memory(xml);
}

static bool is_true(const char *value)
{
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static void start_in_workbook(ef_xml *xml, const char *name, const char **attributes)
{
    ef_xlsx_book *book = xml->user;
    if (strcmp(name, "workbookPr") == 0)
        book->is_1904 = is_true(ef_xml_attribute(attributes, "date1904"));
    if (strcmp(name, "sheet") != 0)
        return;
    const char *state = ef_xml_attribute(attributes, "state");
    sheet found = { .name = keep(xml, ef_xml_attribute(attributes, "name")),
                    .relation = keep(xml, ef_xml_attribute(attributes, "id")),
                    .is_hidden = state != NULL && strcmp(state, "visible") != 0 };
    append(xml, &book->sheets, &found, sizeof found, SHEET_LIMIT);
}

static void start_in_relations(ef_xml *xml, const char *name, const char **attributes)
{
    ef_xlsx_book *book = xml->user;
    if (strcmp(name, "Relationship") != 0)
        return;
    const char *type = ef_xml_attribute(attributes, "Type");
    const char *last = type == NULL ? NULL : strrchr(type, '/');
    relation found = { .id = keep(xml, ef_xml_attribute(attributes, "Id")),
                       .target = keep(xml, ef_xml_attribute(attributes, "Target")),
                       .is_worksheet = last != NULL && strcmp(last, "/worksheet") == 0 };
    append(xml, &book->relations, &found, sizeof found, SHEET_LIMIT * 4);
}

/* A book's own number formats stand before the styles that use them. */
static void start_in_styles(ef_xml *xml, const char *name, const char **attributes)
{
    ef_xlsx_book *book = xml->user;
    const char *id_text = ef_xml_attribute(attributes, "numFmtId");
    unsigned long id = id_text == NULL ? 0 : strtoul(id_text, NULL, 10);
    if (strcmp(name, "cellXfs") == 0)
        book->is_in_styles = true;
    if (strcmp(name, "numFmt") == 0) {
        const char *code = ef_xml_attribute(attributes, "formatCode");
        if (code != NULL && ef_xlsx_is_date_code(code))
            append(xml, &book->date_ids, &id, sizeof id, SHEET_LIMIT);
    }
    if (strcmp(name, "xf") != 0 || !book->is_in_styles)
        return;
    const unsigned long *ids = (const unsigned long *)(const void *)book->date_ids.data;
    uint8_t is_date = ef_xlsx_is_date_id(id);
    for (size_t i = 0; i < book->date_ids.size / sizeof *ids && !is_date; i++)
        is_date = ids[i] == id;
    append(xml, &book->styles, &is_date, sizeof is_date, STYLE_LIMIT);
}

static void end_in_styles(ef_xml *xml, const char *name)
{
    ef_xlsx_book *book = xml->user;
    if (strcmp(name, "cellXfs") == 0)
        book->is_in_styles = false;
}

void ef_xlsx_text_start(ef_xml *xml, unsigned *phonetic_depth, const char *name)
{
    *phonetic_depth += strcmp(name, "rPh") == 0;
    if (strcmp(name, "t") == 0)
        xml->is_collecting = *phonetic_depth == 0;
}

void ef_xlsx_text_end(ef_xml *xml, unsigned *phonetic_depth, const char *name)
{
    *phonetic_depth -= strcmp(name, "rPh") == 0 && *phonetic_depth > 0;
    if (strcmp(name, "t") == 0)
        xml->is_collecting = false;
}

static void start_in_strings(ef_xml *xml, const char *name, const char **attributes)
{
    (void)attributes;
    ef_xlsx_book *book = xml->user;
    if (strcmp(name, "si") == 0)
        ef_buffer_reset(&xml->text);
    ef_xlsx_text_start(xml, &book->phonetic_depth, name);
}

static void end_in_strings(ef_xml *xml, const char *name)
{
    ef_xlsx_book *book = xml->user;
    ef_xlsx_text_end(xml, &book->phonetic_depth, name);
    if (strcmp(name, "si") != 0)
        return;
    if (book->strings.size + xml->text.size + book->ends.size > STRINGS_LIMIT) {
        ef_xml_fail(xml, EF_ERR_LIMIT,
                    "has more than 512 MiB of texts: save it as CSV first");
        return;
    }
    if (!ef_buffer_append(&book->strings, xml->text.data, xml->text.size) ||
        !ef_buffer_append(&book->ends, &book->strings.size, sizeof book->strings.size))
        ef_xml_fail_memory(xml);
}

static const struct part {
    const char *path;
    ef_xml_handler handler;
} parts[] = {
    { "xl/workbook.xml", { start_in_workbook, NULL } },
    { "xl/_rels/workbook.xml.rels", { start_in_relations, NULL } },
    { "xl/styles.xml", { start_in_styles, end_in_styles } },
    { "xl/sharedStrings.xml", { start_in_strings, end_in_strings } },
};

bool ef_xlsx_is_path(const char *path, const char *wanted)
{
    path += *path == '/';
    for (; *wanted != '\0'; path++, wanted++) {
        int a = *path >= 'A' && *path <= 'Z' ? *path + ('a' - 'A') : *path;
        int b = *wanted >= 'A' && *wanted <= 'Z' ? *wanted + ('a' - 'A') : *wanted;
        if (a != b)
            return false;
    }
    return *path == '\0';
}

static ef_status read_part(ef_xml *xml, ef_archive *archive, const ef_xml_handler *handler)
{
    ef_status status = ef_xml_begin(xml, handler);
    while (status == EF_OK)
        status = ef_xml_parse(xml, archive);
    return status == EF_END ? EF_OK : status;
}

static ef_status read_parts(ef_xlsx_book *book, ef_xml *xml, ef_archive *archive)
{
    ef_status status;
    while ((status = ef_archive_next(archive, &xml->failure)) == EF_OK) {
        const char *path = ef_archive_path(archive);
        for (size_t i = 0; i < sizeof parts / sizeof parts[0] && status == EF_OK; i++)
            if (ef_xlsx_is_path(path, parts[i].path))
                status = read_part(xml, archive, &parts[i].handler);
        if (status != EF_OK)
            return status;
        book->is_other_office |= ef_xlsx_is_path(path, "word/document.xml") ||
                                 ef_xlsx_is_path(path, "ppt/presentation.xml") ||
                                 ef_xlsx_is_path(path, "xl/workbook.bin");
    }
    return status == EF_END ? EF_OK : status;
}

/* Finds the part of a sheet; a chart that stands among the sheets has none for us. */
static ef_status find_path(ef_xlsx_book *book, ef_xml *xml, sheet *of)
{
    const relation *relations = (const relation *)(const void *)book->relations.data;
    for (size_t i = 0; i < book->relations.size / sizeof *relations; i++) {
        const relation *candidate = &relations[i];
        if (!candidate->is_worksheet || candidate->id == NULL ||
            candidate->target == NULL || of->relation == NULL ||
            strcmp(candidate->id, of->relation) != 0)
            continue;
        bool is_absolute = candidate->target[0] == '/';
        ef_buffer_reset(&xml->text);
        ef_buffer_append_text(&xml->text, is_absolute ? "" : "xl/");
        ef_buffer_append_text(&xml->text, candidate->target + is_absolute);
        of->path = keep(xml, ef_buffer_text(&xml->text));
        return of->path == NULL ? ef_error_memory(&xml->failure) : EF_OK;
    }
    return EF_OK;
}

/* Says which sheets are left aside. */
static ef_status write_note(ef_xlsx_book *book, ef_xml *xml, const sheet *chosen)
{
    const sheet *sheets = (const sheet *)(const void *)book->sheets.data;
    size_t count = book->sheets.size / sizeof *sheets, named = 0;
    ef_buffer_reset(&xml->text);
    for (size_t i = 0; i < count; i++) {
        if (&sheets[i] == chosen)
            continue;
        if (named++ >= NOTE_NAMES)
            continue;
        ef_buffer_append_text(&xml->text,
                              named > 1 ? ", '" : "other sheets are not read: '");
        ef_buffer_append_text(&xml->text, sheets[i].name == NULL ? "" : sheets[i].name);
        ef_buffer_append_byte(&xml->text, '\'');
    }
    if (named > NOTE_NAMES)
        ef_buffer_printf(&xml->text, " and %zu more", named - NOTE_NAMES);
    if (named > 0)
        book->note = keep(xml, ef_buffer_text(&xml->text));
    return xml->text.failed ? ef_error_memory(&xml->failure) : xml->failure.status;
}

/* Chooses the first sheet that a user sees, or the first at all. */
static ef_status choose(ef_xlsx_book *book, ef_xml *xml)
{
    sheet *sheets = (sheet *)(void *)book->sheets.data;
    const sheet *chosen = NULL;
    for (size_t i = 0; i < book->sheets.size / sizeof *sheets; i++) {
        ef_status status = find_path(book, xml, &sheets[i]);
        if (status != EF_OK)
            return status;
        bool is_better = chosen == NULL || (chosen->is_hidden && !sheets[i].is_hidden);
        if (sheets[i].path != NULL && is_better)
            chosen = &sheets[i];
    }
    if (chosen == NULL) {
        ef_xml_fail(
            xml, EF_ERR_FORMAT,
            book->is_other_office
                ? "is an Office document that is not read: save it as .xlsx or CSV first"
                : "has no sheet to read");
        return xml->failure.status;
    }
    book->path = chosen->path;
    book->name = chosen->name == NULL ? "" : chosen->name;
    return write_note(book, xml, chosen);
}

ef_status ef_xlsx_book_read(ef_xlsx_book *book, ef_xml *xml, ef_archive *archive)
{
    xml->user = book;
    ef_status status = read_parts(book, xml, archive);
    xml->row = 0;
    return status == EF_OK ? choose(book, xml) : status;
}

void ef_xlsx_book_release(ef_xlsx_book *book)
{
    ef_arena_release(&book->arena);
    ef_buffer_release(&book->sheets);
    ef_buffer_release(&book->relations);
    ef_buffer_release(&book->date_ids);
    ef_buffer_release(&book->styles);
    ef_buffer_release(&book->strings);
    ef_buffer_release(&book->ends);
}

bool ef_xlsx_book_string(const ef_xlsx_book *book, ef_slice index, ef_slice *text)
{
    const size_t *ends = (const size_t *)(const void *)book->ends.data;
    size_t at = 0, count = book->ends.size / sizeof *ends;
    for (size_t i = 0; i < index.size && at < count; i++) {
        unsigned digit = index.data[i] - (unsigned)'0';
        at = digit < 10 ? at * 10 + digit : count;
    }
    if (at >= count)
        return false;
    size_t begin = at == 0 ? 0 : ends[at - 1];
    *text = (ef_slice){ book->strings.data + begin, ends[at] - begin };
    return true;
}

bool ef_xlsx_book_is_date(const ef_xlsx_book *book, const char *style)
{
    unsigned long at = style == NULL ? 0 : strtoul(style, NULL, 10);
    return at < book->styles.size && book->styles.data[at] != 0;
}
