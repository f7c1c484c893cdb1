/* SPDX-License-Identifier: MIT
 * test_ratings.c - ratings as written, and the scales of columns. */
#include <criterion/criterion.h>

#include "input/ratings.h"

static void reads(const char *raw, double value, double low, double high)
{
    double got = -99;
    ef_rating_scale scale;
    cr_assert(ef_rating_read(ef_slice_of(raw), &got, &scale), "'%s'", raw);
    cr_assert_eq(got, value, "'%s' gave %f", raw, got);
    cr_assert_eq(scale.low, low, "'%s'", raw);
    cr_assert_eq(scale.high, high, "'%s'", raw);
}

Test(ratings, reads_what_exports_write)
{
    reads("4", 4, 0, 0);
    reads(" 4.5 ", 4.5, 0, 0);
    reads("4,5", 4.5, 0, 0);
    reads("-1", -1, 0, 0);
    reads("4.0 out of 5 stars", 4, 1, 5);
    reads("Rated 4 out of 5", 4, 1, 5);
    reads("8/10", 8, 0, 10);
    reads("3 stars", 3, 0, 0);
    reads("85%", 85, 0, 100);
    reads("ONE", 1, 1, 5);
    reads("five", 5, 1, 5);
    reads("\u2605\u2605\u2605\u2605\u2606", 4, 1, 5);
    reads("\u2B50\u2B50\u2B50", 3, 1, 5);
    reads("\u2606\u2606\u2606\u2606\u2606", 0, 0, 5);
    reads("good", 1, -1, 1);
    reads("Bad", -1, -1, 1);
    reads("\U0001F44D", 1, -1, 1);
    reads("\U0001F44D\U0001F3FD", 1, -1, 1);
    reads("\U0001F44E", -1, -1, 1);
    reads("\U0001F600", 1, -1, 1);
    reads("\U0001F610", 0, -1, 1);
    reads("\U0001F641", -1, -1, 1);
}

Test(ratings, refuses_what_is_none)
{
    static const char *const raws[] = { "",         " ",
                                        "Like",     "n/a",
                                        "4 maybe",  "4/",
                                        "4/0",      "1234567890123",
                                        "--4",      ".",
                                        "\xff",     "4..5",
                                        "inf",      "nan",
                                        "0x4",      "1e5",
                                        "\u2605 x", "\U0001F600\U0001F641",
                                        NULL };
    for (size_t i = 0; raws[i] != NULL; i++) {
        double value;
        ef_rating_scale scale;
        cr_assert_not(ef_rating_read(ef_slice_of(raws[i]), &value, &scale), "'%s'",
                      raws[i]);
    }
}

Test(ratings, parses_scales)
{
    ef_rating_scale scale = { 0, 0 };
    cr_assert(ef_rating_scale_parse("1-5", &scale) && scale.low == 1 && scale.high == 5);
    cr_assert(ef_rating_scale_parse("0-10", &scale) && scale.low == 0 && scale.high == 10);
    cr_assert(ef_rating_scale_parse("-1-1", &scale) && scale.low == -1 && scale.high == 1);
    cr_assert(ef_rating_scale_parse("0.5-5", &scale) && scale.low == 0.5);
    static const char *const bad[] = {
        "", "5", "5-1", "1-", "-", "1-5x", "a-b", "3-3", NULL
    };
    for (size_t i = 0; bad[i] != NULL; i++)
        cr_assert_not(ef_rating_scale_parse(bad[i], &scale), "'%s'", bad[i]);
}

Test(ratings, maps_a_value_onto_its_scale)
{
    ef_rating rating;
    static const struct {
        const char *raw;
        ef_rating_scale scale;
        int scaled;
    } cases[] = {
        { "1", { 1, 5 }, -10000 },   { "3", { 1, 5 }, 0 },       { "5", { 1, 5 }, 10000 },
        { "4", { 1, 5 }, 5000 },     { "7", { 0, 10 }, 4000 },   { "2", { 1, 4 }, -3333 },
        { "FIVE", { 0, 0 }, 10000 }, { "8/10", { 1, 5 }, 6000 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_assert(ef_rating_fill(&rating, ef_slice_of(cases[i].raw), cases[i].scale));
        cr_assert(rating.is_known);
        cr_assert_eq(rating.scaled, cases[i].scaled, "%s", cases[i].raw);
    }
}

Test(ratings, leaves_unknown_what_is_off_the_scale_or_has_none)
{
    ef_rating rating;
    cr_assert_not(ef_rating_fill(&rating, ef_slice_of("6"), (ef_rating_scale){ 1, 5 }));
    cr_assert_not(rating.is_known);
    cr_assert_not(ef_rating_fill(&rating, ef_slice_of("Like"), (ef_rating_scale){ 1, 5 }));
    cr_assert_eq(rating.raw.size, 4);
    cr_assert(ef_rating_fill(&rating, ef_slice_of(""), (ef_rating_scale){ 1, 5 }));
    cr_assert_not(rating.is_known);
    cr_assert(ef_rating_fill(&rating, ef_slice_of("6"), (ef_rating_scale){ 0, 0 }));
    cr_assert_not(rating.is_known);
}

/* cells: separated by blanks */
static void decides(const char *cells, const char *name, double low, double high)
{
    ef_slice list[32];
    size_t count = 0;
    for (const char *at = cells; *at != '\0';) {
        const char *end = strchr(at, ' ');
        size_t size = end == NULL ? strlen(at) : (size_t)(end - at);
        list[count++] = (ef_slice){ (const uint8_t *)at, size };
        at += size + (end != NULL);
    }
    ef_arena arena = { NULL };
    const char *why = NULL;
    ef_rating_scale scale =
        ef_rating_decide(list, count, 1, ef_slice_of(name), &arena, &why);
    cr_assert(scale.low == low && scale.high == high, "'%s' of %s: %f-%f, %s", cells, name,
              scale.low, scale.high, why);
    cr_assert_not_null(why);
    ef_arena_release(&arena);
}

Test(ratings, decides_scales_by_values)
{
    decides("1 5 3 4", "rating", 1, 5);
    decides("4 5 5 4", "rating", 1, 5);
    decides("0 5 3 4", "rating", 0, 5);
    decides("0.5 5 3.5", "rating", 0, 5);
    decides("0 10 7 8", "score", 0, 10);
    decides("1 10 7 8", "score", 1, 10);
    decides("1 7 6 2", "score", 1, 7);
    decides("100 80 1", "score", 1, 100);
    decides("0 1 1 0", "liked", 0, 1);
    decides("-1 1 0", "sentiment", -1, 1);
    decides("2017 2018", "year", 0, 0);
    decides("ONE FIVE", "starRating", 1, 5);
    decides("good bad", "rating", -1, 1);
    decides("Like x", "rating", 1, 5);
    decides("", "rating", 1, 5);
}

Test(ratings, decides_scales_by_names)
{
    decides("9 10", "nps", 0, 10);
    decides("4 5", "NPS", 0, 10);
    decides("4 5", "csat", 1, 5);
    decides("4 6", "ces", 1, 7);
    decides("4 4", "star_rating", 1, 5);
    decides("40 60", "nps", 1, 100);
}
