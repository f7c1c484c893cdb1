/* SPDX-License-Identifier: MIT
 * score/spoken_rating.c - ratings that stand in the text. */
#include "score/spoken_rating.h"

#include "score/word_is.h"

/* A share of the full mark becomes valence: 57 of 100 is where reviewers stop praising (3
 * of 5 stars lies just above), 9 points of 1/100 a percent reach the limits near 13 and
 * 100. */
enum { NEUTRAL_PERCENT = 57, POINTS_A_PERCENT = 9 };

static int32_t valence_of(int32_t percent)
{
    int32_t valence = (percent - NEUTRAL_PERCENT) * POINTS_A_PERCENT;
    return valence > EF_VALENCE_LIMIT    ? EF_VALENCE_LIMIT
           : valence < -EF_VALENCE_LIMIT ? -EF_VALENCE_LIMIT
                                         : valence;
}

static bool is_stars(const ef_word *word)
{
    return EF_WORD_IS(word, EF_W("stars"), EF_W("star"));
}

static ef_slice bytes_of(const ef_words *words, const ef_word *word,
                         const ef_normal_text *normal, const ef_tokens *tokens)
{
    const ef_token *token = &tokens->items[words->tokens[word - words->items]];
    return (ef_slice){ normal->bytes + token->begin, token->size };
}

/* Digits with one optional decimal, in tenths; moves *at behind them. False if there is no
 * number below 1000 there. */
static bool tenths(ef_slice text, size_t *at, int32_t *value)
{
    size_t start = *at;
    int32_t number = 0;
    for (; *at < text.size && text.data[*at] >= '0' && text.data[*at] <= '9'; ++*at) {
        number = number * 10 + (text.data[*at] - '0');
        if (number >= 1000)
            return false;
    }
    if (*at == start)
        return false;
    number *= 10;
    if (*at + 1 < text.size && text.data[*at] == '.' && text.data[*at + 1] >= '0' &&
        text.data[*at + 1] <= '9') {
        number += text.data[*at + 1] - '0';
        *at += 2;
        while (*at < text.size && text.data[*at] >= '0' && text.data[*at] <= '9')
            ++*at;
    }
    *value = number;
    return true;
}

static bool number_of(const ef_words *words, const ef_word *word,
                      const ef_normal_text *normal, const ef_tokens *tokens, int32_t *value)
{
    const ef_lexicon_entry *entry = ef_word_entry(words->lexicon, word);
    if (entry != NULL && (entry->flags & EF_ENTRY_IS_NUMBER)) {
        *value = (int32_t)ef_entry_number(entry) * 10;
        return true;
    }
    size_t at = 0;
    ef_slice text = bytes_of(words, word, normal, tokens);
    return word->kind == EF_TOKEN_NUMBER && tenths(text, &at, value) && at == text.size;
}

static bool is_full_mark(int32_t tenths_of)
{
    return tenths_of == 50 || tenths_of == 100 || tenths_of == 1000 || tenths_of == 40 ||
           tenths_of == 60 || tenths_of == 70 || tenths_of == 200;
}

/* A word before n/m that makes it a date, a page or a size. */
static bool is_no_rating_behind(const ef_words *words, size_t at)
{
    return at > 0 && EF_WORD_IS(&words->items[at - 1], EF_W("on"), EF_W("by"), EF_W("from"),
                                EF_W("until"), EF_W("till"), EF_W("since"), EF_W("size"),
                                EF_W("page"), EF_W("part"), EF_W("step"), EF_W("of"));
}

static size_t fraction(const ef_words *words, size_t at, ef_slice text, int32_t *valence)
{
    size_t position = 0;
    int32_t given, full;
    if (!tenths(text, &position, &given) || position >= text.size ||
        text.data[position++] != '/' || !tenths(text, &position, &full) ||
        !is_full_mark(full) || given > full || is_no_rating_behind(words, at))
        return 0;
    *valence = valence_of(given * 100 / full);
    return 1;
}

/* ★★★☆☆ and ⭐⭐⭐: filled of all, or of five if none is empty. A single star says nothing. */
static size_t stars(ef_slice text, int32_t *valence)
{
    int32_t filled = 0, empty = 0;
    for (size_t at = 0; at + 2 < text.size; at++) {
        filled += memcmp(text.data + at, "\xE2\x98\x85", 3) == 0 ||
                  memcmp(text.data + at, "\xE2\xAD\x90", 3) == 0;
        empty += memcmp(text.data + at, "\xE2\x98\x86", 3) == 0;
    }
    if (filled == 0 && empty == 0)
        for (size_t at = 0; at < text.size; at++)
            filled += text.data[at] == '*';
    int32_t full = empty > 0 ? filled + empty : 5;
    if (filled + empty < 2 || filled > full)
        return 0;
    *valence = valence_of(filled * 100 / full);
    return 1;
}

size_t ef_spoken_rating(const ef_words *words, size_t at, const ef_normal_text *normal,
                        const ef_tokens *tokens, int32_t *valence)
{
    const ef_word *word = &words->items[at];
    size_t left = words->count - at;
    int32_t given, full;
    if (word->kind == EF_TOKEN_STARS)
        return stars(bytes_of(words, word, normal, tokens), valence);
    if (word->kind == EF_TOKEN_RATING)
        return fraction(words, at, bytes_of(words, word, normal, tokens), valence);
    bool is_of =
        left >= 4 && EF_WORD_IS(word + 1, EF_W("out")) && EF_WORD_IS(word + 2, EF_W("of"));
    bool has_stars = left >= 2 && is_stars(word + 1);
    if (!(is_of || has_stars) || !word->is_number ||
        !number_of(words, word, normal, tokens, &given))
        return 0;
    if (is_of && number_of(words, word + 3, normal, tokens, &full) && is_full_mark(full) &&
        given <= full) {
        *valence = valence_of(given * 100 / full);
        return left >= 5 && is_stars(word + 4) ? 5 : 4;
    }
    if (has_stars && given <= 50) {
        *valence = valence_of(given * 100 / 50);
        return 2;
    }
    return 0;
}
