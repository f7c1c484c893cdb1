/* SPDX-License-Identifier: MIT
 * text/redact_cue.h - phrases after which something personal stands.
 *
 * Words are compared folded: small letters without accents ("Grüße" is "grusse"), so that
 * one row serves whoever types them. Tables are sorted by phrase; a word is looked up by
 * halves, which is all that most words cost. */
#ifndef EARFUL_TEXT_REDACT_CUE_H
#define EARFUL_TEXT_REDACT_CUE_H

#include "text/redact_scan.h"

enum { EF_LONGEST_FOLD = 40 }; /* bytes of a folded word; longer ones are in no table */

/* What stands behind a cue for names, in the order of how plain the cue is. */
typedef enum ef_name_take {
    EF_TAKES_ANY,     /* "my name is": small letters, too */
    EF_TAKES_CAPITAL, /* "signed by": a word that begins with a capital */
    EF_TAKES_TITLED,  /* "Frau": the title belongs to the name */
    EF_TAKES_SELF,    /* "I am": moods and nations stand there as well */
    EF_TAKES_SPEAKER, /* "this is …": only with "speaking" and the like behind it */
    EF_TAKES_FIELD,   /* "name": only behind a colon */
    EF_TAKES_GREETED, /* "Hello": up to a mark or a line's end */
    EF_TAKES_CLOSED,  /* "regards": all that is left of the line */
    EF_TAKES_ROLE,    /* "agent": "agent Kyle", "the manager, Thomas Greene," */
    EF_TAKES_KIN,     /* "husband": only behind "my" */
    EF_TAKES_CALLED,  /* "called": only behind somebody */
    EF_TAKES_SENT,    /* "deliver to": two words, for one is a place */
} ef_name_take;

/* What a number's cue means; flags. */
enum {
    EF_CUE_ORDER = 1,   /* else it is an id */
    EF_CUE_STRONG = 2,  /* the word says that a number follows */
    EF_CUE_BOOKING = 4, /* six capitals may be the number */
    EF_CUE_SHORT = 8,   /* only strong when a mark or "number" comes */
};

typedef struct ef_cue {
    const char *phrase; /* folded words, a blank between two */
    unsigned char take; /* ef_name_take, or flags of EF_CUE_… */
} ef_cue;

typedef struct ef_cue_table {
    const ef_cue *rows;
    size_t count;
} ef_cue_table;

ef_cue_table ef_name_cues(void);   /* redact_name_cues.c */
ef_cue_table ef_number_cues(void); /* redact_number_cues.c */

/* The word from begin to end, folded and ended by 0. Gives its size; 0 if it is too long.
 */
size_t ef_fold_word(ef_slice text, size_t begin, size_t end, char folded[EF_LONGEST_FOLD]);

/* The rows whose first word is the one from begin to end: count of them from *first on. */
size_t ef_cues_of(ef_cue_table table, ef_slice text, size_t begin, size_t end,
                  size_t *first);

/* Where the phrase that begins at the place ends; 0 if it does not stand there. Between
 * its words stand blanks, an apostrophe, - or a dot. */
size_t ef_phrase_end(ef_slice text, size_t at, const char *phrase);

#endif
