/* SPDX-License-Identifier: MIT
 * lexicon/lexicon_tsv.c - lexicon files as people write them.
 *
 * A line is `term TAB value [TAB extra]`, in sections; lexicons/README.md has the grammar.
 * A term goes through the tokenizer like any text, so that an entry which no text can ever
 * match is found here and said aloud. Alternatives (a|b) are expanded into paths of the
 * table, one path a combination. */
#include "lexicon/lexicon_build.h"
#include "lexicon/lexicon_value.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

enum { ALTERNATIVES = 64, COMBINATIONS = 8192, TERM_SIZE = 512, TOKENS_OF_STEP = 6 };

/* One word of a phrase: a slot, or alternatives, each of which is a few tokens; the token
 * of <n> is EF_SLOT_NUMBER. */
typedef struct step {
    uint64_t slot; /* 0: no slot */
    uint64_t tokens[ALTERNATIVES][TOKENS_OF_STEP];
    size_t token_count[ALTERNATIVES];
    size_t count;
} step;

typedef struct file_reader {
    ef_lexicon_builder *builder;
    const char *path;
    ef_lexicon_finding_fn *found;
    void *user;
    ef_error *error;
    ef_status status;
    uint64_t line;
    size_t entries;
    ef_lexicon_section section;
    step steps[EF_PHRASE_WORDS];
    size_t step_count;
    ef_lexicon_entry value; /* fields of the current line's value */
    size_t new_paths;       /* of the current line that no earlier line has */
    bool conflicts;         /* an earlier line gives one of its paths another value */
} file_reader;

static bool report(file_reader *file, bool is_error, size_t column, const char *message)
{
    if (file->found != NULL) {
        ef_lexicon_finding finding = { is_error, file->line, column, message };
        file->found(file->user, &finding);
    }
    if (is_error && file->status == EF_OK)
        file->status = ef_error_set_at(file->error, EF_ERR_FORMAT, file->line, column, 0,
                                       "%s:%llu:%zu: %s", file->path,
                                       (unsigned long long)file->line, column, message);
    return false;
}

static bool equals(ef_slice slice, const char *text)
{
    return slice.size == strlen(text) && memcmp(slice.data, text, slice.size) == 0;
}

/* --- the term -------------------------------------------------------------------- */

static bool is_content(const ef_token *token)
{
    return token->kind == EF_TOKEN_WORD || token->kind == EF_TOKEN_NUMBER ||
           token->kind == EF_TOKEN_EMOJI || token->kind == EF_TOKEN_EMOTICON;
}

/* Whether the tokens give all of the normal text but marks that phrases pass over. */
static bool is_covered(const ef_lexicon_builder *builder)
{
    size_t at = 0;
    for (size_t i = 0; i <= builder->tokens.count; i++) {
        const ef_token *token =
            i < builder->tokens.count ? &builder->tokens.items[i] : NULL;
        if (token != NULL && !is_content(token))
            continue;
        size_t begin = token == NULL ? builder->normal.size : token->begin;
        for (; at < begin; at++)
            if (memchr(" ,-./&'\"", builder->normal.bytes[at], 8) == NULL)
                return false;
        at = token == NULL ? at : begin + token->size;
    }
    return true;
}

/* The tokens of one alternative, as scoring would see them. */
static bool tokens_of(file_reader *file, ef_slice text, step *into, size_t column)
{
    ef_lexicon_builder *builder = file->builder;
    if (equals(text, "<n>")) {
        into->tokens[into->count][0] = EF_SLOT_NUMBER;
        into->token_count[into->count++] = 1;
        return true;
    }
    if (!ef_normalize(&builder->normal, ef_kernels_at(0), text, TERM_SIZE) ||
        !ef_tokenize(&builder->tokens, &builder->normal, NULL)) {
        file->status = ef_error_memory(file->error);
        return false;
    }
    size_t count = 0;
    for (size_t i = 0; i < builder->tokens.count; i++) {
        const ef_token *token = &builder->tokens.items[i];
        if (!is_content(token))
            continue;
        if (count == TOKENS_OF_STEP)
            return report(file, true, column, "too many words joined into one");
        into->tokens[into->count][count++] = token->hash;
        if (into == file->steps)
            ef_slips_add(builder->slips, builder->normal.bytes + token->begin, token->size);
    }
    if (count == 0 || !is_covered(builder))
        return report(file, false, column,
                      "the tokenizer never gives this term: no text "
                      "can match it");
    into->token_count[into->count++] = count;
    return true;
}

