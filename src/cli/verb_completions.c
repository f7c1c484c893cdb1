/* SPDX-License-Identifier: MIT
 * cli/verb_completions.c - `earful completions`: a script for a shell. */
#include <string.h>

#include "completions.h"
#include "exit_codes.h"
#include "terminal.h"
#include "verbs.h"

int ef_verb_completions(ef_settings *settings)
{
    const ef_words *words = &settings->inputs;
    if (words->count != 1) {
        ef_say("earful completions needs a shell: bash, zsh or fish");
        return EF_EXIT_USAGE;
    }
    if (strcmp(words->items[0], "bash") == 0)
        ef_completions_bash(stdout);
    else if (strcmp(words->items[0], "zsh") == 0)
        ef_completions_zsh(stdout);
    else if (strcmp(words->items[0], "fish") == 0)
        ef_completions_fish(stdout);
    else
        return ef_verb_say_unknown(settings->verb, "shell", words->items[0]);
    return ef_exit_flushed();
}
