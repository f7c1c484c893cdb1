/* SPDX-License-Identifier: MIT
 * cli/lexicon_jobs.c - `earful lexicon show` and `suggest`: both print a lexicon file. */
#include "lexicon_jobs.h"

#include <inttypes.h>
#include <string.h>

#include "earful/app/lexicon_words.h"
#include "exit_codes.h"
#include "notices.h"
#include "terminal.h"

/* --- show -------------------------------------------------------------------------- */

typedef struct shown {
    const char *term;
} shown;

static void print_value(void *user, const char *section, const char *value,
                        const char *extra)
{
    const shown *s = user;
    printf("[%s]\n", section);
    ef_print_safe(stdout, s->term, strlen(s->term));
    printf("\t%s%s%s\n", value, extra[0] != '\0' ? "\t" : "", extra);
}

static int show(const ef_engine *engine, const char *term)
{
    ef_error error = { 0 };
    shown s = { term };
    ef_slice bytes = { (const uint8_t *)term, strlen(term) };
    size_t count = 0;
    ef_status status = ef_lexicon_show(engine, bytes, print_value, &s, &count, &error);
    if (status == EF_OK && count == 0) {
        printf("# not in the lexicon: ");
        ef_print_safe(stdout, term, strlen(term));
        putchar('\n');
    }
    return ef_exit_after(status, &error);
}

int ef_lexicon_job_show(ef_settings *settings)
{
    ef_error error = { 0 };
    ef_engine *engine = NULL;
    ef_status status = ef_engine_new(&engine, &settings->engine, &error);
    int code = ef_exit_after(status, &error);
    for (size_t i = 1; status == EF_OK && i < settings->inputs.count; i++) {
        int own = show(engine, settings->inputs.items[i]);
        code = own > code ? own : code;
    }
    ef_engine_free(engine);
    return code;
}

/* --- suggest ----------------------------------------------------------------------- */

static bool print_suggestion(void *user, const ef_suggestion *s)
{
    uint64_t *count = user;
    if (++*count == 1)
        puts("# suggested from labelled texts: read and correct each before it is used\n"
             "# term, valence, then the evidence\n[valence]");
    ef_print_safe(stdout, s->term, strlen(s->term));
    printf("\t%.1f\tnegative %" PRIu64 ", neutral %" PRIu64 ", positive %" PRIu64
           ", log-odds %+.2f, mean %+.2f, %u of %u domains\n",
           s->valence, s->negative, s->neutral, s->positive, s->log_odds,
           s->mean_label, s->agreeing, s->domains);
    return true;
}

static int suggest(const ef_engine *engine, ef_settings *settings)
{
    ef_error error = { 0 };
    ef_notices notices;
    uint64_t count = 0;
    ef_notices_start(&notices, settings, NULL);
    ef_suggest_options options = { .reader = settings->reader,
                                   .label = settings->label,
                                   .recipe_path = settings->recipe,
                                   .threads = settings->threads };
    options.reader.inputs = settings->inputs.items + 1; /* behind the job */
    options.reader.input_count = settings->inputs.count - 1;
    ef_status status =
        ef_lexicon_suggest(engine, &options, print_suggestion, &count, &error);
    int code = ef_exit_after(status, &error);
    int told = ef_notices_exit(&notices, settings);
    if (status == EF_OK && count == 0)
        puts("# no word leans enough that the lexicon lacks");
    return told > code ? told : code;
}

int ef_lexicon_job_suggest(ef_settings *settings)
{
    ef_error error = { 0 };
    ef_engine *engine = NULL;
    ef_status status = ef_engine_new(&engine, &settings->engine, &error);
    int code = status == EF_OK ? suggest(engine, settings) : ef_exit_after(status, &error);
    ef_engine_free(engine);
    return code;
}
