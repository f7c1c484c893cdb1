/* SPDX-License-Identifier: MIT
 * tally/excerpts.c - a bounded choice of messages from which a report quotes. */
#include "tally/excerpts.h"

#include <stdlib.h>

#include "text/redact.h"

enum { FIRST_ROOM = 256, DAYS = 31, SHORTEST_CUT = EF_EXCERPT_TEXT / 3, CONTEXT = 64 };

void ef_excerpts_release(ef_excerpts *excerpts)
{
    free(excerpts->items);
    free(excerpts->limits);
    ef_buffer_release(&excerpts->bytes);
    *excerpts = (ef_excerpts){ .most = excerpts->most,
                               .each = excerpts->each,
                               .redactions = excerpts->redactions };
}

static size_t most_of(const ef_excerpts *excerpts)
{
    return excerpts->most == 0 ? EF_MOST_EXCERPTS : excerpts->most;
}

/* --- strata --------------------------------------------------------------------------- */

static int64_t stratum_of(const ef_excerpt *excerpt)
{
    int64_t month = excerpt->time_ms / (INT64_C(86400000) * DAYS);
    return month * 4 + excerpt->label;
}

static int by_text(const ef_excerpt *a, const ef_excerpt *b)
{
    const uint64_t left[] = { a->order, a->print, a->voice, (uint64_t)a->time_ms,
                              (uint64_t)(a->score + EF_UNIT) };
    const uint64_t right[] = { b->order, b->print, b->voice, (uint64_t)b->time_ms,
                               (uint64_t)(b->score + EF_UNIT) };
    for (size_t i = 0; i < sizeof left / sizeof left[0]; i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

static int by_stratum(const void *one, const void *two)
{
    int64_t a = stratum_of(one), b = stratum_of(two);
    return a != b ? (a < b ? -1 : 1) : by_text(one, two);
}

static int by_order(const void *one, const void *two)
{
    return by_text(one, two);
}

/* Where the stratum of the i-th item ends, when they are sorted by strata. */
static size_t stratum_end(const ef_excerpts *s, size_t i)
{
    int64_t stratum = stratum_of(&s->items[i]);
    while (i < s->count && stratum_of(&s->items[i]) == stratum)
        i++;
    return i;
}

static size_t kept_with(const ef_excerpts *s, size_t each)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->count;) {
        size_t end = stratum_end(s, i);
        kept += end - i < each ? end - i : each;
        i = end;
    }
    return kept;
}

static bool is_beyond(const ef_excerpts *s, const ef_excerpt *excerpt)
{
    int64_t stratum = stratum_of(excerpt);
    size_t low = 0, high = s->limit_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->limits[middle].stratum < stratum)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->limit_count && s->limits[low].stratum == stratum &&
           excerpt->order > s->limits[low].order;
}

/* --- one message ---------------------------------------------------------------------- */

static bool is_blank(uint8_t byte)
{
    return byte <= ' ' || byte == 0x7F;
}

/* Where a long text is cut: behind a sentence, else before a word. */
static size_t cut_of(ef_slice text)
{
    size_t word = 0;
    if (text.size <= EF_EXCERPT_TEXT)
        return text.size;
    for (size_t i = EF_EXCERPT_TEXT; i > SHORTEST_CUT; i--) {
        if (!is_blank(text.data[i]))
            continue;
        if (strchr(".!?", text.data[i - 1]) != NULL && text.data[i - 1] != 0)
            return i;
        word = word == 0 ? i : word;
    }
    if (word > 0)
        return word;
    size_t end = EF_EXCERPT_TEXT; /* one long word: between characters */
    while (end > 0 && (text.data[end] & 0xC0) == 0x80)
        end--;
    return end;
}

/* The end of the tag that begins at i; i if none does. */
static size_t tag_end(const uint8_t *text, size_t i, size_t end)
{
    size_t reach = end - i < 100 ? end - i : 100;
    bool is_tag = text[i] == '<' && i + 2 < end &&
                  (text[i + 1] == '/' || (uint8_t)((text[i + 1] | 0x20) - 'a') < 26);
    const uint8_t *close = is_tag ? memchr(text + i, '>', reach) : NULL;
    return close != NULL ? (size_t)(close - text) + 1 : i;
}

/* Makes one line of what was appended from begin on: white space, control characters and
 * tags become one blank; only an empty line, which parts like a full stop, stays a '\n'. */
