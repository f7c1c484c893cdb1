/* SPDX-License-Identifier: MIT
 * tests/sandbox/test_sandbox.c - what a process can still do behind ef_sandbox_enter.
 *
 * Each test closes the sandbox in a child and looks at how that ends; where the kernel has
 * no Landlock or no seccomp, what needs it is skipped and says so. */
#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "earful/app/sandbox.h"
#include "sandbox/sandbox.h"

static char room[64];

static void make_room(void)
{
    char name[128];
    strcpy(room, "/tmp/earful-sandbox-XXXXXX");
    cr_assert_not_null(mkdtemp(room));
    for (int i = 0; i < 2; i++) {
        snprintf(name, sizeof name, "%s/%s", room, i == 0 ? "in" : "out");
        cr_assert_eq(mkdir(name, 0700), 0);
        snprintf(name, sizeof name, "%s/%s/file", room, i == 0 ? "in" : "out");
        FILE *file = fopen(name, "w");
        cr_assert_not_null(file);
        fputs("here", file);
        fclose(file);
    }
}

static void clear_room(void)
{
    static const char *const names[] = { "in/file", "in/new", "out/file", "out/part",
                                         "link",    "in",     "out",      "" };
    char name[128];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(name, sizeof name, "%s/%s", room, names[i]);
        remove(name);
    }
}

TestSuite(sandbox, .init = make_room, .fini = clear_room);

static const char *in_room(const char *name)
{
    static char path[4][128];
    static unsigned next;
    char *mine = path[next++ % 4];
    snprintf(mine, sizeof path[0], "%s/%s", room, name);
    return mine;
}

/* Reads below in/, writes beside out/file. */
static ef_status close_it(ef_sandbox_mode mode, ef_sandbox_state *state)
{
    ef_error error = { 0 };
    const char *inputs[] = { in_room("in") }, *writes[] = { in_room("out/file") };
    ef_sandbox_options options = {
        .mode = mode, .inputs = inputs, .input_count = 1, .writes = writes, .write_count = 1
    };
    return ef_sandbox_enter(&options, state, &error);
}

enum { SIGNALLED = 1000, NOT_CLOSED = 99 };

/* How a child ends that does `act` inside: what act returns, or SIGNALLED and the signal.
 */
