/* SPDX-License-Identifier: MIT
 * cli/verb_help.c - `earful help`: the program, a verb or a topic. */
#include "exit_codes.h"
#include "help.h"
#include "terminal.h"
#include "verbs.h"

int ef_verb_help(ef_settings *settings)
{
    const ef_words *words = &settings->inputs;
    if (words->count > 1) {
        ef_say("earful help takes one verb or topic");
        return EF_EXIT_USAGE;
    }
    const ef_verb *verb = words->count == 1 ? ef_verb_named(words->items[0]) : NULL;
    if (words->count == 0)
        ef_help_program(stdout, true);
    else if (verb != NULL)
        ef_help_verb(stdout, verb, true);
    else if (!ef_help_topic(stdout, words->items[0]))
        return ef_verb_say_unknown(settings->verb, "verb or topic", words->items[0]);
    return ef_exit_flushed();
}
