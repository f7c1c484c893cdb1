/* SPDX-License-Identifier: MIT
 * cli/review_card.c - one text as a person is asked about it, in lines.
 *
 * A person who has seen the model's answer tends to agree. Texts that were drawn by lot
 * measure the model, so there its answer comes after the person's. */
#include "review_card.h"

#include <inttypes.h>
#include <stdlib.h>
#include <strings.h>

#include "json_print.h"
#include "paint.h"
#include "terminal.h"

enum { BAR = 8, STRONGEST = 4, MARGIN = 9 /* of the titles on the left */ };

/* --- the text ---------------------------------------------------------------------- */

void ef_card_text(const ef_card *card, ef_sheet *sheet)
{
    ef_slice text = card->item->text;
    bool is_painted = sheet->has_color && card->shows_model && card->explanation != NULL;
    unsigned char *colors = is_painted ? calloc(text.size + 1, 1) : NULL;
    if (colors != NULL)
        ef_paint_reasons(colors, 0, (uint32_t)text.size, card->explanation, 0,
                         card->explanation->reason_count);
    ef_sheet_text(sheet, text, colors);
    free(colors);
}

size_t ef_card_place(const ef_card *card, FILE *stream, size_t columns)
{
    char *bytes = NULL;
    size_t size = 0, used = 0;
    const ef_review_item *item = card->item;
    FILE *place = open_memstream(&bytes, &size);
    if (place == NULL) /* where it is tells more than nothing */
        return ef_print_fitting(stream, item->file, columns);
    const uint8_t *slash = memrchr(item->file.data, '/', item->file.size);
    size_t folder = slash == NULL ? 0 : (size_t)(slash + 1 - item->file.data);
    fwrite(item->file.data + folder, 1, item->file.size - folder, place);
    fprintf(place, " line %" PRIu64 "%s", item->line, item->id.size > 0 ? ", id " : "");
    fwrite(item->id.data, 1, item->id.size, place);
    if (fclose(place) == 0)
        used =
            ef_print_fitting(stream, (ef_slice){ (const uint8_t *)bytes, size }, columns);
    free(bytes);
    return used;
}

/* --- reasons ----------------------------------------------------------------------- */

static int64_t strength(const ef_reason *reason)
{
    return reason->weight < 0 ? -(int64_t)reason->weight : reason->weight;
}

static int by_kind_and_strength(const void *left, const void *right)
{
    const ef_reason *a = *(const ef_reason *const *)left;
    const ef_reason *b = *(const ef_reason *const *)right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (strength(a) != strength(b))
        return strength(a) > strength(b) ? -1 : 1;
    if (a->begin != b->begin)
        return a->begin > b->begin ? 1 : -1;
    return (a->end > b->end) - (a->end < b->end);
}

/* All reasons that weigh something, sorted; the caller frees them. NULL: there are none. */
static const ef_reason **sort_reasons(const ef_card *card, size_t *count)
{
    *count = 0;
    if (card->explanation == NULL)
        return NULL;
    size_t all = card->explanation->reason_count;
    const ef_reason **sorted = malloc((all + 1) * sizeof *sorted);
    for (size_t i = 0; sorted != NULL && i < all; i++) {
        const ef_reason *reason = &card->explanation->reasons[i];
        if (reason->weight != 0 || reason->kind == EF_REASON_SIGNAL)
            sorted[(*count)++] = reason;
    }
    if (*count > 0)
        qsort(sorted, *count, sizeof *sorted, by_kind_and_strength);
    return sorted;
}

static ef_slice words_of(const ef_card *card, uint32_t begin, uint32_t end)
{
    return (ef_slice){ card->item->text.data + begin, end - begin };
}

