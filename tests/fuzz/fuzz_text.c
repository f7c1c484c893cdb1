/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_text.c - any bytes as a text: normalised, cut into tokens, scored,
 * explained, by every kernel set of this machine.
 *
 * The first byte chooses the limit of a piece, the rest is the text. Every set must give
 * what the scalar one gives, to the bit; spans lie within the text and in order; reasons
 * add up to the evidence. The reference mode scores it as well, twice alike. */
#include "fuzz_engine.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "text/tokenize.h"

enum { SETS = 8, PADDING = 64 };

/* Made once: what they cost to make would else be most of the work. */
static ef_engine *engines[SETS];
static ef_scratch *scratches[SETS];
static fuzz_model models[SETS];
static size_t set_count;
static ef_vader vader;

static const char vader_words[] = "good\t1.9\ngreat\t3.1\nbad\t-2.5\nno\t-1.2\nlovely\t3.8\n"
                                  "half\t0.95\n:)\t2.0\n";
static const char vader_emoji[] = "😀\tgood face\n💔\tbroken heart\n";

static void start(void)
{
    const ef_kernels *kernels;
    for (size_t i = 0; (kernels = ef_kernels_at(i)) != NULL && set_count < SETS; i++) {
        if (!kernels->is_supported())
            continue;
        engines[set_count] = fuzz_engine(kernels->name, &models[set_count]);
        REQUIRE(ef_scratch_new(&scratches[set_count], NULL) == EF_OK);
        set_count++;
    }
    REQUIRE(set_count > 0);
    REQUIRE(ef_vader_init(&vader, NULL) == EF_OK);
    REQUIRE(ef_vader_add(&vader, ef_slice_of(vader_words), "words", NULL) == EF_OK);
    REQUIRE(ef_vader_add(&vader, ef_slice_of(vader_emoji), "emoji", NULL) == EF_OK);
}

/* --- normal text ------------------------------------------------------------------- */

static void check_normal(const ef_normal_text *normal, ef_slice source, size_t limit)
{
    limit = limit < 1 ? 1 : limit;
    REQUIRE(normal->source_size <= source.size);
    REQUIRE(normal->source_size == source.size || normal->source_size <= limit + 256);
    REQUIRE(normal->source_size > 0 || source.size == 0);
    for (size_t i = 0; i < PADDING; i++)
        REQUIRE(normal->bytes[normal->size + i] == 0);
    uint32_t code;
    for (size_t i = 0, step; i < normal->size; i += step) {
        step = ef_utf8_decode(normal->bytes + i, normal->size - i, &code);
        REQUIRE(step > 0);
        REQUIRE(code < 'A' || code > 'Z');
    }
    for (size_t i = 1; i < normal->shift_count; i++) {
        REQUIRE(normal->shifts[i - 1].normal <= normal->shifts[i].normal);
        REQUIRE(normal->shifts[i - 1].source <= normal->shifts[i].source);
    }
    size_t before = 0;
    for (size_t i = 0; i <= normal->size; i++) {
        size_t at = ef_normal_source(normal, i);
        REQUIRE(at >= before && at <= normal->source_size);
        before = at;
    }
}

static void check_tokens(const ef_tokens *tokens, const ef_normal_text *normal)
{
    size_t end = 0;
    for (size_t i = 0; i < tokens->count; i++) {
        const ef_token *token = &tokens->items[i];
        REQUIRE(token->size > 0 && token->begin >= end);
        end = (size_t)token->begin + token->size;
        REQUIRE(end <= normal->size);
        REQUIRE(token->kind <= EF_TOKEN_PUNCTUATION);
        if (token->kind == EF_TOKEN_WORD)
            REQUIRE(token->hash ==
                    ef_hash_bytes(normal->bytes + token->begin, token->size));
    }
    if (tokens->count > 0)
        REQUIRE(tokens->items[tokens->count - 1].flags & EF_TOKEN_SENTENCE_END);
}

static bool is_same_normal(const ef_normal_text *a, const ef_normal_text *b)
{
    return a->size == b->size && a->source_size == b->source_size &&
           a->invalid == b->invalid && a->shift_count == b->shift_count &&
           (a->size == 0 || memcmp(a->bytes, b->bytes, a->size) == 0) &&
           memcmp(a->masks, b->masks, (a->size + 63) / 64 * sizeof *a->masks) == 0 &&
           (a->shift_count == 0 ||
            memcmp(a->shifts, b->shifts, a->shift_count * sizeof *a->shifts) == 0);
}

/* Fields, because the bytes of a struct may hold padding. */
static bool is_same_token(const ef_token *a, const ef_token *b)
{
    return a->hash == b->hash && a->begin == b->begin && a->size == b->size &&
           a->kind == b->kind && a->flags == b->flags;
}

