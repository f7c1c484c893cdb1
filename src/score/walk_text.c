/* SPDX-License-Identifier: MIT
 * score/walk_text.c - a text, sentence by sentence. */
#include "score/walk_text.h"

#include <stdlib.h>

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
                            .text = text,
                            .sentence = SIZE_MAX /* no piece is read yet */ };
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

static bool weighs_grams(const ef_text_walk *walk)
{
    return walk->model != NULL && !walk->hears_lexicon_only;
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
    const ef_word_tables tables = ef_word_tables_of(walk->lexicon, walk->model);
    if (!ef_normalize(&scratch->normal, walk->kernels, rest, PIECE) ||
        !ef_tokenize(&scratch->tokens, &scratch->normal, &tables))
        return EF_ERR_MEMORY;
    size_t used = scratch->normal.source_size;
    size_t tokens = scratch->tokens.count;
    if (used < rest.size) {
        size_t whole = whole_sentences(&scratch->tokens);
        size_t cut = whole == 0 ? 0
                                : ef_normal_source(&scratch->normal,
                                                   scratch->tokens.items[whole].begin);
        if (cut > PIECE / 2) {
            tokens = whole;
            used = cut;
        }
    }
    walk->next_piece = walk->piece + used;
    walk->sentence = 0;
    scratch->kept_items.count = 0;
    return ef_passage_read(&scratch->passage, walk->lexicon, walk->model, &scratch->normal,
                           &scratch->tokens, tokens)
               ? EF_OK
               : EF_ERR_MEMORY;
}

/* The sentence behind the current one; NULL if it is the piece's last. */
static ef_words *next_sentence(const ef_text_walk *walk)
{
    ef_passage *passage = &walk->scratch->passage;
    return walk->sentence < passage->sentence_count ? &passage->sentences[walk->sentence]
                                                    : NULL;
}

/* Looks at the sentence behind this one, if this one asks or that one is short enough to be
 * a bare denial: does it begin with an answer, does it take back what is said here? */
static void read_reply(ef_text_walk *walk)
{
    ef_words *words = walk->scratch->words, *next = next_sentence(walk);
    words->answer = EF_FRAME_NO;
    words->is_reply = walk->next_is_reply;
    walk->next_is_reply = words->self_follows = words->this_follows = false;
    if (next == NULL)
        return;
    uint64_t first = walk->scratch->tokens.items[next->first_token].hash;
    words->self_follows = EF_HASH_IS(first, EF_W("i"), EF_W("we"), EF_W("i'm"),
                                     EF_W("i've"), EF_W("me"), EF_W("personally"));
    words->this_follows =
        EF_HASH_IS(first, EF_W("this"), EF_W("these"), EF_W("mine"), EF_W("now"));
    bool is_short = next->end_token - next->first_token <= EF_REPLY_TOKENS;
    if (next->count == 0 || (!words->is_question && !(is_short && ef_may_deny(first))))
        return;
    if (words->is_question)
        words->answer =
            ef_answer_of(walk->lexicon, next->items, next->count, &walk->next_is_reply);
    else if (ef_is_bare_denial(walk->lexicon, next->items, next->count))
        words->answer = EF_FRAME_DENIAL;
    walk->next_is_reply |= words->answer == EF_FRAME_DENIAL && !words->is_question;
}

/* Judges the sentence behind the current one ahead of time. False without memory. */
static bool look_ahead(ef_text_walk *walk, ef_impression *findings)
{
    ef_scratch *scratch = walk->scratch;
    ef_words *next = next_sentence(walk);
    memset(findings, 0, sizeof *findings);
    if (next == NULL)
        return true;
    next->answer = EF_FRAME_NO;
    next->is_reply = next->self_follows = next->this_follows = false;
    return ef_rules_apply(&scratch->next_items, findings, next, walk->lexicon,
                          &scratch->normal, &scratch->tokens);
}

/* Whether the sentence is about somebody or something that the next one sets aside: "the
 * critics loved it. I …", "my last one was good. This one …". */
static bool may_yield(const ef_text_walk *walk)
{
    const ef_words *words = walk->scratch->words;
    if (walk->findings->polarity == 0)
        return false;
    return (words->this_follows && walk->findings->has_rival) ||
           (words->self_follows &&
            ef_speaker_of(walk->lexicon, words->items, words->count) == EF_SPEAKER_OTHERS);
}

