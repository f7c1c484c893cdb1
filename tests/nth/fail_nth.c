/* SPDX-License-Identifier: MIT
 * tests/nth/fail_nth.c - every allocation and every system call of a run fails in turn.
 *
 *     fail-nth [-s STEP] PROGRAMS SHIM CASES INPUTS [CASE...]
 *
 * A case is a line of CASES: a name, what is special about it, and a command (see there).
 * It runs once as it should, then once for each allocation that fails, and for each system
 * call: failing with EIO, failing because something is full or forbidden, interrupted, and
 * doing one byte only. Each time:
 *
 *   - it ends by itself, with an exit code of earful's, within seconds;
 *   - if it ends as it should, output and files are those of the good run, to the byte;
 *   - if not, it says why, without a word of the customers', the lines that it
 *     has printed are lines of the good output, and each file is as before or as in the
 * good run;
 *   - what was interrupted or short must end as it should;
 *   - no memory is left that the good run frees;
 *   - a case that goes on (`again`) then runs unharmed, and all is as in the good run.
 *
 * -s 7: every seventh only, another seventh in each case. */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "case.h"
#include "folder.h"
#include "page.h"
#include "trace.h"

enum { SECONDS = 60, EXIT_INPUT = 3, WORST_CODE = 4 };

/* In every text, name and field of the inputs; never in a message. */
static const char canary[] = "canary";

typedef struct nth_run {
    int status; /* as of waitpid; -1: it hung */
    char *out, *err;
    size_t out_size, err_size;
    unsigned long allocations;
    long live;
} nth_run;

/* What is to go wrong: an allocation, or a call. */
typedef struct nth_harm {
    const char *what;
    unsigned long allocation;
    bool for_ever;
    bool must_end_well;
    trace *call; /* NULL: the program is not traced */
} nth_harm;

static struct {
    char room[64], shim[4096], programs[4096];
    const char *inputs;
    nth_page *page;
    int page_file;
    unsigned long passed, failed, step, runs;
    const char *why_no_trace;
} nth;

static const char *in_room(const char *name)
{
    static char path[4][128];
    static unsigned turn;
    char *it = path[turn++ % 4];
    snprintf(it, sizeof path[0], "%s/%s", nth.room, name);
    return it;
}

/* --- one run ----------------------------------------------------------------------------
 */

static void redirect(int file, const char *path, int flags)
{
    int opened = open(path, flags, 0600);
    if (opened < 0 || dup2(opened, file) < 0)
        err(97, "%s", path);
    close(opened);
}

static void become_program(const nth_case *it, bool is_traced)
{
    char preload[5000], path[5000], home[160], program[5000];
    snprintf(preload, sizeof preload, "LD_PRELOAD=%s", nth.shim);
    snprintf(path, sizeof path, "PATH=%s:/usr/bin:/bin", nth.programs);
    snprintf(home, sizeof home, "HOME=%s/home", nth.room);
    snprintf(program, sizeof program, "%s/%s", nth.programs, it->program);
    char sandbox[32];
    const char *mode = getenv("EARFUL_SANDBOX");
    snprintf(sandbox, sizeof sandbox, "EARFUL_SANDBOX=%s", mode == NULL ? "auto" : mode);
    char *environment[] = { preload, path, home, sandbox, NULL };
    redirect(STDOUT_FILENO, in_room("out"), O_WRONLY | O_CREAT | O_TRUNC);
    redirect(STDERR_FILENO, in_room("err"), O_WRONLY | O_CREAT | O_TRUNC);
    if (chdir(in_room("work")) != 0 || dup2(nth.page_file, NTH_PAGE_FILE) < 0)
        err(97, "%s", nth.room);
    redirect(STDIN_FILENO, it->input[0] == '\0' ? "/dev/null" : it->input, O_RDONLY);
    if (is_traced)
        trace_me();
    execve(program, it->words.we_wordv, environment);
    err(97, "%s", program);
}

/* Waits for what the program has started; it must end, too. False: it did not. */
static bool wait_for_others(void)
{
    for (int tries = 0; tries < SECONDS * 100; tries++) {
        int status;
        pid_t pid = waitpid(-1, &status, WNOHANG);
        if (pid < 0)
            return true;
        if (pid == 0)
            usleep(10000);
    }
    return false;
}

