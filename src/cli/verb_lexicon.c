/* SPDX-License-Identifier: MIT
 * cli/verb_lexicon.c - `earful lexicon`: what is wrong in a lexicon, what it says, what it
 * lacks. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "exit_codes.h"
#include "lexicon_jobs.h"
#include "read_file.h"
#include "terminal.h"
#include "verbs.h"

enum { LEXICON_LIMIT = 64 << 20 }; /* a thousand times a large lexicon */

typedef struct findings {
    const char *path;
    uint64_t errors, warnings;
} findings;

static void print_finding(void *user, const ef_lexicon_finding *finding)
{
    findings *all = user;
    ef_print_safe(stdout, all->path, strlen(all->path));
    printf(":%" PRIu64 ":%" PRIu64 ": %s: ", finding->line, finding->column,
           finding->is_error ? "error" : "warning");
    ef_print_safe(stdout, finding->message, strlen(finding->message));
    fputc('\n', stdout);
    if (finding->is_error)
        all->errors++;
    else
        all->warnings++;
}

static int check(const char *path)
{
    size_t size = 0, entries = 0;
    char *bytes = ef_read_file(path, LEXICON_LIMIT, &size);
    if (bytes == NULL)
        return EF_EXIT_DATA;
    ef_error error = { 0 };
    findings all = { .path = path };
    ef_slice slice = { (const uint8_t *)bytes, size };
    ef_status status = ef_lexicon_check(slice, print_finding, &all, &entries, &error);
    free(bytes);
    if (status != EF_OK && status != EF_ERR_FORMAT)
        return ef_exit_after(status, &error);
    ef_print_safe(stdout, path, strlen(path));
    printf(": %zu entries, %" PRIu64 " errors, %" PRIu64 " warnings\n", entries, all.errors,
           all.warnings);
    return status == EF_OK ? EF_EXIT_DONE : EF_EXIT_DATA;
}

static int check_all(ef_settings *settings)
{
    int code = EF_EXIT_DONE;
    for (size_t i = 1; i < settings->inputs.count; i++) {
        int own = check(settings->inputs.items[i]);
        code = own > code ? own : code;
    }
    return code;
}

typedef struct job {
    const char *name, *operands, *what;
    int (*run)(ef_settings *settings);
} job;

static const job jobs[] = { { "check", "FILE", "files", check_all },
                            { "show", "WORD", "words", ef_lexicon_job_show },
                            { "suggest", "INPUT", "inputs", ef_lexicon_job_suggest } };
enum { JOBS = sizeof jobs / sizeof *jobs };

static int run(const job *j, ef_settings *settings)
{
    if (settings->inputs.count < 2) {
        ef_say("earful lexicon %s needs %s: earful lexicon %s %s...", j->name, j->what,
               j->name, j->operands);
        return EF_EXIT_USAGE;
    }
    int code = j->run(settings), flushed = ef_exit_flushed();
    return flushed > code ? flushed : code;
}

int ef_verb_lexicon(ef_settings *settings)
{
    const ef_words *words = &settings->inputs;
    for (size_t i = 0; words->count > 0 && i < JOBS; i++)
        if (strcmp(words->items[0], jobs[i].name) == 0)
            return run(&jobs[i], settings);
    if (words->count > 0)
        return ef_verb_say_unknown(settings->verb, "job", words->items[0]);
    ef_say("earful lexicon needs a job: check FILE, show WORD or suggest INPUT");
    return EF_EXIT_USAGE;
}
