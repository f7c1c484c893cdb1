/* SPDX-License-Identifier: MIT
 * templates.h - sentences with slots and what is wanted of them; README.md has the grammar.
 *
 * A book is one file, read row by row. Rows and lists point into its bytes. A file that
 * breaks the grammar fails the test that reads it at once, with its name and line. */
#ifndef EARFUL_TESTS_CAPABILITY_TEMPLATES_H
#define EARFUL_TESTS_CAPABILITY_TEMPLATES_H

#include <stdbool.h>

#include "earful/slice.h"

enum {
    LISTS = 128,      /* lists of a file together with the shared ones */
    WORDS = 160,      /* words of a list */
    SLOTS = 8,        /* different slots of a row */
    TEXT_SIZE = 4096, /* of a filled text, with its terminator */
};

typedef enum { WANTED, SAME, STRONGER, WEAKER, UP, DOWN } demand_kind;

typedef struct {
    ef_slice name;
    size_t count;
    ef_slice words[WORDS];
} word_list;

typedef struct {
    const char *path;
    ef_slice rest; /* what is not read yet */
    size_t line;   /* the one read last, from 1 */
    size_t list_count;
    word_list lists[LISTS];
} word_book;

typedef struct {
    ef_slice name; /* with its digit: {food} and {food2} are filled apart */
    const word_list *list;
    size_t word; /* the one that stands in the slot now */
} word_slot;

typedef struct {
    demand_kind demand;
    ef_slice first, second, wanted;
    size_t slot_count;
    word_slot slots[SLOTS];
    word_slot *swapped; /* same {slot}: the slot that changes; points into slots, or NULL */
} case_row;

/* Begins to read bytes, the content of path. The lists of what was read before stay, so
 * the shared ones are read first; their bytes must live on. A new book is all zero. */
void ef_book_begin(word_book *book, const char *path, ef_slice bytes);

/* Takes lists up to the next row and describes that; false at the end. */
bool ef_book_next(word_book *book, case_row *row);

/* How many cases the slots of a row make, and the texts of one of them, which fills the
 * slots of row. second is empty for a row that wants a label. Any run of numbers walks
 * every list evenly. */
size_t ef_row_cases(const case_row *row);
void ef_row_texts(case_row *row, size_t number, char first[TEXT_SIZE],
                  char second[TEXT_SIZE]);

#endif