static void write_reason(const ef_card *card, ef_sheet *sheet, const ef_reason *reason)
{
    FILE *out = sheet->stream;
    char weight[16] = "";
    if (reason->kind == EF_REASON_LEXICON)
        snprintf(weight, sizeof weight, "%+.2f", reason->weight / 100.0);
    else if (reason->kind != EF_REASON_SIGNAL)
        snprintf(weight, sizeof weight, "%+" PRId32, reason->weight);
    fprintf(out, "%8s  %-10s  ", weight, ef_reason_kind_name(reason->kind));
    size_t used =
        22 + ef_print_fitting(out, words_of(card, reason->begin, reason->end), 40);
    if (reason->name[0] != '\0')
        used += (size_t)fprintf(out, "  %s", reason->name);
    if (reason->rule[0] != '\0' && used + strlen(reason->rule) + 4 < sheet->width) {
        used += (size_t)fprintf(out, "  %s", reason->rule);
        if (reason->rule_end > reason->rule_begin && used + 8 < sheet->width) {
            fputs(" by ", out);
            ef_print_fitting(out, words_of(card, reason->rule_begin, reason->rule_end),
                             sheet->width - used - 4);
        }
    }
    ef_sheet_end_line(sheet);
}

void ef_card_reasons(const ef_card *card, ef_sheet *sheet)
{
    size_t count;
    const ef_reason **sorted = sort_reasons(card, &count);
    if (count == 0) {
        fputs("nothing in this text weighs anything", sheet->stream);
        ef_sheet_end_line(sheet);
    }
    for (size_t i = 0; i < count && !sheet->failed; i++)
        write_reason(card, sheet, sorted[i]);
    free(sorted);
}

/* --- the model --------------------------------------------------------------------- */

static void title(ef_sheet *sheet, const char *name)
{
    fprintf(sheet->stream, "%s%-*s%s", sheet->has_color ? EF_DIM : "", MARGIN, name,
            sheet->has_color ? EF_PLAIN : "");
}

static void write_bar(ef_sheet *sheet, const char *name, int32_t p, bool is_chosen,
                      bool is_last)
{
    static const char *const parts[] = { "", "▏", "▎", "▍", "▌", "▋", "▊", "▉" };
    int eighths = p * BAR * 8 / EF_UNIT, used = eighths / 8 + (eighths % 8 > 0);
    const char *on = sheet->has_color && is_chosen ? EF_BOLD : "";
    fprintf(sheet->stream, "%s%s ", on, name);
    ef_decimal_print(sheet->stream, "", (p + 50) / 100, 2);
    fputc(' ', sheet->stream);
    for (int i = 0; i < eighths / 8; i++)
        fputs("█", sheet->stream);
    fprintf(sheet->stream, "%s%s", parts[eighths % 8], *on != '\0' ? EF_PLAIN : "");
    if (!is_last)
        fprintf(sheet->stream, "%*s", BAR - used + 1, "");
}

static void write_score(const ef_card *card, ef_sheet *sheet)
{
    const ef_score *score = &card->item->score;
    title(sheet, "model");
    if (score->label == EF_LABEL_NONE) {
        fputs("no label: it does not know this language", sheet->stream);
    } else if (sheet->width >= 78) {
        write_bar(sheet, "negative", score->p_negative, score->label == EF_LABEL_NEGATIVE,
                  false);
        write_bar(sheet, "neutral", score->p_neutral, score->label == EF_LABEL_NEUTRAL,
                  false);
        write_bar(sheet, "positive", score->p_positive, score->label == EF_LABEL_POSITIVE,
                  true);
    } else {
        fprintf(sheet->stream, "%s, score ", ef_label_name(score->label));
        ef_decimal_print(sheet->stream, "", score->score / 100, 2);
    }
    ef_sheet_end_line(sheet);
}

static const char *kind_words(ef_review_kind kind)
{
    static const char *const words[EF_REVIEW_KINDS] = {
        [EF_REVIEW_RANDOM] = "drawn by lot, to measure the model",
        [EF_REVIEW_UNCERTAIN] = "two labels are nearly as likely",
        [EF_REVIEW_OPPOSED] = "lexicon and classifier disagree",
        [EF_REVIEW_DIVERSE] = "says what many others say",
        [EF_REVIEW_CUE] = "",
    };
    return words[kind];
}

