/* SPDX-License-Identifier: MIT
 * sandbox/seccomp.c - system calls: a list of those that reading and writing need.
 *
 * The filter is a program for the kernel's packet filter, written out here rather than by
 * libseccomp, whose library alone takes longer to load than this takes to run. What is not
 * listed is EPERM, so that a library which tries something new fails as it would on an old
 * kernel; what only an intruder does is the end.
 * The kernel runs a new filter for every call that it has, to remember which pass whatever
 * their arguments. A list took 0.4 ms for that, of 2 that a start may take; so the numbers
 * of calls are parted into runs with one answer, and a binary search finds the run. */
#include <assert.h>
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#include "sandbox/sandbox.h"

#if defined(__x86_64__)
#define PROCESSOR AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define PROCESSOR AUDIT_ARCH_AARCH64
#endif

#ifdef PROCESSOR

enum { LONGEST = 1024, CALLS = 512 /* numbers beyond are refused */ };

/* Nobody makes these by mistake. Whoever sends speaks first: nobody waits for callers. */
static const int deadly[] = {
    SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev,
    SYS_listen, SYS_accept,   SYS_accept4
};

static const int network[] = {
    SYS_socket,     SYS_socketpair, SYS_bind,        SYS_connect,     SYS_sendto,
    SYS_recvfrom,   SYS_sendmsg,    SYS_recvmsg,     SYS_sendmmsg,    SYS_recvmmsg,
    SYS_setsockopt, SYS_getsockopt, SYS_getsockname, SYS_getpeername, SYS_shutdown,
};

static const int allowed[] = {
    /* bytes */
    SYS_read,
    SYS_readv,
    SYS_pread64,
    SYS_preadv,
    SYS_write,
    SYS_writev,
    SYS_pwrite64,
    SYS_pwritev,
    SYS_lseek,
    SYS_fsync,
    SYS_fdatasync,
    SYS_ftruncate,
    SYS_fallocate,
    /* files: Landlock says which */
    SYS_openat,
    SYS_close,
    SYS_fstat,
    SYS_newfstatat,
    SYS_statx,
    SYS_faccessat,
    SYS_faccessat2,
    SYS_readlinkat,
    SYS_getdents64,
    SYS_getcwd,
    SYS_renameat,
    SYS_renameat2,
    SYS_unlinkat,
    SYS_mkdirat,
    SYS_statfs,
    SYS_fstatfs,
    SYS_fchmod,
    SYS_fchown,
    SYS_flock,
    SYS_fcntl,
    SYS_dup,
    SYS_dup3,
    SYS_pipe2,
    SYS_memfd_create,
    /* waiting */
    SYS_ppoll,
    SYS_pselect6,
    SYS_epoll_create1,
    SYS_epoll_ctl,
    SYS_epoll_pwait,
    SYS_eventfd2,
    SYS_signalfd4,
    SYS_timerfd_create,
    SYS_timerfd_settime,
    SYS_inotify_init1,
    SYS_inotify_add_watch,
    SYS_inotify_rm_watch,
    SYS_nanosleep,
    SYS_clock_nanosleep,
    SYS_wait4,
    SYS_restart_syscall,
    /* memory */
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    SYS_brk,
    /* threads */
    SYS_futex,
    SYS_set_robust_list,
    SYS_rseq,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_exit,
    SYS_exit_group,
    /* signals */
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_rt_sigtimedwait,
    SYS_sigaltstack,
    /* who, when, how much */
    SYS_getpid,
    SYS_getppid,
    SYS_gettid,
    SYS_getuid,
    SYS_geteuid,
    SYS_getgid,
    SYS_getegid,
    SYS_uname,
    SYS_sysinfo,
    SYS_getrusage,
    SYS_getrandom,
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_gettimeofday,
    SYS_umask,
#ifdef SYS_open /* the names that younger processors never had */
    SYS_open,
    SYS_stat,
    SYS_lstat,
    SYS_access,
    SYS_readlink,
    SYS_rename,
    SYS_unlink,
    SYS_mkdir,
    SYS_poll,
    SYS_select,
    SYS_epoll_wait,
    SYS_dup2,
    SYS_pipe,
    SYS_time,
    SYS_getdents,
#endif
};

/* What isatty, the width of a terminal and keys without Enter need. Not TIOCSTI, which
 * types into the shell. */
static const unsigned long controls[] = { TCGETS,  TCSETS,     TCSETSW,
                                          TCSETSF, TIOCGWINSZ, FIONREAD };

/* Calls that pass with some arguments only. */
typedef struct condition {
    int call;
    unsigned argument;
    uint32_t mask;               /* what of it counts, of its lower half */
    const unsigned long *values; /* one of which it has to be */
    size_t count;
} condition;

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const unsigned long nothing[] = { 0 }, a_thread[] = { CLONE_THREAD };

static const condition conditions[] = {
    /* memory that was written is never run */
    { SYS_mmap, 2, PROT_EXEC, nothing, COUNT(nothing) },
    { SYS_mprotect, 2, PROT_EXEC, nothing, COUNT(nothing) },
    /* threads, no processes */
    { SYS_clone, 0, CLONE_THREAD, a_thread, COUNT(a_thread) },
    { SYS_ioctl, 1, ~0U, controls, COUNT(controls) },
    { SYS_prlimit64, 2, ~0U, nothing, COUNT(nothing) }, /* asking only */
    { SYS_utimensat, 1, ~0U, nothing, COUNT(nothing) }, /* of what is open */
    { SYS_tgkill, 0, ~0U, NULL, 0 },                    /* to ourselves */
};