static void flatten(ef_buffer *bytes, size_t begin)
{
    size_t to = begin;
    for (size_t i = begin; i < bytes->size;) {
        size_t tag = tag_end(bytes->data, i, bytes->size);
        if (tag == i && !is_blank(bytes->data[i])) {
            bytes->data[to++] = bytes->data[i++];
            continue;
        }
        unsigned lines = 0;
        for (; i < bytes->size && (tag > i || is_blank(bytes->data[i]));
             tag = i < bytes->size ? tag_end(bytes->data, i, bytes->size) : i) {
            lines += bytes->data[i] == '\n';
            i = tag > i ? tag : i + 1;
        }
        if (to > begin && i < bytes->size)
            bytes->data[to++] = lines > 1 ? '\n' : ' ';
    }
    bytes->size = to;
}

static bool append_id(ef_excerpts *s, ef_slice id)
{
    size_t begin = s->bytes.size, size = id.size < EF_EXCERPT_ID ? id.size : EF_EXCERPT_ID;
    while (size < id.size && size > 0 && (id.data[size] & 0xC0) == 0x80)
        size--;
    if (!ef_buffer_append(&s->bytes, id.data, size))
        return false;
    flatten(&s->bytes, begin);
    return true;
}

bool ef_excerpts_reserve(ef_excerpts *s)
{
    if (s->count < s->room)
        return true;
    size_t room = s->room == 0 ? FIRST_ROOM : s->room * 2;
    ef_excerpt *items = realloc(s->items, room * sizeof *items);
    if (items == NULL)
        return false;
    s->items = items;
    s->room = room;
    return true;
}

/* The text up to its cut, and a little more: what stands around it tells what is personal.
 */
static bool append_raw(ef_excerpts *s, ef_slice text, ef_excerpt *excerpt)
{
    size_t cut = cut_of(text), raw = text.size < cut + CONTEXT ? text.size : cut + CONTEXT;
    excerpt->begin = (uint32_t)s->bytes.size;
    excerpt->text_size = (uint16_t)cut;
    excerpt->raw_size = (uint16_t)raw;
    return ef_buffer_append(&s->bytes, text.data, raw);
}

static bool trim(ef_excerpts *excerpts);

/* Drops some when there is half too much. */
static bool hold(ef_excerpts *s)
{
    return s->count < most_of(s) + most_of(s) / 2 || trim(s);
}

bool ef_excerpts_add(ef_excerpts *excerpts, const ef_heard *heard, uint64_t topics)
{
    ef_excerpt excerpt = {
        .order = heard->print,
        .voice = heard->author != 0 ? heard->author : heard->cluster,
        .print = heard->words,
        .topics = topics,
        .time_ms = heard->has_time
                       ? heard->day * INT64_C(86400000) + heard->second * INT64_C(1000)
                       : 0,
        .score = heard->score->score,
        .label = (uint8_t)heard->score->label,
        .side = (uint8_t)heard->side,
    };
    if (!heard->is_customer || excerpt.label == EF_LABEL_NONE ||
        is_beyond(excerpts, &excerpt))
        return true;
    if (!ef_excerpts_reserve(excerpts) ||
        !append_raw(excerpts, heard->record->text, &excerpt))
        return false;
    size_t id = excerpts->bytes.size;
    if (!append_id(excerpts, heard->record->id))
        return false;
    excerpt.id_size = (uint16_t)(excerpts->bytes.size - id);
    excerpts->items[excerpts->count++] = excerpt;
    return hold(excerpts);
}

/* --- together ------------------------------------------------------------------------- */

static size_t whole_size(const ef_excerpt *excerpt)
{
    size_t text = excerpt->raw_size > 0 ? excerpt->raw_size : excerpt->text_size;
    return text + excerpt->id_size;
}

static bool take(ef_excerpts *to, const ef_excerpts *from, const ef_excerpt *excerpt)
{
    size_t begin = to->bytes.size;
    if (!ef_excerpts_reserve(to) ||
        !ef_buffer_append(&to->bytes, from->bytes.data + excerpt->begin,
                          whole_size(excerpt)))
        return false;
    to->items[to->count] = *excerpt;
    to->items[to->count++].begin = (uint32_t)begin;
    return true;
}

bool ef_excerpts_merge(ef_excerpts *excerpts, const ef_excerpts *more)
{
    if (more->each != 0 && (excerpts->each == 0 || more->each < excerpts->each))
        excerpts->each = more->each;
    for (size_t i = 0; i < more->count; i++)
        if (!is_beyond(excerpts, &more->items[i]) && !take(excerpts, more, &more->items[i]))
            return false;
    return hold(excerpts);
}

