/* SPDX-License-Identifier: MIT
 * tests/state/test_log.c - SQLite's log of what was committed, cut short or damaged: what
 * is there afterwards is what some commit left, whole. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "state/state.h"

enum { COMMITS = 4, FILES = 3, MOST = 1 << 18 };

static char folder[40];
static char path[64], log_path[80];
static char database[MOST], lines[MOST]; /* as a killed owner left them */
static size_t database_size, log_size;

static void put(ef_state *state, const char *key, int commit)
{
    char value[16];
    ef_error error = { 0 };
    snprintf(value, sizeof value, "%d", commit);
    ef_row row = { .table = EF_TABLE_META,
                   .meta = { ef_slice_of(key), ef_slice_of(value) } };
    cr_assert_eq(ef_state_put(state, &row, &error), EF_OK, "%s", error.message);
}

static void put_file(ef_state *state, int file, int commit)
{
    ef_row row = { .table = EF_TABLE_FILE,
                   .file = { .path = ef_slice_of(file == 0   ? "a"
                                                 : file == 1 ? "b"
                                                             : "c"),
                             .generation = 1,
                             .offset = (uint64_t)commit * 1000 } };
    cr_assert_eq(ef_state_put(state, &row, NULL), EF_OK);
}

/* Each commit says in two tables which one it is. */
static void commit_and_die(void)
{
    ef_state *state;
    if (ef_state_open(&state, path, EF_STATE_OWN, NULL) != EF_OK)
        _exit(1);
    for (int i = 1; i <= COMMITS; i++) {
        ef_state_begin(state, NULL);
        put(state, "commit", i);
        for (int file = 0; file < FILES; file++)
            put_file(state, file, i);
        if (ef_state_commit(state, NULL) != EF_OK)
            _exit(1);
    }
    _exit(0);
}

static size_t read_all(const char *name, char *bytes)
{
    int file = open(name, O_RDONLY);
    ssize_t size = file < 0 ? 0 : read(file, bytes, MOST);
    cr_assert(file >= 0 && size < MOST);
    close(file);
    return (size_t)size;
}

static void write_all(const char *name, const char *bytes, size_t size)
{
    int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    cr_assert(file >= 0 && write(file, bytes, size) == (ssize_t)size);
    close(file);
}

static void make_state(void)
{
    int how;
    /* Thousands of times it is opened: on a disk that would take an hour. */
    snprintf(folder, sizeof folder, "%s/earful-log-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/state.db", folder);
    snprintf(log_path, sizeof log_path, "%s-wal", path);
    pid_t child = fork();
    if (child == 0)
        commit_and_die();
    waitpid(child, &how, 0);
    cr_assert(WIFEXITED(how) && WEXITSTATUS(how) == 0);
    database_size = read_all(path, database);
    log_size = read_all(log_path, lines);
    cr_assert(log_size > 0, "nothing is in the log: the test tests nothing");
}

static void drop_folder(void)
{
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(log, .init = make_state, .fini = drop_folder);

/* Of the files in *user all must be as far as the first. */
static ef_status look_at_file(void *user, const ef_row *row, ef_error *error)
{
    int *commit = user, here = (int)(row->file.offset / 1000);
    (void)error;
    cr_assert(*commit < 0 || *commit == here, "files of two commits");
    *commit = here;
    return EF_OK;
}

/* Which commit a state is of; 0: of none. */
static int commit_of(ef_state *state)
{
    ef_row row = { .table = EF_TABLE_META, .meta.key = ef_slice_of("commit") };
    ef_status status = ef_state_get(state, &row, NULL);
    int said = status == EF_OK ? row.meta.value.data[0] - '0' : 0, seen = -1;
    cr_assert(status == EF_OK || status == EF_END);
    cr_assert_eq(ef_state_each(state, EF_TABLE_FILE, look_at_file, &seen, NULL), EF_OK);
    cr_assert_eq(said, seen < 0 ? 0 : seen, "tables of two commits");
    return said;
}

/* The commit that is found with a log of these bytes. */
static int reopen(size_t size, long at)
{
    char shared[96];
    ef_state *state;
    ef_error error = { 0 };
    snprintf(shared, sizeof shared, "%s-shm", path);
    unlink(shared);
    write_all(path, database, database_size);
    write_all(log_path, lines, size);
    cr_assert_eq(ef_state_open(&state, path, EF_STATE_OWN, &error), EF_OK, "%ld: %s", at,
                 error.message);
    int commit = commit_of(state);
    ef_state_close(state);
    return commit;
}

static size_t step(void)
{
    return getenv("EARFUL_TORTURE") != NULL ? 1 : 997;
}

/* A power cut may leave any part of it. */
Test(log, cut_at_any_length_is_the_last_whole_commit, .timeout = 1200)
{
    int last = 0;
    for (size_t size = 0; size < log_size; size += step()) {
        int commit = reopen(size, (long)size);
        cr_assert(commit >= last && commit <= COMMITS, "cut at %zu", size);
        last = commit;
    }
    cr_assert_eq(last, COMMITS - 1, "the last frame is the last commit's");
    cr_assert_eq(reopen(log_size, -1), COMMITS);
}

/* What stands before the damage counts: places in files and lengths of outputs go back
 * together, so nothing is lost and nothing comes twice. */
Test(log, with_a_flipped_byte_is_an_earlier_commit, .timeout = 1200)
{
    size_t earlier = 0;
    for (size_t at = 0; at < log_size; at += at < 64 ? 1 : step()) {
        char whole = lines[at];
        lines[at] = (char)(whole ^ (1 << at % 8));
        int commit = reopen(log_size, (long)at);
        lines[at] = whole;
        cr_assert(commit >= 0 && commit <= COMMITS);
        earlier += commit < COMMITS;
    }
    cr_assert(earlier > 0);
}
