/* SPDX-License-Identifier: MIT
 * report/score_read.c - a score taken back from what was written of it. */
#include "report/score_fields.h"

#include "report/score_field.h"

static bool is_text(ef_slice value, const char *text)
{
    return value.size == strlen(text) &&
           (value.size == 0 || memcmp(value.data, text, value.size) == 0);
}

static bool is_null(ef_slice value)
{
    return value.size == 0 || is_text(value, "null");
}

/* Digits with at most four decimals, in units of 1/10000. */
static bool read_unit(ef_slice value, int32_t *unit)
{
    size_t at = value.size > 0 && value.data[0] == '-' ? 1 : 0;
    int32_t number = 0, decimals = -1;
    if (at == value.size || value.size > 8)
        return false;
    for (size_t i = at; i < value.size; i++) {
        if (value.data[i] == '.' && decimals < 0 && i > at) {
            decimals = 0;
            continue;
        }
        if (value.data[i] < '0' || value.data[i] > '9' || decimals == 4)
            return false;
        number = number * 10 + (value.data[i] - '0');
        decimals += decimals >= 0;
    }
    for (int32_t i = decimals < 0 ? 0 : decimals; i < 4; i++) {
        if (number > EF_UNIT)
            return false;
        number *= 10;
    }
    *unit = at == 1 ? -number : number;
    return number <= EF_UNIT;
}

static bool read_count(ef_slice value, uint32_t *count)
{
    *count = 0;
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] < '0' || value.data[i] > '9' || i == 9)
            return false;
        *count = *count * 10 + (uint32_t)(value.data[i] - '0');
    }
    return value.size > 0;
}

static bool read_label(ef_slice value, ef_label *label)
{
    *label = EF_LABEL_NONE;
    for (int i = EF_LABEL_NEGATIVE; i <= EF_LABEL_POSITIVE && !is_null(value); i++)
        if (is_text(value, ef_label_name((ef_label)i)))
            *label = (ef_label)i;
    return *label != EF_LABEL_NONE || is_null(value);
}

static bool read_emotion(ef_slice value, ef_emotion *emotion)
{
    *emotion = EF_EMOTION_NONE;
    for (int i = 0; i < EF_EMOTION_COUNT; i++)
        if (is_text(value, ef_emotion_name((ef_emotion)i)))
            *emotion = (ef_emotion)i;
    return *emotion != EF_EMOTION_NONE || is_null(value) ||
           is_text(value, ef_emotion_name(EF_EMOTION_NONE));
}

/* Names with anything but letters between them: a;b, a b, ["a","b"]. */
static bool read_signals(ef_slice value, uint32_t *signals)
{
    *signals = 0;
    for (size_t at = 0, end; at < value.size; at = end + 1) {
        for (end = at;
             end < value.size && value.data[end] >= 'a' && value.data[end] <= 'z';)
            end++;
        if (end == at)
            continue;
        uint32_t bit = 0;
        for (unsigned i = 0; i < EF_SIGNAL_COUNT; i++)
            if (is_text((ef_slice){ value.data + at, end - at }, ef_signal_name(i)))
                bit = UINT32_C(1) << i;
        if (bit == 0)
            return is_null(value);
        *signals |= bit;
    }
    return true;
}

static bool read_flag(ef_slice value, bool *flag)
{
    *flag = is_text(value, "true");
    return *flag || is_text(value, "false");
}

bool ef_score_read(ef_score *score, const ef_score_fields *fields, size_t index,
                   ef_slice value)
{
    const struct ef_score_field *field = &fields->rows[index];
    void *member = (char *)score + field->offset;
    switch (field->kind) {
    case EF_FIELD_CHANCE:
    case EF_FIELD_UNIT:
        return is_null(value) || read_unit(value, member);
    case EF_FIELD_COUNT:
        return is_null(value) || read_count(value, member);
    case EF_FIELD_FLAG:
        return is_null(value) || read_flag(value, member);
    case EF_FIELD_LABEL:
        return read_label(value, member);
    case EF_FIELD_EMOTION:
        return read_emotion(value, member);
    case EF_FIELD_SIGNALS:
        return read_signals(value, member);
    default:
        score->language =
            is_text(value, "unknown") ? EF_LANGUAGE_UNKNOWN : EF_LANGUAGE_MODEL;
        return is_null(value) || score->language == EF_LANGUAGE_UNKNOWN;
    }
}
