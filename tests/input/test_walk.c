/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/walk.h"

static char root[64];

static void enter(void)
{
    strcpy(root, "/tmp/earful-walk-XXXXXX");
    cr_assert_not_null(mkdtemp(root));
    cr_assert_eq(chdir(root), 0);
}

static void leave(void)
{
    char command[128];
    cr_assert_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf %s", root);
    cr_assert_eq(system(command), 0);
}

TestSuite(walk, .init = enter, .fini = leave);

static void touch(const char *path)
{
    int file = open(path, O_CREAT | O_WRONLY, 0600);
    cr_assert(file >= 0);
    close(file);
}

static void folder(const char *path)
{
    cr_assert_eq(mkdir(path, 0700), 0);
}

static void link_to(const char *target, const char *path)
{
    cr_assert_eq(symlink(target, path), 0);
}

/* Walks input and expects the paths in expected, separated by blanks. */
static void expect(const char *input, bool no_symlinks, const char *expected)
{
    ef_paths paths = { 0 };
    ef_error error = { 0 };
    char all[4096] = "";
    cr_expect_eq(ef_walk(&paths, input, no_symlinks, &error), EF_OK, "%s", error.message);
    for (size_t i = 0; i < paths.count; i++) {
        strcat(all, i > 0 ? " " : "");
        strcat(all, paths.items[i]);
    }
    cr_expect_str_eq(all, expected);
    ef_paths_release(&paths);
}

static void expect_error(const char *input, bool no_symlinks, ef_status status,
                         const char *says)
{
    ef_paths paths = { 0 };
    ef_error error = { 0 };
    cr_expect_eq(ef_walk(&paths, input, no_symlinks, &error), status, "%s", error.message);
    cr_expect_not_null(strstr(error.message, says), "%s", error.message);
    cr_expect_eq(paths.count, 0);
    ef_paths_release(&paths);
}

Test(walk, keeps_standard_input_and_named_files_whatever_they_are_called)
{
    touch(".hidden");
    touch("photo.jpg");
    touch("a[1].csv");
    expect("-", false, "-");
    expect(".hidden", false, ".hidden");
    expect("photo.jpg", false, "photo.jpg");
    expect("a[1].csv", false, "a[1].csv");
}

Test(walk, sorts_a_folder_by_bytes)
{
    folder("in");
    folder("in/b");
    touch("in/b/2.csv");
    touch("in/b.csv");
    touch("in/B.csv");
    touch("in/\xc3\xa9.csv");
    touch("in/a.csv");
    expect("in", false, "in/B.csv in/a.csv in/b.csv in/b/2.csv in/\xc3\xa9.csv");
    expect("in/", false, "in/B.csv in/a.csv in/b.csv in/b/2.csv in/\xc3\xa9.csv");
}

Test(walk, leaves_out_hidden_media_and_special_files)
{
    folder("in");
    folder("in/.git");
    touch("in/.git/config");
    touch("in/.DS_Store");
    touch("in/cat.JPG");
    touch("in/voice.opus");
    touch("in/chat.txt");
    touch("in/no-suffix");
    cr_assert_eq(mkfifo("in/pipe", 0600), 0);
    expect("in", false, "in/chat.txt in/no-suffix");
    expect("in/*", false, "in/chat.txt in/no-suffix");
}

Test(walk, ends_in_spite_of_loops)
{
    folder("in");
    folder("in/deep");
    touch("in/deep/a.csv");
    link_to("..", "in/deep/up");
    link_to(".", "in/self");
    link_to("self2", "in/self2");
    link_to("nowhere", "in/broken");
    expect("in", false, "in/deep/a.csv");
}

Test(walk, passes_by_links_to_what_the_kernel_makes_up)
{
    folder("in");
    touch("in/a.csv");
    link_to("/proc/self", "in/process");
    link_to("/proc", "in/processes");
    link_to("/sys", "in/system");
    link_to("/dev/zero", "in/zero.csv");
    expect("in", false, "in/a.csv");
}

