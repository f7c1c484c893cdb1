/* SPDX-License-Identifier: MIT
 * input/xlsx.c - the first sheet of an Excel workbook, as a source of CSV.
 *
 * A workbook is a zip archive of XML parts in any order, and the sheet needs what other
 * parts say. So the archive is read twice: first the book, then the sheet, row by row. What
 * cannot be read twice (a pipe) is kept in memory as it is stored.
 *
 * Rows come out as CSV (RFC 4180, UTF-8, LF): texts are quoted, numbers stand as they are
 * stored, dates become ISO dates. Empty rows are left out and short rows filled up.
 * Invariant: out[out_at..out_ready) are whole rows that have not been given out,
 * out[row_start..] is the row at hand. The parser is halted while enough is ready. */
#include "input/xlsx_book.h"
#include "input/xlsx_cells.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"

enum {
    OUT_SIZE = 1 << 16,     /* enough to give out before parsing on */
    ROW_LIMIT = 16 << 20,   /* bytes of one row: many cells may name one long string */
    COPY_LIMIT = 256 << 20, /* bytes of a workbook from a pipe */
    COPY_STEP = 1 << 16
};

typedef struct xlsx {
    ef_source source; /* first: a source is cast to this */
    ef_source *below;
    ef_source *copy; /* of below, in memory; NULL if below can seek */
    ef_buffer copied;
    ef_archive *archive;
    ef_xml xml;
    ef_xlsx_book book;
    ef_buffer label;

    int column, commas; /* of the cell at hand; in its row so far */
    int width;          /* commas of the widest row so far */
    char type;          /* of the cell: s(hared), i(nline), b, e(rror), n(umber), t(ext) */
    bool is_date;
    unsigned phonetic_depth;
    ef_buffer out;
    size_t out_at, out_ready, row_start;
    uint64_t given;
    bool is_done;
} xlsx;

static char type_of(const char *type)
{
    if (type == NULL || strcmp(type, "n") == 0)
        return 'n';
    if (strcmp(type, "inlineStr") == 0)
        return 'i';
    bool is_letter =
        strcmp(type, "s") == 0 || strcmp(type, "b") == 0 || strcmp(type, "e") == 0;
    return is_letter ? type[0] : 't'; /* "str" and "d" are texts as they stand */
}

/* Cells may leave out where they are: then they follow the one before. */
static void start_cell(xlsx *x, ef_xml *xml, const char **attributes)
{
    const char *reference = ef_xml_attribute(attributes, "r");
    int column = reference == NULL ? x->column + 1 : ef_xlsx_column(reference);
    if (column <= x->column || column >= EF_XLSX_COLUMNS)
        ef_xml_fail(xml, EF_ERR_FORMAT, "has a cell with a wrong reference");
    else
        x->column = column;
    x->type = type_of(ef_xml_attribute(attributes, "t"));
    x->is_date = ef_xlsx_book_is_date(&x->book, ef_xml_attribute(attributes, "s"));
    x->phonetic_depth = 0;
    ef_buffer_reset(&xml->text);
}

/* Opens the cell's place in the row. */
static void place_cell(xlsx *x)
{
    for (; x->commas < x->column; x->commas++)
        ef_buffer_append_byte(&x->out, ',');
}

static void put_text(xlsx *x, ef_slice text)
{
    if (text.size == 0)
        return;
    place_cell(x);
    ef_xlsx_append_text(&x->out, text);
}

static void put_number(xlsx *x, ef_slice text)
{
    place_cell(x);
    if (x->is_date && ef_xlsx_append_date(&x->out, text, x->book.is_1904))
        return;
    bool is_plain = true;
    for (size_t i = 0; i < text.size; i++)
        is_plain &= memchr("0123456789+-.eE", text.data[i], 15) != NULL;
    if (is_plain)
        ef_buffer_append_slice(&x->out, text);
    else
        ef_xlsx_append_text(&x->out, text);
}

/* Writes the cell. An error value such as #N/A says nothing and stays empty. */
static void end_cell(xlsx *x, ef_xml *xml)
{
    ef_slice text = { xml->text.data, xml->text.size };
    if (text.size == 0 || x->type == 'e')
        return;
    if (x->type == 's' && !ef_xlsx_book_string(&x->book, text, &text)) {
        ef_xml_fail(xml, EF_ERR_FORMAT, "has a cell that names a text which is not there");
        return;
    }
    if (x->type == 'b')
        put_text(
            x, ef_slice_of(text.data[0] == '1' || text.data[0] == 't' ? "true" : "false"));
    else if (x->type == 'n')
        put_number(x, text);
    else
        put_text(x, text);
    if (x->out.failed)
        ef_xml_fail_memory(xml);
    else if (x->out.size - x->row_start > ROW_LIMIT)
        ef_xml_fail(xml, EF_ERR_LIMIT, "has a row of more than 16 MiB");
}

