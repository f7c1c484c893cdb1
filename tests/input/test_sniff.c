/* SPDX-License-Identifier: MIT
 * Sniffing: the decisions, and that reading makes the same. */
#include "earful/app/sniff.h"

#include "readers.h"

static ef_sniffed *sniff_text(const char *text, ef_status *status, ef_error *error)
{
    test_file file = write_file(text, strlen(text));
    const char *inputs[] = { file.path };
    ef_reader_options options = { .inputs = inputs, .input_count = 1 };
    ef_sniffed *sniffed;
    *status = ef_sniff(&sniffed, &options, error);
    unlink(file.path);
    return sniffed;
}

static const ef_decision *find_decision(const ef_sniffed *sniffed, const char *what)
{
    size_t count;
    const ef_decision *decisions = ef_sniffed_decisions(sniffed, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(decisions[i].what, what) == 0)
            return &decisions[i];
    return NULL;
}

Test(sniff, says_what_was_decided_and_why)
{
    ef_status status;
    ef_sniffed *sniffed =
        sniff_text("{\"reviews\":[{\"starRating\":\"FOUR\",\"comment\":\"good\"},"
                   "{\"starRating\":\"ONE\",\"comment\":\"bad\"}]}",
                   &status, NULL);
    cr_assert_eq(status, EF_OK);
    cr_assert_str_eq(find_decision(sniffed, "format")->value, "json");
    cr_assert_str_eq(find_decision(sniffed, "format")->flag, "--from json");
    cr_assert_str_eq(find_decision(sniffed, "records")->value, "reviews");
    cr_assert_str_eq(find_decision(sniffed, "encoding")->value, "utf-8");
    cr_assert_str_eq(find_decision(sniffed, "compression")->value, "none");
    cr_assert_str_eq(find_decision(sniffed, "text")->value, "comment");
    cr_assert_str_eq(find_decision(sniffed, "rating")->value, "starRating");
    cr_assert(find_decision(sniffed, "text")->why[0] != '\0');
    const char *flags = ef_sniffed_flags(sniffed);
    cr_assert(strstr(flags, "--from json") != NULL, "%s", flags);
    cr_assert(strstr(flags, "--text comment") != NULL, "%s", flags);
    cr_assert(strstr(flags, "--rating starRating") != NULL, "%s", flags);
    ef_sniffed_free(sniffed);
}

Test(sniff, takes_text_with_colour_codes_or_a_nul_for_text)
{
    ef_status status;
    ef_error error = { 0 };
    char text[] = "[12:34] <mara> it \x03"
                  "4works\x03 again, thank you all\n"
                  "[12:35] <jo> that was quick, and nobody had to wait?\n";
    ef_sniffed *sniffed = sniff_text(text, &status, &error);
    cr_assert_eq(status, EF_OK, "%s", error.message);
    cr_assert_str_eq(find_decision(sniffed, "format")->value, "irc-plain");
    ef_sniffed_free(sniffed);

    static const char table[] = "id,text\n1,it works\0 again\n2,nobody had to wait\n";
    test_file file = write_file(table, sizeof table - 1);
    const char *inputs[] = { file.path };
    ef_reader_options options = { .inputs = inputs, .input_count = 1 };
    status = ef_sniff(&sniffed, &options, &error);
    unlink(file.path);
    cr_assert_eq(status, EF_OK, "%s", error.message);
    cr_assert_str_eq(find_decision(sniffed, "format")->value, "csv");
    ef_sniffed_free(sniffed);
}

/* It was read as one document behind the other, and all behind the broken line was lost. */
Test(sniff, takes_lines_of_json_for_lines_though_one_is_broken)
{
    ef_status status;
    ef_error error = { 0 };
    ef_sniffed *sniffed = sniff_text("{\"text\":\"good\"}\n{\"text\":\"broken\"\n"
                                     "{\"text\":\"not bad\"}\n",
                                     &status, &error);
    cr_assert_eq(status, EF_OK, "%s", error.message);
    cr_assert_str_eq(find_decision(sniffed, "format")->value, "ndjson");
    ef_sniffed_free(sniffed);
}

Test(sniff, fails_as_reading_does)
{
    ef_status status;
    ef_error error = { 0 };
    cr_assert_null(sniff_text("[1,2]", &status, &error));
    cr_assert_eq(status, EF_ERR_FORMAT);
    cr_assert_null(sniff_text("", &status, &error));
    cr_assert_eq(status, EF_ERR_FORMAT);
    cr_assert(strstr(error.message, "nothing to read") != NULL);
    ef_sniffed_free(NULL);
}

Test(sniff, its_columns_give_the_same_records)
{
    static const char text[] =
        "{\"id\":\"a\",\"body\":\"first\",\"note\":\"x\",\"stars\":3}\n"
        "{\"id\":\"b\",\"body\":\"second\",\"note\":\"y\",\"stars\":5}\n";
    outcome guessed, told;
    read_text(&guessed, text);
    ef_reader_options options = { .format = "ndjson",
                                  .encoding = "utf-8",
                                  .text = "body",
                                  .id = "id",
                                  .rating = "stars",
                                  .rating_scale = "1-5" };
    read_bytes(&told, text, strlen(text), &options);
    cr_assert_str_eq(ef_buffer_text(&guessed.records), ef_buffer_text(&told.records));
    forget(&guessed);
    forget(&told);
}
