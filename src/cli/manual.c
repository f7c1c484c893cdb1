/* SPDX-License-Identifier: MIT
 * cli/manual.c - the manual page, made from the tables of verbs and options.
 *
 * The man macros alone are used: every reader of manual pages knows them. A line of ours
 * never begins with text from a table unless a macro stands before it, or a leading dot
 * or quote would be a command. */
#include "manual.h"

#include <string.h>

#include "help.h"
#include "options.h"

/* Text with what roff would read as its own made harmless. */
static void put(FILE *stream, const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", stream);
    for (; *text != '\0'; text++) {
        if (*text == '\\')
            fputs("\\e", stream);
        else if (*text == '-')
            fputs("\\-", stream);
        else if (*text == '\'')
            fputs("\\(aq", stream);
        else
            fputc(*text, stream);
    }
}

static void put_line(FILE *stream, const char *text)
{
    put(stream, text);
    fputc('\n', stream);
}

static void put_verb(FILE *stream, const ef_verb *verb)
{
    fprintf(stream, ".SS \"earful %s\"\n", verb->name);
    fputs(".B earful ", stream);
    fprintf(stream, "%s\n[\\fIOPTIONS\\fR]", verb->name);
    fputs(*verb->operands == '\0' ? "" : " ", stream);
    put_line(stream, verb->operands);
    fputs(".PP\n", stream);
    put_line(stream, verb->description);
    for (size_t i = 0; i < EF_EXAMPLE_COUNT && verb->examples[i].command != NULL; i++) {
        fputs(".TP\n\\fB", stream);
        put(stream, verb->examples[i].command);
        fputs("\\fR\n", stream);
        put_line(stream, verb->examples[i].what);
    }
}

static void put_verbs_of(FILE *stream, const ef_option_row *row)
{
    const char *before = "(";
    unsigned all = 0;
    for (size_t i = 0; ef_verb_at(i) != NULL; i++)
        all |= ef_verb_at(i)->bit;
    if ((row->verbs & all) == all)
        return;
    for (size_t i = 0; ef_verb_at(i) != NULL; i++) {
        if ((row->verbs & ef_verb_at(i)->bit) != 0) {
            fprintf(stream, "%s%s", before, ef_verb_at(i)->name);
            before = ", ";
        }
    }
    fputs(")\n", stream);
}

static void put_option(FILE *stream, const ef_option_row *row)
{
    fputs(".TP\n", stream);
    if (row->letter != 0)
        fprintf(stream, "\\fB\\-%c\\fR, ", row->letter);
    fputs("\\fB\\-\\-", stream);
    put(stream, row->name);
    fputs("\\fR", stream);
    if (row->metavar != NULL) {
        fputs(" \\fI", stream);
        put(stream, row->metavar);
        fputs("\\fR", stream);
    }
    fputc('\n', stream);
    put(stream, row->summary);
    fputs(".\n", stream);
    if (row->detail != NULL)
        put_line(stream, row->detail);
    put_verbs_of(stream, row);
}

static void put_options(FILE *stream)
{
    fputs(".SH OPTIONS\nThe verbs that know an option stand behind it.\n", stream);
    for (ef_option_group group = 0; group < EF_GROUP_COUNT; group++) {
        fprintf(stream, ".SS \"%s\"\n", ef_option_group_title(group));
        for (size_t i = 0; ef_option_at(i) != NULL; i++) {
            if (ef_option_at(i)->group == group)
                put_option(stream, ef_option_at(i));
        }
    }
}

static void put_facts(FILE *stream, const char *title, const ef_fact *facts)
{
    fprintf(stream, ".SH \"%s\"\n", title);
    for (; facts->name != NULL; facts++) {
        fputs(".TP\n\\fB", stream);
        put(stream, facts->name);
        fputs("\\fR\n", stream);
        put_line(stream, facts->what);
    }
}

void ef_manual_print(FILE *stream)
{
    fputs(".TH EARFUL 1 \"\" \"earful " EF_VERSION "\" \"User commands\"\n"
          ".SH NAME\nearful \\- sentiment of reviews and chat logs, and why\n"
          ".SH SYNOPSIS\n.B earful\n\\fIVERB\\fR [\\fIOPTIONS\\fR] [\\fIINPUT\\fR...]\n"
          ".br\n.B earful \\-\\-version \\fR[\\fB\\-\\-verbose\\fR]\n"
          ".SH DESCRIPTION\n"
          "earful scores exported reviews and chat logs and says why each text has its "
          "score. "
          "It runs where the data is: no text leaves the machine. Data go to standard "
          "output, "
          "everything else to standard error.\n"
          ".SH VERBS\n",
          stream);
    for (size_t i = 0; ef_verb_at(i) != NULL; i++)
        put_verb(stream, ef_verb_at(i));
    put_options(stream);
    put_facts(stream, "EXIT STATUS", ef_exit_facts());
    put_facts(stream, "ENVIRONMENT", ef_environment_facts());
}
