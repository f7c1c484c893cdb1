/* SPDX-License-Identifier: MIT
 * views/view_csv.c - findings as one flat table: a figure a row.
 *
 * Whatever has a value and an n has the same columns, so that a sheet can filter by
 * section. What is known to nobody is an empty cell; text that a spreadsheet would run gets
 * a ' in front. */
#include "views/views.h"

#include <math.h>

#include "base/json_out.h"
#include "report/cells.h"
#include "views/sections.h"
#include "views/wording.h"

static const char heading[] = "section,group,name,bucket,key,unit,value,low,high,n,count,"
                              "deff,approximate,standing,p,text\n";

static const ef_cell_dialect dialect = { ',', true, true };
static const ef_slice nothing = { NULL, 0 };

/* Where a figure stands: what is before it in its row. */
typedef struct place {
    const char *section;
    ef_slice group;  /* the column of a grouping, or a period */
    ef_slice name;   /* of the theme, the group, the phrase */
    ef_slice bucket; /* a stretch of time */
} place;

static void cell(ef_buffer *out, ef_slice text)
{
    ef_cell_append(out, text, dialect);
    ef_buffer_append_byte(out, ',');
}

static void number(ef_buffer *out, double value)
{
    if (isfinite(value))
        ef_json_number(out, value);
    ef_buffer_append_byte(out, ',');
}

/* One row; p is NaN and text is empty for most. */
static void row(ef_buffer *out, const ef_findings *findings, place at,
                const ef_figure *figure, double p, ef_slice text)
{
    if (figure->key == NULL)
        return;
    cell(out, ef_slice_of(at.section));
    cell(out, at.group);
    cell(out, at.name);
    cell(out, at.bucket);
    cell(out, ef_slice_of(figure->key));
    cell(out, ef_slice_of(ef_unit_name(figure->unit)));
    number(out, figure->value);
    number(out, figure->low);
    number(out, figure->high);
    number(out, (double)figure->n);
    number(out, figure->count < 0 ? (double)NAN : (double)figure->count);
    number(out, figure->deff);
    cell(out, ef_slice_of(figure->is_approximate ? "yes" : "no"));
    cell(out, ef_slice_of(ef_standing_name(ef_standing_of(findings, figure))));
    number(out, p);
    ef_cell_append(out, text, dialect);
    ef_buffer_append_byte(out, '\n');
}

static void plain(ef_buffer *out, const ef_findings *findings, place at,
                  const ef_figure *figure)
{
    row(out, findings, at, figure, (double)NAN, ef_slice_of(figure->formula));
}

/* A number without an interval, in the columns of a figure. */
static ef_figure bare(const char *key, ef_unit_kind unit, double value, int64_t n)
{
    const double none = (double)NAN;
    return (ef_figure){ .key = key,
                        .unit = unit,
                        .value = value,
                        .low = none,
                        .high = none,
                        .n = n,
                        .count = -1,
                        .deff = 1 };
}

static void count(ef_buffer *out, const ef_findings *findings, place at, const char *key,
                  int64_t value, ef_slice text)
{
    ef_figure figure = bare(key, EF_UNIT_COUNT, (double)value, value);
    row(out, findings, at, &figure, (double)NAN, text);
}

static void coverage(ef_buffer *out, const ef_findings *findings)
{
    const ef_coverage *read = &findings->coverage;
    const struct {
        const char *key;
        int64_t value;
    } counts[] = {
        { "records", read->records },
        { "labelled", read->labelled },
        { "empty", read->empty },
        { "unknown_language", read->unknown_language },
        { "rejected", read->rejected },
        { "untimed", read->untimed },
        { "future", read->future },
        { "repeated", read->repeated },
        { "not_customers", read->not_customers },
        { "customers", read->customers },
        { "conversations", read->conversations },
        { "inputs", read->inputs },
        { "failed_inputs", read->failed_inputs },
    };
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        count(out, findings, (place){ .section = "coverage" }, counts[i].key,
              counts[i].value, nothing);
}

static void buckets(ef_buffer *out, const ef_findings *findings)
{
    for (size_t i = 0; i < findings->bucket_count; i++) {
        const ef_bucket *one = &findings->buckets[i];
        place at = { .section = "time", .bucket = one->name };
        count(out, findings, at, "messages", one->messages,
              ef_slice_of(one->is_partial ? "partial" : ""));
        plain(out, findings, at, &one->net);
        plain(out, findings, at, &one->negative);
        plain(out, findings, at, &one->score);
        plain(out, findings, at, &one->rating);
    }
    for (size_t i = 0; i < findings->turn_count; i++) {
        const ef_turn *turn = &findings->turns[i];
        ef_word when = ef_word_date(turn->time_ms);
        place at = { .section = "turn", .bucket = ef_slice_of(when.text) };
        at.name = ef_slice_of("before");
        row(out, findings, at, &turn->before, turn->p, nothing);
        at.name = ef_slice_of("after");
        row(out, findings, at, &turn->after, turn->p, nothing);
    }
}

static void shifted(ef_buffer *out, const ef_findings *findings, const char *section,
                    const ef_shifted *items, size_t item_count)
{
    const ef_comparison *made = &findings->comparison;
    for (size_t i = 0; i < item_count; i++) {
        const ef_shifted *one = &items[i];
        ef_figure before = bare("share", EF_UNIT_SHARE, one->share_before, one->before);
        ef_figure after = bare("share", EF_UNIT_SHARE, one->share_after, one->after);
        before.count = one->before;
        after.count = one->after;
        place at = { .section = section, .group = made->before_name, .name = one->name };
        row(out, findings, at, &before, one->p, nothing);
        at.group = made->after_name;
        row(out, findings, at, &after, one->p, nothing);
    }
}

