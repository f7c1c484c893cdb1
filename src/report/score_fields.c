/* SPDX-License-Identifier: MIT
 * report/score_fields.c - what a score adds to a record: the fields, in their order.
 *
 * A row says where in ef_score a value stands and how it is read; numbers are written from
 * integers, so they are the same on every machine. */
#include "report/score_fields.h"

#include "base/json_out.h"

typedef enum kind { LABEL, UNIT, COUNT, FLAG, EMOTION, SIGNALS, LANGUAGE } kind;

static const struct row {
    const char *name;
    kind kind;
    size_t offset;
} rows[] = {
    { "label", LABEL, offsetof(ef_score, label) },
    { "score", UNIT, offsetof(ef_score, score) },
    { "p_negative", UNIT, offsetof(ef_score, p_negative) },
    { "p_neutral", UNIT, offsetof(ef_score, p_neutral) },
    { "p_positive", UNIT, offsetof(ef_score, p_positive) },
    { "confidence", UNIT, offsetof(ef_score, confidence) },
    { "mixed", FLAG, offsetof(ef_score, mixed) },
    { "sentences", COUNT, offsetof(ef_score, sentences) },
    { "lowest", UNIT, offsetof(ef_score, lowest) },
    { "highest", UNIT, offsetof(ef_score, highest) },
    { "emotion", EMOTION, offsetof(ef_score, emotion) },
    { "emotion_p", UNIT, offsetof(ef_score, emotion_p) },
    { "signals", SIGNALS, offsetof(ef_score, signals) },
    { "coverage", UNIT, offsetof(ef_score, coverage) },
    { "language", LANGUAGE, offsetof(ef_score, language) },
    { "needs_review", FLAG, offsetof(ef_score, needs_review) },
};
enum { ROWS = sizeof rows / sizeof rows[0] };

const char *ef_score_field_name(size_t index)
{
    return index < ROWS ? rows[index].name : NULL;
}

void ef_score_signals(ef_buffer *out, uint32_t signals, const char *separator)
{
    bool is_first = true;
    for (unsigned i = 0; i < EF_SIGNAL_COUNT; i++) {
        if ((signals >> i & 1) == 0)
            continue;
        if (!is_first)
            ef_buffer_append_text(out, separator);
        ef_buffer_append_text(out, ef_signal_name(i));
        is_first = false;
    }
}

/* The word that a LABEL, EMOTION or LANGUAGE stands for; "" for null. */
static const char *word_of(const struct row *row, const ef_score *score)
{
    switch (row->kind) {
    case LABEL:
        return ef_label_name(score->label);
    case EMOTION:
        return score->emotion == EF_EMOTION_NONE ? "none" : ef_emotion_name(score->emotion);
    default:
        return score->language == EF_LANGUAGE_UNKNOWN ? "unknown" : "";
    }
}

/* Values that are written alike in JSON and in cells. */
static void append_plain(ef_buffer *out, const struct row *row, const ef_score *score)
{
    const char *at = (const char *)score + row->offset;
    int32_t unit;
    uint32_t count;
    bool flag;
    switch (row->kind) {
    case UNIT:
        memcpy(&unit, at, sizeof unit);
        ef_buffer_append_unit(out, unit);
        break;
    case COUNT:
        memcpy(&count, at, sizeof count);
        ef_buffer_append_int(out, count);
        break;
    case FLAG:
        memcpy(&flag, at, sizeof flag);
        ef_buffer_append_text(out, flag ? "true" : "false");
        break;
    default:
        ef_buffer_append_text(out, word_of(row, score));
    }
}

static void append_key(ef_buffer *out, const char *name, bool is_first)
{
    ef_buffer_append_text(out, is_first ? "\"" : ",\"");
    ef_buffer_append_text(out, name);
    ef_buffer_append_text(out, "\":");
}

static void append_quoted(ef_buffer *out, const char *word)
{
    ef_buffer_append_byte(out, '"');
    ef_buffer_append_text(out, word);
    ef_buffer_append_byte(out, '"');
}

void ef_score_members(ef_buffer *out, const ef_score *score)
{
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        if (row->kind == LANGUAGE && score->language != EF_LANGUAGE_UNKNOWN)
            continue;
        append_key(out, row->name, row == rows);
        if (row->kind == SIGNALS) {
            ef_buffer_append_text(out, score->signals != 0 ? "[\"" : "[");
            ef_score_signals(out, score->signals, "\",\"");
            ef_buffer_append_text(out, score->signals != 0 ? "\"]" : "]");
        } else if (row->kind == LABEL && score->label == EF_LABEL_NONE) {
            ef_buffer_append_text(out, "null");
        } else if (row->kind == LABEL || row->kind == EMOTION || row->kind == LANGUAGE) {
            append_quoted(out, word_of(row, score));
        } else {
            append_plain(out, row, score);
        }
    }
}

void ef_score_cells(ef_buffer *out, const ef_score *score, uint8_t delimiter)
{
    for (const struct row *row = rows; row < rows + ROWS; row++) {
        if (row != rows)
            ef_buffer_append_byte(out, delimiter);
        if (row->kind == SIGNALS)
            ef_score_signals(out, score->signals, delimiter == ';' ? " " : ";");
        else
            append_plain(out, row, score);
    }
}