/* What needs_review adds to the kind, without saying anything twice. */
static void write_kind(const ef_card *card, ef_sheet *sheet)
{
    static const char *const reasons[EF_REVIEW_REASON_COUNT] = {
        "the model is not sure", "lexicon and classifier disagree",
        "the language is unknown", "a cue of sarcasm"
    };
    const ef_review_item *item = card->item;
    const char *words = kind_words(item->kind), *sign = words[0] != '\0' ? "; " : "";
    title(sheet, "chosen");
    fputs(words, sheet->stream);
    for (unsigned i = 0; card->shows_model && i < EF_REVIEW_REASON_COUNT; i++) {
        bool is_said = (i == 0 && item->kind == EF_REVIEW_UNCERTAIN) ||
                       (i == 1 && item->kind == EF_REVIEW_OPPOSED);
        if (is_said || (item->score.review >> i & 1) == 0)
            continue;
        fprintf(sheet->stream, "%s%s", sign, reasons[i]);
        sign = "; ";
    }
    ef_sheet_end_line(sheet);
}

static bool is_mood(const ef_reason *reason)
{
    return reason->kind != EF_REASON_SIGNAL && reason->kind != EF_REASON_EMOTION;
}

static bool is_same_word(const ef_card *card, const ef_reason *a, const ef_reason *b)
{
    const char *text = (const char *)card->item->text.data;
    return a->end - a->begin == b->end - b->begin &&
           strncasecmp(text + a->begin, text + b->begin, a->end - a->begin) == 0;
}

/* A word that the lexicon and the classifier both weigh, or that comes twice, stands there
 * once. */
static bool is_repeat(const ef_card *card, const ef_reason *const *sorted, size_t index)
{
    const ef_reason *reason = sorted[index];
    for (size_t i = 0; i < index; i++) {
        bool is_inside = sorted[i]->begin < reason->end && reason->begin < sorted[i]->end;
        if (is_mood(sorted[i]) && (is_inside || is_same_word(card, sorted[i], reason)))
            return true;
    }
    return false;
}

/* As many as a line has room for, but of each kind a few only. */
static void write_strongest(const ef_card *card, ef_sheet *sheet)
{
    size_t count, of_kind = 0, used = MARGIN;
    const ef_reason **sorted = sort_reasons(card, &count);
    title(sheet, "because");
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && sorted[i]->kind != sorted[i - 1]->kind)
            of_kind = 0;
        ef_slice words = words_of(card, sorted[i]->begin, sorted[i]->end);
        size_t wide = ef_safe_width((const char *)words.data, words.size);
        if (!is_mood(sorted[i]) || of_kind >= STRONGEST || used + wide + 4 > sheet->width ||
            is_repeat(card, sorted, i))
            continue;
        bool is_good = sorted[i]->weight > 0;
        fprintf(sheet->stream, "%s%s%s", used > MARGIN ? "   " : "",
                !sheet->has_color ? ""
                : is_good         ? "\x1b[32m"
                                  : "\x1b[31m",
                is_good ? "+" : "-");
        used += ef_print_fitting(sheet->stream, words, wide) + 4;
        fputs(sheet->has_color ? EF_PLAIN : "", sheet->stream);
        of_kind++;
    }
    free(sorted);
    ef_sheet_end_line(sheet);
}

void ef_card_model(const ef_card *card, ef_sheet *sheet)
{
    if (card->shows_model) {
        write_score(card, sheet);
    } else {
        title(sheet, "model");
        fputs("hidden until you have answered, so that it cannot sway you", sheet->stream);
        ef_sheet_end_line(sheet);
    }
    write_kind(card, sheet);
    if (card->shows_model)
        write_strongest(card, sheet);
    else
        ef_sheet_end_line(sheet);
}
