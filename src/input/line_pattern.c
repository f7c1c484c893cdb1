/* SPDX-License-Identifier: MIT
 * input/line_pattern.c - what a line of a chat log may look like, as one short text.
 *
 * A pattern becomes a row of steps; each takes something from the front of what is left of
 * the line, or the line does not fit. Only {name} looks ahead, for the literal behind it,
 * and names are short. Most lines that do not fit are known by their first byte. */
#include "input/line_pattern.h"

#include "input/line_place.h"

enum {
    LONGEST_NAME = 128,
    LONGEST_WORDS = 24 /* between date and clock: " à ", " klo " */
};

typedef enum step_kind {
    LITERAL,
    PERHAPS,
    NEVER,
    DATE,
    YEAR_FIRST,
    MONTH_DAY,
    CLOCK,
    HOUR_MINUTE,
    HOUR_SECOND,
    WORDS,
    MODE,
    NAME,
    WORD,
    WHEN,
    TEXT
} step_kind;

static const struct {
    const char *word;
    step_kind kind;
} words[] = { { "date", DATE },    { "ymd", YEAR_FIRST }, { "clock", CLOCK },
              { "md", MONTH_DAY }, { "hm", HOUR_MINUTE }, { "hms", HOUR_SECOND },
              { "words", WORDS },  { "mode", MODE },      { "name", NAME },
              { "word", WORD },    { "when", WHEN },      { "text", TEXT } };

static bool find_word(const char *text, size_t size, step_kind *kind)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i].word) == size && memcmp(words[i].word, text, size) == 0) {
            *kind = words[i].kind;
            return true;
        }
    return false;
}

bool ef_line_pattern_make(ef_line_pattern *pattern, const char *text)
{
    pattern->count = 0;
    while (*text != '\0') {
        bool is_braced = *text == '{';
        size_t size = strcspn(text += is_braced, is_braced ? "}" : "{");
        step_kind kind = LITERAL;
        if (pattern->count == EF_LINE_STEPS || size == 0 || size > UINT8_MAX ||
            (is_braced && text[size] != '}'))
            return false;
        ef_line_step *step = &pattern->steps[pattern->count++];
        if (is_braced && (text[0] == '?' || text[0] == '!'))
            *step = (ef_line_step){ text[0] == '?' ? PERHAPS : NEVER, (uint8_t)(size - 1),
                                    false, text + 1 };
        else if (is_braced && !find_word(text, size, &kind))
            return false;
        else
            *step = (ef_line_step){ (uint8_t)kind, (uint8_t)size, false, text };
        text += size + is_braced;
    }
    for (size_t i = 0; i + 1 < pattern->count; i++) {
        ef_line_step *step = &pattern->steps[i];
        bool is_before_text = pattern->steps[i + 1].kind == TEXT;
        if (step->kind == NAME && pattern->steps[i + 1].kind != LITERAL)
            return false; /* a name ends where a literal begins */
        step->may_end = step->kind == LITERAL && is_before_text;
        if (i > 0 && step->may_end && step[-1].kind == NAME)
            step[-1].may_end = true; /* it looks for that literal */
    }
    return pattern->count > 0;
}

/* --- the line ------------------------------------------------------------------------ */

