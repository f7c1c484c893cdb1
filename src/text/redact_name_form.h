/* SPDX-License-Identifier: MIT
 * text/redact_name_form.h - what a name looks like, and what looks like one and is none. */
#ifndef EARFUL_TEXT_REDACT_NAME_FORM_H
#define EARFUL_TEXT_REDACT_NAME_FORM_H

#include "text/redact_cue.h"

typedef enum ef_no_name {
    EF_NO_NAME,    /* words of any sentence that stand where a name could */
    EF_NO_SMALL,   /* the same, but some are names when they have a capital */
    EF_NO_GREETED, /* whom one greets that is nobody: "team", "all" */
    EF_NO_BRAND,   /* who is thanked and talked to, and is a company */
    EF_NO_SELF,    /* moods, nations, faiths: "I'm Happy", "I am German" */
    EF_NO_TITLED,  /* "Dr Pepper" */
} ef_no_name;

/* Whether the word from begin to end is of that kind. */
bool ef_is_no_name(ef_slice text, size_t begin, size_t end, ef_no_name kind);

/* Whether the character there is a capital, or of a script that has none. */
bool ef_capital_at(ef_slice text, size_t at);

/* Behind a title, its dot and blanks; the place itself if none stands there, or if nothing
 * follows that could be a name. */
size_t ef_behind_title(ef_slice text, size_t at);
/* Behind a name of up to three words, a title in front counted in; the place itself if none
 * begins there. One in small letters has at most two words, and no title. */
size_t ef_name_end(ef_slice text, size_t at, bool takes_small);

#endif
