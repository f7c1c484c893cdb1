/* SPDX-License-Identifier: MIT
 * cli/progress.c - one line that says how far a long job is.
 *
 * Time left is what the bytes read so far predict; a pipe has no size, so there it is
 * left out. */
#include "progress.h"

#include <inttypes.h>
#include <time.h>

static double now_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void ef_progress_start(ef_progress *progress, const ef_settings *settings)
{
    ef_terminal terminal;
    ef_terminal_look(&terminal, stderr, NULL);
    progress->is_wanted =
        ef_terminal_moves(&terminal) && !settings->no_progress && !settings->is_quiet;
    progress->is_drawn = false;
    progress->start_seconds = now_seconds();
}

double ef_progress_seconds(const ef_progress *progress)
{
    return now_seconds() - progress->start_seconds;
}

const char *ef_amount_of_bytes(ef_amount *amount, double bytes)
{
    static const char *const units[] = { "B", "kB", "MB", "GB", "TB", "PB" };
    size_t unit = 0;
    for (; bytes >= 999.5 && unit < 5; unit++)
        bytes /= 1000;
    snprintf(amount->text, sizeof amount->text, unit == 0 ? "%.0f %s" : "%.1f %s", bytes,
             units[unit]);
    return amount->text;
}

void ef_progress_draw(ef_progress *progress, const ef_reader_counts *counts)
{
    double seconds = ef_progress_seconds(progress);
    if (!progress->is_wanted || seconds < 1)
        return;
    ef_amount done, total, rate;
    double bytes = (double)counts->bytes;
    flockfile(stderr);
    fprintf(stderr, "\r%s", ef_amount_of_bytes(&done, bytes));
    if (counts->total_bytes > 0)
        fprintf(stderr, " of %s", ef_amount_of_bytes(&total, (double)counts->total_bytes));
    fprintf(stderr, ", %" PRIu64 " records, %s/s", counts->records,
            ef_amount_of_bytes(&rate, bytes / seconds));
    if (counts->total_bytes > counts->bytes && counts->bytes > 0)
        fprintf(stderr, ", %.0f s left",
                seconds * (double)(counts->total_bytes - counts->bytes) / bytes);
    fputs("\x1b[K", stderr);
    fflush(stderr);
    progress->is_drawn = true;
    funlockfile(stderr);
}

void ef_progress_clear(ef_progress *progress)
{
    if (progress->is_drawn) {
        fputs("\r\x1b[K", stderr);
        fflush(stderr);
    }
    progress->is_drawn = false;
}
