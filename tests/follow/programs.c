/* SPDX-License-Identifier: MIT
 * tests/follow/programs.c - random programs against the following loop, in a world of ours.
 *
 *   programs COUNT [SEED]        COUNT programs, from SEED on
 *   programs -v SEED             one program, step by step
 *
 * A program is a list of steps: append, half a line, rotate, copy and empty, empty and
 * write more, delete, kill, stop, go on, a full disk, time that passes. A step happens at a
 * system call of the follower that the program names, before it, so that every race can be
 * met and every one that was met can be met again: clock, order and faults come from the
 * seed alone.
 *
 * The model knows every line: in which file it stands, and whether it went before it must
 * have been read. In the end each line that is still there stands in the output once, no
 * line twice, and those of a log in their order. A program that fails is made smaller, step
 * by step, while it still fails, and printed. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/fault.h"
#include "logs.h" /* beside this file */
#include "pipeline/follow.h"

enum {
    LIVES = 64,       /* of one program: more is a loop */
    WAITS = 3000,     /* of one life: more is one, too */
    QUIET_MS = 13000, /* after that all must have been read, and every grace be over */
};

static const char *const names[OPS] = { "append", "half",   "rotate", "copy",
                                        "regrow", "delete", "kill",   "stop",
                                        "full",   "pass",   "settle" };

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state * 2685821657736338717u;
}

static unsigned below(uint64_t *state, unsigned limit)
{
    return (unsigned)(next_random(state) >> 33) % limit;
}

/* --- programs ---------------------------------------------------------------------------
 */

static void make_program(story *made, uint64_t seed)
{
    static const unsigned weights[OPS] = { 30, 8, 9, 6, 4, 4, 9, 6, 4, 8, 4 };
    uint64_t random = seed * 0x9E3779B97F4A7C15u + 0x632BE59BD9B4E019u;
    for (int i = 0; i < 4; i++)
        next_random(&random);
    memset(made, 0, sizeof *made);
    made->count = 6 + below(&random, STEPS - 8);
    for (unsigned i = 0; i < made->count; i++) {
        unsigned pick = below(&random, 92), kind = 0;
        while (pick >= weights[kind])
            pick -= weights[kind++];
        step *it = &made->steps[i];
        it->op = (op)kind;
        it->log = below(&random, LOGS);
        it->calls = below(&random, 3) == 0 ? 1000000 : below(&random, 60);
        it->amount = 1 + below(&random, kind == PASS ? 12000 : kind == STOP ? 5 : 12);
    }
}

static void print_program(const story *of)
{
    for (unsigned i = 0; i < of->count; i++)
        printf("  %s log %u, %u, after %u calls\n", names[of->steps[i].op],
               of->steps[i].log, of->steps[i].amount, of->steps[i].calls);
}

/* --- steps ------------------------------------------------------------------------------
 */

static void do_step(bool is_alive)
{
    const step *it = &s->steps[s->at++];
    s->calls = 0;
    if (s->is_verbose)
        fprintf(stderr, "%s %s log %u, %u\n", is_alive ? "" : "(down)", names[it->op],
                it->log, it->amount);
    switch (it->op) {
    case APPEND:
        append(it->log, it->amount);
        break;
    case HALF:
        append_half(it->log);
        break;
    case ROTATE:
        rotate(it->log);
        break;
    case COPY:
        copy_and_empty(it->log);
        break;
    case REGROW:
        empty_and_regrow(it->log, it->amount);
        break;
    case DELETE:
        delete_log(it->log);
        break;
    case KILL:
        s->is_killed = true;
        if (is_alive)
            _exit(9);
        break;
    case STOP: /* the next steps all happen before the follower does anything */
        for (unsigned i = 0; i < it->amount && s->at < s->count; i++) {
            s->now += 700;
            do_step(is_alive);
        }
        break;
    case DISK_FULL:
        s->full = it->amount * 4;
        break;
    case PASS:
        s->now += it->amount;
        break;
    case SETTLE:
        s->settle_ms = is_alive ? s->now + QUIET_MS : 0;
        break;
    case OPS:
        break;
    }
}

/* All that is on the disk has had time to be read and committed. */
static void settle(void)
{
    s->settle_ms = 0;
    for (unsigned i = 0; i < s->line_count; i++)
        if (s->lines[i].fate == ON_DISK)
            s->lines[i].fate = SETTLED;
}

/* Before every system call of the follower. */
static void watch(void *user)
{
    (void)user;
    if (s->settle_ms != 0 || s->at == s->count)
        return;
    if (++s->calls >= s->steps[s->at].calls)
        do_step(true);
    if (s->full > 0) {
        s->full--;
        ef_fault_plan("fail@write:1:ENOSPC,fail@pwrite:1:ENOSPC");
    } else {
        ef_fault_plan("");
    }
}

