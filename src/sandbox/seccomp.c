/* SPDX-License-Identifier: MIT
 * sandbox/seccomp.c - system calls: a list of those that reading and writing need.
 *
 * The filter is a program for the kernel's packet filter, written out here rather than by
 * libseccomp: it is a list, and making it takes microseconds. Every call meets the lines
 * from above: the processor first, then what only an intruder does (death), what is
 * allowed, and what is allowed with some arguments only. All else is EPERM, so that a
 * library which tries something new fails as it would on an old kernel.
 * The kernel remembers which calls pass whatever their arguments, so the length of the list
 * costs nothing per call. */
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

enum { LONGEST = 512 };

typedef struct filter {
    struct sock_filter lines[LONGEST];
    unsigned short count;
} filter;

/* Nobody makes these by mistake. */
static const int deadly[] = { SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv,
                              SYS_process_vm_writev };

/* Whoever sends speaks first: nobody waits for callers. */
static const int listening[] = { SYS_listen, SYS_accept, SYS_accept4 };

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

static void add(filter *f, struct sock_filter line)
{
    if (f->count < LONGEST)
        f->lines[f->count++] = line;
}

static void answer(filter *f, uint32_t what)
{
    add(f, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, what));
}

static void load(filter *f, size_t offset)
{
    add(f, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

/* The lower half of an argument. Both processors are little-endian. */
static void load_argument(filter *f, unsigned index)
{
    load(f, offsetof(struct seccomp_data, args) + index * sizeof(uint64_t));
}

static void answer_if_is(filter *f, uint32_t value, uint32_t what)
{
    add(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
    answer(f, what);
}

static void answer_list(filter *f, const int *calls, size_t count, uint32_t what)
{
    for (size_t i = 0; i < count; i++)
        answer_if_is(f, (uint32_t)calls[i], what);
}

/* The lines between begin_call and end_call are for one call, and answer in every case. */
static unsigned short begin_call(filter *f, int call)
{
    add(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 0));
    return f->count;
}

static void end_call(filter *f, unsigned short begin)
{
    f->lines[begin - 1].jf = (uint8_t)(f->count - begin);
}

/* Passes if none of the bits is set in the argument, or, with is_set, if all are. */
static void allow_by_bits(filter *f, int call, unsigned argument, uint32_t bits,
                          bool is_set)
{
    unsigned short begin = begin_call(f, call);
    load_argument(f, argument);
    add(f, (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K, bits));
    answer_if_is(f, is_set ? bits : 0, SECCOMP_RET_ALLOW);
    answer(f, SECCOMP_RET_ERRNO | EPERM);
    end_call(f, begin);
}

/* Passes if the argument is one of the values; a pointer is compared by its lower half,
 * where only NULL is asked for. */
static void allow_by_value(filter *f, int call, unsigned argument,
                           const unsigned long *values, size_t count)
{
    unsigned short begin = begin_call(f, call);
    load_argument(f, argument);
    for (size_t i = 0; i < count; i++)
        answer_if_is(f, (uint32_t)values[i], SECCOMP_RET_ALLOW);
    answer(f, SECCOMP_RET_ERRNO | EPERM);
    end_call(f, begin);
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void write_filter(filter *f, ef_profile profile)
{
    static const unsigned long nothing[] = { 0 };
    const unsigned long self[] = { (unsigned long)getpid() };
    load(f, offsetof(struct seccomp_data, arch));
    add(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PROCESSOR, 1, 0));
    answer(f, SECCOMP_RET_KILL_PROCESS);
    load(f, offsetof(struct seccomp_data, nr));
    answer_list(f, deadly, COUNT(deadly), SECCOMP_RET_KILL_PROCESS);
    answer_list(f, listening, COUNT(listening), SECCOMP_RET_KILL_PROCESS);
    answer_list(f, network, COUNT(network),
                profile == EF_PROFILE_SENDING ? SECCOMP_RET_ALLOW
                                              : SECCOMP_RET_KILL_PROCESS);
    answer_list(f, allowed, COUNT(allowed), SECCOMP_RET_ALLOW);
    /* Memory that was written is never run. */
    allow_by_bits(f, SYS_mmap, 2, PROT_EXEC, false);
    allow_by_bits(f, SYS_mprotect, 2, PROT_EXEC, false);
    /* Threads, no processes. What clone3 is told lies in memory, where no filter sees it;
     * the C library takes clone where there is none. */
    allow_by_bits(f, SYS_clone, 0, CLONE_THREAD, true);
    answer_if_is(f, SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS);
    allow_by_value(f, SYS_ioctl, 1, controls, COUNT(controls));
    allow_by_value(f, SYS_tgkill, 0, self, COUNT(self));
    allow_by_value(f, SYS_prlimit64, 2, nothing, COUNT(nothing)); /* asking only */
    allow_by_value(f, SYS_utimensat, 1, nothing, COUNT(nothing)); /* of what is open */
    answer(f, SECCOMP_RET_ERRNO | EPERM);
}

bool ef_seccomp_close(ef_profile profile)
{
    filter f = { .count = 0 };
    write_filter(&f, profile);
    struct sock_fprog program = { f.count, f.lines };
    /* Without this flag some kernels slow every branch down, against spying on one's own
     * process: here there is nothing to spy on that the intruder does not have. */
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW,
                   &program) == 0;
}

#else

bool ef_seccomp_close(ef_profile profile)
{
    (void)profile;
    return false;
}

#endif