static int inside(int (*act)(void))
{
    pid_t child = fork();
    int status = 0;
    if (child == 0) {
        ef_sandbox_state state;
        if (close_it(EF_SANDBOX_AUTO, &state) != EF_OK)
            _exit(NOT_CLOSED);
        _exit(act());
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? SIGNALLED + WTERMSIG(status) : WEXITSTATUS(status);
}

static ef_sandbox_state what_is_here(void)
{
    ef_sandbox_state state = { 0 };
    int told[2];
    cr_assert_eq(pipe(told), 0);
    pid_t child = fork();
    if (child == 0) {
        close_it(EF_SANDBOX_AUTO, &state);
        _exit(write(told[1], &state, sizeof state) != sizeof state);
    }
    waitpid(child, NULL, 0);
    cr_assert_eq(read(told[0], &state, sizeof state), (ssize_t)sizeof state);
    close(told[0]);
    close(told[1]);
    return state;
}

#define NEEDS(what, name)                                                                  \
    if (!(what_is_here().what))                                                            \
    cr_skip_test("no " name " here")

/* --- files ---------------------------------------------------------------------------- */

static int number_of(int result)
{
    return result < 0 ? errno : 0;
}

static int open_input(void)
{
    return number_of(open(in_room("in/file"), O_RDONLY));
}

static int open_other(void)
{
    return number_of(open("/etc/passwd", O_RDONLY));
}

static int write_input(void)
{
    return number_of(open(in_room("in/file"), O_WRONLY));
}

static int make_beside_input(void)
{
    return number_of(open(in_room("in/new"), O_WRONLY | O_CREAT, 0600));
}

static int read_output(void)
{
    return number_of(open(in_room("out/file"), O_RDONLY));
}

static int replace_output(void)
{
    int file = open(in_room("out/part"), O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (file < 0 || write(file, "new", 3) != 3)
        return errno;
    return number_of(rename(in_room("out/part"), in_room("out/file")));
}

static int take_input_away(void)
{
    return number_of(rename(in_room("in/file"), in_room("out/file")));
}

Test(sandbox, inputs_are_read_and_no_other_file)
{
    NEEDS(landlock, "Landlock");
    cr_assert_eq(inside(open_input), 0);
    cr_assert_eq(inside(open_other), EACCES);
}

Test(sandbox, inputs_are_not_written)
{
    NEEDS(landlock, "Landlock");
    cr_assert_eq(inside(write_input), EACCES);
    cr_assert_eq(inside(make_beside_input), EACCES);
}

Test(sandbox, an_output_is_made_beside_and_renamed)
{
    NEEDS(landlock, "Landlock");
    cr_assert_eq(inside(read_output), EACCES);
    cr_assert_eq(inside(replace_output), 0);
}

Test(sandbox, nothing_moves_from_folder_to_folder)
{
    NEEDS(landlock, "Landlock");
    int number = inside(take_input_away);
    cr_assert(number == EXDEV || number == EACCES, "%d", number);
}

static int open_behind_link(void)
{
    return number_of(open(in_room("in/new"), O_RDONLY));
}

Test(sandbox, a_link_in_a_folder_of_inputs_is_followed)
{
    NEEDS(landlock, "Landlock");
    cr_assert_eq(symlink("/etc/hostname", in_room("in/new")), 0);
    cr_assert_eq(inside(open_behind_link), 0);
}

/* --- calls ---------------------------------------------------------------------------- */

static int make_socket(void)
{
    return number_of(socket(AF_INET, SOCK_STREAM, 0));
}

static int run_program(void)
{
    char *words[] = { (char *)(uintptr_t) "/bin/true", NULL };
    return number_of(execv(words[0], words));
}

static int trace(void)
{
    return number_of((int)ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

Test(sandbox, a_socket_a_program_and_a_tracer_are_the_end)
{
    NEEDS(has_seccomp, "seccomp");
    cr_assert_eq(inside(make_socket), SIGNALLED + SIGSYS);
    cr_assert_eq(inside(run_program), SIGNALLED + SIGSYS);
    cr_assert_eq(inside(trace), SIGNALLED + SIGSYS);
}

static int map_code(void)
{
    void *map = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return map == MAP_FAILED ? errno : 0;
}

static int turn_into_code(void)
{
    void *map =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return map == MAP_FAILED ? 98 : number_of(mprotect(map, 4096, PROT_READ | PROT_EXEC));
}

Test(sandbox, no_memory_becomes_code)
{
    NEEDS(has_seccomp, "seccomp");
    cr_assert_eq(inside(map_code), EPERM);
    cr_assert_eq(inside(turn_into_code), EPERM);
}

static int make_process(void)
{
    return number_of(fork());
}

static int signal_parent(void)
{
    return number_of(kill(getppid(), 0));
}

static int type_into_terminal(void)
{
    return number_of(ioctl(STDIN_FILENO, TIOCSTI, "x"));
}

static int change_rights(void)
{
    return number_of(chmod(in_room("out/file"), 0777));
}

Test(sandbox, other_calls_are_refused)
{
    NEEDS(has_seccomp, "seccomp");
    cr_assert_eq(inside(make_process), EPERM);
    cr_assert_eq(inside(signal_parent), EPERM);
    cr_assert_eq(inside(type_into_terminal), EPERM);
    cr_assert_eq(inside(change_rights), EPERM);
}

static void *nothing(void *user)
{
    return user;
}

static int start_thread(void)
{
    pthread_t thread;
    int number = pthread_create(&thread, NULL, nothing, NULL);
    return number != 0 ? number : pthread_join(thread, NULL);
}

static int raise_signal(void)
{
    signal(SIGUSR1, SIG_IGN);
    return raise(SIGUSR1);
}

Test(sandbox, threads_and_own_signals_go_on)
{
    cr_assert_eq(inside(start_thread), 0);
    cr_assert_eq(inside(raise_signal), 0);
}

/* --- modes ---------------------------------------------------------------------------- */

Test(sandbox, off_closes_nothing)
{
    ef_sandbox_state state = { .landlock = 7, .has_seccomp = true };
    char text[EF_SANDBOX_TEXT_SIZE];
    cr_assert_eq(close_it(EF_SANDBOX_OFF, &state), EF_OK);
    ef_sandbox_describe(&state, text);
    cr_assert_str_eq(text, "none");
    cr_assert_eq(open_other(), 0);
}

Test(sandbox, what_holds_is_told)
{
    char text[EF_SANDBOX_TEXT_SIZE];
    ef_sandbox_describe(&(ef_sandbox_state){ 3, true }, text);
    cr_assert_str_eq(text, "landlock 3, seccomp");
    ef_sandbox_describe(&(ef_sandbox_state){ 3, false }, text);
    cr_assert_str_eq(text, "landlock 3");
    ef_sandbox_describe(&(ef_sandbox_state){ 0, true }, text);
    cr_assert_str_eq(text, "seccomp");
}

/* Whoever closed it once has nothing to open it with: the second rules only take away. */
Test(sandbox, it_does_not_open_again)
{
    NEEDS(landlock, "Landlock");
    pid_t child = fork();
    int status = 0;
    if (child == 0) {
        ef_sandbox_state state;
        ef_landlock rules;
        close_it(EF_SANDBOX_AUTO, &state);
        ef_landlock_open(&rules, EF_PROFILE_SCORING);
        ef_landlock_allow(&rules, "/", EF_MAY_READ);
        ef_landlock_close(&rules);
        _exit(open_other());
    }
    waitpid(child, &status, 0);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == EACCES);
}
