/* SPDX-License-Identifier: MIT
 * views/wording.h - figures as people read them: "+23.4", "18.1 to 28.6", "2 h 10 min".
 *
 * One place decides how a number is rounded and when it is not shown at all, so that no two
 * views tell a different story. Words are ASCII: as many columns as bytes. */
#ifndef EARFUL_VIEWS_WORDING_H
#define EARFUL_VIEWS_WORDING_H

#include "earful/app/report.h"

enum { EF_WORD_ROOM = 72 };

/* A short text by value: nobody owns it, nobody frees it. */
typedef struct ef_word {
    char text[EF_WORD_ROOM]; /* NUL-terminated */
} ef_word;

/* How far a figure can be leant on. */
typedef enum ef_standing {
    EF_STANDING_NONE,     /* there is no value */
    EF_STANDING_WITHHELD, /* fewer than findings->least: only n is shown */
    EF_STANDING_FEW,      /* fewer than findings->few: shown greyed, ranked nowhere */
    EF_STANDING_SOLID
} ef_standing;

/* Of a value counted over n. Plain counts stand as they are, whatever n. */
ef_standing ef_standing_of(const ef_findings *findings, const ef_figure *figure);
/* "none", "withheld", "few", "solid". Static. */
const char *ef_standing_name(ef_standing standing);

/* "count", "share", "net", …: as machines read it. Static. */
const char *ef_unit_name(ef_unit_kind unit);

/* A value of its kind; n decides the decimals. "-" for what is not a number. */
ef_word ef_word_value(ef_unit_kind unit, double value, int64_t n);
/* The same with a sign in front of what is above zero: a difference. A difference of
 * shares is one of percentage points and says so. */
ef_word ef_word_difference(ef_unit_kind unit, double value, int64_t n);
/* "18.1 to 28.6"; empty where there is no interval. */
ef_word ef_word_interval(ef_unit_kind unit, double low, double high, int64_t n);
/* That of a difference, which has its unit already: "-2.6 to 6.6". */
ef_word ef_word_difference_interval(ef_unit_kind unit, double low, double high, int64_t n);
/* The value of a figure as its standing allows: "-" where it is withheld. */
ef_word ef_word_figure(const ef_findings *findings, const ef_figure *figure);
/* Its interval, empty where the value is not shown or there is none. */
ef_word ef_word_bounds(const ef_findings *findings, const ef_figure *figure);

ef_word ef_word_count(int64_t count);               /* 1,204 */
ef_word ef_word_number(double value, int decimals); /* -1,204.5; at most 3 decimals */
ef_word ef_word_p(double p);           /* "p = 0.012", "p < 0.001", "no test" */
ef_word ef_word_date(int64_t time_ms); /* 2026-03-01; "-" for 0 */
ef_word ef_word_time(int64_t time_ms); /* 2026-03-01T14:05:00; empty for 0 */
/* "1 message", "1,204 messages": an s for all but one. */
ef_word ef_word_counted(int64_t count, const char *noun);

/* What stands at the beginning of a line: a name with a capital letter. Cut if it is too
 * long for a word. */
ef_word ef_word_title(const char *name);

/* The figure of that key, or NULL. */
const ef_figure *ef_figure_named(const ef_figures *figures, const char *key);

#endif
