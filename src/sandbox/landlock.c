/* SPDX-License-Identifier: MIT
 * sandbox/landlock.c - files: Landlock, by bare system calls.
 *
 * A rule is about a file, or a folder and all below it, as it is now: whatever takes its
 * name later is another file. What is not in a rule cannot be opened any more; what is open
 * stays so. The kernel says which version it has, and each version knows more rights; all
 * that it knows are taken away, and given back only where a rule says so.
 * Headers may be older than the kernel: what they lack stands here by number. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox/sandbox.h"

/* linux/landlock.h as of version 6. A kernel takes a longer struct than its own if what it
 * does not know is zero. */
struct rights_of_ruleset {
    uint64_t files, network, scope;
};

enum {
    ALL_FILES_1 = (1 << 13) - 1, /* version 1: from EXECUTE to MAKE_SYM */
    REFER = 1 << 13,             /* version 2: rename into another folder */
    TRUNCATE = 1 << 14,          /* version 3 */
    DEVICES = 1 << 15,           /* version 5: ioctl of devices that are opened later */
    TCP = 3,                     /* version 4: bind and connect */
    SCOPES = 3, /* version 6: abstract sockets of others, signals to others */
    OF_A_FILE = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                LANDLOCK_ACCESS_FS_READ_FILE | TRUNCATE | DEVICES
};

static uint64_t files_of(unsigned version)
{
    uint64_t files = ALL_FILES_1;
    files |= version >= 2 ? REFER : 0;
    files |= version >= 3 ? TRUNCATE : 0;
    files |= version >= 5 ? DEVICES : 0;
    return files;
}

/* What stands for our rights in those of Landlock. */
static uint64_t rights_of(unsigned may)
{
    uint64_t rights = 0;
    if (may & (EF_MAY_READ | EF_MAY_RUN))
        rights |= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    if (may & EF_MAY_LIST)
        rights |= LANDLOCK_ACCESS_FS_READ_DIR;
    if (may & (EF_MAY_WRITE | EF_MAY_REPLACE))
        rights |= LANDLOCK_ACCESS_FS_WRITE_FILE | TRUNCATE;
    if (may & EF_MAY_REPLACE)
        rights |= LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REMOVE_FILE;
    if (may & EF_MAY_RUN)
        rights |= LANDLOCK_ACCESS_FS_EXECUTE;
    return rights;
}

void ef_landlock_open(ef_landlock *landlock, ef_profile profile)
{
    *landlock = (ef_landlock){ .ruleset = -1 };
    long version =
        syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return;
    landlock->version = (unsigned)version;
    landlock->handled = files_of(landlock->version);
    struct rights_of_ruleset rights = {
        .files = landlock->handled,
        .network = version >= 4 && profile == EF_PROFILE_SCORING ? TCP : 0,
        .scope = version >= 6 ? SCOPES : 0,
    };
    landlock->ruleset =
        (int)syscall(SYS_landlock_create_ruleset, &rights, sizeof rights, 0);
}

bool ef_landlock_allow(ef_landlock *landlock, const char *path, unsigned may)
{
    struct stat about;
    struct landlock_path_beneath_attr rule = { .allowed_access = rights_of(may) };
    if (landlock->ruleset < 0 || path == NULL)
        return true;
    rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent_fd < 0)
        return true;
    if (fstat(rule.parent_fd, &about) != 0 || !S_ISDIR(about.st_mode))
        rule.allowed_access &= OF_A_FILE;
    rule.allowed_access &= landlock->handled;
    bool is_allowed =
        rule.allowed_access == 0 || syscall(SYS_landlock_add_rule, landlock->ruleset,
                                            LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    int number = errno;
    close(rule.parent_fd);
    return is_allowed || number == EBADFD; /* pipes and the like need no rule */
}

void ef_landlock_drop(ef_landlock *landlock)
{
    if (landlock->ruleset >= 0)
        close(landlock->ruleset);
    landlock->ruleset = -1;
}

bool ef_landlock_close(ef_landlock *landlock)
{
    if (landlock->ruleset < 0)
        return false;
    bool is_closed = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                     syscall(SYS_landlock_restrict_self, landlock->ruleset, 0) == 0;
    ef_landlock_drop(landlock);
    return is_closed;
}
