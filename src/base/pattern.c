/* SPDX-License-Identifier: MIT
 * base/pattern.c - regular expressions that a user wrote, by PCRE2.
 *
 * PCRE2's compiler to machine code stays off: it counts steps in its own way, so that a
 * pattern at the limit would match on one CPU and not on another, and it needs memory that
 * may be written and run, which the sandbox forbids.
 * Invariant: what PCRE2 sees of a text was checked to be UTF-8. */
#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <assert.h>
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/utf8.h"

enum {
    /* PCRE2 limits the steps of one attempt at one place. Where the text's start is the
     * only place, a lazy group takes some steps for each character. */
    STEPS = 50000,
    STEPS_PER_BYTE = 8,
    /* Where any place will do, all attempts together take this many steps or, in a long
     * text, LEAST_STEPS a byte: in both cases no more than linear. */
    STEPS_IN_ALL = 1 << 26,
    LEAST_STEPS = 1000,
    DEPTH = 50000,       /* steps that may have to be taken back */
    HEAP_KIB = 20 << 10, /* what so many of them take: 150 bytes and the groups, each */
    NESTING = 64         /* parentheses in each other */
};

struct ef_pattern {
    pcre2_code *code;
    PCRE2_SPTR names; /* entries of name_size: two bytes of number, the name, a NUL */
    uint32_t name_count, name_size;
    bool is_anchored;
};

struct ef_pattern_matcher {
    const ef_pattern *pattern;
    pcre2_match_data *data;
    pcre2_match_context *limits;
    ef_slice text;
    size_t at;       /* where the next match may begin; behind the text: nowhere */
    bool is_matched; /* data holds a match */
};

/* What PCRE2 says, in a sentence of ours. Its messages are lower case and quote nothing. */
static ef_status refuse(int code, size_t offset, ef_error *error)
{
    PCRE2_UCHAR message[160];
    if (code == PCRE2_ERROR_NOMEMORY || code == PCRE2_ERROR_HEAP_FAILED)
        return ef_error_memory(error);
    if (pcre2_get_error_message(code, message, sizeof message) == PCRE2_ERROR_BADDATA)
        memcpy(message, "it is no pattern", sizeof "it is no pattern");
    return ef_error_set_at(error, EF_ERR_ARGUMENT, 0, offset + 1, offset,
                           "bad pattern at byte %zu: %s", offset + 1,
                           (const char *)message);
}

/* The dialect is fixed here, not by how the system's PCRE2 was configured. */
static pcre2_compile_context *new_dialect(void)
{
    pcre2_compile_context *dialect = pcre2_compile_context_create(NULL);
    if (dialect == NULL)
        return NULL;
    pcre2_set_newline(dialect, PCRE2_NEWLINE_LF);
    pcre2_set_bsr(dialect, PCRE2_BSR_UNICODE);
    pcre2_set_parens_nest_limit(dialect, NESTING);
    pcre2_set_max_pattern_length(dialect, EF_PATTERN_LONGEST);
    return dialect;
}

static pcre2_code *compile(ef_slice text, unsigned options, ef_error *error)
{
    uint32_t flags = PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C;
    flags |= options & EF_PATTERN_AT_START ? PCRE2_ANCHORED : 0;
    flags |= options & EF_PATTERN_AT_END ? PCRE2_ENDANCHORED : 0;
    flags |= options & EF_PATTERN_ANY_CASE ? PCRE2_CASELESS : 0;
    pcre2_compile_context *dialect = new_dialect();
    if (dialect == NULL) {
        ef_error_memory(error);
        return NULL;
    }
    int failure;
    PCRE2_SIZE offset;
    const uint8_t *bytes = text.size == 0 ? (const uint8_t *)"" : text.data;
    pcre2_code *code = pcre2_compile(bytes, text.size, flags, &failure, &offset, dialect);
    pcre2_compile_context_free(dialect);
    if (code == NULL)
        refuse(failure, offset == PCRE2_UNSET ? 0 : offset, error);
    return code;
}

ef_status ef_pattern_new(ef_pattern **made, ef_slice text, unsigned options,
                         ef_error *error)
{
    ef_error failure = { 0 };
    *made = NULL;
    ef_pattern *pattern = calloc(1, sizeof *pattern);
    if (pattern == NULL)
        return ef_error_memory(error);
    pattern->code = compile(text, options, &failure);
    if (pattern->code == NULL) {
        free(pattern);
        if (error != NULL)
            *error = failure;
        return failure.status;
    }
    pattern->is_anchored = (options & EF_PATTERN_AT_START) != 0;
    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &pattern->name_count);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &pattern->name_size);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &pattern->names);
    *made = pattern;
    return EF_OK;
}

void ef_pattern_free(ef_pattern *pattern)
{
    if (pattern != NULL)
        pcre2_code_free(pattern->code);
    free(pattern);
}

bool ef_pattern_name_at(const ef_pattern *pattern, size_t index, const char **name)
{
    if (index >= pattern->name_count)
        return false;
    *name = (const char *)pattern->names + index * pattern->name_size + 2;
    return true;
}

