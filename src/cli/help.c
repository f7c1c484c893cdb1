/* SPDX-License-Identifier: MIT
 * cli/help.c - help in words, made from the tables of verbs and options.
 *
 * Examples come first: most people who ask for help want one line to copy. Text is laid
 * out for 80 columns whatever the terminal, so that help is the same everywhere. */
#include "help.h"

#include <string.h>

#include "earful/app/list.h"
#include "manual.h"
#include "options.h"
#include "terminal.h"

enum { WIDTH = 80, OPTION_COLUMN = 26, VERB_COLUMN = 15 };

/* Writes words from column `indent` on, breaking lines before WIDTH. */
static void wrap(FILE *stream, const char *text, int indent)
{
    int column = indent;
    fprintf(stream, "%*s", indent, "");
    while (*text != '\0') {
        int size = (int)strcspn(text, " ");
        if (column > indent && column + 1 + size > WIDTH) {
            fprintf(stream, "\n%*s", indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', stream);
            column++;
        }
        fprintf(stream, "%.*s", size, text);
        column += size;
        text += size;
        text += strspn(text, " ");
    }
    fputc('\n', stream);
}

static void print_examples(FILE *stream, const ef_verb *verb)
{
    for (size_t i = 0; i < EF_EXAMPLE_COUNT && verb->examples[i].command != NULL; i++) {
        fprintf(stream, "  %s\n", verb->examples[i].command);
        fprintf(stream, "      %s\n", verb->examples[i].what);
    }
}

static void print_option(FILE *stream, const ef_option_row *row, bool is_long)
{
    char letter[8] = "   ", left[64];
    if (row->letter != 0)
        snprintf(letter, sizeof letter, "-%c,", row->letter);
    snprintf(left, sizeof left, "  %s --%s%s%s", letter, row->name,
             row->metavar != NULL ? " " : "", row->metavar != NULL ? row->metavar : "");
    if (strlen(left) >= OPTION_COLUMN)
        fprintf(stream, "%s\n%*s", left, OPTION_COLUMN, "");
    else
        fprintf(stream, "%-*s", OPTION_COLUMN, left);
    fprintf(stream, "%s\n", row->summary);
    if (is_long && row->detail != NULL)
        wrap(stream, row->detail, OPTION_COLUMN);
}

static void print_options(FILE *stream, const ef_verb *verb, bool is_long)
{
    for (ef_option_group group = 0; group < EF_GROUP_COUNT; group++) {
        bool has_title = false;
        for (size_t i = 0; ef_option_at(i) != NULL; i++) {
            const ef_option_row *row = ef_option_at(i);
            if (row->group != group || (row->verbs & verb->bit) == 0)
                continue;
            if (!has_title)
                fprintf(stream, "\n%s\n", ef_option_group_title(group));
            has_title = true;
            print_option(stream, row, is_long);
        }
    }
}

void ef_help_verb(FILE *stream, const ef_verb *verb, bool is_long)
{
    fprintf(stream, "earful %s: %s\n\nExamples\n", verb->name, verb->summary);
    print_examples(stream, verb);
    fprintf(stream, "\nUsage\n  earful %s [OPTIONS]%s%s\n", verb->name,
            *verb->operands == '\0' ? "" : " ", verb->operands);
    if (is_long) {
        fputc('\n', stream);
        wrap(stream, verb->description, 0);
    }
    print_options(stream, verb, is_long);
    if (!is_long)
        fprintf(stream, "\n'earful %s --help' says more about each.\n", verb->name);
}

const ef_fact *ef_exit_facts(void)
{
    static const ef_fact facts[] = {
        { "0", "done; also when the reader of the output went away" },
        { "1", "done, and a rule fired (`alerts test`, --fail-on) or a condition held "
               "(`audit --fail-if`)" },
        { "2", "the command line could not be understood, or does not fit the input" },
        { "3", "an input could not be read, the output could not be written, or records "
               "were rejected under --strict" },
        { "4", "out of memory, or an error in earful itself" },
        { NULL, NULL }
    };
    return facts;
}

const ef_fact *ef_environment_facts(void)
{
    static const ef_fact facts[] = {
        { "EARFUL_KERNELS",
          "the inner loops to use when --kernels is not given; the result "
          "does not depend on them" },
        { "EARFUL_SANDBOX", "auto, require or off, when --sandbox is not given" },
        { "NO_COLOR", "when set, --color auto shows no colours" },
        { "CLICOLOR_FORCE",
          "when set, but not to 0, --color auto shows colours everywhere, "
          "unless NO_COLOR is set" },
        { "TERM", "when unset or dumb, no colours and no progress line" },
        { NULL, NULL }
    };
    return facts;
}

static void print_facts(FILE *stream, const ef_fact *facts, int column)
{
    for (; facts->name != NULL; facts++) {
        fprintf(stream, "  %s\n", facts->name);
        wrap(stream, facts->what, column);
    }
}

void ef_help_program(FILE *stream, bool is_long)
{
    fputs("earful: sentiment of reviews and chat logs, and why\n\nExamples\n", stream);
    for (size_t i = 0; i < 3; i++)
        fprintf(stream, "  %s\n      %s\n", ef_verb_at(i)->examples[0].command,
                ef_verb_at(i)->examples[0].what);
    fputs("\nUsage\n  earful VERB [OPTIONS] [INPUT...]\n\nVerbs\n", stream);
    for (size_t i = 0; ef_verb_at(i) != NULL; i++)
        fprintf(stream, "  %-*s%s\n", VERB_COLUMN - 2, ef_verb_at(i)->name,
                ef_verb_at(i)->summary);
    fputs("\n'earful help VERB' says more; so do the topics exit-codes, formats and\n"
          "environment. 'earful --version' names versions and hashes,\n"
          "'earful --version --verbose' libraries, too.\n",
          stream);
    if (is_long) {
        fputs("\nExit codes\n", stream);
        print_facts(stream, ef_exit_facts(), 6);
        fputs("\nEnvironment\n", stream);
        print_facts(stream, ef_environment_facts(), 6);
    }
}

static void print_exit_codes(FILE *stream)
{
    fputs("How earful ends; if several apply, the highest number is given.\n\n", stream);
    print_facts(stream, ef_exit_facts(), 6);
    fputs("\nInterrupted by Ctrl-C it finishes the block at hand, prints what it has done "
          "and\n"
          "dies of the signal; a second Ctrl-C ends it at once.\n",
          stream);
}

static void print_environment(FILE *stream)
{
    fputs("What earful reads from its environment; options win.\n\n", stream);
    print_facts(stream, ef_environment_facts(), 6);
}

static void print_list(FILE *stream, const char *list)
{
    ef_listed entry;
    for (size_t i = 0; ef_list(list, i, &entry) == EF_OK; i++) {
        fprintf(stream, "  %s\n", entry.name);
        wrap(stream, entry.summary, 6);
    }
}

static void print_formats(FILE *stream)
{
    fputs("What --from takes; without it the format is found from the bytes.\n\n", stream);
    print_list(stream, "formats");
    fputs("\nWhat is undone on the way; an archive in an archive has to be unpacked "
          "first.\n\n",
          stream);
    print_list(stream, "sources");
    fputs("\nWhat --to takes.\n\n", stream);
    print_list(stream, "writers");
}

bool ef_help_topic(FILE *stream, const char *name)
{
    static const struct {
        const char *name;
        void (*print)(FILE *stream);
    } topics[] = { { "exit-codes", print_exit_codes },
                   { "formats", print_formats },
                   { "environment", print_environment },
                   { "man", ef_manual_print } };
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        if (strcmp(topics[i].name, name) == 0) {
            topics[i].print(stream);
            return true;
        }
    }
    return false;
}
