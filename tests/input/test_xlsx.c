/* SPDX-License-Identifier: MIT */
#include "sources.h"
#include "zip_maker.h"

#include <stdio.h>

#include "base/error.h"

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

static const char workbook[] =
    XML "<workbook xmlns:r=\"r\"><workbookPr/><sheets>"
        "<sheet name=\"Chart\" sheetId=\"7\" r:id=\"rId9\"/>"
        "<sheet name=\"Old\" sheetId=\"3\" state=\"hidden\" r:id=\"rId1\"/>"
        "<sheet name=\"Data &amp; more\" sheetId=\"1\" r:id=\"rId2\"/>"
        "</sheets></workbook>";
static const char relations[] = XML
    "<Relationships>"
    "<Relationship Id=\"rId1\" Type=\"http://x/worksheet\" "
    "Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"http://x/worksheet\" "
    "Target=\"/xl/worksheets/tab.xml\"/>"
    "<Relationship Id=\"rId9\" Type=\"http://x/chartsheet\" Target=\"chartsheets/c.xml\"/>"
    "</Relationships>";
static const char styles[] = XML
    "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"dd.mm.yyyy\"/></numFmts>"
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/></cellXfs>"
    "</styleSheet>";
static const char strings[] =
    XML "<sst><si><t>id</t></si><si><t>text</t></si>"
        "<si><r><t>Nice </t></r><r><t xml:space=\"preserve\">and \"warm\" </t></r></si>"
        "<si><t>東京</t><rPh sb=\"0\" "
        "eb=\"2\"><t>トウキョウ</t></rPh></si><si><t></t></si></sst>";

/* A workbook of these parts around a sheet's rows, in an unusual order. */
static void make(zip_maker *zip, const char *rows)
{
    ef_buffer sheet = { 0 };
    ef_buffer_printf(&sheet, XML "<worksheet><sheetData>%s</sheetData></worksheet>", rows);
    zip_add(zip, "xl/worksheets/tab.xml", ef_buffer_text(&sheet));
    zip_add(zip, "xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>");
    zip_add(zip, "xl/sharedStrings.xml", strings);
    zip_add(zip, "xl/styles.xml", styles);
    zip_add(zip, "xl/_rels/workbook.xml.rels", relations);
    zip_add(zip, "xl/workbook.xml", workbook);
    zip_end(zip);
    ef_buffer_release(&sheet);
}

/* Reads a workbook, from memory or as a pipe gives it, step bytes at a time. */
static ef_status read_book(ef_slice bytes, size_t step, ef_buffer *out, ef_error *error)
{
    ef_source *source = NULL;
    if (step == 0)
        ef_source_memory_open(&source, bytes, "drip", error);
    else
        source = drip_open(bytes, step, EF_END);
    ef_status status = ef_source_unwrap(&source, error);
    if (status != EF_OK)
        return status;
    status = drain(source, out, step == 0 ? 4096 : 1 + step % 17, true, error);
    source->close(source);
    return status;
}

static void expect(const char *rows, const char *csv)
{
    zip_maker zip = { 0 };
    make(&zip, rows);
    for (size_t step = 0; step < 600; step = step * 3 + 1) {
        ef_buffer out = { 0 };
        ef_error error = { 0 };
        ef_slice bytes = { zip.bytes.data, zip.bytes.size };
        cr_expect_eq(read_book(bytes, step, &out, &error), EF_END, "%s", error.message);
        cr_expect_str_eq(ef_buffer_text(&out), csv);
        ef_buffer_release(&out);
    }
    ef_buffer_release(&zip.bytes);
}

static void expect_error(const char *rows, ef_status status, const char *says)
{
    zip_maker zip = { 0 };
    ef_buffer out = { 0 };
    ef_error error = { 0 };
    make(&zip, rows);
    ef_slice bytes = { zip.bytes.data, zip.bytes.size };
    cr_expect_eq(read_book(bytes, 0, &out, &error), status);
    cr_expect_not_null(strstr(error.message, says), "%s", error.message);
    ef_buffer_release(&out);
    ef_buffer_release(&zip.bytes);
}

