/* SPDX-License-Identifier: MIT
 * views/json_parts.c - each finding as fields of a JSON object. */
#include "views/json_parts.h"

#include <math.h>

#include "base/json_out.h"
#include "views/wording.h"

void ef_json_comma(ef_buffer *out)
{
    uint8_t last = out->size > 0 ? out->data[out->size - 1] : '\n';
    if (last != '{' && last != '[' && last != '\n')
        ef_buffer_append_byte(out, ',');
}

static void key(ef_buffer *out, const char *name)
{
    ef_json_comma(out);
    ef_json_key(out, name);
}

void ef_json_text(ef_buffer *out, const char *name, ef_slice text)
{
    key(out, name);
    ef_json_string(out, text);
}

void ef_json_open(ef_buffer *out, const char *name, char bracket)
{
    ef_json_comma(out);
    if (name != NULL)
        ef_json_key(out, name);
    ef_buffer_append_byte(out, (uint8_t)bracket);
}

void ef_json_close(ef_buffer *out, char bracket)
{
    ef_buffer_append_byte(out, (uint8_t)bracket);
}

/* A word of our own; NULL is null. */
static void word(ef_buffer *out, const char *name, const char *text)
{
    key(out, name);
    if (text == NULL)
        ef_buffer_append_text(out, "null");
    else
        ef_json_string(out, ef_slice_of(text));
}

static void whole(ef_buffer *out, const char *name, int64_t value)
{
    key(out, name);
    ef_buffer_append_int(out, value);
}

static void number(ef_buffer *out, const char *name, double value)
{
    key(out, name);
    ef_json_number(out, value);
}

static void truth(ef_buffer *out, const char *name, bool value)
{
    key(out, name);
    ef_buffer_append_text(out, value ? "true" : "false");
}

static void moment(ef_buffer *out, const char *name, int64_t time_ms)
{
    word(out, name, time_ms == 0 ? NULL : ef_word_time(time_ms).text);
}

void ef_json_figure(ef_buffer *out, const ef_findings *findings, const ef_figure *figure)
{
    word(out, "key", figure->key);
    word(out, "name", figure->name);
    word(out, "formula", figure->formula);
    word(out, "unit", ef_unit_name(figure->unit));
    number(out, "value", figure->value);
    number(out, "low", figure->low);
    number(out, "high", figure->high);
    whole(out, "n", figure->n);
    if (figure->count >= 0)
        whole(out, "count", figure->count);
    number(out, "deff", figure->deff);
    truth(out, "approximate", figure->is_approximate);
    word(out, "standing", ef_standing_name(ef_standing_of(findings, figure)));
}

static void figure_object(ef_buffer *out, const ef_findings *findings, const char *name,
                          const ef_figure *figure)
{
    if (figure->key == NULL) {
        word(out, name, NULL);
        return;
    }
    ef_json_open(out, name, '{');
    ef_json_figure(out, findings, figure);
    ef_json_close(out, '}');
}

void ef_json_bucket(ef_buffer *out, const ef_findings *findings, const ef_bucket *bucket)
{
    ef_json_text(out, "name", bucket->name);
    moment(out, "begin", bucket->begin_ms);
    moment(out, "end", bucket->end_ms);
    truth(out, "partial", bucket->is_partial);
    whole(out, "messages", bucket->messages);
    figure_object(out, findings, "net", &bucket->net);
    figure_object(out, findings, "negative", &bucket->negative);
    figure_object(out, findings, "score", &bucket->score);
    figure_object(out, findings, "rating", &bucket->rating);
}

void ef_json_turn(ef_buffer *out, const ef_findings *findings, const ef_turn *turn)
{
    moment(out, "time", turn->time_ms);
    moment(out, "low", turn->low_ms);
    moment(out, "high", turn->high_ms);
    figure_object(out, findings, "before", &turn->before);
    figure_object(out, findings, "after", &turn->after);
    number(out, "p", turn->p);
}

void ef_json_comparison(ef_buffer *out, const ef_comparison *comparison)
{
    truth(out, "made", comparison->is_made);
    if (!comparison->is_made) {
        word(out, "why_not", comparison->why_not);
        return;
    }
    ef_json_text(out, "before", comparison->before_name);
    ef_json_text(out, "after", comparison->after_name);
    whole(out, "phrases_tested", (int64_t)comparison->tested);
    if (comparison->caution.size > 0)
        ef_json_text(out, "caution", comparison->caution);
}

void ef_json_change(ef_buffer *out, const ef_findings *findings, const ef_change *change)
{
    word(out, "key", change->before.key);
    number(out, "difference", change->difference);
    number(out, "low", change->low);
    number(out, "high", change->high);
    number(out, "p", change->p);
    word(out, "test", change->test);
    if (change->needed > 0)
        whole(out, "needed", change->needed);
    truth(out, "evidence", change->is_evidence);
    figure_object(out, findings, "before", &change->before);
    figure_object(out, findings, "after", &change->after);
}

static void quote(ef_buffer *out, const ef_quote *said)
{
    ef_json_text(out, "text", said->text);
    if (said->id.size > 0)
        ef_json_text(out, "id", said->id);
    moment(out, "time", said->time_ms);
    word(out, "label", ef_label_name(said->label));
    number(out, "score", (double)said->score / EF_UNIT);
}

static void quotes(ef_buffer *out, const ef_quote *said, size_t count)
{
    ef_json_open(out, "quotes", '[');
    for (size_t i = 0; i < count; i++) {
        ef_json_open(out, NULL, '{');
        quote(out, &said[i]);
        ef_json_close(out, '}');
    }
    ef_json_close(out, ']');
}

