/* SPDX-License-Identifier: MIT
 * cli/explained.c - one explained text for a person.
 *
 * What is printed adds up: reasons to the evidence of their sentence, sentences to the
 * whole, and the last line says which probabilities that evidence makes. A sentence has
 * far more n-grams than anybody reads, so the weaker ones share one line. */
#include "explained.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "json_print.h"
#include "paint.h"
#include "redacted_text.h"

enum {
    SHOWN_NGRAMS = 8, /* of the classifier, a sentence */
    WORDS_WIDTH = 28,
    RULE_WIDTH = 26,
    KIND_WIDTH = 11
};

size_t ef_explained_reasons_end(const ef_explanation *explanation, size_t sentence,
                                size_t from)
{
    while (from < explanation->reason_count &&
           explanation->reasons[from].sentence <= sentence)
        from++;
    return from;
}

ef_slice ef_explained_words(const ef_explained *explained, size_t begin, size_t end)
{
    if (explained->redacted != NULL)
        return ef_redacted_text_part(explained->redacted, begin, end);
    return (ef_slice){ explained->text.data + begin, end - begin };
}

static size_t print_words(FILE *stream, const ef_explained *explained, size_t begin,
                          size_t end)
{
    ef_slice words = ef_explained_words(explained, begin, end);
    return ef_print_safe(stream, (const char *)words.data, words.size);
}

/* The sentence; words of the lexicon in the colour of what they did, triggers of rules in
 * yellow. It is shown plain without memory for paint, and where something was left out. */
static void print_sentence(FILE *stream, bool has_color, const ef_explained *explained,
                           const ef_sentence *sentence, size_t from, size_t end)
{
    ef_slice words = ef_explained_words(explained, sentence->begin, sentence->end);
    bool is_whole = words.data == explained->text.data + sentence->begin;
    unsigned char *colors =
        has_color && is_whole && words.size > 0 ? calloc(words.size, 1) : NULL;
    if (colors == NULL) {
        ef_print_safe(stream, (const char *)words.data, words.size);
    } else {
        ef_paint_reasons(colors, sentence->begin, sentence->end, explained->explanation,
                         from, end);
        ef_paint_print(stream, (const char *)words.data, colors, words.size);
        free(colors);
    }
    fputc('\n', stream);
}

static void print_probabilities(FILE *stream, int32_t negative, int32_t neutral,
                                int32_t positive)
{
    fputs("negative ", stream);
    ef_decimal_print(stream, "", negative, 4);
    fputs("  neutral ", stream);
    ef_decimal_print(stream, "", neutral, 4);
    fputs("  positive ", stream);
    ef_decimal_print(stream, "", positive, 4);
}

/* A weight, right-aligned in ten columns: with two decimals for the lexicon. */
static void print_weight(FILE *stream, ef_reason_kind kind, int32_t weight)
{
    char number[32];
    int64_t size = weight < 0 ? -(int64_t)weight : weight;
    if (kind == EF_REASON_LEXICON)
        snprintf(number, sizeof number, "%c%" PRId64 ".%02" PRId64, weight < 0 ? '-' : '+',
                 size / 100, size % 100);
    else
        snprintf(number, sizeof number, "%+" PRId32, weight);
    fprintf(stream, "%10s", number);
}

static void print_padding(FILE *stream, size_t used, size_t width)
{
    fprintf(stream, "%*s", used < width ? (int)(width - used) : 1, "");
}

static size_t print_rule(FILE *stream, const ef_explained *explained,
                         const ef_reason *reason)
{
    size_t used = 0;
    if (reason->name[0] != '\0')
        used += ef_print_safe(stream, reason->name, strlen(reason->name));
    if (reason->rule[0] != '\0')
        used += ef_print_safe(stream, reason->rule, strlen(reason->rule));
    if (reason->rule_end > reason->rule_begin) {
        fputs(" by '", stream);
        used += 6 + print_words(stream, explained, reason->rule_begin, reason->rule_end);
        fputc('\'', stream);
    }
    return used;
}

