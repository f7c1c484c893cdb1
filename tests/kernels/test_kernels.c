/* SPDX-License-Identifier: MIT
 * test_kernels.c - every kernel set answers like the reference and reads nothing else. */
#include "kernels/kernels.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "base/hash.h"

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
    uint8_t folded[LONGEST + 64];
    ef_byte_masks masks[3];
    bool is_plain;
    size_t ascii, any, counted, json;
    uint64_t bits[3], zeros[3];
} answers;

static answers ask(const ef_kernels *set, const uint8_t *p, size_t n)
{
    answers a;
    memset(&a, 0, sizeof a);
    a.is_plain = set->classify(p, n, a.folded, a.masks);
    a.ascii = set->ascii_run(p, n);
    a.any = set->find_any(p, n, '&', '<', '`');
    a.counted = set->count(p, n, '\n');
    a.json = set->json_string_run(p, n);
    set->mark(p, n, (const uint8_t[4]){ ',', '"', '\n', 0xff }, a.bits);
    set->mark(p, n, (const uint8_t[4]){ 0, 0, 0, 0 }, a.zeros);
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

Test(kernels, write_zeros_behind_the_folded_text_to_the_end_of_its_block)
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
            size_t end = (n + 63) / 64 * 64;
            for (size_t k = n; k < sizeof folded; k++)
                cr_assert_eq(folded[k], k < end ? 0 : '~');
            cr_assert_eq(masks[(n + 63) / 64].word, UINT64_C(0x5555555555555555));
        }
    }
}

/* A text as the tokenizer has it: folded, with what padded kernels may read. */
enum { STRIP_TEXT = 64 * (EF_STRIP_BLOCKS + 2) };

typedef struct folded_text {
    uint8_t *end; /* of the text and its padding */
    ef_byte_masks masks[STRIP_TEXT / 64 + 2];
    size_t blocks;
} folded_text;

static const uint8_t *fold_text(folded_text *f, const char *text, size_t n)
{
    uint8_t *folded = f->end - n - 64;
    memset(f->masks, 0, sizeof f->masks);
    ef_kernels_at(0)->classify((const uint8_t *)text, n, folded, f->masks);
    memset(folded + n, 0, 64);
    f->blocks = (n + 63) / 64;
    return folded;
}

static const ef_strip_rules rules = {
    .kinds = { 1, 2, 3, 4, 5, 6 },
    .flags = { 16, 32, 64, 128, 144, 160 },
    .suspects = { [0] = 1 << 3, ['a' % 32] = 1 << 1, ['b' % 32] = 1 << 2 | 1 << 3 },
};

static void compare_strips(const ef_strip *got, const ef_strip *wanted, const char *name)
{
    size_t n = wanted->count;
    cr_assert_eq(got->count, n, "%s: %zu, %zu wanted", name, got->count, n);
    cr_assert_arr_eq(got->begins, wanted->begins, n * sizeof *got->begins, "%s", name);
    cr_assert_arr_eq(got->ends, wanted->ends, n * sizeof *got->ends, "%s", name);
    cr_assert_arr_eq(got->tokens, wanted->tokens, n * sizeof *got->tokens, "%s", name);
    size_t bits = (n / 64 + 1) * sizeof *got->plain;
    cr_assert_arr_eq(got->plain, wanted->plain, bits, "%s", name);
    cr_assert_arr_eq(got->linked, wanted->linked, bits, "%s", name);
}

static void compare_words(folded_text *f, const char *text, size_t n)
{
    static ef_strip got, wanted;
    const uint8_t *p = fold_text(f, text, n);
    for (size_t first = 0; first < f->blocks; first += 1 + first / 2) {
        size_t left = f->blocks - first;
        size_t last = first + (left < EF_STRIP_BLOCKS ? left : EF_STRIP_BLOCKS);
        ef_kernels_at(0)->find_words(p, f->masks, first, last, &rules, NULL, &wanted);
        for (size_t i = 1; ef_kernels_at(i) != NULL; i++) {
            if (!ef_kernels_at(i)->is_supported())
                continue;
            memset(&got, 0x55, sizeof got);
            ef_kernels_at(i)->find_words(p, f->masks, first, last, &rules, NULL, &got);
            compare_strips(&got, &wanted, ef_kernels_at(i)->name);
        }
    }
}

Test(kernels, agree_on_words)
{
    static const char *const atoms[] = { "a",      "B", "x",        "the ", "it's ",
                                         "Words ", " ", ", ",       ". ",   "! ",
                                         "?",      ".", "abcdefgh", "AAA ", "42",
                                         "-",      "'", "\x80",     "\n",   "NO'T ",
                                         "2nd ",   "B", "1000. ",   "B2" };
    enum { ATOMS = sizeof atoms / sizeof atoms[0] };
    uint64_t state = printed_seed();
    folded_text f = { .end = guarded_pages() + 2 * PAGE };
    for (int round = 0; round < 5000; round++) {
        char text[STRIP_TEXT + 16];
        size_t limit = next_random(&state) % (round % 4 == 0 ? STRIP_TEXT : 200), n = 0;
        while (n < limit) {
            uint64_t random = next_random(&state) >> 16;
            const char *atom = atoms[random % (round % 3 == 0 ? 9 : ATOMS)];
            strcpy(text + n, atom);
            n += strlen(atom);
        }
        compare_words(&f, text, n < STRIP_TEXT ? n : STRIP_TEXT);
    }
}