unsigned ef_pattern_group(const ef_pattern *pattern, const char *name)
{
    const char *known;
    for (size_t i = 0; ef_pattern_name_at(pattern, i, &known); i++)
        if (strcmp(known, name) == 0)
            return (unsigned)((uint8_t)known[-2] << 8 | (uint8_t)known[-1]);
    return 0;
}

ef_status ef_pattern_matcher_new(ef_pattern_matcher **made, const ef_pattern *pattern,
                                 ef_error *error)
{
    *made = NULL;
    ef_pattern_matcher *matcher = calloc(1, sizeof *matcher);
    if (matcher == NULL)
        return ef_error_memory(error);
    matcher->pattern = pattern;
    matcher->data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
    matcher->limits = pcre2_match_context_create(NULL);
    if (matcher->data == NULL || matcher->limits == NULL) {
        ef_pattern_matcher_free(matcher);
        return ef_error_memory(error);
    }
    pcre2_set_depth_limit(matcher->limits, DEPTH);
    pcre2_set_heap_limit(matcher->limits, HEAP_KIB);
    *made = matcher;
    return EF_OK;
}

void ef_pattern_matcher_free(ef_pattern_matcher *matcher)
{
    if (matcher == NULL)
        return;
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->limits);
    free(matcher);
}

static bool is_utf8(ef_slice text)
{
    size_t at = 0;
    while (at < text.size) {
        uint32_t code;
        size_t size = text.data[at] < 0x80
                          ? 1
                          : ef_utf8_decode(text.data + at, text.size - at, &code);
        if (size == 0)
            return false;
        at += size;
    }
    return true;
}

static uint32_t step_limit(bool is_anchored, size_t size)
{
    size_t most = (UINT32_MAX - STEPS) / STEPS_PER_BYTE;
    if (is_anchored)
        return STEPS + STEPS_PER_BYTE * (uint32_t)(size < most ? size : most);
    uint32_t share = (uint32_t)(STEPS_IN_ALL / (size + 1));
    return share < LEAST_STEPS ? LEAST_STEPS : share > STEPS ? STEPS : share;
}

ef_status ef_pattern_search(ef_pattern_matcher *matcher, ef_slice text, ef_error *error)
{
    if (text.data == NULL)
        text = ef_slice_of("");
    matcher->is_matched = false;
    matcher->text = text;
    matcher->at = text.size + 1;
    if (!is_utf8(text))
        return ef_error_set(error, EF_ERR_FORMAT, "the text to search is not UTF-8");
    matcher->at = 0;
    pcre2_set_match_limit(matcher->limits,
                          step_limit(matcher->pattern->is_anchored, text.size));
    return EF_OK;
}

/* Behind the match; one character further where it is empty, or it would come again. */
static size_t place_behind(const ef_pattern_matcher *matcher)
{
    ef_slice text = matcher->text, whole = ef_pattern_matched(matcher, 0);
    size_t begin = (size_t)(whole.data - text.data), end = begin + whole.size;
    if (whole.size > 0)
        return end;
    for (end++; end < text.size && (text.data[end] & 0xc0) == 0x80;)
        end++;
    return end;
}

ef_status ef_pattern_next(ef_pattern_matcher *matcher, ef_error *error)
{
    ef_slice text = matcher->text;
    matcher->is_matched = false;
    if (matcher->at > text.size)
        return EF_END;
    int count = pcre2_match(matcher->pattern->code, text.data, text.size, matcher->at,
                            PCRE2_NO_UTF_CHECK, matcher->data, matcher->limits);
    matcher->is_matched = count > 0;
    matcher->at = count > 0 ? place_behind(matcher) : text.size + 1;
    if (count > 0)
        return EF_OK;
    switch (count) {
    case PCRE2_ERROR_NOMATCH:
        return EF_END;
    case PCRE2_ERROR_NOMEMORY:
        return ef_error_memory(error);
    case PCRE2_ERROR_MATCHLIMIT:
    case PCRE2_ERROR_DEPTHLIMIT:
    case PCRE2_ERROR_HEAPLIMIT:
    case PCRE2_ERROR_RECURSELOOP: /* a group that only calls itself */
        return ef_error_set(error, EF_ERR_LIMIT,
                            "the pattern takes too many steps on a text: make its "
                            "repetitions exclude each other");
    default:
        return ef_error_set(error, EF_ERR_INTERNAL, "PCRE2 failed with %d", count);
    }
}

ef_slice ef_pattern_matched(const ef_pattern_matcher *matcher, unsigned group)
{
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(matcher->data);
    if (!matcher->is_matched || group >= pcre2_get_ovector_count(matcher->data) ||
        ends[2 * group] == PCRE2_UNSET || ends[2 * group + 1] < ends[2 * group])
        return (ef_slice){ NULL, 0 };
    return (ef_slice){ matcher->text.data + ends[2 * group],
                       ends[2 * group + 1] - ends[2 * group] };
}

void ef_pattern_library(char *version, size_t size)
{
    char whole[64]; /* "10.42 2022-12-11" */
    int length = pcre2_config(PCRE2_CONFIG_VERSION, NULL);
    version[0] = '\0';
    if (length > 0 && (size_t)length <= sizeof whole &&
        pcre2_config(PCRE2_CONFIG_VERSION, whole) > 0)
        snprintf(version, size, "%s", whole);
}
