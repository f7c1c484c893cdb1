/* SPDX-License-Identifier: MIT
 * text/redact_scan.h - what the finders of personal data share.
 *
 * A finder is asked at one place and looks ahead, or back, over a bounded distance; what is
 * not bounded (an address, a run of digits) is asked about at the run's start only. So a
 * text costs time in proportion to its size.
 *
 * A word is a run of letters and digits: those of ASCII, and the characters of UTF-8 that
 * are not punctuation, symbols or emoji by the block they stand in. */
#ifndef EARFUL_TEXT_REDACT_SCAN_H
#define EARFUL_TEXT_REDACT_SCAN_H

#include <stdbool.h>

#include "earful/slice.h"

typedef enum ef_personal_index {
    EF_PERSONAL_EMAIL,
    EF_PERSONAL_PHONE,
    EF_PERSONAL_CARD,
    EF_PERSONAL_IBAN,
    EF_PERSONAL_ID,
    EF_PERSONAL_ORDER,
    EF_PERSONAL_IP,
    EF_PERSONAL_URL,
    EF_PERSONAL_HANDLE,
    EF_PERSONAL_NAME,
    EF_PERSONAL_COUNT,
    EF_PERSONAL_NOTHING = EF_PERSONAL_COUNT /* harmless: passed by as a whole */
} ef_personal_index;

typedef struct ef_finding {
    size_t begin, end; /* the place asked about <= begin < end */
    ef_personal_index kind;
} ef_finding;

/* Whether something begins at the place, or behind a cue that begins there. */
typedef bool ef_finder(ef_slice text, size_t at, ef_finding *finding);

/* redact_email.c, redact_web.c, redact_handle.c */
ef_finder ef_find_email, ef_find_url, ef_find_handle, ef_find_ip;
/* redact_numbers.c */
ef_finder ef_find_date, ef_find_card, ef_find_iban;
/* redact_ids.c */
ef_finder ef_find_id;
/* redact_phone.c */
ef_finder ef_find_phone;
/* redact_cues.c: orders and ids behind a cue, and orders by their form */
ef_finder ef_find_reference;
/* redact_eastern.c: cues of languages without blanks */
ef_finder ef_find_eastern;
/* redact_spoken.c */
ef_finder ef_find_spoken;
/* redact_names.c */
ef_finder ef_find_name;

/* The byte there, 0 behind the end. */
static inline uint8_t ef_byte_at(ef_slice text, size_t at)
{
    return at < text.size ? text.data[at] : 0;
}

static inline uint8_t ef_byte_ahead_of(ef_slice text, size_t at)
{
    return at > 0 ? text.data[at - 1] : 0;
}

static inline bool ef_digit_at(ef_slice text, size_t at)
{
    return at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
}

static inline bool ef_alpha_at(ef_slice text, size_t at)
{
    uint8_t byte = ef_byte_at(text, at) | 0x20;
    return byte >= 'a' && byte <= 'z';
}

static inline bool ef_alnum_at(ef_slice text, size_t at)
{
    return ef_digit_at(text, at) || ef_alpha_at(text, at);
}

/* Bytes of the letter or digit there; 0 if it is something else. */
size_t ef_letter_size(ef_slice text, size_t at);
/* Whether a letter of China, Japan or Korea stands there: of words that are not parted. */
static inline bool ef_is_eastern_at(ef_slice text, size_t at)
{
    return ef_byte_at(text, at) >= 0xe3 && ef_letter_size(text, at) > 0;
}
/* Whether a letter or digit ends right before the place. */
bool ef_is_behind_letter(ef_slice text, size_t at);
/* Where the word that begins at the place ends; the place itself if there is none. */
size_t ef_word_end(ef_slice text, size_t at);
/* Where the word that ends at the place begins; it is looked for over 32 bytes. */
size_t ef_word_begin(ef_slice text, size_t end);
/* Behind up to eight blanks and tabs. */
size_t ef_behind_blanks(ef_slice text, size_t at);
/* Behind a ' or ’, if one stands there. */
size_t ef_behind_apostrophe(ef_slice text, size_t at);
/* Whether the bytes begin to end are one of words, which stand between blanks, with one in
 * front and one behind, folded (redact_cue.h): neither case nor accents count. */
bool ef_word_in(ef_slice text, size_t begin, size_t end, const char *words);
/* Where the last of words that stands in the `reach` bytes before the place ends; 0 if none
 * does. */
size_t ef_last_word_before(ef_slice text, size_t at, size_t reach, const char *words);
/* Whether one of words stands in the `reach` bytes before the place. */
bool ef_word_before(ef_slice text, size_t at, size_t reach, const char *words);
/* Whether the bytes hold two letters of ASCII or more, none of them small. */
bool ef_is_all_capitals(ef_slice text, size_t begin, size_t end);
/* How many digits stand from the place on. */
size_t ef_count_digits(ef_slice text, size_t at);

#endif
