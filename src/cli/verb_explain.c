/* SPDX-License-Identifier: MIT
 * cli/verb_explain.c - `earful explain`: why a text has its score.
 *
 * A text comes from the command line, from a pipe as a whole, or from the records of
 * files. Words are taken as text unless one of them is a file. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "exit_codes.h"
#include "explained.h"
#include "interrupt.h"
#include "notices.h"
#include "redacted_text.h"
#include "verbs.h"

enum {
    /* Only the first MiB is explained; more than this on a pipe is meant as records. */
    TEXT_LIMIT = 16 << 20
};

typedef struct desk {
    const ef_engine *engine;
    ef_engine_info info;
    ef_scratch *scratch;
    ef_settings *settings;
    ef_terminal terminal;
    bool is_json, has_shown;
    ef_redactor *redactor;
    ef_redacted_text text, id;
} desk;

static bool redact(desk *at, ef_explained *explained)
{
    if (!ef_redacted_text_set(&at->text, explained->text) ||
        !ef_redacted_text_set(&at->id, explained->id))
        return false;
    explained->id = ef_redacted_text_part(&at->id, 0, explained->id.size);
    explained->redacted = &at->text;
    return true;
}

static ef_status explain(desk *at, ef_slice text, const ef_record *record, ef_error *error)
{
    ef_explanation explanation;
    ef_status status = ef_explain_text(at->engine, at->scratch, text, &explanation, error);
    if (status != EF_OK)
        return status;
    ef_explained explained = { &at->info, text, &explanation, record, { NULL, 0 }, NULL };
    if (record != NULL)
        explained.id = record->id;
    if (at->settings->writer.redact && !redact(at, &explained))
        return EF_ERR_MEMORY;
    if (at->is_json) {
        ef_explained_print_json(stdout, &explained);
    } else {
        fputs(at->has_shown ? "\n" : "", stdout);
        ef_explained_show(stdout, &at->terminal, &explained);
    }
    at->has_shown = true;
    return EF_OK;
}

/* Ends early when nobody reads any more, or when asked to. */
static bool goes_on(void)
{
    return !ferror(stdout) && !ef_interrupt_came();
}

static int explain_records(desk *at)
{
    ef_error error = { 0 };
    ef_reader *reader = NULL;
    ef_record record;
    ef_notices notices;
    ef_notices_start(&notices, at->settings, NULL);
    ef_interrupt_watch();
    ef_status status = ef_reader_new(&reader, &at->settings->reader, &error);
    while (status == EF_OK && goes_on()) {
        status = ef_reader_next(reader, &record, &error);
        if (status == EF_OK)
            status = explain(at, record.text, &record, &error);
    }
    ef_reader_free(reader);
    int code = ef_exit_after(status, &error);
    int told = ef_notices_exit(&notices, at->settings);
    return told > code ? told : code;
}

static int explain_one(desk *at, const char *text, size_t size)
{
    ef_error error = { 0 };
    ef_slice slice = { (const uint8_t *)text, size };
    return ef_exit_after(explain(at, slice, NULL, &error), &error);
}

/* A mistyped file name would be explained without a word about it. */
static void doubt_words(const ef_settings *settings)
{
    const char *word = settings->inputs.items[0];
    const char *dot = strpbrk(word, "./");
    bool is_like_path = strchr(word, ' ') == NULL && dot != NULL && dot[1] != '\0';
    if (settings->inputs.count == 1 && is_like_path && !settings->is_quiet)
        ef_say("no file '%s': it is explained as a text", word);
}

/* A shell has cut the text into words: a blank puts them together again. */
static int explain_words(desk *at)
{
    const ef_words *words = &at->settings->inputs;
    doubt_words(at->settings);
    size_t size = 0;
    for (size_t i = 0; i < words->count; i++)
        size += strlen(words->items[i]) + 1;
    char *text = malloc(size + 1);
    if (text == NULL)
        return ef_exit_after(EF_ERR_MEMORY, &(ef_error){ 0 });
    char *end = text;
    for (size_t i = 0; i < words->count; i++)
        end += sprintf(end, "%s%s", i > 0 ? " " : "", words->items[i]);
    int code = explain_one(at, text, (size_t)(end - text));
    free(text);
    return code;
}

static int explain_pipe(desk *at)
{
    char *text = malloc(TEXT_LIMIT + 1);
    if (text == NULL)
        return ef_exit_after(EF_ERR_MEMORY, &(ef_error){ 0 });
    size_t size = fread(text, 1, TEXT_LIMIT + 1, stdin);
    int code = EF_EXIT_DATA;
    if (ferror(stdin)) {
        ef_say("cannot read standard input: %s", strerror(errno));
    } else if (size > TEXT_LIMIT) {
        ef_say("standard input is longer than 16 MiB; with --from or --text it is read "
               "record by record");
    } else {
        while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r'))
            size--; /* the end of the line is echo's, not the text's */
        code = explain_one(at, text, size);
    }
    free(text);
    return code;
}

static bool names_input(const ef_settings *settings)
{
    struct stat facts;
    if (settings->reads_as_asked)
        return true;
    for (size_t i = 0; i < settings->inputs.count; i++) {
        if (stat(settings->inputs.items[i], &facts) == 0 || errno == EIO || errno == ENOMEM)
            return true; /* what cannot be looked at now is no text either */
    }
    return false;
}

static bool is_pipe(const ef_settings *settings)
{
    return settings->inputs.count == 1 && strcmp(settings->inputs.items[0], "-") == 0;
}

int ef_verb_explain(ef_settings *settings)
{
    ef_error error = { 0 };
    ef_engine *engine = NULL;
    desk at = { .settings = settings };
    ef_terminal_look(&at.terminal, stdout, settings->color);
    at.is_json = settings->to != NULL && strcmp(settings->to, "json") == 0;

    ef_status status = ef_engine_new(&engine, &settings->engine, &error);
    if (status == EF_OK)
        status = ef_scratch_new(&at.scratch, &error);
    if (status == EF_OK)
        status = ef_redactor_new(&at.redactor, settings->writer.redactions, &error);
    at.text.redactor = at.id.redactor = at.redactor;
    at.engine = engine;
    if (status == EF_OK)
        ef_engine_describe(engine, &at.info);
    int code = ef_exit_after(status, &error);
    if (code == EF_EXIT_DONE)
        code = names_input(settings) ? explain_records(&at)
               : is_pipe(settings)   ? explain_pipe(&at)
                                     : explain_words(&at);
    int flushed = ef_exit_flushed();
    ef_scratch_free(at.scratch);
    ef_redacted_text_release(&at.text);
    ef_redacted_text_release(&at.id);
    ef_redactor_free(at.redactor);
    ef_engine_free(engine);
    ef_interrupt_obey();
    return flushed > code ? flushed : code;
}
