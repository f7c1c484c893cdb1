/* SPDX-License-Identifier: MIT
 * cli/eval_json.c - what `earful eval` prints for machines: one object, one line. */
#include <inttypes.h>
#include <string.h>

#include "eval_report.h"
#include "json_print.h"

static const char *const classes[3] = { "negative", "neutral", "positive" };

static void print_string(const char *text)
{
    ef_json_print(stdout, ef_slice_of(text));
}

static void print_figures(const ef_merits *f)
{
    printf("{\"accuracy\":%.6f,\"macro_f1\":%.6f,\"balanced_accuracy\":%.6f,"
           "\"log_loss\":%.6f}",
           f->accuracy, f->macro_f1, f->balanced_accuracy, f->log_loss);
}

static void print_bounds(const ef_bounds *bounds)
{
    fputs(",\"low\":", stdout);
    print_figures(&bounds->low);
    fputs(",\"high\":", stdout);
    print_figures(&bounds->high);
}

/* Members, without the braces. */
static void print_evaluation(const ef_evaluation *e)
{
    printf("\"texts\":%" PRIu64 ",\"accuracy\":%.6f,\"macro_f1\":%.6f,"
           "\"balanced_accuracy\":%.6f,\"log_loss\":%.6f,\"ece\":%.6f,\"confusion\":{",
           e->texts, e->accuracy, e->macro_f1, e->balanced_accuracy, e->log_loss, e->ece);
    for (size_t i = 0; i < 3; i++) {
        printf("%s\"%s\":{", i > 0 ? "," : "", classes[i]);
        for (size_t j = 0; j < 3; j++)
            printf("%s\"%s\":%" PRIu64, j > 0 ? "," : "", classes[j], e->confusion[i][j]);
        fputc('}', stdout);
    }
    fputc('}', stdout);
}

static void print_reliability(const ef_evaluation *e)
{
    bool is_first = true;
    fputs(",\"reliability\":[", stdout);
    for (size_t i = 0; i < EF_RELIABILITY_BINS; i++) {
        const ef_reliability *bin = &e->bins[i];
        if (bin->texts == 0)
            continue;
        printf("%s{\"texts\":%" PRIu64 ",\"confidence\":%.6f,\"accuracy\":%.6f}",
               is_first ? "" : ",", bin->texts, bin->confidence, bin->accuracy);
        is_first = false;
    }
    fputc(']', stdout);
}

static void print_comparison(const ef_contest *c)
{
    fputs(",\"against_first\":{\"difference\":", stdout);
    print_figures(&c->difference);
    print_bounds(&c->bounds);
    printf(",\"only_this\":%" PRIu64 ",\"only_first\":%" PRIu64 ",\"mcnemar_p\":%.6g}",
           c->only_this, c->only_first, c->p);
}

static void print_model(const ef_eval_report *r, size_t index)
{
    const ef_evaluated_model *model = &r->evaluated->models[index];
    fputs("{\"name\":", stdout);
    print_string(r->asked[index].name);
    printf(",\"model\":\"%s\",", r->asked[index].info.model.hash);
    print_evaluation(&model->all);
    print_bounds(&model->bounds);
    print_reliability(&model->all);
    if (index > 0)
        print_comparison(&model->against_first);
    fputc('}', stdout);
}

static void print_groups(const ef_eval_report *r)
{
    const ef_evaluated *e = r->evaluated;
    fputs(",\"group_by\":", stdout);
    print_string(r->group);
    fputs(",\"groups\":[", stdout);
    for (size_t i = 0; i < e->group_count; i++) {
        fputs(i > 0 ? ",{\"name\":" : "{\"name\":", stdout);
        ef_json_print(stdout, e->groups[i].name);
        fputs(",\"models\":[", stdout);
        for (size_t model = 0; model < e->model_count; model++) {
            fputs(model > 0 ? ",{" : "{", stdout);
            print_evaluation(&e->groups[i].models[model]);
            fputc('}', stdout);
        }
        fputs("]}", stdout);
    }
    fputc(']', stdout);
}

void ef_eval_print_json(const ef_eval_report *report)
{
    const ef_evaluated *e = report->evaluated;
    const ef_engine_info *info = &report->asked[0].info;
    printf("{\"schema\":2,\"version\":\"%s\",\"scorer\":\"%s\",\"lexicon\":\"%s\","
           "\"texts\":%" PRIu64 ",\"left_out\":%" PRIu64 ",\"models\":[",
           info->version, info->scorer, info->lexicon_hash, e->texts, e->left_out);
    for (size_t i = 0; i < e->model_count; i++) {
        if (i > 0)
            fputc(',', stdout);
        print_model(report, i);
    }
    fputc(']', stdout);
    if (report->group != NULL)
        print_groups(report);
    fputs("}\n", stdout);
}
