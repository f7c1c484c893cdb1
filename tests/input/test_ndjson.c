/* SPDX-License-Identifier: MIT
 * NDJSON: reviews as exports write them, and lines that are none. */
#include "readers.h"

#include "input/formats.h"
#include "input/reader.h"

Test(ndjson, reads_amazon_reviews_of_2023)
{
    expect_read("{\"rating\":5.0,\"title\":\"Good\",\"text\":\"does it<br "
                "/>well\",\"asin\":\"B00\","
                "\"parent_asin\":\"B00\",\"user_id\":\"U1\",\"timestamp\":1730633950123,"
                "\"helpful_vote\":0,\"verified_purchase\":true}\n"
                "{\"rating\":1.0,\"title\":\"Bad\",\"text\":\"broke\",\"asin\":\"B00\","
                "\"parent_asin\":\"B00\",\"user_id\":\"U2\",\"timestamp\":1730633950124,"
                "\"helpful_vote\":3,\"verified_purchase\":false}\n",
                "Good\n\ndoes it<br />well|5.0|U1|1\nBad\n\nbroke|1.0|U2|2\n", "");
}

Test(ndjson, reads_amazon_reviews_of_2018)
{
    expect_read(
        "{\"overall\":5.0,\"verified\":true,\"vote\":\"3\",\"reviewTime\":\"11 3, 2024\","
        "\"reviewerID\":\"A1\",\"asin\":\"B00\",\"style\":{\"Size:\":\" L\"},"
        "\"summary\":\"Nice\",\"reviewText\":\"fits\",\"unixReviewTime\":1730592000}\n"
        "{\"overall\":2.0,\"verified\":true,\"reviewTime\":\"11 4, 2024\",\"reviewerID\":"
        "\"A2\",\"asin\":\"B00\",\"summary\":\"No\",\"reviewText\":\"too small\","
        "\"unixReviewTime\":1730678400}\n",
        "Nice\n\nfits|5.0|A1|1\nNo\n\ntoo small|2.0|A2|2\n", "");
}

Test(ndjson, reads_yelp_with_escapes)
{
    expect_read(
        "{\"review_id\":\"r\",\"user_id\":\"u\",\"business_id\":\"b\",\"stars\":4.0,"
        "\"useful\":0,\"text\":\"caf\\u00e9 \\\"x\\\"\\nok\",\"date\":\"2024-11-03 "
        "11:39:10\"}\n"
        "{\"review_id\":\"s\",\"user_id\":\"v\",\"business_id\":\"b\",\"stars\":1.0,"
        "\"useful\":0,\"text\":\"\\ud83d\\ude21\",\"date\":\"2024-11-04 11:39:10\"}",
        "caf\xc3\xa9 \"x\"\nok|4.0|u|1\n\xf0\x9f\x98\xa1|1.0|v|2\n", "");
}

Test(ndjson, reads_trustpilot_bigcommerce_delighted_and_wootric)
{
    expect_read(
        "{\"id\":\"t1\",\"stars\":4,\"title\":\"Ok\",\"text\":\"fast\",\"language\":\"en\","
        "\"createdAt\":\"2024-11-03T11:39:10Z\",\"consumer\":{\"displayName\":\"Mara\"},"
        "\"reply\":null}\n"
        "{\"id\":\"t2\",\"stars\":1,\"title\":\"No\",\"text\":\"slow\",\"language\":\"en\","
        "\"createdAt\":\"2024-11-03T11:39:10Z\",\"consumer\":{\"displayName\":\"Jo\"},"
        "\"reply\":{\"text\":\"we are sorry to hear so\"}}\n",
        "Ok\n\nfast|4|Mara|1\nNo\n\nslow|1|Jo|2\n", "");
    expect_read(
        "{\"date_created\":\"2024-11-03T11:39:10Z\",\"rating\":0,\"status\":\"approved\","
        "\"title\":\"Ok\",\"text\":\"late\",\"name\":\"Mara\",\"email\":\"m@example.org\"}"
        "\n"
        "{\"date_created\":\"2024-11-04T11:39:10Z\",\"rating\":5,\"status\":\"approved\","
        "\"title\":\"Fine\",\"text\":\"early\",\"name\":\"Jo\",\"email\":\"j@example.org\"}"
        "\n",
        "Ok\n\nlate|0||1\nFine\n\nearly|5||2\n", "");
    expect_read("{\"id\":\"d1\",\"person\":\"p1\",\"survey_type\":\"nps\",\"score\":9,"
                "\"comment\":\"quick\",\"created_at\":1730633950,\"tags\":[]}\n"
                "{\"id\":\"d2\",\"person\":\"p2\",\"survey_type\":\"nps\",\"score\":2,"
                "\"comment\":null,\"created_at\":1730633951,\"tags\":[\"a\"]}\n",
                "quick|9|p1|1\n|2|p2|2\n", "");
    expect_read("{\"id\":1,\"score\":7,\"text\":\"fine\",\"created_at\":1730633950,"
                "\"excluded_from_calculations\":false}\n"
                "{\"id\":2,\"score\":3,\"text\":\"meh\",\"created_at\":1730633951,"
                "\"excluded_from_calculations\":false}\n",
                "fine|7||1\nmeh|3||2\n", "");
}