static void start_row(xlsx *x, ef_xml *xml, const char **attributes)
{
    const char *number = ef_xml_attribute(attributes, "r");
    uint64_t row = number == NULL ? xml->row + 1 : strtoul(number, NULL, 10);
    if (row <= xml->row || row > EF_XLSX_ROWS)
        ef_xml_fail(xml, EF_ERR_FORMAT, "has a row with a wrong number");
    xml->row = row;
    x->column = -1;
    x->commas = 0;
    x->row_start = x->out.size;
}

static void end_row(xlsx *x, ef_xml *xml)
{
    if (x->out.size == x->row_start)
        return;
    if (x->commas > x->width)
        x->width = x->commas;
    for (; x->commas < x->width; x->commas++)
        ef_buffer_append_byte(&x->out, ',');
    if (!ef_buffer_append_byte(&x->out, '\n'))
        ef_xml_fail_memory(xml);
    x->out_ready = x->out.size;
    if (x->out_ready >= OUT_SIZE)
        ef_xml_halt(xml);
}

static void start_in_sheet(ef_xml *xml, const char *name, const char **attributes)
{
    xlsx *x = xml->user;
    if (strcmp(name, "row") == 0)
        start_row(x, xml, attributes);
    else if (strcmp(name, "c") == 0)
        start_cell(x, xml, attributes);
    else if (x->type == 'i')
        ef_xlsx_text_start(xml, &x->phonetic_depth, name);
    else if (strcmp(name, "v") == 0)
        xml->is_collecting = true;
}

static void end_in_sheet(ef_xml *xml, const char *name)
{
    xlsx *x = xml->user;
    if (strcmp(name, "v") == 0)
        xml->is_collecting = false;
    else if (strcmp(name, "row") == 0)
        end_row(x, xml);
    else if (strcmp(name, "c") == 0)
        end_cell(x, xml);
    else
        ef_xlsx_text_end(xml, &x->phonetic_depth, name);
}

static const ef_xml_handler sheet_handler = { start_in_sheet, end_in_sheet };

/* Opens the archive, or opens it again, at its beginning. */
static ef_status open_archive(xlsx *x)
{
    ef_source *source = x->copy != NULL ? x->copy : x->below;
    ef_archive_close(x->archive);
    x->archive = NULL;
    if (source->seek(source, 0, SEEK_SET) != 0)
        return ef_error_set(&x->xml.failure, EF_ERR_IO, "cannot read '%s' a second time",
                            x->below->label);
    return ef_archive_open(&x->archive, EF_ARCHIVE_ZIP, source, &x->xml.failure);
}

/* Moves to the beginning of the sheet. */
static ef_status open_sheet(xlsx *x)
{
    ef_status status = open_archive(x);
    while (status == EF_OK &&
           (status = ef_archive_next(x->archive, &x->xml.failure)) == EF_OK)
        if (ef_xlsx_is_path(ef_archive_path(x->archive), x->book.path)) {
            x->xml.user = x;
            return ef_xml_begin(&x->xml, &sheet_handler);
        }
    if (status != EF_END)
        return status;
    ef_xml_fail(&x->xml, EF_ERR_FORMAT, "has lost its first sheet");
    return x->xml.failure.status;
}

/* Keeps what cannot be read twice. */
static ef_status copy_below(xlsx *x)
{
    ef_status status = EF_OK;
    while (status == EF_OK) {
        size_t got = 0;
        if (x->copied.size > COPY_LIMIT) {
            ef_xml_fail(&x->xml, EF_ERR_LIMIT,
                        "has more than 256 MiB: unpack or save it first");
            return x->xml.failure.status;
        }
        if (!ef_buffer_reserve(&x->copied, COPY_STEP))
            return ef_error_memory(&x->xml.failure);
        status = x->below->read(x->below, x->copied.data + x->copied.size, COPY_STEP, true,
                                &got, &x->xml.failure);
        x->copied.size += status == EF_OK ? got : 0;
    }
    if (status != EF_END)
        return status;
    return ef_source_memory_open(&x->copy, (ef_slice){ x->copied.data, x->copied.size },
                                 x->below->label, &x->xml.failure);
}

