/* SPDX-License-Identifier: MIT
 * cli/own_report.c - what an own model is worth, for people. */
#include "own_report.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

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

void ef_own_print(const ef_own_summary *s, const ef_settings *settings)
{
    const ef_evaluation *before = &s->models[0].all, *after = &s->models[1].all;
    const ef_comparison *c = &s->models[1].against_first;
    const ef_figures *low = &c->bounds.low, *high = &c->bounds.high;
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