Test(ndjson, reads_play_reviews_inside_their_list)
{
    expect_read(
        "{\"reviewId\":\"b\",\"authorName\":\"Mara\",\"comments\":[{\"userComment\":"
        "{\"text\":\"slow\\tsince the "
        "update\",\"lastModified\":{\"seconds\":\"1730633950\"},"
        "\"starRating\":2,\"reviewerLanguage\":\"en\"}}]}\n"
        "{\"reviewId\":\"c\",\"authorName\":\"Jo\",\"comments\":[{\"userComment\":"
        "{\"text\":\"good\\tapp\",\"lastModified\":{\"seconds\":\"1730633951\"},"
        "\"starRating\":5,\"reviewerLanguage\":\"en\"}},{\"developerComment\":{\"text\":"
        "\"thank you very much indeed\"}}]}\n",
        "slow\tsince the update|2|Mara|1\ngood\tapp|5|Jo|2\n", "");
}

Test(ndjson, joins_text_that_comes_in_parts)
{
    expect_read(
        "{\"id\":5,\"from\":\"Mara\",\"text\":[\"see \",{\"type\":\"link\",\"text\":"
        "\"https://example.org\"},\"!\"]}\n{\"id\":6,\"from\":\"Jo\",\"text\":\"plain\"}\n",
        "see https://example.org!||Mara|1\nplain||Jo|2\n", "");
}

Test(ndjson, rejects_lines_that_are_no_object_and_goes_on)
{
    expect_read("{\"text\":\"a\"}\nnot "
                "json\n{\"text\":\"b\"}\n[1]\n{\"text\":\"c\"}\n{\"text\":tru}\n"
                "{\"text\":\"d\"}{\"text\":\"e\"}\n  "
                "{\"text\":\"f\"\n{\"text\":\"g\"}\n{\"text\":\"h\"}",
                "a|||1\nb|||3\nc|||5\ng|||9\nh|||10\n",
                "not a JSON object@2:1\nnot a JSON object@4:1\nnot JSON@6:9\n"
                "more than one JSON value in a line@7:13\nJSON is cut short@8:14\n");
}

Test(ndjson, ignores_blank_lines_carriage_returns_and_a_bom)
{
    expect_read(
        "\xef\xbb\xbf{\"text\":\"a\"}\r\n\r\n   \n\t{\"text\":\"b\"} \r\n{\"text\":\"c\"}",
        "a|||1\nb|||4\nc|||5\n", "");
}

Test(ndjson, keeps_a_nul_and_repairs_what_is_not_utf8)
{
    outcome out;
    read_text(&out, "{\"text\":\"a\\u0000b\"}\n{\"text\":\"\\ud800x\xff\xc3\"}\n");
    cr_assert_eq(out.records.size,
                 strlen("a_b|||1\n") + strlen("\xef\xbf\xbd"
                                              "x\xef\xbf\xbd\xef\xbf\xbd|||2\n"));
    cr_assert_eq(memcmp(out.records.data,
                        "a\0b|||1\n\xef\xbf\xbd"
                        "x\xef\xbf\xbd",
                        15),
                 0);
    cr_assert_eq(out.counts.invalid_utf8, 2);
    cr_assert(strstr(ef_buffer_text(&out.guesses), "--encoding cp1252") != NULL);
    forget(&out);
}