/* Whether the whole term is one emoji or emoticon: then | and * are a part of its face. */
static bool is_face(file_reader *file, ef_slice term)
{
    ef_lexicon_builder *builder = file->builder;
    return ef_normalize(&builder->normal, ef_kernels_at(0), term, TERM_SIZE) &&
           ef_tokenize(&builder->tokens, &builder->normal, NULL) &&
           builder->tokens.count == 1 &&
           (builder->tokens.items[0].kind == EF_TOKEN_EMOTICON ||
            builder->tokens.items[0].kind == EF_TOKEN_EMOJI);
}

static bool parse_step(file_reader *file, ef_slice word, size_t column)
{
    if (file->step_count == EF_PHRASE_WORDS)
        return report(file, true, column, "phrase has more than 12 words");
    step *into = &file->steps[file->step_count++];
    into->slot = equals(word, "_") ? EF_SLOT_ONE : equals(word, "*") ? EF_SLOT_MANY : 0;
    into->count = 0;
    if (into->slot != 0)
        return true;
    for (size_t at = 0; at <= word.size;) {
        const uint8_t *bar = memchr(word.data + at, '|', word.size - at);
        size_t end = bar == NULL ? word.size : (size_t)(bar - word.data);
        if (into->count == ALTERNATIVES)
            return report(file, true, column + at, "more than 64 alternatives");
        if (end == at)
            return report(file, true, column + at, "empty alternative");
        if (!tokens_of(file, (ef_slice){ word.data + at, end - at }, into, column + at))
            return false;
        at = end + 1;
    }
    return true;
}

/* Whether no alternative is made of several tokens. */
static bool is_one_word(const step *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->token_count[i] > 1)
            return false;
    return true;
}

static bool parse_term(file_reader *file, ef_slice term)
{
    file->step_count = 0;
    if (is_face(file, term)) {
        step *into = &file->steps[file->step_count++];
        into->slot = 0;
        into->count = 0;
        return tokens_of(file, term, into, 1);
    }
    for (size_t at = 0; at < term.size;) {
        const uint8_t *blank = memchr(term.data + at, ' ', term.size - at);
        size_t end = blank == NULL ? term.size : (size_t)(blank - term.data);
        if (end > at && !parse_step(file, (ef_slice){ term.data + at, end - at }, at + 1))
            return false;
        at = end + 1;
    }
    if (file->step_count == 0)
        return report(file, true, 1, "empty term");
    if (file->steps[0].slot != 0 || file->steps[file->step_count - 1].slot != 0)
        return report(file, true, 1, "a phrase cannot begin or end with _ or *");
    if (file->section == EF_SECTION_IDENTITY &&
        (file->step_count > 1 || !is_one_word(&file->steps[0])))
        return report(file, true, 1, "identity takes single words");
    return true;
}

/* --- into the table -------------------------------------------------------------- */

/* How far a path has been walked. */
typedef struct place {
    uint64_t key;
    size_t steps;
    bool is_slot; /* the last step is */
} place;

static ef_lexicon_entry *entry_at(file_reader *file, const place *at)
{
    ef_lexicon_builder *builder = file->builder;
    size_t level = at->steps < EF_LONGER + 2 ? at->steps - 2 : EF_LONGER;
    ef_lexicon_entry *entry = ef_lexicon_builder_entry(
        at->steps == 1 ? &builder->words : &builder->paths[level], at->key);
    if (entry == NULL)
        file->status = ef_error_memory(file->error);
    return entry;
}

static bool is_slot(uint64_t next)
{
    return next == EF_SLOT_ONE || next == EF_SLOT_MANY || next == EF_SLOT_NUMBER;
}

/* Notes what follows a slot: a word behind a slot at the second place or at the first, or
 * another slot. */
static void note_slot(file_reader *file, const place *slot, uint64_t next)
{
    uint64_t bit = ef_slot_bit(slot->key, is_slot(next) ? 0 : next);
    if (is_slot(next) || slot->steps <= 2)
        file->builder->slots[bit >> 6] |= UINT64_C(1) << (bit & 63);
}

