/* SPDX-License-Identifier: MIT
 * kernels/sets.h - the kernel sets by name, for select.c alone. */
#ifndef EARFUL_KERNELS_SETS_H
#define EARFUL_KERNELS_SETS_H

#include "kernels/kernels.h"

extern const ef_kernels ef_kernels_scalar;
#ifdef __x86_64__
extern const ef_kernels ef_kernels_avx2;
extern const ef_kernels ef_kernels_avx512;

/* Parts of avx512 that have a file of their own. */
void ef_survey_tokens_avx512(const ef_word_rules *rules, const ef_token *tokens, size_t n,
                             ef_token_bits *bits);
size_t ef_read_words_avx512(const ef_word_tables *tables, const ef_word_rules *rules,
                            const ef_token *tokens, size_t n, uint32_t first,
                            ef_word *words, uint32_t *indexes, uint64_t *unknown);
void ef_survey_words_avx512(const ef_word_rules *rules, const uint64_t *filter,
                            ef_word *words, size_t n, uint64_t *events,
                            ef_word_counts *counts);
void ef_expect_grams_avx512(const ef_gram_tables *tables, const ef_gram_rules *rules,
                            const ef_word *words, size_t n);
void ef_weigh_grams_avx512(const ef_gram_tables *tables, const ef_gram_rules *rules,
                           const ef_word *words, size_t n, ef_gram_sums *sums);
#endif

#endif
