/* SPDX-License-Identifier: MIT
 * pipeline/metrics.c - how `follow` fares, as a file for a monitor.
 *
 * Counts since the start; no word of a customer, no group and no path is in it. */
#include "pipeline/metrics.h"

#include <stdio.h>

#include "base/error.h"
#include "pipeline/output.h"
#include "report/metrics_text.h"

static void append_all(ef_buffer *out, const ef_engine_info *info,
                       const ef_follow_summary *s, int64_t wall_ms)
{
    char built[160];
    snprintf(built, sizeof built, "engine=\"%s\",model=\"%s\",lexicon=\"%s\"",
             info->version, info->model.hash, info->lexicon_hash);
#define LABELS       "earful_labels_total"
#define LABELS_HELP  "Records by label."
#define SANDBOX      "earful_sandbox"
#define SANDBOX_HELP "What holds this process: a version or 1; 0 where it does not."
    const ef_metric metrics[] = {
        { "earful_info", built, "What scores.", 1 },
        { SANDBOX, "part=\"landlock\"", SANDBOX_HELP, s->sandbox.landlock },
        { SANDBOX, "part=\"seccomp\"", SANDBOX_HELP, s->sandbox.has_seccomp },
        { "earful_records_total", "", "Records read and scored.", s->counts.records },
        { LABELS, "label=\"negative\"", LABELS_HELP, s->labels[EF_LABEL_NEGATIVE] },
        { LABELS, "label=\"neutral\"", LABELS_HELP, s->labels[EF_LABEL_NEUTRAL] },
        { LABELS, "label=\"positive\"", LABELS_HELP, s->labels[EF_LABEL_POSITIVE] },
        { LABELS, "label=\"none\"", LABELS_HELP, s->labels[EF_LABEL_NONE] },
        { "earful_rejected_total", "", "Records that could not be read.",
          s->counts.rejected },
        { "earful_files", "", "Files that are followed now.", s->files },
        { "earful_waiting_bytes", "", "Bytes seen and not read yet.", s->waiting_bytes },
        { "earful_truncated_total", "", "How often a file was emptied.", s->truncated },
        { "earful_lost_bytes_total", "", "Bytes gone before they could be read.",
          s->lost_bytes },
        { "earful_late_total", "", "Messages whose minute was judged already.", s->late },
        { "earful_future_total", "", "Messages with a time that cannot be.", s->future },
        { "earful_alerts_total", "", "Events raised, firing and resolved.", s->alerts },
        { "earful_outbox_waiting", "", "Alerts that wait to be delivered.",
          s->waiting_alerts },
        { "earful_deliveries_total", "", "Alerts delivered to sinks.", s->deliveries },
        { "earful_failed_deliveries_total", "", "Attempts to deliver that failed.",
          s->failed_deliveries },
        { "earful_lost_alerts_total", "", "Alerts refused by a sink, or dropped.",
          s->lost_alerts },
        { "earful_commits_total", "", "Commits of the state.", s->commits },
        { "earful_failed_commits_total", "", "Commits of the state that failed.",
          s->failed_commits },
        { "earful_last_commit_seconds", "", "Time of the last commit, since 1970.",
          (uint64_t)wall_ms / 1000 },
    };
    ef_metrics_text(out, metrics, sizeof metrics / sizeof metrics[0]);
}

ef_status ef_metrics_write(const char *path, const ef_engine_info *info,
                           const ef_follow_summary *summary, int64_t wall_ms,
                           ef_error *error)
{
    ef_output output = { .descriptor = -1 };
    ef_buffer text = { 0 };
    if (path == NULL)
        return EF_OK;
    append_all(&text, info, summary, wall_ms);
    ef_status status =
        text.failed ? ef_error_memory(error) : ef_output_open(&output, path, error);
    if (status == EF_OK)
        status = ef_output_write(&output, ef_buffer_slice(&text), error);
    if (status == EF_OK)
        status = ef_output_finish(&output, error);
    ef_output_discard(&output);
    ef_buffer_release(&text);
    return status;
}
