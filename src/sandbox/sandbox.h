/* SPDX-License-Identifier: MIT
 * sandbox/sandbox.h - what a process can still do once it reads strangers' bytes.
 *
 * First it says which paths it will need; then it closes, and from there on neither it nor
 * whoever takes it over can open another file (Landlock) or make a call that reading and
 * writing does not need (seccomp). Nothing opens again.
 * To be closed while there is one thread; those that start later are inside. */
#ifndef EARFUL_SANDBOX_SANDBOX_H
#define EARFUL_SANDBOX_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "earful/app/sandbox.h"

/* What may be done at a path and, if it is a folder, with all that lies below. */
enum {
    EF_MAY_READ = 1,    /* open files, list folders */
    EF_MAY_LIST = 2,    /* list folders only */
    EF_MAY_WRITE = 4,   /* open files that exist for writing */
    EF_MAY_REPLACE = 8, /* besides, make, rename and remove files */
    EF_MAY_RUN = 16     /* start programs, load libraries */
};

typedef enum ef_profile {
    EF_PROFILE_SCORING, /* no sockets, no programs */
    EF_PROFILE_SENDING  /* sockets; no programs */
} ef_profile;

/* Paths that were allowed, until the sandbox closes. */
typedef struct ef_landlock {
    int ruleset;      /* -1: there is no Landlock here */
    unsigned version; /* of the kernel's Landlock, from 1; 0: none */
    uint64_t handled; /* the rights that this version knows */
} ef_landlock;

/* Never fails: without Landlock, allowing and closing do nothing and say so. */
void ef_landlock_open(ef_landlock *landlock, ef_profile profile);
/* A path that does not exist, or lies where no rule is needed, is passed by. False: the
 * kernel has no room for the rule. */
bool ef_landlock_allow(ef_landlock *landlock, const char *path, unsigned may);
/* True: from now on all else is forbidden. The rules are gone either way. */
bool ef_landlock_close(ef_landlock *landlock);
/* Lets go of the rules without closing. */
void ef_landlock_drop(ef_landlock *landlock);

/* True: calls that the profile does not list answer with EPERM, and those that only an
 * intruder makes end the process. */
bool ef_seccomp_close(ef_profile profile);

/* Gives everything up but what was allowed. With EF_SANDBOX_REQUIRE it fails, with
 * EF_ERR_IO, where the kernel lacks a part; with EF_SANDBOX_OFF nothing is closed. Releases
 * the rules in every case. */
ef_status ef_sandbox_close(ef_landlock *landlock, ef_profile profile, ef_sandbox_mode mode,
                           ef_sandbox_state *state, ef_error *error);

#endif
