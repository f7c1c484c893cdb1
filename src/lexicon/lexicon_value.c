/* SPDX-License-Identifier: MIT
 * lexicon/lexicon_value.c - the value of a lexicon line, by its section. */
#include "lexicon/lexicon_value.h"

#include "earful/scorer.h"

static const char *const section_names[EF_SECTION_COUNT] = {
    "valence", "boosters", "negators", "contrast",
    "signals", "emotions", "numbers",  "frames",
    "identity",
};

static bool equals(ef_slice slice, const char *text)
{
    return slice.size == strlen(text) && memcmp(slice.data, text, slice.size) == 0;
}

static int name_index(ef_slice text, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (equals(text, names[i]))
            return i;
    return -1;
}

bool ef_lexicon_section_named(ef_slice name, ef_lexicon_section *section)
{
    int index = name_index(name, section_names, EF_SECTION_COUNT);
    if (index >= 0)
        *section = (ef_lexicon_section)index;
    return index >= 0;
}

/* A decimal number as hundredths, without the locale. False if it is none. */
static bool parse_hundredths(ef_slice text, int32_t *value)
{
    size_t at = 0;
    bool is_negative = text.size > 0 && text.data[0] == '-';
    if (text.size > 0 && (text.data[0] == '-' || text.data[0] == '+'))
        at++;
    size_t digits = 0, decimals = 0;
    bool has_point = false;
    int64_t number = 0; /* in 1/1000 once three decimals are read, to round */
    for (; at < text.size; at++) {
        uint8_t byte = text.data[at];
        if (byte == '.' && !has_point) {
            has_point = true;
        } else if (byte >= '0' && byte <= '9') {
            digits++;
            if (!has_point || decimals < 3)
                number = number * 10 + (byte - '0');
            decimals += has_point && decimals < 3;
        } else {
            return false;
        }
        if (number > 100000000)
            return false;
    }
    for (; decimals < 3; decimals++)
        number *= 10;
    number = (number + 5) / 10;
    *value = (int32_t)(is_negative ? -number : number);
    return digits > 0;
}

/* A number within low..high; *value gets hundredths. */
static bool parse_number(ef_slice text, int32_t low, int32_t high, int32_t *value)
{
    return parse_hundredths(text, value) && *value >= low * 100 && *value <= high * 100;
}

static const char *read_emotion(ef_slice text, ef_slice extra, ef_lexicon_entry *entry)
{
    int32_t strength = 100;
    if (extra.size > 0 && !parse_number(extra, 1, 3, &strength))
        return "strength of an emotion is 1, 2 or 3";
    for (int emotion = 1; emotion < EF_EMOTION_COUNT; emotion++)
        if (equals(text, ef_emotion_name((ef_emotion)emotion))) {
            entry->emotion = (uint8_t)(emotion | strength / 100 << 4);
            return NULL;
        }
    return "emotion is none of anger, disgust, fear, joy, sadness, surprise";
}

static const char *read_signal(ef_slice text, ef_lexicon_entry *entry)
{
    for (unsigned i = 0; i < EF_SIGNAL_COUNT; i++)
        if (equals(text, ef_signal_name(i))) {
            entry->signals = (uint16_t)(1u << i);
            return NULL;
        }
    return "signal is none of those that lexicons/README.md names";
}

static const char *const frames[] = { "past",    "formerly", "hearsay", "others",  "if",
                                      "wish",    "would",    "now",     "yes",     "no",
                                      "opinion", "rival",    "over",    "rhetoric" };

const char *ef_frame_name(unsigned frame)
{
    return frame > 0 && frame < EF_FRAME_COUNT ? frames[frame - 1] : "";
}

static const char *read_frame(ef_slice text, ef_lexicon_entry *entry)
{
    int index = name_index(text, frames, EF_FRAME_COUNT - 1);
    if (index < 0)
        return "frame is none of those that lexicons/README.md names";
    entry->grammar = (uint8_t)((index + 1) << 4);
    return NULL;
}

static const char *read_number(ef_lexicon_section section, ef_slice text,
                               ef_lexicon_entry *entry)
{
    int32_t number = 0;
    if (section == EF_SECTION_VALENCE) {
        if (!parse_number(text, -4, 4, &number))
            return "valence is no number from -4 to 4";
        entry->valence = (int16_t)number;
        entry->flags = EF_ENTRY_VALENCE;
    } else if (section == EF_SECTION_BOOSTERS) {
        if (!parse_number(text, -100, 100, &number) || number / 100 == 0)
            return "booster is no number from -100 to 100, or does nothing";
        entry->booster = (int8_t)(number / 100);
    } else {
        if (!parse_number(text, 0, 15, &number))
            return "number is none from 0 to 15";
        entry->grammar = (uint8_t)(number / 100 << 4);
        entry->flags = EF_ENTRY_IS_NUMBER;
    }
    return NULL;
}

const char *ef_lexicon_value_read(ef_lexicon_section section, ef_slice text, ef_slice extra,
                                  ef_lexicon_entry *entry)
{
    static const char *const negators[] = { "not", "none", "barely" };
    static const char *const contrasts[] = { "but", "although" };
    int index;
    *entry = (ef_lexicon_entry){ 0 };
    switch (section) {
    case EF_SECTION_NEGATORS:
        index = name_index(text, negators, 3);
        entry->grammar = (uint8_t)(index + 1);
        return index >= 0 ? NULL : "negator is none of not, none, barely";
    case EF_SECTION_CONTRAST:
        index = name_index(text, contrasts, 2);
        entry->grammar = (uint8_t)((index + 1) << 2);
        return index >= 0 ? NULL : "contrast is none of but, although";
    case EF_SECTION_SIGNALS:
        return read_signal(text, entry);
    case EF_SECTION_FRAMES:
        return read_frame(text, entry);
    case EF_SECTION_IDENTITY:
        entry->flags = EF_ENTRY_VALENCE | EF_ENTRY_OWN;
        return equals(text, "unheard") ? NULL : "identity is none but unheard";
    case EF_SECTION_EMOTIONS:
        return read_emotion(text, extra, entry);
    default:
        return read_number(section, text, entry);
    }
}
