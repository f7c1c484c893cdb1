/* SPDX-License-Identifier: MIT
 * test_dialect.c - every delimited export of the catalogue: what is decided from its
 * sample.
 *
 * The samples are invented; their headers are those of the exports. */
#include <criterion/criterion.h>

#include <stdio.h>

#include "input/dialect.h"
#include "rows.h"

typedef struct export
{
    const char *name, *sample;
    const char *delimiter, *quote, *header_rows; /* quote "": '"' without a decision */
    const char *text, *rating, *scale, *time, *order, *id, *author, *channel;
    uint64_t records;
    const char *first; /* text of the first record */
}
export;

static const export exports[] = {
    { .name = "a spreadsheet with semicolons",
      .sample = "id;rating;date;text\n17;4;03/11/2024;\"says \"\"ok\"\",\ntwo lines\"\n"
                "18;1;25/11/2024;broken, late\n19;5;26/11/2024;fine\n",
      .delimiter = ";",
      .header_rows = "1",
      .text = "text",
      .rating = "rating",
      .scale = "1-5",
      .time = "date",
      .order = "day first",
      .id = "id",
      .records = 3,
      .first = "says \"ok\",\ntwo lines" },
    { .name = "the public TSV of a marketplace",
      .sample =
          "marketplace\tcustomer_id\treview_id\tproduct_id\tproduct_parent\tproduct_title\t"
          "product_category\tstar_rating\thelpful_votes\ttotal_votes\tvine\t"
          "verified_purchase\treview_headline\treview_body\treview_date\n"
          "US\t1\tR1\tB00\t2\tCard\tGift Card\t5\t0\t0\tN\tY\tnice \"card\"\tit's 5\" "
          "wide\t"
          "2024-11-03\n"
          "US\t2\tR2\tB00\t2\tCard\tGift Card\t1\t0\t0\tN\tN\t\"Well\tno \"good\" at all\t"
          "2024-11-04\n",
      .delimiter = "tab",
      .quote = "none",
      .header_rows = "1",
      .text = "review_headline, review_body",
      .rating = "star_rating",
      .scale = "1-5",
      .time = "review_date",
      .order = "year first",
      .id = "review_id",
      .author = "customer_id",
      .channel = "marketplace",
      .records = 2,
      .first = "nice \"card\"\n\nit's 5\" wide" },
    { .name = "a shopping takeout",
      .sample =
          "creation_time,title,comment,rating\n2024-11-03T11:39:10Z,Fine,\"good, quick\","
          "5\n2024-11-04T11:39:10Z,Bad,never came,2\n",
      .delimiter = ",",
      .header_rows = "1",
      .text = "title, comment",
      .rating = "rating",
      .scale = "1-5",
      .time = "creation_time",
      .order = "year first",
      .records = 2,
      .first = "Fine\n\ngood, quick" },
    { .name = "an app store console",
      .sample =
          "Package Name,App Version Code,Reviewer Language,Device,Review Submit Date and "
          "Time,Star Rating,Review Title,Review Text,Developer Reply Text\n"
          "org.example,12,en,phone,2024-11-03T11:39:10Z,2,Slow,\"since, well, the update\","
          "\"We are sorry to hear that, please write to us\"\n"
          "org.example,12,de,phone,2024-11-04T11:39:10Z,4,,,\n",
      .delimiter = ",",
      .header_rows = "1",
      .text = "Review Title, Review Text",
      .rating = "Star Rating",
      .scale = "1-5",
      .time = "Review Submit Date and Time",
      .order = "year first",
      .records = 2,
      .first = "Slow\n\nsince, well, the update" },
    { .name = "an app store scraper",
      .sample =
          "reviewId,userName,content,score,thumbsUpCount,reviewCreatedVersion,at,"
          "replyContent,repliedAt,appVersion\n"
          "a-1,Mara,\"slow, but fine\",3,0,1.2.3,2024-11-03 11:39:10,,,1.2.3\n"
          "a-2,Jo,great,5,2,1.2.3,2024-11-02 09:00:00,Thank you so much dear Jo for this,"
          "2024-11-02 10:00:00,1.2.3\n",
      .delimiter = ",",
      .header_rows = "1",
      .text = "content",
      .rating = "score",
      .scale = "1-5",
      .time = "at",
      .order = "year first",
      .id = "reviewId",
      .author = "userName",
      .records = 2,
      .first = "slow, but fine" },
    { .name = "a review platform",
      .sample =
          "id,stars,title,text,language,createdAt,consumer,businessUnit,status,orderId,"
          "reply\nt1,4,ok,\"went, well\",en,2024-11-03T11:39:10Z,Mara,b1,active,o1,\n",
      .delimiter = ",",
      .header_rows = "1",
      .text = "title, text",
      .rating = "stars",
      .scale = "1-5",
      .time = "createdAt",
      .order = "year first",
      .id = "id",
      .records = 1,
      .first = "ok\n\nwent, well" },
    { .name = "a review app of shops",
      .sample = "title,body,rating,review_date,reviewer_name,reviewer_email,product_handle,"
                "reply,reply_date\nok,\"good, warm\",5,2024-11-03 11:39:10 UTC,Mara,"
                "m@example.org,socks,,\n",
      .delimiter = ",",
      .header_rows = "1",
      .text = "title, body",
      .rating = "rating",
      .scale = "1-5",
      .time = "review_date",
      .order = "year first",
      .author = "reviewer_name",
      .channel = "product_handle",
      .records = 1,
      .first = "ok\n\ngood, warm" },
    { .name = "shop reviews by a script that writes backslashes",
      .sample =
          "product_handle,state,rating,title,author,email,location,body,reply,created_at,"
          "replied_at\nsocks,published,5,ok,Mara,m@example.org,,\"says \\\"warm\\\", and "
          "is\",,2024-11-03 11:39:10 +0100,\nsocks,published,1,no,Jo,,,\"no, thanks\",,"
          "2024-11-04 11:39:10 +0100,\n",
      .delimiter = ",",
      .header_rows = "1",
      .text = "title, body",
      .rating = "rating",
      .scale = "1-5",
      .time = "created_at",
      .order = "year first",
      .author = "author",
      .channel = "product_handle",
      .records = 2,
      .first = "ok\n\nsays \"warm\", and is" },
    { .name = "a shop system with zeros",
      .sample =
          "date_created,rating,status,title,text,name,email\n"
          "2024-11-03T11:39:10Z,0,approved,ok,\"nothing, really\",Mara,m@example.org\n"
          "2024-11-03T11:39:10Z,5,approved,ok,good,Jo,j@example.org\n",
      .delimiter = ",",
      .header_rows = "1",
      .text = "title, text",
      .rating = "rating",
      .scale = "0-5",
      .time = "date_created",
      .order = "year first",
      .records = 2,
      .first = "ok\n\nnothing, really" },
    { .name = "a survey of promoters",
      .sample = "id,person,survey_type,score,comment,created_at,tags\n"
                "d1,p1,nps,9,\"good, quick\",1730633950,\nd2,p2,nps,4,,1730633951,\n",
      .delimiter = ",",
      .header_rows = "1",
      .text = "comment",
      .rating = "score",
      .scale = "0-10",
      .time = "created_at",
      .id = "id",
      .author = "person",
      .records = 2,
      .first = "good, quick" },
    { .name = "a survey tool with two header rows",
      .sample = "Respondent ID,How did we do?,,Anything else?\n"
                ",Overall,Speed,Open-Ended Response\n"
                "1001,4,5,\"fine, really\"\n1002,2,1,\"slow\nand rude\"\n",
      .delimiter = ",",
      .header_rows = "2",
      .text = "Anything else?",
      .id = "Respondent ID",
      .records = 2,
      .first = "fine, really" },
    { .name = "a survey tool with three header rows",
      .sample =
          "StartDate,Q1,Q2\nStart Date,How did we do?,\"Anything else, please?\"\n"
          "\"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\","
          "\"{\"\"ImportId\"\":\"\"QID2\"\"}\"\n"
          "2024-11-03 11:39:10,4,\"fine, really\"\n2024-11-03 11:40:10,2,slow\n",
      .delimiter = ",",
      .header_rows = "3",
      .text = "Q2",
      .records = 2,
      .first = "fine, really" },
    { .name = "a form with sentences as header",
      .sample = "#,\"Overall, how did we do?\",Open comment,Submitted At,Token\n"
                "1,4,\"good, quick\",2024-11-03 11:39:10,abc\n",
      .delimiter = ",",
      .header_rows = "1",
      .text = "Open comment",
      .time = "Submitted At",
      .order = "year first",
      .id = "Token",
      .records = 1,
      .first = "good, quick" },
    { .name = "a chat as CSV",
      .sample =
          "AuthorID,Author,Date,Content,Attachments,Reactions\n"
          "\"2\",\"mara\",\"2024-11-03T11:39:10.0000000+00:00\",\"two\nlines\",\"\",\"\"\n",
      .delimiter = ",",
      .header_rows = "1",
      .text = "Content",
      .time = "Date",
      .order = "year first",
      .author = "Author",
      .records = 1,
      .first = "two\nlines" },
    { .name = "reviews without a header",
      .sample =
          "A2X,1384719342,\"mara \"\"m\"\" lindt\",\"[0, 0]\",\"Does it well, filters "
          "all\",5.0,good,1393545600,\"02 28, 2014\"\n"
          "A3Y,1384719342,jo,\"[1, 2]\",\"Too loud, \"\"sadly\"\"\",2.0,bad,1363392000,"
          "\"03 16, 2013\"\n",
      .delimiter = ",",
      .header_rows = "0",
      .text = "column 5",
      .records = 2,
      .first = "Does it well, filters all" },
    { .name = "bars, and a sep line",
      .sample = "sep=|\r\nid|text|stars\r\n1|a, b; c|4\r\n2|d|2\r\n",
      .delimiter = "|",
      .header_rows = "1",
      .text = "text",
      .rating = "stars",
      .scale = "1-5",
      .id = "id",
      .records = 2,
      .first = "a, b; c" },
};
enum { EXPORT_COUNT = sizeof exports / sizeof exports[0] };

