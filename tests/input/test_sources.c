/* SPDX-License-Identifier: MIT */
#include "sources.h"

#include <unistd.h>

#include "base/error.h"

static ef_status unwrap(const void *p, size_t n, ef_error *error)
{
    ef_source *source = drip_open((ef_slice){ p, n }, n, EF_END);
    ef_status status = ef_source_unwrap(&source, error);
    cr_expect((status == EF_OK) == (source != NULL));
    if (source != NULL)
        source->close(source);
    return status;
}

Test(sources, refuses_by_name_with_advice)
{
    static const struct {
        const char *magic;
        size_t size;
        const char *says;
    } cases[] = {
        { "%PDF-1.7", 8, "PDF" },
        { "SQLite format 3\0", 16, "sqlite3" },
        { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, ".xls" },
        { "Rar!\x1a\x07\x01\x00", 8, "unrar" },
        { "7z\xbc\xaf\x27\x1c\x00\x04", 8, "7z x" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ef_error error = { 0 };
        cr_expect_eq(unwrap(cases[i].magic, cases[i].size, &error), EF_ERR_FORMAT);
        cr_expect_not_null(strstr(error.message, cases[i].says), "%s", error.message);
        cr_expect_not_null(strstr(error.message, "'drip'"), "%s", error.message);
    }
}

Test(sources, refuses_a_tar_archive)
{
    char tar[512] = "a.csv";
    ef_error error = { 0 };
    memcpy(tar + 257, "ustar", 5);
    cr_expect_eq(unwrap(tar, sizeof tar, &error), EF_ERR_FORMAT);
    cr_expect_not_null(strstr(error.message, "tar -xf"), "%s", error.message);
}

Test(sources, does_not_wait_for_more_than_the_first_line_of_a_pipe)
{
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    cr_assert_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    cr_assert_eq(write(ends[1], "Thanks!\n", 8), 8);
    ef_source *source;
    ef_error error = { 0 };
    cr_assert_eq(ef_source_file_open(&source, "-", &error), EF_OK);
    cr_assert_eq(ef_source_unwrap(&source, &error), EF_OK);
    uint8_t room[64];
    size_t got = 0;
    cr_expect_eq(source->read(source, room, sizeof room, true, &got, &error), EF_OK);
    cr_expect_eq(got, 8);
    cr_expect_eq(source->read(source, room, sizeof room, false, &got, &error), EF_AGAIN);
    source->close(source);
}

Test(sources, keeps_what_came_before_an_error)
{
    ef_error error = { 0 };
    ef_buffer out = { 0 };
    ef_source *source = drip_open(ef_slice_of("a,b\n"), 1, EF_ERR_IO);
    cr_assert_eq(ef_source_unwrap(&source, &error), EF_OK);
    cr_expect_eq(drain(source, &out, 8, true, &error), EF_ERR_IO);
    cr_expect_str_eq(ef_buffer_text(&out), "a,b\n");
    source->close(source);
    ef_buffer_release(&out);
}

Test(sources, fails_with_the_first_read)
{
    ef_error error = { 0 };
    bool is_closed = false;
    ef_source *source = drip_open(ef_slice_of(""), 1, EF_ERR_IO);
    ((drip *)source)->is_closed = &is_closed;
    cr_expect_eq(ef_source_unwrap(&source, &error), EF_ERR_IO);
    cr_expect_null(source);
    cr_expect(is_closed);
}

Test(sources, have_names_of_their_own)
{
    for (size_t i = 0; ef_source_kind_at(i) != NULL; i++) {
        const ef_source_kind *kind = ef_source_kind_at(i);
        cr_expect(kind->name[0] != '\0' && kind->summary[0] != '\0');
        cr_expect((kind->recognizes == NULL) == (kind->open == NULL));
        for (size_t j = 0; j < i; j++)
            cr_expect_str_neq(kind->name, ef_source_kind_at(j)->name);
    }
}

Test(sources, have_no_next_member_unless_they_are_archives)
{
    ef_error error = { 0 };
    ef_source *source = drip_open(ef_slice_of("text"), 1, EF_END);
    cr_assert_eq(ef_source_unwrap(&source, &error), EF_OK);
    cr_expect_eq(ef_source_next_member(source, &error), EF_END);
    source->close(source);
}
