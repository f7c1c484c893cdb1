/* SPDX-License-Identifier: MIT
 * cli/exit_codes.c - how the program ends.
 *
 * A reader that went away is no failure: `earful … | head` ends quietly. A full disk is
 * one, even if it shows in the last flush only. */
#include "exit_codes.h"

#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "terminal.h"

static int exit_for(ef_status status)
{
    switch (status) {
    case EF_OK:
    case EF_END:
    case EF_AGAIN:
        return EF_EXIT_DONE;
    case EF_ERR_ARGUMENT:
        return EF_EXIT_USAGE;
    case EF_ERR_IO:
    case EF_ERR_FORMAT:
    case EF_ERR_LIMIT:
        return EF_EXIT_DATA;
    case EF_ERR_MEMORY:
    case EF_ERR_INTERNAL:
        break;
    }
    return EF_EXIT_INTERNAL;
}

int ef_exit_after(ef_status status, const ef_error *error)
{
    int code = exit_for(status);
    if (code != EF_EXIT_DONE)
        ef_say("%s", error->message[0] != '\0' ? error->message : ef_status_text(status));
    return code;
}

/* errno has often changed since the write that failed; the pipe itself still knows. */
static int has_reader(void)
{
    struct pollfd output = { .fd = STDOUT_FILENO, .events = POLLOUT };
    return poll(&output, 1, 0) < 0 || (output.revents & POLLERR) == 0;
}

int ef_exit_flushed(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return EF_EXIT_DONE;
    if (!has_reader())
        return EF_EXIT_DONE;
    ef_say("cannot write to standard output");
    return EF_EXIT_DATA;
}
