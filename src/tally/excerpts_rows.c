/* SPDX-License-Identifier: MIT
 * tally/excerpts_rows.c - sampled messages as bytes and back. What is read back is not
 * believed. */
#include "tally/excerpts.h"

bool ef_excerpts_save(const ef_excerpts *excerpts, ef_buffer *out)
{
    ef_pack_int(out, (int64_t)excerpts->each);
    ef_pack_int(out, (int64_t)excerpts->count);
    for (size_t i = 0; i < excerpts->count; i++) {
        const ef_excerpt *s = &excerpts->items[i];
        const int64_t numbers[] = {
            (int64_t)s->order, (int64_t)s->voice, (int64_t)s->print,     (int64_t)s->topics,
            s->time_ms,        s->score,          s->label + 4 * s->side
        };
        for (size_t k = 0; k < sizeof numbers / sizeof numbers[0]; k++)
            ef_pack_int(out, numbers[k]);
        ef_pack_bytes(out, ef_excerpt_text(excerpts, s));
        ef_pack_bytes(out, ef_excerpt_id(excerpts, s));
    }
    return !out->failed;
}

static bool unpack_numbers(ef_unpack *in, ef_excerpt *s)
{
    *s = (ef_excerpt){ .order = (uint64_t)ef_unpack_int(in) };
    s->voice = (uint64_t)ef_unpack_int(in);
    s->print = (uint64_t)ef_unpack_int(in);
    s->topics = (uint64_t)ef_unpack_int(in);
    s->time_ms = ef_unpack_int(in);
    int64_t score = ef_unpack_int(in), kind = ef_unpack_int(in);
    s->score = (int32_t)score;
    s->label = (uint8_t)(kind & 3);
    s->side = (uint8_t)(kind >> 2);
    return !in->failed && score >= -EF_UNIT && score <= EF_UNIT && kind >= 0 &&
           kind < 4 * EF_SIDES && s->label != EF_LABEL_NONE;
}

/* False without memory. */
static bool unpack_sample(ef_excerpts *excerpts, ef_unpack *in, ef_excerpt *s)
{
    in->failed |= !unpack_numbers(in, s);
    ef_slice text = ef_unpack_bytes(in), id = ef_unpack_bytes(in);
    in->failed |= text.size > UINT16_MAX || id.size > EF_EXCERPT_ID;
    if (in->failed)
        return true;
    s->begin = (uint32_t)excerpts->bytes.size;
    s->text_size = (uint16_t)text.size;
    s->id_size = (uint16_t)id.size;
    return ef_buffer_append_slice(&excerpts->bytes, text) &&
           ef_buffer_append_slice(&excerpts->bytes, id);
}

bool ef_excerpts_load(ef_excerpts *excerpts, ef_unpack *in)
{
    enum { LEAST_BYTES = 9 * sizeof(int64_t) };
    uint64_t each = (uint64_t)ef_unpack_int(in), count = (uint64_t)ef_unpack_int(in);
    bool fits = true;
    in->failed |= each > EF_MOST_EXCERPTS || count > in->rest.size / LEAST_BYTES;
    excerpts->each = (size_t)each;
    for (uint64_t i = 0; i < count && fits && !in->failed; i++) {
        fits = ef_excerpts_reserve(excerpts);
        if (fits)
            fits = unpack_sample(excerpts, in, &excerpts->items[excerpts->count++]);
    }
    if (!fits || in->failed)
        ef_excerpts_release(excerpts);
    return fits;
}
