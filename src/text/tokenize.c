/* SPDX-License-Identifier: MIT
 * text/tokenize.c - normal text as tokens, sentence by sentence.
 *
 * Most tokens are words of ASCII letters between blanks: the masks tell where they begin
 * and end and which letters are upper case, 64 bits at a time. Whatever else begins or ends
 * a word goes to a recogniser of its own.
 *
 * Invariant: every byte before the place of the scan belongs to a token or is dropped for
 * good; recognisers return a later place, so the scan ends. */
#include "text/tokenize.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "text/scan.h"

enum {
    LONGEST = UINT16_MAX, /* of one token */
    WINDOW = 64, /* bits of a mask that are looked at: flags are of that many bytes */
    QUOTED_TOKENS = 24,
};

/* How a word is followed where it ends for sure: anything but the marks that a longer word,
 * an address, an emoticon or a character above ASCII could go on with. */
static const char continuing_marks[] = "'.:@-_+/*";

void ef_tokens_release(ef_tokens *tokens)
{
    free(tokens->items);
    memset(tokens, 0, sizeof *tokens);
}

static bool grow(ef_tokens *tokens, size_t capacity)
{
    ef_token *items = realloc(tokens->items, capacity * sizeof *items);
    if (items == NULL)
        return false;
    tokens->items = items;
    tokens->capacity = capacity;
    return true;
}

static inline uint64_t word_bits(const ef_scan *s, size_t i)
{
    return ef_scan_window(s->masks[i / 64].word, s->masks[i / 64 + 1].word, i);
}

static inline uint64_t upper_bits(const ef_scan *s, size_t i)
{
    return ef_scan_window(s->masks[i / 64].upper, s->masks[i / 64 + 1].upper, i);
}

static inline uint64_t same_bits(const ef_scan *s, size_t i)
{
    return ef_scan_window(s->masks[i / 64].same, s->masks[i / 64 + 1].same, i);
}

/* The lowest n bits. */
static inline uint64_t low_bits(size_t n)
{
    return n >= 64 ? ~UINT64_C(0) : (UINT64_C(1) << n) - 1;
}

/* The first bit that is not set; 64 if all are. */
static inline size_t run_of(uint64_t bits)
{
    return bits == ~UINT64_C(0) ? 64 : (size_t)__builtin_ctzll(~bits);
}

/* ef_hash_bytes of up to 16 bytes without a branch on the size: what lies behind them is
 * read and masked off. */
static inline uint64_t short_hash(const uint8_t *p, size_t n)
{
    uint64_t low = ef_hash_load(p, 8), high = ef_hash_load(p + 8, 8);
    bool is_long = n > 8;
    low &= low_bits(n * 8);
    low ^= is_long ? (uint64_t)n << 1 : 0;
    high &= is_long ? low_bits((n - 8) * 8) : 0;
    return ef_hash_mix(low, high + n);
}

static inline uint64_t hash_of(const uint8_t *p, size_t n)
{
    return n <= 16 ? short_hash(p, n) : ef_hash_bytes(p, n);
}

static ef_token *last_token(const ef_scan *s)
{
    return s->tokens->count > 0 ? &s->tokens->items[s->tokens->count - 1] : NULL;
}

static void flag_last(const ef_scan *s, uint8_t flags)
{
    ef_token *last = last_token(s);
    if (last != NULL)
        last->flags |= flags;
}

/* Adds one token of any size up to LONGEST. */
static inline void add(ef_scan *s, ef_token token)
{
    ef_tokens *tokens = s->tokens;
    if (tokens->count == tokens->capacity && !grow(tokens, 2 * tokens->capacity)) {
        s->failed = true;
        return;
    }
    tokens->items[tokens->count++] = token;
}

static inline uint8_t glued_flag(const ef_scan *s, size_t begin)
{
    return ef_is_blank(ef_byte_before(s, begin)) ? 0 : EF_TOKEN_GLUED;
}

