/* SPDX-License-Identifier: MIT
 * score/walk_text.c - a text, sentence by sentence. */
#include "score/walk_text.h"

#include "score/frames.h"
#include "score/irony.h"
#include "score/look_back.h"
#include "score/reply.h"
#include "score/word_is.h"

/* Larger than nearly every review, so that most texts are one piece; small enough that
 * normal text, masks and tokens of a piece stay in the second-level cache. */
enum { PIECE = 16384 };

/* 1/100: what makes "Great." behind it no praise. */
enum { CLEAR_MISHAP = 150, CLEAR_WORDS = 12 };

void ef_text_walk_start(ef_text_walk *walk, const ef_lexicon *lexicon,
                        const ef_model *model, const ef_kernels *kernels,
                        ef_scratch *scratch, ef_slice text)
{
    *walk = (ef_text_walk){ .lexicon = lexicon,
                            .model = model,
                            .kernels = kernels,
                            .scratch = scratch,
                            .text = text };
}

/* The number of tokens up to the last sentence end before the piece's last one. */
static size_t whole_sentences(const ef_tokens *tokens)
{
    size_t end = tokens->count;
    while (end > 0) {
        end--;
        if (end > 0 && (tokens->items[end - 1].flags & EF_TOKEN_SENTENCE_END))
            return end;
    }
    return 0;
}

/* Reads the next piece. If text follows, the piece is cut at its last sentence end, and the
 * rest is read again with the next piece; a sentence that fills over half of a piece is cut
 * where the piece ends, so every byte is read at most twice. */
static ef_status read_piece(ef_text_walk *walk)
{
    ef_scratch *scratch = walk->scratch;
    walk->piece = walk->next_piece;
    if (walk->piece >= walk->text.size)
        return EF_END;
    ef_slice rest = { walk->text.data + walk->piece, walk->text.size - walk->piece };
    if (!ef_normalize(&scratch->normal, walk->kernels, rest, PIECE) ||
        !ef_tokenize(&scratch->tokens, &scratch->normal))
        return EF_ERR_MEMORY;
    size_t used = scratch->normal.source_size;
    walk->token = 0;
    walk->token_end = scratch->tokens.count;
    if (used < rest.size) {
        size_t whole = whole_sentences(&scratch->tokens);
        size_t cut = whole == 0 ? 0
                                : ef_normal_source(&scratch->normal,
                                                   scratch->tokens.items[whole].begin);
        if (cut > PIECE / 2) {
            walk->token_end = whole;
            used = cut;
        }
    }
    walk->next_piece = walk->piece + used;
    return EF_OK;
}

static size_t sentence_end(const ef_text_walk *walk, size_t first)
{
    size_t end = first;
    while (end + 1 < walk->token_end &&
           !(walk->scratch->tokens.items[end].flags & EF_TOKEN_SENTENCE_END))
        end++;
    return end + 1;
}

/* Looks at the sentence behind this one, if this one asks or that one is short enough to be
 * a bare denial: does it begin with an answer, does it take back what is said here? */
static bool read_reply(ef_text_walk *walk)
{
    ef_scratch *scratch = walk->scratch;
    ef_words *words = &scratch->words, *next = &scratch->next;
    words->answer = EF_FRAME_NO;
    words->is_reply = walk->next_is_reply;
    walk->next_is_reply = words->self_follows = words->this_follows = false;
    if (walk->token >= walk->token_end)
        return true;
    words->self_follows =
        EF_HASH_IS(scratch->tokens.items[walk->token].hash, EF_W("i"), EF_W("we"),
                   EF_W("i'm"), EF_W("i've"), EF_W("me"), EF_W("personally"));
    words->this_follows = EF_HASH_IS(scratch->tokens.items[walk->token].hash, EF_W("this"),
                                     EF_W("these"), EF_W("mine"), EF_W("now"));
    size_t end = sentence_end(walk, walk->token);
    if (!words->is_question && (end - walk->token > EF_REPLY_TOKENS ||
                                !ef_may_deny(scratch->tokens.items[walk->token].hash)))
        return true;
    if (!ef_words_read(next, walk->lexicon, walk->model, &scratch->normal, &scratch->tokens,
                       walk->token, end))
        return false;
    if (next->count == 0)
        return true;
    if (words->is_question)
        words->answer =
            ef_answer_of(walk->lexicon, next->items, next->count, &walk->next_is_reply);
    else if (ef_is_bare_denial(walk->lexicon, next->items, next->count))
        words->answer = EF_FRAME_DENIAL;
    walk->next_is_reply |= words->answer == EF_FRAME_DENIAL && !words->is_question;
    return true;
}

/* Judges the sentence behind the current one ahead of time. False without memory. */
static bool look_ahead(ef_text_walk *walk, ef_findings *findings)
{
    ef_scratch *scratch = walk->scratch;
    memset(findings, 0, sizeof *findings);
    if (walk->token >= walk->token_end)
        return true;
    scratch->next.answer = EF_FRAME_NO;
    scratch->next.is_reply = scratch->next.self_follows = scratch->next.this_follows =
        false;
    return ef_words_read(&scratch->next, walk->lexicon, walk->model, &scratch->normal,
                         &scratch->tokens, walk->token, sentence_end(walk, walk->token)) &&
           ef_rules_apply(&scratch->next_items, findings, &scratch->next, walk->lexicon,
                          &scratch->normal, &scratch->tokens);
}

/* Whether the sentence is about somebody or something that the next one sets aside: "the
 * critics loved it. I …", "my last one was good. This one …". */
