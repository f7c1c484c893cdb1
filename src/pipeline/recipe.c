/* SPDX-License-Identifier: MIT
 * pipeline/recipe.c - a list of labelled files, and how to read their labels. */
#include "pipeline/recipe.h"

#include <errno.h>
#include <stdio.h>

#include "base/error.h"
#include "earful/scorer.h"

enum { CELLS = 4, PAIRS = 64, PATH_SIZE = 4096, FILE_LIMIT = 1 << 30, FELT = 128 };

typedef struct pair {
    ef_slice old;
    int label;
} pair;

typedef struct line { /* slices of the recipe */
    const char *recipe;
    uint64_t number;
    ef_slice path, family;
    pair pairs[PAIRS];
    size_t pair_count;
    unsigned weight;
} line;

static ef_status read_file(const char *path, ef_buffer *bytes, ef_error *error)
{
    FILE *file = fopen(path, "rb");
    size_t got = 1;
    if (file == NULL)
        return ef_error_set(error, EF_ERR_IO, "cannot open '%s': %s", path,
                            strerror(errno));
    while (got > 0 && bytes->size <= FILE_LIMIT && ef_buffer_reserve(bytes, 1 << 20)) {
        got = fread(bytes->data + bytes->size, 1, 1 << 20, file);
        bytes->size += got;
    }
    bool is_broken = ferror(file) != 0;
    fclose(file);
    if (bytes->failed)
        return ef_error_memory(error);
    if (is_broken)
        return ef_error_set(error, EF_ERR_IO, "cannot read '%s'", path);
    if (bytes->size > FILE_LIMIT)
        return ef_error_set(error, EF_ERR_LIMIT, "'%s' is larger than 1 GiB", path);
    return EF_OK;
}

/* Cuts *rest at the first `end` byte; the piece before it is returned. */
static ef_slice take(ef_slice *rest, uint8_t end)
{
    const uint8_t *at = rest->size == 0 ? NULL : memchr(rest->data, end, rest->size);
    ef_slice piece = { rest->data, at == NULL ? rest->size : (size_t)(at - rest->data) };
    size_t used = piece.size + (at != NULL);
    *rest = (ef_slice){ used == 0 ? rest->data : rest->data + used, rest->size - used };
    return piece;
}

static bool is(ef_slice slice, const char *text)
{
    return slice.size == strlen(text) && memcmp(slice.data, text, slice.size) == 0;
}

static ef_status bad(const line *l, const char *what, ef_error *error)
{
    return ef_error_set_at(error, EF_ERR_FORMAT, l->number, 0, 0,
                           "recipe '%s', line %llu: %s", l->recipe,
                           (unsigned long long)l->number, what);
}

/* What a label becomes: EF_NEGATIVE and so on, or FELT and the bit of an emotion. -1 for an
 * unknown word. */
static int new_label(ef_slice word)
{
    if (is(word, "words"))
        return EF_WORDS_ONLY;
    if (is(word, "foreign"))
        return EF_FOREIGN;
    for (int i = 0; i < EF_EMOTION_COUNT; i++)
        if (is(word, ef_emotion_name((ef_emotion)i)))
            return FELT | 1 << i;
    return ef_label_read(word);
}

static ef_status parse_pairs(line *l, ef_slice cell, ef_error *error)
{
    while (cell.size > 0) {
        ef_slice new = take(&cell, ' '), old = take(&new, '=');
        if (old.size == 0)
            continue;
        int label = new_label(new);
        if (label < 0)
            return bad(l,
                       "a label must become negative, neutral, positive, words, foreign or "
                       "an emotion",
                       error);
        if (l->pair_count > 0 && (label & FELT) != (l->pairs[0].label & FELT))
            return bad(l, "emotions stand on a line of their own", error);
        if (l->pair_count == PAIRS)
            return bad(l, "more than 64 labels", error);
        l->pairs[l->pair_count++] = (pair){ old, label };
    }
    return l->pair_count > 0 ? EF_OK : bad(l, "no labels", error);
}

