/* SPDX-License-Identifier: MIT
 * JSON documents: the wrappers that exports put around their records, and broken ones. */
#include "readers.h"

#include "input/formats.h"
#include "input/reader.h"

Test(json, reads_google_business_reviews)
{
    expect_read(
        "{\"reviews\":[{\"reviewId\":\"a\",\"reviewer\":{\"displayName\":\"Mara\"},"
        "\"starRating\":\"FOUR\",\"comment\":\"good\",\"createTime\":"
        "\"2024-11-03T11:39:10.123456789Z\"},\n{\"reviewId\":\"b\",\"reviewer\":"
        "{\"displayName\":\"Jo\"},\"starRating\":\"ONE\",\"createTime\":"
        "\"2024-11-03T11:39:10Z\",\"reviewReply\":{\"comment\":\"sorry about that\"}}],"
        "\"averageRating\":2.5,\"nextPageToken\":\"n\"}",
        "good|FOUR|Mara|1\n|ONE|Jo|2\n", "");
}

Test(json, reads_app_store_reviews)
{
    expect_read(
        "{\"data\":[{\"type\":\"customerReviews\",\"id\":\"1\",\"attributes\":{\"rating\":"
        "2,"
        "\"title\":\"Slow\",\"body\":\"never loads\",\"reviewerNickname\":\"m\","
        "\"createdDate\":\"2024-11-03T11:39:10-07:00\",\"territory\":\"USA\"}},"
        "{\"type\":\"customerReviews\",\"id\":\"2\",\"attributes\":{\"rating\":5,"
        "\"title\":\"Fast\",\"body\":\"loads\",\"reviewerNickname\":\"j\","
        "\"createdDate\":\"2024-11-04T11:39:10-07:00\",\"territory\":\"USA\"}}],"
        "\"links\":{\"self\":\"https://example.org\"},\"meta\":{\"paging\":{\"total\":2}}}",
        "Slow\n\nnever loads|2|m|1\nFast\n\nloads|5|j|1\n", "");
}

Test(json, reads_play_reviews_in_a_document)
{
    expect_read(
        "{\"reviews\":[{\"reviewId\":\"b\",\"authorName\":\"Mara\",\"comments\":["
        "{\"userComment\":{\"text\":\"slow\\tsince\",\"starRating\":2}}]},{\"reviewId\":"
        "\"c\","
        "\"authorName\":\"Jo\",\"comments\":[{\"userComment\":{\"text\":\"good\\tapp\","
        "\"starRating\":5}}]}],\"tokenPagination\":{\"nextPageToken\":\"t\"}}",
        "slow\tsince|2|Mara|1\ngood\tapp|5|Jo|1\n", "");
}

Test(json, reads_facebook_and_help_scout)
{
    expect_read(
        "[{\"store\":{\"name\":\"Shop\"},\"reviewID\":\"f1\",\"rating\":5,\"title\":\"Ok\","
        "\"content\":\"nice\",\"created_at\":\"2024-11-03T11:39:10Z\"}]",
        "Ok\n\nnice|5||1\n", "");
    expect_read(
        "{\"results\":[\n {\"name\":\"10\",\"category\":\"promoter\",\"comment\":\"quick\","
        "\"timestamp\":\"2024-11-03T11:39:10Z\"},\n "
        "{\"name\":\"2\",\"category\":\"detractor\","
        "\"comment\":\"rude\",\"timestamp\":\"2024-11-03T11:39:10Z\"}\n],\"page\":1}",
        "quick|||2\nrude|||3\n", "");
}

Test(json, reads_objects_one_behind_the_other)
{
    expect_read("{\n \"text\": \"a\",\n \"rating\": 1\n}\n{\n \"text\": \"b\",\n "
                "\"rating\": 5\n}\n",
                "a|1||1\nb|5||5\n", "");
}

Test(json, rejects_broken_records_and_goes_on)
{
    expect_read("[{\"text\":\"a\"},{\"text\":tru},{\"text\":\"b\"},5,\"x\",[{}],null,{"
                "\"text\":[1}},"
                "{\"text\":\"c\"},{\"text\":\"d\"},\n {\"text\":\"e",
                "a|||1\nb|||1\nc|||1\nd|||1\n",
                "not JSON@1:23\nnot a JSON object@1:41\nnot a JSON object@1:43\n"
                "not a JSON object@1:47\nnot a JSON object@1:52\nnot JSON@1:67\n"
                "JSON is cut short@2:12\n");
}

Test(json, says_that_there_is_no_record_in_it)
{
    outcome out;
    read_text(&out, "{\"version\":1,\"list\":[1,2,3]");
    cr_assert_eq(out.status, EF_ERR_FORMAT);
    read_text(&out, "[1,2,3]");
    cr_assert_eq(out.status, EF_ERR_FORMAT);
    cr_assert(strstr(out.error.message, "json") != NULL);
}

