/* SPDX-License-Identifier: MIT
 * tests/follow/live.c - the real program on real files, in real time, killed again and
 * again.
 *
 *   live PROGRAM KILLS ROTATE_MS LINES_PER_SECOND SECONDS SEED [copy]
 *
 * One process writes lines with rising numbers into a log and rotates it: by renaming, or
 * (copy) by copying and emptying it, in which case nothing is written in between. Another
 * follows it and is killed at random moments; now and then it is stopped through two
 * rotations. In the end each number must stand in the output once, in order. Prints what it
 * did; exits with 1 if a line was lost, came twice or out of order. */
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    GENERATIONS = 700 /* rotated logs that are kept: none goes before it can be read */
};

typedef struct plan {
    const char *program;
    unsigned kills, rotate_ms, rate, seconds;
    uint64_t seed;
    bool copies;
} plan;

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void sleep_ms(int64_t ms)
{
    struct timespec wait = { ms / 1000, ms % 1000 * 1000000 };
    nanosleep(&wait, NULL);
}

static void die(const char *what)
{
    perror(what);
    exit(2);
}

/* --- the writer ----------------------------------------------------------------------- */

static int open_log(void)
{
    int log = open("app.log", O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (log < 0)
        die("app.log");
    return log;
}

static void shift_names(void)
{
    char from[32], to[32];
    for (int i = GENERATIONS; i >= 1; i--) {
        snprintf(from, sizeof from, "app.log.%d", i);
        snprintf(to, sizeof to, "app.log.%d", i + 1);
        rename(from, to);
    }
    snprintf(to, sizeof to, "app.log.%d", GENERATIONS + 1);
    unlink(to);
}

static void copy_log(void)
{
    char bytes[1 << 16];
    int from = open("app.log", O_RDONLY), to = open("app.log.1", O_WRONLY | O_CREAT, 0666);
    ssize_t got;
    while ((got = read(from, bytes, sizeof bytes)) > 0)
        if (write(to, bytes, (size_t)got) != got)
            die("app.log.1");
    close(from);
    close(to);
}

static int rotate(const plan *p, int log)
{
    shift_names();
    if (p->copies) {
        copy_log();
        if (ftruncate(log, 0) != 0)
            die("truncate");
        return log;
    }
    rename("app.log", "app.log.1");
    close(log);
    return open_log();
}

/* Writes until the time is over; the number of lines goes into the file `written`. */
static void write_lines(const plan *p)
{
    int64_t start = now_ms(), rotated = start, now;
    uint64_t written = 0;
    int log = open_log();
    char bytes[1 << 16];
    while ((now = now_ms()) - start < (int64_t)p->seconds * 1000) {
        uint64_t wanted = (uint64_t)(now - start) * p->rate / 1000;
        size_t size = 0;
        while (written < wanted && size + 128 < sizeof bytes)
            size += (size_t)snprintf(bytes + size, 128,
                                     "number %llu came late and I am angry about it\n",
                                     (unsigned long long)++written);
        if (size > 0 && write(log, bytes, size) != (ssize_t)size)
            die("write");
        if (p->rotate_ms > 0 && now - rotated >= p->rotate_ms) {
            log = rotate(p, log);
            rotated = now;
        }
        if (written >= wanted)
            sleep_ms(1);
    }
    FILE *count = fopen("written", "w");
    fprintf(count, "%llu\n", (unsigned long long)written);
    fclose(count);
    exit(0);
}

/* --- the follower --------------------------------------------------------------------- */

static pid_t start_follower(const plan *p, bool once)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    int quiet = open("notices", O_WRONLY | O_CREAT | O_APPEND, 0666);
    dup2(quiet, STDERR_FILENO);
    execl(p->program, p->program, "follow", "--state", "state.db", "--start", "begin",
          "--from", "lines", "-o", "out.ndjson", "--emit", "messages", "app.log",
          once ? "--once" : NULL, NULL);
    die(p->program);
    return 0;
}

