/* SPDX-License-Identifier: MIT
 * test_times.c - times as exports write them. Expected values are in UTC milliseconds. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "input/times.h"

static const int64_t now = INT64_C(1893456000000); /* 2030-01-01 */

static void reads(const char *text, ef_date_order order, int64_t wanted)
{
    int64_t got = -1;
    cr_assert(ef_time_read(ef_slice_of(text), NULL, order, now, &got), "'%s'", text);
    cr_assert_eq(got, wanted, "'%s' gave %lld", text, (long long)got);
}

static void refuses(const char *text, ef_date_order order)
{
    int64_t got = 7;
    cr_assert_not(ef_time_read(ef_slice_of(text), NULL, order, now, &got), "'%s' gave %lld",
                  text, (long long)got);
    cr_assert_eq(got, 7, "'%s'", text);
}

/* 2024-11-03T11:39:10Z */
#define MOMENT INT64_C(1730633950000)
#define DAY    INT64_C(1730592000000) /* 2024-11-03 */

Test(times, reads_rfc_3339)
{
    reads("2024-11-03T11:39:10Z", 0, MOMENT);
    reads("2024-11-03T11:39:10.5Z", 0, MOMENT + 500);
    reads("2024-11-03T11:39:10.123456789Z", 0, MOMENT + 123);
    reads("2024-11-03T11:39:10.0000000+00:00", 0, MOMENT);
    reads("2024-11-03T12:39:10+01:00", 0, MOMENT);
    reads("2024-11-03T06:09:10-0530", 0, MOMENT);
    reads("2024-11-03T13:39:10+02", 0, MOMENT);
    reads("  2024-11-03t11:39:10z \n", 0, MOMENT);
}

Test(times, reads_naive_times_and_dates)
{
    reads("2024-11-03 11:39:10", 0, MOMENT);
    reads("2024-11-03 11:39", 0, MOMENT - 10000);
    reads("2024-11-03", 0, DAY);
    reads("2024/11/03", 0, DAY);
    reads("2024-11-03, 11:39:10 UTC", 0, MOMENT);
    reads("2024-11-03 24:05", 0, DAY + 5 * 60000);
}

/* What most columns hold is read on a way of its own; a comma behind the date makes it the
 * other way's. */
Test(times, reads_the_plain_form_as_any_other)
{
    static const char *const clocks[] = { "00:00:00", "23:59:59", "24:00:00", "12:60:00",
                                          "12:30:60", "12:30:61", "1a:00:00", "12.00.00" };
    size_t read = 0, refused = 0;
    for (int i = 0; i < 40 * 14 * 33; i++) {
        char plain[64], odd[64];
        int year = 1960 + 2 * (i / (14 * 33)), month = i / 33 % 14, day = i % 33;
        const char *clock = clocks[i % 8], *zone = i % 3 == 0 ? "Z" : "";
        snprintf(plain, sizeof plain, "%04d-%02d-%02d%c%s%s", year, month, day,
                 i % 5 == 0 ? 'T' : ' ', clock, zone);
        snprintf(odd, sizeof odd, "%04d-%02d-%02d, %s%s", year, month, day, clock, zone);
        int64_t got = 7, wanted = 7;
        bool is_time = ef_time_read(ef_slice_of(plain), NULL, 0, now, &got);
        cr_assert_eq(is_time, ef_time_read(ef_slice_of(odd), NULL, 0, now, &wanted), "%s",
                     plain);
        cr_assert_eq(got, wanted, "%s", plain);
        *(is_time ? &read : &refused) += 1;
    }
    cr_assert(read > 1000 && refused > 1000);
}

Test(times, reads_epochs_by_their_size)
{
    reads("1730633950", 0, MOMENT);
    reads("1730633950.000200", 0, MOMENT);
    reads("1730633950.25", 0, MOMENT + 250);
    reads("1730633950123", 0, MOMENT + 123);
    reads("1730633950123456", 0, MOMENT + 123);
    reads("1730633950123456789", 0, MOMENT + 123);
    reads("999999999", 0, INT64_C(999999999000));
    refuses("17306339", 0);
    refuses("99999999999999999999", 0);
    refuses("1730633950x", 0);
}

Test(times, reads_day_and_month_in_the_order_of_the_column)
{
    reads("03/11/2024", EF_DATE_DMY, DAY);
    reads("11/03/2024", EF_DATE_MDY, DAY);
    reads("03.11.24", EF_DATE_UNKNOWN, DAY);
    reads("11/25/2024 15:54", EF_DATE_UNKNOWN, DAY + 22 * 86400000LL + 57240000);
    reads("24-11-03", EF_DATE_YMD, DAY);
    reads("3.11.2024 11:39:10", EF_DATE_DMY, MOMENT);
    refuses("11/25/2024", EF_DATE_DMY);
    refuses("25/11/2024", EF_DATE_MDY);
}

Test(times, puts_two_digit_years_from_70_on_into_the_last_century)
{
    reads("01/01/70", EF_DATE_DMY, 0);
    reads("31/12/99", EF_DATE_DMY, INT64_C(946598400000));
    reads("01/01/00", EF_DATE_DMY, INT64_C(946684800000));
}

