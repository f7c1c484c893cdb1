/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_audit.c - any bytes as templates of an audit.
 *
 * They are refused with a line, or every group has figures within bounds. */
#include "fuzz.h"

#include "audit/templates.h"
#include "earful/app/audit.h"

enum { FEW_TEXTS = 2000 }; /* scored: more would only be slower */

static void check_group(const ef_audit_group *g)
{
    REQUIRE(g->dimension.size > 0 && g->name.size > 0);
    REQUIRE(g->gap.mean >= -2 && g->gap.mean <= 2 && g->worst >= -2 && g->worst <= 2);
    REQUIRE(g->flips <= g->texts && g->lowered <= g->flips);
    REQUIRE(g->gap.has_interval == (g->sentences > 1));
    REQUIRE(!g->gap.has_interval ||
            (g->gap.low <= g->gap.mean && g->gap.mean <= g->gap.high));
    fuzz_touch(g->worst_text);
    fuzz_touch(g->worst_standard);
    for (size_t i = 0; i < g->because_count; i++)
        fuzz_touch(g->because[i].text);
}

static void check_audit(const ef_audit_source *source)
{
    static ef_engine *engine;
    ef_audited *audited;
    ef_error error = { 0 };
    if (engine == NULL)
        REQUIRE(ef_engine_new(&engine, &(ef_engine_options){ .scorer = "lexicon" },
                              &error) == EF_OK);
    REQUIRE(ef_audit(engine, source, 1, &audited, &error) == EF_OK);
    for (size_t i = 0; i < audited->group_count; i++)
        check_group(&audited->groups[i]);
    REQUIRE(audited->alone_count <= audited->alone_texts);
    for (size_t i = 0; i < audited->alone_count; i++)
        fuzz_touch(audited->alone[i].text);
    ef_audited_free(audited);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ef_error error = { 0 };
    ef_templates templates = { 0 };
    uint8_t *copy = fuzz_copy(data, size);
    ef_audit_source source = { "t.ini", { copy, size } };
    size_t carriers, fills, spellings;
    ef_status status = ef_templates_read(&templates, &source, 1, &error);
    fuzz_check_error(status, &error);
    ef_carriers_of(&templates, &carriers);
    ef_fills_of(&templates, &fills);
    ef_spellings_of(&templates, &spellings);
    size_t most = carriers * fills * (templates.dimensions + 1) + 2 * spellings;
    if (status == EF_OK && most <= FEW_TEXTS)
        check_audit(&source);
    ef_templates_release(&templates);
    free(copy);
    return 0;
}
