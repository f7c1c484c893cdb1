/* SPDX-License-Identifier: MIT
 * cli/options.c - getopt_long under the option table.
 *
 * The long options of a verb are made from the rows that name it; what getopt gives back
 * is a row again, whose value is checked against its choices and applied. Whatever cannot
 * be understood is said with what was probably meant. */
#include "options.h"

#include <assert.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include "earful/app/list.h"
#include "earful/app/pseudonym.h"
#include "earful/app/redact.h"
#include "suggest.h"
#include "terminal.h"

enum {
    ROW_LIMIT = 96,   /* rows of one verb; the unit test holds the table to it */
    FIRST_LONG = 256, /* beyond every letter, so that a code says which form was typed */
    NAMES_SIZE = 160  /* all verbs' names with "and" between them */
};

/* What a verb understands: its rows, as they are and as getopt wants them. */
typedef struct syntax {
    const ef_verb *verb;
    const ef_option_row *rows[ROW_LIMIT];
    struct option options[ROW_LIMIT + 1];
    char letters[2 * ROW_LIMIT + 2];
    size_t count;
} syntax;

static void collect_rows(syntax *known, const ef_verb *verb)
{
    char *letter = known->letters;
    *letter++ = ':'; /* a missing value is told apart from an unknown option */
    known->verb = verb;
    for (size_t i = 0; ef_option_at(i) != NULL; i++) {
        const ef_option_row *row = ef_option_at(i);
        if ((row->verbs & verb->bit) == 0)
            continue;
        assert(known->count < ROW_LIMIT);
        known->options[known->count] = (struct option){
            .name = row->name,
            .has_arg = row->metavar != NULL ? required_argument : no_argument,
            .val = FIRST_LONG + (int)known->count,
        };
        known->rows[known->count++] = row;
        if (row->letter != 0) {
            *letter++ = row->letter;
            if (row->metavar != NULL)
                *letter++ = ':';
        }
    }
}

static const ef_option_row *row_of(const syntax *known, int code)
{
    if (code >= FIRST_LONG)
        return known->rows[code - FIRST_LONG];
    for (size_t i = 0; i < known->count; i++) {
        if (known->rows[i]->letter == code)
            return known->rows[i];
    }
    return NULL;
}

bool ef_option_is_file(const ef_option_row *row)
{
    return row->choices != NULL && strncmp(row->choices, EF_FILE_READ, 4) == 0;
}

const char *ef_option_choice(const ef_option_row *row, size_t index, ef_choice *choice)
{
    if (row->choices == NULL || ef_option_is_file(row))
        return NULL;
    if (strncmp(row->choices, "list:", 5) == 0) {
        ef_listed entry;
        if (ef_list(row->choices + 5, index, &entry) != EF_OK)
            return NULL;
        snprintf(choice->text, sizeof choice->text, "%s", entry.name);
        return choice->text;
    }
    const char *word = row->choices;
    for (; index > 0 && word != NULL; index--) {
        word = strchr(word, ' ');
        word = word == NULL ? NULL : word + 1;
    }
    if (word == NULL)
        return NULL;
    snprintf(choice->text, sizeof choice->text, "%.*s", (int)strcspn(word, " "), word);
    return choice->text;
}

/* False, and says so, when the row takes only certain values and this is none of them. */
static bool is_choice(const ef_option_row *row, const char *value)
{
    ef_choice choice, best;
    ef_suggestion suggestion = { value, NULL, 0 };
    if (ef_option_choice(row, 0, &choice) == NULL)
        return true;
    for (size_t i = 0; ef_option_choice(row, i, &choice) != NULL; i++) {
        if (strcmp(choice.text, value) == 0)
            return true;
        ef_suggestion_offer(&suggestion, choice.text);
        if (suggestion.best == choice.text) {
            best = choice; /* the next choice will overwrite what was offered */
            suggestion.best = best.text;
        }
    }
    if (suggestion.best != NULL)
        ef_say("unknown value '%s' for --%s; did you mean '%s'?", value, row->name,
               suggestion.best);
    else if (strncmp(row->choices, "list:", 5) == 0)
        ef_say("unknown value '%s' for --%s; see 'earful list %s'", value, row->name,
               row->choices + 5);
    else
        ef_say("unknown value '%s' for --%s; it takes one of: %s", value, row->name,
               row->choices);
    return false;
}

static bool apply(ef_settings *settings, const ef_option_row *row, const char *value)
{
    if (row->metavar != NULL && *value == '\0') {
        ef_say("empty value for --%s", row->name);
        return false;
    }
    if (row->metavar != NULL && !is_choice(row, value))
        return false;
    const char *wrong = row->apply(settings, row, value);
    if (wrong != NULL)
        ef_say("bad value '%s' for --%s: it %s", value, row->name, wrong);
    else if (row->group == EF_GROUP_INPUT || row->group == EF_GROUP_COLUMNS)
        settings->reads_as_asked = true;
    return wrong == NULL;
}

