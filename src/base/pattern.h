/* SPDX-License-Identifier: MIT
 * base/pattern.h - regular expressions that a user wrote, with bounded cost.
 *
 * PCRE2's language, with named groups: layouts of chat logs, topics, what to redact. What
 * we write ourselves does not go through here: our own matchers are faster. A pattern is
 * foreign input, and so is what it is matched against: every search has a limit of steps
 * and of memory, so that a pattern that tracks back without end fails instead of hanging.
 * The limits count the same everywhere, so does the answer. */
#ifndef EARFUL_BASE_PATTERN_H
#define EARFUL_BASE_PATTERN_H

#include <stdbool.h>

#include "earful/slice.h"
#include "earful/status.h"

/* Immutable once made; shared by threads. */
typedef struct ef_pattern ef_pattern;

/* What one thread needs to match with one pattern; reused from text to text. */
typedef struct ef_pattern_matcher ef_pattern_matcher;

enum { EF_PATTERN_LONGEST = 8192 }; /* bytes of a pattern */

/* Options, to be or-ed. */
enum {
    EF_PATTERN_AT_START = 1, /* matches only where the text begins */
    EF_PATTERN_AT_END = 2,   /* and only up to its end */
    EF_PATTERN_ANY_CASE = 4
};

/* Compiles a pattern. EF_ERR_ARGUMENT says what is wrong with it and in error->column at
 * which byte, from 1; the message holds the position, too. EF_ERR_MEMORY. */
ef_status ef_pattern_new(ef_pattern **pattern, ef_slice text, unsigned options,
                         ef_error *error);
void ef_pattern_free(ef_pattern *pattern); /* matchers first */

/* The number of a named group, from 1; 0 if the pattern has none of that name. */
unsigned ef_pattern_group(const ef_pattern *pattern, const char *name);

/* The named groups, in order of their names: *name lives as long as the pattern. False
 * behind the last. */
bool ef_pattern_name_at(const ef_pattern *pattern, size_t index, const char **name);

/* The pattern must outlive its matchers. EF_ERR_MEMORY only. */
ef_status ef_pattern_matcher_new(ef_pattern_matcher **matcher, const ef_pattern *pattern,
                                 ef_error *error);
void ef_pattern_matcher_free(ef_pattern_matcher *matcher);

/* Takes a text to search; it must live as long as it is searched. It is to be UTF-8, so
 * repaired before if it is foreign: else EF_ERR_FORMAT. */
ef_status ef_pattern_search(ef_pattern_matcher *matcher, ef_slice text, ef_error *error);

/* Finds the next match in that text, behind the last one. EF_OK; EF_END where there is none
 * any more; EF_ERR_LIMIT where looking for one takes too many steps or too much memory: the
 * text is then given up; EF_ERR_MEMORY. */
ef_status ef_pattern_next(ef_pattern_matcher *matcher, ef_error *error);

/* A group of the match that was found last, 0 for all of it: a piece of the text, or
 * { NULL, 0 } for a group that took no part. */
ef_slice ef_pattern_matched(const ef_pattern_matcher *matcher, unsigned group);

/* Writes the version of PCRE2 in use, cut to size bytes with a NUL. */
void ef_pattern_library(char *version, size_t size);

#endif
