/* SPDX-License-Identifier: MIT
 * lexicon/lexicon_value.h - the value of a lexicon line, by its section. */
#ifndef EARFUL_LEXICON_LEXICON_VALUE_H
#define EARFUL_LEXICON_LEXICON_VALUE_H

#include "lexicon/lexicon.h"

typedef enum ef_lexicon_section {
    EF_SECTION_VALENCE,
    EF_SECTION_BOOSTERS,
    EF_SECTION_NEGATORS,
    EF_SECTION_CONTRAST,
    EF_SECTION_SIGNALS,
    EF_SECTION_EMOTIONS,
    EF_SECTION_NUMBERS,
    EF_SECTION_FRAMES,
    EF_SECTION_IDENTITY,
    EF_SECTION_COUNT
} ef_lexicon_section;

/* False if no section has this name; *section is then unchanged. */
bool ef_lexicon_section_named(ef_slice name, ef_lexicon_section *section);

/* Reads value and extra into the fields of *entry, which is cleared first. Returns NULL, or
 * what is wrong, in words. */
const char *ef_lexicon_value_read(ef_lexicon_section section, ef_slice text, ef_slice extra,
                                  ef_lexicon_entry *entry);

/* "past", "hearsay" …; "" for no frame. Static. */
const char *ef_frame_name(unsigned frame);

#endif
