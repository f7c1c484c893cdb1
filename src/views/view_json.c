/* SPDX-License-Identifier: MIT
 * views/view_json.c - findings for machines: one document, or one finding a line.
 *
 * Both are one walk over the findings. In the document a head holds its lists; as lines the
 * head is a line of its own, and each item names its kind and its list. */
#include "views/views.h"

#include "base/json_out.h"
#include "views/json_parts.h"
#include "views/sections.h"

typedef struct walk {
    ef_buffer *out;
    const ef_findings *findings;
    bool is_lines;
} walk;

static void name_kind(const walk *at, const char *kind, ef_slice list)
{
    ef_json_open(at->out, NULL, '{');
    if (!at->is_lines)
        return;
    ef_json_text(at->out, "kind", ef_slice_of(kind));
    if (list.size > 0)
        ef_json_text(at->out, "list", list);
}

/* A head: key NULL for one that is an item itself. Fields follow, then fields_end, the
 * lists that it holds, and head_end. */
static void head(const walk *at, const char *kind, const char *key)
{
    if (at->is_lines || key == NULL)
        name_kind(at, kind, (ef_slice){ NULL, 0 });
    else
        ef_json_open(at->out, key, '{');
}

static void fields_end(const walk *at)
{
    if (at->is_lines)
        ef_buffer_append_text(at->out, "}\n");
}

static void head_end(const walk *at)
{
    if (!at->is_lines)
        ef_json_close(at->out, '}');
}

static void list(const walk *at, const char *key)
{
    if (!at->is_lines)
        ef_json_open(at->out, key, '[');
}

static void list_end(const walk *at)
{
    if (!at->is_lines)
        ef_json_close(at->out, ']');
}

static void item(const walk *at, const char *kind, ef_slice of)
{
    name_kind(at, kind, of);
}

static void item_end(const walk *at)
{
    ef_json_close(at->out, '}');
    if (at->is_lines)
        ef_buffer_append_byte(at->out, '\n');
}

static void figures(const walk *at)
{
    for (size_t i = 0; i < EF_SECTION_COUNT; i++) {
        ef_section section = ef_section_at(at->findings, i);
        list(at, section.key);
        for (size_t j = 0; j < section.figures->count; j++) {
            item(at, "figure", ef_slice_of(section.key));
            ef_json_figure(at->out, at->findings, &section.figures->items[j]);
            item_end(at);
        }
        list_end(at);
    }
}

static void times(const walk *at)
{
    const ef_findings *findings = at->findings;
    list(at, "buckets");
    for (size_t i = 0; i < findings->bucket_count; i++) {
        item(at, "bucket", (ef_slice){ NULL, 0 });
        ef_json_bucket(at->out, findings, &findings->buckets[i]);
        item_end(at);
    }
    list_end(at);
    list(at, "turns");
    for (size_t i = 0; i < findings->turn_count; i++) {
        item(at, "turn", (ef_slice){ NULL, 0 });
        ef_json_turn(at->out, findings, &findings->turns[i]);
        item_end(at);
    }
    list_end(at);
}

static void shifted(const walk *at, const char *key, const ef_shifted *items, size_t count)
{
    list(at, key);
    for (size_t i = 0; i < count; i++) {
        item(at, "shifted", ef_slice_of(key));
        ef_json_shifted(at->out, at->findings, &items[i]);
        item_end(at);
    }
    list_end(at);
}

static void comparison(const walk *at)
{
    const ef_comparison *made = &at->findings->comparison;
    head(at, "comparison", "comparison");
    ef_json_comparison(at->out, made);
    fields_end(at);
    if (made->is_made) {
        list(at, "changes");
        for (size_t i = 0; i < made->change_count; i++) {
            item(at, "change", (ef_slice){ NULL, 0 });
            ef_json_change(at->out, at->findings, &made->changes[i]);
            item_end(at);
        }
        list_end(at);
        shifted(at, "risen", made->risen, made->risen_count);
        shifted(at, "fallen", made->fallen, made->fallen_count);
    }
    head_end(at);
}