Test(kernels, agree_on_a_strip_full_of_words)
{
    folded_text f = { .end = guarded_pages() + 2 * PAGE };
    static const char *const patterns[] = { "a, ", "a ", "A. B! ", "abcdefghijklmnopq " };
    for (size_t k = 0; k < sizeof patterns / sizeof patterns[0]; k++) {
        char text[STRIP_TEXT];
        for (size_t i = 0; i < STRIP_TEXT; i++)
            text[i] = patterns[k][i % strlen(patterns[k])];
        compare_words(&f, text, STRIP_TEXT);
    }
}

Test(kernels, words_are_plain_and_linked)
{
    static ef_strip strip;
    folded_text f = { .end = guarded_pages() + 2 * PAGE };
    const uint8_t *p = fold_text(&f, "Good, bad. no-one xd hey!\nABC so? yes", 38);
    ef_kernels_at(0)->find_words(p, f.masks, 0, f.blocks, &rules, NULL, &strip);
    /* good , bad . no one xd hey ABC so ? yes: "hey!" has no blank behind its mark, "bad"
     * is a suspect, behind "yes" there is no blank in these masks. */
    cr_assert_eq(strip.count, 12);
    cr_assert_eq(strip.plain[0], 0xfa7, "got %llx", (unsigned long long)strip.plain[0]);
    cr_assert_eq(strip.linked[0], 0x727, "got %llx", (unsigned long long)strip.linked[0]);
    cr_assert_eq(strip.begins[0], 1);
    cr_assert_eq(strip.begins[1], 4 * 4 + 2);
    cr_assert_eq(strip.tokens[1].kind, 3);
    cr_assert_eq(strip.tokens[3].flags, 128);
    cr_assert_eq(strip.tokens[3].hash, ef_hash_bytes((const uint8_t *)".", 1));
}

Test(kernels, capitals_and_digits_are_plain_before_a_blank)
{
    static ef_strip strip;
    folded_text f = { .end = guarded_pages() + 2 * PAGE };
    static const char text[] = "IT'S 12 B4 4th, 5% NASA 300. 3x\nMP3 A1B no";
    const uint8_t *p = fold_text(&f, text, sizeof text - 1);
    ef_kernels_at(0)->find_words(p, f.masks, 0, f.blocks, &rules, NULL, &strip);
    /* it's 12 b4 4th , 5 nasa 300 . 3x mp3 a1b no; what is neither of letters alone nor
     * has at most its first one upper case is odd, and "3x" stands before a line's end. */
    cr_assert_eq(strip.count, 13);
    cr_assert_eq(strip.plain[0], 0x11df, "got %llx", (unsigned long long)strip.plain[0]);
    static const uint8_t looks[] = { EF_LOOK_SHOUTED, EF_LOOK_NUMBER, EF_LOOK_CAPITAL,
                                     EF_LOOK_SMALL,   EF_LOOK_COMMA,  EF_LOOK_NUMBER,
                                     EF_LOOK_SHOUTED, EF_LOOK_NUMBER, EF_LOOK_END };
    for (size_t i = 0; i < sizeof looks; i++)
        cr_expect_eq(strip.tokens[i].flags, rules.flags[looks[i]], "%zu", i);
}

Test(kernels, classify_describes_bytes)
{
    const uint8_t text[] = "Aa 9\n,'#\xc3";
    uint8_t folded[64];
    ef_byte_masks masks[1];
    cr_assert_not(ef_kernels_at(0)->classify(text, 9, folded, masks));
    cr_assert(ef_kernels_at(0)->classify(text, 8, folded, masks));
    ef_kernels_at(0)->classify(text, 9, folded, masks);
    cr_assert_arr_eq(folded, "aa 9\n,'#\xc3", 9);
    cr_assert_eq(masks[0].word, 0x00b);
    cr_assert_eq(masks[0].upper, 0x001);
    cr_assert_eq(masks[0].digit, 0x008);
    cr_assert_eq(masks[0].blank, 0x004);
    cr_assert_eq(masks[0].apostrophe, 0x040);
    cr_assert_eq(masks[0].same, 0x002);
    cr_assert_eq(masks[0].stop, 0x020);
    cr_assert_eq(masks[0].joiner, 0x140);
}

Test(kernels, mark_finds_any_of_four_bytes)
{
    const char *text = "a,\"b,\n\"\"c\",d\r";
    uint64_t bits[1];
    ef_kernels_at(0)->mark((const uint8_t *)text, strlen(text),
                           (const uint8_t[4]){ ',', '"', '\n', '\r' }, bits);
    cr_assert_eq(bits[0], 0x16f6, "got %llx", (unsigned long long)bits[0]);
}