static bool may_yield(const ef_text_walk *walk)
{
    const ef_words *words = &walk->scratch->words;
    if (walk->findings.polarity == 0)
        return false;
    return (words->this_follows && walk->findings.has_rival) ||
           (words->self_follows &&
            ef_speaker_of(walk->lexicon, words->items, words->count) == EF_SPEAKER_OTHERS);
}

/* Where the two differ, it is known which counts. */
static bool hear_whose(ef_text_walk *walk)
{
    ef_scratch *scratch = walk->scratch;
    ef_findings next;
    int32_t mood = walk->findings.polarity;
    if (!may_yield(walk))
        return true;
    if (!look_ahead(walk, &next))
        return false;
    if ((mood > 0 && next.polarity < 0) || (mood < 0 && next.polarity > 0)) {
        ef_look_back_yield(&scratch->items, &scratch->words,
                           scratch->words.this_follows ? "rival" : "hearsay");
        ef_rules_sum(&walk->findings, &scratch->items, &scratch->words);
    }
    return true;
}

/* Bare praise beside a sentence that tells of a mishap is none, unless the mishap is that
 * of another one: "My old one took an age. Very pleased." */
static bool hear_irony(ef_text_walk *walk)
{
    ef_scratch *scratch = walk->scratch;
    bool is_beside = walk->mishap_before;
    walk->mishap_before = false;
    if (walk->findings.positive > 0 &&
        ef_is_bare_praise(&scratch->items, &scratch->words)) {
        ef_findings next;
        if (!is_beside && !look_ahead(walk, &next))
            return false;
        is_beside = is_beside || ef_is_mishap(&next, &scratch->next);
        if (is_beside) {
            ef_irony_turn(&scratch->items, &scratch->words, &walk->findings);
            ef_rules_sum(&walk->findings, &scratch->items, &scratch->words);
        }
    }
    walk->mishap_before = !walk->findings.has_rival && walk->findings.positive == 0 &&
                          walk->findings.polarity <= -CLEAR_MISHAP &&
                          scratch->words.count <= CLEAR_WORDS;
    return true;
}

ef_status ef_text_walk_next(ef_text_walk *walk)
{
    ef_scratch *scratch = walk->scratch;
    while (walk->token >= walk->token_end) {
        ef_status status = read_piece(walk);
        if (status != EF_OK)
            return status;
    }
    const ef_tokens *tokens = &scratch->tokens;
    walk->first_token = walk->token;
    walk->end_token = walk->token = sentence_end(walk, walk->token);
    scratch->features.count = 0;
    if (!ef_words_read(&scratch->words, walk->lexicon, walk->model, &scratch->normal,
                       tokens, walk->first_token, walk->end_token) ||
        !read_reply(walk) ||
        !ef_rules_apply(&scratch->items, &walk->findings, &scratch->words, walk->lexicon,
                        &scratch->normal, tokens) ||
        !hear_whose(walk) || !hear_irony(walk) ||
        !ef_features_add(&scratch->features, &scratch->words, walk->model))
        return EF_ERR_MEMORY;
    return EF_OK;
}

void ef_text_walk_span(const ef_text_walk *walk, size_t first, size_t last, uint32_t *begin,
                       uint32_t *end)
{
    const ef_scratch *scratch = walk->scratch;
    const ef_token *from = &scratch->tokens.items[first],
                   *to = &scratch->tokens.items[last];
    *begin = (uint32_t)(walk->piece + ef_normal_source(&scratch->normal, from->begin));
    *end = (uint32_t)(walk->piece +
                      ef_normal_source(&scratch->normal, (size_t)to->begin + to->size));
}

/* Sums in registers: through the pointer each addition would be a store and a load. */
static void add_weights(ef_totals *totals, const ef_model *model,
                        const ef_features *features)
{
    int32_t polarity = 0, neutrality = 0, known = 0; /* of one sentence, at most a PIECE */
    const ef_feature *feature = features->list, *end = feature + features->count;
    for (; feature < end; feature++) {
        ef_weight weight = ef_model_weight(model, feature->hash);
        polarity += weight.polarity;
        neutrality += weight.neutrality;
        known += weight.print != 0;
    }
    totals->polarity += polarity;
    totals->neutrality += neutrality;
    totals->known += known;
}

static void add_own_weights(ef_totals *totals, const ef_own_model *own,
                            const ef_features *features)
{
    for (size_t i = 0; i < features->count; i++) {
        ef_weight weight = ef_own_weight(own, features->list[i].hash);
        totals->own_polarity += weight.polarity;
        totals->own_neutrality += weight.neutrality;
        totals->own_known += weight.print != 0;
    }
}

void ef_text_walk_totals(const ef_text_walk *walk, ef_totals *totals)
{
    const ef_scratch *scratch = walk->scratch;
    const ef_findings *findings = &walk->findings;
    *totals = (ef_totals){ .lexicon = findings->polarity,
                           .positive = findings->positive,
                           .negative = findings->negative,
                           .turned = findings->turned,
                           .phrased = findings->phrased,
                           .verdict = findings->verdict,
                           .hits = findings->hits,
                           .words = (int64_t)scratch->words.count,
                           .exclamations = scratch->words.exclamations,
                           .questions = scratch->words.questions,
                           .sentences = 1 };
    if (walk->model != NULL)
        add_weights(totals, walk->model, &scratch->features);
    if (walk->own != NULL)
        add_own_weights(totals, walk->own, &scratch->features);
}