static void check_pieces(ef_slice source, size_t limit)
{
    static ef_normal_text normals[SETS];
    static ef_tokens tokens[SETS];
    for (size_t k = 0; k < set_count; k++) {
        REQUIRE(ef_normalize(&normals[k], engines[k]->kernels, source, limit));
        REQUIRE(ef_tokenize(&tokens[k], &normals[k], NULL));
        REQUIRE(is_same_normal(&normals[k], &normals[0]));
        REQUIRE(tokens[k].count == tokens[0].count);
        for (size_t i = 0; i < tokens[k].count; i++)
            REQUIRE(is_same_token(&tokens[k].items[i], &tokens[0].items[i]));
    }
    check_normal(&normals[0], source, limit);
    check_tokens(&tokens[0], &normals[0]);
}

/* --- score --------------------------------------------------------------------------- */

static void check_reason(const ef_explanation *e, size_t i, ef_slice text)
{
    const ef_reason *reason = &e->reasons[i];
    REQUIRE(reason->sentence < e->sentence_count);
    REQUIRE(reason->begin <= reason->end && reason->end <= text.size);
    REQUIRE(reason->rule_begin <= reason->rule_end && reason->rule_end <= text.size);
    REQUIRE(reason->rule != NULL && reason->name != NULL);
    const ef_sentence *sentence = &e->sentences[reason->sentence];
    REQUIRE(reason->begin >= sentence->begin && reason->end <= sentence->end);
    if (i == 0)
        return;
    const ef_reason *before = &e->reasons[i - 1];
    REQUIRE(before->sentence < reason->sentence ||
            (before->sentence == reason->sentence && before->begin <= reason->begin));
}

/* Reasons add up to their sentence, sentences to the whole. */
static void check_sums(const ef_explanation *e)
{
    ef_evidence whole = { 0 };
    size_t at = 0;
    for (size_t i = 0; i < e->sentence_count; i++) {
        const ef_sentence *sentence = &e->sentences[i];
        ef_evidence sum = { 0 };
        for (; at < e->reason_count && e->reasons[at].sentence == i; at++) {
            if (e->reasons[at].kind == EF_REASON_LEXICON)
                sum.lexicon += e->reasons[at].weight;
            if (e->reasons[at].kind == EF_REASON_CLASSIFIER)
                sum.classifier += e->reasons[at].weight;
        }
        REQUIRE(sum.lexicon == sentence->evidence.lexicon);
        REQUIRE(sum.classifier == sentence->evidence.classifier);
        whole.lexicon += sum.lexicon;
        whole.classifier += sum.classifier;
    }
    REQUIRE(whole.lexicon == e->evidence.lexicon);
    REQUIRE(whole.classifier == e->evidence.classifier);
}

static void check_explanation(const ef_explanation *e, ef_slice text)
{
    uint32_t end = 0;
    REQUIRE(e->sentence_count == e->score.sentences);
    for (size_t i = 0; i < e->sentence_count; i++) {
        const ef_sentence *sentence = &e->sentences[i];
        REQUIRE(sentence->begin >= end && sentence->begin <= sentence->end);
        REQUIRE(sentence->end <= text.size);
        REQUIRE(sentence->p_negative + sentence->p_neutral + sentence->p_positive ==
                EF_UNIT);
        end = sentence->end;
    }
    for (size_t i = 0; i < e->reason_count; i++)
        check_reason(e, i, text);
    check_sums(e);
}

/* The library clears a score before it fills it, so all bytes may be compared. */
static void check_scoring(ef_slice text)
{
    static ef_score scores[SETS];
    for (size_t k = 0; k < set_count; k++) {
        memset(&scores[k], 0, sizeof scores[k]);
        REQUIRE(ef_score_text(engines[k], scratches[k], text, &scores[k], NULL) == EF_OK);
        REQUIRE(memcmp(&scores[k], &scores[0], sizeof scores[0]) == 0);
    }
    fuzz_check_score(&scores[0], text);
    ef_explanation e;
    memset(&e, 0, sizeof e);
    REQUIRE(ef_explain_text(engines[0], scratches[0], text, &e, NULL) == EF_OK);
    REQUIRE(memcmp(&e.score, &scores[0], sizeof scores[0]) == 0);
    check_explanation(&e, text);
}

static void check_vader(ef_slice text)
{
    ef_score first, second;
    memset(&second, 0, sizeof second);
    REQUIRE(ef_vader_score(&vader, &scratches[0]->vader, text, &first) == EF_OK);
    REQUIRE(ef_vader_score(&vader, &scratches[0]->vader, text, &second) == EF_OK);
    REQUIRE(memcmp(&first, &second, sizeof first) == 0);
    fuzz_check_vader(&first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (set_count == 0)
        start();
    fuzz_bytes bytes = { data, size };
    size_t limit = fuzz_byte(&bytes);
    limit = limit < 128 ? limit : 16384;
    uint8_t *copy = fuzz_copy(bytes.p, bytes.n);
    ef_slice text = { copy, bytes.n };
    check_pieces(text, limit);
    check_scoring(text);
    check_vader(text);
    free(copy);
    return 0;
}
