/* SPDX-License-Identifier: MIT
 * text/marks.c - everything in a text that is not a word: punctuation, line ends, quotation
 * marks, emoji.
 *
 * Only marks that tell something about mood or structure become tokens: . ! ? , ; : ( ) "
 * and dashes. The others part words like blanks. */
#include "base/utf8.h"
#include "text/token_add.h"

enum { QUOTED_TOKENS = 24 };

/* A mark that repeats is one token, named by one mark. */
static void add_mark(ef_scan *s, size_t begin, size_t end, unsigned flags)
{
    ef_add_token(s, EF_TOKEN_PUNCTUATION, begin, end, begin + 1, flags);
}

static size_t run_end(const ef_scan *s, size_t i)
{
    size_t end = i + 1;
    while (end < s->n && s->p[end] == s->p[i])
        end++;
    return end;
}

/* White space that is not a blank, and all that follows it. One line end inside a sentence
 * ends a clause, any other a sentence. */
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
    ef_flag_last_token(s, goes_on ? EF_TOKEN_CLAUSE_END : EF_TOKEN_SENTENCE_END);
    s->line_token = s->tokens->count;
    return i;
}

/* . ! ? and rows of one of them. A dot inside something like worst.support.ever is none. */
static size_t take_end_marks(ef_scan *s, size_t i)
{
    size_t end = run_end(s, i);
    bool ends = ef_scan_ends_sentence(s, i, end);
    if (s->p[i] == '.' && end - i == 1 && !ends && ef_is_text(s->p[end]))
        return end;
    unsigned flags = ends ? EF_TOKEN_SENTENCE_END : 0;
    if (ef_glued_flag(s, i))
        flags |= ef_take_sentence_end(s);
    add_mark(s, i, end, flags);
    return end;
}

/* , ; : ( ) */
static size_t take_clause_mark(ef_scan *s, size_t i)
{
    unsigned flags = EF_TOKEN_CLAUSE_END;
    if (s->p[i] == ')' && ef_glued_flag(s, i))
        flags |= ef_take_sentence_end(s);
    size_t end = run_end(s, i);
    add_mark(s, i, end, flags);
    return end;
}

/* A dash between blanks or of two marks ends a clause; a hyphen, a minus sign and a bullet
 * are nothing. */
static size_t take_dash(ef_scan *s, size_t i)
{
    size_t end = run_end(s, i);
    uint8_t before = ef_byte_before(s, i), after = s->p[end];
    bool is_bullet = s->tokens->count == s->line_token;
    bool is_minus = end - i == 1 && ef_is_digit(after) && !ef_is_text(before);
    bool is_dash = end - i > 1 || ef_is_blank(before) || ef_is_blank(after);
    if (is_dash && !is_bullet && !is_minus)
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
    unsigned flags = closes ? ef_take_sentence_end(s) : 0;
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
    bool opens = !ef_is_text(before) && ef_is_text(s->p[i + 1]);
    bool closes = !ef_is_blank(before) && !ef_is_text(s->p[i + 1]);
    if (closes && is_near(s, s->apostrophe))
        quote_since(s, s->apostrophe);
    if (opens || closes)
        s->apostrophe = opens ? s->tokens->count + 1 : 0;
    return i + 1;
}

/* # and * may stand under a keycap's frame. */
static bool is_keycap(const ef_scan *s, size_t i)
{
    return memcmp(s->p + i + 1, EF_KEYCAP, 3) == 0;
}

static size_t take_keycap(ef_scan *s, size_t i)
{
    ef_add_token(s, EF_TOKEN_EMOJI, i, i + 4, i + 4, ef_take_sentence_end(s));
    return i + 4;
}

/* Two or more asterisks alone are stars; around words they are emphasis. */
static size_t take_asterisks(ef_scan *s, size_t i)
{
    if (is_keycap(s, i))
        return take_keycap(s, i);
    size_t end = run_end(s, i);
    if (end - i > 1 && !ef_is_text(ef_byte_before(s, i)) && !ef_is_text(s->p[end]))
        ef_add_token(s, EF_TOKEN_STARS, i, end, end, 0);
    return end;
}

static size_t take_mention(ef_scan *s, size_t i)
{
    size_t end = ef_scan_mention(s, i);
    if (end == 0)
        return i + 1;
    ef_add_token(s, EF_TOKEN_MENTION, i, end, end, 0);
    return end;
}

static size_t take_high(ef_scan *s, size_t i)
{
    uint32_t code = 0;
    size_t size = ef_utf8_decode(s->p + i, s->n - i, &code);
    ef_token_kind kind;
    switch (size == 0 ? EF_CHARACTER_OTHER : ef_character_of(code)) {
    case EF_CHARACTER_LETTER:
        return ef_take_odd_word(s, i);
    case EF_CHARACTER_EMOJI:
        size = ef_scan_emoji(s, i, &kind) - i;
        ef_add_token(s, kind, i, i + size, i + size, ef_take_sentence_end(s));
        return i + size;
    case EF_CHARACTER_SENTENCE:
        ef_add_token(s, EF_TOKEN_PUNCTUATION, i, i + size, i + size, EF_TOKEN_SENTENCE_END);
        return i + size;
    default:
        return i + (size > 0 ? size : 1);
    }
}

/* A mark that could have begun an emoticon but did not. */
static size_t take_no_emoticon(ef_scan *s, size_t i)
{
    switch (s->p[i]) {
    case '-':
        return take_dash(s, i);
    case '*':
        return take_asterisks(s, i);
    case '@':
        return take_mention(s, i);
    case ':':
    case ';':
    case '(':
    case ')':
        return take_clause_mark(s, i);
    default:
        return i + 1;
    }
}

static size_t take_emoticon(ef_scan *s, size_t i)
{
    size_t named, end = ef_scan_emoticon(s, i, &named);
    if (end == 0)
        return take_no_emoticon(s, i);
    ef_add_token(s, EF_TOKEN_EMOTICON, i, end, named, ef_take_sentence_end(s));
    return end;
}

size_t ef_take_mark(ef_scan *s, size_t i)
{
    switch (s->p[i]) {
    case ' ':
        return i + 1;
    case '\t':
    case '\n':
    case '\v':
    case '\f':
    case '\r':
        return take_white(s, i);
    case ',':
        return take_clause_mark(s, i);
    case '.':
    case '!':
    case '?':
        return take_end_marks(s, i);
    case '"':
        return take_quote(s, i);
    case '\'':
        return take_apostrophe(s, i);
    case '#':
        return is_keycap(s, i) ? take_keycap(s, i) : ef_take_hashtag(s, i);
    case ':':
    case ';':
    case '=':
    case '<':
    case '>':
    case '^':
    case '-':
    case '*':
    case '@':
    case '(':
    case ')':
        return take_emoticon(s, i);
    default:
        return s->p[i] >= 0x80 ? take_high(s, i) : i + 1;
    }
}
