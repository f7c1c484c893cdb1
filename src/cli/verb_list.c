/* SPDX-License-Identifier: MIT
 * cli/verb_list.c - `earful list`: everything that stands in a table. */
#include <inttypes.h>
#include <string.h>

#include "earful/app/list.h"
#include "earful/app/redact.h"
#include "exit_codes.h"
#include "suggest.h"
#include "terminal.h"
#include "verbs.h"

/* The index-th entry of a list; the user's own kinds follow the built-in redactions. */
static bool entry_at(const ef_settings *settings, const char *name, size_t index,
                     ef_listed *entry)
{
    if (ef_list(name, index, entry) == EF_OK)
        return true;
    size_t built_in = 0;
    while (ef_list(name, built_in, entry) == EF_OK)
        built_in++;
    if (settings->redactions == NULL || strcmp(name, "redactions") != 0)
        return false;
    const ef_personal_kind *kind =
        ef_redactions_kind_at(settings->redactions, index - built_in);
    if (kind != NULL)
        *entry = (ef_listed){ kind->name, kind->summary, true };
    return kind != NULL;
}

static void print_list(const ef_settings *settings, const char *name, const char *indent)
{
    ef_listed entry;
    int width = 0;
    for (size_t i = 0; entry_at(settings, name, i, &entry); i++) {
        int own = (int)strlen(entry.name);
        width = own > width ? own : width;
    }
    for (size_t i = 0; entry_at(settings, name, i, &entry); i++) {
        printf("%s%-*s  ", indent, width, entry.name);
        ef_print_safe(stdout, entry.summary, strlen(entry.summary));
        printf("%s\n", entry.is_usable ? "" : " (not on this machine)");
    }
}

/* A line on a model, and its card if that is asked for. */
static void print_model(const char *name, const ef_engine_info *info, bool is_verbose,
                        const char *indent)
{
    const ef_model_info *model = &info->model;
    printf("%s", indent);
    ef_print_safe(stdout, name, strlen(name));
    printf("  model %s, ", model->hash);
    ef_print_safe(stdout, (const char *)model->classifier.data, model->classifier.size);
    printf(", %" PRIu64 " features, %" PRIu64 " bytes", model->feature_count, model->size);
    if (info->base.hash[0] != '\0')
        printf(", adds to %s", info->base.hash);
    fputc('\n', stdout);
    if (!is_verbose)
        return;
    printf("%s", indent);
    ef_print_safe(stdout, (const char *)model->card.data, model->card.size);
    fputc('\n', stdout);
}

static int print_one_model(const char *path, bool is_verbose, const char *indent)
{
    ef_error error = { 0 };
    ef_engine *engine = NULL;
    ef_engine_info info;
    ef_engine_options options = { .kernels = ef_wanted_kernels(), .model_path = path };
    ef_status status = ef_engine_new(&engine, &options, &error);
    if (status == EF_OK) {
        ef_engine_describe(engine, &info);
        print_model(path == NULL ? "default" : path, &info, is_verbose, indent);
    }
    ef_engine_free(engine);
    return ef_exit_after(status, &error);
}

/* The built-in model and those that the user names. */
static int print_models(const ef_settings *settings, const char *indent)
{
    int code = print_one_model(NULL, settings->is_verbose, indent);
    for (size_t i = 0; i < settings->models.count && code == EF_EXIT_DONE; i++)
        code = print_one_model(settings->models.items[i], settings->is_verbose, indent);
    return code;
}

static bool is_models(const char *name)
{
    return strcmp(name, "models") == 0;
}

static int print_all(const ef_settings *settings)
{
    for (size_t i = 0; ef_list_name(i) != NULL; i++) {
        printf("%s\n", ef_list_name(i));
        print_list(settings, ef_list_name(i), "  ");
        fputc('\n', stdout);
    }
    puts("models");
    return print_models(settings, "  ");
}

static int say_unknown(const char *name)
{
    ef_suggestion suggestion = { name, NULL, 0 };
    for (size_t i = 0; ef_list_name(i) != NULL; i++)
        ef_suggestion_offer(&suggestion, ef_list_name(i));
    ef_suggestion_offer(&suggestion, "models");
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
    int code = EF_EXIT_DONE;
    for (size_t i = 0; i < words->count; i++) {
        if (!is_models(words->items[i]) &&
            ef_list(words->items[i], 0, &entry) == EF_ERR_ARGUMENT)
            return say_unknown(words->items[i]);
    }
    for (size_t i = 0; i < words->count && code == EF_EXIT_DONE; i++) {
        if (is_models(words->items[i]))
            code = print_models(settings, "");
        else
            print_list(settings, words->items[i], "");
    }
    if (words->count == 0)
        code = print_all(settings);
    int flushed = ef_exit_flushed();
    return flushed > code ? flushed : code;
}
