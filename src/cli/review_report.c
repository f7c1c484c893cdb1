/* SPDX-License-Identifier: MIT
 * cli/review_report.c - how the model did on what a person labelled, and what to do now.
 *
 * Of all figures one stands for all texts, and it comes first. What the others are of is
 * said beside them: they were chosen because the model finds them hard. */
#include "review_report.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

#include "earful/app/review.h"
#include "exit_codes.h"
#include "sheet.h"
#include "terminal.h"

enum { NAME = 34, FEW = 30, WIDTH = 78 };

/* --- figures ----------------------------------------------------------------------- */

static void print_share(const char *name, const ef_agreed_share *share, const char *remark)
{
    printf("  %-*s", NAME, name);
    if (share->texts == 0) {
        puts("     -                         0");
        return;
    }
    printf("%5.1f%%  %5.1f to %5.1f%%  %8" PRIu64 "%s%s\n",
           100.0 * (double)share->agreed / (double)share->texts, 100 * share->low,
           100 * share->high, share->texts, remark[0] != '\0' ? "  " : "", remark);
}

static void print_kinds(const ef_review_report *r)
{
    static const char *const names[EF_REVIEW_KINDS] = {
        [EF_REVIEW_RANDOM] = "  asked by lot",
        [EF_REVIEW_UNCERTAIN] = "  two labels nearly as likely",
        [EF_REVIEW_OPPOSED] = "  lexicon and classifier disagree",
        [EF_REVIEW_DIVERSE] = "  says what many others say",
        [EF_REVIEW_CUE] = "  sarcasm cue, unknown language",
    };
    for (unsigned kind = 0; kind < EF_REVIEW_KINDS; kind++)
        if (r->kinds[kind].texts > 0)
            print_share(names[kind], &r->kinds[kind], "");
}

static void print_confusion(const ef_review_report *r)
{
    static const char *const names[3] = { "negative", "neutral", "positive" };
    printf("\n  %-*s%10s%10s%10s\n", 22, "you \\ model", names[0], names[1], names[2]);
    for (int you = 0; you < 3; you++) {
        printf("  %-*s", 22, names[you]);
        for (int model = 0; model < 3; model++)
            printf("%10" PRIu64, r->confusion[you][model]);
        fputc('\n', stdout);
    }
}

static void print_figures(const ef_review_report *r)
{
    printf("%-*s%7s  95%% interval         of\n", NAME + 2, "The model gave your label",
           "");
    print_share("Texts drawn by lot", &r->random, r->random.texts < FEW ? "few" : "");
    print_share("All that was asked", &r->all, "");
    print_kinds(r);
    print_share("Where it was sure (0.8 and more)", &r->sure, "");
    print_confusion(r);
}

static void print_head(const ef_review_report *r, const char *path)
{
    uint64_t labels = r->labels[EF_LABEL_NEGATIVE] + r->labels[EF_LABEL_NEUTRAL] +
                      r->labels[EF_LABEL_POSITIVE];
    ef_print_safe(stdout, path, strlen(path));
    printf(": %" PRIu64 " label%s (%" PRIu64 " negative, %" PRIu64 " neutral, %" PRIu64
           " positive), %" PRIu64 " skipped\nearful %s, model %s\n\n",
           labels, labels == 1 ? "" : "s", r->labels[EF_LABEL_NEGATIVE],
           r->labels[EF_LABEL_NEUTRAL], r->labels[EF_LABEL_POSITIVE],
           r->labels[EF_LABEL_NONE], EF_VERSION, r->model);
}

/* --- words ------------------------------------------------------------------------- */

/* A paragraph with a mark, from a printf format. */
static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void say(const char *format, ...)
{
    char text[1024];
    ef_sheet sheet;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    ef_sheet_init(&sheet, WIDTH - 2, false);
    if (sheet.stream != NULL)
        ef_sheet_text(&sheet, ef_slice_of(text), NULL);
    for (size_t i = 0; !sheet.failed && i < sheet.count; i++) {
        fputs(i == 0 ? "- " : "  ", stdout);
        ef_sheet_show(&sheet, i, stdout);
        fputc('\n', stdout);
    }
    if (sheet.failed)
        printf("- %s\n", text); /* a long line is better than none */
    ef_sheet_release(&sheet);
}

/* How many random texts bring a share within five points, so many being there. */
static uint64_t missing_for_five_points(const ef_agreed_share *share)
{
    double p = share->texts == 0 ? 0.5 : (share->low + share->high) / 2;
    double wanted = 1.96 * 1.96 * p * (1 - p) / (0.05 * 0.05);
    return wanted > (double)share->texts ? (uint64_t)(wanted - (double)share->texts) + 1
                                         : 0;
}