static bool step_to(file_reader *file, place *at, uint64_t next)
{
    if (at->steps == 0) {
        *at = (place){ next, 1, is_slot(next) };
        return true;
    }
    ef_lexicon_entry *entry = entry_at(file, at);
    if (entry == NULL)
        return false;
    entry->flags |= EF_ENTRY_CONTINUES;
    if (next == EF_SLOT_ONE)
        entry->flags |= EF_ENTRY_ONE;
    else if (next == EF_SLOT_MANY)
        entry->flags |= EF_ENTRY_MANY;
    else if (next == EF_SLOT_NUMBER)
        entry->flags |= EF_ENTRY_NUMBER;
    if (at->is_slot)
        note_slot(file, at, next);
    *at = (place){ ef_hash_combine(at->key, next), at->steps + 1, is_slot(next) };
    return true;
}

/* Remembers a key of this section; false if it was there. Out of memory: true, since a
 * missed warning is the lesser evil. */
static bool is_new(ef_lexicon_builder *builder, uint64_t key)
{
    if (builder->seen_count * 2 >= builder->seen_capacity) {
        size_t capacity = builder->seen_capacity == 0 ? 4096 : builder->seen_capacity * 2;
        uint64_t *seen = calloc(capacity, sizeof *seen);
        if (seen == NULL)
            return true;
        for (size_t i = 0; i < builder->seen_capacity; i++)
            if (builder->seen[i] != 0) {
                size_t slot = builder->seen[i] & (capacity - 1);
                while (seen[slot] != 0)
                    slot = (slot + 1) & (capacity - 1);
                seen[slot] = builder->seen[i];
            }
        free(builder->seen);
        builder->seen = seen;
        builder->seen_capacity = capacity;
    }
    size_t slot = key & (builder->seen_capacity - 1);
    for (; builder->seen[slot] != 0; slot = (slot + 1) & (builder->seen_capacity - 1))
        if (builder->seen[slot] == key)
            return false;
    builder->seen[slot] = key;
    builder->seen_count++;
    return true;
}

static void merge(ef_lexicon_entry *entry, const ef_lexicon_entry *value, bool is_own)
{
    if (value->flags & EF_ENTRY_VALENCE)
        entry->valence = value->valence;
    entry->flags |= value->flags;
    if (is_own)
        entry->flags |= EF_ENTRY_OWN;
    if (value->booster != 0)
        entry->booster = value->booster;
    entry->signals |= value->signals;
    if (value->emotion != 0)
        entry->emotion = value->emotion;
    if (value->grammar & 3)
        entry->grammar = (uint8_t)((entry->grammar & ~3) | (value->grammar & 3));
    if (value->grammar & 12)
        entry->grammar = (uint8_t)((entry->grammar & ~12) | (value->grammar & 12));
    if (value->grammar >> 4 != 0 || (value->flags & EF_ENTRY_IS_NUMBER))
        entry->grammar = (uint8_t)((entry->grammar & 15) | (value->grammar & 0xf0));
}

/* Whether a value would change what an earlier line said. */
static bool differs(const ef_lexicon_entry *entry, const ef_lexicon_entry *value)
{
    return ((value->flags & EF_ENTRY_VALENCE) && entry->valence != value->valence) ||
           (value->booster != 0 && entry->booster != value->booster) ||
           (value->emotion != 0 && entry->emotion != value->emotion) ||
           ((value->grammar & 3) != 0 && (entry->grammar & 3) != (value->grammar & 3)) ||
           ((value->grammar & 12) != 0 && (entry->grammar & 12) != (value->grammar & 12));
}

static bool add_path(file_reader *file, const size_t *choice)
{
    place at = { 0 };
    for (size_t i = 0; i < file->step_count; i++) {
        const step *s = &file->steps[i];
        if (s->slot != 0 && !step_to(file, &at, s->slot))
            return false;
        for (size_t t = 0; s->slot == 0 && t < s->token_count[choice[i]]; t++)
            if (!step_to(file, &at, s->tokens[choice[i]][t]))
                return false;
    }
    ef_lexicon_entry *entry = entry_at(file, &at);
    if (entry == NULL)
        return false;
    /* A signal may be joined by another one, so the value is a part of what must be new. */
    if (is_new(file->builder, ef_hash_combine(at.key, (uint64_t)file->section << 16 |
                                                          file->value.signals)))
        file->new_paths++;
    else
        file->conflicts |= differs(entry, &file->value);
    merge(entry, &file->value, file->builder->is_own);
    return true;
}

