/* SPDX-License-Identifier: MIT
 * test_templates.c - reads and fills the templates of this folder, and proves that it does.
 *
 * Written for short files that are ours: clear before fast. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>

#include "templates.h"

static void expect(const word_book *book, bool holds, const char *message)
{
    cr_assert(holds, "%s:%zu: %s", book->path, book->line, message);
}

static bool equal(ef_slice a, ef_slice b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static bool equal_to(ef_slice a, const char *b)
{
    return equal(a, ef_slice_of(b));
}

static ef_slice trim(ef_slice s)
{
    while (s.size > 0 && s.data[0] == ' ')
        s.data++, s.size--;
    while (s.size > 0 && (s.data[s.size - 1] == ' ' || s.data[s.size - 1] == '\r'))
        s.size--;
    return s;
}

/* Cuts what stands before separator off *rest; takes all of it if there is none. */
static ef_slice cut(ef_slice *rest, const char *separator)
{
    const size_t size = strlen(separator);
    const uint8_t *at =
        rest->size == 0 ? NULL : memmem(rest->data, rest->size, separator, size);
    ef_slice head = *rest;
    if (at == NULL) {
        *rest = (ef_slice){ NULL, 0 };
        return head;
    }
    head.size = (size_t)(at - rest->data);
    rest->data = at + size;
    rest->size -= head.size + size;
    return head;
}

static bool contains(ef_slice s, const char *part)
{
    return s.size > 0 && memmem(s.data, s.size, part, strlen(part)) != NULL;
}

static word_list *find_list(word_book *book, ef_slice name)
{
    for (size_t i = 0; i < book->list_count; i++)
        if (equal(book->lists[i].name, name))
            return &book->lists[i];
    return NULL;
}

/* "food = soup, pie", or with | where words hold commas; a second line adds to the list. */
static void read_list(word_book *book, ef_slice line)
{
    const ef_slice name = trim(cut(&line, "="));
    word_list *list = find_list(book, name);
    if (list == NULL) {
        expect(book, book->list_count < LISTS, "too many lists");
        list = &book->lists[book->list_count++];
        *list = (word_list){ .name = name };
    }
    const char *separator = contains(line, "|") ? "|" : ",";
    while (line.size > 0) {
        expect(book, list->count < WORDS, "too many words in a list");
        const ef_slice word = trim(cut(&line, separator));
        expect(book, word.size > 0, "an empty word");
        for (size_t i = 0; i < list->count; i++)
            expect(book, !equal(list->words[i], word), "a word stands in its list twice");
        list->words[list->count++] = word;
    }
    expect(book, list->count > 0, "an empty list");
}

static bool is_list(ef_slice line)
{
    size_t n = 0;
    while (n < line.size && (islower(line.data[n]) || line.data[n] == '_'))
        n++;
    return n > 0 && n + 2 < line.size && memcmp(line.data + n, " = ", 3) == 0;
}

/* What stands between braces: "{Typo food2}" is the slot food2, shown with a typo. */
typedef struct {
    ef_slice modifier; /* empty if there is none */
    ef_slice name;
} brace;

static brace read_brace(ef_slice inside)
{
    brace b = { { NULL, 0 }, inside };
    if (contains(inside, " ")) {
        b.modifier = cut(&inside, " ");
        b.name = inside;
    }
    return b;
}

static word_slot *find_slot(case_row *row, ef_slice name)
{
    for (size_t i = 0; i < row->slot_count; i++)
        if (equal(row->slots[i].name, name))
            return &row->slots[i];
    return NULL;
}

static void add_slots(word_book *book, case_row *row, ef_slice template)
{
    while (contains(template, "{")) {
        cut(&template, "{");
        expect(book, contains(template, "}"), "a { without its }");
        const brace b = read_brace(cut(&template, "}"));
        if (find_slot(row, b.name) != NULL)
            continue;
        ef_slice list_name = b.name;
        while (list_name.size > 0 && isdigit(list_name.data[list_name.size - 1]))
            list_name.size--;
        word_list *list = find_list(book, list_name);
        expect(book, list != NULL, "a slot without a list");
        expect(book, row->slot_count < SLOTS, "too many slots");
        row->slots[row->slot_count++] = (word_slot){ .name = b.name, .list = list };
    }
}

