/* SPDX-License-Identifier: MIT
 * tests/state/test_state.c - what is committed is there again, as a whole; what is damaged
 * is found. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "state/state.h"
#include "state/tables.h"

static char folder[] = "/tmp/earful-state-XXXXXX";
static char path[64];

static void make_folder(void)
{
    strcpy(folder + sizeof folder - 7, "XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/new/state.db", folder);
}

static void drop_folder(void)
{
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(state, .init = make_folder, .fini = drop_folder);

static ef_state *open_own(void)
{
    ef_state *state;
    ef_error error = { 0 };
    cr_assert_eq(ef_state_open(&state, path, EF_STATE_OWN, &error), EF_OK, "%s",
                 error.message);
    return state;
}

/* A row of a table with a different value in every column; seed 0 has empty slices. */
static ef_row filled_row(ef_table table, int seed)
{
    static char texts[EF_TABLE_COLUMNS][32];
    ef_row row = { .table = table };
    const ef_table_layout *layout = ef_table_layout_of(table);
    for (size_t i = 0; i < layout->count; i++) {
        const ef_table_column *column = &layout->columns[i];
        if (column->kind == EF_COLUMN_INTEGER) {
            *ef_row_integer(&row, column) = (INT64_MIN + (int64_t)i) ^ (int64_t)seed;
            continue;
        }
        snprintf(texts[i], sizeof texts[i], "%s %d\xff", column->name, seed);
        *ef_row_slice(&row, column) = seed == 0 && i >= layout->key_count
                                          ? (ef_slice){ NULL, 0 }
                                          : ef_slice_of(texts[i]);
    }
    return row;
}

static void put(ef_state *state, ef_row row)
{
    ef_error error = { 0 };
    cr_assert_eq(ef_state_put(state, &row, &error), EF_OK, "%s", error.message);
}

static void put_meta(ef_state *state, const char *key, const char *value)
{
    put(state, (ef_row){ .table = EF_TABLE_META,
                         .meta = { ef_slice_of(key), ef_slice_of(value) } });
}

static void commit(ef_state *state)
{
    ef_error error = { 0 };
    cr_assert_eq(ef_state_commit(state, &error), EF_OK, "%s", error.message);
}

/* The value under a key of meta, "" if there is none. */
static const char *meta(ef_state *state, const char *key)
{
    static char value[64];
    ef_row row = { .table = EF_TABLE_META, .meta.key = ef_slice_of(key) };
    ef_status status = ef_state_get(state, &row, NULL);
    cr_assert(status == EF_OK || status == EF_END);
    size_t size = status == EF_OK ? row.meta.value.size : 0;
    if (size > 0)
        memcpy(value, row.meta.value.data, size);
    value[size] = '\0';
    return value;
}

static ef_status count_row(void *user, const ef_row *row, ef_error *error)
{
    (void)error;
    (void)row;
    ++*(size_t *)user;
    return EF_OK;
}

static size_t count(ef_state *state, ef_table table)
{
    size_t rows = 0;
    cr_assert_eq(ef_state_each(state, table, count_row, &rows, NULL), EF_OK);
    return rows;
}

Test(state, keeps_every_column_of_every_table)
{
    ef_state *state = open_own();
    cr_assert_eq(ef_state_begin(state, NULL), EF_OK);
    for (int table = 0; table < EF_TABLE_COUNT; table++)
        for (int seed = 0; seed < 3; seed++)
            put(state, filled_row((ef_table)table, seed));
    commit(state);
    ef_state_close(state);

    state = open_own();
    for (int table = 0; table < EF_TABLE_COUNT; table++) {
        cr_assert_eq(count(state, (ef_table)table), 3);
        for (int seed = 0; seed < 3; seed++) {
            ef_row wanted = filled_row((ef_table)table, seed), row = wanted;
            const ef_table_layout *layout = ef_table_layout_of(row.table);
            for (size_t i = layout->key_count; i < layout->count; i++)
                if (layout->columns[i].kind == EF_COLUMN_INTEGER)
                    *ef_row_integer(&row, &layout->columns[i]) = 1;
            cr_assert_eq(ef_state_get(state, &row, NULL), EF_OK);
            cr_assert_eq(ef_row_seal(&row), ef_row_seal(&wanted));
        }
    }
    ef_state_close(state);
}

Test(state, replaces_and_deletes_by_key)
{
    ef_state *state = open_own();
    ef_state_begin(state, NULL);
    put_meta(state, "a", "1");
    put_meta(state, "a", "2");
    put_meta(state, "b", "3");
    cr_assert_str_eq(meta(state, "a"), "2");
    ef_row gone = { .table = EF_TABLE_META, .meta.key = ef_slice_of("b") };
    cr_assert_eq(ef_state_delete(state, &gone, NULL), EF_OK);
    cr_assert_eq(ef_state_delete(state, &gone, NULL), EF_OK);
    commit(state);
    cr_assert_str_eq(meta(state, "b"), "");
    cr_assert_eq(count(state, EF_TABLE_META), 1);
    ef_state_close(state);
}

