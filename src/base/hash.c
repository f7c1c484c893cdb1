/* SPDX-License-Identifier: MIT
 * base/hash.c - a hash in the form that outputs name it by. */
#include "base/hash.h"

void ef_hash_hex(uint64_t hash, char digits[17])
{
    static const char alphabet[] = "0123456789abcdef";
    for (int i = 0; i < 16; i++)
        digits[i] = alphabet[hash >> (60 - 4 * i) & 15];
    digits[16] = '\0';
}