/* --- the world --------------------------------------------------------------------------
 */

static int64_t now_ms(void *user)
{
    (void)user;
    return s->now;
}

/* The clock on the wall is set a day back or ahead with every step. */
static int64_t wall_ms(void *user)
{
    enum { DAY_MS = 24 * 3600 * 1000 };
    (void)user;
    return s->now + ((int64_t)(s->at % 3) - 1) * DAY_MS;
}

/* The follower has nothing to do: the next step happens, or time passes. */
static void let_pass(const int *descriptors, size_t count, int64_t timeout_ms)
{
    for (size_t i = 0; i < count; i++) {
        struct pollfd it = { .fd = descriptors[i], .events = POLLIN };
        if (it.fd >= 0 && poll(&it, 1, 0) > 0)
            return;
    }
    if (++s->waits > WAITS) {
        s->is_stuck = true;
        _exit(8);
    }
    if (s->settle_ms == 0 && s->at < s->count) {
        do_step(true);
        s->now += 1;
        return;
    }
    s->now += timeout_ms < 1 ? 1 : timeout_ms;
    if (s->settle_ms != 0 && s->now > s->settle_ms)
        settle();
    else if (s->settle_ms == 0 && s->at == s->count)
        s->settle_ms = s->now + QUIET_MS;
    if (s->settle_ms == 0 && s->at == s->count)
        s->is_over = true;
}

static void wait_for(void *user, const int *descriptors, size_t count, int writable,
                     int64_t timeout_ms)
{
    (void)user;
    (void)writable;
    ef_fault_pause(true);
    let_pass(descriptors, count, timeout_ms);
    ef_fault_pause(false);
}

static unsigned asked(void *user)
{
    (void)user;
    return s->is_over ? EF_FOLLOW_STOP : 0;
}

static void tell(void *user, const ef_notice *notice)
{
    (void)user;
    if (s->is_verbose)
        fprintf(stderr, "    %s\n", notice->message);
}

/* One life of the follower. */
static int live(void)
{
    static const char *const inputs[] = { "logs/*.log" };
    static const ef_world world = { now_ms, wall_ms, wait_for, NULL };
    ef_follow_options options = {
        .reader = { .inputs = inputs, .input_count = 1, .format = "lines", .notice = tell },
        .engine = { .scorer = "lexicon" },
        .state_path = "state.db",
        .output_path = "out.ndjson",
        .emit = s->is_judged ? EF_FOLLOW_ALL : EF_FOLLOW_MESSAGES,
        .start = EF_FOLLOW_BEGIN,
        .wake_descriptor = -1,
        .asked = asked
    };
    ef_follow_summary summary;
    ef_error error = { 0 };
    s->waits = 0;
    s->is_killed = false;
    ef_fault_plan("");
    ef_fault_watch(watch, NULL);
    ef_status status = ef_follow_in(&world, &options, &summary, &error);
    if (s->is_verbose && status != EF_OK)
        fprintf(stderr, "    ended: %s\n", error.message);
    if (status == EF_OK && summary.alerts > 0)
        return 6; /* nothing but the clock has changed */
    return status == EF_OK ? 0 : 7;
}

/* --- judgement --------------------------------------------------------------------------
 */

static bool complain(char *what, size_t size, const char *text, int number)
{
    snprintf(what, size, "%s: line %d", text, number);
    return false;
}

static bool judge(char *what, size_t size)
{
    static unsigned char seen[LINES];
    int last[LOGS] = { -1, -1 };
    char text[1024];
    FILE *out = fopen("out.ndjson", "r");
    memset(seen, 0, sizeof seen);
    while (out != NULL && fgets(text, sizeof text, out) != NULL) {
        int number = -1, end = 0;
        bool is_partial = strstr(text, "\"partial\":true") != NULL;
        if (sscanf(text, "{\"text\":\"%d.%n", &number, &end) != 1 || number < 0 ||
            number >= (int)s->line_count || strstr(text, "}}\n") == NULL) {
            /* What is left of a line whose first half was taken away with its file. */
            if (strncmp(text, "{\"text\":\" came late\"", 20) != 0)
                return complain(what, size, "mangled", number);
            continue;
        }
        line *it = &s->lines[number];
        bool is_whole = strncmp(text + end, " came late\"", 11) == 0;
        if (!is_whole && !is_partial)
            return complain(what, size, "half, and not said so", number);
        if (seen[number]++)
            return complain(what, size, "twice", number);
        if (is_whole && number < last[it->log])
            return complain(what, size, "out of order", number);
        if (is_whole)
            last[it->log] = number;
    }
    if (out != NULL)
        fclose(out);
    for (unsigned i = 0; i < s->line_count; i++)
        if (!seen[i] && (s->lines[i].fate == ON_DISK || s->lines[i].fate == SETTLED))
            return complain(what, size, "lost", (int)i);
    return true;
}

