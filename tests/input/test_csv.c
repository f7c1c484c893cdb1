/* SPDX-License-Identifier: MIT
 * test_csv.c - delimited records: quotes, line ends, ragged rows, limits, cuts. */
#include <criterion/criterion.h>

#include "input/delimited.h"
#include "rows.h"

static void check(const char *text, const ef_reader_options *options, const char *wanted)
{
    rows it;
    rows_all(&it, &ef_format_csv, text, options);
    cr_assert_eq(it.status, EF_OK, "%s", it.error.message);
    cr_assert_str_eq(ef_buffer_text(&it.text), wanted);
    rows_release(&it);
}

Test(csv, keeps_newline_inside_quotes)
{
    check("id;rating;date;text\n17;4;03/11/2024;\"says \"\"ok\"\",\ntwo lines\"\n18;5;;x\n",
          NULL,
          "2@20: [17|4|03/11/2024|says \"ok\",\ntwo lines] text=says \"ok\",\ntwo lines "
          "id=17 "
          "rating=5000 time=1730592000000\n"
          "4@61: [18|5||x] text=x id=18 rating=10000\n");
}

Test(csv, ends_records_at_lf_crlf_and_lone_cr)
{
    check("id,text\r\n1,a\n2,b\r3,c\r\n\r\n\n4,d", NULL,
          "2@9: [1|a] text=a id=1\n3@13: [2|b] text=b id=2\n3@17: [3|c] text=c id=3\n"
          "6@25: [4|d] text=d id=4\n");
}

Test(csv, takes_a_quote_inside_an_unquoted_field_as_text)
{
    check("id,text\n1,it is 5\" wide\n2,\"a \"\"b\"\", c\"\n", NULL,
          "2@8: [1|it is 5\" wide] text=it is 5\" wide id=1\n"
          "3@24: [2|a \"b\", c] text=a \"b\", c id=2\n");
}

Test(csv, keeps_quoting_where_free_quotes_stand_beside_good_ones)
{
    check("id,text\n1,the 5\" screen\n2,\"a \"\"b\"\" c\"\n3,he said \"no way\" to me\n",
          NULL,
          "2@8: [1|the 5\" screen] text=the 5\" screen id=1\n"
          "3@24: [2|a \"b\" c] text=a \"b\" c id=2\n"
          "4@38: [3|he said \"no way\" to me] text=he said \"no way\" to me id=3\n");
}

Test(csv, joins_what_follows_a_closing_quote)
{
    check("id,text\n1,\"so\" she said\n2,\"a, b\"\n3,\"c, d\"\n", NULL,
          "2@8: [1|so she said] text=so she said id=1\n3@24: [2|a, b] text=a, b id=2\n"
          "4@33: [3|c, d] text=c, d id=3\n");
}

Test(csv, tolerates_backslash_quotes_when_the_cells_fit)
{
    check("title,body,rating\nok,\"he said \\\"fine, thanks\\\", then left\",4\nno,\"a, "
          "b\",1\n",
          NULL,
          "2@18: [ok|he said \"fine, thanks\", then left|4] text=ok\n\nhe said \"fine, "
          "thanks\", then left rating=5000\n3@61: [no|a, b|1] text=no\n\na, b "
          "rating=-10000\n");
}

Test(csv, leaves_a_backslash_alone_where_quotes_are_doubled)
{
    check("id,text\n1,\"C:\\\"\n2,\"a \"\"b\"\"\"\n", NULL,
          "2@8: [1|C:\\] text=C:\\ id=1\n3@16: [2|a \"b\"] text=a \"b\" id=2\n");
}

Test(csv, fills_missing_cells_and_keeps_surplus_ones)
{
    rows it;
    rows_all(&it, &ef_format_csv, "id,text,rating\n1,a\n2,b,3,x,y\n3,c,4\n", NULL);
    cr_assert_str_eq(ef_buffer_text(&it.text), "2@15: [1|a|] text=a id=1\n"
                                               "3@19: [2|b|3|x|y] text=b id=2 rating=0\n"
                                               "4@29: [3|c|4] text=c id=3 rating=5000\n");
    cr_assert_eq(it.cursor.counts.ragged, 2);
    cr_assert_eq(it.cursor.counts.records, 3);
    rows_release(&it);
}