/* Lets the follower run for a while, then kills it; before that it may be stopped. */
static void torment(const plan *p, uint64_t *random, pid_t follower, int64_t ms)
{
    if (p->rotate_ms > 0 && next_random(random) % 4 == 0) {
        kill(follower, SIGSTOP);
        sleep_ms((int64_t)(next_random(random) % (2 * p->rotate_ms)));
        kill(follower, SIGCONT);
    }
    sleep_ms(ms);
    kill(follower, SIGKILL);
    waitpid(follower, NULL, 0);
}

static void follow_and_kill(const plan *p, pid_t writer)
{
    uint64_t random = p->seed * 2654435761u + 1;
    int64_t mean = (int64_t)p->seconds * 1000 / (p->kills + 1);
    for (unsigned i = 0; i < p->kills; i++)
        torment(p, &random, start_follower(p, false),
                (int64_t)(next_random(&random) % (uint64_t)(2 * mean + 1)));
    pid_t follower = start_follower(p, false);
    waitpid(writer, NULL, 0);
    sleep_ms(1500);
    kill(follower, SIGTERM);
    int how;
    waitpid(follower, &how, 0);
    if (!WIFEXITED(how) || WEXITSTATUS(how) != 0)
        printf("the last follower ended with %x\n", (unsigned)how);
    waitpid(start_follower(p, true), &how, 0);
}

/* --- the judgement -------------------------------------------------------------------- */

static int judge(const plan *p)
{
    unsigned long long written = 0, number, last = 0, lost = 0, twice = 0, mangled = 0;
    FILE *count = fopen("written", "r"), *out = fopen("out.ndjson", "r");
    char line[4096];
    if (count == NULL || out == NULL || fscanf(count, "%llu", &written) != 1)
        die("written");
    unsigned char *seen = calloc(written + 2, 1);
    unsigned long long disordered = 0;
    while (fgets(line, sizeof line, out) != NULL) {
        if (sscanf(line, "{\"text\":\"number %llu came late and I am angry about it\"",
                   &number) != 1 ||
            number > written || strstr(line, "}}\n") == NULL) {
            mangled++;
            continue;
        }
        twice += seen[number];
        seen[number] = 1;
        disordered += number < last;
        last = number;
    }
    for (unsigned long long i = 1; i <= written; i++)
        lost += !seen[i];
    printf("seed %llu: %llu lines, %u kills, rotated every %u ms by %s: %llu lost, %llu "
           "twice, %llu out of order, %llu mangled\n",
           (unsigned long long)p->seed, written, p->kills, p->rotate_ms,
           p->copies ? "copying" : "renaming", lost, twice, disordered, mangled);
    free(seen);
    /* A copy may be found after its log was emptied and written to again: see README.md. */
    if (p->copies)
        disordered = 0;
    return lost + twice + disordered + mangled > 0 || written == 0;
}

int main(int count, char **words)
{
    if (count < 7) {
        fprintf(stderr, "live PROGRAM KILLS ROTATE_MS RATE SECONDS SEED [copy]\n");
        return 2;
    }
    plan p = { .program = realpath(words[1], NULL),
               .kills = (unsigned)atoi(words[2]),
               .rotate_ms = (unsigned)atoi(words[3]),
               .rate = (unsigned)atoi(words[4]),
               .seconds = (unsigned)atoi(words[5]),
               .seed = strtoull(words[6], NULL, 10),
               .copies = count > 7 };
    char folder[] = "/tmp/earful-live-XXXXXX";
    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        die(folder);
    int log = open_log();
    close(log);
    setvbuf(stdout, NULL, _IONBF, 0);
    /* What is rotated away before anybody ever saw the log is nobody's: it is seen first.
     */
    waitpid(start_follower(&p, true), NULL, 0);
    pid_t writer = fork();
    if (writer == 0)
        write_lines(&p);
    follow_and_kill(&p, writer);
    int result = judge(&p);
    char command[64];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (result == 0)
        return system(command);
    printf("what is left lies in %s\n", folder);
    return result;
}