Test(state, forgets_what_was_not_committed)
{
    ef_state *state = open_own();
    ef_state_begin(state, NULL);
    put_meta(state, "a", "1");
    ef_state_rollback(state);
    cr_assert_str_eq(meta(state, "a"), "");
    ef_state_begin(state, NULL);
    put_meta(state, "a", "2");
    ef_state_close(state);
    state = open_own();
    cr_assert_str_eq(meta(state, "a"), "");
    ef_state_close(state);
}

Test(state, keeps_what_was_committed_before_a_kill)
{
    pid_t child = fork();
    if (child == 0) {
        ef_state *state = open_own();
        ef_state_begin(state, NULL);
        put_meta(state, "a", "1");
        commit(state);
        ef_state_begin(state, NULL);
        put_meta(state, "a", "2");
        _exit(0);
    }
    int how;
    waitpid(child, &how, 0);
    ef_state *state = open_own();
    cr_assert_str_eq(meta(state, "a"), "1");
    ef_state_close(state);
}

Test(state, refuses_a_second_owner_and_lets_others_look)
{
    ef_state *state = open_own(), *other;
    ef_error error = { 0 };
    ef_state_begin(state, NULL);
    put_meta(state, "a", "1");
    commit(state);
    cr_assert_eq(ef_state_open(&other, path, EF_STATE_OWN, &error), EF_ERR_IO);
    cr_assert_not_null(strstr(error.message, "in use"), "%s", error.message);
    cr_assert_eq(ef_state_open(&other, path, EF_STATE_LOOK, &error), EF_OK, "%s",
                 error.message);
    cr_assert_str_eq(meta(other, "a"), "1");
    ef_state_close(other);
    ef_state_close(state);
}

Test(state, is_for_nobody_else_to_read)
{
    ef_state_close(open_own());
    struct stat about;
    cr_assert_eq(stat(path, &about), 0);
    cr_assert_eq(about.st_mode & 0777, 0600);
    *strrchr(path, '/') = '\0';
    cr_assert_eq(stat(path, &about), 0);
    cr_assert_eq(about.st_mode & 0777, 0700);
}

static void write_at(const char *name, long offset, const char *bytes, size_t size)
{
    int file = open(name, O_WRONLY);
    cr_assert(file >= 0 && pwrite(file, bytes, size, offset) == (ssize_t)size);
    close(file);
}

Test(state, goes_back_to_the_second_generation_when_damaged)
{
    ef_state *state = open_own();
    ef_state_begin(state, NULL);
    put_meta(state, "a", "first");
    commit(state);
    cr_assert_eq(ef_state_backup(state, NULL), EF_OK);
    ef_state_begin(state, NULL);
    put_meta(state, "a", "later");
    commit(state);
    ef_state_close(state);
    write_at(path, 0, "not a database at all", 21);

    state = open_own();
    cr_assert_not_null(strstr(ef_state_recovery(state), ".corrupt"));
    cr_assert_str_eq(meta(state, "a"), "first");
    ef_state_close(state);
    state = open_own();
    cr_assert_null(ef_state_recovery(state));
    ef_state_close(state);
    strcat(path, ".corrupt");
    cr_assert_eq(access(path, F_OK), 0);
}

Test(state, refuses_damage_without_a_second_generation)
{
    ef_state_close(open_own());
    write_at(path, 0, "not a database at all", 21);
    ef_state *state;
    ef_error error = { 0 };
    cr_assert_eq(ef_state_open(&state, path, EF_STATE_OWN, &error), EF_ERR_FORMAT);
    cr_assert_not_null(strstr(error.message, "damaged"), "%s", error.message);
}

/* Flips one bit of every byte in turn (of every STEP-th, to be quick): what opens then must
 * say the same as before, or that it went back. */
Test(state, never_believes_a_flipped_byte, .timeout = 60)
{
    enum { STEP = 61 };
    ef_state *state = open_own();
    ef_state_begin(state, NULL);
    for (int table = 0; table < EF_TABLE_COUNT; table++)
        put(state, filled_row((ef_table)table, 1));
    commit(state);
    ef_state_backup(state, NULL);
    ef_state_close(state);
    char whole[1 << 18], second[80];
    snprintf(second, sizeof second, "%s.1", path);
    int file = open(path, O_RDONLY);
    ssize_t size = read(file, whole, sizeof whole);
    close(file);
    cr_assert(size > 0 && (size_t)size < sizeof whole);
    size_t found = 0;
    const char *all = getenv("EARFUL_TORTURE");
    for (long at = 0; at < size; at += at < 128 || all != NULL ? 1 : STEP) {
        char flipped = (char)(whole[at] ^ (1 << at % 8));
        write_at(path, 0, whole, (size_t)size);
        write_at(path, at, &flipped, 1);
        state = open_own();
        found += ef_state_recovery(state) != NULL;
        for (int table = 0; table < EF_TABLE_COUNT; table++) {
            ef_row wanted = filled_row((ef_table)table, 1), row = wanted;
            cr_assert_eq(ef_state_get(state, &row, NULL), EF_OK, "byte %ld", at);
            cr_assert_eq(ef_row_seal(&row), ef_row_seal(&wanted), "byte %ld", at);
            cr_assert_eq(count(state, (ef_table)table), 1, "byte %ld", at);
        }
        ef_state_close(state);
    }
    cr_assert(found > 0);
}
