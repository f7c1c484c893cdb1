/* SPDX-License-Identifier: MIT
 * audit/templates.c - sentences, and the words for people that are put into them.
 *
 * Read once, line by line; then looked over as a whole, for what can never be used: words
 * without a sentence, sentences without a word, a group with nobody to be compared with. */
#include "audit/templates.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/ini.h"

typedef struct reading {
    ef_templates *templates;
    const ef_audit_source *sources;
    ef_template_place at;
    ef_error *error;
    size_t first_group, end_group; /* of the section, by their place in `members` */
    ef_buffer members;             /* size_t: groups that sections name */
    bool is_sentences;
} reading;

static const char *const mood_names[] = { "negative", "neutral", "positive", "alone" };
enum { MOODS = sizeof mood_names / sizeof *mood_names };

/* Every word is tried in every sentence for every dimension, and each group has its own sum
 * of each reason: these bounds keep that within seconds and 200 MB. Ours are 66 groups, 120
 * sentences, 380 words. */
enum { MOST_GROUPS = 200, MOST_LINES = 20000, MOST_TRIED = 100000000 };

bool ef_same_text(ef_slice left, ef_slice right)
{
    return left.size == right.size &&
           (left.size == 0 || memcmp(left.data, right.data, left.size) == 0);
}

/* --- lists ------------------------------------------------------------------------- */

/* Through void: buffers lie in memory from malloc, so they are aligned. */
static const void *list_of(const ef_buffer *buffer, size_t size, size_t *count)
{
    *count = buffer->size / size;
    return buffer->data;
}

const ef_carrier *ef_carriers_of(const ef_templates *templates, size_t *count)
{
    return list_of(&templates->carriers, sizeof(ef_carrier), count);
}

const ef_fill *ef_fills_of(const ef_templates *templates, size_t *count)
{
    return list_of(&templates->fills, sizeof(ef_fill), count);
}

const ef_spelling *ef_spellings_of(const ef_templates *templates, size_t *count)
{
    return list_of(&templates->spellings, sizeof(ef_spelling), count);
}

const ef_template_group *ef_groups_of(const ef_templates *templates, size_t *count)
{
    return list_of(&templates->groups, sizeof(ef_template_group), count);
}

void ef_templates_release(ef_templates *templates)
{
    ef_buffer_release(&templates->carriers);
    ef_buffer_release(&templates->fills);
    ef_buffer_release(&templates->spellings);
    ef_buffer_release(&templates->groups);
}

/* --- pieces of a line -------------------------------------------------------------- */

static ef_status wrong(const reading *r, ef_template_place at, const char *what)
{
    return ef_error_set_at(r->error, EF_ERR_FORMAT, at.line, 0, 0, "%s:%llu: %s",
                           r->sources[at.source].name, (unsigned long long)at.line, what);
}

static ef_slice trimmed(ef_slice text)
{
    while (text.size > 0 && text.data[0] == ' ')
        text = (ef_slice){ text.data + 1, text.size - 1 };
    while (text.size > 0 && text.data[text.size - 1] == ' ')
        text.size--;
    return text;
}

/* Where a mark begins in text, text.size if nowhere. */
static size_t find(ef_slice text, const char *mark)
{
    size_t size = strlen(mark);
    for (size_t i = 0; i + size <= text.size; i++)
        if (memcmp(text.data + i, mark, size) == 0)
            return i;
    return text.size;
}

/* Cuts what stands before the mark off the front of rest. */
static ef_slice take(ef_slice *rest, const char *mark)
{
    size_t end = find(*rest, mark);
    size_t used = end == rest->size ? end : end + strlen(mark);
    ef_slice piece = trimmed((ef_slice){ rest->data, end });
    *rest = (ef_slice){ rest->data + used, rest->size - used };
    return piece;
}

/* The mood of that name, MOODS if there is none. */
static unsigned mood_named(ef_slice name)
{
    unsigned mood = 0;
    while (mood < MOODS && !ef_same_text(name, ef_slice_of(mood_names[mood])))
        mood++;
    return mood;
}

/* Adds an item of size bytes to a list. */
static ef_status add(const reading *r, ef_buffer *list, const void *item, size_t size,
                     size_t most)
{
    if (list->size / size >= most)
        return ef_error_set_at(r->error, EF_ERR_LIMIT, r->at.line, 0, 0,
                               "%s:%llu: at most %zu of these are read",
                               r->sources[r->at.source].name,
                               (unsigned long long)r->at.line, most);
    return ef_buffer_append(list, item, size) ? EF_OK : ef_error_memory(r->error);
}

/* --- sections ---------------------------------------------------------------------- */

