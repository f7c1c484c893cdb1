/* SPDX-License-Identifier: MIT */
#include "sources.h"

#include "base/error.h"

/* Decodes bytes at every step, reading 1 to 5 bytes at a time, and expects the same. */
static void expect(const char *bytes, size_t size, const char *encoding, const char *chosen,
                   const char *text)
{
    for (size_t step = 1; step <= size + 1; step++) {
        ef_source *source =
            drip_open((ef_slice){ (const uint8_t *)bytes, size }, step, EF_END);
        ef_buffer out = { 0 };
        ef_error error = { 0 };
        const char *got = NULL;
        cr_assert_eq(ef_source_decode(&source, encoding, &got, &error), EF_OK);
        cr_expect_str_eq(got, chosen);
        cr_expect_str_eq(source->encoding, chosen);
        cr_expect_eq(drain(source, &out, 1 + step % 5, step % 2 == 0, &error), EF_END);
        cr_expect_str_eq(ef_buffer_text(&out), text);
        cr_expect_eq(out.size, strlen(text));
        source->close(source);
        ef_buffer_release(&out);
    }
}

#define EXPECT(bytes, encoding, chosen, text)                                              \
    expect(bytes, sizeof(bytes) - 1, encoding, chosen, text)

Test(source_decode, hands_utf8_through_without_its_bom)
{
    EXPECT("caf\xc3\xa9\n", "auto", "utf-8", "café\n");
    EXPECT("\xef\xbb\xbf"
           "caf\xc3\xa9\n",
           "auto", "utf-8", "café\n");
    EXPECT("\xef\xbb\xbf"
           "id,text\n",
           "UTF-8", "utf-8", "id,text\n");
    EXPECT("", "auto", "utf-8", "");
    EXPECT("\xef\xbb", "auto", "utf-8", "\xef\xbb");
    EXPECT("\xff", "auto", "utf-8", "\xff");
}

Test(source_decode, leaves_all_bytes_to_none)
{
    EXPECT("\xef\xbb\xbf"
           "a\xff\n",
           "none", "none",
           "\xef\xbb\xbf"
           "a\xff\n");
}

Test(source_decode, finds_utf16_by_its_bom)
{
    EXPECT("\xff\xfeh\0\xe9\0\n\0", "auto", "utf-16le", "hé\n");
    EXPECT("\xfe\xff\0h\0\xe9\0\n", "auto", "utf-16be", "hé\n");
    EXPECT("\xff\xfe", "auto", "utf-16le", "");
}

Test(source_decode, takes_utf16_by_name_with_or_without_bom)
{
    EXPECT("h\0i\0", "utf-16le", "utf-16le", "hi");
    EXPECT("\xff\xfeh\0i\0", "utf-16le", "utf-16le", "hi");
    EXPECT("\0h\0i", "utf-16be", "utf-16be", "hi");
    EXPECT("\xfe\xff\0h\0i", "utf-16be", "utf-16be", "hi");
}

Test(source_decode, keeps_surrogate_pairs_together_across_reads)
{
    EXPECT("\xff\xfe\x3d\xd8\x00\xde"
           "a\0\x3d\xd8\x02\xde",
           "auto", "utf-16le", "😀a😂");
    EXPECT("\xd8\x3d\xde\x00", "utf-16be", "utf-16be", "😀");
}

Test(source_decode, replaces_half_a_pair_and_half_a_unit)
{
    EXPECT("\x3d\xd8"
           "a\0",
           "utf-16le", "utf-16le",
           "\xef\xbf\xbd"
           "a");
    EXPECT("\x00\xde"
           "a\0",
           "utf-16le", "utf-16le",
           "\xef\xbf\xbd"
           "a");
    EXPECT("a\0\x3d\xd8", "utf-16le", "utf-16le", "a\xef\xbf\xbd");
    EXPECT("a\0\x3d\xd8\x00", "utf-16le", "utf-16le", "a\xef\xbf\xbd\xef\xbf\xbd");
    EXPECT("a\0b", "utf-16le", "utf-16le", "a\xef\xbf\xbd");
    EXPECT("\0ab", "utf-16be", "utf-16be", "a\xef\xbf\xbd");
}

Test(source_decode, knows_the_signs_of_windows)
{
    EXPECT("\x80 9,99 \x93"
           "caf\xe9\x94 \x96 \x81\n",
           "cp1252", "cp1252", "€ 9,99 “café” – \xef\xbf\xbd\n");
}

Test(source_decode, takes_latin1_byte_by_byte)
{
    EXPECT("na\xefve \xff\n", "Latin1", "latin1", "naïve ÿ\n");
}

Test(source_decode, refuses_an_unknown_name_and_closes)
{
    bool is_closed = false;
    ef_source *source = drip_open(ef_slice_of("a"), 1, EF_END);
    ((drip *)source)->is_closed = &is_closed;
    ef_error error = { 0 };
    cr_expect_eq(ef_source_decode(&source, "utf-9", NULL, &error), EF_ERR_ARGUMENT);
    cr_expect_null(source);
    cr_expect(is_closed);
    cr_expect_not_null(strstr(error.message, "utf-16le"));
}

Test(source_decode, gives_the_good_bytes_before_an_error_from_below)
{
    static const char *const names[] = { "auto", "none", "utf-16le", "cp1252" };
    for (size_t i = 0; i < 4; i++) {
        ef_source *source =
            drip_open((ef_slice){ (const uint8_t *)"a\0b\0", 4 }, 1, EF_ERR_IO);
        ef_error error = { 0 };
        ef_buffer out = { 0 };
        cr_assert_eq(ef_source_decode(&source, names[i], NULL, &error), EF_OK);
        cr_expect_eq(drain(source, &out, 3, true, &error), EF_ERR_IO);
        cr_expect_str_eq(error.message, "the pipe burst");
        cr_expect_eq(out.size, i == 2 ? 2 : 4);
        source->close(source);
        ef_buffer_release(&out);
    }
}

Test(source_decode, opens_even_if_the_first_read_fails)
{
    ef_source *source = drip_open(ef_slice_of(""), 1, EF_ERR_FORMAT);
    ef_error error = { 0 };
    uint8_t byte;
    size_t got;
    cr_assert_eq(ef_source_decode(&source, "auto", NULL, &error), EF_OK);
    cr_expect_eq(source->read(source, &byte, 1, true, &got, &error), EF_ERR_FORMAT);
    cr_expect_eq(source->read(source, &byte, 1, true, &got, &error), EF_ERR_FORMAT);
    source->close(source);
}
