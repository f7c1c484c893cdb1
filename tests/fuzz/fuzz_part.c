/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_part.c - a partial result that somebody has tampered with.
 *
 * The checksum is made right, as an attacker would. A part is refused with a message, or
 * it can be settled, saved, read back and added to itself, and findings can be made of it
 * and shown in every view. */
#include "fuzz.h"

#include "findings/findings.h"
#include "tally/part.h"
#include "views/views.h"

static const ef_slice identity = { (const uint8_t *)"fuzz", 4 };

/* Head and identity, with any bytes behind them. */
static ef_buffer seal(const uint8_t *data, size_t size)
{
    ef_plan plan;
    ef_tally tally;
    ef_manifest manifest = { 0 };
    ef_buffer empty = { 0 }, body = { 0 }, sealed = { 0 };
    REQUIRE(ef_plan_make(&plan, &(ef_plan_wishes){ 0 }, NULL) == EF_OK);
    ef_tally_init(&tally, &plan);
    REQUIRE(ef_part_write(&empty, identity, &plan, &manifest, &tally));
    ef_pack_bytes(&body, identity);
    ef_buffer_append(&body, data, size);
    ef_buffer_append(&sealed, empty.data, EF_PART_MAGIC_SIZE + 8);
    ef_pack_int(&sealed, (int64_t)body.size);
    ef_pack_int(&sealed, (int64_t)ef_part_sum(ef_buffer_slice(&body)));
    ef_buffer_append(&sealed, body.data, body.size);
    REQUIRE(!sealed.failed);
    ef_buffer_release(&empty);
    ef_buffer_release(&body);
    ef_tally_release(&tally);
    ef_plan_release(&plan);
    return sealed;
}

/* What is read and settled is written, and read again as the same. */
static void write_and_read(ef_part *part)
{
    ef_part back;
    ef_error error = { 0 };
    ef_buffer once = { 0 }, twice = { 0 };
    REQUIRE(ef_tally_settle(&part->tally));
    REQUIRE(ef_part_write(&once, identity, &part->plan, &part->manifest, &part->tally));
    REQUIRE(ef_part_read(&back, ef_buffer_slice(&once), identity, "part", &error) == EF_OK);
    REQUIRE(ef_tally_settle(&back.tally));
    REQUIRE(ef_part_write(&twice, identity, &back.plan, &back.manifest, &back.tally));
    REQUIRE(fuzz_is_equal(ef_buffer_slice(&once), ef_buffer_slice(&twice)));
    ef_part_release(&back);
    ef_buffer_release(&once);
    ef_buffer_release(&twice);
}

static void look_at(const ef_tally *tally)
{
    ef_findings *findings;
    ef_finding_options options = {
        .engine = { .version = "0", .scorer = "blend", .kernels = "scalar" }
    };
    REQUIRE(ef_findings_make(&findings, tally, &options, NULL) == EF_OK);
    for (size_t i = 0; ef_view_at(i) != NULL; i++) {
        ef_buffer out = { 0 };
        ef_view_options shown = { 0 };
        ef_view_at(i)->write(&out, findings, &shown);
        REQUIRE(!out.failed);
        ef_buffer_release(&out);
    }
    ef_findings_free(findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ef_part part, again;
    ef_error error = { 0 };
    ef_buffer sealed = seal(data, size);
    ef_status status =
        ef_part_read(&part, ef_buffer_slice(&sealed), identity, "part", &error);
    fuzz_check_error(status, &error);
    if (status == EF_OK) {
        REQUIRE(ef_part_read(&again, ef_buffer_slice(&sealed), identity, "part", NULL) ==
                EF_OK);
        write_and_read(&part);
        REQUIRE(ef_tally_merge(&part.tally, &again.tally));
        REQUIRE(ef_tally_settle(&part.tally));
        look_at(&part.tally);
        ef_part_release(&part);
        ef_part_release(&again);
    }
    ef_buffer_release(&sealed);
    return 0;
}
