/* SPDX-License-Identifier: MIT
 * cli/notices.c - what reading has to say, on standard error.
 *
 * Guesses and rejects are for a person who watches; an input that failed is told always.
 * Rejects are told one by one only at first: a file of the wrong kind has millions. */
#include "notices.h"

#include "exit_codes.h"
#include "terminal.h"

enum { TOLD_REJECTS = 20 };

static void tell_reject(const ef_notices *notices, const ef_notice *notice)
{
    if (notices->is_quiet || notices->rejects > TOLD_REJECTS)
        return;
    ef_say("%s", notice->message);
    if (notices->rejects == TOLD_REJECTS)
        ef_say("further rejected records are only counted");
}

static void tell(void *user, const ef_notice *notice)
{
    ef_notices *notices = user;
    flockfile(stderr); /* also guards the counts: several threads may read */
    if (notices->progress != NULL)
        ef_progress_clear(notices->progress);
    switch (notice->kind) {
    case EF_NOTICE_GUESS:
        if (!notices->is_quiet)
            ef_say("%s", notice->message);
        break;
    case EF_NOTICE_REJECT:
        notices->rejects++;
        tell_reject(notices, notice);
        break;
    case EF_NOTICE_INPUT:
        notices->failed_inputs++;
        ef_say("%s", notice->message);
        break;
    }
    funlockfile(stderr);
}

void ef_notices_start(ef_notices *notices, ef_settings *settings, ef_progress *progress)
{
    *notices = (ef_notices){ .is_quiet = settings->is_quiet, .progress = progress };
    settings->reader.notice = tell;
    settings->reader.notice_user = notices;
}

int ef_notices_exit(const ef_notices *notices, const ef_settings *settings)
{
    bool is_bad =
        notices->failed_inputs > 0 || (settings->is_strict && notices->rejects > 0);
    return is_bad ? EF_EXIT_DATA : EF_EXIT_DONE;
}