/* Notes where strata end that are full. */
static bool note_limits(ef_excerpts *fresh, const ef_excerpts *sorted, size_t each)
{
    fresh->limits = malloc((sorted->count + 1) * sizeof *fresh->limits);
    if (fresh->limits == NULL)
        return false;
    for (size_t i = 0; i < sorted->count; i = stratum_end(sorted, i))
        if (each > 0 && stratum_end(sorted, i) - i >= each)
            fresh->limits[fresh->limit_count++] =
                (ef_stratum_limit){ stratum_of(&sorted->items[i]),
                                    sorted->items[i + each - 1].order };
    return true;
}

static bool take_heads(ef_excerpts *fresh, const ef_excerpts *sorted, size_t each)
{
    for (size_t i = 0; i < sorted->count;) {
        size_t end = stratum_end(sorted, i);
        for (size_t k = i; k < end && k < i + each; k++)
            if (!take(fresh, sorted, &sorted->items[k]))
                return false;
        i = end;
    }
    return true;
}

/* Makes an excerpt fit to be shown; without a redactor its words are. */
static bool finish(ef_excerpts *to, const ef_excerpts *from, const ef_excerpt *excerpt,
                   ef_redactor *redactor)
{
    ef_slice raw = { from->bytes.data + excerpt->begin, excerpt->raw_size };
    ef_slice id = ef_excerpt_id(from, excerpt);
    size_t begin = to->bytes.size;
    if (!ef_excerpts_reserve(to))
        return false;
    bool fits = redactor == NULL
                    ? ef_buffer_append(&to->bytes, raw.data, excerpt->text_size)
                    : ef_redact_part(&to->bytes, redactor, raw, 0, excerpt->text_size);
    if (!fits)
        return false;
    flatten(&to->bytes, begin);
    ef_excerpt *finished = &to->items[to->count];
    *finished = *excerpt;
    finished->begin = (uint32_t)begin;
    finished->text_size = (uint16_t)(to->bytes.size - begin);
    finished->raw_size = 0;
    to->count++;
    return ef_buffer_append_slice(&to->bytes, id);
}

/* Writes texts anew, in the order of the items. */
static bool lay_out(ef_excerpts *s, bool shows_words)
{
    ef_excerpts ordered = { .most = s->most, .each = s->each, .redactions = s->redactions };
    ef_redactor redactor;
    if (ef_redactor_init(&redactor, s->redactions, NULL) != EF_OK)
        return false;
    bool fits = true;
    if (s->count > 0)
        qsort(s->items, s->count, sizeof *s->items, by_order);
    for (size_t i = 0; i < s->count && fits; i++)
        fits = s->items[i].raw_size > 0 ? finish(&ordered, s, &s->items[i],
                                               shows_words ? NULL : &redactor)
                                        : take(&ordered, s, &s->items[i]);
    ef_redactor_release(&redactor);
    if (!fits) {
        ef_excerpts_release(&ordered);
        return false;
    }
    ordered.limits = s->limits;
    ordered.limit_count = s->limit_count;
    s->limits = NULL;
    ef_excerpts_release(s);
    *s = ordered;
    return true;
}

/* K of what there is: never more than it was. */
static size_t each_of(const ef_excerpts *sorted)
{
    size_t each = sorted->each;
    if (each == 0)
        for (each = 1; each < most_of(sorted);)
            each *= 2;
    while (each > 1 && kept_with(sorted, each) > most_of(sorted))
        each /= 2;
    return each;
}

static bool trim(ef_excerpts *excerpts)
{
    if (excerpts->count > 0)
        qsort(excerpts->items, excerpts->count, sizeof *excerpts->items, by_stratum);
    size_t each = each_of(excerpts);
    ef_excerpts fresh = { .most = excerpts->most,
                          .each = excerpts->each,
                          .redactions = excerpts->redactions };
    if (kept_with(excerpts, each) < excerpts->count)
        fresh.each = each;
    if (!note_limits(&fresh, excerpts, each) || !take_heads(&fresh, excerpts, each)) {
        ef_excerpts_release(&fresh);
        return false;
    }
    ef_excerpts_release(excerpts);
    *excerpts = fresh;
    return true;
}

bool ef_excerpts_settle(ef_excerpts *excerpts, bool shows_words)
{
    return trim(excerpts) && lay_out(excerpts, shows_words);
}