static nth_run run(const nth_case *it, const nth_harm *harm)
{
    nth_run result = { .status = -1 };
    trace *call = harm->call;
    nth.runs++;
    memset(nth.page, 0, sizeof *nth.page);
    snprintf(nth.page->program, sizeof nth.page->program, "%s", it->program);
    nth.page->failing = harm->allocation;
    nth.page->for_ever = harm->for_ever;
    pid_t child = fork();
    if (child < 0)
        err(1, "fork");
    if (child == 0)
        become_program(it, call != NULL);
    result.status =
        call == NULL ? trace_wait(child, SECONDS) : trace_run(call, child, SECONDS);
    if (!wait_for_others())
        result.status = -1;
    result.out = folder_read(in_room("out"), &result.out_size);
    result.err = folder_read(in_room("err"), &result.err_size);
    if (result.out == NULL || result.err == NULL)
        errx(1, "%s: no output", it->name);
    result.allocations = nth.page->counted;
    result.live = nth.page->live;
    return result;
}

static void release(nth_run *it)
{
    free(it->out);
    free(it->err);
}

static void prepare(void)
{
    folder_empty(in_room("work"));
    folder_copy(nth.inputs, in_room("work"));
}

/* --- was it well? ------------------------------------------------------------------------
 */

static int code_of(const nth_run *it)
{
    return it->status >= 0 && WIFEXITED(it->status) ? WEXITSTATUS(it->status) : -1;
}

static bool has_canary(const nth_run *it)
{
    return strcasestr(it->err, canary) != NULL;
}

/* The run ended as the good one: so must be what it made. NULL, or what is wrong. */
static const char *judge_good(const nth_case *it, const nth_run *got, const nth_run *good)
{
    static char why[256];
    char name[160];
    if (!it->is_free && (got->out_size != good->out_size ||
                         memcmp(got->out, good->out, good->out_size) != 0))
        return "ends as it should, with another output";
    if (folder_is_same(in_room("work"), in_room("good"), it->except, name, sizeof name))
        return NULL;
    snprintf(why, sizeof why, "ends as it should, but differs in '%s'", name);
    return why;
}

/* Whether each line of it stands in what the good run printed, in the same order; the last
 * one may be cut. */
static bool is_part_of(const nth_run *got, const nth_run *good)
{
    const char *wanted = good->out, *line = got->out;
    while (*line != '\0') {
        size_t size = strcspn(line, "\n");
        size += line[size] == '\n';
        while (*wanted != '\0' && strncmp(wanted, line, size) != 0) {
            wanted += strcspn(wanted, "\n");
            wanted += *wanted == '\n';
        }
        if (*wanted == '\0')
            return false;
        wanted += size;
        line += size;
    }
    return true;
}

static const char *judge_bad(const nth_case *it, const nth_run *got, const nth_run *good,
                             const nth_harm *harm)
{
    static char why[256];
    char name[160];
    bool can_tell =
        harm->call == NULL || !trace_is_write_to(&harm->call->met, STDERR_FILENO);
    if (got->err_size == 0 && can_tell)
        return "says nothing of what went wrong";
    if (it->has_several && code_of(got) == EXIT_INPUT)
        return NULL;
    bool has_hole = it->has_stdio && harm->call != NULL &&
                    trace_is_write_to(&harm->call->met, STDOUT_FILENO);
    if (!it->is_free && !has_hole && !is_part_of(got, good))
        return "has printed something else";
    if (it->goes_again || folder_is_of(in_room("work"), nth.inputs, in_room("good"),
                                       it->except, name, sizeof name))
        return NULL;
    snprintf(why, sizeof why, "leaves '%s', neither old nor complete", name);
    return why;
}

/* Where threads call in another order each time, it may be another call that was met. */
static bool must_end_well(const nth_harm *harm)
{
    const trace *call = harm->call;
    return harm->must_end_well &&
           (call == NULL || call->harm != TRACE_FAIL ||
            (trace_can_be_interrupted(call->met.number) && !call->met.is_of_loader));
}