static void print_reason(FILE *stream, const ef_explained *explained,
                         const ef_reason *reason)
{
    bool is_weighed = reason->kind != EF_REASON_SIGNAL;
    fprintf(stream, "  %-*s\"", KIND_WIDTH, ef_reason_kind_name(reason->kind));
    size_t used = 2 + print_words(stream, explained, reason->begin, reason->end);
    fputc('"', stream);
    print_padding(stream, used, WORDS_WIDTH);
    if (is_weighed)
        print_weight(stream, reason->kind, reason->base);
    else
        fprintf(stream, "%10s", "");
    fputs("  ", stream);
    size_t rule = print_rule(stream, explained, reason);
    if (is_weighed) {
        print_padding(stream, rule, RULE_WIDTH);
        print_weight(stream, reason->kind, reason->weight);
    }
    fputc('\n', stream);
}

static void print_total(FILE *stream, ef_reason_kind kind, const char *words,
                        int32_t weight)
{
    int width = WORDS_WIDTH + 10 + 2 + RULE_WIDTH;
    fprintf(stream, "  %-*s%-*s", KIND_WIDTH, ef_reason_kind_name(kind), width, words);
    print_weight(stream, kind, weight);
    fputc('\n', stream);
}

static int64_t strength(const ef_reason *reason)
{
    return reason->weight < 0 ? -(int64_t)reason->weight : reason->weight;
}

/* The weight from which an n-gram has a line of its own: that of the SHOWN_NGRAMS-th
 * strongest. The few strongest are kept sorted while walking over all of them. */
static int64_t ngram_bound(const ef_explanation *explanation, ef_reason_kind kind,
                           size_t from, size_t end)
{
    int64_t strongest[SHOWN_NGRAMS] = { 0 };
    for (size_t i = from; i < end; i++) {
        if (explanation->reasons[i].kind != kind)
            continue;
        int64_t value = strength(&explanation->reasons[i]);
        for (size_t j = 0; j < SHOWN_NGRAMS; j++) {
            if (value > strongest[j]) {
                int64_t pushed = strongest[j];
                strongest[j] = value;
                value = pushed;
            }
        }
    }
    return strongest[SHOWN_NGRAMS - 1];
}

static void print_reasons(FILE *stream, const ef_explained *explained, ef_reason_kind kind,
                          size_t from, size_t end)
{
    bool is_ngram = kind == EF_REASON_CLASSIFIER || kind == EF_REASON_OWN;
    int64_t bound = ngram_bound(explained->explanation, kind, from, end);
    int32_t folded_weight = 0;
    size_t folded = 0;
    for (size_t i = from; i < end; i++) {
        const ef_reason *reason = &explained->explanation->reasons[i];
        if (reason->kind != kind)
            continue;
        if (is_ngram && strength(reason) < bound) {
            folded++;
            folded_weight += reason->weight;
        } else {
            print_reason(stream, explained, reason);
        }
    }
    if (folded > 0) {
        char words[64];
        snprintf(words, sizeof words, "%zu weaker n-gram%s", folded, folded > 1 ? "s" : "");
        print_total(stream, kind, words, folded_weight);
    }
}

/* Whether an own model adds to the default one: its base then has a hash. */
static bool has_own(const ef_explained *explained)
{
    return explained->engine->base.hash[0] != '\0';
}

