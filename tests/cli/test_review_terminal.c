/* SPDX-License-Identifier: MIT
 * tests/cli/test_review_terminal.c - `earful review` on a real terminal: what it shows,
 * what it keeps, and that the terminal is given back however it ends. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include "cli/options.h"
#include "cli/verbs.h"

enum { PATIENCE_MS = 20000, SCREEN_SIZE = 1 << 20 };

static char folder[] = "/tmp/earful-terminal-XXXXXX";
static int terminal, guard; /* both sides: one kept open, so that its modes can be asked */
static pid_t child;
static struct termios before;
static char seen[SCREEN_SIZE];
static size_t seen_size;

static void set_up(void)
{
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    FILE *file = fopen("r.csv", "wb");
    cr_assert_not_null(file);
    fputs("id,text\n", file);
    for (int i = 0; i < 30; i++)
        fprintf(file, "%d,\"The lamp number %d is \x1b[31mnice and the cord is short\"\n",
                i, i);
    fputs("99,\"", file);
    for (int i = 0; i < 900; i++)
        fprintf(file, "word%d ", i);
    fputs("\"\n", file);
    fclose(file);
}

static void clean_up(void)
{
    unlink("r.csv");
    unlink("labels.csv");
    rmdir(folder);
}

TestSuite(review_terminal, .init = set_up, .fini = clean_up, .timeout = 120);

static void be_the_program(char *count)
{
    char *words[] = { "review", "-q", "r.csv", "--count", count, "--threads", "1", NULL };
    ef_settings settings;
    setenv("TERM", "xterm", 1);
    for (int i = 1; i < 32; i++)
        signal(i, SIG_DFL);
    bool is_good = ef_settings_parse(&settings, ef_verb_named("review"), 7, words);
    int code = is_good ? ef_verb_review(&settings) : 99;
    ef_settings_release(&settings);
    _exit(code);
}

static void start(char *count)
{
    struct winsize size = { .ws_row = 24, .ws_col = 80 };
    char name[64];
    cr_assert_eq(openpty(&terminal, &guard, name, NULL, &size), 0);
    cr_assert_eq(tcgetattr(guard, &before), 0);
    child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        close(terminal);
        login_tty(guard);
        be_the_program(count);
    }
    seen_size = 0;
}

/* Reads what comes until all of it holds the words. */
static bool sees(const char *words)
{
    for (;;) {
        if (memmem(seen, seen_size, words, strlen(words)) != NULL)
            return true;
        struct pollfd one = { .fd = terminal, .events = POLLIN };
        if (seen_size == SCREEN_SIZE || poll(&one, 1, PATIENCE_MS) <= 0)
            return false;
        ssize_t count = read(terminal, seen + seen_size, SCREEN_SIZE - seen_size);
        if (count <= 0)
            return false;
        seen_size += (size_t)count;
    }
}

/* The same for a screen, to its very end: what is still on its way would be taken for a
 * part of the next one. */
static bool sees_screen(const char *words)
{
    return sees(words) && sees("\x1b[J");
}

static void press(const char *keys)
{
    seen_size = 0;
    cr_assert_eq(write(terminal, keys, strlen(keys)), (ssize_t)strlen(keys));
}

/* How it ended, once all it wrote was read. */
static int wait_for_end(void)
{
    int status;
    while (waitpid(child, &status, WNOHANG) == 0) {
        struct pollfd one = { .fd = terminal, .events = POLLIN };
        if (poll(&one, 1, 20) > 0 && seen_size < SCREEN_SIZE) {
            ssize_t count = read(terminal, seen + seen_size, SCREEN_SIZE - seen_size);
            seen_size += count > 0 ? (size_t)count : 0;
        }
    }
    return status;
}

static bool is_as_before(void)
{
    struct termios now;
    cr_assert_eq(tcgetattr(guard, &now), 0);
    return now.c_lflag == before.c_lflag && now.c_iflag == before.c_iflag &&
           now.c_oflag == before.c_oflag;
}

static size_t count_labels(const char *label)
{
    char line[8192], wanted[32];
    size_t count = 0;
    FILE *file = fopen("labels.csv", "rb");
    snprintf(wanted, sizeof wanted, ",%s,", label);
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        count += strstr(line, wanted) != NULL && strstr(line, "model_label") == NULL;
    if (file != NULL)
        fclose(file);
    return count;
}

static void close_terminal(void)
{
    close(terminal);
    close(guard);
}