Test(csv, gives_the_record_as_written_without_its_line_end)
{
    static const char text[] = "id,text\r\n1,\"a\"\"b\"\r\n";
    rows it;
    rows_open(&it, &ef_format_csv, ef_slice_of(text), NULL);
    ef_block block = { .line = 1, .layout = &it.layout };
    ef_buffer_append_text(&block.bytes, text);
    ef_cursor_start(&it.cursor, &block, ef_kernels_select(NULL), NULL, NULL);
    ef_record record;
    cr_assert_eq(ef_cursor_next(&it.cursor, &record, NULL), EF_OK);
    cr_assert_eq(record.raw.size, 8);
    cr_assert_arr_eq(record.raw.data, "1,\"a\"\"b\"", 8);
    cr_assert_eq(ef_cursor_next(&it.cursor, &record, NULL), EF_END);
    ef_buffer_release(&block.bytes);
    rows_release(&it);
}

Test(csv, reads_a_sep_line_and_does_not_take_it_as_data)
{
    rows it;
    rows_all(&it, &ef_format_csv, "sep=|\nid|text\n1|a, b; c\n", NULL);
    cr_assert_str_eq(ef_buffer_text(&it.text), "3@14: [1|a, b; c] text=a, b; c id=1\n");
    cr_assert(it.layout.first_is_sep);
    rows_release(&it);
}

Test(csv, loses_one_line_to_a_quote_that_nothing_closes)
{
    rows it;
    rows_all(&it, &ef_format_csv, "id,text\n1,\"a\"\n2,\"open\n3,b\n4,c\n", NULL);
    cr_assert_str_eq(ef_buffer_text(&it.text),
                     "2@8: [1|a] text=a id=1\n4@22: [3|b] text=b id=3\n"
                     "5@26: [4|c] text=c id=4\n");
    cr_assert_str_eq(ef_buffer_text(&it.errors), "in:3:3: unterminated quote\n");
    cr_assert_eq(it.cursor.counts.rejected, 1);
    rows_release(&it);
}

Test(csv, tells_where_a_record_with_an_open_quote_began)
{
    ef_reader_options options = { .quote = '"' };
    rows it;
    rows_all(&it, &ef_format_csv, "id,text,note\n1,\"a\nb\",\"open\n3,b,c\n", &options);
    cr_assert_str_eq(ef_buffer_text(&it.errors),
                     "in:2:3: unterminated quote\nin:3:4: unterminated quote\n");
    rows_release(&it);
}

Test(csv, goes_on_behind_a_record_over_the_limit)
{
    ef_reader_options options = { .max_record = 16, .quote = '"' };
    rows it;
    rows_all(&it, &ef_format_csv,
             "id,text\n1,a\n2,this is far too long\n3,\"b\nb\nb\nb\nb\nb\nb\nb\"\n4,c\n",
             &options);
    cr_assert(strstr(ef_buffer_text(&it.errors), "in:3:1: too long\n") != NULL);
    cr_assert(strstr(ef_buffer_text(&it.errors), "in:4:3: unterminated quote\n") != NULL);
    cr_assert(strstr(ef_buffer_text(&it.text), "12@55: [4|c] text=c id=4\n") != NULL, "%s",
              ef_buffer_text(&it.text));
    rows_release(&it);
}

Test(csv, rejects_a_record_of_too_many_fields)
{
    ef_buffer text = { NULL, 0, 0, false };
    ef_buffer_append_text(&text, "id,text\n1,a\n");
    for (int i = 0; i < EF_FIELD_LIMIT; i++)
        ef_buffer_append_byte(&text, ',');
    ef_buffer_append_text(&text, "\n2,b\n");
    rows it;
    rows_all(&it, &ef_format_csv, ef_buffer_text(&text), NULL);
    cr_assert_str_eq(ef_buffer_text(&it.errors), "in:3:1: too many fields\n");
    cr_assert_eq(it.cursor.counts.records, 2);
    rows_release(&it);
    ef_buffer_release(&text);
}

Test(csv, keeps_nul_bytes)
{
    static const char text[] = "id,text\n1,a\0b\n";
    ef_slice bytes = { (const uint8_t *)text, sizeof text - 1 };
    rows it;
    rows_open(&it, &ef_format_csv, bytes, NULL);
    rows_read(&it, bytes, SIZE_MAX, 0);
    cr_assert_eq(it.cursor.counts.records, 1);
    cr_assert_not_null(memmem(it.text.data, it.text.size, "[1|a\0b]", 7));
    rows_release(&it);
}

