/* SPDX-License-Identifier: MIT
 * report/score_fields.c - what a score adds to a record: the fields, in their order.
 *
 * A field says where in ef_score a value stands and how it is read; numbers are written
 * from integers, so they are the same on every machine.
 *
 * A score is written once for every record, and its size has a bound: room for it is
 * reserved once, and a pen then writes without looking (a third of the time that appending
 * field by field took). */
#include "report/score_fields.h"

#include "report/score_field.h"

#include <assert.h>

/* clang-format off */
#define NAMED(name, kind, member) \
    { name, "\"" name "\":", sizeof "\"" name "\":" - 1, kind, offsetof(ef_score, member) }
#define ROW(kind, member) NAMED(#member, kind, member)
static const struct ef_score_field own_fields[] = {
    ROW(EF_FIELD_LABEL, label),
    ROW(EF_FIELD_CHANCE, score),
    ROW(EF_FIELD_CHANCE, p_negative),
    ROW(EF_FIELD_CHANCE, p_neutral),
    ROW(EF_FIELD_CHANCE, p_positive),
    ROW(EF_FIELD_CHANCE, confidence),
    ROW(EF_FIELD_FLAG, mixed),
    ROW(EF_FIELD_COUNT, sentences),
    ROW(EF_FIELD_CHANCE, lowest),
    ROW(EF_FIELD_CHANCE, highest),
    ROW(EF_FIELD_EMOTION, emotion),
    ROW(EF_FIELD_UNIT, emotion_p),
    ROW(EF_FIELD_SIGNALS, signals),
    ROW(EF_FIELD_UNIT, coverage),
    ROW(EF_FIELD_LANGUAGE, language),
    ROW(EF_FIELD_FLAG, needs_review),
};
/* By the reference's names. Its figures of an empty text are zeros. */
static const struct ef_score_field vader_fields[] = {
    NAMED("neg", EF_FIELD_UNIT, p_negative),
    NAMED("neu", EF_FIELD_UNIT, p_neutral),
    NAMED("pos", EF_FIELD_UNIT, p_positive),
    NAMED("compound", EF_FIELD_UNIT, score),
    ROW(EF_FIELD_LABEL, label),
    ROW(EF_FIELD_CHANCE, score),
};
#undef ROW
#undef NAMED
/* clang-format on */
enum {
    FIELDS = sizeof own_fields / sizeof own_fields[0],
    VADER_FIELDS = sizeof vader_fields / sizeof vader_fields[0],
    /* A key has at most 17 bytes and a value 12, but for the signals: nine names of at most
     * 10 bytes, each with 3 around it. */
    LARGEST = 1024
};
static_assert(VADER_FIELDS < FIELDS, "they fit where ours do");
static_assert(FIELDS * (17 + 12) + EF_SIGNAL_COUNT * 13 + sizeof own_fields[0].key <
                  LARGEST,
              "room for every score, and for a key that is moved whole");

const ef_score_fields *ef_score_fields_of(const char *scorer)
{
    static const ef_score_fields own = { own_fields, own_fields + FIELDS };
    static const ef_score_fields vader = { vader_fields, vader_fields + VADER_FIELDS };
    return scorer != NULL && strcmp(scorer, "vader") == 0 ? &vader : &own;
}

const char *ef_score_field_name(const ef_score_fields *fields, size_t index)
{
    return index < (size_t)(fields->end - fields->rows) ? fields->rows[index].name : NULL;
}

/* put_… write at a place that has room, and give the place behind what they wrote. */
static uint8_t *put_text(uint8_t *at, const char *text)
{
    return (uint8_t *)stpcpy((char *)at, text);
}

static uint8_t *put_key(uint8_t *at, const struct ef_score_field *field)
{
    memcpy(at, field->key, sizeof field->key);
    return at + field->key_size;
}

/* Two digits at a time: a division is most of what a digit costs. */
static inline uint8_t *put_two(uint8_t *at, uint32_t number)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    memcpy(at, pairs + 2 * number, 2);
    return at + 2;
}

static uint8_t *put_flag(uint8_t *at, bool flag)
{
    memcpy(at, flag ? "true\0\0\0" : "false\0\0", 8);
    return at + (flag ? 4 : 5);
}