Test(walk, follows_links_out_of_the_folder_once)
{
    folder("in");
    folder("other");
    touch("other/b.csv");
    touch("in/2026.log");
    link_to("2026.log", "in/current.log");
    link_to("../other", "in/x");
    link_to("../other", "in/y");
    link_to("/dev/zero", "in/zero.csv");
    expect("in", false, "in/2026.log in/x/b.csv");
    expect("in", true, "in/2026.log");
}

Test(walk, finds_the_same_files_when_links_multiply)
{
    char path[64], target[64];
    folder("in");
    for (int i = 0; i < 40; i++) {
        snprintf(path, sizeof path, "in/d%02d", i);
        folder(path);
        for (int j = 0; j < 2; j++) {
            snprintf(path, sizeof path, "in/d%02d/l%d", i, j);
            snprintf(target, sizeof target, "../d%02d", i + 1);
            link_to(target, path);
        }
    }
    touch("in/d39/a.csv");
    expect("in", false, "in/d39/a.csv");
}

Test(walk, refuses_folders_that_lie_too_deep)
{
    char path[512] = "in";
    folder(path);
    for (int i = 0; i < 70; i++) {
        strcat(path, "/d");
        folder(path);
    }
    strcat(path, "/a.csv");
    touch(path);
    expect_error("in", false, EF_ERR_LIMIT, "64 deep");
}

Test(walk, expands_globs)
{
    folder("in");
    folder("in/jan");
    folder("in/feb");
    touch("in/jan/a.csv");
    touch("in/feb/a.csv");
    touch("in/feb/b.txt");
    expect("in/*/a.csv", false, "in/feb/a.csv in/jan/a.csv");
    expect("in/f*", false, "in/feb/a.csv in/feb/b.txt");
    expect("in/feb/[ab].*", false, "in/feb/a.csv in/feb/b.txt");
    expect("in/.*/../in/feb/?.txt", false, "in/./../in/feb/b.txt");
}

Test(walk, names_the_nearest_file)
{
    folder("in");
    touch("in/reviews.csv");
    touch("in/.reviews.cvs");
    touch("in/zzz.txt");
    expect_error("in/reviews.cvs", false, EF_ERR_IO,
                 "did you mean 'in/reviews.csv'?");
    expect_error("in/Review.csv", false, EF_ERR_IO, "did you mean 'in/reviews.csv'?");
    expect_error("inn/reviews.csv", false, EF_ERR_IO, "did you mean 'in'?");
    expect_error("in/*.cvs", false, EF_ERR_IO, "did you mean 'in/reviews.csv'?");
    expect_error("in/quite-another-thing", false, EF_ERR_IO, "there is no file");
    expect_error("in/zzz.txt/a", false, EF_ERR_IO, "there is no file");
}

Test(walk, says_why_a_folder_gives_nothing)
{
    folder("empty");
    folder("media");
    touch("media/a.png");
    expect_error("empty", false, EF_ERR_IO, "'empty' has no file");
    expect_error("media", false, EF_ERR_IO, "media files do not count");
}

Test(walk, says_which_named_links_it_cannot_take)
{
    touch("a.csv");
    link_to("a.csv", "l.csv");
    link_to("gone.csv", "broken.csv");
    expect("l.csv", false, "l.csv");
    expect_error("l.csv", true, EF_ERR_IO, "symbolic link");
    expect_error("broken.csv", false, EF_ERR_IO, "leads nowhere");
}

Test(walk, adds_inputs_in_the_order_they_are_named)
{
    ef_paths paths = { 0 };
    ef_error error = { 0 };
    touch("b.csv");
    touch("a.csv");
    cr_expect_eq(ef_walk(&paths, "b.csv", false, &error), EF_OK);
    cr_expect_eq(ef_walk(&paths, "nothing", false, &error), EF_ERR_IO);
    cr_expect_eq(ef_walk(&paths, "a.csv", false, &error), EF_OK);
    cr_assert_eq(paths.count, 2);
    cr_expect_str_eq(paths.items[0], "b.csv");
    cr_expect_str_eq(paths.items[1], "a.csv");
    ef_paths_release(&paths);
}