/* Adds the bytes from begin to end, hashed by those up to named, in pieces if they are
 * many. */
static void add_token(ef_scan *s, ef_token_kind kind, size_t begin, size_t end,
                      size_t named, unsigned flags)
{
    for (; end - begin > LONGEST; begin += LONGEST)
        add(s, (ef_token){ hash_of(s->p + begin, named < begin + LONGEST ? 1 : LONGEST),
                           (uint32_t)begin, LONGEST, (uint8_t)kind, (uint8_t)flags });
    size_t hashed = named > begin && named <= end ? named - begin : end - begin;
    add(s,
        (ef_token){ hash_of(s->p + begin, hashed), (uint32_t)begin, (uint16_t)(end - begin),
                    (uint8_t)kind, (uint8_t)(flags | glued_flag(s, begin)) });
}

/* A mark that repeats is one token, named by one mark. */
static void add_mark(ef_scan *s, size_t begin, size_t end, unsigned flags)
{
    add_token(s, EF_TOKEN_PUNCTUATION, begin, end, begin + 1, flags);
}

/* Lets the sentence that ended behind the last token end behind the next one instead. */
static uint8_t take_sentence_end(const ef_scan *s)
{
    ef_token *last = last_token(s);
    if (last == NULL || s->tokens->count == s->line_token)
        return 0;
    uint8_t flag = last->flags & EF_TOKEN_SENTENCE_END;
    last->flags &= (uint8_t)~EF_TOKEN_SENTENCE_END;
    return flag;
}

/* The flags of small and capital letters and of letters that repeat. */
static uint8_t odd_flags(const ef_scan *s, size_t begin, uint64_t word, uint64_t upper,
                         uint64_t triple)
{
    uint8_t flags = upper & 1 ? EF_TOKEN_CAPITALIZED : 0;
    bool is_capitals = (upper & (upper - 1)) != 0;
    for (uint64_t rest = word & ~upper; rest != 0 && is_capitals; rest &= rest - 1)
        is_capitals = ef_is_digit(s->p[begin + (size_t)__builtin_ctzll(rest)]);
    bool is_elongated = false;
    for (uint64_t rest = triple & word; rest != 0 && !is_elongated; rest &= rest - 1)
        is_elongated = ef_is_letter(s->p[begin + (size_t)__builtin_ctzll(rest)]);
    flags |= is_capitals ? EF_TOKEN_CAPITALS : 0;
    return flags | (is_elongated ? EF_TOKEN_ELONGATED : 0);
}

static inline uint8_t letter_flags(const ef_scan *s, size_t begin, size_t end)
{
    uint64_t inside = low_bits(end - begin);
    uint64_t upper = upper_bits(s, begin) & inside;
    uint64_t same = same_bits(s, begin) & inside & ~UINT64_C(1);
    uint64_t triple = same & same << 1;
    if ((upper | triple) == 0)
        return 0;
    return odd_flags(s, begin, word_bits(s, begin) & inside, upper, triple);
}

