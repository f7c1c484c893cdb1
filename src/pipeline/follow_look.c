/* SPDX-License-Identifier: MIT
 * pipeline/follow_look.c - how far a following is, and what a state remembers, told beside
 * whoever writes it. */
#include "pipeline/follow.h"

#include <sys/stat.h>

#include "aggregate/rows.h"
#include "base/buffer.h"
#include "base/error.h"
#include "state/state.h"

typedef struct looker {
    ef_followed_fn *fn;
    void *user;
    ef_buffer path;
} looker;

static ef_status look_at(void *user, const ef_row *row, ef_error *error)
{
    looker *l = user;
    const ef_file_row *file = &row->file;
    struct stat about;
    if (file->is_finished)
        return EF_OK;
    ef_buffer_reset(&l->path);
    if (!ef_buffer_append_slice(&l->path, file->path))
        return ef_error_memory(error);
    ef_followed followed = { .path = ef_buffer_text(&l->path),
                             .generation = file->generation,
                             .offset = file->offset,
                             .written_ms = file->written_ms };
    if (stat(followed.path, &about) == 0) {
        followed.size = (uint64_t)about.st_size;
        followed.is_current = (uint64_t)about.st_ino == file->inode &&
                              (uint64_t)about.st_dev == file->device &&
                              followed.size >= file->offset;
    }
    l->fn(l->user, &followed);
    return EF_OK;
}

ef_status ef_follow_look(const char *state_path, ef_followed_fn *fn, void *user,
                         ef_trend_counts *counts, ef_error *error)
{
    looker l = { .fn = fn, .user = user };
    ef_state *state;
    ef_status status = ef_state_open(&state, state_path, EF_STATE_LOOK, error);
    if (status == EF_OK)
        status = ef_state_each(state, EF_TABLE_FILE, look_at, &l, error);
    if (status == EF_OK && counts != NULL)
        status = ef_trend_load_counts(counts, state, error);
    ef_state_close(state);
    ef_buffer_release(&l.path);
    return status;
}

void ef_follow_describe(ef_follow_summary *summary, const ef_following *following,
                        const ef_outbox *outbox, const ef_trend *trend)
{
    ef_trend_counts heard = { 0 };
    ef_following_counts counts = { 0 };
    ef_outbox_counts sent = { 0 };
    if (following != NULL)
        ef_following_count(following, &counts);
    summary->files = counts.files;
    summary->waiting_bytes = counts.waiting;
    summary->truncated = counts.truncated;
    summary->lost_bytes = counts.lost_bytes;
    summary->gone_files = counts.gone_files;
    summary->passed_bytes = counts.passed_bytes;
    if (trend != NULL)
        ef_trend_count(trend, &heard);
    summary->late = heard.late;
    summary->future = heard.future;
    if (outbox != NULL)
        ef_outbox_count(outbox, &sent);
    summary->waiting_alerts = sent.waiting;
    summary->deliveries = sent.delivered;
    summary->failed_deliveries = sent.failed;
    summary->lost_alerts = sent.refused + sent.dropped;
}