/* "train and eval", the verbs that know an option which this one does not. */
static bool other_verbs(const char *name, char names[NAMES_SIZE])
{
    size_t used = 0;
    unsigned verbs = 0;
    for (size_t i = 0; ef_option_at(i) != NULL; i++) {
        if (strcmp(ef_option_at(i)->name, name) == 0)
            verbs |= ef_option_at(i)->verbs;
    }
    for (size_t i = 0; ef_verb_at(i) != NULL; i++) {
        if ((verbs & ef_verb_at(i)->bit) != 0 && used < NAMES_SIZE)
            used += (size_t)snprintf(names + used, NAMES_SIZE - used, "%s%s",
                                     used > 0 ? " and " : "", ef_verb_at(i)->name);
    }
    return used > 0;
}

static void say_unknown(const syntax *known, const char *word)
{
    char name[64], names[NAMES_SIZE];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word + 2, "="), word + 2);
    if (other_verbs(name, names)) {
        ef_say("--%s is an option of %s, not of %s", name, names, known->verb->name);
        return;
    }
    ef_suggestion suggestion = { name, NULL, 0 };
    for (size_t i = 0; i < known->count; i++)
        ef_suggestion_offer(&suggestion, known->rows[i]->name);
    if (suggestion.best != NULL)
        ef_say("unknown option '--%s'; did you mean '--%s'?", name, suggestion.best);
    else
        ef_say("unknown option '--%s'; see 'earful %s --help'", name, known->verb->name);
}

/* Why getopt gave ':' or '?'. It leaves the code of the option in optopt, 0 for a long
 * one it does not know. */
static void say_misuse(const syntax *known, int code, const char *word)
{
    const ef_option_row *row = optopt != 0 ? row_of(known, optopt) : NULL;
    if (row == NULL && optopt != 0)
        ef_say("unknown option '-%c'; see 'earful %s --help'", optopt, known->verb->name);
    else if (row == NULL)
        say_unknown(known, word);
    else if (code == ':')
        ef_say("--%s needs a value: --%s %s", row->name, row->name, row->metavar);
    else
        ef_say("--%s takes no value", row->name);
}

static bool make_room(ef_settings *settings, int count)
{
    size_t room = (size_t)count + 1;
    ef_words *lists[] = { &settings->inputs, &settings->where, &settings->lexicons,
                          &settings->models, &settings->staff, &settings->groups,
                          &settings->templates, &settings->limits,
                          &settings->pseudonymize };
    enum { LISTS = sizeof lists / sizeof lists[0] };
    const char **items = calloc(LISTS * room, sizeof *items);
    if (items == NULL) {
        ef_say("out of memory");
        return false;
    }
    for (size_t i = 0; i < LISTS; i++)
        lists[i]->items = items + i * room;
    return true;
}

/* The lists of settings as the options of the library want them. */
static void connect(ef_settings *settings)
{
    settings->reader.inputs = settings->inputs.items;
    settings->reader.input_count = settings->inputs.count;
    settings->reader.staff = settings->staff.items;
    settings->reader.staff_count = settings->staff.count;
    settings->reader.pseudonymize = settings->pseudonymize.items;
    settings->reader.pseudonymize_count = settings->pseudonymize.count;
    settings->reader.reads_ahead = settings->threads != 1;
    settings->engine.lexicon_paths = settings->lexicons.items;
    settings->engine.lexicon_count = settings->lexicons.count;
    if (settings->engine.kernels == NULL)
        settings->engine.kernels = ef_wanted_kernels();
    if (settings->sandbox == NULL)
        settings->sandbox = ef_wanted_sandbox();
}

bool ef_settings_parse(ef_settings *settings, const ef_verb *verb, int count, char **words)
{
    syntax known = { 0 };
    memset(settings, 0, sizeof *settings);
    settings->verb = verb;
    collect_rows(&known, verb);
    if (!make_room(settings, count))
        return false;
    optind = 0; /* also resets what getopt remembers of an earlier parse */
    opterr = 0;
    for (;;) {
        int code = getopt_long(count, words, known.letters, known.options, NULL);
        if (code == -1)
            break;
        if (code == '?' || code == ':') {
            say_misuse(&known, code, words[optind - 1]);
            return false;
        }
        const ef_option_row *row = row_of(&known, code);
        if (!apply(settings, row, optarg))
            return false;
        if (code == 'h')
            settings->help = EF_HELP_SHORT;
    }
    for (int i = optind; i < count; i++)
        settings->inputs.items[settings->inputs.count++] = words[i];
    connect(settings);
    return true;
}

bool ef_settings_default_input(ef_settings *settings)
{
    if (settings->inputs.count > 0)
        return true;
    if (isatty(STDIN_FILENO) == 1)
        return false;
    settings->inputs.items[settings->inputs.count++] = "-";
    connect(settings);
    return true;
}

void ef_settings_release(ef_settings *settings)
{
    free(settings->inputs.items);
    ef_redactions_free(settings->redactions);
    ef_pseudonyms_free(settings->pseudonyms);
    memset(settings, 0, sizeof *settings);
}
