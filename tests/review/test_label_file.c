/* SPDX-License-Identifier: MIT
 * test_label_file.c - an answer is in the file, or was never given. */
#include "review/label_file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/earful-labels-XXXXXX";

static void set_up(void)
{
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

static void clean_up(void)
{
    unlink("l.csv");
    rmdir(folder);
}

TestSuite(label_file, .init = set_up, .fini = clean_up, .timeout = 60);

static const char *const texts[] = { "first, \"quoted\"\n\nwith lines", "second",
                                     "=third" };

typedef struct seen {
    size_t rows;
    bool are_ours; /* each is the text that was written there */
} seen;

static ef_status look(void *user, const ef_label_row *row, ef_error *error)
{
    seen *s = user;
    (void)error;
    const char *wanted = s->rows < 3 ? texts[s->rows] : "";
    s->are_ours &= row->text.size == strlen(wanted) &&
                   memcmp(row->text.data, wanted, row->text.size) == 0;
    s->rows++;
    return EF_OK;
}

static ef_status add(ef_label_file *file, size_t index)
{
    ef_error error = { 0 };
    ef_label_row row = { .text = ef_slice_of(texts[index]),
                         .label = EF_LABEL_NEGATIVE,
                         .model = ef_slice_of("none"),
                         .file = ef_slice_of("in.csv") };
    return ef_label_file_append(file, &row, &error);
}

static seen open_file(ef_label_file *file)
{
    seen s = { .are_ours = true };
    ef_error error = { 0 };
    cr_assert_eq(ef_label_file_open(file, "l.csv", look, &s, &error), EF_OK, "%s",
                 error.message);
    return s;
}

static size_t write_three(void)
{
    ef_label_file file;
    struct stat facts;
    open_file(&file);
    for (size_t i = 0; i < 3; i++)
        cr_assert_eq(add(&file, i), EF_OK);
    ef_label_file_close(&file);
    cr_assert_eq(stat("l.csv", &facts), 0);
    return (size_t)facts.st_size;
}

Test(label_file, is_nobody_elses_business)
{
    struct stat facts;
    write_three();
    cr_assert_eq(stat("l.csv", &facts), 0);
    cr_assert_eq(facts.st_mode & 0777, 0600);
}

Test(label_file, that_was_cut_at_any_byte_goes_on)
{
    size_t size = write_three();
    int whole = open("l.csv", O_RDONLY);
    char *bytes = malloc(size);
    cr_assert_eq(read(whole, bytes, size), (ssize_t)size);
    close(whole);
    for (size_t cut = 0; cut <= size; cut++) {
        ef_label_file file;
        int descriptor = open("l.csv", O_WRONLY | O_TRUNC);
        cr_assert_eq(write(descriptor, bytes, cut), (ssize_t)cut);
        close(descriptor);
        seen before = open_file(&file);
        cr_assert(before.are_ours && before.rows <= 3, "cut at %zu", cut);
        for (size_t i = before.rows; i < 3; i++)
            cr_assert_eq(add(&file, i), EF_OK);
        ef_label_file_close(&file);
        seen after = { .are_ours = true };
        cr_assert_eq(ef_label_file_read("l.csv", look, &after, NULL), EF_OK);
        cr_assert(after.are_ours && after.rows == 3, "cut at %zu", cut);
        struct stat facts;
        cr_assert_eq(stat("l.csv", &facts), 0);
        cr_assert_eq((size_t)facts.st_size, size, "cut at %zu", cut);
    }
    free(bytes);
}

Test(label_file, takes_back_what_was_added_this_time_only)
{
    ef_label_file file;
    size_t size = write_three();
    struct stat facts;
    open_file(&file);
    cr_assert_eq(ef_label_file_take_back(&file, NULL), EF_END);
    add(&file, 0);
    add(&file, 1);
    cr_assert_eq(ef_label_file_take_back(&file, NULL), EF_OK);
    cr_assert_eq(ef_label_file_take_back(&file, NULL), EF_OK);
    cr_assert_eq(ef_label_file_take_back(&file, NULL), EF_END);
    ef_label_file_close(&file);
    stat("l.csv", &facts);
    cr_assert_eq((size_t)facts.st_size, size);
}

Test(label_file, without_a_label_leaves_nothing_behind)
{
    ef_label_file file;
    open_file(&file);
    add(&file, 0);
    ef_label_file_take_back(&file, NULL);
    ef_label_file_close(&file);
    cr_assert_neq(access("l.csv", F_OK), 0);
}

Test(label_file, belongs_to_one_at_a_time)
{
    ef_label_file file, other;
    ef_error error = { 0 };
    seen s = { 0 };
    open_file(&file);
    cr_assert_eq(ef_label_file_open(&other, "l.csv", look, &s, &error), EF_ERR_IO);
    ef_label_file_close(&file);
}

Test(label_file, of_somebody_else_stays_as_it_is)
{
    static const char *const contents[] = { "id,text,label\n1,it broke,negative\n", "x",
                                            "id,text,label,model_label,p_negative,p_"
                                            "neutral,p_positive,why,seed,labelled_at,file,"
                                            "line,model\n1,2,3\n1,2,3\n" };
    for (size_t i = 0; i < 3; i++) {
        ef_label_file file;
        ef_error error = { 0 };
        seen s = { 0 };
        struct stat facts;
        FILE *out = fopen("l.csv", "w");
        fputs(contents[i], out);
        fclose(out);
        cr_assert_eq(ef_label_file_open(&file, "l.csv", look, &s, &error), EF_ERR_FORMAT);
        stat("l.csv", &facts);
        cr_assert_eq((size_t)facts.st_size, strlen(contents[i]));
    }
    ef_label_file file;
    seen s = { 0 };
    cr_assert_eq(ef_label_file_open(&file, "/dev/null", look, &s, NULL), EF_ERR_IO);
}

Test(label_file, that_finds_no_room_is_as_it_was)
{
    ef_label_file file;
    size_t size = write_three();
    struct stat facts;
    struct rlimit limit = { size + 40, RLIM_INFINITY };
    signal(SIGXFSZ, SIG_IGN);
    open_file(&file);
    setrlimit(RLIMIT_FSIZE, &limit);
    cr_assert_eq(add(&file, 0), EF_ERR_IO);
    stat("l.csv", &facts);
    cr_assert_eq((size_t)facts.st_size, size);
    limit.rlim_cur = RLIM_INFINITY;
    setrlimit(RLIMIT_FSIZE, &limit);
    cr_assert_eq(add(&file, 0), EF_OK);
    ef_label_file_close(&file);
    seen after = { .are_ours = true };
    cr_assert_eq(ef_label_file_read("l.csv", look, &after, NULL), EF_OK);
    cr_assert_eq(after.rows, 4);
}

Test(label_file, whose_last_line_end_an_editor_took_loses_no_label)
{
    size_t size = write_three();
    ef_label_file file;
    cr_assert_eq(truncate("l.csv", (off_t)size - 1), 0);
    seen s = open_file(&file);
    cr_assert_eq(s.rows, 3);
    cr_assert_not(file.was_cut);
    ef_label_file_close(&file);
}