/* Reads text through a format in blocks that end wherever a piece of the input may end. */
static const char *read_in_pieces(const ef_layout *layout, const char *text, size_t piece,
                                  ef_buffer *out)
{
    const ef_kernels *kernels = ef_kernels_select(NULL);
    size_t size = strlen(text), from = 0, to = 0;
    uint64_t state = 0, line = 1;
    ef_cursor cursor = { 0 };
    ef_buffer_reset(out);
    while (from < size) {
        to = to + piece < size ? to + piece : size;
        ef_block block = { .layout = layout, .line = line, .offset = from, .state = state };
        size_t n = layout->format->cut(layout, kernels, (const uint8_t *)text + from,
                                       to - from, to == size, &state);
        if (n == 0)
            continue;
        ef_buffer_append(&block.bytes, text + from, n);
        ef_buffer_slice(&block.bytes);
        ef_cursor_start(&cursor, &block, kernels, NULL, NULL);
        ef_record record;
        while (ef_cursor_next(&cursor, &record, NULL) == EF_OK) {
            ef_buffer_append_slice(out, record.text);
            ef_buffer_printf(out, "|%llu|%llu\n", (unsigned long long)record.line,
                             (unsigned long long)record.offset);
        }
        ef_buffer_release(&block.bytes);
        line += kernels->count((const uint8_t *)text + from, n, '\n');
        from += n;
    }
    ef_cursor_release(&cursor);
    return ef_buffer_text(out);
}

static void expect_same_in_pieces(const ef_format *format, const char *text)
{
    ef_layout layout = { .format = format, .label = "test", .max_record = 1000 };
    ef_reader_options options = { .max_record = 1000 };
    ef_error error = { 0 };
    cr_assert_eq(format->open(&layout, &options, ef_slice_of(text), true, &error), EF_OK,
                 "%s", error.message);
    ef_buffer whole = { 0 }, part = { 0 };
    read_in_pieces(&layout, text, strlen(text), &whole);
    cr_assert(whole.size > 0);
    for (size_t piece = 1; piece < strlen(text); piece++)
        cr_expect_str_eq(read_in_pieces(&layout, text, piece, &part),
                         ef_buffer_text(&whole), "by %zu", piece);
    ef_buffer_release(&whole);
    ef_buffer_release(&part);
    ef_arena_release(&layout.arena);
}

Test(json, gives_the_same_records_wherever_blocks_end)
{
    expect_same_in_pieces(
        &ef_format_json,
        "{\"a\":{\"reviews\":\"no\"},\"reviews\" :\n[ {\"text\":\"o\\\"}]ne\"}\n,"
        "{\"text\":\"two\",\"x\":[{}]},\n{\"text\":\"three\"} ] , \"z\":\"\\\\\"}\n");
    expect_same_in_pieces(
        &ef_format_json,
        "[{\"text\":\"one\"},7,{\"text\":tru},{\"text\":\"two\"}}},{\"text\":\"3\"}]");
    expect_same_in_pieces(
        &ef_format_ndjson,
        "{\"text\":\"one\"}\r\n\r\nno\r\n{\"text\":\"two\"}\r\n{\"text\":\"3\"}");
}

Test(json, a_record_over_the_limit_is_dropped_in_constant_memory)
{
    ef_buffer text = { 0 };
    ef_buffer_append_text(&text, "{\"reviews\":[{\"text\":\"a\"},{\"text\":\"");
    for (int i = 0; i < 4000000; i++)
        ef_buffer_append(&text, &"x\\\"}"[i % 4], 1);
    ef_buffer_append_text(&text, "\\\"\"},\n{\"text\":\"b\"},");
    for (int i = 0; i < 3000000; i++)
        ef_buffer_append_byte(&text, '1');
    ef_buffer_append_text(&text, ",{\"text\":\"c\"}],\"rest\":1}");
    outcome out;
    ef_reader_options options = { .format = "json", .text = "text" };
    read_bytes(&out, ef_buffer_text(&text), text.size, &options);
    cr_assert_str_eq(ef_buffer_text(&out.records), "a|||1\nb|||2\nc|||2\n", "%s",
                     out.error.message);
    cr_assert_eq(out.counts.rejected, 2);
    forget(&out);
    ef_buffer_release(&text);
}

Test(json, passes_a_huge_string_before_the_records)
{
    ef_buffer text = { 0 };
    ef_buffer_append_text(&text, "{\"n\":1,\"reviews\":[{\"text\":\"a\"}],\"page\":\"");
    for (int i = 0; i < 5000000; i++)
        ef_buffer_append(&text, &"\\\\[{"[i % 4], 1);
    ef_buffer_append_text(&text, "\",\"reviews\":[{\"text\":\"b\"}]}");
    outcome out;
    read_bytes(&out, ef_buffer_text(&text), text.size, NULL);
    cr_assert_str_eq(ef_buffer_text(&out.records), "a|||1\nb|||1\n", "%s",
                     out.error.message);
    forget(&out);
    ef_buffer_release(&text);
}

Test(json, records_before_a_cut_are_unchanged_at_every_byte)
{
    static const char text[] =
        "{\"n\":{\"a\":[1]},\"reviews\":[{\"text\":\"one\",\"rating\":1},\n"
        "{\"text\":\"tw\\u006f\",\"rating\":2},{\"text\":\"three\"}],\"z\":\"y\"}";
    outcome whole;
    read_text(&whole, text);
    cr_assert_eq(whole.counts.records, 3);
    for (size_t n = 0; n < strlen(text); n++) {
        outcome part;
        read_bytes(&part, text, n, NULL);
        cr_assert_leq(part.records.size, whole.records.size);
        if (part.status == EF_END && part.records.size > 0)
            cr_assert_eq(memcmp(part.records.data, whole.records.data, part.records.size),
                         0, "cut at %zu", n);
        forget(&part);
    }
    forget(&whole);
}
