/* SPDX-License-Identifier: MIT
 * tally/part.c - a partial result: a tally as a file. */
#include "tally/part.h"

#include "base/error.h"
#include "base/hash.h"

enum { HEAD_SIZE = EF_PART_MAGIC_SIZE + 3 * 8, VERSION = 1 };

/* A byte that is no text and both line ends: a copy in text mode breaks it at once. */
static const uint8_t magic[EF_PART_MAGIC_SIZE] = { 0x89, 'E',  'F',  'P',
                                                   'T',  '\r', '\n', 0x1A };

bool ef_part_is(ef_slice bytes)
{
    return bytes.size >= sizeof magic && memcmp(bytes.data, magic, sizeof magic) == 0;
}

uint64_t ef_part_sum(ef_slice body)
{
    return ef_hash_bytes(body.data, body.size);
}

static bool write_body(ef_buffer *body, ef_slice identity, const ef_plan *plan,
                       const ef_manifest *manifest, const ef_tally *tally)
{
    ef_pack_bytes(body, identity);
    return ef_plan_save(plan, body) && ef_manifest_save(manifest, body) &&
           ef_tally_save(tally, body);
}

bool ef_part_write(ef_buffer *out, ef_slice identity, const ef_plan *plan,
                   const ef_manifest *manifest, const ef_tally *tally)
{
    ef_buffer body = { 0 };
    bool is_good = write_body(&body, identity, plan, manifest, tally) && !body.failed;
    if (is_good) {
        ef_buffer_append(out, magic, sizeof magic);
        ef_pack_int(out, VERSION);
        ef_pack_int(out, (int64_t)body.size);
        ef_pack_int(out, (int64_t)ef_part_sum(ef_buffer_slice(&body)));
        ef_buffer_append(out, body.data, body.size);
        is_good = !out->failed;
    }
    ef_buffer_release(&body);
    return is_good;
}

void ef_part_release(ef_part *part)
{
    ef_tally_release(&part->tally);
    ef_manifest_release(&part->manifest);
    ef_plan_release(&part->plan);
}

static ef_status damaged(const char *label, ef_error *error)
{
    return ef_error_set(error, EF_ERR_FORMAT,
                        "'%s' is damaged: make this partial result again", label);
}

static ef_status read_head(ef_unpack *in, ef_slice bytes, const char *label,
                           ef_error *error)
{
    if (!ef_part_is(bytes))
        return ef_error_set(error, EF_ERR_FORMAT, "'%s' is no partial result of a report",
                            label);
    in->rest = (ef_slice){ bytes.data + sizeof magic, bytes.size - sizeof magic };
    int64_t version = ef_unpack_int(in), size = ef_unpack_int(in);
    uint64_t sum = (uint64_t)ef_unpack_int(in);
    if (!in->failed && version != VERSION)
        return ef_error_set(error, EF_ERR_FORMAT,
                            "'%s' was made by another version of earful: make it again",
                            label);
    if (in->failed || size < 0 || (uint64_t)size != in->rest.size ||
        ef_part_sum(in->rest) != sum)
        return damaged(label, error);
    return EF_OK;
}

static ef_status check_identity(ef_unpack *in, ef_slice identity, const char *label,
                                ef_error *error)
{
    ef_slice own = ef_unpack_bytes(in);
    if (in->failed)
        return damaged(label, error);
    if (own.size != identity.size || memcmp(own.data, identity.data, own.size) != 0)
        return ef_error_set(
            error, EF_ERR_ARGUMENT,
            "'%s' was made with another model, lexicon, --redact-patterns or version of "
            "earful: name these, or make it again",
            label);
    return EF_OK;
}

static ef_status read_body(ef_part *part, ef_unpack *in, const char *label, ef_error *error)
{
    ef_status status = ef_plan_load(&part->plan, in, error);
    if (status == EF_ERR_FORMAT)
        return damaged(label, error);
    if (status != EF_OK)
        return status;
    ef_tally_init(&part->tally, &part->plan);
    if (!ef_manifest_load(&part->manifest, in) || !ef_tally_load(&part->tally, in))
        return ef_error_memory(error);
    return in->failed || in->rest.size > 0 ? damaged(label, error) : EF_OK;
}

ef_status ef_part_read(ef_part *part, ef_slice bytes, ef_slice identity, const char *label,
                       ef_error *error)
{
    ef_unpack in = { bytes, false };
    *part = (ef_part){ 0 };
    ef_status status = read_head(&in, bytes, label, error);
    if (status == EF_OK)
        status = check_identity(&in, identity, label, error);
    if (status == EF_OK)
        status = read_body(part, &in, label, error);
    if (status != EF_OK)
        ef_part_release(part);
    return status;
}