Test(xlsx, reads_a_workbook_as_a_library_writes_it)
{
    ef_source *source;
    ef_error error = { 0 };
    ef_buffer out = { 0 };
    cr_assert_eq(ef_source_file_open(&source, "tests/data/sources/reviews.xlsx", &error),
                 EF_OK);
    cr_assert_eq(ef_source_unwrap(&source, &error), EF_OK, "%s", error.message);
    cr_expect_str_eq(source->label, "tests/data/sources/reviews.xlsx:Reviews");
    cr_expect_str_eq(source->note, "other sheets are not read: 'Hinweise', 'Totals'");
    cr_assert_eq(ef_source_decode(&source, "cp1252", NULL, &error), EF_OK);
    cr_expect_str_eq(source->encoding, "utf-8");
    cr_expect_not_null(source->note);
    cr_expect_eq(drain(source, &out, 100, true, &error), EF_END);
    cr_expect_str_eq(ef_buffer_text(&out),
                     "\"id\",\"text\",\"stars\",\"date\",\"answered\"\n"
                     "1,\"Lovely, \"\"really\"\" lovely\",5,2026-03-01,\"true\"\n"
                     "2,\"Late again\nand cold\",1.5,2026-03-02T18:30:15,\"false\"\n"
                     "3,,,,\n"
                     "4,\"Fine – merci 😀\",,09:05:00,\n");
    source->close(source);
    ef_buffer_release(&out);
}

Test(xlsx, finds_the_first_visible_sheet_through_its_relations)
{
    zip_maker zip = { 0 };
    ef_error error = { 0 };
    make(&zip, "<row><c t=\"s\"><v>0</v></c></row>");
    ef_source *source = drip_open((ef_slice){ zip.bytes.data, zip.bytes.size }, 99, EF_END);
    cr_assert_eq(ef_source_unwrap(&source, &error), EF_OK, "%s", error.message);
    cr_expect_str_eq(source->label, "drip:Data & more");
    cr_expect_str_eq(source->note, "other sheets are not read: 'Chart', 'Old'");
    cr_expect_eq(ef_source_next_member(source, &error), EF_END);
    source->close(source);
    ef_buffer_release(&zip.bytes);
}

Test(xlsx, knows_every_type_of_cell)
{
    expect("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" "
           "t=\"s\"><v>1</v></c></row>"
           "<row r=\"2\"><c r=\"A2\"><v>1E-3</v></c><c r=\"B2\" t=\"s\"><v>2</v></c></row>"
           "<row r=\"3\"><c r=\"A3\" t=\"b\"><v>1</v></c><c r=\"B3\" "
           "t=\"s\"><v>3</v></c></row>"
           "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>a,b</t></is></c>"
           "<c r=\"B4\" t=\"str\"><f>A1&amp;\"x\"</f><v>idx</v></c></row>"
           "<row r=\"5\"><c r=\"A5\" t=\"e\"><v>#N/A</v></c><c r=\"B5\" "
           "s=\"1\"><v>46082</v></c></row>"
           "<row r=\"6\"><c r=\"A6\" s=\"2\"><v>46082.5</v></c>"
           "<c r=\"B6\" t=\"d\"><v>2026-03-01</v></c></row>"
           "<row r=\"7\"><c r=\"A7\" s=\"2\"><v>-3</v></c><c r=\"B7\" "
           "s=\"9\"><f>1+1</f><v>2</v></c></row>",
           "\"id\",\"text\"\n1E-3,\"Nice and \"\"warm\"\" \"\n\"true\",\"東京\"\n"
           "\"a,b\",\"idx\"\n,2026-03-01\n2026-03-01T12:00:00,\"2026-03-01\"\n-3,2\n");
}

