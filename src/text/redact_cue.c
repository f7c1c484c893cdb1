/* SPDX-License-Identifier: MIT
 * text/redact_cue.c - folded words, and cues looked up by them.
 *
 * Folding is for comparing only: letters of Latin lose their accents, those of Cyrillic
 * become small, all others stay. */
#include "text/redact_cue.h"

static const char latin_1[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyts" /* U+00C0 */
                              "aaaaaaaceeeeiiiidnooooo*ouuuuyty";
static const char latin_a[] = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhh" /* U+0100 */
                              "iiiiiiiiiiiijjkkklllllll"
                              "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzz"
                              "zzzzs";

/* The letter below the accents; 0 if the character is none of Latin. */
static char plain_letter(uint32_t code)
{
    if (code >= 0xc0 && code <= 0xff)
        return latin_1[code - 0xc0];
    if (code >= 0x100 && code <= 0x17f)
        return latin_a[code - 0x100];
    if (code == 0x1a0 || code == 0x1a1)
        return 'o';
    if (code == 0x1af || code == 0x1b0)
        return 'u';
    if (code >= 0x218 && code <= 0x21b)
        return code <= 0x219 ? 's' : 't';
    if (code < 0x1ea0 || code > 0x1ef9) /* Vietnamese */
        return 0;
    return code < 0x1eb8   ? 'a'
           : code < 0x1ec8 ? 'e'
           : code < 0x1ecc ? 'i'
           : code < 0x1ee4 ? 'o'
           : code < 0x1ef2 ? 'u'
                           : 'y';
}

static uint32_t small_cyrillic(uint32_t code)
{
    if (code >= 0x410 && code <= 0x42f)
        return code + 0x20;
    if (code >= 0x400 && code <= 0x40f)
        code += 0x50;
    return code == 0x451 ? 0x435 : code; /* ё is written е */
}

/* Writes the character of `size` bytes, which is not ASCII; gives how many it wrote. */
static size_t fold_letter(const uint8_t *p, size_t size, char *out)
{
    uint32_t code = size == 2 ? (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu)
                              : (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
    char letter = plain_letter(code);
    bool is_double = code == 0xdf || code == 0xe6 || code == 0xc6; /* ß, æ, Æ */
    if (code >= 0x300 && code <= 0x36f)
        return 0; /* an accent of its own */
    if (letter != 0) {
        out[0] = letter;
        out[1] = code == 0xdf ? 's' : 'e';
        return is_double ? 2 : 1;
    }
    memcpy(out, p, size);
    code = small_cyrillic(code);
    if (size == 2 && code >= 0x400 && code <= 0x4ff) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
    }
    return size;
}

size_t ef_fold_word(ef_slice text, size_t begin, size_t end, char folded[EF_LONGEST_FOLD])
{
    size_t size = 0;
    for (size_t at = begin; at < end;) {
        uint8_t byte = text.data[at];
        if (size + 4 > EF_LONGEST_FOLD)
            return 0;
        if (ef_alnum_at(text, at)) { /* most */
            folded[size++] = (char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
            at++;
            continue;
        }
        size_t step = ef_letter_size(text, at);
        if (step == 0)
            return 0;
        size += fold_letter(text.data + at, step, folded + size);
        at += step;
    }
    folded[size] = '\0';
    return size;
}

/* Compares a folded word with the first one of a phrase. */
static int compare_first(const char *word, const char *phrase)
{
    while (*word != '\0' && *word == *phrase) {
        word++;
        phrase++;
    }
    return (unsigned char)*word - (*phrase == ' ' ? 0 : (unsigned char)*phrase);
}

size_t ef_cues_of(ef_cue_table table, ef_slice text, size_t begin, size_t end,
                  size_t *first)
{
    char word[EF_LONGEST_FOLD];
    size_t low = 0, high = table.count;
    if (ef_fold_word(text, begin, end, word) == 0)
        return 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_first(word, table.rows[middle].phrase) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    *first = low;
    while (high < table.count && compare_first(word, table.rows[high].phrase) == 0)
        high++;
    return high - low;
}

/* Behind what may stand between two words of a phrase; the place itself if nothing does. */
static size_t behind_gap(ef_slice text, size_t at)
{
    size_t mark = ef_behind_apostrophe(text, at);
    if (mark > at)
        return mark;
    uint8_t byte = ef_byte_at(text, at);
    at += byte == '.' || byte == '-' || byte == '/';
    return ef_behind_blanks(text, at);
}

size_t ef_phrase_end(ef_slice text, size_t at, const char *phrase)
{
    char word[EF_LONGEST_FOLD];
    for (;;) {
        size_t end = ef_word_end(text, at), size = strcspn(phrase, " ");
        if (ef_fold_word(text, at, end, word) != size || memcmp(word, phrase, size) != 0)
            return 0;
        if (phrase[size] == '\0')
            return end;
        phrase += size + 1;
        at = behind_gap(text, end);
        if (at == end)
            return 0;
    }
}