Test(ndjson, survives_hostile_lines)
{
    enum { MANY = 1000000 };
    ef_buffer text = { 0 };
    ef_buffer_append_text(
        &text, "{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"text\":\"c\"}\n{\"text\":");
    for (int i = 0; i < MANY; i++)
        ef_buffer_append_byte(&text, '[');
    ef_buffer_append_text(&text, "\n{\"text\":");
    for (int i = 0; i < MANY; i++)
        ef_buffer_append_byte(&text, '9');
    ef_buffer_append_text(&text, "}\n{\"text\":\"x\",\"text\":\"d\"}\n");
    outcome out;
    read_bytes(&out, ef_buffer_text(&text), text.size, NULL);
    cr_assert_str_eq(ef_buffer_text(&out.records), "a|||1\nb|||2\nc|||3\nd|||6\n");
    cr_assert_str_eq(ef_buffer_text(&out.rejects),
                     "JSON is nested too deeply@4:72\nJSON number is too long@5:9\n");
    forget(&out);
    ef_buffer_release(&text);
}

Test(ndjson, rejects_a_record_over_the_limit_wherever_blocks_end)
{
    ef_buffer text = { 0 };
    ef_buffer_append_text(&text, "{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"text\":\"");
    for (int i = 0; i < 3000000; i++)
        ef_buffer_append_byte(&text, 'x');
    ef_buffer_append_text(&text, "\"}\n{\"text\":\"c\"}\n");
    for (size_t limit = 1000; limit < 4000000; limit *= 3) {
        outcome out;
        ef_reader_options options = { .max_record = limit };
        read_bytes(&out, ef_buffer_text(&text), text.size, &options);
        if (limit < 3000000) {
            cr_assert_str_eq(ef_buffer_text(&out.records), "a|||1\nb|||2\nc|||4\n");
            cr_assert_str_eq(ef_buffer_text(&out.rejects), "too long@3:1\n");
            cr_assert_eq(out.counts.rejected, 1);
        } else {
            cr_assert_eq(out.counts.records, 4);
        }
        forget(&out);
    }
    ef_buffer_release(&text);
}

/* A line whose end is not there yet was dropped as too long, a whole one was read. */
Test(ndjson, counts_blanks_around_an_object_as_part_of_its_line)
{
    ef_layout layout = { .format = &ef_format_ndjson, .label = "in", .max_record = 16 };
    ef_reader_options options = { .max_record = 16 };
    ef_slice sample = ef_slice_of("{\"text\":\"good\"}\r\n{\"text\":\"fine\"}  \n");
    cr_assert_eq(ef_format_ndjson.open(&layout, &options, sample, true, NULL), EF_OK);
    ef_block block = { .line = 1, .layout = &layout };
    ef_buffer_append_slice(&block.bytes, sample);
    ef_buffer_slice(&block.bytes);
    ef_cursor cursor = { 0 };
    ef_record record;
    ef_cursor_start(&cursor, &block, ef_kernels_select(NULL), NULL, NULL);
    cr_assert_eq(ef_cursor_next(&cursor, &record, NULL), EF_OK);
    cr_assert_eq(record.line, 1);
    cr_assert_eq(ef_cursor_next(&cursor, &record, NULL), EF_END);
    cr_assert_eq(cursor.counts.rejected, 1);
    ef_cursor_release(&cursor);
    ef_buffer_release(&block.bytes);
    ef_arena_release(&layout.arena);
}

Test(ndjson, records_before_a_cut_are_unchanged_at_every_byte)
{
    static const char text[] =
        "{\"text\":\"one\",\"rating\":1}\n{\"text\":\"tw\\u006f\",\"rating\":2}\n"
        "{\"rating\":3,\"text\":\"three\"}\n";
    outcome whole;
    ef_reader_options options = { .format = "ndjson", .text = "1" };
    read_bytes(&whole, text, strlen(text), &options);
    for (size_t n = 25; n < strlen(text); n++) {
        outcome part;
        read_bytes(&part, text, n, &options);
        cr_assert_eq(part.status, EF_END);
        cr_assert_eq(memcmp(part.records.data, whole.records.data, part.records.size), 0,
                     "cut at %zu", n);
        cr_assert(part.counts.records + part.counts.rejected <= 3);
        forget(&part);
    }
    forget(&whole);
}
