/* SPDX-License-Identifier: MIT
 * cli/audit_files.c - what `earful audit` prints for machines: JSON and CSV.
 *
 * Figures that nobody can know, such as the interval of one sentence, are null in JSON and
 * an empty cell in CSV. */
#include <inttypes.h>
#include <string.h>

#include "audit_report.h"
#include "json_print.h"
#include "terminal.h"

static const char *const moods[3] = { "negative", "neutral", "positive" };

/* --- JSON -------------------------------------------------------------------------- */

static void print_member(const char *before, const char *key, ef_slice value)
{
    printf("%s\"%s\":", before, key);
    ef_json_print(stdout, value);
}

static void print_gap(const ef_audit_gap *gap, uint64_t sentences)
{
    printf("\"sentences\":%" PRIu64 ",\"gap\":", sentences);
    if (sentences == 0)
        fputs("null", stdout);
    else
        printf("%.6f", gap->mean);
    if (gap->has_interval)
        printf(",\"low\":%.6f,\"high\":%.6f", gap->low, gap->high);
    else
        fputs(",\"low\":null,\"high\":null", stdout);
}

static void print_words(const ef_audit_group *g)
{
    fputs(",\"because\":[", stdout);
    for (size_t i = 0; i < g->because_count; i++) {
        const ef_audit_word *word = &g->because[i];
        print_member(i > 0 ? ",{" : "{", "text", word->text);
        printf(",\"kind\":\"%s\",\"weight\":%.4f,\"of_others\":%s}",
               ef_reason_kind_name(word->kind),
               word->kind == EF_REASON_LEXICON ? word->weight / 100 : word->weight,
               word->of_others ? "true" : "false");
    }
    fputc(']', stdout);
}

static void print_group(const ef_audit_group *g)
{
    print_member("{", "dimension", g->dimension);
    print_member(",", "group", g->name);
    printf(",\"words\":%" PRIu64 ",\"texts\":%" PRIu64 ",", g->words, g->texts);
    print_gap(&g->gap, g->sentences);
    printf(",\"worst\":%.6f", g->worst);
    print_member(",", "worst_text", g->worst_text);
    print_member(",", "worst_standard", g->worst_standard);
    printf(",\"flips\":%" PRIu64 ",\"lowered\":%" PRIu64 ",\"muted\":%.6f,\"by_mood\":{",
           g->flips, g->lowered, ef_audit_muted(g));
    for (int i = 0; i < 3; i++) {
        printf("%s\"%s\":{", i > 0 ? "," : "", moods[i]);
        print_gap(&g->by_mood[i], g->mood_sentences[i]);
        fputc('}', stdout);
    }
    fputc('}', stdout);
    print_words(g);
    fputc('}', stdout);
}

void ef_audit_print_json(const ef_audited *audited)
{
    const ef_engine_info *info = &audited->info;
    printf("{\"schema\":1,\"version\":\"%s\",\"scorer\":\"%s\",\"model\":\"%s\","
           "\"lexicon\":\"%s\",\"templates\":\"%s\",\"sentences\":%" PRIu64
           ",\"words\":%" PRIu64 ",\"texts\":%" PRIu64 ",\"groups\":[",
           info->version, info->scorer, info->model.hash, info->lexicon_hash,
           audited->templates, audited->sentences, audited->words, audited->texts);
    for (size_t i = 0; i < audited->group_count; i++) {
        fputs(i > 0 ? "," : "", stdout);
        print_group(&audited->groups[i]);
    }
    printf("],\"alone\":{\"texts\":%" PRIu64 ",\"sentences\":%" PRIu64
           ",\"passed_by\":%" PRIu64 ",\"negative\":[",
           audited->alone_texts, audited->alone_sentences, audited->alone_passed);
    for (size_t i = 0; i < audited->alone_count; i++) {
        print_member(i > 0 ? ",{" : "{", "text", audited->alone[i].text);
        printf(",\"score\":%.4f", audited->alone[i].score);
        print_member(",", "because", audited->alone[i].because);
        fputc('}', stdout);
    }
    fputs("]}}\n", stdout);
}

/* --- CSV --------------------------------------------------------------------------- */

/* The inside of a cell. No terminal and no reader of lines obeys what stands in it. */
static void print_inside(ef_slice text)
{
    while (text.size > 0) {
        const uint8_t *quote = memchr(text.data, '"', text.size);
        size_t size = quote == NULL ? text.size : (size_t)(quote - text.data);
        size_t used = quote == NULL ? size : size + 1;
        ef_print_safe(stdout, (const char *)text.data, size);
        fputs(quote == NULL ? "" : "\"\"", stdout);
        text = (ef_slice){ text.data + used, text.size - used };
    }
}

/* A cell; one that a spreadsheet would run gets a ' in front. */
static void print_cell(ef_slice text)
{
    bool is_run = text.size > 0 && memchr("=+-@", text.data[0], 4) != NULL;
    fputs(is_run ? "\"'" : "\"", stdout);
    print_inside(text);
    fputs("\",", stdout);
}

static void print_gap_cells(const ef_audit_gap *gap, uint64_t sentences)
{
    if (sentences > 0)
        printf("%.6f", gap->mean);
    if (gap->has_interval)
        printf(",%.6f,%.6f,", gap->low, gap->high);
    else
        fputs(",,,", stdout);
}

static void print_row(const ef_audit_group *g)
{
    print_cell(g->dimension);
    print_cell(g->name);
    printf("%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",", g->words, g->sentences, g->texts);
    print_gap_cells(&g->gap, g->sentences);
    printf("%.6f,", g->worst);
    print_cell(g->worst_text);
    print_cell(g->worst_standard);
    printf("%" PRIu64 ",%" PRIu64 ",", g->flips, g->lowered);
    for (int i = 0; i < 3; i++)
        print_gap_cells(&g->by_mood[i], g->mood_sentences[i]);
    fputc('"', stdout);
    for (size_t i = 0; i < g->because_count; i++) {
        fputs(i > 0 ? "; " : "", stdout);
        fputs(g->because[i].of_others ? "not " : "", stdout);
        print_inside(g->because[i].text);
    }
    fputs("\"\n", stdout);
}

void ef_audit_print_csv(const ef_audited *audited)
{
    fputs("dimension,group,words,sentences,texts,gap,low,high,worst,worst_text,"
          "worst_standard,flips,lowered",
          stdout);
    for (int i = 0; i < 3; i++)
        printf(",gap_%s,low_%s,high_%s", moods[i], moods[i], moods[i]);
    fputs(",because\n", stdout);
    for (size_t i = 0; i < audited->group_count; i++)
        print_row(&audited->groups[i]);
}