static const char *judge(const nth_case *it, const nth_run *got, const nth_run *good,
                         const nth_harm *harm)
{
    static char why[128];
    int code = code_of(got);
    if (got->status == -1)
        return "does not end";
    if (code < 0 || code > WORST_CODE || (code == 1 && code_of(good) != 1)) {
        snprintf(why, sizeof why, "dies: status %#x", (unsigned)got->status);
        return why;
    }
    if (has_canary(got))
        return "says what customers said";
    /* The C library keeps what dlerror says. */
    bool has_reason = strstr(got->err, "libarchive") != NULL ||
                      (harm->call != NULL && harm->call->met.is_of_loader);
    if (got->live > good->live + has_reason) {
        snprintf(why, sizeof why, "leaks: %ld pieces, not %ld", got->live, good->live);
        return why;
    }
    if (code == code_of(good)) {
        const char *difference = judge_good(it, got, good);
        if (difference == NULL || code == 0 || must_end_well(harm))
            return difference;
    } else if (code == 0 || must_end_well(harm)) {
        snprintf(why, sizeof why, "ends with %d, not %d", code, code_of(good));
        return why;
    }
    return judge_bad(it, got, good, harm);
}

static void tell(const nth_case *it, const nth_harm *harm, const char *why)
{
    printf("FAILED: %s, ", it->name);
    if (harm->call == NULL)
        printf("%s %lu", harm->what, harm->allocation);
    else
        printf("call %lu, %s%s: %s", harm->call->n, trace_name(harm->call->met.number),
               trace_is_write_to(&harm->call->met, STDERR_FILENO) ? " to standard error"
                                                                  : "",
               harm->what);
    printf(": %s\n", why);
    fflush(stdout);
}

/* What is in the room now, for whoever looks for the reason. */
static void show(const nth_run *it, const char *name)
{
    char path[300];
    size_t size;
    if (getenv("NTH_VERBOSE") == NULL)
        return;
    printf("--- ends with %d, prints\n%s--- and says\n%s", code_of(it), it->out, it->err);
    snprintf(path, sizeof path, "%s/%s", in_room("work"), name);
    char *bytes = name[0] == '\0' ? NULL : folder_read(path, &size);
    printf("--- %s: %s---\n", name, bytes == NULL ? "none\n" : bytes);
    free(bytes);
}

/* A run that failed is followed by one that should make it good. */
static const char *go_on(const nth_case *it, const nth_run *good, char *name, size_t size)
{
    const nth_harm none = { .what = "again" };
    nth_run got = run(it, &none);
    const char *why = NULL;
    if (code_of(&got) != code_of(good))
        why = "cannot be begun again";
    else if (!folder_is_same(in_room("work"), in_room("good"), it->except, name, size))
        why = "is not made good by a second run";
    if (why != NULL)
        show(&got, name);
    release(&got);
    return why;
}

static void try_one(const nth_case *it, const nth_run *good, const nth_harm *harm)
{
    char name[160] = "";
    prepare();
    nth_run got = run(it, harm);
    const char *why = judge(it, &got, good, harm);
    if (why == NULL && it->goes_again && code_of(&got) != code_of(good))
        why = go_on(it, good, name, sizeof name);
    if (why == NULL) {
        nth.passed++;
    } else {
        nth.failed++;
        show(&got, name);
        tell(it, harm, why);
    }
    release(&got);
}

/* --- all of a case
 * ------------------------------------------------------------------------ */

static void fail_allocations(const nth_case *it, const nth_run *good, unsigned long first)
{
    nth_harm harm = { .what = "allocation" };
    for (unsigned long n = first; n <= good->allocations; n += nth.step) {
        harm.allocation = n;
        try_one(it, good, &harm);
    }
    harm.what = "all allocations from";
    harm.for_ever = true;
    for (unsigned long n = first; n <= good->allocations; n += nth.step) {
        harm.allocation = n;
        try_one(it, good, &harm);
    }
}

static void fail_call(const nth_case *it, const nth_run *good, unsigned long n,
                      const trace_call *met)
{
    trace call = { .harm = TRACE_FAIL, .n = n, .error = EIO };
    nth_harm harm = { .what = "input/output error", .call = &call };
    try_one(it, good, &harm);
    call.error = trace_full(met->number);
    harm.what = "full or forbidden";
    if (call.error != EIO)
        try_one(it, good, &harm);
    harm.must_end_well = !it->has_stdio;
    call.error = EINTR;
    harm.what = "interrupted";
    if (trace_can_be_interrupted(met->number) && !met->is_of_loader)
        try_one(it, good, &harm);
    call.harm = TRACE_SHORT;
    harm.must_end_well = true;
    harm.what = "short";
    if (trace_can_be_short(met->number) && met->third > 1 && !met->is_of_loader)
        try_one(it, good, &harm);
}