Test(times, reads_english_months)
{
    reads("Nov 03, 2024", 0, DAY);
    reads("November 3, 2024", 0, DAY);
    reads("3 November 2024", 0, DAY);
    reads("3rd of November, 2024", 0, DAY);
    reads("03-Nov-24", 0, DAY);
    reads("11 3, 2024", 0, DAY); /* month and day of an export of reviews */
    reads("Sun Nov 03 11:39:10 +0000 2024", 0, MOMENT);
    reads("Sun, 3 Nov 2024 12:39:10 +0100", 0, MOMENT);
    reads("Sun Nov 03 2024 12:39:10 GMT+0100 (Central European Standard Time)", 0, MOMENT);
    reads("3 Nov 2024 06:39:10 EST", 0, MOMENT);
    reads("Sept 1, 2016", 0, INT64_C(1472688000000));
    reads("Reviewed in the United States on November 3, 2024", 0, DAY);
    refuses("3 Brumaire 2024", 0);
    refuses("November 2024", 0);
    refuses("Nov Dec 3 2024", 0);
}

Test(times, reads_clocks_with_halves_of_the_day)
{
    reads("3/11/24, 8:49 pm", EF_DATE_DMY, DAY + 20 * 3600000 + 49 * 60000);
    reads("3/11/24, 8:49 p. m.", EF_DATE_DMY, DAY + 20 * 3600000 + 49 * 60000);
    reads("3/11/24, 8:49\u202FPM", EF_DATE_DMY, DAY + 20 * 3600000 + 49 * 60000);
    reads("3/11/24, 12:05 a.m.", EF_DATE_DMY, DAY + 5 * 60000);
    reads("12:05 PM 3/11/24", EF_DATE_DMY, DAY + 12 * 3600000 + 5 * 60000);
}

Test(times, refuses_what_is_no_time)
{
    static const char *const texts[] = { "",
                                         " ",
                                         "never",
                                         "2024",
                                         "11:39",
                                         "2024-13-01",
                                         "2024-02-30",
                                         "-2024-02-03",
                                         "/3/4/2024",
                                         "2023-02-29",
                                         "0/0/0",
                                         "2024-11-03T25:00",
                                         "2024-11-03T11:60",
                                         "2024-11-03T11:39:61",
                                         "2024-11-03T11:39+99",
                                         "2024-11-03 and more",
                                         "4",
                                         "1.5",
                                         "-5",
                                         "2024-11-03-04",
                                         "12345-01-01",
                                         "99999999999",
                                         "2024-11-03T11:39:10Q",
                                         "1969-12-31",
                                         "1969-12-31T23:59:59Z",
                                         "2030-01-03",
                                         "::",
                                         "//",
                                         "Reviewed in ",
                                         "Reviewed in on",
                                         "\xff\xfe",
                                         "03/11/123",
                                         "9223372036854775807",
                                         NULL };
    for (size_t i = 0; texts[i] != NULL; i++)
        refuses(texts[i], EF_DATE_UNKNOWN);
    reads("2024-02-29", 0, INT64_C(1709164800000));
    reads("2030-01-01 23:00", 0, now + 23 * 3600000); /* less than a day ahead */
}

Test(times, survives_every_truncation)
{
    static const char *const texts[] = {
        "Sun Nov 03 2024 12:39:10 GMT+0100 (Central European Standard Time)",
        "Reviewed in the United States on November 3, 2024",
        "1730633950.000200",
        "2024-11-03T11:39:10.123456789+01:00",
        "3/11/24, 8:49\u202Fp.\u00A0m.",
        NULL
    };
    for (size_t i = 0; texts[i] != NULL; i++)
        for (size_t size = 0; size <= strlen(texts[i]); size++) {
            uint8_t *copy = malloc(size + 1);
            int64_t time;
            memcpy(copy, texts[i], size);
            ef_time_read((ef_slice){ copy, size }, NULL, EF_DATE_UNKNOWN, now, &time);
            free(copy);
        }
}

static ef_date_order decide(const char *const *dates, const char **why)
{
    ef_slice cells[16];
    size_t count = 0;
    for (; dates[count] != NULL; count++)
        cells[count] = ef_slice_of(dates[count]);
    return ef_date_order_decide(cells, count, 1, why);
}

Test(times, decides_the_order_by_evidence)
{
    static const struct {
        ef_date_order order;
        const char *dates[6];
    } cases[] = {
        { EF_DATE_DMY, { "03/11/2024", "25/11/2024", NULL } },
        { EF_DATE_MDY, { "11/03/2024", "11/25/2024", NULL } },
        { EF_DATE_YMD, { "2024-11-03", "2024-11-25", NULL } },
        { EF_DATE_DMY, { "10/01/2024", "12/01/2024", "03/02/2024", NULL } },
        { EF_DATE_MDY, { "01/10/2024", "01/12/2024", "02/03/2024", NULL } },
        { EF_DATE_DMY, { "03/02/2024", "02/02/2024", "12/01/2024", "11/01/2024", NULL } },
        { EF_DATE_MDY, { "02/03/2024", "02/04/2024", "02/05/2024", NULL } },
        { EF_DATE_UNKNOWN, { "02/03/2024", NULL } },
        { EF_DATE_UNKNOWN, { "1730633950", "x", "", NULL } },
        { EF_DATE_UNKNOWN, { "09 1, 2016", "Nov 3, 2024", NULL } },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *why = NULL;
        cr_assert_eq(decide(cases[i].dates, &why), cases[i].order, "case %zu: %s", i, why);
        cr_assert_not_null(why);
    }
}
