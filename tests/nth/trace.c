/* SPDX-License-Identifier: MIT
 * tests/nth/trace.c - a small debugger that lets one system call go wrong.
 *
 * The child asks to be traced and stops when it has become the program; a trap on the
 * program's entry says when the loader is done. From there each call stops before and
 * after. One that is to fail is exchanged for a call that does not exist, and its answer
 * for an errno; one that is to be short gets a smaller length. Then the program runs on. */
#include "trace.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOADER_SIZE = 256 << 10 }; /* and more than it takes */
enum { OPTIONS = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL };

/* How calls may end: what of it is short, what is interrupted, and what is full. */
static const struct {
    const char *name;
    int number;
    bool can_be_short, can_be_interrupted;
    int full;
} calls[] = {
    { "read", SYS_read, true, true, EIO },
    { "pread64", SYS_pread64, true, true, EIO },
    { "readv", SYS_readv, true, true, EIO },
    { "preadv", SYS_preadv, true, true, EIO },
    { "write", SYS_write, true, true, ENOSPC },
    { "pwrite64", SYS_pwrite64, true, true, ENOSPC },
    { "writev", SYS_writev, true, true, ENOSPC },
    { "openat", SYS_openat, false, false, EMFILE },
    { "open", SYS_open, false, false, EMFILE },
    { "ftruncate", SYS_ftruncate, false, false, EFBIG },
    { "fsync", SYS_fsync, false, false, ENOSPC },
    { "fdatasync", SYS_fdatasync, false, false, ENOSPC },
    { "fcntl", SYS_fcntl, false, false, ENOLCK },
    { "flock", SYS_flock, false, false, ENOLCK },
    { "poll", SYS_poll, false, true, ENOMEM },
    { "ppoll", SYS_ppoll, false, true, ENOMEM },
    { "epoll_wait", SYS_epoll_wait, false, true, EINVAL },
    { "wait4", SYS_wait4, false, true, ECHILD },
    { "waitid", SYS_waitid, false, true, ECHILD },
    { "clock_nanosleep", SYS_clock_nanosleep, false, true, EINVAL },
    { "close", SYS_close, false, false, ENOSPC },
    { "rename", SYS_rename, false, false, ENOSPC },
    { "renameat2", SYS_renameat2, false, false, ENOSPC },
    { "unlink", SYS_unlink, false, false, EROFS },
    { "mkdir", SYS_mkdir, false, false, ENOSPC },
    { "stat", SYS_stat, false, false, ENOMEM },
    { "fstat", SYS_fstat, false, false, EOVERFLOW },
    { "newfstatat", SYS_newfstatat, false, false, ENOMEM },
    { "lseek", SYS_lseek, false, false, ESPIPE },
    { "getdents64", SYS_getdents64, false, false, EIO },
    { "mmap", SYS_mmap, false, false, ENOMEM },
    { "mremap", SYS_mremap, false, false, ENOMEM },
    { "mprotect", SYS_mprotect, false, false, ENOMEM },
    { "munmap", SYS_munmap, false, false, ENOMEM },
    { "madvise", SYS_madvise, false, false, EAGAIN },
    { "brk", SYS_brk, false, false, ENOMEM },
    { "clone", SYS_clone, false, false, EAGAIN },
    { "clone3", SYS_clone3, false, false, EAGAIN },
    { "ioctl", SYS_ioctl, false, false, ENOTTY },
    { "pipe2", SYS_pipe2, false, false, EMFILE },
    { "eventfd2", SYS_eventfd2, false, false, EMFILE },
    { "inotify_init1", SYS_inotify_init1, false, false, EMFILE },
    { "inotify_add_watch", SYS_inotify_add_watch, false, false, ENOSPC },
    { "access", SYS_access, false, false, EACCES },
    { "readlink", SYS_readlink, false, false, EINVAL },
    { "getcwd", SYS_getcwd, false, false, ENOENT },
    { "prctl", SYS_prctl, false, false, EPERM },
    { "seccomp", SYS_seccomp, false, false, ENOSYS },
    { "prlimit64", SYS_prlimit64, false, false, EPERM },
    { "sched_getaffinity", SYS_sched_getaffinity, false, false, EPERM },
    { "rt_sigaction", SYS_rt_sigaction, false, false, EINVAL },
    { "rt_sigprocmask", SYS_rt_sigprocmask, false, false, EINVAL },
};