Test(xlsx, fills_gaps_and_leaves_out_empty_rows)
{
    expect("<row r=\"2\"><c r=\"B2\"><v>1</v></c></row>"
           "<row r=\"3\"/><row r=\"4\"><c r=\"A4\" s=\"1\"/><c r=\"C4\" "
           "t=\"s\"><v>4</v></c></row>"
           "<row r=\"9\"><c r=\"A9\"><v>2</v></c><c r=\"D9\"><v>3</v></c></row>"
           "<row r=\"12\"><c r=\"A12\"><v>4</v></c></row>",
           ",1\n2,,,3\n4,,,\n");
}

Test(xlsx, counts_cells_and_rows_that_do_not_say_where_they_are)
{
    expect("<row><c><v>1</v></c><c><v>2</v></c></row><row><c "
           "r=\"B2\"><v>3</v></c><c><v>4</v></c></row>",
           "1,2\n,3,4\n");
}

Test(xlsx, reads_elements_with_a_prefix)
{
    zip_maker zip = { 0 };
    ef_buffer out = { 0 };
    ef_error error = { 0 };
    zip_add(&zip, "[Content_Types].xml", "<Types/>");
    zip_add(&zip, "xl/Workbook.xml",
            "<x:workbook xmlns:x=\"m\" xmlns:r=\"r\"><x:sheets>"
            "<x:sheet name=\"S\" sheetId=\"1\" r:id=\"a\"/></x:sheets></x:workbook>");
    zip_add(&zip, "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"s.xml\"/>"
            "</Relationships>");
    zip_add(
        &zip, "xl/s.xml",
        "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row><x:c t=\"inlineStr\"><x:is><x:t>hi"
        "</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>");
    zip_end(&zip);
    ef_slice bytes = { zip.bytes.data, zip.bytes.size };
    cr_expect_eq(read_book(bytes, 0, &out, &error), EF_END, "%s", error.message);
    cr_expect_str_eq(ef_buffer_text(&out), "\"hi\"\n");
    ef_buffer_release(&out);
    ef_buffer_release(&zip.bytes);
}

Test(xlsx, gives_many_rows_in_order)
{
    enum { ROWS = 20000 };
    ef_buffer rows = { 0 }, csv = { 0 }, out = { 0 };
    zip_maker zip = { 0 };
    ef_error error = { 0 };
    for (int i = 1; i <= ROWS; i++) {
        ef_buffer_printf(
            &rows, "<row r=\"%d\"><c><v>%d</v></c><c t=\"s\"><v>2</v></c></row>", i, i);
        ef_buffer_printf(&csv, "%d,\"Nice and \"\"warm\"\" \"\n", i);
    }
    make(&zip, ef_buffer_text(&rows));
    ef_slice bytes = { zip.bytes.data, zip.bytes.size };
    cr_expect_eq(read_book(bytes, 4000, &out, &error), EF_END, "%s", error.message);
    cr_expect(out.size == csv.size && memcmp(out.data, csv.data, out.size) == 0);
    ef_buffer_release(&rows);
    ef_buffer_release(&csv);
    ef_buffer_release(&out);
    ef_buffer_release(&zip.bytes);
}

Test(xlsx, refuses_wrong_references)
{
    expect_error("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>", EF_ERR_FORMAT, "(row 1)");
    expect_error("<row r=\"1\"><c r=\"XFE1\"/></row>", EF_ERR_FORMAT, "wrong reference");
    expect_error("<row r=\"2\"/><row r=\"1\"/>", EF_ERR_FORMAT, "wrong number");
    expect_error("<row r=\"1048577\"/>", EF_ERR_FORMAT, "wrong number");
    expect_error("<row><c t=\"s\"><v>5</v></c></row>", EF_ERR_FORMAT, "not there");
    expect_error("<row><c t=\"s\"><v>-1</v></c></row>", EF_ERR_FORMAT, "not there");
    expect_error("<row><c t=\"s\"><v>99999999999999999999</v></c></row>", EF_ERR_FORMAT,
                 "not there");
}

