/* SPDX-License-Identifier: MIT */
#include "sources.h"
#include "zip_maker.h"

#include <stdio.h>

#include "base/error.h"

/* Reads a whole sample into memory. */
static void load(const char *name, ef_buffer *bytes)
{
    char path[128];
    snprintf(path, sizeof path, "tests/data/sources/%s", name);
    ef_source *file;
    ef_error error = { 0 };
    cr_assert_eq(ef_source_file_open(&file, path, &error), EF_OK, "%s", error.message);
    cr_assert_eq(drain(file, bytes, 4096, true, &error), EF_END);
    file->close(file);
}

/* Describes all members of *source, one line each: label and content, or the error. Closes.
 */
static void tell(ef_source *source, size_t n, ef_buffer *story)
{
    ef_error error = { 0 };
    ef_status status = EF_OK;
    while (status == EF_OK) {
        ef_buffer_append_text(story, source->label);
        ef_buffer_append_text(story, "|");
        if (drain(source, story, n, true, &error) != EF_END)
            ef_buffer_append_text(story, error.message);
        ef_buffer_append_text(story, "|");
        status = ef_source_next_member(source, &error);
    }
    if (status != EF_END)
        ef_buffer_append_text(story, error.message);
    cr_expect_eq(ef_source_next_member(source, &error), EF_END);
    source->close(source);
}

/* Opens bytes as a pipe gives them and expects the story. */
static void expect_piped(ef_buffer *bytes, size_t step, const char *expected)
{
    ef_source *source = drip_open((ef_slice){ bytes->data, bytes->size }, step, EF_END);
    ef_error error = { 0 };
    ef_buffer story = { 0 };
    cr_assert_eq(ef_source_unwrap(&source, &error), EF_OK, "%s", error.message);
    tell(source, 1 + step % 9, &story);
    cr_expect_str_eq(ef_buffer_text(&story), expected);
    ef_buffer_release(&story);
}

static void expect_file(const char *path, const char *encoding, const char *expected)
{
    ef_source *source;
    ef_error error = { 0 };
    ef_buffer story = { 0 };
    cr_assert_eq(ef_source_file_open(&source, path, &error), EF_OK);
    cr_assert_eq(ef_source_unwrap(&source, &error), EF_OK, "%s", error.message);
    if (encoding != NULL)
        cr_assert_eq(ef_source_decode(&source, encoding, NULL, &error), EF_OK);
    tell(source, 7, &story);
    cr_expect_str_eq(ef_buffer_text(&story), expected);
    ef_buffer_release(&story);
}

#define IN "tests/data/sources/"

Test(source_member, gives_members_in_order_and_passes_over_what_holds_no_messages)
{
    expect_file(
        IN "chat.zip", NULL,
        IN "chat.zip:export/a.csv|id,text\n1,The parcel came on time\n|" IN
           "chat.zip:export/old.zip|'" IN
           "chat.zip:export/old.zip' is an archive in an archive: unpack the outer one "
           "first|" IN "chat.zip:export/b.txt|second file\n|" IN
           "chat.zip:export/überblick.txt|Zusammenfassung\n|" IN
           "chat.zip:export/z.csv|id,text\n9,Last\n|");
}

Test(source_member, reads_a_zip_from_a_pipe_at_any_step)
{
    zip_maker zip = { 0 };
    zip_add(&zip, "a.csv", "id,text\n1,Kind staff\n");
    zip_add(&zip, "empty.csv", "");
    zip_add(&zip, "b.csv", "id,text\n2,Cold food\n");
    zip_end(&zip);
    for (size_t step = 1; step < zip.bytes.size; step += 3)
        expect_piped(&zip.bytes, step,
                     "drip:a.csv|id,text\n1,Kind staff\n|drip:empty.csv||"
                     "drip:b.csv|id,text\n2,Cold food\n|");
    ef_buffer_release(&zip.bytes);
}

Test(source_member, reads_a_zip_whose_sizes_come_behind_the_data)
{
    expect_file(IN "streamed.zip", NULL,
                IN "streamed.zip:-|id,text\n1,The parcel came on time\n|");
    ef_buffer bytes = { 0 };
    load("streamed.zip", &bytes);
    expect_piped(&bytes, 1, "drip:-|id,text\n1,The parcel came on time\n|");
    ef_buffer_release(&bytes);
}

