/* SPDX-License-Identifier: MIT
 * text/redact_checks.c - check digits, by which a number proves what it is. */
#include "text/redact_checks.h"

enum { LONGEST = 64 /* characters of what has check digits */ };

bool ef_passes_luhn(const uint8_t *values, size_t count)
{
    unsigned sum = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned value = values[count - 1 - i];
        value = i % 2 == 0 ? value : 2 * value;
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

bool ef_passes_mod97(const uint8_t *bytes, size_t size, size_t first)
{
    unsigned rest = 0;
    for (size_t i = 0; i < size; i++) {
        uint8_t byte = bytes[(i + first) % size];
        unsigned value = byte <= '9' ? byte - 48u : byte - 55u; /* '0', 'A' - 10 */
        rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
}

/* Digits and letters, the latter as capitals; 0 if there are too many. */
static size_t gather(ef_slice piece, uint8_t bytes[LONGEST])
{
    size_t size = 0;
    for (size_t i = 0; i < piece.size; i++) {
        uint8_t byte = piece.data[i], letter = byte & 0xdf;
        bool is_digit = byte >= '0' && byte <= '9';
        if (!is_digit && (letter < 'A' || letter > 'Z'))
            continue;
        if (size == LONGEST)
            return 0;
        bytes[size++] = is_digit ? byte : letter;
    }
    return size;
}

/* The same for what has digits only; 0 if a letter is among them. */
static size_t gather_digits(ef_slice piece, uint8_t values[LONGEST])
{
    size_t size = gather(piece, values);
    for (size_t i = 0; i < size; i++) {
        if (values[i] > '9')
            return 0;
        values[i] = (uint8_t)(values[i] - '0');
    }
    return size;
}

static bool holds_luhn(ef_slice piece)
{
    uint8_t values[LONGEST];
    size_t count = gather_digits(piece, values);
    return count > 1 && ef_passes_luhn(values, count);
}

static bool holds_iban(ef_slice piece)
{
    uint8_t bytes[LONGEST];
    size_t size = gather(piece, bytes);
    return size > 4 && bytes[0] > '9' && bytes[1] > '9' && bytes[2] <= '9' &&
           bytes[3] <= '9' && ef_passes_mod97(bytes, size, 4);
}

static bool holds_mod97(ef_slice piece)
{
    uint8_t bytes[LONGEST];
    size_t size = gather(piece, bytes);
    return size > 2 && ef_passes_mod97(bytes, size, 0);
}

/* The last digit weighs 1, each one before it 1 more; the sum is a multiple of 11. An X at
 * the end is a 10. */
static bool holds_mod11(ef_slice piece)
{
    uint8_t bytes[LONGEST];
    size_t size = gather(piece, bytes);
    unsigned sum = 0;
    for (size_t i = 0; i < size; i++) {
        bool is_ten = i == size - 1 && bytes[i] == 'X';
        if (bytes[i] > '9' && !is_ten)
            return false;
        sum += (is_ten ? 10u : bytes[i] - 48u) * (unsigned)(size - i);
    }
    return size > 1 && sum % 11 == 0;
}

static const ef_named_check checks[] = {
    { "luhn", holds_luhn },
    { "iban", holds_iban },
    { "mod97", holds_mod97 },
    { "mod11", holds_mod11 },
};

const ef_named_check *ef_named_check_at(size_t index)
{
    return index < sizeof checks / sizeof checks[0] ? &checks[index] : NULL;
}
