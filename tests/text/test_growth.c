/* SPDX-License-Identifier: MIT
 * test_growth.c - normalising and tokenising cost O(n) on the worst texts we can think of.
 *
 * Kernels that count the bytes they are given prove it for the normaliser. The recognisers
 * of the tokenizer look ahead on their own: on these sizes anything quadratic would take
 * 10^12 steps, which the time limit of a test catches on any machine. */
#include "text/tokenize.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { SIZE = 1 << 20, SECONDS = 60 };

static const ef_kernels *counted;
static size_t work;

static bool count_classify(const uint8_t *p, size_t n, uint8_t *folded,
                           ef_byte_masks *masks)
{
    work += n;
    return counted->classify(p, n, folded, masks);
}

/* A search costs the bytes it went over, not those it was given. */
static size_t count_ascii_run(const uint8_t *p, size_t n)
{
    size_t run = counted->ascii_run(p, n);
    work += run + 64;
    return run;
}

static size_t count_find_any(const uint8_t *p, size_t n, uint8_t a, uint8_t b, uint8_t c)
{
    size_t found = counted->find_any(p, n, a, b, c);
    work += found + 64;
    return found;
}

static const char *const patterns[] = {
    "😂",
    "👩‍",
    "🇬",
    "é",
    "e\xcc\x81",
    "\xcc\x81",
    "\xff",
    "Ã",
    "â€™",
    "Ã¢",
    "ð",
    "\"",
    "\"a ",
    "'",
    "a'",
    "'a ",
    "[",
    "&",
    "&a",
    "&amp;",
    "<",
    "<b",
    "<b ",
    "<!--",
    ":",
    ":(",
    ":((",
    "=",
    ";-",
    "^",
    "-",
    "-_",
    "_",
    "a_",
    "a-",
    "a-a-@",
    "a@",
    "@",
    "@a",
    "a.",
    "a.b@",
    "www.",
    "http://",
    "x.com/",
    "1/",
    "1.",
    "1,",
    "#",
    "#a",
    "#A",
    "#a_",
    "*",
    "**a",
    "!",
    "!?",
    ".",
    ".)",
    "...a",
    "(",
    ")",
    "\n",
    "\n- ",
    "\r",
    " ",
    "a",
    "A",
    "aA",
    "a ",
    "but ",
    "x",
    "xd ",
    "o_o ",
    "★",
    "★ ",
    "`",
    "</",
    "<3",
    "2️⃣",
    "。",
    "\xe2\x80\x8b",
    "\xe2\x80\x8d",
    "😂\xe2\x80\x8d",
};

static void check(const char *pattern, const ef_kernels *kernels)
{
    uint8_t *text = malloc(SIZE);
    size_t size = strlen(pattern);
    for (size_t i = 0; i < SIZE; i++)
        text[i] = (uint8_t)pattern[i % size];
    ef_normal_text normal;
    ef_tokens tokens = { 0 };
    memset(&normal, 0, sizeof normal);
    work = 0;
    cr_assert(ef_normalize(&normal, kernels, (ef_slice){ text, SIZE }, SIZE_MAX));
    cr_assert_leq(work, 140 * SIZE, "work %zu on %s", work / SIZE, pattern);
    cr_assert_leq(normal.shift_count, normal.size + 1);
    cr_assert(ef_tokenize(&tokens, &normal, NULL));
    cr_assert_leq(tokens.count, normal.size);
    ef_tokens_release(&tokens);
    ef_normal_text_release(&normal);
    free(text);
}

Test(growth, is_linear_on_a_megabyte_of_anything, .timeout = SECONDS)
{
    counted = ef_kernels_select(NULL);
    ef_kernels counting = *counted;
    counting.classify = count_classify;
    counting.ascii_run = count_ascii_run;
    counting.find_any = count_find_any;
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++)
        check(patterns[i], &counting);
}
