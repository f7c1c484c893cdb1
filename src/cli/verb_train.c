/* SPDX-License-Identifier: MIT
 * cli/verb_train.c - `earful train`: a model from labelled or star-rated text. */
#include <inttypes.h>
#include <string.h>

#include "exit_codes.h"
#include "notices.h"
#include "terminal.h"
#include "verbs.h"

static void tell_note(void *user, const char *line)
{
    const ef_settings *settings = user;
    if (!settings->is_quiet)
        ef_say("%s", line);
}

static void summarize(const ef_settings *settings, const ef_train_summary *summary)
{
    ef_amount size;
    ef_say("%s: %s, %" PRIu64 " features, hash %s, from %" PRIu64 " negative, %" PRIu64
           " neutral and %" PRIu64 " positive texts",
           settings->output_path, ef_amount_of_bytes(&size, (double)summary->model_size),
           summary->features, summary->hash, summary->texts[EF_LABEL_NEGATIVE],
           summary->texts[EF_LABEL_NEUTRAL], summary->texts[EF_LABEL_POSITIVE]);
}

static int train(const ef_engine *engine, ef_settings *settings)
{
    ef_error error = { 0 };
    ef_train_summary summary = { 0 };
    ef_notices notices;
    ef_notices_start(&notices, settings, NULL);
    ef_train_options options = { .reader = settings->reader,
                                 .label = settings->label,
                                 .where = settings->where.items,
                                 .where_count = settings->where.count,
                                 .recipe_path = settings->recipe,
                                 .name = settings->name,
                                 .classifier = settings->classifier,
                                 .output_path = settings->output_path,
                                 .threads = settings->threads,
                                 .note = tell_note,
                                 .note_user = settings };
    ef_status status = ef_train(engine, &options, &summary, &error);
    int code = ef_exit_after(status, &error);
    int told = ef_notices_exit(&notices, settings);
    if (status == EF_OK && !settings->is_quiet)
        summarize(settings, &summary);
    return told > code ? told : code;
}

/* The default lexicon needs no engine: so a library without a model can train its first. */
static bool needs_engine(const ef_settings *settings)
{
    return settings->engine.lexicon_count > 0 || settings->engine.kernels != NULL;
}

int ef_verb_train(ef_settings *settings)
{
    if (settings->output_path == NULL || strcmp(settings->output_path, "-") == 0) {
        ef_say("a model goes to a file: earful train ... -o MODEL");
        return EF_EXIT_USAGE;
    }
    ef_error error = { 0 };
    ef_engine *engine = NULL;
    ef_status status = EF_OK;
    if (needs_engine(settings))
        status = ef_engine_new(&engine, &settings->engine, &error);
    int code = status == EF_OK ? train(engine, settings) : ef_exit_after(status, &error);
    ef_engine_free(engine);
    return code;
}
