/* SPDX-License-Identifier: MIT
 * report/writer_table.c - records and scores for a person at a terminal.
 *
 * One line a record: label, score, what else was heard, and as much of the text as fits.
 * Whatever comes from the input passes ef_display_append. */
#include "report/formats_written.h"

#include "report/display.h"
#include "report/score_fields.h"

enum {
    LABEL_WIDTH = 8, /* "negative" */
    SCORE_WIDTH = 7, /* "-0.1250" */
    FLAGS_WIDTH = 20,
    GAP = 2,
    TEXT_WIDTH_LEAST = 16
};

static void append_blanks(ef_buffer *out, unsigned count)
{
    while (count-- > 0)
        ef_buffer_append_byte(out, ' ');
}

/* text, filled up or cut to width columns, and a gap. */
static void append_column(ef_buffer *out, ef_slice text, unsigned width)
{
    unsigned used = ef_display_append(out, text, width);
    append_blanks(out, width - used + GAP);
}

static unsigned text_width(const ef_writing *writing)
{
    unsigned before = LABEL_WIDTH + SCORE_WIDTH + FLAGS_WIDTH + 3 * GAP;
    unsigned width = writing->options.width;
    return width < before + TEXT_WIDTH_LEAST ? TEXT_WIDTH_LEAST : width - before;
}

/* In the reference mode there are no flags; its shares stand in their place. */
static bool shows_shares(const ef_writing *writing)
{
    return writing->fields == ef_score_fields_of("vader");
}

static void begin(ef_buffer *out, const ef_writing *writing)
{
    const ef_engine_info *engine = writing->engine;
    ef_buffer_append_text(out, "earful ");
    ef_buffer_append_text(out, engine->version);
    ef_buffer_append_text(out, "  model ");
    ef_buffer_append_text(out, engine->model.hash);
    ef_buffer_append_text(out, "  lexicon ");
    ef_buffer_append_text(out, engine->lexicon_hash);
    ef_buffer_append_byte(out, '\n');
    append_column(out, ef_slice_of("label"), LABEL_WIDTH);
    append_blanks(out, SCORE_WIDTH - 5);
    append_column(out, ef_slice_of("score"), 5);
    ef_buffer_append_text(out, shows_shares(writing) ? "neg    neu    pos   "
                                                     : "also                ");
    append_blanks(out, GAP);
    ef_buffer_append_text(out, "text\n");
}

static const char *color_of(const ef_score *score)
{
    switch (score->label) {
    case EF_LABEL_NEGATIVE:
        return "\x1b[31m";
    case EF_LABEL_POSITIVE:
        return "\x1b[32m";
    case EF_LABEL_NEUTRAL:
        return "\x1b[2m";
    default:
        return "\x1b[33m";
    }
}

static void append_label(ef_buffer *out, const ef_writing *writing, const ef_score *score)
{
    const char *name = ef_label_name(score->label);
    if (score->label == EF_LABEL_NONE)
        name = score->language == EF_LANGUAGE_UNKNOWN ? "unknown" : "-";
    if (writing->options.color)
        ef_buffer_append_text(out, color_of(score));
    unsigned used = ef_display_append(out, ef_slice_of(name), LABEL_WIDTH);
    if (writing->options.color)
        ef_buffer_append_text(out, "\x1b[0m");
    append_blanks(out, LABEL_WIDTH - used + GAP);
}

static void append_score(ef_buffer *out, const ef_score *score)
{
    if (score->label == EF_LABEL_NONE) {
        append_blanks(out, SCORE_WIDTH + GAP);
        return;
    }
    append_blanks(out, score->score < 0 ? 0 : 1);
    ef_buffer_append_unit(out, score->score);
    append_blanks(out, GAP);
}

static void append_word(ef_buffer *out, size_t start, const char *word)
{
    if (out->size > start)
        ef_buffer_append_byte(out, ' ');
    ef_buffer_append_text(out, word);
}

/* Emotion, signals, mixed, review: our own words, ASCII, so that size is width. */
static void append_flags(ef_buffer *out, const ef_score *score)
{
    size_t start = out->size;
    if (score->emotion != EF_EMOTION_NONE)
        append_word(out, start, ef_emotion_name(score->emotion));
    if (score->signals != 0) {
        append_word(out, start, "");
        ef_score_signals(out, score->signals, " ");
    }
    if (score->mixed)
        append_word(out, start, "mixed");
    if (score->needs_review)
        append_word(out, start, "review");
    if (out->size - start > FLAGS_WIDTH) {
        out->size = start + FLAGS_WIDTH - 1;
        ef_buffer_append_text(out, "\xE2\x80\xA6");
        append_blanks(out, GAP);
    } else {
        append_blanks(out, FLAGS_WIDTH + GAP - (unsigned)(out->size - start));
    }
}

/* Three figures of six columns and the blanks between them fill FLAGS_WIDTH. */
static void append_shares(ef_buffer *out, const ef_score *score)
{
    ef_buffer_append_unit(out, score->p_negative);
    ef_buffer_append_byte(out, ' ');
    ef_buffer_append_unit(out, score->p_neutral);
    ef_buffer_append_byte(out, ' ');
    ef_buffer_append_unit(out, score->p_positive);
    append_blanks(out, GAP);
}

static void append_record(ef_buffer *out, const ef_writing *writing,
                          const ef_record *record, const ef_score *score,
                          const ef_explanation *explanation)
{
    (void)explanation;
    append_label(out, writing, score);
    append_score(out, score);
    if (shows_shares(writing))
        append_shares(out, score);
    else
        append_flags(out, score);
    ef_slice text = ef_redacted(writing->redaction, record->text, out);
    ef_display_append(out, text, text_width(writing));
    ef_buffer_append_byte(out, '\n');
}

static void end(ef_buffer *out, const ef_writing *writing)
{
    (void)out;
    (void)writing;
}

const ef_format_writer ef_format_writer_table = {
    .name = "table",
    .summary = "lines for a person at a terminal",
    .begin = begin,
    .record = append_record,
    .separator = "",
    .end = end,
    .shown = EF_SHOWN_AS_IT_IS,
};
