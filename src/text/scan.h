/* SPDX-License-Identifier: MIT
 * text/scan.h - what the parts of the tokenizer share while they go over a text.
 *
 * The bytes are followed by zeros and the masks by empty ones, so that a part may look at
 * the byte behind the end and at 64 bits from any place. A recogniser is given a place and
 * returns where its thing ends, 0 if it is not there; it looks ahead over a bounded
 * distance or remembers how far it has looked. */
#ifndef EARFUL_TEXT_SCAN_H
#define EARFUL_TEXT_SCAN_H

#include "text/tokenize.h"

typedef struct ef_scan {
    const uint8_t *p;
    size_t n;
    const ef_byte_masks *masks;
    const ef_word_tables *tables; /* where words will be looked up; or NULL */
    ef_tokens *tokens;
    size_t line_token;     /* how many tokens stood before the last line end */
    size_t quote, apostrophe; /* 1 + tokens before an open " or ', 0 when none is open */
    size_t next_at;        /* the first @ from where it was last asked for, or n */
    size_t no_email_until; /* no e-mail address begins before this place */
    size_t no_url_until;   /* no web address without a scheme begins before this place */
    bool failed;           /* out of memory */
} ef_scan;

/* 64 bits of a mask from place i on; low and high are its words i / 64 and i / 64 + 1. */
static inline uint64_t ef_scan_window(uint64_t low, uint64_t high, size_t i)
{
    unsigned shift = i % 64;
    return low >> shift | high << 1 << (63 - shift);
}

static inline bool ef_is_upper(const ef_scan *s, size_t i)
{
    return s->masks[i / 64].upper >> i % 64 & 1;
}

static inline bool ef_is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

/* Folded text: there are no other ASCII letters. */
static inline bool ef_is_letter(uint8_t byte)
{
    return byte >= 'a' && byte <= 'z';
}

static inline bool ef_is_word(uint8_t byte)
{
    return ef_is_letter(byte) || ef_is_digit(byte);
}

/* White space, other control characters, and both ends of the text. */
static inline bool ef_is_blank(uint8_t byte)
{
    return byte <= ' ';
}

static inline uint8_t ef_byte_before(const ef_scan *s, size_t i)
{
    return i > 0 ? s->p[i - 1] : 0;
}

/* Letters, digits and characters above ASCII. */
static inline bool ef_is_text(uint8_t byte)
{
    return ef_is_word(byte) || byte >= 0x80;
}

#define EF_KEYCAP "\xe2\x83\xa3" /* U+20E3, the frame around a digit */

/* odd_words.c: the end of the letters, digits and inner apostrophes from i on; i if there are
 * none. */
size_t ef_scan_word(const ef_scan *s, size_t i);
/* Takes what begins with the word byte or the letter above ASCII at i, whatever it is, and
 * returns its end. */
size_t ef_take_odd_word(ef_scan *s, size_t i);
/* Takes the words of the hashtag whose # stands at i, or only the #. */
size_t ef_take_hashtag(ef_scan *s, size_t i);

/* marks.c: takes what begins at i, where no word byte stands: a mark, an emoticon, white
 * space, a character above ASCII and what it begins. Returns its end. */
size_t ef_take_mark(ef_scan *s, size_t i);

/* numbers.c: where the number or rating that begins with the digit at i ends. */
size_t ef_scan_number(const ef_scan *s, size_t i, ef_token_kind *kind);

/* web.c: addresses that begin with the word byte at i, and the @name at i. */
size_t ef_scan_url(ef_scan *s, size_t i);
size_t ef_scan_email(ef_scan *s, size_t i);
size_t ef_scan_mention(const ef_scan *s, size_t i);

/* emoticon.c: where the emoticon at i ends; *named is the end of the part that names it:
 * a repeated mouth counts once. */
size_t ef_scan_emoticon(const ef_scan *s, size_t i, size_t *named);
/* The same for those that begin with a letter: xD o_O D: */
size_t ef_scan_letter_emoticon(const ef_scan *s, size_t i, size_t *named);

/* sentence.c: whether the run of . ! or ? from i to end ends a sentence. */
bool ef_scan_ends_sentence(const ef_scan *s, size_t i, size_t end);

/* emoji.c: where the emoji sequence or the row of stars at i ends. */
size_t ef_scan_emoji(const ef_scan *s, size_t i, ef_token_kind *kind);

#endif