/* Puts filling number into the slots. All fillings are taken where there are few; else
 * numbers step through them by a stride that shares no factor with their count and lies
 * near the golden ratio, so that every list is walked evenly. */
static size_t fillings(const case_row *row)
{
    size_t count = 1;
    for (size_t i = 0; i < row->slot_count; i++)
        if (&row->slots[i] != row->swapped)
            count *= row->slots[i].list->count;
    return count;
}

static size_t common_factor(size_t a, size_t b)
{
    while (b != 0) {
        const size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static void put_filling(case_row *row, size_t number)
{
    const size_t count = fillings(row);
    size_t stride = count * 618 / 1000 + 1;
    while (common_factor(stride, count) != 1)
        stride++;
    size_t place = number * stride % count;
    for (size_t i = 0; i < row->slot_count; i++) {
        word_slot *slot = &row->slots[i];
        if (slot == row->swapped)
            continue;
        slot->word = place % slot->list->count;
        place /= slot->list->count;
    }
}

static bool is_vowel(uint8_t c)
{
    return c != 0 && strchr("aeiouAEIOU", c) != NULL;
}

static size_t last_vowel(ef_slice word)
{
    for (size_t i = word.size; i > 0; i--)
        if (is_vowel(word.data[i - 1]))
            return i - 1;
    return 0;
}

/* One word as a modifier shows it: a, cap, loud, long, typo. */
static void put_word(FILE *out, ef_slice word, ef_slice modifier)
{
    const bool typo = equal_to(modifier, "typo") && word.size >= 4;
    size_t middle = word.size / 2;
    while (typo && middle + 2 < word.size && word.data[middle] == word.data[middle - 1])
        middle++;
    if (equal_to(modifier, "a"))
        fputs(is_vowel(word.data[0]) ? "an " : "a ", out);
    for (size_t i = 0; i < word.size; i++) {
        int c = word.data[typo && i == middle - 1 ? middle
                          : typo && i == middle   ? i - 1
                                                  : i];
        if (equal_to(modifier, "loud") || (equal_to(modifier, "cap") && i == 0))
            c = toupper(c);
        const bool repeats = equal_to(modifier, "long") && i == last_vowel(word);
        for (int times = repeats ? 4 : 1; times > 0; times--)
            fputc(c, out);
    }
}

/* Backslashes: \n is a line feed, \t a tab, \s a space that would be trimmed. */
static void put_plain(FILE *out, ef_slice plain)
{
    for (size_t i = 0; i < plain.size; i++) {
        int c = plain.data[i];
        if (c == '\\' && i + 1 < plain.size) {
            c = plain.data[++i];
            c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == 's' ? ' ' : c;
        }
        fputc(c, out);
    }
}

static void fill(case_row *row, ef_slice template, char text[TEXT_SIZE])
{
    FILE *out = fmemopen(text, TEXT_SIZE, "w");
    cr_assert_not_null(out);
    while (template.size > 0) {
        put_plain(out, cut(&template, "{"));
        if (template.size == 0)
            break;
        const brace b = read_brace(cut(&template, "}"));
        const word_slot *slot = find_slot(row, b.name);
        put_word(out, slot->list->words[slot->word], b.modifier);
    }
    cr_assert_lt(ftell(out), TEXT_SIZE - 1, "a text is too long");
    fputc('\0', out);
    fclose(out);
}

/* The rest of a row after its "same", "stronger", …: "{slot}: text" or ": A | B". */
static void read_pair(word_book *book, case_row *row, ef_slice rest)
{
    ef_slice head = cut(&rest, ": ");
    expect(book, rest.size > 0, "a row without a colon");
    row->first = trim(cut(&rest, " | "));
    row->second = trim(rest);
    add_slots(book, row, row->first);
    add_slots(book, row, row->second);
    if (!contains(head, "{")) {
        expect(book, row->second.size > 0, "a row without ' | '");
        return;
    }
    expect(book, row->demand == SAME && row->second.size == 0,
           "a swap is 'same {slot}: text'");
    cut(&head, "{");
    row->swapped = find_slot(row, cut(&head, "}"));
    expect(book, row->swapped != NULL, "the text lacks the slot that is swapped");
    expect(book, row->swapped->list->count > 1, "a list of one word cannot be swapped");
    row->second = row->first;
}

static bool is_pair(ef_slice line, const char *name)
{
    const size_t size = strlen(name);
    return line.size > size + 1 && memcmp(line.data, name, size) == 0 &&
           (line.data[size] == ':' || memcmp(line.data + size, " {", 2) == 0);
}

static void read_row(word_book *book, case_row *row, ef_slice line)
{
    static const struct {
        const char *name;
        demand_kind demand;
    } pairs[] = {
        { "same", SAME }, { "stronger", STRONGER }, { "weaker", WEAKER },
        { "up", UP },     { "down", DOWN },
    };
    *row = (case_row){ 0 };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (!is_pair(line, pairs[i].name))
            continue;
        row->demand = pairs[i].demand;
        cut(&line, pairs[i].name);
        read_pair(book, row, line);
        return;
    }
    row->first = cut(&line, "\t");
    row->wanted = trim(line);
    static const char known[] =
        " negative neutral positive not-negative not-positive mixed ";
    char padded[32];
    snprintf(padded, sizeof padded, " %.*s ", (int)row->wanted.size,
             (const char *)row->wanted.data);
    expect(book, row->wanted.size > 0 && strstr(known, padded) != NULL,
           "nothing is wanted");
    add_slots(book, row, row->first);
}

void ef_book_begin(word_book *book, const char *path, ef_slice bytes)
{
    book->path = path;
    book->rest = bytes;
    book->line = 0;
}

bool ef_book_next(word_book *book, case_row *row)
{
    while (book->rest.size > 0) {
        const ef_slice line = trim(cut(&book->rest, "\n"));
        book->line++;
        if (line.size == 0 || equal_to(line, "#") || memcmp(line.data, "# ", 2) == 0)
            continue;
        if (is_list(line)) {
            read_list(book, line);
            continue;
        }
        read_row(book, row, line);
        return true;
    }
    return false;
}

static size_t swaps_of(const case_row *row)
{
    return row->swapped == NULL ? 1 : row->swapped->list->count - 1;
}

size_t ef_row_cases(const case_row *row)
{
    return fillings(row) * swaps_of(row);
}

void ef_row_texts(case_row *row, size_t number, char first[TEXT_SIZE],
                  char second[TEXT_SIZE])
{
    const size_t swaps = swaps_of(row);
    put_filling(row, number / swaps + number % swaps);
    if (row->swapped != NULL)
        row->swapped->word = 0;
    fill(row, row->first, first);
    if (row->swapped != NULL)
        row->swapped->word = 1 + number % swaps;
    fill(row, row->second, second);
}

static void check_row(const char *file, size_t number, const char *first,
                      const char *second)
{
    static word_book book;
    static char texts[2][TEXT_SIZE];
    case_row row;
    memset(&book, 0, sizeof book);
    ef_book_begin(&book, "test", ef_slice_of(file));
    cr_assert(ef_book_next(&book, &row));
    ef_row_texts(&row, number, texts[0], texts[1]);
    cr_expect_str_eq(texts[0], first);
    cr_expect_str_eq(texts[1], second);
}

Test(templates, fills_slots_and_shows_words_as_asked)
{
    check_row("x = organ\n{cap x}, {a x}, {loud x}, {typo x}, {long x}\\n.\tneutral", 0,
              "Organ, an organ, ORGAN, ogran, orgaaaan\n.", "");
}

Test(templates, compares_two_texts_with_the_same_words)
{
    check_row("x = a | b, c\nsame: {x}1 | {x}2", 1, "b, c1", "b, c2");
}

Test(templates, swaps_one_slot_against_its_first_word)
{
    check_row("x = a, b, c\nsame {x}: say {x}", 1, "say a", "say c");
}

Test(templates, every_case_of_a_row_is_a_different_one)
{
    static word_book book;
    static char seen[24][TEXT_SIZE], none[TEXT_SIZE];
    case_row row;
    ef_book_begin(&book, "test",
                  ef_slice_of("x = a, b, c, d\ny = e, f, g\n{x}{y}{x2}\tneutral\n"));
    cr_assert(ef_book_next(&book, &row));
    cr_assert_eq(ef_row_cases(&row), 48);
    for (size_t i = 0; i < 24; i++) {
        ef_row_texts(&row, i, seen[i], none);
        for (size_t k = 0; k < i; k++)
            cr_expect_str_neq(seen[i], seen[k]);
    }
    cr_expect_not(ef_book_next(&book, &row));
}