Test(xlsx, gives_whole_rows_before_an_error)
{
    zip_maker zip = { 0 };
    ef_buffer out = { 0 };
    ef_error error = { 0 };
    make(&zip, "<row><c><v>1</v></c></row><row><c><v>2</v></c><c></row>");
    ef_slice bytes = { zip.bytes.data, zip.bytes.size };
    cr_expect_eq(read_book(bytes, 0, &out, &error), EF_ERR_FORMAT);
    cr_expect_str_eq(ef_buffer_text(&out), "1\n");
    cr_expect_eq(error.line, 2);
    cr_expect_not_null(strstr(error.message, "mismatched tag"), "%s", error.message);
    ef_buffer_release(&out);
    ef_buffer_release(&zip.bytes);
}

/* A workbook of one evil part. */
static void expect_evil(const char *path, const char *part, ef_status status,
                        const char *says)
{
    zip_maker zip = { 0 };
    ef_buffer out = { 0 };
    ef_error error = { 0 };
    zip_add(&zip, path, part);
    make(&zip, "<row><c><v>1</v></c></row>");
    ef_slice bytes = { zip.bytes.data, zip.bytes.size };
    cr_expect_eq(read_book(bytes, 0, &out, &error), status);
    cr_expect_not_null(strstr(error.message, says), "%s", error.message);
    ef_buffer_release(&out);
    ef_buffer_release(&zip.bytes);
}

Test(xlsx, refuses_document_types_and_their_entities)
{
    expect_evil("xl/sharedStrings.xml",
                "<!DOCTYPE sst [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
                "<sst><si><t>&b;</t></si></sst>",
                EF_ERR_FORMAT, "document type");
    expect_evil("xl/styles.xml", "<!DOCTYPE s SYSTEM \"file:///etc/passwd\"><s>&x;</s>",
                EF_ERR_FORMAT, "document type");
    expect_evil("xl/styles.xml", "<s>&x;</s>", EF_ERR_FORMAT, "undefined entity");
    expect_evil("xl/worksheets/tab.xml", "<!DOCTYPE x><worksheet/>", EF_ERR_FORMAT,
                "document type");
}

Test(xlsx, limits_depth_texts_rows_and_output)
{
    enum { DEEP = 100, LONG = (1 << 20) + 1, CELLS = 16000 };
    ef_buffer part = { 0 };
    for (int i = 0; i < DEEP; i++)
        ef_buffer_append_text(&part, "<s>");
    expect_evil("xl/styles.xml", ef_buffer_text(&part), EF_ERR_LIMIT, "64 deep");
    ef_buffer_reset(&part);
    ef_buffer_append_text(&part, "<sst><si><t>");
    for (int i = 0; i < LONG; i++)
        ef_buffer_append_byte(&part, (uint8_t)('a' + i % 25));
    ef_buffer_append_text(&part, "</t></si></sst>");
    expect_evil("xl/sharedStrings.xml", ef_buffer_text(&part), EF_ERR_LIMIT, "1 MiB");
    part.size -= strlen("xx</t></si></sst>");
    ef_buffer_append_text(&part, "</t></si></sst>");

    zip_maker zip = { 0 };
    ef_buffer rows = { 0 }, out = { 0 };
    ef_error error = { 0 };
    zip_add(&zip, "xl/sharedStrings.xml", ef_buffer_text(&part));
    ef_buffer_append_text(&rows, "<row>");
    for (int i = 0; i < CELLS; i++)
        ef_buffer_append_text(&rows, "<c t=\"s\"><v>0</v></c>");
    ef_buffer_append_text(&rows, "</row>");
    make(&zip, ef_buffer_text(&rows));
    ef_slice bytes = { zip.bytes.data, zip.bytes.size };
    cr_expect_eq(read_book(bytes, 0, &out, &error), EF_ERR_LIMIT);
    cr_expect_not_null(strstr(error.message, "16 MiB"), "%s", error.message);
    ef_buffer_release(&zip.bytes);

    zip_maker bomb = { 0 };
    zip_add(&bomb, "xl/sharedStrings.xml", ef_buffer_text(&part));
    ef_buffer_reset(&rows);
    for (int i = 0; i < CELLS; i++)
        ef_buffer_append_text(&rows, "<row><c t=\"s\"><v>0</v></c></row>");
    make(&bomb, ef_buffer_text(&rows));
    bytes = (ef_slice){ bomb.bytes.data, bomb.bytes.size };
    ef_source *source;
    cr_assert_eq(ef_source_memory_open(&source, bytes, "bomb", &error), EF_OK);
    cr_assert_eq(ef_source_unwrap(&source, &error), EF_OK);
    uint8_t *room = malloc(LONG);
    size_t got, total = 0;
    ef_status status;
    while ((status = source->read(source, room, LONG, true, &got, &error)) == EF_OK)
        total += got;
    cr_expect_eq(status, EF_ERR_LIMIT);
    cr_expect(total > EF_BOMB_FREE / 2 && total < (size_t)EF_BOMB_FREE * 2);
    source->close(source);
    free(room);
    ef_buffer_release(&bomb.bytes);
    ef_buffer_release(&rows);
    ef_buffer_release(&out);
    ef_buffer_release(&part);
}

