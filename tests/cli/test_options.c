/* SPDX-License-Identifier: MIT
 * tests/cli/test_options.c - command lines become settings. */
#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"

/* Parses up to eight words, NULL-ended, as those behind `earful`. */
static bool parse(ef_settings *settings, const char *const *words)
{
    static char copies[8][64];
    char *arguments[9] = { NULL };
    int count = 0;
    for (; words[count] != NULL; count++)
        arguments[count] = strcpy(copies[count], words[count]);
    return ef_settings_parse(settings, ef_verb_named(words[0]), count, arguments);
}

#define PARSE(...) parse(&settings, (const char *const[]){ __VA_ARGS__, NULL })

Test(options, values_reach_the_options_of_the_library)
{
    ef_settings settings;
    cr_assert(
        PARSE("score", "--text", "title,body", "--threads=3", "-q", "a.csv", "-o", "b"));
    cr_assert_str_eq(settings.reader.text, "title,body");
    cr_assert_eq(settings.threads, 3);
    cr_assert(settings.is_quiet);
    cr_assert_str_eq(settings.output_path, "b");
    cr_assert_eq(settings.reader.input_count, 1);
    cr_assert_str_eq(settings.reader.inputs[0], "a.csv");
    ef_settings_release(&settings);
}

Test(options, repeated_options_add_up_in_order)
{
    ef_settings settings;
    cr_assert(
        PARSE("score", "--lexicon", "a", "--lexicon=b", "--where", "x=1", "--where=y="));
    cr_assert_eq(settings.engine.lexicon_count, 2);
    cr_assert_str_eq(settings.engine.lexicon_paths[1], "b");
    cr_assert_eq(settings.where.count, 2);
    cr_assert_str_eq(settings.where.items[1], "y=");
    ef_settings_release(&settings);
}

Test(options, sizes_and_bytes_are_understood)
{
    ef_settings settings;
    cr_assert(
        PARSE("score", "--max-record", "64K", "--delimiter", "tab", "--quote", "none"));
    cr_assert_eq(settings.reader.max_record, 65536);
    cr_assert_eq(settings.reader.delimiter, '\t');
    cr_assert_eq(settings.reader.quote, -1);
    ef_settings_release(&settings);
    cr_assert(PARSE("score", "--no-header", "--delimiter=;"));
    cr_assert_eq(settings.reader.header_rows, -1);
    cr_assert_eq(settings.reader.delimiter, ';');
    ef_settings_release(&settings);
}

Test(options, what_follows_two_hyphens_is_an_input)
{
    ef_settings settings;
    cr_assert(PARSE("score", "--", "--text"));
    cr_assert_eq(settings.inputs.count, 1);
    cr_assert_str_eq(settings.inputs.items[0], "--text");
    ef_settings_release(&settings);
}

Test(options, h_is_short_and_help_is_long)
{
    ef_settings settings;
    cr_assert(PARSE("eval", "-h"));
    cr_assert_eq(settings.help, EF_HELP_SHORT);
    ef_settings_release(&settings);
    cr_assert(PARSE("eval", "--help"));
    cr_assert_eq(settings.help, EF_HELP_LONG);
    ef_settings_release(&settings);
}

Test(options, nonsense_is_refused_with_advice, .init = cr_redirect_stderr)
{
    static const char *const lines[][3] = {
        { "score", "--txet", NULL },
        { "score", "--label=x", NULL },
        { "score", "--text", NULL },
        { "score", "--text=", NULL },
        { "score", "--to=cvs", NULL },
        { "score", "--threads=0", NULL },
        { "score", "--threads=2x", NULL },
        { "score", "--max-record=9G", NULL },
        { "score", "--max-record=-1", NULL },
        { "score", "--delimiter=ab", NULL },
        { "score", "--delimiter=\n", NULL },
        { "score", "--quote=ab", NULL },
        { "score", "--header-rows=0", NULL },
        { "score", "--where=x", NULL },
        { "score", "--color=maybe", NULL },
        { "score", "--quiet=yes", NULL },
        { "score", "-x", NULL },
        { "explain", "--to=csv", NULL },
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ef_settings settings;
        cr_assert_not(parse(&settings, lines[i]), "%s", lines[i][1]);
        ef_settings_release(&settings);
    }
    fflush(stderr);
}

Test(options, the_environment_names_the_kernels_unless_the_option_does)
{
    ef_settings settings;
    setenv("EARFUL_KERNELS", "scalar", 1);
    cr_assert(PARSE("score", "a"));
    cr_assert_str_eq(settings.engine.kernels, "scalar");
    ef_settings_release(&settings);
}