static uint8_t *put_number(uint8_t *at, uint32_t number)
{
    uint8_t digits[10];
    if (number < 10) {
        *at = (uint8_t)('0' + number);
        return at + 1;
    }
    size_t count = 0;
    do {
        digits[count++] = (uint8_t)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    while (count > 0)
        *at++ = digits[--count];
    return at;
}

/* value / 10000 with four decimals. */
static inline uint8_t *put_unit(uint8_t *at, int32_t value)
{
    uint32_t rest = value < 0 ? 0 - (uint32_t)value : (uint32_t)value;
    *at = '-';
    at += value < 0;
    if (rest < EF_UNIT) {
        *at++ = '0';
    } else {
        at = put_number(at, rest / EF_UNIT);
        rest %= EF_UNIT;
    }
    *at++ = '.';
    return put_two(put_two(at, rest / 100), rest % 100);
}

static uint8_t *put_signals(uint8_t *at, uint32_t signals, const char *separator)
{
    const char *before = "";
    for (unsigned i = 0; i < EF_SIGNAL_COUNT && signals >> i != 0; i++) {
        if ((signals >> i & 1) == 0)
            continue;
        at = put_text(put_text(at, before), ef_signal_name(i));
        before = separator;
    }
    return at;
}

/* The word that a LABEL, EMOTION or LANGUAGE stands for; "" for null. */
static const char *word_of(const struct ef_score_field *field, const ef_score *score)
{
    switch (field->kind) {
    case EF_FIELD_LABEL:
        return ef_label_name(score->label);
    case EF_FIELD_EMOTION:
        return ef_emotion_name(score->emotion);
    default:
        return score->language == EF_LANGUAGE_UNKNOWN ? "unknown" : "";
    }
}

static bool is_null(const struct ef_score_field *field, const ef_score *score)
{
    return (field->kind == EF_FIELD_LABEL || field->kind == EF_FIELD_CHANCE) &&
           score->label == EF_LABEL_NONE;
}

/* Two fields of three are figures that are there. */
static inline bool is_figure(const struct ef_score_field *field, const ef_score *score)
{
    return field->kind == EF_FIELD_UNIT ||
           (field->kind == EF_FIELD_CHANCE && score->label != EF_LABEL_NONE);
}

static inline uint8_t *put_figure(uint8_t *at, const struct ef_score_field *field,
                                  const ef_score *score)
{
    int32_t unit;
    memcpy(&unit, (const char *)score + field->offset, sizeof unit);
    return put_unit(at, unit);
}

/* A value that is written alike in JSON and in a cell, and is no figure. */
static uint8_t *put_plain(uint8_t *at, const struct ef_score_field *field,
                          const ef_score *score)
{
    const char *value = (const char *)score + field->offset;
    uint32_t count;
    bool flag;
    switch (field->kind) {
    case EF_FIELD_COUNT:
        memcpy(&count, value, sizeof count);
        return put_number(at, count);
    case EF_FIELD_FLAG:
        memcpy(&flag, value, sizeof flag);
        return put_flag(at, flag);
    default:
        return put_text(at, word_of(field, score));
    }
}

static uint8_t *put_json(uint8_t *at, const struct ef_score_field *field,
                         const ef_score *score)
{
    if (is_null(field, score))
        return put_text(at, "null");
    switch (field->kind) {
    case EF_FIELD_SIGNALS:
        if (score->signals == 0)
            return put_text(at, "[]");
        at = put_signals(put_text(at, "[\""), score->signals, "\",\"");
        return put_text(at, "\"]");
    case EF_FIELD_LABEL:
    case EF_FIELD_EMOTION:
    case EF_FIELD_LANGUAGE:
        *at = '"';
        at = put_text(at + 1, word_of(field, score));
        *at = '"';
        return at + 1;
    default:
        return put_plain(at, field, score);
    }
}

static void close_pen(ef_buffer *out, const uint8_t *at)
{
    assert((size_t)(at - out->data) <= out->size + LARGEST);
    out->size = (size_t)(at - out->data);
}

void ef_score_members(ef_buffer *out, const ef_score_fields *fields, const ef_score *score)
{
    if (!ef_buffer_reserve(out, LARGEST))
        return;
    uint8_t *at = out->data + out->size;
    for (const struct ef_score_field *field = fields->rows; field < fields->end; field++) {
        if (field->kind == EF_FIELD_LANGUAGE && score->language != EF_LANGUAGE_UNKNOWN)
            continue;
        *at = ',';
        at += field != fields->rows;
        at = put_key(at, field);
        at = is_figure(field, score) ? put_figure(at, field, score)
                                     : put_json(at, field, score);
    }
    close_pen(out, at);
}

void ef_score_cells(ef_buffer *out, const ef_score_fields *fields, const ef_score *score,
                    uint8_t delimiter)
{
    if (!ef_buffer_reserve(out, LARGEST))
        return;
    uint8_t *at = out->data + out->size;
    for (const struct ef_score_field *field = fields->rows; field < fields->end; field++) {
        if (field != fields->rows)
            *at++ = delimiter;
        if (is_figure(field, score))
            at = put_figure(at, field, score);
        else if (field->kind == EF_FIELD_SIGNALS)
            at = put_signals(at, score->signals, delimiter == ';' ? " " : ";");
        else if (!is_null(field, score))
            at = put_plain(at, field, score);
    }
    close_pen(out, at);
}

void ef_score_signals(ef_buffer *out, uint32_t signals, const char *separator)
{
    const char *before = "";
    for (unsigned i = 0; i < EF_SIGNAL_COUNT; i++) {
        if ((signals >> i & 1) == 0)
            continue;
        ef_buffer_append_text(out, before);
        ef_buffer_append_text(out, ef_signal_name(i));
        before = separator;
    }
}
