/* SPDX-License-Identifier: MIT
 * cli/verb_train.c - `earful train`: a model from labelled or star-rated text.
 *
 * Most users have some thousand texts: what these teach is added to the built-in model.
 * With a recipe, or alone, they make a model that replaces it. */
#include <inttypes.h>
#include <string.h>

#include "exit_codes.h"
#include "notices.h"
#include "own_report.h"
#include "terminal.h"
#include "verbs.h"

static void tell_note(void *user, const char *line)
{
    const ef_settings *settings = user;
    if (!settings->is_quiet)
        ef_say("%s", line);
}

static void summarize(const ef_settings *settings, uint64_t size, uint64_t features,
                      const char *hash, const uint64_t texts[4])
{
    ef_amount amount;
    ef_say("%s: %s, %" PRIu64 " features, hash %s, from %" PRIu64 " negative, %" PRIu64
           " neutral and %" PRIu64 " positive texts",
           settings->output_path, ef_amount_of_bytes(&amount, (double)size), features, hash,
           texts[EF_LABEL_NEGATIVE], texts[EF_LABEL_NEUTRAL], texts[EF_LABEL_POSITIVE]);
}

/* --- a model that replaces --------------------------------------------------------- */

/* A lexicon is enough: so a library without a model can train its first. */
static ef_status train_alone(ef_settings *settings, ef_error *error)
{
    ef_train_summary summary = { 0 };
    ef_train_options options = { .reader = settings->reader,
                                 .label = settings->label,
                                 .where = settings->where.items,
                                 .where_count = settings->where.count,
                                 .recipe_path = settings->recipe,
                                 .name = settings->name,
                                 .classifier = settings->classifier,
                                 .output_path = settings->output_path,
                                 .engine = settings->engine,
                                 .threads = settings->threads,
                                 .note = tell_note,
                                 .note_user = settings };
    ef_status status = ef_train(NULL, &options, &summary, error);
    if (status == EF_OK && !settings->is_quiet)
        summarize(settings, summary.model_size, summary.features, summary.hash,
                  summary.texts);
    return status;
}

/* --- a model that adds ------------------------------------------------------------- */

static ef_status train_own(const ef_engine *engine, ef_settings *settings, ef_error *error)
{
    ef_own_summary summary = { 0 };
    ef_own_options options = { .reader = settings->reader,
                               .label = settings->label,
                               .where = settings->where.items,
                               .where_count = settings->where.count,
                               .hold_out = settings->hold_out,
                               .tries_latest = settings->tries_latest,
                               .has_curve = settings->has_curve,
                               .name = settings->name,
                               .output_path = settings->output_path,
                               .threads = settings->threads,
                               .note = tell_note,
                               .note_user = settings };
    ef_status status = ef_own_train(engine, &options, &summary, error);
    if (status != EF_OK || settings->is_quiet)
        return status;
    if (summary.texts[EF_LABEL_NONE] > 0)
        ef_say("%" PRIu64 " texts have no label, or no words: they teach nothing",
               summary.texts[EF_LABEL_NONE]);
    summarize(settings, summary.model_size, summary.features, summary.hash, summary.texts);
    ef_own_print(&summary, settings);
    return status;
}

/* --- either ------------------------------------------------------------------------ */

static bool is_alone(const ef_settings *settings)
{
    return settings->is_alone || settings->recipe != NULL;
}

/* What belongs to the other kind of model, or NULL. */
static const char *find_stranger(const ef_settings *settings)
{
    if (!is_alone(settings))
        return settings->classifier != NULL ? "--classifier goes with --alone or --recipe"
                                            : NULL;
    return settings->hold_out != NULL ? "--hold-out does not go with --alone or --recipe"
           : settings->tries_latest   ? "--latest does not go with --alone or --recipe"
           : settings->has_curve ? "--learning-curve does not go with --alone or --recipe"
                                 : NULL;
}

int ef_verb_train(ef_settings *settings)
{
    if (settings->output_path == NULL || strcmp(settings->output_path, "-") == 0) {
        ef_say("a model goes to a file: earful train ... -o MODEL");
        return EF_EXIT_USAGE;
    }
    if (find_stranger(settings) != NULL) {
        ef_say("%s", find_stranger(settings));
        return EF_EXIT_USAGE;
    }
    ef_error error = { 0 };
    ef_engine *engine = NULL;
    ef_notices notices;
    ef_notices_start(&notices, settings, NULL);
    ef_status status = EF_OK;
    if (!is_alone(settings))
        status = ef_engine_new(&engine, &settings->engine, &error);
    if (status == EF_OK)
        status = is_alone(settings) ? train_alone(settings, &error)
                                    : train_own(engine, settings, &error);
    int code = ef_exit_after(status, &error);
    ef_engine_free(engine);
    int told = ef_notices_exit(&notices, settings), flushed = ef_exit_flushed();
    code = told > code ? told : code;
    return flushed > code ? flushed : code;
}
