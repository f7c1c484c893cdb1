/* SPDX-License-Identifier: MIT
 * cli/verb_train.c - `earful train`: a model from labelled or star-rated text.
 *
 * Most users have some thousand texts: what these teach is added to the built-in model.
 * With a recipe, or alone, they make a model that replaces it. */
#include <inttypes.h>
#include <string.h>

#include "exit_codes.h"
#include "notices.h"
#include "own_job.h"
#include "terminal.h"
#include "verbs.h"

/* A lexicon is enough: so a library without a model can train its first. */
static int train_alone(ef_settings *settings)
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
                                 .feature_bits = settings->feature_bits,
                                 .output_path = settings->output_path,
                                 .engine = settings->engine,
                                 .threads = settings->threads,
                                 .note = ef_own_note,
                                 .note_user = settings };
    ef_status status = ef_train(NULL, &options, &summary, &error);
    int code = ef_exit_after(status, &error);
    int told = ef_notices_exit(&notices, settings);
    if (status == EF_OK && !settings->is_quiet)
        ef_own_say_file(settings, summary.model_size, summary.features, summary.hash,
                        summary.texts);
    return told > code ? told : code;
}

static bool is_alone(const ef_settings *settings)
{
    return settings->is_alone || settings->recipe != NULL;
}

/* What belongs to the other kind of model, or NULL. */
static const char *find_stranger(const ef_settings *settings)
{
    if (!is_alone(settings))
        return settings->classifier != NULL ? "--classifier goes with --alone or --recipe"
               : settings->feature_bits != 0
                   ? "--feature-bits goes with --alone or --recipe"
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
    return is_alone(settings) ? train_alone(settings) : ef_own_job(settings, false);
}
