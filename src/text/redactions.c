/* SPDX-License-Identifier: MIT
 * text/redactions.c - a user's own kinds of personal data, read from a file.
 *
 * Invariant: names, tokens and summaries stand in the arena; a kind that is complete has at
 * least one pattern. */
#include "text/redactions.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/ini.h"
#include "base/utf8.h"

enum {
    MOST_KINDS = 100,
    MOST_PATTERNS = 200, /* each is searched for in every text */
    LONGEST_NAME = 40,
    LONGEST_TAG = 60
};

struct ef_redactions {
    ef_arena arena;
    uint64_t print; /* of the file */
    size_t kind_count, pattern_count;
    ef_personal_kind kinds[MOST_KINDS];
    const ef_named_check *checks[MOST_KINDS];
    ef_redaction_pattern patterns[MOST_PATTERNS];
};

typedef struct table_file {
    ef_redactions *made;
    const char *name;
    uint64_t line, head; /* the present one, and that of the section */
    ef_error *error;
} table_file;

static ef_status __attribute__((format(printf, 2, 3))) fail(const table_file *file,
                                                            const char *format, ...)
{
    char what[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return ef_error_set_at(file->error, EF_ERR_FORMAT, file->line, 0, 0, "%s:%llu: %s",
                           file->name, (unsigned long long)file->line, what);
}

static bool is(ef_slice text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.data, word, text.size) == 0;
}

/* Valid UTF-8 of at most so many bytes, without control characters. */
static bool is_plain(ef_slice text, size_t most)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t code = text.data[at];
        size_t size = code < 0x80
                          ? 1
                          : ef_utf8_decode(text.data + at, text.size - at, &code);
        if (size == 0 || code < ' ' || (code >= 0x7f && code < 0xa0))
            return false;
        at += size;
    }
    return text.size > 0 && text.size <= most;
}

static bool is_name(ef_slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        uint8_t byte = text.data[i], letter = byte | 0x20;
        bool fits = (byte >= '0' && byte <= '9') || (letter >= 'a' && letter <= 'z') ||
                    byte == '-' || byte == '_';
        if (!fits)
            return false;
    }
    return text.size > 0 && text.size <= LONGEST_NAME;
}

/* --- a section ------------------------------------------------------------------------ */

/* A section that ends must have a pattern. */
static ef_status end_section(table_file *file)
{
    const ef_redactions *made = file->made;
    bool has_pattern =
        made->kind_count == 0 ||
        (made->pattern_count > 0 &&
         made->patterns[made->pattern_count - 1].kind == made->kind_count - 1);
    if (has_pattern)
        return EF_OK;
    file->line = file->head;
    return fail(file, "section '%s' has no pattern: write 'pattern = ...' into it",
                made->kinds[made->kind_count - 1].name);
}

/* What a built-in kind of that name puts in place; NULL if there is none. */
static const char *built_in_token(const char *name)
{
    const ef_personal_kind *kind;
    for (size_t i = 0; (kind = ef_personal_kind_at(i)) != NULL; i++)
        if (strcmp(kind->name, name) == 0)
            return kind->token;
    return NULL;
}

static ef_status name_section(table_file *file, ef_slice section)
{
    ef_redactions *made = file->made;
    ef_personal_kind *kind = &made->kinds[made->kind_count];
    char tag[LONGEST_NAME + 3];
    int size = (int)section.size;
    snprintf(tag, sizeof tag, "[%.*s]", size, (const char *)section.data);
    kind->name = ef_arena_copy(&made->arena, section);
    kind->token = ef_arena_copy(&made->arena, ef_slice_of(tag));
    kind->summary = "of your own";
    if (kind->name == NULL || kind->token == NULL)
        return ef_error_memory(file->error);
    if (built_in_token(kind->name) != NULL)
        kind->token = built_in_token(kind->name);
    made->kind_count++;
    file->head = file->line;
    return EF_OK;
}

static ef_status begin_section(table_file *file, ef_slice section)
{
    uint64_t line = file->line;
    ef_status status = end_section(file);
    if (status != EF_OK)
        return status;
    file->line = line;
    if (!is_name(section))
        return fail(file, "a section's name has up to %d letters, digits, - and _",
                    LONGEST_NAME);
    for (size_t i = 0; i < file->made->kind_count; i++)
        if (is(section, file->made->kinds[i].name))
            return fail(file, "section '%s' stands here twice: put its patterns together",
                        file->made->kinds[i].name);
    if (file->made->kind_count == MOST_KINDS)
        return fail(file, "more than %d sections", MOST_KINDS);
    return name_section(file, section);
}

/* --- its settings --------------------------------------------------------------------- */