/* The group of that name, made if it is new. */
static ef_status meet_group(reading *r, ef_slice dimension, ef_slice name, size_t *group)
{
    size_t count, index = r->templates->dimensions;
    const ef_template_group *groups = ef_groups_of(r->templates, &count);
    for (size_t i = 0; i < count; i++) {
        if (!ef_same_text(groups[i].dimension, dimension))
            continue;
        index = groups[i].dimension_index;
        *group = i;
        if (ef_same_text(groups[i].name, name))
            return EF_OK;
    }
    ef_template_group new = { dimension, name, index, r->at };
    *group = count;
    r->templates->dimensions += index == r->templates->dimensions;
    return add(r, &r->templates->groups, &new, sizeof new, MOST_GROUPS);
}

static ef_status open_section(reading *r, ef_slice title)
{
    ef_status status = EF_OK;
    r->is_sentences = ef_same_text(title, ef_slice_of("sentences"));
    r->first_group = r->end_group;
    while (status == EF_OK && !r->is_sentences && title.size > 0) {
        size_t group;
        ef_slice name = take(&title, ";"), dimension = take(&name, ":");
        name = trimmed(name);
        if (dimension.size == 0 || name.size == 0)
            return wrong(r, r->at, "a section is [sentences] or [DIMENSION: GROUP]");
        status = meet_group(r, dimension, name, &group);
        if (status == EF_OK && !ef_buffer_append(&r->members, &group, sizeof group))
            status = ef_error_memory(r->error);
        r->end_group += status == EF_OK;
    }
    return status;
}

/* --- settings ---------------------------------------------------------------------- */

static ef_status read_sentence(reading *r, unsigned mood, ef_slice text)
{
    ef_carrier carrier = { .mood = (ef_carrier_mood)mood, .place = r->at };
    size_t open = find(text, "{"), close = find(text, "}");
    if (mood == MOODS)
        return wrong(r, r->at,
                     "a sentence is 'MOOD = TEXT', its mood negative, neutral, positive or "
                     "alone");
    if (open >= close || close == text.size || close == open + 1)
        return wrong(r, r->at, "a sentence has one {slot} for the words of a group");
    carrier.before = (ef_slice){ text.data, open };
    carrier.slot = (ef_slice){ text.data + open + 1, close - open - 1 };
    carrier.after = (ef_slice){ text.data + close + 1, text.size - close - 1 };
    if (find(carrier.after, "{") < carrier.after.size)
        return wrong(r, r->at, "a sentence has only one {slot}");
    carrier.is_capital = carrier.slot.data[0] >= 'A' && carrier.slot.data[0] <= 'Z';
    return add(r, &r->templates->carriers, &carrier, sizeof carrier, MOST_LINES);
}

static ef_status read_spelling(reading *r, unsigned mood, ef_slice text, size_t group)
{
    ef_spelling spelling = { .mood = (ef_carrier_mood)mood, .group = group };
    spelling.standard = take(&text, "->");
    spelling.variant = trimmed(text);
    if (mood == EF_CARRIER_ALONE || spelling.standard.size == 0 ||
        spelling.variant.size == 0)
        return wrong(r, r->at,
                     "a spelling is 'negative|neutral|positive = STANDARD -> VARIANT'");
    return add(r, &r->templates->spellings, &spelling, sizeof spelling, MOST_LINES);
}

static ef_status read_fills(reading *r, ef_slice slot, ef_slice list, size_t group)
{
    if (list.size == 0)
        return wrong(r, r->at, "a slot has no words: 'SLOT = WORD, WORD'");
    ef_status status = EF_OK;
    while (list.size > 0 && status == EF_OK) {
        ef_fill fill = { slot, take(&list, ","), group, r->at };
        if (fill.text.size == 0)
            return wrong(r, r->at, "a word is empty: there is a comma too many");
        status = add(r, &r->templates->fills, &fill, sizeof fill, MOST_LINES);
    }
    return status;
}

static ef_status read_setting(reading *r, const ef_ini_entry *entry)
{
    unsigned mood = mood_named(entry->key);
    ef_status status = EF_OK;
    const void *members = r->members.data;
    const size_t *groups = members;
    if (r->is_sentences)
        return read_sentence(r, mood, entry->value);
    for (size_t i = r->first_group; i < r->end_group && status == EF_OK; i++)
        status = mood < MOODS ? read_spelling(r, mood, entry->value, groups[i])
                              : read_fills(r, entry->key, entry->value, groups[i]);
    return status;
}