size_t ef_line_mark(const uint8_t *p, size_t n)
{
    if (n < 3 || p[0] < 0xe2)
        return 0;
    bool is_direction =
        p[0] == 0xe2 && ((p[1] == 0x80 && (p[2] == 0x8e || p[2] == 0x8f ||
                                           (p[2] >= 0xaa && p[2] <= 0xae))) ||
                         (p[1] == 0x81 && p[2] >= 0xa6 && p[2] <= 0xa9));
    return is_direction || memcmp(p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

size_t ef_line_blank(const uint8_t *p, size_t n)
{
    if (n == 0 || (p[0] != ' ' && p[0] < 0x80))
        return 0;
    if (p[0] == ' ')
        return 1;
    if (n >= 2 && memcmp(p, "\xC2\xA0", 2) == 0)
        return 2;
    bool is_thin =
        n >= 3 && (memcmp(p, "\xE2\x80\xAF", 3) == 0 || memcmp(p, "\xE2\x80\x89", 3) == 0);
    return is_thin ? 3 : 0;
}

static bool take_literal(ef_line_place *t, const ef_line_step *step, bool may_end)
{
    for (size_t i = 0; i < step->size; i++) {
        if (t->at < t->end && *t->at == (uint8_t)step->literal[i]) {
            t->at++;
        } else if (step->literal[i] == ' ') {
            bool is_last = i + 1 == step->size;
            if (!ef_line_take_blank(t) && !(may_end && is_last && t->at == t->end))
                return false;
        } else if (!ef_line_take_byte(t, (uint8_t)step->literal[i])) {
            return false;
        }
    }
    return true;
}

static void take_words(ef_line_place *t, ef_line_match *m)
{
    const uint8_t *begin = t->at;
    size_t size;
    while (t->at < t->end && t->at - begin < LONGEST_WORDS &&
           ef_line_digit_at(t, &size) < 0) {
        char half = ef_line_half_at(t->at, ef_line_left(t), &size);
        m->half = half != 0 ? half : m->half;
        t->at++;
    }
    if (t->at == t->end || ef_line_digit_at(t, &size) < 0)
        t->at = begin;
}

/* Whether what comes at p is what a literal says, to its first blank. */
static bool begins_so(const uint8_t *p, const uint8_t *end, const ef_line_step *step,
                      bool may_end)
{
    ef_line_place ahead = { p, end };
    return take_literal(&ahead, step, may_end);
}

/* Up to the next place where the literal behind it stands, or all that is left. */
static bool take_name(ef_line_place *t, const ef_line_step *next, bool may_end,
                      ef_line_match *m)
{
    ef_line_skip_marks(t);
    const uint8_t *begin = t->at;
    if (next == NULL) {
        m->name = (ef_slice){ begin, ef_line_left(t) };
        t->at = t->end;
        return m->name.size > 0 && m->name.size <= LONGEST_NAME;
    }
    const uint8_t *limit =
        ef_line_left(t) > LONGEST_NAME ? t->at + LONGEST_NAME + 1 : t->end;
    for (const uint8_t *p = begin; p < limit; p++) {
        p = memchr(p, next->literal[0], (size_t)(limit - p));
        if (p == NULL)
            return false;
        if (p > begin && begins_so(p, t->end, next, may_end)) {
            m->name = (ef_slice){ begin, (size_t)(p - begin) };
            t->at = p;
            return true;
        }
    }
    return false;
}

static bool take_word(ef_line_place *t, ef_line_match *m)
{
    const uint8_t *begin = t->at;
    while (t->at < t->end && *t->at != ' ' && *t->at != '\t' &&
           t->at - begin <= LONGEST_NAME)
        t->at++;
    m->name = (ef_slice){ begin, (size_t)(t->at - begin) };
    return m->name.size > 0 && m->name.size <= LONGEST_NAME;
}

static bool take_step(ef_line_place *t, const ef_line_step *step, const ef_line_step *next,
                      ef_line_match *m)
{
    bool may_end = step->may_end;
    ef_line_place before = *t;
    switch ((step_kind)step->kind) {
    case LITERAL:
        return take_literal(t, step, may_end);
    case PERHAPS:
        if (!take_literal(t, step, false))
            *t = before;
        return true;
    case NEVER:
        *t = before;
        return !begins_so(t->at, t->end, step, false);
    case DATE:
    case YEAR_FIRST:
        return ef_line_take_date(t, step->kind == YEAR_FIRST, m);
    case MONTH_DAY:
        return ef_line_take_month_day(t, m);
    case CLOCK:
        return ef_line_take_clock(t, EF_LINE_ANY_CLOCK, m);
    case HOUR_MINUTE:
        return ef_line_take_clock(t, EF_LINE_HOUR_MINUTE, m);
    case HOUR_SECOND:
        return ef_line_take_clock(t, EF_LINE_HOUR_SECOND, m);
    case WORDS:
        take_words(t, m);
        return true;
    case MODE:
        if (t->at < t->end && memchr(" @+%&~", *t->at, 6) != NULL)
            t->at++;
        return true;
    case NAME:
        return take_name(t, next, may_end, m);
    case WORD:
        return take_word(t, m);
    case WHEN:
        m->when = (ef_slice){ t->at, ef_line_left(t) };
        t->at = t->end;
        return m->when.size > 0;
    case TEXT:
        m->text = (ef_slice){ t->at, ef_line_left(t) };
        t->at = t->end;
        return true;
    }
    return false;
}

bool ef_line_pattern_fits(const ef_line_pattern *pattern, ef_slice line,
                          ef_line_match *match)
{
    ef_line_place t = { line.data, line.data + line.size };
    const ef_line_step *end = pattern->steps + pattern->count;
    const uint8_t *when = NULL;
    memset(match, 0, sizeof *match);
    for (const ef_line_step *step = pattern->steps; step < end; step++) {
        if (step->kind != TEXT) /* a mark may be the first that a message says */
            ef_line_skip_marks(&t);
        const uint8_t *begin = t.at;
        if (!take_step(&t, step, step + 1 < end ? step + 1 : NULL, match))
            return false;
        if (step->kind < DATE || step->kind > HOUR_SECOND)
            continue;
        when = when == NULL ? begin : when;
        match->when = (ef_slice){ when, (size_t)(t.at - when) };
    }
    return t.at == t.end;
}
