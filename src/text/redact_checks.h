/* SPDX-License-Identifier: MIT
 * text/redact_checks.h - check digits, by which a number proves what it is. */
#ifndef EARFUL_TEXT_REDACT_CHECKS_H
#define EARFUL_TEXT_REDACT_CHECKS_H

#include <stdbool.h>

#include "earful/slice.h"

/* Cards: every second digit from the right is doubled; the sum ends with 0. */
bool ef_passes_luhn(const uint8_t *values, size_t count);
/* ISO 7064: digits and capitals, letters read as 10 to 35, are 1 mod 97, read from the
 * place `first` on and then from their beginning (an IBAN from its fifth on). */
bool ef_passes_mod97(const uint8_t *bytes, size_t size, size_t first);

/* A check that a user may ask for by name; whatever is no letter and no digit of ASCII is
 * passed over. */
typedef struct ef_named_check {
    const char *name;
    bool (*holds)(ef_slice piece);
} ef_named_check;

const ef_named_check *ef_named_check_at(size_t index); /* NULL after the last */

#endif