static void show_sentence(FILE *stream, const ef_terminal *terminal,
                          const ef_explained *explained, size_t index, size_t from,
                          size_t end)
{
    const ef_sentence *sentence = &explained->explanation->sentences[index];
    print_sentence(stream, terminal->has_color, explained, sentence, from, end);
    fputs("  ", stream);
    print_probabilities(stream, sentence->p_negative, sentence->p_neutral,
                        sentence->p_positive);
    fputc('\n', stream);
    print_reasons(stream, explained, EF_REASON_LEXICON, from, end);
    print_total(stream, EF_REASON_LEXICON, "in all", sentence->evidence.lexicon);
    print_reasons(stream, explained, EF_REASON_CLASSIFIER, from, end);
    print_total(stream, EF_REASON_CLASSIFIER, "in all", sentence->evidence.classifier);
    if (has_own(explained)) {
        print_reasons(stream, explained, EF_REASON_OWN, from, end);
        print_total(stream, EF_REASON_OWN, "in all", sentence->evidence.own);
    }
    print_reasons(stream, explained, EF_REASON_SIGNAL, from, end);
    print_reasons(stream, explained, EF_REASON_EMOTION, from, end);
    fputc('\n', stream);
}

static const char *label_of(const ef_score *score)
{
    if (score->label != EF_LABEL_NONE)
        return ef_label_name(score->label);
    return score->language == EF_LANGUAGE_UNKNOWN ? "none, the language is unknown"
                                                  : "none";
}

static void show_marks(FILE *stream, const ef_score *score)
{
    if (score->mixed)
        fputs(", mixed", stream);
    if (score->emotion != EF_EMOTION_NONE)
        fprintf(stream, ", %s", ef_emotion_name(score->emotion));
    for (unsigned i = 0; i < EF_SIGNAL_COUNT; i++) {
        if ((score->signals >> i & 1) != 0)
            fprintf(stream, ", %s", ef_signal_name(i));
    }
    if (score->needs_review)
        fputs(", needs review", stream);
}

/* Where classes weigh differently, the label need not be the likeliest one. */
static void show_class_weights(FILE *stream, const int32_t weights[3])
{
    if (weights[0] == weights[1] && weights[1] == weights[2])
        return;
    fputs("weighs:   negative ", stream);
    ef_decimal_print(stream, "", weights[0], 3);
    fputs("   neutral ", stream);
    ef_decimal_print(stream, "", weights[1], 3);
    fputs("   positive ", stream);
    ef_decimal_print(stream, "", weights[2], 3);
    fputc('\n', stream);
}

/* The one line that turns the sum of all reasons into probabilities. */
static void show_evidence(FILE *stream, const ef_explained *explained)
{
    const ef_explanation *explanation = explained->explanation;
    const ef_score *score = &explanation->score;
    fputs("evidence: lexicon ", stream);
    ef_decimal_print(stream, "+", explanation->evidence.lexicon, 2);
    fprintf(stream, ", classifier %+" PRId32, explanation->evidence.classifier);
    if (has_own(explained))
        fprintf(stream, ", own %+" PRId32, explanation->evidence.own);
    fputs("\nmakes it: ", stream);
    print_probabilities(stream, score->p_negative, score->p_neutral, score->p_positive);
    fputc('\n', stream);
    show_class_weights(stream, explained->engine->class_weights);
}

void ef_explained_show(FILE *stream, const ef_terminal *terminal,
                       const ef_explained *explained)
{
    const ef_explanation *explanation = explained->explanation;
    const ef_score *score = &explanation->score;
    size_t reason = 0;
    if (explained->record != NULL) {
        ef_slice id = explained->id;
        fprintf(stream, "line %" PRIu64, explained->record->line);
        fputs(id.size > 0 ? ", id " : "", stream);
        ef_print_safe(stream, (const char *)id.data, id.size);
        fputs("\n\n", stream);
    }
    for (size_t i = 0; i < explanation->sentence_count; i++) {
        size_t end = ef_explained_reasons_end(explanation, i, reason);
        show_sentence(stream, terminal, explained, i, reason, end);
        reason = end;
    }
    if (score->label != EF_LABEL_NONE)
        show_evidence(stream, explained);
    fprintf(stream, "label:    %s%s%s", terminal->has_color ? EF_BOLD : "", label_of(score),
            terminal->has_color ? EF_PLAIN : "");
    show_marks(stream, score);
    fputc('\n', stream);
}
