/* SPDX-License-Identifier: MIT
 * tests/cli/test_option_table.c - every option is told by help, manual and completions. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/completions.h"
#include "cli/help.h"
#include "cli/manual.h"
#include "cli/options.h"

/* What a printing function writes; the caller frees it. */
static char *written(void (*print)(FILE *stream))
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    print(memory);
    fclose(memory);
    return text;
}

static char *help_of(const ef_verb *verb, bool is_long)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);
    ef_help_verb(memory, verb, is_long);
    fclose(memory);
    return text;
}

/* "--text" as the manual writes it. */
static void in_roff(const char *name, char *out)
{
    out += sprintf(out, "\\fB\\-\\-");
    for (; *name != '\0'; name++)
        out += sprintf(out, *name == '-' ? "\\-" : "%c", *name);
    strcpy(out, "\\fR");
}

Test(option_table, every_row_is_in_help_of_its_verbs)
{
    for (size_t v = 0; ef_verb_at(v) != NULL; v++) {
        for (int is_long = 0; is_long < 2; is_long++) {
            char *help = help_of(ef_verb_at(v), is_long != 0);
            for (size_t i = 0; ef_option_at(i) != NULL; i++) {
                const ef_option_row *row = ef_option_at(i);
                char line[256];
                snprintf(line, sizeof line, " --%s%s%s", row->name,
                         row->metavar != NULL ? " " : "",
                         row->metavar != NULL ? row->metavar : "");
                bool is_known = (row->verbs & ef_verb_at(v)->bit) != 0;
                if (is_known)
                    cr_assert_not_null(strstr(help, line), "%s %s", ef_verb_at(v)->name,
                                       line);
                if (is_known)
                    cr_assert_not_null(strstr(help, row->summary), "%s", row->summary);
            }
            free(help);
        }
    }
}

Test(option_table, every_row_is_in_the_manual)
{
    char *manual = written(ef_manual_print);
    for (size_t i = 0; ef_option_at(i) != NULL; i++) {
        char wanted[128];
        in_roff(ef_option_at(i)->name, wanted);
        cr_assert_not_null(strstr(manual, wanted), "%s", ef_option_at(i)->name);
    }
    for (size_t v = 0; ef_verb_at(v) != NULL; v++) {
        char wanted[64];
        snprintf(wanted, sizeof wanted, ".SS \"earful %s\"", ef_verb_at(v)->name);
        cr_assert_not_null(strstr(manual, wanted), "%s", wanted);
    }
    free(manual);
}

Test(option_table, every_row_is_completed_by_every_shell)
{
    char *bash = written(ef_completions_bash), *zsh = written(ef_completions_zsh);
    char *fish = written(ef_completions_fish);
    for (size_t i = 0; ef_option_at(i) != NULL; i++) {
        const ef_option_row *row = ef_option_at(i);
        char wanted[64];
        snprintf(wanted, sizeof wanted, "--%s", row->name);
        cr_assert_not_null(strstr(bash, wanted), "%s", wanted);
        snprintf(wanted, sizeof wanted, "*--%s[", row->name);
        cr_assert_not_null(strstr(zsh, wanted), "%s", wanted);
        snprintf(wanted, sizeof wanted, " -l %s ", row->name);
        cr_assert_not_null(strstr(fish, wanted), "%s", wanted);
    }
    free(bash);
    free(zsh);
    free(fish);
}

Test(option_table, names_are_plain_words_for_every_shell)
{
    for (size_t i = 0; ef_option_at(i) != NULL; i++) {
        for (const char *c = ef_option_at(i)->name; *c != '\0'; c++)
            cr_assert(islower(*c) || *c == '-');
    }
    for (size_t v = 0; ef_verb_at(v) != NULL; v++) {
        for (const char *c = ef_verb_at(v)->name; *c != '\0'; c++)
            cr_assert(islower(*c));
    }
}

Test(option_table, a_name_or_letter_means_one_thing_to_a_verb)
{
    for (size_t i = 0; ef_option_at(i) != NULL; i++) {
        for (size_t j = i + 1; ef_option_at(j) != NULL; j++) {
            const ef_option_row *a = ef_option_at(i), *b = ef_option_at(j);
            if ((a->verbs & b->verbs) == 0)
                continue;
            cr_assert_str_neq(a->name, b->name);
            cr_assert(a->letter == 0 || a->letter != b->letter);
        }
    }
}

Test(option_table, help_fits_eighty_columns)
{
    for (size_t v = 0; ef_verb_at(v) != NULL; v++) {
        char *help = help_of(ef_verb_at(v), true);
        for (char *line = strtok(help, "\n"); line != NULL; line = strtok(NULL, "\n"))
            cr_assert_leq(strlen(line), 80, "%s", line);
        free(help);
    }
}
