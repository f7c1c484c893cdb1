/* SPDX-License-Identifier: MIT
 * tests/pipeline/test_run.c - the main job, from files to files. */
#include <criterion/criterion.h>

#include "earful/app/run.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/earful-run-XXXXXX";
static ef_engine *engine;

static void set_up(void)
{
    ef_error error = { 0 };
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    cr_assert_eq(ef_engine_new(&engine, NULL, &error), EF_OK, "%s", error.message);
}

static int count_files(void)
{
    int count = 0;
    DIR *stream = opendir(".");
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;)
        count += entry->d_name[0] != '.';
    closedir(stream);
    return count;
}

static void clean_up(void)
{
    DIR *stream = opendir(".");
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;)
        if (entry->d_name[0] != '.')
            unlink(entry->d_name);
    closedir(stream);
    rmdir(folder);
    ef_engine_free(engine);
}

TestSuite(run, .init = set_up, .fini = clean_up);

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

/* The whole file; the caller frees it. */
static char *get(const char *path)
{
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file, "%s", path);
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *text = calloc(1, size + 1);
    cr_assert_eq(fread(text, 1, size, file), size);
    fclose(file);
    return text;
}

static uint64_t count_lines(const char *text)
{
    uint64_t count = 0;
    for (; *text != '\0'; text++)
        count += *text == '\n';
    return count;
}

static void expect_part(const char *path, const char *part)
{
    char *text = get(path);
    cr_assert_not_null(strstr(text, part), "%s has no %s", path, part);
    free(text);
}

typedef struct job {
    ef_run_options options;
    const char *inputs[4];
    ef_run_summary summary;
    ef_error error;
    char notices[4096];
} job;

static void keep_notice(void *user, const ef_notice *notice)
{
    job *j = user;
    size_t used = strlen(j->notices);
    snprintf(j->notices + used, sizeof j->notices - used, "%s\n", notice->message);
}

static ef_status run(job *j, const char *first, const char *second, const char *to)
{
    j->inputs[0] = first;
    j->inputs[1] = second;
    j->options.reader.inputs = j->inputs;
    j->options.reader.input_count = second == NULL ? 1 : 2;
    j->options.reader.notice = keep_notice;
    j->options.reader.notice_user = j;
    j->options.output_path = to;
    memset(&j->summary, 0xff, sizeof j->summary);
    return ef_run_score(engine, &j->options, &j->summary, &j->error);
}

Test(run, output_follows_the_input)
{
    job j = { 0 };
    put("a.csv", "id;text\n1;\"so \"\"good\"\"\"\n2;\n");
    cr_assert_eq(run(&j, "a.csv", NULL, "out"), EF_OK, "%s", j.error.message);
    expect_part("out", "id;text;sentiment.label;sentiment.score;");
    expect_part("out", "\n1;\"so \"\"good\"\"\";");
    expect_part("out", "\n2;;;");
    cr_assert_eq(j.summary.counts.records, 2);
    cr_assert_eq(j.summary.counts.empty, 1);
    cr_assert_eq(j.summary.labels[EF_LABEL_NONE], 1);
    put("a.ndjson", "{\"text\": \"good\", \"n\": 1e2}\n");
    cr_assert_eq(run(&j, "a.ndjson", NULL, "out"), EF_OK, "%s", j.error.message);
    expect_part("out", "{\"text\": \"good\", \"n\": 1e2,\"sentiment\":{\"label\":");
    cr_assert_eq(count_files(), 3, "nothing is left beside");
}

/* Some megabytes of records, good and bad: blocks enough for every worker. */
static void put_many(const char *path)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    for (int i = 0; i < 60000; i++)
        if (i % 9000 == 4000)
            fprintf(file, "{\"text\": %d oops}\n", i);
        else
            fprintf(file, "{\"id\": %d, \"text\": \"The %s was %s, %d times\\nover\"}\n", i,
                    i % 2 ? "box" : "shop", i % 3 ? "wonderful" : "not good at all", i);
    fclose(file);
}

Test(run, same_bytes_at_any_number_of_threads, .timeout = 60)
{
    job one = { 0 }, many = { 0 };
    char name[2][8] = { "one", "many" }, rejects[2][16] = { "one.bad", "many.bad" };
    put_many("a.ndjson");
    one.options.threads = 1;
    one.options.rejects_path = rejects[0];
    cr_assert_eq(run(&one, "a.ndjson", NULL, name[0]), EF_OK, "%s", one.error.message);
    char *expected = get(name[0]), *expected_rejects = get(rejects[0]);
    cr_assert_eq(one.summary.counts.rejected, 7);
    for (unsigned threads = 2; threads <= 5; threads++) {
        many = (job){ .options = { .threads = threads, .rejects_path = rejects[1] } };
        cr_assert_eq(run(&many, "a.ndjson", NULL, name[1]), EF_OK, "%s",
                     many.error.message);
        char *text = get(name[1]), *bad = get(rejects[1]);
        cr_assert_str_eq(text, expected);
        cr_assert_str_eq(bad, expected_rejects);
        cr_assert_str_eq(many.notices, one.notices);
        cr_assert_eq(memcmp(&many.summary, &one.summary, sizeof many.summary), 0);
        free(text);
        free(bad);
    }
    free(expected);
    free(expected_rejects);
}