/* Digits with at most two decimals, as hundredths; 0 if it is none. */
static unsigned parse_weight(ef_slice cell)
{
    unsigned value = 0, decimals = 0;
    bool has_point = false;
    for (size_t i = 0; i < cell.size; i++) {
        uint8_t c = cell.data[i];
        if (c == '.' && !has_point) {
            has_point = true;
            continue;
        }
        if (c < '0' || c > '9' || value > 10000 || decimals == 2)
            return 0;
        value = value * 10 + (unsigned)(c - '0');
        decimals += has_point;
    }
    for (; decimals < 2; decimals++)
        value *= 10;
    return value <= 10000 ? value : 0;
}

static ef_status parse_line(line *l, ef_slice text, ef_error *error)
{
    ef_slice cells[CELLS];
    for (int i = 0; i < CELLS; i++)
        cells[i] = take(&text, '\t');
    l->path = cells[0];
    l->family = cells[1];
    l->pair_count = 0;
    l->weight = cells[3].size == 0 ? EF_WHOLE_WEIGHT : parse_weight(cells[3]);
    if (l->path.size == 0 || l->family.size == 0)
        return bad(l, "path or family is missing", error);
    if (l->weight == 0)
        return bad(l, "the weight must be 0.01 to 100", error);
    return parse_pairs(l, cells[2], error);
}

static int label_of(const line *l, ef_slice old)
{
    for (size_t i = 0; i < l->pair_count; i++) {
        ef_slice name = l->pairs[i].old;
        if (is(name, "*") ||
            (name.size == old.size && memcmp(name.data, old.data, old.size) == 0))
            return l->pairs[i].label;
    }
    return -1;
}

/* What the labels of a row, joined by ',', are together: emotions make a set, all others
 * must agree. -1 for a row that is left out. */
static int label_of_row(const line *l, ef_slice labels)
{
    int together = label_of(l, take(&labels, ','));
    while (labels.size > 0 && together >= 0) {
        int more = label_of(l, take(&labels, ','));
        bool is_set = more >= 0 && (more & FELT) != 0;
        together = is_set ? together | more : more == together ? more : -1;
    }
    return together < 0 ? -1 : together & ~FELT;
}

static bool add_rows(ef_texts *texts, const line *l, size_t family, ef_slice rows)
{
    while (rows.size > 0) {
        ef_slice text = take(&rows, '\n'), old = take(&text, '\t');
        int label = label_of_row(l, old);
        if (label >= 0 &&
            !ef_texts_add(texts, text, (unsigned)label, (unsigned)family, l->weight))
            return false;
    }
    return true;
}

static ef_status add_file(ef_texts *texts, const line *l, const char *folder,
                          ef_error *error)
{
    char path[PATH_SIZE];
    int size =
        snprintf(path, sizeof path, "%s%s%.*s", folder == NULL ? "" : folder,
                 folder == NULL ? "" : "/", (int)l->path.size, (const char *)l->path.data);
    if (size < 0 || size >= PATH_SIZE)
        return bad(l, "the path is too long", error);
    size_t family = ef_texts_family(texts, l->family);
    if (family == EF_FAMILY_LIMIT)
        return bad(l, "more than 32 families, or a name of over 31 bytes", error);
    ef_buffer bytes = { 0 };
    ef_status status = read_file(path, &bytes, error);
    if (status == EF_OK && !add_rows(texts, l, family, ef_buffer_slice(&bytes)))
        status = ef_error_memory(error);
    ef_buffer_release(&bytes);
    return status;
}

ef_status ef_recipe_read(ef_texts *texts, ef_texts *felt, const char *recipe_path,
                         const char *folder, ef_error *error)
{
    ef_buffer bytes = { 0 };
    ef_status status = read_file(recipe_path, &bytes, error);
    ef_slice rest = ef_buffer_slice(&bytes);
    line l = { .recipe = recipe_path };
    while (status == EF_OK && rest.size > 0) {
        ef_slice text = take(&rest, '\n');
        l.number++;
        if (text.size == 0 || text.data[0] == '#')
            continue;
        status = parse_line(&l, text, error);
        if (status != EF_OK)
            break;
        ef_texts *to = l.pairs[0].label & FELT ? felt : texts;
        if (to != NULL)
            status = add_file(to, &l, folder, error);
    }
    ef_buffer_release(&bytes);
    return status;
}