static void say_how_sure(const ef_review_report *r)
{
    const ef_agreed_share *random = &r->random;
    uint64_t missing = missing_for_five_points(random);
    if (random->texts == 0)
        say("No text was drawn by lot, so nothing here says how often the model is right "
            "on "
            "your texts as a whole: earful review --by random asks for such texts.");
    else
        say("Texts drawn by lot stand for all of yours: the model gives your label to %.0f "
            "%% of them, and between %.0f and %.0f %% is what %" PRIu64
            " labels can tell.%s",
            100.0 * (double)random->agreed / (double)random->texts, 100 * random->low,
            100 * random->high, random->texts,
            r->all.texts > random->texts
                ? " The other figures are of texts chosen because they are hard."
                : "");
    if (random->texts > 0 && missing > 0)
        say("About %" PRIu64 " more by lot (--by random) would narrow that to 5 points "
            "either way.",
            missing);
    if (r->random_skipped > 0)
        say("You skipped %" PRIu64 " of those drawn; the figure is of the others, and may "
            "flatter.",
            r->random_skipped);
    if (r->unlabelled > 0)
        say("To %" PRIu64 " of the texts the model gave no label; they are left out.",
            r->unlabelled);
    if (r->of_others > 0)
        say("%" PRIu64 " labels were asked with other models; they are left out of the "
            "figures.",
            r->of_others);
}

static void say_gain(const char *what, const ef_own_summary *own)
{
    const ef_contest *c = &own->models[1].against_first;
    say("%s: accuracy %.2f to %.2f (%+.2f; %+.2f to %+.2f), log loss %.2f to %.2f (%+.2f; "
        "%+.2f to %+.2f), on %" PRIu64 " labels left out a fifth at a time%s.",
        what, own->models[0].all.accuracy, own->models[1].all.accuracy,
        c->difference.accuracy, c->bounds.low.accuracy, c->bounds.high.accuracy,
        own->models[0].all.log_loss, own->models[1].all.log_loss, c->difference.log_loss,
        c->bounds.low.log_loss, c->bounds.high.log_loss, own->tried,
        own->has_neutral ? "" : ", negative against positive");
}

static void say_advice(const ef_review_report *r, const ef_review_gain *g, const char *path)
{
    if (g->is_trained)
        say_gain("With words learnt from your labels", &g->trained);
    if (g->is_calibrated)
        say_gain("Only calibrated", &g->calibrated);
    switch (g->advice) {
    case EF_ADVICE_LABEL_ON:
        say("Label on: to learn from labels, %d negative and %d positive ones are needed "
            "at "
            "least, and there are %" PRIu64 " and %" PRIu64
            ". Where one kind is rare, --by "
            "uncertain finds it sooner.",
            EF_OWN_LEAST, EF_OWN_LEAST, r->labels[EF_LABEL_NEGATIVE],
            r->labels[EF_LABEL_POSITIVE]);
        break;
    case EF_ADVICE_NOT_YET:
        say("Not yet: nothing shows that these labels would make the model better. Keep it "
            "as "
            "it is, and label as many again.");
        break;
    case EF_ADVICE_CALIBRATE:
        say("Calibrate: earful calibrate %s -o ours.efm", path);
        break;
    case EF_ADVICE_TRAIN:
        say("Retrain: earful train %s -o ours.efm", path);
        break;
    }
    if (g->advice == EF_ADVICE_CALIBRATE || g->advice == EF_ADVICE_TRAIN)
        say("These labels are harder than your texts as a whole, so the gain there will be "
            "another; earful eval --model default --model ours.efm on texts with stars or "
            "new labels tells.");
}

/* --- the job ----------------------------------------------------------------------- */

/* What is tried adds to a whole model: of an own one, that is its base. */
static ef_status open_engine(ef_engine **engine, const ef_settings *settings,
                             ef_error *error)
{
    ef_engine_info info;
    ef_engine_options options = settings->engine;
    ef_status status = ef_engine_new(engine, &options, error);
    if (status != EF_OK)
        return status;
    ef_engine_describe(*engine, &info);
    if (info.base.hash[0] == '\0')
        return EF_OK;
    ef_engine_free(*engine);
    options.model_path = options.base_path;
    return ef_engine_new(engine, &options, error);
}

static ef_status report(const ef_settings *settings, const char *path, ef_error *error)
{
    ef_review_report r;
    ef_review_gain gain;
    ef_engine *engine = NULL;
    ef_status status = ef_review_judge(path, &r, error);
    if (status == EF_OK)
        status = open_engine(&engine, settings, error);
    if (status == EF_OK)
        status = ef_review_advise(engine, path, settings->threads, &gain, error);
    ef_engine_free(engine);
    if (status != EF_OK)
        return status;
    print_head(&r, path);
    print_figures(&r);
    puts("\nWhat that means");
    say_how_sure(&r);
    puts("\nWhat to do");
    say_advice(&r, &gain, path);
    return EF_OK;
}

int ef_review_report_job(ef_settings *settings)
{
    ef_error error = { 0 };
    if (settings->inputs.count != 1) {
        ef_say("a report is of one file of labels: earful review --report LABELS");
        return EF_EXIT_USAGE;
    }
    return ef_exit_after(report(settings, settings->inputs.items[0], &error), &error);
}