void ef_json_shifted(ef_buffer *out, const ef_findings *findings, const ef_shifted *shifted)
{
    ef_json_text(out, "name", shifted->name);
    whole(out, "before", shifted->before);
    whole(out, "after", shifted->after);
    number(out, "share_before", shifted->share_before);
    number(out, "share_after", shifted->share_after);
    number(out, "log_odds", shifted->log_odds);
    number(out, "z", shifted->z);
    number(out, "p", shifted->p);
    figure_object(out, findings, "net", &shifted->net);
    quotes(out, shifted->quotes, shifted->quote_count);
}

void ef_json_theme(ef_buffer *out, const ef_findings *findings, const ef_theme *theme)
{
    ef_json_text(out, "name", theme->name);
    truth(out, "topic", theme->is_topic);
    whole(out, "messages", theme->messages);
    whole(out, "voices", theme->voices);
    figure_object(out, findings, "mentions", &theme->mentions);
    figure_object(out, findings, "net", &theme->net);
    figure_object(out, findings, "impact", &theme->impact);
    if (theme->trend != NULL) {
        ef_json_open(out, "trend", '[');
        for (size_t i = 0; i < findings->bucket_count; i++) {
            ef_json_comma(out);
            ef_json_number(out, theme->trend[i]);
        }
        ef_json_close(out, ']');
    }
    quotes(out, theme->quotes, theme->quote_count);
}

void ef_json_group(ef_buffer *out, const ef_findings *findings, const ef_group_row *row)
{
    ef_json_text(out, "name", row->name);
    whole(out, "messages", row->messages);
    figure_object(out, findings, "net", &row->net);
    figure_object(out, findings, "negative", &row->negative);
    figure_object(out, findings, "score", &row->score);
    figure_object(out, findings, "rating", &row->rating);
    if (row->service.count == 0)
        return;
    ef_json_open(out, "service", '[');
    for (size_t i = 0; i < row->service.count; i++) {
        ef_json_open(out, NULL, '{');
        ef_json_figure(out, findings, &row->service.items[i]);
        ef_json_close(out, '}');
    }
    ef_json_close(out, ']');
}

void ef_json_customer(ef_buffer *out, const ef_customer *customer)
{
    ef_json_text(out, "name", customer->name);
    whole(out, "points", customer->points);
    word(out, "level", customer->level);
    ef_json_text(out, "reasons", customer->reasons);
    moment(out, "last", customer->last_ms);
}

void ef_json_part(ef_buffer *out, const ef_quote *said, double rating)
{
    number(out, "rating", rating);
    quote(out, said);
}

void ef_json_agreement(ef_buffer *out, const ef_findings *findings)
{
    const ef_agreement *agreement = &findings->agreement;
    static const char *const sides[3] = { "negative", "neutral", "positive" };
    figure_object(out, findings, "agrees", &agreement->agrees);
    figure_object(out, findings, "balanced", &agreement->balanced);
    ef_json_open(out, "stars_by_label", '{');
    for (size_t stars = 0; stars < 3; stars++) {
        ef_json_open(out, sides[stars], '{');
        for (size_t label = 0; label < 3; label++)
            whole(out, sides[label], agreement->table[stars][label]);
        ef_json_close(out, '}');
    }
    ef_json_close(out, '}');
}

static void engine(ef_buffer *out, const ef_engine_info *info)
{
    ef_json_open(out, "engine", '{');
    word(out, "version", info->version);
    word(out, "scorer", info->scorer);
    word(out, "lexicon", info->lexicon_hash);
    word(out, "model", info->model.hash);
    if (info->base.hash[0] != '\0')
        word(out, "base_model", info->base.hash);
    ef_json_open(out, "class_weights", '[');
    for (size_t i = 0; i < 3; i++) {
        ef_json_comma(out);
        ef_json_number(out, info->class_weights[i] / 1000.0);
    }
    ef_json_close(out, ']');
    ef_json_close(out, '}');
}

static void coverage(ef_buffer *out, const ef_coverage *read)
{
    ef_json_open(out, "coverage", '{');
    whole(out, "records", read->records);
    whole(out, "labelled", read->labelled);
    whole(out, "empty", read->empty);
    whole(out, "unknown_language", read->unknown_language);
    whole(out, "rejected", read->rejected);
    whole(out, "untimed", read->untimed);
    whole(out, "future", read->future);
    whole(out, "repeated", read->repeated);
    whole(out, "not_customers", read->not_customers);
    whole(out, "customers", read->customers);
    whole(out, "conversations", read->conversations);
    truth(out, "estimates", read->are_estimates);
    whole(out, "inputs", read->inputs);
    whole(out, "failed_inputs", read->failed_inputs);
    ef_json_close(out, '}');
}

void ef_json_report(ef_buffer *out, const ef_findings *findings)
{
    ef_json_text(out, "title", findings->title);
    moment(out, "first", findings->first_ms);
    moment(out, "last", findings->last_ms);
    word(out, "step", findings->step);
    ef_json_text(out, "zone", findings->zone);
    whole(out, "few", findings->few);
    whole(out, "least", findings->least);
    truth(out, "redacted", findings->is_redacted);
    truth(out, "phrases_approximate", findings->phrases_are_approximate);
    coverage(out, &findings->coverage);
    engine(out, &findings->engine);
    ef_json_open(out, "inputs", '[');
    for (size_t i = 0; i < findings->input_count; i++) {
        ef_json_comma(out);
        ef_json_string(out, findings->inputs[i]);
    }
    ef_json_close(out, ']');
}
