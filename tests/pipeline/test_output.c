/* SPDX-License-Identifier: MIT
 * tests/pipeline/test_output.c - files that appear whole, pipes that close. */
#include <criterion/criterion.h>

#include "pipeline/output.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/earful-output-XXXXXX";

static void enter_folder(void)
{
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

/* Removes all files and returns how many there were. */
static int clear_folder(void)
{
    int count = 0;
    DIR *stream = opendir(folder);
    for (struct dirent *entry; (entry = readdir(stream)) != NULL;)
        if (entry->d_name[0] != '.') {
            count++;
            unlink(entry->d_name);
        }
    closedir(stream);
    return count;
}

static void leave_folder(void)
{
    clear_folder();
    rmdir(folder);
}

TestSuite(output, .init = enter_folder, .fini = leave_folder);

static void expect_file(const char *path, const char *expected)
{
    char bytes[64] = { 0 };
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file);
    size_t size = fread(bytes, 1, sizeof bytes - 1, file);
    fclose(file);
    cr_assert_eq(size, strlen(expected));
    cr_assert_str_eq(bytes, expected);
}

static void put_file(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs(bytes, file);
    fclose(file);
}

Test(output, file_has_its_name_only_when_it_is_whole)
{
    ef_output output;
    put_file("a", "old");
    cr_assert_eq(ef_output_open(&output, "a", NULL), EF_OK);
    cr_assert_eq(ef_output_write(&output, ef_slice_of("new bytes"), NULL), EF_OK);
    expect_file("a", "old");
    cr_assert_eq(ef_output_finish(&output, NULL), EF_OK);
    expect_file("a", "new bytes");
    ef_output_discard(&output);
    cr_assert_eq(clear_folder(), 1);
}

Test(output, discarded_file_leaves_nothing)
{
    ef_output output;
    cr_assert_eq(ef_output_open(&output, "a", NULL), EF_OK);
    cr_assert_eq(ef_output_write(&output, ef_slice_of("x"), NULL), EF_OK);
    ef_output_discard(&output);
    ef_output_discard(&output);
    cr_assert_eq(clear_folder(), 0);
}

Test(output, replaces_what_a_link_names_and_keeps_its_mode)
{
    ef_output output;
    struct stat about;
    put_file("a", "old");
    cr_assert_eq(chmod("a", 0640), 0);
    cr_assert_eq(symlink("a", "link"), 0);
    cr_assert_eq(ef_output_open(&output, "link", NULL), EF_OK);
    cr_assert_eq(ef_output_write(&output, ef_slice_of("new"), NULL), EF_OK);
    cr_assert_eq(ef_output_finish(&output, NULL), EF_OK);
    expect_file("a", "new");
    cr_assert_eq(lstat("link", &about), 0);
    cr_assert(S_ISLNK(about.st_mode));
    cr_assert_eq(stat("a", &about), 0);
    cr_assert_eq(about.st_mode & 07777, 0640);
}

Test(output, refuses_folders_and_places_that_are_not_there)
{
    ef_output output;
    ef_error error = { 0 };
    cr_assert_eq(ef_output_open(&output, folder, &error), EF_ERR_IO);
    cr_assert_eq(ef_output_open(&output, "not/there", &error), EF_ERR_IO);
    cr_assert_str_eq(error.message, "cannot write 'not/there': No such file or directory");
}

Test(output, full_disk_is_an_error)
{
    ef_output output;
    ef_error error = { 0 };
    cr_assert_eq(ef_output_open(&output, "/dev/full", &error), EF_OK);
    cr_assert_eq(ef_output_write(&output, ef_slice_of("x"), &error), EF_ERR_IO);
    cr_assert_not_null(strstr(error.message, "cannot write '/dev/full'"));
    ef_output_discard(&output);
}

Test(output, closed_pipe_is_quiet)
{
    int ends[2];
    ef_output output;
    signal(SIGPIPE, SIG_DFL);
    cr_assert_eq(pipe(ends), 0);
    int standard = dup(STDOUT_FILENO);
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    ef_status opened = ef_output_open(&output, "-", NULL);
    ef_status first = ef_output_write(&output, ef_slice_of("x"), NULL);
    ef_status second = ef_output_write(&output, ef_slice_of("x"), NULL);
    dup2(standard, STDOUT_FILENO);
    cr_assert_eq(opened, EF_OK);
    cr_assert_eq(first, EF_OK);
    cr_assert_eq(second, EF_OK);
    cr_assert(output.is_closed);
    cr_assert_eq(output.written, 0);
}

/* A child that reads size bytes from a descriptor. */
static pid_t start_reader(int descriptor, size_t size)
{
    uint8_t bytes[4096];
    pid_t child = fork();
    if (child != 0)
        return child;
    while (size > 0) {
        ssize_t count = read(descriptor, bytes, size < sizeof bytes ? size : sizeof bytes);
        size -= count > 0 ? (size_t)count : 0;
    }
    _exit(0);
}

Test(output, waits_for_a_pipe_that_does_not_block)
{
    enum { SIZE = 200000 };
    static const uint8_t bytes[SIZE];
    ef_output output;
    cr_assert_eq(mkfifo("fifo", 0600), 0);
    int reading = open("fifo", O_RDONLY | O_NONBLOCK);
    cr_assert_eq(ef_output_open(&output, "fifo", NULL), EF_OK);
    cr_assert_eq(fcntl(output.descriptor, F_SETFL, O_WRONLY | O_NONBLOCK), 0);
    pid_t child = start_reader(reading, SIZE);
    cr_assert_eq(ef_output_write(&output, (ef_slice){ bytes, SIZE }, NULL), EF_OK);
    cr_assert_eq(output.written, SIZE);
    cr_assert_eq(ef_output_finish(&output, NULL), EF_OK);
    waitpid(child, NULL, 0);
    close(reading);
}
