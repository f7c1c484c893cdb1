/* SPDX-License-Identifier: MIT
 * cli/redacted_text.c - one text of which many parts are shown, with its personal data left
 * out. */
#include "redacted_text.h"

#include <stdlib.h>
#include <string.h>

void ef_redacted_text_release(ef_redacted_text *redacted)
{
    free(redacted->pieces);
    free(redacted->masked);
}

static bool add_piece(ef_redacted_text *redacted, const ef_personal *piece)
{
    if (redacted->count == redacted->capacity) {
        size_t capacity = redacted->capacity > 0 ? 2 * redacted->capacity : 16;
        ef_personal *grown = realloc(redacted->pieces, capacity * sizeof *grown);
        if (grown == NULL)
            return false;
        redacted->pieces = grown;
        redacted->capacity = capacity;
    }
    redacted->pieces[redacted->count++] = *piece;
    return true;
}

bool ef_redacted_text_set(ef_redacted_text *redacted, ef_slice text)
{
    ef_personal piece;
    size_t size = text.size + 1;
    redacted->text = text;
    redacted->count = 0;
    if (!ef_redactor_start(redacted->redactor, text))
        return false;
    while (ef_redactor_next(redacted->redactor, &piece)) {
        if (!add_piece(redacted, &piece))
            return false;
        size += strlen(piece.kind->token);
    }
    char *masked = realloc(redacted->masked, size);
    if (masked == NULL)
        return false;
    redacted->masked = masked;
    return true;
}

/* The first piece that ends behind the place. */
static size_t piece_behind(const ef_redacted_text *redacted, size_t place)
{
    size_t low = 0, high = redacted->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (redacted->pieces[middle].end > place)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

ef_slice ef_redacted_text_part(ef_redacted_text *redacted, size_t begin, size_t end)
{
    const uint8_t *bytes = redacted->text.data;
    size_t i = piece_behind(redacted, begin), copied = begin;
    if (i == redacted->count || redacted->pieces[i].begin >= end)
        return (ef_slice){ bytes + begin, end - begin };
    char *out = redacted->masked;
    for (; i < redacted->count && redacted->pieces[i].begin < end; i++) {
        const ef_personal *piece = &redacted->pieces[i];
        if (piece->begin > copied) {
            memcpy(out, bytes + copied, piece->begin - copied);
            out += piece->begin - copied;
        }
        out = stpcpy(out, piece->kind->token);
        copied = piece->end;
    }
    if (copied < end) {
        memcpy(out, bytes + copied, end - copied);
        out += end - copied;
    }
    return (ef_slice){ (uint8_t *)redacted->masked, (size_t)(out - redacted->masked) };
}
