/* SPDX-License-Identifier: MIT
 * cli/verb_list.c - `earful list`: everything that stands in a table. */
#include <string.h>

#include "earful/app/list.h"
#include "exit_codes.h"
#include "suggest.h"
#include "terminal.h"
#include "verbs.h"

static void print_list(const char *name, const char *indent)
{
    ef_listed entry;
    int width = 0;
    for (size_t i = 0; ef_list(name, i, &entry) == EF_OK; i++) {
        int own = (int)strlen(entry.name);
        width = own > width ? own : width;
    }
    for (size_t i = 0; ef_list(name, i, &entry) == EF_OK; i++)
        printf("%s%-*s  %s%s\n", indent, width, entry.name, entry.summary,
               entry.is_usable ? "" : " (not on this machine)");
}

static void print_all(void)
{
    for (size_t i = 0; ef_list_name(i) != NULL; i++) {
        printf("%s%s\n", i > 0 ? "\n" : "", ef_list_name(i));
        print_list(ef_list_name(i), "  ");
    }
}

static int say_unknown(const char *name)
{
    ef_suggestion suggestion = { name, NULL, 0 };
    for (size_t i = 0; ef_list_name(i) != NULL; i++)
        ef_suggestion_offer(&suggestion, ef_list_name(i));
    if (suggestion.best != NULL)
        ef_say("unknown list '%s'; did you mean '%s'?", name, suggestion.best);
    else
        ef_say("unknown list '%s'; 'earful list' prints them all", name);
    return EF_EXIT_USAGE;
}

int ef_verb_list(ef_settings *settings)
{
    ef_listed entry;
    const ef_words *words = &settings->inputs;
    for (size_t i = 0; i < words->count; i++) {
        if (ef_list(words->items[i], 0, &entry) == EF_ERR_ARGUMENT)
            return say_unknown(words->items[i]);
    }
    for (size_t i = 0; i < words->count; i++)
        print_list(words->items[i], "");
    if (words->count == 0)
        print_all();
    return ef_exit_flushed();
}
