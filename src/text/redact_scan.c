/* SPDX-License-Identifier: MIT
 * text/redact_scan.c - words and their lists, for the finders of personal data. */
#include "text/redact_scan.h"

#include "text/redact_cue.h"

enum { LONGEST_BACK = 32, MOST_BLANKS = 8 };

static bool is_continuation(ef_slice text, size_t at)
{
    return (ef_byte_at(text, at) & 0xc0) == 0x80;
}

/* By lead byte: U+00C0 to U+1FFF are letters, U+2000 to U+303F marks and symbols, up to
 * U+DFFF letters of the East, then private use, full-width forms and emoji. */
size_t ef_letter_size(ef_slice text, size_t at)
{
    uint8_t lead = ef_byte_at(text, at);
    if (lead < 0x80)
        return ef_alnum_at(text, at) ? 1 : 0;
    if (lead >= 0xc3 && lead <= 0xdf)
        return is_continuation(text, at + 1) ? 2 : 0;
    bool is_eastern =
        lead >= 0xe3 && lead <= 0xed && !(lead == 0xe3 && ef_byte_at(text, at + 1) == 0x80);
    if (lead != 0xe0 && lead != 0xe1 && !is_eastern)
        return 0;
    return is_continuation(text, at + 1) && is_continuation(text, at + 2) ? 3 : 0;
}

/* The start of the character that ends right before the place. */
static size_t step_back(ef_slice text, size_t at)
{
    size_t start = at - 1;
    while (start > 0 && at - start < 3 && is_continuation(text, start))
        start--;
    return start;
}

bool ef_is_behind_letter(ef_slice text, size_t at)
{
    if (at == 0)
        return false;
    size_t start = step_back(text, at);
    return ef_letter_size(text, start) == at - start;
}

size_t ef_word_end(ef_slice text, size_t at)
{
    size_t size = 1;
    for (; size > 0; at += size)
        size = ef_alnum_at(text, at) ? 1 : ef_letter_size(text, at);
    return at;
}

size_t ef_word_begin(ef_slice text, size_t end)
{
    size_t at = end;
    while (end - at < LONGEST_BACK && ef_is_behind_letter(text, at))
        at = step_back(text, at);
    return at;
}

size_t ef_behind_blanks(ef_slice text, size_t at)
{
    size_t limit = at + MOST_BLANKS;
    while (at < limit && (ef_byte_at(text, at) == ' ' || ef_byte_at(text, at) == '\t'))
        at++;
    return at;
}

size_t ef_behind_apostrophe(ef_slice text, size_t at)
{
    if (ef_byte_at(text, at) == '\'')
        return at + 1;
    bool is_curly = ef_byte_at(text, at) == 0xe2 && ef_byte_at(text, at + 1) == 0x80 &&
                    ef_byte_at(text, at + 2) == 0x99;
    return is_curly ? at + 3 : at;
}

/* strstr is several times faster than a loop over the list. */
bool ef_word_in(ef_slice text, size_t begin, size_t end, const char *words)
{
    char needle[EF_LONGEST_FOLD + 2] = " ";
    if (begin >= end)
        return false;
    if (ef_digit_at(text, begin)) /* no list has a word that begins so */
        return false;
    size_t size = ef_fold_word(text, begin, end, needle + 1);
    if (size == 0)
        return false;
    needle[size + 1] = ' ';
    needle[size + 2] = '\0';
    return strstr(words, needle) != NULL;
}

size_t ef_last_word_before(ef_slice text, size_t at, size_t reach, const char *words)
{
    size_t from = at > reach ? at - reach : 0, last = 0;
    while (from < at && ef_is_behind_letter(text, from))
        from++; /* not in the middle of a word */
    while (from < at) {
        size_t end = ef_word_end(text, from);
        end = end < at ? end : at;
        if (ef_word_in(text, from, end, words))
            last = end;
        from = end > from ? end : from + 1;
    }
    return last;
}

bool ef_word_before(ef_slice text, size_t at, size_t reach, const char *words)
{
    return ef_last_word_before(text, at, reach, words) > 0;
}

bool ef_is_all_capitals(ef_slice text, size_t begin, size_t end)
{
    size_t letters = 0;
    for (size_t at = begin; at < end; at++) {
        uint8_t byte = text.data[at];
        if (byte >= 'a' && byte <= 'z')
            return false;
        letters += byte >= 'A' && byte <= 'Z';
    }
    return letters >= 2;
}

size_t ef_count_digits(ef_slice text, size_t at)
{
    size_t count = 0;
    while (ef_digit_at(text, at + count))
        count++;
    return count;
}