static ef_status read_source(reading *r)
{
    ef_error found = { 0 };
    ef_ini ini = { .rest = r->sources[r->at.source].bytes };
    ef_ini_entry entry = { 0 };
    ef_status status;
    while ((status = ef_ini_next(&ini, &entry, &found)) == EF_OK) {
        r->at.line = ini.line;
        status =
            entry.key.size == 0 ? open_section(r, entry.section) : read_setting(r, &entry);
        if (status != EF_OK)
            return status;
    }
    r->at.line = ini.line;
    return status == EF_END ? EF_OK : wrong(r, r->at, found.message);
}

/* --- the whole --------------------------------------------------------------------- */

bool ef_slot_takes(ef_slice slot, ef_slice given)
{
    if (slot.size != given.size || slot.size == 0)
        return false;
    uint8_t first = slot.data[0];
    if (first >= 'A' && first <= 'Z')
        first = (uint8_t)(first - 'A' + 'a');
    return first == given.data[0] &&
           memcmp(slot.data + 1, given.data + 1, slot.size - 1) == 0;
}

bool ef_carrier_fill(const ef_carrier *carrier, ef_slice words, ef_buffer *bytes)
{
    size_t begin = bytes->size + carrier->before.size;
    ef_buffer_append_slice(bytes, carrier->before);
    ef_buffer_append_slice(bytes, words);
    ef_buffer_append_slice(bytes, carrier->after);
    if (bytes->failed)
        return false;
    uint8_t *first = &bytes->data[begin];
    if (carrier->is_capital && *first >= 'a' && *first <= 'z')
        *first = (uint8_t)(*first - 'a' + 'A');
    return true;
}

static ef_status look_for_too_many(const reading *r)
{
    size_t carriers, fills;
    ef_carriers_of(r->templates, &carriers);
    ef_fills_of(r->templates, &fills);
    if (carriers * fills * r->templates->dimensions <= MOST_TRIED)
        return EF_OK;
    return ef_error_set(r->error, EF_ERR_LIMIT,
                        "the templates have too many sentences and words: %zu times %zu "
                        "times %zu dimensions",
                        carriers, fills, r->templates->dimensions);
}

static ef_status look_for_unused(const reading *r)
{
    size_t carriers, fills;
    const ef_carrier *carrier = ef_carriers_of(r->templates, &carriers);
    const ef_fill *fill = ef_fills_of(r->templates, &fills);
    for (size_t i = 0; i < fills; i++) {
        size_t c = 0;
        while (c < carriers && !ef_slot_takes(carrier[c].slot, fill[i].slot))
            c++;
        if (c == carriers)
            return wrong(r, fill[i].place, "no sentence has a slot of this name");
    }
    for (size_t c = 0; c < carriers; c++) {
        size_t i = 0;
        while (i < fills && !ef_slot_takes(carrier[c].slot, fill[i].slot))
            i++;
        if (i == fills)
            return wrong(r, carrier[c].place,
                         "no group has words for the slot of this sentence");
    }
    return EF_OK;
}

static bool has_spelling(const ef_templates *templates, size_t group)
{
    size_t count;
    const ef_spelling *spellings = ef_spellings_of(templates, &count);
    for (size_t i = 0; i < count; i++)
        if (spellings[i].group == group)
            return true;
    return false;
}

static ef_status look_for_lonely(const reading *r)
{
    size_t count;
    const ef_template_group *groups = ef_groups_of(r->templates, &count);
    for (size_t i = 0; i < count; i++) {
        size_t same = 0;
        for (size_t j = 0; j < count; j++)
            same += groups[j].dimension_index == groups[i].dimension_index;
        if (same == 1 && !has_spelling(r->templates, i))
            return wrong(r, groups[i].place,
                         "a dimension needs two groups, to be compared with each other");
    }
    return EF_OK;
}

ef_status ef_templates_read(ef_templates *templates, const ef_audit_source *sources,
                            size_t count, ef_error *error)
{
    reading r = { .templates = templates, .sources = sources, .error = error };
    ef_status status = EF_OK;
    for (size_t i = 0; i < count && status == EF_OK; i++) {
        r.at.source = i;
        r.is_sentences = false;
        templates->hash = ef_hash_combine(
            templates->hash, ef_hash_bytes(sources[i].bytes.data, sources[i].bytes.size));
        status = read_source(&r);
    }
    if (status == EF_OK && templates->groups.size == 0)
        status = ef_error_set(error, EF_ERR_FORMAT, "there is no group in '%s'",
                              count == 0 ? "" : sources[0].name);
    if (status == EF_OK)
        status = look_for_too_many(&r);
    if (status == EF_OK)
        status = look_for_unused(&r);
    if (status == EF_OK)
        status = look_for_lonely(&r);
    ef_buffer_release(&r.members);
    return status;
}