static const ef_format *format_for(const export *e)
{
    return strcmp(e->delimiter, "tab") == 0 ? &ef_format_tsv : &ef_format_csv;
}

static void expect(const rows *it, const export *e, const char *what, const char *wanted)
{
    cr_assert_str_eq(rows_decision(it, what), wanted == NULL ? "" : wanted, "%s: %s",
                     e->name, what);
}

Test(dialect, decides_every_export_of_the_catalogue)
{
    for (size_t i = 0; i < EXPORT_COUNT; i++) {
        const export *e = &exports[i];
        rows it;
        rows_all(&it, format_for(e), e->sample, NULL);
        cr_assert_eq(it.status, EF_OK, "%s: %s", e->name, it.error.message);
        expect(&it, e, "delimiter", e->delimiter);
        expect(&it, e, "quote", e->quote);
        expect(&it, e, "header rows", e->header_rows);
        expect(&it, e, "text", e->text);
        expect(&it, e, "rating", e->rating);
        expect(&it, e, "rating scale", e->scale);
        expect(&it, e, "time", e->time);
        expect(&it, e, "date order", e->order);
        expect(&it, e, "id", e->id);
        expect(&it, e, "author", e->author);
        expect(&it, e, "channel", e->channel);
        cr_assert_eq(it.cursor.counts.records, e->records, "%s", e->name);
        cr_assert_eq(it.cursor.counts.ragged, 0, "%s", e->name);
        cr_assert_eq(it.cursor.counts.bad_times, 0, "%s", e->name);
        cr_assert_eq(it.cursor.counts.bad_ratings, 0, "%s", e->name);
        char first[128];
        snprintf(first, sizeof first, "text=%s", e->first);
        cr_assert_not_null(strstr(ef_buffer_text(&it.text), first), "%s: %s", e->name,
                           ef_buffer_text(&it.text));
        rows_release(&it);
    }
}

