/* SPDX-License-Identifier: MIT
 * kernels/sets.h - the kernel sets by name, for select.c alone. */
#ifndef EARFUL_KERNELS_SETS_H
#define EARFUL_KERNELS_SETS_H

#include "kernels/kernels.h"

extern const ef_kernels ef_kernels_scalar;

/* What a set takes from the reference if its CPU has nothing better. */
void ef_find_words_scalar(const uint8_t *p, const ef_byte_masks *masks, size_t first,
                          size_t last, const ef_strip_rules *rules,
                          const ef_word_tables *tables, ef_strip *strip);
void ef_survey_tokens_scalar(const ef_word_rules *rules, const ef_token *tokens, size_t n,
                             ef_token_bits *bits);
void ef_read_words_scalar(const ef_word_tables *tables, const ef_word_rules *rules,
                          const ef_token *tokens, const ef_token_bits *bits, size_t first,
                          size_t end, ef_word_list *list);
void ef_survey_words_scalar(const ef_word_rules *rules, const ef_phrase_tables *tables,
                            ef_word *words, size_t n, uint64_t *events,
                            ef_word_counts *counts);
void ef_weigh_grams_scalar(const ef_gram_tables *tables, const ef_gram_rules *rules,
                           const ef_word *words, size_t n, const ef_word_marks *marks,
                           const ef_gram_runs *runs, ef_gram_sums *sums);
void ef_feel_scalar(const ef_gram_tables *tables, const uint64_t *felt, size_t n,
                    int64_t sums[EF_FELT_WEIGHTS]);

#ifdef __x86_64__
extern const ef_kernels ef_kernels_avx2;
extern const ef_kernels ef_kernels_avx512;

/* Parts of them that have a file of their own. */
void ef_find_words_avx2(const uint8_t *p, const ef_byte_masks *masks, size_t first,
                        size_t last, const ef_strip_rules *rules,
                        const ef_word_tables *tables, ef_strip *strip);
void ef_survey_tokens_avx2(const ef_word_rules *rules, const ef_token *tokens, size_t n,
                           ef_token_bits *bits);
void ef_read_words_avx2(const ef_word_tables *tables, const ef_word_rules *rules,
                        const ef_token *tokens, const ef_token_bits *bits, size_t first,
                        size_t end, ef_word_list *list);
void ef_weigh_grams_avx2(const ef_gram_tables *tables, const ef_gram_rules *rules,
                         const ef_word *words, size_t n, const ef_word_marks *marks,
                         const ef_gram_runs *runs, ef_gram_sums *sums);
void ef_survey_tokens_avx512(const ef_word_rules *rules, const ef_token *tokens, size_t n,
                             ef_token_bits *bits);
void ef_read_words_avx512(const ef_word_tables *tables, const ef_word_rules *rules,
                          const ef_token *tokens, const ef_token_bits *bits, size_t first,
                          size_t end, ef_word_list *list);
void ef_survey_words_avx512(const ef_word_rules *rules, const ef_phrase_tables *tables,
                            ef_word *words, size_t n, uint64_t *events,
                            ef_word_counts *counts);
void ef_weigh_grams_avx512(const ef_gram_tables *tables, const ef_gram_rules *rules,
                           const ef_word *words, size_t n, const ef_word_marks *marks,
                           const ef_gram_runs *runs, ef_gram_sums *sums);
void ef_feel_avx512(const ef_gram_tables *tables, const uint64_t *felt, size_t n,
                    int64_t sums[EF_FELT_WEIGHTS]);
#endif
#ifdef __aarch64__
extern const ef_kernels ef_kernels_neon;
#endif

#endif
