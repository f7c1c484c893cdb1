/* SPDX-License-Identifier: MIT
 * cli/options.h - the option table and the parser that is made from it.
 *
 * A row says all there is to say about an option: name, letter, value, verbs, help,
 * effect. Parser, help, manual and completions read the rows, so they cannot drift. */
#ifndef EARFUL_CLI_OPTIONS_H
#define EARFUL_CLI_OPTIONS_H

#include "settings.h"
#include "verbs.h"

typedef enum ef_option_group {
    EF_GROUP_INPUT,
    EF_GROUP_COLUMNS,
    EF_GROUP_SCORING,
    EF_GROUP_OUTPUT,
    EF_GROUP_REPORT,
    EF_GROUP_FOLLOWING,
    EF_GROUP_TRAINING,
    EF_GROUP_AUDIT,
    EF_GROUP_REVIEW,
    EF_GROUP_PROGRAM,
    EF_GROUP_COUNT
} ef_option_group;

typedef struct ef_option_row ef_option_row;

/* Puts value (NULL for a switch) into settings. NULL when that went well, else what the
 * value must be: "must be a size such as 64K or 2M". */
typedef const char *ef_option_apply(ef_settings *settings, const ef_option_row *row,
                                    const char *value);

struct ef_option_row {
    const char *name;
    char letter;         /* 0: none */
    const char *metavar; /* NULL: a switch */
    unsigned verbs;      /* EF_VERB_… bits */
    ef_option_group group;
    ef_option_apply *apply;
    size_t offset;       /* of the member of ef_settings that apply sets */
    const char *choices; /* "list:formats" (see app/list.h), "a b c", a file, or NULL */
    const char *summary; /* one short line */
    const char *detail;  /* more sentences for --help and the manual, or NULL */
};

/* The choices of a row whose value is a file. What is done with it is all that the sandbox
 * allows: a file that is written is made beside and renamed, a database is both. */
#define EF_FILE_READ    "file"
#define EF_FILE_WRITTEN "file:written"
#define EF_FILE_STATE   "file:state"
#define EF_FILE_UNREAD  "file:unread" /* by us: for another program */

const ef_option_row *ef_option_at(size_t index); /* NULL after the last */
bool ef_option_is_file(const ef_option_row *row);
const char *ef_option_group_title(ef_option_group group);

/* The index-th value that an option takes, NULL after the last or when it takes any. The
 * string lives in *choice. */
typedef struct ef_choice {
    char text[32];
} ef_choice;
const char *ef_option_choice(const ef_option_row *row, size_t index, ef_choice *choice);

/* Reads the arguments behind the verb, words[0] being the verb itself. Says on standard
 * error what is wrong and returns false; settings are to be released either way. */
bool ef_settings_parse(ef_settings *settings, const ef_verb *verb, int count, char **words);
/* Without inputs, standard input is one; false if a person sits there. */
bool ef_settings_default_input(ef_settings *settings);

void ef_settings_release(ef_settings *settings);

#endif
