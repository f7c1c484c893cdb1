/* SPDX-License-Identifier: MIT
 * tally/topics_file.c - topics, from the file that a user wrote. */
#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/ini.h"
#include "tally/topics_made.h"

enum { LONGEST_NAME = 80, LONGEST_PREFIX = EF_SAID_WORD_SIZE * 2 };

void ef_topics_free(ef_topics *topics)
{
    if (topics == NULL)
        return;
    for (size_t i = 0; i < topics->pattern_count; i++)
        ef_pattern_free(topics->patterns[i].pattern);
    free(topics->terms);
    ef_arena_release(&topics->arena);
    free(topics);
}

size_t ef_topics_count(const ef_topics *topics)
{
    return topics->count;
}

ef_slice ef_topics_name(const ef_topics *topics, size_t index)
{
    return topics->names[index];
}

size_t ef_topic_slot(const uint8_t *word, size_t size, bool is_prefix)
{
    return (size_t)ef_hash_mix(ef_hash_bytes(word, size), is_prefix) % EF_TOPIC_SLOTS;
}

/* A file that is being read. */
typedef struct reading {
    ef_topics *topics;
    const char *name;
    ef_ini ini;
    ef_error *error;
} reading;

static ef_status refuse(const reading *r, const char *what)
{
    return ef_error_set_at(r->error, EF_ERR_FORMAT, r->ini.line, 0, 0, "%s:%llu: %s",
                           r->name, (unsigned long long)r->ini.line, what);
}

/* --- names ---------------------------------------------------------------------------- */

static ef_status add_topic(reading *r, ef_slice name)
{
    ef_topics *t = r->topics;
    if (t->count == EF_MOST_TOPICS)
        return refuse(r, "there are more than 64 topics");
    if (name.size > LONGEST_NAME)
        return refuse(r, "a topic's name is longer than 80 bytes");
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] < ' ' || name.data[i] == 0x7F)
            return refuse(r, "a topic's name holds a control character");
    for (size_t i = 0; i < t->count; i++)
        if (t->names[i].size == name.size &&
            memcmp(t->names[i].data, name.data, name.size) == 0)
            return refuse(r, "a topic of this name stands above already");
    const char *kept = ef_arena_copy(&t->arena, name);
    if (kept == NULL)
        return ef_error_memory(r->error);
    t->names[t->count++] = (ef_slice){ (const uint8_t *)kept, name.size };
    return EF_OK;
}

/* --- terms ---------------------------------------------------------------------------- */

static bool note_length(ef_topics *t, uint32_t length)
{
    size_t at = 0;
    while (at < t->length_count && t->lengths[at] < length)
        at++;
    if (at < t->length_count && t->lengths[at] == length)
        return true;
    if (t->length_count == sizeof t->lengths / sizeof t->lengths[0])
        return false;
    memmove(&t->lengths[at + 1], &t->lengths[at],
            (t->length_count - at) * sizeof t->lengths[0]);
    t->lengths[at] = length;
    t->length_count++;
    return true;
}

static ef_status read_steps(reading *r, ef_slice text, ef_topic_term *term)
{
    uint8_t *folded = ef_arena_alloc(&r->topics->arena, text.size + 1);
    size_t at = 0;
    if (folded == NULL)
        return ef_error_memory(r->error);
    for (;;) {
        ef_said_place place;
        size_t size = ef_topic_fold(text, &at, folded, &place);
        if (size == 0)
            break;
        if (term->size == EF_TOPIC_WORDS)
            return refuse(r, "a term has more than six words");
        bool is_prefix = at < text.size && text.data[at] == '*';
        term->steps[term->size++] = (ef_topic_step){ folded, (uint32_t)size, is_prefix };
        folded += size;
    }
    if (term->size == 0)
        return refuse(r, "a term has no word: write words, with commas between terms");
    return EF_OK;
}