Test(xlsx, names_the_other_documents_of_office)
{
    static const struct {
        const char *path, *says;
    } cases[] = { { "word/document.xml", "Office document" },
                  { "ppt/presentation.xml", "Office document" },
                  { "xl/workbook.bin", "Office document" },
                  { "xl/theme.xml", "no sheet" } };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        zip_maker zip = { 0 };
        ef_buffer out = { 0 };
        ef_error error = { 0 };
        zip_add(&zip, "[Content_Types].xml", "<Types/>");
        zip_add(&zip, cases[i].path, "<x/>");
        zip_end(&zip);
        ef_slice bytes = { zip.bytes.data, zip.bytes.size };
        cr_expect_eq(read_book(bytes, 0, &out, &error), EF_ERR_FORMAT);
        cr_expect_not_null(strstr(error.message, cases[i].says), "%s", error.message);
        ef_buffer_release(&zip.bytes);
    }
}

Test(xlsx, ends_at_every_cut_with_an_error)
{
    zip_maker zip = { 0 };
    make(&zip, "<row><c t=\"s\"><v>2</v></c><c s=\"1\"><v>46082</v></c></row>");
    for (size_t size = 40; size < zip.bytes.size; size++) {
        for (size_t step = 0; step < 100; step += 77) {
            ef_buffer out = { 0 };
            ef_error error = { 0 };
            uint8_t *cut = malloc(size);
            memcpy(cut, zip.bytes.data, size);
            ef_status status = read_book((ef_slice){ cut, size }, step, &out, &error);
            bool is_whole = strcmp(ef_buffer_text(&out),
                                   "\"Nice and \"\"warm\"\" \",2026-03-01\n") == 0;
            cr_expect(status != EF_END || is_whole, "at %zu: %s", size,
                      ef_buffer_text(&out));
            ef_buffer_release(&out);
            free(cut);
        }
    }
    ef_buffer_release(&zip.bytes);
}

Test(xlsx, survives_every_flipped_bit)
{
    zip_maker zip = { 0 };
    make(&zip, "<row><c t=\"s\"><v>2</v></c><c s=\"1\"><v>46082</v></c></row>");
    for (size_t bit = 0; bit < zip.bytes.size * 8; bit += 3) {
        ef_buffer out = { 0 };
        ef_error error = { 0 };
        zip.bytes.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        read_book((ef_slice){ zip.bytes.data, zip.bytes.size }, 0, &out, &error);
        zip.bytes.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        ef_buffer_release(&out);
    }
    ef_buffer_release(&zip.bytes);
}
