/* SPDX-License-Identifier: MIT
 * cli/eval_table.c - what `earful eval` prints for people.
 *
 * First all models beside each other, then each against the first, then each on its own,
 * then the groups. A figure stands with its interval wherever there is room for one. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "eval_report.h"
#include "terminal.h"

enum { NAME_WIDTH = 20, FEW = 30, TOO_FEW = 5 };

static const char *const classes[3] = { "negative", "neutral", "positive" };

/* Text that we did not write, cut or filled to a width. */
static void print_name(const char *text, size_t size, size_t width)
{
    while (size > 0 && ef_safe_width(text, size) > width)
        size--;
    size_t used = ef_print_safe(stdout, text, size);
    printf("%*s", (int)(width - used), "");
}

static void print_header(const ef_eval_report *r)
{
    const ef_engine_info *info = &r->asked[0].info;
    printf("earful %s, scorer %s, lexicon %s", info->version, info->scorer,
           info->lexicon_hash);
    if (r->evaluated->model_count == 1)
        printf(", model %s", info->model.hash);
    printf("\n\n%-*s%" PRIu64 " (%" PRIu64 " left out)\n", NAME_WIDTH, "texts",
           r->evaluated->texts, r->evaluated->left_out);
}

/* --- figures ----------------------------------------------------------------------- */

static void print_figure(const char *name, double value, double low, double high)
{
    printf("%-*s%.4f   %.4f to %.4f\n", NAME_WIDTH, name, value, low, high);
}

static void print_figures(const ef_evaluated_model *model)
{
    const ef_evaluation *e = &model->all;
    const ef_merits *low = &model->bounds.low, *high = &model->bounds.high;
    printf("%*s95 %% interval\n", NAME_WIDTH + 9, "");
    print_figure("accuracy", e->accuracy, low->accuracy, high->accuracy);
    print_figure("macro F1", e->macro_f1, low->macro_f1, high->macro_f1);
    print_figure("balanced accuracy", e->balanced_accuracy, low->balanced_accuracy,
                 high->balanced_accuracy);
    print_figure("log loss", e->log_loss, low->log_loss, high->log_loss);
    printf("%-*s%.4f\n", NAME_WIDTH, "calibration error", e->ece);
}

static void print_row(const ef_evaluation *e)
{
    printf("%9" PRIu64, e->texts);
    if (e->texts < TOO_FEW)
        puts("        -         -         -         -         -");
    else
        printf("%10.4f%10.4f%10.4f%10.4f%10.4f%s\n", e->accuracy, e->macro_f1,
               e->balanced_accuracy, e->log_loss, e->ece, e->texts < FEW ? "  few" : "");
}

static void print_row_titles(const char *title)
{
    print_name(title, strlen(title), NAME_WIDTH);
    puts("    texts  accuracy  macro F1  balanced  log loss     calib");
}

static void print_overview(const ef_eval_report *r)
{
    fputc('\n', stdout);
    print_row_titles("model");
    for (size_t i = 0; i < r->evaluated->model_count; i++) {
        print_name(r->asked[i].name, strlen(r->asked[i].name), NAME_WIDTH);
        print_row(&r->evaluated->models[i].all);
    }
}

/* --- comparing --------------------------------------------------------------------- */

static void print_difference(const char *name, double value, double low, double high)
{
    printf("%-*s%+.4f   %+.4f to %+.4f%s\n", NAME_WIDTH, name, value, low, high,
           low <= 0 && high >= 0 ? "   no evidence of a change" : "");
}

static void print_comparison(const ef_eval_report *r, size_t model)
{
    const ef_contest *c = &r->evaluated->models[model].against_first;
    const ef_merits *d = &c->difference, *low = &c->bounds.low, *high = &c->bounds.high;
    fputc('\n', stdout);
    print_name(r->asked[model].name, strlen(r->asked[model].name), NAME_WIDTH);
    fputs("against ", stdout);
    ef_print_safe(stdout, r->asked[0].name, strlen(r->asked[0].name));
    puts(", text by text");
    print_difference("accuracy", d->accuracy, low->accuracy, high->accuracy);
    print_difference("macro F1", d->macro_f1, low->macro_f1, high->macro_f1);
    print_difference("balanced accuracy", d->balanced_accuracy, low->balanced_accuracy,
                     high->balanced_accuracy);
    print_difference("log loss", d->log_loss, low->log_loss, high->log_loss);
    printf("%-*s%" PRIu64 " against %" PRIu64 " texts, p %s%.4f (McNemar, mid-p)\n",
           NAME_WIDTH, "right alone", c->only_this, c->only_first,
           c->p < 0.0001 ? "< " : "= ", fmax(c->p, 0.0001));
}