enum { CALLS = sizeof calls / sizeof calls[0] };

/* They have no way to fail, never return, or are what a broken kernel is told by. */
static const int never[] = {
    SYS_getpid,          SYS_gettid,          SYS_getppid,     SYS_getuid,
    SYS_geteuid,         SYS_getgid,          SYS_getegid,     SYS_exit,
    SYS_exit_group,      SYS_rt_sigreturn,    SYS_futex,       SYS_getrandom,
    SYS_umask,           SYS_restart_syscall, SYS_sched_yield, SYS_arch_prctl,
    SYS_set_tid_address, SYS_set_robust_list, SYS_rseq
};

static size_t row_of(int number)
{
    size_t i = 0;
    while (i < CALLS && calls[i].number != number)
        i++;
    return i;
}

bool trace_can_be_short(int number)
{
    size_t i = row_of(number);
    return i < CALLS && calls[i].can_be_short;
}

bool trace_can_be_interrupted(int number)
{
    size_t i = row_of(number);
    return i < CALLS && calls[i].can_be_interrupted;
}

int trace_full(int number)
{
    size_t i = row_of(number);
    return i < CALLS ? calls[i].full : ENOSYS;
}

const char *trace_name(int number)
{
    static char unnamed[24];
    size_t i = row_of(number);
    if (i < CALLS)
        return calls[i].name;
    snprintf(unnamed, sizeof unnamed, "call %d", number);
    return unnamed;
}

bool trace_is_write_to(const trace_call *call, int file)
{
    return (call->number == SYS_write || call->number == SYS_writev) &&
           call->first == (uint64_t)file;
}

static bool counts(int number)
{
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        if (never[i] == number)
            return false;
    return true;
}