Test(review_terminal, labels_with_one_key_each_and_gives_the_terminal_back)
{
    start("4");
    cr_assert(sees("1 of 4"));
    cr_assert_not(is_as_before());
    cr_assert(sees("help"));
    press("n");
    cr_assert(sees("2 of 4"));
    press("e");
    cr_assert(sees("3 of 4"));
    press("u");
    cr_assert(sees("taken back"));
    press("nn");
    cr_assert(sees("4 of 4"));
    press("s");
    int status = wait_for_end();
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    cr_assert(is_as_before());
    cr_assert_not_null(memmem(seen, seen_size, "\x1b[?1049l", 8));
    cr_assert_eq(count_labels("negative"), 3);
    close_terminal();
}

Test(review_terminal, shows_no_escape_of_a_text)
{
    start("20");
    cr_assert(sees("The lamp number"));
    cr_assert(sees("\\x1b[31m"));
    press("q");
    wait_for_end();
    for (size_t i = 0; i + 1 < seen_size; i++)
        cr_assert(seen[i] != '\x1b' || seen[i + 1] == '[');
    close_terminal();
}

Test(review_terminal, is_drawn_anew_in_another_size)
{
    struct winsize larger = { .ws_row = 40, .ws_col = 120 };
    start("20");
    cr_assert(sees("help"));
    seen_size = 0;
    cr_assert_eq(ioctl(terminal, TIOCSWINSZ, &larger), 0);
    cr_assert(sees("help"));
    size_t lines = 0;
    for (size_t i = 0; i < seen_size; i++)
        lines += seen[i] == '\n';
    cr_assert_eq(lines, 39);
    press("q");
    wait_for_end();
    cr_assert(is_as_before());
    close_terminal();
}

/* What a terminal sends, and what other programs do. */
Test(review_terminal, ends_of_a_signal_with_every_answer_kept)
{
    static const int signals[] = { SIGINT, SIGQUIT, SIGTERM, SIGHUP };
    for (size_t i = 0; i < 4; i++) {
        unlink("labels.csv");
        start("20");
        cr_assert(sees("1 of 20"));
        press("np");
        cr_assert(sees("3 of 20"));
        if (signals[i] == SIGINT)
            press("\x03");
        else
            kill(child, signals[i]);
        int status = wait_for_end();
        cr_assert(WIFSIGNALED(status) && WTERMSIG(status) == signals[i], "%d", signals[i]);
        cr_assert(is_as_before(), "%d", signals[i]);
        cr_assert_eq(count_labels("negative") + count_labels("positive"), 2);
        close_terminal();
    }
}

Test(review_terminal, that_is_killed_or_closed_loses_no_answer)
{
    for (int way = 0; way < 2; way++) {
        unlink("labels.csv");
        start("20");
        cr_assert(sees("1 of 20"));
        press("nnn");
        cr_assert(sees("4 of 20"));
        if (way == 0)
            kill(child, SIGKILL);
        close_terminal();
        int status;
        cr_assert_eq(waitpid(child, &status, 0), child);
        cr_assert_eq(count_labels("negative"), 3);
    }
}

Test(review_terminal, takes_no_answer_from_a_paste_or_an_unknown_key)
{
    start("20");
    cr_assert(sees("1 of 20"));
    press("\x1b[200~nnn ppp\x1b[201~");
    cr_assert(sees("pasted text answers nothing"));
    press("\x1b[D");
    cr_assert(sees("means nothing here"));
    press("x");
    cr_assert(sees("means nothing here"));
    press("m");
    cr_assert(sees("because"));
    press("?");
    cr_assert(sees("unhappy"));
    press("q");
    wait_for_end();
    cr_assert_eq(count_labels("negative") + count_labels("positive"), 0);
    close_terminal();
}

Test(review_terminal, scrolls_a_long_text)
{
    start("31");
    cr_assert(sees_screen("1 of 31"));
    for (int i = 0; i < 31; i++) {
        press("?");
        cr_assert(sees_screen("unhappy"));
        press("?");
        cr_assert(sees_screen(""));
        if (memmem(seen, seen_size, "more lines", 10) != NULL)
            break;
        press("s");
        cr_assert(sees_screen("skipped"));
    }
    press(" ");
    cr_assert(sees("word200 "));
    press("b");
    cr_assert(sees("word0 "));
    press("q");
    wait_for_end();
    close_terminal();
}
