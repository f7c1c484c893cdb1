/* SPDX-License-Identifier: MIT
 * cli/verb_eval.c - `earful eval`: how good the scores are on labelled text. */
#include <stdlib.h>
#include <string.h>

#include "eval_report.h"
#include "exit_codes.h"
#include "notices.h"
#include "terminal.h"
#include "verbs.h"

/* The engines that are asked: one for each --model, or the default alone. */
typedef struct panel {
    ef_engine **engines;
    ef_asked *asked;
    size_t count;
} panel;

static void release(panel *p)
{
    for (size_t i = 0; p->engines != NULL && i < p->count; i++)
        ef_engine_free(p->engines[i]);
    free(p->engines);
    free(p->asked);
}

static ef_status gather(panel *p, const ef_settings *settings, ef_error *error)
{
    bool is_alone = settings->models.count == 0;
    p->count = is_alone ? 1 : settings->models.count;
    p->engines = calloc(p->count, sizeof *p->engines);
    p->asked = calloc(p->count, sizeof *p->asked);
    if (p->engines == NULL || p->asked == NULL)
        return EF_ERR_MEMORY;
    for (size_t i = 0; i < p->count; i++) {
        const char *name = is_alone ? "default" : settings->models.items[i];
        ef_engine_options options = settings->engine;
        options.model_path = strcmp(name, "default") == 0 ? NULL : name;
        ef_status status = ef_engine_new(&p->engines[i], &options, error);
        if (status != EF_OK)
            return status;
        p->asked[i].name = name;
        ef_engine_describe(p->engines[i], &p->asked[i].info);
    }
    return EF_OK;
}

static int show(const panel *p, const ef_settings *settings, const ef_evaluated *evaluated)
{
    if (evaluated->texts == 0) {
        ef_say("no text has a label or a rating: --label COL or --rating COL says where");
        return EF_EXIT_DATA;
    }
    ef_eval_report report = { evaluated, p->asked, settings->group };
    bool is_json = settings->to != NULL && strcmp(settings->to, "json") == 0;
    (is_json ? ef_eval_print_json : ef_eval_print_table)(&report);
    return EF_EXIT_DONE;
}

static int evaluate(const panel *p, ef_settings *settings)
{
    ef_error error = { 0 };
    ef_evaluated *evaluated = NULL;
    ef_notices notices;
    ef_notices_start(&notices, settings, NULL);
    ef_eval_options options = { .reader = settings->reader,
                                .where = settings->where.items,
                                .where_count = settings->where.count,
                                .label = settings->label,
                                .group = settings->group,
                                .two_classes = settings->two_classes,
                                .threads = settings->threads };
    ef_status status = ef_eval((const ef_engine *const *)p->engines, p->count, &options,
                               &evaluated, &error);
    int code = ef_exit_after(status, &error);
    int told = ef_notices_exit(&notices, settings);
    if (status == EF_OK)
        code = show(p, settings, evaluated);
    ef_evaluated_free(evaluated);
    return told > code ? told : code;
}

int ef_verb_eval(ef_settings *settings)
{
    ef_error error = { 0 };
    panel p = { 0 };
    ef_status status = gather(&p, settings, &error);
    int code = status == EF_OK ? evaluate(&p, settings) : ef_exit_after(status, &error);
    release(&p);
    int flushed = ef_exit_flushed();
    return flushed > code ? flushed : code;
}