static ef_status set_label(xlsx *x)
{
    ef_buffer_append_text(&x->label, x->below->label);
    ef_buffer_append_byte(&x->label, ':');
    ef_buffer_append_text(&x->label, x->book.name);
    if (x->label.failed)
        return ef_error_memory(&x->xml.failure);
    x->source.label = x->xml.label = ef_buffer_text(&x->label);
    x->source.note = x->book.note;
    return EF_OK;
}

static ef_status prepare(xlsx *x)
{
    bool can_seek = x->below->seek != NULL && x->below->seek(x->below, 0, SEEK_SET) == 0;
    ef_status status = can_seek ? EF_OK : copy_below(x);
    if (status == EF_OK)
        status = open_archive(x);
    if (status == EF_OK)
        status = ef_xlsx_book_read(&x->book, &x->xml, x->archive);
    if (status == EF_OK)
        status = set_label(x);
    return status == EF_OK ? open_sheet(x) : status;
}

/* Makes more rows ready, if there are more. */
static void make_rows(xlsx *x)
{
    size_t half = x->out.size - x->out_ready;
    if (half > 0)
        memmove(x->out.data, x->out.data + x->out_ready, half);
    x->out.size = half;
    x->out_at = x->out_ready = x->row_start = 0;
    x->is_done = ef_xml_parse(&x->xml, x->archive) != EF_OK;
    if (ef_source_is_bomb(x->given + x->out_ready, x->below->stored(x->below))) {
        ef_xml_fail(&x->xml, EF_ERR_LIMIT, "unpacks to more than 1000 times its size");
        x->is_done = true;
    }
}

static ef_status read_xlsx(ef_source *source, uint8_t *p, size_t n, bool wait, size_t *got,
                           ef_error *error)
{
    (void)wait; /* a workbook from a pipe has been waited for */
    xlsx *x = (xlsx *)source;
    assert(n > 0);
    while (x->out_at == x->out_ready) {
        if (x->is_done && x->xml.failure.status == EF_OK)
            return EF_END;
        if (x->is_done) {
            if (error != NULL)
                *error = x->xml.failure;
            return x->xml.failure.status;
        }
        make_rows(x);
    }
    size_t left = x->out_ready - x->out_at;
    *got = left < n ? left : n;
    memcpy(p, x->out.data + x->out_at, *got);
    x->out_at += *got;
    x->given += *got;
    return EF_OK;
}

static void close_xlsx(ef_source *source)
{
    xlsx *x = (xlsx *)source;
    ef_archive_close(x->archive);
    if (x->copy != NULL)
        x->copy->close(x->copy);
    x->below->close(x->below);
    ef_xml_release(&x->xml);
    ef_xlsx_book_release(&x->book);
    ef_buffer_release(&x->copied);
    ef_buffer_release(&x->label);
    ef_buffer_release(&x->out);
    free(x);
}

static uint64_t stored(const ef_source *source)
{
    const xlsx *x = (const xlsx *)source;
    return x->below->stored(x->below);
}

static ef_status open_xlsx(ef_source **source, ef_source *below, ef_error *error)
{
    *source = NULL;
    xlsx *x = calloc(1, sizeof *x);
    if (x == NULL) {
        below->close(below);
        return ef_error_memory(error);
    }
    x->source = (ef_source){ .kind = &ef_source_kind_xlsx,
                             .read = read_xlsx,
                             .close = close_xlsx,
                             .stored = stored,
                             .label = below->label,
                             .encoding = "utf-8" };
    x->below = below;
    x->xml.label = below->label;
    x->column = -1;
    x->type = 'n';
    ef_status status = prepare(x);
    if (status == EF_OK) {
        *source = &x->source;
        return EF_OK;
    }
    if (error != NULL)
        *error = x->xml.failure;
    close_xlsx(&x->source);
    return status;
}

/* What Office, LibreOffice and the usual libraries put first into a workbook. */
static bool recognizes(ef_slice head)
{
    static const char *const first[] = { "[Content_Types].xml", "_rels/", "docProps/",
                                         "xl/", "customXml/" };
    enum { NAME_AT = 30 };
    if (head.size < NAME_AT || memcmp(head.data, "PK\x03\x04", 4) != 0)
        return false;
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) {
        size_t size = strlen(first[i]);
        if (head.size >= NAME_AT + size && memcmp(head.data + NAME_AT, first[i], size) == 0)
            return true;
    }
    return false;
}

const ef_source_kind ef_source_kind_xlsx = {
    .name = "xlsx",
    .summary = "the first sheet of an Excel workbook",
    .recognizes = recognizes,
    .open = open_xlsx,
    .is_usable = ef_archive_is_usable,
};