Test(dialect, recognizes_every_export_of_the_catalogue)
{
    for (size_t i = 0; i < EXPORT_COUNT; i++) {
        const export *e = &exports[i];
        const ef_format *format = format_for(e);
        const ef_format *other = format == &ef_format_csv ? &ef_format_tsv : &ef_format_csv;
        ef_arena arena = { NULL };
        const char *why;
        int score = format->sniff(format, ef_slice_of(e->sample), true, &arena, &why);
        cr_assert_geq(score, 70, "%s: %d", e->name, score);
        cr_assert_str_neq(why, "");
        cr_assert_eq(other->sniff(other, ef_slice_of(e->sample), true, &arena, &why), 0);
        cr_assert_lt(ef_format_lines.sniff(&ef_format_lines, ef_slice_of(e->sample), true, &arena, &why),
                     score);
        ef_arena_release(&arena);
    }
}

Test(dialect, does_not_take_prose_or_json_for_columns)
{
    static const char *const texts[] = {
        "The parcel came late, and it was wet.\nFine.\nI liked it, really.\nNo\n",
        "{\"a\":1,\"b\":2}\n{\"a\":1,\"b\":2}\n",
        "one word\nanother\nthird\n",
        "",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        ef_arena arena = { NULL };
        const char *why;
        cr_assert_leq(ef_format_csv.sniff(&ef_format_csv, ef_slice_of(texts[i]), true, &arena, &why), 20);
        cr_assert_leq(ef_format_tsv.sniff(&ef_format_tsv, ef_slice_of(texts[i]), true, &arena, &why), 20);
        ef_arena_release(&arena);
    }
}

