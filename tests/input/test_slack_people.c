/* SPDX-License-Identifier: MIT
 * tests/input/test_slack_people.c - names behind the ids of a Slack export. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "earful/reader.h"
#include "input/slack_people.h"
#include "zip_maker.h"

static const char users[] =
    "[{\"id\":\"U2\",\"name\":\"jo\",\"real_name\":\"Jo\",\"profile\":{\"display_name\":"
    "\"\","
    "\"real_name\":\"Jo Shop\"}},{\"id\":\"U1\",\"name\":\"mara\",\"profile\":"
    "{\"display_name\":\"Ma\\u0072a\"}},{\"id\":\"U3\"},{\"name\":\"nobody\"}]";
static const char day[] = "[{\"type\":\"message\",\"user\":\"U1\",\"text\":\"hi <@U2>\","
                          "\"ts\":\"1730633950.000200\"}]";

/* An export in a folder that is gone when the test ends. */
typedef struct folder {
    char top[64], channel[96], users[96], day[128];
} folder;

static void write_text(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    cr_assert_not_null(file);
    cr_assert_eq(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static folder make_folder(const char *people)
{
    folder made = { .top = "/tmp/earful-slack-XXXXXX" };
    cr_assert_not_null(mkdtemp(made.top));
    snprintf(made.channel, sizeof made.channel, "%s/help", made.top);
    snprintf(made.users, sizeof made.users, "%s/users.json", made.top);
    snprintf(made.day, sizeof made.day, "%s/2024-11-03.json", made.channel);
    cr_assert_eq(mkdir(made.channel, 0700), 0);
    write_text(made.users, people, strlen(people));
    write_text(made.day, day, strlen(day));
    return made;
}

static void remove_folder(const folder *made)
{
    unlink(made->day);
    unlink(made->users);
    rmdir(made->channel);
    rmdir(made->top);
}

static void expect_name(const ef_slack_people *people, const char *id, const char *name)
{
    ef_slice found = ef_slack_people_name(people, ef_slice_of(id));
    cr_assert_eq(found.size, strlen(name), "%s", id);
    cr_assert(found.size == 0 || memcmp(found.data, name, found.size) == 0);
}

Test(slack_people, are_read_once_for_all_days)
{
    folder made = make_folder(users);
    ef_slack_people *known = NULL;
    const ef_slack_people *people, *again;
    cr_assert_eq(ef_slack_people_find(&known, made.day, &people, NULL), EF_OK);
    cr_assert_not_null(people);
    expect_name(people, "U1", "Mara");
    expect_name(people, "U2", "Jo Shop");
    expect_name(people, "U3", "");
    expect_name(people, "", "");
    cr_assert_eq(ef_slack_people_find(&known, made.day, &again, NULL), EF_OK);
    cr_assert_eq(again, people);
    ef_slack_people_free(known);
    remove_folder(&made);
}

Test(slack_people, may_be_missing_or_broken)
{
    static const char *const broken[] = { "",     "{",         "[{\"id\":\"U1\",",
                                          "null", "[1,[],{}]", "\xFF\xFF" };
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        folder made = make_folder(broken[i]);
        ef_slack_people *known = NULL;
        const ef_slack_people *people;
        cr_assert_eq(ef_slack_people_find(&known, made.day, &people, NULL), EF_OK);
        expect_name(people, "U1", "");
        ef_slack_people_free(known);
        unlink(made.users);
        known = NULL;
        cr_assert_eq(ef_slack_people_find(&known, made.day, &people, NULL), EF_OK);
        cr_assert_null(people);
        cr_assert_eq(ef_slack_people_find(&known, "no/such/file", &people, NULL), EF_OK);
        cr_assert_null(people);
        ef_slack_people_free(known);
        remove_folder(&made);
    }
}

Test(slack_people, are_found_in_an_archive_wherever_they_lie)
{
    zip_maker zip = { 0 };
    zip_add(&zip, "help/2024-11-03.json", day);
    zip_add(&zip, "users.json", users);
    zip_end(&zip);
    char path[] = "/tmp/earful-slack-XXXXXX";
    int fd = mkstemp(path);
    cr_assert(fd >= 0);
    close(fd);
    write_text(path, zip.bytes.data, zip.bytes.size);
    const char *inputs[] = { path };
    ef_reader *reader;
    ef_record record;
    ef_error error = { 0 };
    cr_assert_eq(ef_reader_new(&reader,
                               &(ef_reader_options){ .inputs = inputs, .input_count = 1 },
                               &error),
                 EF_OK);
    ef_status status = ef_reader_next(reader, &record, &error);
    if (status == EF_OK) {
        cr_assert_eq(record.author.size, 4);
        cr_assert_eq(memcmp(record.author.data, "Mara", 4), 0);
        cr_assert_eq(record.text.size, strlen("hi @Jo Shop"));
        cr_assert_eq(memcmp(record.text.data, "hi @Jo Shop", record.text.size), 0);
        cr_assert_eq(ef_reader_next(reader, &record, &error), EF_END);
    } else {
        cr_assert_not_null(strstr(error.message, "unzip"), "%s", error.message);
        cr_log_info("skipped: there is no libarchive here");
    }
    ef_reader_free(reader);
    ef_buffer_release(&zip.bytes);
    ef_buffer_release(&zip.directory);
    unlink(path);
}