void trace_me(void)
{
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static volatile sig_atomic_t is_late;

static void ring(int signal)
{
    (void)signal;
    is_late = 1;
}

/* It rings again and again, as it may ring just before we wait. */
static void set_alarm(unsigned seconds)
{
    struct itimerval times = { { seconds == 0 ? 0 : 1, 0 }, { seconds, 0 } };
    setitimer(ITIMER_REAL, &times, NULL);
}

static int kill_child(pid_t child)
{
    int status;
    set_alarm(0);
    kill(child, SIGKILL);
    while (waitpid(-1, &status, __WALL) > 0)
        continue;
    return -1;
}

static void set_clock(unsigned seconds)
{
    struct sigaction action = { .sa_handler = ring };
    sigaction(SIGALRM, &action, NULL);
    is_late = 0;
    set_alarm(seconds);
}

int trace_wait(pid_t child, unsigned seconds)
{
    int status;
    set_clock(seconds);
    while (waitpid(child, &status, 0) != child)
        if (is_late)
            return kill_child(child);
    set_alarm(0);
    return status;
}

#ifdef __x86_64__
#include <sys/user.h>

const char *trace_why_not(void)
{
    pid_t child = fork();
    int status = 0;
    if (child == 0)
        _exit(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 ? 0 : 1);
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        return "no process may be traced here";
    return NULL;
}

/* What the kernel told the program: AT_ENTRY, where it begins once the loader is done, or
 * AT_BASE, where the loader lies; 0: not known. */
static unsigned long told(pid_t child, unsigned long what)
{
    char path[32];
    Elf64_auxv_t item = { .a_type = AT_NULL };
    unsigned long value = 0;
    snprintf(path, sizeof path, "/proc/%d/auxv", (int)child);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    while (file >= 0 && read(file, &item, sizeof item) == sizeof item)
        if (item.a_type == what)
            value = item.a_un.a_val;
    if (file >= 0)
        close(file);
    return value;
}

/* Lets the loader run. The child is stopped at the program's entry behind it. */
static bool pass_loader(pid_t child)
{
    enum { TRAP = 0xCC };
    struct user_regs_struct registers;
    int status;
    unsigned long entry = told(child, AT_ENTRY);
    errno = 0;
    long word = ptrace(PTRACE_PEEKTEXT, child, entry, NULL);
    if (entry == 0 || errno != 0 ||
        ptrace(PTRACE_POKETEXT, child, entry, (word & ~0xFFL) | TRAP) != 0 ||
        ptrace(PTRACE_CONT, child, NULL, NULL) != 0 ||
        waitpid(child, &status, 0) != child || !WIFSTOPPED(status) ||
        WSTOPSIG(status) != SIGTRAP)
        return false;
    ptrace(PTRACE_POKETEXT, child, entry, word);
    ptrace(PTRACE_GETREGS, child, NULL, &registers);
    registers.rip = entry;
    ptrace(PTRACE_SETREGS, child, NULL, &registers);
    return true;
}

/* Before the call that is meant. brk has no errno: it fails by changing nothing. */
static void harm_call(const trace *it, pid_t thread, struct user_regs_struct *before)
{
    struct user_regs_struct registers;
    ptrace(PTRACE_GETREGS, thread, NULL, &registers);
    *before = registers;
    if (it->harm == TRACE_SHORT && !trace_can_be_short(it->met.number))
        return; /* threads call in another order each time */
    if (it->harm == TRACE_SHORT)
        registers.rdx = 1;
    else if (it->met.number == SYS_brk)
        registers.rdi = 0;
    else
        registers.orig_rax = (unsigned long long)-1;
    ptrace(PTRACE_SETREGS, thread, NULL, &registers);
}

/* Behind it: its answer, and the arguments as they were, as a program may rely on them. */
static void answer_call(const trace *it, pid_t thread,
                        const struct user_regs_struct *before)
{
    struct user_regs_struct registers;
    ptrace(PTRACE_GETREGS, thread, NULL, &registers);
    registers.rdi = before->rdi;
    registers.rdx = before->rdx;
    if (it->harm == TRACE_FAIL && it->met.number != SYS_brk)
        registers.rax = (unsigned long long)-it->error;
    ptrace(PTRACE_SETREGS, thread, NULL, &registers);
}

/* A stop before or after a call; true: the harm is done and nothing is left to see. */
static bool see_call(trace *it, pid_t thread, pid_t *harmed,
                     struct user_regs_struct *before)
{
    struct __ptrace_syscall_info info;
    ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info);
    if (info.op == PTRACE_SYSCALL_INFO_EXIT && thread == *harmed) {
        answer_call(it, thread, before);
        return true;
    }
    if (info.op != PTRACE_SYSCALL_INFO_ENTRY || *harmed != 0 || !counts((int)info.entry.nr))
        return false;
    trace_call call = { .number = (int)info.entry.nr,
                        .first = info.entry.args[0],
                        .third = info.entry.args[2],
                        .is_of_loader =
                            info.instruction_pointer - it->loader < LOADER_SIZE };
    if (it->calls != NULL && it->counted < TRACE_CALLS)
        it->calls[it->counted] = call;
    it->counted++;
    if (it->harm != TRACE_COUNT && it->counted == it->n) {
        it->met = call;
        *harmed = thread;
        harm_call(it, thread, before);
    }
    return false;
}

int trace_run(trace *it, pid_t child, unsigned seconds)
{
    struct user_regs_struct before = { 0 };
    pid_t harmed = 0;
    bool is_done = false;
    int status;
    it->counted = 0;
    set_clock(seconds);
    if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status) ||
        ptrace(PTRACE_SETOPTIONS, child, NULL, OPTIONS) != 0 || !pass_loader(child))
        return kill_child(child);
    it->loader = told(child, AT_BASE);
    ptrace(PTRACE_SYSCALL, child, NULL, NULL);
    for (;;) {
        pid_t thread = waitpid(-1, &status, __WALL);
        if (thread < 0 && is_late)
            return kill_child(child);
        if (thread == child && !WIFSTOPPED(status))
            break;
        if (thread < 0 || !WIFSTOPPED(status))
            continue;
        int signal = WSTOPSIG(status);
        if (signal == (SIGTRAP | 0x80)) {
            is_done |= see_call(it, thread, &harmed, &before);
            signal = 0;
        } else if (signal == SIGTRAP || signal == SIGSTOP) {
            signal = 0; /* a new thread, told by its parent and by itself */
        }
        ptrace(is_done ? PTRACE_CONT : PTRACE_SYSCALL, thread, NULL, signal);
    }
    set_alarm(0);
    return status;
}

#else

const char *trace_why_not(void)
{
    return "calls are made to fail on x86-64 only";
}

int trace_run(trace *it, pid_t child, unsigned seconds)
{
    (void)it;
    return trace_wait(child, seconds);
}

#endif
