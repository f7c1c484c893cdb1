/* SPDX-License-Identifier: MIT
 * findings/themes.h - what customers praise and what hurts them, by how much it moves the
 * mood of all. */
#ifndef EARFUL_FINDINGS_THEMES_H
#define EARFUL_FINDINGS_THEMES_H

#include "base/arena.h"
#include "findings/corpus.h"

enum { EF_SHOWN_THEMES = 15 };

/* Fills pains and praises, without quotes. False without memory. */
bool ef_themes_find(ef_findings *findings, ef_corpus *corpus, ef_arena *arena);

/* Fills topics: one theme for each of the user's list, in its order. */
bool ef_themes_of_topics(ef_themes *themes, const ef_topics *topics, ef_corpus *corpus,
                         ef_arena *arena);

/* One theme of the messages given, which rise. False without memory. */
bool ef_theme_make(ef_theme *theme, ef_corpus *corpus, const uint32_t *messages,
                   size_t count, ef_arena *arena);

/* "battery life"; NULL data without memory. */
ef_slice ef_phrase_name(const ef_corpus *corpus, const ef_phrase_said *phrase,
                        ef_arena *arena);

/* Whether one of them is told by the other: they share a word, and most messages of the
 * smaller one are the other's as well. */
bool ef_phrases_overlap(const ef_phrases_said *phrases, const ef_phrase_said *one,
                        const ef_phrase_said *two);

#endif
