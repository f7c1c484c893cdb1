/* SPDX-License-Identifier: MIT
 * input/json_find.c - which array of a JSON document holds the records.
 *
 * Exports wrap their records: {"reviews":[…]}, {"data":[…],"meta":{…}}. Every array of
 * objects in the sample is a candidate. Text is credited to the innermost candidate that it
 * stands in, and the search goes from the top inwards as long as an inner candidate holds
 * more text and its objects are many: pictures of a review are inside a record, messages of
 * a chat are records. */
#include "base/buffer.h"
#include "input/json_route.h"

enum { SPOTS = 512, NO_SPOT = -1, TOP = 0 };

/* A place in the document: the value of a key, or the elements of an array. */
typedef struct spot {
    int above; /* the spot of the container */
    bool is_each;
    ef_slice key;
    int owner;      /* the candidate whose records this lies in */
    size_t objects; /* objects seen here */
    size_t scalars; /* of these objects' own members */
    size_t text;    /* bytes of strings in these objects, but not in other candidates */
} spot;

typedef struct search {
    ef_json_pull pull;
    ef_arena *arena;
    spot *spots;
    int count;
    int open[EF_JSON_DEPTH + 1]; /* spot of the container at each depth */
    int next;                    /* spot of the value to come */
} search;

/* The spot below another one; NO_SPOT when there are too many, -2 without memory. */
static int find_spot(search *s, int above, bool is_each, ef_slice key)
{
    if (above == NO_SPOT)
        return NO_SPOT;
    for (int i = above + 1; i < s->count; i++)
        if (s->spots[i].above == above && s->spots[i].is_each == is_each &&
            s->spots[i].key.size == key.size &&
            (key.size == 0 || memcmp(s->spots[i].key.data, key.data, key.size) == 0))
            return i;
    if (s->count == SPOTS)
        return NO_SPOT;
    /* An element is its own candidate; anything else belongs to what is around it. */
    int owner = is_each ? s->count : s->spots[above].owner;
    s->spots[s->count] =
        (spot){ .above = above, .is_each = is_each, .key = key, .owner = owner };
    return s->count++;
}

static bool in_array(const search *s)
{
    return s->pull.depth > 0 && (s->pull.objects >> (s->pull.depth - 1) & 1) == 0;
}

/* The key as text; false without memory. */
static bool plain_key(search *s, ef_slice *key)
{
    *key = s->pull.raw;
    if (!s->pull.is_escaped)
        return true;
    uint8_t *copy = ef_arena_alloc(s->arena, key->size);
    if (copy != NULL)
        *key = (ef_slice){ copy, ef_json_unescape(*key, copy) };
    return copy != NULL;
}

static void open_object(search *s, int where)
{
    s->open[s->pull.depth] = where;
    if (where == NO_SPOT)
        return;
    s->spots[where].objects++;
}

static void count_scalar(search *s, ef_json_token token)
{
    int container = s->open[s->pull.depth];
    if (s->pull.depth == 0 || container == NO_SPOT)
        return;
    int owner = s->spots[container].owner;
    if (token == EF_JSON_STRING)
        s->spots[owner].text += s->pull.raw.size;
    s->spots[container].scalars += !in_array(s);
}

/* Reads one document of the sample; false at its end, and when the sample breaks off. */
static bool read_document(search *s, bool *failed)
{
    s->next = TOP;
    for (;;) {
        ef_json_token token = ef_json_next(&s->pull);
        unsigned depth = s->pull.depth;
        ef_slice key;
        switch (token) {
        case EF_JSON_END:
            return true;
        case EF_JSON_MORE:
        case EF_JSON_ERROR:
            return false;
        case EF_JSON_KEY:
            *failed |= !plain_key(s, &key);
            s->next = find_spot(s, s->open[depth], false, key);
            break;
        case EF_JSON_OBJECT:
        case EF_JSON_ARRAY: {
            bool is_element = depth > 1 && (s->pull.objects >> (depth - 2) & 1) == 0;
            int where = is_element ? find_spot(s, s->open[depth - 1], true, (ef_slice){ 0 })
                                   : s->next;
            if (token == EF_JSON_OBJECT)
                open_object(s, where);
            else
                s->open[depth] = where;
            break;
        }
        case EF_JSON_OBJECT_END:
        case EF_JSON_ARRAY_END:
            break;
        default:
            count_scalar(s, token);
            break;
        }
        if (*failed)
            return false;
    }
}