/* Where the two differ, it is known which counts. */
static bool hear_whose(ef_text_walk *walk)
{
    ef_scratch *scratch = walk->scratch;
    ef_impression next;
    int32_t mood = walk->findings->polarity;
    if (!may_yield(walk))
        return true;
    if (!look_ahead(walk, &next))
        return false;
    if ((mood > 0 && next.polarity < 0) || (mood < 0 && next.polarity > 0)) {
        ef_look_back_yield(&scratch->items, scratch->words,
                           scratch->words->this_follows ? "rival" : "hearsay");
        ef_rules_sum(walk->findings, &scratch->items, scratch->words);
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
    if (walk->findings->positive > 0 &&
        ef_is_bare_praise(&scratch->items, scratch->words)) {
        ef_impression next;
        if (!is_beside && !look_ahead(walk, &next))
            return false;
        is_beside = is_beside || (next_sentence(walk) != NULL &&
                                  ef_is_mishap(&next, next_sentence(walk)));
        if (is_beside) {
            ef_irony_turn(&scratch->items, scratch->words, walk->findings);
            ef_rules_sum(walk->findings, &scratch->items, scratch->words);
        }
    }
    walk->mishap_before = !walk->findings->has_rival && walk->findings->positive == 0 &&
                          walk->findings->polarity <= -CLEAR_MISHAP &&
                          scratch->words->count <= CLEAR_WORDS;
    return true;
}

static bool keep_items(ef_items *kept, const ef_items *items)
{
    if (items->count > kept->capacity - kept->count) {
        size_t capacity = 2 * (kept->count + items->count);
        ef_item *list = realloc(kept->list, capacity * sizeof *list);
        if (list == NULL)
            return false;
        kept->list = list;
        kept->capacity = capacity;
    }
    if (items->count > 0)
        memcpy(kept->list + kept->count, items->list, items->count * sizeof *items->list);
    kept->count += items->count;
    return true;
}

/* Judges the next sentence of the piece. */
static bool judge_sentence(ef_text_walk *walk)
{
    ef_scratch *scratch = walk->scratch;
    ef_judgement *judgement = &scratch->judgements[walk->sentence];
    scratch->words = next_sentence(walk);
    walk->findings = &judgement->findings;
    walk->sentence++;
    read_reply(walk);
    if (!ef_rules_apply(&scratch->items, walk->findings, scratch->words, walk->lexicon,
                        &scratch->normal, &scratch->tokens) ||
        !hear_whose(walk) || !hear_irony(walk))
        return false;
    judgement->first_item = scratch->kept_items.count;
    if (walk->keeps_items && !keep_items(&scratch->kept_items, &scratch->items))
        return false;
    judgement->end_item = scratch->kept_items.count;
    return true;
}

/* Judges all sentences of the piece, and weighs its n-grams as what they are then: negated,
 * parts of phrases or set aside. */
static bool judge_piece(ef_text_walk *walk)
{
    ef_scratch *scratch = walk->scratch;
    size_t count = scratch->passage.sentence_count;
    if (count > scratch->judgement_capacity) {
        ef_judgement *list =
            realloc(scratch->judgements, 2 * count * sizeof *scratch->judgements);
        if (list == NULL)
            return false;
        scratch->judgements = list;
        scratch->judgement_capacity = 2 * count;
    }
    while (walk->sentence < count)
        if (!judge_sentence(walk))
            return false;
    walk->sentence = 0;
    return !weighs_grams(walk) || ef_features_weigh(&scratch->features, &scratch->passage,
                                                    walk->model, walk->kernels);
}

/* The words of a piece tell its language once, not sentence by sentence. */
static void tell_language(ef_text_walk *walk)
{
    const ef_passage *passage = &walk->scratch->passage;
    bool is_first = walk->sentence == 1;
    walk->language_words = is_first ? passage->language_words : 0;
    walk->known_words = is_first ? passage->known_words : 0;
    walk->foreign_words = is_first ? passage->foreign_words : 0;
}

ef_status ef_text_walk_next(ef_text_walk *walk)
{
    ef_scratch *scratch = walk->scratch;
    while (next_sentence(walk) == NULL) {
        ef_status status = read_piece(walk);
        if (status != EF_OK)
            return status;
        if (!judge_piece(walk))
            return EF_ERR_MEMORY;
    }
    ef_judgement *judgement = &scratch->judgements[walk->sentence];
    scratch->words = next_sentence(walk);
    walk->sentence++;
    walk->findings = &judgement->findings;
    walk->item_count = judgement->end_item - judgement->first_item;
    walk->items =
        walk->item_count == 0 ? NULL : scratch->kept_items.list + judgement->first_item;
    tell_language(walk);
    bool lists = walk->lists_features || walk->own != NULL;
    return !lists || ef_features_list(&scratch->features, scratch->words) ? EF_OK
                                                                          : EF_ERR_MEMORY;
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
    ef_scratch *scratch = walk->scratch;
    const ef_impression *findings = walk->findings;
    ef_gram_sums sums = { 0 };
    if (weighs_grams(walk))
        sums = ef_features_sum(&scratch->features, scratch->words, walk->model);
    *totals = (ef_totals){ .lexicon = findings->polarity,
                           .positive = findings->positive,
                           .negative = findings->negative,
                           .turned = findings->turned,
                           .phrased = findings->phrased,
                           .verdict = findings->verdict,
                           .hits = findings->hits,
                           .polarity = sums.polarity,
                           .neutrality = sums.neutrality,
                           .known = sums.known,
                           .words = (int64_t)scratch->words->count,
                           .exclamations = scratch->words->exclamations,
                           .questions = scratch->words->questions,
                           .sentences = 1 };
    if (walk->own != NULL)
        add_own_weights(totals, walk->own, &scratch->features);
}
