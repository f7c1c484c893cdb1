/* SPDX-License-Identifier: MIT
 * cli/verb_audit.c - `earful audit`: does a score change when only the person changes? */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "audit_report.h"
#include "exit_codes.h"
#include "read_file.h"
#include "terminal.h"
#include "verbs.h"

enum { TEMPLATES_LIMIT = 4 << 20 }; /* a hundred times ours */

/* What the command line asks for. */
typedef struct job {
    ef_audit_limit *limits; /* as many as there are --fail-if */
    ef_audit_source *sources;
    char **bytes; /* of the sources that are files */
} job;

static void release(job *j, const ef_settings *settings)
{
    for (size_t i = 0; j->bytes != NULL && i < settings->templates.count; i++)
        free(j->bytes[i]);
    free(j->bytes);
    free(j->limits);
    free(j->sources);
}

static int read_limits(job *j, const ef_settings *settings)
{
    j->limits = calloc(settings->limits.count + 1, sizeof *j->limits);
    if (j->limits == NULL)
        return ef_exit_after(EF_ERR_MEMORY, &(ef_error){ 0 });
    for (size_t i = 0; i < settings->limits.count; i++)
        if (!ef_audit_limit_read(&j->limits[i], settings->limits.items[i])) {
            ef_say(
                "bad condition '%s' for --fail-if: it must be gap, worst, flips or alone, "
                "then > and a number, as in 'gap>0.05' or 'religion: flips > 0.02'",
                settings->limits.items[i]);
            return EF_EXIT_USAGE;
        }
    return EF_EXIT_DONE;
}

static int read_sources(job *j, const ef_settings *settings)
{
    size_t count = settings->templates.count;
    j->sources = calloc(count + 1, sizeof *j->sources);
    j->bytes = calloc(count + 1, sizeof *j->bytes);
    if (j->sources == NULL || j->bytes == NULL)
        return ef_exit_after(EF_ERR_MEMORY, &(ef_error){ 0 });
    for (size_t i = 0; i < count; i++) {
        const char *name = settings->templates.items[i];
        j->sources[i] = (ef_audit_source){ "default", ef_audit_templates() };
        if (strcmp(name, "default") == 0)
            continue;
        size_t size = 0;
        j->bytes[i] = ef_read_file(name, TEMPLATES_LIMIT, &size);
        if (j->bytes[i] == NULL)
            return EF_EXIT_DATA;
        ef_slice bytes = { (const uint8_t *)j->bytes[i], size };
        j->sources[i] = (ef_audit_source){ name, bytes };
    }
    return EF_EXIT_DONE;
}

static int check_limit(const ef_audit_limit *limit, const ef_audited *audited)
{
    const ef_audit_group *group;
    double value;
    if (!ef_audit_limit_fits(limit, audited)) {
        ef_say("--fail-if '%s': the templates have no dimension '%.*s'", limit->words,
               (int)limit->dimension.size, (const char *)limit->dimension.data);
        return EF_EXIT_USAGE;
    }
    if (!ef_audit_limit_is_met(limit, audited, &group, &value))
        return EF_EXIT_DONE;
    if (group == NULL)
        ef_say("--fail-if '%s' is met: %.0f of %" PRIu64 " texts", limit->words, value,
               audited->alone_texts);
    else
        ef_say("--fail-if '%s' is met: %.4f, %.*s, %.*s", limit->words, value,
               (int)group->dimension.size, (const char *)group->dimension.data,
               (int)group->name.size, (const char *)group->name.data);
    return EF_EXIT_ALERT;
}

static int show(const job *j, const ef_settings *settings, const ef_audited *audited)
{
    const char *to = settings->to == NULL ? "table" : settings->to;
    int code = EF_EXIT_DONE;
    (strcmp(to, "json") == 0  ? ef_audit_print_json
     : strcmp(to, "csv") == 0 ? ef_audit_print_csv
                              : ef_audit_print_table)(audited);
    for (size_t i = 0; i < settings->limits.count; i++) {
        int own = check_limit(&j->limits[i], audited);
        code = own > code ? own : code;
    }
    return code;
}

static int audit(const job *j, const ef_settings *settings)
{
    ef_error error = { 0 };
    ef_engine *engine = NULL;
    ef_audited *audited = NULL;
    ef_status status = ef_engine_new(&engine, &settings->engine, &error);
    if (status == EF_OK)
        status = ef_audit(engine, j->sources, settings->templates.count, &audited, &error);
    int code = status == EF_OK ? show(j, settings, audited) : ef_exit_after(status, &error);
    ef_audited_free(audited);
    ef_engine_free(engine);
    return code;
}

int ef_verb_audit(ef_settings *settings)
{
    job j = { 0 };
    if (settings->inputs.count > 0) {
        ef_say(
            "earful audit takes no inputs; --templates FILE names sentences and words of "
            "one's own");
        return EF_EXIT_USAGE;
    }
    if (settings->engine.language_path != NULL && settings->templates.count == 0) {
        ef_say("the built-in sentences are English: --language needs --templates");
        return EF_EXIT_USAGE;
    }
    int code = EF_EXIT_DONE;
    if (settings->shows_templates) {
        ef_slice templates = ef_audit_templates();
        fwrite(templates.data, 1, templates.size, stdout);
    } else {
        code = read_limits(&j, settings);
        if (code == EF_EXIT_DONE)
            code = read_sources(&j, settings);
        if (code == EF_EXIT_DONE)
            code = audit(&j, settings);
    }
    release(&j, settings);
    int flushed = ef_exit_flushed();
    return flushed > code ? flushed : code;
}
