/* SPDX-License-Identifier: MIT
 * tests/views/test_view_terminal.c - one screen: no line too wide, nothing that acts. */
#include <criterion/criterion.h>

#include "base/utf8.h"
#include "fixture.h"
#include "report/display.h"
#include "views/views.h"

static void check_width(ef_slice text, unsigned width)
{
    unsigned columns = 0, line = 1;
    for (size_t at = 0; at < text.size;) {
        uint32_t code;
        size_t size = ef_utf8_decode(text.data + at, text.size - at, &code);
        cr_assert_neq(size, 0, "not UTF-8 at line %u", line);
        at += size;
        if (code == '\n') {
            columns = 0;
            line++;
            continue;
        }
        cr_assert(code >= 0x20 && !(code >= 0x7f && code < 0xa0), "control in line %u",
                  line);
        columns += ef_display_width(code);
        cr_assert_leq(columns, width, "line %u at width %u", line, width);
    }
}

static void check(const ef_findings *findings)
{
    static const unsigned widths[] = { 60, 72, 80, 100, 120 };
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        ef_buffer out = { 0 };
        ef_view_terminal.write(&out, findings, &(ef_view_options){ .width = widths[i] });
        cr_assert_not(out.failed);
        check_width(ef_buffer_slice(&out), widths[i]);
        ef_buffer_release(&out);
    }
}

Test(view_terminal, no_line_is_wider_than_the_screen)
{
    ef_findings findings;
    fixture_full(&findings);
    check(&findings);
    fixture_unknown(&findings);
    check(&findings);
    fixture_empty(&findings);
    check(&findings);
}

Test(view_terminal, hostile_text_does_not_act)
{
    ef_findings findings;
    for (size_t i = 0; i < FIXTURE_ATTACKS; i++) {
        fixture_hostile(&findings, ef_slice_of(fixture_attacks[i]));
        check(&findings);
    }
    size_t size = 100000;
    char *word = calloc(size + 1, 1);
    memset(word, 'w', size);
    fixture_hostile(&findings, (ef_slice){ (const uint8_t *)word, size });
    check(&findings);
    free(word);
}

static void expect(const ef_findings *findings, bool has_color, const char *part)
{
    ef_buffer out = { 0 };
    ef_view_terminal.write(&out, findings, &(ef_view_options){ 80, has_color });
    cr_assert_not_null(strstr(ef_buffer_text(&out), part), "%s", part);
    ef_buffer_release(&out);
}

Test(view_terminal, small_figures_are_marked_or_withheld)
{
    ef_findings findings;
    fixture_full(&findings);
    expect(&findings, false, "+30  -18 to 78                       10 few\n");
    expect(&findings, false, "-                                   4 few\n");
}

Test(view_terminal, color_only_where_it_is_asked_for)
{
    ef_findings findings;
    fixture_full(&findings);
    expect(&findings, true, "\x1b[36m+23.4\x1b[0m");
    expect(&findings, false, " +23.4 ");
}
