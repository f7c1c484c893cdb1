/* SPDX-License-Identifier: MIT
 * notify/guard.c - the sandbox of the process that speaks to the network. */
#include "notify/guard.h"

#include <dlfcn.h>
#include <stdio.h>

#include "sandbox/sandbox.h"

/* The C library loads these when it first looks a name up, which is too late inside. What
 * is not installed is not needed. */
static void load_resolvers(void)
{
    static const char *const names[] = { "libnss_resolve.so.2", "libnss_myhostname.so.2",
                                         "libnss_mdns4_minimal.so.2",
                                         "libnss_mymachines.so.2" };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        dlopen(names[i], RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
}

bool ef_guard_close(const ef_sinks *sinks, ef_sandbox_mode mode)
{
    static const char *const files[] = {
        /* names */
        "/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/host.conf",
        "/etc/gai.conf", "/etc/services", "/run/systemd/resolve",
        /* certificates, where Debian and others keep them; never their private keys */
        "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/ssl/cert.pem", "/usr/lib/ssl/certs",
        "/usr/share/ca-certificates", "/usr/local/share/ca-certificates",
        "/etc/pki/tls/certs", "/etc/pki/ca-trust",
        /* chance */
        "/dev/urandom"
    };
    ef_landlock rules;
    ef_sandbox_state state;
    ef_error error = { 0 };
    bool has_room = true;
    if (mode == EF_SANDBOX_OFF)
        return true;
    load_resolvers();
    ef_landlock_open(&rules, EF_PROFILE_SENDING);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        has_room &= ef_landlock_allow(&rules, files[i], EF_MAY_READ);
    for (size_t i = 0; i < sinks->count; i++)
        has_room &= ef_landlock_allow(&rules, sinks->items[i].ca_file, EF_MAY_READ);
    if (!has_room) {
        ef_landlock_drop(&rules);
        fputs("earful-notify: out of memory\n", stderr);
        return false;
    }
    ef_status status = ef_sandbox_close(&rules, EF_PROFILE_SENDING, mode, &state, &error);
    if (status != EF_OK)
        fprintf(stderr, "earful-notify: %s\n", error.message);
    else if (state.landlock == 0 || !state.has_seccomp)
        fprintf(stderr, "earful-notify: not all of a sandbox here: %s\n",
                state.landlock > 0  ? "no seccomp"
                : state.has_seccomp ? "no Landlock"
                                    : "none");
    return status == EF_OK;
}