/* Runs the program in *s from its beginning. */
static bool run_program(char *what, size_t size)
{
    if (system("rm -rf logs state.db* out.ndjson && mkdir logs") != 0)
        abort();
    s->at = s->calls = s->line_count = s->full = 0;
    s->files = 0;
    s->settle_ms = 0;
    s->is_over = s->is_stuck = false;
    s->now = 1700000000000;
    for (unsigned log = 0; log < LOGS; log++) {
        s->half[log] = s->current[log] = -1;
        for (unsigned i = 0; i < ROTATED; i++)
            s->rotated[log][i] = -1;
    }
    /* The logs are known before they are tormented: what has been rotated away before
     * anybody ever saw it at its path is nobody's log. */
    for (unsigned log = 0; log < LOGS; log++)
        append(log, 1);
    s->settle_ms = s->now + QUIET_MS;
    for (unsigned lives = 0; lives < LIVES; lives++) {
        int how;
        fflush(NULL);
        pid_t child = fork();
        if (child == 0)
            _exit(live());
        waitpid(child, &how, 0);
        if (WIFEXITED(how) && WEXITSTATUS(how) == 0)
            return judge(what, size);
        s->settle_ms = 0;
        bool is_expected = WIFEXITED(how) && (WEXITSTATUS(how) == 9 ||
                                              (WEXITSTATUS(how) == 7 && s->full > 0));
        if (!is_expected && !(WIFEXITED(how) && WEXITSTATUS(how) == 7)) {
            snprintf(what, size, "ended with %x", (unsigned)how);
            return false;
        }
        /* While it is down, some steps happen. */
        s->full = 0;
        for (unsigned i = 0; i < 3 && s->at < s->count && s->steps[s->at].calls < 30; i++) {
            s->now += 1500;
            do_step(false);
        }
    }
    snprintf(what, size, "never ended");
    return false;
}

/* --- smaller ----------------------------------------------------------------------------
 */

/* Leaves out steps as long as the program fails without them. */
static void make_smaller(char *what, size_t size)
{
    for (unsigned length = s->count / 2; length >= 1; length /= 2)
        for (unsigned at = 0; at + length <= s->count;) {
            story before = *s;
            memmove(s->steps + at, s->steps + at + length,
                    (s->count - at - length) * sizeof(step));
            s->count -= length;
            char now[128];
            if (run_program(now, sizeof now)) {
                step steps[STEPS];
                memcpy(steps, before.steps, sizeof steps);
                memcpy(s->steps, steps, sizeof steps);
                s->count = before.count;
                at += length;
            } else {
                snprintf(what, size, "%s", now);
            }
        }
}

static bool try_seed(uint64_t seed, bool is_verbose)
{
    char what[128] = "";
    make_program(s, seed);
    s->is_judged = seed % 4 == 0; /* rules take time and change no line */
    s->is_verbose = is_verbose;
    if (run_program(what, sizeof what))
        return true;
    printf("seed %llu fails: %s\n", (unsigned long long)seed, what);
    if (!is_verbose) {
        make_smaller(what, sizeof what);
        printf("made smaller: %s\n", what);
        print_program(s);
        s->is_verbose = true;
        run_program(what, sizeof what);
        if (getenv("KEEP") != NULL && system("rm -rf /tmp/kept; cp -a . /tmp/kept") != 0)
            abort();
    }
    return false;
}

int main(int count, char **words)
{
    bool is_verbose = count > 2 && strcmp(words[1], "-v") == 0;
    char folder[] = "/dev/shm/earful-programs-XXXXXX";
    uint64_t first = count > 2 ? strtoull(words[2], NULL, 10) : 1;
    uint64_t programs = is_verbose ? 1 : count > 1 ? strtoull(words[1], NULL, 10) : 100;
    unsigned failures = 0;
    s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (s == MAP_FAILED || mkdtemp(folder) == NULL || chdir(folder) != 0) {
        perror(folder);
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (uint64_t i = 0; i < programs && failures < 5; i++)
        failures += !try_seed(first + i, is_verbose);
    printf("%llu programs from seed %llu on: %u failed\n", (unsigned long long)programs,
           (unsigned long long)first, failures);
    if (chdir("/") != 0)
        return 2;
    char command[64];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command) != 0 || failures > 0;
}
