/* SPDX-License-Identifier: MIT
 * text_words.h - templates and word lists of the texts to measure with. */
#ifndef EARFUL_BENCH_TEXT_WORDS_H
#define EARFUL_BENCH_TEXT_WORDS_H

#include <stddef.h>

/* What fills the slot % letter. */
typedef struct bench_list {
    char letter;
    const char *const *words; /* the common ones first */
    size_t count;
} bench_list;

/* A character above ASCII and what an ASCII keyboard has for it. */
typedef struct bench_special {
    const char *unicode, *ascii;
} bench_special;

const bench_list *bench_list_of(char letter); /* NULL: no list, another kind of slot */

extern const char *const bench_review_templates[],
    *const bench_chat_templates[], *const bench_chat_ends[], *const bench_syllables[];
extern const size_t bench_review_template_count, bench_chat_template_count,
    bench_chat_end_count, bench_syllable_count;

extern const bench_special bench_specials[];
extern const size_t bench_special_count;

#endif
