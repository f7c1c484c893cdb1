/* SPDX-License-Identifier: MIT
 * cli/main.c - the program: finds the verb, reads its options, runs it. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "enclose.h"
#include "exit_codes.h"
#include "help.h"
#include "options.h"
#include "own_redactions.h"
#include "pseudonym_key.h"
#include "terminal.h"
#include "verbs.h"
#include "version.h"

static int say_unknown(const char *word)
{
    struct stat facts;
    const char *near = ef_verb_suggest(word);
    if (word[0] == '-')
        ef_say("the verb comes first: earful VERB %s ...; see 'earful --help'", word);
    else if (stat(word, &facts) == 0)
        ef_say("unknown verb '%s'; did you mean 'earful score %s'?", word, word);
    else if (near != NULL)
        ef_say("unknown verb '%s'; did you mean '%s'?", word, near);
    else
        ef_say("unknown verb '%s'; see 'earful --help'", word);
    return EF_EXIT_USAGE;
}

static int run(const ef_verb *verb, ef_settings *settings)
{
    if (settings->help != EF_HELP_NONE) {
        ef_help_verb(stdout, verb, settings->help == EF_HELP_LONG);
        return ef_exit_flushed();
    }
    /* A recipe names its own inputs, a state is one. Otherwise nobody waits for a person to
     * type. */
    if (verb->reads_inputs && settings->recipe == NULL && settings->state_path == NULL &&
        !ef_settings_default_input(settings)) {
        ef_help_verb(stderr, verb, false);
        return EF_EXIT_USAGE;
    }
    /* The key first: what is closed in afterwards need not be able to read it. */
    ef_sandbox_state sandbox;
    ef_error error = { 0 };
    bool is_open = verb->reads_nothing || verb->encloses_itself;
    int code = ef_pseudonym_key_load(settings);
    if (code == EF_EXIT_DONE && !is_open)
        code = ef_exit_after(ef_enclose(settings, &sandbox, &error), &error);
    if (code == EF_EXIT_DONE)
        code = ef_own_redactions_load(settings);
    return code == EF_EXIT_DONE ? verb->run(settings) : code;
}

/* --version stands alone or with --verbose. */
static int print_version(int count, char **words)
{
    bool is_verbose = count == 1 && strcmp(words[0], "--verbose") == 0;
    if (is_verbose || count == 0)
        return ef_version_print(is_verbose);
    ef_say("--version takes --verbose and nothing else");
    return EF_EXIT_USAGE;
}

int main(int count, char **words)
{
    /* A closed pipe is then an error of write, which verbs take for a quiet end. */
    signal(SIGPIPE, SIG_IGN);
    /* A notice is one write, not one for each character, and needs no memory. */
    static char notice[BUFSIZ];
    setvbuf(stderr, notice, _IOLBF, sizeof notice);
    if (count < 2) {
        ef_help_program(stderr, false);
        return EF_EXIT_USAGE;
    }
    if (strcmp(words[1], "-h") == 0 || strcmp(words[1], "--help") == 0) {
        ef_help_program(stdout, words[1][1] == '-');
        return ef_exit_flushed();
    }
    if (strcmp(words[1], "--version") == 0 || strcmp(words[1], "-V") == 0)
        return print_version(count - 2, words + 2);

    const ef_verb *verb = ef_verb_named(words[1]);
    if (verb == NULL)
        return say_unknown(words[1]);
    ef_settings settings;
    int code = EF_EXIT_USAGE;
    if (ef_settings_parse(&settings, verb, count - 1, words + 1))
        code = run(verb, &settings);
    ef_settings_release(&settings);
    return code;
}