/* Whether the objects at an inner spot are rather the records than those around them. */
static bool is_better(const spot *inner, const spot *outer)
{
    if (outer->objects == 0)
        return true;
    if (outer->objects == 1)
        return inner->objects > 1 || outer->scalars < 2;
    bool is_rich = outer->scalars >= 4 * outer->objects;
    return !is_rich && inner->text > outer->text && inner->objects >= 3 * outer->objects;
}

/* The best candidate inside `outer`, or outer itself. */
static int go_inwards(const search *s, int outer)
{
    int best = outer;
    for (int i = outer + 1; i < s->count; i++) {
        const spot *at = &s->spots[i];
        bool is_direct = at->is_each && at->objects > 0 &&
                         s->spots[at->above].owner == s->spots[outer].owner;
        if (is_direct && is_better(at, &s->spots[outer]) &&
            (best == outer || at->text > s->spots[best].text))
            best = i;
    }
    return best;
}

/* The steps from the top to an array's elements, without the last one: it is understood. */
static bool build_route(const search *s, int where, ef_json_found *found)
{
    size_t count = 0;
    for (int i = where; i != TOP; i = s->spots[i].above)
        count++;
    bool ends_in_array = where != TOP;
    if (count > EF_JSON_STEPS)
        return false;
    found->route.count = ends_in_array ? count - 1 : 0;
    int at = ends_in_array ? s->spots[where].above : TOP;
    for (size_t i = found->route.count; i-- > 0; at = s->spots[at].above)
        found->route.steps[i] =
            (ef_json_step){ .is_each = s->spots[at].is_each, .key = s->spots[at].key };
    return true;
}

static bool keep_keys(ef_json_route *route, ef_arena *arena)
{
    for (size_t i = 0; i < route->count; i++) {
        ef_slice *key = &route->steps[i].key;
        key->data = (uint8_t *)ef_arena_copy(arena, *key);
        if (key->data == NULL)
            return false;
    }
    return true;
}

static bool find(search *s, ef_json_found *found, ef_slice sample)
{
    const ef_kernels *kernels = s->pull.kernels;
    size_t at = 0;
    bool failed = false;
    s->spots[TOP] = (spot){ .above = NO_SPOT, .owner = TOP };
    s->count = 1;
    do {
        ef_json_pull_init(&s->pull, kernels, sample.data + at, sample.size - at);
        if (!read_document(s, &failed))
            break;
        found->is_whole = true;
        at += s->pull.at;
        at += ef_json_space(sample.data + at, sample.size - at);
    } while (at < sample.size);
    int outer = TOP, inner = go_inwards(s, TOP);
    while (inner != outer) {
        outer = inner;
        inner = go_inwards(s, outer);
    }
    found->is_top = outer == TOP;
    found->records = build_route(s, outer, found) ? s->spots[outer].objects : 0;
    return !failed;
}

bool ef_json_route_find(ef_json_found *found, const ef_kernels *kernels, ef_slice sample,
                        ef_arena *arena)
{
    ef_arena scratch = { 0 };
    search s = { .arena = &scratch, .pull.kernels = kernels };
    memset(found, 0, sizeof *found);
    s.spots = ef_arena_alloc(&scratch, SPOTS * sizeof *s.spots);
    bool is_done =
        s.spots != NULL && find(&s, found, sample) && keep_keys(&found->route, arena);
    ef_arena_release(&scratch);
    return is_done;
}

const char *ef_json_route_text(const ef_json_route *route, ef_arena *arena)
{
    ef_buffer text = { 0 };
    for (size_t i = 0; i < route->count; i++) {
        const ef_json_step *step = &route->steps[i];
        if (step->is_each)
            ef_buffer_append_text(&text, "[]");
        else if (i > 0)
            ef_buffer_append_byte(&text, '.');
        ef_buffer_append_slice(&text, step->key);
    }
    const char *copy = text.failed ? NULL : ef_arena_copy(arena, ef_buffer_slice(&text));
    ef_buffer_release(&text);
    return copy;
}
