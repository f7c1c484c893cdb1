/* SPDX-License-Identifier: MIT
 * cli/own_job.c - what a user's texts add to the built-in model: the job of two verbs. */
#include "own_job.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "exit_codes.h"
#include "notices.h"
#include "terminal.h"

void ef_own_note(void *user, const char *line)
{
    const ef_settings *settings = user;
    if (!settings->is_quiet)
        ef_say("%s", line);
}

void ef_own_say_file(const ef_settings *settings, uint64_t size, uint64_t features,
                     const char *hash, const uint64_t texts[4])
{
    ef_amount amount;
    ef_say("%s: %s, %" PRIu64 " features, hash %s, from %" PRIu64 " negative, %" PRIu64
           " neutral and %" PRIu64 " positive texts",
           settings->output_path, ef_amount_of_bytes(&amount, (double)size), features, hash,
           texts[EF_LABEL_NEGATIVE], texts[EF_LABEL_NEUTRAL], texts[EF_LABEL_POSITIVE]);
}

static void print_figure(const char *name, double before, double after, double low,
                         double high)
{
    printf("%-20s%9.4f%9.4f%+12.4f   %+.4f to %+.4f%s\n", name, before, after,
           after - before, low, high,
           low <= 0 && high >= 0 ? "   no evidence of a change" : "");
}

static void print_curve(const ef_own_summary *s)
{
    printf("\n%-20smacro F1  balanced  log loss  of the own model\n", "learnt from");
    for (int i = 0; i < EF_OWN_CURVE; i++) {
        const ef_evaluation *e = &s->curve[i].own;
        printf("%-18" PRIu64 "%10.4f%10.4f%10.4f\n", s->curve[i].texts, e->macro_f1,
               e->balanced_accuracy, e->log_loss);
    }
}

static void print_gain(const ef_own_summary *s, const ef_settings *settings)
{
    const ef_evaluation *before = &s->models[0].all, *after = &s->models[1].all;
    const ef_contest *c = &s->models[1].against_first;
    const ef_merits *low = &c->bounds.low, *high = &c->bounds.high;
    printf("tried on %" PRIu64 " texts that it did not learn from (%s), %s\n\n", s->tried,
           settings->tries_latest ? "the latest fifth" : "a fifth at a time",
           s->has_neutral ? "three classes" : "negative and positive");
    printf("%-20s%9s%9s%12s   95 %% interval\n", "", "default", "own", "difference");
    print_figure("accuracy", before->accuracy, after->accuracy, low->accuracy,
                 high->accuracy);
    print_figure("macro F1", before->macro_f1, after->macro_f1, low->macro_f1,
                 high->macro_f1);
    print_figure("balanced accuracy", before->balanced_accuracy, after->balanced_accuracy,
                 low->balanced_accuracy, high->balanced_accuracy);
    print_figure("log loss", before->log_loss, after->log_loss, low->log_loss,
                 high->log_loss);
    printf("%-20s%9.4f%9.4f%+12.4f\n", "calibration error", before->ece, after->ece,
           after->ece - before->ece);
    printf("%-20s%" PRIu64 " against %" PRIu64 " texts, p %s%.4f (McNemar, mid-p)\n",
           "right alone", c->only_this, c->only_first, c->p < 0.0001 ? "< " : "= ",
           fmax(c->p, 0.0001));
    printf("%-20snegative %.2f, neutral %.2f, positive %.2f\n", "weights in a label",
           s->class_weights[0], s->class_weights[1], s->class_weights[2]);
    if (settings->has_curve)
        print_curve(s);
}

static void tell(const ef_own_summary *summary, const ef_settings *settings)
{
    if (summary->texts[EF_LABEL_NONE] > 0)
        ef_say("%" PRIu64 " texts have no label, or no words: they teach nothing",
               summary->texts[EF_LABEL_NONE]);
    if (settings->output_path != NULL)
        ef_own_say_file(settings, summary->model_size, summary->features, summary->hash,
                        summary->texts);
    print_gain(summary, settings);
}

static ef_status train(const ef_engine *engine, ef_settings *settings, bool only_calibrates,
                       ef_error *error)
{
    ef_own_summary summary = { 0 };
    ef_own_options options = { .reader = settings->reader,
                               .label = settings->label,
                               .where = settings->where.items,
                               .where_count = settings->where.count,
                               .hold_out = settings->hold_out,
                               .tries_latest = settings->tries_latest,
                               .only_calibrates = only_calibrates,
                               .has_curve = settings->has_curve,
                               .name = settings->name,
                               .output_path = settings->output_path,
                               .threads = settings->threads,
                               .note = ef_own_note,
                               .note_user = settings };
    ef_status status = ef_own_train(engine, &options, &summary, error);
    if (status == EF_OK && !settings->is_quiet)
        tell(&summary, settings);
    return status;
}

int ef_own_job(ef_settings *settings, bool only_calibrates)
{
    ef_error error = { 0 };
    ef_engine *engine = NULL;
    ef_notices notices;
    ef_notices_start(&notices, settings, NULL);
    ef_status status = ef_engine_new(&engine, &settings->engine, &error);
    if (status == EF_OK)
        status = train(engine, settings, only_calibrates, &error);
    int code = ef_exit_after(status, &error);
    ef_engine_free(engine);
    int told = ef_notices_exit(&notices, settings), flushed = ef_exit_flushed();
    code = told > code ? told : code;
    return flushed > code ? flushed : code;
}