static inline void add_word(ef_scan *s, size_t begin, size_t end, uint8_t flags)
{
    flags |= letter_flags(s, begin, end);
    if (end - begin > LONGEST) {
        add_token(s, EF_TOKEN_WORD, begin, end, end, flags);
        return;
    }
    add(s, (ef_token){ hash_of(s->p + begin, end - begin), (uint32_t)begin,
                       (uint16_t)(end - begin), EF_TOKEN_WORD,
                       (uint8_t)(flags | glued_flag(s, begin)) });
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

size_t ef_scan_word(const ef_scan *s, size_t i)
{
    for (size_t begin = i;;) {
        size_t run;
        while ((run = run_of(word_bits(s, i))) == WINDOW)
            i += WINDOW;
        i += run;
        size_t after = high_letter_end(s, i);
        if (after == i && i > begin && s->p[i] == '\'' &&
            (ef_is_word(s->p[i + 1]) || high_letter_end(s, i + 1) > i + 1))
            after = i + 1;
        if (after == i)
            return i;
        i = after;
    }
}

/* A word that ends in an odd way or does not begin with an ASCII letter. */
static size_t take_odd_word(ef_scan *s, size_t i)
{
    size_t end, named;
    ef_token_kind kind;
    if ((end = ef_scan_url(s, i)) > 0) {
        add_token(s, EF_TOKEN_URL, i, end, end, 0);
        return end;
    }
    if ((end = ef_scan_email(s, i)) > 0) {
        add_token(s, EF_TOKEN_EMAIL, i, end, end, 0);
        return end;
    }
    if ((end = ef_scan_letter_emoticon(s, i, &named)) > 0) {
        add_token(s, EF_TOKEN_EMOTICON, i, end, named, take_sentence_end(s));
        return end;
    }
    end = ef_scan_word(s, i);
    if (ef_is_digit(s->p[i])) {
        if (end == i + 1 && memcmp(s->p + end, "\xe2\x83\xa3", 3) == 0) { /* keycap */
            add_token(s, EF_TOKEN_EMOJI, i, end + 3, end + 3, take_sentence_end(s));
            return end + 3;
        }
        size_t number = ef_scan_number(s, i, &kind);
        if (number >= end) {
            add_token(s, kind, i, number, number, 0);
            return number;
        }
    }
    add_word(s, i, end, 0);
    return end;
}

static inline bool ends_plainly(uint8_t next)
{
    return next == ' ' ||
           (next < 0x80 && (next == 0 || strchr(continuing_marks, next) == NULL));
}

static inline size_t take_word(ef_scan *s, size_t i)
{
    size_t end = i + run_of(word_bits(s, i));
    if (!ends_plainly(s->p[end]) || s->p[i] <= '9' || s->p[i] == 'x' || end - i == WINDOW)
        return take_odd_word(s, i);
    add_word(s, i, end, 0);
    return end;
}

/* White space with a line end in it, or a rare kind of blank. */
static size_t take_white(ef_scan *s, size_t i)
{
    size_t feeds = 0, returns = 0;
    for (; s->p[i] == ' ' || (s->p[i] >= '\t' && s->p[i] <= '\r'); i++) {
        feeds += s->p[i] == '\n';
        returns += s->p[i] == '\r';
    }
    size_t lines = feeds > 0 ? feeds : returns;
    if (lines == 0)
        return i;
    bool goes_on = lines == 1 && ef_is_letter(s->p[i]) && !ef_is_upper(s, i);
    flag_last(s, goes_on ? EF_TOKEN_CLAUSE_END : EF_TOKEN_SENTENCE_END);
    s->line_token = s->tokens->count;
    return i;
}

static size_t run_end(const ef_scan *s, size_t i)
{
    size_t end = i;
    while (end < s->n && s->p[end] == s->p[i])
        end++;
    return end;
}

/* . ! ? and rows of one of them. */
static size_t take_end_marks(ef_scan *s, size_t i)
{
    size_t end = run_end(s, i);
    bool ends = ef_scan_ends_sentence(s, i, end);
    bool is_inner = s->p[i] == '.' && end - i == 1 && !ends &&
                    (ef_is_word(s->p[end]) || s->p[end] >= 0x80);
    if (is_inner)
        return end;
    unsigned flags = ends ? EF_TOKEN_SENTENCE_END : 0;
    if (glued_flag(s, i))
        flags |= take_sentence_end(s);
    add_mark(s, i, end, flags);
    return end;
}

/* , ; : ( ) */
static size_t take_clause_mark(ef_scan *s, size_t i)
{
    unsigned flags = EF_TOKEN_CLAUSE_END;
    if (s->p[i] == ')' && glued_flag(s, i))
        flags |= take_sentence_end(s);
    size_t end = run_end(s, i);
    add_mark(s, i, end, flags);
    return end;
}

static bool is_text(uint8_t byte)
{
    return ef_is_word(byte) || byte >= 0x80;
}

/* A dash between blanks or of two marks ends a clause; a hyphen, a minus sign and a bullet
 * are nothing. */
static size_t take_dash(ef_scan *s, size_t i)
{
    size_t end = run_end(s, i);
    uint8_t before = ef_byte_before(s, i), after = s->p[end];
    bool is_bullet = s->tokens->count == s->line_token;
    bool is_minus = ef_is_digit(after) && !is_text(before);
    bool is_dash = end - i > 1 || ef_is_blank(before) || ef_is_blank(after);
    if (is_dash && !is_bullet && !(is_minus && end - i == 1))
        add_mark(s, i, end, EF_TOKEN_CLAUSE_END);
    return end;
}

/* Marks the tokens since an opening mark, of which there were open - 1 before it. */
static void quote_since(const ef_scan *s, size_t open)
{
    for (size_t k = open - 1; k < s->tokens->count; k++)
        s->tokens->items[k].flags |= EF_TOKEN_QUOTED;
}

static bool is_near(const ef_scan *s, size_t open)
{
    return open > 0 && s->tokens->count - (open - 1) <= QUOTED_TOKENS;
}

static size_t take_quote(ef_scan *s, size_t i)
{
    bool closes = is_near(s, s->quote) && !ef_is_blank(ef_byte_before(s, i));
    unsigned flags = closes && glued_flag(s, i) ? take_sentence_end(s) : 0;
    if (closes)
        quote_since(s, s->quote);
    add_mark(s, i, i + 1, flags);
    s->quote = !closes && !ef_is_blank(s->p[i + 1]) ? s->tokens->count + 1 : 0;
    return i + 1;
}

/* An apostrophe outside a word: 'quoted', or the end of a plural. */
static size_t take_apostrophe(ef_scan *s, size_t i)
{
    uint8_t before = ef_byte_before(s, i);
    bool opens = !is_text(before) && is_text(s->p[i + 1]);
    bool closes = !ef_is_blank(before) && !is_text(s->p[i + 1]);
    if (closes && is_near(s, s->apostrophe))
        quote_since(s, s->apostrophe);
    if (opens || closes)
        s->apostrophe = opens ? s->tokens->count + 1 : 0;
    return i + 1;
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

static bool has_letter(const ef_scan *s, size_t begin, size_t end)
{
    while (begin < end && ef_is_digit(s->p[begin]))
        begin++;
    return begin < end;
}

static size_t take_hashtag(ef_scan *s, size_t i)
{
    size_t end = ef_scan_word(s, i + 1);
    uint8_t before = ef_byte_before(s, i);
    if (is_text(before) || !has_letter(s, i + 1, end))
        return i + 1;
    size_t first = s->tokens->count;
    for (size_t at = i + 1; end > at; end = ef_scan_word(s, at)) {
        while (at < end) {
            size_t word_end = camel_end(s, at, end);
            add_word(s, at, word_end, EF_TOKEN_HASHTAG);
            at = word_end;
        }
        at += s->p[end] == '_';
    }
    if (ef_is_blank(before) && first < s->tokens->count)
        s->tokens->items[first].flags &= (uint8_t)~EF_TOKEN_GLUED;
    return end;
}

/* Two or more asterisks alone are stars; around words they are emphasis. */
static size_t take_asterisks(ef_scan *s, size_t i)
{
    size_t end = run_end(s, i);
    if (end - i > 1 && !is_text(ef_byte_before(s, i)) && !is_text(s->p[end]))
        add_token(s, EF_TOKEN_STARS, i, end, end, 0);
    return end;
}

static size_t take_high(ef_scan *s, size_t i)
{
    uint32_t code = 0;
    size_t size = ef_utf8_decode(s->p + i, s->n - i, &code);
    ef_token_kind kind;
    switch (size == 0 ? EF_CHARACTER_OTHER : ef_character_of(code)) {
    case EF_CHARACTER_LETTER:
        return take_odd_word(s, i);
    case EF_CHARACTER_EMOJI:
        size = ef_scan_emoji(s, i, &kind) - i;
        add_token(s, kind, i, i + size, i + size, take_sentence_end(s));
        return i + size;
    case EF_CHARACTER_SENTENCE:
        add_token(s, EF_TOKEN_PUNCTUATION, i, i + size, i + size, EF_TOKEN_SENTENCE_END);
        return i + size;
    default:
        return i + (size > 0 ? size : 1);
    }
}

/* A mark that is no part of an emoticon. */
static size_t take_mark(ef_scan *s, size_t i)
{
    size_t end;
    switch (s->p[i]) {
    case ',':
    case ';':
    case ':':
    case '(':
    case ')':
        return take_clause_mark(s, i);
    case '-':
        return take_dash(s, i);
    case '"':
        return take_quote(s, i);
    case '\'':
        return take_apostrophe(s, i);
    case '#':
        return take_hashtag(s, i);
    case '*':
        return take_asterisks(s, i);
    case '@':
        end = ef_scan_mention(s, i);
        if (end > 0)
            add_token(s, EF_TOKEN_MENTION, i, end, end, 0);
        return end > 0 ? end : i + 1;
    default:
        return i + 1;
    }
}

static bool begins_emoticon(uint8_t byte)
{
    return byte != 0 && strchr(":;=<>^-*@()", byte) != NULL;
}

static size_t take_other(ef_scan *s, size_t i)
{
    uint8_t byte = s->p[i];
    if (byte >= 0x80)
        return take_high(s, i);
    if (byte == '.' || byte == '!' || byte == '?')
        return take_end_marks(s, i);
    if (byte >= '\t' && byte <= '\r')
        return take_white(s, i);
    if (memcmp(s->p + i + 1, "\xe2\x83\xa3", 3) == 0 && (byte == '#' || byte == '*')) {
        add_token(s, EF_TOKEN_EMOJI, i, i + 4, i + 4, take_sentence_end(s));
        return i + 4;
    }
    size_t named, end = begins_emoticon(byte) ? ef_scan_emoticon(s, i, &named) : 0;
    if (end == 0)
        return take_mark(s, i);
    add_token(s, EF_TOKEN_EMOTICON, i, end, named, take_sentence_end(s));
    return end;
}

/* The next place that is not a plain blank. */
static inline size_t skip_blanks(const ef_scan *s, size_t i)
{
    for (;;) {
        const ef_byte_masks *mask = &s->masks[i / 64];
        uint64_t blank = ef_scan_window(mask[0].space & ~mask[0].special,
                                        mask[1].space & ~mask[1].special, i);
        size_t run = run_of(blank);
        i += run;
        if (run < WINDOW)
            return i;
    }
}

bool ef_tokenize(ef_tokens *tokens, const ef_normal_text *normal)
{
    enum { BYTES_PER_TOKEN = 5 }; /* measured on reviews and chats, blanks included */
    size_t capacity = normal->size / BYTES_PER_TOKEN + 16;
    tokens->count = 0;
    if (capacity > tokens->capacity && !grow(tokens, capacity))
        return false;
    ef_scan scan = {
        .p = normal->bytes, .n = normal->size, .masks = normal->masks, .tokens = tokens
    };
    ef_scan *s = &scan;
    for (size_t i = 0; i < s->n && (i = skip_blanks(s, i)) < s->n && !s->failed;)
        i = s->masks[i / 64].word >> i % 64 & 1 ? take_word(s, i) : take_other(s, i);
    flag_last(s, EF_TOKEN_SENTENCE_END);
    return !s->failed;
}