static ef_status add_term(reading *r, ef_slice text)
{
    ef_topics *t = r->topics;
    ef_topic_term term = { .topic = (uint32_t)t->count - 1 };
    ef_status status = read_steps(r, text, &term);
    if (status != EF_OK)
        return status;
    if (t->term_count == EF_MOST_TOPIC_TERMS)
        return refuse(r, "there are more than 4096 terms");
    const ef_topic_step *first = &term.steps[0];
    if (first->is_prefix && (first->size > LONGEST_PREFIX || !note_length(t, first->size)))
        return refuse(r, "what stands before a * is too long");
    if (t->term_count == t->term_room) {
        size_t room = t->term_room * 2 + 64;
        ef_topic_term *terms = realloc(t->terms, room * sizeof *terms);
        if (terms == NULL)
            return ef_error_memory(r->error);
        t->terms = terms;
        t->term_room = room;
    }
    size_t slot = ef_topic_slot(first->text, first->size, first->is_prefix);
    term.next = t->chains[slot];
    t->terms[t->term_count++] = term;
    t->chains[slot] = (uint32_t)t->term_count;
    return EF_OK;
}

static ef_status add_terms(reading *r, ef_slice value)
{
    ef_status status = EF_OK;
    for (size_t at = 0; at <= value.size && status == EF_OK;) {
        const uint8_t *comma = memchr(value.data + at, ',', value.size - at);
        size_t end = comma != NULL ? (size_t)(comma - value.data) : value.size;
        status = add_term(r, (ef_slice){ value.data + at, end - at });
        at = end + 1;
    }
    return status;
}

/* --- patterns ------------------------------------------------------------------------- */

static ef_status add_pattern(reading *r, ef_slice value)
{
    ef_topics *t = r->topics;
    ef_error error = { .status = EF_OK };
    if (t->pattern_count == EF_MOST_TOPIC_PATTERNS)
        return refuse(r, "there are more than 64 patterns");
    ef_pattern *pattern = NULL;
    ef_status status = ef_pattern_new(&pattern, value, EF_PATTERN_ANY_CASE, &error);
    if (status == EF_ERR_MEMORY)
        return ef_error_memory(r->error);
    if (status != EF_OK)
        return refuse(r, error.message);
    t->patterns[t->pattern_count++] = (ef_topic_pattern){ pattern, (uint32_t)t->count - 1 };
    return EF_OK;
}

/* --- the file ------------------------------------------------------------------------- */

static bool is_key(ef_slice key, const char *name)
{
    return key.size == strlen(name) && memcmp(key.data, name, key.size) == 0;
}

static ef_status read_entry(reading *r, const ef_ini_entry *entry)
{
    if (entry->key.size == 0)
        return add_topic(r, entry->section);
    if (is_key(entry->key, "terms"))
        return add_terms(r, entry->value);
    if (is_key(entry->key, "pattern"))
        return add_pattern(r, entry->value);
    return refuse(r, "a topic has 'terms' and 'pattern'");
}

static ef_status read_all(reading *r)
{
    ef_ini_entry entry = { 0 };
    for (;;) {
        ef_error error = { .status = EF_OK };
        ef_status status = ef_ini_next(&r->ini, &entry, &error);
        if (status == EF_END)
            break;
        status = status == EF_OK ? read_entry(r, &entry) : refuse(r, error.message);
        if (status != EF_OK)
            return status;
    }
    return r->topics->count > 0 ? EF_OK : refuse(r, "there is no topic: write [name]");
}

ef_status ef_topics_read(ef_topics **topics, ef_slice file, const char *name,
                         ef_error *error)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* which editors put first */
    if (file.size >= 3 && memcmp(file.data, mark, 3) == 0)
        file = (ef_slice){ file.data + 3, file.size - 3 };
    reading r = { .name = name, .ini = { .rest = file }, .error = error };
    *topics = r.topics = calloc(1, sizeof *r.topics);
    if (*topics == NULL)
        return ef_error_memory(error);
    ef_status status = read_all(&r);
    if (status != EF_OK) {
        ef_topics_free(*topics);
        *topics = NULL;
    }
    return status;
}
