/* SPDX-License-Identifier: MIT
 * cli/verb_bench.c - `earful bench`: how fast this machine is, on the user's own text. */
#include <inttypes.h>
#include <string.h>

#include "earful/app/bench.h"
#include "exit_codes.h"
#include "json_print.h"
#include "notices.h"
#include "terminal.h"
#include "verbs.h"

/* What a run of a row comes to. A megabyte a second is a byte a microsecond. */
typedef struct rates {
    double megabytes, least_megabytes, most_megabytes, messages; /* a second */
    double ns_per_token;
} rates;

static rates rates_of(const ef_benched *b, const ef_bench_row *row)
{
    double bytes = (double)b->bytes * row->threads * 1e3;
    double messages = (double)b->messages * row->threads * 1e9;
    double tokens = (double)b->tokens * row->threads, ns = (double)row->ns;
    return (rates){ .megabytes = bytes / ns,
                    .least_megabytes = bytes / (double)row->most_ns,
                    .most_megabytes = bytes / (double)row->least_ns,
                    .messages = messages / ns,
                    .ns_per_token = tokens > 0 ? ns / tokens : 0 };
}

static void print_table(const ef_benched *b)
{
    printf("%" PRIu64 " messages, %" PRIu64 " bytes, %" PRIu64 " tokens%s\n", b->messages,
           b->bytes, b->tokens,
           b->is_made   ? ", made for the purpose"
           : b->is_part ? ", the first of more"
                        : "");
    printf("earful %s, scorer %s, model %s, lexicon %s\n\n", b->info.version,
           b->info.scorer, b->info.model.hash, b->info.lexicon_hash);
    printf("kernels   threads       MB/s     lowest    highest   messages/s  ns/token\n");
    for (size_t i = 0; i < b->row_count; i++) {
        rates r = rates_of(b, &b->rows[i]);
        printf("%-8s  %7u  %9.1f  %9.1f  %9.1f  %11.0f  %8.1f\n", b->rows[i].kernels,
               b->rows[i].threads, r.megabytes, r.least_megabytes, r.most_megabytes,
               r.messages, r.ns_per_token);
    }
    rates n = rates_of(b, &b->newlines);
    printf("newlines  %7u  %9.1f  %9.1f  %9.1f  %11s  %8s\n", b->newlines.threads,
           n.megabytes, n.least_megabytes, n.most_megabytes, "-", "-");
}

static void print_row(const ef_benched *b, const ef_bench_row *row, bool has_texts)
{
    rates r = rates_of(b, row);
    printf("{\"kernels\":\"%s\",\"threads\":%u,\"runs\":%u,\"mb_per_second\":%.2f,"
           "\"lowest\":%.2f,\"highest\":%.2f",
           row->kernels, row->threads, row->runs, r.megabytes, r.least_megabytes,
           r.most_megabytes);
    if (has_texts)
        printf(",\"messages_per_second\":%.0f,\"ns_per_token\":%.3f", r.messages,
               r.ns_per_token);
    fputc('}', stdout);
}

static void print_json(const ef_benched *b)
{
    printf("{\"schema\":1,\"version\":\"%s\",\"scorer\":\"%s\",\"model\":\"%s\","
           "\"lexicon\":\"%s\"",
           b->info.version, b->info.scorer, b->info.model.hash, b->info.lexicon_hash);
    printf(",\"messages\":%" PRIu64 ",\"bytes\":%" PRIu64 ",\"tokens\":%" PRIu64
           ",\"made\":%s,\"part\":%s,\"answer\":\"%016" PRIx64 "\",\"rows\":[",
           b->messages, b->bytes, b->tokens, b->is_made ? "true" : "false",
           b->is_part ? "true" : "false", b->answer);
    for (size_t i = 0; i < b->row_count; i++) {
        fputs(i > 0 ? "," : "", stdout);
        print_row(b, &b->rows[i], true);
    }
    fputs("],\"newlines\":", stdout);
    print_row(b, &b->newlines, false);
    fputs("}\n", stdout);
}

int ef_verb_bench(ef_settings *settings)
{
    ef_error error = { 0 };
    ef_benched *benched = NULL;
    ef_notices notices;
    ef_notices_start(&notices, settings, NULL);
    ef_bench_options options = { .reader = settings->reader,
                                 .engine = settings->engine,
                                 .threads = settings->threads };
    ef_status status = ef_bench(&benched, &options, &error);
    int code = ef_exit_after(status, &error);
    int told = ef_notices_exit(&notices, settings);
    if (status == EF_OK)
        (settings->to != NULL && strcmp(settings->to, "json") == 0 ? print_json
                                                                   : print_table)(benched);
    ef_benched_free(benched);
    code = told > code ? told : code;
    int flushed = ef_exit_flushed();
    return flushed > code ? flushed : code;
}