/* What becomes of a call: one of these, or CONDITIONAL and the index of its condition. */
enum { REFUSED, ALLOWED, DEADLY, MISSING, CONDITIONAL };

typedef struct run {
    uint32_t first; /* number of a call; the next run begins behind the last */
    uint8_t what;
} run;

typedef struct filter {
    struct sock_filter lines[LONGEST];
    unsigned short count;
    run runs[CALLS];
    size_t run_count;
    uint32_t self; /* our number as a process */
} filter;

/* --- what becomes of which call ---------------------------------------------------------
 */

static void mark(uint8_t *calls, const int *list, size_t count, uint8_t what)
{
    for (size_t i = 0; i < count; i++) {
        assert(list[i] >= 0 && list[i] < CALLS);
        calls[list[i]] = what;
    }
}

static void part_into_runs(filter *f, ef_profile profile)
{
    static const int missing[] = { SYS_clone3 };
    uint8_t calls[CALLS] = { REFUSED };
    mark(calls, deadly, COUNT(deadly), DEADLY);
    mark(calls, network, COUNT(network), profile == EF_PROFILE_SENDING ? ALLOWED : DEADLY);
    mark(calls, allowed, COUNT(allowed), ALLOWED);
    /* What clone3 is told lies in memory, where no filter sees it; the C library takes
     * clone where there is none. */
    mark(calls, missing, COUNT(missing), MISSING);
    for (size_t i = 0; i < COUNT(conditions); i++)
        mark(calls, &conditions[i].call, 1, (uint8_t)(CONDITIONAL + i));
    for (uint32_t i = 0; i < CALLS; i++)
        if (i == 0 || calls[i] != calls[i - 1])
            f->runs[f->run_count++] = (run){ i, calls[i] };
    /* The last run goes on for ever, and no call of ours is there. */
    assert(f->runs[f->run_count - 1].what == REFUSED);
}

/* --- the program ------------------------------------------------------------------------
 */

static void add(filter *f, uint16_t code, uint32_t k, uint8_t if_true, uint8_t if_false)
{
    assert(f->count < LONGEST);
    f->lines[f->count++] = (struct sock_filter){ code, if_true, if_false, k };
}

static void answer(filter *f, uint32_t what)
{
    add(f, BPF_RET | BPF_K, what, 0, 0);
}

static void load(filter *f, size_t offset)
{
    add(f, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void answer_if_is(filter *f, uint32_t value, uint32_t what)
{
    add(f, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    answer(f, what);
}

/* Both processors are little-endian: the lower half of an argument comes first. */
static void answer_by_argument(filter *f, const condition *c)
{
    load(f, offsetof(struct seccomp_data, args) + c->argument * sizeof(uint64_t));
    add(f, BPF_ALU | BPF_AND | BPF_K, c->mask, 0, 0);
    for (size_t i = 0; i < c->count; i++)
        answer_if_is(f, (uint32_t)c->values[i], SECCOMP_RET_ALLOW);
    if (c->call == SYS_tgkill)
        answer_if_is(f, f->self, SECCOMP_RET_ALLOW);
    answer(f, SECCOMP_RET_ERRNO | EPERM);
}

static void answer_run(filter *f, uint8_t what)
{
    static const uint32_t answers[] = { [REFUSED] = SECCOMP_RET_ERRNO | EPERM,
                                        [ALLOWED] = SECCOMP_RET_ALLOW,
                                        [DEADLY] = SECCOMP_RET_KILL_PROCESS,
                                        [MISSING] = SECCOMP_RET_ERRNO | ENOSYS };
    if (what >= CONDITIONAL)
        answer_by_argument(f, &conditions[what - CONDITIONAL]);
    else
        answer(f, answers[what]);
}

/* Lines that find the run of a number among count of them; as deep as there are halves. */
static void search(filter *f, const run *runs, size_t count)
{
    if (count == 1) {
        answer_run(f, runs[0].what);
        return;
    }
    size_t half = count / 2;
    unsigned short fork = f->count;
    add(f, BPF_JMP | BPF_JGE | BPF_K, runs[half].first, 0, 0);
    search(f, runs, half);
    assert(f->count - fork - 1 <= UINT8_MAX); /* half of all lines at most */
    f->lines[fork].jt = (uint8_t)(f->count - fork - 1);
    search(f, runs + half, count - half);
}

bool ef_seccomp_close(ef_profile profile)
{
    filter f = { .self = (uint32_t)getpid() };
    part_into_runs(&f, profile);
    load(&f, offsetof(struct seccomp_data, arch));
    add(&f, BPF_JMP | BPF_JEQ | BPF_K, PROCESSOR, 1, 0);
    answer(&f, SECCOMP_RET_KILL_PROCESS);
    load(&f, offsetof(struct seccomp_data, nr));
    search(&f, f.runs, f.run_count);
    struct sock_fprog program = { f.count, f.lines };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    /* Without this flag some kernels slow every branch down, against spying on one's own
     * process: here there is nothing to spy on that the intruder does not have. Older ones
     * do not know it. */
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW,
                   &program) == 0 ||
           (errno == EINVAL &&
            syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0);
}

#else

bool ef_seccomp_close(ef_profile profile)
{
    (void)profile;
    return false;
}

#endif
