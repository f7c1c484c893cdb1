/* SPDX-License-Identifier: MIT
 * text/normalize.h - text as people type it, in the form that rules and models know.
 *
 * ASCII is folded to lower case by a kernel. Only runs of other bytes go through Unicode:
 * NFKC case fold, curly apostrophes to ', VS15/16, skin tones and zero-width characters
 * dropped (a joiner between emoji stays), mojibake of CP1252 repaired, C1 controls read as
 * CP1252, invalid bytes to U+FFFD. HTML entities and known tags are undone everywhere:
 * a review that holds `&#39;` means an apostrophe, whatever file it came from. A tag
 * becomes a blank, <br> <p> <li> and their like a newline.
 *
 * Normal bytes map back to source bytes through a list of shifts, empty for plain ASCII.
 * Linear time: every look-ahead is bounded (an entity by 10 bytes, a tag by 256). */
#ifndef EARFUL_TEXT_NORMALIZE_H
#define EARFUL_TEXT_NORMALIZE_H

#include "base/buffer.h"
#include "kernels/kernels.h"

/* From normal byte `normal` on, source = normal - this.normal + this.source. */
typedef struct ef_shift {
    uint32_t normal, source;
} ef_shift;

typedef struct ef_normal_text {
    uint8_t *bytes; /* size of them, folded, then 64 zero bytes */
    size_t size;
    ef_byte_masks *masks; /* of the normal bytes and a blank behind them, then zeros: two
                             blocks more than of bytes; upper is true of the source letter */
    ef_shift *shifts;     /* ascending in both */
    size_t shift_count;
    const ef_kernels *kernels; /* the set that made it */
    size_t source_size;   /* bytes of source that were read */
    uint64_t invalid;     /* bytes replaced by U+FFFD */
    /* what is kept from piece to piece */
    uint8_t *staging; /* the normal text before folding */
    size_t staging_capacity, capacity, mask_capacity, shift_capacity;
} ef_normal_text;

void ef_normal_text_release(ef_normal_text *normal);

/* Normalises the start of source into *normal, whose memory is reused. Reads all of it, or
 * about limit bytes, ending behind white space, else before a character; never more than
 * limit + 256. A limit over 64 MiB counts as 64 MiB. Offsets in shifts count from source.data. False without memory. */
bool ef_normalize(ef_normal_text *normal, const ef_kernels *kernels, ef_slice source,
                  size_t limit);

/* The source byte where the normal byte at index begins; size maps to source_size. */
size_t ef_normal_source(const ef_normal_text *normal, size_t index);

/* What a character above ASCII is, for the tokenizer. */
typedef enum ef_character {
    EF_CHARACTER_LETTER, /* letters, marks, digits of any script */
    EF_CHARACTER_SPACE,
    EF_CHARACTER_EMOJI,  /* pictographs, and ★ ☆ */
    EF_CHARACTER_JOINER, /* U+200D between emoji, keycap U+20E3, regional indicators' tags */
    EF_CHARACTER_SENTENCE, /* … 。 ！ ？ and other ends of a sentence */
    EF_CHARACTER_OTHER
} ef_character;

ef_character ef_character_of(uint32_t code);

typedef enum ef_case { EF_CASE_NONE, EF_CASE_LOWER, EF_CASE_UPPER, EF_CASE_TITLE } ef_case;

/* The case of a character, and in *lower the one character that is its lower case. Signs
 * made of letters (roman numerals, circled letters) have the case of those letters. */
ef_case ef_character_case(uint32_t code, uint32_t *lower);

/* The version of the Unicode library in use; static. */
const char *ef_normalize_library(void);

#endif