Test(run, document_is_whole_over_many_blocks, .timeout = 60)
{
    job j = { .options = { .threads = 3, .writer = { .format = "json" } } };
    put_many("a.ndjson");
    cr_assert_eq(run(&j, "a.ndjson", NULL, "out"), EF_OK, "%s", j.error.message);
    char *text = get("out");
    /* The head, each record but the last with its comma, the last, the end. */
    cr_assert_eq(count_lines(text), j.summary.counts.records + 2);
    cr_assert_str_eq(text + strlen(text) - 6, "}}\n]}\n");
    free(text);
}

Test(run, keeps_only_what_the_conditions_let_through)
{
    job j = { 0 };
    const char *where[] = { "shop=b" };
    j.options.where = where;
    j.options.where_count = 1;
    put("a.csv", "shop,text\na,first\nb,second\nc,third\n");
    cr_assert_eq(run(&j, "a.csv", NULL, "out"), EF_OK, "%s", j.error.message);
    char *text = get("out");
    cr_assert_not_null(strstr(text, "\nb,second,"));
    cr_assert_null(strstr(text, "first"));
    free(text);
    where[0] = "shpo=b";
    cr_assert_eq(run(&j, "a.csv", NULL, "other"), EF_ERR_ARGUMENT);
    cr_assert_eq(count_files(), 2);
}

Test(run, failure_leaves_no_file)
{
    job j = { 0 };
    put("a.csv", "id,text\n1,good\n");
    put("b.csv", "id,message\n1,good\n");
    cr_assert_eq(run(&j, "a.csv", "b.csv", "out"), EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(j.error.message, "'b.csv' has other columns"));
    cr_assert_eq(count_files(), 2);
    j.options.writer.format = "ndjson";
    cr_assert_eq(run(&j, "a.csv", "b.csv", "out"), EF_OK, "%s", j.error.message);
    expect_part("out", "{\"id\":\"1\",\"message\":\"good\",");
    cr_assert_eq(run(&j, "a.csv", NULL, "/dev/full"), EF_ERR_IO);
    cr_assert_eq(run(&j, "a.csv", NULL, "no/such/folder"), EF_ERR_IO);
    cr_assert_eq(run(&j, "missing.csv", NULL, "out2"), EF_ERR_IO);
    cr_assert_eq(count_files(), 3);
}

Test(run, refuses_a_column_named_like_the_score)
{
    job j = { 0 };
    put("a.csv", "sentiment,text\nx,good\n");
    cr_assert_eq(run(&j, "a.csv", NULL, "out"), EF_ERR_ARGUMENT);
    cr_assert_not_null(strstr(j.error.message, "--as NAME"));
    j.options.writer.name = "mood";
    cr_assert_eq(run(&j, "a.csv", NULL, "out"), EF_OK, "%s", j.error.message);
    expect_part("out", "sentiment,text,mood.label,");
}

Test(run, empty_input_gives_an_empty_document)
{
    job j = { .options = { .writer = { .format = "json" } } };
    put("a.csv", "");
    cr_assert_eq(run(&j, "a.csv", NULL, "out"), EF_OK, "%s", j.error.message);
    expect_part("out", "\"records\":[\n\n]}\n");
    cr_assert_eq(j.summary.counts.records, 0);
}

static bool stop(void *user, const ef_run_summary *summary)
{
    (void)summary;
    ++*(int *)user;
    return false;
}

Test(run, stops_when_progress_says_so, .timeout = 60)
{
    job j = { .options = { .threads = 2, .progress = stop } };
    int calls = 0;
    FILE *file = fopen("a.ndjson", "w");
    for (int i = 0; i < 1500000; i++)
        fputs("{\"text\":\"wonderful\"}\n", file);
    fclose(file);
    put("out", "of yesterday");
    j.options.progress_user = &calls;
    cr_assert_eq(run(&j, "a.ndjson", NULL, "out"), EF_OK, "%s", j.error.message);
    cr_assert_eq(calls, 1);
    cr_assert_lt(j.summary.counts.records, 1500000);
    char *text = get("out");
    cr_assert_str_eq(text, "of yesterday", "half a file must not take its place");
    free(text);
}

Test(run, scores_and_rejects_need_two_places)
{
    job j = { .options = { .rejects_path = "-" } };
    put("a.csv", "id,text\n1,good\n");
    cr_assert_eq(run(&j, "a.csv", NULL, "-"), EF_ERR_ARGUMENT);
}