Test(csv, refuses_options_that_cannot_work)
{
    static const ef_reader_options bad[] = {
        { .delimiter = '\n' }, { .delimiter = '"' },    { .delimiter = ';', .quote = ';' },
        { .text = "nowhere" }, { .rating_scale = "5" }, { .date_order = "dym" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        rows it;
        rows_all(&it, &ef_format_csv, "id,text,rating\n1,a,2\n", &bad[i]);
        cr_assert_eq(it.status, EF_ERR_ARGUMENT, "option set %zu", i);
        rows_release(&it);
    }
}

Test(csv, keeps_the_options_of_the_user)
{
    ef_reader_options options = {
        .delimiter = ',', .quote = -1, .header_rows = -1, .text = "2", .rating = "1"
    };
    check("1,\"a\"\n2,b\n", &options,
          "1@0: [1|\"a\"] text=\"a\" rating=-10000\n2@6: [2|b] text=b rating=-5000\n");
    ef_reader_options quote = { .quote = '\'' };
    check("id,text\n1,'a, b'\n", &quote, "2@8: [1|a, b] text=a, b id=1\n");
}

Test(csv, reads_an_empty_input_without_records)
{
    static const char *const texts[] = { "id,text\n", "id,text", "\n\nid,text\n\n" };
    for (size_t i = 0; i < 3; i++)
        check(texts[i], NULL, "");
}

static const char *const samples[] = {
    "id;rating;date;text\n17;4;03/11/2024;\"says \"\"ok\"\",\ntwo "
    "lines\"\n18;2;04/11/2024;b\n",
    "sep=;\nid;text\n1;\"a\n\nb\"\n2;c\n",
    "id,text\n1,it's 5\" wide\n2,\"x\"\"\"\n3,\"\"\n4,\"\"\"\"\n5,a\"\"b\n\n6,\"y\"z\n",
    "a\tb\ttext\nUS\t1\tnice \"card\"\nUS\t2\t\"half\nUK\t3\tgood\n",
    "Respondent ID,How did we do?,,Anything else?\n,Overall,Speed,Open-Ended Response\n"
    "1,4,5,\"fine, really\"\n2,3,1,\"slow\nbut nice\"\n",
    "title,body,rating\nok,\"he said \\\"fine\\\"\",4\nno,\"a \\\\ b\",1\n",
    "id,text\n1,a\n2,\"open\n3,b\n4,\"also open\n5,c\n",
};
enum { SAMPLE_COUNT = sizeof samples / sizeof samples[0] };

static ef_slice with_line_ends(const char *text, const char *line_end, ef_buffer *buffer)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n')
            ef_buffer_append_text(buffer, line_end);
        else
            ef_buffer_append_byte(buffer, (uint8_t)*text);
    }
    return ef_buffer_slice(buffer);
}

static void compare_cuts(ef_slice bytes, size_t max_record)
{
    ef_reader_options options = { .max_record = max_record };
    rows whole;
    rows_open(&whole, &ef_format_csv, bytes, &options);
    cr_assert_eq(whole.status, EF_OK, "%s", whole.error.message);
    rows_read(&whole, bytes, SIZE_MAX, 0);
    for (size_t step = 0; step <= 7; step += 7)
        for (size_t first = 0; first <= bytes.size; first++) {
            rows part;
            rows_open(&part, &ef_format_csv, bytes, &options);
            rows_read(&part, bytes, first, step);
            cr_assert_str_eq(ef_buffer_text(&part.text), ef_buffer_text(&whole.text),
                             "cut at %zu, then by %zu, of %s", first, step,
                             (const char *)bytes.data);
            cr_assert_str_eq(ef_buffer_text(&part.errors), ef_buffer_text(&whole.errors));
            rows_release(&part);
        }
    rows_release(&whole);
}

Test(csv, gives_the_same_records_wherever_blocks_are_cut)
{
    static const char *const line_ends[] = { "\n", "\r\n", "\r" };
    for (size_t i = 0; i < SAMPLE_COUNT; i++)
        for (size_t j = 0; j < 3; j++) {
            ef_buffer buffer = { NULL, 0, 0, false };
            ef_slice bytes = with_line_ends(samples[i], line_ends[j], &buffer);
            compare_cuts(bytes, 0);
            compare_cuts(bytes, 30);
            bytes.size -= strlen(line_ends[j]); /* no final newline */
            compare_cuts(bytes, 0);
            ef_buffer_release(&buffer);
        }
}

Test(csv, gives_the_same_records_with_crlf)
{
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        ef_buffer buffer = { NULL, 0, 0, false };
        ef_slice bytes = with_line_ends(samples[i], "\r\n", &buffer);
        rows lf, crlf;
        rows_all(&lf, &ef_format_csv, samples[i], NULL);
        rows_open(&crlf, &ef_format_csv, bytes, NULL);
        rows_read(&crlf, bytes, SIZE_MAX, 0);
        cr_assert_eq(lf.cursor.counts.records, crlf.cursor.counts.records);
        cr_assert_eq(lf.cursor.counts.rejected, crlf.cursor.counts.rejected);
        rows_release(&lf);
        rows_release(&crlf);
        ef_buffer_release(&buffer);
    }
}

