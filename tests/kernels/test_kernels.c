/* SPDX-License-Identifier: MIT
 * test_kernels.c - every kernel set answers like the reference and reads nothing else. */
#include "kernels/kernels.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

enum { PAGE = 4096, LONGEST = 129, OFFSETS = 64 };

/* Two usable pages between two that no one may touch. */
static uint8_t *guarded_pages(void)
{
    uint8_t *p = mmap(NULL, 4 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    cr_assert_neq(p, MAP_FAILED);
    cr_assert_eq(mprotect(p + PAGE, 2 * PAGE, PROT_READ | PROT_WRITE), 0);
    return p + PAGE;
}

/* xorshift: the seed is printed, so that a failure can be repeated. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static uint64_t printed_seed(void)
{
    const char *given = getenv("SEED");
    uint64_t seed = given != NULL ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
    cr_log_info("SEED=%llu", (unsigned long long)seed);
    return seed | 1;
}

/* Bytes that matter to some kernel are as frequent as all others together. */
static void fill_random(uint8_t *p, size_t n, uint64_t *state)
{
    static const char interesting[] = "\"\"\\\r\n\n,,;\t  aaAAzZ09'.!?\x1f\x7f\x80\xff&<`";
    for (size_t i = 0; i < n; i++) {
        uint64_t random = next_random(state) >> 16;
        p[i] = random & 1 ? (uint8_t)interesting[(random >> 8) % (sizeof interesting - 1)]
                          : (uint8_t)(random >> 8);
    }
}

typedef struct answers {
    uint8_t folded[LONGEST];
    ef_byte_masks masks[3];
    size_t ascii, any, counted, json;
    uint64_t bits[3], bits_inside[3], bits_unquoted[3];
    bool after, after_inside, after_unquoted;
} answers;

static answers ask(const ef_kernels *set, const uint8_t *p, size_t n)
{
    answers a;
    memset(&a, 0, sizeof a);
    set->classify(p, n, a.folded, a.masks);
    a.ascii = set->ascii_run(p, n);
    a.any = set->find_any(p, n, '&', '<', '`');
    a.counted = set->count(p, n, '\n');
    a.json = set->json_string_run(p, n);
    set->delimited(p, n, ',', '"', &a.after, a.bits);
    a.after_inside = true;
    set->delimited(p, n, ';', '\'', &a.after_inside, a.bits_inside);
    set->delimited(p, n, '\t', 0, &a.after_unquoted, a.bits_unquoted);
    return a;
}

static void compare(const uint8_t *p, size_t n)
{
    answers wanted = ask(ef_kernels_at(0), p, n);
    for (size_t i = 1; ef_kernels_at(i) != NULL; i++) {
        if (!ef_kernels_at(i)->is_supported())
            continue;
        answers got = ask(ef_kernels_at(i), p, n);
        cr_assert_arr_eq(&got, &wanted, sizeof got, "%s differs at length %zu",
                         ef_kernels_at(i)->name, n);
    }
}

Test(kernels, agree_at_every_length_and_offset)
{
    uint64_t state = printed_seed();
    uint8_t *pages = guarded_pages();
    fill_random(pages, 2 * PAGE, &state);
    for (size_t n = 0; n <= LONGEST; n++)
        for (size_t offset = 0; offset < OFFSETS; offset++)
            compare(pages + offset, n);
}

Test(kernels, read_nothing_before_or_behind_the_text)
{
    uint64_t state = printed_seed();
    uint8_t *pages = guarded_pages();
    fill_random(pages, 2 * PAGE, &state);
    for (size_t n = 0; n <= LONGEST; n++) {
        compare(pages, n);
        compare(pages + 2 * PAGE - n, n);
    }
}

Test(kernels, agree_on_random_text)
{
    uint64_t state = printed_seed();
    uint8_t text[LONGEST];
    for (int round = 0; round < 20000; round++) {
        size_t n = next_random(&state) % (LONGEST + 1);
        fill_random(text, n, &state);
        compare(text, n);
    }
}

Test(kernels, agree_on_every_pair_of_bytes)
{
    uint8_t text[66];
    for (unsigned pair = 0; pair < 65536; pair++) {
        memset(text, 'x', sizeof text);
        text[63] = (uint8_t)(pair >> 8);
        text[64] = (uint8_t)pair;
        compare(text, sizeof text);
    }
}

Test(kernels, write_nothing_behind_the_folded_text)
{
    for (size_t i = 0; ef_kernels_at(i) != NULL; i++) {
        if (!ef_kernels_at(i)->is_supported())
            continue;
        for (size_t n = 0; n <= LONGEST; n++) {
            uint8_t source[LONGEST], folded[LONGEST + 64];
            ef_byte_masks masks[4];
            memset(source, 'A', sizeof source);
            memset(folded, '~', sizeof folded);
            memset(masks, 0x55, sizeof masks);
            ef_kernels_at(i)->classify(source, n, folded, masks);
            for (size_t k = n; k < sizeof folded; k++)
                cr_assert_eq(folded[k], '~');
            cr_assert_eq(masks[(n + 63) / 64].word, UINT64_C(0x5555555555555555));
        }
    }
}

Test(kernels, classify_describes_bytes)
{
    const uint8_t text[] = "Aa 9\n,'#\xc3";
    uint8_t folded[9];
    ef_byte_masks masks[1];
    ef_kernels_at(0)->classify(text, 9, folded, masks);
    cr_assert_arr_eq(folded, "aa 9\n,'#\xc3", 9);
    cr_assert_eq(masks[0].word, 0x00b);
    cr_assert_eq(masks[0].upper, 0x001);
    cr_assert_eq(masks[0].digit, 0x008);
    cr_assert_eq(masks[0].blank, 0x004);
    cr_assert_eq(masks[0].apostrophe, 0x040);
    cr_assert_eq(masks[0].same, 0x002);
}

Test(kernels, delimited_skips_commas_and_line_ends_inside_quotes)
{
    const char *text = "a,\"b,\n\"\"c\",d\n";
    bool in_quotes = false;
    uint64_t bits[1];
    ef_kernels_at(0)->delimited((const uint8_t *)text, strlen(text), ',', '"', &in_quotes,
                                bits);
    cr_assert_eq(bits[0], 0x16c6, "got %llx", (unsigned long long)bits[0]);
    cr_assert_not(in_quotes);
}

Test(kernels, delimited_remembers_an_open_quote)
{
    bool in_quotes = false;
    uint64_t bits[1];
    ef_kernels_at(0)->delimited((const uint8_t *)"a,\"b,", 5, ',', '"', &in_quotes, bits);
    cr_assert(in_quotes);
    ef_kernels_at(0)->delimited((const uint8_t *)",\",", 3, ',', '"', &in_quotes, bits);
    cr_assert_eq(bits[0], 6);
    cr_assert_not(in_quotes);
}
