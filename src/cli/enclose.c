/* SPDX-License-Identifier: MIT
 * cli/enclose.c - the sandbox of a verb, made from what the command line names.
 *
 * The option table says which values are files and what is done with them, and operands are
 * read: so a verb, an option or a file that is new is inside without a word about it. */
#include "enclose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "option_values.h"
#include "options.h"
#include "terminal.h"
#include "verbs.h"

ef_status ef_enclose_mode(const char *word, ef_sandbox_mode *mode, ef_error *error)
{
    static const char *const words[] = { [EF_SANDBOX_AUTO] = "auto",
                                         [EF_SANDBOX_REQUIRE] = "require",
                                         [EF_SANDBOX_OFF] = "off" };
    *mode = EF_SANDBOX_AUTO;
    if (word == NULL)
        return EF_OK;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        *mode = (ef_sandbox_mode)i;
        if (strcmp(word, words[i]) == 0)
            return EF_OK;
    }
    snprintf(error->message, sizeof error->message,
             "EARFUL_SANDBOX is '%.64s'; it takes one of: auto require off", word);
    return error->status = EF_ERR_ARGUMENT;
}

/* The values of a row, one or many, as settings hold them. */
static ef_words values_of(const ef_settings *settings, const ef_option_row *row)
{
    const char *place = (const char *)settings + row->offset;
    if (row->apply == ef_add_word)
        return *(const ef_words *)(const void *)place;
    const char *const *text = (const char *const *)(const void *)place;
    return (ef_words){ (const char **)(uintptr_t)text, *text != NULL };
}

/* Paths as one list of each kind, in one piece of memory. */
typedef struct lists {
    const char **items;
    ef_words reads, writes, states;
} lists;

static bool make_lists(lists *l, size_t most)
{
    l->items = calloc(3 * most, sizeof *l->items);
    l->reads = (ef_words){ l->items, 0 };
    l->writes = (ef_words){ l->items + most, 0 };
    l->states = (ef_words){ l->items + 2 * most, 0 };
    return l->items != NULL;
}

static void add(ef_words *list, ef_words values)
{
    for (size_t i = 0; i < values.count; i++)
        list->items[list->count++] = values.items[i];
}

static bool collect(lists *l, const ef_settings *settings)
{
    static const char *anywhere[] = { "/" };
    size_t most = 1;
    for (size_t i = 0; ef_option_at(i) != NULL; i++)
        if (ef_option_is_file(ef_option_at(i)))
            most += values_of(settings, ef_option_at(i)).count;
    if (!make_lists(l, most))
        return false;
    for (size_t i = 0; ef_option_at(i) != NULL; i++) {
        const ef_option_row *row = ef_option_at(i);
        if (!ef_option_is_file(row) || (row->verbs & settings->verb->bit) == 0 ||
            strcmp(row->choices, EF_FILE_UNREAD) == 0)
            continue;
        bool is_written = strcmp(row->choices, EF_FILE_WRITTEN) == 0;
        bool is_state = strcmp(row->choices, EF_FILE_STATE) == 0;
        add(is_written ? &l->writes
            : is_state ? &l->states
                       : &l->reads,
            values_of(settings, row));
    }
    /* A recipe without a folder names its files itself, wherever they lie. */
    if (settings->recipe != NULL && settings->inputs.count == 0)
        add(&l->reads, (ef_words){ anywhere, 1 });
    return true;
}

static void say_state(const ef_sandbox_state *state)
{
    if (state->landlock == 0 && !state->has_seccomp)
        ef_say("no sandbox: this system has neither Landlock nor seccomp");
    else if (state->landlock == 0)
        ef_say("half a sandbox: this system has no Landlock, so any file can be opened");
    else if (!state->has_seccomp)
        ef_say("half a sandbox: this system has no seccomp, so any call can be made");
}

ef_status ef_enclose(const ef_settings *settings, ef_sandbox_state *state, ef_error *error)
{
    lists l = { 0 };
    ef_sandbox_mode mode;
    ef_status status = ef_enclose_mode(settings->sandbox, &mode, error);
    if (status != EF_OK)
        return status;
    if (!collect(&l, settings))
        return EF_ERR_MEMORY;
    ef_sandbox_options options = {
        .mode = mode,
        .inputs = settings->inputs.items,
        .input_count = settings->inputs.count,
        .no_symlinks = settings->reader.no_symlinks,
        .follows = settings->verb->bit == EF_VERB_FOLLOW,
        .reads = l.reads.items,
        .read_count = l.reads.count,
        .writes = l.writes.items,
        .write_count = l.writes.count,
        .states = l.states.items,
        .state_count = l.states.count,
    };
    status = ef_sandbox_enter(&options, state, error);
    free(l.items);
    if (status == EF_OK && mode == EF_SANDBOX_AUTO && !settings->is_quiet)
        say_state(state);
    return status;
}