/* The layout is that of the whole: what a longer sample decided stays decided. */
Test(csv, keeps_complete_records_when_the_rest_is_cut_off)
{
    for (size_t i = 0; i < SAMPLE_COUNT - 1; i++) {
        ef_slice bytes = ef_slice_of(samples[i]);
        rows whole;
        rows_all(&whole, &ef_format_csv, samples[i], NULL);
        for (size_t size = 0; size < bytes.size; size++) {
            uint64_t state = 0;
            size_t complete = ef_format_csv.cut(&whole.layout, ef_kernels_select(NULL),
                                                bytes.data, size, false, &state);
            rows sure = { .layout = whole.layout }, cut = { .layout = whole.layout };
            rows_read(&sure, (ef_slice){ bytes.data, complete }, SIZE_MAX, 0);
            rows_read(&cut, (ef_slice){ bytes.data, size }, SIZE_MAX, 0);
            size_t n = sure.text.size;
            cr_assert_leq(n, cut.text.size);
            cr_assert_leq(n, whole.text.size);
            cr_assert(n == 0 || memcmp(sure.text.data, whole.text.data, n) == 0);
            cr_assert(n == 0 || memcmp(sure.text.data, cut.text.data, n) == 0);
            sure.layout = cut.layout = (ef_layout){ .format = &ef_format_csv };
            rows_release(&sure);
            rows_release(&cut);
        }
        rows_release(&whole);
    }
}

/* Opening a truncated sample decides anew; it may refuse, it may not crash. */
Test(csv, opens_every_truncation_of_a_sample)
{
    for (size_t i = 0; i < SAMPLE_COUNT; i++)
        for (size_t size = 0; size <= strlen(samples[i]); size++) {
            uint8_t *copy = malloc(size + 1);
            memcpy(copy, samples[i], size);
            ef_arena arena = { NULL };
            const char *why;
            for (int at_end = 0; at_end < 2; at_end++) {
                ef_slice bytes = { copy, size };
                rows it;
                ef_format_csv.sniff(&ef_format_csv, bytes, at_end, &arena, &why);
                ef_format_tsv.sniff(&ef_format_tsv, bytes, at_end, &arena, &why);
                rows_open(&it, at_end ? &ef_format_csv : &ef_format_tsv, bytes, NULL);
                rows_read(&it, bytes, SIZE_MAX, 0);
                rows_release(&it);
            }
            ef_arena_release(&arena);
            free(copy);
        }
}

/* Each line leaves a quote open for the next one, which a naive scanner would follow to the
 * limit once a line. */
Test(csv, takes_linear_time_when_every_line_opens_a_quote, .timeout = 20)
{
    ef_buffer text = { NULL, 0, 0, false };
    ef_buffer_append_text(&text, "id,text,note\n");
    for (int i = 0; i < 300000; i++)
        ef_buffer_append_text(&text, "x\",y,\"z\n");
    rows it;
    rows_open(&it, &ef_format_csv, ef_buffer_slice(&text),
              &(ef_reader_options){ .quote = '"' });
    cr_assert_eq(it.status, EF_OK, "%s", it.error.message);
    rows_read(&it, ef_buffer_slice(&text), 1 << 20, 1 << 20);
    cr_assert_gt(it.cursor.counts.rejected, 1000);
    rows_release(&it);
    ef_buffer_release(&text);
}

Test(csv, skips_to_the_next_line_when_one_does_not_fit_at_all)
{
    uint64_t state = 0;
    const uint8_t *p = (const uint8_t *)"abc\r\nx\ry";
    cr_assert_eq(ef_format_csv.skip(NULL, p, 3, &state), 0);
    cr_assert_eq(ef_format_csv.skip(NULL, p, 8, &state), 5);
    cr_assert_eq(ef_format_csv.skip(NULL, p + 5, 3, &state), 2);
}

/* The bytes that were there ended with the CR; the line behind it went with the long one. */
Test(csv, skips_one_line_when_its_return_is_the_last_byte_there)
{
    uint64_t state = 0;
    const uint8_t *p = (const uint8_t *)"abc\ry";
    cr_assert_eq(ef_format_csv.skip(NULL, p, 4, &state), 4);
}