Test(source_member, looks_for_the_encoding_of_each_member)
{
    zip_maker zip = { 0 };
    zip_add(&zip, "a.txt",
            "\xef\xbb\xbf"
            "first");
    zip_add_bytes(&zip, "b.txt", "\xff\xfes\0\xe9\0c\0", 8);
    zip_add(&zip, "c.txt", "third");
    zip_end(&zip);
    ef_source *source = drip_open(ef_buffer_slice(&zip.bytes), 5, EF_END);
    ef_error error = { 0 };
    ef_buffer story = { 0 };
    cr_assert_eq(ef_source_unwrap(&source, &error), EF_OK);
    cr_assert_eq(ef_source_decode(&source, "auto", NULL, &error), EF_OK);
    cr_expect_str_eq(source->encoding, "utf-8");
    cr_assert_eq(ef_source_next_member(source, &error), EF_OK);
    cr_expect_str_eq(source->encoding, "utf-16le");
    tell(source, 1, &story);
    cr_expect_str_eq(ef_buffer_text(&story), "drip:b.txt|séc|drip:c.txt|third|");
    ef_buffer_release(&story);
    ef_buffer_release(&zip.bytes);
}

Test(source_member, labels_a_member_by_its_path_without_going_there)
{
    zip_maker zip = { 0 };
    zip_add(&zip, "/etc/passwd", "text");
    zip_add(&zip, "a\x1b[31m\n.csv", "text");
    zip_add(&zip, "../../up.csv", "text");
    zip_add(&zip, "a/.b/c.csv", "hidden, as a part begins with a dot");
    zip_add(&zip, "a/...csv", "hidden, too");
    zip_add(&zip, "./a/./b.csv", "text");
    zip_end(&zip);
    expect_piped(&zip.bytes, 100,
                 "drip:/etc/passwd|text|drip:a?[31m?.csv|text|drip:../../up.csv|text|"
                 "drip:./a/./b.csv|text|");
    ef_buffer_release(&zip.bytes);
}

Test(source_member, says_that_a_member_is_encrypted)
{
    expect_file(IN "encrypted.zip", NULL,
                IN "encrypted.zip:export/b.txt|'" IN
                   "encrypted.zip:export/b.txt' is encrypted: unpack it first|");
}

Test(source_member, goes_on_behind_a_broken_member)
{
    zip_maker zip = { 0 };
    zip_add(&zip, "a.csv", "first,text\n");
    zip.bytes.data[14] ^= 1; /* its CRC, here and in the directory */
    zip.directory.data[16] ^= 1;
    zip_add(&zip, "b.csv", "second,text\n");
    zip_end(&zip);
    ef_source *source, *memory;
    ef_error error = { 0 };
    ef_buffer story = { 0 };
    ef_source_memory_open(&memory, ef_buffer_slice(&zip.bytes), "m", &error);
    source = memory;
    cr_assert_eq(ef_source_unwrap(&source, &error), EF_OK);
    tell(source, 64, &story);
    cr_expect_not_null(strstr(ef_buffer_text(&story), "'m:a.csv' is damaged"), "%s",
                       ef_buffer_text(&story));
    cr_expect_not_null(strstr(ef_buffer_text(&story), "m:b.csv|second,text\n|"), "%s",
                       ef_buffer_text(&story));
    ef_buffer_release(&story);
    ef_buffer_release(&zip.bytes);
}

static void expect_refused(ef_slice bytes, const char *says)
{
    ef_source *source = drip_open(bytes, 64, EF_END);
    ef_error error = { 0 };
    cr_expect_eq(ef_source_unwrap(&source, &error), EF_ERR_FORMAT);
    cr_expect_null(source);
    cr_expect_not_null(strstr(error.message, says), "%s", error.message);
}

Test(source_member, says_when_there_is_nothing_to_read)
{
    zip_maker zip = { 0 }, media = { 0 };
    zip_end(&zip);
    expect_refused(ef_buffer_slice(&zip.bytes), "no file to read");
    zip_add(&media, "cat.JPG", "text");
    zip_add(&media, "dog", "\x89PNG");
    zip_end(&media);
    expect_refused(ef_buffer_slice(&media.bytes), "no file to read");
    ef_buffer_release(&zip.bytes);
    ef_buffer_release(&media.bytes);
}

Test(source_member, reads_two_streams_in_one_file)
{
    static const char *const suffixes[] = { "zst", "bz2", "xz" };
    char name[64], expected[128];
    for (size_t i = 0; i < 3; i++) {
        ef_buffer bytes = { 0 };
        snprintf(name, sizeof name, "two.csv.%s", suffixes[i]);
        snprintf(expected, sizeof expected, "drip|id,text\n1,Kind staff\n2,Cold food\n|");
        load(name, &bytes);
        for (size_t step = 1; step < 12; step++)
            expect_piped(&bytes, step, expected);
        ef_buffer_release(&bytes);
        snprintf(name, sizeof name, "empty.%s", suffixes[i]);
        load(name, &bytes);
        expect_piped(&bytes, 3, "drip||");
        ef_buffer_release(&bytes);
    }
}

Test(source_member, refuses_what_lies_in_a_compressed_stream)
{
    expect_file(IN "tar.zst", NULL,
                IN "tar.zst|'" IN
                   "tar.zst' is a tar archive: unpack it first: tar -xf FILE|");
}
