/* SPDX-License-Identifier: MIT
 * input/ratings.c - stars, scores, words and faces as a number on a scale.
 *
 * What tells its own scale (stars, "4 of 5", thumbs) needs no decision; bare numbers take
 * the scale that the column's name or its values speak for.
 * Invariant: a rating is on its scale or it is none; nothing is clamped. */
#include "input/ratings.h"

#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "input/column_names.h"

static ef_slice trim(ef_slice slice)
{
    while (slice.size > 0 && slice.data[0] <= ' ') {
        slice.data++;
        slice.size--;
    }
    while (slice.size > 0 && slice.data[slice.size - 1] <= ' ')
        slice.size--;
    return slice;
}

static void skip(ef_slice *slice, size_t size)
{
    slice->data += size;
    slice->size -= size;
}

/* Digits with an optional point or comma and a fraction; a sign only in front. */
static bool take_number(ef_slice *slice, double *value)
{
    ef_slice rest = *slice;
    bool is_negative = rest.size > 0 && rest.data[0] == '-';
    if (is_negative)
        skip(&rest, 1);
    double number = 0, unit = 1;
    int digits = 0;
    bool is_fraction = false;
    for (; rest.size > 0 && digits < 9; skip(&rest, 1)) {
        uint8_t byte = rest.data[0];
        bool is_point = byte == '.' || byte == ',';
        if (is_point && !is_fraction && digits > 0) {
            is_fraction = true;
        } else if (byte >= '0' && byte <= '9') {
            number = number * 10 + (byte - '0');
            unit *= is_fraction ? 10 : 1;
            digits++;
        } else {
            break;
        }
    }
    if (digits == 0 || (rest.size > 0 && rest.data[0] >= '0' && rest.data[0] <= '9'))
        return false;
    *value = (is_negative ? -number : number) / unit;
    *slice = rest;
    return true;
}

static bool take_word(ef_slice *slice, const char *word)
{
    size_t n = strlen(word);
    if (slice->size < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        uint8_t byte = slice->data[i];
        if ((byte >= 'A' && byte <= 'Z' ? byte | 32 : byte) != (uint8_t)word[i])
            return false;
    }
    skip(slice, n);
    *slice = trim(*slice);
    return true;
}

/* "4", "4.0 out of 5 stars", "4/5", "85%", "4 stars", "Rated 4 out of 5". */
static bool read_number(ef_slice rest, double *value, ef_rating_scale *scale)
{
    double top;
    if (take_word(&rest, "rated") || take_word(&rest, "rating"))
        take_word(&rest, ":");
    if (!take_number(&rest, value))
        return false;
    rest = trim(rest);
    if (take_word(&rest, "%")) {
        *scale = (ef_rating_scale){ 0, 100 };
    } else if (take_word(&rest, "/") || take_word(&rest, "out of") ||
               take_word(&rest, "of")) {
        if (!take_number(&rest, &top) || top <= 1)
            return false;
        rest = trim(rest);
        *scale = (ef_rating_scale){ top <= 7 && *value >= 1 ? 1 : 0, top };
    }
    if (!take_word(&rest, "stars"))
        take_word(&rest, "star");
    return rest.size == 0;
}

/* "4" or "4.5" and nothing else: what most columns hold. */
static bool read_bare_number(ef_slice raw, double *value)
{
    return take_number(&raw, value) && raw.size == 0;
}