static ef_status add_pattern(table_file *file, ef_slice value)
{
    ef_redactions *made = file->made;
    ef_error failure = { 0 };
    ef_redaction_pattern *row = &made->patterns[made->pattern_count];
    if (made->pattern_count == MOST_PATTERNS)
        return fail(file, "more than %d patterns", MOST_PATTERNS);
    ef_status status = ef_pattern_new(&row->pattern, value, 0, &failure);
    if (status == EF_ERR_MEMORY)
        return ef_error_memory(file->error);
    if (status != EF_OK)
        return fail(file, "%s", failure.message);
    row->kind = made->kind_count - 1;
    row->hidden = ef_pattern_group(row->pattern, "hide");
    made->pattern_count++;
    return EF_OK;
}

static ef_status set_check(table_file *file, ef_slice value)
{
    const ef_named_check *check;
    for (size_t i = 0; (check = ef_named_check_at(i)) != NULL; i++) {
        if (is(value, check->name)) {
            file->made->checks[file->made->kind_count - 1] = check;
            return EF_OK;
        }
    }
    return fail(file, "check must be luhn, iban, mod97 or mod11");
}

static ef_status set_text(table_file *file, const char **text, ef_slice value)
{
    *text = ef_arena_copy(&file->made->arena, value);
    return *text != NULL ? EF_OK : ef_error_memory(file->error);
}

static ef_status take_setting(table_file *file, const ef_ini_entry *entry)
{
    ef_personal_kind *kind = &file->made->kinds[file->made->kind_count - 1];
    if (is(entry->key, "pattern"))
        return add_pattern(file, entry->value);
    if (is(entry->key, "check"))
        return set_check(file, entry->value);
    bool is_tag = is(entry->key, "tag");
    if (!is_tag && !is(entry->key, "about"))
        return fail(file, "a setting here is pattern, tag, check or about");
    if (!is_plain(entry->value, LONGEST_TAG))
        return fail(file, "a %s has 1 to %d bytes of UTF-8 without control characters",
                    is_tag ? "tag" : "line about a kind", LONGEST_TAG);
    if (is_tag && strchr("=+-@", entry->value.data[0]) != NULL)
        return fail(file, "a tag does not begin with = + - or @: a spreadsheet would run "
                          "it as a formula");
    return set_text(file, is_tag ? &kind->token : &kind->summary, entry->value);
}

static ef_status read_file(table_file *file, ef_slice bytes)
{
    ef_ini ini = { .rest = bytes };
    ef_ini_entry entry = { .section = { NULL, 0 } };
    ef_error failure = { 0 };
    for (;;) {
        ef_status status = ef_ini_next(&ini, &entry, &failure);
        file->line = ini.line;
        if (status == EF_END)
            break;
        if (status != EF_OK)
            return fail(file, "%s", failure.message);
        status = entry.key.size == 0 ? begin_section(file, entry.section)
                                     : take_setting(file, &entry);
        if (status != EF_OK)
            return status;
    }
    ef_status status = end_section(file);
    if (status == EF_OK && file->made->kind_count == 0)
        return ef_error_set(file->error, EF_ERR_FORMAT,
                            "%s: no kind stands in it: write a section [name] with "
                            "'pattern = ...'",
                            file->name);
    return status;
}

ef_status ef_redactions_new(ef_redactions **made, ef_slice file, const char *name,
                            ef_error *error)
{
    *made = NULL;
    ef_redactions *redactions = calloc(1, sizeof *redactions);
    if (redactions == NULL)
        return ef_error_memory(error);
    redactions->print = ef_hash_bytes(file.data, file.size);
    table_file table = { .made = redactions, .name = name, .error = error };
    ef_status status = read_file(&table, file);
    if (status == EF_OK)
        *made = redactions;
    else
        ef_redactions_free(redactions);
    return status;
}

void ef_redactions_free(ef_redactions *redactions)
{
    if (redactions == NULL)
        return;
    for (size_t i = 0; i < redactions->pattern_count; i++)
        ef_pattern_free(redactions->patterns[i].pattern);
    ef_arena_release(&redactions->arena);
    free(redactions);
}

const ef_personal_kind *ef_redactions_kind_at(const ef_redactions *redactions, size_t index)
{
    return index < redactions->kind_count ? &redactions->kinds[index] : NULL;
}

const ef_redaction_pattern *ef_redactions_pattern(const ef_redactions *redactions,
                                                  size_t index)
{
    return index < redactions->pattern_count ? &redactions->patterns[index] : NULL;
}

const ef_named_check *ef_redactions_check(const ef_redactions *redactions, size_t kind)
{
    return redactions->checks[kind];
}

uint64_t ef_redactions_print(const ef_redactions *redactions)
{
    return redactions->print;
}