/* --- one model --------------------------------------------------------------------- */

static uint64_t right_of(const ef_evaluation *evaluation, size_t class)
{
    return evaluation->confusion[class][0] + evaluation->confusion[class][1] +
           evaluation->confusion[class][2];
}

static uint64_t given_of(const ef_evaluation *evaluation, size_t class)
{
    return evaluation->confusion[0][class] + evaluation->confusion[1][class] +
           evaluation->confusion[2][class];
}

/* A share in eleven columns, or a hyphen for a class that does not occur. */
static void print_share(uint64_t part, uint64_t whole)
{
    if (whole == 0)
        printf("%11s", "-");
    else
        printf("%11.4f", (double)part / (double)whole);
}

static void print_confusion(const ef_evaluation *e)
{
    printf("\n%-*s", NAME_WIDTH, "right \\ given");
    for (size_t i = 0; i < 3; i++)
        printf("%11s", classes[i]);
    printf("%11s\n", "recall");
    for (size_t i = 0; i < 3; i++) {
        printf("%-*s", NAME_WIDTH, classes[i]);
        for (size_t j = 0; j < 3; j++)
            printf("%11" PRIu64, e->confusion[i][j]);
        print_share(e->confusion[i][i], right_of(e, i));
        fputc('\n', stdout);
    }
    printf("%-*s", NAME_WIDTH, "precision");
    for (size_t i = 0; i < 3; i++)
        print_share(e->confusion[i][i], given_of(e, i));
    fputc('\n', stdout);
}

/* Wilson's interval of a share. */
static void print_interval(double share, double n)
{
    static const double z = 1.959963984540054;
    double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
    double half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    printf("   %.4f to %.4f", fmax(0, middle - half), fmin(1, middle + half));
}

static void print_reliability(const ef_evaluation *e)
{
    printf("\n%-*s%-9s95 %% interval%8s\n", NAME_WIDTH, "mean confidence", "accuracy",
           "texts");
    for (size_t i = 0; i < EF_RELIABILITY_BINS; i++) {
        const ef_reliability *bin = &e->bins[i];
        if (bin->texts == 0)
            continue;
        printf("%-*.4f%.4f", NAME_WIDTH, bin->confidence, bin->accuracy);
        print_interval(bin->accuracy, (double)bin->texts);
        printf("%6" PRIu64 "\n", bin->texts);
    }
}

static void print_model(const ef_eval_report *r, size_t model)
{
    if (r->evaluated->model_count > 1) {
        fputs("\n--- ", stdout);
        ef_print_safe(stdout, r->asked[model].name, strlen(r->asked[model].name));
        printf(", model %s\n", r->asked[model].info.model.hash);
    }
    print_figures(&r->evaluated->models[model]);
    print_confusion(&r->evaluated->models[model].all);
    print_reliability(&r->evaluated->models[model].all);
}

/* --- groups ------------------------------------------------------------------------ */

static void print_groups(const ef_eval_report *r)
{
    const ef_evaluated *e = r->evaluated;
    for (size_t model = 0; model < e->model_count; model++) {
        fputc('\n', stdout);
        if (e->model_count > 1) {
            fputs("--- ", stdout);
            ef_print_safe(stdout, r->asked[model].name, strlen(r->asked[model].name));
            fputs(", by group\n", stdout);
        }
        print_row_titles(r->group);
        for (size_t i = 0; i < e->group_count; i++) {
            const ef_evaluated_group *group = &e->groups[i];
            print_name((const char *)group->name.data, group->name.size, NAME_WIDTH);
            print_row(&group->models[model]);
        }
    }
}

void ef_eval_print_table(const ef_eval_report *report)
{
    size_t models = report->evaluated->model_count;
    print_header(report);
    if (models > 1)
        print_overview(report);
    for (size_t model = 1; model < models; model++)
        print_comparison(report, model);
    for (size_t model = 0; model < models; model++)
        print_model(report, model);
    if (report->group != NULL)
        print_groups(report);
}