Test(dialect, tells_duplicate_and_empty_names_apart)
{
    rows it;
    rows_all(&it, &ef_format_csv, "id,text,text,,text\n1,a,b,c,d\n", NULL);
    static const char *const names[] = { "id", "text", "text.2", "column 4", "text.3" };
    cr_assert_eq(it.layout.name_count, 5);
    for (size_t i = 0; i < 5; i++)
        cr_assert_str_eq((const char *)it.layout.names[i].data, names[i]);
    cr_assert_str_eq(rows_decision(&it, "renamed columns"), "2");
    rows_release(&it);
}

Test(dialect, gives_flags_that_repeat_the_decision)
{
    rows it;
    rows_all(&it, &ef_format_csv,
             "id;Open comment;stars;date\n1;a b;4;25/01/2024\n2;c;1;26/01/2024\n", NULL);
    cr_assert_str_eq(rows_flag(&it, "delimiter"), "--delimiter ';'");
    cr_assert_str_eq(rows_flag(&it, "header rows"), "--header-rows 1");
    cr_assert_str_eq(rows_flag(&it, "text"), "--text 'Open comment'");
    cr_assert_str_eq(rows_flag(&it, "rating"), "--rating stars");
    cr_assert_str_eq(rows_flag(&it, "rating scale"), "--rating-scale 1-5");
    cr_assert_str_eq(rows_flag(&it, "date order"), "--date-order dmy");
    rows_release(&it);
    rows_all(&it, &ef_format_csv, "1,\"it is all, well, fine\"\n2,\"b, c\"\n", NULL);
    cr_assert_str_eq(rows_flag(&it, "header rows"), "--no-header");
    cr_assert_str_eq(rows_flag(&it, "text"), "--text 2");
    rows_release(&it);
}

Test(dialect, reads_only_a_real_sep_line)
{
    uint8_t delimiter = 0;
    cr_assert_eq(ef_dialect_sep_line(ef_slice_of("sep=;\nid\n"), &delimiter), 6);
    cr_assert_eq(delimiter, ';');
    cr_assert_eq(ef_dialect_sep_line(ef_slice_of("\"SEP=\t\"\r\nid"), &delimiter), 9);
    cr_assert_eq(delimiter, '\t');
    cr_assert_eq(ef_dialect_sep_line(ef_slice_of("sep=;x\n"), &delimiter), 0);
    cr_assert_eq(ef_dialect_sep_line(ef_slice_of("sep=\n"), &delimiter), 0);
    cr_assert_eq(ef_dialect_sep_line(ef_slice_of("separate,\n"), &delimiter), 0);
    cr_assert_eq(ef_dialect_sep_line(ef_slice_of(""), &delimiter), 0);
}

Test(dialect, keeps_every_export_whole_wherever_blocks_are_cut)
{
    for (size_t i = 0; i < EXPORT_COUNT; i++) {
        const export *e = &exports[i];
        ef_slice bytes = ef_slice_of(e->sample);
        rows whole;
        rows_all(&whole, format_for(e), e->sample, NULL);
        for (size_t first = 0; first < bytes.size; first++) {
            rows part;
            rows_open(&part, format_for(e), bytes, NULL);
            rows_read(&part, bytes, first, 1);
            cr_assert_str_eq(ef_buffer_text(&part.text), ef_buffer_text(&whole.text),
                             "%s at %zu", e->name, first);
            rows_release(&part);
        }
        rows_release(&whole);
    }
}
