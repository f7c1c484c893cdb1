/* SPDX-License-Identifier: MIT
 * tests/sandbox/without.c - runs a program on a system that lacks a part of the sandbox.
 *
 *     without landlock|seccomp|both PROGRAM [WORD...]
 *
 * A filter makes the calls answer as an older kernel does: they do not exist. */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int count, char **words)
{
    if (count < 3)
        return 2;
    unsigned landlock =
        strcmp(words[1], "seccomp") == 0 ? ~0U : SYS_landlock_create_ruleset;
    unsigned seccomp = strcmp(words[1], "landlock") == 0 ? ~0U : SYS_seccomp;
    struct sock_filter lines[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, landlock, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, seccomp, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = { sizeof lines / sizeof lines[0], lines };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
        return 3;
    execv(words[2], words + 2);
    perror(words[2]);
    return 4;
}
