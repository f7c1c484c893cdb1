/* SPDX-License-Identifier: MIT
 * audit/blame.c - the words that make a gap.
 *
 * Rows of a table are what reasons say: kind and words, ASCII letters in lower case.
 * Columns are groups. A row is found by open addressing, in places at most half full. */
#include "audit/blame.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/hash.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

typedef struct row {
    uint64_t hash;
    size_t words, size; /* where they stand in `text` */
    ef_reason_kind kind;
} row;

/* What a row is to a group. */
typedef struct cell {
    double sum;
    bool is_own; /* some text of the group has it */
} cell;

struct ef_blame {
    size_t columns, count, slots; /* slots: a power of two */
    uint32_t *places;             /* [slot]: a row's number + 1, 0 for none */
    ef_buffer rows, cells, text, folded;
};

enum { FIRST_SLOTS = 4096 };

/* A weight below this part of a unit is rounding, or nothing anybody would act on. */
static const double least_weight = 0.05;

ef_blame *ef_blame_new(size_t columns)
{
    ef_blame *blame = calloc(1, sizeof *blame);
    if (blame == NULL)
        return NULL;
    blame->columns = columns;
    blame->slots = FIRST_SLOTS;
    blame->places = calloc(blame->slots, sizeof *blame->places);
    if (blame->places != NULL)
        return blame;
    free(blame);
    return NULL;
}

void ef_blame_free(ef_blame *blame)
{
    if (blame == NULL)
        return;
    free(blame->places);
    ef_buffer_release(&blame->rows);
    ef_buffer_release(&blame->cells);
    ef_buffer_release(&blame->text);
    ef_buffer_release(&blame->folded);
    free(blame);
}

/* Through void: the lists lie in memory from malloc, so they are aligned. */
static row *rows_of(const ef_blame *blame)
{
    void *rows = blame->rows.data;
    return rows;
}

static cell *cells_of(const ef_blame *blame, size_t at)
{
    void *cells = blame->cells.data;
    return (cell *)cells + at * blame->columns;
}

static bool grow(ef_blame *blame)
{
    uint32_t *places = calloc(2 * blame->slots, sizeof *places);
    if (places == NULL)
        return false;
    free(blame->places);
    blame->places = places;
    blame->slots *= 2;
    for (size_t i = 0; i < blame->count; i++) {
        size_t slot = ef_hash_place(rows_of(blame)[i].hash, places, blame->slots);
        while (places[slot] != 0)
            slot = (slot + 1) & (blame->slots - 1);
        places[slot] = (uint32_t)i + 1;
    }
    return true;
}

static bool add_row(ef_blame *blame, size_t slot, const row *made)
{
    row new = *made;
    new.words = blame->text.size;
    if (!ef_buffer_append_slice(&blame->text, ef_buffer_slice(&blame->folded)) ||
        !ef_buffer_append(&blame->rows, &new, sizeof new) ||
        !ef_buffer_reserve(&blame->cells, blame->columns * sizeof(cell)))
        return false;
    memset(blame->cells.data + blame->cells.size, 0, blame->columns * sizeof(cell));
    blame->cells.size += blame->columns * sizeof(cell);
    blame->places[slot] = (uint32_t)++blame->count;
    return 2 * blame->count <= blame->slots || grow(blame);
}

static bool is_row(const ef_blame *blame, const row *known, const row *made)
{
    return known->hash == made->hash && known->kind == made->kind &&
           known->size == made->size &&
           memcmp(blame->text.data + known->words, blame->folded.data, made->size) == 0;
}

/* The row of what a reason says, made if it is new. */
static bool find_row(ef_blame *blame, ef_reason_kind kind, ef_slice words, size_t *at)
{
    ef_buffer_reset(&blame->folded);
    for (size_t i = 0; i < words.size; i++) {
        uint8_t byte = words.data[i];
        ef_buffer_append_byte(&blame->folded, byte >= 'A' && byte <= 'Z'
                                                  ? (uint8_t)(byte - 'A' + 'a')
                                                  : byte);
    }
    if (blame->folded.failed)
        return false;
    row made = { .kind = kind, .size = words.size };
    made.hash = ef_hash_combine(ef_hash_bytes(blame->folded.data, words.size), kind);
    size_t slot = ef_hash_place(made.hash, blame->places, blame->slots);
    for (; blame->places[slot] != 0; slot = (slot + 1) & (blame->slots - 1)) {
        *at = blame->places[slot] - 1;
        if (is_row(blame, &rows_of(blame)[*at], &made))
            return true;
    }
    *at = blame->count;
    return add_row(blame, slot, &made);
}

bool ef_blame_add(ef_blame *blame, const double *share, size_t column, ef_slice text,
                  const ef_explanation *explanation)
{
    for (size_t i = 0; i < explanation->reason_count; i++) {
        const ef_reason *reason = &explanation->reasons[i];
        size_t at;
        if (reason->kind == EF_REASON_SIGNAL || reason->kind == EF_REASON_EMOTION ||
            reason->begin == reason->end)
            continue;
        ef_slice words = { text.data + reason->begin, reason->end - reason->begin };
        if (!find_row(blame, reason->kind, words, &at))
            return false;
        cell *cells = cells_of(blame, at);
        cells[column].is_own = true;
        for (size_t group = 0; group < blame->columns; group++)
            cells[group].sum += share[group] * reason->weight;
    }
    return true;
}

static double size_of(double x)
{
    return x < 0 ? -x : x;
}

bool ef_blame_words(const ef_blame *blame, size_t column, double gap, uint64_t sentences,
                    ef_arena *arena, ef_audit_word words[EF_AUDIT_WORDS], size_t *count)
{
    *count = 0;
    for (size_t i = 0; i < blame->count && sentences > 0; i++) {
        const cell *own = &cells_of(blame, i)[column];
        const row *what = &rows_of(blame)[i];
        double weight = own->sum / (double)sentences;
        if (size_of(weight) < least_weight || (weight < 0) != (gap < 0))
            continue;
        size_t at = *count;
        while (at > 0 && size_of(words[at - 1].weight) < size_of(weight))
            at--;
        if (at == EF_AUDIT_WORDS)
            continue;
        ef_slice text = { blame->text.data + what->words, what->size };
        *count += *count < EF_AUDIT_WORDS;
        memmove(&words[at + 1], &words[at], (*count - 1 - at) * sizeof *words);
        words[at] = (ef_audit_word){ text, what->kind, weight, !own->is_own };
    }
    for (size_t i = 0; i < *count; i++) {
        words[i].text.data = (const uint8_t *)ef_arena_copy(arena, words[i].text);
        if (words[i].text.data == NULL)
            return false;
    }
    return true;
}