static bool read_word(ef_slice raw, double *value, ef_rating_scale *scale)
{
    static const struct {
        const char *word;
        int value, low, high;
    } words[] = {
        { "one", 1, 1, 5 },      { "two", 2, 1, 5 },       { "three", 3, 1, 5 },
        { "four", 4, 1, 5 },     { "five", 5, 1, 5 },      { "good", 1, -1, 1 },
        { "bad", -1, -1, 1 },    { "positive", 1, -1, 1 }, { "negative", -1, -1, 1 },
        { "neutral", 0, -1, 1 },
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (ef_column_name_equal(raw, ef_slice_of(words[i].word))) {
            *value = words[i].value;
            *scale = (ef_rating_scale){ words[i].low, words[i].high };
            return true;
        }
    return false;
}

/* 1 for a glad face or a thumb up, -1 for the contrary, 0 between; 2: no face. */
static int face_of(uint32_t code)
{
    static const struct {
        uint32_t code;
        int value;
    } faces[] = {
        { 0x1F44D, 1 }, { 0x1F44E, -1 }, /* thumbs */
        { 0x1F600, 1 }, { 0x1F603, 1 },  { 0x1F604, 1 },  { 0x1F60A, 1 },  { 0x1F642, 1 },
        { 0x1F60D, 1 }, { 0x263A, 1 },   { 0x1F610, 0 },  { 0x1F611, 0 },  { 0x1F641, -1 },
        { 0x2639, -1 }, { 0x1F61E, -1 }, { 0x1F620, -1 }, { 0x1F621, -1 }, { 0x1F622, -1 },
    };
    for (size_t i = 0; i < sizeof faces / sizeof faces[0]; i++)
        if (faces[i].code == code)
            return faces[i].value;
    return 2;
}

static bool is_modifier(uint32_t code)
{
    return code == 0xFE0F || (code >= 0x1F3FB && code <= 0x1F3FF);
}

/* A row of stars, filled and empty, or one face. */
static bool read_signs(ef_slice raw, double *value, ef_rating_scale *scale)
{
    int filled = 0, empty = 0, faces = 0, face = 0;
    for (uint32_t code; raw.size > 0;) {
        size_t size = ef_utf8_decode(raw.data, raw.size, &code);
        if (size == 0)
            return false;
        skip(&raw, size);
        if (code == 0x2605 || code == 0x2B50 || code == '*') {
            filled++;
        } else if (code == 0x2606) {
            empty++;
        } else if (face_of(code) != 2) {
            face = face_of(code);
            faces++;
        } else if (!is_modifier(code)) {
            return false;
        }
    }
    if (faces == 1 && filled + empty == 0) {
        *value = face;
        *scale = (ef_rating_scale){ -1, 1 };
        return true;
    }
    int total = empty > 0 ? filled + empty : 5;
    if (faces > 0 || filled + empty == 0 || filled > total || total > 10)
        return false;
    *value = filled;
    *scale = (ef_rating_scale){ filled == 0 ? 0 : 1, total };
    return true;
}

bool ef_rating_read(ef_slice raw, double *value, ef_rating_scale *own_scale)
{
    *own_scale = (ef_rating_scale){ 0, 0 };
    raw = trim(raw);
    if (raw.size == 0 || raw.size > 64) /* the longest there is has 25 bytes */
        return false;
    return read_bare_number(raw, value) || read_number(raw, value, own_scale) ||
           read_word(raw, value, own_scale) || read_signs(raw, value, own_scale);
}

static const char *scale_text(const char **at, double *bound)
{
    ef_slice rest = ef_slice_of(*at);
    if (!take_number(&rest, bound))
        return NULL;
    *at = (const char *)rest.data;
    return *at;
}

bool ef_rating_scale_parse(const char *text, ef_rating_scale *scale)
{
    ef_rating_scale found;
    if (scale_text(&text, &found.low) == NULL || *text++ != '-' ||
        scale_text(&text, &found.high) == NULL || *text != '\0' || found.low >= found.high)
        return false;
    *scale = found;
    return true;
}

/* The scale of one rating; equal bounds if there is none. */
static ef_rating_scale scale_for(ef_rating_scale own, ef_rating_scale column)
{
    return own.low < own.high ? own : column;
}

bool ef_rating_fill(ef_rating *rating, ef_slice raw, ef_rating_scale scale)
{
    ef_rating_scale own;
    *rating = (ef_rating){ .raw = raw };
    if (trim(raw).size == 0)
        return true;
    if (!ef_rating_read(raw, &rating->value, &own))
        return false;
    scale = scale_for(own, scale);
    if (scale.low >= scale.high)
        return true; /* nobody knows what the number means: it stays raw */
    if (rating->value < scale.low || rating->value > scale.high)
        return false;
    rating->is_known = true;
    rating->low = scale.low;
    rating->high = scale.high;
    double share = (rating->value - scale.low) / (scale.high - scale.low);
    rating->scaled = (int32_t)(share * 20000 + 0.5) - 10000;
    return true;
}

/* Numbers of a column, counted up to the tops of the scales there are. */
enum { TOP_1, TOP_5, TOP_7, TOP_10, TOP_100, TOP_COUNT };
static const double tops[TOP_COUNT] = { 1, 5, 7, 10, 100 };

typedef struct values {
    size_t count, up_to[TOP_COUNT], below_0, below_1, fractions, own;
    double least, most;
    ef_rating_scale own_scale;
} values;

static void count_value(values *v, double value)
{
    v->least = v->count == 0 || value < v->least ? value : v->least;
    v->most = v->count == 0 || value > v->most ? value : v->most;
    v->count++;
    v->below_0 += value < 0;
    v->below_1 += value < 1;
    v->fractions += value > 0 && value < 1;
    for (int i = 0; i < TOP_COUNT; i++)
        v->up_to[i] += value <= tops[i];
}

static values count_values(const ef_slice *cells, size_t count, size_t stride)
{
    values v = { .count = 0 };
    for (size_t i = 0; i < count; i++) {
        double value;
        ef_rating_scale own;
        if (!ef_rating_read(cells[i * stride], &value, &own))
            continue;
        if (own.low >= own.high) {
            count_value(&v, value);
            continue;
        }
        v.own++;
        bool is_wider = own.high > v.own_scale.high || own.low < v.own_scale.low;
        if (v.own == 1 || is_wider)
            v.own_scale = own;
    }
    return v;
}

static bool name_is_one_of(ef_slice name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (ef_column_name_equal(name, ef_slice_of(*names)))
            return true;
    return false;
}

ef_rating_kind ef_rating_kind_named(ef_slice name)
{
    static const char *const kinds[EF_RATING_KINDS][4] = {
        [EF_RATING_NPS] = { "nps", "nps_score", "net_promoter_score" },
        [EF_RATING_CSAT] = { "csat", "csat_score", "customer_satisfaction" },
        [EF_RATING_CES] = { "ces", "ces_score", "customer_effort_score" },
    };
    for (ef_rating_kind kind = EF_RATING_NPS; kind < EF_RATING_KINDS; kind++)
        if (name_is_one_of(name, kinds[kind]))
            return kind;
    return EF_RATING_PLAIN;
}

/* The scale that a name alone stands for, if it holds the values. */
static bool scale_by_name(ef_slice name, const values *v, ef_rating_scale *scale)
{
    static const char *const stars[] = { "stars", "star_rating", NULL };
    ef_rating_kind kind = ef_rating_kind_named(name);
    if (kind == EF_RATING_NPS)
        *scale = (ef_rating_scale){ 0, 10 };
    else if (kind == EF_RATING_CES)
        *scale = (ef_rating_scale){ 1, v->most > 5 ? 7 : 5 };
    else if (kind == EF_RATING_CSAT || name_is_one_of(name, stars))
        *scale = (ef_rating_scale){ v->below_1 > 0 ? 0 : 1, 5 };
    else
        return false;
    return v->count == 0 || (v->least >= scale->low && v->most <= scale->high);
}

static const char *say_values(const values *v, ef_arena *arena)
{
    ef_buffer words = { NULL, 0, 0, false };
    bool is_short = v->least > -1e9 && v->most < 1e9;
    ef_buffer_append_text(&words, "values from ");
    ef_buffer_append_int(&words, is_short ? (int64_t)v->least : 0);
    ef_buffer_append_text(&words, " to ");
    ef_buffer_append_int(&words, is_short ? (int64_t)v->most : 0);
    bool is_vague = (v->most <= 5 && v->least > 3) || (v->most > 5 && v->most <= 7);
    if (is_vague)
        ef_buffer_append_text(&words, " fit several scales: check --rating-scale");
    const char *copy = ef_arena_copy(arena, ef_buffer_slice(&words));
    ef_buffer_release(&words);
    return copy == NULL ? "by its values" : copy;
}

/* The lowest top that 98 of 100 values stay under: a few slips do not make a scale. */
static int top_of(const values *v)
{
    int top = 0;
    while (top < TOP_COUNT && v->up_to[top] * 50 < v->count * 49)
        top++;
    return top;
}

static ef_rating_scale scale_by_values(const values *v)
{
    /* A rare zero is a missing star; on long scales it is the worst answer. */
    int top = top_of(v);
    bool has_zero = top >= TOP_7 ? v->below_1 > 0 : v->below_1 * 50 > v->count;
    if (top == TOP_1 && v->below_0 > 0)
        return (ef_rating_scale){ -1, 1 };
    if (top == TOP_COUNT || v->below_0 * 50 > v->count)
        return (ef_rating_scale){ 0, 0 };
    if (top == TOP_1)
        return has_zero && v->fractions == 0 ? (ef_rating_scale){ 0, 1 }
                                             : (ef_rating_scale){ has_zero ? 0 : 1, 5 };
    if (top == TOP_7 && has_zero)
        top = TOP_10;
    return (ef_rating_scale){ has_zero ? 0 : 1, tops[top] };
}

ef_rating_scale ef_rating_decide(const ef_slice *cells, size_t count, size_t stride,
                                 ef_slice name, ef_arena *arena, const char **why)
{
    values v = count_values(cells, count, stride);
    ef_rating_scale scale;
    if (v.own > v.count) {
        *why = "the ratings tell it themselves";
        return v.own_scale;
    }
    if (scale_by_name(name, &v, &scale)) {
        *why = "the name of the column or survey stands for it";
        return scale;
    }
    if (v.count == 0) {
        *why = "no number in the sample; 1-5 is usual";
        return (ef_rating_scale){ 1, 5 };
    }
    *why = say_values(&v, arena);
    return scale_by_values(&v);
}