static void themes(const walk *at)
{
    for (size_t i = 0; i < EF_THEME_LIST_COUNT; i++) {
        ef_theme_list one = ef_theme_list_at(at->findings, i);
        list(at, one.key);
        for (size_t j = 0; j < one.themes->count; j++) {
            item(at, "theme", ef_slice_of(one.key));
            ef_json_theme(at->out, at->findings, &one.themes->items[j]);
            item_end(at);
        }
        list_end(at);
    }
}

static void table(const walk *at, const ef_group_table *groups)
{
    head(at, "table", NULL);
    ef_json_text(at->out, "column", groups->column);
    ef_json_comma(at->out);
    ef_json_key(at->out, "groups");
    ef_buffer_append_int(at->out, groups->groups);
    fields_end(at);
    list(at, "rows");
    for (size_t i = 0; i < groups->count; i++) {
        item(at, "group", groups->column);
        ef_json_group(at->out, at->findings, &groups->rows[i]);
        item_end(at);
    }
    list_end(at);
    if (groups->rest.messages > 0) {
        if (at->is_lines)
            item(at, "rest", groups->column);
        else
            ef_json_open(at->out, "rest", '{');
        ef_json_group(at->out, at->findings, &groups->rest);
        item_end(at);
    }
    head_end(at);
}

static void customers(const walk *at, ef_customer_list one)
{
    head(at, one.key, one.key);
    ef_json_comma(at->out);
    ef_json_key(at->out, "total");
    ef_buffer_append_int(at->out, one.customers->total);
    if (one.customers->share.key != NULL) {
        ef_json_open(at->out, "share", '{');
        ef_json_figure(at->out, at->findings, &one.customers->share);
        ef_json_close(at->out, '}');
    }
    fields_end(at);
    list(at, "customers");
    for (size_t i = 0; i < one.customers->count; i++) {
        item(at, "customer", ef_slice_of(one.key));
        ef_json_customer(at->out, &one.customers->items[i]);
        item_end(at);
    }
    list_end(at);
    head_end(at);
}

static void who(const walk *at)
{
    list(at, "tables");
    for (size_t i = 0; i < at->findings->table_count; i++)
        table(at, &at->findings->tables[i]);
    list_end(at);
    for (size_t i = 0; i < EF_CUSTOMER_LIST_COUNT; i++)
        customers(at, ef_customer_list_at(at->findings, i));
}

static void agreement(const walk *at)
{
    const ef_agreement *stars = &at->findings->agreement;
    if (stars->agrees.key == NULL)
        return;
    head(at, "agreement", "agreement");
    ef_json_agreement(at->out, at->findings);
    fields_end(at);
    list(at, "parts");
    for (size_t i = 0; i < stars->part_count; i++) {
        item(at, "part", (ef_slice){ NULL, 0 });
        ef_json_part(at->out, &stars->parts[i], stars->part_ratings[i]);
        item_end(at);
    }
    list_end(at);
    head_end(at);
}

static void remarks(const walk *at)
{
    list(at, "remarks");
    for (size_t i = 0; i < at->findings->remark_count; i++) {
        item(at, "remark", (ef_slice){ NULL, 0 });
        ef_json_text(at->out, "text", at->findings->remarks[i].text);
        item_end(at);
    }
    list_end(at);
}

static void write_walk(const walk *at)
{
    ef_buffer_append_text(at->out, "{\"schema\":1,\"kind\":\"report\"");
    ef_json_report(at->out, at->findings);
    fields_end(at);
    figures(at);
    times(at);
    comparison(at);
    themes(at);
    who(at);
    agreement(at);
    remarks(at);
    if (!at->is_lines)
        ef_buffer_append_text(at->out, "}\n");
}

static void write_json(ef_buffer *out, const ef_findings *findings,
                       const ef_view_options *options)
{
    (void)options;
    write_walk(&(walk){ out, findings, false });
}

static void write_ndjson(ef_buffer *out, const ef_findings *findings,
                         const ef_view_options *options)
{
    (void)options;
    write_walk(&(walk){ out, findings, true });
}

const ef_view ef_view_json = {
    .name = "json",
    .summary = "one document with every figure in full",
    .shown = EF_SHOWN_AS_JSON,
    .write = write_json,
};

const ef_view ef_view_ndjson = {
    .name = "ndjson",
    .summary = "the same, one figure, theme or group a line",
    .shown = EF_SHOWN_AS_JSON,
    .write = write_ndjson,
};