/* Every combination of alternatives, like an odometer. */
static bool add_term(file_reader *file)
{
    size_t choice[EF_PHRASE_WORDS] = { 0 };
    size_t combinations = 1;
    for (size_t i = 0; i < file->step_count; i++)
        if (file->steps[i].slot == 0)
            combinations *= file->steps[i].count;
    if (combinations > COMBINATIONS)
        return report(file, true, 1, "alternatives make more than 8192 phrases");
    file->new_paths = 0;
    file->conflicts = false;
    for (size_t n = 0; n < combinations; n++) {
        if (!add_path(file, choice))
            return false;
        for (size_t i = file->step_count; i-- > 0;) {
            if (file->steps[i].slot != 0)
                continue;
            if (++choice[i] < file->steps[i].count)
                break;
            choice[i] = 0;
        }
    }
    if (file->conflicts)
        report(file, false, 1, "conflict: an earlier line gives this term another value");
    else if (file->new_paths == 0)
        report(file, false, 1, "duplicate: earlier lines say the same");
    return true;
}

/* --- lines ----------------------------------------------------------------------- */

static ef_slice trim(ef_slice text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\r'))
        text = (ef_slice){ text.data + 1, text.size - 1 };
    while (text.size > 0 &&
           (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\r'))
        text.size--;
    return text;
}

static void start_section(file_reader *file, ef_slice name)
{
    if (!ef_lexicon_section_named(name, &file->section))
        report(file, true, 1,
               "unknown section; there are valence, boosters, negators, contrast, signals, "
               "emotions, numbers, frames and identity");
}

static void read_line(file_reader *file, ef_slice line)
{
    ef_slice trimmed = trim(line);
    if (trimmed.size == 0 ||
        (line.size > 1 && line.data[0] == '#' && line.data[1] == ' ') ||
        equals(trimmed, "#"))
        return;
    const uint8_t *tab = memchr(line.data, '\t', line.size);
    if (tab == NULL) {
        if (trimmed.data[0] == '[' && trimmed.data[trimmed.size - 1] == ']')
            start_section(file, (ef_slice){ trimmed.data + 1, trimmed.size - 2 });
        else
            report(file, true, 1, "line has no TAB between term and value");
        return;
    }
    ef_slice term = trim((ef_slice){ line.data, (size_t)(tab - line.data) });
    size_t column = term.size + 2;
    ef_slice rest = { tab + 1, line.size - (size_t)(tab + 1 - line.data) }, extra = { 0 };
    const uint8_t *next = memchr(rest.data, '\t', rest.size);
    if (next != NULL) {
        extra = trim((ef_slice){ next + 1, (size_t)(line.data + line.size - (next + 1)) });
        rest.size = (size_t)(next - rest.data);
    }
    if (term.size > TERM_SIZE) {
        report(file, true, 1, "term is longer than 512 bytes");
        return;
    }
    const char *wrong =
        ef_lexicon_value_read(file->section, trim(rest), extra, &file->value);
    if (wrong != NULL)
        report(file, true, column, wrong);
    else if (parse_term(file, term) && add_term(file))
        file->entries++;
}

ef_status ef_lexicon_builder_add(ef_lexicon_builder *builder, ef_slice bytes,
                                 const char *path, ef_lexicon_finding_fn *found, void *user,
                                 size_t *entries, ef_error *error)
{
    file_reader *file = calloc(1, sizeof *file);
    if (file == NULL)
        return ef_error_memory(error);
    *file = (file_reader){ .builder = builder,
                           .path = path,
                           .found = found,
                           .user = user,
                           .error = error,
                           .section = EF_SECTION_VALENCE };
    if (bytes.size >= 3 && memcmp(bytes.data, "\xEF\xBB\xBF", 3) == 0)
        bytes = (ef_slice){ bytes.data + 3, bytes.size - 3 };
    for (size_t at = 0; at < bytes.size && file->status != EF_ERR_MEMORY;) {
        const uint8_t *end = memchr(bytes.data + at, '\n', bytes.size - at);
        size_t size = end == NULL ? bytes.size - at : (size_t)(end - bytes.data) - at;
        file->line++;
        read_line(file, (ef_slice){ bytes.data + at, size });
        at += size + 1;
    }
    builder->terms += file->entries;
    builder->hash = ef_hash_combine(builder->hash, ef_hash_bytes(bytes.data, bytes.size));
    if (entries != NULL)
        *entries = file->entries;
    ef_status status = file->status;
    free(file);
    return status;
}