static void fail_calls(const nth_case *it, const nth_run *good, unsigned long first)
{
    static trace_call calls[TRACE_CALLS];
    trace counting = { .harm = TRACE_COUNT, .calls = calls };
    nth_harm none = { .what = "no call", .call = &counting };
    try_one(it, good, &none);
    for (unsigned long n = first; n <= counting.counted && n <= TRACE_CALLS; n += nth.step)
        fail_call(it, good, n, &calls[n - 1]);
}

static void try_case(const nth_case *it, unsigned long first)
{
    const nth_harm none = { .what = "nothing" };
    unsigned long runs = nth.runs, failed = nth.failed;
    prepare();
    nth_run good = run(it, &none);
    folder_empty(in_room("good"));
    folder_copy(in_room("work"), in_room("good"));
    if (code_of(&good) < 0 || code_of(&good) > WORST_CODE || has_canary(&good))
        errx(1, "%s does not even run: %#x\n%s", it->name, (unsigned)good.status, good.err);
    try_one(it, &good, &none);
    fail_allocations(it, &good, first);
    if (nth.why_no_trace == NULL)
        fail_calls(it, &good, first);
    printf("%-24s exit %d, %5lu allocations, %5lu runs, %lu failed\n", it->name,
           code_of(&good), good.allocations, nth.runs - runs, nth.failed - failed);
    fflush(stdout);
    release(&good);
}

/* --- the list of cases
 * -------------------------------------------------------------------- */

static bool is_wanted(const nth_case *it, char **names)
{
    if (*names == NULL)
        return true;
    while (*names != NULL && strcmp(*names, it->name) != 0)
        names++;
    return *names != NULL;
}

static void try_all(const char *path, char **names)
{
    FILE *list = fopen(path, "re");
    char *line = NULL;
    size_t size = 0;
    unsigned long number = 0;
    if (list == NULL)
        err(1, "%s", path);
    while (getline(&line, &size, list) > 0) {
        nth_case it;
        if (!nth_case_take(&it, line))
            continue;
        if (is_wanted(&it, names))
            try_case(&it, 1 + number++ % nth.step);
        wordfree(&it.words);
    }
    free(line);
    fclose(list);
    printf("%lu cases, ", number);
}

static void make_room(void)
{
    const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(nth.room, sizeof nth.room, "%s/nth-XXXXXX", folder);
    if (mkdtemp(nth.room) == NULL || mkdir(in_room("work"), 0755) != 0 ||
        mkdir(in_room("good"), 0755) != 0 || mkdir(in_room("home"), 0755) != 0)
        err(1, "%s", nth.room);
    nth.page_file = open(in_room("page"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (nth.page_file < 0 || ftruncate(nth.page_file, sizeof *nth.page) != 0)
        err(1, "%s", nth.room);
    nth.page =
        mmap(NULL, sizeof *nth.page, PROT_READ | PROT_WRITE, MAP_SHARED, nth.page_file, 0);
    if (nth.page == MAP_FAILED)
        err(1, "%s", nth.room);
}

int main(int count, char **words)
{
    int option;
    nth.step = 1;
    while ((option = getopt(count, words, "s:")) == 's')
        nth.step = strtoul(optarg, NULL, 10);
    if (option != -1 || nth.step == 0 || count - optind < 4)
        errx(2, "fail-nth [-s STEP] PROGRAMS SHIM CASES INPUTS [CASE...]");
    words += optind;
    if (realpath(words[0], nth.programs) == NULL || realpath(words[1], nth.shim) == NULL)
        err(1, "%s", words[0]);
    nth.inputs = words[3];
    nth.why_no_trace = trace_why_not();
    if (nth.why_no_trace != NULL)
        printf("failing calls: skipped, %s\n", nth.why_no_trace);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    make_room();
    try_all(words[2], words + 4);
    folder_empty(nth.room);
    rmdir(nth.room);
    printf("failing in turn: %lu passed, %lu failed\n", nth.passed, nth.failed);
    return nth.failed > 0 || nth.passed == 0;
}
