/* SPDX-License-Identifier: MIT
 * text/odd_words.c - words that are not plain: those that go on in odd ways, and what looks
 * like a word but is an address, a number, an emoticon or a hashtag. */
#include "base/utf8.h"
#include "text/token_add.h"

/* The first bit that is not set; 64 if all are. */
static size_t run_of(uint64_t bits)
{
    return bits == ~UINT64_C(0) ? 64 : (size_t)__builtin_ctzll(~bits);
}

/* The end of the letter above ASCII at i; i if there is none. */
static size_t high_letter_end(const ef_scan *s, size_t i)
{
    uint32_t code;
    if (s->p[i] < 0x80)
        return i;
    size_t size = ef_utf8_decode(s->p + i, s->n - i, &code);
    return size > 0 && ef_character_of(code) == EF_CHARACTER_LETTER ? i + size : i;
}

/* The end of the ASCII letters and digits from i on. */
static size_t ascii_word_end(const ef_scan *s, size_t i)
{
    for (;;) {
        const ef_byte_masks *mask = &s->masks[i / 64];
        size_t run = run_of(ef_scan_window(mask[0].word, mask[1].word, i));
        i += run;
        if (run < EF_WINDOW)
            return i;
    }
}

size_t ef_scan_word(const ef_scan *s, size_t i)
{
    for (size_t begin = i;;) {
        i = ascii_word_end(s, i);
        size_t after = high_letter_end(s, i);
        if (after == i && i > begin && s->p[i] == '\'' &&
            (ef_is_word(s->p[i + 1]) || high_letter_end(s, i + 1) > i + 1))
            after = i + 1;
        if (after == i)
            return i;
        i = after;
    }
}

/* A digit under a frame, or a number, or a word that begins with a digit. */
static size_t take_digits(ef_scan *s, size_t i)
{
    size_t end = ef_scan_word(s, i);
    if (end == i + 1 && memcmp(s->p + end, EF_KEYCAP, 3) == 0) {
        ef_add_token(s, EF_TOKEN_EMOJI, i, end + 3, end + 3, ef_take_sentence_end(s));
        return end + 3;
    }
    ef_token_kind kind;
    size_t number = ef_scan_number(s, i, &kind);
    if (number >= end) {
        ef_add_token(s, kind, i, number, number, 0);
        return number;
    }
    ef_add_word(s, i, end, 0);
    return end;
}

size_t ef_take_odd_word(ef_scan *s, size_t i)
{
    size_t end, named;
    if ((end = ef_scan_url(s, i)) > 0) {
        ef_add_token(s, EF_TOKEN_URL, i, end, end, 0);
        return end;
    }
    if ((end = ef_scan_email(s, i)) > 0) {
        ef_add_token(s, EF_TOKEN_EMAIL, i, end, end, 0);
        return end;
    }
    if ((end = ef_scan_letter_emoticon(s, i, &named)) > 0) {
        ef_add_token(s, EF_TOKEN_EMOTICON, i, end, named, ef_take_sentence_end(s));
        return end;
    }
    if (ef_is_digit(s->p[i]))
        return take_digits(s, i);
    end = ef_scan_word(s, i);
    ef_add_word(s, i, end, 0);
    return end;
}

/* Where the next word of a hashtag in CamelCase begins; end if none does. */
static size_t camel_end(const ef_scan *s, size_t begin, size_t end)
{
    for (size_t k = begin + 1; k < end; k++) {
        bool after_capital = ef_is_upper(s, k - 1);
        bool before_small =
            k + 1 < end && ef_is_letter(s->p[k + 1]) && !ef_is_upper(s, k + 1);
        if (ef_is_upper(s, k) && (!after_capital || before_small))
            return k;
    }
    return end;
}

static bool is_digits(const ef_scan *s, size_t begin, size_t end)
{
    while (begin < end && ef_is_digit(s->p[begin]))
        begin++;
    return begin == end;
}

size_t ef_take_hashtag(ef_scan *s, size_t i)
{
    uint8_t before = ef_byte_before(s, i);
    size_t end = ef_scan_word(s, i + 1);
    if (ef_is_text(before) || is_digits(s, i + 1, end))
        return i + 1;
    size_t first = s->tokens->count;
    for (size_t at = i + 1; end > at; end = ef_scan_word(s, at)) {
        while (at < end) {
            size_t word_end = camel_end(s, at, end);
            ef_add_word(s, at, word_end, EF_TOKEN_HASHTAG);
            at = word_end;
        }
        at += s->p[end] == '_';
    }
    if (ef_is_blank(before) && first < s->tokens->count)
        s->tokens->items[first].flags &= (uint8_t)~EF_TOKEN_GLUED;
    return end;
}