static void comparison(ef_buffer *out, const ef_findings *findings)
{
    const ef_comparison *made = &findings->comparison;
    if (!made->is_made)
        return;
    for (size_t i = 0; i < made->change_count; i++) {
        const ef_change *change = &made->changes[i];
        place at = { .section = "change", .group = made->before_name };
        row(out, findings, at, &change->before, change->p, ef_slice_of(change->test));
        at.group = made->after_name;
        row(out, findings, at, &change->after, change->p, ef_slice_of(change->test));
        ef_figure difference = change->after;
        difference.key = change->after.key == NULL ? NULL : "difference";
        difference.value = change->difference;
        difference.low = change->low;
        difference.high = change->high;
        difference.count = -1;
        at.group = nothing;
        at.name = ef_slice_of(change->after.key);
        row(out, findings, at, &difference, change->p,
            ef_slice_of(change->is_evidence ? "evidence of a change"
                                            : "no evidence of a change"));
    }
    shifted(out, findings, "risen", made->risen, made->risen_count);
    shifted(out, findings, "fallen", made->fallen, made->fallen_count);
}

static void theme(ef_buffer *out, const ef_findings *findings, const char *section,
                  const ef_theme *one)
{
    place at = { .section = section, .name = one->name };
    count(out, findings, at, "messages", one->messages, nothing);
    plain(out, findings, at, &one->mentions);
    plain(out, findings, at, &one->net);
    plain(out, findings, at, &one->impact);
    if (one->trend == NULL)
        return;
    for (size_t i = 0; i < findings->bucket_count; i++) {
        const ef_bucket *bucket = &findings->buckets[i];
        ef_figure mentions =
            bare("mentions_then", EF_UNIT_PER_100, one->trend[i], bucket->messages);
        at.bucket = bucket->name;
        row(out, findings, at, &mentions, (double)NAN, nothing);
    }
}

static void group(ef_buffer *out, const ef_findings *findings, place at,
                  const ef_group_row *one)
{
    count(out, findings, at, "messages", one->messages, nothing);
    plain(out, findings, at, &one->net);
    plain(out, findings, at, &one->negative);
    plain(out, findings, at, &one->score);
    plain(out, findings, at, &one->rating);
    for (size_t i = 0; i < one->service.count; i++)
        plain(out, findings, at, &one->service.items[i]);
}

static void tables(ef_buffer *out, const ef_findings *findings)
{
    for (size_t i = 0; i < findings->table_count; i++) {
        const ef_group_table *one = &findings->tables[i];
        for (size_t j = 0; j < one->count; j++)
            group(out, findings,
                  (place){ "group", one->column, one->rows[j].name, nothing },
                  &one->rows[j]);
        if (one->rest.messages > 0)
            group(out, findings, (place){ "group_rest", one->column, nothing, nothing },
                  &one->rest);
    }
}

static void customers(ef_buffer *out, const ef_findings *findings, ef_customer_list one)
{
    plain(out, findings, (place){ .section = one.key }, &one.customers->share);
    for (size_t i = 0; i < one.customers->count; i++) {
        const ef_customer *who = &one.customers->items[i];
        count(out, findings,
              (place){ one.key, ef_slice_of(who->level), who->name, nothing }, "points",
              who->points, who->reasons);
    }
}

/* What the figures were made with, in the columns of section, name and text. */
static void engine(ef_buffer *out, const char *name, const char *value)
{
    cell(out, ef_slice_of("engine"));
    cell(out, nothing);
    cell(out, ef_slice_of(name));
    ef_buffer_append_text(out, ",,,,,,,,,,,,"); /* bucket to p */
    ef_cell_append(out, ef_slice_of(value), dialect);
    ef_buffer_append_byte(out, '\n');
}

static void write_csv(ef_buffer *out, const ef_findings *findings,
                      const ef_view_options *options)
{
    (void)options;
    ef_buffer_append_text(out, heading);
    engine(out, "version", findings->engine.version != NULL ? findings->engine.version : "");
    engine(out, "model", findings->engine.model.hash);
    engine(out, "lexicon", findings->engine.lexicon_hash);
    coverage(out, findings);
    for (size_t i = 0; i < EF_SECTION_COUNT; i++) {
        ef_section section = ef_section_at(findings, i);
        for (size_t j = 0; j < section.figures->count; j++)
            plain(out, findings, (place){ .section = section.key },
                  &section.figures->items[j]);
    }
    buckets(out, findings);
    comparison(out, findings);
    for (size_t i = 0; i < EF_THEME_LIST_COUNT; i++) {
        ef_theme_list one = ef_theme_list_at(findings, i);
        for (size_t j = 0; j < one.themes->count; j++)
            theme(out, findings, one.key, &one.themes->items[j]);
    }
    tables(out, findings);
    for (size_t i = 0; i < EF_CUSTOMER_LIST_COUNT; i++)
        customers(out, findings, ef_customer_list_at(findings, i));
    plain(out, findings, (place){ .section = "agreement" }, &findings->agreement.agrees);
    plain(out, findings, (place){ .section = "agreement" }, &findings->agreement.balanced);
}

const ef_view ef_view_csv = {
    .name = "csv",
    .summary = "one flat table, a figure a row",
    .write = write_csv,
};
