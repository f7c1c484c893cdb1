/* SPDX-License-Identifier: MIT
 * aggregate/phrase_rows.c - the last negative messages as rows of the state database.
 *
 *     detector  "#said", "3f9"  the document in a place of the ring: hashes; the texts of
 *                               phrases only that at least five customers have used
 *               "#said", ""     how many there were
 *
 * A common phrase stands as text in the document that made it common or in a later one, so
 * what the ring still holds of it is never without its text. */
#include "aggregate/rows.h"

#include <stdio.h>
#include <stdlib.h>

#include "aggregate/pack.h"
#include "base/error.h"

static ef_status put(ef_state *state, const char *group, ef_buffer *bytes, ef_error *error)
{
    if (bytes->failed)
        return ef_error_memory(error);
    ef_row row = { .table = EF_TABLE_DETECTOR,
                   .detector = { .rule = ef_slice_of("#said"),
                                 .group = ef_slice_of(group),
                                 .state = ef_buffer_slice(bytes) } };
    return ef_state_put(state, &row, error);
}

static void pack_document(ef_buffer *out, const ef_phrases *phrases,
                          const ef_document *document)
{
    ef_pack_int(out, document->minute);
    ef_pack_int(out, (int64_t)document->voice);
    for (int i = 0; i < EF_MOST_GROUPINGS; i++)
        ef_pack_int(out, document->groups[i]);
    ef_pack_int(out, document->count);
    for (uint32_t i = 0; i < document->count; i++) {
        const ef_phrase *phrase = ef_phrases_find(phrases, document->phrases[i]);
        bool is_told = phrase != NULL && phrase->is_common;
        ef_pack_int(out, (int64_t)document->phrases[i]);
        ef_pack_bytes(out, is_told ? (ef_slice){ phrase->text, phrase->size }
                                   : (ef_slice){ NULL, 0 });
    }
}

ef_status ef_phrases_save(const ef_phrases *phrases, ef_state *state, ef_error *error)
{
    ef_buffer bytes = { 0 };
    ef_status status = EF_OK;
    uint64_t oldest =
        phrases->count > EF_KEPT_DOCUMENTS ? phrases->count - EF_KEPT_DOCUMENTS : 0;
    uint64_t from = phrases->saved > oldest ? phrases->saved : oldest;
    if (phrases->saved == phrases->count)
        return EF_OK;
    for (uint64_t i = from; i < phrases->count && status == EF_OK; i++) {
        char group[8];
        size_t place = i % EF_KEPT_DOCUMENTS;
        snprintf(group, sizeof group, "%03x", (unsigned)place);
        ef_buffer_reset(&bytes);
        pack_document(&bytes, phrases, &phrases->documents[place]);
        status = put(state, group, &bytes, error);
    }
    ef_buffer_reset(&bytes);
    ef_pack_int(&bytes, (int64_t)phrases->count);
    ef_pack_int(&bytes, phrases->minute);
    ef_pack_int(&bytes, phrases->in_minute);
    if (status == EF_OK)
        status = put(state, "", &bytes, error);
    ef_buffer_release(&bytes);
    return status;
}

/* The number in "3f9"; false if it is none. */
static bool place_of(ef_slice group, size_t *place)
{
    *place = 0;
    for (size_t i = 0; i < group.size; i++) {
        uint8_t c = group.data[i];
        bool is_digit = c >= '0' && c <= '9';
        if (!is_digit && (c < 'a' || c > 'f'))
            return false;
        *place = *place * 16 + (size_t)(is_digit ? c - '0' : c - 'a' + 10);
    }
    return group.size == 3;
}

static ef_status unpack_document(ef_phrases *phrases, ef_document *document, ef_unpack *in,
                                 ef_error *error)
{
    document->minute = ef_unpack_minute(in);
    document->voice = (uint64_t)ef_unpack_int(in);
    for (int i = 0; i < EF_MOST_GROUPINGS; i++)
        document->groups[i] = (uint32_t)ef_unpack_int(in);
    int64_t count = ef_unpack_int(in);
    in->failed |= count < 0 || count > EF_DOCUMENT_PHRASES;
    for (int64_t i = 0; i < count && !in->failed; i++) {
        ef_said_phrase said = { .hash = (uint64_t)ef_unpack_int(in) };
        ef_slice text = ef_unpack_bytes(in);
        in->failed |= text.size > EF_PHRASE_SIZE || said.hash == 0;
        if (in->failed)
            break;
        said.size = (uint32_t)text.size;
        if (text.size > 0)
            memcpy(said.text, text.data, text.size);
        document->phrases[document->count++] = said.hash;
        if (!ef_phrases_count(phrases, said.hash, document->voice,
                              said.size > 0 ? &said : NULL))
            return ef_error_memory(error);
    }
    return EF_OK;
}

ef_status ef_phrases_load(ef_phrases *phrases, ef_slice group, ef_slice bytes,
                          ef_error *error)
{
    ef_unpack in = { .rest = bytes };
    ef_status status = EF_OK;
    size_t place;
    if (phrases->documents == NULL)
        phrases->documents = calloc(EF_KEPT_DOCUMENTS, sizeof *phrases->documents);
    if (phrases->documents == NULL)
        return ef_error_memory(error);
    if (group.size == 0) {
        phrases->count = phrases->saved = (uint64_t)ef_unpack_int(&in);
        phrases->minute = ef_unpack_int(&in);
        phrases->in_minute = (uint32_t)ef_unpack_int(&in);
    } else if (place_of(group, &place) && phrases->documents[place].count == 0) {
        status = unpack_document(phrases, &phrases->documents[place], &in, error);
    } else {
        in.failed = true;
    }
    if (in.failed)
        return ef_error_set(error, EF_ERR_FORMAT, "the state's phrases are damaged");
    return status;
}
