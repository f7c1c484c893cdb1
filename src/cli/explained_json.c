/* SPDX-License-Identifier: MIT
 * cli/explained_json.c - one explained text as JSON: everything there is, nothing folded.
 *
 * Weights of the lexicon are written in points of valence, those of the classifier as the
 * integers they are; both add up exactly. */
#include <inttypes.h>

#include "explained.h"
#include "json_print.h"

static void put_text(FILE *stream, const char *key, const char *value)
{
    fprintf(stream, "\"%s\":", key);
    if (value[0] == '\0')
        fputs("null", stream);
    else
        ef_json_print(stream, ef_slice_of(value));
}

static void put_probability(FILE *stream, const char *key, int32_t value)
{
    fprintf(stream, ",\"%s\":", key);
    ef_decimal_print(stream, "", value, 4);
}

static void put_probabilities(FILE *stream, int32_t negative, int32_t neutral,
                              int32_t positive)
{
    put_probability(stream, "p_negative", negative);
    put_probability(stream, "p_neutral", neutral);
    put_probability(stream, "p_positive", positive);
}

static void put_evidence(FILE *stream, const ef_explained *explained,
                         const ef_evidence *evidence)
{
    fputs(",\"evidence\":{\"lexicon\":", stream);
    ef_decimal_print(stream, "", evidence->lexicon, 2);
    fprintf(stream, ",\"classifier\":%" PRId32, evidence->classifier);
    if (explained->engine->base.hash[0] != '\0') /* an own model adds to it */
        fprintf(stream, ",\"own\":%" PRId32, evidence->own);
    fputc('}', stream);
}

static void put_span(FILE *stream, const ef_explained *explained, uint32_t begin,
                     uint32_t end)
{
    ef_slice words = ef_explained_words(explained, begin, end);
    fprintf(stream, "\"begin\":%" PRIu32 ",\"end\":%" PRIu32 ",\"text\":", begin, end);
    ef_json_print(stream, words);
}

static void put_weight(FILE *stream, const char *key, const ef_reason *reason,
                       int32_t weight)
{
    fprintf(stream, ",\"%s\":", key);
    if (reason->kind == EF_REASON_LEXICON)
        ef_decimal_print(stream, "", weight, 2);
    else
        fprintf(stream, "%" PRId32, weight);
}

static void put_reason(FILE *stream, const ef_explained *explained, const ef_reason *reason)
{
    fprintf(stream, "{\"kind\":\"%s\",", ef_reason_kind_name(reason->kind));
    put_span(stream, explained, reason->begin, reason->end);
    if (reason->name[0] != '\0') {
        fputc(',', stream);
        put_text(stream, "name", reason->name);
    }
    put_weight(stream, "base", reason, reason->base);
    if (reason->rule[0] != '\0') {
        fputc(',', stream);
        put_text(stream, "rule", reason->rule);
    }
    if (reason->rule_end > reason->rule_begin) {
        fputs(",\"by\":{", stream);
        put_span(stream, explained, reason->rule_begin, reason->rule_end);
        fputc('}', stream);
    }
    put_weight(stream, "weight", reason, reason->weight);
    fputc('}', stream);
}

static void put_sentences(FILE *stream, const ef_explained *explained)
{
    const ef_explanation *explanation = explained->explanation;
    size_t reason = 0;
    fputs(",\"sentences\":[", stream);
    for (size_t i = 0; i < explanation->sentence_count; i++) {
        const ef_sentence *sentence = &explanation->sentences[i];
        size_t end = ef_explained_reasons_end(explanation, i, reason);
        fputs(i > 0 ? ",{" : "{", stream);
        put_span(stream, explained, sentence->begin, sentence->end);
        put_probabilities(stream, sentence->p_negative, sentence->p_neutral,
                          sentence->p_positive);
        put_evidence(stream, explained, &sentence->evidence);
        fputs(",\"reasons\":[", stream);
        for (const char *before = ""; reason < end; reason++, before = ",") {
            fputs(before, stream);
            put_reason(stream, explained, &explanation->reasons[reason]);
        }
        fputs("]}", stream);
    }
    fputc(']', stream);
}

static void put_signals(FILE *stream, uint32_t signals)
{
    const char *before = "";
    fputs(",\"signals\":[", stream);
    for (unsigned i = 0; i < EF_SIGNAL_COUNT; i++) {
        if ((signals >> i & 1) != 0) {
            fprintf(stream, "%s\"%s\"", before, ef_signal_name(i));
            before = ",";
        }
    }
    fputc(']', stream);
}

/* What means nothing without a label is null there, as in the output of score. */
static void put_chances(FILE *stream, const ef_score *score)
{
    if (score->label == EF_LABEL_NONE) {
        fputs(",\"score\":null,\"p_negative\":null,\"p_neutral\":null,\"p_positive\":null,"
              "\"confidence\":null",
              stream);
        return;
    }
    put_probability(stream, "score", score->score);
    put_probabilities(stream, score->p_negative, score->p_neutral, score->p_positive);
    put_probability(stream, "confidence", score->confidence);
}

static void put_score(FILE *stream, const ef_score *score)
{
    put_text(stream, "label", ef_label_name(score->label));
    put_chances(stream, score);
    fprintf(stream, ",\"mixed\":%s,", score->mixed ? "true" : "false");
    put_text(stream, "emotion", ef_emotion_name(score->emotion));
    put_probability(stream, "emotion_p", score->emotion_p);
    put_signals(stream, score->signals);
    put_probability(stream, "coverage", score->coverage);
    if (score->language == EF_LANGUAGE_UNKNOWN)
        fputs(",\"language\":\"unknown\"", stream);
    fprintf(stream, ",\"needs_review\":%s", score->needs_review ? "true" : "false");
}

void ef_explained_print_json(FILE *stream, const ef_explained *explained)
{
    fputs("{\"schema\":1,", stream);
    if (explained->record != NULL) {
        fprintf(stream, "\"line\":%" PRIu64 ",\"id\":", explained->record->line);
        ef_json_print(stream, explained->id);
        fputc(',', stream);
    }
    put_score(stream, &explained->explanation->score);
    put_evidence(stream, explained, &explained->explanation->evidence);
    put_sentences(stream, explained);
    fputs("}\n", stream);
}
